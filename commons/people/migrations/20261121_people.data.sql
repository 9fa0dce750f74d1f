INSERT INTO account (id, email, name, search_key, lang, password_hash, totp_secret, totp_serial, totp_step, reset_by, reset_at, sample, created_at, closed_at)
VALUES (CAST('01935000-0000-7000-8000-000000000101' AS UUID), 'sample-one@example.org', 'Sample One', 'sample one sample one example org', 'en', NULL, NULL, 0, 0, NULL, NULL, TRUE, 1732147200000000, NULL);
INSERT INTO account (id, email, name, search_key, lang, password_hash, totp_secret, totp_serial, totp_step, reset_by, reset_at, sample, created_at, closed_at)
VALUES (CAST('01935000-0000-7000-8000-000000000102' AS UUID), 'sample-two@example.org', 'Sample Two', 'sample two sample two example org', 'ar', NULL, NULL, 1, 0, NULL, NULL, TRUE, 1732147200000000, 1732147300000000);
INSERT INTO session (id, token_hash, account_id, began_by, agent, created_at, seen_at, second_at, ended_at)
VALUES (CAST('01935000-0000-7000-8000-000000000111' AS UUID), CAST('sample-session' AS BYTEA), CAST('01935000-0000-7000-8000-000000000101' AS UUID), 'link', '', 1732147200000000, 1732147200000000, NULL, 1732147300000000);
INSERT INTO invitation (id, token_hash, account_id, invited_by, created_at, expires_at, used_at)
VALUES (CAST('01935000-0000-7000-8000-000000000121' AS UUID), CAST('sample-invitation' AS BYTEA), CAST('01935000-0000-7000-8000-000000000101' AS UUID), NULL, 1732147200000000, 1732752000000000, NULL);
INSERT INTO sign_in_link (id, token_hash, account_id, made_by, reusable, second, created_at, expires_at, used_at)
VALUES (CAST('01935000-0000-7000-8000-000000000131' AS UUID), CAST('sample-link' AS BYTEA), CAST('01935000-0000-7000-8000-000000000101' AS UUID), NULL, FALSE, FALSE, 1732147200000000, 1732150800000000, NULL);
INSERT INTO sign_in_try (kind, who, tries, last_at) VALUES ('account', CAST('sample-try' AS BYTEA), 2, 1732147200000000);
INSERT INTO recovery_code (account_id, code_hash, used_at)
VALUES (CAST('01935000-0000-7000-8000-000000000101' AS UUID), CAST('sample-code' AS BYTEA), NULL);
INSERT INTO machine_key (id, key_hash, account_id, label, shown_start, scope, paths, created_at, expires_on, revoked_at)
VALUES (CAST('01935000-0000-7000-8000-000000000141' AS UUID), CAST('sample-key' AS BYTEA), CAST('01935000-0000-7000-8000-000000000101' AS UUID), 'Sample', 'hk_sample', 'read', '["/needs"]', 1732147200000000, '2025-12-31', 1732147200000000);
INSERT INTO organisation (id, names, name_key, search_key, kind, country, website, sample, merged_into, created_at, version)
VALUES (CAST('01935000-0000-7000-8000-000000000151' AS UUID), '{"en":"Sample Ministry","fr":"Ministère modèle"}', 'sample ministry', 'sample ministry ministere modele', 'government', 'HN', NULL, TRUE, NULL, 1732147200000000, 1);
INSERT INTO organisation_identifier (scheme, code, organisation_id)
VALUES ('XI-SAMPLE', '1', CAST('01935000-0000-7000-8000-000000000151' AS UUID));
INSERT INTO appointment (id, account_id, role, organisation_id, country, places, from_on, to_on, basis, appointed_by, appointed_at, ended_at, ended_by, end_reason, version)
VALUES (CAST('01935000-0000-7000-8000-000000000161' AS UUID), CAST('01935000-0000-7000-8000-000000000101' AS UUID), 'authority_focal_point', CAST('01935000-0000-7000-8000-000000000151' AS UUID), 'HN', '[]', '2024-11-21', NULL, 'accreditation', NULL, 1732147200000000, NULL, NULL, NULL, 1);
INSERT INTO affiliation (id, account_id, organisation_id, kind, from_on, to_on, declared_at)
VALUES (CAST('01935000-0000-7000-8000-000000000171' AS UUID), CAST('01935000-0000-7000-8000-000000000101' AS UUID), CAST('01935000-0000-7000-8000-000000000151' AS UUID), 'adviser', '2024-11-21', NULL, 1732147200000000);
INSERT INTO account_reason (id, account_id, verb, by_id, reason, at)
VALUES (CAST('01935000-0000-7000-8000-000000000181' AS UUID), CAST('01935000-0000-7000-8000-000000000102' AS UUID), 'account.closed', CAST('01935000-0000-7000-8000-000000000101' AS UUID), 'Left the coalition', 1732147300000000);

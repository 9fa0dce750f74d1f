INSERT INTO account (id, email, name, search_key, lang, password_hash, totp_secret, totp_serial, totp_step, reset_by, reset_at, sample, created_at, closed_at)
VALUES ('01935000-0000-7000-8000-000000000101', 'sample-one@example.org', 'Sample One', 'sample one sample one example org', 'en', NULL, NULL, 0, 0, NULL, NULL, TRUE, 1732147200000000, NULL);
INSERT INTO account (id, email, name, search_key, lang, password_hash, totp_secret, totp_serial, totp_step, reset_by, reset_at, sample, created_at, closed_at)
VALUES ('01935000-0000-7000-8000-000000000102', 'sample-two@example.org', 'Sample Two', 'sample two sample two example org', 'ar', NULL, NULL, 1, 0, NULL, NULL, TRUE, 1732147200000000, 1732147300000000);
INSERT INTO session (id, token_hash, account_id, began_by, agent, created_at, seen_at, second_at, ended_at)
VALUES ('01935000-0000-7000-8000-000000000111', CAST('sample-session' AS BYTEA), '01935000-0000-7000-8000-000000000101', 'link', '', 1732147200000000, 1732147200000000, NULL, 1732147300000000);
INSERT INTO invitation (id, token_hash, account_id, invited_by, created_at, expires_at, used_at)
VALUES ('01935000-0000-7000-8000-000000000121', CAST('sample-invitation' AS BYTEA), '01935000-0000-7000-8000-000000000101', NULL, 1732147200000000, 1732752000000000, NULL);
INSERT INTO sign_in_link (id, token_hash, account_id, made_by, reusable, second, created_at, expires_at, used_at)
VALUES ('01935000-0000-7000-8000-000000000131', CAST('sample-link' AS BYTEA), '01935000-0000-7000-8000-000000000101', NULL, FALSE, FALSE, 1732147200000000, 1732150800000000, NULL);
INSERT INTO sign_in_try (kind, who, tries, last_at) VALUES ('account', CAST('sample-try' AS BYTEA), 2, 1732147200000000);
INSERT INTO recovery_code (account_id, code_hash, used_at)
VALUES ('01935000-0000-7000-8000-000000000101', CAST('sample-code' AS BYTEA), NULL);
INSERT INTO machine_key (id, key_hash, account_id, label, shown_start, scope, paths, created_at, expires_on, revoked_at)
VALUES ('01935000-0000-7000-8000-000000000141', CAST('sample-key' AS BYTEA), '01935000-0000-7000-8000-000000000101', 'Sample', 'hk_sample', 'read', '["/needs"]', 1732147200000000, '2025-12-31', 1732147200000000);
INSERT INTO organisation (id, names, name_key, search_key, kind, country, website, sample, merged_into, created_at, version)
VALUES ('01935000-0000-7000-8000-000000000151', '{"en":"Sample Ministry","fr":"Ministère modèle"}', 'sample ministry', 'sample ministry ministere modele', 'government', 'HN', NULL, TRUE, NULL, 1732147200000000, 1);
INSERT INTO organisation_identifier (scheme, code, organisation_id)
VALUES ('XI-SAMPLE', '1', '01935000-0000-7000-8000-000000000151');
INSERT INTO appointment (id, account_id, role, organisation_id, country, places, from_on, to_on, basis, appointed_by, appointed_at, ended_at, ended_by, end_reason, version)
VALUES ('01935000-0000-7000-8000-000000000161', '01935000-0000-7000-8000-000000000101', 'authority_focal_point', '01935000-0000-7000-8000-000000000151', 'HN', '[]', '2024-11-21', NULL, 'accreditation', NULL, 1732147200000000, NULL, NULL, NULL, 1);
INSERT INTO affiliation (id, account_id, organisation_id, kind, from_on, to_on, declared_at)
VALUES ('01935000-0000-7000-8000-000000000171', '01935000-0000-7000-8000-000000000101', '01935000-0000-7000-8000-000000000151', 'adviser', '2024-11-21', NULL, 1732147200000000);
INSERT INTO account_reason (id, account_id, verb, by_id, reason, at)
VALUES ('01935000-0000-7000-8000-000000000181', '01935000-0000-7000-8000-000000000102', 'account.closed', '01935000-0000-7000-8000-000000000101', 'Left the coalition', 1732147300000000);

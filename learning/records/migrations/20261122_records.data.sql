INSERT INTO record_fold (id, upto, ahead, slice) VALUES ('01935000-0000-7000-8000-000000000900', 1773653376000000000, 1773653376000000000, 0);
INSERT INTO record (seq, id, digest, keys, voided, raw)
VALUES (1773653376000000000, '01935000-0000-7000-8000-000000000901', CAST('sample-digest' AS BYTEA), CAST('' AS BYTEA), FALSE, '{"id":"01935000-0000-7000-8000-000000000901","actor":{"account":{"homePage":"https://example.org","name":"a"}},"verb":{"id":"http://adlnet.gov/expapi/verbs/answered"},"object":{"id":"https://example.org/item"},"timestamp":"2024-11-21T00:00:00.000Z"}');
INSERT INTO record_index (key, seq, near) VALUES (8, 1773653376000000000, TRUE);
INSERT INTO record_target (target, seq, voids) VALUES ('01935000-0000-7000-8000-000000000902', 1773653376000000000, FALSE);
INSERT INTO record_attachment (sha2, file, mime, size) VALUES ('00', '00', 'text/plain', 1);
INSERT INTO record_activity (key, iri, definition) VALUES (8, 'https://example.org/item', '{}');
INSERT INTO record_agent (key, name) VALUES (8, 'Sample');
INSERT INTO record_document (id, kind, activity, agent, registration, name, mime, etag, bytes, updated_at)
VALUES ('01935000-0000-7000-8000-000000000903', 'state', 'https://example.org/item', 'account https://example.org a', '', 'bookmark', 'text/plain', '00', CAST('x' AS BYTEA), 1732147200000000);
INSERT INTO record_key (id, name, secret_hash, label, scopes, country, made_by, made_at, ends_on, ended_at, ended_by)
VALUES ('01935000-0000-7000-8000-000000000904', 'sample', CAST('sample-key' AS BYTEA), 'Sample', 'all', 'KE', '01935000-0000-7000-8000-000000000101', 1732147200000000, '2025-12-31', NULL, NULL);
INSERT INTO record_consent (learner_id, purpose, given, said_by, said_at)
VALUES ('01935000-0000-7000-8000-000000000905', 'research', FALSE, NULL, 1732147200000000);
INSERT INTO record_rule (country, home_page, kept_years, basis, version) VALUES ('KE', 'https://learning.example.org', 7, 'Education Act', 1);
INSERT INTO record_erasure (id, reason, statements, documents, made_by, made_at)
VALUES ('01935000-0000-7000-8000-000000000906', 'Asked by the guardian', 3, 0, '01935000-0000-7000-8000-000000000101', 1732147200000000);

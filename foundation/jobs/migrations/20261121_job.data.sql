INSERT INTO job (id, kind, payload, state, done, total, result, account_id, see, created_at, tries)
VALUES ('01935000-0000-7000-8000-000000000001', 'sample', '{}', 'done', 1, 1, 'null', NULL, '/', 1732147200000000, 1);

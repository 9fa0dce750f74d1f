INSERT INTO account_name (key, account_id)
VALUES ('one sample', CAST('01935000-0000-7000-8000-000000000101' AS UUID));

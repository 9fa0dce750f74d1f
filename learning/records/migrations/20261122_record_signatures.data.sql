INSERT INTO record_signature (statement, sha2, algorithm, certificate, signed_at)
VALUES ('01935000-0000-7000-8000-000000000901', '00', 'RS256', NULL, 1732147200000000);

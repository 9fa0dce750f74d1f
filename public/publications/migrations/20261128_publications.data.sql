INSERT INTO publisher (id, name, kind, iati_ref, ocds_prefix, version)
VALUES (1, 'Harambee (sample)', '90', 'XI-IATI-SAMPLE', 'ocds-213czf', 1);
INSERT INTO publication_release (id, code, format, snapshot, seq, built_at, built_by, content, hash, bytes, state, note, decided_by, decided_at, reason, supersedes, version)
VALUES (CAST('01935000-0000-7000-8000-000000002001' AS UUID), 'csv-2024-11-21', 'csv', 'fact 1', 1, 1732147200000000, CAST('01935000-0000-7000-8000-000000000101' AS UUID), 'aa', 'bb', 10, 'published', NULL, CAST('01935000-0000-7000-8000-000000000102' AS UUID), 1732147300000000, NULL, NULL, 2);
INSERT INTO publication_file (release_id, name, mime, hash, bytes, row_count)
VALUES (CAST('01935000-0000-7000-8000-000000002001' AS UUID), 'needs.csv', 'text/csv; charset=utf-8', 'cc', 10, 1);
INSERT INTO publication_check (id, release_id, file_name, validator, validator_version, errors, warnings, found, made_by, made_at)
VALUES (CAST('01935000-0000-7000-8000-000000002011' AS UUID), CAST('01935000-0000-7000-8000-000000002001' AS UUID), 'needs.csv', 'table-schema', '1', 0, 0, '[]', NULL, 1732147200000000);
INSERT INTO ocds_release (ocid, number, part, tag, dated, digest, body, recorded_at)
VALUES ('ocds-213czf-1', 1, 'planning', 'planning', 1732147200000000, 'dd', '{}', 1732147200000000);

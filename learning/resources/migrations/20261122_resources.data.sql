INSERT INTO resource (id, country, number, code, school_id, names, title_key, about, langs, kind, subject, grade_from, grade_to, competencies, licence, permits, permission, credit, source, series, based_on, accessibility, reading_level, minutes, standing, recommended, bytes, reason, made_by, made_at, decided_by, decided_at, changed_at, version)
VALUES (CAST('01935000-0000-7000-8000-000000002101' AS UUID), 'QA', 1, 'QA-R-000001', NULL, '{"en":"The first story"}', 'the first story', NULL, '|en|', 'markdown', 'language', 1, 3, '|01935000-0000-7000-8000-000000002001|', 'CC-BY-4.0', '', NULL, 'A writer', 'https://example.org/', '0001', NULL, '|textual|', 1, 10, 'approved', TRUE, 1200, NULL, CAST('01935000-0000-7000-8000-000000000101' AS UUID), 1763700000000000, CAST('01935000-0000-7000-8000-000000000102' AS UUID), 1763700000000001, 1763700000000001, 3);
INSERT INTO rendition (id, resource_id, channel, name, mime, bytes, hash, lang, seconds)
VALUES (CAST('01935000-0000-7000-8000-000000002102' AS UUID), CAST('01935000-0000-7000-8000-000000002101' AS UUID), 'text', 'text', 'application/json', 1200, '0000', 'en', NULL);
INSERT INTO resource_review (id, resource_id, edition, reviewer, decision, marks, words, reviewed_at)
VALUES (CAST('01935000-0000-7000-8000-000000002103' AS UUID), CAST('01935000-0000-7000-8000-000000002101' AS UUID), 2, CAST('01935000-0000-7000-8000-000000000102' AS UUID), 'approved', '{"accuracy":"good"}', 'Good to read aloud.', 1763700000000001);
INSERT INTO resource_competency (competency_id, resource_id)
VALUES (CAST('01935000-0000-7000-8000-000000002001' AS UUID), CAST('01935000-0000-7000-8000-000000002101' AS UUID));
INSERT INTO resource_word (resource_id, token, weight)
VALUES (CAST('01935000-0000-7000-8000-000000002101' AS UUID), 'story', 8);
INSERT INTO resource_import (id, country, file_name, sheet_hash, files_hash, row_count, report, state, made_by, made_at)
VALUES (CAST('01935000-0000-7000-8000-000000002104' AS UUID), 'QA', 'books.csv', '0000', NULL, 1, '{"rows":1,"refused":[]}', 'tried', CAST('01935000-0000-7000-8000-000000000101' AS UUID), 1763700000000000);
INSERT INTO resource_facet (token, held) VALUES ('@lang:en', 1);

INSERT INTO term (vocabulary, code, place, names, name_key, descriptions, attributes, source, retired, version)
VALUES ('sample_words', 'first', 1, '{"en":"First","fr":"Premier","ar":"الأول"}', 'first', '{}', '{"rank":"1"}', 'sample', NULL, 1);
INSERT INTO term (vocabulary, code, place, names, name_key, descriptions, attributes, source, retired, version)
VALUES ('sample_words', 'old', 2, '{"en":"Old"}', 'old', '{}', '{}', 'sample', 'No longer used', 2);
INSERT INTO term_draft (id, vocabulary, code, step, names, descriptions, attributes, source, reason, base_version, drafted_by, drafted_at, state, decided_by, decided_at, decision, version)
VALUES (CAST('01935000-0000-7000-8000-000000000031' AS UUID), 'sample_words', 'first', 'edit', '{"en":"The first"}', '{}', '{"rank":"1"}', 'sample', 'Clearer', 1, CAST('01935000-0000-7000-8000-000000000001' AS UUID), 1732147200000000, 'open', NULL, NULL, NULL, 1);

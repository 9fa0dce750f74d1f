INSERT INTO national_licence (id, country, code, names, url, terms, made_by, made_at, closed_by, closed_at, reason, version)
VALUES (CAST('01935000-0000-7000-8000-000000002111' AS UUID), 'QA', 'QA-SCHOOLS', '{"en":"For schools"}', '', '|show|print|credit|', CAST('01935000-0000-7000-8000-000000000101' AS UUID), 1763700000000000, NULL, NULL, NULL, 1);

INSERT INTO country (code, iso3, numeric_code, names, name_key, region, income_group, ldc, landlocked, version)
VALUES ('QA', 'QAT', '634', '{"en":"Sample land","fr":"Pays d’essai","ar":"بلد تجريبي"}', 'sample land', 'sample_region', 'low_income', TRUE, FALSE, 1);
INSERT INTO country_fact (country, indicator, value, year, source) VALUES ('QA', 'internet_users', 12.5, 2024, 'sample');
INSERT INTO language (code, names, name_key) VALUES ('en', '{"en":"English","fr":"anglais","ar":"الإنجليزية"}', 'english');
INSERT INTO country_language (country, language, share, official) VALUES ('QA', 'en', 0.6, 'official');
INSERT INTO place (code, country, parent, level, kind, name, name_key, aliases, version) VALUES ('QA', 'QA', NULL, 0, 'country', 'Sample land', 'sample land', '', 1);
INSERT INTO place (code, country, parent, level, kind, name, name_key, aliases, version) VALUES ('QA1', 'QA', 'QA', 1, 'department', 'North', 'north', '', 1);
INSERT INTO school (id, country, code, code_key, name, name_key, place, department, lon, lat, levels, learners_girls, learners_boys, learners, teachers_female, teachers_male, teachers, year, water, internet, electricity, computers, rural, rural_basis, attributes, version)
VALUES (CAST('01935000-0000-7000-8000-000000000021' AS UUID), 'QA', '0001', '0001', 'First school', 'first school', 'QA1', 'QA1', 51.2, 25.3, '|1|', 40, 42, 82, 2, 1, 3, 2024, TRUE, NULL, FALSE, NULL, TRUE, 'written', '{}', 1);
INSERT INTO school_tally (country, department, schools, learners, learners_unknown, teachers, teachers_unknown, water_yes, water_no, internet_yes, internet_no, electricity_yes, electricity_no, computers_yes, computers_no)
VALUES ('QA', 'QA1', 1, 82, 0, 3, 0, 1, 0, 0, 0, 0, 1, 0, 0);

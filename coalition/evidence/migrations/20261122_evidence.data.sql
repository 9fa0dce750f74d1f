INSERT INTO report (id, deployment_id, country, member_id, period_from, period_to, narrative, state, created_by, created_at, submitted_at, version)
VALUES (CAST('01935000-0000-7000-8000-000000000d01' AS UUID), CAST('01935000-0000-7000-8000-000000000d02' AS UUID), 'QA', CAST('01935000-0000-7000-8000-000000000d03' AS UUID), '2026-07-01', '2026-09-30', 'Sample', 'accepted', CAST('01935000-0000-7000-8000-000000000001' AS UUID), 1763700000000000, 1763700000000000, 3);
INSERT INTO report_step (id, report_id, step, words, account_id, at)
VALUES (CAST('01935000-0000-7000-8000-000000000d04' AS UUID), CAST('01935000-0000-7000-8000-000000000d01' AS UUID), 'sent_back', 'Which schools?', CAST('01935000-0000-7000-8000-000000000002' AS UUID), 1763700000000000);
INSERT INTO claim (id, indicator, unit, level, comparator, low, high, place, country, people_group, from_on, to_on, method, source, as_of, organisation_id, deployment_id, report_id, standing, print, reported_by, accepted_by, batch_id, submitted_at, version)
VALUES (CAST('01935000-0000-7000-8000-000000000d05' AS UUID), 'learners_reached', 'people', 'delivered', 'equal', 40, 40, 'QA', 'QA', 'all', '2026-07-01', '2026-09-30', 'attendance', 'Attendance lists', '2026-09-30', CAST('01935000-0000-7000-8000-000000000d03' AS UUID), CAST('01935000-0000-7000-8000-000000000d02' AS UUID), CAST('01935000-0000-7000-8000-000000000d01' AS UUID), 'stands', 'ab', CAST('01935000-0000-7000-8000-000000000001' AS UUID), CAST('01935000-0000-7000-8000-000000000002' AS UUID), CAST('01935000-0000-7000-8000-000000000d06' AS UUID), 1763700000000000, 2);
INSERT INTO claim_step (id, claim_id, batch_id, step, level_before, standing_before, level_after, standing_after, words, account_id, at)
VALUES (CAST('01935000-0000-7000-8000-000000000d07' AS UUID), CAST('01935000-0000-7000-8000-000000000d05' AS UUID), CAST('01935000-0000-7000-8000-000000000d06' AS UUID), 'accepted', NULL, 'stands', 'delivered', 'stands', NULL, CAST('01935000-0000-7000-8000-000000000002' AS UUID), 1763700000000000);
INSERT INTO claim_mark (batch_id, seq) VALUES (CAST('01935000-0000-7000-8000-000000000d06' AS UUID), 1);
INSERT INTO lesson (id, report_id, deployment_id, country, member_id, kind, words, words_key, written_by, written_at, version)
VALUES (CAST('01935000-0000-7000-8000-000000000d08' AS UUID), CAST('01935000-0000-7000-8000-000000000d01' AS UUID), CAST('01935000-0000-7000-8000-000000000d02' AS UUID), 'QA', CAST('01935000-0000-7000-8000-000000000d03' AS UUID), 'bad', '{"en":"Chargers came late"}', 'chargers came late', CAST('01935000-0000-7000-8000-000000000001' AS UUID), 1763700000000000, 1);
INSERT INTO report_file (id, report_id, hash, state, rows_read, figures, questions, account_id, received_at, version)
VALUES (CAST('01935000-0000-7000-8000-000000000d09' AS UUID), CAST('01935000-0000-7000-8000-000000000d01' AS UUID), 'ab', 'read', 1, 1, 1, CAST('01935000-0000-7000-8000-000000000001' AS UUID), 1763700000000000, 1);
INSERT INTO report_file_text (file_id, name, mime, size, notes)
VALUES (CAST('01935000-0000-7000-8000-000000000d09' AS UUID), 'report.xlsx', 'application/zip', 900, '[]');
INSERT INTO report_file_row (file_id, position, sheet, number, print, words, figures)
VALUES (CAST('01935000-0000-7000-8000-000000000d09' AS UUID), 0, 'Data', 14, 'ab', 'learners reached · 40', '[]');
INSERT INTO report_file_question (file_id, position, kind, about, answer)
VALUES (CAST('01935000-0000-7000-8000-000000000d09' AS UUID), 0, 'hidden', '{}', NULL);
INSERT INTO visit (id, deployment_id, country, place, visit_on, task, verifier_id, state, planned_by, planned_at, version)
VALUES (CAST('01935000-0000-7000-8000-000000000d0a' AS UUID), CAST('01935000-0000-7000-8000-000000000d02' AS UUID), 'QA', 'QA', '2026-11-30', 'See two schools', CAST('01935000-0000-7000-8000-000000000005' AS UUID), 'assigned', CAST('01935000-0000-7000-8000-000000000002' AS UUID), 1763700000000000, 1);
INSERT INTO visit_step (id, visit_id, step, account_id, at)
VALUES (CAST('01935000-0000-7000-8000-000000000d0b' AS UUID), CAST('01935000-0000-7000-8000-000000000d0a' AS UUID), 'assigned', CAST('01935000-0000-7000-8000-000000000002' AS UUID), 1763700000000000);
INSERT INTO visit_finding (visit_id, claim_id) VALUES (CAST('01935000-0000-7000-8000-000000000d0a' AS UUID), CAST('01935000-0000-7000-8000-000000000d05' AS UUID));
INSERT INTO statement (claim_id, position, topic, metric, value, unit, comparator, as_of, country, source_id, quote)
VALUES ('C000', 0, 'coalition', 'members', '175', 'partners', 'exact', '2021', '', 's0', '175 partners');
INSERT INTO statement_source (source_id, title, url, kind) VALUES ('s0', 'A page', 'https://example.org/', 'page');
INSERT INTO statement_commitment (commitment_id, position, member, member_type, kind, description, quantity, unit, country, said_on, status, source_id, quote)
VALUES ('K000', 0, 'A member', 'ngo', 'training', 'Courses', '', '', 'QAT', '2022', 'pledged', 's0', 'courses');
INSERT INTO statement_member (position, member, context, source_id) VALUES (0, 'A member', 'named in a meeting', 's0');

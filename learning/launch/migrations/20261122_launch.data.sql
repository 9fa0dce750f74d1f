INSERT INTO launch_course (resource_id, content, hash, packaged, made_at)
VALUES ('01935000-0000-7000-8000-00000000c001', 'c0ffee', 'a1', TRUE, 1700000000000000);
INSERT INTO launch_node (resource_id, position, parent, kind, number, publisher, titles, url, parameters, entitlement, move_on, mastery, own_window)
VALUES ('01935000-0000-7000-8000-00000000c001', 0, NULL, 'course', NULL, 'https://example.org/course', '{"en":"Numbers"}', '', NULL, NULL, 'NotApplicable', NULL, FALSE),
       ('01935000-0000-7000-8000-00000000c001', 1, 0, 'unit', 0, 'https://example.org/unit', '{"en":"Counting"}', 'index.html', NULL, NULL, 'Passed', 0.8, FALSE);
INSERT INTO launch_registration (id, resource_id, learner_id, home, name, made_at, satisfied_at)
VALUES ('01935000-0000-7000-8000-00000000c002', '01935000-0000-7000-8000-00000000c001', '01935000-0000-7000-8000-00000000c003', 'https://learning.invalid', 'learner-c003', 1700000000000000, NULL);
INSERT INTO launch_progress (registration_id, position, completed_at, passed_at, failed_at, score, waived_at, waived_by, reason, satisfied_at)
VALUES ('01935000-0000-7000-8000-00000000c002', 1, NULL, 1700000000000000, NULL, 0.9, NULL, NULL, NULL, 1700000000000000);
INSERT INTO launch_session (id, registration_id, position, mode, token, launched_at, ends_at, data_at, preferences_at, initialized_at, judged, heard_at, closed_at, closing)
VALUES ('01935000-0000-7000-8000-00000000c004', '01935000-0000-7000-8000-00000000c002', 1, 'Normal', NULL, 1700000000000000, 1700000001000000, NULL, NULL, NULL, FALSE, NULL, 1700000002000000, 'abandoned');
INSERT INTO launch_key (id, secret, label, country, made_by, made_at, ended_at)
VALUES ('01935000-0000-7000-8000-00000000c005', CAST('sample-key' AS BYTEA), 'Suite', 'KE', NULL, 1700000000000000, NULL);

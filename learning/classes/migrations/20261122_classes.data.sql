INSERT INTO school_counter (name, next) VALUES ('sample', 1);
INSERT INTO school_person (id, code, country, given, family, sort_key, birth_year, sex, lang, needs, user_name, password_hash, card_serial, card_at, sourced_id, sample, created_at, closed_at, version)
VALUES (CAST('01935000-0000-7000-8000-000000040101' AS UUID), 'SAMPLE-1', 'KE', 'Sample', 'Teacher', 'teacher sample', NULL, NULL, 'en', '[]', 'sample.teacher', NULL, 0, NULL, NULL, TRUE, 1732147200000000, NULL, 1);
INSERT INTO school_person (id, code, country, given, family, sort_key, birth_year, sex, lang, needs, user_name, password_hash, card_serial, card_at, sourced_id, sample, created_at, closed_at, version)
VALUES (CAST('01935000-0000-7000-8000-000000040102' AS UUID), 'SAMPLE-2', 'KE', 'Sample', 'Learner', 'learner sample', 2016, 'female', 'ar', '["vision"]', NULL, NULL, 1, 1732147200000000, 'sample-2', TRUE, 1732147200000000, NULL, 1);
INSERT INTO school_role (id, person_id, school_id, country, role, sort_key, from_on, to_on, reason, given_by, given_at, ended_by, ended_at)
VALUES (CAST('01935000-0000-7000-8000-000000040111' AS UUID), CAST('01935000-0000-7000-8000-000000040101' AS UUID), CAST('01935000-0000-7000-8000-000000040191' AS UUID), 'KE', 'teacher', 'teacher sample', '2024-11-21', NULL, NULL, NULL, 1732147200000000, NULL, NULL);
INSERT INTO school_role (id, person_id, school_id, country, role, sort_key, from_on, to_on, reason, given_by, given_at, ended_by, ended_at)
VALUES (CAST('01935000-0000-7000-8000-000000040112' AS UUID), CAST('01935000-0000-7000-8000-000000040102' AS UUID), CAST('01935000-0000-7000-8000-000000040191' AS UUID), 'KE', 'learner', 'learner sample', '2024-11-21', '2024-12-31', 'moved away', NULL, 1732147200000000, NULL, 1732147200000000);
INSERT INTO school_class (id, school_id, country, names, name_key, grade, subjects, session, starts_on, ends_on, code, shows_names, sourced_id, created_at, version)
VALUES (CAST('01935000-0000-7000-8000-000000040121' AS UUID), CAST('01935000-0000-7000-8000-000000040191' AS UUID), 'KE', '{"en":"4 East"}', '4 east', 4, '["mathematics"]', '2024-1', '2024-01-08', '2024-12-20', 'SMP-00', FALSE, NULL, 1732147200000000, 1);
INSERT INTO school_enrolment (id, class_id, person_id, role, number, sort_key, from_on, to_on, reason, sourced_id, begun_by, begun_at, ended_by, ended_at)
VALUES (CAST('01935000-0000-7000-8000-000000040131' AS UUID), CAST('01935000-0000-7000-8000-000000040121' AS UUID), CAST('01935000-0000-7000-8000-000000040102' AS UUID), 'learner', 1, 'learner sample', '2024-11-21', NULL, NULL, NULL, NULL, 1732147200000000, NULL, NULL);
INSERT INTO school_guardian (id, guardian_id, learner_id, school_id, relation, asked_by, asked_at, verified_by, verified_at, basis, may_see, ended_by, ended_at, reason)
VALUES (CAST('01935000-0000-7000-8000-000000040141' AS UUID), CAST('01935000-0000-7000-8000-000000040101' AS UUID), CAST('01935000-0000-7000-8000-000000040102' AS UUID), CAST('01935000-0000-7000-8000-000000040191' AS UUID), 'mother', NULL, 1732147200000000, NULL, NULL, NULL, TRUE, NULL, NULL, NULL);
INSERT INTO school_group (id, class_id, name, kind, level, made_by, made_at, ended_at, version)
VALUES (CAST('01935000-0000-7000-8000-000000040151' AS UUID), CAST('01935000-0000-7000-8000-000000040121' AS UUID), 'Blue', 'free', NULL, NULL, 1732147200000000, NULL, 1);
INSERT INTO school_group_member (id, group_id, person_id, from_at, to_at)
VALUES (CAST('01935000-0000-7000-8000-000000040152' AS UUID), CAST('01935000-0000-7000-8000-000000040151' AS UUID), CAST('01935000-0000-7000-8000-000000040102' AS UUID), 1732147200000000, NULL);
INSERT INTO school_slot (id, class_id, weekday, begins, minutes, subject, teacher_id, place, ended_at)
VALUES (CAST('01935000-0000-7000-8000-000000040161' AS UUID), CAST('01935000-0000-7000-8000-000000040121' AS UUID), 1, 480, 40, 'mathematics', NULL, NULL, NULL);
INSERT INTO school_register (id, class_id, on_day, taken_by, taken_at, version)
VALUES (CAST('01935000-0000-7000-8000-000000040171' AS UUID), CAST('01935000-0000-7000-8000-000000040121' AS UUID), '2024-11-21', CAST('01935000-0000-7000-8000-000000040101' AS UUID), 1732147200000000, 1);
INSERT INTO school_mark (id, register_id, person_id, code, reason, marked_by, marked_at, corrects, current)
VALUES (CAST('01935000-0000-7000-8000-000000040172' AS UUID), CAST('01935000-0000-7000-8000-000000040171' AS UUID), CAST('01935000-0000-7000-8000-000000040102' AS UUID), 'present', NULL, CAST('01935000-0000-7000-8000-000000040101' AS UUID), 1732147200000000, NULL, TRUE);
INSERT INTO school_session (id, token_hash, person_id, began_by, own_device, created_at, seen_at, ended_at)
VALUES (CAST('01935000-0000-7000-8000-000000040181' AS UUID), CAST('sample-session' AS BYTEA), CAST('01935000-0000-7000-8000-000000040101' AS UUID), 'link', FALSE, 1732147200000000, 1732147200000000, 1732147300000000);
INSERT INTO school_link (id, token_hash, person_id, reusable, expires_at, used_at)
VALUES (CAST('01935000-0000-7000-8000-000000040182' AS UUID), CAST('sample-link' AS BYTEA), CAST('01935000-0000-7000-8000-000000040101' AS UUID), FALSE, 1732150800000000, NULL);
INSERT INTO school_try (kind, who, tries, last_at) VALUES ('person', CAST('sample-try' AS BYTEA), 2, 1732147200000000);
INSERT INTO school_import (id, country, school_id, file_name, file_hash, state, report, asked_by, asked_at, done_at)
VALUES (CAST('01935000-0000-7000-8000-000000040183' AS UUID), 'KE', NULL, 'sample.zip', '00', 'refused', '{}', CAST('01935000-0000-7000-8000-000000040101' AS UUID), 1732147200000000, NULL);

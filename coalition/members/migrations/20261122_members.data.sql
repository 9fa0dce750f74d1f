INSERT INTO membership (id, organisation_id, state, strengths, objectives, obligations, obligations_on, do_no_harm_on, principles, contact_id, officer_id, lang, applied_by, applied_at, reviewed_by, admitted_on, admitted_by, ended_on, removal_by, removal_reason, version)
VALUES ('01935000-0000-7000-8000-000000000301', '01935000-0000-7000-8000-000000000151', 'admitted', '{"en":"Teacher training"}', '|continuity|', '|support_objectives|answer_requests|work_together|', '2024-11-21', '2024-11-21', '{"appropriate_use":"Yes"}', '01935000-0000-7000-8000-000000000101', NULL, 'en', NULL, 1732147200000000, NULL, '2024-11-22', '01935000-0000-7000-8000-000000000102', NULL, NULL, NULL, 3);
INSERT INTO membership_step (id, membership_id, organisation_id, state, from_on, until_on, at, by_id, reason, rule)
VALUES ('01935000-0000-7000-8000-000000000311', '01935000-0000-7000-8000-000000000301', '01935000-0000-7000-8000-000000000151', 'admitted', '2024-11-22', NULL, 1732233600000000, '01935000-0000-7000-8000-000000000102', NULL, NULL);
INSERT INTO membership_finding (id, membership_id, criterion, met, note, evidence, by_id, at)
VALUES ('01935000-0000-7000-8000-000000000321', '01935000-0000-7000-8000-000000000301', 'integrity', TRUE, 'On no list', 'Checked on 21 November', '01935000-0000-7000-8000-000000000101', 1732147200000000);
INSERT INTO membership_message (id, membership_id, question, words, by_id, at)
VALUES ('01935000-0000-7000-8000-000000000331', '01935000-0000-7000-8000-000000000301', TRUE, 'Where are the data kept?', '01935000-0000-7000-8000-000000000101', 1732147200000000);

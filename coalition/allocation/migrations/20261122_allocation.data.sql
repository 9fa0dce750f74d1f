INSERT INTO allocation_policy (id, number, note, parameters, created_by, created_at, published_by, published_at, version)
VALUES ('01935000-0000-7000-8000-000000000801', 1, 'Sample', '{}', '01935000-0000-7000-8000-000000000001', 1763700000000000, '01935000-0000-7000-8000-000000000002', 1763700000000000, 1);
INSERT INTO matching_round (id, number, title, country, policy_id, first_period, periods, state, created_by, created_at, files, outcome, version)
VALUES ('01935000-0000-7000-8000-000000000802', 1, 'Sample', 'QA', '01935000-0000-7000-8000-000000000801', 8108, 4, 'cancelled', '01935000-0000-7000-8000-000000000001', 1763700000000000, '{}', '{}', 1);
INSERT INTO proposal (id, round_id, matched_by, offer_id, need_id, member_id, country, service_class, areas, lines, quantity, given, quantity_now, given_now, learners, lot_min, lot_step, rival, score, ground, priority, resources, local_lines, created_at, superseded_at, version)
VALUES ('01935000-0000-7000-8000-000000000803', '01935000-0000-7000-8000-000000000802', '01935000-0000-7000-8000-000000000001', '01935000-0000-7000-8000-000000000804', '01935000-0000-7000-8000-000000000805', '01935000-0000-7000-8000-000000000806', 'QA', 'devices', '|QA1|', 1, 5, 10, 0, 0, 82, 10, 10, TRUE, 100.5, 80, 30.5, -10, 0, 1763700000000000, 1763700000000000, 2);
INSERT INTO proposal_line (proposal_id, line_id, period, rank, quantity, given)
VALUES ('01935000-0000-7000-8000-000000000803', '01935000-0000-7000-8000-000000000807', -1, 1, 5, 10);
INSERT INTO proposal_drop (proposal_id, line_id, period, cause, quantity, given, at)
VALUES ('01935000-0000-7000-8000-000000000803', '01935000-0000-7000-8000-000000000807', -1, 'superseded', 5, 10, 1763700000000000);
INSERT INTO proposal_reason (proposal_id, line_id, period, area, label, learners, price, value, ground, priority, resources, coverage_before, coverage_after)
VALUES ('01935000-0000-7000-8000-000000000803', '01935000-0000-7000-8000-000000000807', -1, 'QA1', 'First school', 82, 1.5, 110.5, 80, 30.5, -10, 0, 1);
INSERT INTO round_line (round_id, position, line_id, need_id, country, area, label, label_key, service_class, open_units, proposed, learners, priority, coverage, code, reasons)
VALUES ('01935000-0000-7000-8000-000000000802', 0, '01935000-0000-7000-8000-000000000807', '01935000-0000-7000-8000-000000000805', 'QA', 'QA1', 'First school', 'first school', 'devices', 5, 0, 82, TRUE, 0, 'not_in_time', '[["not_in_time",{}]]');
INSERT INTO round_offer (round_id, offer_id, member_id, title, member)
VALUES ('01935000-0000-7000-8000-000000000802', '01935000-0000-7000-8000-000000000804', '01935000-0000-7000-8000-000000000806', '{"en":"Tablets"}', '{"en":"Sample"}');
INSERT INTO round_gap (round_id, rank, service_class, country, area, period, lines, open_units, learners, learners_of, first_unit, tenth, half, whole)
VALUES ('01935000-0000-7000-8000-000000000802', 1, 'devices', 'QA', 'QA1', 8108, 1, 5, 82, '[0,0,0,0,0,0]', 20, 20, 50, 82);
INSERT INTO call_for_support (id, number, title, title_key, country, service_class, quantity, words, closes_on, created_by, created_at, version)
VALUES ('01935000-0000-7000-8000-000000000808', 1, '{"en":"Tablets for the north"}', 'tablets for the north', 'QA', 'devices', 5, 'Five tablets.', '2027-03-01', '01935000-0000-7000-8000-000000000001', 1763700000000000, 1);

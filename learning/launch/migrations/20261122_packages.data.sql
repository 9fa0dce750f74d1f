INSERT INTO package_unit (id, person, form_id, unit, session, number, runs, ended, suspended, completed, passed, score, seconds, seconds_before, begun_at, said_at)
VALUES (CAST('01935000-0000-7000-8000-000000007101' AS UUID), CAST('01935000-0000-7000-8000-000000000201' AS UUID), CAST('01935000-0000-7000-8000-000000002102' AS UUID), 0, 1763700000000000, 1, 1, TRUE, FALSE, TRUE, NULL, 0.8, 60, 0, 1763700000000000, 1763700000000001);
INSERT INTO package_value (unit_id, element, held)
VALUES (CAST('01935000-0000-7000-8000-000000007101' AS UUID), 'cmi.location', '3');

INSERT INTO package_way (person, form_id, turn, opened_at, resumed, state, said_at)
VALUES (CAST('01935000-0000-7000-8000-000000000201' AS UUID), CAST('01935000-0000-7000-8000-000000002102' AS UUID), 1, 1763700000000000, FALSE, '{"r":1,"d":0,"t":[{}]}', 1763700000000000);
INSERT INTO package_shared (person, form_id, kind, name, held)
VALUES (CAST('01935000-0000-7000-8000-000000000201' AS UUID), CAST('01935000-0000-7000-8000-000000002102' AS UUID), 'objective', 'org.example.halves', '{"s":true}');

UPDATE snapshot SET ordinal = 1;
INSERT INTO snapshot_thing (kind, thing_id, class, from_ordinal, until_ordinal, code, title, path, country, member_id, standing, amount, flagship, missions)
VALUES ('agreement', CAST('01935000-0000-7000-8000-000000001802' AS UUID), '', 1, 9223372036854775807, 'A-0001', '{}', '/agreements/01935000-0000-7000-8000-000000001802', 'HN', CAST('01935000-0000-7000-8000-000000000101' AS UUID), 'in_force', NULL, '', '');

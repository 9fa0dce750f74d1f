INSERT INTO snapshot (id, seq, head, today, taken_at, about, kept, whole)
VALUES (CAST('01935000-0000-7000-8000-000000001801' AS UUID), 1, 'ab12cd34', '2026-11-22', 1763700000000000, '{}', FALSE, TRUE);
INSERT INTO snapshot_figure (snapshot_id, scope_kind, scope, code, level, unit, low, high, told, records, as_of, rule, marks)
VALUES (CAST('01935000-0000-7000-8000-000000001801' AS UUID), 'country', 'HN', 'learners_reached', 'delivered', 'people', 400, NULL, 700, 2, '2026-11-20', 'distinct', 'open_ended');

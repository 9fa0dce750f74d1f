INSERT INTO ledger_head (id, seq, hash) VALUES (1, 1, 'ab');

INSERT INTO stranger (who, acts, last_at) VALUES ('sample', 3, 1732147200000000);

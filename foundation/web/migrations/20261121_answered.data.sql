INSERT INTO answered (once, sender, body_hash, see, body, at)
VALUES ('sample', 'visitor', 'none', '/', 'null', 1732147200000000);

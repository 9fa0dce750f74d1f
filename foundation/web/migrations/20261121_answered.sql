CREATE TABLE answered (
    once TEXT NOT NULL,
    sender TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    see TEXT NOT NULL,
    body TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (once, sender)
);
CREATE INDEX answered_at ON answered (at);

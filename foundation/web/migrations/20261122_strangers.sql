CREATE TABLE stranger (
    who TEXT PRIMARY KEY,
    acts BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);
CREATE INDEX stranger_last ON stranger (last_at);

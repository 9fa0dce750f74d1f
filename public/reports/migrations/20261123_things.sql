-- What a snapshot counted one by one, as it stood: a row holds from the snapshot that first counted
-- the thing so until the one that found it otherwise. Follows from the facts, so no fact holds it.
ALTER TABLE snapshot ADD COLUMN ordinal BIGINT NOT NULL DEFAULT 0;
CREATE INDEX snapshot_ordinal ON snapshot (ordinal);
CREATE TABLE snapshot_thing (
    kind TEXT NOT NULL,
    thing_id UUID NOT NULL,
    class TEXT NOT NULL,
    from_ordinal BIGINT NOT NULL,
    until_ordinal BIGINT NOT NULL,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    path TEXT NOT NULL,
    country TEXT NOT NULL,
    member_id UUID NOT NULL,
    standing TEXT NOT NULL,
    amount BIGINT,
    flagship TEXT NOT NULL,
    missions TEXT NOT NULL,
    PRIMARY KEY (kind, thing_id, class, from_ordinal),
    CONSTRAINT snapshot_thing_holds CHECK (from_ordinal < until_ordinal)
);
CREATE INDEX snapshot_thing_listed ON snapshot_thing (kind, code);
CREATE INDEX snapshot_thing_until ON snapshot_thing (until_ordinal);

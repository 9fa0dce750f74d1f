-- Counts of everything as of one fact: they follow from the facts, so no fact holds them. The figures
-- of old ones are forgotten (whole is false) but for those that something published names (kept) and
-- the last of each day.
CREATE TABLE snapshot (
    id UUID PRIMARY KEY,
    seq BIGINT NOT NULL,
    head TEXT NOT NULL,
    today TEXT NOT NULL,
    taken_at BIGINT NOT NULL,
    about TEXT NOT NULL,
    kept BOOLEAN NOT NULL,
    whole BOOLEAN NOT NULL
);
CREATE INDEX snapshot_newest ON snapshot (taken_at, seq, id);
CREATE INDEX snapshot_of_day ON snapshot (today, taken_at, seq);
CREATE TABLE snapshot_figure (
    snapshot_id UUID NOT NULL REFERENCES snapshot (id),
    scope_kind TEXT NOT NULL,
    scope TEXT NOT NULL,
    code TEXT NOT NULL,
    level TEXT NOT NULL,
    unit TEXT NOT NULL,
    low BIGINT,
    high BIGINT,
    told BIGINT,
    records BIGINT NOT NULL,
    as_of TEXT,
    rule TEXT NOT NULL,
    marks TEXT NOT NULL,
    PRIMARY KEY (snapshot_id, scope_kind, scope, code, level),
    CONSTRAINT snapshot_figure_ends CHECK (low IS NULL OR high IS NULL OR low <= high)
);
CREATE INDEX snapshot_figure_code ON snapshot_figure (snapshot_id, scope_kind, code);

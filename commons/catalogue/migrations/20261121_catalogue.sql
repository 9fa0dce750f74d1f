CREATE TABLE term (
    vocabulary TEXT NOT NULL,
    code TEXT NOT NULL,
    place BIGINT NOT NULL,
    names TEXT NOT NULL,
    name_key TEXT NOT NULL,
    descriptions TEXT NOT NULL,
    attributes TEXT NOT NULL,
    source TEXT NOT NULL,
    retired TEXT,
    version BIGINT NOT NULL,
    PRIMARY KEY (vocabulary, code)
);
CREATE INDEX term_in_order ON term (vocabulary, place, code);
CREATE TABLE term_draft (
    id UUID PRIMARY KEY,
    vocabulary TEXT NOT NULL,
    code TEXT NOT NULL,
    step TEXT NOT NULL CHECK (step IN ('add', 'edit', 'retire', 'restore')),
    names TEXT NOT NULL,
    descriptions TEXT NOT NULL,
    attributes TEXT NOT NULL,
    source TEXT NOT NULL,
    reason TEXT NOT NULL,
    base_version BIGINT NOT NULL,
    drafted_by UUID NOT NULL,
    drafted_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'published', 'returned')),
    decided_by UUID,
    decided_at BIGINT,
    decision TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT term_draft_four_eyes CHECK (state <> 'published' OR decided_by <> drafted_by),
    CONSTRAINT term_draft_decided CHECK ((state = 'open') = (decided_by IS NULL))
);
CREATE INDEX term_draft_open ON term_draft (state, id);
CREATE INDEX term_draft_of_term ON term_draft (vocabulary, code, id);

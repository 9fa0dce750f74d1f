CREATE TABLE record (
    seq BIGINT PRIMARY KEY,
    id UUID NOT NULL CONSTRAINT record_id UNIQUE,
    digest BYTEA NOT NULL,
    keys BYTEA NOT NULL,
    voided BOOLEAN NOT NULL,
    raw TEXT NOT NULL
);

CREATE TABLE record_index (
    key BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    near BOOLEAN NOT NULL,
    PRIMARY KEY (key, seq, near)
);

CREATE TABLE record_fold (
    id UUID PRIMARY KEY,
    upto BIGINT NOT NULL,
    ahead BIGINT NOT NULL,
    slice BIGINT NOT NULL
);

CREATE TABLE record_target (
    target UUID NOT NULL,
    seq BIGINT NOT NULL,
    voids BOOLEAN NOT NULL,
    PRIMARY KEY (target, seq)
);

CREATE TABLE record_attachment (
    sha2 TEXT PRIMARY KEY,
    file TEXT NOT NULL,
    mime TEXT NOT NULL,
    size BIGINT NOT NULL
);

CREATE TABLE record_activity (
    key BIGINT PRIMARY KEY,
    iri TEXT NOT NULL,
    definition TEXT NOT NULL
);

CREATE TABLE record_agent (
    key BIGINT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (key, name)
);

CREATE TABLE record_document (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL CONSTRAINT record_document_kind CHECK (kind IN ('state', 'activity', 'agent')),
    activity TEXT NOT NULL,
    agent TEXT NOT NULL,
    registration TEXT NOT NULL,
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    etag TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT record_document_place UNIQUE (kind, activity, agent, registration, name)
);

CREATE TABLE record_key (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL CONSTRAINT record_key_name UNIQUE,
    secret_hash BYTEA NOT NULL,
    label TEXT NOT NULL,
    scopes TEXT NOT NULL,
    country TEXT NOT NULL,
    made_by UUID,
    made_at BIGINT NOT NULL,
    ends_on TEXT,
    ended_at BIGINT,
    ended_by UUID
);
CREATE INDEX record_key_country ON record_key (country, id);

CREATE TABLE record_consent (
    learner_id UUID NOT NULL,
    purpose TEXT NOT NULL,
    given BOOLEAN NOT NULL,
    said_by UUID,
    said_at BIGINT NOT NULL,
    PRIMARY KEY (learner_id, purpose)
);

CREATE TABLE record_rule (
    country TEXT PRIMARY KEY,
    home_page TEXT NOT NULL,
    kept_years BIGINT NOT NULL CONSTRAINT record_rule_years CHECK (kept_years BETWEEN 1 AND 100),
    basis TEXT NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE record_erasure (
    id UUID PRIMARY KEY,
    reason TEXT NOT NULL,
    statements BIGINT NOT NULL,
    documents BIGINT NOT NULL,
    made_by UUID,
    made_at BIGINT NOT NULL
);

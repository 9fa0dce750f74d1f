CREATE TABLE publisher (
    id BIGINT PRIMARY KEY CONSTRAINT publisher_one CHECK (id = 1),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    iati_ref TEXT NOT NULL,
    ocds_prefix TEXT NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE publication_release (
    id UUID PRIMARY KEY,
    code TEXT NOT NULL,
    format TEXT NOT NULL CONSTRAINT publication_format CHECK (format IN ('iati', 'ocds', 'hxl', 'csv')),
    snapshot TEXT NOT NULL,
    seq BIGINT NOT NULL,
    built_at BIGINT NOT NULL,
    built_by UUID,
    content TEXT NOT NULL,
    hash TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    state TEXT NOT NULL CONSTRAINT publication_state CHECK (state IN ('built', 'published', 'discarded')),
    note TEXT,
    decided_by UUID,
    decided_at BIGINT,
    reason TEXT,
    supersedes UUID REFERENCES publication_release (id),
    version BIGINT NOT NULL,
    CONSTRAINT publication_code UNIQUE (code),
    CONSTRAINT publication_four_eyes CHECK (state <> 'published' OR (decided_by IS NOT NULL AND decided_at IS NOT NULL AND (built_by IS NULL OR built_by <> decided_by))),
    CONSTRAINT publication_reason CHECK (state <> 'discarded' OR reason IS NOT NULL)
);
CREATE INDEX publication_latest ON publication_release (format, state, decided_at, id);
CREATE INDEX publication_built ON publication_release (built_at, id);

CREATE TABLE publication_file (
    release_id UUID NOT NULL REFERENCES publication_release (id),
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    hash TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    PRIMARY KEY (release_id, name)
);

CREATE TABLE publication_check (
    id UUID PRIMARY KEY,
    release_id UUID NOT NULL REFERENCES publication_release (id),
    file_name TEXT NOT NULL,
    validator TEXT NOT NULL,
    validator_version TEXT NOT NULL,
    errors BIGINT NOT NULL CONSTRAINT publication_errors CHECK (errors >= 0),
    warnings BIGINT NOT NULL CONSTRAINT publication_warnings CHECK (warnings >= 0),
    found TEXT NOT NULL,
    made_by UUID,
    made_at BIGINT NOT NULL
);
CREATE INDEX publication_check_release ON publication_check (release_id, id);

CREATE TABLE ocds_release (
    ocid TEXT NOT NULL,
    number BIGINT NOT NULL,
    part TEXT NOT NULL,
    tag TEXT NOT NULL,
    dated BIGINT NOT NULL,
    digest TEXT NOT NULL,
    body TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (ocid, number)
);
CREATE INDEX ocds_release_part ON ocds_release (ocid, part, number);

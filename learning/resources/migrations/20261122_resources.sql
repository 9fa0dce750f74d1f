CREATE TABLE resource (
    id UUID PRIMARY KEY,
    country TEXT NOT NULL,
    number BIGINT NOT NULL,
    code TEXT NOT NULL CONSTRAINT resource_code UNIQUE,
    school_id UUID,
    names TEXT NOT NULL,
    title_key TEXT NOT NULL,
    about TEXT,
    langs TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    grade_from BIGINT NOT NULL,
    grade_to BIGINT NOT NULL,
    competencies TEXT NOT NULL,
    licence TEXT NOT NULL,
    permits TEXT NOT NULL,
    permission TEXT,
    credit TEXT NOT NULL,
    source TEXT NOT NULL,
    series TEXT,
    based_on UUID REFERENCES resource (id),
    accessibility TEXT NOT NULL,
    reading_level BIGINT,
    minutes BIGINT,
    standing TEXT NOT NULL CONSTRAINT resource_standing CHECK (standing IN ('draft', 'proposed', 'approved', 'returned', 'withdrawn')),
    recommended BOOLEAN NOT NULL,
    bytes BIGINT NOT NULL CONSTRAINT resource_bytes CHECK (bytes >= 0),
    reason TEXT,
    made_by UUID,
    made_at BIGINT NOT NULL,
    decided_by UUID,
    decided_at BIGINT,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT resource_number UNIQUE (country, number),
    CONSTRAINT resource_grades CHECK (grade_from >= 0 AND grade_to <= 13 AND grade_from <= grade_to),
    CONSTRAINT resource_has_licence CHECK (licence <> ''),
    CONSTRAINT resource_recommended CHECK (NOT recommended OR standing = 'approved')
);
CREATE INDEX resource_standing_id ON resource (standing, id);
CREATE INDEX resource_country_standing ON resource (country, standing, id);
CREATE INDEX resource_recommended_id ON resource (recommended, id);
CREATE INDEX resource_school ON resource (school_id, id);
CREATE INDEX resource_subject ON resource (subject, id);
CREATE INDEX resource_series ON resource (country, series, id);
CREATE INDEX resource_based_on ON resource (based_on, id);
CREATE INDEX resource_made_by ON resource (made_by, id);
CREATE INDEX resource_withdrawn ON resource (standing, decided_at, id);

CREATE TABLE rendition (
    id UUID PRIMARY KEY,
    resource_id UUID NOT NULL REFERENCES resource (id),
    channel TEXT NOT NULL CONSTRAINT rendition_channel CHECK (channel IN ('text', 'print', 'audio', 'video', 'image', 'subtitles', 'package', 'original', 'asset')),
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    bytes BIGINT NOT NULL CONSTRAINT rendition_bytes CHECK (bytes >= 0),
    hash TEXT NOT NULL,
    lang TEXT,
    seconds BIGINT,
    CONSTRAINT rendition_name UNIQUE (resource_id, channel, name)
);
CREATE INDEX rendition_hash ON rendition (hash, resource_id);

CREATE TABLE resource_review (
    id UUID PRIMARY KEY,
    resource_id UUID NOT NULL REFERENCES resource (id),
    edition BIGINT NOT NULL,
    reviewer UUID NOT NULL,
    decision TEXT NOT NULL CONSTRAINT resource_review_decision CHECK (decision IN ('approved', 'returned')),
    marks TEXT NOT NULL,
    words TEXT NOT NULL,
    reviewed_at BIGINT NOT NULL
);
CREATE INDEX resource_review_resource ON resource_review (resource_id, id);

CREATE TABLE resource_competency (
    competency_id UUID NOT NULL,
    resource_id UUID NOT NULL REFERENCES resource (id),
    PRIMARY KEY (competency_id, resource_id)
);
CREATE INDEX resource_competency_resource ON resource_competency (resource_id, competency_id);

CREATE TABLE resource_word (
    resource_id UUID NOT NULL REFERENCES resource (id),
    token TEXT NOT NULL,
    weight BIGINT NOT NULL,
    PRIMARY KEY (resource_id, token)
);
CREATE INDEX resource_word_token ON resource_word (token, weight DESC, resource_id);

CREATE TABLE resource_facet (
    token TEXT PRIMARY KEY,
    held BIGINT NOT NULL
);

CREATE TABLE resource_import (
    id UUID PRIMARY KEY,
    country TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sheet_hash TEXT NOT NULL,
    files_hash TEXT,
    row_count BIGINT NOT NULL,
    report TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT resource_import_state CHECK (state IN ('tried', 'done')),
    made_by UUID NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE INDEX resource_import_country ON resource_import (country, id);

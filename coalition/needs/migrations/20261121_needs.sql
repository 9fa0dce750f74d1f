CREATE TABLE request (
    id UUID PRIMARY KEY,
    country TEXT NOT NULL,
    year BIGINT NOT NULL,
    number BIGINT NOT NULL,
    code TEXT NOT NULL,
    organisation_id UUID NOT NULL,
    subject TEXT NOT NULL,
    subject_key TEXT NOT NULL,
    own_words TEXT NOT NULL,
    own_lang TEXT NOT NULL,
    letter_hash TEXT,
    letter_name TEXT,
    letter_mime TEXT,
    letter_size BIGINT,
    context TEXT NOT NULL,
    context_name TEXT NOT NULL,
    cause TEXT,
    glide TEXT,
    urgency BIGINT NOT NULL,
    required_by TEXT NOT NULL,
    pairing_reason TEXT,
    state TEXT NOT NULL,
    filed_by UUID NOT NULL,
    created_at BIGINT NOT NULL,
    submitted_at BIGINT,
    received_at BIGINT,
    answered_at BIGINT,
    version BIGINT NOT NULL,
    CONSTRAINT request_number UNIQUE (country, year, number),
    CONSTRAINT request_code UNIQUE (code),
    CONSTRAINT request_urgency CHECK (urgency BETWEEN 0 AND 2),
    CONSTRAINT request_clock CHECK (answered_at IS NULL OR received_at IS NOT NULL)
);
CREATE INDEX request_by_country ON request (country, created_at, id);
CREATE INDEX request_by_state ON request (state, created_at, id);
CREATE INDEX request_by_receipt ON request (received_at, id);

CREATE TABLE request_step (
    id UUID PRIMARY KEY,
    request_id UUID NOT NULL REFERENCES request (id),
    need_id UUID,
    step TEXT NOT NULL,
    words TEXT,
    account_id UUID NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX request_step_by_request ON request_step (request_id, at, id);

CREATE TABLE need (
    id UUID PRIMARY KEY,
    request_id UUID NOT NULL REFERENCES request (id),
    country TEXT NOT NULL,
    year BIGINT NOT NULL,
    number BIGINT NOT NULL,
    code TEXT NOT NULL,
    service_class TEXT NOT NULL,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    clean_text TEXT,
    clean_lang TEXT,
    objective TEXT,
    flagship TEXT,
    pillars TEXT NOT NULL,
    phase TEXT,
    published_at BIGINT,
    valid_until TEXT,
    confirmed_at BIGINT,
    ended TEXT,
    ended_reason TEXT,
    ended_at BIGINT,
    version BIGINT NOT NULL,
    CONSTRAINT need_number UNIQUE (country, year, number),
    CONSTRAINT need_code UNIQUE (code),
    CONSTRAINT need_class UNIQUE (request_id, service_class),
    CONSTRAINT need_end CHECK (ended IS NULL OR ended_reason IS NOT NULL),
    CONSTRAINT need_published CHECK (published_at IS NULL OR valid_until IS NOT NULL)
);
CREATE INDEX need_by_publication ON need (published_at, id);
CREATE INDEX need_by_country ON need (country, published_at, id);

CREATE TABLE need_import (
    id UUID PRIMARY KEY,
    request_id UUID NOT NULL REFERENCES request (id),
    file_hash TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_mime TEXT NOT NULL,
    file_size BIGINT NOT NULL,
    rule_set TEXT NOT NULL,
    rule_version BIGINT NOT NULL,
    first_only BOOLEAN NOT NULL,
    urgency BIGINT NOT NULL,
    conditions BIGINT NOT NULL,
    required_by TEXT NOT NULL,
    window_from TEXT NOT NULL,
    window_to TEXT NOT NULL,
    as_of TEXT NOT NULL,
    state TEXT NOT NULL,
    rows_read BIGINT NOT NULL,
    rows_refused BIGINT NOT NULL,
    schools BIGINT NOT NULL,
    lines BIGINT NOT NULL,
    account_id UUID NOT NULL,
    created_at BIGINT NOT NULL,
    done_at BIGINT,
    version BIGINT NOT NULL
);
CREATE INDEX need_import_by_request ON need_import (request_id, created_at, id);

CREATE TABLE need_import_report (
    import_id UUID PRIMARY KEY REFERENCES need_import (id),
    job_id UUID,
    report TEXT NOT NULL
);

CREATE TABLE need_import_slice (
    import_id UUID NOT NULL REFERENCES need_import (id),
    slice BIGINT NOT NULL,
    lines BIGINT NOT NULL,
    PRIMARY KEY (import_id, slice)
);

CREATE TABLE need_line (
    id UUID PRIMARY KEY,
    need_id UUID NOT NULL REFERENCES need (id),
    import_id UUID REFERENCES need_import (id),
    quantity BIGINT NOT NULL,
    place_code TEXT NOT NULL,
    department TEXT NOT NULL,
    school_code TEXT,
    label TEXT NOT NULL,
    label_key TEXT NOT NULL,
    longitude DOUBLE PRECISION,
    latitude DOUBLE PRECISION,
    levels TEXT NOT NULL,
    audience TEXT NOT NULL,
    learners BIGINT,
    learners_method TEXT,
    learners_source TEXT,
    learners_as_of TEXT,
    girls BIGINT,
    rural BIGINT,
    disability BIGINT,
    displaced BIGINT,
    poor BIGINT,
    ldc BIGINT,
    severity BIGINT NOT NULL,
    severity_method TEXT NOT NULL,
    urgency BIGINT NOT NULL,
    tier BIGINT,
    lang1 TEXT NOT NULL,
    lang2 TEXT,
    conditions BIGINT NOT NULL,
    window_from TEXT NOT NULL,
    window_to TEXT NOT NULL,
    partners BIGINT NOT NULL,
    remote BIGINT NOT NULL,
    package_id UUID,
    required_by TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT need_line_quantity CHECK (quantity > 0),
    CONSTRAINT need_line_learners CHECK (learners IS NULL OR learners >= 0),
    CONSTRAINT need_line_severity CHECK (severity BETWEEN 1 AND 5),
    CONSTRAINT need_line_urgency CHECK (urgency BETWEEN 0 AND 2),
    CONSTRAINT need_line_tier CHECK (tier IS NULL OR tier BETWEEN 0 AND 3),
    CONSTRAINT need_line_window CHECK (window_from <= window_to),
    CONSTRAINT need_line_partners CHECK (partners BETWEEN 1 AND 9),
    CONSTRAINT need_line_remote CHECK (remote BETWEEN 100 AND 1000),
    CONSTRAINT need_line_package CHECK (package_id IS NULL OR partners = 1),
    CONSTRAINT need_line_girls CHECK (girls IS NULL OR girls BETWEEN 0 AND 1000),
    CONSTRAINT need_line_rural CHECK (rural IS NULL OR rural BETWEEN 0 AND 1000),
    CONSTRAINT need_line_disability CHECK (disability IS NULL OR disability BETWEEN 0 AND 1000),
    CONSTRAINT need_line_displaced CHECK (displaced IS NULL OR displaced BETWEEN 0 AND 1000),
    CONSTRAINT need_line_poor CHECK (poor IS NULL OR poor BETWEEN 0 AND 1000),
    CONSTRAINT need_line_ldc CHECK (ldc IS NULL OR ldc BETWEEN 0 AND 1000)
);
CREATE INDEX need_line_by_place ON need_line (need_id, place_code, id);
CREATE INDEX need_line_by_import ON need_line (import_id, id);

CREATE TABLE need_area (
    need_id UUID NOT NULL REFERENCES need (id),
    department TEXT NOT NULL,
    lines BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    learners BIGINT NOT NULL,
    learners_unknown BIGINT NOT NULL,
    PRIMARY KEY (need_id, department)
);

CREATE TABLE need_dot (
    need_id UUID NOT NULL REFERENCES need (id),
    longitude DOUBLE PRECISION NOT NULL,
    latitude DOUBLE PRECISION NOT NULL,
    lines BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    PRIMARY KEY (need_id, longitude, latitude)
);

CREATE TABLE derivation_set (
    rule_set TEXT NOT NULL,
    version BIGINT NOT NULL,
    published_on TEXT NOT NULL,
    PRIMARY KEY (rule_set, version)
);

INSERT INTO derivation_set (rule_set, version, published_on)
VALUES
    ('school_basics', 1, '2026-11-21'),
    ('power_and_print', 1, '2026-11-21');

CREATE TABLE derivation_rule (
    rule_set TEXT NOT NULL,
    version BIGINT NOT NULL,
    code TEXT NOT NULL,
    position BIGINT NOT NULL,
    service_class TEXT NOT NULL,
    water BOOLEAN,
    internet BOOLEAN,
    electricity BOOLEAN,
    computers BOOLEAN,
    basis TEXT NOT NULL,
    per BIGINT NOT NULL,
    least BIGINT NOT NULL,
    lot BIGINT NOT NULL,
    audience TEXT NOT NULL,
    partners BIGINT NOT NULL,
    package BOOLEAN NOT NULL,
    PRIMARY KEY (rule_set, version, code),
    CONSTRAINT derivation_rule_whole CHECK (per > 0 AND least > 0 AND lot > 0)
);

INSERT INTO derivation_rule (rule_set, version, code, position, service_class, water, internet,
    electricity, computers, basis, per, least, lot, audience, partners, package)
VALUES
    ('school_basics', 1, 'connection', 1, 'connectivity', NULL, FALSE, TRUE, NULL, 'learners', 150, 1, 1, 'schools', 1, TRUE),
    ('school_basics', 1, 'power', 2, 'solar_kit', NULL, NULL, FALSE, NULL, 'school', 1, 1, 1, 'schools', 1, FALSE),
    ('school_basics', 1, 'devices', 3, 'devices', NULL, NULL, TRUE, FALSE, 'learners', 10, 5, 5, 'learners', 1, TRUE),
    ('school_basics', 1, 'training', 4, 'teacher_training', NULL, NULL, TRUE, NULL, 'teachers', 5, 1, 1, 'teachers', 1, TRUE),
    ('school_basics', 1, 'print', 5, 'print_packs', NULL, NULL, FALSE, NULL, 'learners', 1, 10, 10, 'learners', 2, FALSE),
    ('school_basics', 1, 'content', 6, 'content', NULL, NULL, NULL, NULL, 'learners', 1, 1, 1, 'learners', 1, FALSE),
    ('power_and_print', 1, 'power', 1, 'solar_kit', NULL, NULL, FALSE, NULL, 'school', 1, 1, 1, 'schools', 1, FALSE),
    ('power_and_print', 1, 'print', 2, 'print_packs', NULL, NULL, FALSE, NULL, 'learners', 1, 10, 10, 'learners', 2, FALSE);

-- A language many learners of an area speak at home besides the country's own.
CREATE TABLE area_language (
    place_code TEXT NOT NULL,
    language TEXT NOT NULL,
    basis TEXT NOT NULL,
    PRIMARY KEY (place_code, language)
);

INSERT INTO area_language (place_code, language, basis)
VALUES
    ('HN09', 'miq', 'Miskito is the majority language of Gracias a Dios'),
    ('HN11', 'en', 'English is spoken by many in the Bay Islands');

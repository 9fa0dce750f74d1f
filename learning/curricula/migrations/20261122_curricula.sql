CREATE TABLE framework (
    id UUID PRIMARY KEY,
    country TEXT NOT NULL,
    subject TEXT NOT NULL,
    names TEXT NOT NULL,
    title_key TEXT NOT NULL,
    search_key TEXT NOT NULL,
    langs TEXT NOT NULL,
    edition BIGINT NOT NULL CONSTRAINT framework_edition CHECK (edition >= 1),
    standing TEXT NOT NULL CONSTRAINT framework_standing CHECK (standing IN ('draft', 'adopted', 'superseded', 'withdrawn')),
    supersedes UUID REFERENCES framework (id),
    creator TEXT NOT NULL,
    publisher TEXT NOT NULL,
    source TEXT NOT NULL,
    licence TEXT NOT NULL,
    description TEXT NOT NULL,
    beside TEXT NOT NULL,
    drafters TEXT NOT NULL,
    made_by UUID,
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    proposed_by UUID,
    proposed_at BIGINT,
    returned TEXT,
    adopted_by UUID,
    adopted_on TEXT,
    content_hash TEXT,
    ended_on TEXT,
    reason TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT framework_adopted CHECK (standing NOT IN ('adopted', 'superseded') OR (adopted_by IS NOT NULL AND adopted_on IS NOT NULL AND content_hash IS NOT NULL)),
    CONSTRAINT framework_four_eyes CHECK (adopted_by IS NULL OR made_by IS NULL OR adopted_by <> made_by),
    CONSTRAINT framework_ended CHECK (standing <> 'withdrawn' OR (ended_on IS NOT NULL AND reason IS NOT NULL))
);
CREATE INDEX framework_title ON framework (title_key, id);
CREATE INDEX framework_country ON framework (country, subject, standing, id);
CREATE INDEX framework_supersedes ON framework (supersedes, id);

CREATE TABLE competency (
    id UUID PRIMARY KEY,
    framework_id UUID NOT NULL REFERENCES framework (id),
    code TEXT NOT NULL,
    statement TEXT NOT NULL,
    search_key TEXT NOT NULL,
    subject TEXT NOT NULL,
    grade_from BIGINT NOT NULL,
    grade_to BIGINT NOT NULL,
    parent_id UUID REFERENCES competency (id),
    sequence BIGINT NOT NULL,
    kind TEXT NOT NULL,
    notes TEXT NOT NULL,
    beside TEXT NOT NULL,
    based_on UUID REFERENCES competency (id),
    link_id UUID NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT competency_grades CHECK (grade_from >= 0 AND grade_from <= grade_to AND grade_to <= 13),
    CONSTRAINT competency_not_its_parent CHECK (parent_id IS NULL OR parent_id <> id)
);
CREATE UNIQUE INDEX competency_code ON competency (framework_id, code) WHERE code <> '';
CREATE INDEX competency_by_code ON competency (code, id);
CREATE INDEX competency_parent ON competency (parent_id, sequence, id);
CREATE INDEX competency_framework ON competency (framework_id, sequence, id);
CREATE INDEX competency_based_on ON competency (based_on, id);
CREATE UNIQUE INDEX competency_link_id ON competency (link_id);

CREATE TABLE association (
    id UUID PRIMARY KEY,
    framework_id UUID NOT NULL REFERENCES framework (id),
    kind TEXT NOT NULL,
    origin UUID NOT NULL,
    destination UUID,
    origin_title TEXT NOT NULL,
    destination_title TEXT NOT NULL,
    destination_uri TEXT NOT NULL,
    sequence BIGINT,
    notes TEXT NOT NULL,
    crosswalk BOOLEAN NOT NULL,
    beside TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX association_framework ON association (framework_id, id);
CREATE INDEX association_origin ON association (origin, id);
CREATE INDEX association_destination ON association (destination, id);

CREATE TABLE scheme (
    id UUID PRIMARY KEY,
    country TEXT NOT NULL,
    school_id UUID,
    framework_id UUID NOT NULL REFERENCES framework (id),
    based_on UUID REFERENCES scheme (id),
    subject TEXT NOT NULL,
    grade BIGINT NOT NULL CONSTRAINT scheme_grade CHECK (grade >= 0 AND grade <= 13),
    term TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    weeks BIGINT NOT NULL CONSTRAINT scheme_weeks CHECK (weeks >= 1 AND weeks <= 53),
    standing TEXT NOT NULL CONSTRAINT scheme_standing CHECK (standing IN ('draft', 'adopted', 'superseded', 'withdrawn')),
    supersedes UUID REFERENCES scheme (id),
    drafters TEXT NOT NULL,
    made_by UUID,
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    proposed_by UUID,
    proposed_at BIGINT,
    returned TEXT,
    adopted_by UUID,
    adopted_on TEXT,
    ended_on TEXT,
    reason TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT scheme_days CHECK (starts_on < ends_on),
    CONSTRAINT scheme_of_a_school CHECK (school_id IS NULL OR based_on IS NOT NULL),
    CONSTRAINT scheme_four_eyes CHECK (school_id IS NOT NULL OR adopted_by IS NULL OR made_by IS NULL OR adopted_by <> made_by),
    CONSTRAINT scheme_ended CHECK (standing <> 'withdrawn' OR (ended_on IS NOT NULL AND reason IS NOT NULL))
);
CREATE INDEX scheme_found ON scheme (country, subject, grade, starts_on, id);
CREATE INDEX scheme_listed ON scheme (starts_on, id);
CREATE INDEX scheme_school ON scheme (school_id, starts_on, id);
CREATE INDEX scheme_based_on ON scheme (based_on, id);
CREATE INDEX scheme_framework ON scheme (framework_id, id);

CREATE TABLE scheme_week (
    scheme_id UUID NOT NULL REFERENCES scheme (id),
    number BIGINT NOT NULL CONSTRAINT scheme_week_number CHECK (number >= 1 AND number <= 53),
    title TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (scheme_id, number)
);

CREATE TABLE scheme_aim (
    scheme_id UUID NOT NULL,
    number BIGINT NOT NULL,
    competency_id UUID NOT NULL REFERENCES competency (id),
    sequence BIGINT NOT NULL,
    PRIMARY KEY (scheme_id, number, competency_id),
    CONSTRAINT scheme_aim_week FOREIGN KEY (scheme_id, number) REFERENCES scheme_week (scheme_id, number)
);
CREATE INDEX scheme_aim_competency ON scheme_aim (competency_id, scheme_id, number);

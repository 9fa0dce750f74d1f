CREATE TABLE item (
    id UUID PRIMARY KEY,
    country TEXT NOT NULL,
    school_id UUID,
    code TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT item_kind CHECK (kind IN ('choice', 'several', 'word', 'number', 'order', 'match', 'open')),
    body TEXT NOT NULL,
    search_key TEXT NOT NULL,
    langs TEXT NOT NULL,
    subject TEXT NOT NULL,
    grade BIGINT NOT NULL CONSTRAINT item_grade CHECK (grade >= 0 AND grade <= 13),
    competency_id UUID,
    licence TEXT NOT NULL,
    credit TEXT NOT NULL,
    source TEXT,
    based_on UUID REFERENCES item (id),
    fixed BOOLEAN NOT NULL,
    standing TEXT NOT NULL CONSTRAINT item_standing CHECK (standing IN ('active', 'withdrawn')),
    reason TEXT,
    made_by UUID,
    made_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT item_code UNIQUE (country, code)
);
CREATE INDEX item_school ON item (school_id, made_at, id);
CREATE INDEX item_country ON item (country, made_at, id);
CREATE INDEX item_competency ON item (competency_id, id);

CREATE TABLE lesson_unit (
    id UUID PRIMARY KEY,
    country TEXT NOT NULL,
    school_id UUID,
    names TEXT NOT NULL,
    subject TEXT NOT NULL,
    grade BIGINT NOT NULL CONSTRAINT lesson_unit_grade CHECK (grade >= 0 AND grade <= 13),
    about TEXT NOT NULL,
    made_by UUID,
    made_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX lesson_unit_country ON lesson_unit (country, school_id, id);

CREATE TABLE learning_lesson (
    id UUID PRIMARY KEY,
    series_id UUID NOT NULL,
    edition BIGINT NOT NULL CONSTRAINT learning_lesson_edition CHECK (edition > 0),
    country TEXT NOT NULL,
    school_id UUID,
    code TEXT NOT NULL,
    unit_id UUID REFERENCES lesson_unit (id),
    place BIGINT NOT NULL,
    names TEXT NOT NULL,
    goal TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    search_key TEXT NOT NULL,
    langs TEXT NOT NULL,
    subject TEXT NOT NULL,
    grade BIGINT NOT NULL CONSTRAINT learning_lesson_grade CHECK (grade >= 0 AND grade <= 13),
    competencies TEXT NOT NULL,
    minutes BIGINT NOT NULL CONSTRAINT learning_lesson_minutes CHECK (minutes > 0),
    licence TEXT NOT NULL,
    credit TEXT NOT NULL,
    based_on UUID REFERENCES learning_lesson (id),
    standing TEXT NOT NULL CONSTRAINT learning_lesson_standing CHECK (standing IN ('draft', 'published', 'superseded', 'withdrawn')),
    review TEXT NOT NULL CONSTRAINT learning_lesson_review CHECK (review IN ('none', 'proposed', 'returned', 'approved')),
    for_all BOOLEAN NOT NULL,
    reason TEXT,
    made_by UUID,
    made_at BIGINT NOT NULL,
    published_by UUID,
    published_at BIGINT,
    offered_by UUID,
    offered_at BIGINT,
    reviewed_by UUID,
    reviewed_at BIGINT,
    steps_made BIGINT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT learning_lesson_code UNIQUE (country, code),
    CONSTRAINT learning_lesson_one_edition UNIQUE (series_id, edition),
    CONSTRAINT learning_lesson_for_all CHECK (NOT for_all OR standing <> 'draft'),
    CONSTRAINT learning_lesson_four_eyes CHECK (review <> 'approved' OR reviewed_by IS NULL OR offered_by IS NULL OR reviewed_by <> offered_by)
);
CREATE INDEX learning_lesson_open ON learning_lesson (for_all, standing, sort_key, id);
CREATE INDEX learning_lesson_school ON learning_lesson (school_id, sort_key, id);
CREATE INDEX learning_lesson_country ON learning_lesson (country, sort_key, id);
CREATE INDEX learning_lesson_review ON learning_lesson (review, country, offered_at, id);
CREATE INDEX learning_lesson_of_unit ON learning_lesson (unit_id, place, id);

CREATE TABLE lesson_step (
    lesson_id UUID NOT NULL REFERENCES learning_lesson (id),
    number BIGINT NOT NULL,
    place BIGINT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT lesson_step_kind CHECK (kind IN ('text', 'resource', 'item')),
    source TEXT,
    html TEXT,
    resource_id UUID,
    page BIGINT,
    item_id UUID REFERENCES item (id),
    notes TEXT NOT NULL,
    PRIMARY KEY (lesson_id, number)
);
CREATE INDEX lesson_step_item ON lesson_step (item_id, lesson_id);
CREATE INDEX lesson_step_resource ON lesson_step (resource_id, lesson_id);

CREATE TABLE lesson_competency (
    competency_id UUID NOT NULL,
    lesson_id UUID NOT NULL REFERENCES learning_lesson (id),
    PRIMARY KEY (competency_id, lesson_id)
);
CREATE INDEX lesson_competency_lesson ON lesson_competency (lesson_id, competency_id);

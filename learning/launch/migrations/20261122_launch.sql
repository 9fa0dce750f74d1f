CREATE TABLE launch_course (
    resource_id UUID PRIMARY KEY,
    content TEXT NOT NULL CONSTRAINT launch_course_content UNIQUE,
    hash TEXT NOT NULL,
    packaged BOOLEAN NOT NULL,
    made_at BIGINT NOT NULL
);

CREATE TABLE launch_node (
    resource_id UUID NOT NULL,
    position BIGINT NOT NULL,
    parent BIGINT,
    kind TEXT NOT NULL CONSTRAINT launch_node_kind CHECK (kind IN ('course', 'block', 'unit')),
    number BIGINT,
    publisher TEXT NOT NULL,
    titles TEXT NOT NULL,
    url TEXT NOT NULL,
    parameters TEXT,
    entitlement TEXT,
    move_on TEXT NOT NULL,
    mastery DOUBLE PRECISION,
    own_window BOOLEAN NOT NULL,
    PRIMARY KEY (resource_id, position)
);

CREATE TABLE launch_registration (
    id UUID PRIMARY KEY,
    resource_id UUID NOT NULL,
    learner_id UUID,
    home TEXT NOT NULL,
    name TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    satisfied_at BIGINT
);
CREATE INDEX launch_registration_whose ON launch_registration (resource_id, home, name, id);
CREATE INDEX launch_registration_learner ON launch_registration (learner_id, resource_id, id);

CREATE TABLE launch_progress (
    registration_id UUID NOT NULL,
    position BIGINT NOT NULL,
    completed_at BIGINT,
    passed_at BIGINT,
    failed_at BIGINT,
    score DOUBLE PRECISION,
    waived_at BIGINT,
    waived_by UUID,
    reason TEXT,
    satisfied_at BIGINT,
    PRIMARY KEY (registration_id, position)
);

CREATE TABLE launch_session (
    id UUID PRIMARY KEY,
    registration_id UUID NOT NULL,
    position BIGINT NOT NULL,
    mode TEXT NOT NULL CONSTRAINT launch_session_mode CHECK (mode IN ('Normal', 'Browse', 'Review')),
    token BYTEA,
    launched_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    data_at BIGINT,
    preferences_at BIGINT,
    initialized_at BIGINT,
    judged BOOLEAN NOT NULL,
    heard_at BIGINT,
    closed_at BIGINT,
    closing TEXT CONSTRAINT launch_session_closing CHECK (closing IN ('terminated', 'abandoned'))
);
CREATE INDEX launch_session_registration ON launch_session (registration_id, id);

CREATE TABLE launch_key (
    id UUID PRIMARY KEY,
    secret BYTEA NOT NULL CONSTRAINT launch_key_secret UNIQUE,
    label TEXT NOT NULL,
    country TEXT NOT NULL,
    made_by UUID,
    made_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX launch_key_country ON launch_key (country, id);

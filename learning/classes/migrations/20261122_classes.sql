CREATE TABLE school_counter (
    name TEXT PRIMARY KEY,
    next BIGINT NOT NULL
);

CREATE TABLE school_person (
    id UUID PRIMARY KEY,
    code TEXT NOT NULL,
    country TEXT NOT NULL,
    given TEXT NOT NULL,
    family TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    birth_year BIGINT,
    sex TEXT,
    lang TEXT NOT NULL,
    needs TEXT NOT NULL,
    user_name TEXT,
    password_hash TEXT,
    card_serial BIGINT NOT NULL,
    card_at BIGINT,
    sourced_id TEXT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    closed_at BIGINT,
    version BIGINT NOT NULL,
    CONSTRAINT school_person_sex CHECK (sex IS NULL OR sex IN ('female', 'male'))
);
CREATE UNIQUE INDEX school_person_code ON school_person (code);
CREATE UNIQUE INDEX school_person_user ON school_person (user_name);
CREATE UNIQUE INDEX school_person_sourced ON school_person (country, sourced_id);

CREATE TABLE school_role (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES school_person (id),
    school_id UUID NOT NULL,
    country TEXT NOT NULL,
    role TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT,
    reason TEXT,
    given_by UUID,
    given_at BIGINT NOT NULL,
    ended_by UUID,
    ended_at BIGINT,
    CONSTRAINT school_role_known CHECK (role IN ('school_head', 'teacher', 'learner', 'guardian')),
    CONSTRAINT school_role_order CHECK (to_on IS NULL OR to_on >= from_on)
);
CREATE INDEX school_role_person ON school_role (person_id, id);
CREATE INDEX school_role_school ON school_role (school_id, role, sort_key, id);

CREATE TABLE school_class (
    id UUID PRIMARY KEY,
    school_id UUID NOT NULL,
    country TEXT NOT NULL,
    names TEXT NOT NULL,
    name_key TEXT NOT NULL,
    grade BIGINT NOT NULL,
    subjects TEXT NOT NULL,
    session TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    code TEXT NOT NULL,
    shows_names BOOLEAN NOT NULL,
    sourced_id TEXT,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT school_class_order CHECK (ends_on >= starts_on),
    CONSTRAINT school_class_grade CHECK (grade >= 0 AND grade <= 13)
);
CREATE UNIQUE INDEX school_class_code ON school_class (code);
CREATE UNIQUE INDEX school_class_sourced ON school_class (country, sourced_id);
CREATE INDEX school_class_school ON school_class (school_id, grade, name_key, id);

CREATE TABLE school_enrolment (
    id UUID PRIMARY KEY,
    class_id UUID NOT NULL REFERENCES school_class (id),
    person_id UUID NOT NULL REFERENCES school_person (id),
    role TEXT NOT NULL,
    number BIGINT NOT NULL,
    sort_key TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT,
    reason TEXT,
    sourced_id TEXT,
    begun_by UUID,
    begun_at BIGINT NOT NULL,
    ended_by UUID,
    ended_at BIGINT,
    CONSTRAINT school_enrolment_role CHECK (role IN ('learner', 'teacher')),
    CONSTRAINT school_enrolment_order CHECK (to_on IS NULL OR to_on >= from_on)
);
CREATE UNIQUE INDEX school_enrolment_once ON school_enrolment (class_id, person_id, role, from_on);
CREATE INDEX school_enrolment_class ON school_enrolment (class_id, role, sort_key, id);
CREATE INDEX school_enrolment_number ON school_enrolment (class_id, number);
CREATE INDEX school_enrolment_person ON school_enrolment (person_id, id);

CREATE TABLE school_guardian (
    id UUID PRIMARY KEY,
    guardian_id UUID NOT NULL REFERENCES school_person (id),
    learner_id UUID NOT NULL REFERENCES school_person (id),
    school_id UUID NOT NULL,
    relation TEXT NOT NULL,
    asked_by UUID,
    asked_at BIGINT NOT NULL,
    verified_by UUID,
    verified_at BIGINT,
    basis TEXT,
    may_see BOOLEAN NOT NULL,
    ended_by UUID,
    ended_at BIGINT,
    reason TEXT,
    CONSTRAINT school_guardian_two CHECK (guardian_id <> learner_id)
);
CREATE INDEX school_guardian_guardian ON school_guardian (guardian_id, id);
CREATE INDEX school_guardian_learner ON school_guardian (learner_id, id);
CREATE INDEX school_guardian_school ON school_guardian (school_id, id);

CREATE TABLE school_group (
    id UUID PRIMARY KEY,
    class_id UUID NOT NULL REFERENCES school_class (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    level TEXT,
    made_by UUID,
    made_at BIGINT NOT NULL,
    ended_at BIGINT,
    version BIGINT NOT NULL,
    CONSTRAINT school_group_kind CHECK (kind IN ('free', 'level'))
);
CREATE INDEX school_group_class ON school_group (class_id, id);

CREATE TABLE school_group_member (
    id UUID PRIMARY KEY,
    group_id UUID NOT NULL REFERENCES school_group (id),
    person_id UUID NOT NULL REFERENCES school_person (id),
    from_at BIGINT NOT NULL,
    to_at BIGINT
);
CREATE INDEX school_group_member_group ON school_group_member (group_id, person_id, id);
CREATE INDEX school_group_member_person ON school_group_member (person_id, id);

CREATE TABLE school_slot (
    id UUID PRIMARY KEY,
    class_id UUID NOT NULL REFERENCES school_class (id),
    weekday BIGINT NOT NULL,
    begins BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    subject TEXT NOT NULL,
    teacher_id UUID,
    place TEXT,
    ended_at BIGINT,
    CONSTRAINT school_slot_day CHECK (weekday >= 1 AND weekday <= 7),
    CONSTRAINT school_slot_hour CHECK (begins >= 0 AND begins < 1440 AND minutes > 0 AND begins + minutes <= 1440)
);
CREATE INDEX school_slot_class ON school_slot (class_id, weekday, begins, id);
CREATE INDEX school_slot_teacher ON school_slot (teacher_id, weekday, begins, id);

CREATE TABLE school_register (
    id UUID PRIMARY KEY,
    class_id UUID NOT NULL REFERENCES school_class (id),
    on_day TEXT NOT NULL,
    taken_by UUID NOT NULL,
    taken_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX school_register_day ON school_register (class_id, on_day);

CREATE TABLE school_mark (
    id UUID PRIMARY KEY,
    register_id UUID NOT NULL REFERENCES school_register (id),
    person_id UUID NOT NULL REFERENCES school_person (id),
    code TEXT NOT NULL,
    reason TEXT,
    marked_by UUID NOT NULL,
    marked_at BIGINT NOT NULL,
    corrects UUID,
    current BOOLEAN NOT NULL,
    CONSTRAINT school_mark_code CHECK (code IN ('present', 'late', 'left_early', 'excused', 'absent'))
);
CREATE INDEX school_mark_register ON school_mark (register_id, person_id, id);
CREATE INDEX school_mark_person ON school_mark (person_id, id);

CREATE TABLE school_session (
    id UUID PRIMARY KEY,
    token_hash BYTEA NOT NULL,
    person_id UUID NOT NULL REFERENCES school_person (id),
    began_by TEXT NOT NULL,
    own_device BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE UNIQUE INDEX school_session_token ON school_session (token_hash);
CREATE INDEX school_session_person ON school_session (person_id, id);
CREATE INDEX school_session_created ON school_session (created_at);

CREATE TABLE school_link (
    id UUID PRIMARY KEY,
    token_hash BYTEA NOT NULL,
    person_id UUID NOT NULL REFERENCES school_person (id),
    reusable BOOLEAN NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE UNIQUE INDEX school_link_token ON school_link (token_hash);
CREATE INDEX school_link_person ON school_link (person_id, id);

CREATE TABLE school_try (
    kind TEXT NOT NULL,
    who BYTEA NOT NULL,
    tries BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (kind, who)
);
CREATE INDEX school_try_last ON school_try (last_at);

CREATE TABLE school_import (
    id UUID PRIMARY KEY,
    country TEXT NOT NULL,
    school_id UUID,
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    state TEXT NOT NULL,
    report TEXT NOT NULL,
    asked_by UUID NOT NULL,
    asked_at BIGINT NOT NULL,
    done_at BIGINT,
    CONSTRAINT school_import_state CHECK (state IN ('waiting', 'read', 'refused', 'accepted', 'done'))
);
CREATE INDEX school_import_asked ON school_import (asked_by, asked_at, id);

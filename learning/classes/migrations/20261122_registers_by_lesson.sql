CREATE TABLE school_mark_kept (
    id UUID PRIMARY KEY,
    register_id UUID NOT NULL REFERENCES school_register (id),
    person_id UUID NOT NULL REFERENCES school_person (id),
    code TEXT NOT NULL,
    reason TEXT,
    marked_by UUID NOT NULL,
    marked_at BIGINT NOT NULL,
    corrects UUID,
    current BOOLEAN NOT NULL,
    CONSTRAINT school_mark_code CHECK (code IN ('present', 'late', 'left_early', 'partly', 'excused', 'absent'))
);
INSERT INTO school_mark_kept (id, register_id, person_id, code, reason, marked_by, marked_at, corrects, current)
SELECT id, register_id, person_id, code, reason, marked_by, marked_at, corrects, current FROM school_mark;
DROP TABLE school_mark;
ALTER TABLE school_mark_kept RENAME TO school_mark;
CREATE INDEX school_mark_register ON school_mark (register_id, person_id, id);
CREATE INDEX school_mark_person ON school_mark (person_id, id);

CREATE TABLE school_register_way (
    school_id UUID PRIMARY KEY,
    way TEXT NOT NULL CONSTRAINT school_register_way_code CHECK (way IN ('day', 'lesson')),
    since_on TEXT NOT NULL,
    set_by UUID NOT NULL,
    set_at BIGINT NOT NULL
);

CREATE TABLE school_lesson_register (
    id UUID PRIMARY KEY,
    slot_id UUID NOT NULL REFERENCES school_slot (id),
    class_id UUID NOT NULL REFERENCES school_class (id),
    on_day TEXT NOT NULL,
    taken_by UUID NOT NULL,
    taken_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT school_lesson_register_once UNIQUE (slot_id, on_day)
);
CREATE INDEX school_lesson_register_day ON school_lesson_register (class_id, on_day, id);

CREATE TABLE school_lesson_mark (
    id UUID PRIMARY KEY,
    register_id UUID NOT NULL REFERENCES school_lesson_register (id),
    person_id UUID NOT NULL REFERENCES school_person (id),
    code TEXT NOT NULL,
    reason TEXT,
    marked_by UUID NOT NULL,
    marked_at BIGINT NOT NULL,
    corrects UUID,
    current BOOLEAN NOT NULL,
    CONSTRAINT school_lesson_mark_code CHECK (code IN ('present', 'late', 'left_early', 'excused', 'absent'))
);
CREATE INDEX school_lesson_mark_register ON school_lesson_mark (register_id, person_id, id);
CREATE INDEX school_lesson_mark_person ON school_lesson_mark (person_id, id);

CREATE TABLE lesson_sound (
    lesson_id UUID NOT NULL REFERENCES learning_lesson (id),
    number BIGINT NOT NULL,
    lang TEXT NOT NULL,
    resource_id UUID NOT NULL,
    form_id UUID NOT NULL,
    bytes BIGINT NOT NULL CONSTRAINT lesson_sound_bytes CHECK (bytes >= 0),
    seconds BIGINT,
    PRIMARY KEY (lesson_id, number, lang)
);
CREATE INDEX lesson_sound_resource ON lesson_sound (resource_id, lesson_id);

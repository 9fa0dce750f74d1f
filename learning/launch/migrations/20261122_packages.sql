CREATE TABLE package_unit (
    id UUID PRIMARY KEY,
    person UUID NOT NULL,
    form_id UUID NOT NULL,
    unit BIGINT NOT NULL,
    session BIGINT NOT NULL,
    number BIGINT NOT NULL,
    runs BIGINT NOT NULL,
    ended BOOLEAN NOT NULL,
    suspended BOOLEAN NOT NULL,
    completed BOOLEAN,
    passed BOOLEAN,
    score DOUBLE PRECISION,
    seconds BIGINT NOT NULL,
    seconds_before BIGINT NOT NULL,
    begun_at BIGINT NOT NULL,
    said_at BIGINT NOT NULL,
    CONSTRAINT package_unit_once UNIQUE (person, form_id, unit),
    CONSTRAINT package_unit_score CHECK (score IS NULL OR (score >= -1 AND score <= 1)),
    CONSTRAINT package_unit_seconds CHECK (seconds >= 0 AND seconds_before >= 0)
);

CREATE TABLE package_value (
    unit_id UUID NOT NULL REFERENCES package_unit (id),
    element TEXT NOT NULL,
    held TEXT NOT NULL,
    PRIMARY KEY (unit_id, element)
);

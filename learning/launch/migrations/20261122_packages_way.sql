CREATE TABLE package_way (
    person UUID NOT NULL,
    form_id UUID NOT NULL,
    turn BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    resumed BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    said_at BIGINT NOT NULL,
    PRIMARY KEY (person, form_id)
);

CREATE TABLE package_shared (
    person UUID NOT NULL,
    form_id UUID NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    held TEXT NOT NULL,
    PRIMARY KEY (person, form_id, kind, name),
    CONSTRAINT package_shared_kind CHECK (kind IN ('objective', 'store'))
);

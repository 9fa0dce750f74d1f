CREATE TABLE national_licence (
    id UUID PRIMARY KEY,
    country TEXT NOT NULL,
    code TEXT NOT NULL CONSTRAINT national_licence_code UNIQUE,
    names TEXT NOT NULL,
    url TEXT NOT NULL,
    terms TEXT NOT NULL,
    made_by UUID,
    made_at BIGINT NOT NULL,
    closed_by UUID,
    closed_at BIGINT,
    reason TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT national_licence_closed CHECK ((closed_at IS NULL) = (reason IS NULL))
);
CREATE INDEX national_licence_country ON national_licence (country, code, id);

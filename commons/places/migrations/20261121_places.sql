CREATE TABLE country (
    code TEXT PRIMARY KEY,
    iso3 TEXT,
    numeric_code TEXT,
    names TEXT NOT NULL,
    name_key TEXT NOT NULL,
    region TEXT,
    income_group TEXT,
    ldc BOOLEAN,
    landlocked BOOLEAN,
    version BIGINT NOT NULL
);
CREATE INDEX country_by_name ON country (name_key, code);
CREATE TABLE country_fact (
    country TEXT NOT NULL REFERENCES country (code),
    indicator TEXT NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    year BIGINT,
    source TEXT NOT NULL,
    PRIMARY KEY (country, indicator)
);
CREATE TABLE language (
    code TEXT PRIMARY KEY,
    names TEXT NOT NULL,
    name_key TEXT NOT NULL
);
CREATE TABLE country_language (
    country TEXT NOT NULL REFERENCES country (code),
    language TEXT NOT NULL REFERENCES language (code),
    share DOUBLE PRECISION,
    official TEXT,
    PRIMARY KEY (country, language)
);
CREATE INDEX country_language_by_language ON country_language (language, country);
CREATE TABLE place (
    code TEXT PRIMARY KEY,
    country TEXT NOT NULL REFERENCES country (code),
    parent TEXT REFERENCES place (code),
    level BIGINT NOT NULL CHECK (level >= 0),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    aliases TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT place_not_its_own_parent CHECK (parent <> code)
);
CREATE INDEX place_by_parent ON place (parent, name_key, code);
CREATE INDEX place_by_country ON place (country, level, name_key, code);
CREATE TABLE school (
    id UUID PRIMARY KEY,
    country TEXT NOT NULL REFERENCES country (code),
    code TEXT NOT NULL,
    code_key TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    place TEXT NOT NULL REFERENCES place (code),
    department TEXT REFERENCES place (code),
    lon DOUBLE PRECISION,
    lat DOUBLE PRECISION,
    levels TEXT NOT NULL,
    learners_girls BIGINT CHECK (learners_girls >= 0),
    learners_boys BIGINT CHECK (learners_boys >= 0),
    learners BIGINT CHECK (learners >= 0),
    teachers_female BIGINT CHECK (teachers_female >= 0),
    teachers_male BIGINT CHECK (teachers_male >= 0),
    teachers BIGINT CHECK (teachers >= 0),
    year BIGINT,
    water BOOLEAN,
    internet BOOLEAN,
    electricity BOOLEAN,
    computers BOOLEAN,
    rural BOOLEAN,
    rural_basis TEXT,
    attributes TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT school_code_once UNIQUE (country, code)
);
CREATE INDEX school_by_name ON school (name_key, id);
CREATE INDEX school_by_country ON school (country, name_key, id);
CREATE INDEX school_by_department ON school (department, name_key, id);
CREATE INDEX school_by_place ON school (place, name_key, id);
CREATE TABLE school_tally (
    country TEXT NOT NULL,
    department TEXT NOT NULL,
    schools BIGINT NOT NULL,
    learners BIGINT NOT NULL,
    learners_unknown BIGINT NOT NULL,
    teachers BIGINT NOT NULL,
    teachers_unknown BIGINT NOT NULL,
    water_yes BIGINT NOT NULL,
    water_no BIGINT NOT NULL,
    internet_yes BIGINT NOT NULL,
    internet_no BIGINT NOT NULL,
    electricity_yes BIGINT NOT NULL,
    electricity_no BIGINT NOT NULL,
    computers_yes BIGINT NOT NULL,
    computers_no BIGINT NOT NULL,
    PRIMARY KEY (country, department)
);

CREATE TABLE account (
    id UUID PRIMARY KEY,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    search_key TEXT NOT NULL,
    lang TEXT NOT NULL,
    password_hash TEXT,
    totp_secret BYTEA,
    totp_serial BIGINT NOT NULL,
    totp_step BIGINT NOT NULL,
    reset_by UUID,
    reset_at BIGINT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    closed_at BIGINT
);
CREATE UNIQUE INDEX account_email ON account (email);
CREATE INDEX account_search ON account (search_key, id);

CREATE TABLE session (
    id UUID PRIMARY KEY,
    token_hash BYTEA NOT NULL,
    account_id UUID NOT NULL REFERENCES account (id),
    began_by TEXT NOT NULL CHECK (began_by IN ('password', 'link', 'invitation')),
    agent TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    second_at BIGINT,
    ended_at BIGINT
);
CREATE UNIQUE INDEX session_token ON session (token_hash);
CREATE INDEX session_account ON session (account_id, created_at, id);

CREATE TABLE invitation (
    id UUID PRIMARY KEY,
    token_hash BYTEA NOT NULL,
    account_id UUID NOT NULL REFERENCES account (id),
    invited_by UUID,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE UNIQUE INDEX invitation_token ON invitation (token_hash);
CREATE INDEX invitation_account ON invitation (account_id, id);

CREATE TABLE sign_in_link (
    id UUID PRIMARY KEY,
    token_hash BYTEA NOT NULL,
    account_id UUID NOT NULL REFERENCES account (id),
    made_by UUID,
    reusable BOOLEAN NOT NULL,
    second BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE UNIQUE INDEX sign_in_link_token ON sign_in_link (token_hash);
CREATE INDEX sign_in_link_account ON sign_in_link (account_id, id);

CREATE TABLE sign_in_try (
    kind TEXT NOT NULL CHECK (kind IN ('account', 'address', 'code')),
    who BYTEA NOT NULL,
    tries BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (kind, who)
);

CREATE TABLE recovery_code (
    account_id UUID NOT NULL REFERENCES account (id),
    code_hash BYTEA NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (account_id, code_hash)
);

CREATE TABLE machine_key (
    id UUID PRIMARY KEY,
    key_hash BYTEA NOT NULL,
    account_id UUID NOT NULL REFERENCES account (id),
    label TEXT NOT NULL,
    shown_start TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('read', 'write')),
    paths TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_on TEXT,
    revoked_at BIGINT
);
CREATE UNIQUE INDEX machine_key_hash ON machine_key (key_hash);
CREATE INDEX machine_key_account ON machine_key (account_id, id);

CREATE TABLE shown_once (
    id UUID PRIMARY KEY,
    account_id UUID NOT NULL,
    what TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    until_at BIGINT NOT NULL
);

CREATE TABLE organisation (
    id UUID PRIMARY KEY,
    names TEXT NOT NULL,
    name_key TEXT NOT NULL,
    search_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    website TEXT,
    sample BOOLEAN NOT NULL,
    merged_into UUID REFERENCES organisation (id),
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX organisation_name ON organisation (name_key, id);
CREATE INDEX organisation_country ON organisation (country, name_key, id);

CREATE TABLE organisation_identifier (
    scheme TEXT NOT NULL,
    code TEXT NOT NULL,
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    PRIMARY KEY (scheme, code)
);
CREATE INDEX organisation_identifier_organisation ON organisation_identifier (organisation_id, scheme, code);

CREATE TABLE appointment (
    id UUID PRIMARY KEY,
    account_id UUID NOT NULL,
    role TEXT NOT NULL,
    organisation_id UUID REFERENCES organisation (id),
    country TEXT,
    places TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT,
    basis TEXT NOT NULL,
    appointed_by UUID,
    appointed_at BIGINT NOT NULL,
    ended_at BIGINT,
    ended_by UUID,
    end_reason TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT appointment_by_another CHECK (appointed_by IS NULL OR appointed_by <> account_id),
    CONSTRAINT appointment_end_has_reason CHECK (ended_at IS NULL OR end_reason IS NOT NULL)
);
CREATE INDEX appointment_account ON appointment (account_id, id);
CREATE INDEX appointment_organisation ON appointment (organisation_id, role, id);
CREATE INDEX appointment_role ON appointment (role, country, id);

CREATE TABLE affiliation (
    id UUID PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES account (id),
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    kind TEXT NOT NULL CHECK (kind IN ('employed', 'seconded', 'adviser', 'governing', 'financial', 'family')),
    from_on TEXT NOT NULL,
    to_on TEXT,
    declared_at BIGINT NOT NULL
);
CREATE INDEX affiliation_account ON affiliation (account_id, organisation_id, id);

CREATE TABLE account_reason (
    id UUID PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES account (id),
    verb TEXT NOT NULL,
    by_id UUID NOT NULL,
    reason TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX account_reason_account ON account_reason (account_id, id);

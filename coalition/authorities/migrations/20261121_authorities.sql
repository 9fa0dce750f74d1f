CREATE TABLE accreditation (
    id UUID PRIMARY KEY,
    country TEXT NOT NULL,
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    letter_hash TEXT NOT NULL,
    letter_mime TEXT NOT NULL,
    letter_size BIGINT NOT NULL,
    letter_on TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    replaces UUID REFERENCES accreditation (id),
    state TEXT NOT NULL CHECK (state IN ('nominated', 'verified', 'declined', 'revoked', 'replaced')),
    nominated_by UUID NOT NULL,
    nominated_at BIGINT NOT NULL,
    verified_by UUID,
    verified_at BIGINT,
    ended_by UUID,
    ended_at BIGINT,
    end_reason TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT accreditation_four_eyes CHECK (verified_by IS NULL OR verified_by <> nominated_by),
    CONSTRAINT accreditation_days CHECK (valid_from <= valid_to),
    CONSTRAINT accreditation_end_has_reason CHECK (ended_at IS NULL OR end_reason IS NOT NULL)
);
CREATE UNIQUE INDEX accreditation_one_verified ON accreditation (country) WHERE state = 'verified';
CREATE UNIQUE INDEX accreditation_one_nominated ON accreditation (country) WHERE state = 'nominated';
CREATE INDEX accreditation_country ON accreditation (country, id);
CREATE INDEX accreditation_state ON accreditation (state, valid_to, id);

CREATE TABLE accreditation_person (
    accreditation_id UUID NOT NULL REFERENCES accreditation (id),
    account_id UUID NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('authority_focal_point', 'authority_signatory')),
    PRIMARY KEY (accreditation_id, account_id, role)
);
CREATE INDEX accreditation_person_account ON accreditation_person (account_id, accreditation_id);

CREATE TABLE call_back (
    id UUID PRIMARY KEY,
    accreditation_id UUID NOT NULL REFERENCES accreditation (id),
    channel TEXT NOT NULL,
    channel_source TEXT NOT NULL,
    called_on TEXT NOT NULL,
    spoke_to TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('confirmed', 'not_reached', 'denied')),
    confirmed TEXT NOT NULL,
    called_by UUID NOT NULL,
    recorded_at BIGINT NOT NULL
);
CREATE INDEX call_back_accreditation ON call_back (accreditation_id, id);

CREATE TABLE delegation (
    id UUID PRIMARY KEY,
    accreditation_id UUID NOT NULL REFERENCES accreditation (id),
    from_account UUID NOT NULL,
    to_account UUID NOT NULL,
    appointment_id UUID NOT NULL REFERENCES appointment (id),
    places TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    delegated_at BIGINT NOT NULL,
    revoked_by UUID,
    revoked_at BIGINT,
    revoke_reason TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT delegation_to_another CHECK (from_account <> to_account),
    CONSTRAINT delegation_end_has_reason CHECK (revoked_at IS NULL OR revoke_reason IS NOT NULL)
);
CREATE INDEX delegation_accreditation ON delegation (accreditation_id, id);

CREATE TABLE membership (
    id UUID PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    state TEXT NOT NULL CONSTRAINT membership_state CHECK (state IN ('applied', 'under_review', 'clarification', 'admitted', 'declined', 'suspended', 'removed', 'withdrawn')),
    strengths TEXT NOT NULL,
    objectives TEXT NOT NULL CONSTRAINT membership_objectives CHECK (objectives <> '||'),
    obligations TEXT NOT NULL,
    obligations_on TEXT NOT NULL,
    do_no_harm_on TEXT NOT NULL,
    principles TEXT NOT NULL,
    contact_id UUID NOT NULL,
    officer_id UUID,
    lang TEXT NOT NULL,
    applied_by UUID,
    applied_at BIGINT NOT NULL,
    reviewed_by UUID,
    admitted_on TEXT,
    admitted_by UUID,
    ended_on TEXT,
    removal_by UUID,
    removal_reason TEXT,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX membership_running ON membership (organisation_id) WHERE state NOT IN ('declined', 'removed', 'withdrawn');
CREATE INDEX membership_organisation ON membership (organisation_id, applied_at, id);
CREATE INDEX membership_state_at ON membership (state, applied_at, id);
CREATE INDEX membership_contact ON membership (contact_id, id);

CREATE TABLE membership_step (
    id UUID PRIMARY KEY,
    membership_id UUID NOT NULL REFERENCES membership (id),
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    number BIGINT NOT NULL,
    state TEXT NOT NULL,
    from_on TEXT NOT NULL,
    until_on TEXT,
    at BIGINT NOT NULL,
    by_id UUID,
    reason TEXT,
    rule TEXT
);
CREATE UNIQUE INDEX membership_step_of ON membership_step (membership_id, number);
CREATE INDEX membership_step_organisation ON membership_step (organisation_id, from_on, id);
CREATE INDEX membership_step_on ON membership_step (state, from_on, until_on);

CREATE TABLE membership_finding (
    id UUID PRIMARY KEY,
    membership_id UUID NOT NULL REFERENCES membership (id),
    number BIGINT NOT NULL,
    criterion TEXT NOT NULL,
    met BOOLEAN NOT NULL,
    note TEXT NOT NULL,
    evidence TEXT NOT NULL,
    by_id UUID NOT NULL,
    at BIGINT NOT NULL
);
CREATE UNIQUE INDEX membership_finding_of ON membership_finding (membership_id, number);

CREATE TABLE membership_message (
    id UUID PRIMARY KEY,
    membership_id UUID NOT NULL REFERENCES membership (id),
    number BIGINT NOT NULL,
    question BOOLEAN NOT NULL,
    words TEXT NOT NULL,
    by_id UUID NOT NULL,
    at BIGINT NOT NULL
);
CREATE UNIQUE INDEX membership_message_of ON membership_message (membership_id, number);

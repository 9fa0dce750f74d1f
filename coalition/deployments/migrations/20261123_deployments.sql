CREATE TABLE deployment (
    id UUID PRIMARY KEY,
    country TEXT NOT NULL REFERENCES country (code),
    year BIGINT NOT NULL,
    number BIGINT NOT NULL,
    code TEXT NOT NULL,
    agreement_id UUID NOT NULL REFERENCES agreement (id),
    member_id UUID NOT NULL REFERENCES organisation (id),
    service_class TEXT NOT NULL,
    title TEXT NOT NULL,
    search_key TEXT NOT NULL,
    places TEXT NOT NULL,
    learner_group TEXT,
    levels TEXT NOT NULL,
    flagship TEXT,
    missions TEXT NOT NULL,
    in_person TEXT NOT NULL,
    replaces_reason TEXT,
    planned_from TEXT NOT NULL,
    planned_to TEXT NOT NULL,
    actual_from TEXT,
    actual_to TEXT,
    reach_planned BIGINT,
    units BIGINT NOT NULL,
    lines BIGINT NOT NULL,
    assets_to TEXT NOT NULL,
    maintenance TEXT NOT NULL,
    financing_after TEXT NOT NULL,
    free_until TEXT NOT NULL,
    stage TEXT NOT NULL,
    planned_by UUID NOT NULL,
    planned_at BIGINT NOT NULL,
    claimed_by UUID,
    confirmed_by UUID,
    version BIGINT NOT NULL,
    CONSTRAINT deployment_number UNIQUE (country, year, number),
    CONSTRAINT deployment_code UNIQUE (code),
    CONSTRAINT deployment_stage CHECK (stage IN ('planned', 'active', 'paused', 'completion_claimed', 'confirmed', 'closed', 'cancelled')),
    CONSTRAINT deployment_in_person CHECK (in_person IN ('supplements', 'replaces')),
    CONSTRAINT deployment_replaces_why CHECK (in_person <> 'replaces' OR replaces_reason IS NOT NULL),
    CONSTRAINT deployment_serves_needs CHECK (lines > 0 AND units > 0),
    CONSTRAINT deployment_planned_days CHECK (planned_from <= planned_to),
    CONSTRAINT deployment_actual_days CHECK (actual_to IS NULL OR (actual_from IS NOT NULL AND actual_from <= actual_to)),
    CONSTRAINT deployment_begun CHECK (stage NOT IN ('active', 'paused', 'completion_claimed', 'confirmed', 'closed') OR actual_from IS NOT NULL),
    CONSTRAINT deployment_reach CHECK (reach_planned IS NULL OR reach_planned >= 0),
    CONSTRAINT deployment_confirmed_by_another CHECK (confirmed_by IS NULL OR confirmed_by <> claimed_by)
);
CREATE INDEX deployment_by_country ON deployment (country, id);
CREATE INDEX deployment_by_member ON deployment (member_id, id);
CREATE INDEX deployment_by_agreement ON deployment (agreement_id, id);
CREATE INDEX deployment_by_class ON deployment (service_class, country, id);
CREATE INDEX deployment_by_stage ON deployment (stage, id);

-- The units of need lines a deployment serves, by the proposal and quarter they were agreed in.
CREATE TABLE deployment_line (
    deployment_id UUID NOT NULL REFERENCES deployment (id),
    line_id UUID NOT NULL REFERENCES need_line (id),
    proposal_id UUID NOT NULL REFERENCES proposal (id),
    period BIGINT NOT NULL,
    need_id UUID NOT NULL REFERENCES need (id),
    offer_id UUID NOT NULL REFERENCES offer (id),
    area TEXT NOT NULL,
    units BIGINT NOT NULL,
    given BIGINT NOT NULL,
    sent BIGINT NOT NULL,
    returned BIGINT NOT NULL,
    PRIMARY KEY (deployment_id, line_id, proposal_id, period),
    CONSTRAINT deployment_line_once UNIQUE (proposal_id, line_id, period),
    CONSTRAINT deployment_line_units CHECK (units > 0 AND given >= 0),
    CONSTRAINT deployment_line_left CHECK (sent >= 0 AND returned >= 0 AND sent + returned <= units)
);
CREATE INDEX deployment_line_by_line ON deployment_line (line_id, proposal_id, deployment_id);
CREATE INDEX deployment_line_by_area ON deployment_line (deployment_id, area);

CREATE TABLE deployment_need (
    deployment_id UUID NOT NULL REFERENCES deployment (id),
    need_id UUID NOT NULL REFERENCES need (id),
    PRIMARY KEY (deployment_id, need_id)
);
CREATE INDEX deployment_need_by_need ON deployment_need (need_id, deployment_id);

CREATE TABLE deployment_organisation (
    deployment_id UUID NOT NULL REFERENCES deployment (id),
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    PRIMARY KEY (deployment_id, organisation_id)
);
CREATE INDEX deployment_organisation_by_organisation ON deployment_organisation (organisation_id, deployment_id);

-- Where and when a deployment is not called off: each chosen place and, not chosen, all above it.
CREATE TABLE deployment_place (
    deployment_id UUID NOT NULL REFERENCES deployment (id),
    place_code TEXT NOT NULL REFERENCES place (code),
    chosen BOOLEAN NOT NULL,
    service_class TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    PRIMARY KEY (deployment_id, place_code)
);
CREATE INDEX deployment_place_overlap ON deployment_place (place_code, service_class, to_on, from_on, deployment_id);

CREATE TABLE teacher_involvement (
    id UUID PRIMARY KEY,
    deployment_id UUID NOT NULL REFERENCES deployment (id),
    stage TEXT NOT NULL,
    involved BOOLEAN NOT NULL,
    teachers BIGINT,
    on_day TEXT NOT NULL,
    words TEXT NOT NULL,
    account_id UUID NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT teacher_involvement_count CHECK (teachers IS NULL OR (involved AND teachers > 0))
);
CREATE INDEX teacher_involvement_by_deployment ON teacher_involvement (deployment_id, at, id);

-- What people did with a deployment, and why; the words are for the parties and the secretariat.
CREATE TABLE deployment_step (
    id UUID PRIMARY KEY,
    deployment_id UUID NOT NULL REFERENCES deployment (id),
    step TEXT NOT NULL,
    words TEXT,
    account_id UUID NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX deployment_step_by_deployment ON deployment_step (deployment_id, at, id);

CREATE TABLE overlap (
    id UUID PRIMARY KEY,
    deployment_id UUID NOT NULL REFERENCES deployment (id),
    other_id UUID NOT NULL REFERENCES deployment (id),
    country TEXT NOT NULL,
    service_class TEXT NOT NULL,
    places TEXT NOT NULL,
    learner_group TEXT,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    reach_both BIGINT,
    people_in_need BIGINT,
    resolution TEXT,
    found_at BIGINT NOT NULL,
    resolved_at BIGINT,
    version BIGINT NOT NULL,
    CONSTRAINT overlap_pair UNIQUE (deployment_id, other_id),
    CONSTRAINT overlap_of_two CHECK (deployment_id <> other_id),
    CONSTRAINT overlap_resolution CHECK (resolution IS NULL OR resolution IN ('complementary', 'split', 'replaced', 'withdrawn', 'accepted')),
    CONSTRAINT overlap_resolved CHECK ((resolution IS NULL) = (resolved_at IS NULL))
);
CREATE INDEX overlap_by_other ON overlap (other_id, deployment_id);
CREATE INDEX overlap_by_country ON overlap (country, found_at, id);
CREATE INDEX overlap_by_day ON overlap (found_at, id);

-- What was said about an overlap; the words are public.
CREATE TABLE overlap_step (
    id UUID PRIMARY KEY,
    overlap_id UUID NOT NULL REFERENCES overlap (id),
    step TEXT NOT NULL,
    side TEXT NOT NULL,
    words TEXT,
    account_id UUID NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX overlap_step_by_overlap ON overlap_step (overlap_id, at, id);

CREATE TABLE consignment (
    id UUID PRIMARY KEY,
    country TEXT NOT NULL,
    year BIGINT NOT NULL,
    number BIGINT NOT NULL,
    code TEXT NOT NULL CONSTRAINT consignment_code UNIQUE,
    deployment_id UUID NOT NULL REFERENCES deployment (id),
    member_id UUID NOT NULL REFERENCES organisation (id),
    kind TEXT NOT NULL CONSTRAINT consignment_kind CHECK (kind IN ('goods', 'service', 'access')),
    service_class TEXT NOT NULL,
    to_place TEXT NOT NULL,
    planned_on TEXT NOT NULL,
    stage TEXT NOT NULL CONSTRAINT consignment_stage CHECK (stage IN ('requested', 'accepted', 'on_hold', 'rejected', 'withdrawn', 'dispatched', 'closed')),
    line_count BIGINT NOT NULL CONSTRAINT consignment_has_lines CHECK (line_count > 0),
    units BIGINT NOT NULL CONSTRAINT consignment_has_units CHECK (units > 0),
    arrived BIGINT NOT NULL,
    good BIGINT NOT NULL,
    damaged BIGINT NOT NULL,
    short BIGINT NOT NULL,
    surplus BIGINT NOT NULL,
    confirmed BIGINT NOT NULL,
    disputed BIGINT NOT NULL,
    open_discrepancies BIGINT NOT NULL,
    note TEXT,
    reason TEXT,
    requested_by UUID NOT NULL,
    requested_at BIGINT NOT NULL,
    decided_by UUID,
    decided_at BIGINT,
    dispatched_on TEXT,
    dispatched_by UUID,
    dispatched_at BIGINT,
    paper_hash TEXT,
    paper_name TEXT,
    paper_mime TEXT,
    paper_size BIGINT,
    arrived_on TEXT,
    closed_by UUID,
    closed_at BIGINT,
    first_received_on TEXT,
    last_received_on TEXT,
    search_key TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT consignment_number UNIQUE (country, year, number),
    CONSTRAINT consignment_not_negative CHECK (arrived >= 0 AND good >= 0 AND damaged >= 0 AND short >= 0 AND surplus >= 0 AND confirmed >= 0 AND disputed >= 0 AND open_discrepancies >= 0),
    CONSTRAINT consignment_conserved CHECK (good + damaged + short <= units AND arrived <= units AND confirmed <= units),
    CONSTRAINT consignment_sent CHECK (stage <> 'dispatched' OR dispatched_on IS NOT NULL)
);
CREATE INDEX consignment_deployment ON consignment (deployment_id, id);
CREATE INDEX consignment_planned ON consignment (planned_on, id);
CREATE INDEX consignment_country ON consignment (country, planned_on, id);
CREATE INDEX consignment_member ON consignment (member_id, planned_on, id);
CREATE INDEX consignment_stage_planned ON consignment (stage, planned_on, id);

CREATE TABLE consignment_line (
    id UUID PRIMARY KEY,
    consignment_id UUID NOT NULL REFERENCES consignment (id),
    line_id UUID NOT NULL REFERENCES need_line (id),
    proposal_id UUID NOT NULL,
    offer_id UUID NOT NULL REFERENCES offer (id),
    units BIGINT NOT NULL CONSTRAINT consignment_line_units CHECK (units > 0),
    place TEXT NOT NULL,
    department TEXT NOT NULL,
    school TEXT,
    label TEXT NOT NULL,
    search_key TEXT NOT NULL,
    CONSTRAINT consignment_line_once UNIQUE (consignment_id, line_id, proposal_id)
);
CREATE INDEX consignment_line_order ON consignment_line (consignment_id, search_key, id);
CREATE INDEX consignment_line_school ON consignment_line (consignment_id, school);
CREATE INDEX consignment_line_need ON consignment_line (line_id, consignment_id);

CREATE TABLE consignment_arrival (
    consignment_line_id UUID PRIMARY KEY REFERENCES consignment_line (id),
    consignment_id UUID NOT NULL REFERENCES consignment (id),
    arrived_on TEXT NOT NULL,
    said_by UUID NOT NULL,
    said_at BIGINT NOT NULL
);
CREATE INDEX consignment_arrival_of ON consignment_arrival (consignment_id, consignment_line_id);

CREATE TABLE receipt (
    id UUID PRIMARY KEY,
    consignment_id UUID NOT NULL REFERENCES consignment (id),
    consignment_line_id UUID NOT NULL REFERENCES consignment_line (id),
    department TEXT NOT NULL,
    good BIGINT NOT NULL,
    damaged BIGINT NOT NULL,
    short BIGINT NOT NULL,
    surplus BIGINT NOT NULL,
    received_on TEXT NOT NULL,
    via TEXT NOT NULL CONSTRAINT receipt_via CHECK (via IN ('account', 'link', 'sheet')),
    said_by UUID,
    link_id UUID,
    proof_hash TEXT,
    proof_name TEXT,
    proof_mime TEXT,
    proof_size BIGINT,
    note TEXT,
    said_at BIGINT NOT NULL,
    CONSTRAINT receipt_not_negative CHECK (good >= 0 AND damaged >= 0 AND short >= 0 AND surplus >= 0),
    CONSTRAINT receipt_says_something CHECK (good + damaged + short + surplus > 0),
    CONSTRAINT receipt_from_somebody CHECK (said_by IS NOT NULL OR link_id IS NOT NULL)
);
CREATE INDEX receipt_consignment ON receipt (consignment_id, consignment_line_id);
CREATE INDEX receipt_line ON receipt (consignment_line_id, id);

CREATE TABLE discrepancy (
    id UUID PRIMARY KEY,
    consignment_id UUID NOT NULL REFERENCES consignment (id),
    consignment_line_id UUID NOT NULL REFERENCES consignment_line (id),
    country TEXT NOT NULL,
    member_id UUID NOT NULL REFERENCES organisation (id),
    department TEXT NOT NULL,
    wrong TEXT NOT NULL CONSTRAINT discrepancy_wrong CHECK (wrong IN ('damaged', 'short', 'surplus')),
    late BOOLEAN NOT NULL,
    units BIGINT NOT NULL CONSTRAINT discrepancy_units CHECK (units > 0),
    open_units BIGINT NOT NULL,
    found BIGINT NOT NULL,
    replaced BIGINT NOT NULL,
    lost BIGINT NOT NULL,
    returned BIGINT NOT NULL,
    kept BIGINT NOT NULL,
    given BIGINT NOT NULL,
    again_lost BIGINT NOT NULL,
    again_returned BIGINT NOT NULL,
    why TEXT,
    opened_on TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT discrepancy_conserved CHECK (open_units + found + replaced + lost + returned + kept + given = units),
    CONSTRAINT discrepancy_not_negative CHECK (open_units >= 0 AND found >= 0 AND replaced >= 0 AND lost >= 0 AND returned >= 0 AND kept >= 0 AND given >= 0 AND again_lost >= 0 AND again_returned >= 0),
    CONSTRAINT discrepancy_again CHECK (again_lost <= lost AND again_returned <= returned)
);
CREATE INDEX discrepancy_line ON discrepancy (consignment_line_id, id);
CREATE INDEX discrepancy_consignment ON discrepancy (consignment_id, id);
CREATE INDEX discrepancy_open ON discrepancy (opened_on, id) WHERE open_units > 0;
CREATE INDEX discrepancy_open_country ON discrepancy (country, opened_on, id) WHERE open_units > 0;
CREATE INDEX discrepancy_open_member ON discrepancy (member_id, opened_on, id) WHERE open_units > 0;

CREATE TABLE discrepancy_step (
    id UUID PRIMARY KEY,
    discrepancy_id UUID NOT NULL REFERENCES discrepancy (id),
    how TEXT NOT NULL CONSTRAINT discrepancy_step_how CHECK (how IN ('found', 'replaced', 'lost', 'returned', 'kept', 'given', 'needed_again')),
    units BIGINT NOT NULL CONSTRAINT discrepancy_step_units CHECK (units > 0),
    to_line UUID REFERENCES need_line (id),
    reason TEXT NOT NULL,
    decided_by UUID NOT NULL,
    decided_at BIGINT NOT NULL,
    CONSTRAINT discrepancy_step_given CHECK ((how = 'given') = (to_line IS NOT NULL))
);
CREATE INDEX discrepancy_step_of ON discrepancy_step (discrepancy_id, id);

CREATE TABLE receipt_link (
    id UUID PRIMARY KEY,
    token_hash BYTEA NOT NULL CONSTRAINT receipt_link_token UNIQUE,
    consignment_id UUID NOT NULL REFERENCES consignment (id),
    consignment_line_id UUID NOT NULL REFERENCES consignment_line (id),
    issued_by UUID NOT NULL,
    issued_at BIGINT NOT NULL,
    expires_on TEXT NOT NULL,
    revoked_at BIGINT,
    used_at BIGINT
);
CREATE INDEX receipt_link_line ON receipt_link (consignment_line_id, id);
CREATE INDEX receipt_link_consignment ON receipt_link (consignment_id, consignment_line_id);

CREATE TABLE check_in_file (
    id UUID PRIMARY KEY,
    consignment_id UUID NOT NULL REFERENCES consignment (id),
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    received_on TEXT NOT NULL,
    row_count BIGINT NOT NULL,
    report TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT check_in_file_state CHECK (state IN ('tried', 'accepted')),
    made_by UUID NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE INDEX check_in_file_consignment ON check_in_file (consignment_id, id);

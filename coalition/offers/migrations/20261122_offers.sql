CREATE TABLE offer (
    id UUID PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    code TEXT,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    search_key TEXT NOT NULL,
    service_class TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT offer_kind CHECK (kind IN ('stock', 'rate', 'inexhaustible')),
    capacity BIGINT NOT NULL CONSTRAINT offer_capacity CHECK (capacity > 0),
    lot_min BIGINT NOT NULL,
    lot_step BIGINT NOT NULL,
    lot_max BIGINT,
    places TEXT NOT NULL,
    languages TEXT NOT NULL,
    levels TEXT NOT NULL,
    modality TEXT NOT NULL,
    tier BIGINT NOT NULL CONSTRAINT offer_tier CHECK (tier >= 0 AND tier <= 3),
    window_from TEXT NOT NULL,
    window_to TEXT NOT NULL,
    setup_days BIGINT NOT NULL CONSTRAINT offer_setup CHECK (setup_days >= 0),
    free_until TEXT NOT NULL,
    conditions TEXT NOT NULL,
    condition_bits BIGINT NOT NULL,
    licence TEXT,
    accessibility TEXT,
    evidence_level TEXT NOT NULL,
    principles TEXT NOT NULL,
    unit_cost_cents BIGINT NOT NULL CONSTRAINT offer_unit_cost CHECK (unit_cost_cents >= 0),
    fixed_cost_cents BIGINT NOT NULL CONSTRAINT offer_fixed_cost CHECK (fixed_cost_cents >= 0),
    in_person TEXT NOT NULL CONSTRAINT offer_in_person CHECK (in_person IN ('supplements', 'replaces')),
    stage TEXT NOT NULL CONSTRAINT offer_stage CHECK (stage IN ('draft', 'registered', 'checked', 'available', 'withdrawn')),
    pledge BOOLEAN NOT NULL,
    minute TEXT,
    assured_on TEXT NOT NULL,
    made_by UUID,
    made_at BIGINT NOT NULL,
    registered_by UUID,
    registered_at BIGINT,
    checked_by UUID,
    checked_at BIGINT,
    check_note TEXT,
    available_by UUID,
    available_at BIGINT,
    reason TEXT,
    withdrawn_on TEXT,
    notice_until TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT offer_window CHECK (window_from <= window_to),
    CONSTRAINT offer_pledge_is_a_draft CHECK (NOT pledge OR (stage IN ('draft', 'withdrawn') AND minute IS NOT NULL)),
    CONSTRAINT offer_four_eyes CHECK (stage <> 'available' OR (checked_by IS NOT NULL AND available_by IS NOT NULL AND checked_by <> available_by))
);
CREATE INDEX offer_organisation ON offer (organisation_id, id);
CREATE UNIQUE INDEX offer_code ON offer (organisation_id, code) WHERE code IS NOT NULL;
CREATE INDEX offer_stage_title ON offer (stage, title_key, id);
CREATE INDEX offer_class ON offer (service_class, stage, id);

CREATE TABLE offer_capacity (
    offer_id UUID NOT NULL REFERENCES offer (id),
    period BIGINT NOT NULL,
    capacity BIGINT NOT NULL,
    reserved BIGINT NOT NULL,
    committed BIGINT NOT NULL,
    PRIMARY KEY (offer_id, period),
    CONSTRAINT offer_capacity_not_negative CHECK (capacity >= 0 AND reserved >= 0 AND committed >= 0),
    CONSTRAINT offer_capacity_holds CHECK (reserved + committed <= capacity)
);

CREATE TABLE offer_hold (
    holder_id UUID PRIMARY KEY,
    offer_id UUID NOT NULL REFERENCES offer (id),
    period BIGINT NOT NULL,
    country TEXT NOT NULL,
    reserved BIGINT NOT NULL,
    committed BIGINT NOT NULL,
    CONSTRAINT offer_hold_not_negative CHECK (reserved >= 0 AND committed >= 0)
);
CREATE INDEX offer_hold_offer ON offer_hold (offer_id, country, holder_id);
CREATE INDEX offer_hold_reserved ON offer_hold (offer_id, country) WHERE reserved > 0;
CREATE INDEX offer_hold_committed ON offer_hold (offer_id, country) WHERE committed > 0;

CREATE TABLE capability (
    id UUID PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    service_class TEXT NOT NULL,
    people TEXT NOT NULL,
    equipment TEXT NOT NULL,
    funding TEXT NOT NULL,
    note TEXT,
    assured_on TEXT NOT NULL,
    ended_on TEXT,
    version BIGINT NOT NULL
);
CREATE INDEX capability_organisation ON capability (organisation_id, id);
CREATE INDEX capability_class ON capability (service_class, id);

CREATE TABLE offer_import (
    id UUID PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    row_count BIGINT NOT NULL,
    refused TEXT NOT NULL,
    notes TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT offer_import_state CHECK (state IN ('tried', 'accepted')),
    made_by UUID NOT NULL,
    made_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX offer_import_organisation ON offer_import (organisation_id, id);

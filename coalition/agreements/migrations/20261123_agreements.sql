CREATE TABLE agreement_template (
    id UUID PRIMARY KEY,
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    clauses TEXT NOT NULL,
    written_by UUID,
    written_at BIGINT NOT NULL,
    published_by UUID,
    published_at BIGINT,
    version BIGINT NOT NULL,
    CONSTRAINT agreement_template_number UNIQUE (number),
    CONSTRAINT agreement_template_four_eyes CHECK (published_by IS NULL OR written_by IS NULL OR published_by <> written_by)
);

CREATE TABLE agreement_batch (
    id UUID PRIMARY KEY,
    country TEXT,
    round_id UUID,
    grouping TEXT NOT NULL CONSTRAINT agreement_batch_grouping CHECK (grouping IN ('per_party', 'per_match')),
    terms TEXT NOT NULL,
    made_by UUID NOT NULL,
    made_at BIGINT NOT NULL,
    finished_at BIGINT,
    proposals BIGINT NOT NULL,
    drafted BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    suspected BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX agreement_batch_made ON agreement_batch (made_at, id);

CREATE TABLE agreement (
    id UUID PRIMARY KEY,
    code TEXT NOT NULL,
    country TEXT NOT NULL,
    year BIGINT NOT NULL,
    serial BIGINT NOT NULL,
    authority_id UUID NOT NULL REFERENCES organisation (id),
    member_id UUID NOT NULL REFERENCES organisation (id),
    title TEXT NOT NULL,
    search_key TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT agreement_kind CHECK (kind IN ('mou', 'donation', 'service', 'licence')),
    service_classes TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    free_until TEXT NOT NULL,
    stage TEXT NOT NULL CONSTRAINT agreement_stage CHECK (stage IN ('draft', 'under_review', 'for_signature', 'suspended', 'terminated', 'withdrawn')),
    number BIGINT NOT NULL,
    latest BIGINT NOT NULL,
    amendment TEXT CONSTRAINT agreement_amendment CHECK (amendment IN ('draft', 'under_review', 'for_signature')),
    signed_on TEXT,
    reason TEXT,
    ended_on TEXT,
    ended_by UUID,
    ended_side TEXT,
    ended_paper TEXT,
    batch_id UUID REFERENCES agreement_batch (id),
    sample BOOLEAN NOT NULL,
    made_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT agreement_code UNIQUE (code),
    CONSTRAINT agreement_serial UNIQUE (country, year, serial),
    CONSTRAINT agreement_days CHECK (starts_on <= ends_on),
    CONSTRAINT agreement_latest CHECK (latest >= number),
    CONSTRAINT agreement_two_parties CHECK (authority_id <> member_id),
    CONSTRAINT agreement_reasons CHECK (stage NOT IN ('suspended', 'terminated', 'withdrawn') OR reason IS NOT NULL),
    CONSTRAINT agreement_signed_first CHECK (stage NOT IN ('suspended', 'terminated') OR signed_on IS NOT NULL),
    CONSTRAINT agreement_amends_what_is_signed CHECK (amendment IS NULL OR signed_on IS NOT NULL)
);
CREATE INDEX agreement_search ON agreement (id, country, member_id, authority_id, kind, stage, signed_on, starts_on, ends_on, batch_id, service_classes, search_key);
CREATE INDEX agreement_member ON agreement (member_id, id);
CREATE INDEX agreement_country ON agreement (country, id);
CREATE INDEX agreement_stage ON agreement (stage, id);
CREATE INDEX agreement_preparing ON agreement (id) WHERE signed_on IS NULL;
CREATE INDEX agreement_amending ON agreement (id) WHERE amendment IS NOT NULL;
CREATE INDEX agreement_batch_drafts ON agreement (batch_id, id) WHERE batch_id IS NOT NULL;

CREATE TABLE agreement_party (
    agreement_id UUID NOT NULL REFERENCES agreement (id),
    place BIGINT NOT NULL,
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    role TEXT NOT NULL CONSTRAINT agreement_party_role CHECK (role IN ('authority', 'member')),
    PRIMARY KEY (agreement_id, place),
    CONSTRAINT agreement_party_once UNIQUE (agreement_id, organisation_id)
);

CREATE TABLE agreement_schedule (
    id UUID PRIMARY KEY,
    agreement_id UUID NOT NULL REFERENCES agreement (id),
    place BIGINT NOT NULL,
    proposal_id UUID NOT NULL REFERENCES proposal (id),
    offer_id UUID NOT NULL,
    need_id UUID NOT NULL,
    service_class TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    given BIGINT NOT NULL,
    places TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    holds BOOLEAN NOT NULL,
    CONSTRAINT agreement_schedule_units CHECK (quantity > 0 AND given >= quantity),
    CONSTRAINT agreement_schedule_days CHECK (from_on <= to_on)
);
CREATE UNIQUE INDEX agreement_schedule_proposal ON agreement_schedule (proposal_id) WHERE holds;
CREATE INDEX agreement_schedule_agreement ON agreement_schedule (agreement_id, place);
CREATE INDEX agreement_schedule_need ON agreement_schedule (need_id, agreement_id);
CREATE INDEX agreement_schedule_class ON agreement_schedule (service_class, agreement_id);

CREATE TABLE agreement_version (
    agreement_id UUID NOT NULL REFERENCES agreement (id),
    number BIGINT NOT NULL,
    terms TEXT NOT NULL,
    rationale TEXT,
    made_by UUID NOT NULL,
    made_at BIGINT NOT NULL,
    sent_by UUID,
    sent_at BIGINT,
    not_duplicate TEXT,
    released_by UUID,
    released_at BIGINT,
    document TEXT,
    document_hash TEXT,
    returned TEXT,
    withdrawn_on TEXT,
    signed_on TEXT,
    version BIGINT NOT NULL,
    PRIMARY KEY (agreement_id, number),
    CONSTRAINT agreement_version_rationale CHECK (number = 1 OR rationale IS NOT NULL),
    CONSTRAINT agreement_version_four_eyes CHECK (released_by IS NULL OR (released_by <> made_by AND released_by <> sent_by)),
    CONSTRAINT agreement_version_signed_as_released CHECK (signed_on IS NULL OR document_hash IS NOT NULL)
);

CREATE TABLE agreement_pdf (
    agreement_id UUID NOT NULL,
    number BIGINT NOT NULL,
    hash TEXT NOT NULL,
    size BIGINT NOT NULL,
    PRIMARY KEY (agreement_id, number),
    FOREIGN KEY (agreement_id, number) REFERENCES agreement_version (agreement_id, number)
);

CREATE TABLE agreement_signature (
    agreement_id UUID NOT NULL,
    number BIGINT NOT NULL,
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    signed_at BIGINT NOT NULL,
    signed_on TEXT NOT NULL,
    signed_by UUID NOT NULL,
    method TEXT NOT NULL CONSTRAINT agreement_signature_method CHECK (method IN ('paper', 'electronic', 'sample')),
    document_hash TEXT NOT NULL,
    paper TEXT,
    PRIMARY KEY (agreement_id, number, organisation_id),
    FOREIGN KEY (agreement_id, number) REFERENCES agreement_version (agreement_id, number),
    CONSTRAINT agreement_signature_person UNIQUE (agreement_id, number, signed_by),
    CONSTRAINT agreement_signature_paper CHECK (method <> 'paper' OR paper IS NOT NULL)
);

CREATE TABLE agreement_batch_row (
    batch_id UUID NOT NULL REFERENCES agreement_batch (id),
    place BIGINT NOT NULL,
    country TEXT NOT NULL,
    member_id UUID NOT NULL,
    proposals TEXT NOT NULL,
    agreement_id UUID,
    problems TEXT NOT NULL,
    PRIMARY KEY (batch_id, place)
);

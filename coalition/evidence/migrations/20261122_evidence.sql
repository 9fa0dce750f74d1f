CREATE TABLE report (
    id UUID PRIMARY KEY,
    deployment_id UUID NOT NULL,
    country TEXT NOT NULL,
    member_id UUID NOT NULL,
    period_from TEXT NOT NULL,
    period_to TEXT NOT NULL,
    -- Read by the parties, the secretariat and the auditor only.
    narrative TEXT,
    state TEXT NOT NULL,
    created_by UUID NOT NULL,
    created_at BIGINT NOT NULL,
    submitted_at BIGINT,
    version BIGINT NOT NULL,
    CONSTRAINT report_once UNIQUE (deployment_id, period_from),
    CONSTRAINT report_period CHECK (period_from <= period_to),
    CONSTRAINT report_state CHECK (state IN ('draft', 'submitted', 'sent_back', 'accepted'))
);
CREATE INDEX report_by_member ON report (member_id, period_to, id);
CREATE INDEX report_by_country ON report (country, period_to, id);
CREATE INDEX report_by_state ON report (state, period_to, id);
CREATE INDEX report_by_period ON report (period_to, id);
CREATE TABLE report_step (
    id UUID PRIMARY KEY,
    report_id UUID NOT NULL REFERENCES report (id),
    step TEXT NOT NULL,
    words TEXT,
    account_id UUID NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT report_step_reason CHECK (step <> 'sent_back' OR words IS NOT NULL)
);
CREATE INDEX report_step_by_report ON report_step (report_id, at, id);
-- A figure somebody stands for. A report's draft has figures too; nobody else sees them before it is submitted.
CREATE TABLE claim (
    id UUID PRIMARY KEY,
    indicator TEXT NOT NULL,
    unit TEXT NOT NULL,
    -- None while it is only reported.
    level TEXT,
    comparator TEXT NOT NULL,
    low BIGINT,
    high BIGINT,
    place TEXT NOT NULL,
    country TEXT NOT NULL,
    people_group TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    method TEXT NOT NULL,
    source TEXT NOT NULL,
    as_of TEXT NOT NULL,
    organisation_id UUID NOT NULL,
    deployment_id UUID,
    report_id UUID REFERENCES report (id),
    file_id UUID,
    file_row BIGINT,
    standing TEXT NOT NULL,
    supersedes UUID,
    print TEXT NOT NULL,
    reported_by UUID,
    accepted_by UUID,
    confirmed_by UUID,
    verified_by UUID,
    -- What brought it before others: a report's submission, a correction, an import. None in a draft.
    batch_id UUID,
    submitted_at BIGINT,
    version BIGINT NOT NULL,
    CONSTRAINT claim_figure CHECK (low IS NOT NULL OR high IS NOT NULL),
    CONSTRAINT claim_not_negative CHECK (COALESCE(low, 0) >= 0 AND COALESCE(high, 0) >= 0),
    CONSTRAINT claim_order CHECK (COALESCE(low, 0) <= COALESCE(high, 9223372036854775807)),
    CONSTRAINT claim_period CHECK (from_on <= to_on),
    CONSTRAINT claim_comparator CHECK (comparator IN ('equal', 'at_least', 'at_most', 'about')),
    CONSTRAINT claim_level CHECK (level IN ('target', 'pledged', 'committed', 'delivered', 'confirmed', 'verified')),
    CONSTRAINT claim_standing CHECK (standing IN ('stands', 'contested', 'corrected', 'retracted')),
    CONSTRAINT claim_accepted_by_another CHECK (reported_by IS NULL OR accepted_by IS NULL OR reported_by <> accepted_by),
    CONSTRAINT claim_verified_by_another CHECK (reported_by IS NULL OR verified_by IS NULL OR reported_by <> verified_by)
);
CREATE INDEX claim_by_report ON claim (report_id, id);
CREATE INDEX claim_by_deployment ON claim (deployment_id, id);
CREATE INDEX claim_by_country ON claim (country, id);
CREATE INDEX claim_by_organisation ON claim (organisation_id, id);
CREATE INDEX claim_by_indicator ON claim (indicator, id);
CREATE INDEX claim_by_print ON claim (print, id);
CREATE INDEX claim_by_superseded ON claim (supersedes);
CREATE INDEX claim_contested ON claim (standing, id);
-- Everything that happened to a claim: how it stood before and after.
CREATE TABLE claim_step (
    id UUID PRIMARY KEY,
    claim_id UUID NOT NULL REFERENCES claim (id),
    batch_id UUID NOT NULL,
    step TEXT NOT NULL,
    level_before TEXT,
    standing_before TEXT NOT NULL,
    level_after TEXT,
    standing_after TEXT NOT NULL,
    -- Why; read by everybody.
    words TEXT,
    account_id UUID,
    at BIGINT NOT NULL,
    CONSTRAINT claim_step_reason CHECK (step NOT IN ('contested', 'upheld', 'corrected', 'retracted') OR words IS NOT NULL)
);
CREATE INDEX claim_step_by_claim ON claim_step (claim_id, at, id);
CREATE INDEX claim_step_by_batch ON claim_step (batch_id);
CREATE INDEX claim_step_by_step ON claim_step (step, at, id);
-- Under which fact a batch of claims changed, so that a past state can be told again.
CREATE TABLE claim_mark (
    batch_id UUID PRIMARY KEY,
    seq BIGINT NOT NULL
);
CREATE INDEX claim_mark_by_seq ON claim_mark (seq);
CREATE TABLE lesson (
    id UUID PRIMARY KEY,
    report_id UUID NOT NULL REFERENCES report (id),
    deployment_id UUID NOT NULL,
    country TEXT NOT NULL,
    member_id UUID NOT NULL,
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    words_key TEXT NOT NULL,
    written_by UUID NOT NULL,
    written_at BIGINT NOT NULL,
    published_by UUID,
    published_at BIGINT,
    version BIGINT NOT NULL,
    CONSTRAINT lesson_kind CHECK (kind IN ('good', 'bad')),
    CONSTRAINT lesson_four_eyes CHECK (published_by IS NULL OR published_by <> written_by)
);
CREATE INDEX lesson_by_report ON lesson (report_id, id);
CREATE INDEX lesson_published ON lesson (published_at, id);
CREATE INDEX lesson_by_country ON lesson (country, published_at);
CREATE INDEX lesson_by_member ON lesson (member_id, published_at);
-- A partner's spreadsheet. Its rows may say anything: they are read by the parties only.
CREATE TABLE report_file (
    id UUID PRIMARY KEY,
    report_id UUID NOT NULL REFERENCES report (id),
    hash TEXT NOT NULL,
    state TEXT NOT NULL,
    rows_read BIGINT NOT NULL,
    figures BIGINT NOT NULL,
    questions BIGINT NOT NULL,
    imported BIGINT,
    account_id UUID NOT NULL,
    received_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT report_file_state CHECK (state IN ('read', 'imported', 'discarded'))
);
CREATE INDEX report_file_by_report ON report_file (report_id, id);
CREATE INDEX report_file_by_hash ON report_file (hash);
CREATE TABLE report_file_text (
    file_id UUID PRIMARY KEY REFERENCES report_file (id),
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    size BIGINT NOT NULL,
    notes TEXT NOT NULL
);
CREATE TABLE report_file_row (
    file_id UUID NOT NULL REFERENCES report_file (id),
    position BIGINT NOT NULL,
    sheet TEXT NOT NULL,
    number BIGINT NOT NULL,
    print TEXT NOT NULL,
    words TEXT NOT NULL,
    figures TEXT NOT NULL,
    PRIMARY KEY (file_id, position)
);
CREATE INDEX report_file_row_by_print ON report_file_row (print, file_id);
-- What a person must say yes or no to before anything of the file is imported.
CREATE TABLE report_file_question (
    file_id UUID NOT NULL REFERENCES report_file (id),
    position BIGINT NOT NULL,
    -- What is asked together: the same reasons.
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    answer BOOLEAN,
    account_id UUID,
    at BIGINT,
    PRIMARY KEY (file_id, position)
);
CREATE TABLE visit (
    id UUID PRIMARY KEY,
    deployment_id UUID NOT NULL,
    country TEXT NOT NULL,
    place TEXT NOT NULL,
    visit_on TEXT NOT NULL,
    task TEXT NOT NULL,
    verifier_id UUID NOT NULL,
    state TEXT NOT NULL,
    words TEXT,
    planned_by UUID NOT NULL,
    planned_at BIGINT NOT NULL,
    visited_on TEXT,
    decided_by UUID,
    decided_at BIGINT,
    version BIGINT NOT NULL,
    CONSTRAINT visit_state CHECK (state IN ('assigned', 'accepted', 'refused', 'reported', 'sent_back', 'approved', 'cancelled')),
    CONSTRAINT visit_by_another CHECK (decided_by IS NULL OR decided_by <> verifier_id),
    CONSTRAINT visit_planned_by_another CHECK (planned_by <> verifier_id)
);
CREATE INDEX visit_by_deployment ON visit (deployment_id, id);
CREATE INDEX visit_by_verifier ON visit (verifier_id, id);
CREATE INDEX visit_by_state ON visit (state, id);
CREATE TABLE visit_step (
    id UUID PRIMARY KEY,
    visit_id UUID NOT NULL REFERENCES visit (id),
    step TEXT NOT NULL,
    words TEXT,
    account_id UUID NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX visit_step_by_visit ON visit_step (visit_id, at, id);
CREATE TABLE visit_finding (
    visit_id UUID NOT NULL REFERENCES visit (id),
    claim_id UUID NOT NULL REFERENCES claim (id),
    finding TEXT,
    seen BIGINT,
    PRIMARY KEY (visit_id, claim_id),
    CONSTRAINT visit_finding_kind CHECK (finding IN ('as_claimed', 'differs', 'not_seen'))
);
CREATE INDEX visit_finding_by_claim ON visit_finding (claim_id, visit_id);
-- What was said in public, word by word.
CREATE TABLE statement (
    claim_id TEXT PRIMARY KEY,
    position BIGINT NOT NULL,
    topic TEXT NOT NULL,
    metric TEXT NOT NULL,
    value TEXT NOT NULL,
    unit TEXT NOT NULL,
    comparator TEXT NOT NULL,
    as_of TEXT NOT NULL,
    country TEXT NOT NULL,
    source_id TEXT NOT NULL,
    quote TEXT NOT NULL
);
CREATE INDEX statement_by_metric ON statement (topic, metric, position);
CREATE TABLE statement_source (
    source_id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    kind TEXT NOT NULL
);
CREATE TABLE statement_commitment (
    commitment_id TEXT PRIMARY KEY,
    position BIGINT NOT NULL,
    member TEXT NOT NULL,
    member_type TEXT NOT NULL,
    kind TEXT NOT NULL,
    description TEXT NOT NULL,
    quantity TEXT NOT NULL,
    unit TEXT NOT NULL,
    country TEXT NOT NULL,
    said_on TEXT NOT NULL,
    status TEXT NOT NULL,
    source_id TEXT NOT NULL,
    quote TEXT NOT NULL
);
CREATE TABLE statement_member (
    position BIGINT PRIMARY KEY,
    member TEXT NOT NULL,
    context TEXT NOT NULL,
    source_id TEXT NOT NULL
);

CREATE TABLE fact (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor_id UUID,
    verb TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    about TEXT NOT NULL,
    images TEXT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX fact_by_subject ON fact (subject_id, subject_kind, seq);
CREATE INDEX fact_by_actor ON fact (actor_id, seq);
CREATE INDEX fact_by_verb ON fact (verb, seq);

-- One row: where the chain ends. Its lock orders the writers.
CREATE TABLE ledger_head (
    id BIGINT PRIMARY KEY CONSTRAINT ledger_head_one CHECK (id = 1),
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL
);

-- Every unit that changed its bucket; no bucket means outside of the line.
CREATE TABLE movement (
    id UUID PRIMARY KEY,
    line_id UUID NOT NULL,
    offer_id UUID,
    quantity BIGINT NOT NULL CONSTRAINT movement_some CHECK (quantity > 0),
    from_bucket TEXT,
    to_bucket TEXT,
    at BIGINT NOT NULL,
    CONSTRAINT movement_moves CHECK (COALESCE(from_bucket, '') <> COALESCE(to_bucket, ''))
);
CREATE INDEX movement_by_line ON movement (line_id, id);
CREATE INDEX movement_by_offer ON movement (offer_id, id);

CREATE TABLE balance (
    line_id UUID PRIMARY KEY,
    quantity BIGINT NOT NULL,
    uncovered BIGINT NOT NULL CONSTRAINT balance_uncovered CHECK (uncovered >= 0),
    proposed BIGINT NOT NULL CONSTRAINT balance_proposed CHECK (proposed >= 0),
    committed BIGINT NOT NULL CONSTRAINT balance_committed CHECK (committed >= 0),
    in_transit BIGINT NOT NULL CONSTRAINT balance_in_transit CHECK (in_transit >= 0),
    delivered BIGINT NOT NULL CONSTRAINT balance_delivered CHECK (delivered >= 0),
    confirmed BIGINT NOT NULL CONSTRAINT balance_confirmed CHECK (confirmed >= 0),
    returned BIGINT NOT NULL CONSTRAINT balance_returned CHECK (returned >= 0),
    lost BIGINT NOT NULL CONSTRAINT balance_lost CHECK (lost >= 0),
    CONSTRAINT balance_conserved CHECK (
        uncovered + proposed + committed + in_transit + delivered + confirmed + returned + lost = quantity
    )
);

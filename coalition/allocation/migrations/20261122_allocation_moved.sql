-- Accepted matches a round did not keep as they were, and why: follows from its files, so not ledgered.
CREATE TABLE round_moved (
    round_id UUID NOT NULL,
    position BIGINT NOT NULL,
    proposal_id UUID NOT NULL,
    line_id UUID NOT NULL,
    need_id UUID NOT NULL,
    country TEXT NOT NULL,
    area TEXT NOT NULL,
    label TEXT NOT NULL,
    label_key TEXT NOT NULL,
    service_class TEXT NOT NULL,
    offer_id UUID NOT NULL,
    period BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    now TEXT NOT NULL,
    code TEXT NOT NULL,
    reasons TEXT NOT NULL,
    PRIMARY KEY (round_id, position)
);
CREATE INDEX round_moved_by_proposal ON round_moved (proposal_id);

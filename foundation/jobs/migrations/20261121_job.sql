CREATE TABLE job (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'refused', 'failed')),
    done BIGINT NOT NULL,
    total BIGINT NOT NULL,
    result TEXT NOT NULL,
    account_id UUID,
    see TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    tries BIGINT NOT NULL
);
CREATE INDEX job_queue ON job (state, created_at, id);

ALTER TABLE assignment ADD COLUMN resource_id UUID;

CREATE TABLE resource_try (
    id UUID PRIMARY KEY,
    learner_id UUID NOT NULL,
    resource_id UUID NOT NULL,
    number BIGINT NOT NULL,
    run_id UUID NOT NULL,
    way TEXT NOT NULL CONSTRAINT resource_try_way CHECK (way IN ('package', 'course', 'waived', 'teacher', 'taken_back')),
    done BOOLEAN NOT NULL,
    passed BOOLEAN,
    score DOUBLE PRECISION CONSTRAINT resource_try_score CHECK (score >= 0 AND score <= 1),
    weight DOUBLE PRECISION CONSTRAINT resource_try_weight CHECK (weight >= 0 AND weight <= 1),
    statement_id UUID,
    comment TEXT,
    at BIGINT NOT NULL,
    entered_by UUID,
    corrects_id UUID,
    replaced_by_id UUID
);
CREATE INDEX resource_try_of ON resource_try (learner_id, resource_id, number, id);
CREATE INDEX resource_try_said ON resource_try (statement_id) WHERE statement_id IS NOT NULL;

CREATE TABLE resource_try_about (
    learner_id UUID NOT NULL,
    competency_id UUID NOT NULL,
    try_id UUID NOT NULL,
    PRIMARY KEY (learner_id, competency_id, try_id)
);

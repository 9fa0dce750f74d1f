CREATE TABLE sitting (
    learner_id UUID NOT NULL,
    competency_id UUID NOT NULL,
    day_at BIGINT NOT NULL,
    assignment_id UUID NOT NULL REFERENCES assignment (id),
    PRIMARY KEY (learner_id, competency_id, day_at, assignment_id)
);
INSERT INTO sitting (learner_id, competency_id, day_at, assignment_id)
SELECT DISTINCT learner_id, COALESCE(competency_id, assignment_id), at - at % 86400000000, assignment_id FROM attempt;
DROP INDEX attempt_of;

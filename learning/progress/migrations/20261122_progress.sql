CREATE TABLE assignment (
    id UUID PRIMARY KEY,
    school_id UUID NOT NULL,
    class_id UUID NOT NULL,
    lesson_id UUID NOT NULL,
    names TEXT NOT NULL,
    subject TEXT NOT NULL,
    opens_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    minutes BIGINT NOT NULL,
    items BIGINT NOT NULL,
    made_by UUID NOT NULL,
    made_at BIGINT NOT NULL,
    withdrawn_at BIGINT,
    withdrawn_reason TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT assignment_dates CHECK (opens_on <= due_on),
    CONSTRAINT assignment_withdrawn CHECK ((withdrawn_at IS NULL) = (withdrawn_reason IS NULL))
);
CREATE INDEX assignment_class ON assignment (class_id, opens_on, id);
CREATE INDEX assignment_lesson ON assignment (lesson_id, id);

CREATE TABLE assignment_target (
    assignment_id UUID NOT NULL REFERENCES assignment (id),
    target_id UUID NOT NULL,
    kind TEXT NOT NULL CONSTRAINT assignment_target_kind CHECK (kind IN ('class', 'group', 'person')),
    opens_on TEXT NOT NULL,
    PRIMARY KEY (assignment_id, target_id)
);
CREATE INDEX assignment_target_of ON assignment_target (target_id, opens_on, assignment_id);

CREATE TABLE assignment_item (
    assignment_id UUID NOT NULL REFERENCES assignment (id),
    position BIGINT NOT NULL,
    item_id UUID NOT NULL,
    competency_id UUID,
    PRIMARY KEY (assignment_id, position)
);

CREATE TABLE attempt (
    id UUID PRIMARY KEY,
    learner_id UUID NOT NULL,
    assignment_id UUID NOT NULL REFERENCES assignment (id),
    class_id UUID NOT NULL,
    position BIGINT NOT NULL,
    item_id UUID NOT NULL,
    competency_id UUID,
    number BIGINT NOT NULL,
    mode TEXT NOT NULL,
    response TEXT NOT NULL,
    score DOUBLE PRECISION CONSTRAINT attempt_score CHECK (score >= 0 AND score <= 1),
    comment TEXT,
    seconds BIGINT,
    at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    entered_by UUID,
    corrects_id UUID,
    replaced_by_id UUID
);
CREATE INDEX attempt_work ON attempt (assignment_id, learner_id, position, number);
CREATE INDEX attempt_of ON attempt (learner_id, competency_id, at, id);
CREATE INDEX attempt_to_mark ON attempt (class_id, at, id) WHERE score IS NULL AND replaced_by_id IS NULL;

CREATE TABLE mastery (
    learner_id UUID NOT NULL,
    competency_id UUID NOT NULL,
    standing TEXT NOT NULL CONSTRAINT mastery_standing CHECK (standing IN ('begun', 'stuck', 'mastered')),
    rule TEXT NOT NULL,
    counted BIGINT NOT NULL,
    right_count BIGINT NOT NULL,
    wrong_in_a_row BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    judgement_id UUID,
    PRIMARY KEY (learner_id, competency_id)
);

CREATE TABLE mastery_rule (
    id UUID PRIMARY KEY,
    country TEXT NOT NULL,
    competency_id UUID,
    kind TEXT NOT NULL CONSTRAINT mastery_rule_kind CHECK (kind IN ('m_of_n', 'n_in_a_row', 'judgement')),
    m BIGINT NOT NULL,
    n BIGINT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT mastery_rule_numbers CHECK (m >= 1 AND n >= m AND n <= 50)
);
CREATE UNIQUE INDEX mastery_rule_one ON mastery_rule (country, competency_id);
CREATE UNIQUE INDEX mastery_rule_usual ON mastery_rule (country) WHERE competency_id IS NULL;

CREATE TABLE judgement (
    id UUID PRIMARY KEY,
    learner_id UUID NOT NULL,
    competency_id UUID NOT NULL,
    mastered BOOLEAN NOT NULL,
    reason TEXT NOT NULL,
    made_by UUID NOT NULL,
    made_at BIGINT NOT NULL,
    withdrawn_at BIGINT
);
CREATE INDEX judgement_of ON judgement (learner_id, competency_id, made_at, id);

CREATE TABLE plan_week (
    id UUID PRIMARY KEY,
    class_id UUID NOT NULL,
    subject TEXT NOT NULL,
    week_on TEXT NOT NULL,
    note TEXT NOT NULL,
    made_by UUID NOT NULL,
    made_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT plan_week_one UNIQUE (class_id, subject, week_on)
);

CREATE TABLE level_check (
    id UUID PRIMARY KEY,
    class_id UUID NOT NULL,
    ladder TEXT NOT NULL CONSTRAINT level_check_ladder CHECK (ladder IN ('reading', 'arithmetic')),
    round BIGINT NOT NULL,
    held_on TEXT NOT NULL,
    made_by UUID NOT NULL,
    made_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT level_check_round UNIQUE (class_id, ladder, round)
);

CREATE TABLE level_result (
    check_id UUID NOT NULL REFERENCES level_check (id),
    learner_id UUID NOT NULL,
    level BIGINT NOT NULL CONSTRAINT level_result_level CHECK (level >= 0 AND level <= 4),
    group_id UUID,
    entered_by UUID NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (check_id, learner_id)
);
CREATE INDEX level_result_of ON level_result (learner_id, check_id);

CREATE TABLE term_comment (
    class_id UUID NOT NULL,
    learner_id UUID NOT NULL,
    term TEXT NOT NULL,
    comment TEXT NOT NULL,
    made_by UUID NOT NULL,
    made_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (class_id, learner_id, term)
);
CREATE INDEX term_comment_of ON term_comment (learner_id, class_id, term);

CREATE TABLE resource_turn (
    resource_id UUID PRIMARY KEY,
    turn BIGINT NOT NULL
);
INSERT INTO resource_turn (resource_id, turn) SELECT id, 1 FROM resource;
CREATE INDEX resource_turn_order ON resource_turn (turn, resource_id);

CREATE TABLE launch_player (
    kind TEXT PRIMARY KEY,
    version TEXT NOT NULL,
    hash TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    installed_at BIGINT NOT NULL,
    CONSTRAINT launch_player_kind CHECK (kind = 'h5p'),
    CONSTRAINT launch_player_bytes CHECK (bytes > 0)
);

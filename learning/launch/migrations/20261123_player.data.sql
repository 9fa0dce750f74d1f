INSERT INTO launch_player (kind, version, hash, bytes, installed_at)
VALUES ('h5p', '3.8.2', '0f343b0931126a20f133d67c2b018a3b5e3a3a2b6f9e0d6d0c3b1b0a5c1d2e3f', 92000, 1763700000000000);

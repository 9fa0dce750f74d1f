CREATE TABLE record_signature (
    statement UUID NOT NULL,
    sha2 TEXT NOT NULL,
    algorithm TEXT NOT NULL,
    certificate TEXT,
    signed_at BIGINT NOT NULL,
    PRIMARY KEY (statement, sha2)
);
CREATE INDEX record_signature_sha2 ON record_signature (sha2);
CREATE INDEX record_signature_at ON record_signature (signed_at, statement);

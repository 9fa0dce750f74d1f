CREATE TABLE account_name (
    key TEXT NOT NULL,
    account_id UUID NOT NULL REFERENCES account (id),
    PRIMARY KEY (key, account_id)
);
CREATE INDEX account_name_account ON account_name (account_id);

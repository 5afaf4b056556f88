-- How many processes in a row began to read its heap and ended without a word, as killed ones do.
ALTER TABLE dump ADD COLUMN contents_attempts INT DEFAULT 0 NOT NULL;

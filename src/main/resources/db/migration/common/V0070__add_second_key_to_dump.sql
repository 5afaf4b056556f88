-- Whether the last pass saw the file under a second key anywhere, as a link shows it.
ALTER TABLE dump ADD COLUMN second_key BOOLEAN NOT NULL DEFAULT FALSE;

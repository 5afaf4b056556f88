-- Whether the file was compared with all other keys of the gateway since it was written last.
ALTER TABLE dump ADD COLUMN compared BOOLEAN NOT NULL DEFAULT FALSE;

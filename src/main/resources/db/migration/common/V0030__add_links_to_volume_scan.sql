-- Names that were left out because symbolic links lead to them, and one of them.
ALTER TABLE volume_scan ADD COLUMN linked BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE volume_scan ADD COLUMN linked_example VARCHAR(250) ${bin};

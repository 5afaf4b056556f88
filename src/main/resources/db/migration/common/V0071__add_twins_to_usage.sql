-- How much of the bytes a second key shows too, as a link does.
ALTER TABLE directory_usage ADD COLUMN twin_bytes BIGINT NOT NULL DEFAULT 0;

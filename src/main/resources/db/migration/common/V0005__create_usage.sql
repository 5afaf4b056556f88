-- The usage of each volume, whose directory is empty, and of its directories.
CREATE TABLE directory_usage (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	run_id BIGINT NOT NULL,
	volume VARCHAR(255) ${bin} NOT NULL,
	directory VARCHAR(1024) ${bin} NOT NULL,
	measured_at BIGINT NOT NULL,
	objects BIGINT NOT NULL,
	object_bytes BIGINT NOT NULL,
	dumps BIGINT NOT NULL,
	dump_bytes BIGINT NOT NULL,
	oldest BIGINT,
	newest BIGINT,
	-- How much of the bytes a second key shows too, as a link does.
	duplicate_bytes BIGINT DEFAULT 0 NOT NULL,
	-- An index takes no name that is as long as a directory's.
	whole BOOLEAN GENERATED ALWAYS AS (directory = '')
);
CREATE INDEX directory_usage_by_run ON directory_usage (run_id, volume);
CREATE INDEX directory_usage_by_time ON directory_usage (measured_at);
-- A volume's history is read for each volume in each pass.
CREATE INDEX directory_usage_by_volume ON directory_usage (volume, measured_at);
CREATE INDEX directory_usage_whole ON directory_usage (whole, measured_at, volume);

-- What a run found out about each volume's capacity.
CREATE TABLE capacity_reading (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	run_id BIGINT NOT NULL,
	volume VARCHAR(255) ${bin} NOT NULL,
	read_at BIGINT NOT NULL,
	used_bytes BIGINT NOT NULL,
	used_source VARCHAR(12) NOT NULL,
	listed_bytes BIGINT NOT NULL,
	capacity_bytes BIGINT,
	capacity_source VARCHAR(12),
	p50_bytes BIGINT,
	p90_bytes BIGINT,
	p50_crosses_at BIGINT,
	p90_crosses_at BIGINT,
	short_history BOOLEAN NOT NULL,
	level VARCHAR(12) NOT NULL,
	alert_transition VARCHAR(12),
	CONSTRAINT capacity_reading_once UNIQUE (run_id, volume)
);
CREATE INDEX capacity_reading_by_volume ON capacity_reading (volume, read_at);
-- Finds the last reading with a known capacity of each volume without reading a row.
CREATE INDEX capacity_reading_by_time ON capacity_reading (read_at, volume, capacity_bytes);

-- What is remembered of each volume from one pass to the next, whichever process runs it.
CREATE TABLE capacity_alert (
	volume VARCHAR(255) ${bin} NOT NULL PRIMARY KEY,
	level VARCHAR(12) NOT NULL,
	notified_level VARCHAR(12) NOT NULL,
	notified_at BIGINT,
	passes_below INT NOT NULL,
	run_id BIGINT NOT NULL
);

-- What a run found out beside single volumes.
CREATE TABLE capacity_check (
	run_id BIGINT NOT NULL PRIMARY KEY,
	checked_at BIGINT NOT NULL,
	-- Why a source did not serve.
	problem VARCHAR(1000) ${bin},
	-- How many volumes have no known capacity, and whether advice was due.
	unknown_volumes INT NOT NULL,
	advise BOOLEAN NOT NULL,
	-- The whole file system, by source.
	space_source VARCHAR(12),
	space_used BIGINT,
	space_capacity BIGINT,
	trash_bytes BIGINT,
	trash_days INT,
	other_used BIGINT
);
CREATE INDEX capacity_check_by_time ON capacity_check (checked_at);

-- Why a volume is as full as it is, and what would help: a row for each workload, expiry or sum, by its kind.
-- Written before the row of the check, which says that all of it is there: no foreign key.
CREATE TABLE growth_contributor (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	run_id BIGINT NOT NULL,
	volume VARCHAR(255) ${bin} NOT NULL,
	kind VARCHAR(12) NOT NULL,
	environment VARCHAR(64) ${bin},
	workload VARCHAR(128) ${bin},
	dumps BIGINT,
	happens_at BIGINT,
	span BIGINT,
	bytes BIGINT NOT NULL
);
CREATE INDEX growth_contributor_by_run ON growth_contributor (run_id, volume);

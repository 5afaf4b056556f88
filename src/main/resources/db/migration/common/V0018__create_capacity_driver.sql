-- What a run found out beside single volumes.
CREATE TABLE capacity_check (
	run_id BIGINT NOT NULL PRIMARY KEY,
	checked_at BIGINT NOT NULL,
	-- Why a source did not serve.
	problem VARCHAR(1000) ${bin},
	-- How many volumes have no known capacity, and whether advice was due.
	unknown_volumes INT NOT NULL,
	advise BOOLEAN NOT NULL,
	-- The whole file system, by who told it.
	space_source VARCHAR(12),
	space_used BIGINT,
	space_capacity BIGINT,
	trash_bytes BIGINT,
	trash_days INT,
	other_used BIGINT
);
CREATE INDEX capacity_check_by_time ON capacity_check (checked_at);

-- Which volumes a run was asked to look at; all where there is no row.
CREATE TABLE capacity_selection (
	run_id BIGINT NOT NULL,
	volume VARCHAR(255) ${bin} NOT NULL,
	PRIMARY KEY (run_id, volume)
);

-- Why a volume is as full as it is, and what would help.
CREATE TABLE capacity_driver (
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
CREATE INDEX capacity_driver_by_run ON capacity_driver (run_id, volume);

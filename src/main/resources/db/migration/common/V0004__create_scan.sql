-- How the listing of each volume ended.
CREATE TABLE volume_scan (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	run_id BIGINT NOT NULL,
	volume VARCHAR(255) ${bin} NOT NULL,
	state VARCHAR(20) NOT NULL,
	reason VARCHAR(2000) ${bin},
	started_at BIGINT,
	finished_at BIGINT,
	objects BIGINT NOT NULL,
	bytes BIGINT NOT NULL,
	dumps BIGINT NOT NULL,
	unusable BIGINT NOT NULL,
	deleted BIGINT NOT NULL,
	-- Names that were left out because symbolic links lead to them, and one of them.
	linked BIGINT DEFAULT 0 NOT NULL,
	linked_example VARCHAR(250) ${bin},
	-- Where the volume was listed, by the gateway or in JuiceFS's metadata, and why not there.
	source VARCHAR(20),
	source_reason VARCHAR(1000) ${bin},
	CONSTRAINT volume_scan_once UNIQUE (run_id, volume)
);
CREATE INDEX volume_scan_by_volume ON volume_scan (volume, run_id);

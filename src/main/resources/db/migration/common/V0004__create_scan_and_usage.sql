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
	CONSTRAINT volume_scan_once UNIQUE (run_id, volume)
);
CREATE INDEX volume_scan_by_volume ON volume_scan (volume, run_id);

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
	newest BIGINT
);
CREATE INDEX directory_usage_by_run ON directory_usage (run_id, volume);
CREATE INDEX directory_usage_by_time ON directory_usage (measured_at);

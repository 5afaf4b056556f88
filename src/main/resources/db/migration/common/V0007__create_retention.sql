-- Marker directories ever seen.
CREATE TABLE marker (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	volume VARCHAR(255) ${bin} NOT NULL,
	directory VARCHAR(255) ${bin} NOT NULL,
	state VARCHAR(20) NOT NULL,
	detail VARCHAR(2000) ${bin},
	run_id BIGINT NOT NULL,
	checked_at BIGINT NOT NULL,
	CONSTRAINT marker_once UNIQUE (volume, directory)
);

CREATE TABLE expiry_plan (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	run_id BIGINT NOT NULL,
	state VARCHAR(20) NOT NULL,
	cutoff BIGINT NOT NULL,
	policy VARCHAR(2000) ${bin} NOT NULL,
	refusal VARCHAR(2000) ${bin},
	approving_run_id BIGINT,
	CONSTRAINT expiry_plan_once UNIQUE (run_id)
);
CREATE INDEX expiry_plan_by_approval ON expiry_plan (approving_run_id);

CREATE TABLE volume_plan (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	plan_id BIGINT NOT NULL,
	volume VARCHAR(255) ${bin} NOT NULL,
	objects BIGINT NOT NULL,
	retained_objects BIGINT NOT NULL,
	candidates BIGINT NOT NULL,
	candidate_objects BIGINT NOT NULL,
	candidate_bytes BIGINT NOT NULL,
	failure VARCHAR(2000) ${bin},
	swept_at BIGINT,
	deleted BIGINT NOT NULL,
	confirmed BOOLEAN NOT NULL,
	-- What the store keeps of what is deleted; NULL before it was asked.
	versioning VARCHAR(8),
	-- Each sweep of the volume raises it. A process whose sweep was continued by another records nothing more, and so deletes
	-- nothing more.
	fence INT DEFAULT 1 NOT NULL,
	-- What a plan left out although its age allowed it: not announced in time, held, or among the newest.
	waiting_objects BIGINT DEFAULT 0 NOT NULL,
	waiting_bytes BIGINT DEFAULT 0 NOT NULL,
	held_objects BIGINT DEFAULT 0 NOT NULL,
	newest_objects BIGINT DEFAULT 0 NOT NULL,
	-- What is old enough and stays because it may belong to somebody else.
	unproven_objects BIGINT DEFAULT 0 NOT NULL,
	unproven_bytes BIGINT DEFAULT 0 NOT NULL,
	-- Files that are no dumps and have a time in the future, and so never get old enough.
	future_objects BIGINT DEFAULT 0 NOT NULL,
	CONSTRAINT volume_plan_once UNIQUE (plan_id, volume),
	CONSTRAINT volume_plan_of_plan FOREIGN KEY (plan_id) REFERENCES expiry_plan (id)
);
CREATE INDEX volume_plan_by_volume ON volume_plan (volume, swept_at);
-- Lists of plans add up hundreds of volumes of each.
CREATE INDEX volume_plan_sums ON volume_plan (plan_id, candidate_objects, candidate_bytes);

-- There may be a million in a plan, all of one volume plan: a foreign key would look that up a million times.
-- Whoever deletes a volume plan deletes its items first.
CREATE TABLE expiry_item (
	volume_plan_id BIGINT NOT NULL,
	seq INT NOT NULL,
	object_key VARBINARY(1024) NOT NULL,
	is_directory BOOLEAN NOT NULL,
	size BIGINT NOT NULL,
	last_modified BIGINT NOT NULL,
	-- The number of the file in JuiceFS's metadata, 0 where the gateway listed it.
	inode BIGINT DEFAULT 0 NOT NULL,
	outcome VARCHAR(20),
	detail VARCHAR(500) ${bin},
	resolved_at BIGINT,
	PRIMARY KEY (volume_plan_id, seq)
);

CREATE TABLE quarantined_object (
	volume VARCHAR(255) ${bin} NOT NULL,
	object_key VARBINARY(1024) NOT NULL,
	attempts INT NOT NULL,
	not_before BIGINT NOT NULL,
	reason VARCHAR(500) ${bin} NOT NULL,
	run_id BIGINT NOT NULL,
	PRIMARY KEY (volume, object_key)
);

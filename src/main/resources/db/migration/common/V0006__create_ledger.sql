-- Every dump ever seen. A key that was written again is a new row; `present` is TRUE while the
-- object is there and NULL afterwards, since NULLs do not collide in a unique key.
-- Messages and plans are of other rooms, which forget theirs in their own time: no foreign keys.
CREATE TABLE dump (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	volume VARCHAR(255) ${bin} NOT NULL,
	-- The bytes of its UTF-8: in the order of an S3 listing, and no collation takes two for one.
	object_key VARBINARY(1024) NOT NULL,
	present BOOLEAN,
	size BIGINT NOT NULL,
	last_modified BIGINT NOT NULL,
	receipt_at BIGINT,
	fragment_at BIGINT,
	first_seen BIGINT NOT NULL,
	last_seen BIGINT,
	-- Whether the last pass saw the file under a second key anywhere, as a link shows it.
	has_duplicate BOOLEAN DEFAULT FALSE NOT NULL,
	-- Whether the file was compared with all other keys of the gateway since it was written last.
	compared BOOLEAN DEFAULT FALSE NOT NULL,
	state VARCHAR(20) NOT NULL,
	reason VARCHAR(500) ${bin},
	-- TRUE while it has to be triaged, and NULL afterwards.
	triage_due BOOLEAN,
	-- When a triage was last done or tried: those that wait longest for one come first.
	triaged_at BIGINT,
	-- What the dump shows about the end of its JVM: names of classes, methods and files only.
	died_at BIGINT,
	cause VARCHAR(12),
	fingerprint VARCHAR(12),
	top_frame VARCHAR(400) ${bin},
	environment VARCHAR(64) ${bin} NOT NULL,
	workload VARCHAR(128) ${bin} NOT NULL,
	pod VARCHAR(253) ${bin} NOT NULL,
	project VARCHAR(200) ${bin} NOT NULL,
	-- The directory of a dump whose workload is not known: in such a directory it is compared
	-- only with its neighbours. Empty for all others, and for what lies right in a retention
	-- directory, which everybody shares.
	directory VARCHAR(128) ${bin} DEFAULT '' NOT NULL,
	-- TRUE while its heap has to be read, and NULL afterwards.
	contents_due BOOLEAN,
	-- How many processes in a row began to read its heap and ended without a word, as killed ones do.
	contents_attempts INT DEFAULT 0 NOT NULL,
	-- The page of the message that announces it, and when the robot accepted that page.
	message_id BIGINT,
	message_page INT,
	notified_at BIGINT,
	notified_by VARCHAR(12),
	-- A dump under a key that was announced lately is announced later; otherwise NULL.
	notify_after BIGINT,
	held_until BIGINT,
	held_by VARCHAR(200) ${bin},
	hold_reason VARCHAR(500) ${bin},
	-- How it went, when, and by which plan.
	fate VARCHAR(12),
	gone_at BIGINT,
	plan_id BIGINT,
	CONSTRAINT dump_once UNIQUE (volume, present, object_key)
);
CREATE INDEX dump_triage_due ON dump (triage_due, volume);
CREATE INDEX dump_unnotified ON dump (present, notified_at, message_id, environment, workload);

-- The stack by which each failure was first seen. Many dumps have one, and it may be written after them: no foreign key.
CREATE TABLE failure (
	fingerprint VARCHAR(12) NOT NULL PRIMARY KEY,
	first_seen BIGINT NOT NULL,
	stack LONGTEXT ${text} NOT NULL
);

-- What is on the heaps of dumps: names, counts and sizes, and no value of any object. It goes with its dump.
CREATE TABLE dump_contents (
	dump_id BIGINT NOT NULL PRIMARY KEY,
	read_at BIGINT NOT NULL,
	state VARCHAR(14) NOT NULL,
	file_bytes BIGINT NOT NULL,
	top_class VARCHAR(300) ${bin},
	top_share INT,
	-- Who holds most of the heap: what it is, its name and its share in thousandths.
	holder_kind VARCHAR(20),
	holder_name VARCHAR(300) ${bin},
	holder_permille INT,
	-- Its share in the workload's dump before, where it was listed there.
	holder_earlier INT,
	sentence VARCHAR(1000) ${bin} NOT NULL,
	-- As JSON.
	contents LONGTEXT ${text} NOT NULL,
	CONSTRAINT dump_contents_of_dump FOREIGN KEY (dump_id) REFERENCES dump (id) ON DELETE CASCADE
);
CREATE INDEX dump_contents_by_read ON dump_contents (read_at);

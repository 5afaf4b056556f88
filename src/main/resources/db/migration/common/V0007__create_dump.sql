-- Every dump ever seen. A key that was written again is a new row; `present` is TRUE while the
-- object is there and NULL afterwards, since NULLs do not collide in a unique key.
CREATE TABLE dump (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	volume VARCHAR(255) ${bin} NOT NULL,
	present BOOLEAN,
	object_key VARBINARY(1024) NOT NULL,
	size BIGINT NOT NULL,
	last_modified BIGINT NOT NULL,
	state VARCHAR(12) NOT NULL,
	reason VARCHAR(500) ${bin},
	-- TRUE while it has to be looked at, and NULL afterwards.
	due BOOLEAN,
	died_at BIGINT,
	environment VARCHAR(64) ${bin} NOT NULL,
	workload VARCHAR(128) ${bin} NOT NULL,
	pod VARCHAR(253) ${bin} NOT NULL,
	project VARCHAR(200) ${bin} NOT NULL,
	receipt_at BIGINT,
	fragment_at BIGINT,
	first_seen BIGINT NOT NULL,
	last_seen BIGINT,
	message_id BIGINT,
	message_page INT,
	told_at BIGINT,
	told_by VARCHAR(12),
	held_until BIGINT,
	held_by VARCHAR(200) ${bin},
	held_why VARCHAR(500) ${bin},
	fate VARCHAR(12),
	gone_at BIGINT,
	plan_id BIGINT,
	CONSTRAINT dump_once UNIQUE (volume, present, object_key)
);
CREATE INDEX dump_due ON dump (due, volume);
CREATE INDEX dump_untold ON dump (present, told_at, message_id, environment, workload);
CREATE INDEX dump_by_message ON dump (message_id, message_page);
CREATE INDEX dump_by_first_seen ON dump (first_seen);
CREATE INDEX dump_by_told ON dump (told_at);
CREATE INDEX dump_by_hold ON dump (held_until);
CREATE INDEX dump_by_gone ON dump (gone_at);

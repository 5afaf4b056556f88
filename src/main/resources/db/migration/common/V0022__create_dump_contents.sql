-- What is on the heaps of dumps: names, counts and sizes, and no value of any object.
-- TRUE while a dump has to be read, and NULL afterwards.
ALTER TABLE dump ADD COLUMN contents_due BOOLEAN;
CREATE INDEX dump_contents_due ON dump (contents_due, id);

CREATE TABLE dump_contents (
	dump_id BIGINT NOT NULL PRIMARY KEY,
	read_at BIGINT NOT NULL,
	state VARCHAR(14) NOT NULL,
	file_bytes BIGINT NOT NULL,
	top_class VARCHAR(300) ${bin},
	top_share INT,
	sentence VARCHAR(1000) ${bin} NOT NULL,
	-- As JSON.
	contents LONGTEXT ${text} NOT NULL
);
CREATE INDEX dump_contents_by_read ON dump_contents (read_at);

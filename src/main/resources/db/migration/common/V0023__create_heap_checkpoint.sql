-- How far the heap of a dump was read, so that a later run goes on there. Names of classes, counts,
-- sizes and hashes; goes when the dump was read, has changed or is gone.
CREATE TABLE heap_checkpoint (
	dump_id BIGINT NOT NULL PRIMARY KEY,
	-- What the dump was when it was read.
	size BIGINT NOT NULL,
	last_modified BIGINT NOT NULL,
	saved_at BIGINT NOT NULL,
	-- How many processes in a row took it up and ended without a word.
	takes INT NOT NULL,
	-- NULL for a dump that has to be read in one go.
	state MEDIUMBLOB
);

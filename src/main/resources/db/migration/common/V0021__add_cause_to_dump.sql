-- What a dump tells of the end of its JVM. Names of classes, methods and files only.
ALTER TABLE dump ADD COLUMN cause VARCHAR(12);
ALTER TABLE dump ADD COLUMN fingerprint VARCHAR(12);
ALTER TABLE dump ADD COLUMN top_frame VARCHAR(400) ${bin};
CREATE INDEX dump_by_fingerprint ON dump (fingerprint);

-- The stack by which each failure was first seen.
CREATE TABLE failure (
	fingerprint VARCHAR(12) NOT NULL PRIMARY KEY,
	first_seen BIGINT NOT NULL,
	stack LONGTEXT ${text} NOT NULL
);

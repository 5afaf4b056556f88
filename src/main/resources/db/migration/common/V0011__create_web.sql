-- What people did or were refused, over HTTP.
CREATE TABLE audit_event (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	happened_at BIGINT NOT NULL,
	who VARCHAR(200) ${bin} NOT NULL,
	address VARCHAR(200) ${bin} NOT NULL,
	action VARCHAR(40) NOT NULL,
	target VARCHAR(500) ${bin} NOT NULL,
	-- What all records of one dump have in common: a hash of its volume and key, which no text of theirs can be.
	subject VARCHAR(32),
	outcome VARCHAR(200) ${bin} NOT NULL
);
-- What was done to one dump.
CREATE INDEX audit_event_by_subject ON audit_event (subject, id);
CREATE INDEX audit_event_by_time ON audit_event (happened_at);

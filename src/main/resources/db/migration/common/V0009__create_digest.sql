-- Numbers the digests, so that people recognise a repeated page.
CREATE TABLE digest (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	run_id BIGINT NOT NULL,
	composed_at BIGINT NOT NULL,
	message_id BIGINT
);

-- Whoever composes a digest locks its row, so that no dump is named in two.
CREATE TABLE digest_lock (
	id INT NOT NULL PRIMARY KEY
);
INSERT INTO digest_lock (id) VALUES (1);

-- Numbers the digests, so that people recognise a repeated page.
CREATE TABLE digest (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	run_id BIGINT NOT NULL,
	composed_at BIGINT NOT NULL,
	message_id BIGINT
);

-- Messages to people and what became of each page. Neither the robot's address nor a link
-- that lets anybody in is stored: robots go by a hash, pages have placeholders.
CREATE TABLE outbound_message (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	subject VARCHAR(200) ${bin} NOT NULL,
	pages INT NOT NULL,
	created_at BIGINT NOT NULL,
	finished_at BIGINT,
	CONSTRAINT outbound_message_once UNIQUE (subject)
);
CREATE INDEX outbound_message_by_finished ON outbound_message (finished_at);

-- A page is a text or a picture. A picture that the robot will never take is dropped: finished_at
-- then says when it was given up.
CREATE TABLE outbound_page (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	message_id BIGINT NOT NULL,
	page INT NOT NULL,
	content VARCHAR(16000) ${bin} NOT NULL,
	last_attempt BIGINT,
	finished_at BIGINT,
	kind VARCHAR(8) DEFAULT 'TEXT' NOT NULL,
	picture MEDIUMBLOB,
	dropped BOOLEAN DEFAULT FALSE NOT NULL,
	CONSTRAINT outbound_page_once UNIQUE (message_id, page),
	CONSTRAINT outbound_page_of_message FOREIGN KEY (message_id) REFERENCES outbound_message (id)
);
CREATE INDEX outbound_page_by_finished ON outbound_page (finished_at, message_id, page);

-- Without an outcome: under way until answer_by, cut off after it. Without a robot: not sent.
-- A foreign key would lock the page with each attempt, and two senders would wait for each other.
CREATE TABLE delivery_attempt (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	page_id BIGINT NOT NULL,
	robot VARCHAR(32),
	begun_at BIGINT NOT NULL,
	answer_by BIGINT NOT NULL,
	ended_at BIGINT,
	outcome VARCHAR(20),
	code INT,
	detail VARCHAR(500) ${bin}
);
CREATE INDEX delivery_attempt_by_page ON delivery_attempt (page_id);
CREATE INDEX delivery_attempt_by_robot ON delivery_attempt (robot, id);
CREATE INDEX delivery_attempt_by_outcome ON delivery_attempt (outcome);

-- Its row is locked by whoever is about to send.
CREATE TABLE robot (
	id VARCHAR(32) NOT NULL PRIMARY KEY,
	not_before BIGINT NOT NULL
);

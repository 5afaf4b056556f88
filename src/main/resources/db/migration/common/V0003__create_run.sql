-- Instants are epoch milliseconds: no session's time zone can shift them.
CREATE TABLE maintenance_run (
	id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	job VARCHAR(40) NOT NULL,
	arguments VARCHAR(2000) ${bin} NOT NULL,
	started_at BIGINT NOT NULL,
	finished_at BIGINT,
	outcome VARCHAR(20),
	exit_code INT,
	holder VARCHAR(255) ${bin} NOT NULL,
	attempts INT NOT NULL,
	report LONGTEXT ${text}
);
CREATE INDEX maintenance_run_by_start ON maintenance_run (started_at);

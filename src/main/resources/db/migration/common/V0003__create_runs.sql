-- The lease that keeps CronJob, schedules and requests from running at once (ShedLock's table).
-- Its times are UTC. TIMESTAMP would take them for the session's time zone, and refuse those in an hour that it skips.
CREATE TABLE shedlock (
	name VARCHAR(64) NOT NULL PRIMARY KEY,
	lock_until ${datetime}(3) NOT NULL,
	locked_at ${datetime}(3) NOT NULL,
	locked_by VARCHAR(255) NOT NULL
);

-- Who asked for a run, from where, and for which time of a schedule: each is run once.
-- Instants are epoch milliseconds: no session's time zone can shift them.
-- Tables of other rooms have a run_id without a foreign key: each room forgets its rows in its own time, and a poll outside
-- a run has a negative number and no row here.
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
	report LONGTEXT ${text},
	started_by VARCHAR(200) ${bin} DEFAULT '' NOT NULL,
	started_from VARCHAR(200) ${bin} DEFAULT '' NOT NULL,
	scheduled_for BIGINT,
	stop_requested_at BIGINT
);
CREATE INDEX maintenance_run_by_start ON maintenance_run (started_at);
CREATE UNIQUE INDEX maintenance_run_by_schedule ON maintenance_run (job, scheduled_for);
CREATE INDEX maintenance_run_by_job ON maintenance_run (job, id);

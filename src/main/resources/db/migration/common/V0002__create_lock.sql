-- The lease that keeps CronJob, schedules and requests from running at once (ShedLock's table).
-- Its times are UTC. TIMESTAMP would take them for the session's time zone, and refuse those in an hour that it skips.
CREATE TABLE shedlock (
	name VARCHAR(64) NOT NULL PRIMARY KEY,
	lock_until ${datetime}(3) NOT NULL,
	locked_at ${datetime}(3) NOT NULL,
	locked_by VARCHAR(255) NOT NULL
);

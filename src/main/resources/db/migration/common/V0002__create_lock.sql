-- The lease that keeps CronJob, schedules and requests from running at once (ShedLock's table).
CREATE TABLE shedlock (
	name VARCHAR(64) NOT NULL PRIMARY KEY,
	lock_until TIMESTAMP(3) NOT NULL,
	locked_at TIMESTAMP(3) NOT NULL,
	locked_by VARCHAR(255) NOT NULL
);

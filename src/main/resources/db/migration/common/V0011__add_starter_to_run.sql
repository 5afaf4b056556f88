-- Who asked for a run, from where, and for which time of a schedule: each is run once.
ALTER TABLE maintenance_run ADD COLUMN started_by VARCHAR(200) ${bin} DEFAULT '' NOT NULL;
ALTER TABLE maintenance_run ADD COLUMN started_from VARCHAR(200) ${bin} DEFAULT '' NOT NULL;
ALTER TABLE maintenance_run ADD COLUMN scheduled_for BIGINT;
ALTER TABLE maintenance_run ADD COLUMN stop_asked_at BIGINT;
CREATE UNIQUE INDEX maintenance_run_by_schedule ON maintenance_run (job, scheduled_for);
CREATE INDEX maintenance_run_by_job ON maintenance_run (job, id);

-- Which process works on which partition of a step of a run. A row is the offer of a partition, its claim, and afterwards
-- the record of who did it. Whoever claims it raises the fence; an update with an older one changes nothing.
CREATE TABLE step_partition (
	-- Spring Batch's, which may be removed without this row.
	step_execution_id BIGINT NOT NULL PRIMARY KEY,
	run_id BIGINT NOT NULL,
	step VARCHAR(100) NOT NULL,
	place INT NOT NULL,
	-- What a process must have to take it: the same version and the same rules.
	rules VARCHAR(64) NOT NULL,
	state VARCHAR(10) NOT NULL,
	-- It failed in another process, so the one that manages the run tries it.
	at_manager BOOLEAN NOT NULL,
	manager VARCHAR(300) ${bin} NOT NULL,
	-- Grows while the manager lives.
	manager_beat BIGINT NOT NULL,
	worker VARCHAR(300) ${bin},
	fence INT NOT NULL,
	-- Grows while the worker lives. Nobody compares it with a clock.
	beat BIGINT NOT NULL,
	-- How often it was taken from a worker that was silent.
	taken_over INT NOT NULL,
	-- What its worker counts, and how many so far.
	work VARCHAR(60),
	objects BIGINT NOT NULL,
	offered_at BIGINT NOT NULL,
	claimed_at BIGINT,
	ended_at BIGINT
);
CREATE INDEX step_partition_by_state ON step_partition (state, place);
CREATE INDEX step_partition_by_run ON step_partition (run_id);

-- When a look was last taken or tried: those that wait longest for one come first.
ALTER TABLE dump ADD COLUMN looked_at BIGINT;

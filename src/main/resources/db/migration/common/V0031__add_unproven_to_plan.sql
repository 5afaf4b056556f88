-- What is old enough and stays because it may be another's.
ALTER TABLE expiry_plan_volume ADD COLUMN unproven_objects BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE expiry_plan_volume ADD COLUMN unproven_bytes BIGINT DEFAULT 0 NOT NULL;

-- Files that are no dumps and have a time in the future, and so never get old enough.
ALTER TABLE expiry_plan_volume ADD COLUMN future_objects BIGINT DEFAULT 0 NOT NULL;

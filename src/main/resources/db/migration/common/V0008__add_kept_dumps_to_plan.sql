-- What a plan left out although its age allowed it: nobody was told in time, somebody holds it, or it is among the newest.
ALTER TABLE expiry_plan_volume ADD COLUMN waiting_objects BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE expiry_plan_volume ADD COLUMN waiting_bytes BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE expiry_plan_volume ADD COLUMN held_objects BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE expiry_plan_volume ADD COLUMN newest_objects BIGINT DEFAULT 0 NOT NULL;

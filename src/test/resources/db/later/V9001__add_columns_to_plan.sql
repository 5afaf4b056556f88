-- Stands for the migrations of later versions, which change what the first one made.
ALTER TABLE expiry_plan ADD COLUMN later BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE expiry_plan ADD COLUMN later_still BIGINT DEFAULT 0 NOT NULL;

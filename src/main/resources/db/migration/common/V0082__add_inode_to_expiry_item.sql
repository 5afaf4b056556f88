-- The number of the file in JuiceFS's metadata, 0 where the gateway listed it.
ALTER TABLE expiry_item ADD COLUMN inode BIGINT DEFAULT 0 NOT NULL;

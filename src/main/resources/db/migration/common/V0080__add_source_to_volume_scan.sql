-- Where the volume was listed: by the gateway or in JuiceFS's metadata.
ALTER TABLE volume_scan ADD COLUMN source VARCHAR(20);

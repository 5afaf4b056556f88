-- Why it was not listed in JuiceFS's metadata.
ALTER TABLE volume_scan ADD COLUMN source_reason VARCHAR(1000) ${bin};

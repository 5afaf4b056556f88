-- A volume's history is read for each volume in each pass.
CREATE INDEX directory_usage_by_volume ON directory_usage (volume, measured_at);

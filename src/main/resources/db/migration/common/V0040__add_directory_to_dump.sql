-- The directory of a dump whose workload is not known: in such a directory it is compared
-- only with its neighbours. Empty for all others, and for what lies right in a retention
-- directory, which everybody shares.
ALTER TABLE dump ADD COLUMN directory VARCHAR(128) ${bin} DEFAULT '' NOT NULL;

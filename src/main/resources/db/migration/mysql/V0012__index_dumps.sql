-- H2 goes without these (decision 68): it maintains them at the price of three times the rows, and reads the table
-- instead.
CREATE INDEX dump_by_message ON dump (message_id, message_page);
-- Sums up who died lately without reading a row.
CREATE INDEX dump_by_first_seen ON dump (first_seen, id, state, fingerprint, environment, workload, size);
CREATE INDEX dump_by_notified ON dump (notified_at);
CREATE INDEX dump_by_hold ON dump (held_until);
CREATE INDEX dump_by_gone ON dump (gone_at);
CREATE INDEX dump_by_fingerprint ON dump (fingerprint, id);
CREATE INDEX dump_contents_due ON dump (contents_due, id);
-- Whether a dump has a second key is asked before each link to it.
CREATE INDEX dump_by_size ON dump (size, last_modified);
-- People page through what is there and what is gone, newest or largest first, by one of these at a time.
CREATE INDEX dump_list ON dump (present, id);
CREATE INDEX dump_list_by_volume ON dump (volume, present, id);
CREATE INDEX dump_list_by_workload ON dump (workload, present, id);
CREATE INDEX dump_list_by_state ON dump (state, present, id);
CREATE INDEX dump_list_by_size ON dump (present, size, id);
-- The same one sums up who owns them.
CREATE INDEX dump_list_by_volume_and_size ON dump (volume, present, size, id, environment, workload, directory);

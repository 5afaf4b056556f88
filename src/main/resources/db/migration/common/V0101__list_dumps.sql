-- People page through what is there and what is gone, newest first, by one of these at a time.
CREATE INDEX dump_list ON dump (present, id);
CREATE INDEX dump_list_by_volume ON dump (volume, present, id);
CREATE INDEX dump_list_by_workload ON dump (workload, present, id);
CREATE INDEX dump_list_by_state ON dump (state, present, id);
CREATE INDEX dump_list_by_size ON dump (present, size, id);
CREATE INDEX dump_list_by_volume_and_size ON dump (volume, present, size, id);

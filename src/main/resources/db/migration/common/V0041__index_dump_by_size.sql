-- Whether a dump has a second key is asked before each link to it.
CREATE INDEX dump_by_size ON dump (size, last_modified);

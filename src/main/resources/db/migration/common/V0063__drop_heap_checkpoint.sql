-- A heap that was not read to its end is read from its start.
DROP TABLE heap_checkpoint;

-- What is written under a key that people were told of lately is told later; otherwise NULL.
ALTER TABLE dump ADD COLUMN tell_after BIGINT;

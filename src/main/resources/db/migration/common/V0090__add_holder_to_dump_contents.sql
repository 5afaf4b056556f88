-- Who holds most of a heap: what it is, its name and its share in thousandths.
ALTER TABLE dump_contents ADD COLUMN holder_kind VARCHAR(20);
ALTER TABLE dump_contents ADD COLUMN holder_name VARCHAR(300) ${bin};
ALTER TABLE dump_contents ADD COLUMN holder_permille INT;

-- Each sweep of a volume raises it. A process whose sweep was continued by another records nothing more, and so deletes
-- nothing more.
ALTER TABLE volume_plan ADD COLUMN fence INT DEFAULT 1 NOT NULL;

-- A page is a text or a picture. A picture that the robot will never take is dropped: delivered_at
-- then says when it was given up.
ALTER TABLE outbound_page ADD COLUMN kind VARCHAR(8) DEFAULT 'TEXT' NOT NULL;
ALTER TABLE outbound_page ADD COLUMN picture MEDIUMBLOB;
ALTER TABLE outbound_page ADD COLUMN dropped BOOLEAN DEFAULT FALSE NOT NULL;

CREATE TABLE later (
	id INT NOT NULL PRIMARY KEY
);
CREATE INDEX expiry_plan_by_later ON expiry_plan (later);
INSERT INTO later (id) VALUES (1);

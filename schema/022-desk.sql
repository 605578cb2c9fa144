-- Actors from a list that was taken in: what reports do not say.
ALTER TABLE actors ADD COLUMN wikidata TEXT NOT NULL DEFAULT ''; -- Q and a number; empty: not known
ALTER TABLE actors ADD COLUMN list_names TEXT NOT NULL DEFAULT ''; -- JSON: the names that a list gave; empty: no list has it
CREATE INDEX actors_wikidata ON actors (wikidata) WHERE wikidata <> '';

-- Of samples for coding.
ALTER TABLE samples ADD COLUMN blind INTEGER NOT NULL DEFAULT 0; -- 1: coders do not see what the program read

-- Where a conflict is found under the number that it had before numbers followed from its articles: two
-- stories with reports of the same outlet, title and words shared one.
CREATE TABLE conflict_moves (
    former INTEGER PRIMARY KEY, -- its number then
    story INTEGER NOT NULL, -- whose it was
    conflict INTEGER NOT NULL DEFAULT 0 -- its number now; 0: that story has not been compared since
) STRICT;
INSERT INTO conflict_moves (former, story) SELECT id, story FROM conflicts;

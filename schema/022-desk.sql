-- Where a conflict is found under the number that it had before numbers followed from its articles: two
-- stories with reports of the same outlet, title and words shared one.
CREATE TABLE conflict_moves (
    former INTEGER PRIMARY KEY, -- its number then
    story INTEGER NOT NULL, -- whose it was
    conflict INTEGER NOT NULL DEFAULT 0 -- its number now; 0: that story has not been compared since
) STRICT;
INSERT INTO conflict_moves (former, story) SELECT id, story FROM conflicts;

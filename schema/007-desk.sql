-- What reviewing by several people needs: which statement is to be looked at next, who decided, and
-- on which state of the store.

-- How much a person's look at it is worth: see save_worth in store/story/save_worth.c.
ALTER TABLE statements ADD COLUMN worth REAL NOT NULL DEFAULT 0;
UPDATE statements SET worth = 1.05 - confidence WHERE status = 'proposed';
CREATE INDEX statements_review ON statements (-worth, id) WHERE status = 'proposed';
CREATE INDEX statements_review_story ON statements (story, -worth, id) WHERE status = 'proposed';

-- Who decided: a name, or the window in which somebody without one did; empty: not known.
ALTER TABLE decisions ADD COLUMN by TEXT NOT NULL DEFAULT '';
-- The content revision (state) that the decision made.
ALTER TABLE decisions ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
CREATE INDEX decisions_key ON decisions (target, target_key, id) WHERE target_key IS NOT NULL;

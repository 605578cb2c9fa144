-- What pages say of an article's head, beside what persons made of it; outlets that are renamed or turn
-- out to be one; decisions about outlets.

-- What the page of an article says, for articles whose head a person has changed: what comes back when
-- that is undone.
CREATE TABLE article_heads (
    article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE, -- whose
    title TEXT NOT NULL, -- headline
    outlet INTEGER REFERENCES outlets, -- who publishes it
    published TEXT NOT NULL, -- time or day
    url TEXT NOT NULL, -- address
    byline TEXT NOT NULL -- authors
) STRICT;
INSERT INTO article_heads (article, title, outlet, published, url, byline)
SELECT a.id, coalesce(json_extract(d.before, '$.articles[0].title'), a.title),
    CASE WHEN json_extract(d.before, '$.articles[0].outlet') IS NULL THEN a.outlet
        ELSE (SELECT o.id FROM outlets o WHERE o.name = json_extract(d.before, '$.articles[0].outlet')) END,
    coalesce(json_extract(d.before, '$.articles[0].published'), a.published),
    coalesce(json_extract(d.before, '$.articles[0].url'), a.url),
    coalesce(json_extract(d.before, '$.articles[0].byline'), a.byline)
FROM articles a JOIN decisions d ON d.id = (SELECT min(e.id) FROM decisions e
    WHERE e.target = 'article' AND e.target_id = a.id AND e.action = 'edit');

-- Pages go on to use the name that a person has replaced.
ALTER TABLE outlets ADD COLUMN found TEXT COLLATE NOCASE; -- the name on its pages; null: that is `name`
ALTER TABLE outlets ADD COLUMN part_of INTEGER REFERENCES outlets; -- the outlet it was merged into; null: it is one
CREATE UNIQUE INDEX outlets_found ON outlets (found) WHERE found IS NOT NULL;
CREATE INDEX outlets_part_of ON outlets (part_of) WHERE part_of IS NOT NULL;
ALTER TABLE articles ADD COLUMN outlet_named INTEGER REFERENCES outlets; -- as its page or a person names it; `outlet` is what that is part of
UPDATE articles SET outlet_named = outlet;
CREATE INDEX articles_outlet_named ON articles (outlet_named) WHERE outlet_named IS NOT NULL;

-- Decisions about outlets: the words of two columns are checked, so the table is made anew.
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- the order
    time TEXT NOT NULL, -- when
    action TEXT NOT NULL CHECK (action IN ('confirm', 'reject', 'edit', 'merge', 'split', 'dismiss', 'add', 'undo', 'redo')), -- what was done
    target TEXT NOT NULL CHECK (target IN ('statement', 'actor', 'conflict', 'utterance', 'issue', 'article', 'story', 'outlet', 'decision')), -- to what kind of thing
    target_id INTEGER, -- its id; of an undo or redo: the decision it is about
    target_key TEXT, -- actor's or issue's key
    article INTEGER, -- where the target stands, for statements
    exact TEXT, -- the target's exact words, for statements
    before TEXT NOT NULL, -- JSON: as it was
    after TEXT NOT NULL, -- JSON: as it was decided
    note TEXT NOT NULL DEFAULT '' -- why, in the person's words
) STRICT;
-- Who decided: a name, or the window in which somebody without one did; empty: not known.
ALTER TABLE journal ADD COLUMN by TEXT NOT NULL DEFAULT '';
-- The content revision (state) that the decision made.
ALTER TABLE journal ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
INSERT INTO journal (id, time, action, target, target_id, target_key, article, exact, before, after, note, by, revision)
SELECT id, time, action, target, target_id, target_key, article, exact, before, after, note, by, revision
FROM decisions ORDER BY id;
-- The stories a decision touches.
CREATE TABLE journal_stories (
    story INTEGER NOT NULL, -- to which story
    decision INTEGER NOT NULL REFERENCES journal, -- what was done
    PRIMARY KEY (story, decision)
) STRICT, WITHOUT ROWID;
INSERT INTO journal_stories (story, decision) SELECT story, decision FROM decision_stories;
DROP TABLE decision_stories;
DROP TABLE decisions;
ALTER TABLE journal RENAME TO decisions;
ALTER TABLE journal_stories RENAME TO decision_stories;
CREATE INDEX decision_stories_decision ON decision_stories (decision, story);
CREATE INDEX decisions_about ON decisions (target_id, id) WHERE target = 'decision';
CREATE INDEX decisions_target ON decisions (target, target_id, id);
CREATE INDEX decisions_kind ON decisions (target, id);
CREATE INDEX decisions_article ON decisions (article, id) WHERE article IS NOT NULL;
CREATE INDEX decisions_key ON decisions (target, target_key, id) WHERE target_key IS NOT NULL;
CREATE INDEX decisions_by ON decisions (by, id) WHERE by <> '';
CREATE TRIGGER decisions_only_added AFTER UPDATE ON decisions BEGIN
    SELECT raise(ABORT, 'decisions are only ever added');
END;
CREATE TRIGGER decisions_never_deleted BEFORE DELETE ON decisions BEGIN
    SELECT raise(ABORT, 'decisions are only ever added');
END;

-- Who else names an actor so: what is decided about an actor matters there, too.
CREATE INDEX story_names_text ON story_names (text, story);

-- What persons decided.

-- What persons did: a journal that is only ever added to. A decision outranks the engine and
-- survives every reading, because its target carries the article and the exact words. Undoing and
-- redoing are entries of their own.
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- the order
    time TEXT NOT NULL, -- when
    action TEXT NOT NULL CHECK (action IN ('confirm', 'reject', 'edit', 'merge', 'split', 'dismiss', 'add', 'undo', 'redo')), -- what was done
    target TEXT NOT NULL CHECK (target IN ('statement', 'actor', 'conflict', 'utterance', 'issue', 'article', 'story', 'decision')), -- to what kind of thing
    target_id INTEGER, -- its id; of an undo or redo: the decision it is about
    target_key TEXT, -- actor's or issue's key
    article INTEGER, -- where the target stands, for statements
    exact TEXT, -- the target's exact words, for statements
    before TEXT NOT NULL, -- JSON: as it was
    after TEXT NOT NULL, -- JSON: as it was decided
    note TEXT NOT NULL DEFAULT '' -- why, in the person's words
) STRICT;
CREATE INDEX decisions_about ON decisions (target_id, id) WHERE target = 'decision';
CREATE INDEX decisions_target ON decisions (target, target_id, id);
CREATE INDEX decisions_article ON decisions (article, id) WHERE article IS NOT NULL;
CREATE TRIGGER decisions_only_added AFTER UPDATE ON decisions BEGIN
    SELECT raise(ABORT, 'decisions are only ever added');
END;
CREATE TRIGGER decisions_never_deleted BEFORE DELETE ON decisions BEGIN
    SELECT raise(ABORT, 'decisions are only ever added');
END;

-- The stories a decision touches.
CREATE TABLE decision_stories (
    story INTEGER NOT NULL, -- to which story
    decision INTEGER NOT NULL REFERENCES decisions, -- what was done
    PRIMARY KEY (story, decision)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_stories_decision ON decision_stories (decision, story);

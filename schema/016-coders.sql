-- What several people code each on their own, and statements drawn by chance for coding or for measuring
-- how well the program reads.

-- The journal again, with codings among what can be decided about.
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- the order
    time TEXT NOT NULL, -- when
    action TEXT NOT NULL CHECK (action IN ('confirm', 'reject', 'edit', 'merge', 'split', 'dismiss', 'add', 'undo', 'redo')), -- what was done
    target TEXT NOT NULL CHECK (target IN ('statement', 'actor', 'conflict', 'utterance', 'issue', 'article', 'story', 'outlet', 'coding', 'decision')), -- to what kind of thing
    target_id INTEGER, -- its id; of an undo or redo: the decision it is about
    target_key TEXT, -- actor's or issue's key; of a coding: the statement's number and the coder
    article INTEGER, -- where the target stands, for statements and codings
    exact TEXT, -- the target's exact words, for statements and codings
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

-- A statement as one person reads it, beside what others say of the same; follows from the journal.
CREATE TABLE codings (
    statement INTEGER NOT NULL, -- its number, or the one that a statement nobody had found got with its coding
    coder TEXT NOT NULL, -- who
    article INTEGER NOT NULL, -- where it stands
    verdict TEXT NOT NULL CHECK (verdict IN ('confirmed', 'edited', 'rejected')), -- right as it stood, corrected, no statement
    coding TEXT NOT NULL, -- JSON: the whole statement so read, with the words of every span
    decision INTEGER NOT NULL, -- the entry of the journal that made it so
    PRIMARY KEY (statement, coder)
) STRICT, WITHOUT ROWID;
CREATE INDEX codings_article ON codings (article, statement, coder);
CREATE INDEX codings_coder ON codings (coder, statement);

-- Statements drawn by chance: those of least agree_rank(seed, number) (server/agree/sampling.c).
CREATE TABLE samples (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice
    purpose TEXT NOT NULL CHECK (purpose IN ('coding', 'audit')), -- for several coders, or to measure how much is right
    title TEXT NOT NULL, -- what people call it; may be empty
    story INTEGER, -- drawn from this story; null: from the whole store
    by TEXT NOT NULL, -- who drew it
    made TEXT NOT NULL, -- when
    seed INTEGER NOT NULL, -- of the draw
    size INTEGER NOT NULL, -- asked for
    strata TEXT NOT NULL CHECK (strata IN ('', 'outlet', 'kind', 'rule', 'sort')) -- equally many of each; empty: none
) STRICT;

-- From how many of each stratum how many were drawn.
CREATE TABLE sample_strata (
    sample INTEGER NOT NULL REFERENCES samples ON DELETE CASCADE, -- of which sample
    stratum TEXT NOT NULL, -- an outlet's number, a kind, a rule, a sort; empty: all
    population INTEGER NOT NULL, -- statements that the program had found
    drawn INTEGER NOT NULL, -- of them
    PRIMARY KEY (sample, stratum)
) STRICT, WITHOUT ROWID;

-- What was drawn, as it stood then.
CREATE TABLE sample_statements (
    sample INTEGER NOT NULL REFERENCES samples ON DELETE CASCADE, -- of which sample
    number INTEGER NOT NULL, -- 1, 2, ...: the order of the draw
    statement INTEGER NOT NULL, -- which
    article INTEGER NOT NULL, -- where it stands
    outlet INTEGER, -- whose article
    kind TEXT NOT NULL, -- direct, mixed, indirect
    rule TEXT NOT NULL, -- what found it
    sort TEXT NOT NULL, -- of its first issue; empty: no position
    stratum TEXT NOT NULL, -- drawn from
    PRIMARY KEY (sample, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX sample_statements_statement ON sample_statements (statement, sample);

-- What a store weighs, once more. Actors and issues have long keys, which stood in every row that
-- refers to them and in the indexes of these rows: there they are numbers now. Read are the views
-- that have the tables' former names and columns.

DROP VIEW v_statement;
DROP VIEW v_stance;
DROP VIEW v_position;
DROP VIEW statement_words;

ALTER TABLE issues ADD COLUMN number INTEGER; -- what rows refer to it by
ALTER TABLE actors ADD COLUMN number INTEGER; -- likewise
UPDATE issues SET number = o.n FROM (SELECT key, row_number() OVER (ORDER BY key) AS n FROM issues) o WHERE o.key = issues.key;
UPDATE actors SET number = o.n FROM (SELECT key, row_number() OVER (ORDER BY key) AS n FROM actors) o WHERE o.key = actors.key;
CREATE UNIQUE INDEX issues_number ON issues (number);
CREATE UNIQUE INDEX actors_number ON actors (number);

-- Attributions: one speaker, cue and content in one article.
CREATE TABLE statement_rows (
    id INTEGER PRIMARY KEY, -- never used twice; kept when the same words are read again
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, -- where it stands
    story INTEGER NOT NULL, -- the article's, which refers to it: a reference of its own would want an index
    start INTEGER NOT NULL, -- of its content: the order within the article
    length INTEGER NOT NULL DEFAULT 0, -- of its content, code points; 0: none, or content_list
    source_at INTEGER NOT NULL DEFAULT 0, -- where who says it stands, counted from start on
    source_length INTEGER NOT NULL DEFAULT 0, -- code points; 0: nowhere, or source_list
    cue_at INTEGER NOT NULL DEFAULT 0, -- likewise "said"
    cue_length INTEGER NOT NULL DEFAULT 0, -- likewise
    source_list TEXT, -- JSON [[start, end], ..], where that is not one span; likewise:
    cue_list TEXT, -- its cue
    content_list TEXT, -- its content
    kept_words TEXT NOT NULL DEFAULT '', -- what stands at content_list; also while the article's text is another than the one that was compared; else empty: it stands in the text
    kind_number INTEGER NOT NULL DEFAULT 0, -- 0 direct, 1 mixed, 2 indirect
    status_number INTEGER NOT NULL DEFAULT 0, -- 0 proposed, 1 confirmed, 2 rejected, 3 edited
    rule_number INTEGER NOT NULL DEFAULT 0, -- as in `rule`; 0: rule_text
    variant_number INTEGER NOT NULL DEFAULT 0, -- as in `variant`
    fullest INTEGER NOT NULL DEFAULT 0, -- 1: the others are compared with it
    speaker_number INTEGER REFERENCES actors (number), -- who says it; null: the text does not tell
    via_number INTEGER REFERENCES actors (number), -- who carries it ("Reuters said X said")
    channel TEXT NOT NULL DEFAULT '', -- "X", "press conference"
    said_on TEXT NOT NULL DEFAULT '', -- day of saying, where the text tells
    rule_text TEXT NOT NULL DEFAULT '', -- a rule that has no number
    millionths INTEGER NOT NULL, -- how sure the program is of it, 0 to 1,000,000
    worth_number INTEGER NOT NULL DEFAULT 0, -- how much a person's look at it is worth, in millionths: see save_worth
    utterance INTEGER, -- the act of saying it belongs to; null: rejected
    context TEXT NOT NULL DEFAULT '', -- of a row in the form from before step 13: JSON {before, after}
    kind TEXT GENERATED ALWAYS AS (CASE kind_number WHEN 0 THEN 'direct' WHEN 1 THEN 'mixed' ELSE 'indirect' END) VIRTUAL, -- how it is quoted
    status TEXT GENERATED ALWAYS AS (CASE status_number WHEN 0 THEN 'proposed' WHEN 1 THEN 'confirmed' WHEN 2 THEN 'rejected' ELSE 'edited' END) VIRTUAL, -- what a person said of it
    rule TEXT GENERATED ALWAYS AS (CASE rule_number WHEN 1 THEN 'reader.model' WHEN 2 THEN 'reader.model.nested' WHEN 3 THEN 'reader.noun' WHEN 4 THEN 'reader.late' WHEN 5 THEN 'reader.clause' WHEN 6 THEN 'reader.passive' WHEN 7 THEN 'reader.participle' WHEN 8 THEN 'reader.second' WHEN 9 THEN 'reader.quote.after' WHEN 10 THEN 'reader.quote.before' WHEN 11 THEN 'reader.quote.naming' WHEN 12 THEN 'reader.quote.turn' WHEN 13 THEN 'reader.quote.signature' WHEN 14 THEN 'reader.transcript' WHEN 15 THEN 'reader.question' WHEN 16 THEN 'reader.answer' ELSE rule_text END) VIRTUAL, -- what found it
    variant TEXT GENERATED ALWAYS AS (CASE variant_number WHEN 1 THEN 'verbatim' WHEN 2 THEN 'cut' WHEN 3 THEN 'merged' WHEN 4 THEN 'word-changed' WHEN 5 THEN 'negation' WHEN 6 THEN 'number-changed' WHEN 7 THEN 'paraphrase' ELSE '' END) VIRTUAL, -- how its wording stands to the fullest one
    source TEXT GENERATED ALWAYS AS (CASE WHEN source_list IS NOT NULL THEN source_list WHEN source_length = 0 THEN '[]' ELSE '[[' || CAST(start + source_at AS TEXT) || ',' || CAST(start + source_at + source_length AS TEXT) || ']]' END) VIRTUAL, -- JSON [[start, end]]: who, as the text puts it
    cue TEXT GENERATED ALWAYS AS (CASE WHEN cue_list IS NOT NULL THEN cue_list WHEN cue_length = 0 THEN '[]' ELSE '[[' || CAST(start + cue_at AS TEXT) || ',' || CAST(start + cue_at + cue_length AS TEXT) || ']]' END) VIRTUAL, -- JSON [[start, end]]: "said"
    content TEXT GENERATED ALWAYS AS (CASE WHEN content_list IS NOT NULL THEN content_list WHEN length = 0 THEN '[]' ELSE '[[' || CAST(start AS TEXT) || ',' || CAST(start + length AS TEXT) || ']]' END) VIRTUAL -- JSON [[start, end]]
) STRICT;
INSERT INTO statement_rows (id, article, story, start, length, source_at, source_length, cue_at, cue_length, source_list, cue_list, content_list, kept_words, kind_number, status_number, rule_number, variant_number, fullest, speaker_number, via_number, channel, said_on, rule_text, millionths, worth_number, utterance, context)
SELECT st.id, st.article, st.story, st.start, st.length, st.source_at, st.source_length, st.cue_at, st.cue_length, st.source_list, st.cue_list, st.content_list, st.kept_words, st.kind_number, st.status_number, st.rule_number, st.variant_number, st.fullest, (SELECT x.number FROM actors x WHERE x.key = st.speaker), (SELECT x.number FROM actors x WHERE x.key = st.via), st.channel, st.said_on, st.rule_text, CAST(round(st.confidence * 1000000) AS INTEGER), CAST(round(st.worth * 1000000) AS INTEGER), st.utterance, st.context
FROM statements st ORDER BY st.id;

-- What a statement says on an issue.
CREATE TABLE stance_rows (
    statement INTEGER NOT NULL REFERENCES statement_rows ON DELETE CASCADE, -- the evidence
    issue_number INTEGER NOT NULL REFERENCES issues (number), -- on what
    stance_number INTEGER NOT NULL, -- as in `stance`
    condition TEXT NOT NULL DEFAULT '', -- its words, for conditional
    millionths INTEGER NOT NULL DEFAULT 0, -- 0 to 1,000,000: how likely the stance is right; 1,000,000: a person said so; 0: not known
    stance TEXT GENERATED ALWAYS AS (CASE stance_number WHEN 0 THEN 'support' WHEN 1 THEN 'oppose' WHEN 2 THEN 'conditional' WHEN 3 THEN 'mixed' WHEN 4 THEN 'neutral' WHEN 5 THEN 'declines' ELSE 'denies' END) VIRTUAL, -- where it stands
    PRIMARY KEY (statement, issue_number)
) STRICT, WITHOUT ROWID;
INSERT INTO stance_rows (statement, issue_number, stance_number, condition, millionths)
SELECT p.statement, i.number, CASE p.stance WHEN 'support' THEN 0 WHEN 'oppose' THEN 1 WHEN 'conditional' THEN 2 WHEN 'mixed' THEN 3 WHEN 'neutral' THEN 4 WHEN 'declines' THEN 5 ELSE 6 END,
    p.condition, CAST(round(p.confidence * 1000000) AS INTEGER)
FROM statement_positions p JOIN issues i ON i.key = p.issue ORDER BY p.statement;

-- Where an actor stands on an issue, over all reports of a story.
CREATE TABLE position_rows (
    id INTEGER PRIMARY KEY, -- made anew with every comparison: by story, so that they stand in the same order whichever was compared last
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE, -- the story
    actor_number INTEGER NOT NULL REFERENCES actors (number), -- who
    issue_number INTEGER NOT NULL REFERENCES issues (number), -- on what
    stance_number INTEGER NOT NULL, -- as in `stance`
    condition TEXT NOT NULL DEFAULT '', -- its words, for conditional
    since TEXT NOT NULL DEFAULT '', -- day of the earliest statement
    was TEXT NOT NULL DEFAULT '', -- the stance before a change
    disputed INTEGER NOT NULL, -- 1: outlets disagree about it
    articles INTEGER NOT NULL, -- that carry it
    millionths INTEGER NOT NULL DEFAULT 0, -- of the surest of its statements
    stance TEXT GENERATED ALWAYS AS (CASE stance_number WHEN 0 THEN 'support' WHEN 1 THEN 'oppose' WHEN 2 THEN 'conditional' WHEN 3 THEN 'mixed' WHEN 4 THEN 'neutral' WHEN 5 THEN 'declines' ELSE 'denies' END) VIRTUAL -- where it stands
) STRICT;
-- Their new numbers.
CREATE TABLE position_numbers (
    former INTEGER PRIMARY KEY, -- as it was
    id INTEGER NOT NULL -- as it is
) STRICT;
INSERT INTO position_numbers (former, id)
SELECT o.id, CASE WHEN o.n < 65536 THEN o.story * 65536 + o.n ELSE 1125899906842624 + o.story * 1048576 + o.n END
FROM (SELECT id, story, row_number() OVER (PARTITION BY story ORDER BY id) - 1 AS n FROM positions) o;
INSERT INTO position_rows (id, story, actor_number, issue_number, stance_number, condition, since, was, disputed, articles, millionths)
SELECT o.id, p.story, x.number, i.number, CASE p.stance WHEN 'support' THEN 0 WHEN 'oppose' THEN 1 WHEN 'conditional' THEN 2 WHEN 'mixed' THEN 3 WHEN 'neutral' THEN 4 WHEN 'declines' THEN 5 ELSE 6 END,
    p.condition, p.since, p.was, p.disputed, p.articles, CAST(round(p.confidence * 1000000) AS INTEGER)
FROM positions p JOIN position_numbers o ON o.former = p.id JOIN actors x ON x.key = p.actor JOIN issues i ON i.key = p.issue ORDER BY o.id;

-- The statements a position rests on.
CREATE TABLE position_statements_small (
    position INTEGER NOT NULL REFERENCES position_rows ON DELETE CASCADE, -- the position
    statement INTEGER NOT NULL REFERENCES statement_rows ON DELETE CASCADE, -- the evidence
    PRIMARY KEY (position, statement)
) STRICT, WITHOUT ROWID;
INSERT INTO position_statements_small (position, statement)
SELECT o.id, e.statement FROM position_statements e JOIN position_numbers o ON o.former = e.position ORDER BY o.id, e.statement;

-- An act of saying something, in as many wordings as outlets.
CREATE TABLE utterance_rows (
    id INTEGER PRIMARY KEY, -- the smallest id of its statements
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE, -- the story
    speaker_number INTEGER REFERENCES actors (number), -- who; null: unknown
    issue_number INTEGER REFERENCES issues (number), -- on what; null: none
    rule_number INTEGER NOT NULL DEFAULT 0, -- as in `rule`; 0: rule_text
    outlets INTEGER NOT NULL, -- how many carry it
    said_on TEXT NOT NULL DEFAULT '', -- day of saying
    rule_text TEXT NOT NULL DEFAULT '', -- a rule that has no number
    absent TEXT NOT NULL DEFAULT '', -- a letter for each slot of the story's articles: why that one does not carry it, or '.'; in the form from before step 15 JSON
    rule TEXT GENERATED ALWAYS AS (CASE rule_number WHEN 1 THEN 'alone' WHEN 2 THEN 'same.words' WHEN 3 THEN 'same.quotation' WHEN 4 THEN 'same.act' WHEN 5 THEN 'same.quotation.acting-for' ELSE rule_text END) VIRTUAL -- why its statements were joined
) STRICT;
INSERT INTO utterance_rows (id, story, speaker_number, issue_number, rule_number, outlets, said_on, rule_text, absent)
SELECT u.id, u.story, (SELECT x.number FROM actors x WHERE x.key = u.speaker), (SELECT i.number FROM issues i WHERE i.key = u.issue),
    CASE u.rule WHEN 'alone' THEN 1 WHEN 'same.words' THEN 2 WHEN 'same.quotation' THEN 3 WHEN 'same.act' THEN 4 WHEN 'same.quotation.acting-for' THEN 5 ELSE 0 END, u.outlets, u.said_on,
    CASE WHEN u.rule IN ('alone', 'same.words', 'same.quotation', 'same.act', 'same.quotation.acting-for') THEN '' ELSE u.rule END, u.absent
FROM utterances u ORDER BY u.id;

-- The actors of a story, and what it says of each.
CREATE TABLE story_actor_rows (
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE, -- the story
    actor_number INTEGER NOT NULL REFERENCES actors (number), -- who
    statements INTEGER NOT NULL, -- by it
    articles INTEGER NOT NULL, -- with a statement by or a mention of it
    names TEXT NOT NULL DEFAULT '', -- the forms it goes by there, what it is called first: of each char(10), the form, char(9) and the kind's first letter; '': not compared since step 5
    kind_number INTEGER NOT NULL DEFAULT 5, -- as in `kind`
    role TEXT NOT NULL DEFAULT '', -- the office it is presented with there
    of TEXT NOT NULL DEFAULT '', -- key of the actor it belongs to there
    name TEXT GENERATED ALWAYS AS (CASE names WHEN '' THEN '' ELSE substr(names, 2, instr(names, char(9)) - 2) END) VIRTUAL, -- what the story calls it
    kind TEXT GENERATED ALWAYS AS (CASE kind_number WHEN 0 THEN 'person' WHEN 1 THEN 'organisation' WHEN 2 THEN 'country' WHEN 3 THEN 'group' WHEN 4 THEN 'outlet' ELSE 'unnamed' END) VIRTUAL, -- what it is there
    PRIMARY KEY (story, actor_number)
) STRICT, WITHOUT ROWID;
INSERT INTO story_actor_rows (story, actor_number, statements, articles, names, kind_number, role, of)
SELECT t.story, x.number, t.statements, t.articles, t.names, t.kind_number, t.role, t.of FROM story_actors t JOIN actors x ON x.key = t.actor ORDER BY t.story;

-- The forms of an actor's name.
CREATE TABLE actor_name_rows (
    actor_number INTEGER NOT NULL REFERENCES actors (number), -- whose
    text TEXT NOT NULL, -- the form
    kind TEXT NOT NULL, -- full, short, acronym, demonym, metonym, native
    PRIMARY KEY (actor_number, text)
) STRICT, WITHOUT ROWID;
INSERT INTO actor_name_rows (actor_number, text, kind) SELECT x.number, n.text, n.kind FROM actor_names n JOIN actors x ON x.key = n.actor ORDER BY x.number;

DROP TABLE position_numbers;
DROP TABLE story_actors;
DROP TABLE actor_names;
DROP TABLE position_statements;
DROP TABLE positions;
DROP TABLE statement_positions;
DROP TABLE utterances;
DROP TABLE statements;
ALTER TABLE position_statements_small RENAME TO position_statements;
CREATE INDEX statement_rows_article ON statement_rows (article, start);
CREATE INDEX statement_rows_speaker ON statement_rows (speaker_number, article, start);
CREATE INDEX statement_rows_utterance ON statement_rows (utterance);
CREATE INDEX statement_rows_via ON statement_rows (via_number) WHERE via_number IS NOT NULL;
CREATE INDEX statement_rows_review ON statement_rows (-worth_number, id) WHERE status = 'proposed';
CREATE INDEX statement_rows_decided ON statement_rows (status, article, start, id) WHERE status <> 'proposed';
CREATE INDEX story_actor_rows_actor ON story_actor_rows (actor_number, -statements, story, articles);
CREATE INDEX story_actor_rows_role ON story_actor_rows (actor_number, -statements, story, role) WHERE role <> '';
CREATE INDEX story_actor_rows_of ON story_actor_rows (actor_number, -statements, story, of) WHERE of <> '';
CREATE INDEX actor_name_rows_text ON actor_name_rows (text COLLATE NOCASE, actor_number);
DROP INDEX article_keys_article; -- an article's keys are told by its signature
CREATE INDEX stance_rows_issue ON stance_rows (issue_number, stance_number, statement);
CREATE INDEX stance_rows_stance ON stance_rows (stance, statement) WHERE stance <> 'neutral';
CREATE INDEX position_rows_story ON position_rows (story, id);
CREATE INDEX position_rows_actor ON position_rows (actor_number, issue_number, id);
CREATE INDEX position_rows_issue ON position_rows (issue_number, actor_number, id);
CREATE INDEX position_rows_changed ON position_rows (story, id) WHERE was <> '';
CREATE INDEX position_statements_statement ON position_statements (statement);
CREATE INDEX utterance_rows_story ON utterance_rows (story, id);
CREATE INDEX utterance_rows_speaker ON utterance_rows (speaker_number, id);
CREATE INDEX utterance_rows_issue ON utterance_rows (issue_number, id) WHERE issue_number IS NOT NULL;

-- The actors of a story, and what it says of each.
CREATE VIEW story_actors AS SELECT
    t.story, -- the story
    x.key AS actor, -- who
    t.statements, -- by it
    t.articles, -- with a statement by or a mention of it
    t.names, -- the forms it goes by there
    t.kind_number, -- as in `kind`
    t.role, -- the office it is presented with there
    t.of, -- key of the actor it belongs to there
    t.name, -- what the story calls it
    t.kind -- what it is there
FROM story_actor_rows t JOIN actors x ON x.number = t.actor_number;

-- The forms of an actor's name.
CREATE VIEW actor_names AS SELECT
    x.key AS actor, -- whose
    n.text, -- the form
    n.kind -- full, short, acronym, demonym, metonym, native
FROM actor_name_rows n JOIN actors x ON x.number = n.actor_number;

-- Attributions: one speaker, cue and content in one article.
CREATE VIEW statements AS SELECT
    st.id, -- never used twice; kept when the same words are read again
    st.article, -- where it stands
    st.story, -- the article's
    st.start, -- of its content: the order within the article
    st.length, -- of its content, code points; 0: none, or content_list
    st.source_at, -- where who says it stands, counted from start on
    st.source_length, -- code points; 0: nowhere, or source_list
    st.cue_at, -- likewise "said"
    st.cue_length, -- likewise
    st.source_list, -- JSON [[start, end], ..], where that is not one span; likewise:
    st.cue_list, -- its cue
    st.content_list, -- its content
    st.kept_words, -- what stands at content_list; also while the article's text is another than the one that was compared; else empty: it stands in the text
    st.kind_number, -- 0 direct, 1 mixed, 2 indirect
    st.status_number, -- 0 proposed, 1 confirmed, 2 rejected, 3 edited
    st.rule_number, -- as in `rule`; 0: rule_text
    st.variant_number, -- as in `variant`
    st.fullest, -- 1: the others are compared with it
    (SELECT x.key FROM actors x WHERE x.number = st.speaker_number) AS speaker, -- who says it; null: the text does not tell
    (SELECT x.key FROM actors x WHERE x.number = st.via_number) AS via, -- who carries it ("Reuters said X said")
    st.channel, -- "X", "press conference"
    st.said_on, -- day of saying, where the text tells
    st.rule_text, -- a rule that has no number
    CAST(st.millionths AS REAL) / 1000000 AS confidence, -- 0..1
    CAST(st.worth_number AS REAL) / 1000000 AS worth, -- how much a person's look at it is worth
    st.utterance, -- the act of saying it belongs to; null: rejected
    st.context, -- of a row in the form from before step 13: JSON {before, after}
    st.kind, -- how it is quoted
    st.status, -- what a person said of it
    st.rule, -- what found it
    st.variant, -- how its wording stands to the fullest one
    st.source, -- JSON [[start, end]]: who, as the text puts it
    st.cue, -- JSON [[start, end]]: "said"
    st.content, -- JSON [[start, end]]
    st.speaker_number, -- actors.number of who says it
    st.via_number, -- actors.number of who carries it
    st.millionths, -- its confidence
    st.worth_number -- its worth in millionths: the order of the queue
FROM statement_rows st;

-- What statements say.
CREATE VIEW statement_words AS SELECT
    st.id, -- statements.id
    CASE WHEN st.kept_words <> '' THEN st.kept_words
        ELSE substr((SELECT v.text FROM article_versions v WHERE v.article = st.article AND v.current), st.start + 1, st.length) END AS words -- as a reader has them
FROM statements st;

-- What a statement says on an issue.
CREATE VIEW statement_positions AS SELECT
    p.statement, -- the evidence
    i.key AS issue, -- on what
    p.stance, -- where it stands
    p.condition, -- its words, for conditional
    CAST(p.millionths AS REAL) / 1000000 AS confidence -- 0..1: how likely the stance is right; 1: a person said so; 0: not known
FROM stance_rows p JOIN issues i ON i.number = p.issue_number;

-- Where an actor stands on an issue, over all reports of a story.
CREATE VIEW positions AS SELECT
    p.id, -- made anew with every comparison
    p.story, -- the story
    x.key AS actor, -- who
    i.key AS issue, -- on what
    p.stance, -- where it stands
    p.condition, -- its words, for conditional
    p.since, -- day of the earliest statement
    p.was, -- the stance before a change
    p.disputed, -- 1: outlets disagree about it
    p.articles, -- that carry it
    CAST(p.millionths AS REAL) / 1000000 AS confidence -- of the surest of its statements
FROM position_rows p JOIN actors x ON x.number = p.actor_number JOIN issues i ON i.number = p.issue_number;

-- Acts of saying something.
CREATE VIEW utterances AS SELECT
    u.id, -- the smallest id of its statements
    u.story, -- the story
    (SELECT x.key FROM actors x WHERE x.number = u.speaker_number) AS speaker, -- who; null: unknown
    (SELECT i.key FROM issues i WHERE i.number = u.issue_number) AS issue, -- on what; null: none
    u.said_on, -- day of saying
    u.rule, -- why its statements were joined
    u.outlets, -- how many carry it
    u.absent, -- why which articles do not carry it
    u.speaker_number, -- actors.number
    u.issue_number -- issues.number
FROM utterance_rows u;

-- Who says what, in one article.
CREATE VIEW v_statement AS SELECT
    st.id, -- never used twice
    st.article, -- v_article.id
    st.story, -- v_article.story
    (SELECT o.name FROM outlets o WHERE o.id = a.outlet) AS outlet, -- who published it
    nullif(a.day, '') AS day, -- when the article was published
    st.kind, -- direct, mixed, indirect
    st.start, -- of what is said, code points
    CASE WHEN st.content_list IS NULL THEN st.start + st.length WHEN st.kept_words <> '' AND instr(st.kept_words, ' … ') = 0 THEN st.start + length(st.kept_words) END AS "end", -- behind it; null where the words stand in several places
    w.words, -- what is said, places joined by " … "
    st.speaker, -- key of who says it; null: the text does not tell
    x.name AS speaker_name, -- as it is called
    x.kind AS speaker_kind, -- person, organisation, country, group, outlet, unnamed
    nullif(x.role, '') AS speaker_role, -- the office it is presented with
    nullif(x.of, '') AS speaker_of, -- key of the actor it belongs to
    st.via, -- key of who carries it
    nullif(st.channel, '') AS channel, -- "press conference"
    nullif(st.said_on, '') AS said_on, -- day of saying, where the text tells
    st.confidence, -- 0..1
    st.rule, -- what found it
    st.status, -- proposed, confirmed, edited
    st.utterance, -- the same in the wordings of one act of saying
    nullif(st.variant, '') AS variant, -- how its wording stands to the fullest one
    st.fullest -- 1: the wording that the others are compared with
FROM statements st JOIN statement_words w ON w.id = st.id JOIN articles a ON a.id = st.article
    LEFT JOIN actors x ON x.key = st.speaker
WHERE st.story > 0 AND st.status <> 'rejected';

-- What a statement says on an issue: a row for each of both.
CREATE VIEW v_stance AS SELECT
    st.id AS statement, -- v_statement.id
    st.article, -- v_article.id
    st.story, -- v_article.story
    (SELECT o.name FROM outlets o WHERE o.id = a.outlet) AS outlet, -- who published it
    nullif(a.day, '') AS day, -- when the article was published
    st.speaker, -- key of who says it
    (SELECT x.name FROM actors x WHERE x.key = st.speaker) AS speaker_name, -- as it is called
    p.issue, -- key of the question
    i.title AS issue_title, -- as a heading
    i.sort, -- proposal, judgement, fact
    p.stance, -- support, oppose, conditional, mixed, neutral, declines, denies
    nullif(p.condition, '') AS condition, -- its words, for conditional
    p.confidence, -- 0..1: how likely the stance is right; 1: a person said so; 0: not known
    w.words -- what is said
FROM statement_positions p JOIN statements st ON st.id = p.statement JOIN statement_words w ON w.id = st.id
    JOIN articles a ON a.id = st.article JOIN issues i ON i.key = p.issue
WHERE st.story > 0 AND st.status <> 'rejected';

-- Where an actor stands on an issue, over all reports of a story.
CREATE VIEW v_position AS SELECT
    p.story, -- v_article.story
    p.actor, -- key
    x.name AS actor_name, -- as it is called
    x.kind AS actor_kind, -- person, organisation, country, group, outlet, unnamed
    p.issue, -- key of the question
    i.title AS issue_title, -- as a heading
    i.sort, -- proposal, judgement, fact
    p.stance, -- support, oppose, conditional, mixed, neutral, declines, denies
    nullif(p.condition, '') AS condition, -- its words, for conditional
    nullif(p.since, '') AS since, -- day of the earliest statement
    nullif(p.was, '') AS was, -- the stance before a change
    p.disputed, -- 1: outlets disagree about it
    p.articles, -- how many carry it
    (SELECT count(*) FROM position_statements e WHERE e.position = p.id) AS statements, -- it rests on
    p.confidence -- of the surest of its statements
FROM positions p JOIN actors x ON x.key = p.actor JOIN issues i ON i.key = p.issue
WHERE p.story > 0;

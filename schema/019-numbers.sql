-- What a store weighs. Words that stand in an article's text are not kept beside it, what has few
-- values is a number, and the places of an article's names are one row.
--
-- Columns GENERATED follow from the numbers beside them and take no room in SQLite: they are what is
-- read, the numbers what is written. A table that has such a column has no CHECK: SQLite 3.40 cannot
-- copy it then (VACUUM INTO, by a connection that only reads).

DROP VIEW v_statement;
DROP VIEW v_stance;
DROP VIEW v_position;
DROP VIEW v_mention;

-- Attributions: one speaker, cue and content in one article.
CREATE TABLE statements_small (
    id INTEGER PRIMARY KEY, -- never used twice; kept when the same words are read again
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, -- where it stands
    story INTEGER NOT NULL REFERENCES stories, -- the article's
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
    speaker TEXT REFERENCES actors, -- who says it; null: the text does not tell
    via TEXT REFERENCES actors, -- who carries it ("Reuters said X said")
    channel TEXT NOT NULL DEFAULT '', -- "X", "press conference"
    said_on TEXT NOT NULL DEFAULT '', -- day of saying, where the text tells
    rule_text TEXT NOT NULL DEFAULT '', -- a rule that has no number
    confidence REAL NOT NULL, -- 0..1
    worth REAL NOT NULL DEFAULT 0, -- how much a person's look at it is worth: see save_worth
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
INSERT INTO statements_small (id, article, story, start, length, source_at, source_length, cue_at, cue_length, source_list, cue_list, content_list, kept_words,
    kind_number, status_number, rule_number, variant_number, fullest, speaker, via, channel, said_on, rule_text, confidence, worth, utterance, context)
SELECT o.id, o.article, o.story, o.start,
    CASE WHEN o.one_content THEN json_extract(o.content, '$[0][1]') - json_extract(o.content, '$[0][0]') ELSE 0 END,
    CASE WHEN o.one_source THEN json_extract(o.source, '$[0][0]') - o.start ELSE 0 END,
    CASE WHEN o.one_source THEN json_extract(o.source, '$[0][1]') - json_extract(o.source, '$[0][0]') ELSE 0 END,
    CASE WHEN o.one_cue THEN json_extract(o.cue, '$[0][0]') - o.start ELSE 0 END,
    CASE WHEN o.one_cue THEN json_extract(o.cue, '$[0][1]') - json_extract(o.cue, '$[0][0]') ELSE 0 END,
    CASE WHEN o.one_source OR o.source = '[]' THEN NULL ELSE o.source END,
    CASE WHEN o.one_cue OR o.cue = '[]' THEN NULL ELSE o.cue END,
    CASE WHEN o.one_content OR o.content = '[]' THEN NULL ELSE o.content END,
    CASE WHEN o.one_content AND o.words = substr((SELECT v.text FROM article_versions v WHERE v.article = o.article AND v.current), o.start + 1,
        length(o.words)) AND json_extract(o.content, '$[0][1]') - json_extract(o.content, '$[0][0]') = length(o.words) THEN '' ELSE o.words END,
    CASE o.kind WHEN 'direct' THEN 0 WHEN 'mixed' THEN 1 ELSE 2 END,
    CASE o.status WHEN 'proposed' THEN 0 WHEN 'confirmed' THEN 1 WHEN 'rejected' THEN 2 ELSE 3 END,
    0,
    CASE o.variant WHEN 'verbatim' THEN 1 WHEN 'cut' THEN 2 WHEN 'merged' THEN 3 WHEN 'word-changed' THEN 4 WHEN 'negation' THEN 5
        WHEN 'number-changed' THEN 6 WHEN 'paraphrase' THEN 7 ELSE 0 END,
    o.fullest, o.speaker, o.via, o.channel, o.said_on, o.rule, o.confidence, o.worth, o.utterance, o.context
FROM (SELECT st.*, st.source LIKE '[[%' AND instr(st.source, '],[') = 0 AS one_source, st.cue LIKE '[[%' AND instr(st.cue, '],[') = 0 AS one_cue,
    st.content LIKE '[[' || CAST(st.start AS TEXT) || ',%' AND instr(st.content, '],[') = 0 AS one_content FROM statements st) o;
UPDATE statements_small SET rule_text = '', rule_number = CASE rule_text WHEN 'reader.model' THEN 1 WHEN 'reader.model.nested' THEN 2 WHEN 'reader.noun' THEN 3 WHEN 'reader.late' THEN 4 WHEN 'reader.clause' THEN 5 WHEN 'reader.passive' THEN 6 WHEN 'reader.participle' THEN 7 WHEN 'reader.second' THEN 8
    WHEN 'reader.quote.after' THEN 9 WHEN 'reader.quote.before' THEN 10 WHEN 'reader.quote.naming' THEN 11 WHEN 'reader.quote.turn' THEN 12 WHEN 'reader.quote.signature' THEN 13 WHEN 'reader.transcript' THEN 14 WHEN 'reader.question' THEN 15 WHEN 'reader.answer' THEN 16 END
    WHERE rule_text IN ('reader.model', 'reader.model.nested', 'reader.noun', 'reader.late', 'reader.clause', 'reader.passive', 'reader.participle', 'reader.second', 'reader.quote.after', 'reader.quote.before', 'reader.quote.naming', 'reader.quote.turn', 'reader.quote.signature', 'reader.transcript', 'reader.question', 'reader.answer');

-- What a statement says on an issue.
CREATE TABLE statement_positions_small (
    statement INTEGER NOT NULL REFERENCES statements_small ON DELETE CASCADE, -- the evidence
    issue TEXT NOT NULL REFERENCES issues, -- on what
    stance TEXT NOT NULL CHECK (stance IN ('support', 'oppose', 'conditional', 'mixed', 'neutral', 'declines', 'denies')), -- where it stands
    condition TEXT NOT NULL DEFAULT '', -- its words, for conditional
    confidence REAL NOT NULL DEFAULT 0, -- 0..1: how likely the stance is right; 1: a person said so; 0: not known
    PRIMARY KEY (statement, issue)
) STRICT, WITHOUT ROWID;
INSERT INTO statement_positions_small (statement, issue, stance, condition, confidence)
SELECT statement, issue, stance, condition, confidence FROM statement_positions;

-- The statements a position rests on.
CREATE TABLE position_statements_small (
    position INTEGER NOT NULL REFERENCES positions ON DELETE CASCADE, -- the position
    statement INTEGER NOT NULL REFERENCES statements_small ON DELETE CASCADE, -- the evidence
    PRIMARY KEY (position, statement)
) STRICT, WITHOUT ROWID;
INSERT INTO position_statements_small (position, statement) SELECT position, statement FROM position_statements;

DROP TABLE statement_search;
DROP TABLE statement_positions;
DROP TABLE position_statements;
DROP TABLE statements;
ALTER TABLE statements_small RENAME TO statements;
ALTER TABLE statement_positions_small RENAME TO statement_positions;
ALTER TABLE position_statements_small RENAME TO position_statements;
CREATE INDEX statements_article ON statements (article, start);
CREATE INDEX statements_story ON statements (story, article, start);
CREATE INDEX statements_speaker ON statements (speaker, article, start);
CREATE INDEX statements_utterance ON statements (utterance);
CREATE INDEX statements_via ON statements (via) WHERE via IS NOT NULL;
CREATE INDEX statements_review ON statements (-worth, id) WHERE status = 'proposed';
CREATE INDEX statements_decided ON statements (status, article, start, id) WHERE status <> 'proposed';
CREATE INDEX statement_positions_issue ON statement_positions (issue, stance, statement);
CREATE INDEX statement_positions_stance ON statement_positions (stance, statement) WHERE stance <> 'neutral';
CREATE INDEX position_statements_statement ON position_statements (statement);

-- What statements say.
CREATE VIEW statement_words AS SELECT
    st.id, -- statements.id
    CASE WHEN st.kept_words <> '' THEN st.kept_words
        ELSE substr((SELECT v.text FROM article_versions v WHERE v.article = st.article AND v.current), st.start + 1, st.length) END AS words -- as a reader has them
FROM statements st;

-- Full text of the statements' content; kept in step by store/sqlite/search.c.
CREATE VIRTUAL TABLE statement_search USING fts5 (
    words, content = 'statement_words', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO statement_search (rowid, words) SELECT id, words FROM statement_words;

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

-- The actors of a story, and what it says of each (005). Their names were a table and an index of it, and
-- most actors have one name, in one story.
CREATE TABLE story_actors_small (
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE, -- the story
    actor TEXT NOT NULL REFERENCES actors, -- who
    statements INTEGER NOT NULL, -- by it
    articles INTEGER NOT NULL, -- with a statement by or a mention of it
    names TEXT NOT NULL DEFAULT '', -- the forms it goes by there, what it is called first: of each char(10), the form, char(9) and the kind's first letter; '': not compared since step 5
    kind_number INTEGER NOT NULL DEFAULT 5, -- as in `kind`
    role TEXT NOT NULL DEFAULT '', -- the office it is presented with there
    of TEXT NOT NULL DEFAULT '', -- key of the actor it belongs to there
    name TEXT GENERATED ALWAYS AS (CASE names WHEN '' THEN '' ELSE substr(names, 2, instr(names, char(9)) - 2) END) VIRTUAL, -- what the story calls it
    kind TEXT GENERATED ALWAYS AS (CASE kind_number WHEN 0 THEN 'person' WHEN 1 THEN 'organisation' WHEN 2 THEN 'country' WHEN 3 THEN 'group' WHEN 4 THEN 'outlet' ELSE 'unnamed' END) VIRTUAL, -- what it is there
    PRIMARY KEY (story, actor)
) STRICT, WITHOUT ROWID;
INSERT INTO story_actors_small (story, actor, statements, articles, names, kind_number, role, of)
SELECT t.story, t.actor, t.statements, t.articles, CASE t.name WHEN '' THEN '' ELSE char(10) || t.name || char(9)
        || coalesce((SELECT substr(n.kind, 1, 1) FROM story_names n WHERE n.story = t.story AND n.actor = t.actor AND n.text = t.name), '-')
        || coalesce((SELECT replace(group_concat(m.form), char(9) || ',', '') FROM (SELECT char(10) || n.text || char(9) || substr(n.kind, 1, 1) || char(9) AS form
            FROM story_names n WHERE n.story = t.story AND n.actor = t.actor AND n.text <> t.name ORDER BY n.text) m), '') END,
    CASE t.kind WHEN 'person' THEN 0 WHEN 'organisation' THEN 1 WHEN 'country' THEN 2 WHEN 'group' THEN 3 WHEN 'outlet' THEN 4 ELSE 5 END, t.role, t.of
FROM story_actors t;
UPDATE story_actors_small SET names = substr(names, 1, length(names) - 1) WHERE substr(names, length(names)) = char(9);
DROP TABLE story_names;
DROP TABLE story_actors;
ALTER TABLE story_actors_small RENAME TO story_actors;
CREATE INDEX story_actors_actor ON story_actors (actor, -statements, story, articles);
CREATE INDEX story_actors_role ON story_actors (actor, -statements, story, role) WHERE role <> '';
CREATE INDEX story_actors_of ON story_actors (actor, -statements, story, of) WHERE of <> '';

-- The places where an article names actors or refers to them: one row an article, for they are read
-- together. [["actor's key", place, ..], ..], where a place is (start * 1024 + length) * 4 + reading,
-- and the readings are 0 actor, 1 place, 2 pronoun, 3 nominal: Kyiv the government, Kyiv the city.
CREATE TABLE article_mentions (
    article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE, -- where
    places TEXT NOT NULL -- JSON, see above; null for a key: nobody known
) STRICT;
INSERT INTO article_mentions (article, places)
SELECT g.article, '[' || group_concat(g.one) || ']' FROM (SELECT m.article,
    '[' || coalesce('"' || m.actor || '"', 'null') || ',' || group_concat((m.start * 1024 + min(m.end - m.start, 1023)) * 4
        + CASE m.reading WHEN 'actor' THEN 0 WHEN 'place' THEN 1 WHEN 'pronoun' THEN 2 ELSE 3 END) || ']' AS one
    FROM mentions m GROUP BY m.article, m.actor) g GROUP BY g.article;
DROP TABLE mentions;

-- The places where articles name actors or refer to them.
CREATE VIEW v_mention AS SELECT
    m.article, -- v_article.id
    m.story, -- v_article.story
    m.place / 4096 AS start, -- code points
    m.place / 4096 + m.place % 4096 / 4 AS "end", -- behind the last
    substr(v.text, m.place / 4096 + 1, m.place % 4096 / 4) AS exact, -- the words
    m.actor, -- key of who is meant; null: nobody known
    x.name AS actor_name, -- as it is called
    CASE m.place % 4 WHEN 0 THEN 'actor' WHEN 1 THEN 'place' WHEN 2 THEN 'pronoun' ELSE 'nominal' END AS reading -- actor, place, pronoun, nominal
FROM (SELECT p.article, a.story, nullif(coalesce(json_extract(k.value, '$[0]'), ''), '') AS actor, CAST(CAST(n.value AS TEXT) AS INTEGER) AS place
        FROM article_mentions p JOIN articles a ON a.id = p.article, json_each(p.places) k, json_each(k.value) n WHERE n.key > 0 AND a.story > 0) m
    JOIN article_versions v ON v.article = m.article AND v.current
    LEFT JOIN actors x ON x.key = m.actor;

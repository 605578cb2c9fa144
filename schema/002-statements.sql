-- What was found in the articles of a story and by comparing them: actors, statements, issues,
-- positions, conflicts, and what the versions of an article say otherwise.

-- Independent sources of a story's matter: copies and rewrites of one report share one.
CREATE TABLE origins (
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE, -- the story
    number INTEGER NOT NULL, -- 1, 2, ... within the story
    articles INTEGER NOT NULL, -- how many go back to it
    PRIMARY KEY (story, number)
) STRICT, WITHOUT ROWID;

-- Which article of a story rewrites which.
CREATE TABLE rewrites (
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE, -- the story
    of INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, -- the article that was there first
    by INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, -- the article that carries its matter
    share REAL NOT NULL, -- of `by` that stands in `of`, 0..1
    PRIMARY KEY (story, of, by)
) STRICT, WITHOUT ROWID;

-- Who speaks or is spoken of.
CREATE TABLE actors (
    key TEXT PRIMARY KEY, -- slug: the same for the same actor everywhere
    name TEXT NOT NULL, -- canonical
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'country', 'group', 'outlet', 'unnamed')), -- what it is
    role TEXT NOT NULL DEFAULT '', -- the office it is presented with
    of TEXT NOT NULL DEFAULT '', -- key of the actor it belongs to or acts for
    statements INTEGER NOT NULL DEFAULT 0, -- over all stories
    articles INTEGER NOT NULL DEFAULT 0, -- that name it
    stories INTEGER NOT NULL DEFAULT 0 -- that name it
) STRICT, WITHOUT ROWID;
CREATE INDEX actors_weight ON actors (-statements, key);
CREATE INDEX actors_of ON actors (of, -statements, key) WHERE of <> '';

-- The forms an actor goes by.
CREATE TABLE actor_names (
    actor TEXT NOT NULL REFERENCES actors ON DELETE CASCADE, -- whose
    text TEXT NOT NULL, -- the form
    kind TEXT NOT NULL CHECK (kind IN ('full', 'short', 'acronym', 'demonym', 'metonym', 'native')), -- of form
    PRIMARY KEY (actor, text)
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_names_text ON actor_names (text COLLATE NOCASE, actor);

-- Offices, with the days between which articles attest them.
CREATE TABLE actor_roles (
    actor TEXT NOT NULL REFERENCES actors ON DELETE CASCADE, -- who holds it
    title TEXT NOT NULL, -- "foreign minister"
    of TEXT NOT NULL DEFAULT '', -- key of the actor it is held for
    first_day TEXT, -- first attested
    last_day TEXT, -- last attested
    PRIMARY KEY (actor, title, of)
) STRICT, WITHOUT ROWID;

-- The actors of a story.
CREATE TABLE story_actors (
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE, -- the story
    actor TEXT NOT NULL REFERENCES actors, -- who
    statements INTEGER NOT NULL, -- by it
    articles INTEGER NOT NULL, -- with a statement by or a mention of it
    PRIMARY KEY (story, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_actors_actor ON story_actors (actor, story, statements, articles);
CREATE INDEX story_actors_weight ON story_actors (story, -statements, actor);

-- The places where an article names an actor or refers to it. No index by actor: who searches for one
-- looks through the mentions of the articles found, some dozens each.
CREATE TABLE mentions (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, -- where
    start INTEGER NOT NULL, -- code point
    end INTEGER NOT NULL, -- behind the last code point
    actor TEXT REFERENCES actors, -- who is meant; null: nobody known
    reading TEXT NOT NULL CHECK (reading IN ('actor', 'place', 'pronoun', 'nominal')), -- Kyiv the government, Kyiv the city
    PRIMARY KEY (article, start, end)
) STRICT, WITHOUT ROWID;

-- Attributions: one speaker, cue and content in one article. The columns with JSON are
-- finished, offsets and words, because every list shows them.
CREATE TABLE statements (
    id INTEGER PRIMARY KEY, -- never used twice; kept when the same words are read again
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, -- where it stands
    story INTEGER NOT NULL REFERENCES stories, -- the article's
    start INTEGER NOT NULL, -- of its content: the order within the article
    kind TEXT NOT NULL CHECK (kind IN ('direct', 'mixed', 'indirect')), -- how it is quoted
    speaker TEXT REFERENCES actors, -- who says it; null: the text does not tell
    via TEXT REFERENCES actors, -- who carries it ("Reuters said X said")
    channel TEXT NOT NULL DEFAULT '', -- "X", "press conference"
    said_on TEXT NOT NULL DEFAULT '', -- day of saying, where the text tells
    confidence REAL NOT NULL, -- 0..1
    rule TEXT NOT NULL, -- what found it
    status TEXT NOT NULL CHECK (status IN ('proposed', 'confirmed', 'rejected', 'edited')), -- what a person said of it
    utterance INTEGER, -- the act of saying it belongs to; null: rejected
    variant TEXT NOT NULL DEFAULT '', -- how its wording stands to the fullest one
    fullest INTEGER NOT NULL DEFAULT 0 CHECK (fullest IN (0, 1)), -- 1: the others are compared with it
    words TEXT NOT NULL, -- its content, spans joined by " … "
    source TEXT NOT NULL, -- JSON [SPAN]: who, as the text puts it
    cue TEXT NOT NULL, -- JSON [SPAN]: "said"
    content TEXT NOT NULL, -- JSON [SPAN]
    context TEXT NOT NULL -- JSON {before, after}: the text around it
) STRICT;
CREATE INDEX statements_article ON statements (article, start, id);
CREATE INDEX statements_story ON statements (story, article, start, id);
CREATE INDEX statements_speaker ON statements (speaker, article, start, id);
CREATE INDEX statements_utterance ON statements (utterance, id);
CREATE INDEX statements_via ON statements (via) WHERE via IS NOT NULL;

-- What a statement says on an issue.
CREATE TABLE statement_positions (
    statement INTEGER NOT NULL REFERENCES statements ON DELETE CASCADE, -- the evidence
    issue TEXT NOT NULL REFERENCES issues, -- on what
    stance TEXT NOT NULL CHECK (stance IN ('support', 'oppose', 'conditional', 'mixed', 'neutral', 'declines', 'denies')), -- where it stands
    condition TEXT NOT NULL DEFAULT '', -- its words, for conditional
    confidence REAL NOT NULL DEFAULT 0, -- 0..1: how likely the stance is right; 1: a person said so; 0: not known
    PRIMARY KEY (statement, issue)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_positions_issue ON statement_positions (issue, stance, statement);

-- Full text of the statements' content; kept in step by store/sqlite/search.c.
CREATE VIRTUAL TABLE statement_search USING fts5 (
    words, content = 'statements', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '3');

-- Acts of saying; their statements are the wordings in which the articles carry them.
CREATE TABLE utterances (
    id INTEGER PRIMARY KEY, -- the smallest id of its statements
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE, -- the story
    speaker TEXT REFERENCES actors, -- who; null: unknown
    issue TEXT REFERENCES issues, -- on what; null: none
    said_on TEXT NOT NULL DEFAULT '', -- day of saying
    rule TEXT NOT NULL, -- why its statements were joined
    outlets INTEGER NOT NULL, -- how many carry it
    absent TEXT NOT NULL DEFAULT '[]' -- JSON [{article, why}]: the articles of the story that do not carry it: absent, published-before, copy, not-reviewed
) STRICT;
CREATE INDEX utterances_story ON utterances (story, id);
CREATE INDEX utterances_speaker ON utterances (speaker, id);
CREATE INDEX utterances_issue ON utterances (issue, id) WHERE issue IS NOT NULL;

-- Questions on which actors take positions.
CREATE TABLE issues (
    key TEXT PRIMARY KEY, -- slug
    title TEXT NOT NULL, -- as a heading
    by TEXT NOT NULL CHECK (by IN ('person', 'engine')), -- who put it up
    sort TEXT NOT NULL DEFAULT 'proposal' CHECK (sort IN ('proposal', 'judgement', 'fact')) -- what it asks: do it or not, good or bad, so or not
) STRICT, WITHOUT ROWID;

-- The issues of a story.
CREATE TABLE story_issues (
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE, -- the story
    issue TEXT NOT NULL REFERENCES issues, -- the question
    PRIMARY KEY (story, issue)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_issues_issue ON story_issues (issue, story);

-- The words by which an issue is found in a story's statements.
CREATE TABLE issue_terms (
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE, -- where they were found or given for
    issue TEXT NOT NULL REFERENCES issues, -- the question
    number INTEGER NOT NULL, -- 1, 2, ...: their order
    term TEXT NOT NULL, -- a word or phrase
    PRIMARY KEY (story, issue, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX issue_terms_issue ON issue_terms (issue, story, number, term);

-- Actor x issue x stance within a story.
CREATE TABLE positions (
    id INTEGER PRIMARY KEY, -- made anew with every comparison
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE, -- the story
    actor TEXT NOT NULL REFERENCES actors, -- who
    issue TEXT NOT NULL REFERENCES issues, -- on what
    stance TEXT NOT NULL CHECK (stance IN ('support', 'oppose', 'conditional', 'mixed', 'neutral', 'declines', 'denies')), -- where it stands
    condition TEXT NOT NULL DEFAULT '', -- its words, for conditional
    since TEXT NOT NULL DEFAULT '', -- day of the earliest statement
    was TEXT NOT NULL DEFAULT '', -- the stance before a change
    disputed INTEGER NOT NULL CHECK (disputed IN (0, 1)), -- 1: outlets disagree about it
    articles INTEGER NOT NULL, -- that carry it
    confidence REAL NOT NULL DEFAULT 0 -- of the surest of its statements
) STRICT;
CREATE INDEX positions_story ON positions (story, actor, issue, id);
CREATE INDEX positions_actor ON positions (actor, issue, id);
CREATE INDEX positions_issue ON positions (issue, stance, actor, id);

-- The statements a position rests on.
CREATE TABLE position_statements (
    position INTEGER NOT NULL REFERENCES positions ON DELETE CASCADE, -- the position
    statement INTEGER NOT NULL REFERENCES statements ON DELETE CASCADE, -- the evidence
    PRIMARY KEY (position, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX position_statements_statement ON position_statements (statement);

-- Spans that cannot both be right, or a speaker in contradiction.
CREATE TABLE conflicts (
    id INTEGER PRIMARY KEY, -- made from rule and spans: the same when read again
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE, -- the story
    rule TEXT NOT NULL, -- which found it
    nature TEXT NOT NULL, -- outlets-disagree, actor-changed, times-differ
    note TEXT NOT NULL, -- one sentence
    status TEXT NOT NULL CHECK (status IN ('proposed', 'confirmed', 'dismissed')) -- what a person said of it
) STRICT;
CREATE INDEX conflicts_story ON conflicts (story, id, rule, status, nature);

-- The two or more places of a conflict.
CREATE TABLE conflict_spans (
    conflict INTEGER NOT NULL REFERENCES conflicts ON DELETE CASCADE, -- the conflict
    number INTEGER NOT NULL, -- 1, 2, ...
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, -- where
    start INTEGER NOT NULL, -- code point
    end INTEGER NOT NULL, -- behind the last code point
    exact TEXT NOT NULL, -- the words
    prefix TEXT NOT NULL, -- 32 code points before
    suffix TEXT NOT NULL, -- 32 code points behind
    PRIMARY KEY (conflict, number)
) STRICT, WITHOUT ROWID;

-- The comparison document of a story, finished: what its page and its readers over HTTP get.
CREATE TABLE comparisons (
    story INTEGER PRIMARY KEY REFERENCES stories ON DELETE CASCADE, -- the story
    document TEXT NOT NULL, -- JSON, offsets in code points
    utf16 TEXT -- the same with offsets in UTF-16 units; null: they are the same
) STRICT;

-- What a version that has been replaced said, as it stood when the next one came.
CREATE TABLE version_statements (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, -- whose
    version INTEGER NOT NULL, -- in which of its versions
    statement INTEGER NOT NULL, -- the id it had, or has still
    speaker TEXT, -- actor's key; null: the text did not tell
    speaker_name TEXT NOT NULL DEFAULT '', -- as it was called then
    words TEXT NOT NULL, -- its content
    PRIMARY KEY (article, version, statement)
) STRICT, WITHOUT ROWID;

-- How what a version says differs from what the one before it said.
CREATE TABLE version_changes (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, -- whose
    version INTEGER NOT NULL, -- the later version
    number INTEGER NOT NULL, -- 1, 2, ...: order of the text
    change TEXT NOT NULL CHECK (change IN ('added', 'dropped', 'reworded', 're-attributed')), -- what happened
    before TEXT, -- JSON {id, speaker, speaker_name, words}; null: added
    after TEXT, -- JSON, likewise; null: dropped
    PRIMARY KEY (article, version, number)
) STRICT, WITHOUT ROWID;

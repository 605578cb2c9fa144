-- The store of synoptic: reports of several outlets, who says what in them, and what persons
-- decided about it. One file per step, applied once, in order; user_version is the last step's
-- number. Offsets are Unicode code points into the current text of an article, half-open. Days are
-- YYYY-MM-DD, times RFC 3339 in UTC. What is derived from the texts can be thrown away and made
-- anew; articles, decisions and issues of persons cannot.

-- Counters of the program itself.
CREATE TABLE state (
    name TEXT PRIMARY KEY, -- revision (of content), imports (revision of their progress), statement (last id given)
    value INTEGER NOT NULL -- the number
) STRICT, WITHOUT ROWID;
INSERT INTO state VALUES ('revision', 1), ('imports', 1), ('statement', 0);

-- Who publishes.
CREATE TABLE outlets (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice
    name TEXT NOT NULL UNIQUE COLLATE NOCASE, -- as readers know it
    domain TEXT NOT NULL DEFAULT '' -- host name of its site, where known
) STRICT;

-- The articles that report the same event. The counts are those of the last comparison.
CREATE TABLE stories (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice
    title TEXT NOT NULL DEFAULT '', -- what to call it
    title_by TEXT NOT NULL DEFAULT 'engine' CHECK (title_by IN ('engine', 'person')), -- who titled it
    first_day TEXT, -- earliest day of publication
    last_day TEXT, -- latest day of publication
    sort TEXT NOT NULL DEFAULT '', -- last_day or empty: the order of the list
    articles INTEGER NOT NULL DEFAULT 0, -- how many
    origins INTEGER NOT NULL DEFAULT 0, -- independent sources among them
    statements INTEGER NOT NULL DEFAULT 0, -- rejected ones left out
    utterances INTEGER NOT NULL DEFAULT 0, -- distinct acts of saying
    speakers INTEGER NOT NULL DEFAULT 0, -- distinct actors who say something
    issues INTEGER NOT NULL DEFAULT 0, -- questions with a position
    conflicts INTEGER NOT NULL DEFAULT 0, -- not dismissed
    reviewed REAL NOT NULL DEFAULT 0, -- share of articles a person has been through, 0..1
    sample INTEGER NOT NULL DEFAULT 0 CHECK (sample IN (0, 1)), -- 1: the made-up story of `demo`
    stale INTEGER NOT NULL DEFAULT 0, -- grows when an article or a decision is added; 0: compared since
    created TEXT NOT NULL, -- time
    updated TEXT NOT NULL -- time of the last change
) STRICT;
CREATE INDEX stories_newest ON stories (sort DESC, id DESC);
CREATE INDEX stories_stale ON stories (stale) WHERE stale > 0;

-- One report by one outlet. Its text is in article_versions.
CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice
    story INTEGER NOT NULL REFERENCES stories, -- the story it reports
    outlet INTEGER REFERENCES outlets, -- who published it, where known
    url TEXT NOT NULL DEFAULT '', -- canonical address
    title TEXT NOT NULL DEFAULT '', -- headline
    subtitle TEXT NOT NULL DEFAULT '', -- line below the headline
    byline TEXT NOT NULL DEFAULT '', -- authors
    agency TEXT NOT NULL DEFAULT '', -- agency credit
    published TEXT NOT NULL DEFAULT '', -- time or day
    modified TEXT NOT NULL DEFAULT '', -- time or day
    language TEXT NOT NULL DEFAULT '', -- ISO 639-1
    section TEXT NOT NULL DEFAULT '', -- of the paper
    notice TEXT NOT NULL DEFAULT '', -- why the text may not be the whole article
    day TEXT NOT NULL DEFAULT '', -- of publication, for order and filters
    version INTEGER NOT NULL DEFAULT 1, -- the current one
    origin INTEGER, -- number of its origin within the story
    statements INTEGER NOT NULL DEFAULT 0, -- how many, rejected ones left out
    reviewed INTEGER NOT NULL DEFAULT 0 CHECK (reviewed IN (0, 1)), -- 1: a person has been through it
    sample INTEGER NOT NULL DEFAULT 0 CHECK (sample IN (0, 1)), -- 1: made up for `demo`
    signature BLOB, -- by which new articles find their story; the comparison's own form
    added TEXT NOT NULL -- time of import
) STRICT;
CREATE INDEX articles_story ON articles (story, day, id, outlet, origin, reviewed, statements);
CREATE INDEX articles_newest ON articles (day DESC, id DESC);
CREATE INDEX articles_outlet ON articles (outlet, day DESC, id DESC, story);
CREATE INDEX articles_url ON articles (url) WHERE url <> '';

-- The heaviest words of an article's signature: how a new article finds the stories it may belong to.
CREATE TABLE article_keys (
    key INTEGER NOT NULL, -- a hashed word
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, -- where it weighs
    PRIMARY KEY (key, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_keys_article ON article_keys (article);

-- Every text an article has had.
CREATE TABLE article_versions (
    id INTEGER PRIMARY KEY, -- the row of the full-text index
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, -- whose text
    version INTEGER NOT NULL, -- 1, 2, ...
    seen TEXT NOT NULL, -- time it was fetched
    title TEXT NOT NULL, -- headline then
    text TEXT NOT NULL, -- the clean body
    digest INTEGER NOT NULL, -- hash of the text without white space: tells the same article twice
    current INTEGER NOT NULL CHECK (current IN (0, 1)), -- 1: offsets refer to this one
    UNIQUE (article, version)
) STRICT;
CREATE INDEX article_versions_digest ON article_versions (digest, article);
CREATE UNIQUE INDEX article_versions_current ON article_versions (article) WHERE current;

-- Full text of the current versions; kept in step by store/search.c (the engine does not trust
-- triggers with virtual tables).
CREATE VIRTUAL TABLE article_search USING fts5 (
    title, text, content = 'article_versions', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '3');

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

-- The places where an article names an actor or refers to it.
CREATE TABLE mentions (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, -- where
    start INTEGER NOT NULL, -- code point
    end INTEGER NOT NULL, -- behind the last code point
    actor TEXT REFERENCES actors, -- who is meant; null: nobody known
    reading TEXT NOT NULL CHECK (reading IN ('actor', 'place', 'pronoun', 'nominal')), -- Kyiv the government, Kyiv the city
    PRIMARY KEY (article, start, end)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentions_actor ON mentions (actor, article) WHERE actor IS NOT NULL;

-- Attributions: one speaker, cue and content in one article. The columns with JSON are made from
-- statement_spans and the text, once, because every list shows them.
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

-- The spans of a statement: who, "said", what; each role may have several.
CREATE TABLE statement_spans (
    statement INTEGER NOT NULL REFERENCES statements ON DELETE CASCADE, -- whose
    role TEXT NOT NULL CHECK (role IN ('source', 'cue', 'content')), -- PolNeAR's names
    start INTEGER NOT NULL, -- code point
    end INTEGER NOT NULL, -- behind the last code point
    PRIMARY KEY (statement, role, start)
) STRICT, WITHOUT ROWID;

-- What a statement says on an issue.
CREATE TABLE statement_positions (
    statement INTEGER NOT NULL REFERENCES statements ON DELETE CASCADE, -- the evidence
    issue TEXT NOT NULL REFERENCES issues, -- on what
    stance TEXT NOT NULL CHECK (stance IN ('support', 'oppose', 'conditional', 'mixed', 'neutral', 'declines', 'denies')), -- where it stands
    condition TEXT NOT NULL DEFAULT '', -- its words, for conditional
    PRIMARY KEY (statement, issue)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_positions_issue ON statement_positions (issue, stance, statement);

-- Full text of the statements' content; kept in step by store/search.c.
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
    outlets INTEGER NOT NULL -- how many carry it
) STRICT;
CREATE INDEX utterances_story ON utterances (story, id);
CREATE INDEX utterances_speaker ON utterances (speaker, id);
CREATE INDEX utterances_issue ON utterances (issue, id) WHERE issue IS NOT NULL;

-- The articles of the story that do not carry an utterance, and why.
CREATE TABLE utterance_absences (
    utterance INTEGER NOT NULL REFERENCES utterances ON DELETE CASCADE, -- what is missing
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, -- where
    why TEXT NOT NULL CHECK (why IN ('absent', 'published-before', 'copy', 'not-reviewed')), -- the reason
    PRIMARY KEY (utterance, article)
) STRICT, WITHOUT ROWID;

-- Questions on which actors take positions.
CREATE TABLE issues (
    key TEXT PRIMARY KEY, -- slug
    title TEXT NOT NULL, -- as a heading
    by TEXT NOT NULL CHECK (by IN ('person', 'engine')) -- who put it up
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
    articles INTEGER NOT NULL -- that carry it
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

-- Batches of things to import.
CREATE TABLE imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice
    what TEXT NOT NULL, -- for people: "5 files"
    status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'done', 'failed', 'cancelled')), -- how far
    total INTEGER NOT NULL, -- items
    done INTEGER NOT NULL DEFAULT 0, -- items ended well
    failed INTEGER NOT NULL DEFAULT 0, -- items ended badly
    created TEXT NOT NULL, -- time
    finished TEXT -- time
) STRICT;
CREATE INDEX imports_status ON imports (status, id);

-- The queue: one page, feed or file each. The bytes are dropped when the item has ended.
CREATE TABLE import_items (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- the order
    import INTEGER NOT NULL REFERENCES imports ON DELETE CASCADE, -- its batch
    name TEXT NOT NULL, -- for people: file name, address, title
    kind TEXT NOT NULL CHECK (kind IN ('url', 'feed', 'bytes')), -- where it comes from
    bytes BLOB, -- what was submitted
    content_type TEXT NOT NULL DEFAULT '', -- as submitted
    page_type TEXT NOT NULL DEFAULT 'auto', -- auto, html, text, body
    url TEXT NOT NULL DEFAULT '', -- address
    title TEXT NOT NULL DEFAULT '', -- said by whoever imports
    outlet TEXT NOT NULL DEFAULT '', -- said by whoever imports
    published TEXT NOT NULL DEFAULT '', -- said by whoever imports
    sample INTEGER NOT NULL DEFAULT 0 CHECK (sample IN (0, 1)), -- 1: made up for `demo`
    status TEXT NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'done', 'failed', 'cancelled')), -- how far
    stage TEXT NOT NULL DEFAULT '', -- fetch, read, place, compare; or what became of it: new, same, version, feed
    article INTEGER, -- what it became
    story INTEGER, -- where it went
    error TEXT NOT NULL DEFAULT '' -- why it failed
) STRICT;
CREATE INDEX import_items_queue ON import_items (id) WHERE status = 'queued';
CREATE INDEX import_items_import ON import_items (import, id);
CREATE INDEX import_items_status ON import_items (import, status);

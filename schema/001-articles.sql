-- The store of synoptic: reports of several outlets, who says what in them, and what persons
-- decided about it. One file per step, applied once, in order. Offsets are Unicode code points into
-- the current text of an article, half-open. Days are YYYY-MM-DD, times RFC 3339 in UTC. What is
-- derived from the texts (002) can be thrown away and made anew; articles, decisions and issues of
-- persons cannot.
--
-- Stories, their articles, and what is kept beside a text: the bytes it was read from, the other
-- addresses at which it stands.

-- Counters of the program itself.
CREATE TABLE state (
    name TEXT PRIMARY KEY, -- revision (of content), imports (revision of their progress), watches (revision of the watched feeds), statement (last id reserved)
    value INTEGER NOT NULL -- the number
) STRICT, WITHOUT ROWID;
INSERT INTO state VALUES ('revision', 1), ('imports', 1), ('watches', 1), ('statement', 0);

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
    reviewed REAL NOT NULL DEFAULT 0, -- share of its statements (rejected ones are none) a person has looked at, 0..1
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
    added TEXT NOT NULL, -- time of import
    sources TEXT NOT NULL DEFAULT '{}', -- JSON object: where each known field was found: json-ld, opengraph, meta, microdata, link, html, title, heading, time, page, text, url, header, words, or given by whoever brought it
    mentions INTEGER NOT NULL DEFAULT 0 -- a hash over its rows in mentions, many and seldom changed; 0: not known
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

-- Full text of the current versions; kept in step by store/sqlite/search.c (the engine does not trust
-- triggers with virtual tables).
CREATE VIRTUAL TABLE article_search USING fts5 (
    title, text, content = 'article_versions', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '3');

-- What the engine found in an article's text by itself, so that adding a report to a story does not
-- mean finding everything in the others again. Only ever a shortcut: rows can be thrown away.
CREATE TABLE article_attributions (
    article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE, -- in whose current text
    bytes BLOB NOT NULL -- the engine's own form, which says itself of which text and build it is
) STRICT;

-- The bytes a version was read from, so that a better reader can read them again.
CREATE TABLE originals (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, -- whose
    version INTEGER NOT NULL, -- which of its versions was read from them
    url TEXT NOT NULL DEFAULT '', -- where they came from, after redirects
    content_type TEXT NOT NULL DEFAULT '', -- as the host or the person said
    page_type TEXT NOT NULL DEFAULT 'auto', -- auto, html, text, body: how they were read
    title TEXT NOT NULL DEFAULT '', -- said by whoever imported; outranks the page
    outlet TEXT NOT NULL DEFAULT '', -- said by whoever imported
    published TEXT NOT NULL DEFAULT '', -- said by whoever imported
    fetched TEXT NOT NULL, -- time
    size INTEGER NOT NULL, -- bytes, as they were
    bytes BLOB NOT NULL, -- compressed by zlib
    PRIMARY KEY (article, version)
) STRICT;

-- Every address at which an article is known to stand: views for phones and printers, copies.
CREATE TABLE article_addresses (
    key TEXT PRIMARY KEY, -- the address without scheme, tracking and marks of a view
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, -- what stands there
    url TEXT NOT NULL, -- as it was fetched
    view TEXT NOT NULL CHECK (view IN ('page', 'amp', 'print', 'mobile')), -- what kind of place it is
    seen TEXT NOT NULL -- time it was last fetched
) STRICT, WITHOUT ROWID;
CREATE INDEX article_addresses_article ON article_addresses (article, key);

-- What is kept beside an article's text: the bytes it was read from, the other addresses at which
-- it stands, what its earlier versions said, and how far reading everything again has come.

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

-- Readings of stored articles once more, with the program as it is now.
CREATE TABLE rereads (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice
    status TEXT NOT NULL CHECK (status IN ('running', 'done', 'cancelled')), -- how far
    total INTEGER NOT NULL, -- articles
    done INTEGER NOT NULL DEFAULT 0, -- articles read
    changed INTEGER NOT NULL DEFAULT 0, -- of them, those whose text came out otherwise
    from_text INTEGER NOT NULL DEFAULT 0, -- of them, those read from the stored text: no bytes were kept, or they yield none now
    failed INTEGER NOT NULL DEFAULT 0, -- stories that could not be read
    created TEXT NOT NULL, -- time
    finished TEXT -- time
) STRICT;

-- The stories that a reading has still to come to; one leaves when it is read and compared.
CREATE TABLE reread_stories (
    story INTEGER PRIMARY KEY REFERENCES stories ON DELETE CASCADE, -- which
    reread INTEGER NOT NULL REFERENCES rereads ON DELETE CASCADE -- for which reading
) STRICT;

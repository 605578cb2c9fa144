-- What is to be imported, fetched, watched and read again. Fetching and reading are two steps, so
-- that what has been fetched is not fetched again and nobody waits for a slow host.

-- Batches of things to import.
CREATE TABLE imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice
    what TEXT NOT NULL, -- for people: "5 files"
    status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'done', 'failed', 'cancelled')), -- how far
    total INTEGER NOT NULL, -- items
    done INTEGER NOT NULL DEFAULT 0, -- items ended well
    failed INTEGER NOT NULL DEFAULT 0, -- items ended badly
    created TEXT NOT NULL, -- time
    finished TEXT, -- time
    turn INTEGER NOT NULL DEFAULT 0 -- grows when it is served: imports take turns
) STRICT;
CREATE INDEX imports_status ON imports (status, id);
CREATE INDEX imports_turn ON imports (turn);

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
    error TEXT NOT NULL DEFAULT '', -- why it failed
    fetched INTEGER NOT NULL DEFAULT 0 CHECK (fetched IN (0, 1)), -- 1: the bytes are here
    host TEXT NOT NULL DEFAULT '', -- from which it is fetched
    polite INTEGER NOT NULL DEFAULT 0 CHECK (polite IN (0, 1)), -- 1: named by a feed, not by a person
    tries INTEGER NOT NULL DEFAULT 0, -- how often a busy host was asked
    source TEXT NOT NULL DEFAULT '' -- where the bytes came from, after redirects
) STRICT;
CREATE INDEX import_items_import ON import_items (import, id);
CREATE INDEX import_items_to_read ON import_items (import, id) WHERE status = 'queued' AND fetched = 1;
CREATE INDEX import_items_to_fetch ON import_items (import, id) WHERE status = 'queued' AND fetched = 0;
CREATE INDEX import_items_running ON import_items (id) WHERE status = 'running';
CREATE INDEX import_items_article ON import_items (article) WHERE article IS NOT NULL;

-- Hosts that are fetched from. Times are milliseconds since 1970.
CREATE TABLE hosts (
    name TEXT PRIMARY KEY, -- host and port as in the address, lower case
    busy INTEGER NOT NULL DEFAULT 0 CHECK (busy IN (0, 1)), -- 1: there is a connection to it
    ready INTEGER NOT NULL DEFAULT 0, -- when it may be asked again without being pressed
    closed INTEGER NOT NULL DEFAULT 0, -- until when it asked to be left alone
    robots TEXT NOT NULL DEFAULT '', -- its robots.txt
    robots_until INTEGER NOT NULL DEFAULT 0 -- how long that is believed
) STRICT, WITHOUT ROWID;

-- Feeds that are looked at again and again.
CREATE TABLE watches (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice
    url TEXT NOT NULL UNIQUE, -- the feed's address
    title TEXT NOT NULL DEFAULT '', -- the feed's own, once known
    status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'paused')), -- a person's wish
    every INTEGER NOT NULL CHECK (every BETWEEN 5 AND 10080), -- minutes between two looks
    etag TEXT NOT NULL DEFAULT '', -- of the last answer: only what has changed is asked for
    last_modified TEXT NOT NULL DEFAULT '', -- likewise
    checked INTEGER NOT NULL DEFAULT 0, -- when it was looked at last, milliseconds since 1970; 0: never
    due INTEGER NOT NULL DEFAULT 0, -- when it is to be looked at next, likewise
    busy INTEGER NOT NULL DEFAULT 0 CHECK (busy IN (0, 1)), -- 1: being looked at
    errors INTEGER NOT NULL DEFAULT 0, -- looks that failed in a row
    error TEXT NOT NULL DEFAULT '', -- why the last one failed
    found INTEGER NOT NULL DEFAULT 0, -- entries imported so far
    import INTEGER, -- the last import it made
    created TEXT NOT NULL -- time
) STRICT;
CREATE INDEX watches_due ON watches (due, id) WHERE status = 'active' AND busy = 0;

-- The entries of a watched feed that were imported; one that has changed is imported again.
CREATE TABLE watch_entries (
    watch INTEGER NOT NULL REFERENCES watches ON DELETE CASCADE, -- the feed
    entry INTEGER NOT NULL, -- hash of what names the entry
    print INTEGER NOT NULL, -- hash of what it said
    seen INTEGER NOT NULL, -- when the feed had it last, milliseconds since 1970
    PRIMARY KEY (watch, entry)
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

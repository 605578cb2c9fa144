-- Watched feeds, politeness towards hosts, and a queue in which fetching and reading are two steps,
-- so that what has been fetched is not fetched again and nobody waits for a slow host.

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

-- Hosts that are fetched from. Times are milliseconds since 1970.
CREATE TABLE hosts (
    name TEXT PRIMARY KEY, -- host and port as in the address, lower case
    busy INTEGER NOT NULL DEFAULT 0 CHECK (busy IN (0, 1)), -- 1: there is a connection to it
    ready INTEGER NOT NULL DEFAULT 0, -- when it may be asked again without being pressed
    closed INTEGER NOT NULL DEFAULT 0, -- until when it asked to be left alone
    robots TEXT NOT NULL DEFAULT '', -- its robots.txt
    robots_until INTEGER NOT NULL DEFAULT 0 -- how long that is believed
) STRICT, WITHOUT ROWID;

ALTER TABLE imports ADD COLUMN turn INTEGER NOT NULL DEFAULT 0; -- grows when it is served: imports take turns
CREATE INDEX imports_turn ON imports (turn);

ALTER TABLE import_items ADD COLUMN fetched INTEGER NOT NULL DEFAULT 0 CHECK (fetched IN (0, 1)); -- 1: the bytes are here
ALTER TABLE import_items ADD COLUMN host TEXT NOT NULL DEFAULT ''; -- from which it is fetched
ALTER TABLE import_items ADD COLUMN polite INTEGER NOT NULL DEFAULT 0 CHECK (polite IN (0, 1)); -- 1: named by a feed, not by a person
ALTER TABLE import_items ADD COLUMN tries INTEGER NOT NULL DEFAULT 0; -- how often a busy host was asked
ALTER TABLE import_items ADD COLUMN source TEXT NOT NULL DEFAULT ''; -- where the bytes came from, after redirects
UPDATE import_items SET fetched = 1 WHERE kind = 'bytes';
CREATE INDEX import_items_to_read ON import_items (import, id) WHERE status = 'queued' AND fetched = 1;
CREATE INDEX import_items_to_fetch ON import_items (import, id) WHERE status = 'queued' AND fetched = 0;
CREATE INDEX import_items_running ON import_items (id) WHERE status = 'running';

-- watches: revision of the watched feeds.
INSERT INTO state VALUES ('watches', 1);

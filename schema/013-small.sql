-- A store that holds nothing twice. Rows of statements and kept comparisons change as their stories
-- are compared again, in the background: until then they are read in the form they have.
--
-- statements.source, cue, content: JSON [[start, end]]; what stands there is in the article's text.
-- statements.context: '' in these rows; in older ones the text around, and the three hold words.

-- What is kept of a comparison is what cannot be read off the texts (server/compare/kept.h); the
-- document is written from it. 0: the document itself, as before.
ALTER TABLE comparisons ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;

-- What a queued item brings, until it has ended. Beside the items, not in them: rows that become small
-- leave their pages nearly empty.
CREATE TABLE import_bytes (
    item INTEGER PRIMARY KEY REFERENCES import_items ON DELETE CASCADE, -- whose
    bytes BLOB NOT NULL -- as submitted or fetched
) STRICT;
INSERT INTO import_bytes SELECT id, bytes FROM import_items WHERE bytes IS NOT NULL;
ALTER TABLE import_items DROP COLUMN bytes;

-- Full text without an index of beginnings, which was a third of it and served words of three letters.
DROP TABLE article_search;
-- Of the current versions; kept in step by store/sqlite/search.c.
CREATE VIRTUAL TABLE article_search USING fts5 (
    title, text, content = 'article_versions', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO article_search (rowid, title, text)
    SELECT id, title, text FROM article_versions WHERE current;
DROP TABLE statement_search;
-- Likewise.
CREATE VIRTUAL TABLE statement_search USING fts5 (
    words, content = 'statements', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO statement_search (rowid, words) SELECT id, words FROM statements;

-- Indexes by need. A story's own actors and statements are few enough to be sorted, and the stories that
-- name an actor are enough to look for the forms of its name in. The number of a row stands at the end
-- of every index anyway.
DROP INDEX IF EXISTS story_actors_name;
DROP INDEX IF EXISTS story_actors_weight;
DROP INDEX IF EXISTS story_actors_actor;
CREATE INDEX story_actors_actor ON story_actors (actor, -statements, story, articles);
DROP INDEX IF EXISTS story_names_actor;
DROP INDEX IF EXISTS story_roles_actor;
DROP INDEX IF EXISTS statements_review_story;
DROP INDEX statements_article;
CREATE INDEX statements_article ON statements (article, start);
DROP INDEX statements_story;
CREATE INDEX statements_story ON statements (story, article, start);
DROP INDEX statements_speaker;
CREATE INDEX statements_speaker ON statements (speaker, article, start);
DROP INDEX statements_utterance;
CREATE INDEX statements_utterance ON statements (utterance);

UPDATE stories SET stale = stale + 1 WHERE articles > 0;

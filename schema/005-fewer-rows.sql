-- What the engine found in an article's text by itself, so that adding a report to a story does not
-- mean finding everything in the others again. Only ever a shortcut: rows can be thrown away.
CREATE TABLE article_attributions (
    article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE, -- in whose current text
    bytes BLOB NOT NULL -- the engine's own form, which says itself of which text and build it is
) STRICT;

-- The spans stand in the JSON columns of their statement, which everybody reads; nobody asked for
-- them one by one.
DROP TABLE statement_spans;

-- Likewise the articles that do not carry an utterance.
ALTER TABLE utterances ADD COLUMN absent TEXT NOT NULL DEFAULT '[]'; -- JSON [{article, why}]: the articles of the story that do not carry it: absent, published-before, copy, not-reviewed
UPDATE utterances SET absent = (SELECT json_group_array(json_object('article', b.article, 'why', b.why))
    FROM utterance_absences b WHERE b.utterance = utterances.id);
DROP TABLE utterance_absences;

-- The mentions of an article are many and seldom change when its story is compared again.
ALTER TABLE articles ADD COLUMN mentions INTEGER NOT NULL DEFAULT 0; -- a hash over its rows in mentions; 0: not known

-- Articles of stories that nobody has seen yet may move when their import is complete; its items follow.
CREATE INDEX import_items_article ON import_items (article) WHERE article IS NOT NULL;

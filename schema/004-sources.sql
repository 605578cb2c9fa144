-- Where each field of an article was found: "json-ld", "opengraph", "meta", "microdata", "link", "html",
-- "title", "heading", "time", "page", "text", "url", "header", "words", or "given" by whoever brought it.
ALTER TABLE articles ADD COLUMN sources TEXT NOT NULL DEFAULT '{}'; -- JSON object, a key for each field that is known

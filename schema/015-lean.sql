-- What the store can do without.
--
-- Why articles do not carry an utterance, told in a letter each instead of an object each, which was
-- two fifths of a store. Rows change as their stories are compared again; until then they are read
-- in the form they have.
--
-- utterances.absent: the first letter is what most articles of the story are; then one for each of
-- its articles, at articles.slot, as far as they are not all as the first says: a absent, p
-- published-before, c copy, n not-reviewed, '.' carries it or is not listed. In older rows JSON
-- [{article, why}].

ALTER TABLE articles ADD COLUMN slot INTEGER NOT NULL DEFAULT 0; -- its number within the story, kept while it stays there; 0: not compared there
ALTER TABLE articles ADD COLUMN rank INTEGER NOT NULL DEFAULT 0; -- its place in the story's order, which further articles change
DROP INDEX articles_story;
CREATE INDEX articles_story ON articles (story, day, id, outlet, origin, reviewed, statements, slot, rank);

-- Words of a conflict are in the article's text: '' in exact, prefix and suffix of these rows.

-- Three in four statements are neutral: who asks for those goes through all.
DROP INDEX statement_positions_stance;
CREATE INDEX statement_positions_stance ON statement_positions (stance, statement) WHERE stance <> 'neutral';

-- The rows above are written by comparing the stories again.
UPDATE stories SET stale = stale + 1 WHERE articles > 0;

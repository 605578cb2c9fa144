-- What each story says of its actors and issues. The rows of actors, actor_names, actor_roles and
-- issues follow from these by one rule, whichever story was compared last: the story with the most
-- statements by the actor has the word, the older one of two; an issue that a person put into words
-- goes by them. What no story says any more goes.

ALTER TABLE story_actors ADD COLUMN name TEXT NOT NULL DEFAULT ''; -- what the story calls it; '': not compared since this step
ALTER TABLE story_actors ADD COLUMN kind TEXT NOT NULL DEFAULT ''; -- what it is there
ALTER TABLE story_actors ADD COLUMN role TEXT NOT NULL DEFAULT ''; -- the office it is presented with there
ALTER TABLE story_actors ADD COLUMN of TEXT NOT NULL DEFAULT ''; -- key of the actor it belongs to there
CREATE INDEX story_actors_name ON story_actors (actor, -statements, story, name, kind) WHERE name <> '';
CREATE INDEX story_actors_role ON story_actors (actor, -statements, story, role) WHERE role <> '';
CREATE INDEX story_actors_of ON story_actors (actor, -statements, story, of) WHERE of <> '';

-- The forms a story has for its actors.
CREATE TABLE story_names (
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE, -- the story
    actor TEXT NOT NULL, -- whose
    text TEXT NOT NULL, -- the form
    kind TEXT NOT NULL, -- of form
    PRIMARY KEY (story, actor, text)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_names_actor ON story_names (actor, text, kind);

-- The offices a story's articles attest.
CREATE TABLE story_roles (
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE, -- the story
    actor TEXT NOT NULL, -- who holds it
    title TEXT NOT NULL, -- "foreign minister"
    of TEXT NOT NULL, -- key of the actor it is held for
    first_day TEXT, -- first attested there
    last_day TEXT, -- last attested there
    PRIMARY KEY (story, actor, title, of)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_roles_actor ON story_roles (actor, title, of, first_day, last_day);

ALTER TABLE story_issues ADD COLUMN title TEXT NOT NULL DEFAULT ''; -- the story's heading for it; '': not compared since this step
ALTER TABLE story_issues ADD COLUMN by TEXT NOT NULL DEFAULT ''; -- who put it up: person, engine
ALTER TABLE story_issues ADD COLUMN sort TEXT NOT NULL DEFAULT ''; -- what it asks there
CREATE INDEX story_issues_title ON story_issues (issue, by DESC, story, title, sort) WHERE title <> '';

-- The new columns are filled by comparing the stories again.
UPDATE stories SET stale = stale + 1 WHERE articles > 0;

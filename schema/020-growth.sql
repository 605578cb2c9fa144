-- What does not grow with the store: a way to what an actor's stories say, and where stories went.

-- An office of an actor in all of its stories, without a walk through these.
CREATE INDEX story_roles_actor ON story_roles (actor, title, of, first_day, last_day, story);

-- Stories that turned out to be another when further reports came; nobody had decided anything of them.
CREATE TABLE story_moves (
    story INTEGER PRIMARY KEY, -- the number it had
    went INTEGER NOT NULL -- the story that has an article of it
) STRICT;

-- What others read, and how they are told of what is new: views, and webhooks behind them.
--
-- The views are the store as others may read it: their columns keep names and meaning whatever becomes
-- of the tables, for the sqlite3 shell, R, Python and whoever opens the file while the server runs.
-- They use nothing but plain SQL. Offsets are Unicode code points into v_article.text, half-open; what
-- is not known is null; deleted articles and rejected statements are left out.

-- For feeds: the few positions that changed.
CREATE INDEX positions_changed ON positions (story, id) WHERE was <> '';

-- Articles with their present text.
CREATE VIEW v_article AS SELECT
    a.id, -- never used twice
    a.story, -- the event it reports
    s.title AS story_title, -- what the event is called
    nullif(o.name, '') AS outlet, -- who published it
    nullif(o.domain, '') AS domain, -- host name of the outlet's site
    nullif(a.url, '') AS url, -- canonical address
    a.title, -- headline
    nullif(a.subtitle, '') AS subtitle, -- line below the headline
    nullif(a.byline, '') AS byline, -- authors
    nullif(a.agency, '') AS agency, -- agency credit
    nullif(a.published, '') AS published, -- time or day
    nullif(a.modified, '') AS modified, -- time or day
    nullif(a.day, '') AS day, -- of publication, YYYY-MM-DD
    nullif(a.language, '') AS language, -- ISO 639-1
    nullif(a.section, '') AS section, -- of the paper
    nullif(a.notice, '') AS notice, -- why the text may not be the whole article
    a.version, -- 1, 2, ...: which text of the article this is
    a.origin, -- number of its origin within the story: copies and rewrites share one
    a.reviewed, -- 1: a person has been through it
    a.sample, -- 1: made up for `demo`
    a.added, -- time of import, RFC 3339, UTC
    v.text -- the clean body
FROM articles a JOIN stories s ON s.id = a.story
    JOIN article_versions v ON v.article = a.id AND v.current
    LEFT JOIN outlets o ON o.id = a.outlet
WHERE a.story > 0;

-- Who says what, in one article.
CREATE VIEW v_statement AS SELECT
    st.id, -- never used twice
    st.article, -- v_article.id
    st.story, -- v_article.story
    (SELECT o.name FROM outlets o WHERE o.id = a.outlet) AS outlet, -- who published it
    nullif(a.day, '') AS day, -- when the article was published
    st.kind, -- direct, mixed, indirect
    st.start, -- of what is said, code points
    CASE WHEN instr(st.words, ' … ') = 0 THEN st.start + length(st.words) END AS "end", -- behind it; null where the words stand in several places
    st.words, -- what is said, places joined by " … "
    st.speaker, -- key of who says it; null: the text does not tell
    x.name AS speaker_name, -- as it is called
    x.kind AS speaker_kind, -- person, organisation, country, group, outlet, unnamed
    nullif(x.role, '') AS speaker_role, -- the office it is presented with
    nullif(x.of, '') AS speaker_of, -- key of the actor it belongs to
    st.via, -- key of who carries it
    nullif(st.channel, '') AS channel, -- "press conference"
    nullif(st.said_on, '') AS said_on, -- day of saying, where the text tells
    st.confidence, -- 0..1
    st.rule, -- what found it
    st.status, -- proposed, confirmed, edited
    st.utterance, -- the same in the wordings of one act of saying
    nullif(st.variant, '') AS variant, -- how its wording stands to the fullest one
    st.fullest -- 1: the wording that the others are compared with
FROM statements st JOIN articles a ON a.id = st.article
    LEFT JOIN actors x ON x.key = st.speaker
WHERE st.story > 0 AND st.status <> 'rejected';

-- What a statement says on an issue: a row for each of both.
CREATE VIEW v_stance AS SELECT
    st.id AS statement, -- v_statement.id
    st.article, -- v_article.id
    st.story, -- v_article.story
    (SELECT o.name FROM outlets o WHERE o.id = a.outlet) AS outlet, -- who published it
    nullif(a.day, '') AS day, -- when the article was published
    st.speaker, -- key of who says it
    (SELECT x.name FROM actors x WHERE x.key = st.speaker) AS speaker_name, -- as it is called
    p.issue, -- key of the question
    i.title AS issue_title, -- as a heading
    i.sort, -- proposal, judgement, fact
    p.stance, -- support, oppose, conditional, mixed, neutral, declines, denies
    nullif(p.condition, '') AS condition, -- its words, for conditional
    p.confidence, -- 0..1: how likely the stance is right; 1: a person said so; 0: not known
    st.words -- what is said
FROM statement_positions p JOIN statements st ON st.id = p.statement
    JOIN articles a ON a.id = st.article JOIN issues i ON i.key = p.issue
WHERE st.story > 0 AND st.status <> 'rejected';

-- Where an actor stands on an issue, over all reports of a story.
CREATE VIEW v_position AS SELECT
    p.story, -- v_article.story
    p.actor, -- key
    x.name AS actor_name, -- as it is called
    x.kind AS actor_kind, -- person, organisation, country, group, outlet, unnamed
    p.issue, -- key of the question
    i.title AS issue_title, -- as a heading
    i.sort, -- proposal, judgement, fact
    p.stance, -- support, oppose, conditional, mixed, neutral, declines, denies
    nullif(p.condition, '') AS condition, -- its words, for conditional
    nullif(p.since, '') AS since, -- day of the earliest statement
    nullif(p.was, '') AS was, -- the stance before a change
    p.disputed, -- 1: outlets disagree about it
    p.articles, -- how many carry it
    (SELECT count(*) FROM position_statements e WHERE e.position = p.id) AS statements, -- it rests on
    p.confidence -- of the surest of its statements
FROM positions p JOIN actors x ON x.key = p.actor JOIN issues i ON i.key = p.issue
WHERE p.story > 0;

-- The places where articles name actors or refer to them.
CREATE VIEW v_mention AS SELECT
    m.article, -- v_article.id
    a.story, -- v_article.story
    m.start, -- code points
    m.end, -- behind the last
    substr(v.text, m.start + 1, m.end - m.start) AS exact, -- the words
    m.actor, -- key of who is meant; null: nobody known
    x.name AS actor_name, -- as it is called
    m.reading -- actor, place, pronoun, nominal
FROM mentions m JOIN articles a ON a.id = m.article
    JOIN article_versions v ON v.article = m.article AND v.current
    LEFT JOIN actors x ON x.key = m.actor
WHERE a.story > 0;

-- Webhooks: addresses that are told of new statements.
CREATE TABLE hooks (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice
    url TEXT NOT NULL, -- where to
    secret TEXT NOT NULL, -- with which calls are signed
    actor TEXT NOT NULL DEFAULT '', -- key of whoever is to say it; '': anybody
    issue TEXT NOT NULL DEFAULT '', -- key of what it is to be said on; '': anything
    seen INTEGER NOT NULL, -- the last statement that was looked at
    created TEXT NOT NULL -- time
) STRICT;

-- What hooks are or were told: the journal.
CREATE TABLE hook_calls (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice
    hook INTEGER NOT NULL REFERENCES hooks ON DELETE CASCADE, -- whom
    statements INTEGER NOT NULL, -- how many it tells of
    last INTEGER NOT NULL, -- the last of them
    body TEXT NOT NULL, -- JSON, as it is sent
    status TEXT NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'done', 'failed')), -- how far
    tries INTEGER NOT NULL DEFAULT 0, -- so far
    due INTEGER NOT NULL, -- when it is tried next, milliseconds since 1970; ended: when it ended
    code INTEGER NOT NULL DEFAULT 0, -- the last answer's status; 0: none
    error TEXT NOT NULL DEFAULT '', -- why the last try failed
    created TEXT NOT NULL, -- time
    finished TEXT -- time
) STRICT;
CREATE INDEX hook_calls_due ON hook_calls (due, id) WHERE status = 'waiting';
CREATE INDEX hook_calls_ended ON hook_calls (due) WHERE status <> 'waiting';
CREATE INDEX hook_calls_hook ON hook_calls (hook, id);

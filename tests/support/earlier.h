/* Steps of the schema taken back, as a program that knows nothing of the store's rules does it: a
 * store as it was before them, but with the rows of now. */
#ifndef SUPPORT_EARLIER_H
#define SUPPORT_EARLIER_H

/* 024, 022, 020, then 019. */
static const char *const numbers_taken_back[] = {
    "ALTER TABLE stories DROP COLUMN saved",
    "DROP TABLE conflict_moves; DROP INDEX actors_wikidata; ALTER TABLE actors DROP COLUMN"
    " wikidata; ALTER TABLE actors DROP COLUMN list_names; ALTER TABLE samples DROP COLUMN blind",
    "DROP TABLE story_moves; DROP INDEX story_roles_actor",
    "DROP VIEW v_statement; DROP VIEW v_stance; DROP VIEW v_position; DROP VIEW"
    " v_mention; DROP TABLE statement_search; CREATE TABLE was (id INTEGER PRIMARY KEY,"
    " article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, story INTEGER NOT"
    " NULL REFERENCES stories, start INTEGER NOT NULL, kind TEXT NOT NULL, speaker TEXT"
    " REFERENCES actors, via TEXT REFERENCES actors, channel TEXT NOT NULL DEFAULT '',"
    " said_on TEXT NOT NULL DEFAULT '', confidence REAL NOT NULL, rule TEXT NOT NULL,"
    " status TEXT NOT NULL, utterance INTEGER, variant TEXT NOT NULL DEFAULT '', fullest"
    " INTEGER NOT NULL DEFAULT 0, words TEXT NOT NULL, source TEXT NOT NULL, cue TEXT NOT"
    " NULL, content TEXT NOT NULL, context TEXT NOT NULL, worth REAL NOT NULL DEFAULT 0)"
    " STRICT; INSERT INTO was SELECT s.id, article, story, start, kind, speaker, via,"
    " channel, said_on, confidence, rule, status, utterance, variant, fullest, w.words,"
    " source, cue, content, context, worth FROM statements s JOIN statement_words w ON"
    " w.id = s.id; DROP VIEW statement_words; DROP TABLE statements; ALTER TABLE was"
    " RENAME TO statements; CREATE INDEX statements_article ON statements (article,"
    " start); CREATE INDEX statements_story ON statements (story, article, start); CREATE"
    " INDEX statements_speaker ON statements (speaker, article, start); CREATE INDEX"
    " statements_utterance ON statements (utterance); CREATE INDEX statements_via ON"
    " statements (via) WHERE via IS NOT NULL; CREATE INDEX statements_review ON"
    " statements (-worth, id) WHERE status = 'proposed'; CREATE INDEX statements_decided"
    " ON statements (status, article, start, id) WHERE status <> 'proposed'; CREATE"
    " VIRTUAL TABLE statement_search USING fts5 (words, content = 'statements',"
    " content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');",
    "CREATE VIEW v_statement AS SELECT 1; CREATE VIEW v_stance AS SELECT 1; CREATE VIEW"
    " v_position AS SELECT 1; CREATE VIEW v_mention AS SELECT 1; CREATE TABLE mentions"
    " (article INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, actor"
    " TEXT, reading TEXT NOT NULL, PRIMARY KEY (article, start, end)) STRICT, WITHOUT"
    " ROWID; INSERT INTO mentions SELECT p.article, n.value / 4096, n.value / 4096 +"
    " n.value % 4096 / 4, json_extract(k.value, '$[0]'), CASE n.value % 4 WHEN 0 THEN"
    " 'actor' WHEN 1 THEN 'place' WHEN 2 THEN 'pronoun' ELSE 'nominal' END FROM"
    " article_mentions p, json_each(p.places) k, json_each(k.value) n WHERE n.key > 0;"
    " DROP TABLE article_mentions;",
    "CREATE TABLE story_names (story INTEGER NOT NULL, actor TEXT NOT NULL, text TEXT NOT"
    " NULL, kind TEXT NOT NULL, PRIMARY KEY (story, actor, text)) STRICT, WITHOUT ROWID;"
    " WITH RECURSIVE line (story, actor, form, rest) AS (SELECT story, actor, '',"
    " substr(names, 2) || char(10) FROM story_actors UNION ALL SELECT story, actor,"
    " substr(rest, 1, instr(rest, char(10)) - 1), substr(rest, instr(rest, char(10)) + 1)"
    " FROM line WHERE rest <> '') INSERT INTO story_names SELECT story, actor,"
    " substr(form, 1, instr(form, char(9)) - 1), CASE substr(form, -1) WHEN 'f' THEN"
    " 'full' WHEN 's' THEN 'short' WHEN 'a' THEN 'acronym' WHEN 'd' THEN 'demonym' WHEN"
    " 'm' THEN 'metonym' ELSE 'native' END FROM line WHERE form <> '' AND substr(form,"
    " -1) <> '-'; CREATE INDEX story_names_text ON story_names (text, story); CREATE"
    " TABLE was (story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE, actor TEXT"
    " NOT NULL REFERENCES actors, statements INTEGER NOT NULL, articles INTEGER NOT NULL,"
    " name TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL DEFAULT '', role TEXT NOT NULL"
    " DEFAULT '', of TEXT NOT NULL DEFAULT '', PRIMARY KEY (story, actor)) STRICT,"
    " WITHOUT ROWID; INSERT INTO was SELECT story, actor, statements, articles, name,"
    " kind, role, of FROM story_actors; DROP TABLE story_actors; ALTER TABLE was RENAME"
    " TO story_actors; CREATE INDEX story_actors_actor ON story_actors (actor,"
    " -statements, story, articles); CREATE INDEX story_actors_role ON story_actors"
    " (actor, -statements, story, role) WHERE role <> ''; CREATE INDEX story_actors_of ON"
    " story_actors (actor, -statements, story, of) WHERE of <> '';"};

#endif

/* The hits of a search as rows, their number, and what they are of, on either engine: everything is
 * written once but for the pieces of the table below, in which the engines' own stand side by side.
 * test_both runs both and compares the rows. */
#include "store/search/search.h"

/* ----------------------------------------------------------------------- where the engines differ
 *
 * An index is called f. SQLite's (FTS5) has rows by rowid and finds by MATCH, PostgreSQL's has
 * vectors of words; both under the numbers of the rows that they index. PIECE(E): E is the engine.
 */

/* The row's number. */
#define NUMBER_SQLITE "f.rowid"
#define NUMBER_POSTGRES "f.id"

/* What was asked for stands in the row of that index. */
#define FOUND_SQLITE(index) "f." index " MATCH :match"
#define FOUND_POSTGRES(index) "f.words @@ CAST(:match AS tsquery)"

/* What was asked for does not stand in the statement. */
#define NOT_FOUND_SQLITE                                                                           \
    "st.id NOT IN (SELECT f.rowid FROM statement_search f WHERE f.statement_search MATCH :match)"
#define NOT_FOUND_POSTGRES                                                                         \
    "NOT EXISTS (SELECT 1 FROM statement_search f WHERE f.id = st.id AND f.words @@"               \
    " CAST(:match AS tsquery))"

/* Actors who are called so: the words are whole words of a name. Forms of a name that begin with
 * them are found by the index (a person's last name is a form); within a name they are looked for
 * among those who say most only, since that means looking at each. PostgreSQL makes a better plan
 * of the same as a function (postgres/functions.sql). */
#define ASKED "trim(:like, '%')"
#define CALLED_SQLITE                                                                              \
    "(SELECT actor FROM actor_names WHERE text COLLATE NOCASE BETWEEN " ASKED " AND " ASKED        \
    " || '!' UNION SELECT n.actor FROM (SELECT key FROM actors ORDER BY -statements, key LIMIT"    \
    " 1000) h CROSS JOIN actor_names n ON n.actor = h.key WHERE n.text LIKE :like ESCAPE '\\'"     \
    " AND ' ' || n.text || ' ' LIKE '% ' || " ASKED " || ' %' ESCAPE '\\')"
#define CALLED_POSTGRES "(SELECT actors_called(:like))"

/* How well a hit fits, the better the smaller: a word in a title counts four times. */
#define ARTICLE_FITS_SQLITE "bm25(article_search, 4.0, 1.0)"
#define ARTICLE_FITS_POSTGRES                                                                      \
    "-10 * ts_rank(CAST('{0.25,0.25,0.25,1}' AS _float4), f.words, CAST(:match AS tsquery), 1)"
#define STATEMENT_FITS_SQLITE "bm25(statement_search)"
#define STATEMENT_FITS_POSTGRES ARTICLE_FITS_POSTGRES

/* What stands around the words in the row that was found. */
#define MARKED_POSTGRES(text, most)                                                                \
    "ts_headline('simple', " text ", CAST(:match AS tsquery), 'MaxFragments=1,MinWords=8,"         \
    "MaxWords=" most ",StartSel=\"' || char(2) || '\",StopSel=\"' || char(3) || '\"')"
#define ARTICLE_WORDS_SQLITE                                                                       \
    "(SELECT snippet(article_search, -1, char(2), char(3), '…', 24) FROM article_search(:match)" \
    " WHERE rowid = page.found)"
#define ARTICLE_WORDS_POSTGRES                                                                     \
    "(SELECT " MARKED_POSTGRES("v.text", "24") " FROM article_versions v WHERE v.id = page.found)"
#define STATEMENT_WORDS_SQLITE                                                                     \
    "(SELECT snippet(statement_search, 0, char(2), char(3), '…', 32) FROM"                       \
    " statement_search(:match) WHERE rowid = page.found)"
#define STATEMENT_WORDS_POSTGRES                                                                   \
    "(SELECT " MARKED_POSTGRES("w.words", "32") " FROM statement_words w WHERE w.id = page.found)"

/* ------------------------------------------------------------------------------- what is the same
 */

#define IN_ARTICLE                                                                                 \
    " AND a.story > 0 AND (:story IS NULL OR a.story = :story) AND (:outlet IS NULL OR a.outlet "  \
    "= :outlet)"                                                                                   \
    " AND a.day >= coalesce(:from, '') AND (:to IS NULL OR (a.day <> '' AND a.day <= :to))"
/* Of no speaker, issue or kind is an article: only its statements are. */
#define ARTICLES_FROM(E)                                                                           \
    " FROM article_search f JOIN article_versions v ON v.id = " NUMBER_##E                         \
        " JOIN articles a ON a.id = v.article WHERE " FOUND_##E("article_search") IN_ARTICLE       \
        " AND :kind IS NULL AND :actor IS NULL AND :issue IS NULL"
#define IN_STATEMENT                                                                               \
    IN_ARTICLE                                                                                     \
    " AND st.status <> 'rejected' AND (:actor IS NULL OR st.speaker = :actor)"                     \
    " AND (:kind IS NULL OR st.kind = :kind) AND (:issue IS NULL OR EXISTS (SELECT 1"              \
    "  FROM statement_positions p WHERE p.statement = st.id AND p.issue = :issue))"
#define STATEMENTS_FROM(E)                                                                         \
    " FROM statement_search f JOIN statements st ON st.id = " NUMBER_##E                           \
        " JOIN articles a ON a.id = st.article WHERE " FOUND_##E("statement_search") IN_STATEMENT
/* What is said by somebody who is called so. */
#define SPEAKERS_FROM(E)                                                                           \
    " FROM statements st JOIN articles a ON a.id = st.article WHERE st.speaker_number IN"          \
    " (SELECT number FROM actors WHERE key IN " CALLED_##E ")"                                     \
                                                           " AND " NOT_FOUND_##E IN_STATEMENT

/* Statements weigh as much as articles, and what somebody said whose name was asked for comes
 * before what mentions it. For the best first it is worked out for the newest hits only, five
 * hundred of each kind: of a word that stands in more texts than that none is better than a hundred
 * others. Snippets are made for the page's rows. */
#define BEST_FIRST "coalesce(:order, 'best') NOT IN ('newest', 'oldest')"
#define NEWEST " LIMIT CASE WHEN " BEST_FIRST " THEN 500 ELSE 999999999 END"
#define SCORE(fits) "CASE WHEN " BEST_FIRST " THEN " fits " ELSE 0.0 END AS score"
#define FOUND_ARTICLES(E)                                                                          \
    "SELECT * FROM (SELECT 'article' AS type, a.id, a.id AS article, a.day, " NUMBER_##E           \
        " AS found, " SCORE(ARTICLE_FITS_##E) ARTICLES_FROM(E) " ORDER BY " NUMBER_##E             \
        " DESC" NEWEST ") hit"
#define FOUND_STATEMENTS(E)                                                                        \
    "SELECT * FROM (SELECT 'statement' AS type, st.id, st.article, a.day, st.id AS found,"         \
    " " SCORE(STATEMENT_FITS_##E) STATEMENTS_FROM(E) " ORDER BY " NUMBER_##E                       \
        " DESC" NEWEST                                                                             \
        ") hit UNION ALL SELECT * FROM (SELECT 'statement' AS type, st.id, st.article, a.day,"     \
        " 0 AS found, -12 - st.confidence AS score" SPEAKERS_FROM(E) NEWEST ") hit"
/* A statement found by its speaker holds none of the words. */
#define SNIPPET(E)                                                                                 \
    "CASE WHEN page.type = 'article' THEN " ARTICLE_WORDS_##E " WHEN page.found > 0 THEN"          \
                                                              " " STATEMENT_WORDS_##E              \
        " ELSE (SELECT substr(w.words, 1, 240) FROM statement_words w"                             \
        " WHERE w.id = page.id) END"
/* The order as a number that grows: the score, or the day one way or the other. */
#define DAY "CAST(nullif(replace(h.day, '-', ''), '') AS REAL)"
#define RANK                                                                                       \
    "CASE :order WHEN 'newest' THEN 0 - coalesce(" DAY ", 0) WHEN 'oldest' THEN"                   \
    " coalesce(" DAY ", 1e9) ELSE h.score END"
#define LIST(E, hits)                                                                              \
    "SELECT page.type, page.id, a.story, page.article,"                                            \
    " (SELECT o.name FROM outlets o WHERE o.id = a.outlet) AS outlet, a.title, a.published,"       \
    " snippet_parts(" SNIPPET(                                                                     \
        E) ") AS \"snippet:json\", st.speaker,"                                                    \
           " (SELECT x.name FROM actors x WHERE x.key = st.speaker) AS speaker_name, st.kind,"     \
           " page.place AS \"cursor:0\", page.type AS \"cursor:1\", page.id AS \"cursor:2\" FROM"  \
           " (SELECT r.* FROM (SELECT h.*, " RANK " AS place FROM (" hits ") h) r"                 \
           "  WHERE (r.place, r.type, r.id) > (coalesce(:c0, -1e9), coalesce(:c1, ''), "           \
           "coalesce(:c2, 0))"                                                                     \
           "  ORDER BY r.place, r.type, r.id LIMIT :limit) page CROSS JOIN articles a"             \
           " ON a.id = page.article LEFT JOIN statements st ON page.type = 'statement'"            \
           " AND st.id = page.id ORDER BY page.place, page.type, page.id"

/* As list/list.h counts. More than two hundred hits of a search for words alone are as many as the
 * index has: looking at each would take longer than all the rest, for the few that were rejected or
 * deleted. */
#define COUNTED(from) "(SELECT count(*) FROM (SELECT 1" from " LIMIT 10001) n)"
#define ALONE                                                                                      \
    "(:story IS NULL AND :outlet IS NULL AND :from IS NULL AND :to IS NULL AND :kind IS NULL"      \
    " AND :actor IS NULL AND :issue IS NULL)"
#define IN_INDEX(E, index) " FROM " index " f WHERE " FOUND_##E(index)
#define ESTIMATED(E, index, from)                                                                  \
    "CASE WHEN " ALONE " AND EXISTS (SELECT 1" IN_INDEX(                                           \
        E, index) " LIMIT 1 OFFSET 200) THEN"                                                      \
                  " " COUNTED(IN_INDEX(E, index)) " ELSE " COUNTED(from) " END"
#define N_ARTICLES(E) ESTIMATED(E, "article_search", ARTICLES_FROM(E))
#define N_STATEMENTS(E)                                                                            \
    "(" ESTIMATED(E, "statement_search", STATEMENTS_FROM(E)) " + " COUNTED(SPEAKERS_FROM(E)) ")"

/* What the hits are of, those with most of them first; of very many hits, ten thousand. */
#define SOME " LIMIT 10000"
#define HITS_ARTICLES(E)                                                                           \
    "SELECT * FROM (SELECT 'articles' AS type, a.id, a.story, a.outlet, a.day,"                    \
    " CAST(NULL AS TEXT) AS speaker, CAST(NULL AS TEXT) AS kind" ARTICLES_FROM(E) SOME ") hit"
#define HITS_STATEMENTS(E)                                                                         \
    "SELECT * FROM (SELECT 'statements' AS type, st.id, st.story, a.outlet, a.day, st.speaker,"    \
    " st.kind" STATEMENTS_FROM(E) SOME                                                             \
        ") hit UNION ALL SELECT * FROM (SELECT 'statements' AS type,"                              \
        " st.id, st.story, a.outlet, a.day, st.speaker, st.kind" SPEAKERS_FROM(E) SOME ") hit"
#define FACET(name, value, text, from)                                                             \
    " (SELECT json_group_array(json_object('value', b.v, 'text', b.t, 'n', b.n)) FROM"             \
    "  (SELECT " value " AS v, " text " AS t, count(*) AS n FROM hit" from                         \
    "   GROUP BY 1, 2 ORDER BY n DESC, 1 LIMIT 12) b) AS \"" name ":json\""
#define OF_TYPE FACET("type", "hit.type", "hit.type", "")
#define OF_OUTLET FACET("outlet", "o.name", "o.name", " JOIN outlets o ON o.id = hit.outlet")
#define OF_ACTOR FACET("actor", "x.key", "x.name", " JOIN actors x ON x.key = hit.speaker")
#define OF_STORY FACET("story", "s.id", "s.title", " JOIN stories s ON s.id = hit.story")
#define OF_ISSUE                                                                                   \
    FACET("issue", "i.key", "i.title",                                                             \
          " JOIN statement_positions p ON p.statement = hit.id AND hit.type = 'statements'"        \
          " JOIN issues i ON i.key = p.issue")
#define OF_KIND FACET("kind", "hit.kind", "hit.kind", " WHERE hit.kind IS NOT NULL")
#define OF_DAY FACET("day", "hit.day", "hit.day", " WHERE hit.day <> ''")
#define OF_ALL OF_TYPE "," OF_OUTLET "," OF_ACTOR "," OF_STORY "," OF_ISSUE "," OF_KIND "," OF_DAY
#define FACETS(hits) "WITH hit AS MATERIALIZED (" hits ") SELECT" OF_ALL

/* ---------------------------------------------------------------------------------------- choosing
 */

enum { TYPE_ARTICLES, TYPE_STATEMENTS, TYPE_BOTH, TYPES };

#define HITS_OF(E)                                                                                 \
    {                                                                                              \
        [TYPE_ARTICLES] = {LIST(E, FOUND_ARTICLES(E)), "SELECT " N_ARTICLES(E),                    \
                           FACETS(HITS_ARTICLES(E))},                                              \
        [TYPE_STATEMENTS] = {LIST(E, FOUND_STATEMENTS(E)), "SELECT " N_STATEMENTS(E),              \
                             FACETS(HITS_STATEMENTS(E))},                                          \
        [TYPE_BOTH] = {LIST(E, FOUND_ARTICLES(E) " UNION ALL " FOUND_STATEMENTS(E)),               \
                       "SELECT " N_ARTICLES(E) " + " N_STATEMENTS(E),                              \
                       FACETS(HITS_ARTICLES(E) " UNION ALL " HITS_STATEMENTS(E))},                 \
    }

static const struct search_hits hits[ENGINE_SQLS][TYPES] = {
    [ENGINE_SQL_SQLITE] = HITS_OF(SQLITE), [ENGINE_SQL_POSTGRES] = HITS_OF(POSTGRES)};

struct search_hits search_hits_for(const struct engine *engine, struct str type)
{
    return hits[engine->sql][str_eq(type, S("articles"))     ? TYPE_ARTICLES
                             : str_eq(type, S("statements")) ? TYPE_STATEMENTS
                                                             : TYPE_BOTH];
}

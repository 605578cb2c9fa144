/* The hits of a search as rows, their number, and what they are of: the literals beside those of
 * sqlite/search.c. */
#include "store/postgres/link.h"

#define FOUND_BY " @@ CAST(:match AS tsquery)"
#define IN_ARTICLE                                                                                 \
    " AND a.story > 0 AND (:story IS NULL OR a.story = :story) AND (:outlet IS NULL OR a.outlet "  \
    "= :outlet)"                                                                                   \
    " AND (:from IS NULL OR a.day >= :from) AND (:to IS NULL OR (a.day <> '' AND a.day <= :to))"
/* Of no speaker, issue or kind is an article: only its statements are. */
#define ARTICLES_FROM                                                                              \
    " FROM article_search f JOIN article_versions v ON v.id = f.id"                                \
    " JOIN articles a ON a.id = v.article WHERE f.words" FOUND_BY IN_ARTICLE                       \
    " AND :kind IS NULL AND :actor IS NULL AND :issue IS NULL"
#define IN_STATEMENT                                                                               \
    IN_ARTICLE                                                                                     \
    " AND st.status <> 'rejected' AND (:actor IS NULL OR st.speaker = :actor)"                     \
    " AND (:kind IS NULL OR st.kind = :kind) AND (:issue IS NULL OR EXISTS (SELECT 1"              \
    "  FROM statement_positions p WHERE p.statement = st.id AND p.issue = :issue))"
#define STATEMENTS_FROM                                                                            \
    " FROM statement_search f JOIN statements st ON st.id = f.id"                                  \
    " JOIN articles a ON a.id = st.article WHERE f.words" FOUND_BY IN_STATEMENT
/* What is said by somebody who is called so (actors_called: functions.sql). */
#define SPEAKERS_FROM                                                                              \
    " FROM statements st JOIN articles a ON a.id = st.article WHERE st.speaker IN (SELECT"         \
    " actors_called(:like))"                                                                       \
    " AND NOT EXISTS (SELECT 1 FROM statement_search f WHERE f.id = st.id"                         \
    "  AND f.words" FOUND_BY ")" IN_STATEMENT

/* Better hits have smaller scores; statements weigh as much as articles, and what somebody said
 * whose name was asked for comes before what mentions it. The best are sought among the newest
 * hits, five hundred of each kind. */
#define BEST_FIRST "coalesce(:order, 'best') NOT IN ('newest', 'oldest')"
#define NEWEST " LIMIT CASE WHEN " BEST_FIRST " THEN 500 ELSE NULL END"
#define SCORE                                                                                      \
    "CASE WHEN " BEST_FIRST " THEN -10 * ts_rank(CAST('{0.25,0.25,0.25,1}' AS _float4), f.words,"  \
    " CAST(:match AS tsquery), 1) ELSE 0.0 END AS score"
#define FOUND_ARTICLES                                                                             \
    "SELECT * FROM (SELECT 'article' AS type, a.id, a.id AS article, a.day, f.id AS place_in,"     \
    " " SCORE ARTICLES_FROM " ORDER BY f.id DESC" NEWEST ") x"
#define FOUND_STATEMENTS                                                                           \
    "SELECT * FROM (SELECT 'statement' AS type, st.id, st.article, a.day, st.id AS place_in,"      \
    " " SCORE STATEMENTS_FROM " ORDER BY f.id DESC" NEWEST ") y"                                   \
    " UNION ALL SELECT * FROM (SELECT 'statement' AS type, st.id, st.article, a.day,"              \
    " 0 AS place_in, -12 - st.confidence AS score" SPEAKERS_FROM NEWEST ") z"
/* A statement found by its speaker holds none of the words. */
#define MARKED(text, most)                                                                         \
    "ts_headline('simple', " text ", CAST(:match AS tsquery), 'MaxFragments=1,MinWords=8,"         \
    "MaxWords=" most ",StartSel=\"' || char(2) || '\",StopSel=\"' || char(3) || '\"')"
#define SNIPPET                                                                                    \
    "CASE WHEN page.type = 'article' THEN (SELECT " MARKED(                                        \
        "v.text", "24") " FROM article_versions v WHERE v.id = page.place_in) ELSE (SELECT CASE"   \
                        " WHEN page.place_in > 0 THEN " MARKED(                                    \
                            "w.words", "32") " ELSE substr(w.words, 1, 240) END"                   \
                                             " FROM statement_words w WHERE w.id = page.id) END"
/* The order as a number that grows: the score, or the day one way or the other. */
#define DAY "CAST(nullif(replace(h.day, '-', ''), '') AS REAL)"
#define RANK                                                                                       \
    "CASE :order WHEN 'newest' THEN -coalesce(" DAY ", 0) WHEN 'oldest' THEN"                      \
    " coalesce(" DAY ", 1e9) ELSE h.score END"
#define FOUND(hits)                                                                                \
    "SELECT page.type, page.id, a.story, page.article,"                                            \
    " (SELECT o.name FROM outlets o WHERE o.id = a.outlet) AS outlet, a.title, a.published,"       \
    " snippet_parts(" SNIPPET ") AS \"snippet:json\", st.speaker,"                                 \
    " (SELECT x.name FROM actors x WHERE x.key = st.speaker) AS speaker_name, st.kind,"            \
    " page.place AS \"cursor:0\", page.type AS \"cursor:1\", page.id AS \"cursor:2\" FROM"         \
    " (SELECT r.* FROM (SELECT h.*, " RANK " AS place FROM (" hits ") h) r"                        \
    "  WHERE (r.place, r.type, r.id) > (coalesce(:c0, -1e9), coalesce(:c1, ''), coalesce(:c2, 0))" \
    "  ORDER BY r.place, r.type, r.id LIMIT :limit) page JOIN articles a"                          \
    " ON a.id = page.article LEFT JOIN statements st ON page.type = 'statement'"                   \
    " AND st.id = page.id ORDER BY page.place, page.type, page.id"

/* As list/list.h counts, and of more than a thousand hits of words alone as sqlite/search.c does:
 * as many as the index has. */
#define COUNTED(from) "(SELECT count(*) FROM (SELECT 1" from " LIMIT 10001) n)"
#define ALONE                                                                                      \
    "(:story IS NULL AND :outlet IS NULL AND :from IS NULL AND :to IS NULL AND :kind IS NULL"      \
    " AND :actor IS NULL AND :issue IS NULL)"
#define IN_INDEX(index) " FROM " index " f WHERE f.words" FOUND_BY
#define ESTIMATED(index, from)                                                                     \
    "CASE WHEN " ALONE " AND EXISTS (SELECT 1" IN_INDEX(                                           \
        index) " LIMIT 1 OFFSET 1000) THEN"                                                        \
               " " COUNTED(IN_INDEX(index)) " ELSE " COUNTED(from) " END"
#define N_ARTICLES ESTIMATED("article_search", ARTICLES_FROM)
#define N_STATEMENTS                                                                               \
    "(" ESTIMATED("statement_search", STATEMENTS_FROM) " + " COUNTED(SPEAKERS_FROM) ")"

/* What the hits are of, those with most of them first; of very many hits, ten thousand. */
#define SOME " LIMIT 10000"
#define HITS_ARTICLES                                                                              \
    "SELECT * FROM (SELECT 'articles' AS type, a.id, a.story, a.outlet, a.day,"                    \
    " CAST(NULL AS TEXT) AS speaker, CAST(NULL AS TEXT) AS kind" ARTICLES_FROM SOME ") x"
#define HITS_STATEMENTS                                                                            \
    "SELECT * FROM (SELECT 'statements' AS type, st.id, st.story, a.outlet, a.day, st.speaker,"    \
    " st.kind" STATEMENTS_FROM SOME ") y UNION ALL SELECT * FROM (SELECT 'statements' AS type,"    \
    " st.id, st.story, a.outlet, a.day, st.speaker, st.kind" SPEAKERS_FROM SOME ") z"
#define FACET(name, value, text, from)                                                             \
    " (SELECT json_group_array(json_object('value', b.value, 'text', b.text, 'n', b.n)) FROM"      \
    "  (SELECT " value " AS value, " text " AS text, count(*) AS n FROM hit" from                  \
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

struct engine_hits pg_hits(struct str type)
{
    if (str_eq(type, S("articles")))
        return (struct engine_hits){FOUND(FOUND_ARTICLES), "SELECT " N_ARTICLES,
                                    FACETS(HITS_ARTICLES)};
    if (str_eq(type, S("statements")))
        return (struct engine_hits){FOUND(FOUND_STATEMENTS), "SELECT " N_STATEMENTS,
                                    FACETS(HITS_STATEMENTS)};
    return (struct engine_hits){FOUND(FOUND_ARTICLES " UNION ALL " FOUND_STATEMENTS),
                                "SELECT " N_ARTICLES " + " N_STATEMENTS,
                                FACETS(HITS_ARTICLES " UNION ALL " HITS_STATEMENTS)};
}

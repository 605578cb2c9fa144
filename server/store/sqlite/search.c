/* Full-text search by FTS5: the users' words made into a query, the hits as rows, and the index
 * kept in step with the tables. */
#include "store/sqlite/link.h"

#include "base/json.h"

static bool is_word_byte(char c)
{
    unsigned char u = (unsigned char)c;
    return u >= 0x80 || (u >= '0' && u <= '9') || (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z');
}

static bool has_word(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (is_word_byte(s.p[i]))
            return true;
    return false;
}

/* "words", with quotation marks inside doubled as FTS5 wants it. */
static void add_quoted(struct buf *out, struct str s, bool prefix)
{
    if (!has_word(s))
        return;
    if (out->n)
        buf_char(out, ' ');
    buf_char(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_char(out, '"');
        if (s.p[i])
            buf_char(out, s.p[i]);
    }
    buf_char(out, '"');
    if (prefix)
        buf_char(out, '*');
}

bool link_match(struct arena *a, struct str words, struct str *match, struct err *err)
{
    return engine_match(a, words, add_quoted, match, err);
}

/* ------------------------------------------------------------------------------------ the hits */

#define IN_ARTICLE                                                                                 \
    " AND a.story > 0 AND (:story IS NULL OR a.story = :story) AND (:outlet IS NULL OR a.outlet "  \
    "= :outlet)"                                                                                   \
    " AND a.day >= coalesce(:from, '') AND (:to IS NULL OR (a.day <> '' AND a.day <= :to))"
/* Of no speaker, issue or kind is an article: only its statements are. */
#define ARTICLES_FROM                                                                              \
    " FROM article_search JOIN article_versions v ON v.id = article_search.rowid"                  \
    " JOIN articles a ON a.id = v.article WHERE article_search MATCH :match" IN_ARTICLE            \
    " AND :kind IS NULL AND :actor IS NULL AND :issue IS NULL"
#define IN_STATEMENT                                                                               \
    IN_ARTICLE                                                                                     \
    " AND st.status <> 'rejected' AND (:actor IS NULL OR st.speaker = :actor)"                     \
    " AND (:kind IS NULL OR st.kind = :kind) AND (:issue IS NULL OR EXISTS (SELECT 1"              \
    "  FROM statement_positions p WHERE p.statement = st.id AND p.issue = :issue))"
#define STATEMENTS_FROM                                                                            \
    " FROM statement_search JOIN statements st ON st.id = statement_search.rowid"                  \
    " JOIN articles a ON a.id = st.article WHERE statement_search MATCH :match" IN_STATEMENT
/* What is said by somebody who is called so: the words are whole words of a name. Forms of a name
 * that begin with them are found by the index (a person's last name is a form); within a name they
 * are looked for among those who say most only, since that means looking at each. */
#define ASKED "trim(:like, '%')"
#define CALLED(name)                                                                               \
    " " name " LIKE :like ESCAPE '\\' AND ' ' || " name " || ' ' LIKE '% ' || " ASKED              \
    " || ' %' ESCAPE '\\'"
#define CALLED_SO                                                                                  \
    "(SELECT actor FROM actor_names WHERE text COLLATE NOCASE BETWEEN " ASKED " AND " ASKED        \
    " || '!' UNION SELECT n.actor FROM (SELECT key FROM actors ORDER BY -statements, key LIMIT"    \
    " 1000) h CROSS JOIN actor_names n ON n.actor = h.key WHERE" CALLED("n.text") ")"
#define SPEAKERS_FROM                                                                              \
    " FROM statements st JOIN articles a ON a.id = st.article WHERE st.speaker IN " CALLED_SO      \
    " AND st.id NOT IN (SELECT rowid FROM statement_search WHERE statement_search MATCH "          \
    ":match)" IN_STATEMENT

/* bm25 is negative, better hits smaller; statements weigh as much as articles, and what somebody
 * said whose name was asked for comes before what mentions it. For the best first it is worked out
 * for the newest hits only, five hundred of each kind: of a word that stands in more texts than
 * that none is better than a hundred others. Snippets are made for the page's rows. */
#define BEST_FIRST "coalesce(:order, '') NOT IN ('newest', 'oldest')"
#define NEWEST " LIMIT CASE WHEN " BEST_FIRST " THEN 500 ELSE -1 END"
#define SCORE(bm25) "CASE WHEN " BEST_FIRST " THEN " bm25 " ELSE 0 END AS score"
#define FOUND_ARTICLES                                                                             \
    "SELECT * FROM (SELECT 'article' AS type, a.id, a.id AS article, a.day,"                       \
    " article_search.rowid AS row, " SCORE("bm25(article_search, 4.0, 1.0)") ARTICLES_FROM         \
        " ORDER BY article_search.rowid DESC" NEWEST ")"
#define FOUND_STATEMENTS                                                                           \
    "SELECT * FROM (SELECT 'statement' AS type, st.id, st.article, a.day, st.id AS row, " SCORE(   \
        "bm25(statement_search)") STATEMENTS_FROM                                                  \
        " ORDER BY statement_search.rowid DESC" NEWEST ")"                                         \
        " UNION ALL SELECT * FROM (SELECT 'statement' AS type, st.id, st.article, a.day, 0 AS "    \
        "row,"                                                                                     \
        " -12 - st.confidence AS score" SPEAKERS_FROM NEWEST ")"
/* A statement found by its speaker holds none of the words. */
#define SNIPPET                                                                                    \
    "CASE WHEN page.type = 'article' THEN (SELECT snippet(article_search, -1, char(2), char(3),"   \
    " '…', 24) FROM article_search(:match) WHERE rowid = page.row)"                              \
    " WHEN page.row THEN (SELECT snippet(statement_search, 0, char(2), char(3), '…', 32)"        \
    " FROM statement_search(:match) WHERE rowid = page.row)"                                       \
    " ELSE (SELECT substr(words, 1, 240) FROM statement_words WHERE id = page.id) END"
/* The order as a number that grows: the score, or the day one way or the other. */
#define RANK                                                                                       \
    "CASE :order WHEN 'newest' THEN -coalesce(julianday(nullif(h.day, '')), 0)"                    \
    " WHEN 'oldest' THEN coalesce(julianday(nullif(h.day, '')), 1e7) ELSE h.score END"
#define FOUND(hits)                                                                                \
    "SELECT page.type, page.id, a.story, page.article,"                                            \
    " (SELECT o.name FROM outlets o WHERE o.id = a.outlet) AS outlet, a.title, a.published,"       \
    " snippet_parts(" SNIPPET ") AS \"snippet:json\", st.speaker,"                                 \
    " (SELECT x.name FROM actors x WHERE x.key = st.speaker) AS speaker_name, st.kind,"            \
    " page.place AS \"cursor:0\", page.type AS \"cursor:1\", page.id AS \"cursor:2\" FROM"         \
    " (SELECT h.*, " RANK " AS place FROM (" hits ") h WHERE (" RANK ", h.type, h.id) >"           \
    "   (coalesce(:c0, -1e9), coalesce(:c1, ''), coalesce(:c2, 0))"                                \
    "  ORDER BY place, h.type, h.id LIMIT :limit) page CROSS JOIN articles a"                      \
    " ON a.id = page.article LEFT JOIN statements st ON page.type = 'statement'"                   \
    " AND st.id = page.id ORDER BY page.place, page.type, page.id"

/* As list/list.h counts. More than two hundred hits of a search for words alone are as many as the
 * index has: looking at each would take longer than all the rest, for the few that were rejected or
 * deleted. */
#define COUNTED(from) "(SELECT count(*) FROM (SELECT 1" from " LIMIT 10001))"
#define COUNT(what)                                                                                \
    "WITH words AS (SELECT coalesce(:story, :outlet, :from, :to, :kind, :actor, :issue) IS NULL"   \
    " AS alone) SELECT " what
#define ESTIMATED(index, from)                                                                     \
    "CASE WHEN (SELECT alone FROM words) AND EXISTS (SELECT 1 FROM " index " WHERE " index         \
    " MATCH :match LIMIT 1 OFFSET 200) THEN " COUNTED(                                             \
        " FROM " index " WHERE " index " MATCH :match") " ELSE " COUNTED(from) " END"
#define N_ARTICLES ESTIMATED("article_search", ARTICLES_FROM)
#define N_STATEMENTS                                                                               \
    "(" ESTIMATED("statement_search", STATEMENTS_FROM) " + " COUNTED(SPEAKERS_FROM) ")"

/* What the hits are of, those with most of them first; of very many hits, ten thousand. */
#define SOME " LIMIT 10000"
#define HITS_ARTICLES                                                                              \
    "SELECT * FROM (SELECT 'articles' AS type, a.id, a.story, a.outlet, a.day, NULL AS speaker,"   \
    " NULL AS kind" ARTICLES_FROM SOME ")"
#define HITS_STATEMENTS                                                                            \
    "SELECT * FROM (SELECT 'statements' AS type, st.id, st.story, a.outlet, a.day, st.speaker,"    \
    " st.kind" STATEMENTS_FROM SOME ") UNION ALL SELECT * FROM (SELECT 'statements' AS type,"      \
    " st.id, st.story, a.outlet, a.day, st.speaker, st.kind" SPEAKERS_FROM SOME ")"
#define FACET(name, value, text, from)                                                             \
    " (SELECT json_group_array(json_object('value', b.value, 'text', b.text, 'n', b.n)) FROM"      \
    "  (SELECT " value " AS value, " text " AS text, count(*) AS n FROM h" from                    \
    "   GROUP BY 1 ORDER BY n DESC, 1 LIMIT 12) b) AS \"" name ":json\""
#define OF_TYPE FACET("type", "h.type", "h.type", "")
#define OF_OUTLET FACET("outlet", "o.name", "o.name", " JOIN outlets o ON o.id = h.outlet")
#define OF_ACTOR FACET("actor", "x.key", "x.name", " JOIN actors x ON x.key = h.speaker")
#define OF_STORY FACET("story", "s.id", "s.title", " JOIN stories s ON s.id = h.story")
#define OF_ISSUE                                                                                   \
    FACET("issue", "i.key", "i.title",                                                             \
          " JOIN statement_positions p ON p.statement = h.id AND h.type = 'statements'"            \
          " JOIN issues i ON i.key = p.issue")
#define OF_KIND FACET("kind", "h.kind", "h.kind", " WHERE h.kind IS NOT NULL")
#define OF_DAY FACET("day", "h.day", "h.day", " WHERE h.day <> ''")
#define OF_ALL OF_TYPE "," OF_OUTLET "," OF_ACTOR "," OF_STORY "," OF_ISSUE "," OF_KIND "," OF_DAY
#define FACETS(hits) "WITH h AS MATERIALIZED (" hits ") SELECT" OF_ALL

struct engine_hits link_hits(struct str type)
{
    if (str_eq(type, S("articles")))
        return (struct engine_hits){FOUND(FOUND_ARTICLES), COUNT(N_ARTICLES),
                                    FACETS(HITS_ARTICLES)};
    if (str_eq(type, S("statements")))
        return (struct engine_hits){FOUND(FOUND_STATEMENTS), COUNT(N_STATEMENTS),
                                    FACETS(HITS_STATEMENTS)};
    return (struct engine_hits){FOUND(FOUND_ARTICLES " UNION ALL " FOUND_STATEMENTS),
                                COUNT(N_ARTICLES " + " N_STATEMENTS),
                                FACETS(HITS_ARTICLES " UNION ALL " HITS_STATEMENTS)};
}

/* ----------------------------------------------------------------------------------- the index */

#define AMONG " IN (SELECT value FROM json_each(?1)) ORDER BY id"

static const char *index_sql(const struct engine_rows *rows, bool add)
{
    if (rows->of == ROWS_OF_ARTICLES)
        return add ? "INSERT INTO article_search (rowid, title, text)"
                     " SELECT id, title, text FROM article_versions WHERE id" AMONG
                   : "INSERT INTO article_search (article_search, rowid, title, text)"
                     " SELECT 'delete', id, title, text FROM article_versions WHERE id" AMONG;
    return add ? "INSERT INTO statement_search (rowid, words)"
                 " SELECT id, words FROM statement_words WHERE id" AMONG
               : "INSERT INTO statement_search (statement_search, rowid, words)"
                 " SELECT 'delete', id, words FROM statement_words WHERE id" AMONG;
}

static void write_ids(const struct engine_rows *rows, struct buf *out)
{
    struct json j = json_begin(out);
    json_array(&j);
    for (size_t i = 0; i < rows->n; i++)
        json_int(&j, rows->ids[i]);
    json_end_array(&j);
}

/* One statement for all rows: FTS5 writes its index out between two. */
bool link_index(struct engine_link *link, const struct engine_rows *rows, bool add, struct err *err)
{
    struct buf ids = {0};
    sqlite3_stmt **kept = &link->indexing[rows->of == ROWS_OF_STATEMENTS][add];
    int code = SQLITE_OK;
    if (rows->n == 0)
        return true;
    if (!*kept)
        code = sqlite3_prepare_v3(link->handle, index_sql(rows, add), -1, SQLITE_PREPARE_PERSISTENT,
                                  kept, NULL);
    write_ids(rows, &ids);
    if (code == SQLITE_OK) {
        sqlite3_bind_text64(*kept, 1, ids.p, ids.n, SQLITE_STATIC, SQLITE_UTF8);
        code = sqlite3_step(*kept);
    }
    bool ok = code == SQLITE_DONE || link_fail(link, code, err);
    sqlite3_reset(*kept);
    buf_finish(&ids);
    return ok;
}

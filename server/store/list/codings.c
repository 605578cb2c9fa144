/* Codings and samples as rows. */
#include "store/list/fragments.h"
#include "store/list/list.h"

#define CODING_COLUMNS                                                                             \
    "SELECT c.statement, c.article, a.story, c.coder, c.verdict, c.decision, c.coding"             \
    " AS \"coding:json\", c.statement AS \"cursor:0\", c.coder AS \"cursor:1\""
#define CODING_FROM " FROM codings c JOIN articles a ON a.id = c.article WHERE"
#define CODING_WHERE                                                                               \
    " (:by IS NULL OR c.coder = :by) AND (:article IS NULL OR c.article = :article)"               \
    " AND (:story IS NULL OR a.story = :story)"
#define CODING_BY(condition)                                                                       \
    (struct noun_sql)                                                                              \
    {                                                                                              \
        CODING_COLUMNS CODING_FROM condition CODING_WHERE                                          \
            " AND (c.statement, c.coder) > (coalesce(:c0, 0), coalesce(:c1, ''))"                  \
            " ORDER BY c.statement, c.coder LIMIT :limit",                                         \
            COUNT_OF(CODING_FROM condition CODING_WHERE), NULL, 0                                  \
    }

static struct noun_sql coding_rows(const struct store_filter *f)
{
    if (f->import)
        return CODING_BY(" c.article IN (SELECT s.article FROM sample_statements s WHERE"
                         " s.sample = :import) AND");
    if (f->story)
        return CODING_BY(" c.article IN (SELECT s.id FROM articles s WHERE s.story = :story) AND");
    return CODING_BY("");
}

/* Decided: of those drawn, how many a person has decided about. */
#define SAMPLE_COLUMNS                                                                             \
    "SELECT s.id, s.purpose, s.title, s.story, (SELECT t.title FROM stories t WHERE"               \
    " t.id = s.story) AS story_title, s.by, s.made, s.seed, s.size, s.strata,"                     \
    " s.blind AS \"blind:bool\","                                                                  \
    " (SELECT sum(x.population) FROM sample_strata x WHERE x.sample = s.id) AS population,"        \
    " (SELECT count(*) FROM sample_statements p WHERE p.sample = s.id) AS drawn,"                  \
    " (SELECT count(*) FROM sample_statements p JOIN statements st ON st.id = p.statement"         \
    "  WHERE p.sample = s.id AND st.status <> 'proposed') AS decided,"                             \
    " (SELECT json_group_array(json_object('coder', b.coder, 'coded', b.n)) FROM"                  \
    "  (SELECT c.coder, count(*) AS n FROM sample_statements p JOIN codings c"                     \
    "   ON c.statement = p.statement WHERE p.sample = s.id GROUP BY c.coder ORDER BY c.coder) b)"  \
    " AS \"coders:json\""
#define SAMPLE_FROM " FROM samples s WHERE (:kind IS NULL OR s.purpose = :kind)"

static struct noun_sql sample_rows(void)
{
    return (struct noun_sql){
        SAMPLE_COLUMNS ", s.id AS \"cursor:0\"" SAMPLE_FROM
                       " AND s.id < coalesce(:c0, 9007199254740992) ORDER BY s.id DESC"
                       " LIMIT :limit",
        COUNT_OF(SAMPLE_FROM),
        SAMPLE_COLUMNS ", (SELECT json_group_array(json_object('stratum',"
                       " x.stratum, 'population', x.population, 'drawn',"
                       " x.drawn)) FROM sample_strata x WHERE x.sample = s.id)"
                       " AS \"of_strata:json\" FROM samples s WHERE s.id = :id",
        0};
}

/* Statements as in statements.c, with what one person says of each. Those that are gone are left
 * out. */
#define SAMPLED_SEEN "(SELECT s.blind FROM samples s WHERE s.id = p.sample) = 0"
#define SAMPLED_SPANS                                                                              \
    "((SELECT v.text FROM article_versions v WHERE v.article = st.article AND v.current),"         \
    " st.kept_words, iif(" SAMPLED_SEEN ", st.source, '[]'), iif(" SAMPLED_SEEN ", st.cue, '[]')," \
    " st.content, st.context)"
/* clang-format off */
#define SEEN(what) "iif(" SAMPLED_SEEN ", " what ", NULL)"
#define SAMPLED_COLUMNS \
    "SELECT p.number, p.stratum, st.id, st.article, st.story," \
    " (SELECT o.name FROM outlets o WHERE o.id = a.outlet) AS outlet, a.title, a.published, " \
    SEEN("st.kind") " AS kind, " SEEN("st.speaker") " AS speaker, " \
    SEEN("(SELECT x.name FROM actors x WHERE x.key = st.speaker)") " AS speaker_name, " \
    SEEN("st.via") " AS via, " SEEN("st.channel") " AS channel, " SEEN("st.said_on") " AS said_on," \
    " span_lines" SAMPLED_SPANS " AS \"source:0\", NULL AS \"cue:1\", NULL AS \"content:2\"," \
    " NULL AS \"context:3\", " SEEN("st.confidence") " AS confidence, " SEEN("st.rule") \
    " AS rule, st.status, " SEEN(STATEMENT_POSITIONS) " AS \"positions:json\", c.verdict," \
    " c.coding AS \"coding:json\", p.number AS \"cursor:0\""
/* clang-format on */
#define SAMPLED_FROM                                                                               \
    " FROM sample_statements p JOIN statements st ON st.id = p.statement"                          \
    " JOIN articles a ON a.id = st.article"                                                        \
    " LEFT JOIN codings c ON c.statement = p.statement AND c.coder = :by"                          \
    " WHERE p.sample = :import AND (:left IS NULL OR iif((SELECT s.purpose FROM samples s WHERE"   \
    " s.id = :import) = 'audit', st.status = 'proposed', c.verdict IS NULL))"

static struct noun_sql sampled_rows(void)
{
    return (struct noun_sql){SAMPLED_COLUMNS SAMPLED_FROM
                             " AND p.number > coalesce(:c0, 0) ORDER BY p.number LIMIT :limit",
                             COUNT_OF(SAMPLED_FROM), NULL, 0};
}

struct noun_sql coding_nouns(const struct store_query *query)
{
    return query->noun == NOUN_CODING    ? coding_rows(&query->filter)
           : query->noun == NOUN_SAMPLE  ? sample_rows()
           : query->noun == NOUN_SAMPLED ? sampled_rows()
                                         : (struct noun_sql){0};
}

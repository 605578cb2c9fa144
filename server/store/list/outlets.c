/* Outlets as rows: how much is theirs; and of one, whom it quotes and how, on what, whose reports
 * it takes over or gives, and what others of its stories carry and it does not. */
#include "store/list/fragments.h"
#include "store/list/list.h"

#define OUTLET_COLUMNS                                                                             \
    "SELECT o.id, o.name, o.domain,"                                                               \
    " (SELECT count(*) FROM articles a WHERE a.outlet = o.id AND a.story > 0) AS articles,"        \
    " (SELECT coalesce(sum(a.statements), 0) FROM articles a WHERE a.outlet = o.id"                \
    "  AND a.story > 0) AS statements,"                                                            \
    " (SELECT count(DISTINCT a.story) FROM articles a WHERE a.outlet = o.id AND a.story > 0)"      \
    " AS stories,"                                                                                 \
    " (SELECT max(nullif(a.day, '')) FROM articles a WHERE a.outlet = o.id AND a.story > 0)"       \
    " AS last_day"

/* One that was put in by a person and taken back has no articles, nor has one that was merged. */
#define OUTLET_WHERE                                                                               \
    " EXISTS (SELECT 1 FROM articles a WHERE a.outlet = o.id AND a.story > 0)"                     \
    " AND (:like IS NULL OR o.name LIKE :like ESCAPE '\\' OR o.domain LIKE :like ESCAPE '\\')"

/* Its newest articles stand for it where there are very many. */
#define NEWEST                                                                                     \
    "(SELECT a.id, a.story FROM articles a WHERE a.outlet = o.id AND a.story > 0"                  \
    " ORDER BY a.day DESC, a.id DESC LIMIT 2000)"

#define OUTLET_PARTS                                                                               \
    " (SELECT json_group_array(json_object('id', p.id, 'name', p.name)) FROM outlets p"            \
    "  WHERE p.part_of = o.id) AS \"parts:json\""
#define OUTLET_QUOTES                                                                              \
    " (SELECT json_group_array(json(b.one)) FROM (SELECT json_object('key', x.key, 'name',"        \
    "   x.name, 'kind', x.kind, 'statements', count(*), 'direct', sum(st.kind <> 'indirect'))"     \
    "   AS one FROM " NEWEST " n JOIN statements st ON st.article = n.id"                          \
    "   AND st.status <> 'rejected' JOIN actors x ON x.key = st.speaker"                           \
    "   GROUP BY x.key ORDER BY count(*) DESC, x.key LIMIT 30) b) AS \"quotes:json\""
#define OUTLET_KINDS                                                                               \
    " (SELECT json_group_object(b.kind, b.n) FROM (SELECT st.kind, count(*) AS n FROM " NEWEST     \
    "   n JOIN statements st ON st.article = n.id AND st.status <> 'rejected'"                     \
    "   GROUP BY st.kind) b) AS \"kinds:json\""
#define OUTLET_ISSUES                                                                              \
    " (SELECT json_group_array(json(b.one)) FROM (SELECT json_object('id', i.key, 'title',"        \
    "   i.title, 'sort', i.sort, 'statements', count(*)) AS one FROM " NEWEST " n"                 \
    "   JOIN statements st ON st.article = n.id AND st.status <> 'rejected'"                       \
    "   JOIN statement_positions p ON p.statement = st.id JOIN issues i ON i.key = p.issue"        \
    "   GROUP BY i.key ORDER BY count(*) DESC, i.key LIMIT 20) b) AS \"issues:json\""
/* Articles that rewrite another outlet's, and those that another rewrites. */
#define OUTLET_REWRITES(own, others)                                                               \
    " (SELECT json_group_array(json(b.one)) FROM (SELECT json_object('outlet', p.name, 'id',"      \
    "   p.id, 'articles', count(DISTINCT r." own ")) AS one FROM " NEWEST " n"                     \
    "   JOIN rewrites r ON r.story = n.story AND r." own " = n.id"                                 \
    "   JOIN articles c ON c.id = r." others " JOIN outlets p ON p.id = c.outlet"                  \
    "   WHERE p.id <> o.id GROUP BY p.id ORDER BY count(DISTINCT r." own ") DESC, p.name"          \
    "   LIMIT 20) b)"
/* Said in a story that it reports, by what most outlets there carry, and in none of its articles.
 */
#define OUTLET_STORIES "(SELECT DISTINCT n.story FROM " NEWEST " n ORDER BY n.story DESC LIMIT 200)"
#define OUTLET_LEFT_OUT                                                                            \
    " (SELECT json_group_array(json(b.one)) FROM (SELECT json_object('utterance', u.id, 'story',"  \
    "   u.story, 'title', s.title, 'speaker', u.speaker, 'speaker_name', (SELECT x.name FROM"      \
    "   actors x WHERE x.key = u.speaker), 'outlets', u.outlets, 'statement', st.id, 'kind',"      \
    "   st.kind, 'words', (SELECT w.words FROM statement_words w WHERE w.id = st.id)) AS one "     \
    "FROM " OUTLET_STORIES " e"                                                                    \
    "   JOIN stories s ON s.id = e.story JOIN utterances u ON u.story = e.story AND u.outlets > 1" \
    "   JOIN statements st ON st.utterance = u.id AND st.fullest"                                  \
    "   WHERE NOT EXISTS (SELECT 1 FROM statements c JOIN articles a ON a.id = c.article"          \
    "     WHERE c.utterance = u.id AND a.outlet = o.id)"                                           \
    "   AND EXISTS (SELECT 1 FROM articles a WHERE a.story = e.story AND a.outlet = o.id"          \
    "     AND a.slot > 0 AND " ABSENCE " = 'a')"                                                   \
    "   ORDER BY u.outlets DESC, u.id LIMIT 30) b) AS \"left_out:json\""

#define OUTLET_ITEM                                                                                \
    OUTLET_COLUMNS                                                                                 \
    ", o.found," OUTLET_PARTS "," OUTLET_QUOTES "," OUTLET_KINDS "," OUTLET_ISSUES                 \
    "," OUTLET_REWRITES("by", "of") " AS \"takes_from:json\"," OUTLET_REWRITES(                    \
        "of", "by") " AS \"taken_by:json\"," OUTLET_LEFT_OUT                                       \
                    " FROM outlets o WHERE o.id = :id AND o.part_of IS NULL"

struct noun_sql outlet_rows(void)
{
    return (struct noun_sql){OUTLET_COLUMNS
                             ", o.name AS \"cursor:0\" FROM outlets o WHERE" OUTLET_WHERE
                             " AND o.name > coalesce(:c0, '') ORDER BY o.name LIMIT :limit",
                             "SELECT count(*) FROM outlets o WHERE" OUTLET_WHERE, OUTLET_ITEM, 0};
}

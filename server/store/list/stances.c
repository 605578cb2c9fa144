/* What statements say on issues, a row each: the form that networks and spreadsheets are made of,
 * with one value a column. */
#include "store/list/fragments.h"
#include "store/list/list.h"

/* The organisation a speaker is or belongs to. */
#define STANCE_BODY "CASE WHEN x.kind IN ('person', 'unnamed') THEN nullif(x.of, '') ELSE x.key END"
#define STANCE_COLUMNS                                                                             \
    "SELECT st.id AS statement, st.article, st.story, a.outlet AS outlet_id,"                      \
    " (SELECT o.name FROM outlets o WHERE o.id = a.outlet) AS outlet, a.title, a.published,"       \
    " a.day, st.kind, st.speaker, x.name AS speaker_name, x.kind AS speaker_kind,"                 \
    " x.role AS speaker_role, " STANCE_BODY " AS organisation,"                                    \
    " coalesce((SELECT y.name FROM actors y WHERE y.key = " STANCE_BODY "), " STANCE_BODY ")"      \
    " AS organisation_name, p.issue, i.title AS issue_title, i.sort, p.stance, p.condition,"       \
    " round(p.confidence, 3) AS confidence, st.start,"                                             \
    " " STATEMENT_END " AS \"end\", " STATEMENT_WORDS " AS words, st.said_on, st.status, a.url,"   \
    " st.article AS \"cursor:0\", st.start AS \"cursor:1\", st.id AS \"cursor:2\","                \
    " p.issue AS \"cursor:3\""
#define STANCE_FROM                                                                                \
    " FROM statements st JOIN articles a ON a.id = st.article"                                     \
    " JOIN statement_positions p ON p.statement = st.id JOIN issues i ON i.key = p.issue"          \
    " LEFT JOIN actors x ON x.key = st.speaker WHERE"
#define STANCE_WHERE                                                                               \
    " st.story > 0 AND (st.status = :status OR (:status IS NULL AND st.status <> 'rejected'))"     \
    " AND (:outlet IS NULL OR a.outlet = :outlet) AND (:actor IS NULL OR " SPEAKER_IS_ACTOR ")"    \
    " AND (:issue IS NULL OR p.issue = :issue) AND (:stance IS NULL OR p.stance = :stance)"        \
    " AND (:from IS NULL OR a.day >= :from)"                                                       \
    " AND (:to IS NULL OR (a.day <> '' AND a.day <= :to)) AND p.confidence >= :confidence"
#define STANCE_PAGE                                                                                \
    " AND (st.article, st.start, st.id, p.issue) >"                                                \
    " (coalesce(:c0, 0), coalesce(:c1, 0), coalesce(:c2, 0), coalesce(:c3, ''))"                   \
    " ORDER BY st.article, st.start, st.id, p.issue LIMIT :limit"
#define STANCE_BY(condition)                                                                       \
    (struct noun_sql)                                                                              \
    {                                                                                              \
        STANCE_COLUMNS STANCE_FROM condition STANCE_WHERE STANCE_PAGE,                             \
            COUNT_OF(STANCE_FROM condition STANCE_WHERE), NULL, 0                                  \
    }

struct noun_sql stance_rows(const struct store_filter *f)
{
    if (f->article)
        return STANCE_BY(" st.article = :article AND (:story IS NULL OR st.story = :story) AND");
    if (f->story)
        return STANCE_BY(" " IN_STORY " AND");
    if (f->actor.n)
        return STANCE_BY(" " SPEAKER_IS_ACTOR " AND");
    if (f->issue.n)
        return STANCE_BY(" st.id IN (SELECT w.statement FROM statement_positions w"
                         " WHERE w.issue = :issue) AND");
    return STANCE_BY("");
}

/* The timeline, and the network of actors and issues, as rows. */
#include "store/list/fragments.h"
#include "store/list/list.h"

/* Something said (on its day, else on the day of publication) or something published. */
#define TIMELINE_ROWS                                                                              \
    "WITH happened AS (SELECT CASE WHEN st.said_on <> '' THEN st.said_on ELSE a.day END AS day, "  \
    "'' AS time,"                                                                                  \
    "  'said' AS type, st.speaker AS actor, a.outlet, st.article, st.id AS statement,"             \
    "  (SELECT u.issue FROM utterances u WHERE u.id = st.utterance) AS issue, a.title"             \
    "  FROM statements st JOIN articles a ON a.id = st.article"                                    \
    "  WHERE " IN_STORY " AND st.status <> 'rejected'"                                             \
    " UNION ALL SELECT a.day, substr(a.published, 12), 'published', NULL, a.outlet, a.id, NULL,"   \
    "  NULL, a.title FROM articles a WHERE a.story = :story)"
#define TIMELINE_WHERE                                                                             \
    " FROM happened h WHERE (:actor IS NULL OR h.actor = :actor)"                                  \
    " AND (:issue IS NULL OR h.issue = :issue) AND (:type IS NULL OR h.type = :type)"              \
    " AND (:from IS NULL OR h.day >= :from) AND (:to IS NULL OR h.day <= :to)"

struct noun_sql timeline_rows(const struct store_filter *f)
{
    (void)f;
    return (struct noun_sql){
        TIMELINE_ROWS
        " SELECT h.day, h.time, h.type, h.actor, (SELECT x.name FROM actors x WHERE x.key = "
        "h.actor)"
        " AS name, (SELECT o.name FROM outlets o WHERE o.id = h.outlet) AS outlet, h.article,"
        " h.title, h.statement, h.issue, h.day AS \"cursor:0\", h.time AS \"cursor:1\","
        " h.article AS \"cursor:2\", coalesce(h.statement, 0) AS \"cursor:3\"" TIMELINE_WHERE
        " AND (h.day, h.time, h.article, coalesce(h.statement, 0)) >"
        " (coalesce(:c0, ''), coalesce(:c1, ''), coalesce(:c2, 0), coalesce(:c3, -1))"
        " ORDER BY h.day, h.time, h.article, coalesce(h.statement, 0) LIMIT :limit",
        TIMELINE_ROWS " SELECT count(*)" TIMELINE_WHERE, NULL, 0};
}

/* Two-mode: actors and the issues they take positions on. */
#define NODES_TWO(which)                                                                           \
    "WITH node AS (SELECT p.actor AS id, max(x.name) AS label, max(x.kind) AS type,"               \
    "  count(*) AS weight"                                                                         \
    "  FROM positions p JOIN actors x ON x.key = p.actor"                                          \
    "  WHERE " which " GROUP BY p.actor"                                                           \
    " UNION ALL SELECT p.issue, max(i.title), 'issue', count(*) FROM positions p"                  \
    "  JOIN issues i ON i.key = p.issue WHERE " which ""                                           \
    "  GROUP BY p.issue)"
#define EDGES_TWO(which)                                                                           \
    "edge AS (SELECT p.actor AS start, p.issue AS end, p.stance, count(DISTINCT e.statement)"      \
    "  AS weight, json_group_array(DISTINCT e.statement) AS statements"                            \
    "  FROM positions p JOIN position_statements e ON e.position = p.id"                           \
    "  WHERE " which " GROUP BY p.actor, p.issue, p.stance)"
/* One-mode: two actors agree on an issue where both are for or both against it. */
#define SIDES(which)                                                                               \
    "side AS (SELECT DISTINCT p.actor, p.issue, p.story, p.id,"                                    \
    "  CASE WHEN p.stance IN ('support', 'conditional') THEN 1 ELSE -1 END AS way FROM positions " \
    "p"                                                                                            \
    "  WHERE p.stance IN ('support', 'conditional', 'oppose', 'denies')"                           \
    "  AND " which ")"
#define NODES_ONE(which)                                                                           \
    "WITH node AS (SELECT p.actor AS id, max(x.name) AS label, max(x.kind) AS type,"               \
    "  count(*) AS weight"                                                                         \
    "  FROM positions p JOIN actors x ON x.key = p.actor"                                          \
    "  WHERE " which " GROUP BY p.actor)"
#define EDGES_ONE(which)                                                                           \
    SIDES(which)                                                                                   \
    ", edge AS (SELECT l.actor AS start, r.actor AS end,"                                          \
    " CASE WHEN l.way = r.way THEN 'support' ELSE 'oppose' END AS stance, count(DISTINCT "         \
    "l.issue) AS weight,"                                                                          \
    " json_group_array(DISTINCT e.statement) AS statements FROM side l JOIN side r"                \
    " ON r.issue = l.issue AND r.story = l.story AND l.actor < r.actor"                            \
    " JOIN position_statements e ON e.position IN (l.id, r.id)"                                    \
    " GROUP BY l.actor, r.actor, l.way = r.way)"

#define NODE_LIST                                                                                  \
    " SELECT n.id, n.label, n.type, n.weight, n.id AS \"cursor:0\" FROM node n"                    \
    " WHERE n.id > coalesce(:c0, '') ORDER BY n.id LIMIT :limit"
#define EDGE_LIST                                                                                  \
    " SELECT e.start AS \"from\", e.end AS \"to\", e.stance, e.weight,"                            \
    " e.statements AS \"statements:json\", e.start AS \"cursor:0\", e.end AS \"cursor:1\","        \
    " e.stance AS \"cursor:2\" FROM edge e WHERE (e.start, e.end, e.stance) >"                     \
    " (coalesce(:c0, ''), coalesce(:c1, ''), coalesce(:c2, '')) ORDER BY 1, 2, 3 LIMIT :limit"
#define NETWORK                                                                                    \
    " SELECT (SELECT json_group_array(json_object('id', n.id, 'label', n.label, 'type', n.type,"   \
    " 'weight', n.weight)) FROM node n) AS \"nodes:json\","                                        \
    " (SELECT json_group_array(json_object('from', e.start, 'to', e.end, 'stance', e.stance,"      \
    " 'weight', e.weight, 'statements', json(e.statements))) FROM edge e) AS \"edges:json\""

static bool is_one_mode(const struct store_filter *f)
{
    return str_eq(f->mode, S("one"));
}

/* Of one story, found by its index, or of all. */
#define OF_STORY "p.story = :story"
#define OF_ALL "1"
#define NODE_ROWS(nodes)                                                                           \
    (struct noun_sql)                                                                              \
    {                                                                                              \
        nodes NODE_LIST, nodes " SELECT count(*) FROM node", NULL, 0                               \
    }
#define EDGE_ROWS(nodes, edges)                                                                    \
    (struct noun_sql)                                                                              \
    {                                                                                              \
        "WITH " edges EDGE_LIST, "WITH " edges " SELECT count(*) FROM edge",                       \
            nodes ", " edges NETWORK, 0                                                            \
    }

struct noun_sql node_rows(const struct store_filter *f)
{
    if (f->story)
        return is_one_mode(f) ? NODE_ROWS(NODES_ONE(OF_STORY)) : NODE_ROWS(NODES_TWO(OF_STORY));
    return is_one_mode(f) ? NODE_ROWS(NODES_ONE(OF_ALL)) : NODE_ROWS(NODES_TWO(OF_ALL));
}

struct noun_sql edge_rows(const struct store_filter *f)
{
    if (f->story)
        return is_one_mode(f) ? EDGE_ROWS(NODES_ONE(OF_STORY), EDGES_ONE(OF_STORY))
                              : EDGE_ROWS(NODES_TWO(OF_STORY), EDGES_TWO(OF_STORY));
    return is_one_mode(f) ? EDGE_ROWS(NODES_ONE(OF_ALL), EDGES_ONE(OF_ALL))
                          : EDGE_ROWS(NODES_TWO(OF_ALL), EDGES_TWO(OF_ALL));
}

/* How much a person's look at each proposed statement of a story is worth, which orders the queue
 * of the review: most for what the program is unsure of and much rests on. */
#include "store/story/saving.h"

/* How likely it is that a look changes something: the statement itself, and the surest side it
 * gives to a position; more where outlets disagree about that position, where nobody is known to
 * have said it, and where other wordings are measured by this one. */
#define WORTH                                                                                      \
    "1.05 - st.confidence + coalesce((SELECT max(1.05 - p.confidence) FROM statement_positions p"  \
    " WHERE p.statement = st.id AND p.stance <> 'neutral'), 0)"                                    \
    " + 0.5 * EXISTS (SELECT 1 FROM position_statements e JOIN positions q ON q.id = e.position"   \
    "   WHERE e.statement = st.id AND q.disputed)"                                                 \
    " + 0.2 * (st.speaker IS NULL)"                                                                \
    " + 0.1 * (CASE WHEN st.fullest THEN min(5, (SELECT count(*) - 1 FROM statements o"            \
    "   WHERE o.utterance = st.utterance)) ELSE 0 END)"

bool save_worth(struct saving *s)
{
    struct query q = query_begin(
        s->db, "WITH now AS MATERIALIZED (SELECT st.id, st.worth, round(" WORTH ", 6) AS fresh FROM"
               " statements st WHERE st.story = :story AND st.status = 'proposed')"
               " UPDATE statements SET worth = now.fresh FROM now WHERE statements.id = now.id"
               " AND now.worth <> now.fresh");
    query_int(&q, ":story", s->story->id);
    return query_do(&q, s->err);
}

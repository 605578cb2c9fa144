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

static double as_stored(float confidence)
{
    return (double)saving_millionths((double)confidence) / 1e6;
}

static double of_positions(const struct lang_statement *st)
{
    double most = 0;
    for (size_t i = 0; i < st->n_positions; i++) {
        double unsure = 1.05 - as_stored(st->positions[i].confidence);
        if (st->positions[i].stance != STANCE_NEUTRAL && unsure > most)
            most = unsure;
    }
    return most;
}

static void note_disputed(struct saving *s, bool *disputed)
{
    for (size_t i = 0; i < s->c->n_positions; i++) {
        const struct position *p = &s->c->positions[i];
        for (size_t k = 0; p->disputed && k < p->n_statements; k++) {
            const struct statement_row *row = saving_row(s, p->statements[k]);
            if (row)
                disputed[row - s->rows] = true;
        }
    }
}

/* The same, told from the comparison. What the tables have otherwise in the end (an issue that is
 * gone, say) save_worth mends. */
void prepare_worth(struct saving *s)
{
    bool *disputed = arena_array(&s->arena, s->n_rows + 1, sizeof *disputed);
    note_disputed(s, disputed);
    for (size_t i = 0; i < s->n_rows; i++) {
        struct statement_row *row = &s->rows[i];
        const struct lang_statement *st = row->statement;
        int64_t others = row->wording && row->wording->fullest ? row->others : 0;
        row->worth = saving_millionths(1.05 - as_stored(st->confidence) + of_positions(st) +
                                       0.5 * disputed[i] + 0.2 * (st->speaker == NO_ACTOR) +
                                       0.1 * (double)(others < 5 ? others : 5));
    }
}

bool save_worth(struct saving *s)
{
    struct query q = query_begin(
        s->db,
        "WITH now AS MATERIALIZED (SELECT st.id, st.worth_number AS worth, CAST(round((" WORTH
        ") * 1000000) AS INTEGER) AS fresh FROM"
        " statements st WHERE st.article IN (SELECT id FROM articles WHERE story = :story) AND "
        "st.status = 'proposed')"
        " UPDATE statement_rows SET worth_number = now.fresh FROM now WHERE"
        " statement_rows.id = now.id AND now.worth <> now.fresh");
    query_int(&q, ":story", s->story->id);
    return query_do(&q, s->err);
}

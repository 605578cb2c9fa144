/* compare_story: the stages of the comparison in their order. */
#include "compare/parts.h"

const char *const statement_status_names[STATUS_COUNT] = {"proposed", "confirmed", "rejected",
                                                          "edited"};
const char *const variant_names[VARIANT_COUNT] = {
    "verbatim", "cut", "merged", "word-changed", "negation", "number-changed", "paraphrase"};
const char *const absence_names[ABSENT_COUNT] = {"absent", "published-before", "copy",
                                                 "not-reviewed"};

static struct str title_of(const struct work *w)
{
    if (w->in->title.n)
        return w->in->title;
    for (size_t r = 0; r < w->in->n_articles; r++)
        if (w->in->articles[w->order[r]].title.n)
            return w->in->articles[w->order[r]].title;
    return S("Untitled story");
}

void compare_story(struct arena *a, const struct compare_input *in, struct comparison *out)
{
    *out = (struct comparison){.input = in};
    struct work w = {.arena = a, .in = in, .out = out};
    vocabulary_load(&w.lex);
    work_order(&w);
    out->order = w.order;
    out->title = title_of(&w);
    work_texts(&w);
    work_sayings(&w);
    work_origins(&w);
    work_actors(&w);
    work_utterances(&w);
    work_absences(&w);
    work_positions(&w);
    work_conflicts(&w);
}

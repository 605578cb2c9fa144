/* Rule "addressee.differs": wordings of one utterance that name different people it was said to.
 * Different ways of saying it (a prepared testimony, a hearing) contradict nothing. */
#include "compare/parts.h"

#define LIKE_ENOUGH 0.30

struct pair_rule {
    const char *rule;
    bool (*differs)(const struct work *w, const struct saying *a, const struct saying *b);
    struct span (*place)(const struct work *w, const struct saying *s);
    const char *what;
};

static bool addressee_differs(const struct work *w, const struct saying *a, const struct saying *b)
{
    (void)w;
    return a->addressee && b->addressee && a->addressee != b->addressee && a->told_actor &&
           b->told_actor;
}

static struct span addressee_span(const struct work *w, const struct saying *s)
{
    (void)w;
    return s->told;
}

/* Several sentences of one act can tell several things. */
bool saying_shares_words(const struct work *w, const struct saying *a, const struct saying *b)
{
    size_t content;
    return common_quote(w, a, b, &content) && content >= 2
               ? true
               : bag_likeness(&a->bag, &b->bag).dice >= LIKE_ENOUGH;
}

static void check(struct work *w, size_t u, const struct pair_rule *rule)
{
    const struct utterance *at = &w->out->utterances[u];
    for (size_t i = 0; i < at->n_wordings; i++)
        for (size_t k = i + 1; k < at->n_wordings && k <= i + MOST_RIVALS; k++) {
            const struct saying *a = w->members[u][i], *b = w->members[u][k];
            if (a->article == b->article || !rule->differs(w, a, b) ||
                !saying_shares_words(w, a, b))
                continue;
            struct conflict_span spans[] = {{a->article, rule->place(w, a), 1},
                                            {b->article, rule->place(w, b), 2}};
            struct str note =
                arena_fmt(w->arena, "The same saying, but %s: “%.*s” and “%.*s”.", rule->what,
                          STR_ARG(text_slice(&w->texts[a->article], spans[0].at)),
                          STR_ARG(text_slice(&w->texts[b->article], spans[1].at)));
            conflict_add(w, &(struct finding){rule->rule, "outlets-disagree", note, spans, 2});
            return;
        }
}

void conflict_channel(struct work *w)
{
    static const struct pair_rule rules[] = {
        {"addressee.differs", addressee_differs, addressee_span, "to different people"}};
    for (size_t u = 0; u < w->out->n_utterances; u++)
        for (size_t r = 0; r < sizeof rules / sizeof *rules; r++)
            check(w, u, &rules[r]);
}

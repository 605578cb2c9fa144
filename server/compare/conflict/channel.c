/* Rules "channel.differs" and "addressee.differs": wordings of one utterance that name different
 * ways of saying it (on X / at a press conference) or different people it was said to. */
#include "compare/parts.h"

#define LIKE_ENOUGH 0.30

/* The channel's name where the text has it, near the statement; else the cue. */
static struct span channel_span(const struct work *w, const struct saying *s)
{
    const struct text *t = &w->texts[s->article];
    struct span cue = s->st->cue.n ? s->st->cue.v[0] : s->st->content.v[0];
    struct term_range r = text_range(t, cue), wanted = {0, 0};
    struct text name;
    text_read(w->arena, &w->lex, s->channel, &name);
    if (r.first >= t->n_terms || !name.n_terms)
        return cue;
    struct term_range sentence = t->sentences[t->terms[r.first].sentence];
    for (uint32_t i = sentence.first; i + name.n_terms <= sentence.end; i++) {
        size_t k = 0;
        while (k < name.n_terms && t->terms[i + k].word == name.terms[k].word)
            k++;
        if (k == name.n_terms)
            wanted = (struct term_range){i, i + (uint32_t)k};
    }
    return wanted.end ? text_span(t, wanted) : cue;
}

struct pair_rule {
    const char *rule;
    bool (*differs)(const struct work *w, const struct saying *a, const struct saying *b);
    struct span (*place)(const struct work *w, const struct saying *s);
    const char *what;
};

static bool channel_differs(const struct work *w, const struct saying *a, const struct saying *b)
{
    return !channels_agree(w, a->channel, b->channel);
}

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

/* Several sentences of one act can have been said in several ways. */
static bool same_words(const struct work *w, const struct saying *a, const struct saying *b)
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
        for (size_t k = i + 1; k < at->n_wordings; k++) {
            const struct saying *a = w->members[u][i], *b = w->members[u][k];
            if (a->article == b->article || !rule->differs(w, a, b) || !same_words(w, a, b))
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
        {"channel.differs", channel_differs, channel_span, "by different ways"},
        {"addressee.differs", addressee_differs, addressee_span, "to different people"}};
    for (size_t u = 0; u < w->out->n_utterances; u++)
        for (size_t r = 0; r < sizeof rules / sizeof *rules; r++)
            check(w, u, &rules[r]);
}

/* Rule "wording.differs": two reports have the same words inside quotation marks, but one turns
 * them round, has another name or word, or leaves words out and shows no gap: not both can have
 * been said. */
#include "compare/parts.h"

#include "compare/saying/wording.h"

/* The fullest wording of the utterance, or NULL. */
static const struct saying *fullest_of(const struct work *w, size_t u)
{
    const struct utterance *at = &w->out->utterances[u];
    for (size_t i = 0; i < at->n_wordings; i++)
        if (at->wordings[i].fullest)
            return w->members[u][i];
    return NULL;
}

/* Who said it, as the utterance has it: some report may take who carries it for the speaker. */
static struct str speaker_name(const struct work *w, size_t u)
{
    const struct utterance *at = &w->out->utterances[u];
    for (size_t i = 0; i < at->n_wordings; i++)
        if (str_eq(w->members[u][i]->speaker, at->speaker))
            return saying_speaker_name(w, w->members[u][i]);
    return at->speaker;
}

static void check(struct work *w, const struct saying *full, const struct saying *s,
                  const struct wording *wording)
{
    if (full->article == s->article || full == s)
        return;
    struct span of_full = full->st->content.v[0], of_s = s->st->content.v[0];
    bool turned = wording->variant == VARIANT_NEGATION && quotes_are_close(w, full, s);
    bool other =
        wording->quotes_differ && (turned || words_are_replaced(w, full, s, &of_full, &of_s));
    if (!other && !words_are_omitted(w, full, s, &of_full, &of_s))
        return;
    struct conflict_span spans[] = {{full->article, of_full, 1}, {s->article, of_s, 2}};
    struct str note = arena_fmt(w->arena, "%.*s is quoted in two ways: “%.*s” and “%.*s”.",
                                STR_ARG(speaker_name(w, s->utterance)),
                                STR_ARG(text_slice(&w->texts[full->article], of_full)),
                                STR_ARG(text_slice(&w->texts[s->article], of_s)));
    conflict_add(w, &(struct finding){"wording.differs", "outlets-disagree", note, spans, 2});
}

void conflict_wording(struct work *w)
{
    for (size_t u = 0; u < w->out->n_utterances; u++) {
        const struct utterance *at = &w->out->utterances[u];
        const struct saying *full = at->n_wordings > 1 ? fullest_of(w, u) : NULL;
        for (size_t i = 0; full && full->st->content.n && i < at->n_wordings; i++)
            if (w->members[u][i]->st->content.n)
                check(w, full, w->members[u][i], &at->wordings[i]);
    }
}

/* Rule "headline.body": a headline tells of an event what its own article tells otherwise
 * ("cancelled" above, "postponed" below), and the article nowhere tells it as the headline does.
 *
 * The finding points at the words of the body; the headline's are in the note. */
#include "compare/conflict/event.h"

static bool excludes(const struct telling *a, const struct telling *b)
{
    return a->group == b->group && a->member != b->member && a->theme && a->theme == b->theme &&
           !a->weak && !b->weak;
}

static bool agrees(const struct telling *a, const struct telling *b)
{
    return a->group == b->group && a->member == b->member;
}

static const struct telling *contradicted(const struct telling *head, const struct telling *body,
                                          size_t n)
{
    const struct telling *found = NULL;
    for (size_t i = 0; i < n; i++) {
        if (agrees(head, &body[i]))
            return NULL;
        if (!found && excludes(head, &body[i]))
            found = &body[i];
    }
    return found;
}

static void check(struct work *w, uint32_t article)
{
    struct text title;
    struct telling *heads, *body;
    text_read(w->arena, &w->lex, w->in->articles[article].title, &title);
    text_unite_forms(&w->lex, &title);
    size_t n_heads = tellings_in(w, &title, IN_TITLE, &heads);
    if (!n_heads)
        return;
    size_t n = tellings_in(w, &w->texts[article], article, &body);
    for (size_t i = 0; i < n_heads; i++) {
        const struct telling *other = contradicted(&heads[i], body, n);
        if (!other)
            continue;
        struct conflict_span span = {article, other->at, 0};
        struct str note = arena_fmt(w->arena, "The headline has “%.*s”, the text “%.*s”.",
                                    STR_ARG(text_slice(&title, heads[i].at)),
                                    STR_ARG(text_slice(&w->texts[article], other->at)));
        conflict_add(w, &(struct finding){"headline.body", "outlets-disagree", note, &span, 1});
        return;
    }
}

void conflict_headline(struct work *w)
{
    for (size_t r = 0; r < w->in->n_articles; r++)
        check(w, w->order[r]);
}

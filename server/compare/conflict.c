/* Collects what the conflict rules find: one entry per finding, with an id made of its rule and
 * the words it points at, so that a person's verdict meets it again. */
#include "compare/parts.h"

#include <stdlib.h>
#include <string.h>

/* Ids stay below 2^53, which JavaScript's numbers hold. */
static int64_t finding_id(const struct work *w, const struct finding *f)
{
    uint64_t hash = str_hash(str_of(f->rule));
    for (size_t i = 0; i < f->n_spans; i++) {
        const struct compare_article *from = &w->in->articles[f->spans[i].article];
        hash = str_hash_more(hash, from->outlet);
        hash = str_hash_more(hash, from->title);
        hash = str_hash_more(hash, S("\n"));
        hash = str_hash_more(hash, text_slice(&w->texts[f->spans[i].article], f->spans[i].at));
    }
    return (int64_t)(hash & ((UINT64_C(1) << 53) - 1)) | 1;
}

static bool same_spans(const struct conflict *c, const struct finding *f)
{
    if (c->n_spans != f->n_spans)
        return false;
    for (size_t i = 0; i < f->n_spans; i++)
        if (c->spans[i].article != f->spans[i].article ||
            c->spans[i].at.start != f->spans[i].at.start ||
            c->spans[i].at.end != f->spans[i].at.end)
            return false;
    return true;
}

void conflict_add(struct work *w, const struct finding *f)
{
    struct comparison *out = w->out;
    struct conflict c = {
        .rule = f->rule, .nature = f->nature, .note = f->note, .n_spans = f->n_spans};
    for (size_t i = 0; i < out->n_conflicts; i++)
        if (same_spans(&out->conflicts[i], f))
            return;
    c.id = finding_id(w, f);
    for (size_t i = 0; i < out->n_conflicts; i++) /* the same words twice in one article */
        if (out->conflicts[i].id == c.id)
            c.id = (c.id + 2) & ((INT64_C(1) << 53) - 1);
    c.spans = arena_array(w->arena, f->n_spans + 1, sizeof *c.spans);
    if (f->n_spans)
        memcpy(c.spans, f->spans, f->n_spans * sizeof *c.spans);
    out->conflicts = arena_grow(w->arena, out->conflicts, out->n_conflicts, &w->conflict_cap,
                                sizeof *out->conflicts);
    out->conflicts[out->n_conflicts++] = c;
}

static void obey_verdicts(struct work *w)
{
    for (size_t v = 0; v < w->in->n_verdicts; v++) {
        const struct compare_verdict *verdict = &w->in->verdicts[v];
        for (size_t i = 0; i < w->out->n_conflicts; i++) {
            struct conflict *c = &w->out->conflicts[i];
            if (c->id != verdict->a)
                continue;
            if (verdict->what == VERDICT_CONFLICT_CONFIRMED)
                c->status = CONFLICT_CONFIRMED;
            else if (verdict->what == VERDICT_CONFLICT_DISMISSED)
                c->status = CONFLICT_DISMISSED;
        }
    }
}

void work_conflicts(struct work *w)
{
    static void (*const rules[])(struct work *) = {
        conflict_event,
        conflict_stance,
        conflict_speaker,
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        rules[i](w);
    obey_verdicts(w);
}

/* What is kept of a reading once its working memory is released: copies of all that the caller is
 * promised, and of nothing else. The article's text is not copied: it outlives the reading. */
#include "lang/parts.h"

#include <string.h>

static void *copy(struct arena *a, const void *from, size_t n, size_t size)
{
    void *to = arena_array(a, n, size);
    if (n)
        memcpy(to, from, n * size);
    return to;
}

/* A slice of the article's text stays one. */
static struct str copy_str(struct arena *a, struct str text, struct str s)
{
    bool slice = s.n && s.p >= text.p && s.p + s.n <= text.p + text.n;
    if (!s.n)
        return S("");
    return slice ? s : arena_str(a, s);
}

static struct spans copy_spans(struct arena *a, struct spans s)
{
    return (struct spans){copy(a, s.v, s.n, sizeof *s.v), s.n};
}

static void copy_actors(struct arena *a, struct lang_reading *r)
{
    r->actors = copy(a, r->actors, r->n_actors, sizeof *r->actors);
    for (size_t i = 0; i < r->n_actors; i++) {
        struct lang_actor *x = &r->actors[i];
        x->key = copy_str(a, r->text, x->key);
        x->name = copy_str(a, r->text, x->name);
        x->role = copy_str(a, r->text, x->role);
        x->of = copy_str(a, r->text, x->of);
        x->names = copy(a, x->names, x->n_names, sizeof *x->names);
        for (size_t k = 0; k < x->n_names; k++)
            x->names[k].text = copy_str(a, r->text, x->names[k].text);
    }
}

static void copy_statements(struct arena *a, struct lang_reading *r)
{
    r->statements = copy(a, r->statements, r->n_statements, sizeof *r->statements);
    for (size_t i = 0; i < r->n_statements; i++) {
        struct lang_statement *s = &r->statements[i];
        s->source = copy_spans(a, s->source);
        s->cue = copy_spans(a, s->cue);
        s->content = copy_spans(a, s->content);
        s->channel = copy_str(a, r->text, s->channel);
        s->said_on = copy_str(a, r->text, s->said_on);
    }
}

void lang_copy_positions(struct arena *a, struct lang_reading *r)
{
    for (size_t i = 0; i < r->n_statements; i++) {
        struct lang_statement *s = &r->statements[i];
        s->positions = copy(a, s->positions, s->n_positions, sizeof *s->positions);
        for (size_t k = 0; k < s->n_positions; k++)
            s->positions[k].condition = copy_str(a, r->text, s->positions[k].condition);
    }
}

void lang_copy_stances(struct arena *a, struct lang_reading *r)
{
    r->stances = copy(a, r->stances, r->n_stances, sizeof *r->stances);
    for (size_t i = 0; i < r->n_stances; i++) {
        r->stances[i].subject = copy_str(a, r->text, r->stances[i].subject);
        r->stances[i].object = copy_str(a, r->text, r->stances[i].object);
    }
}

struct attribution *lang_copy_attributions(struct arena *a, const struct lang_doc *doc)
{
    struct attribution *v = copy(a, doc->attributions, doc->n_attributions, sizeof *v);
    for (size_t i = 0; i < doc->n_attributions; i++) {
        v[i].source = copy_spans(a, v[i].source);
        v[i].cue = copy_spans(a, v[i].cue);
        v[i].content = copy_spans(a, v[i].content);
    }
    return v;
}

void lang_copy_reading(struct arena *a, struct lang_reading *r)
{
    r->language = copy_str(a, r->text, r->language);
    r->mentions = copy(a, r->mentions, r->n_mentions, sizeof *r->mentions);
    copy_actors(a, r);
    copy_statements(a, r);
    lang_copy_positions(a, r);
    lang_copy_stances(a, r);
}

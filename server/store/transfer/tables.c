/* Reads the tables out of the steps of the schema: their keys, and what they refer to. Full-text
 * indexes are no tables: each engine makes its own. */
#include "store/transfer/tables.h"

#include <ctype.h>

/* The words and signs of a step, without its comments. */
struct words {
    struct str rest, word;
};

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static void skip(struct str *s)
{
    while (s->n && (isspace((unsigned char)s->p[0]) || str_starts(*s, S("--"))))
        *s = str_slice(*s, isspace((unsigned char)s->p[0]) ? 1 : str_find_char(*s, '\n', 0), s->n);
}

static bool next(struct words *w)
{
    size_t n = 0;
    skip(&w->rest);
    if (w->rest.n && w->rest.p[0] == '\'') {
        n = str_find_char(w->rest, '\'', 1);
        n = n == STR_NONE ? w->rest.n : n + 1;
    }
    while (n < w->rest.n && is_word(w->rest.p[n]))
        n++;
    n += n == 0 && w->rest.n;
    w->word = str_slice(w->rest, 0, n);
    w->rest = str_slice(w->rest, n, w->rest.n);
    return n > 0;
}

static bool is(const struct words *w, const char *word)
{
    return str_eq_case(w->word, str_of(word));
}

static struct table *find(struct tables *t, struct str name)
{
    for (size_t i = t->n; i-- > 0;)
        if (t->v[i].is_there && str_eq(t->v[i].name, name))
            return &t->v[i];
    return NULL;
}

static void add_reference(struct arena *a, struct table *t, struct str to)
{
    t->refers = arena_grow(a, t->refers, t->n_refers, &t->cap_refers, sizeof *t->refers);
    t->refers[t->n_refers++] = to;
}

static void add_follower(struct arena *a, struct table *t, struct str column)
{
    t->follows = arena_grow(a, t->follows, t->n_follows, &t->cap_follows, sizeof *t->follows);
    t->follows[t->n_follows++] = column;
}

/* PRIMARY KEY (a, b), or PRIMARY KEY behind a column. */
static void read_key(struct words *w, struct table *t, struct str column)
{
    struct words ahead = *w;
    if (!next(&ahead) || !is(&ahead, "KEY") || t->n_keys)
        return;
    if (!next(&ahead) || !is(&ahead, "(")) {
        t->keys[t->n_keys++] = column;
        return;
    }
    while (next(&ahead) && !is(&ahead, ")"))
        if (!is(&ahead, ",") && t->n_keys < MOST_KEYS)
            t->keys[t->n_keys++] = ahead.word;
}

/* The columns and constraints, behind the bracket that opens. */
static void read_items(struct arena *a, struct words *w, struct table *t)
{
    struct str first = {0};
    bool fresh = true;
    for (int depth = 1; depth > 0 && next(w);) {
        depth += is(w, "(");
        depth -= is(w, ")");
        if (fresh)
            first = w->word;
        fresh = depth == 1 && is(w, ",");
        if (is(w, "PRIMARY"))
            read_key(w, t, first);
        if (is(w, "GENERATED"))
            add_follower(a, t, first);
        if (is(w, "REFERENCES") && next(w))
            add_reference(a, t, w->word);
    }
}

static void create(struct arena *a, struct words *w, struct tables *out)
{
    if (!next(w) || !is(w, "TABLE") || !next(w))
        return;
    out->v = arena_grow(a, out->v, out->n, &out->cap, sizeof *out->v);
    struct table *t = &out->v[out->n++];
    *t = (struct table){.name = w->word, .is_there = true};
    if (next(w) && is(w, "("))
        read_items(a, w, t);
}

static void alter(struct arena *a, struct words *w, struct tables *out)
{
    struct table *t = next(w) && is(w, "TABLE") && next(w) ? find(out, w->word) : NULL;
    while (t && next(w) && !is(w, ";")) {
        if (is(w, "REFERENCES") && next(w))
            add_reference(a, t, w->word);
        if (is(w, "RENAME") && next(w) && is(w, "TO") && next(w))
            t->name = w->word;
    }
}

static void drop(struct words *w, struct tables *out)
{
    struct table *t = next(w) && is(w, "TABLE") && next(w) ? find(out, w->word) : NULL;
    if (t)
        t->is_there = false;
}

static void read_step(struct arena *a, struct str sql, struct tables *out)
{
    struct words w = {.rest = sql};
    for (bool begins = true; next(&w); begins = is(&w, ";")) {
        if (!begins)
            continue;
        if (is(&w, "CREATE"))
            create(a, &w, out);
        else if (is(&w, "ALTER"))
            alter(a, &w, out);
        else if (is(&w, "DROP"))
            drop(&w, out);
    }
}

static bool may_be_placed(struct tables *all, const struct table *t)
{
    for (size_t i = 0; i < t->n_refers; i++) {
        const struct table *to = find(all, t->refers[i]);
        if (to && to != t && !to->placed)
            return false;
    }
    return t->is_there && !t->placed;
}

void tables_read(struct arena *a, const struct embedded *steps, struct tables *out)
{
    struct tables all = {0};
    for (; steps->key; steps++)
        read_step(a, steps->bytes, &all);
    *out = (struct tables){.v = arena_array(a, all.n, sizeof *out->v)};
    for (size_t placed = 1; placed;) {
        placed = 0;
        for (size_t i = 0; i < all.n; i++) {
            if (!may_be_placed(&all, &all.v[i]))
                continue;
            all.v[i].placed = true;
            out->v[out->n++] = all.v[i];
            placed++;
        }
    }
}

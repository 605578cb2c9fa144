/* The weights of lang_bearing: model/bearing.txt, read once.
 *
 * A line "NAME WEIGHT" is a feature with what it adds to the log odds that a side is right;
 * "= LEAST" the likelihood from which on sides are shown. */
#include "assets/assets.h"
#include "lang/lean/lean.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>

enum { MOST_WEIGHTS = 256, MOST_NUMBER = 32, STEM = 128 };

static const float SURE = 0.65f;

static struct {
    pthread_once_t once;
    struct lean_feature weights[MOST_WEIGHTS];
    size_t n;
    float least;
} shared = {.once = PTHREAD_ONCE_INIT, .least = 1};

static float number(struct str s)
{
    char text[MOST_NUMBER] = "";
    for (size_t i = 0; i < s.n && i + 1 < sizeof text; i++)
        text[i] = s.p[i];
    return strtof(text, NULL);
}

static int by_name(const void *a, const void *b)
{
    const struct lean_feature *x = a, *y = b;
    return (x->name > y->name) - (x->name < y->name);
}

static void load(void)
{
    const struct embedded *file = asset_find(assets_model, S("bearing.txt"));
    struct str rest = file ? file->bytes : (struct str){0}, line, name = {0}, weight = {0};
    while (str_split(&rest, '\n', &line)) {
        if (str_starts(line, S("#")) || !str_split(&line, '\t', &name) ||
            !str_split(&line, '\t', &weight))
            continue;
        if (str_eq(name, S("=")))
            shared.least = number(weight);
        else if (shared.n < MOST_WEIGHTS)
            shared.weights[shared.n++] = (struct lean_feature){str_hash(name), number(weight)};
    }
    if (shared.n)
        qsort(shared.weights, shared.n, sizeof *shared.weights, by_name);
}

static float weight_of(struct str name)
{
    struct lean_feature key = {.name = str_hash(name)};
    const struct lean_feature *w =
        bsearch(&key, shared.weights, shared.n, sizeof *shared.weights, by_name);
    return w ? w->value : 0;
}

/* The log odds, feature by feature; their names for whoever traces. */
struct sum {
    float odds;
    struct buf *names;
};

static void add(struct sum *s, const char *name, float value)
{
    if (value == 0)
        return;
    s->odds += weight_of(str_of(name)) * value;
    if (s->names)
        buf_fmt(s->names, "\t%s %.3f", name, (double)value);
}

/* Does the token say the title's word, in any form? */
static bool says(const struct lang_doc *doc, size_t token, struct str stem)
{
    char room[STEM];
    struct str word = lang_token_text(doc, token);
    return doc->tokens[token].word && word.n < STEM &&
           str_eq(stem, lang_term_stem(word, room, STEM));
}

/* How much of the title is said. */
static float cover(const struct lean_bearing *b)
{
    struct span said = b->statement->content.v[0];
    size_t n = 0, from = lang_token_at(b->doc, said.start);
    for (size_t i = 0; i < b->title->n; i++) {
        bool met = false;
        for (size_t t = from; t < b->doc->n_tokens && b->doc->tokens[t].at.start < said.end; t++)
            met = met || says(b->doc, t, b->title->stems[i]);
        n += met;
    }
    return b->title->n ? (float)n / (float)b->title->n : 0;
}

/* "Enforcing the laws": something to be done; who finds the laws bad may mean another thing. */
static bool is_act(struct str title)
{
    struct str first;
    return str_split(&title, ' ', &first) && str_ends(first, S("ing"));
}

/* 0 for none, 1 for two or more. */
static float some(uint32_t n)
{
    return n > 1 ? 1 : (float)n / 2;
}

float lang_bearing(const struct lean_bearing *b, const struct lean_trace *trace)
{
    static const char *const sorts[] = {"proposal", "judgement", "fact"};
    struct sum s = {.names = trace && trace->own ? trace->names : NULL};
    pthread_once(&shared.once, load);
    add(&s, "one", 1);
    add(&s, sorts[b->issue->sort], 1);
    add(&s, "cover", cover(b));
    add(&s, "untold", !b->told);
    add(&s, "unsure", b->sure < SURE);
    add(&s, "marks", some(b->marks));
    add(&s, "lone", b->lone);
    add(&s, "act", b->act && !b->lone);
    add(&s, "no.act", b->judges && !b->act && is_act(b->issue->title));
    add(&s, "again", some(b->sides - 1));
    add(&s, "foreign", b->foreign);
    if (s.names)
        trace->own(trace->to, b->number, b->issue, b->sign);
    return 1.0f / (1.0f + expf(-s.odds));
}

float lang_bearing_least(void)
{
    pthread_once(&shared.once, load);
    return shared.least;
}

/* The weights of lean.h: model/leaning.txt, read once.
 *
 * A line "NAME TAKES FOR" is a feature with its weights for taking a side at all (on what the
 * feature amounts to, whatever its sign) and for being for it; "~ I WEIGHT" the weight of a word
 * vector's dimension for how good or bad the word is; "= LEAST SURE": from this product of
 * the two chances on the side is right so often. */
#include "lang/lean/lean.h"

#include "assets/assets.h"
#include "base/map.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>

enum { MOST_STEPS = 48, MOST_NUMBER = 32 };

const float lang_lean_least = 0.64f;

/* How often sides said in plain words are right, counted over the annotated stories: for it where
 * no other issue is spoken of, and where one is; against it, where the signs around its terms say
 * so as well, and where they do not; about one of its terms that is to be done. */
static const struct {
    float alone, among, both, against, nearly;
} plain = {0.9f, 0.72f, 0.82f, 0.72f, 0.66f};

struct weight {
    float takes, for_it;
};

static struct {
    pthread_once_t once;
    struct arena arena;
    struct weight *weights; /* [0] is what an unknown name gets */
    size_t n_weights;
    struct map index; /* name: its place in weights */
    float tones[LEAN_DIMS];
    float least[MOST_STEPS], sure[MOST_STEPS];
    size_t n_steps;
} shared = {.once = PTHREAD_ONCE_INIT};

static float number(struct str s)
{
    char text[MOST_NUMBER] = "";
    for (size_t i = 0; i < s.n && i + 1 < sizeof text; i++)
        text[i] = s.p[i];
    return strtof(text, NULL);
}

static void take_line(struct str line)
{
    struct str name = {0}, first = {0}, second = {0};
    if (!str_split(&line, '\t', &name) || !str_split(&line, '\t', &first) ||
        !str_split(&line, '\t', &second) || str_starts(name, S("#")))
        return;
    if (str_eq(name, S("=")) && shared.n_steps < MOST_STEPS) {
        shared.least[shared.n_steps] = number(first);
        shared.sure[shared.n_steps++] = number(second);
        return;
    }
    if (str_eq(name, S("~"))) {
        uint64_t i = 0;
        if (str_to_u64(first, &i) && i < LEAN_DIMS)
            shared.tones[i] = number(second);
        return;
    }
    *map_at(&shared.arena, &shared.index, str_hash(name)) = (uint32_t)shared.n_weights;
    shared.weights[shared.n_weights++] = (struct weight){number(first), number(second)};
}

static void load(void)
{
    const struct embedded *file = asset_find(assets_model, S("leaning.txt"));
    size_t lines = 1;
    for (size_t i = 0; file && i < file->bytes.n; i++)
        lines += file->bytes.p[i] == '\n';
    shared.weights = arena_array(&shared.arena, lines + 1, sizeof *shared.weights);
    shared.n_weights = 1;
    struct str rest = file ? file->bytes : (struct str){0}, line;
    while (str_split(&rest, '\n', &line))
        take_line(line);
}

const float *lang_lean_tones(void)
{
    pthread_once(&shared.once, load);
    return shared.tones;
}

struct lean lang_lean(const struct lean_features *f)
{
    struct lean l = {0};
    pthread_once(&shared.once, load);
    for (size_t i = 0; i < f->n; i++) {
        const struct weight *w = &shared.weights[map_get(&shared.index, f->v[i].name, 0)];
        l.takes += w->takes * fabsf(f->v[i].value);
        l.for_it += w->for_it * f->v[i].value;
    }
    return l;
}

float lang_lean_confidence(struct lean l)
{
    pthread_once(&shared.once, load);
    float side = l.for_it > 0 ? l.for_it : -l.for_it;
    float both = 1.0f / (1.0f + expf(-l.takes)) / (1.0f + expf(-side)), sure = 0;
    for (size_t i = 0; i < shared.n_steps && both >= shared.least[i]; i++)
        sure = shared.sure[i];
    return sure;
}

float lang_lean_plainly(const struct lean_input *in, const struct lean_features *f)
{
    if (f->plain > 0)
        return in->rivals ? plain.among : plain.alone;
    if (f->plain < 0)
        return in->plus < in->minus ? plain.both : plain.against;
    return f->nearly && !in->rivals ? plain.nearly : 0;
}

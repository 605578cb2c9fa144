/* One act of saying - a statement, a post, a speech, an interview - reported in several sentences:
 * two statements that have no word in common are parts of one act where what the same speaker says
 * beside them in both reports is the same. A second logistic regression (enum act_feature,
 * words/act.txt) over all pairs of what the two speakers of a likely pair say in its articles. */
#include "compare/join/join.h"

#include <math.h>

/* Pairs from this likelihood on bring those around them together. */
#define LIKELY 0.5
/* A pair without a shared quotation brings others together only from this likelihood on. */
#define SURELY 0.7
/* And from this on are counterparts at least. */
#define COUNTERPART 0.35
/* Two that have hardly a word in common are no more likely than this by themselves. */
#define UNLIKE 0.3
/* Statements of one stretch follow each other, this many sentences apart at most. A voice meets
 * so many others, whose pairs join the rest: time must not grow with the square of the story. Who
 * says more than MOST_HEARD things in an article is heard on many occasions. */
enum { GAP_SENTENCES = 4, MOST_HEARD = 10, MOST_MET = 12, MANY = 4 };

/* What one speaker says in one article. */
struct voice {
    uint32_t first, n; /* in `heard` */
    uint32_t met;      /* how many other voices it would have met */
    uint32_t n_others; /* those that it met, with the numbers of their meetings: */
    uint32_t other[MOST_MET], meeting[MOST_MET];
    struct str channel; /* the first that is named */
    bool document;      /* a lawsuit, a report: many claims, each a saying of its own */
};

/* What is known of two voices: their likely pairs. */
struct meeting {
    double best, second; /* likelihood; the second is for the best pair itself */
    uint32_t a, b;       /* the best pair */
    uint32_t n;
};

/* What the likely pairs of its two stretches say for a pair: ACT_BLOCK and ACT_NEAR. */
struct beside {
    double block, near;
};

struct acts {
    struct work *w;
    struct arena arena; /* of all that is only for judging */
    struct voice *voices;
    uint32_t *heard;      /* sayings, by voice */
    uint32_t *voice_of;   /* by saying */
    uint32_t *stretch_of; /* by saying: the number of its stretch of speech */
    struct join_pairs *pairs;
    struct beside *besides;
    size_t n_besides, besides_cap;
    struct own_map beside; /* of two sayings -> place in `besides` + 1 */
    struct own_map
        partner; /* of a saying and another voice -> 1: one of that voice's is likely it */
    struct own_map partners; /* of two voices -> how many of the first one's have such a partner */
    struct meeting *meetings;
    size_t n_meetings, meetings_cap;
};

static uint64_t key_of(uint32_t a, uint32_t b)
{
    return join_key(a < b ? a : b, a < b ? b : a);
}

/* The two voices' meeting, or NULL. */
static struct meeting *meeting_of(const struct acts *x, uint32_t v, uint32_t u)
{
    const struct voice *voice = &x->voices[v];
    for (uint32_t i = 0; i < voice->n_others; i++)
        if (voice->other[i] == u)
            return &x->meetings[voice->meeting[i]];
    return NULL;
}

static void note_other(struct voice *v, uint32_t other, uint32_t meeting)
{
    v->other[v->n_others] = other;
    v->meeting[v->n_others++] = meeting;
}

static uint64_t partner_key(uint32_t saying, uint32_t voice)
{
    return join_key(saying, voice);
}

/* How many of what the one voice says have counterparts with the other. */
static uint32_t partners_of(const struct acts *x, uint32_t voice, uint32_t other)
{
    return map_get(&x->partners.map, partner_key(voice, other), 0);
}

static void note_partner(struct acts *x, uint32_t saying, uint32_t other)
{
    uint32_t *known = own_map_at(&x->partner, partner_key(saying, other));
    if (!*known)
        ++*own_map_at(&x->partners, partner_key(x->voice_of[saying], other));
    *known = 1;
}

static void note_partners(struct acts *x, const struct join_pair *p)
{
    if (p->match.score < COUNTERPART)
        return;
    note_partner(x, p->a, x->voice_of[p->b]);
    note_partner(x, p->b, x->voice_of[p->a]);
}

/* Has each its own counterpart in the other report, as nearly all that the two voices say? Then
 * they are several sayings, and both report each. */
static bool have_partners(const struct acts *x, const struct join_pair *p)
{
    uint32_t v = x->voice_of[p->a], u = x->voice_of[p->b];
    uint32_t least = x->voices[v].n < x->voices[u].n ? x->voices[v].n : x->voices[u].n;
    return partners_of(x, v, u) + 1 >= least && partners_of(x, u, v) + 1 >= least &&
           map_get(&x->partner.map, partner_key(p->a, u), 0) &&
           map_get(&x->partner.map, partner_key(p->b, v), 0);
}

uint32_t sentence_of(const struct work *w, const struct saying *s, bool last)
{
    return s->n_terms ? w->texts[s->article].terms[s->terms[last ? s->n_terms - 1 : 0]].sentence
                      : 0;
}

static bool goes_on(const struct work *w, const struct saying *a, const struct saying *b)
{
    return a->article == b->article && a->speaker.n && str_eq(a->speaker, b->speaker) &&
           sentence_of(w, b, false) <= sentence_of(w, a, true) + GAP_SENTENCES;
}

bool channel_is_document(const struct work *w, struct str channel)
{
    uint32_t papers = map_get(&w->lex.channels, word_fold(S("court papers")), 0);
    return channel.n && papers && map_get(&w->lex.channels, word_fold(channel), 0) == papers;
}

/* Numbers the voices and stretches; sayings stand by article in order. */
static void find_voices(struct acts *x)
{
    struct work *w = x->w;
    size_t n = w->n_sayings + 1, voices = 0, stretches = 0;
    struct map known = {0};
    x->voices = arena_array(&x->arena, n, sizeof *x->voices);
    x->voice_of = arena_array(&x->arena, n, sizeof *x->voice_of);
    x->stretch_of = arena_array(&x->arena, n, sizeof *x->stretch_of);
    x->heard = arena_array(&x->arena, n, sizeof *x->heard);
    for (uint32_t i = 0; i < w->n_sayings; i++) {
        const struct saying *s = &w->sayings[i];
        uint64_t key = (s->speaker.n ? str_hash(s->speaker) : i) * 31 + s->article;
        uint32_t *at = map_at(&x->arena, &known, key);
        *at = *at ? *at : (uint32_t)++voices;
        struct voice *v = &x->voices[*at - 1];
        v->n++;
        v->channel = v->channel.n ? v->channel : s->channel;
        v->document = v->document || channel_is_document(w, s->channel);
        x->voice_of[i] = *at - 1;
        stretches += !(i && goes_on(w, s - 1, s));
        x->stretch_of[i] = (uint32_t)stretches;
    }
    for (size_t v = 1; v < voices; v++)
        x->voices[v].first = x->voices[v - 1].first + x->voices[v - 1].n;
    uint32_t *next = arena_array(&x->arena, n, sizeof *next);
    for (uint32_t i = 0; i < w->n_sayings; i++)
        x->heard[x->voices[x->voice_of[i]].first + next[x->voice_of[i]]++] = i;
}

static bool may_be_one_act(const struct voice *v)
{
    return v->n <= MOST_HEARD && !v->document;
}

static bool is_likely(const struct acts *x, const struct join_pair *p)
{
    const struct saying *a = &x->w->sayings[p->a], *b = &x->w->sayings[p->b];
    return !p->match.quoted_apart && p->match.score >= (p->match.quoted ? LIKELY : SURELY) &&
           a->article != b->article && saying_kinship(a, b) == KIN_SAME &&
           may_be_one_act(&x->voices[x->voice_of[p->a]]) &&
           may_be_one_act(&x->voices[x->voice_of[p->b]]);
}

static void add_pair(struct acts *x, uint32_t a, uint32_t b)
{
    uint32_t low = a < b ? a : b, high = a < b ? b : a;
    uint32_t *at = join_pairs_at(x->pairs, low, high);
    if (*at && *at != NEVER_PAIR)
        return;
    struct match m = saying_match(x->w, &x->w->sayings[low], &x->w->sayings[high]);
    join_pairs_add(x->pairs, (struct join_pair){low, high, m}, at);
}

static struct meeting *begin_meeting(struct acts *x, uint32_t v, uint32_t u)
{
    x->meetings =
        arena_grow(&x->arena, x->meetings, x->n_meetings, &x->meetings_cap, sizeof *x->meetings);
    x->meetings[x->n_meetings] = (struct meeting){.n = 0};
    note_other(&x->voices[v], u, (uint32_t)x->n_meetings);
    note_other(&x->voices[u], v, (uint32_t)x->n_meetings);
    return &x->meetings[x->n_meetings++];
}

/* Notes a likely pair; the first time two voices meet, all that they say becomes pairs. */
static void meet(struct acts *x, const struct join_pair p)
{
    uint32_t v = x->voice_of[p.a], u = x->voice_of[p.b];
    struct meeting *m = meeting_of(x, v, u);
    if (!m) {
        if (++x->voices[v].met > MOST_MET || ++x->voices[u].met > MOST_MET)
            return;
        m = begin_meeting(x, v, u);
    }
    bool best = p.match.score > m->best;
    m->second = best ? m->best : fmax(m->second, p.match.score);
    if (best)
        *m = (struct meeting){p.match.score, m->second, p.a, p.b, m->n};
    if (m->n++)
        return;
    for (uint32_t i = 0; i < x->voices[v].n; i++)
        for (uint32_t k = 0; k < x->voices[u].n; k++)
            add_pair(x, x->heard[x->voices[v].first + i], x->heard[x->voices[u].first + k]);
}

/* What the voices' likely pairs, of which `m` tells, say for this one. */
static void support(const struct acts *x, const struct join_pair *p, const struct meeting *m,
                    double *f)
{
    uint32_t v = x->voice_of[p->a], u = x->voice_of[p->b];
    uint32_t beside = x->n_besides ? map_get(&x->beside.map, key_of(p->a, p->b), 0) : 0;
    f[ACT_BLOCK] = beside ? x->besides[beside - 1].block : 0;
    f[ACT_NEAR] = beside ? x->besides[beside - 1].near : 0;
    bool itself = m->a == p->a && m->b == p->b;
    double best = itself ? m->second : m->best;
    const struct str one = x->voices[v].channel, other = x->voices[u].channel;
    bool quote_a = x->w->sayings[p->a].n_quoted, quote_b = x->w->sayings[p->b].n_quoted;
    f[ACT_ANYWHERE] = best;
    f[ACT_MANY] = fmin(1, (m->n - itself) / (double)MANY);
    f[ACT_CHANNEL] = one.n || other.n ? best : 0;
    f[ACT_SAME_CHANNEL] = one.n && other.n && channels_agree(x->w, one, other) ? best : 0;
    f[ACT_FEW] = best / fmax(1, fmax(x->voices[v].n, x->voices[u].n) - 1);
    f[ACT_QUOTES] = quote_a && quote_b ? best : 0;
    f[ACT_INDIRECT] = !quote_a && !quote_b ? best : 0;
}

static struct beside *beside_of(struct acts *x, uint32_t a, uint32_t b)
{
    uint32_t *at = own_map_at(&x->beside, key_of(a, b));
    if (!*at) {
        x->besides =
            arena_grow(&x->arena, x->besides, x->n_besides, &x->besides_cap, sizeof *x->besides);
        x->besides[x->n_besides++] = (struct beside){0, 0};
        *at = (uint32_t)x->n_besides;
    }
    return &x->besides[*at - 1];
}

/* What the likely pair says for those of its stretches. */
static void support_stretches(struct acts *x, const struct join_pair *likely)
{
    uint32_t v = x->voice_of[likely->a], u = x->voice_of[likely->b];
    if (!meeting_of(x, v, u))
        return;
    for (uint32_t i = 0; i < x->voices[v].n; i++)
        for (uint32_t k = 0; k < x->voices[u].n; k++) {
            uint32_t a = x->heard[x->voices[v].first + i], b = x->heard[x->voices[u].first + k];
            if (x->stretch_of[a] != x->stretch_of[likely->a] ||
                x->stretch_of[b] != x->stretch_of[likely->b] || (a == likely->a && b == likely->b))
                continue;
            double apart = fabs((double)a - likely->a) + fabs((double)b - likely->b);
            struct beside *f = beside_of(x, a, b);
            f->block = fmax(f->block, likely->match.score);
            f->near = fmax(f->near, likely->match.score / apart);
        }
}

/* Reported in the reporter's words by either and like the other in nothing: that the speaker is the
 * same makes it no part of the act. */
static bool tells_another_matter(const struct acts *x, const struct join_pair *p, double block)
{
    const struct saying *a = &x->w->sayings[p->a], *b = &x->w->sayings[p->b];
    return p->match.unlike && (block <= 0 || (!a->n_quoted && !b->n_quoted));
}

static void judge(struct acts *x, size_t i, double f[ACT_COUNT])
{
    struct join_pair *p = join_pair_at(x->pairs, i);
    const struct meeting *m = meeting_of(x, x->voice_of[p->a], x->voice_of[p->b]);
    double sum = 0;
    f[ACT_BIAS] = 1;
    f[ACT_LIKE] = p->match.score;
    f[ACT_LIKELY] = fmax(0, p->match.score - LIKELY);
    if (m) /* besides are of voices that met */
        support(x, p, m, f);
    p->match.beside = (float)f[ACT_ANYWHERE];
    for (size_t k = 0; k < ACT_COUNT; k++)
        sum += x->w->lex.act[k] * f[k];
    bool likely = p->match.score >= LIKELY;
    if (p->match.never ||
        (!likely && (tells_another_matter(x, p, f[ACT_BLOCK]) || have_partners(x, p))))
        return;
    p->match.rule = likely ? p->match.rule : "same.act";
    p->match.score = 1 / (1 + exp(-sum));
    if (p->match.unlike && f[ACT_ANYWHERE] == 0)
        p->match.score = fmin(p->match.score, UNLIKE);
}

static void judge_all(struct acts *x, double (**features)[ACT_COUNT])
{
    size_t n = x->pairs->n;
    if (features)
        *features = arena_array(x->w->arena, n + 1, sizeof **features);
    for (size_t i = 0; i < n; i++) {
        double f[ACT_COUNT] = {0};
        judge(x, i, features ? (*features)[i] : f);
    }
}

void join_acts(struct work *w, struct join_pairs *pairs, double (**features)[ACT_COUNT])
{
    struct acts x = {.w = w, .pairs = pairs};
    size_t n = pairs->n; /* without those that come of them */
    find_voices(&x);
    for (size_t i = 0; i < n; i++)
        note_partners(&x, join_pair_at(pairs, i));
    for (size_t i = 0; i < n; i++)
        if (is_likely(&x, join_pair_at(pairs, i)))
            meet(&x, *join_pair_at(pairs, i));
    for (size_t i = 0; i < n; i++)
        if (is_likely(&x, join_pair_at(pairs, i)))
            support_stretches(&x, join_pair_at(pairs, i));
    judge_all(&x, features);
    own_map_finish(&x.partner);
    own_map_finish(&x.partners);
    own_map_finish(&x.beside);
    arena_finish(&x.arena);
}

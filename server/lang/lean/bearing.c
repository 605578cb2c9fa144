/* The weights of lang_bearing: model/bearing.txt, read once.
 *
 * A line "NAME WEIGHT" is a feature with what it adds to the log odds that a side is right;
 * "= LEAST" the likelihood from which on sides are shown. */
#include "assets/assets.h"
#include "lang/lean/lean.h"
#include "lang/names/gazetteer.h"

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

/* Does the token say the title's word, in any form or by another word for the same thing? */
static bool says(const struct lang_doc *doc, size_t token, struct str stem, struct str kin)
{
    char room[STEM];
    struct str word = lang_token_text(doc, token);
    const struct lexicon_entry *e =
        kin.n ? lexicon_find(lexicon_open(WORDS_ISSUE_KIN), word) : NULL;
    return doc->tokens[token].word && word.n < STEM &&
           ((e && str_eq(e->class, kin)) || str_eq(stem, lang_term_stem(word, room, STEM)));
}

static bool is_said(const struct lean_bearing *b, struct str stem, struct str kin)
{
    struct span said = b->statement->content.v[0];
    for (size_t t = lang_token_at(b->doc, said.start);
         t < b->doc->n_tokens && b->doc->tokens[t].at.start < said.end; t++)
        if (says(b->doc, t, stem, kin))
            return true;
    return false;
}

/* "Enforcing the laws": something to be done; who finds the laws bad may mean another thing. */
static bool is_act(struct str title)
{
    struct str first;
    return str_split(&title, ' ', &first) && str_ends(first, S("ing"));
}

/* What of the title is said: of all its words, and of those that are not the thing itself ("bill",
 * "inquiry"), by which it differs from its like. */
struct cover {
    size_t n, met, others, others_met;
};

static struct cover cover_of(const struct lean_bearing *b)
{
    char room[STEM];
    struct str rest = b->issue->title, word;
    struct cover c = {.n = b->title->n};
    while (str_split(&rest, ' ', &word)) {
        const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_ISSUE_KIN), word);
        struct str stem = word.n < STEM ? lang_term_stem(word, room, STEM) : word;
        bool counts = false;
        for (size_t i = 0; i < b->title->n; i++)
            counts = counts || str_eq(stem, b->title->stems[i]);
        if (!counts || c.met == c.n)
            continue;
        bool met = is_said(b, stem, e ? e->class : (struct str){0});
        c.met += met;
        bool verb = word.p == b->issue->title.p && is_act(word);
        c.others += !e && !verb;
        c.others_met += met && !e && !verb;
    }
    return c;
}

/* 0 for none, 1 for two or more. */
static float some(uint32_t n)
{
    return n > 1 ? 1 : (float)n / 2;
}

/* "a deal", "such deals": rather one of the kind than the one in question. */
static bool is_indefinite(const struct lean_bearing *b)
{
    if (b->earlier)
        return false;
    static const char *const words[] = {"a", "an", "any", "such", "no", "every", "some", NULL};
    return b->noun > 0 && str_one_of(lang_token_text(b->doc, b->noun - 1), words);
}

/* "he said", "his proposal": who is meant may be somebody else. */
static bool is_pronoun(const struct lean_bearing *b)
{
    const struct spans *source = &b->statement->source;
    if (source->n != 1)
        return false;
    struct str s = lang_span_text(b->doc, source->v[0]);
    return str_find_char(s, ' ', 0) == STR_NONE && gaz_word(s) & WORD_PRONOUN;
}

/* "his proposal": of two men named before, it may be the other's oftener still. */
static bool is_possessive(const struct lean_bearing *b)
{
    static const char *const words[] = {"his", "her", "its", "their", NULL};
    const struct spans *source = &b->statement->source;
    return source->n == 1 && str_one_of(lang_span_text(b->doc, source->v[0]), words);
}

/* "The president", "the candidate": a person called by something else than the name. */
static bool is_called_by_office(const struct lean_bearing *b)
{
    struct str rest = b->actor->name, word, last = {0};
    while (str_split(&rest, ' ', &word))
        last = word;
    if (b->actor->kind != ACTOR_PERSON || !b->statement->source.n || is_pronoun(b))
        return false;
    struct str s = lang_span_text(b->doc, b->statement->source.v[0]);
    return s.n && str_find(s, last, 0) == STR_NONE;
}

/* Are the words that take the side those of the cue, rather than of what is said? */
static bool is_in_cue(const struct lean_bearing *b)
{
    return b->at < b->doc->n_tokens &&
           b->doc->tokens[b->at].at.start < b->statement->content.v[0].start;
}

float lang_bearing(const struct lean_bearing *b, const struct lean_trace *trace)
{
    static const char *const sorts[] = {"proposal", "judgement", "fact"};
    struct sum s = {.names = trace && trace->own ? trace->names : NULL};
    pthread_once(&shared.once, load);
    add(&s, "one", 1);
    add(&s, sorts[b->issue->sort], 1);
    struct cover c = cover_of(b);
    if (b->named)
        c.others_met = c.others;
    float share = c.n ? (float)c.met / (float)c.n : 0;
    add(&s, b->issue->sort == ISSUE_FACT ? "fact.cover" : "cover", share);
    add(&s, "elsewhere", b->told && !b->taken_up && c.others && !c.others_met);
    add(&s, "taken.up", b->taken_up);
    add(&s, "untold", !b->told);
    add(&s, "unsure", b->sure < SURE);
    add(&s, "marks", some(b->marks));
    add(&s, "lone", b->lone);
    add(&s, "act", b->act && !b->lone);
    add(&s, "no.act", b->judges && !b->act && is_act(b->issue->title));
    add(&s, "again", some(b->sides - 1));
    add(&s, "foreign", b->foreign);
    add(&s, "extra", some(b->told - b->marks));
    add(&s, "noun.for.act",
        !b->lone && !b->act && is_act(b->issue->title) &&
            (!c.others_met || c.others_met < c.others));
    add(&s, "indefinite", is_indefinite(b));
    add(&s, "pronoun", is_pronoun(b));
    add(&s, "possessive", is_possessive(b));
    add(&s, "office", is_called_by_office(b));
    add(&s, "composed", b->composed);
    add(&s, "minus", b->sign < 0);
    add(&s, "cue", is_in_cue(b));
    add(&s, "nameless", b->actor->kind == ACTOR_UNNAMED);
    if (s.names)
        trace->own(trace->to, b->number, b->issue, b->sign);
    return 1.0f / (1.0f + expf(-s.odds));
}

float lang_bearing_least(void)
{
    pthread_once(&shared.once, load);
    return shared.least;
}

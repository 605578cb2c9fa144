/* What the weighing of sides looks at. Each feature is signed: positive speaks for the issue's
 * title, where it is known what being for the word in question means for the title. */
#include "lang/lean/lean.h"

#include <string.h>

enum { STEM_ROOM = 128, NEAR = 6, MOST_TONE = 3, SURELY = 4 };
/* How plain an attitude must be, and how much of its target the issue, to count as sure. */
static const float SURE = 0.75f, HALF = 0.5f, THIRD = 0.33f;

static void put(struct lean_features *f, const char *kind, struct str word, float value)
{
    if (f->n >= LEAN_MOST || value == 0)
        return;
    f->v[f->n++] = (struct lean_feature){str_hash_more(str_hash(str_of(kind)), word), value};
    if (f->names)
        buf_fmt(f->names, "\t%s%.*s %.3f", kind, STR_ARG(word), (double)value);
}

static struct str stem_at(const struct lang_doc *doc, size_t token, char *room)
{
    struct str word = lang_token_text(doc, token);
    return word.n < STEM_ROOM ? lang_term_stem(word, room, STEM_ROOM) : (struct str){0};
}

/* "arm" and "arming": one begins with all of the other, but for an ending. */
static bool same_root(struct str a, struct str b)
{
    struct str less = a.n < b.n ? a : b, more = a.n < b.n ? b : a;
    struct str rest = str_slice(more, less.n, more.n);
    return less.n >= 3 && str_starts(more, less) &&
           (str_eq(rest, S("ing")) || str_eq(rest, S("ed")) || str_eq(rest, S("s")));
}

/* The index of the title's word that this token is, or n. */
static size_t title_word(const struct lean_input *in, size_t token)
{
    char room[STEM_ROOM];
    struct str stem = stem_at(in->doc, token, room);
    for (size_t i = 0; i < in->title->n; i++)
        if (str_eq(in->title->stems[i], stem) || same_root(in->title->stems[i], stem))
            return i;
    return in->title->n;
}

/* What being for these words means for the title: as the title has them, else as its subject, or
 * what undoes it; `known`: the title has them. */
static int sign_of_words(const struct lean_input *in, size_t first, size_t end, bool *known)
{
    for (size_t t = first; t < end; t++) {
        size_t i = title_word(in, t);
        *known = i < in->title->n;
        if (*known)
            return in->title->signs[i] * lang_undoing(in->doc, first, t);
    }
    return in->title->sign * lang_undoing(in->doc, first, end);
}

/* The attitude's word in its plain form. */
static struct str word_of(const struct lean_input *in, const struct attitude *x)
{
    size_t n;
    const struct lexicon_entry *e =
        lexicon_match(lexicon_open(WORDS_ATTITUDES), in->doc, x->first, in->doc->n_tokens, &n);
    if (!e)
        e = lexicon_match(lexicon_open(WORDS_STANCE), in->doc, x->first, in->doc->n_tokens, &n);
    return !e ? (struct str){0} : e->ing.n ? e->ing : e->phrase;
}

/* The sign of an attitude towards the first of the issue's terms in its target that the title has
 * a word of (`known`) or has none of; 0 if there is none. */
static int sign_towards_term(const struct lean_input *in, const struct attitude *x, bool known,
                             char *where)
{
    for (size_t i = 0; i < in->n_passages; i++)
        for (size_t k = 0; k < in->passages[i].terms.n; k++) {
            const struct term_hit *hit = &in->passages[i].terms.v[k];
            bool of_title = false;
            int sign = hit->issue == in->issue
                           ? lang_attitude_towards(in->doc, x, hit->first, hit->end)
                           : 0;
            if (sign)
                sign *= sign_of_words(in, hit->first, hit->end, &of_title);
            if (!sign || of_title != known)
                continue;
            *where = hit->first < x->head_end ? 'H' : 'F';
            return sign;
        }
    return 0;
}

/* "walk away", where walking away is the issue: who does it is for it. */
static bool is_term_itself(const struct lean_input *in, const struct attitude *x)
{
    for (size_t i = 0; i < in->n_passages; i++)
        for (size_t k = 0; k < in->passages[i].terms.n; k++) {
            const struct term_hit *hit = &in->passages[i].terms.v[k];
            if (hit->issue == in->issue && hit->first == x->first && hit->end <= x->end &&
                !x->composed && x->form == ATTITUDE_VERB)
                return true;
        }
    return false;
}

/* The sign towards the title of an attitude that is about some of its words or terms; `where`: in
 * the head of its target (H, in capitals a term) or farther on (F), a term that the title has no
 * word of (X, Y; Z where the title turns its object, as it may mean something else by them), not
 * about it (M), about what was spoken of before (E), the term itself (S). */
static int sign_towards(const struct lean_input *in, const struct attitude *x, char *where)
{
    int sign = sign_towards_term(in, x, true, where);
    if (is_term_itself(in, x)) {
        *where = 'S';
        return x->negated ? -1 : 1;
    }
    if (sign)
        return sign;
    for (size_t t = x->target; t < x->target_end; t++) {
        size_t i = title_word(in, t);
        *where = t < x->head_end ? 'h' : 'f';
        if (i < in->title->n)
            return lang_attitude_towards(in->doc, x, t, t + 1) * in->title->signs[i];
    }
    sign = sign_towards_term(in, x, false, where);
    if (sign) {
        *where = in->title->sign < 0 ? 'Z' : *where == 'H' ? 'X' : 'Y';
        return sign;
    }
    *where = x->target < x->target_end ? 'M' : 'E';
    return x->sign * in->title->sign;
}

/* Is the token part of a term of the issue? */
static bool in_term(const struct lean_input *in, size_t token)
{
    for (size_t i = 0; i < in->n_passages; i++)
        for (size_t k = 0; k < in->passages[i].terms.n; k++) {
            const struct term_hit *hit = &in->passages[i].terms.v[k];
            if (hit->issue == in->issue && token >= hit->first && token < hit->end)
                return true;
        }
    return false;
}

static bool is_content_word(const struct lang_doc *doc, size_t token)
{
    struct str word = lang_token_text(doc, token);
    return doc->tokens[token].word && word.n > 2 &&
           !lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), word) &&
           !lexicon_find(lexicon_open(WORDS_CLAUSE_WORDS), word);
}

/* How much of the head of the attitude's target is the issue, or of the title it: 0..1. */
static float cover(const struct lean_input *in, const struct attitude *x)
{
    size_t words = 0, met = 0, said = 0;
    bool seen[64] = {false};
    for (size_t t = x->target; t < x->target_end; t++) {
        size_t w = is_content_word(in->doc, t) ? title_word(in, t) : in->title->n;
        bool of_title = w < in->title->n, head = t < x->head_end && is_content_word(in->doc, t);
        words += head;
        met += head && (of_title || in_term(in, t));
        if (of_title && w < sizeof seen && !seen[w]) {
            seen[w] = true;
            said++;
        }
    }
    float a = words ? (float)met / (float)words : 0;
    float b = in->title->n ? (float)said / (float)in->title->n : 0;
    return a > b ? a : b;
}

/* "will lift the sanctions": the title's own act, and what it is done to. */
static bool is_title_act(const struct lean_input *in, const struct attitude *x)
{
    size_t act = x->target < x->target_end ? title_word(in, x->target) : in->title->n;
    for (size_t t = x->target + 1; act < in->title->n && t < x->target_end; t++) {
        size_t w = title_word(in, t);
        if (w < in->title->n && w != act)
            return true;
    }
    return false;
}

/* Plain words of the speaker's own, about the issue and little else. */
static bool is_sure(const struct lean_input *in, const struct attitude *x, char where)
{
    bool asks = x->form == ATTITUDE_ASKS, will = x->form == ATTITUDE_WILL && x->strength < SURE;
    if (x->of_another || x->supposed || (x->question && !asks) || x->clause)
        return false;
    if (x->form == ATTITUDE_BESIDE || (x->sort == ATTITUDE_FACT && x->sign > 0) ||
        (will ? !is_title_act(in, x) : x->strength < SURE))
        return false;
    return where == 'S' || (!strchr("ZME", where) && cover(in, x) >= HALF);
}

static void note_condition(const struct lean_input *in, const struct attitude *x,
                           struct lean_features *f)
{
    static const struct str times[] = {STR("once"), STR("until")};
    if (!x->conditional || f->conditional)
        return;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        if (str_eq_case(lang_token_text(in->doc, x->condition), times[i]))
            return;
    f->conditional = true;
    f->condition = x->condition;
    f->condition_end = x->condition_end;
}

/* The sum of what is plainly said. */
static void put_sure(const struct lean_input *in, struct lean_features *f)
{
    int sum = 0, plain = 0, proposed = 0;
    bool both = false;
    for (size_t i = 0; i < in->attitudes.n; i++) {
        const struct attitude *x = &in->attitudes.v[i];
        char where;
        int sign = sign_towards(in, x, &where);
        if (!is_sure(in, x, where))
            continue;
        both |= sum * sign < 0;
        sum += sign;
        bool far = where == 'F' && sign > 0 && x->sort == ATTITUDE_PROPOSAL;
        plain += strchr("HhS", where) || far ? sign : 0;
        proposed += where == 'X' && x->sort == ATTITUDE_PROPOSAL ? sign : 0;
        note_condition(in, x, f);
    }
    f->plain = both ? 0 : (plain > 0) - (plain < 0);
    f->nearly = both || plain || in->title->sign < 0 ? 0 : (proposed > 0) - (proposed < 0);
    put(f, "says.plainly", S(""), (float)f->plain);
    put(f,
        both                  ? "sure.both"
        : in->title->sign < 0 ? "sure.turned"
                              : "sure",
        S(""), (float)(SURELY * ((sum > 0) - (sum < 0))));
}

/* "denied that the talks had failed": what is bad in the sentence denied turns it. */
static int turned_within(const struct lean_input *in, const struct attitude *x)
{
    int sign = 1;
    for (size_t i = 0; x->clause && x->sort == ATTITUDE_FACT && i < in->n_passages; i++)
        for (size_t k = 0; k < in->passages[i].hits.n; k++) {
            const struct polar_hit *h = &in->passages[i].hits.v[k];
            bool within = h->first >= x->target && h->kind != POLAR_NOUN && h->kind != POLAR_CALL;
            if (within && h->first >= x->end && h->sign < 0)
                sign = -1;
        }
    return sign;
}

static void put_attitude(const struct lean_input *in, const struct attitude *x,
                         struct lean_features *f)
{
    char where, name[16];
    int sign = sign_towards(in, x, &where) * turned_within(in, x);
    bool on = where == 'H' || where == 'h' || where == 'X';
    char whose = x->of_another ? (x->holder < x->holder_end ? 'n' : 'o') : 's';
    const char form[] = {
        (char)('a' + x->form), "pjf"[x->sort], whose, where, x -> composed ? 'c' : '-', 0};
    float value = (float)sign * (x->supposed || x->question ? 0.5f : 1.0f);
    memcpy(name, form, sizeof form);
    put(f, "att:", str_of(name), value * x->strength);
    const char brief[] = {whose, on ? 'H' : where, 0};
    memcpy(name, brief, sizeof brief);
    put(f, "whose:", str_of(name), value * x->strength);
    put(f, "cover:", str_of(name), value * x->strength * cover(in, x));
    if (!x->of_another) {
        bool about = strchr("HhXSZ", where) || (!strchr("ME", where) && cover(in, x) >= THIRD);
        f->shown += about && x->form != ATTITUDE_BESIDE ? value : 0;
        put(f, on ? "on:" : "off:", word_of(in, x), (float)sign * (x->negated ? 0.7f : 1.0f));
        put(f, "raw:", word_of(in, x), (float)x->sign);
    }
}

static float clip(int v)
{
    return (float)(v > MOST_TONE ? MOST_TONE : v < -MOST_TONE ? -MOST_TONE : v) / MOST_TONE;
}

/* Words for and against in all of it, and near the terms. */
static void put_tone(const struct lean_input *in, struct lean_features *f)
{
    int tone = 0, near = 0;
    for (size_t i = 0; i < in->n_passages; i++) {
        const struct lean_passage *p = &in->passages[i];
        for (size_t k = 0; k < p->hits.n; k++) {
            const struct polar_hit *h = &p->hits.v[k];
            tone += h->sign;
            for (size_t m = 0; m < p->terms.n; m++) {
                const struct term_hit *t = &p->terms.v[m];
                size_t away = h->first >= t->end   ? h->first - t->end
                              : t->first >= h->end ? t->first - h->end
                                                   : NEAR;
                bool known;
                if (t->issue == in->issue && away < NEAR)
                    near += h->sign * sign_of_words(in, t->first, t->end, &known);
            }
        }
    }
    put(f, "tone", S(""), clip(tone));
    put(f, "tone.title", S(""), clip(tone * in->title->sign));
    put(f, "tone.near", S(""), clip(near));
}

static bool is_negation(const struct lang_doc *doc, size_t token, size_t to)
{
    size_t n;
    const struct lexicon_entry *e =
        lexicon_match(lexicon_open(WORDS_ATTITUDES), doc, token, to, &n);
    return e && e->class.p[0] == 'x';
}

/* How much of the title the statement says, turned where it says "not". */
static void put_assertion(const struct lean_input *in, struct lean_features *f)
{
    size_t said = 0, negations = 0;
    bool seen[64] = {false};
    for (size_t i = 0; i < in->n_passages; i++)
        for (size_t t = in->passages[i].from; t < in->passages[i].to; t++) {
            size_t w = in->doc->tokens[t].word ? title_word(in, t) : in->title->n;
            if (w < in->title->n && w < sizeof seen && !seen[w]) {
                seen[w] = true;
                said++;
            }
            negations += is_negation(in->doc, t, in->passages[i].to);
        }
    float share = in->title->n ? (float)said / (float)in->title->n : 0;
    put(f, negations % 2 ? "says.not" : "says", S(""), share);
    put(f, negations ? "negated" : "plain", S(""), 1);
    for (size_t w = 0; w < in->title->n && w < sizeof seen; w++)
        if (in->title->polar[w] && seen[w])
            put(f, negations % 2 ? "says.polar.not" : "says.polar", S(""), 1);
}

static void put_cue(const struct lean_input *in, struct lean_features *f)
{
    char room[STEM_ROOM];
    const struct lang_statement *s = in->statement;
    if (!s->cue.n) {
        put(f, "cue:", S("-"), 1);
        return;
    }
    for (size_t t = lang_token_at(in->doc, s->cue.v[0].start);
         t < in->doc->n_tokens && in->doc->tokens[t].at.start < s->cue.v[0].end; t++) {
        struct str stem = stem_at(in->doc, t, room);
        put(f, "cue:", stem, 1);
        put(f, "cue.t:", stem, in->title->sign);
    }
}

static void put_frame(const struct lean_input *in, struct lean_features *f)
{
    const struct lang_statement *s = in->statement;
    int rule = in->plus - in->minus;
    put(f, "one", S(""), 1);
    put(f, "title", S(""), in->title->sign);
    put(f, "rule", S(""), (float)(rule > 0) - (float)(rule < 0));
    put(f, "rule.much", S(""), clip(rule));
    put(f, "mixed", S(""), in->plus && in->minus);
    put(f, "terms", S(""), in->n_terms > 2 ? 1 : (float)in->n_terms / 3);
    put(f, "of.title", S(""), in->of_title > 3 ? 1 : (float)in->of_title / 4);
    put(f, "rivals", S(""), in->rivals > 3 ? 1 : (float)in->rivals / 4);
    put(f, "quoted", S(""),
        s->content.n && in->doc->tokens[lang_token_at(in->doc, s->content.v[0].start)].in_quote);
    if (s->speaker != NO_ACTOR) {
        const char kind[] = {(char)('0' + in->reading->actors[s->speaker].kind), 0};
        put(f, "kind:", str_of(kind), 1);
    }
}

static void put_sense(const struct lean_input *in, struct lean_features *f)
{
    const struct lean_sense *v = in->sense;
    put(f, "v.title", S(""), v->title);
    put(f, "v.least", S(""), v->least);
    put(f, "v.mean", S(""), v->mean);
    put(f, v->lead > 0 ? "v.lead" : "v.lags", S(""), v->lead);
    put(f, "v.tone", S(""), v->tone);
    put(f, "v.tone.title", S(""), v->tone * in->title->sign);
    put(f, "v.strongest", S(""), v->strongest);
    put(f, "v.title.tone", S(""), v->title_tone);
    put(f, "v.agree", S(""), v->title_tone * v->tone);
}

void lang_lean_features(const struct lean_input *in, struct lean_features *out)
{
    out->n = 0;
    out->conditional = false;
    out->shown = 0;
    put_frame(in, out);
    put_cue(in, out);
    put_tone(in, out);
    put_assertion(in, out);
    put_sense(in, out);
    for (size_t i = 0; i < in->attitudes.n; i++)
        put_attitude(in, &in->attitudes.v[i], out);
    put_sure(in, out);
}

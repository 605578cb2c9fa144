/* Do two statements report the same act of saying?
 *
 * A logistic regression over what speaks for and against it (enum join_feature, words/join.txt):
 * who speaks, likeness of the weighted words, words that both have inside quotation marks, the
 * addressee, day and channel. Some things no likeness outweighs: another day, a count that has
 * grown since, another place of whom nobody names. tests/bench/joins.c prints the features for
 * training; the weights were learnt on hand-annotated stories. */
#include "compare/join/join.h"

#include <math.h>

/* Shared weight from which containment counts in full: about two rare words. */
#define ENOUGH_SHARED 1.2
/* Without a sure common speaker only statements this much alike are weighed at all. */
#define LIKE_OF_OTHERS 0.35
/* Likeness from which a turned word or another count tells two things apart. */
#define LIKE_ENOUGH 0.3
#define LEAST_LIKE 0.2
#define ROUNDING 0.05
#define MOST_TENTHS 100
#define HALF_A_TENTH 0.0501
/* Share of a quotation's full worth that two who are not known to be one must have in common: a
 * title of two words is quoted by many. */
#define QUOTE_OF_ANOTHER 0.75
/* Likeness from which a body and who speaks for it say one thing without a shared quotation. */
#define LIKE_OF_KIN 0.35
/* Of what is told in the reporter's words, so many content words or such likeness make one saying
 * likely. */
#define LIKE_TOLD 0.4
#define UNLIKELY 0.4
/* One word alone, unless it is nearly all that either says: "a surgeon", "surgeon Amy Doyle". */
#define LIKE_BY_ONE_WORD 0.8
/* Likeness and number of words from which somebody unknown and somebody known tell the same. */
#define LIKE_ENOUGH_FOR_OTHERS 0.5
/* And two whom nobody names, by one description. */
#define LIKE_OF_NOBODIES 0.3
/* From this on the same speaker's words are a retelling, if enough of them are the same. */
#define LIKE_RETOLD 0.35
#define LIKELY_RETOLD 0.5
#define QUOTED_RETOLD 0.75
/* Two quotations that share less than this of the shorter are two, however like their words. */
#define LEAST_OF_QUOTE 0.5
/* Whoever is taken for the speaker: so long a run of quoted words, and so much of the longer
 * quotation, was said once. */
#define WHOLE_ENOUGH 0.5
enum {
    LONG_QUOTE = 6,
    VERY_LONG_QUOTE = 8,
    LEAST_TOLD = 3,
    LEAST_QUOTED = 4,
    LEAST_FOR_OTHERS = 4,
    LEAST_RETOLD = 4,
    MOST_REPEATED = 24
};

/* A term of a saying, by its index. */
struct quoted_place {
    const struct saying *in;
    size_t at;
};

/* How far the words of both run alike inside quotation marks from these two on; *content counts
 * those that say something. */
static size_t quoted_run(const struct work *w, struct quoted_place a, struct quoted_place b,
                         size_t *content)
{
    const struct term *x = w->texts[a.in->article].terms, *y = w->texts[b.in->article].terms;
    size_t run = 0;
    *content = 0;
    for (; a.at + run < a.in->n_terms && b.at + run < b.in->n_terms; run++) {
        const struct term *p = &x[a.in->terms[a.at + run]], *q = &y[b.in->terms[b.at + run]];
        if (!(p->flags & q->flags & TERM_QUOTED) || p->word != q->word)
            break;
        *content += term_is_content(p) || (p->flags & TERM_INNER);
    }
    return run;
}

/* Is what begins at these two the end of a run that began before? */
static bool continues_run(const struct work *w, struct quoted_place a, struct quoted_place b)
{
    if (!a.at || !b.at)
        return false;
    const struct term *p = &w->texts[a.in->article].terms[a.in->terms[a.at - 1]];
    const struct term *q = &w->texts[b.in->article].terms[b.in->terms[b.at - 1]];
    return (p->flags & q->flags & TERM_QUOTED) && p->word == q->word;
}

/* The end of the quoted words at `at` that are one word; of a word that is repeated again and again
 * the first ones stand for all. */
static size_t same_words(const struct saying *s, size_t at, size_t *end)
{
    size_t first = at;
    while (at < s->n_quoted && s->quoted[at].word == s->quoted[first].word)
        at++;
    *end = at;
    return at - first < MOST_REPEATED ? at : first + MOST_REPEATED;
}

size_t common_quote(const struct work *w, const struct saying *a, const struct saying *b,
                    size_t *content)
{
    size_t best = 0, end_a, end_b;
    *content = 0;
    for (size_t i = 0, k = 0; i < a->n_quoted && k < b->n_quoted;) {
        if (a->quoted[i].word != b->quoted[k].word) {
            *(a->quoted[i].word < b->quoted[k].word ? &i : &k) += 1;
            continue;
        }
        size_t last_a = same_words(a, i, &end_a), last_b = same_words(b, k, &end_b);
        for (size_t p = i; p < last_a; p++)
            for (size_t q = k; q < last_b; q++) {
                struct quoted_place x = {a, a->quoted[p].at}, y = {b, b->quoted[q].at};
                size_t said, run = continues_run(w, x, y) ? 0 : quoted_run(w, x, y, &said);
                if (run && (said > *content || (said == *content && run > best))) {
                    best = run;
                    *content = said;
                }
            }
        i = end_a;
        k = end_b;
    }
    return best;
}

static bool days_clash(struct str a, struct str b)
{
    int32_t x = day_parse(a), y = day_parse(b);
    return x != NO_DAY && y != NO_DAY && x != y;
}

static double at_most_one(double x)
{
    return x < 1 ? x : 1;
}

/* What both have inside quotation marks. Returns the run's length in words. */
static size_t weigh_quotes(const struct work *w, const struct saying *a, const struct saying *b,
                           double *f)
{
    size_t x = a->quoted_content, y = b->quoted_content, most = x > y ? x : y, content;
    bool indirect_a = a->st->kind == STATEMENT_INDIRECT || !x;
    bool indirect_b = b->st->kind == STATEMENT_INDIRECT || !y;
    f[JOIN_ONE_QUOTES] = indirect_a != indirect_b;
    if (indirect_a || indirect_b)
        return 0;
    size_t run = common_quote(w, a, b, &content);
    double worth = (double)content + (run >= LONG_QUOTE ? 2 : 0);
    f[JOIN_QUOTE] = at_most_one(worth / 4);
    f[JOIN_QUOTE_WHOLE] = most ? (double)content / (double)most : 0;
    f[JOIN_QUOTE_IN_BOTH] =
        at_most_one((double)content / fmax(1, (double)fmax(a->bag.n, b->bag.n)));
    f[JOIN_QUOTES_APART] = !content;
    return content ? run : 0;
}

static struct likeness weigh_words(const struct work *w, const struct saying *a,
                                   const struct saying *b, double *f)
{
    struct likeness l = bag_likeness(&a->bag, &b->bag);
    double least = fmin((double)a->bag.n, (double)b->bag.n);
    f[JOIN_DICE] = l.dice;
    f[JOIN_CONTAINED] = l.least * at_most_one(l.shared / ENOUGH_SHARED);
    f[JOIN_SHARED] = at_most_one(l.shared / (4 * ENOUGH_SHARED));
    f[JOIN_SHORT] = least > 0 ? 1 / least : 1;
    f[JOIN_SENSE] = fmax(0, sayings_sense(a, b));
    if (l.dice >= LIKE_ENOUGH) {
        f[JOIN_NUMBERS] = sayings_count_differently(w, a, b);
        f[JOIN_NEGATION] = sayings_negate_differently(a, b);
    }
    return l;
}

/* What is known beside the words: addressee, day, channel, how much the speaker says. */
static void weigh_circumstances(const struct work *w, const struct saying *a,
                                const struct saying *b, double *f)
{
    f[JOIN_SAME_ARTICLE] = a->article == b->article;
    f[JOIN_SAME_LISTENER] = a->addressee && a->addressee == b->addressee;
    f[JOIN_OTHER_LISTENER] = a->addressee && b->addressee && a->addressee != b->addressee;
    f[JOIN_OTHER_DAY] = days_clash(a->day, b->day);
    f[JOIN_SAME_DAY] = a->day.n && b->day.n && f[JOIN_OTHER_DAY] == 0;
    f[JOIN_OTHER_CHANNEL] = !channels_agree(w, a->channel, b->channel);
    f[JOIN_SAME_CHANNEL] = a->channel.n && b->channel.n && f[JOIN_OTHER_CHANNEL] == 0;
    f[JOIN_ALONE] = !a->siblings && !b->siblings;
    f[JOIN_FEW] = 1 / (1 + fmax((double)a->siblings, (double)b->siblings));
}

static bool is_nobody(const struct work *w, const struct saying *s)
{
    return !s->speaker.n || saying_kind(w, s) == ACTOR_UNNAMED;
}

static void weigh_speakers(const struct work *w, const struct saying *a, const struct saying *b,
                           enum kinship kin, double *f)
{
    if (kin == KIN_SAME)
        return;
    bool persons =
        saying_kind(w, a) == ACTOR_PERSON && saying_kind(w, b) == ACTOR_PERSON && kin == KIN_NONE;
    bool unknown =
        is_nobody(w, a) || is_nobody(w, b) || (persons && keys_may_be_one(a->speaker, b->speaker));
    f[kin == KIN_ACTS_FOR ? JOIN_ACTS_FOR
      : unknown           ? JOIN_UNKNOWN
      : persons           ? JOIN_PERSONS
                          : JOIN_OTHERS] = 1;
}

/* Numbers that say how many: no years, no days of a month. */
static bool is_count(const struct text *t, uint32_t at)
{
    const struct term *term = &t->terms[at];
    if (!(term->flags & TERM_NUMBER) || (term->number >= 1900 && term->number <= 2100))
        return false;
    return !at || !(t->terms[at - 1].flags & TERM_CAPITAL) || term->number > 31 ||
           term->number != floor(term->number);
}

/* One number may be the other rounded; what is told to a tenth is that tenth. */
static bool nearly(double x, double y)
{
    bool tenths = x < MOST_TENTHS && x != floor(x) && y != floor(y);
    return fabs(x - y) <= (tenths ? HALF_A_TENTH : ROUNDING * fmax(x, y));
}

static bool has_count(const struct work *w, const struct saying *s, const struct term *wanted)
{
    const struct text *t = &w->texts[s->article];
    for (size_t i = 0; i < s->n_terms; i++)
        if (is_count(t, s->terms[i]) &&
            (!wanted || nearly(t->terms[s->terms[i]].number, wanted->number)))
            return true;
    return false;
}

/* Both count, and no number of the one is one of the other. */
static bool counts_have_nothing_in_common(const struct work *w, const struct saying *a,
                                          const struct saying *b)
{
    const struct text *t = &w->texts[a->article];
    if (!has_count(w, a, NULL) || !has_count(w, b, NULL))
        return false;
    for (size_t i = 0; i < a->n_terms; i++)
        if (is_count(t, a->terms[i]) && has_count(w, b, &t->terms[a->terms[i]]))
            return false;
    return true;
}

static bool published_apart(const struct work *w, const struct saying *a, const struct saying *b)
{
    return days_clash(w->in->articles[a->article].published, w->in->articles[b->article].published);
}

/* Has the count grown between the two, or do two nobodies count at two places? */
static bool another_count(const struct work *w, const struct saying *a, const struct saying *b,
                          size_t quote)
{
    if (quote >= LONG_QUOTE || !counts_have_nothing_in_common(w, a, b))
        return false;
    return published_apart(w, a, b) || (is_nobody(w, a) && is_nobody(w, b));
}

static bool has_word(struct str key, struct str word)
{
    struct str own;
    while (str_split(&key, '-', &own))
        if (str_eq(own, word))
            return true;
    return false;
}

static bool tells_nothing(struct str word)
{
    static const struct str articles[] = {STR("a"), STR("an"), STR("the"), STR("one"), STR("some")};
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
        if (str_eq(word, articles[i]))
            return true;
    return !word.n || key_begins_place(word);
}

/* Has either a word that says which, and do they share none? */
static bool share_no_word(struct str a, struct str b)
{
    struct str rest = a, word;
    size_t own[2] = {0, 0};
    while (str_split(&rest, '-', &word)) {
        own[0] += !tells_nothing(word);
        if (!tells_nothing(word) && has_word(b, word))
            return false;
    }
    for (rest = b; str_split(&rest, '-', &word);)
        own[1] += !tells_nothing(word);
    return own[0] && own[1];
}

/* "A county autopsy", "the independent autopsy"; "a spokesman for the union" and
 * one for the yard. */
static bool are_told_apart(struct str a, struct str b)
{
    struct str x = key_head(a), y = key_head(b);
    size_t at_x = (size_t)(x.p - a.p), at_y = (size_t)(y.p - b.p);
    return share_no_word(str_slice(a, 0, at_x), str_slice(b, 0, at_y)) ||
           share_no_word(str_slice(a, at_x + x.n, a.n), str_slice(b, at_y + y.n, b.n));
}

/* "Praised the deal", "attacked the deal": one is for what the other is against, if that is one. */
static bool are_of_two_minds(const struct saying *a, const struct saying *b)
{
    const uint32_t against = MARK_AGAINST | MARK_REJECTION | MARK_DENIAL | MARK_NEGATIVE;
    const uint32_t sides = against | MARK_FAVOUR | MARK_NEGATION;
    uint32_t x = a->cue_marks & sides, y = b->cue_marks & sides;
    return ((x & MARK_FAVOUR) && !(x & ~MARK_FAVOUR) && (y & against) && !(y & MARK_NEGATION)) ||
           ((y & MARK_FAVOUR) && !(y & ~MARK_FAVOUR) && (x & against) && !(x & MARK_NEGATION));
}

static bool carries(const struct work *w, const struct saying *a, const struct saying *b)
{
    return saying_kind(w, a) == ACTOR_OUTLET && saying_kind(w, b) != ACTOR_OUTLET;
}

/* Nearly the same words, and enough of them. */
static bool are_told_alike(const struct saying *a, const struct saying *b, const double *f)
{
    return f[JOIN_DICE] >= LIKE_ENOUGH_FOR_OTHERS && f[JOIN_NEGATION] == 0 &&
           f[JOIN_NUMBERS] == 0 && bag_likeness(&a->bag, &b->bag).words >= LEAST_FOR_OTHERS;
}

/* By another outlet's report each: "a Democrat told" one, "sources told" the other. */
static bool are_carried_apart(const struct work *w, const struct saying *a, const struct saying *b)
{
    if (a->st->via < 0 || b->st->via < 0)
        return false;
    return !str_eq(w->in->articles[a->article].reading->actors[a->st->via].key,
                   w->in->articles[b->article].reading->actors[b->st->via].key);
}

/* Of two whom nobody names: "officials" here are not those there, unless they say it in like
 * words; and whom each acts for tells them apart. */
static bool may_be_one_nobody(const struct work *w, const struct saying *a, const struct saying *b,
                              const double *f)
{
    if (!a->speaker.n || !b->speaker.n)
        return true;
    if ((a->of.n && b->of.n && !str_eq(a->of, b->of)) || are_carried_apart(w, a, b))
        return false;
    if (str_eq(key_head(a->speaker), key_head(b->speaker)))
        return f[JOIN_DICE] >= LIKE_OF_NOBODIES && !are_told_apart(a->speaker, b->speaker);
    return are_told_alike(a, b, f);
}

/* "It “has been offered to me”", says one by name, and officials tell that it was offered. */
static bool is_quoted_by_name(const struct work *w, const struct saying *a, const struct saying *b)
{
    return saying_kind(w, a) == ACTOR_PERSON && a->n_quoted && !b->n_quoted;
}

/* "A Liberal aide" and the Conservatives: whoever acts for one body is not another. */
static bool acts_for_another(const struct work *w, const struct saying *a, const struct saying *b)
{
    enum actor_kind kind = saying_kind(w, b);
    return a->of.n && b->speaker.n && saying_kind(w, a) == ACTOR_UNNAMED &&
           (kind == ACTOR_ORGANISATION || kind == ACTOR_COUNTRY || kind == ACTOR_GROUP) &&
           share_no_word(a->of, b->speaker) && share_no_word(a->speaker, b->speaker);
}

/* May the words of two speakers who are not known to be one be one saying? Of two known actors,
 * only what an outlet carries, or what both quote at length; of a known and an unknown one, what
 * both quote or tell in nearly the same words; of two unknown ones so called different things,
 * likewise. */
static bool may_be_one_speaker(const struct work *w, const struct saying *a, const struct saying *b,
                               const double *f)
{
    bool nobody_a = is_nobody(w, a), nobody_b = is_nobody(w, b);
    if (f[JOIN_QUOTE] >= QUOTE_OF_ANOTHER)
        return nobody_a || nobody_b || keys_may_be_one(a->speaker, b->speaker) ||
               carries(w, a, b) || carries(w, b, a);
    if (nobody_a && nobody_b)
        return may_be_one_nobody(w, a, b, f);
    return (nobody_a || nobody_b) && !is_quoted_by_name(w, a, b) && !is_quoted_by_name(w, b, a) &&
           !acts_for_another(w, a, b) && !acts_for_another(w, b, a) && are_told_alike(a, b, f);
}

/* "Asked [neurosurgeon]": a word that a reading cut off, beside a whole sentence. */
static bool is_fragment_of(const struct saying *a, const struct saying *b)
{
    enum { SENTENCE = 3 };
    return a->bag.n < 2 && !a->n_quoted && b->bag.n >= SENTENCE;
}

/* "I love this town and everybody in it", "we love the old town": of the same matter, and each
 * quoted at length. Had it been one saying, more than a few words of it would be the same. */
static bool are_two_quotations(const struct work *w, const struct saying *a, const struct saying *b)
{
    size_t x = a->quoted_content, y = b->quoted_content, least = x < y ? x : y, content;
    if (least < LEAST_QUOTED)
        return false;
    size_t run = common_quote(w, a, b, &content);
    return run < LONG_QUOTE && (double)content < LEAST_OF_QUOTE * (double)least;
}

static bool is_retold(const struct work *w, const struct saying *a, const struct saying *b,
                      const double *f)
{
    return a->article != b->article && saying_kinship(a, b) == KIN_SAME && !is_nobody(w, a) &&
           f[JOIN_DICE] >= LIKE_RETOLD && f[JOIN_NUMBERS] == 0 && f[JOIN_NEGATION] == 0 &&
           (f[JOIN_QUOTE] >= QUOTED_RETOLD ||
            bag_likeness(&a->bag, &b->bag).words >= LEAST_RETOLD) &&
           !counts_have_nothing_in_common(w, a, b);
}

struct match saying_match_features(const struct work *w, const struct saying *a,
                                   const struct saying *b, double f[JOIN_COUNT])
{
    struct match m = {.never = true, .rule = "none"};
    enum kinship kin = saying_kinship(a, b);
    for (size_t i = 0; i < JOIN_COUNT; i++)
        f[i] = 0;
    f[JOIN_BIAS] = 1;
    if (a->bag.weight <= 0 || b->bag.weight <= 0)
        return (struct match){.rule = "none"};
    if (kin == KIN_NONE && sayings_stand_apart(w, a, b))
        return m;
    weigh_speakers(w, a, b, kin, f);
    struct likeness l = weigh_words(w, a, b, f);
    bool alike = f[JOIN_DICE] >= LIKE_OF_OTHERS || f[JOIN_CONTAINED] >= 2 * LIKE_OF_OTHERS;
    size_t quote = alike || kin != KIN_NONE ? weigh_quotes(w, a, b, f) : 0;
    bool at_length = quote >= VERY_LONG_QUOTE && f[JOIN_QUOTE_WHOLE] >= WHOLE_ENOUGH;
    if (kin == KIN_NONE && (!alike || (f[JOIN_PERSONS] > 0 && !at_length)))
        return m;
    weigh_circumstances(w, a, b, f);
    bool nobodies = is_nobody(w, a) && is_nobody(w, b);
    if ((kin == KIN_NONE || nobodies) && !at_length && !may_be_one_speaker(w, a, b, f))
        return m;
    if (kin == KIN_ACTS_FOR && f[JOIN_QUOTE] == 0 && f[JOIN_DICE] < LIKE_OF_KIN)
        return m;
    if ((f[JOIN_OTHER_DAY] > 0 && f[JOIN_QUOTE] < 1) || another_count(w, a, b, quote) ||
        (are_of_two_minds(a, b) && f[JOIN_QUOTE] < 1 && f[JOIN_DICE] >= LIKE_ENOUGH))
        return m;
    double sum = 0;
    for (size_t i = 0; i < JOIN_COUNT; i++)
        sum += w->lex.join[i] * f[i];
    m.score = 1 / (1 + exp(-sum));
    bool told = !a->n_quoted && !b->n_quoted;
    if (is_fragment_of(a, b) || is_fragment_of(b, a) ||
        (told && kin == KIN_SAME && l.words < LEAST_TOLD && l.dice < LIKE_TOLD))
        m.score = fmin(m.score, UNLIKELY);
    if (kin == KIN_SAME && f[JOIN_QUOTE] == 0 && l.words < 2 && l.dice < LIKE_BY_ONE_WORD)
        m.score = fmin(m.score, UNLIKELY);
    m.quoted_apart = a->article != b->article && are_two_quotations(w, a, b);
    m.unlike =
        f[JOIN_DICE] < LEAST_LIKE && f[JOIN_CONTAINED] < 2 * LEAST_LIKE && f[JOIN_QUOTE] == 0;
    m.alone = (float)m.score;
    m.retold = m.score >= LIKELY_RETOLD && !m.quoted_apart && is_retold(w, a, b, f);
    m.quoted = f[JOIN_QUOTE] >= 0.75;
    m.never = false;
    m.rule = m.quoted ? kin == KIN_ACTS_FOR ? "same.quotation.acting-for" : "same.quotation"
                      : "same.words";
    return m;
}

struct match saying_match(const struct work *w, const struct saying *a, const struct saying *b)
{
    double f[JOIN_COUNT];
    return saying_match_features(w, a, b, f);
}

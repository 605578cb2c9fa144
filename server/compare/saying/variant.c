/* What became of the words: each wording of an utterance against the fullest verbatim one.
 *
 * Quoted words are aligned by a longest common subsequence of folded words. Where one of the two
 * is not quoted, only what changes the sense is named (negation, number); else it is a
 * paraphrase, however close. */
#include "compare/saying/wording.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDING 0.05
/* Likeness from which what one wording lacks is missing from the same sentence. */
#define LIKE_ENOUGH 0.6
/* And from which one "not" more or less in all of it turns it. */
#define NEARLY_ALL 0.75
enum { LONG_SKIP = 4, NEGATION_REACH = 5 };

static bool is_negation(const struct work *w, const struct term *t)
{
    return map_get(&w->lex.marks, t->word, 0) & MARK_NEGATION;
}

/* What the words that one has and the other lacks change. */
struct changes {
    size_t negations, numbers_gone, numbers_new, words;
};

/* Is a third at least of the words of the sentence around word k met? Else a "the" or two of it are
 * met by chance. */
static bool is_quoted_from(const struct wordlist *f, const bool *met, size_t k)
{
    size_t words = 0, shared = 0, first = k;
    while (first > 0 && wordlist_term(f, first - 1)->sentence == wordlist_term(f, k)->sentence)
        first--;
    for (size_t i = first;
         i < f->n && wordlist_term(f, i)->sentence == wordlist_term(f, k)->sentence; i++) {
        words++;
        shared += met[i];
    }
    return 3 * shared >= words;
}

static struct changes count_changes(struct work *w, const struct wordlist *f,
                                    const struct wordlist *v, const int *to)
{
    struct changes c = {0};
    int first = -1, last = -1;
    size_t lead = 0, tail = 0; /* words of v before the first and behind the last that are met */
    bool *met = arena_array(w->arena, f->n + 1, sizeof *met);
    for (size_t i = 0; i < v->n; i++) {
        const struct term *t = wordlist_term(v, i);
        if (to[i] >= 0) {
            first = first < 0 ? to[i] : first;
            last = to[i];
            tail = 0;
            met[to[i]] = true;
            continue;
        }
        lead += first < 0;
        tail++;
        c.words++;
        c.negations += is_negation(w, t);
        c.numbers_new += (t->flags & TERM_NUMBER) != 0;
    }
    first = first > (int)lead ? first - (int)lead : 0;
    last = last < 0 ? -1 : (int)(last + (int)tail < (int)f->n ? last + (int)tail : (int)f->n - 1);
    for (int k = first; k <= last; k++) {
        const struct term *t = wordlist_term(f, (size_t)k);
        if (met[k] || !is_quoted_from(f, met, (size_t)k))
            continue;
        c.words++;
        c.negations += is_negation(w, t);
        c.numbers_gone += (t->flags & TERM_NUMBER) != 0;
    }
    return c;
}

/* Are words left out between v's words i - 1 and i marked as such, or do the two stand in
 * different quotations? */
static bool gap_is_shown(const struct wordlist *v, size_t i)
{
    const struct term *before = wordlist_term(v, i - 1), *after = wordlist_term(v, i);
    if (before->quote != after->quote)
        return true;
    struct str between = text_slice(v->text, (struct span){before->at.end, after->at.start});
    return str_contains(between, S("...")) || str_contains(between, S("\xE2\x80\xA6"));
}

static uint32_t marks_between(const struct work *w, const struct wordlist *f, int from, int to,
                              bool *number)
{
    uint32_t marks = 0;
    for (int k = from + 1; k < to; k++) {
        marks |= map_get(&w->lex.marks, wordlist_term(f, (size_t)k)->word, 0);
        *number = *number || (wordlist_term(f, (size_t)k)->flags & TERM_NUMBER);
    }
    return marks;
}

/* "Is not, under any clause, permitted": what is left out begins or ends with the "not". "Without
 * being asked" goes with what follows it. */
static bool opens_with_not(const struct work *w, const struct wordlist *f, int from, int to)
{
    const struct term *ends[] = {wordlist_term(f, (size_t)from + 1),
                                 wordlist_term(f, (size_t)to - 1)};
    for (size_t i = 0; i < 2; i++)
        if (is_negation(w, ends[i]) && ends[i]->word != str_hash(S("without")))
            return true;
    return false;
}

/* What is lost between two words that v has next to each other: a "not" turns it round, however
 * the gap is shown. */
static enum variant label_gap(const struct work *w, const struct wordlist *f,
                              const struct wordlist *v, const int *to, size_t i)
{
    bool number = false, far = to[i] - to[i - 1] > LONG_SKIP;
    bool one =
        wordlist_term(f, (size_t)to[i])->sentence == wordlist_term(f, (size_t)to[i - 1])->sentence;
    uint32_t marks = marks_between(w, f, to[i - 1], to[i], &number);
    bool shown = gap_is_shown(v, i);
    if (one && (marks & MARK_NEGATION) && (shown ? opens_with_not(w, f, to[i - 1], to[i]) : !far))
        return VARIANT_NEGATION;
    if (shown)
        return VARIANT_CUT;
    if (one && number && !far)
        return VARIANT_NUMBER_CHANGED;
    return far || !one ? VARIANT_MERGED : VARIANT_WORD_CHANGED;
}

/* Every word of v stands in f, in order: one stretch of it, or several glued together? `whole`: v
 * is all that its statement says. */
static enum variant label_subset(struct work *w, const struct wordlist *f, const struct wordlist *v,
                                 const int *to, bool whole)
{
    if (v->n == f->n)
        return VARIANT_VERBATIM;
    static const enum variant of_lost[] = {[LOST_NOTHING] = VARIANT_CUT,
                                           [LOST_NOT] = VARIANT_NEGATION,
                                           [LOST_NUMBER] = VARIANT_NUMBER_CHANGED,
                                           [LOST_CONDITION] = VARIANT_WORD_CHANGED};
    enum variant label = of_lost[whole ? lost_around(w, f, to, v->n) : LOST_NOTHING];
    if (label == VARIANT_NEGATION || label == VARIANT_NUMBER_CHANGED)
        return label;
    for (size_t i = 1; i < v->n; i++) {
        if (to[i] == to[i - 1] + 1)
            continue;
        enum variant gap = label_gap(w, f, v, to, i);
        if (gap == VARIANT_NEGATION || gap == VARIANT_NUMBER_CHANGED)
            return gap;
        label = gap == VARIANT_CUT ? label : gap;
    }
    return label;
}

static enum variant label_quoted(struct work *w, const struct wordlist *f, const struct wordlist *v,
                                 bool whole)
{
    int *to = arena_array(w->arena, v->n + 1, sizeof *to);
    size_t met = wordlist_align(w, f, v, to);
    if (v->n && met == v->n)
        return label_subset(w, f, v, to, whole);
    if (met * 10 < v->n * 6)
        return VARIANT_PARAPHRASE;
    struct changes c = count_changes(w, f, v, to);
    if (c.negations % 2)
        return VARIANT_NEGATION;
    if (c.numbers_gone && c.numbers_new)
        return VARIANT_NUMBER_CHANGED;
    return VARIANT_WORD_CHANGED;
}

static bool turns(const struct work *w, const struct term *t)
{
    return map_get(&w->lex.marks, t->word, 0) &
           (MARK_NEGATION | MARK_NEGATIVE | MARK_DENIAL | MARK_REJECTION | MARK_UNTRUE);
}

static bool cue_turns(const struct work *w, const struct saying *s)
{
    const struct text *t = &w->texts[s->article];
    for (size_t i = 0; i < s->st->cue.n; i++) {
        struct term_range r = text_range(t, s->st->cue.v[i]);
        for (uint32_t k = r.first; k < r.end; k++)
            if (turns(w, &t->terms[k]))
                return true;
    }
    return false;
}

/* Does a turning word shortly before negate content word i? "No" and "fail to" reach over other
 * words, "not" negates the next. */
static bool is_negated(const struct work *w, const struct saying *s, size_t i)
{
    const struct text *t = &w->texts[s->article];
    bool crossed = false;
    for (size_t back = 1; back <= NEGATION_REACH && back <= i; back++) {
        const struct term *before = &t->terms[s->terms[i - back]];
        uint32_t marks = map_get(&w->lex.marks, before->word, 0);
        if (marks & MARK_NEGATIVE)
            return true;
        if (turns(w, before) && back <= NEGATION_REACH - 2)
            return !crossed || before->word == str_hash(S("no")) ||
                   before->word == str_hash(S("without"));
        crossed = crossed || term_is_content(before);
    }
    return false;
}

/* A turned word and its place. */
struct turned_at {
    struct turned_word word;
    size_t at;
};

static int by_stem_and_place(const void *a, const void *b)
{
    const struct turned_at *x = a, *y = b;
    if (x->word.stem != y->word.stem)
        return x->word.stem < y->word.stem ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

/* Negated where the statement has it: by a turning word shortly before, or by the cue. */
void saying_find_turned(struct work *w, struct saying *s)
{
    const struct term *t = w->texts[s->article].terms;
    struct arena scratch = {0};
    struct turned_at *all = arena_array(&scratch, s->n_terms + 1, sizeof *all);
    bool cue = cue_turns(w, s);
    for (size_t i = 0; i < s->n_terms; i++) {
        const struct term *term = &t[s->terms[i]];
        bool tells =
            term_is_content(term) && !(term->flags & (TERM_ACTOR | TERM_NUMBER)) && !turns(w, term);
        all[i] = (struct turned_at){{term->stem, is_negated(w, s, i) != cue, tells}, i};
    }
    if (s->n_terms > 1)
        qsort(all, s->n_terms, sizeof *all, by_stem_and_place);
    s->turned = arena_array(w->arena, s->n_terms + 1, sizeof *s->turned);
    s->n_turned = 0;
    for (size_t i = 0; i < s->n_terms; i++)
        if (i && all[i].word.stem == all[i - 1].word.stem)
            s->turned[s->n_turned - 1].tells |= all[i].word.tells;
        else
            s->turned[s->n_turned++] = all[i].word;
    arena_finish(&scratch);
}

/* ... and none in both. */
bool sayings_negate_differently(const struct saying *a, const struct saying *b)
{
    bool differs = false;
    for (size_t i = 0, k = 0; i < a->n_turned && k < b->n_turned;) {
        const struct turned_word *x = &a->turned[i], *y = &b->turned[k];
        if (x->stem != y->stem) {
            *(x->stem < y->stem ? &i : &k) += 1;
            continue;
        }
        if (x->tells && x->turned && y->turned)
            return false;
        differs = differs || (x->tells && x->turned != y->turned);
        i++;
        k++;
    }
    return differs;
}

/* The content word behind a number: what is counted. */
static uint64_t counted(const struct text *t, uint32_t at)
{
    for (uint32_t k = at + 1;
         k < t->n_terms && k < at + 4 && t->terms[k].sentence == t->terms[at].sentence; k++)
        if (term_is_content(&t->terms[k]) && !(t->terms[k].flags & TERM_NUMBER))
            return t->terms[k].stem;
    return 0;
}

bool sayings_count_differently(const struct work *w, const struct saying *a, const struct saying *b)
{
    const struct text *x = &w->texts[a->article], *y = &w->texts[b->article];
    for (size_t i = 0; i < a->n_terms; i++) {
        const struct term *p = &x->terms[a->terms[i]];
        uint64_t what = p->flags & TERM_NUMBER ? counted(x, a->terms[i]) : 0;
        bool same = false, other = false;
        for (size_t k = 0; what && k < b->n_terms; k++) {
            const struct term *q = &y->terms[b->terms[k]];
            if ((q->flags & TERM_NUMBER) && counted(y, b->terms[k]) == what) {
                bool near = fabs(q->number - p->number) <= ROUNDING * fmax(q->number, p->number);
                same = same || near;
                other = other || !near;
            }
        }
        if (other && !same)
            return true;
    }
    return false;
}

static bool is_one_sentence(const struct work *w, const struct saying *s)
{
    const struct term *t = w->texts[s->article].terms;
    return s->n_terms && t[s->terms[0]].sentence == t[s->terms[s->n_terms - 1]].sentence;
}

/* Told in words of its own: what the quotation has and it lost. */
static enum variant label_free(struct work *w, const struct saying *f, const struct saying *s)
{
    struct likeness like = bag_likeness(&f->bag, &s->bag);
    if (sayings_count_differently(w, f, s))
        return VARIANT_NUMBER_CHANGED;
    if (like.least < LIKE_ENOUGH)
        return VARIANT_PARAPHRASE;
    if (saying_loses_amount(w, f, s))
        return VARIANT_NUMBER_CHANGED;
    if (saying_has_condition(w, f) && !saying_has_condition(w, s) && is_one_sentence(w, f))
        return VARIANT_WORD_CHANGED;
    bool turned = like.dice >= NEARLY_ALL && saying_loses_not(w, f, s);
    return turned || sayings_negate_differently(f, s) ? VARIANT_NEGATION : VARIANT_PARAPHRASE;
}

enum variant variant_of(struct work *w, const struct saying *fullest, const struct saying *s,
                        bool *quotes_differ)
{
    *quotes_differ = false;
    struct wordlist f = wordlist_of(w, fullest), v = wordlist_of(w, s);
    if (fullest == s)
        return f.quoted ? VARIANT_VERBATIM : VARIANT_PARAPHRASE;
    if (f.quoted && v.quoted) {
        enum variant label = label_quoted(w, &f, &v, v.n == s->n_terms);
        *quotes_differ = label == VARIANT_WORD_CHANGED || label == VARIANT_NEGATION ||
                         label == VARIANT_NUMBER_CHANGED;
        if (label != VARIANT_PARAPHRASE)
            return label;
    }
    return label_free(w, fullest, s);
}

void work_variants(struct work *w, struct utterance *u, struct saying *const *members)
{
    size_t fullest = 0, most = 0;
    for (size_t i = 0; i < u->n_wordings; i++) {
        struct wordlist l = wordlist_of(w, members[i]);
        size_t worth = l.n + (l.quoted ? 100000 : 0);
        if (worth > most) {
            most = worth;
            fullest = i;
        }
    }
    for (size_t i = 0; i < u->n_wordings; i++) {
        u->wordings[i].fullest = i == fullest;
        u->wordings[i].variant =
            variant_of(w, members[fullest], members[i], &u->wordings[i].quotes_differ);
    }
}

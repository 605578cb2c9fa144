/* Finds plain facts: "killed 41 people", "$16 billion", "Ada Roth, 41,", "were arrested on
 * Tuesday", "in 2003". Years and ordinals are not counted; a margin of error is the poll's own. */
#include "compare/facts/fact.h"
#include "compare/facts/look.h"

#include <math.h>

enum { NOUN_TERMS = 3 };

static void read_limits(const struct work *w, const struct text *t, struct fact *f)
{
    static const char *const least[] = {"least", "than", "over", "above"};
    static const char *const most[] = {"most", "under", "below"};
    static const char *const under[] = {"almost", "nearly"};
    uint32_t first = t->sentences[f->sentence].first;
    for (uint32_t i = f->first; i-- > first && i + 3 > f->first;) {
        bool fewer =
            i > first && (term_is(&t->terms[i - 1], "fewer") || term_is(&t->terms[i - 1], "less"));
        f->least = f->least || (IS_ANY(&t->terms[i], least) && !fewer);
        f->most = f->most || fewer || IS_ANY(&t->terms[i], most);
        f->under = f->under || IS_ANY(&t->terms[i], under);
        f->about = f->about || (map_get(&w->lex.marks, t->terms[i].word, 0) & MARK_APPROX);
    }
}

static bool is_ordinal(const struct text *t, const struct term *term)
{
    struct str word = text_slice(t, term->at);
    return str_ends(word, S("th")) || str_ends(word, S("rd")) || str_ends(word, S("st")) ||
           str_ends(word, S("nd")) || str_eq_case(word, S("second"));
}

static double magnitude(const struct term *t)
{
    return t->flags & TERM_NUMBER && t->number >= 100 && fmod(log10(t->number), 1) == 0 ? t->number
                                                                                        : 0;
}

static bool is_year(const struct term *t)
{
    return (t->flags & TERM_NUMBER) && t->number >= 1900 && t->number <= 2100 &&
           t->at.end - t->at.start == 4;
}

/* The unit at the term: what it measures (FACT_KINDS: nothing) and the base units in one. */
static enum fact_kind unit_at(const struct work *w, const struct term *t, double *scale,
                              uint64_t *what)
{
    static const enum fact_kind kinds[UNIT_KINDS] = {
        [UNIT_SHARE] = FACT_SHARE, [UNIT_MONEY] = FACT_MONEY, [UNIT_SPAN] = FACT_SPAN};
    uint32_t at = map_get(&w->lex.units, t->word, 0);
    if (!at)
        return FACT_KINDS;
    const struct unit *u = &w->lex.unit[at - 1];
    *scale = u->scale;
    *what = u->kind == UNIT_MONEY ? t->stem : u->what;
    return u->kind < UNIT_OTHER ? kinds[u->kind] : FACT_MEASURE;
}

/* "$", "€", "£" before the number; "%" behind it. */
static bool sign_beside(const struct text *t, struct fact *f)
{
    static const struct str signs[] = {STR("$"), STR("\xE2\x82\xAC"), STR("\xC2\xA3")};
    static const char *const names[] = {"dollars", "euros", "pounds"};
    struct str before = str_slice(t->text, 0, f->at.start);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_ends(before, signs[i])) {
            f->kind = FACT_MONEY;
            f->what = word_stem(str_of(names[i]));
            return true;
        }
    if (str_eq(str_slice(t->text, f->at.end, f->at.end + 1), S("%"))) {
        f->kind = FACT_SHARE;
        f->what = str_hash(S("share"));
        return true;
    }
    return false;
}

/* "800 people live there" is its population. */
static uint64_t noun_key(const struct work *w, const struct text *t, uint32_t noun)
{
    uint64_t population = synonym_stem(map_get(&w->lex.synonyms, word_stem(S("population")), 0));
    bool people =
        term_is(&t->terms[noun], "people") && noun + 1 < t->sentences[t->terms[noun].sentence].end;
    return people && t->terms[noun + 1].raw_stem == word_stem(S("live")) ? population
                                                                         : t->terms[noun].stem;
}

/* What the number counts: the noun that its words end in - of "four armed robbers" the last -, or
 * that stands before, as in "a population of 800". */
static bool read_noun(const struct work *w, const struct text *t, struct fact *f)
{
    uint32_t end = t->sentences[f->sentence].end, k = f->end, noun = 0;
    for (; k < end && k < f->end + NOUN_TERMS && terms_touch(t, k - 1); k++) {
        double scale;
        uint64_t what;
        enum fact_kind unit = unit_at(w, &t->terms[k], &scale, &what);
        if (unit != FACT_KINDS) {
            f->kind = unit;
            f->what = what;
            f->value *= scale;
            f->compound = t->text.p[t->terms[f->end - 1].at.end] == '-';
            f->end = k + 1;
            return true;
        }
        if (!term_is_noun(&t->terms[k]))
            break;
        noun = k;
        if (map_get(&w->lex.marks, t->terms[k].word, 0) & MARK_UNIT)
            break;
    }
    uint32_t first = t->sentences[f->sentence].first;
    for (k = f->first; !noun && k-- > first && k + 4 > f->first;)
        if (term_is(&t->terms[k], "of") && k > first && term_is_noun(&t->terms[k - 1]))
            noun = k - 1;
    if (!noun)
        return false;
    double scale;
    enum fact_kind unit = unit_at(w, &t->terms[noun], &scale, &f->what);
    if (noun == f->end && f->first > first && term_is(&t->terms[f->first - 1], "the") &&
        fact_is_past(w, t, noun))
        return false; /* "the two met" */
    f->kind = unit == FACT_KINDS ? FACT_COUNT : unit;
    f->what = unit == FACT_KINDS ? noun_key(w, t, noun) : f->what;
    f->compound = noun >= f->end && t->text.p[t->terms[f->end - 1].at.end] == '-';
    f->tally = (map_get(&w->lex.marks, t->terms[noun].word, 0) & MARK_TALLY) != 0;
    f->end = noun >= f->end ? noun + 1 : f->end;
    return true;
}

/* "1 in 5", "three out of four": no counts. */
static bool is_ratio(const struct text *t, uint32_t at)
{
    static const char *const in[] = {"in", "of"};
    uint32_t first = t->sentences[t->terms[at].sentence].first;
    bool out = at >= first + 3 && term_is(&t->terms[at - 2], "out");
    uint32_t of = out ? at - 3 : at - 2;
    bool behind = at >= first + 2 && IS_ANY(&t->terms[at - 1], in) &&
                  (t->terms[of].flags & TERM_NUMBER) && !is_year(&t->terms[at]);
    uint32_t end = t->sentences[t->terms[at].sentence].end;
    bool before = at + 2 < end && IS_ANY(&t->terms[at + 1], in) &&
                  (t->terms[at + 2].flags & TERM_NUMBER) && !is_year(&t->terms[at + 2]);
    return behind || before;
}

/* "7:42": a time of day, or of a match. */
static bool is_clock(const struct text *t, const struct term *term)
{
    return (term->at.start && t->text.p[term->at.start - 1] == ':') ||
           (term->at.end + 1 < t->text.n && t->text.p[term->at.end] == ':' &&
            t->text.p[term->at.end + 1] >= '0' && t->text.p[term->at.end + 1] <= '9');
}

/* "27-24". */
static bool is_score(const struct text *t, uint32_t at)
{
    bool before = at && (t->terms[at - 1].flags & TERM_NUMBER) && terms_touch(t, at - 1);
    bool behind =
        at + 1 < t->n_terms && (t->terms[at + 1].flags & TERM_NUMBER) && terms_touch(t, at);
    return (before && t->text.p[t->terms[at - 1].at.end] == '-') ||
           (behind && t->text.p[t->terms[at].at.end] == '-');
}

/* "Minus 20": with or without the degrees. */
static bool is_cold(const struct text *t, const struct fact *f)
{
    return f->first > t->sentences[f->sentence].first && term_is(&t->terms[f->first - 1], "minus");
}

/* "Married three times", "twice divorced": f->what is the deed. "Three times as many" counts
 * nothing. */
static bool is_frequency(const struct work *w, const struct text *t, struct fact *f)
{
    static const char *const more[] = {"more", "as", "the", "higher", "larger", "a", "per", "that"};
    struct term_range s = t->sentences[f->sentence];
    bool times = f->end < s.end && term_is(&t->terms[f->end], "times");
    uint32_t end = f->end + times, first = f->first;
    if ((!times && !term_is(&t->terms[first], "twice")) ||
        (end < s.end && terms_touch(t, end - 1) && IS_ANY(&t->terms[end], more)))
        return false;
    if (first > s.first && fact_is_past(w, t, first - 1))
        f->what = t->terms[first - 1].raw_stem;
    else if (end < s.end && terms_touch(t, end - 1) && fact_is_past(w, t, end))
        f->what = t->terms[end].raw_stem;
    f->kind = FACT_TIMES;
    f->end = end;
    return true;
}

/* "One of 99 members seized": that many were. */
static bool is_one_of(const struct text *t, uint32_t at)
{
    return at >= 2 && term_is(&t->terms[at - 1], "of") && term_is(&t->terms[at - 2], "one");
}

/* "2 1/2", "2-1/2": what the two terms behind the number add to it, or 0. */
static double fraction_at(const struct text *t, uint32_t at, uint32_t end)
{
    if (at + 1 >= end || !(t->terms[at].flags & t->terms[at + 1].flags & TERM_NUMBER) ||
        t->terms[at + 1].at.start != t->terms[at].at.end + 1 ||
        t->text.p[t->terms[at].at.end] != '/' || t->terms[at].number >= t->terms[at + 1].number)
        return 0;
    return t->terms[at].number / t->terms[at + 1].number;
}

/* The number at the term with its magnitude: "16 billion". */
static bool read_value(const struct text *t, uint32_t at, struct fact *f)
{
    const struct term *term = &t->terms[at];
    uint32_t end = t->sentences[term->sentence].end;
    double fraction = terms_touch(t, at) ? fraction_at(t, at + 1, end) : 0;
    if (!(term->flags & TERM_NUMBER) || is_ordinal(t, term) || is_clock(t, term) ||
        (is_score(t, at) && fraction <= 0))
        return false;
    f->first = at;
    f->end = at + (fraction > 0 ? 3 : 1);
    f->sentence = term->sentence;
    f->at = text_span(t, (struct term_range){at, f->end});
    f->value = term->number + fraction;
    f->scale = 1;
    for (; f->end < end && magnitude(&t->terms[f->end]) > 0; f->end++) {
        f->value *= magnitude(&t->terms[f->end]);
        f->scale *= magnitude(&t->terms[f->end]);
        f->at.end = t->terms[f->end].at.end;
    }
    return true;
}

/* "The 2006 HBO movie". */
static bool stands_before_work(const struct work *w, const struct text *t, const struct fact *f)
{
    uint32_t end = t->sentences[f->sentence].end;
    for (uint32_t i = f->end; i < end && i < f->end + 2; i++)
        if (map_get(&w->lex.works, t->terms[i].raw_stem, 0))
            return true;
    return false;
}

/* "Magnitude-5.2", "magnitude 5.2". */
static bool read_unit_before(const struct work *w, const struct text *t, struct fact *f)
{
    uint32_t first = t->sentences[f->sentence].first;
    double scale;
    if (f->first == first || !terms_touch(t, f->first - 1) ||
        unit_at(w, &t->terms[f->first - 1], &scale, &f->what) != FACT_MEASURE)
        return false;
    f->kind = FACT_MEASURE;
    f->value *= scale;
    return true;
}

/* What the number counts. */
static bool read_what(const struct work *w, const struct text *t, struct fact *f)
{
    static const char *const in[] = {"in", "since", "until"};
    if (fact_is_age(t, f)) {
        f->kind = FACT_AGE;
    } else if (is_year(&t->terms[f->first])) {
        f->kind = FACT_YEAR;
        return f->first && (IS_ANY(&t->terms[f->first - 1], in) || stands_before_work(w, t, f));
    } else if (is_cold(t, f)) {
        f->kind = FACT_MEASURE;
        f->what = str_hash(S("degree"));
        f->value = -f->value;
    } else if (!is_frequency(w, t, f) && !sign_beside(t, f) && !read_unit_before(w, t, f) &&
               !read_noun(w, t, f)) {
        return false;
    }
    return f->what;
}

/* The number at the term, as a count of its noun, of a fate, or both; *at moves behind it. */
static void add_number(struct work *w, uint32_t article, uint32_t *at, struct facts *out)
{
    const struct text *t = &w->texts[article];
    struct fact f = {.article = article};
    if (!read_value(t, *at, &f))
        return;
    struct fact toll = f;
    bool ratio = is_ratio(t, *at), counts = !ratio && read_what(w, t, &f);
    bool is_toll = (!ratio || is_one_of(t, *at)) && (!counts || f.kind == FACT_COUNT) &&
                   !is_year(&t->terms[*at]) && fact_is_toll(w, t, &toll);
    if (is_toll) {
        read_limits(w, t, &toll);
        fact_add(w, t, &toll, out);
    }
    bool told = is_toll && !toll.prev; /* of people: that says all */
    if (counts) {
        read_limits(w, t, &f);
        if (!told)
            fact_add(w, t, &f, out);
        *at = f.end - 1;
    }
}

/* "In December", with no year behind it: that tells of the month what happened then. */
static bool is_month_of(const struct text *t, uint32_t at)
{
    return at && term_is(&t->terms[at - 1], "in") &&
           (at + 1 >= t->n_terms || !(t->terms[at + 1].flags & TERM_NUMBER));
}

static double month_number(const struct when_words *words, const struct text *t, uint32_t at)
{
    struct when when;
    return when_at(words, t, at, NO_DAY, &when) ? floor(when.from / 100.0) : 0;
}

/* A day that is named: a weekday, a date, "yesterday". */
static bool read_day(const struct work *w, const struct when_words *words, uint32_t *at,
                     struct fact *f)
{
    const struct text *t = &w->texts[f->article];
    int32_t base = day_parse(w->in->articles[f->article].published);
    struct when when;
    if (!when_at(words, t, *at, base, &when))
        return false;
    static const char *const zones[] = {"gmt", "utc"};
    static const char *const feasts[] = {"super", "black", "good", "palm", "easter"};
    if (*at && (IS_ANY(&t->terms[*at - 1], zones) || IS_ANY(&t->terms[*at - 1], feasts)))
        return false; /* the same hour lies on two days */
    bool day = when.kind == WHEN_WEEKDAY || (when.kind == WHEN_MONTH_NAME && when.end > *at + 1) ||
               (when.kind == WHEN_DAYS && when.from == when.to && when.from <= 1 && base != NO_DAY);
    bool month = when.kind == WHEN_MONTH_NAME && !day && is_month_of(t, *at);
    *at = when.end > *at ? when.end - 1 : *at;
    if ((!day && !month) || when.deadline)
        return false;
    f->kind = month ? FACT_MONTH : FACT_DAY;
    f->first = when.first;
    f->end = when.end;
    f->at = when.at;
    f->sentence = t->terms[when.first].sentence;
    f->resolved = when.resolved && base != NO_DAY;
    f->value = when.from + (f->resolved ? base : 0);
    f->what = f->resolved ? 0 : (uint64_t)when.kind + 1;
    if (month) {
        f->value = month_number(words, t, f->end - 1);
        f->what = 0;
        f->resolved = false;
    }
    return true;
}

/* "Later that day", "the next day": counted from what the report told before. */
static bool read_later(const struct work *w, const struct text *t, uint32_t *at, struct fact *f)
{
    size_t next = 0;
    const struct phrase *p = phrase_at(&w->lex.later, t, *at, &next);
    if (!p)
        return false;
    f->kind = FACT_LATER;
    f->first = *at;
    f->end = *at + p->n;
    f->at = text_span(t, (struct term_range){f->first, f->end});
    f->sentence = t->terms[*at].sentence;
    f->value = p->member - 1;
    f->scale = 1;
    f->what = 1;
    *at = f->end - 1;
    return true;
}

static bool read_clock(const struct work *w, const struct text *t, uint32_t *at, struct fact *f)
{
    if (!fact_is_clock(t, *at, f))
        return false;
    *at = f->end - 1;
    read_limits(w, t, f);
    return true;
}

void facts_in(struct work *w, const struct when_words *words, uint32_t article, struct facts *out)
{
    const struct text *t = &w->texts[article];
    for (uint32_t i = 0; i < t->n_terms; i++) {
        struct fact f = {.article = article};
        if (read_later(w, t, &i, &f) || read_day(w, words, &i, &f) || read_clock(w, t, &i, &f))
            fact_add(w, t, &f, out);
        else
            add_number(w, article, &i, out);
    }
}

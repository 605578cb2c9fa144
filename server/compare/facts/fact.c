/* Finds plain facts: "killed 41 people", "$16 billion", "Ada Roth, 41,", "were arrested on
 * Tuesday", "in 2003". Years and ordinals are not counted; a margin of error is the poll's own. */
#include "compare/facts/fact.h"

#include <math.h>

enum {
    NEAR_TERMS = 8,
    NOUN_TERMS = 3,
    OWNER_TERMS = 8,
    MOST_OWNER = 12,
    BESIDE = 3,
    ACT_TERMS = 6,
    OLDEST = 115
};

static bool is(const struct term *t, const char *word)
{
    return t->word == str_hash(str_of(word));
}

static bool is_any(const struct term *t, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (is(t, words[i]))
            return true;
    return false;
}

#define IS_ANY(t, words) is_any((t), (words), sizeof(words) / sizeof *(words))

static void read_limits(const struct work *w, const struct text *t, struct fact *f)
{
    static const char *const least[] = {"least", "than", "over", "above"};
    static const char *const most[] = {"most", "under", "below", "almost", "nearly"};
    uint32_t first = t->sentences[f->sentence].first;
    for (uint32_t i = f->first; i-- > first && i + 3 > f->first;) {
        bool fewer = i > first && (is(&t->terms[i - 1], "fewer") || is(&t->terms[i - 1], "less"));
        f->least = f->least || (IS_ANY(&t->terms[i], least) && !fewer);
        f->most = f->most || fewer || IS_ANY(&t->terms[i], most);
        f->about = f->about || (map_get(&w->lex.marks, t->terms[i].word, 0) & MARK_APPROX);
    }
}

/* Another quake, an earlier count, the second goal. */
static bool is_of_another(const struct work *w, const struct text *t, uint32_t at)
{
    struct term_range s = t->sentences[t->terms[at].sentence];
    for (uint32_t i = s.first; i < s.end; i++)
        if (map_get(&w->lex.marks, t->terms[i].word, 0) & MARK_OTHER)
            return true;
    return false;
}

/* "Would need six seats", "if three states …", "a margin of error of 3.1 points". */
static bool is_supposed(const struct text *t, uint32_t at)
{
    static const char *const words[] = {"would", "could",  "may",  "might", "if",
                                        "must",  "should", "need", "needs", "needed"};
    static const char *const poll[] = {"margin", "error", "sampling"};
    struct term_range s = t->sentences[t->terms[at].sentence];
    for (uint32_t i = s.first; i < s.end; i++)
        if ((i < at && i + 8 > at && IS_ANY(&t->terms[i], words)) || IS_ANY(&t->terms[i], poll))
            return true;
    return false;
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

/* Is nothing but a blank or hyphen between the terms? */
static bool touch(const struct text *t, uint32_t at)
{
    return t->terms[at + 1].at.start == t->terms[at].at.end + 1 &&
           (t->text.p[t->terms[at].at.end] == ' ' || t->text.p[t->terms[at].at.end] == '-');
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
        f->what = word_stem(S("percent"));
        return true;
    }
    return false;
}

static bool is_noun(const struct term *t)
{
    return term_is_content(t) && !(t->flags & (TERM_NUMBER | TERM_CAPITAL | TERM_ACTOR));
}

static bool is_verb_or_noun(const struct term *t)
{
    return is_noun(t) && t->at.end - t->at.start > 2;
}

/* "Arrested", "shot": what can have a day. What is expected of it is told by the verb behind. */
static bool is_past(const struct work *w, const struct text *t, uint32_t at)
{
    static const char *const plans[] = {"expected", "scheduled", "planned", "supposed"};
    static const char *const before[] = {"the", "a",   "an", "his", "her",
                                         "its", "our", "on", "of",  "their"};
    bool describes = at > t->sentences[t->terms[at].sentence].first &&
                     IS_ANY(&t->terms[at - 1], before); /* "on injured reserve" */
    return is_verb_or_noun(&t->terms[at]) && !describes && !IS_ANY(&t->terms[at], plans) &&
           (str_ends(text_slice(t, t->terms[at].at), S("ed")) ||
            (map_get(&w->lex.marks, t->terms[at].word, 0) & MARK_PAST));
}

/* "800 people live there" is its population. */
static uint64_t noun_key(const struct work *w, const struct text *t, uint32_t noun)
{
    uint64_t population = synonym_stem(map_get(&w->lex.synonyms, word_stem(S("population")), 0));
    bool people =
        is(&t->terms[noun], "people") && noun + 1 < t->sentences[t->terms[noun].sentence].end;
    return people && t->terms[noun + 1].raw_stem == word_stem(S("live")) ? population
                                                                         : t->terms[noun].stem;
}

/* What the number counts: the noun that its words end in - of "four armed robbers" the last -, or
 * that stands before, as in "a population of 800". */
static bool read_noun(const struct work *w, const struct text *t, struct fact *f)
{
    uint32_t end = t->sentences[f->sentence].end, k = f->end, noun = 0;
    for (; k < end && k < f->end + NOUN_TERMS && touch(t, k - 1); k++) {
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
        if (!is_noun(&t->terms[k]))
            break;
        noun = k;
        if (map_get(&w->lex.marks, t->terms[k].word, 0) & MARK_UNIT)
            break;
    }
    uint32_t first = t->sentences[f->sentence].first;
    for (k = f->first; !noun && k-- > first && k + 4 > f->first;)
        if (is(&t->terms[k], "of") && k > first && is_noun(&t->terms[k - 1]))
            noun = k - 1;
    if (!noun)
        return false;
    double scale;
    enum fact_kind unit = unit_at(w, &t->terms[noun], &scale, &f->what);
    if (noun == f->end && f->first > first && is(&t->terms[f->first - 1], "the") &&
        is_past(w, t, noun))
        return false; /* "the two met" */
    f->kind = unit == FACT_KINDS ? FACT_COUNT : unit;
    f->what = unit == FACT_KINDS ? noun_key(w, t, noun) : f->what;
    f->compound = noun >= f->end && t->text.p[t->terms[f->end - 1].at.end] == '-';
    f->tally = (map_get(&w->lex.marks, t->terms[noun].word, 0) & MARK_TALLY) != 0;
    f->end = noun >= f->end ? noun + 1 : f->end;
    return true;
}

static bool is_year_old(const struct text *t, uint32_t at, uint32_t end)
{
    return at + 1 < end && (is(&t->terms[at], "year") || is(&t->terms[at], "years")) &&
           is(&t->terms[at + 1], "old");
}

/* Does the text directly before the number end a name, and is the number all that stands between
 * two commas: "Ada Roth, 41, ..."? */
static bool stands_behind_name(const struct text *t, const struct fact *f)
{
    if (f->first <= t->sentences[f->sentence].first)
        return false;
    struct str before = str_slice(t->text, t->terms[f->first - 1].at.end, f->at.start);
    char behind = f->at.end < t->text.n ? t->text.p[f->at.end] : '.';
    return f->value >= 2 && str_eq(before, S(", ")) &&
           (behind == ',' || behind == '.' || behind == ';');
}

/* Whose age is it, by what stands before: "Ada Roth, 41", "the driver was a 23-year-old"? */
static uint64_t aged_before(const struct text *t, const struct fact *f)
{
    static const char *const links[] = {"is",  "was",  "were", "are", "a",    "an",
                                        "the", "aged", "age",  "at",  "only", "just"};
    uint32_t first = t->sentences[f->sentence].first, i = f->first;
    while (i > first && IS_ANY(&t->terms[i - 1], links))
        i--;
    if (i == first || (i == f->first && !stands_behind_name(t, f)))
        return 0;
    for (uint32_t k = i; k-- > first && k + 4 > i;) {
        if (t->terms[k].flags & TERM_ACTOR)
            return t->terms[k].stem;
        if (!(t->terms[k].flags & TERM_INNER))
            return k + 1 == i && is_noun(&t->terms[k]) ? t->terms[k].stem : 0;
    }
    return 0;
}

/* "23-year-old Ada Roth", "a 23-year-old miner". */
static uint64_t aged_behind(const struct text *t, const struct fact *f)
{
    uint32_t end = t->sentences[f->sentence].end, k = f->end + 2;
    for (uint32_t i = k; i < end && i < k + 3 && touch(t, i - 1); i++)
        if (t->terms[i].flags & TERM_ACTOR)
            return t->terms[i].stem;
    return 0;
}

/* "31 and 41": the ages of several stand side by side. */
static struct fact list_of(const struct text *t, const struct fact *f)
{
    struct term_range s = t->sentences[f->sentence];
    struct fact list = *f;
    while (list.first >= s.first + 2 && is(&t->terms[list.first - 1], "and") &&
           (t->terms[list.first - 2].flags & TERM_NUMBER))
        list.first -= 2;
    while (list.end + 1 < s.end && is(&t->terms[list.end], "and") &&
           (t->terms[list.end + 1].flags & TERM_NUMBER))
        list.end += 2;
    return list;
}

/* "41 years old", "a 41-year-old", "aged 41", "Ada Roth, 41,": f->what is whose age, or 0. */
static bool is_age(const struct text *t, struct fact *f)
{
    static const char *const aged[] = {"aged", "age"};
    struct term_range s = t->sentences[f->sentence];
    struct fact list = list_of(t, f);
    bool old = is_year_old(t, list.end, s.end);
    bool of = list.first > s.first + 1 && is(&t->terms[list.first - 1], "of");
    bool called = list.first > s.first && IS_ANY(&t->terms[list.first - 1 - of], aged);
    if (f->value < 1 || f->value > OLDEST || f->value != floor(f->value) ||
        (!old && !called && !stands_behind_name(t, f)))
        return false;
    f->what = old ? aged_behind(t, &list) : 0;
    f->what = f->what ? f->what : aged_before(t, &list);
    if (!old && !called)
        return f->what != 0;
    f->end += old && list.end == f->end ? 2 : 0;
    return true;
}

/* The actor whom the number is about: the nearest one before it. */
static void find_owner(const struct text *t, struct fact *f)
{
    struct term_range s = t->sentences[f->sentence];
    for (uint32_t i = f->first; !f->owner && i-- > s.first && i + MOST_OWNER > f->first;)
        if (t->terms[i].flags & TERM_ACTOR)
            f->owner = t->terms[i].stem;
    bool ahead = f->first < s.first + 2; /* "In 1957, Page disappeared" */
    for (uint32_t i = f->end; ahead && !f->owner && i < s.end && i < f->end + BESIDE; i++)
        if (t->terms[i].flags & TERM_ACTOR)
            f->owner = t->terms[i].stem;
}

/* "Nine days after the attack" measures from another event than "in hospital for nine days". */
static uint64_t span_link(const struct text *t, const struct fact *f)
{
    static const char *const links[] = {"after", "before", "later", "ago", "since", "until"};
    uint32_t end = t->sentences[f->sentence].end;
    return f->kind == FACT_SPAN && f->end < end && IS_ANY(&t->terms[f->end], links)
               ? t->terms[f->end].word
               : 0;
}

/* The content words on both sides. */
static void find_neighbours(const struct text *t, struct fact *f)
{
    struct term_range s = t->sentences[f->sentence];
    for (uint32_t i = f->end; !f->next && i < s.end && i < f->end + BESIDE; i++)
        if (is_verb_or_noun(&t->terms[i]))
            f->next = t->terms[i].stem;
    for (uint32_t i = f->first; !f->prev && i-- > s.first && i + BESIDE >= f->first;)
        if (is_verb_or_noun(&t->terms[i]))
            f->prev = t->terms[i].stem;
}

/* What happens on the day: the two past verbs before it, else - "In 1957, Page disappeared" - those
 * behind. A day on which something is said is the saying's. */
static void find_acts(const struct work *w, const struct text *t, struct fact *f)
{
    struct term_range s = t->sentences[f->sentence];
    size_t n = 0;
    for (uint32_t i = f->first; n < 2 && i-- > s.first && i + ACT_TERMS >= f->first;) {
        f->said = f->said || (!n && saying_cues(w, f->article, i));
        if (is_past(w, t, i))
            f->acts[n++] = t->terms[i].stem;
    }
    for (uint32_t i = f->end;
         f->first < s.first + 2 && n < 2 && i < s.end && i < f->end + ACT_TERMS; i++)
        if (is_past(w, t, i))
            f->acts[n++] = t->terms[i].stem;
}

/* The content words beside the fact, without numbers and what is counted. */
static struct bag near_words(const struct work *w, const struct text *t, const struct fact *f)
{
    struct term_range s = t->sentences[f->sentence];
    uint32_t first = f->first > s.first + NEAR_TERMS ? f->first - NEAR_TERMS : s.first;
    uint32_t end = f->end + NEAR_TERMS < s.end ? f->end + NEAR_TERMS : s.end;
    struct bag bag = {.v = arena_array(w->arena, end - first + 1, sizeof *bag.v)};
    for (uint32_t i = first; i < end; i++) {
        const struct term *term = &t->terms[i];
        if (term_is_content(term) && !(term->flags & TERM_NUMBER) && term->stem != f->what &&
            (i < f->first || i >= f->end))
            bag.v[bag.n++] = (struct weighted){term->stem, (float)work_weight(w, term)};
    }
    bag_close(&bag);
    return bag;
}

static void add(struct work *w, const struct text *t, struct fact *f, struct facts *out)
{
    f->quoted = (t->terms[f->first].flags & TERM_QUOTED) != 0;
    f->supposed =
        is_supposed(t, f->first) || (f->kind != FACT_DAY && is_of_another(w, t, f->first));
    f->saying = saying_at(w, f->article, f->at);
    find_owner(t, f);
    find_neighbours(t, f);
    f->link = span_link(t, f);
    if (f->kind == FACT_DAY || f->kind == FACT_YEAR)
        find_acts(w, t, f);
    f->near = near_words(w, t, f);
    f->around = sentence_bag(w, t, f->sentence);
    out->v = arena_grow(w->arena, out->v, out->n, &out->cap, sizeof *out->v);
    out->v[out->n++] = *f;
}

/* "1 in 5", "three out of four": no counts. */
static bool is_ratio(const struct text *t, uint32_t at)
{
    static const char *const in[] = {"in", "of"};
    uint32_t first = t->sentences[t->terms[at].sentence].first;
    bool out = at >= first + 3 && is(&t->terms[at - 2], "out");
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
    bool before = at && (t->terms[at - 1].flags & TERM_NUMBER) && touch(t, at - 1);
    bool behind = at + 1 < t->n_terms && (t->terms[at + 1].flags & TERM_NUMBER) && touch(t, at);
    return (before && t->text.p[t->terms[at - 1].at.end] == '-') ||
           (behind && t->text.p[t->terms[at].at.end] == '-');
}

/* "Minus 20": with or without the degrees. */
static bool is_cold(const struct text *t, const struct fact *f)
{
    return f->first > t->sentences[f->sentence].first && is(&t->terms[f->first - 1], "minus");
}

/* The number at the term with what it counts; *at moves behind it. */
static bool read_number(const struct work *w, const struct text *t, uint32_t *at, struct fact *f)
{
    const struct term *term = &t->terms[*at];
    uint32_t end = t->sentences[term->sentence].end;
    if (!(term->flags & TERM_NUMBER) || is_ordinal(t, term) || is_score(t, *at) ||
        is_ratio(t, *at) || is_clock(t, term))
        return false;
    f->first = *at;
    f->end = *at + 1;
    f->sentence = term->sentence;
    f->at = term->at;
    f->value = term->number;
    f->scale = 1;
    for (; f->end < end && magnitude(&t->terms[f->end]) > 0; f->end++) {
        f->value *= magnitude(&t->terms[f->end]);
        f->scale *= magnitude(&t->terms[f->end]);
        f->at.end = t->terms[f->end].at.end;
    }
    if (is_age(t, f)) {
        f->kind = FACT_AGE;
    } else if (is_year(term)) {
        static const char *const in[] = {"in", "since", "until"};
        f->kind = FACT_YEAR;
        if (!*at || !IS_ANY(&t->terms[*at - 1], in))
            return false;
    } else if (is_cold(t, f)) {
        f->kind = FACT_MEASURE;
        f->what = str_hash(S("degree"));
        f->value = -f->value;
    } else if (!sign_beside(t, f) && !read_noun(w, t, f)) {
        return false;
    }
    *at = f->end - 1;
    read_limits(w, t, f);
    return f->kind == FACT_YEAR || f->what;
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
    *at = when.end > *at ? when.end - 1 : *at;
    if (!day || when.deadline)
        return false;
    f->kind = FACT_DAY;
    f->first = when.first;
    f->end = when.end;
    f->at = when.at;
    f->sentence = t->terms[when.first].sentence;
    f->resolved = when.resolved && base != NO_DAY;
    f->value = when.from + (f->resolved ? base : 0);
    f->what = f->resolved ? 0 : (uint64_t)when.kind + 1;
    return true;
}

void facts_in(struct work *w, const struct when_words *words, uint32_t article, struct facts *out)
{
    const struct text *t = &w->texts[article];
    for (uint32_t i = 0; i < t->n_terms; i++) {
        struct fact f = {.article = article};
        if (read_day(w, words, &i, &f) || read_number(w, t, &i, &f))
            add(w, t, &f, out);
    }
}

/* Ages: "41 years old", "a 41-year-old", "aged 41", "Ada Roth, 41,". Whose it is, is the name
 * beside it, or the noun. */
#include "compare/facts/fact.h"
#include "compare/facts/look.h"

#include <math.h>

enum { OLDEST = 115, NAME_TERMS = 5 };

static bool is_year_old(const struct text *t, uint32_t at, uint32_t end)
{
    return at + 1 < end && (term_is(&t->terms[at], "year") || term_is(&t->terms[at], "years")) &&
           term_is(&t->terms[at + 1], "old");
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

/* "Two women -- 61 and 48 years old": a dash stands before. */
static bool is_parted(const struct text *t, const struct fact *f)
{
    struct span between = {t->terms[f->first - 1].at.end, f->at.start};
    struct str mark = str_trim(text_slice(t, between));
    return f->first > t->sentences[f->sentence].first &&
           (str_starts(mark, S("-")) || str_starts(mark, S("\xE2\x80\x93")) ||
            str_starts(mark, S("\xE2\x80\x94")));
}

/* Whose age is it, by what stands before: "Ada Roth, 41", "the driver was a 23-year-old"? */
static uint64_t aged_before(const struct text *t, const struct fact *f, bool old)
{
    static const char *const links[] = {"is",   "was", "were", "are",  "a",    "an", "the",
                                        "aged", "age", "at",   "only", "just", "who"};
    uint32_t first = t->sentences[f->sentence].first, i = f->first;
    while (i > first && IS_ANY(&t->terms[i - 1], links))
        i--;
    if (i == first || (i == f->first && !(old && is_parted(t, f)) && !stands_behind_name(t, f)))
        return 0;
    for (uint32_t k = i; k-- > first && k + NAME_TERMS >= i;) {
        if (t->terms[k].flags & TERM_ACTOR)
            return t->terms[k].stem;
        if (!(t->terms[k].flags & TERM_INNER))
            return k + 1 == i && term_is_noun(&t->terms[k]) ? t->terms[k].stem : 0;
    }
    return 0;
}

/* "23-year-old Ada Roth", "a 23-year-old miner". */
static uint64_t aged_behind(const struct text *t, const struct fact *f)
{
    uint32_t end = t->sentences[f->sentence].end, k = f->end + 2;
    for (uint32_t i = k; i < end && i < k + 3 && terms_touch(t, i - 1); i++)
        if (t->terms[i].flags & TERM_ACTOR)
            return t->terms[i].stem;
    return 0;
}

/* "31 and 41": the ages of several stand side by side. */
static struct fact list_of(const struct text *t, const struct fact *f)
{
    struct term_range s = t->sentences[f->sentence];
    struct fact list = *f;
    while (list.first >= s.first + 2 && term_is(&t->terms[list.first - 1], "and") &&
           (t->terms[list.first - 2].flags & TERM_NUMBER))
        list.first -= 2;
    while (list.end + 1 < s.end && term_is(&t->terms[list.end], "and") &&
           (t->terms[list.end + 1].flags & TERM_NUMBER))
        list.end += 2;
    return list;
}

bool fact_is_age(const struct text *t, struct fact *f)
{
    static const char *const aged[] = {"aged", "age"};
    struct term_range s = t->sentences[f->sentence];
    struct fact list = list_of(t, f);
    bool old = is_year_old(t, list.end, s.end);
    bool of = list.first > s.first + 1 && term_is(&t->terms[list.first - 1], "of");
    bool called = list.first > s.first && IS_ANY(&t->terms[list.first - 1 - of], aged);
    if (f->value < 1 || f->value > OLDEST || f->value != floor(f->value) ||
        (!old && !called && !stands_behind_name(t, f)))
        return false;
    f->what = old ? aged_behind(t, &list) : 0;
    f->what = f->what ? f->what : aged_before(t, &list, old);
    if (!old && !called)
        return f->what != 0;
    f->end += old && list.end == f->end ? 2 : 0;
    return true;
}

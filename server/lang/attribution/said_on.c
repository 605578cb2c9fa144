/* The day of saying: weekday words, "yesterday" and calendar days against the day of publication.
 *
 * A weekday means the last one up to the day of publication: news tells of what has been said. */
#include "lang/attribution/detail.h"

#include "base/day.h"
#include "lang/text/lexicon.h"

static bool number_at(const struct lang_doc *doc, size_t token, int *value)
{
    uint64_t n;
    if (token >= doc->n_tokens || !str_to_u64(lang_token_text(doc, token), &n) || n < 1 || n > 31)
        return false;
    *value = (int)n;
    return true;
}

/* "April 20" or "20 April", in the year that puts it before publication. */
static bool calendar_day(const struct lang_doc *doc, size_t token, int month, int32_t published,
                         int32_t *days)
{
    int year, unused, day;
    day_civil(published, &year, &unused, &unused);
    if (!number_at(doc, token + 1, &day) && !(token && number_at(doc, token - 1, &day)))
        return false;
    *days = day_of(year, month, day);
    if (*days > published)
        *days = day_of(year - 1, month, day);
    return true;
}

bool lang_day_at(const struct lang_doc *doc, size_t token, struct str *out)
{
    int32_t published = day_parse(doc->article->published), days = published;
    if (published == NO_DAY)
        return false;
    const struct lexicon_entry *e =
        lexicon_find(lexicon_open(WORDS_DAYS), lang_token_text(doc, token));
    uint64_t value;
    if (!e || !str_to_u64(e->more, &value))
        return false;
    if (str_eq(e->class, S("back")))
        days -= (int32_t)value;
    else if (!doc->tokens[token].capital)
        return false;
    else if (str_eq(e->class, S("weekday")))
        days -= (day_weekday(published) + 7 - (int32_t)value) % 7;
    else if (!calendar_day(doc, token, (int)value, published, &days))
        return false;
    int year, month, day;
    day_civil(days, &year, &month, &day);
    *out = arena_fmt(doc->arena, "%04d-%02d-%02d", year, month, day);
    return true;
}

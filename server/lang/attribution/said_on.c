/* The day of saying: weekday words, "yesterday" and calendar days against the day of publication.
 *
 * A weekday means the last one up to the day of publication: news tells of what has been said. */
#include "lang/attribution/detail.h"

#include "lang/text/lexicon.h"

struct day {
    int64_t year, month, day;
};

/* Days since 1970-01-01 and back: the civil calendar computations of H. Hinnant. */
static int64_t days_of(struct day d)
{
    int64_t y = d.month <= 2 ? d.year - 1 : d.year;
    int64_t era = y / 400, in_era = y - era * 400;
    int64_t in_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719468;
}

static struct day day_of(int64_t days)
{
    int64_t z = days + 719468, era = z / 146097, in_era = z - era * 146097;
    int64_t y = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int64_t in_year = in_era - (365 * y + y / 4 - y / 100), m = (5 * in_year + 2) / 153;
    struct day d = {y + era * 400, m < 10 ? m + 3 : m - 9, in_year - (153 * m + 2) / 5 + 1};
    d.year += d.month <= 2;
    return d;
}

static bool parse_day(struct str text, struct day *out)
{
    uint64_t y, m, d;
    if (text.n < 10 || text.p[4] != '-' || text.p[7] != '-' ||
        !str_to_u64(str_slice(text, 0, 4), &y) || !str_to_u64(str_slice(text, 5, 7), &m) ||
        !str_to_u64(str_slice(text, 8, 10), &d))
        return false;
    if (y < 1600 || m < 1 || m > 12 || d < 1 || d > 31)
        return false;
    *out = (struct day){(int64_t)y, (int64_t)m, (int64_t)d};
    return true;
}

static bool number_at(const struct lang_doc *doc, size_t token, int64_t *value)
{
    uint64_t n;
    if (token >= doc->n_tokens || !str_to_u64(lang_token_text(doc, token), &n) || n < 1 || n > 31)
        return false;
    *value = (int64_t)n;
    return true;
}

/* "April 20" or "20 April", in the year that puts it before publication. */
static bool calendar_day(const struct lang_doc *doc, size_t token, int64_t month, int64_t published,
                         int64_t *days)
{
    struct day d = {day_of(published).year, month, 0};
    if (!number_at(doc, token + 1, &d.day) && !(token && number_at(doc, token - 1, &d.day)))
        return false;
    *days = days_of(d);
    if (*days > published) {
        d.year--;
        *days = days_of(d);
    }
    return true;
}

bool lang_day_at(const struct lang_doc *doc, size_t token, struct str *out)
{
    struct day day;
    if (!parse_day(doc->article->published, &day))
        return false;
    const struct lexicon_entry *e =
        lexicon_find(lexicon_open(WORDS_DAYS), lang_token_text(doc, token));
    uint64_t value;
    if (!e || !str_to_u64(e->more, &value))
        return false;
    int64_t published = days_of(day), days = published;
    if (str_eq(e->class, S("back")))
        days -= (int64_t)value;
    else if (!doc->tokens[token].capital)
        return false;
    else if (str_eq(e->class, S("weekday")))
        days -= ((published + 3) % 7 + 7 - (int64_t)value) % 7;
    else if (!calendar_day(doc, token, (int64_t)value, published, &days))
        return false;
    struct day d = day_of(days);
    *out = arena_fmt(doc->arena, "%04d-%02d-%02d", (int)d.year, (int)d.month, (int)d.day);
    return true;
}

/* Old day forms: see date_old.h. The text is cut at blanks, commas and hyphens; each piece is a
 * time, a number, a name of a month, or what is left: week days and zones. */
#include "page/text/date_old.h"

#include "page/text/words.h"

#include <string.h>

enum { PIECES = 10, CENTURY_TURNS = 70 };

/* "GMT+0100", "UTC-0500". */
static bool is_greenwich(struct str s)
{
    return (str_starts(s, S("GMT")) || str_starts(s, S("UTC"))) && s.n > 4 &&
           (s.p[3] == '+' || s.p[3] == '-');
}

static bool next_piece(struct str *rest, struct str *piece)
{
    static const char between[] = " ,\t\r\n-";
    size_t at = 0, end;
    bool sign = false;
    while (at < rest->n && strchr(between, rest->p[at])) {
        /* "-0500": of the zone */
        sign = rest->p[at] == '-' && at && rest->p[at - 1] == ' ' && at + 4 < rest->n;
        at++;
    }
    end = at + (is_greenwich(str_slice(*rest, at, rest->n)) ? 4 : 0);
    while (end < rest->n && !strchr(between, rest->p[end]))
        end++;
    *piece = str_slice(*rest, sign && end - at == 4 ? at - 1 : at, end);
    *rest = str_slice(*rest, end, rest->n);
    return piece->n > 0;
}

static bool number_of(struct str s, int *number)
{
    uint64_t n;
    if (s.n == 0 || s.n > 4 || !str_to_u64(s, &n))
        return false;
    *number = (int)n;
    return true;
}

/* "9:30", "09:30:00". */
static bool time_of(struct str s, struct old_day *d)
{
    struct str hour, minute;
    int h, m, second = 0;
    if (!str_split(&s, ':', &hour) || s.n == 0 || !str_split(&s, ':', &minute) ||
        !number_of(hour, &h) || !number_of(minute, &m) || minute.n != 2 || h > 23 || m > 59)
        return false;
    d->hour = h;
    d->minute = m;
    d->second = number_of(str_slice(s, 0, 2), &second) && second < 60 ? second : 0;
    return true;
}

/* "PM" behind a time of twelve hours. */
static bool half_of_day(struct str s, struct old_day *d)
{
    bool before = str_eq_case(s, S("AM")), after = str_eq_case(s, S("PM"));
    if (d->hour < 1 || d->hour > 12 || (!before && !after))
        return before || after;
    d->hour = d->hour % 12 + (after ? 12 : 0);
    return true;
}

/* A name of English, or of the language of the feed. */
static int month_of(struct str s)
{
    char folded[FOLD_MAX];
    struct str value;
    uint64_t month;
    return word_find(LIST_MONTHS, fold_line(s, folded), &value) && str_to_u64(value, &month)
               ? (int)month
               : 0;
}

static bool is_zone(struct str s)
{
    bool sign = s.n == 5 && (s.p[0] == '+' || s.p[0] == '-'), capitals = s.n >= 2 && s.n <= 5;
    for (size_t i = 0; i < s.n; i++)
        capitals &= s.p[i] >= 'A' && s.p[i] <= 'Z';
    return sign || capitals || is_greenwich(s) || str_eq(s, S("Z"));
}

static int full_year(struct str piece, int year)
{
    if (piece.n == 3) /* counted from 1900, as programs of 1999 wrote it */
        return year + 1900;
    return piece.n == 4 ? year : year < CENTURY_TURNS ? year + 2000 : year + 1900;
}

/* The numbers beside the month: "03 Mar 21" and "Mar 11 2024". */
static bool place_numbers(const struct str *pieces, const int *numbers, int n, struct old_day *d)
{
    if (n != 2)
        return false;
    int year = pieces[0].n == 4 ? 0 : 1;
    if (pieces[year].n < 2)
        return false;
    d->year = full_year(pieces[year], numbers[year]);
    d->day = numbers[!year];
    return d->day >= 1 && d->day <= 31;
}

bool date_old_read(struct str s, struct old_day *out)
{
    struct old_day d = {.hour = -1};
    struct str piece, seen[2] = {{0}, {0}};
    int numbers[2] = {0}, n = 0, value;
    for (int i = 0; next_piece(&s, &piece); i++) {
        if (i == PIECES)
            return false;
        if (piece.p[0] == '(') /* a comment of RFC 822: the zone's name */
            break;
        if ((d.hour < 0 && time_of(piece, &d)) || half_of_day(piece, &d))
            continue;
        if (number_of(piece, &value)) {
            if (n == 2)
                return false;
            seen[n] = piece;
            numbers[n++] = value;
        } else if (d.month == 0 && month_of(piece)) {
            d.month = month_of(piece);
        } else if (d.hour >= 0 && is_zone(piece)) {
            d.zone = is_greenwich(piece) ? str_slice(piece, 3, piece.n) : piece;
        } else if (i > 1) { /* before: a week day */
            return false;
        }
    }
    if (!d.month || !place_numbers(seen, numbers, n, &d))
        return false;
    *out = d;
    return true;
}

/* Days and times: see date.h. A text is cut into numbers and words, and the few orders in which
 * day, month and year are written are tried at each of them. */
#include "page/text/date.h"

#include "page/text/date_old.h"
#include "page/text/date_plain.h"
#include "page/text/words.h"

#include <stdio.h>
#include <string.h>

enum { TOKENS_MAX = 96, YEAR_FIRST = 1990, YEAR_LAST = 2100, BESIDE = 24, DAY_BYTES = 10 };

struct token {
    struct str text; /* folded word, or the digits */
    int number;      /* -1 for a word */
    char before;     /* the mark between it and the token before: 0 for none or white space */
    bool glued;      /* no white space since the token before */
    size_t at, end;  /* where in the text */
};

struct day {
    int year, month, day;
};

static bool day_ok(struct day d)
{
    static const int lengths[13] = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return d.year >= YEAR_FIRST && d.year <= YEAR_LAST && d.month >= 1 && d.month <= 12 &&
           d.day >= 1 && d.day <= lengths[d.month];
}

static struct str day_text(struct arena *a, struct day d)
{
    return arena_fmt(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(unsigned char c)
{
    return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '\'';
}

/* The first `n` digits of s as a number, -1 if they are not all digits. */
static int digits(struct str s, size_t from, size_t n)
{
    int sum = 0;
    if (from + n > s.n)
        return -1;
    for (size_t i = from; i < from + n; i++) {
        if (!is_digit(s.p[i]))
            return -1;
        sum = sum * 10 + (s.p[i] - '0');
    }
    return sum;
}

/* ---- machine-readable ------------------------------------------------------------------------ */

struct moment {
    struct day day;
    int hour, minute, second; /* hour -1: no time given */
    int zone;                 /* minutes east, ZONE_NONE: no zone given */
};

enum { ZONE_NONE = 9999, ZONE_NAME = 5 };

static struct str moment_text(struct arena *a, struct moment m)
{
    if (m.hour < 0 || m.hour > 23 || m.minute < 0 || m.minute > 59 || m.zone == ZONE_NONE)
        return day_text(a, m.day);
    int second = m.second < 0 || m.second > 59 ? 0 : m.second;
    if (m.zone == 0)
        return arena_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", m.day.year, m.day.month, m.day.day,
                         m.hour, m.minute, second);
    int zone = m.zone < 0 ? -m.zone : m.zone;
    return arena_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", m.day.year, m.day.month,
                     m.day.day, m.hour, m.minute, second, m.zone < 0 ? '-' : '+', zone / 60,
                     zone % 60);
}

/* "+02:00", "-0500", "+3". */
static int read_offset(struct str s)
{
    int h = digits(s, 1, 2), m = digits(s, s.n > 3 && s.p[3] == ':' ? 4 : 3, 2);
    h = h < 0 ? digits(s, 1, 1) : h;
    int zone = h * 60 + (m < 0 ? 0 : m);
    return h < 0 || zone > 14 * 60 ? ZONE_NONE : s.p[0] == '-' ? -zone : zone;
}

/* "Z", "+02:00", "-0500", "GMT", "EST", "UTC+3" behind a time; what follows is passed over. */
static int read_zone(struct str s)
{
    char name[ZONE_NAME];
    struct str value;
    uint64_t minutes;
    size_t n = 0;
    while (s.n && (s.p[0] == ' ' || s.p[0] == '('))
        s = str_slice(s, 1, s.n);
    if (s.n >= 2 && (s.p[0] == '+' || s.p[0] == '-'))
        return read_offset(s);
    for (; n < s.n && n <= ZONE_NAME && is_letter((unsigned char)s.p[n]); n++)
        name[n < ZONE_NAME ? n : 0] = n == 0 && s.p[n] == 'z' ? 'Z' : s.p[n];
    if (n == 0 || n > ZONE_NAME || !word_find(LIST_ZONES, (struct str){name, n}, &value))
        return ZONE_NONE;
    if (n < s.n && n > 1 && str_eq(value, S("0")) && (s.p[n] == '+' || s.p[n] == '-'))
        return read_offset(str_slice(s, n, s.n));
    bool west = str_starts(value, S("-"));
    return str_to_u64(str_slice(value, west, value.n), &minutes)
               ? (west ? -(int)minutes : (int)minutes)
               : ZONE_NONE;
}

/* "T10:20:30.5+02:00", " 10:20", behind a day. */
static void read_time(struct str s, struct moment *m)
{
    m->hour = -1;
    m->zone = ZONE_NONE;
    size_t i = 0;
    while (i < s.n && (s.p[i] == 'T' || s.p[i] == 't' || s.p[i] == ' ' || s.p[i] == ','))
        i++;
    bool colons = i + 2 < s.n && s.p[i + 2] == ':';
    if (digits(s, i, 2) < 0 || (!colons && digits(s, i, 4) < 0))
        return;
    m->hour = digits(s, i, 2);
    m->minute = digits(s, i + 2 + colons, 2);
    i += 4 + colons;
    if (i < s.n && (s.p[i] == ':' || (!colons && is_digit(s.p[i])))) {
        m->second = digits(s, i + colons, 2);
        i += 2 + colons;
    }
    if (i < s.n && (s.p[i] == '.' || s.p[i] == ','))
        for (i++; i < s.n && is_digit(s.p[i]);)
            i++;
    m->zone = read_zone(str_slice(s, i, s.n));
}

/* YYYY-MM-DD, YYYY/MM/DD, YYYY.MM.DD or YYYYMMDD at the beginning. */
static bool read_iso(struct str s, struct moment *m)
{
    size_t gap = s.n > 4 && strchr("-/.", s.p[4]) ? 1 : 0,
           month = digits(s, 4 + gap, 2) < 0 ? 1 : 2;
    m->day.year = digits(s, 0, 4);
    m->day.month = digits(s, 4 + gap, month);
    size_t at = 4 + gap + month + gap;
    if (gap && at <= s.n && s.p[at - 1] != s.p[4])
        return false;
    size_t len = digits(s, at, 2) < 0 ? 1 : 2;
    m->day.day = digits(s, at, len);
    if ((!gap && (month == 1 || len == 1)) || !day_ok(m->day))
        return false;
    size_t more = 0; /* digits of the time in "20250423170321", "202504231703" */
    while (at + len + more < s.n && is_digit(s.p[at + len + more]))
        more++;
    if (!gap && more && more != 4 && more < 6)
        return false;
    read_time(str_slice(s, at + len, s.n), m);
    return true;
}

/* Days since 1970 to a date, after Howard Hinnant's civil_from_days. */
static struct day from_days(int64_t z)
{
    z += 719468;
    int64_t era = z / 146097, doe = z % 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    int month = (int)(mp < 10 ? mp + 3 : mp - 9);
    return (struct day){(int)(yoe + era * 400 + (month <= 2)), month,
                        (int)(doy - (153 * mp + 2) / 5 + 1)};
}

static bool read_epoch(struct str s, struct moment *m)
{
    uint64_t t = 0;
    if ((s.n != 10 && s.n != 13) || !str_to_u64(s, &t))
        return false;
    t = s.n == 13 ? t / 1000 : t;
    m->day = from_days((int64_t)(t / 86400));
    m->hour = (int)(t % 86400 / 3600);
    m->minute = (int)(t % 3600 / 60);
    m->second = (int)(t % 60);
    m->zone = 0;
    return day_ok(m->day);
}

/* The time of day inside a text such as "Wed, 23 Apr 2025 17:03:21 +0000". */
static void read_loose_time(struct str s, struct moment *m)
{
    m->hour = -1;
    m->zone = ZONE_NONE;
    for (size_t i = 2; i + 2 < s.n; i++)
        if (s.p[i] == ':' && digits(s, i - 2, 2) >= 0 && digits(s, i + 1, 2) >= 0) {
            read_time(str_slice(s, i - 2, s.n), m);
            return;
        }
}

/* A day of RFC 822, RFC 850 or ctime. */
static bool read_old(struct str s, struct moment *m)
{
    struct old_day d;
    if (!date_old_read(s, &d))
        return false;
    *m = (struct moment){.day = {d.year, d.month, d.day},
                         .hour = d.hour,
                         .minute = d.minute,
                         .second = d.second,
                         .zone = d.zone.n ? read_zone(d.zone) : ZONE_NONE};
    return day_ok(m->day);
}

struct str date_machine_in(struct arena *a, struct str s, struct str language)
{
    struct moment m = {.hour = -1, .zone = ZONE_NONE};
    s = str_trim(date_plain(a, str_slice(s, 0, 400)));
    if (s.n < 6 || s.n > 120)
        return (struct str){0};
    if (read_iso(s, &m) || read_epoch(s, &m) || read_old(s, &m))
        return moment_text(a, m);
    struct str day = date_find(a, s, language);
    struct moment loose = {.hour = -1, .zone = ZONE_NONE};
    if (day.n != DAY_BYTES || !read_iso(day, &loose))
        return day;
    read_loose_time(s, &loose);
    bool noon = str_contains(s, S("PM")) || str_contains(s, S("pm")) || str_contains(s, S("AM")) ||
                str_contains(s, S("am"));
    if (noon)
        loose.hour = -1;
    return moment_text(a, loose);
}

struct str date_machine(struct arena *a, struct str s)
{
    return date_machine_in(a, s, S("en"));
}

/* ---- for readers ----------------------------------------------------------------------------- */

/* "MossNovember": a capital behind a small letter begins another word. */
static bool begins_word(struct str s, size_t i, size_t from)
{
    return i > from && s.p[i - 1] >= 'a' && s.p[i - 1] <= 'z' && s.p[i] >= 'A' && s.p[i] <= 'Z';
}

static size_t cut_tokens(struct arena *a, struct str s, struct token *t)
{
    size_t n = 0;
    char mark = 0;
    bool glued = false;
    for (size_t i = 0; i < s.n && n < TOKENS_MAX;) {
        size_t from = i;
        char folded[FOLD_MAX];
        if (is_digit(s.p[i])) {
            while (i < s.n && is_digit(s.p[i]))
                i++;
            int value = i - from <= 4 ? digits(s, from, i - from) : 100000;
            t[n++] = (struct token){str_slice(s, from, i), value, mark, glued, from, i};
        } else if (is_letter((unsigned char)s.p[i])) {
            while (i < s.n && is_letter((unsigned char)s.p[i]) && !begins_word(s, i, from))
                i++;
            struct str word = fold_line(str_slice(s, from, i), folded);
            if (word.n)
                t[n++] = (struct token){arena_str(a, word), -1, mark, glued, from, i};
        } else {
            glued = glued && s.p[i] != ' ';
            mark = s.p[i] == ' ' || s.p[i] == '\n' || s.p[i] == '\t' ? mark : s.p[i];
            i++;
            continue;
        }
        mark = 0;
        glued = true;
    }
    return n;
}

static int month_of(const struct token *t)
{
    struct str value;
    uint64_t month;
    if (t->number >= 0 || !word_find(LIST_MONTHS, t->text, &value) || !str_to_u64(value, &month))
        return 0;
    return (int)month;
}

static bool is_filler(const struct token *t)
{
    struct str value;
    return t->number < 0 && word_find(LIST_MONTHS, t->text, &value) && str_eq(value, S("filler"));
}

static size_t skip_fillers(const struct token *t, size_t n, size_t at)
{
    while (at < n && is_filler(&t[at]))
        at++;
    return at;
}

static bool is_year(const struct token *t)
{
    return t->text.n == 4 && t->number >= YEAR_FIRST && t->number <= YEAR_LAST;
}

/* "23 April 2025", "April 23, 2025", "2025. április 23.", "2025. gada 23. aprīlis" from token i. */
static bool named_month(const struct token *t, size_t n, size_t i, struct day *d)
{
    size_t k = skip_fillers(t, n, i + 1), m;
    if (t[i].number >= 0 && k < n && t[i].number <= 31 && month_of(&t[k])) {
        m = skip_fillers(t, n, k + 1);
        if (m < n && is_year(&t[m])) {
            *d = (struct day){t[m].number, month_of(&t[k]), t[i].number};
            return day_ok(*d);
        }
    }
    if (month_of(&t[i]) && k < n && t[k].number >= 1 && t[k].number <= 31) {
        m = skip_fillers(t, n, k + 1);
        if (m < n && is_year(&t[m])) {
            *d = (struct day){t[m].number, month_of(&t[i]), t[k].number};
            return day_ok(*d);
        }
    }
    if (is_year(&t[i]) && k + 1 < n && month_of(&t[k]) && t[k + 1].number >= 1) {
        *d = (struct day){t[i].number, month_of(&t[k]), t[k + 1].number};
        return day_ok(*d);
    }
    if (is_year(&t[i]) && k + 1 < n && t[k].number >= 1 && month_of(&t[k + 1])) {
        *d = (struct day){t[i].number, month_of(&t[k + 1]), t[k].number};
        return day_ok(*d);
    }
    return false;
}

/* "23/04/2025", "04/23/2025", "2025-04-23", "23.4.25", "2025年4月23日" from token i. */
static bool numbers_only(const struct token *t, size_t n, size_t i, bool month_first, struct day *d)
{
    if (i + 4 < n && is_year(&t[i]) &&
        (str_eq(t[i + 1].text, S("年")) || str_eq(t[i + 1].text, S("년")))) {
        *d = (struct day){t[i].number, t[i + 2].number, t[i + 4].number};
        return day_ok(*d);
    }
    if (i + 2 >= n || t[i].number < 0 || t[i + 1].number < 0 || t[i + 2].number < 0)
        return false;
    char mark = t[i + 1].before;
    if (!mark || !strchr("./-", mark) || t[i + 2].before != mark)
        return false;
    int x = t[i].number, y = t[i + 1].number, z = t[i + 2].number;
    if (is_year(&t[i])) {
        *d = (struct day){x, y, z};
        return day_ok(*d);
    }
    bool short_year =
        t[i + 2].text.n == 2 && z <= 40 && mark != '-' && t[i + 1].glued && t[i + 2].glued;
    if (!is_year(&t[i + 2]) && !short_year)
        return false;
    z = short_year ? z + 2000 : z;
    bool swap = mark != '.' && (y > 12 || (month_first && mark == '/' && x <= 12));
    *d = swap ? (struct day){z, x, y} : (struct day){z, y, x};
    return day_ok(*d);
}

/* "a.m.", "PM" behind a time of day: hours to add, -1 where there is none. */
static int read_half(struct str s, size_t *len)
{
    size_t i = s.n && s.p[0] == ' ' ? 1 : 0;
    char half = i < s.n ? (char)(s.p[i] | 32) : 0;
    bool dots = i + 3 < s.n && s.p[i + 1] == '.' && s.p[i + 3] == '.';
    size_t m = i + (dots ? 2 : 1);
    if ((half != 'a' && half != 'p') || m >= s.n || (s.p[m] | 32) != 'm')
        return -1;
    *len = m + 1 + dots;
    return half == 'p' ? 12 : 0;
}

/* A time of day with its zone at s[i]: "09:10 GMT", "5.03 p.m. (EST)". */
static bool read_clock(struct str s, size_t i, struct moment *m)
{
    size_t hour = digits(s, i, 2) >= 0 ? 2 : 1, len = 0;
    size_t at = i + hour;
    if ((i && is_digit(s.p[i - 1])) || digits(s, i, hour) < 0 || at >= s.n ||
        !strchr(":.h", s.p[at]) || digits(s, at + 1, 2) < 0)
        return false;
    m->hour = digits(s, i, hour);
    m->minute = digits(s, at + 1, 2);
    m->second = 0;
    at += 3;
    if (at < s.n && s.p[at] == ':' && digits(s, at + 1, 2) >= 0) {
        m->second = digits(s, at + 1, 2);
        at += 3;
    }
    int half = read_half(str_slice(s, at, s.n), &len);
    if (half >= 0)
        m->hour = m->hour % 12 + half;
    m->zone = read_zone(str_slice(s, at + len, s.n));
    return m->zone != ZONE_NONE && m->hour < 24 && m->minute < 60;
}

/* The day with the time of day that stands beside it, if that tells its zone: behind it before in
 * front of it. */
static struct str with_time(struct arena *a, struct str text, struct day d, const struct token *t,
                            size_t n)
{
    struct moment m = {.day = d, .hour = -1, .zone = ZONE_NONE};
    size_t from = t[0].at > BESIDE ? t[0].at - BESIDE : 0;
    size_t last = t[n > 5 ? 4 : n - 1].end;
    for (size_t i = t[0].at; i < text.n && i < last + BESIDE; i++)
        if (is_digit(text.p[i]) && read_clock(text, i, &m))
            return moment_text(a, m);
    for (size_t i = from; i < t[0].at; i++)
        if (is_digit(text.p[i]) && read_clock(text, i, &m))
            return moment_text(a, m);
    return day_text(a, d);
}

/* Does the month come before the day: "en", "en-US", unknown, but not "en-GB"? */
static bool is_month_first(struct str language)
{
    char folded[FOLD_MAX];
    struct str value;
    if (language.n < 5)
        return language.n == 0 || str_starts(language, S("en"));
    return str_starts(language, S("en")) &&
           !word_find(LIST_DAY_FIRST, fold_line(str_slice(language, 3, 5), folded), &value);
}

static bool has_digit(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (is_digit(s.p[i]))
            return true;
    return false;
}

struct str date_find(struct arena *a, struct str text, struct str language)
{
    struct token tokens[TOKENS_MAX];
    struct day d;
    text = date_plain(a, str_slice(text, 0, 600));
    if (!has_digit(text))
        return (struct str){0};
    size_t n = cut_tokens(a, text, tokens);
    bool month_first = is_month_first(language);
    for (size_t i = 0; i < n; i++)
        if (named_month(tokens, n, i, &d) || numbers_only(tokens, n, i, month_first, &d))
            return with_time(a, text, d, tokens + i, n - i);
    return (struct str){0};
}

/* ---- in a URL -------------------------------------------------------------------------------- */

/* A day at byte i of the path, where a run of digits begins. */
static bool day_at(struct str s, size_t i, struct day *d)
{
    int year = digits(s, i, 4), month = -1;
    if (year < YEAR_FIRST || year > YEAR_LAST || i + 8 > s.n)
        return false;
    if (is_digit(s.p[i + 4])) {
        *d = (struct day){year, digits(s, i + 4, 2), digits(s, i + 6, 2)};
        return day_ok(*d) && (i + 8 == s.n || !is_digit(s.p[i + 8]));
    }
    size_t at = i + 5, len = 0;
    char mark = s.p[i + 4];
    if (!strchr("/-_", mark))
        return false;
    while (at + len < s.n && s.p[at + len] != mark)
        len++;
    struct token word = {.text = str_slice(s, at, at + len), .number = -1};
    month = len && len <= 2 ? digits(s, at, len) : len == 4 ? digits(s, at, 2) : month_of(&word);
    if (len == 4 && digits(s, at, 4) >= 0) {
        *d = (struct day){year, month, digits(s, at + 2, 2)};
        return day_ok(*d);
    }
    at += len + 1;
    len = digits(s, at, 2) >= 0 ? 2 : 1;
    *d = (struct day){year, month, digits(s, at, len)};
    return day_ok(*d) && (at + len >= s.n || !is_digit(s.p[at + len]));
}

struct str date_of_url(struct arena *a, struct str url)
{
    struct day d;
    for (size_t i = 1; i + 8 <= url.n; i++)
        if (is_digit(url.p[i]) && !is_digit(url.p[i - 1]) && day_at(url, i, &d))
            return day_text(a, d);
    return (struct str){0};
}

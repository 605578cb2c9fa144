/* Times of day and of a match: "8.49pm", "20:49 GMT", "10:24 a.m.", "2045 GMT", "with 7:42 left".
 *
 * f->value is in minutes of the day; without a.m. or p.m. it is not known which half of the day is
 * meant. f->what tells a match's clock and each zone that is named apart: those cannot differ. */
#include "compare/facts/fact.h"
#include "compare/facts/look.h"

#include <math.h>

enum { HOUR = 60, HALF_DAY = 12 * HOUR, DAY = 24 * HOUR, MATCH_TERMS = 3 };

struct clock {
    int32_t hour, minute;
    uint32_t end; /* behind its terms */
    bool half, pm;
};

/* "pm", "p.m.", also as the end of "8.49pm". */
static bool read_half(struct str word, struct clock *c)
{
    static const struct str am[] = {STR("am"), STR("a.m"), STR("a.m.")};
    static const struct str pm[] = {STR("pm"), STR("p.m"), STR("p.m.")};
    for (size_t i = 0; i < 3; i++) {
        c->pm = c->pm || str_eq_case(word, pm[i]);
        c->half = c->half || str_eq_case(word, pm[i]) || str_eq_case(word, am[i]);
    }
    return c->half;
}

static bool two_digits(struct str s, size_t at, int32_t *out)
{
    if (at + 2 > s.n || s.p[at] < '0' || s.p[at] > '9' || s.p[at + 1] < '0' || s.p[at + 1] > '9')
        return false;
    *out = (s.p[at] - '0') * 10 + s.p[at + 1] - '0';
    return true;
}

static bool is_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

/* The zone's word at the term, or 0. */
static uint64_t zone_at(const struct text *t, uint32_t at, uint32_t end)
{
    static const char *const zones[] = {"gmt", "utc", "bst", "est", "edt", "cst", "cdt",
                                        "mst", "mdt", "pst", "pdt", "cet", "et",  "hours"};
    return at < end && IS_ANY(&t->terms[at], zones) ? t->terms[at].word : 0;
}

/* "20:49" is two terms, "8.49pm" and "2045" one. */
static bool read_digits(const struct text *t, uint32_t at, uint32_t end, struct clock *c)
{
    struct str word = text_slice(t, t->terms[at].at);
    size_t n = 0;
    while (n < word.n && word.p[n] >= '0' && word.p[n] <= '9')
        n++;
    if (n == 0 || n > 4)
        return false;
    c->end = at + 1;
    c->hour = (int32_t)t->terms[at].number;
    bool colon = at + 1 < end && t->terms[at + 1].at.start == t->terms[at].at.end + 1 &&
                 t->text.p[t->terms[at].at.end] == ':';
    if (colon && n <= 2 && n == word.n) {
        struct str minutes = text_slice(t, t->terms[at + 1].at);
        c->end = at + 2;
        return two_digits(minutes, 0, &c->minute) &&
               (minutes.n == 2 || read_half(str_slice(minutes, 2, minutes.n), c));
    }
    if (n <= 2 && n < word.n && word.p[n] == '.' && two_digits(word, n + 1, &c->minute))
        return read_half(str_slice(word, n + 3, word.n), c) ||
               (n + 3 == word.n && c->end < end &&
                read_half(text_slice(t, t->terms[c->end].at), c));
    if (n <= 2 && n < word.n)
        return read_half(str_slice(word, n, word.n), c);
    if (n == 4 && is_digits(word) && zone_at(t, at + 1, end)) {
        c->hour = (int32_t)t->terms[at].number / 100;
        c->minute = (int32_t)t->terms[at].number % 100;
        return true;
    }
    return n <= 2 && n == word.n && c->end < end &&
           read_half(text_slice(t, t->terms[c->end].at), c);
}

/* "Left", "remaining", "to go" behind it: the clock of a match. */
static bool is_of_match(const struct text *t, uint32_t at, uint32_t end)
{
    static const char *const words[] = {"left", "remaining", "remained", "go", "into"};
    for (uint32_t i = at; i < end && i < at + MATCH_TERMS; i++)
        if (IS_ANY(&t->terms[i], words))
            return true;
    return false;
}

/* "Before nine", "from 8 to 9": no moment. */
static bool is_limit(const struct text *t, uint32_t first, uint32_t at)
{
    static const char *const words[] = {"before", "after", "until",   "till", "by",
                                        "from",   "since", "between", "to"};
    static const char *const near[] = {"about", "around", "at"};
    uint32_t i = at;
    while (i > first && IS_ANY(&t->terms[i - 1], near))
        i--;
    return i > first && IS_ANY(&t->terms[i - 1], words);
}

bool fact_is_clock(const struct text *t, uint32_t at, struct fact *f)
{
    struct term_range s = t->sentences[t->terms[at].sentence];
    struct clock c = {0};
    if (!(t->terms[at].flags & TERM_NUMBER) || !read_digits(t, at, s.end, &c) || c.hour > 24 ||
        c.minute >= HOUR || (c.half && (c.hour < 1 || c.hour > 23)))
        return false;
    if (c.end < s.end && terms_touch(t, c.end - 1)) {
        struct clock half = {0};
        bool again = read_half(text_slice(t, t->terms[c.end].at), &half);
        c.end += again;
        c.pm = c.half ? c.pm : half.pm;
        c.half = c.half || again;
    }
    bool match = !c.half && is_of_match(t, c.end, s.end);
    uint64_t zone = zone_at(t, c.end, s.end);
    f->kind = FACT_CLOCK;
    f->first = at;
    f->end = c.end;
    f->at = text_span(t, (struct term_range){at, c.end});
    f->sentence = t->terms[at].sentence;
    f->value = c.hour % (c.half ? 12 : 24) * HOUR + c.minute + (c.pm ? HALF_DAY : 0);
    f->scale = 1;
    f->half = !c.half && !zone && c.hour <= 12;
    f->what = match ? 1 : zone && zone != str_hash(S("hours")) ? zone : 2;
    f->supposed = is_limit(t, s.first, at);
    return true;
}

/* So many minutes a time may be off: told to the minute, to five, to the half hour. */
static double slack(const struct fact *f)
{
    double minute = fmod(f->value, HOUR);
    return (fmod(minute, 30) == 0 ? 20 : fmod(minute, 5) == 0 ? 5 : 0) + (f->about ? 3 : 0);
}

double clocks_apart(const struct fact *x, const struct fact *y)
{
    double all = x->half || y->half ? HALF_DAY : DAY;
    double apart = fmod(fabs(x->value - y->value), all);
    return fmin(apart, all - apart);
}

bool clocks_agree(const struct fact *x, const struct fact *y)
{
    double most = x->what == 1 ? 0 : fmax(slack(x), slack(y));
    return clocks_apart(x, y) <= most;
}

/* Times in a text: "soon", "by the end of April", "within two weeks" (words/times.txt).
 *
 * Everything becomes an interval of days counted from the day of the report. Names of months and
 * weekdays need that day; without it they are kept as names and compared as such. */
#include "compare/facts/when.h"

#include "assets/wordlist.h"

enum { SLACK_DAY = 0, SLACK_WEEK = 2, SLACK_MONTH = 2, SLACK_YEAR = 31 };

static bool parse_int(struct str s, int32_t *out)
{
    bool minus = s.n && s.p[0] == '-';
    uint64_t value;
    if (!str_to_u64(str_slice(s, minus, s.n), &value) || value > 100000)
        return false;
    *out = minus ? -(int32_t)value : (int32_t)value;
    return true;
}

static bool parse_kind(struct str s, enum when_kind *out)
{
    static const char *const names[WHEN_KIND_COUNT] = {
        "days",      "vague",    "week",       "month",   "year", "end-week",
        "end-month", "end-year", "month-name", "weekday", "unit"};
    for (int i = 0; i < WHEN_KIND_COUNT; i++)
        if (str_eq(s, str_of(names[i]))) {
            *out = (enum when_kind)i;
            return true;
        }
    return false;
}

static void add_word(struct arena *a, struct when_words *words, struct str line, size_t *cap)
{
    struct str phrase, kind, from, to, word;
    struct when_word w = {0};
    if (!str_split(&line, '\t', &phrase) || !str_split(&line, '\t', &kind) ||
        !parse_kind(kind, &w.kind) || !str_split(&line, '\t', &from) || !parse_int(from, &w.from))
        return;
    w.to = w.from;
    if (str_split(&line, '\t', &to) && !parse_int(to, &w.to))
        return;
    while (w.n < 4 && str_split(&phrase, ' ', &word))
        w.word[w.n++] = word_fold(word);
    *map_at(a, &words->first, w.word[0]) = 1;
    words->v = arena_grow(a, words->v, words->n, cap, sizeof *words->v);
    words->v[words->n++] = w;
}

void when_load(struct arena *a, struct when_words *words)
{
    struct str rest = wordlist_text("compare/words/times.txt"), line;
    size_t cap = 0;
    *words = (struct when_words){0};
    while (wordlist_next(&rest, &line))
        add_word(a, words, line, &cap);
}

static const struct when_word *word_at(const struct when_words *words, const struct text *t,
                                       uint32_t at)
{
    const struct when_word *best = NULL;
    uint32_t end = t->sentences[t->terms[at].sentence].end;
    if (!map_get(&words->first, t->terms[at].word, 0))
        return NULL;
    for (size_t i = 0; i < words->n; i++) {
        const struct when_word *w = &words->v[i];
        uint32_t k = 0;
        while (k < w->n && at + k < end && t->terms[at + k].word == w->word[k])
            k++;
        if (k == w->n && (!best || w->n > best->n))
            best = w;
    }
    return best;
}

static bool is(const struct text *t, uint32_t at, const char *word)
{
    return at < t->n_terms && t->terms[at].word == str_hash(str_of(word));
}

/* Takes in the small words before: "by the", "in the", "at some time in the", "end of". */
static void widen(const struct text *t, struct when *w, bool *end_of)
{
    static const char *const small[] = {"by",     "the",    "in",   "of",    "end",   "until",
                                        "before", "within", "late", "later", "early", "at",
                                        "on",     "next",   "over", "during"};
    uint32_t first = t->sentences[t->terms[w->first].sentence].first;
    while (w->first > first) {
        size_t i = 0;
        while (i < sizeof small / sizeof *small && !is(t, w->first - 1, small[i]))
            i++;
        if (i == sizeof small / sizeof *small)
            break;
        w->first--;
        w->deadline = w->deadline || is(t, w->first, "by") || is(t, w->first, "until") ||
                      is(t, w->first, "before") || is(t, w->first, "within");
        *end_of = *end_of || is(t, w->first, "end");
    }
    if (is(t, w->first, "of") || is(t, w->first, "the")) /* "the talks of April": not ours */
        w->first += w->first + 1 < w->end;
}

static void set_period(struct when *w, enum when_kind kind, int32_t count, int32_t base)
{
    int32_t today =
        base == NO_DAY ? day_of(2024, 7, 3) : base; /* some Wednesday in the middle of a year */
    int year, month, day;
    day_civil(today, &year, &month, &day);
    if (kind == WHEN_WEEK || kind == WHEN_END_WEEK) {
        w->from = today - day_weekday(today) + 7 * count - today;
        w->to = w->from + 6;
    } else if (kind == WHEN_MONTH || kind == WHEN_END_MONTH) {
        int at = year * 12 + month - 1 + count;
        w->from = day_of(at / 12, at % 12 + 1, 1) - today;
        w->to = day_month_end(w->from + today) - today;
    } else {
        w->from = day_of(year + count, 1, 1) - today;
        w->to = day_of(year + count, 12, 31) - today;
    }
    if (kind == WHEN_END_WEEK || kind == WHEN_END_MONTH || kind == WHEN_END_YEAR)
        w->from = w->to;
    w->resolved = base != NO_DAY || kind == WHEN_WEEK || kind == WHEN_END_WEEK;
}

/* "April", "23 April", "April 23": the year nearest to the report. */
static bool set_month(const struct text *t, uint32_t at, int32_t month, int32_t base,
                      struct when *w)
{
    const struct term *before = at ? &t->terms[at - 1] : NULL,
                      *behind = at + 1 < t->n_terms ? &t->terms[at + 1] : NULL;
    int32_t day = 0;
    if (!(t->terms[at].flags & TERM_CAPITAL))
        return false;
    if (behind && (behind->flags & TERM_NUMBER) && behind->number >= 1 && behind->number <= 31 &&
        behind->sentence == t->terms[at].sentence) {
        day = (int32_t)behind->number;
        w->end = at + 2;
    } else if (before && (before->flags & TERM_NUMBER) && before->number >= 1 &&
               before->number <= 31 && before->sentence == t->terms[at].sentence) {
        day = (int32_t)before->number;
        w->first = at - 1;
    }
    w->from = w->to = month * 100 + day;
    if (base == NO_DAY)
        return true;
    int year, now, today;
    day_civil(base, &year, &now, &today);
    year += now - month > 6 ? 1 : month - now > 6 ? -1 : 0;
    w->from = day_of(year, month, day ? day : 1) - base;
    w->to = day ? w->from : day_month_end(w->from + base) - base;
    w->resolved = true;
    return true;
}

static void set_weekday(int32_t weekday, int32_t base, struct when *w)
{
    w->from = w->to = weekday;
    if (base == NO_DAY)
        return;
    int32_t ahead =
        (weekday - day_weekday(base) + 7) % 7; /* the nearest one: three days back, three ahead */
    w->from = w->to = ahead > 3 ? ahead - 7 : ahead;
    w->resolved = true;
}

/* "within two weeks", "in 10 days", "three years ago". */
static bool set_count(const struct text *t, uint32_t at, const struct when_word *unit,
                      struct when *w)
{
    if (!at || !(t->terms[at - 1].flags & TERM_NUMBER) ||
        t->terms[at - 1].sentence != t->terms[at].sentence)
        return false;
    bool within = at > 1 && is(t, at - 2, "within"), in = at > 1 && is(t, at - 2, "in"),
         ago = is(t, at + 1, "ago");
    double days = t->terms[at - 1].number * unit->from;
    if ((!within && !in && !ago) || days > 36500)
        return false;
    w->first = ago ? at - 1 : at - 2;
    w->end = ago ? at + 2 : at + 1;
    w->to = ago ? -(int32_t)days : (int32_t)days;
    w->from = within ? 0 : w->to;
    w->deadline = within;
    w->resolved = true;
    w->kind = WHEN_DAYS;
    return true;
}

bool when_at(const struct when_words *words, const struct text *t, uint32_t at, int32_t base,
             struct when *out)
{
    const struct when_word *word = word_at(words, t, at);
    bool end_of = false;
    if (!word)
        return false;
    struct when w = {
        .first = at, .end = at + word->n, .kind = word->kind, .from = word->from, .to = word->to};
    w.resolved = word->kind == WHEN_DAYS || word->kind == WHEN_VAGUE;
    if (word->kind == WHEN_UNIT && !set_count(t, at, word, &w))
        return false;
    if (word->kind == WHEN_MONTH_NAME && !set_month(t, at, word->from, base, &w))
        return false;
    if (word->kind == WHEN_WEEKDAY)
        set_weekday(word->from, base, &w);
    if (word->kind >= WHEN_WEEK && word->kind <= WHEN_END_YEAR)
        set_period(&w, word->kind, word->from, base);
    if (w.kind != WHEN_DAYS || word->kind == WHEN_DAYS)
        widen(t, &w, &end_of);
    if (word->kind == WHEN_MONTH_NAME && (end_of || is(t, w.end, "end"))) {
        w.end += is(t, w.end, "end");
        w.from = w.resolved ? w.to : w.from;
        w.kind = WHEN_END_MONTH;
        w.deadline = true;
        if (w.first > t->sentences[t->terms[at].sentence].first && is(t, w.first - 1, "by"))
            w.first--;
    }
    w.at = text_span(t, (struct term_range){w.first, w.end});
    *out = w;
    return true;
}

static int32_t slack(enum when_kind k)
{
    if (k == WHEN_DAYS || k == WHEN_WEEKDAY || k == WHEN_MONTH_NAME || k == WHEN_UNIT)
        return SLACK_DAY;
    if (k == WHEN_WEEK || k == WHEN_END_WEEK)
        return SLACK_WEEK;
    return k == WHEN_MONTH || k == WHEN_END_MONTH ? SLACK_MONTH : SLACK_YEAR;
}

/* How coarse the time is: a day, a week, a month, a year. */
static int grain(enum when_kind k)
{
    if (k == WHEN_WEEK || k == WHEN_END_WEEK)
        return 1;
    if (k == WHEN_MONTH || k == WHEN_END_MONTH)
        return 2;
    return k == WHEN_YEAR || k == WHEN_END_YEAR ? 3 : 0;
}

bool whens_contradict(const struct when *x, int32_t base_x, const struct when *y, int32_t base_y)
{
    bool vague = x->kind == WHEN_VAGUE || y->kind == WHEN_VAGUE;
    if (!x->resolved || !y->resolved) {
        if (x->kind == y->kind && x->resolved == y->resolved)
            return x->from != y->from || x->to != y->to;
        return !vague && grain(x->kind) && grain(y->kind) && grain(x->kind) != grain(y->kind);
    }
    bool based = base_x != NO_DAY && base_y != NO_DAY;
    int32_t from_x = x->from + (based ? base_x : 0), to_x = x->to + (based ? base_x : 0);
    int32_t from_y = y->from + (based ? base_y : 0), to_y = y->to + (based ? base_y : 0);
    if (vague)
        return to_x < from_y || to_y < from_x;
    if (grain(x->kind) != grain(y->kind) && !x->deadline && !y->deadline)
        return to_x < from_y || to_y < from_x;
    int32_t most = slack(x->kind) < slack(y->kind) ? slack(x->kind) : slack(y->kind);
    int32_t apart = to_x > to_y ? to_x - to_y : to_y - to_x;
    return apart > most;
}

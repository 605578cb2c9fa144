/* The words of a text for comparing: each with its span, stem, sentence and quotation.
 *
 * Much simpler than the engine's tokens and independent of them, so that texts of any language
 * and readings of any origin can be compared. Hyphens part words; "U.S." and "1,200" are one. */
#include "compare/parts.h"

enum { MOST_TERMS = 400 };

#include <math.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Length of a mark of general punctuation, Latin-1 punctuation or CJK punctuation at p; 0 else. */
static size_t wide_mark(struct str s, size_t at)
{
    unsigned char c = (unsigned char)s.p[at], d = at + 1 < s.n ? (unsigned char)s.p[at + 1] : 0;
    if (c == 0xE2 && (d == 0x80 || d == 0x81))
        return at + 2 < s.n ? 3 : s.n - at;
    if (c == 0xE3 && d == 0x80)
        return at + 2 < s.n ? 3 : s.n - at;
    if (c == 0xC2 && d)
        return 2;
    return 0;
}

static bool is_apostrophe(struct str s, size_t at, size_t *n)
{
    if (s.p[at] == '\'') {
        *n = 1;
        return true;
    }
    *n = 3;
    return at + 2 < s.n && memcmp(s.p + at, "\xE2\x80\x99", 3) == 0;
}

static bool word_byte(struct str s, size_t at)
{
    char c = s.p[at];
    return is_letter(c) || is_digit(c) || ((c & 0x80) && !wide_mark(s, at));
}

/* The byte behind the word that begins at `at`. */
static size_t word_end(struct str s, size_t at)
{
    size_t begin = at, skip;
    while (at < s.n) {
        if (word_byte(s, at)) {
            at++;
        } else if (is_apostrophe(s, at, &skip) && at + skip < s.n && is_letter(s.p[at + skip])) {
            at += skip;
        } else if ((s.p[at] == '.' || s.p[at] == ',') && at + 1 < s.n && is_digit(s.p[at + 1]) &&
                   is_digit(s.p[at - 1]) && is_digit(s.p[begin])) {
            at++;
        } else if (s.p[at] == '.' && at + 1 < s.n && is_letter(s.p[at - 1]) &&
                   (at - begin == 1 || s.p[at - 2] == '.') && is_letter(s.p[at + 1])) {
            at++;
        } else {
            break;
        }
    }
    return at;
}

static bool read_number(const struct vocabulary *lex, struct str word, double *value)
{
    if (!is_digit(word.p[0])) {
        uint32_t known = map_get(&lex->numbers, word_fold(word), 0);
        *value = known ? known - 1.0 : 0;
        return known > 0;
    }
    double n = 0, scale = 0;
    for (size_t i = 0; i < word.n; i++) {
        if (is_digit(word.p[i]) && scale == 0)
            n = n * 10 + (word.p[i] - '0');
        else if (is_digit(word.p[i]))
            n += (word.p[i] - '0') * scale, scale /= 10;
        else if (word.p[i] == '.')
            scale = 0.1;
        else if (word.p[i] != ',')
            break;
    }
    *value = n;
    return true;
}

static void describe(const struct vocabulary *lex, struct str word, struct term *t)
{
    t->word = word_fold(word);
    t->stem = t->raw_stem = word_stem(word);
    uint32_t same = map_get(&lex->synonyms, t->stem, 0);
    if (same)
        t->stem = synonym_stem(same);
    if ((word.p[0] >= 'A' && word.p[0] <= 'Z') || (word.p[0] & 0x80))
        t->flags |= TERM_CAPITAL;
    if (map_get(&lex->stop, t->word, 0))
        t->flags |= TERM_STOP;
    if (read_number(lex, word, &t->number)) {
        t->flags |= TERM_NUMBER;
        t->stem = UINT64_C(0x4E00000000000000) | (uint64_t)llround(fmin(t->number, 1e12) * 100);
    }
}

/* Quotation marks open and close; a paragraph's end closes what a text forgot to. */
struct quoting {
    uint32_t count, open;
};

/* Does a straight mark at `at` stand before a word and behind none (1), behind one and before none
 * (-1), or else (0)? */
static int side_of(struct str s, size_t at)
{
    bool behind = at && s.p[at - 1] != ' ' && s.p[at - 1] != '\n' && s.p[at - 1] != '(';
    bool before = at + 1 < s.n && word_byte(s, at + 1);
    return before - behind;
}

static void see_mark(struct quoting *q, struct str s, size_t at, size_t n)
{
    struct str mark = str_slice(s, at, at + n);
    bool opens = str_eq(mark, S("\xE2\x80\x9C")) || str_eq(mark, S("\xC2\xAB")) ||
                 str_eq(mark, S("\xE2\x80\x9E"));
    bool closes = str_eq(mark, S("\xE2\x80\x9D")) || str_eq(mark, S("\xC2\xBB"));
    if (str_eq(mark, S("\""))) { /* one that a text forgot shall not turn all behind it round */
        int side = side_of(s, at);
        opens = side ? side > 0 : !q->open;
        closes = !opens;
    }
    if (opens)
        q->open = ++q->count;
    else if (closes || str_eq(mark, S("\n")))
        q->open = 0;
}

/* "In the U.S. The plan", but not "the U.S. Senate": is the word behind a mark a small one? */
static bool opens_sentence(const struct vocabulary *lex, struct str s, size_t at)
{
    while (at < s.n && !word_byte(s, at) && s.p[at] != '\n')
        at++;
    return at >= s.n || s.p[at] == '\n' ||
           map_get(&lex->stop, word_fold(str_slice(s, at, word_end(s, at))), 0);
}

/* Does the mark behind term `last` end the sentence? `at` is the mark's place. */
static bool ends_sentence(const struct vocabulary *lex, struct str s, size_t at,
                          const struct term *last)
{
    if (s.p[at] == '\n')
        return true;
    if (s.p[at] != '.' && s.p[at] != '!' && s.p[at] != '?')
        return false;
    if (s.p[at] == '.' && last->at.end + 3 >= at) {
        struct str word = str_slice(s, last->at.start, last->at.end);
        if (word.n == 1 && is_letter(word.p[0]))
            return false;
        if (map_get(&lex->marks, last->word, 0) & MARK_ABBREVIATION)
            return false;
        bool initials = word.n >= 3 && word.p[1] == '.' && word.p[0] >= 'A' && word.p[0] <= 'Z';
        if (initials && !opens_sentence(lex, s, at))
            return false;
    }
    size_t next = at + 1;
    while (next < s.n && !word_byte(s, next) && s.p[next] != '\n')
        next++;
    if (next == at + 1 && next < s.n && s.p[next] != '\n')
        return false;
    return next >= s.n || s.p[next] == '\n' || !(s.p[next] >= 'a' && s.p[next] <= 'z');
}

/* Nobody writes such a sentence: it is cut, so that the work on one is bounded. */
static bool is_endless(const struct text *t)
{
    uint32_t first = t->n_sentences ? t->sentences[t->n_sentences - 1].end : 0;
    return t->n_terms - first >= MOST_TERMS;
}

static void close_sentence(struct arena *a, struct text *out, size_t *cap)
{
    uint32_t first = out->n_sentences ? out->sentences[out->n_sentences - 1].end : 0;
    if (first == out->n_terms)
        return;
    out->sentences = arena_grow(a, out->sentences, out->n_sentences, cap, sizeof *out->sentences);
    out->sentences[out->n_sentences++] = (struct term_range){first, (uint32_t)out->n_terms};
}

static size_t count_words(struct str s)
{
    size_t words = 0;
    for (size_t at = 0; at < s.n;) {
        size_t n = word_byte(s, at) ? 0 : wide_mark(s, at);
        words += word_byte(s, at);
        at = word_byte(s, at) ? word_end(s, at) : at + (n ? n : 1);
    }
    return words;
}

void text_read(struct arena *a, const struct vocabulary *lex, struct str s, struct text *out)
{
    *out = (struct text){.text = s};
    size_t sentence_cap = 0;
    struct quoting quoting = {0};
    out->terms = arena_array(a, count_words(s) + 1, sizeof *out->terms);
    for (size_t at = 0; at < s.n;) {
        if (word_byte(s, at)) {
            size_t end = word_end(s, at);
            struct term *t = &out->terms[out->n_terms++];
            *t = (struct term){.at = {(uint32_t)at, (uint32_t)end},
                               .sentence = (uint32_t)out->n_sentences,
                               .quote = quoting.open,
                               .flags = quoting.open ? TERM_QUOTED : 0};
            describe(lex, str_slice(s, at, end), t);
            t->at.end = (uint32_t)(at + without_possessive(str_slice(s, at, end)).n);
            at = end;
            continue;
        }
        size_t n = wide_mark(s, at);
        n = n ? n : 1;
        see_mark(&quoting, s, at, n);
        if (out->n_terms &&
            (ends_sentence(lex, s, at, &out->terms[out->n_terms - 1]) || is_endless(out)))
            close_sentence(a, out, &sentence_cap);
        at += n;
    }
    close_sentence(a, out, &sentence_cap);
}

void text_unite_forms(const struct vocabulary *lex, struct text *t)
{
    for (size_t i = 0; i < t->n_terms; i++) {
        struct term *term = &t->terms[i];
        uint64_t base = vocabulary_stem(lex, term->word, term->raw_stem);
        if (base == term->raw_stem)
            continue;
        uint32_t same = map_get(&lex->synonyms, base, 0);
        term->raw_stem = base;
        term->stem = same ? synonym_stem(same) : base;
    }
}

void text_name_actors(struct text *t, const struct lang_reading *reading)
{
    for (size_t m = 0; m < reading->n_mentions; m++) {
        const struct lang_mention *mention = &reading->mentions[m];
        if (mention->actor < 0 || (size_t)mention->actor >= reading->n_actors ||
            (mention->reading != READING_ACTOR && mention->reading != READING_PLACE))
            continue;
        struct term_range r = text_range(t, mention->at);
        if (r.first == r.end)
            continue;
        uint64_t key = str_hash(reading->actors[mention->actor].key);
        for (uint32_t i = r.first; i < r.end; i++)
            t->terms[i].flags |= i == r.first ? TERM_ACTOR : TERM_INNER;
        t->terms[r.first].stem = key;
        t->terms[r.first].flags &= (uint8_t)~TERM_STOP;
    }
}

struct term_range text_range(const struct text *t, struct span at)
{
    size_t low = 0, high = t->n_terms;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (t->terms[mid].at.start < at.start)
            low = mid + 1;
        else
            high = mid;
    }
    struct term_range r = {(uint32_t)low, (uint32_t)low};
    while (r.end < t->n_terms && t->terms[r.end].at.end <= at.end)
        r.end++;
    return r;
}

bool term_is_content(const struct term *t)
{
    return !(t->flags & (TERM_STOP | TERM_INNER));
}

struct str text_slice(const struct text *t, struct span at)
{
    return str_slice(t->text, at.start, at.end);
}

struct span text_span(const struct text *t, struct term_range r)
{
    if (r.first >= r.end)
        return (struct span){0, 0};
    return (struct span){t->terms[r.first].at.start, t->terms[r.end - 1].at.end};
}

/* Plain-text exports: the article a careful person would copy out of a saved page.
 *
 * Each line is judged once: boilerplate by the phrases of words/lines.txt, the rest by its shape
 * (ticker lines, lone section names). A line that opens a list of other headlines takes along
 * what follows until prose begins again; a legal notice takes along everything. */
#include "page/format/format.h"
#include "page/text/words.h"

#include "assets/language.h"
#include "assets/wordlist.h"
#include "base/utf8.h"
#include "page/text/byline.h"
#include "page/text/date.h"
#include "page/text/prose.h"

#include <string.h>

enum { TITLE_MAX = 400, SUBTITLE_MAX = 300, PROSE_MIN = 80, HEAD_LINES = 4 };

struct line {
    struct str text; /* without white space at its end */
    enum line_effect effect;
    bool blank, prose, keep;
};

struct plain {
    struct line *lines;
    size_t n, prose_total; /* bytes of all lines that read as prose */
};

static struct str trim_end(struct str s)
{
    struct str t = str_trim(s);
    return t.n ? (struct str){s.p, (size_t)(t.p + t.n - s.p)} : (struct str){s.p, 0};
}

static bool is_prose(struct str s)
{
    return s.n >= PROSE_MIN && (text_ends_sentence(s) || s.n >= 4 * PROSE_MIN ||
                                str_ends(s, S(":")) || str_contains(s, S(". ")));
}

/* "- 17:10 Headline", "17.10 | Headline": a line of a ticker; a sentence behind a time is a live
 * blog's. */
static bool is_ticker(struct str s)
{
    size_t i = 0;
    while (i < s.n && (unsigned char)s.p[i] < 0x80 && strchr(" -*|>[(", s.p[i]))
        i++;
    size_t digits = i;
    while (digits < s.n && s.p[digits] >= '0' && s.p[digits] <= '9')
        digits++;
    if (digits == i || digits > i + 2 || digits + 3 > s.n || !strchr(":.h", s.p[digits]))
        return false;
    return s.p[digits + 1] >= '0' && s.p[digits + 1] <= '9' && s.p[digits + 2] >= '0' &&
           s.p[digits + 2] <= '9' && !text_ends_sentence(s);
}

static void judge(struct line *l)
{
    char folded[FOLD_MAX];
    l->blank = l->text.n == 0;
    l->prose = is_prose(l->text);
    l->keep = true;
    struct str f = fold_line(l->text, folded);
    l->effect = line_effect(f);
    if (l->prose && l->effect == LINE_LIST)
        l->effect = LINE_PLAIN;
    if (!l->blank && f.n == 0)
        l->keep = false; /* rules of dashes and stars */
}

static struct plain cut_lines(struct arena *a, struct str text)
{
    struct plain p = {0};
    size_t cap = 0;
    for (struct str line; str_split(&text, '\n', &line);) {
        p.lines = arena_grow(a, p.lines, p.n, &cap, sizeof *p.lines);
        p.lines[p.n] = (struct line){.text = trim_end(line)};
        judge(&p.lines[p.n]);
        p.prose_total += p.lines[p.n].prose ? p.lines[p.n].text.n : 0;
        p.n++;
    }
    return p;
}

static void drop(struct line *l)
{
    l->keep = l->blank;
}

/* Drops boilerplate and what it takes along. `from` is the first line after the title. */
static void drop_boilerplate(struct plain *p, size_t from)
{
    size_t prose = 0;
    for (size_t i = from; i < p->n; i++) {
        struct line *l = &p->lines[i];
        if (l->effect == LINE_END && prose * 2 >= p->prose_total) {
            for (size_t k = i; k < p->n; k++)
                p->lines[k].keep = false;
            return;
        }
        if (l->effect != LINE_PLAIN || is_ticker(l->text))
            drop(l);
        if (l->effect == LINE_LIST)
            while (i + 1 < p->n && !p->lines[i + 1].prose)
                drop(&p->lines[++i]);
        if (l->keep)
            prose += l->prose ? l->text.n : 0;
    }
}

/* Lone section names and other headings with nothing under them. */
static void drop_tail(struct plain *p, size_t from)
{
    char folded[FOLD_MAX];
    struct str value;
    for (size_t i = p->n; i-- > from;) {
        struct line *l = &p->lines[i];
        if (l->blank || !l->keep)
            continue;
        struct str f = fold_line(l->text, folded);
        bool heading = l->text.n < PROSE_MIN && !text_ends_sentence(l->text) &&
                       l->text.p[0] != '"' && !str_starts(l->text, S("“")) &&
                       !str_starts(l->text, S("- "));
        if (!word_find(LIST_SECTIONS, f, &value) && !heading)
            return;
        l->keep = false;
    }
}

/* "BBC News" above "20 May 2025": a name alone on a line that a line with the day follows. */
static bool is_outlet_line(struct arena *a, const struct plain *p, size_t at, struct str language)
{
    enum { LONGEST = 40, WORDS = 5, LONGEST_DAY = 40 };
    struct str line = str_trim(p->lines[at].text);
    size_t words = 1, next = at + 1;
    for (size_t i = 0; i < line.n; i++)
        words += line.p[i] == ' ';
    while (next < p->n && (p->lines[next].blank || !p->lines[next].keep))
        next++;
    if (next >= p->n || line.n > LONGEST || words > WORDS || !line.n || line.p[0] < 'A' ||
        line.p[0] > 'Z' || text_ends_sentence(line))
        return false;
    struct str day = str_trim(p->lines[next].text);
    return day.n <= LONGEST_DAY && !text_ends_sentence(day) && date_find(a, day, language).n > 0 &&
           date_find(a, line, language).n == 0;
}

/* Byline and date stand within the first lines under the title and are not part of the text. */
static void read_head(struct arena *a, struct plain *p, size_t from, struct page *out)
{
    char folded[FOLD_MAX];
    struct str value;
    size_t seen = 0;
    for (size_t i = from; i < p->n && seen < HEAD_LINES; i++) {
        struct line *l = &p->lines[i];
        if (l->blank || !l->keep)
            continue;
        seen++;
        if (l->prose)
            return;
        if (out->byline.n == 0 && is_byline(a, l->text)) {
            page_set(out, FIELD_BYLINE, byline_clean(a, l->text), "page");
            l->keep = out->byline.n == 0;
        } else if (is_outlet_line(a, p, i, out->language)) {
            page_set(out, FIELD_OUTLET, str_trim(l->text), "page");
            l->keep = false;
        } else if (l->text.n < 80 && !text_ends_sentence(l->text)) {
            struct str day = date_find(a, l->text, out->language);
            if (day.n && out->published.n == 0) {
                page_set(out, FIELD_PUBLISHED, day, "page");
                l->keep = false;
            } else if (word_find(LIST_SECTIONS, fold_line(l->text, folded), &value)) {
                page_set(out, FIELD_SECTION, l->text, "page");
                l->keep = false;
            }
        }
    }
}

/* The name in "visit NAME.", "reserved by NAME.", "© 2024 NAME", or empty. */
static struct str outlet_told(struct str line, bool *legal)
{
    struct str leads = wordlist_text("page/words/outlet-leads.txt"), entry, lead;
    while (wordlist_next(&leads, &entry)) {
        str_split(&entry, '\t', &lead);
        size_t at = str_find(line, lead, 0);
        if (at == STR_NONE || at + lead.n >= line.n || line.p[at + lead.n] != ' ')
            continue;
        struct str name = str_slice(line, at + lead.n + 1, line.n);
        size_t end = 0;
        while (end < name.n && name.p[end] != ',' && name.p[end] != '|' &&
               !(name.p[end] == '.' && (end + 1 == name.n || name.p[end + 1] == ' ')))
            end++;
        name = str_trim(str_slice(name, 0, end));
        unsigned char first = name.n ? (unsigned char)name.p[0] : 0;
        if (name.n >= 2 && name.n <= 80 && ((first >= 'A' && first <= 'Z') || first >= 0x80)) {
            *legal = str_eq(entry, S("legal"));
            return name;
        }
    }
    return (struct str){0};
}

/* Who published it, as the credit at the end and the dropped lines tell. */
static void read_outlet(struct arena *a, const struct plain *p, struct page *out)
{
    struct str told = {0}, legal_name = {0}, credit = {0};
    bool known = false;
    for (size_t i = 1; i < p->n; i++) {
        const struct line *l = &p->lines[i];
        bool legal = false;
        struct str name = l->keep ? (struct str){0} : outlet_told(l->text, &legal);
        if (name.n && legal && !legal_name.n)
            legal_name = name;
        else if (name.n && !legal && !told.n)
            told = name;
    }
    for (size_t i = p->n; i-- > 1 && !credit.n;)
        if (p->lines[i].keep && !p->lines[i].blank) {
            credit = agency_credit(a, p->lines[i].text, &known);
            break;
        }
    page_set(out, FIELD_AGENCY, credit, "text");
    page_set(out, FIELD_OUTLET, told.n ? told : credit.n && !known ? credit : legal_name, "text");
}

static struct str join(struct arena *a, const struct plain *p, size_t from)
{
    struct buf out = {0};
    bool gap = false;
    for (size_t i = from; i < p->n; i++) {
        const struct line *l = &p->lines[i];
        gap |= l->blank || !l->keep;
        if (l->blank || !l->keep)
            continue;
        bool paragraph = i > 0 && p->lines[i - 1].blank;
        if (out.n)
            buf_add(&out, gap && paragraph ? S("\n\n") : S("\n"));
        buf_add(&out, l->text);
        gap = false;
    }
    struct str text = arena_str(a, buf_str(&out));
    buf_finish(&out);
    return text;
}

/* Does nothing but blank lines follow line `at`? */
static bool is_alone(const struct plain *p, size_t at)
{
    for (size_t i = at + 1; i < p->n; i++)
        if (!p->lines[i].blank)
            return false;
    return true;
}

/* Title and subtitle; returns the line the text begins at: `at` if that has no headline. */
static size_t read_title(struct arena *a, const struct plain *p, size_t at, bool headed,
                         struct page *out)
{
    struct str first = str_trim(p->lines[at].text);
    bool alone = text_ends_sentence(first) && is_alone(p, at);
    if (first.n > TITLE_MAX || (!headed && (alone || lead_is(first)))) {
        page_set(out, FIELD_TITLE, lead_title(a, first), "text");
        return at;
    }
    page_set(out, FIELD_TITLE, first, "heading");
    at++;
    if (at + 1 < p->n && !p->lines[at].blank && p->lines[at + 1].blank &&
        p->lines[at].effect == LINE_PLAIN && p->lines[at].text.n <= SUBTITLE_MAX &&
        !text_ends_sentence(p->lines[at].text) && !is_byline(a, p->lines[at].text) &&
        date_find(a, p->lines[at].text, out->language).n == 0)
        page_set(out, FIELD_SUBTITLE, str_trim(p->lines[at++].text), "page");
    return at;
}

static size_t count_words(struct str s)
{
    size_t n = 0;
    for (struct str word; str_split(&s, ' ', &word);)
        n += word.n > 0;
    return n;
}

/* A single paragraph, whatever mark it ends with, is a report and no headline. */
static struct str lone_paragraph(struct arena *a, struct str first, struct page *out)
{
    enum { FEWEST_WORDS = 14 };
    if (count_words(first) < FEWEST_WORDS)
        return (struct str){0};
    page_set(out, FIELD_TITLE, lead_title(a, first), "text");
    return first;
}

bool plain_read(struct arena *a, struct str text, bool headed, struct page *out, struct err *err)
{
    struct plain p = cut_lines(a, text);
    size_t at = 0, first;
    while (at < p.n && p.lines[at].blank)
        at++;
    if (at == p.n)
        return fail(err, ERR_INVALID, "the input is empty");
    first = at;
    page_set(out, FIELD_LANGUAGE, language_detect(text).code, "words");
    at = read_title(a, &p, at, headed, out);
    drop_boilerplate(&p, at);
    read_head(a, &p, at, out);
    drop_tail(&p, at);
    read_outlet(a, &p, out);
    out->text = join(a, &p, at);
    if (out->text.n == 0 && !headed)
        out->text = lone_paragraph(a, str_trim(p.lines[first].text), out);
    if (out->text.n == 0)
        return fail(err, ERR_INVALID, "there is no text under the title");
    return true;
}

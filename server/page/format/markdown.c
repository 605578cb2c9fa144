/* Markdown (CommonMark's usual marks) and its front matter as the text a reader sees: headings,
 * lists and quotations keep their lines, links their words; code, pictures and HTML go.
 *
 * Front matter is the block between two lines of "---" (YAML) or "+++" (TOML) at the very top; of
 * it plain "key: value" and "key = value" lines and lists of one level are understood. */
#include "page/format/format.h"
#include "page/record/record.h"

#include "page/text/encoding.h"

#include <string.h>

enum { FRONT_LINES = 200, TAG_MAX = 500, LINK_MAX = 2000, TRIES = 1000 };

/* ------------------------------------------------------------------------------- front matter */

static struct str unquote(struct str s)
{
    s = str_trim(s);
    bool quoted = s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0];
    return quoted ? str_slice(s, 1, s.n - 1) : s;
}

/* ["A", "B"] as "A, B". */
static struct str flow_list(struct arena *a, struct str s)
{
    struct str one, rest = str_slice(s, 1, s.n - 1), all = {0};
    while (str_split(&rest, ',', &one))
        all = arena_fmt(a, "%.*s%s%.*s", STR_ARG(all), all.n ? ", " : "", STR_ARG(unquote(one)));
    return all;
}

struct front {
    struct arena *a;
    struct record *record;
    int rank[RECORD_FIELDS]; /* of the name that filled it; 0: nothing yet */
    enum record_field open;  /* the field whose list follows, or RECORD_FIELDS */
};

static void front_line(struct front *f, struct str line)
{
    struct str trimmed = str_trim(line), value;
    size_t colon = str_find_char(line, ':', 0), equal = str_find_char(line, '=', 0);
    size_t at = colon < equal ? colon : equal;
    enum record_field field;
    int rank;
    if (f->open != RECORD_FIELDS && str_starts(trimmed, S("- "))) {
        struct str *list = &f->record->field[f->open];
        value = unquote(str_slice(trimmed, 2, trimmed.n));
        *list = list->n ? arena_fmt(f->a, "%.*s, %.*s", STR_ARG(*list), STR_ARG(value)) : value;
        return;
    }
    if (line.n == 0 || line.p[0] == ' ' || line.p[0] == '\t' || line.p[0] == '#')
        return; /* of an inner block */
    f->open = RECORD_FIELDS;
    if (at == STR_NONE || !record_guess(str_slice(line, 0, at), &field, &rank) ||
        field == RECORD_TEXT || (f->rank[field] && f->rank[field] <= rank))
        return;
    value = unquote(str_slice(line, at + 1, line.n));
    if (str_starts(value, S("[")) && str_ends(value, S("]")))
        value = flow_list(f->a, value);
    f->record->field[field] = value;
    f->rank[field] = rank;
    f->open = value.n ? RECORD_FIELDS : field;
}

/* The text behind the front matter; all of it where there is none. */
static struct str read_front(struct arena *a, struct str text, struct record *record)
{
    struct front f = {.a = a, .record = record, .open = RECORD_FIELDS};
    struct str rest = text, fence = {0}, line;
    str_split(&rest, '\n', &fence);
    fence = str_trim(fence);
    if (!str_eq(fence, S("---")) && !str_eq(fence, S("+++")))
        return text;
    for (int i = 0; i < FRONT_LINES && str_split(&rest, '\n', &line); i++) {
        if (str_eq(str_trim(line), fence) || str_eq(str_trim(line), S("...")))
            return rest;
        front_line(&f, line);
    }
    *record = (struct record){0};
    return text;
}

bool markdown_is_likely(struct str bytes, struct str content_type)
{
    struct str head = str_slice(bytes, 0, 4096), line = {0};
    if (str_contains(content_type, S("markdown")))
        return true;
    str_split(&head, '\n', &line);
    struct str fence = str_trim(line);
    if (!str_eq(fence, S("---")) && !str_eq(fence, S("+++")))
        return false;
    bool key =
        str_split(&head, '\n', &line) && (str_contains(line, S(":")) || str_contains(line, S("=")));
    while (key && str_split(&head, '\n', &line))
        if (str_eq(str_trim(line), fence))
            return true;
    return false;
}

/* ---------------------------------------------------------------------------------------- inline
 */

static bool is_mark(char c)
{
    return c == '*' || c == '_' || c == '`' || c == '~';
}

/* Is the run of marks [from, to) emphasis and no part of a word or a sum ("2 * 3", "a_b")? */
static bool is_emphasis(struct str s, size_t from, size_t to)
{
    bool before = from > 0 && s.p[from - 1] != ' ', after = to < s.n && s.p[to] != ' ';
    bool word = s.p[from] == '_' && before && after && (unsigned char)s.p[from - 1] > '/' &&
                (unsigned char)s.p[to] > '/';
    return (before || after) && !word;
}

/* "[words](address)" at `at`: the words, and where it ends; STR_NONE if it is none. */
static size_t link_end(struct str s, size_t at, struct str *words, int *tries)
{
    --*tries;
    size_t close = at + 1, depth = 1;
    for (; close < s.n && close < at + LINK_MAX; close++) {
        depth += s.p[close] == '[';
        depth -= s.p[close] == ']';
        if (depth == 0)
            break;
    }
    if (close >= s.n || depth)
        return STR_NONE;
    *words = str_slice(s, at + 1, close);
    char next = close + 1 < s.n ? s.p[close + 1] : 0;
    if (next != '(' && next != '[')
        return STR_NONE;
    size_t end = close + 2;
    for (depth = 1; end < s.n && end < close + LINK_MAX; end++) {
        depth += s.p[end] == next;
        depth -= s.p[end] == (next == '(' ? ')' : ']');
        if (depth == 0) {
            ++*tries;
            return end + 1;
        }
    }
    return STR_NONE;
}

/* The end of the HTML tag or the address in angle brackets that begins at `at`, else STR_NONE. */
static size_t tag_end(struct str s, size_t at)
{
    char next = at + 1 < s.n ? s.p[at + 1] : 0;
    bool tag = next == '/' || ((next | 32) >= 'a' && (next | 32) <= 'z');
    return tag ? str_find_char(str_slice(s, 0, at + TAG_MAX), '>', at) : STR_NONE;
}

/* `tries`: how many more brackets may turn out to be no links, so that a text of nothing but these
 * does not take for ever. */
static void add_inline(struct buf *out, struct str s, int level, int *tries)
{
    for (size_t i = 0; i < s.n; i++) {
        struct str words;
        size_t end, run = i;
        bool picture = s.p[i] == '!' && i + 1 < s.n && s.p[i + 1] == '[';
        if (s.p[i] == '\\' && i + 1 < s.n && strchr("\\`*_{}[]()#+-.!~>|<\"'", s.p[i + 1])) {
            buf_char(out, s.p[++i]);
        } else if ((picture || s.p[i] == '[') && level < 3 && *tries > 0 &&
                   (end = link_end(s, i + picture, &words, tries)) != STR_NONE) {
            if (!picture)
                add_inline(out, words, level + 1, tries);
            i = end - 1;
        } else if (s.p[i] == '[' && i + 2 < s.n && s.p[i + 1] == '^' &&
                   (end = str_find_char(str_slice(s, 0, i + TAG_MAX), ']', i)) != STR_NONE) {
            i = end; /* a footnote's mark */
        } else if (s.p[i] == '<' && (end = tag_end(s, i)) != STR_NONE) {
            if (str_starts(str_slice(s, i + 1, end), S("http")))
                buf_add(out, str_slice(s, i + 1, end));
            i = end;
        } else if (is_mark(s.p[i])) {
            while (run < s.n && s.p[run] == s.p[i])
                run++;
            if (!is_emphasis(s, i, run))
                buf_add(out, str_slice(s, i, run));
            i = run - 1;
        } else {
            buf_char(out, s.p[i]);
        }
    }
}

/* ---------------------------------------------------------------------------------------- blocks
 */

enum block_kind { MD_TEXT, MD_BLANK, MD_HEADING, MD_ITEM, MD_QUOTE, MD_RULE, MD_UNDERLINE };

static bool only(struct str s, const char *chars)
{
    for (size_t i = 0; i < s.n; i++)
        if (!strchr(chars, s.p[i]))
            return false;
    return s.n > 0;
}

/* The kind of a line, and its words without the marks. */
static enum block_kind judge(struct str line, struct str *words)
{
    struct str s = str_trim(line);
    size_t n = 0;
    *words = s;
    if (s.n == 0)
        return MD_BLANK;
    if (only(s, "="))
        return MD_UNDERLINE;
    if (s.n >= 3 && (only(s, "- ") || only(s, "* ") || only(s, "_ ")))
        return s.p[0] == '-' && only(s, "-") ? MD_UNDERLINE : MD_RULE;
    while (n < s.n && n < 7 && s.p[n] == '#')
        n++;
    if (n && n < 7 && (n == s.n || s.p[n] == ' ')) {
        *words = str_trim(str_slice(s, n, s.n));
        while (words->n && words->p[words->n - 1] == '#')
            words->n--;
        *words = str_trim(*words);
        return MD_HEADING;
    }
    if (s.p[0] == '>') {
        *words = str_trim(str_slice(s, 1, s.n));
        return MD_QUOTE;
    }
    size_t digits = 0;
    while (digits < s.n && digits < 4 && s.p[digits] >= '0' && s.p[digits] <= '9')
        digits++;
    bool number = digits && digits + 1 < s.n && (s.p[digits] == '.' || s.p[digits] == ')') &&
                  s.p[digits + 1] == ' ';
    if (number || (s.n > 2 && s.p[1] == ' ' && strchr("-*+", s.p[0])))
        return MD_ITEM;
    return MD_TEXT;
}

struct writer {
    struct buf out;
    struct arena *a;
    struct record *record;
    enum block_kind last; /* of the line before */
    int tries;
};

static void end_paragraph(struct writer *w)
{
    if (w->out.n && !str_ends(buf_str(&w->out), S("\n\n")))
        buf_add(&w->out, S("\n\n"));
}

/* The first heading before any text is the title. */
static void add_heading(struct writer *w, struct str words)
{
    struct str *title = &w->record->field[RECORD_TITLE];
    struct buf plain = {0};
    add_inline(&plain, words, 0, &w->tries);
    struct str s = arena_str(w->a, buf_str(&plain));
    buf_finish(&plain);
    end_paragraph(w);
    if (w->out.n == 0 && (title->n == 0 || str_eq(*title, s))) {
        *title = s;
        return;
    }
    buf_add(&w->out, s);
    end_paragraph(w);
}

/* "Words" over a line of "===" or "---" are a heading. */
static void make_heading(struct writer *w)
{
    size_t from = w->out.n;
    while (from && w->out.p[from - 1] != '\n')
        from--;
    struct str words = arena_str(w->a, str_slice(buf_str(&w->out), from, w->out.n));
    w->out.n = from;
    add_heading(w, words);
}

static void add_line(struct writer *w, struct str line)
{
    struct str words;
    enum block_kind kind = judge(line, &words);
    bool goes_on = kind == w->last && (kind == MD_TEXT || kind == MD_QUOTE);
    if (kind == MD_UNDERLINE && w->last == MD_TEXT && w->out.n) {
        make_heading(w);
    } else if (kind == MD_HEADING) {
        add_heading(w, words);
    } else if (kind == MD_TEXT || kind == MD_ITEM || kind == MD_QUOTE) {
        bool hangs = kind == MD_TEXT && w->last == MD_ITEM;
        if (goes_on || hangs)
            buf_char(&w->out, ' ');
        else if (kind == MD_ITEM && w->last == MD_ITEM)
            buf_char(&w->out, '\n');
        else
            end_paragraph(w);
        if (words.n == 0)
            end_paragraph(w);
        if (kind == MD_ITEM && strchr("*+", words.p[0])) { /* one sign for all lists */
            buf_char(&w->out, '-');
            words = str_slice(words, 1, words.n);
        }
        add_inline(&w->out, words, 0, &w->tries);
        kind = hangs ? MD_ITEM : kind;
    }
    w->last = kind;
}

/* Fenced code, HTML blocks, comments and link definitions are no text. */
static bool is_definition(struct str s)
{
    size_t close = str_starts(s, S("[")) ? str_find(s, S("]:"), 0) : STR_NONE;
    return close != STR_NONE && close < 100;
}

static void read_lines(struct writer *w, struct str text)
{
    struct str fence = {0};
    bool comment = false;
    for (struct str line; str_split(&text, '\n', &line);) {
        struct str s = str_trim(line), mark = str_slice(s, 0, 3);
        bool is_fence = str_eq(mark, S("```")) || str_eq(mark, S("~~~"));
        if (comment || str_starts(s, S("<!--"))) {
            comment = !str_contains(s, S("-->"));
        } else if (fence.n) {
            if (str_eq(mark, fence))
                fence = (struct str){0};
        } else if (is_fence) {
            fence = mark;
            w->last = MD_BLANK;
        } else if (!is_definition(s) &&
                   !(str_starts(s, S("<")) && str_ends(s, S(">")) && !str_starts(s, S("<http")))) {
            add_line(w, line);
        }
    }
}

bool markdown_read(struct arena *a, struct str text, struct page *page, struct err *err)
{
    struct record record = {0};
    struct writer w = {.a = a, .record = &record, .last = MD_BLANK, .tries = TRIES};
    text = text_clean(a, text);
    read_lines(&w, read_front(a, text, &record));
    record.field[RECORD_TEXT] = arena_str(a, str_trim(buf_str(&w.out)));
    buf_finish(&w.out);
    if (record.field[RECORD_TEXT].n == 0)
        return fail(err, ERR_INVALID, "there is no text in the Markdown");
    return page_of_record(a, &record, page, err);
}

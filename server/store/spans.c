/* The spans of a statement with their words: see spans.h. A row holds where they stand, the text
 * what they say: kept beside each other they would be four fifths of a store. */
#include "store/spans.h"

#include <stdlib.h>
#include <string.h>

enum { AROUND = 32, CONTEXT = 240, MOST = 256 };

/* A place in a text, moved by code points. */
struct place {
    struct str text;
    size_t byte, point;
};

static bool continues(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* How many of eight bytes begin a code point. */
static size_t begin_in(const char *p)
{
    uint64_t eight;
    memcpy(&eight, p, sizeof eight);
    return 8 - (size_t)__builtin_popcountll(eight >> 7 & ~(eight >> 6) & 0x0101010101010101U);
}

/* To that code point, or to the end of the text. */
static void move(struct place *at, size_t point)
{
    struct str t = at->text;
    while (at->point > point) {
        at->byte--;
        at->point -= !continues(t.p[at->byte]);
    }
    while (at->byte + 8 <= t.n && at->point + 8 <= point) {
        at->point += begin_in(t.p + at->byte);
        at->byte += 8;
    }
    while (at->byte < t.n && (at->point < point || continues(t.p[at->byte]))) {
        at->point += !continues(t.p[at->byte]);
        at->byte++;
    }
}

static size_t byte_at(struct place *at, size_t point)
{
    move(at, point);
    return at->byte;
}

/* ----------------------------------------------------------------------------------- the column */

/* The next number of the list, at or behind *at; false: there is none. */
static bool next_number(struct str list, size_t *at, size_t *number)
{
    while (*at < list.n && (list.p[*at] < '0' || list.p[*at] > '9'))
        (*at)++;
    if (*at == list.n)
        return false;
    for (*number = 0; *at < list.n && list.p[*at] >= '0' && list.p[*at] <= '9'; (*at)++)
        *number = *number * 10 + (size_t)(list.p[*at] - '0');
    return true;
}

struct pairs {
    struct {
        size_t start, end;
    } v[MOST];
    size_t n;
};

static void read_pairs(struct str list, struct pairs *out)
{
    size_t at = 0;
    for (out->n = 0; out->n < MOST; out->n++)
        if (!next_number(list, &at, &out->v[out->n].start) ||
            !next_number(list, &at, &out->v[out->n].end))
            break;
}

/* Behind the name as it stands in a row of the older form; within a text its quotation marks would
 * have strokes before them. */
static size_t named(struct str column, struct str name, size_t from)
{
    for (size_t at = from; at + name.n <= column.n; at++)
        if (str_starts(str_slice(column, at, column.n), name))
            return at + name.n;
    return column.n;
}

static void older_hull(struct str column, size_t *start, size_t *end)
{
    size_t at = named(column, S("{\"start\":"), 0);
    next_number(column, &at, start);
    for (at = 0; (at = named(column, S(",\"end\":"), at)) < column.n;)
        next_number(column, &at, end);
}

void spans_hull(struct str column, size_t *start, size_t *end)
{
    struct pairs pairs;
    *start = *end = 0;
    if (str_starts(column, S("[{"))) {
        older_hull(column, start, end);
        return;
    }
    read_pairs(column, &pairs);
    if (pairs.n) {
        *start = pairs.v[0].start;
        *end = pairs.v[pairs.n - 1].end;
    }
}

/* ---------------------------------------------------------------------------------- written out */

struct writing {
    const struct spans_row *row;
    struct place at;
    struct pairs source, cue, content;
    bool fits; /* the text has the words where they should be */
    struct json *j;
};

static struct str between(struct place *at, size_t start, size_t end)
{
    size_t from = byte_at(at, start);
    return str_slice(at->text, from, byte_at(at, end));
}

static bool words_fit(struct writing *w)
{
    if (w->content.n == 0 || w->row->words.n == 0)
        return true;
    struct str first = between(&w->at, w->content.v[0].start, w->content.v[0].end);
    return first.n && str_starts(w->row->words, first);
}

static void write_span(struct writing *w, size_t start, size_t end)
{
    size_t before = byte_at(&w->at, start > AROUND ? start - AROUND : 0),
           from = byte_at(&w->at, start), to = byte_at(&w->at, end),
           behind = byte_at(&w->at, end + AROUND);
    json_object(w->j);
    json_field_int(w->j, "start", (int64_t)start);
    json_field_int(w->j, "end", (int64_t)end);
    json_field_str(w->j, "exact", str_slice(w->at.text, from, to));
    json_field_str(w->j, "prefix", str_slice(w->at.text, before, from));
    json_field_str(w->j, "suffix", str_slice(w->at.text, to, behind));
    json_end_object(w->j);
}

static void write_list(struct writing *w, const struct pairs *pairs)
{
    json_array(w->j);
    for (size_t i = 0; i < pairs->n && w->fits; i++)
        write_span(w, pairs->v[i].start, pairs->v[i].end);
    json_end_array(w->j);
}

static void write_words(struct writing *w)
{
    json_array(w->j);
    json_object(w->j);
    json_field_int(w->j, "start", (int64_t)w->content.v[0].start);
    json_field_int(w->j, "end", (int64_t)w->content.v[w->content.n - 1].end);
    json_field_str(w->j, "exact", w->row->words);
    json_field_str(w->j, "prefix", (struct str){0});
    json_field_str(w->j, "suffix", (struct str){0});
    json_end_object(w->j);
    json_end_array(w->j);
}

static void write_context(struct writing *w)
{
    const struct pairs *const roles[] = {&w->source, &w->cue, &w->content};
    size_t start = SIZE_MAX, end = 0;
    for (size_t r = 0; r < 3; r++)
        for (size_t i = 0; i < roles[r]->n; i++) {
            start = roles[r]->v[i].start < start ? roles[r]->v[i].start : start;
            end = roles[r]->v[i].end > end ? roles[r]->v[i].end : end;
        }
    start = end && w->fits ? start : 0;
    end = w->fits ? end : 0;
    size_t behind = w->fits ? end + CONTEXT : 0;
    json_object(w->j);
    json_field_str(w->j, "before", between(&w->at, start > CONTEXT ? start - CONTEXT : 0, start));
    json_field_str(w->j, "after", between(&w->at, end, behind));
    json_end_object(w->j);
}

/* One of the four; false: behind the last. */
static void write_part(struct writing *w, int part)
{
    const struct pairs *const lists[] = {&w->source, &w->cue, &w->content};
    const struct str whole[] = {w->row->source, w->row->cue, w->row->content, w->row->context};
    if (w->row->context.n)
        json_raw(w->j, whole[part]);
    else if (part == 3)
        write_context(w);
    else if (part == 2 && !w->fits)
        write_words(w);
    else
        write_list(w, lists[part]);
}

void spans_write(const struct spans_row *row, enum spans_form form, struct buf *out)
{
    static const char *const names[] = {
        ",\"source\":", ",\"cue\":", ",\"content\":", ",\"context\":"};
    struct writing w = {.row = row, .at = {row->text, 0, 0}};
    read_pairs(row->source, &w.source);
    read_pairs(row->cue, &w.cue);
    read_pairs(row->content, &w.content);
    w.fits = row->context.n || words_fit(&w);
    for (int part = 0; part < (form == SPANS_MEMBERS ? 3 : 4); part++) {
        if (form != SPANS_LINES)
            buf_add(out, str_of(names[part]));
        else if (part)
            buf_char(out, '\n');
        struct json j = json_begin(out);
        w.j = &j;
        write_part(&w, part);
    }
}

/* ------------------------------------------------------------------------------------ mentions */

struct mention {
    struct str actor; /* JSON */
    uint64_t place;
};

static int by_place(const void *a, const void *b)
{
    const struct mention *x = a, *y = b;
    return (x->place > y->place) - (x->place < y->place);
}

/* A list's first value, as it is; *at goes behind it. Keys have no quotation marks within. */
static struct str first_value(struct str places, size_t *at)
{
    size_t from = *at, end = str_find_char(places, ',', from);
    if (from < places.n && places.p[from] == '"') {
        end = str_find_char(places, '"', from + 1);
        end += end != STR_NONE;
    }
    *at = end == STR_NONE ? places.n : end;
    return str_slice(places, from, *at);
}

static size_t read_mentions(struct arena *a, struct str places, struct mention **out)
{
    size_t n = 0, cap = 0, number;
    for (size_t at = 1; at + 1 < places.n && places.p[at] == '['; at += 2) {
        at++;
        struct str actor = first_value(places, &at);
        while (at < places.n && places.p[at] == ',' && next_number(places, &at, &number)) {
            *out = arena_grow(a, *out, n, &cap, sizeof **out);
            (*out)[n++] = (struct mention){actor, number};
        }
    }
    return n;
}

static void write_mention(struct json *j, struct place *at, const struct mention *m)
{
    static const char *const readings[] = {"actor", "place", "pronoun", "nominal"};
    size_t start = m->place / 4096, end = start + m->place % 4096 / 4;
    json_object(j);
    json_field_int(j, "start", (int64_t)start);
    json_field_int(j, "end", (int64_t)end);
    json_field_str(j, "exact", between(at, start, end));
    json_key(j, "actor");
    json_raw(j, m->actor);
    json_field_str(j, "reading", str_of(readings[m->place % 4]));
    json_end_object(j);
}

void mentions_write(struct str text, struct str places, struct buf *out)
{
    struct arena a = {0};
    struct place at = {text, 0, 0};
    struct mention *mentions = NULL;
    struct json j = json_begin(out);
    size_t n = read_mentions(&a, places, &mentions);
    if (n)
        qsort(mentions, n, sizeof *mentions, by_place);
    json_array(&j);
    for (size_t i = 0; i < n; i++)
        write_mention(&j, &at, &mentions[i]);
    json_end_array(&j);
    arena_finish(&a);
}

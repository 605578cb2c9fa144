/* Marked text into readings: see readings.h. */
#include "support/readings.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_ACTORS = 40, MOST_STATEMENTS = 60 };

struct maker {
    struct arena *a;
    struct lang_actor actors[MOST_ACTORS];
    size_t n_actors;
};

struct article_maker {
    struct maker *m;
    char *text;
    size_t n;
    struct lang_statement *statements;
    size_t n_statements;
    bool has_source, has_cue, has_content;
};

static struct str slug(struct arena *a, struct str name)
{
    char *p = arena_alloc(a, name.n + 1);
    for (size_t i = 0; i < name.n; i++)
        p[i] = name.p[i] >= 'A' && name.p[i] <= 'Z' ? (char)(name.p[i] + 32)
               : name.p[i] == ' '                   ? '-'
                                                    : name.p[i];
    return (struct str){p, name.n};
}

static int32_t find_actor(struct maker *m, struct str name)
{
    struct str of = {0}, key;
    bool nobody = str_starts(name, S("?"));
    name = str_slice(name, nobody, name.n);
    size_t slash = str_find_char(name, '/', 0);
    if (slash != STR_NONE) {
        of = str_slice(name, slash + 1, name.n);
        name = str_slice(name, 0, slash);
        find_actor(m, of);
    }
    key = slug(m->a, name);
    for (size_t i = 0; i < m->n_actors; i++)
        if (str_eq(m->actors[i].key, key)) {
            if (of.n)
                m->actors[i].of = slug(m->a, of);
            return (int32_t)i;
        }
    if (m->n_actors == MOST_ACTORS)
        abort();
    struct lang_name *names = arena_alloc(m->a, sizeof *names);
    *names = (struct lang_name){name, NAME_FULL};
    m->actors[m->n_actors] = (struct lang_actor){key,
                                                 name,
                                                 {0},
                                                 of.n ? slug(m->a, of) : (struct str){0},
                                                 nobody ? ACTOR_UNNAMED : ACTOR_PERSON,
                                                 names,
                                                 1};
    return (int32_t)m->n_actors++;
}

static struct spans one_span(struct arena *a, size_t start, size_t end)
{
    struct span *s = arena_alloc(a, sizeof *s);
    *s = (struct span){(uint32_t)start, (uint32_t)end};
    return (struct spans){s, 1};
}

static struct lang_statement *open_statement(struct article_maker *x)
{
    struct lang_statement *s = &x->statements[x->n_statements];
    if (!x->has_source && !x->has_cue && !x->has_content) {
        if (x->n_statements + 1 >= MOST_STATEMENTS)
            abort();
        *s = (struct lang_statement){
            .speaker = NO_ACTOR, .via = NO_ACTOR, .confidence = 0.9f, .rule = "hand"};
    }
    return s;
}

static void close_if_whole(struct article_maker *x)
{
    if (!x->has_source || !x->has_cue || !x->has_content)
        return;
    x->has_source = x->has_cue = x->has_content = false;
    x->n_statements++;
}

static struct str put(struct article_maker *x, struct str s)
{
    memcpy(x->text + x->n, s.p, s.n);
    x->n += s.n;
    return (struct str){x->text + x->n - s.n, s.n};
}

static void take_position(struct article_maker *x, struct lang_statement *s, struct str issue,
                          bool is_for)
{
    s->positions = arena_array(x->m->a, 1, sizeof *s->positions);
    s->positions[0] =
        (struct lang_position){.issue = issue, .stance = is_for ? STANCE_SUPPORT : STANCE_OPPOSE};
    s->n_positions = 1;
}

static void read_details(struct article_maker *x, struct lang_statement *s, struct str details)
{
    struct str field, key;
    while (str_split(&details, ';', &field)) {
        str_split(&field, '=', &key);
        if (str_eq(key, S("day")))
            s->said_on = field;
        else if (str_eq(key, S("channel")))
            s->channel = field;
        else if (str_eq(key, S("via")))
            s->via = find_actor(x->m, field);
        else if (str_eq(key, S("for")) || str_eq(key, S("against")))
            take_position(x, s, field, str_eq(key, S("for")));
        else
            abort();
    }
}

static enum statement_kind kind_of(struct str content)
{
    static const char *const marks[] = {"\"", "\xE2\x80\x9C", "\xC2\xAB"};
    for (size_t i = 0; i < 3; i++) {
        struct str mark = str_of(marks[i]);
        if (str_starts(content, mark))
            return str_ends(content, S("\"")) || str_ends(content, S("\xC2\xBB")) ||
                           str_ends(content, S("\xE2\x80\x9D"))
                       ? STATEMENT_DIRECT
                       : STATEMENT_MIXED;
        if (str_contains(content, mark))
            return STATEMENT_MIXED;
    }
    return STATEMENT_INDIRECT;
}

static void read_source(struct article_maker *x, struct str inside)
{
    struct lang_statement *s = open_statement(x);
    size_t equals = str_find_char(inside, '=', 0);
    struct str who = str_slice(inside, 0, equals), shown = inside;
    if (equals != STR_NONE)
        shown = str_slice(inside, equals + 1, inside.n);
    else if (str_find_char(inside, '/', 0) != STR_NONE)
        shown = str_slice(inside, 0, str_find_char(inside, '/', 0));
    s->speaker = find_actor(x->m, who);
    size_t start = x->n;
    put(x, shown);
    s->source = one_span(x->m->a, start, x->n);
    x->has_source = true;
}

static void read_content(struct article_maker *x, struct str inside)
{
    struct lang_statement *s = open_statement(x);
    if (inside.n && inside.p[0] == '!') {
        size_t end = str_find_char(inside, '!', 1);
        read_details(x, s, str_slice(inside, 1, end));
        inside = str_slice(inside, end + 1, inside.n);
    }
    size_t start = x->n;
    put(x, inside);
    s->content = one_span(x->m->a, start, x->n);
    s->kind = kind_of(inside);
    x->has_content = true;
}

static void read_mark(struct article_maker *x, char mark, struct str inside)
{
    size_t start = x->n;
    if (mark == '{') {
        read_source(x, inside);
    } else if (mark == '<') {
        read_content(x, inside);
    } else if (mark == '[') {
        put(x, inside);
        open_statement(x)->cue = one_span(x->m->a, start, x->n);
        x->has_cue = true;
    } else {
        find_actor(x->m, inside);
        put(x, str_slice(inside, 0, str_find_char(inside, '/', 0)));
        return;
    }
    close_if_whole(x);
}

static struct str read_marked(struct article_maker *x, struct str s)
{
    static const char opening[] = "{[<%", closing[] = "}]>%";
    for (size_t at = 0; at < s.n;) {
        const char *mark = memchr(opening, s.p[at], sizeof opening - 1);
        size_t end = mark ? str_find_char(s, closing[mark - opening], at + 1) : STR_NONE;
        if (s.p[at] == '\\' && at + 1 < s.n && s.p[at + 1] == 'n') {
            put(x, S("\n"));
            at += 2;
        } else if (mark && end != STR_NONE) {
            read_mark(x, *mark, str_slice(s, at + 1, end));
            at = end + 1;
        } else {
            put(x, str_slice(s, at, at + 1));
            at++;
        }
    }
    return (struct str){x->text, x->n};
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
}

static void find_mentions(struct maker *m, struct lang_reading *r)
{
    size_t cap = 0;
    for (uint32_t at = 0; at < r->text.n; at++) {
        int32_t best = NO_ACTOR;
        for (size_t i = 0; i < m->n_actors; i++) {
            struct str name = m->actors[i].name;
            if (str_starts(str_slice(r->text, at, r->text.n), name) &&
                (!at || !is_letter(r->text.p[at - 1])) &&
                (at + name.n == r->text.n || !is_letter(r->text.p[at + name.n])) &&
                (best < 0 || name.n > m->actors[best].name.n))
                best = (int32_t)i;
        }
        if (best < 0)
            continue;
        uint32_t n = (uint32_t)m->actors[best].name.n;
        r->mentions = arena_grow(m->a, r->mentions, r->n_mentions, &cap, sizeof *r->mentions);
        r->mentions[r->n_mentions++] = (struct lang_mention){{at, at + n}, best, READING_ACTOR};
        at += n - 1;
    }
}

static int by_content(const void *a, const void *b)
{
    const struct lang_statement *x = a, *y = b;
    return (x->content.v[0].start > y->content.v[0].start) -
           (x->content.v[0].start < y->content.v[0].start);
}

static void make_article(struct maker *m, struct str marked, struct compare_article *article,
                         struct lang_reading *r)
{
    if (marked.n && marked.p[0] == '@') {
        size_t blank = str_find_char(marked, ' ', 0);
        article->published = str_slice(marked, 1, blank);
        marked = str_slice(marked, blank + 1, marked.n);
    }
    if (marked.n && marked.p[0] == '#') {
        size_t end = str_find_char(marked, '#', 1);
        article->title = str_slice(marked, 1, end);
        marked = str_trim(str_slice(marked, end + 1, marked.n));
    }
    struct article_maker x = {.m = m, .text = arena_alloc(m->a, marked.n + 1)};
    x.statements = arena_array(m->a, MOST_STATEMENTS, sizeof *x.statements);
    *r = (struct lang_reading){.language = S("en"), .fully_read = true};
    r->text = read_marked(&x, marked);
    qsort(x.statements, x.n_statements, sizeof *x.statements, by_content);
    r->statements = x.statements;
    r->n_statements = x.n_statements;
}

void readings_make(struct arena *a, const struct str *marked, size_t n, struct made_story *out)
{
    struct maker *m = arena_alloc(a, sizeof *m);
    m->a = a;
    *out = (struct made_story){0};
    out->articles = arena_array(a, n + 1, sizeof *out->articles);
    out->readings = arena_array(a, n + 1, sizeof *out->readings);
    int64_t next = 101;
    for (size_t i = 0; i < n; i++) {
        struct compare_article *x = &out->articles[i];
        x->id = (int64_t)i + 1;
        x->outlet = arena_fmt(a, "%c", (char)('A' + i % 26));
        make_article(m, marked[i], x, &out->readings[i]);
    }
    for (size_t i = 0; i < n; i++) {
        struct compare_article *x = &out->articles[i];
        struct lang_reading *r = &out->readings[i];
        int64_t *ids = arena_array(a, r->n_statements + 1, sizeof *ids);
        for (size_t k = 0; k < r->n_statements; k++)
            ids[k] = next++;
        r->actors = m->actors;
        r->n_actors = m->n_actors;
        find_mentions(m, r);
        x->reading = r;
        x->statement_ids = ids;
    }
    out->input = (struct compare_input){.story_id = 1, .articles = out->articles, .n_articles = n};
}

/* Lists and items: one literal per noun and way in (see the other files here), bound by name,
 * written row by row to the sink. Keyset cursors: the last row's order columns, opaque outside. */
#include "store/list/list.h"

#include "store/search/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A column's alias says its type behind a colon where SQLite has no such type: "outlets:json",
 * "disputed:bool"; "cursor:0" is not shown. "source:0" holds several lines of JSON, of which the
 * columns "cue:1", "content:2" behind it show the others. */
struct column {
    const char *name; /* without the suffix */
    enum row_type type;
    int cursor; /* 0..3, or -1 */
    int line;   /* 0.., or -1 */
};

enum { COLUMNS = 40, NAME_SIZE = 32, LIST_LIMIT = 200, ALL_AT_ONCE = 2000 };

struct shape {
    struct column columns[COLUMNS];
    char names[COLUMNS][NAME_SIZE];
    size_t n;
};

static void read_shape(struct query *q, struct shape *shape)
{
    const char *whole;
    shape->n = 0;
    while (shape->n < COLUMNS && (whole = q->db->engine->name(q->statement, (int)shape->n))) {
        struct str type = str_of(whole), name;
        size_t i = shape->n++;
        str_split(&type, ':', &name);
        snprintf(shape->names[i], NAME_SIZE, "%.*s", STR_ARG(name));
        bool cursor = str_eq(name, S("cursor")), number = type.n && type.p[0] <= '9';
        shape->columns[i] = (struct column){shape->names[i],
                                            str_eq(type, S("json"))   ? ROW_JSON
                                            : str_eq(type, S("bool")) ? ROW_BOOL
                                                                      : ROW_TEXT,
                                            cursor ? type.p[0] - '0' : -1,
                                            number && !cursor ? type.p[0] - '0' : -1};
    }
}

static struct row_value value_of(struct query *q, int at, enum row_type wanted)
{
    struct engine_value v = q->db->engine->column(q->statement, at, ENGINE_NULL);
    switch (v.type) {
    case ENGINE_INT:
        return (struct row_value){wanted == ROW_BOOL ? ROW_BOOL : ROW_INT, v.integer, 0, {0}};
    case ENGINE_REAL:
        return (struct row_value){ROW_REAL, 0, v.real, {0}};
    case ENGINE_NULL:
        return (struct row_value){0};
    case ENGINE_TEXT:
    case ENGINE_BLOB:
        break;
    }
    if (v.text.n == 0 && wanted != ROW_JSON)
        return (struct row_value){0};
    return (struct row_value){wanted == ROW_JSON ? ROW_JSON : ROW_TEXT, 0, 0, v.text};
}

static void announce(const struct shape *shape, struct row_sink *sink)
{
    const char *names[COLUMNS];
    size_t n = 0;
    for (size_t i = 0; i < shape->n; i++)
        if (shape->columns[i].cursor < 0)
            names[n++] = shape->columns[i].name;
    if (sink->columns)
        sink->columns(sink, names, n);
}

/* The next of the lines. */
static struct row_value line_of(struct str *lines)
{
    struct row_value v = {.type = ROW_JSON};
    str_split(lines, '\n', &v.text);
    return v;
}

static void write_row(struct query *q, const struct shape *shape, struct row_sink *sink)
{
    struct str lines = {0};
    sink->begin(sink);
    for (size_t i = 0; i < shape->n; i++) {
        const struct column *c = &shape->columns[i];
        if (c->cursor >= 0)
            continue;
        struct row_value v = c->line > 0 ? line_of(&lines) : value_of(q, (int)i, c->type);
        if (c->line == 0) {
            lines = v.text;
            v = line_of(&lines);
        }
        sink->value(sink, c->name, &v);
    }
    sink->end(sink);
}

/* ------------------------------------------------------------------------------------- cursors */

static void keep_cursor(struct query *q, const struct shape *shape, struct buf *out)
{
    struct json j = json_begin(out);
    json_array(&j);
    for (int want = 0; want < 4; want++)
        for (size_t i = 0; i < shape->n; i++) {
            if (shape->columns[i].cursor != want)
                continue;
            struct row_value v = value_of(q, (int)i, ROW_TEXT);
            if (v.type == ROW_INT)
                json_int(&j, v.integer);
            else if (v.type == ROW_REAL)
                buf_fmt((json_raw(&j, (struct str){0}), out), "%.17g", v.real);
            else
                json_str(&j, v.text);
        }
    json_end_array(&j);
}

/* Hexadecimal: stands in a URL as it is. */
static void write_cursor(struct buf *from, struct store_page *page)
{
    static const char hex[] = "0123456789abcdef";
    if (from->n * 2 >= sizeof page->next)
        return;
    for (size_t i = 0; i < from->n; i++) {
        page->next[2 * i] = hex[(unsigned char)from->p[i] >> 4];
        page->next[2 * i + 1] = hex[from->p[i] & 15];
    }
    page->next[2 * from->n] = 0;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_cursor(struct arena *a, struct str text, cJSON **tree, struct err *err)
{
    char *json = arena_alloc(a, text.n / 2 + 1);
    bool ok = text.n % 2 == 0 && text.n < sizeof((struct store_page *)0)->next;
    for (size_t i = 0; ok && i < text.n; i += 2) {
        int high = hex_digit(text.p[i]), low = hex_digit(text.p[i + 1]);
        ok = high >= 0 && low >= 0;
        json[i / 2] = ok ? (char)(high << 4 | low) : 0;
    }
    if (!ok || !json_parse((struct str){json, text.n / 2}, tree, NULL))
        return fail(err, ERR_INVALID, "the cursor is not one of this list");
    if (cJSON_IsArray(*tree) && cJSON_GetArraySize(*tree) <= 4)
        return true;
    cJSON_Delete(*tree);
    *tree = NULL;
    return fail(err, ERR_INVALID, "the cursor is not one of this list");
}

/* ------------------------------------------------------------------------------------- binding */

static void opt_str(struct query *q, const char *name, struct str value)
{
    if (query_has(q, name))
        query_str_opt(q, name, value);
}

static void opt_int(struct query *q, const char *name, int64_t value)
{
    if (query_has(q, name))
        query_int_opt(q, name, value);
}

static void bind_cursor(struct query *q, const cJSON *cursor)
{
    static const char *const names[] = {":c0", ":c1", ":c2", ":c3"};
    for (int i = 0; i < cJSON_GetArraySize(cursor); i++) {
        const cJSON *item = cJSON_GetArrayItem(cursor, i);
        if (!query_has(q, names[i]))
            continue;
        double number = item->valuedouble;
        if (cJSON_IsString(item))
            query_str(q, names[i], str_of(item->valuestring));
        else if (number == (double)(int64_t)number)
            query_int(q, names[i], (int64_t)number);
        else
            query_real(q, names[i], number);
    }
}

/* What is bound besides the filter's own fields. */
struct binding {
    int64_t outlet;
    struct str match, like;
    const cJSON *cursor;
    int64_t limit;
};

static void bind(struct query *q, const struct store_query *what, const struct binding *b)
{
    const struct store_filter *f = &what->filter;
    if (!q->statement)
        return;
    opt_int(q, ":story", f->story);
    opt_int(q, ":article", f->article);
    opt_int(q, ":utterance", f->utterance);
    opt_int(q, ":import", f->import);
    opt_int(q, ":outlet", b->outlet);
    opt_int(q, ":disputed", f->disputed);
    opt_int(q, ":orphaned", f->orphaned);
    opt_int(q, ":left", f->left);
    opt_int(q, ":id", what->id);
    opt_int(q, ":limit", b->limit);
    opt_str(q, ":key", what->key);
    opt_str(q, ":actor", f->actor);
    opt_str(q, ":issue", f->issue);
    opt_str(q, ":of", f->of);
    opt_str(q, ":stance", f->stance);
    opt_str(q, ":kind", f->kind);
    opt_str(q, ":status", f->status);
    opt_str(q, ":rule", f->rule);
    opt_str(q, ":nature", f->nature);
    opt_str(q, ":language", f->language);
    opt_str(q, ":type", f->type);
    opt_str(q, ":order", f->order);
    opt_str(q, ":by", f->by);
    opt_str(q, ":target", f->target);
    opt_str(q, ":from", f->from);
    opt_str(q, ":to", f->to);
    opt_str(q, ":match", b->match);
    opt_str(q, ":like", b->like);
    if (query_has(q, ":confidence"))
        query_real(q, ":confidence", f->min_confidence);
    bind_cursor(q, b->cursor);
}

/* An outlet by number or name; -1 for one that is not there, so that nothing is found. */
static int64_t outlet_id(struct db *db, struct str outlet)
{
    uint64_t number;
    if (outlet.n == 0)
        return 0;
    if (str_to_u64(outlet, &number) && number < INT64_MAX)
        return (int64_t)number;
    struct query q = query_begin(db, "SELECT coalesce(part_of, id) FROM outlets WHERE name = :name"
                                     " UNION ALL SELECT coalesce(part_of, id) FROM outlets"
                                     " WHERE found = :name LIMIT 1");
    query_str(&q, ":name", outlet);
    int64_t id = query_step(&q) ? query_get_int(&q, 0) : -1;
    return query_end(&q, NULL) ? id : -1;
}

/* %words% with what LIKE would take for a wild card escaped. */
static struct str like_pattern(struct arena *a, struct str words)
{
    char *p = arena_alloc(a, words.n * 2 + 3);
    size_t n = 0;
    p[n++] = '%';
    for (size_t i = 0; i < words.n; i++) {
        if (words.p[i] == '%' || words.p[i] == '_' || words.p[i] == '\\')
            p[n++] = '\\';
        p[n++] = words.p[i];
    }
    p[n++] = '%';
    return (struct str){p, n};
}

static bool make_binding(struct db *db, struct arena *a, const struct store_query *what,
                         struct binding *b, struct err *err)
{
    b->outlet = outlet_id(db, what->filter.outlet);
    if (what->filter.q.n)
        b->like = like_pattern(a, str_slice(what->filter.q, 0, 200));
    return what->noun != NOUN_SEARCH || db->engine->match(a, what->filter.q, &b->match, err);
}

/* --------------------------------------------------------------------------------------- pages */

struct listing {
    struct arena arena;
    struct binding binding;
    struct noun_sql sql;
    cJSON *cursor;
    struct db *db;
    int64_t most; /* rows of a page */
};

static bool listing_begin(struct store *store, const struct store_query *what, struct listing *l,
                          struct err *err)
{
    l->sql = noun_sql_for(store->engine, what);
    if (what->cursor.n && !read_cursor(&l->arena, what->cursor, &l->cursor, err))
        return false;
    l->binding.cursor = l->cursor;
    l->db = store_read_begin(store, l->sql.limit_ms ? l->sql.limit_ms : READ_LIMIT_MS, err);
    return l->db && make_binding(l->db, &l->arena, what, &l->binding, err);
}

static void listing_end(struct store *store, struct listing *l)
{
    if (l->db)
        store_read_end(store, l->db);
    cJSON_Delete(l->cursor);
    arena_finish(&l->arena);
}

/* One row more than the page holds is asked for, to know whether there is a next page. */
static bool list_page(struct listing *l, const struct store_query *what, struct row_sink *sink,
                      struct store_page *page, struct err *err)
{
    struct shape shape;
    struct buf last = {0};
    int64_t limit = what->limit ? what->limit : 50, n = 0;
    limit = limit < l->most ? limit : l->most;
    l->binding.limit = limit + 1;
    page->next[0] = 0;
    struct query q = query_begin(l->db, l->sql.list);
    if (!q.statement)
        return query_end(&q, err);
    bind(&q, what, &l->binding);
    read_shape(&q, &shape);
    announce(&shape, sink);
    while (n <= limit && !(what->stop && *what->stop) && query_step(&q)) {
        if (n++ == limit) {
            write_cursor(&last, page);
            break;
        }
        write_row(&q, &shape, sink);
        if (n == limit)
            keep_cursor(&q, &shape, &last);
    }
    buf_finish(&last);
    return query_end(&q, err);
}

static bool list_count(struct listing *l, const struct store_query *what, int64_t *total,
                       struct err *err)
{
    struct query q = query_begin(l->db, l->sql.count);
    bind(&q, what, &l->binding);
    if (query_step(&q))
        *total = query_get_int(&q, 0);
    return query_end(&q, err);
}

bool store_list(struct store *store, const struct store_query *what, struct row_sink *sink,
                struct store_page *page, struct err *err)
{
    struct listing l = {.most = LIST_LIMIT};
    struct store_page out = {0};
    bool ok = listing_begin(store, what, &l, err) && list_page(&l, what, sink, &out, err) &&
              list_count(&l, what, &out.total, err);
    listing_end(store, &l);
    out.more = out.total > COUNT_MOST;
    out.total = out.more ? COUNT_MOST : out.total;
    if (ok)
        *page = out;
    return ok;
}

/* The header line comes once: later pages go to a sink that does not announce. */
bool store_list_all(struct store *store, const struct store_query *what, struct row_sink *sink,
                    struct err *err)
{
    struct listing l = {0};
    struct store_query page_of = *what;
    struct store_page page = {0};
    void (*columns)(struct row_sink *, const char *const *, size_t) = sink->columns;
    l.most = page_of.limit = ALL_AT_ONCE;
    bool ok = listing_begin(store, what, &l, err);
    do {
        if (ok)
            db_limit(l.db, READ_LIMIT_MS);
        ok = ok && list_page(&l, &page_of, sink, &page, err);
        sink->columns = NULL;
        cJSON_Delete(l.cursor);
        l.cursor = NULL;
        ok = ok && (!page.next[0] || read_cursor(&l.arena, str_of(page.next), &l.cursor, err));
        l.binding.cursor = l.cursor;
    } while (ok && page.next[0] && !(what->stop && *what->stop));
    sink->columns = columns;
    listing_end(store, &l);
    return ok;
}

bool store_item(struct store *store, const struct store_query *what, struct row_sink *sink,
                struct err *err)
{
    struct listing l = {0};
    struct shape shape;
    bool found = false, ok = listing_begin(store, what, &l, err);
    if (ok && !l.sql.item) {
        ok = fail(err, ERR_MISSING, "there is no such thing");
    } else if (ok) {
        struct query q = query_begin(l.db, l.sql.item);
        bind(&q, what, &l.binding);
        if ((found = query_step(&q))) {
            read_shape(&q, &shape);
            write_row(&q, &shape, sink);
        }
        ok = query_end(&q, err);
    }
    listing_end(store, &l);
    return ok && (found || fail(err, ERR_MISSING, "there is no such thing"));
}

static struct noun_sql search_rows(const struct engine *engine, const struct store_filter *f)
{
    struct search_hits hits = search_hits_for(engine, f->type);
    return (struct noun_sql){hits.list, hits.count, hits.facets, SEARCH_LIMIT_MS};
}

static struct noun_sql other_rows(const struct store_query *query)
{
    if (query->noun == NOUN_REREAD)
        return reread_rows();
    if (query->noun == NOUN_ACTOR_LIST)
        return actor_list_rows();
    return query->noun == NOUN_CHANGE ? change_rows() : coding_nouns(query);
}

struct noun_sql noun_sql_for(const struct engine *engine, const struct store_query *query)
{
    const struct store_filter *f = &query->filter;
    switch (query->noun) {
    case NOUN_STORY:
        return story_rows(f, query->id == 0);
    case NOUN_ARTICLE:
        return article_rows(f);
    case NOUN_VERSION:
        return version_rows();
    case NOUN_OUTLET:
        return outlet_rows();
    case NOUN_ACTOR:
        return actor_rows(f);
    case NOUN_STATEMENT:
        return statement_rows(f);
    case NOUN_STANCE:
        return stance_rows(f);
    case NOUN_NEWS:
        return news_rows(f);
    case NOUN_NEWS_CHANGE:
        return news_change_rows(f);
    case NOUN_NEWS_CONFLICT:
        return news_conflict_rows(f);
    case NOUN_UTTERANCE:
        return utterance_rows(f);
    case NOUN_ISSUE:
        return issue_rows(f);
    case NOUN_POSITION:
        return position_rows(f);
    case NOUN_CONFLICT:
        return conflict_rows(f);
    case NOUN_SEARCH:
        return search_rows(engine, f);
    case NOUN_TIMELINE:
        return timeline_rows(f);
    case NOUN_NODE:
        return node_rows(f);
    case NOUN_EDGE:
        return edge_rows(f);
    case NOUN_IMPORT:
        return import_rows();
    case NOUN_IMPORT_ITEM:
        return import_item_rows();
    case NOUN_DECISION:
        return decision_rows(f);
    case NOUN_WATCH:
        return watch_rows();
    case NOUN_HOOK:
        return hook_rows();
    case NOUN_HOOK_CALL:
        return hook_call_rows();
    case NOUN_REREAD:
    case NOUN_ACTOR_LIST:
    case NOUN_CHANGE:
    case NOUN_CODING:
    case NOUN_SAMPLE:
    case NOUN_SAMPLED:
    case NOUN_COUNT:
        break;
    }
    return other_rows(query);
}

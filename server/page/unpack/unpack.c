/* Files that hold several articles: what they are, their limits, and tables. See unpack.h. */
#include "page/unpack/parts.h"

#include "base/file.h"
#include "base/url.h"

#include <stdio.h>
#include <sys/stat.h>

enum { TABLE_MAX = 256 << 20, NARROW = 512 };

static bool is_archive(struct str head)
{
    return str_starts(head, S("PK\3\4")) || str_starts(head, S("PK\5\6")) ||
           str_starts(head, S("\x1F\x8B")) || str_starts(head, S("WARC/")) ||
           str_starts(str_slice(head, 257, head.n), S("ustar"));
}

static bool is_other_archive(struct str head)
{
    return str_starts(head, S("Rar!\x1A\7")) || str_starts(head, S("7z\xBC\xAF\x27\x1C")) ||
           str_starts(head, S("\xFD"
                              "7zXZ")) ||
           str_starts(head, S("BZh9")) || str_starts(head, S("\x28\xB5\x2F\xFD"));
}

/* Behind the comments, instructions and declarations that open a text of markup. */
static struct str first_tag(struct str s)
{
    for (bool more = true; more;) {
        bool comment = str_starts(s, S("<!--"));
        more = comment || str_starts(s, S("<?")) ||
               (str_starts(s, S("<!")) && !str_eq_case(str_slice(s, 0, 14), S("<!doctype html")));
        size_t close = str_find(s, comment ? S("-->") : S(">"), 2);
        if (more)
            s = close == STR_NONE ? (struct str){0}
                                  : str_trim(str_slice(s, close + (comment ? 3 : 1), s.n));
    }
    return s;
}

/* A page or a feed, by its first tag. */
static bool is_markup(struct str text)
{
    static const struct str tags[] = {
        STR("<!doctype html"), STR("<html"),         STR("<head"),
        STR("<body"),          STR("<article"),      STR("<main"),
        STR("<div"),           STR("<p>"),           STR("<h1"),
        STR("<section"),       STR("<title"),        STR("<meta"),
        STR("<rss"),           STR("<rdf:"),         STR("<feed"),
        STR("<urlset"),        STR("<opml"),         STR("<nitf"),
        STR("<newsml"),        STR("<sitemapindex"), STR("<atom:feed"),
        STR("<a:feed"),        STR("<newsitem")};
    struct str tag = first_tag(text);
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (str_eq_case(str_slice(tag, 0, tags[i].n), tags[i]))
            return true;
    return false;
}

/* UTF-16 without its zero bytes: what of it is ASCII. */
static struct str narrowed(struct str head, char out[NARROW])
{
    size_t n = 0;
    for (size_t i = 2; i < head.n && n < NARROW; i++)
        if (head.p[i])
            out[n++] = head.p[i];
    return (struct str){out, n};
}

bool head_is_readable(struct str head)
{
    char narrow[NARROW];
    struct str text = head;
    bool gzip = str_starts(head, S("\x1F\x8B")); /* of anything: its name has to tell */
    if ((is_archive(head) && !gzip) || mbox_is(head) || str_starts(head, S("%PDF-")) ||
        (str_starts(head, S("From: ")) && str_contains(head, S("\nSubject: "))) ||
        str_contains(head, S("MIME-Version: ")))
        return true;
    if (str_starts(text, S("\xEF\xBB\xBF")))
        text = str_slice(text, 3, text.n);
    else if (str_starts(text, S("\xFF\xFE")) || str_starts(text, S("\xFE\xFF")))
        text = narrowed(text, narrow);
    text = str_trim(text);
    return str_starts(text, S("<")) && !str_starts(text, S("<?php")) && is_markup(text);
}

enum unpack_kind unpack_kind(struct str head, struct str name, struct str content_type)
{
    if (str_contains(content_type, S("leaf=1")))
        return UNPACK_NONE;
    if (is_archive(head))
        return UNPACK_ARCHIVE;
    if (is_other_archive(head))
        return UNPACK_OTHER;
    if (mbox_is(head))
        return UNPACK_MBOX;
    struct str told = name_content_type(name), text = head;
    if (str_contains(content_type, S("html")))
        return UNPACK_NONE;
    if (str_eq(told, S("text/csv")) || str_starts(content_type, S("text/csv")) ||
        str_starts(content_type, S("text/tab-separated-values")))
        return UNPACK_CSV;
    if (str_starts(text, S("\xEF\xBB\xBF")))
        text = str_slice(text, 3, text.n);
    text = str_trim(text);
    bool json = str_starts(text, S("{")) || str_starts(text, S("["));
    bool named = str_contains(told, S("json")) || str_contains(content_type, S("json")) ||
                 (!name_is_readable(name) && json_is_likely(head, S("")));
    return json && named && !str_contains(head, S("jsonfeed.org")) ? UNPACK_JSON : UNPACK_NONE;
}

struct str unpack_leaf_type(struct arena *a, struct str content_type)
{
    return arena_fmt(a, "%.*s; leaf=1", STR_ARG(content_type));
}

/* ---------------------------------------------------------------------------------------- limits
 */

bool unpack_problem(struct unpacking *u, struct str name, const char *sentence)
{
    struct unpack_member m = {.name = name, .problem = str_of(sentence)};
    if (!u->ended && !u->sink->take(u->sink, &m))
        u->ended = u->stopped = true;
    return !u->ended;
}

bool unpack_count(struct unpacking *u, struct str name, size_t bytes)
{
    u->out += bytes;
    const char *problem =
        u->out > u->source->most ? "the rest is left out: more came out of it than is read at once"
        : u->out > UNPACK_FREE && u->out / UNPACK_RATIO > u->in
            ? "the rest is left out: it unpacks to more than a hundred times its size"
            : NULL;
    if (!problem)
        return !u->ended;
    unpack_problem(u, name, problem);
    u->ended = true;
    return false;
}

/* ---------------------------------------------------------------------------------------- tables
 */

struct rows {
    struct record_sink sink;
    struct unpacking *u;
    struct arena one;
    struct str name;
    const char *unit;
    size_t given;
};

static bool take_row(struct record_sink *sink, size_t number, const struct record *record,
                     struct str problem)
{
    struct rows *r = (struct rows *)sink;
    arena_reset(&r->one);
    struct unpack_member m = {
        .name = arena_fmt(&r->one, "%.*s, %s %zu", STR_ARG(r->name), r->unit, number),
        .content_type = S("application/ld+json"),
        .problem = problem};
    if (record) {
        m.bytes = record_write(&r->one, record);
        if (url_is_web(record->field[RECORD_URL]))
            m.url = record->field[RECORD_URL];
    }
    r->given++;
    return unpack_member(r->u, &m, UNPACK_LEVELS + 1);
}

/* One article alone in its file? Then the file goes on as it is. */
struct counter {
    struct record_sink sink;
    size_t articles, problems;
};

static bool count_row(struct record_sink *sink, size_t number, const struct record *record,
                      struct str problem)
{
    struct counter *c = (struct counter *)sink;
    (void)number;
    c->articles += record != NULL;
    c->problems += problem.n > 0;
    return c->articles + c->problems < 2;
}

static bool is_single(struct unpacking *u, struct str bytes)
{
    struct counter c = {.sink = {count_row}};
    return !u->source->map.told && records_of_json(bytes, &u->source->map, &c.sink, NULL) &&
           c.articles == 1 && c.problems == 0;
}

static void unpack_table(struct unpacking *u, struct str bytes, struct str name, bool csv)
{
    bool feed = !csv && str_contains(bytes, S("jsonfeed.org/version/"));
    if (feed || (!csv && is_single(u, bytes))) {
        struct unpack_member m = {.name = name,
                                  .bytes = bytes,
                                  .content_type =
                                      feed ? S("application/feed+json") : S("application/json")};
        unpack_member(u, &m, UNPACK_LEVELS + 1);
        return;
    }
    struct rows r = {.sink = {take_row}, .u = u, .name = name, .unit = csv ? "row" : "item"};
    struct err err = {0};
    const struct record_map *map = &u->source->map;
    bool ok = csv ? records_of_csv(bytes, map, &r.sink, &err)
                  : records_of_json(bytes, map, &r.sink, &err);
    arena_finish(&r.one);
    if (ok && r.given == 0 && !u->ended)
        unpack_problem(u, name, "the table holds no row");
    else if (!ok)
        unpack_problem(u, name, err.message);
}

/* ----------------------------------------------------------------------------------- one level */

static bool open_member(struct unpacking *u, const struct unpack_member *m, enum unpack_kind kind,
                        int level)
{
    if (kind == UNPACK_OTHER)
        return unpack_problem(u, m->name,
                              "archives of this kind are not read; make it a zip or a tar");
    if (kind == UNPACK_ARCHIVE && level >= UNPACK_LEVELS)
        return unpack_problem(u, m->name, "archives are opened three deep and no deeper");
    if (kind == UNPACK_ARCHIVE)
        return unpack_archive(u, NULL, m->bytes, m->name, level + 1);
    if (kind == UNPACK_MBOX)
        unpack_mbox(u, m->bytes, m->name);
    else
        unpack_table(u, m->bytes, m->name, kind == UNPACK_CSV);
    return !u->ended;
}

bool unpack_member(struct unpacking *u, const struct unpack_member *m, int level)
{
    enum unpack_kind kind =
        m->problem.n || level > UNPACK_LEVELS
            ? UNPACK_NONE
            : unpack_kind(str_slice(m->bytes, 0, 512), m->name, m->content_type);
    if (u->ended)
        return false;
    if (kind != UNPACK_NONE)
        return open_member(u, m, kind, level);
    if (++u->members > UNPACK_MEMBERS) {
        unpack_problem(u, m->name, "the rest is left out: there are more than 100,000 members");
        u->ended = true;
        return false;
    }
    struct unpack_member given = *m;
    if (given.problem.n == 0 && str_trim(given.bytes).n == 0)
        given.problem = S("the file is empty");
    if (given.problem.n)
        given.bytes = (struct str){0};
    if (!u->sink->take(u->sink, &given))
        u->ended = u->stopped = true;
    return !u->ended;
}

static size_t size_of(const struct unpack_source *source)
{
    struct stat info;
    if (!source->path)
        return source->bytes.n;
    return stat(source->path, &info) == 0 && info.st_size > 0 ? (size_t)info.st_size : 1;
}

bool unpack(const struct unpack_source *source, struct unpack_sink *sink)
{
    struct unpacking u = {.source = source, .sink = sink, .in = size_of(source)};
    struct arena a = {0};
    struct err err = {0};
    struct str head = str_slice(source->bytes, 0, 512);
    char first[512];
    FILE *file = source->path ? fopen(source->path, "rb") : NULL;
    if (file) {
        head = (struct str){first, fread(first, 1, sizeof first, file)};
        fclose(file);
    }
    enum unpack_kind kind = unpack_kind(head, source->name, source->content_type);
    struct unpack_member whole = {
        .name = source->name, .bytes = source->bytes, .content_type = source->content_type};
    if (kind == UNPACK_ARCHIVE)
        unpack_archive(&u, source->path, source->bytes, source->name, 1);
    else if (source->path && kind != UNPACK_OTHER &&
             !file_read(&a, source->path, TABLE_MAX, &whole.bytes, &err))
        unpack_problem(&u, source->name, err.message);
    else
        unpack_member(&u, &whole, 0);
    arena_finish(&a);
    return !u.stopped;
}

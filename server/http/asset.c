/* Pages, modules and styles. In the binary their answers are made once, at the start, plain and
 * compressed; with --web DIR every request reads the file anew. Pages get their bar from bar.c.
 *
 * A file's address is its name. A page's address is its name without ".html", alone or with one
 * segment behind it that its script reads: /search and /story/7 are search.html and story.html. One
 * that has a room of its own stands there: /coding/7 is lib/coding/coding.html. */
#include "http/parts.h"

#include "assets/assets.h"
#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LARGEST_FILE = 16 << 20 };

struct asset {
    struct str key, bytes, gzip; /* gzip: empty where it gains nothing */
    const char *etag;
    struct MHD_Response *plain, *zipped; /* zipped: NULL without gzip */
};

struct asset_set {
    const char *web_dir;
    struct asset *items; /* in the order of assets_web, sorted by key */
    size_t n;
    struct arena arena; /* pages with their bar */
};

static const char *type_of(struct str name)
{
    static const struct {
        struct str suffix;
        const char *type;
    } types[] = {
        {STR(".html"), "text/html; charset=utf-8"},
        {STR(".js"), "text/javascript; charset=utf-8"},
        {STR(".css"), "text/css; charset=utf-8"},
        {STR(".json"), "application/json"},
        {STR(".svg"), "image/svg+xml"},
        {STR(".png"), "image/png"},
        {STR(".ico"), "image/x-icon"},
        {STR(".woff2"), "font/woff2"},
        {STR(".webmanifest"), "application/manifest+json"},
        {STR(".txt"), "text/plain; charset=utf-8"},
        {STR(".py"), "text/plain; charset=utf-8"},
        {STR(".R"), "text/plain; charset=utf-8"},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_ends(name, types[i].suffix))
            return types[i].type;
    return "application/octet-stream";
}

static struct MHD_Response *make_response(const struct asset *a, bool gzip)
{
    struct str bytes = gzip ? a->gzip : a->bytes;
    struct MHD_Response *r = MHD_create_response_from_buffer(bytes.n, (void *)(uintptr_t)bytes.p,
                                                             MHD_RESPMEM_PERSISTENT);
    if (!r)
        out_of_memory();
    char etag[40];
    snprintf(etag, sizeof etag, "\"%s%s\"", a->etag, gzip ? "-gz" : "");
    response_security_headers(r);
    MHD_add_response_header(r, "Content-Type", type_of(a->key));
    MHD_add_response_header(r, "ETag", etag);
    MHD_add_response_header(r, "Vary", "Accept-Encoding");
    if (gzip)
        MHD_add_response_header(r, "Content-Encoding", "gzip");
    return r;
}

/* Puts the bar into a page that wants it; its validator and its compressed form follow. */
static void fill_page(struct arena *arena, struct asset *a)
{
    const struct embedded *bar = asset_find(assets_web, S(BAR_FILE));
    struct buf page = {0};
    if (!bar || !bar_wanted(a->bytes))
        return;
    bar_fill(arena, a->bytes, a->key, bar->bytes, &page);
    a->bytes = arena_str(arena, buf_str(&page));
    a->etag = arena_fmt(arena, "%016llx", (unsigned long long)str_hash(a->bytes)).p;
    a->gzip = response_compress(&page) ? arena_str(arena, buf_str(&page)) : S("");
    buf_finish(&page);
}

static struct asset asset_of(struct arena *arena, const struct embedded *file)
{
    struct asset a = {str_of(file->key), file->bytes, file->gzip, file->etag, NULL, NULL};
    if (str_ends(a.key, S(".html")))
        fill_page(arena, &a);
    a.plain = make_response(&a, false);
    if (a.gzip.n)
        a.zipped = make_response(&a, true);
    return a;
}

struct asset_set *assets_create(const char *web_dir, struct err *err)
{
    struct stat st;
    if (web_dir && (stat(web_dir, &st) != 0 || !S_ISDIR(st.st_mode)))
        return fail(err, ERR_MISSING, "the folder of pages does not exist"), NULL;
    struct asset_set *set = calloc(1, sizeof *set);
    while (set && assets_web[set->n].key)
        set->n++;
    if (!set || !(set->items = calloc(set->n + 1, sizeof *set->items)))
        out_of_memory();
    set->web_dir = web_dir;
    for (size_t i = 0; i < set->n; i++)
        set->items[i] = asset_of(&set->arena, &assets_web[i]);
    return set;
}

void assets_destroy(struct asset_set *set)
{
    for (size_t i = 0; set && i < set->n; i++) {
        MHD_destroy_response(set->items[i].plain);
        if (set->items[i].zipped)
            MHD_destroy_response(set->items[i].zipped);
    }
    if (set) {
        arena_finish(&set->arena);
        free(set->items);
    }
    free(set);
}

static const struct asset *find(const struct asset_set *set, struct str key)
{
    size_t low = 0, high = set->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = str_cmp(set->items[middle].key, key);
        if (order == 0)
            return &set->items[middle];
        *(order < 0 ? &low : &high) = order < 0 ? middle + 1 : middle;
    }
    return NULL;
}

/* Names that can be looked up in a folder: no hidden files, no way up, nothing odd. */
static bool plain_name(struct str key)
{
    bool start = true;
    for (size_t i = 0; i < key.n; i++) {
        char c = key.p[i];
        bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!word && c != '-' && c != '_' && (start || (c != '.' && c != '/')))
            return false;
        start = c == '/';
    }
    return key.n > 0 && !start;
}

static bool file_exists(struct exchange *x, struct str key)
{
    const struct asset_set *set = x->server->assets;
    struct stat st;
    if (!set->web_dir)
        return find(set, key) != NULL;
    return plain_name(key) &&
           stat(arena_fmt(&x->arena, "%s/%.*s", set->web_dir, STR_ARG(key)).p, &st) == 0 &&
           S_ISREG(st.st_mode);
}

/* The file that answers for a path, or the empty slice. */
static struct str key_of(struct exchange *x)
{
    struct str path = x->context.request.path, key = str_slice(path, 1, path.n);
    if (!key.n)
        return S("index.html");
    if (file_exists(x, key))
        return key;
    size_t slash = str_find_char(key, '/', 0);
    struct str page = str_slice(key, 0, slash), rest = str_slice(key, slash, key.n);
    if (!page.n || str_find_char(page, '.', 0) != STR_NONE ||
        str_find_char(rest, '/', 1) != STR_NONE)
        return (struct str){0};
    key = arena_fmt(&x->arena, "%.*s.html", STR_ARG(page));
    struct str room = arena_fmt(&x->arena, "lib/%.*s/%.*s.html", STR_ARG(page), STR_ARG(page));
    return file_exists(x, key) ? key : file_exists(x, room) ? room : (struct str){0};
}

bool asset_exists(struct exchange *x)
{
    struct str key = key_of(x);
    return key.n && file_exists(x, key);
}

static bool read_from_folder(struct exchange *x, struct str key, struct str *bytes)
{
    struct str path = arena_fmt(&x->arena, "%s/%.*s", x->server->assets->web_dir, STR_ARG(key));
    return file_read(&x->arena, path.p, LARGEST_FILE, bytes, NULL);
}

static bool answer_from_folder(struct exchange *x, struct str key, enum MHD_Result *result)
{
    struct http_response *a = &x->context.response;
    struct str bytes, bar;
    if (!read_from_folder(x, key, &bytes))
        return false;
    if (str_ends(key, S(".html")) && bar_wanted(bytes) && read_from_folder(x, S(BAR_FILE), &bar))
        bar_fill(&x->arena, bytes, key, bar, &a->body);
    else
        buf_add(&a->body, bytes);
    a->type = type_of(key);
    *result = response_send(x);
    return true;
}

bool asset_answer(struct exchange *x, enum MHD_Result *result)
{
    struct str key = key_of(x);
    if (x->server->assets->web_dir)
        return key.n && answer_from_folder(x, key, result);
    const struct asset *a = key.n ? find(x->server->assets, key) : NULL;
    if (!a)
        return false;
    bool gzip = a->zipped && response_accepts_gzip(x->header[H_ACCEPT_ENCODING]);
    const char *tag = response_client_tag(x, a->etag);
    if (!tag && str_eq(x->header[H_IF_NONE_MATCH], S("*")))
        tag = a->etag;
    if (tag) {
        *result = response_not_modified(x, tag);
        return true;
    }
    x->sent = gzip ? a->gzip.n : a->bytes.n;
    *result = response_queue(x, 200, gzip ? a->zipped : a->plain);
    return true;
}

/* Where a person looks, as the browser says, a page stands in place of the problem document. */
bool asset_missing(struct exchange *x, enum MHD_Result *result)
{
    const struct http_request *r = &x->context.request;
    struct str key = S("lib/page/missing.html");
    if (x->err.kind != ERR_MISSING || x->status || x->context.route || r->method != HTTP_GET ||
        !str_contains(x->header[H_ACCEPT], S("text/html")) || str_starts(r->path, S("/api/")))
        return false;
    x->context.response.status = 404;
    if (x->server->assets->web_dir)
        return answer_from_folder(x, key, result);
    const struct asset *a = find(x->server->assets, key);
    if (!a)
        return false;
    bool gzip = a->zipped && response_accepts_gzip(x->header[H_ACCEPT_ENCODING]);
    x->sent = gzip ? a->gzip.n : a->bytes.n;
    *result = response_queue(x, 404, gzip ? a->zipped : a->plain);
    return true;
}

/* Pages, modules and styles. In the binary their answers are made once, at the start, plain and
 * compressed; with --web DIR every request reads the file anew.
 *
 * A file's address is its name. A page's address is its name without ".html", alone or with one
 * segment behind it that its script reads: /search and /story/7 are search.html and story.html. */
#include "http/parts.h"

#include "assets/assets.h"
#include "base/file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LARGEST_FILE = 16 << 20 };

struct asset {
    const struct embedded *file;
    struct MHD_Response *plain, *gzip; /* gzip: NULL where it gains nothing */
};

struct asset_set {
    const char *web_dir;
    struct asset *items; /* in the order of assets_web, sorted by key */
    size_t n;
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
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_ends(name, types[i].suffix))
            return types[i].type;
    return "application/octet-stream";
}

static struct MHD_Response *make_response(struct str bytes, const struct embedded *file, bool gzip)
{
    struct MHD_Response *r = MHD_create_response_from_buffer(bytes.n, (void *)(uintptr_t)bytes.p,
                                                             MHD_RESPMEM_PERSISTENT);
    if (!r)
        return NULL;
    char etag[40];
    snprintf(etag, sizeof etag, "\"%s%s\"", file->etag, gzip ? "-gz" : "");
    response_security_headers(r);
    MHD_add_response_header(r, "Content-Type", type_of(str_of(file->key)));
    MHD_add_response_header(r, "ETag", etag);
    MHD_add_response_header(r, "Vary", "Accept-Encoding");
    if (gzip)
        MHD_add_response_header(r, "Content-Encoding", "gzip");
    return r;
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
        abort();
    set->web_dir = web_dir;
    for (size_t i = 0; i < set->n; i++) {
        struct asset *a = &set->items[i];
        a->file = &assets_web[i];
        a->plain = make_response(a->file->bytes, a->file, false);
        if (a->file->gzip.n)
            a->gzip = make_response(a->file->gzip, a->file, true);
        if (!a->plain)
            abort();
    }
    return set;
}

void assets_destroy(struct asset_set *set)
{
    for (size_t i = 0; set && i < set->n; i++) {
        MHD_destroy_response(set->items[i].plain);
        if (set->items[i].gzip)
            MHD_destroy_response(set->items[i].gzip);
    }
    if (set)
        free(set->items);
    free(set);
}

static const struct asset *find(const struct asset_set *set, struct str key)
{
    size_t low = 0, high = set->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = str_cmp(str_of(set->items[middle].file->key), key);
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
    return file_exists(x, key) ? key : (struct str){0};
}

bool asset_exists(struct exchange *x)
{
    struct str key = key_of(x);
    return key.n && file_exists(x, key);
}

static bool answer_from_folder(struct exchange *x, struct str key, enum MHD_Result *result)
{
    struct http_response *a = &x->context.response;
    struct str bytes;
    struct str path = arena_fmt(&x->arena, "%s/%.*s", x->server->assets->web_dir, STR_ARG(key));
    if (!file_read(&x->arena, path.p, LARGEST_FILE, &bytes, NULL))
        return false;
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
    bool gzip = a->gzip && response_accepts_gzip(x->header[H_ACCEPT_ENCODING]);
    const char *tag = response_client_tag(x, a->file->etag);
    if (!tag && str_eq(x->header[H_IF_NONE_MATCH], S("*")))
        tag = a->file->etag;
    if (tag) {
        *result = response_not_modified(x, tag);
        return true;
    }
    x->sent = gzip ? a->file->gzip.n : a->file->bytes.n;
    *result = response_queue(x, 200, gzip ? a->gzip : a->plain);
    return true;
}

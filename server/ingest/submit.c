/* What people hand in becomes items of the queue: see worker.h. */
#include "base/file.h"
#include "ingest/url.h"
#include "ingest/worker.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LARGEST = 16 << 20, AT_ONCE = 64, DEEPEST = 16 };

bool ingest_submit_items(struct store *store, struct str what,
                         const struct store_import_item *items, size_t n, int64_t *import,
                         struct err *err)
{
    return store_import_add(store, what, items, n, import, err);
}

static bool submit_address(struct store *store, struct str url, enum import_kind kind,
                           int64_t *import, struct err *err)
{
    struct store_import_item item = {.kind = kind, .name = url, .url = url};
    if (!url_is_web(url))
        return fail(err, ERR_INVALID, "that is not an http or https address");
    return store_import_add(store, url, &item, 1, import, err);
}

bool ingest_submit_url(struct store *store, struct str url, int64_t *import, struct err *err)
{
    return submit_address(store, url, IMPORT_URL, import, err);
}

bool ingest_submit_feed(struct store *store, struct str url, int64_t *import, struct err *err)
{
    return submit_address(store, url, IMPORT_FEED, import, err);
}

/* ------------------------------------------------------------------------- files and folders */

/* Items are handed over in portions, so that a large folder is never in memory as a whole. */
struct submission {
    struct store *store;
    struct arena arena;
    struct store_import_item items[AT_ONCE];
    size_t n, total;
    struct str what;
    const char *type;
    int64_t import;
    struct err *err;
};

static bool hand_over(struct submission *s)
{
    bool ok = s->n == 0 ||
              (s->import ? store_import_more(s->store, s->import, s->items, s->n, s->err)
                         : store_import_add(s->store, s->what, s->items, s->n, &s->import, s->err));
    s->total += s->n;
    s->n = 0;
    arena_reset(&s->arena);
    return ok;
}

static bool add_item(struct submission *s, struct store_import_item item)
{
    item.page_type = str_of(s->type);
    s->items[s->n++] = item;
    return s->n < AT_ONCE || hand_over(s);
}

/* A file that cannot be read is an item too: one that has failed already. */
static bool add_file(struct submission *s, const char *path)
{
    struct err problem = {0};
    struct store_import_item item = {.kind = IMPORT_BYTES};
    item.name = strcmp(path, "-") == 0 ? S("standard input") : arena_str(&s->arena, str_of(path));
    if (!file_read(&s->arena, path, LARGEST, &item.bytes, &problem))
        item.problem = arena_str(&s->arena, str_of(problem.message));
    else if (item.bytes.n == 0)
        item.problem = S("the file is empty");
    return add_item(s, item);
}

static bool has_page_suffix(struct str name)
{
    static const char *const suffixes[] = {".txt",   ".text", ".html", ".htm",
                                           ".xhtml", ".xml",  ".rss",  ".atom"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        struct str suffix = str_of(suffixes[i]);
        if (name.n > suffix.n && str_eq_case(str_slice(name, name.n - suffix.n, name.n), suffix))
            return true;
    }
    return false;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The visible entries' paths in order, the caller's to free. */
static size_t entries_of(const char *path, char ***out)
{
    size_t n = 0, cap = 0;
    DIR *folder = opendir(path);
    for (struct dirent *e; folder && (e = readdir(folder));) {
        struct buf name = {0};
        if (e->d_name[0] == '.')
            continue;
        if (n == cap) {
            cap = cap ? cap * 2 : 64;
            *out = realloc(*out, cap * sizeof **out);
        }
        buf_fmt(&name, "%s/%s", path, e->d_name);
        (*out)[n++] = name.p;
    }
    if (folder)
        closedir(folder);
    if (n)
        qsort(*out, n, sizeof **out, by_name);
    return n;
}

static bool add_folder(struct submission *s, const char *path, int depth)
{
    char **names = NULL;
    bool ok = true;
    size_t n = depth < DEEPEST ? entries_of(path, &names) : 0;
    for (size_t i = 0; i < n; i++) {
        struct stat info;
        if (ok && stat(names[i], &info) == 0) {
            if (S_ISDIR(info.st_mode))
                ok = add_folder(s, names[i], depth + 1);
            else if (S_ISREG(info.st_mode) && has_page_suffix(str_of(names[i])))
                ok = add_file(s, names[i]);
        }
        free(names[i]);
    }
    free(names);
    return ok;
}

static bool add_path(struct submission *s, const char *path)
{
    struct stat info;
    if (url_is_web(str_of(path))) {
        struct str url = arena_str(&s->arena, str_of(path));
        return add_item(s, (struct store_import_item){.kind = IMPORT_URL, .name = url, .url = url});
    }
    if (strcmp(path, "-") != 0 && stat(path, &info) == 0 && S_ISDIR(info.st_mode))
        return add_folder(s, path, 0);
    return add_file(s, path);
}

bool ingest_files(struct store *store, const char *const *paths, size_t n, const char *type,
                  int64_t *import, struct err *err)
{
    struct submission s = {.store = store, .type = type, .err = err};
    struct arena a = {0};
    s.what = n == 1 ? str_of(paths[0]) : arena_fmt(&a, "%zu things", n);
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        ok = add_path(&s, paths[i]);
    ok = ok && hand_over(&s);
    if (ok && s.total == 0)
        ok = fail(err, ERR_INVALID, "there is nothing to import: no text or page was found");
    if (ok)
        *import = s.import;
    arena_finish(&s.arena);
    arena_finish(&a);
    return ok;
}

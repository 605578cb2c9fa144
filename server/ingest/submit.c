/* What people hand in becomes items of the queue: see worker.h. */
#include "assets/assets.h"
#include "base/file.h"
#include "base/url.h"
#include "base/utf8.h"
#include "ingest/gather.h"
#include "ingest/worker.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST = 16 << 20, LARGEST_TABLE = 256 << 20, DEEPEST = 16 };
static const size_t LARGEST_UNPACKED = (size_t)8 << 30;

bool ingest_submit_items(struct store *store, const struct store_import_batch *batch,
                         int64_t *import, struct err *err)
{
    /* One transaction, unless pages of split articles are among them. */
    struct gather g = {.store = store, .what = batch->what, .err = err};
    bool split = false, ok = true;
    for (size_t i = 0; i < batch->n && batch->n > 1 && !split; i++)
        split = gather_is_split(&batch->items[i]);
    if (!split)
        return store_import_add(store, batch, import, err);
    for (size_t i = 0; ok && i < batch->n; i++)
        ok = gather_item(&g, batch->items[i]);
    return gather_end(&g, import) && ok;
}

static bool submit_address(struct store *store, struct str url, enum import_kind kind,
                           int64_t *import, struct err *err)
{
    struct store_import_item item = {.kind = kind, .name = url, .url = url};
    if (!url_is_web(url))
        return fail(err, ERR_INVALID, "that is not an http or https address");
    return store_import_add(store, &(struct store_import_batch){url, &item, 1}, import, err);
}

bool ingest_submit_url(struct store *store, struct str url, int64_t *import, struct err *err)
{
    return submit_address(store, url, IMPORT_URL, import, err);
}

bool ingest_submit_feed(struct store *store, struct str url, int64_t *import, struct err *err)
{
    return submit_address(store, url, IMPORT_FEED, import, err);
}

bool ingest_submit_sample(struct store *store, int64_t *import, struct err *err)
{
    struct store_import_item items[16] = {0};
    size_t n = 0;
    for (const struct embedded *e = assets_sample; e->key && n < sizeof items / sizeof *items; e++)
        items[n++] = (struct store_import_item){
            .kind = IMPORT_BYTES,
            .name = str_of(e->key),
            .bytes = e->bytes,
            .page_type = S("html"),
            .sample = true,
        };
    return ingest_submit_items(store, &(struct store_import_batch){S("the sample story"), items, n},
                               import, err);
}

/* ------------------------------------------------------------------------- files and folders */

/* Where what is found on disk goes. */
struct submission {
    struct gather to;
    struct arena arena; /* of the file at hand */
    struct arena names; /* of the arguments */
    struct map given;
    const char *type;
    const struct record_map *map;
};

static struct store_import_item item_of(const struct submission *s, struct str name)
{
    return (struct store_import_item){.kind = IMPORT_BYTES,
                                      .name = name,
                                      .page_type = str_of(s->type),
                                      .content_type = name_content_type(name)};
}

/* What holds several articles is unpacked right here, straight from the disk. */
static bool add_members(struct submission *s, const char *path, struct str bytes, struct str name)
{
    struct unpack_source source = {
        .path = path, .bytes = bytes, .name = name, .map = *s->map, .most = LARGEST_UNPACKED};
    s->to.sink.take = gather_sink;
    return unpack(&source, &s->to.sink);
}

/* The file's first bytes. */
static struct str head_of(const char *path, char *head, size_t size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t n = fd < 0 ? 0 : read(fd, head, size);
    if (fd >= 0)
        close(fd);
    return (struct str){head, n > 0 ? (size_t)n : 0};
}

static enum unpack_kind kind_of_file(const char *path, struct str name)
{
    char head[512];
    return unpack_kind(head_of(path, head, sizeof head), name, S(""));
}

/* Of a folder: an article by its name, or by its first bytes where the name does not tell. */
static bool is_wanted(const char *path)
{
    char head[4096];
    return name_is_readable(str_of(path)) || head_is_readable(head_of(path, head, sizeof head));
}

/* A file that cannot be read is an item too: one that has failed already. */
static bool add_file(struct submission *s, const char *path)
{
    struct err problem = {0};
    bool input = strcmp(path, "-") == 0, automatic = strcmp(s->type, "auto") == 0;
    struct store_import_item item =
        item_of(s, input ? S("standard input") : utf8_repair(&s->arena, str_of(path)));
    if (automatic && !input && kind_of_file(path, item.name) != UNPACK_NONE)
        return add_members(s, path, (struct str){0}, item.name);
    if (!file_read(&s->arena, path, input ? LARGEST_TABLE : LARGEST, &item.bytes, &problem))
        item.problem = arena_str(&s->arena, str_of(problem.message));
    else if (item.bytes.n == 0)
        item.problem = S("the file is empty");
    else if (automatic && unpack_kind(str_slice(item.bytes, 0, 512), item.name, S("")))
        return add_members(s, NULL, item.bytes, item.name);
    bool ok = gather_item(&s->to, item);
    arena_reset(&s->arena);
    return ok;
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

/* The folder of parts beside a saved page is not gone into. */
static bool add_folder(struct submission *s, const char *path, int depth)
{
    char **names = NULL;
    struct arena a = {0};
    struct map known = {0};
    bool ok = true;
    size_t n = depth < DEEPEST ? entries_of(path, &names) : 0;
    for (size_t i = 0; i < n; i++)
        name_add(&a, &known, str_of(names[i]));
    for (size_t i = 0; ok && i < n; i++) {
        struct stat info;
        if (stat(names[i], &info) != 0)
            continue;
        if (S_ISDIR(info.st_mode) && !name_is_part(&known, arena_fmt(&a, "%s/", names[i])))
            ok = add_folder(s, names[i], depth + 1);
        else if (S_ISREG(info.st_mode) && is_wanted(names[i]))
            ok = add_file(s, names[i]);
    }
    for (size_t i = 0; i < n; i++)
        free(names[i]);
    free(names);
    arena_finish(&a);
    return ok;
}

static bool add_path(struct submission *s, const char *path)
{
    struct stat info;
    if (url_is_web(str_of(path))) {
        struct str url = str_of(path);
        return gather_item(
            &s->to, (struct store_import_item){
                        .kind = IMPORT_URL, .name = url, .url = url, .page_type = str_of(s->type)});
    }
    if (strcmp(path, "-") != 0 && stat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
        struct str folder = str_of(path);
        while (folder.n > 1 && folder.p[folder.n - 1] == '/')
            folder.n--;
        return name_is_part(&s->given, arena_fmt(&s->names, "%.*s/", STR_ARG(folder))) ||
               add_folder(s, path, 0);
    }
    return add_file(s, path);
}

bool ingest_submit_files(struct store *store, const struct ingest_files *files, int64_t *import,
                         struct err *err)
{
    struct submission s = {.to = {.store = store, .err = err, .watch = files->watch},
                           .type = files->type,
                           .map = &files->map};
    int64_t made = 0;
    s.to.what =
        files->n == 1 ? str_of(files->paths[0]) : arena_fmt(&s.names, "%zu things", files->n);
    for (size_t i = 0; i < files->n; i++)
        name_add(&s.names, &s.given, str_of(files->paths[i]));
    bool ok = true;
    for (size_t i = 0; ok && i < files->n; i++)
        ok = add_path(&s, files->paths[i]);
    ok = gather_end(&s.to, &made) && ok;
    if (ok && made == 0)
        ok = fail(err, ERR_INVALID, "there is nothing to import: no text or page was found");
    if (ok)
        *import = made;
    arena_finish(&s.arena);
    arena_finish(&s.names);
    return ok;
}

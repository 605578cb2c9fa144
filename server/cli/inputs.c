/* The files a command is given. */
#include "cli/cli.h"

#include "base/file.h"
#include "base/utf8.h"
#include "cli/feed.h"
#include "page/unpack/unpack.h"

#include <stdio.h>
#include <string.h>

enum { LARGEST_FILE = 64 << 20, LARGEST_ARCHIVE = 512 << 20 };

static bool read_manifest(struct arena *a, const char *path, struct inputs *out, size_t *cap,
                          struct err *err)
{
    struct str rest, line;
    if (!file_read(a, path, LARGEST_FILE, &rest, err))
        return false;
    while (str_split(&rest, '\n', &line)) {
        struct input input = {0};
        if (str_trim(line).n == 0)
            continue;
        str_split(&line, '\t', &input.path);
        input.path = arena_str(a, input.path);
        input.url = arena_str(a, utf8_repair(a, str_trim(line)));
        out->v = arena_grow(a, out->v, out->n, cap, sizeof *out->v);
        out->v[out->n++] = input;
    }
    return true;
}

static bool page_type(const struct config *config, enum page_type *type, struct err *err)
{
    const char *given = config->value[OPT_TYPE];
    *type = page_type_named(str_of(given));
    return !given || strcmp(page_type_names[*type], given) == 0 ||
           fail(err, ERR_USAGE, "--type is auto, html, text or body, not \"%.20s\"", given);
}

bool cli_map(const struct config *config, struct record_map *map, struct err *err)
{
    struct err why = {0};
    if (record_map_parse(str_of(config->value[OPT_MAP]), map, &why))
        return true;
    return fail(err, ERR_USAGE, "--map: %s", why.message);
}

/* ------------------------------------------------------------- files that hold several articles */

/* Hands the members of one file on to the caller's input_sink. */
struct expansion {
    struct unpack_sink sink;
    struct input_sink *to;
    size_t file, files;
    bool ended;
};

/* A feed gives its entries, everything else goes on as it is. */
static void hand_on(struct expansion *e, const struct input *input)
{
    e->ended = feed_looks_like(input->bytes, input->content_type)
                   ? !inputs_of_feed(e->to, input, e->file, e->files)
                   : !e->to->take(e->to, input, e->file, e->files);
}

static bool take_member(struct unpack_sink *sink, const struct unpack_member *m)
{
    struct expansion *e = (struct expansion *)sink;
    hand_on(e, &(struct input){.path = m->name,
                               .url = m->url,
                               .bytes = m->bytes,
                               .content_type = m->content_type,
                               .problem = m->problem});
    return !e->ended;
}

/* What the file's first bytes say; of pages and texts its name alone. */
struct look {
    enum unpack_kind kind;
    bool feed; /* perhaps */
};

static struct look look_at(struct str path)
{
    static const struct str single[] = {STR(".html"), STR(".htm"), STR(".txt"), STR(".text")};
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (str_ends(path, single[i]))
            return (struct look){0};
    char bytes[512];
    FILE *file = fopen(path.p, "rbe");
    struct str head = {bytes, file ? fread(bytes, 1, sizeof bytes, file) : 0};
    if (file)
        fclose(file);
    return (struct look){.kind = unpack_kind(head, path, S("")),
                         .feed = str_find_char(head, '<', 0) != STR_NONE ||
                                 str_find_char(head, '{', 0) != STR_NONE};
}

static void expand_file(struct expansion *e, const struct input *file, const struct record_map *map)
{
    struct arena a = {0};
    struct input input = *file;
    struct look look = {.feed = true};
    if (!str_eq(file->path, S("-")))
        look = look_at(file->path);
    if (look.kind != UNPACK_NONE) {
        struct unpack_source source = {
            .path = file->path.p, .name = file->path, .map = *map, .most = LARGEST_ARCHIVE};
        unpack(&source, &e->sink);
    } else {
        /* What cannot be read is told when its turn comes. */
        if (look.feed && !file_read(&a, file->path.p, LARGEST_FILE, &input.bytes, NULL))
            input.bytes = (struct str){0};
        hand_on(e, &input);
    }
    arena_finish(&a);
}

static bool expand(const struct config *config, struct inputs inputs, struct input_sink *sink,
                   struct err *err)
{
    struct expansion e = {.sink = {take_member}, .to = sink, .files = inputs.n};
    struct record_map map;
    if (!cli_map(config, &map, err))
        return false;
    for (; e.file < inputs.n && !e.ended; e.file++)
        expand_file(&e, &inputs.v[e.file], &map);
    return true;
}

/* What the arguments and the manifest name. */
static bool list_files(struct arena *a, const struct config *config, struct inputs *list,
                       struct err *err)
{
    size_t cap = 0;
    if (config_on(config, OPT_MANIFEST) &&
        !read_manifest(a, config->value[OPT_MANIFEST], list, &cap, err))
        return false;
    struct str url = utf8_repair(a, str_of(config->value[OPT_URL]));
    for (int i = 0; i < config->n_args; i++) {
        list->v = arena_grow(a, list->v, list->n, &cap, sizeof *list->v);
        list->v[list->n++] = (struct input){.path = str_of(config->args[i]), .url = url};
    }
    if (list->n == 0)
        return fail(err, ERR_USAGE, "usage: synoptic %s [options] FILE...", config->command->name);
    if (url.n && config->n_args != 1)
        return fail(err, ERR_USAGE, "--url goes with one file; use --manifest for more");
    return true;
}

bool inputs_each(struct arena *a, const struct config *config, struct input_sink *sink,
                 struct err *err)
{
    struct inputs files = {0};
    enum page_type type;
    if (!page_type(config, &type, err) || !list_files(a, config, &files, err))
        return false; /* a wrong option is reported once, not for each file */
    if (type == PAGE_AUTO)
        return expand(config, files, sink, err);
    for (size_t i = 0; i < files.n && sink->take(sink, &files.v[i], i, files.n);)
        i++;
    return true;
}

struct collecting {
    struct input_sink sink;
    struct arena *a;
    struct inputs *out;
    size_t cap;
};

static bool collect(struct input_sink *sink, const struct input *input, size_t file, size_t files)
{
    struct collecting *c = (struct collecting *)sink;
    (void)file;
    (void)files;
    c->out->v = arena_grow(c->a, c->out->v, c->out->n, &c->cap, sizeof *c->out->v);
    c->out->v[c->out->n++] = (struct input){.path = arena_str(c->a, input->path),
                                            .url = arena_str(c->a, input->url),
                                            .bytes = arena_str(c->a, input->bytes),
                                            .content_type = arena_str(c->a, input->content_type),
                                            .problem = arena_str(c->a, input->problem)};
    return true;
}

bool inputs_list(struct arena *a, const struct config *config, struct inputs *out, struct err *err)
{
    *out = (struct inputs){0};
    struct collecting c = {.sink = {collect}, .a = a, .out = out};
    return inputs_each(a, config, &c.sink, err);
}

bool inputs_read(struct arena *a, const struct config *config, struct input input, struct page *out,
                 struct err *err)
{
    enum page_type type;
    struct str bytes = input.bytes;
    struct arena file = {0}; /* its bytes are many more than what is kept of them */
    if (input.problem.n)
        return fail(err, ERR_INVALID, "%.*s", STR_ARG(input.problem));
    struct str told = input.content_type.n ? input.content_type : name_content_type(input.path);
    bool ok = page_type(config, &type, err) &&
              (bytes.n || file_read(&file, input.path.p, LARGEST_FILE, &bytes, err)) &&
              page_read(a,
                        &(struct page_source){
                            .bytes = bytes, .type = type, .content_type = told, .url = input.url},
                        out, err);
    arena_finish(&file);
    if (ok)
        page_fill(out, FIELD_OUTLET, utf8_repair(a, str_of(config->value[OPT_OUTLET])), "given");
    return ok;
}

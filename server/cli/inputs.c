/* The files a command is given. */
#include "cli/cli.h"

#include "base/file.h"
#include "base/utf8.h"

#include <string.h>

enum { LARGEST_FILE = 64 << 20 };

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
    static const char *const names[PAGE_TYPE_COUNT] = {
        [PAGE_AUTO] = "auto", [PAGE_HTML] = "html", [PAGE_TEXT] = "text", [PAGE_BODY] = "body"};
    *type = PAGE_AUTO;
    const char *given = config->value[OPT_TYPE];
    for (int t = 0; given && t < PAGE_TYPE_COUNT; t++) {
        *type = (enum page_type)t;
        if (strcmp(names[t], given) == 0)
            return true;
    }
    return !given ||
           fail(err, ERR_USAGE, "--type is auto, html, text or body, not \"%.20s\"", given);
}

bool inputs_list(struct arena *a, const struct config *config, struct inputs *out, struct err *err)
{
    struct inputs list = {0};
    size_t cap = 0;
    enum page_type type;
    if (!page_type(config, &type, err)) /* a wrong option is told once, not for each file */
        return false;
    if (config_on(config, OPT_MANIFEST) &&
        !read_manifest(a, config->value[OPT_MANIFEST], &list, &cap, err))
        return false;
    struct str url = utf8_repair(a, str_of(config->value[OPT_URL]));
    for (int i = 0; i < config->n_args; i++) {
        list.v = arena_grow(a, list.v, list.n, &cap, sizeof *list.v);
        list.v[list.n++] = (struct input){str_of(config->args[i]), url};
    }
    if (list.n == 0)
        return fail(err, ERR_USAGE, "usage: synoptic %s [options] FILE...", config->command);
    if (url.n && config->n_args != 1)
        return fail(err, ERR_USAGE, "--url goes with one file; use --manifest for more");
    *out = list;
    return true;
}

bool inputs_read(struct arena *a, const struct config *config, struct input input, struct page *out,
                 struct err *err)
{
    enum page_type type;
    struct str bytes;
    struct arena file = {0}; /* its bytes are many more than what is kept of them */
    bool ok = page_type(config, &type, err) &&
              file_read(&file, input.path.p, LARGEST_FILE, &bytes, err) &&
              page_read(a, bytes, type, (struct str){0}, input.url, out, err);
    arena_finish(&file);
    if (ok)
        page_fill(out, FIELD_OUTLET, utf8_repair(a, str_of(config->value[OPT_OUTLET])), "given");
    return ok;
}

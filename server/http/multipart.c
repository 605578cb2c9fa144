/* multipart/form-data (RFC 7578) cut into its parts, in place: a part's bytes are a slice of the
 * body. At most 1000 parts; names in UTF-8, file names without the client's folders. */
#include "http/parts.h"

#include "base/utf8.h"

enum { MAX_PARTS = 1000, LONGEST_BOUNDARY = 70 };

static struct str slashes(struct arena *a, struct str path)
{
    char *out = arena_alloc(a, path.n + 1);
    for (size_t i = 0; i < path.n; i++)
        out[i] = path.p[i] == '\\' ? '/' : path.p[i];
    return (struct str){out, path.n};
}

/* The part's own header lines, from *at to behind the empty line. */
static bool read_part_header(struct arena *a, struct str *rest, struct http_part *part)
{
    size_t end = str_find(*rest, S("\r\n\r\n"), 0);
    if (end == STR_NONE)
        return false;
    struct str lines = str_slice(*rest, 0, end), line;
    *rest = str_slice(*rest, end + 4, rest->n);
    while (str_split(&lines, '\n', &line)) {
        size_t colon = str_find_char(line, ':', 0);
        if (colon == STR_NONE)
            continue;
        struct str name = str_trim(str_slice(line, 0, colon));
        struct str value = str_trim(str_slice(line, colon + 1, line.n));
        if (str_eq_case(name, S("content-type")))
            part->type = value;
        if (!str_eq_case(name, S("content-disposition")))
            continue;
        part->name = utf8_repair(a, request_header_param(a, value, S("name")));
        part->file = utf8_repair(a, request_header_param(a, value, S("filename")));
    }
    part->path = slashes(a, part->file);
    for (size_t i = part->file.n; i-- > 0;)
        if (part->file.p[i] == '/' || part->file.p[i] == '\\') {
            part->file = str_slice(part->file, i + 1, part->file.n);
            break;
        }
    return true;
}

bool multipart_parse(struct arena *a, struct str body, struct str boundary,
                     struct http_request *request, struct err *err)
{
    if (boundary.n == 0 || boundary.n > LONGEST_BOUNDARY)
        return fail(err, ERR_INVALID, "the multipart body has no boundary");
    struct str mark = arena_fmt(a, "\r\n--%.*s", STR_ARG(boundary));
    struct http_part *parts = NULL;
    size_t n = 0, cap = 0;
    if (!str_starts(body, str_slice(mark, 2, mark.n)))
        return fail(err, ERR_INVALID, "the multipart body does not begin with its boundary");
    struct str rest = str_slice(body, mark.n - 2, body.n);
    while (!str_starts(rest, S("--"))) {
        size_t line = str_find(rest, S("\r\n"), 0);
        rest = str_slice(rest, line == STR_NONE ? rest.n : line + 2, rest.n);
        struct http_part part = {0};
        size_t end;
        if (!read_part_header(a, &rest, &part) || (end = str_find(rest, mark, 0)) == STR_NONE)
            return fail(err, ERR_INVALID, "the multipart body ends before its boundary");
        if (n == MAX_PARTS)
            return fail(err, ERR_TOO_LARGE, "more than %d files at once", MAX_PARTS);
        part.bytes = str_slice(rest, 0, end);
        rest = str_slice(rest, end + mark.n, rest.n);
        parts = arena_grow(a, parts, n, &cap, sizeof *parts);
        parts[n++] = part;
    }
    request->parts = parts;
    request->n_parts = n;
    return true;
}

/* From text to a tree of JSON, within bounds, and past what only some writers take for JSON. */
#include "page/record/parts.h"

enum { VALUES_MAX = 2000000 }; /* a tree takes some 80 bytes a value */

static bool too_many_values(struct str text)
{
    size_t values = 0;
    bool inside = false;
    for (size_t i = 0; i < text.n; i++) {
        if (inside && text.p[i] == '\\')
            i++;
        else if (text.p[i] == '"')
            inside = !inside;
        else
            values += !inside && (text.p[i] == ',' || text.p[i] == '[' || text.p[i] == '{');
    }
    return values > VALUES_MAX;
}

/* Python and pandas write NaN and Infinity, which no JSON knows: outside of strings they are null.
 */
static struct str with_null(struct arena *a, struct str text)
{
    static const struct str words[] = {STR("NaN"), STR("-Infinity"), STR("Infinity"), STR("None")};
    struct buf out = {0};
    bool inside = false;
    for (size_t i = 0; i < text.n; i++) {
        size_t n = 0;
        for (size_t w = 0; w < sizeof words / sizeof *words && !inside && n == 0; w++)
            n = str_starts(str_slice(text, i, i + 9), words[w]) ? words[w].n : 0;
        if (n)
            buf_add(&out, S("null"));
        else if (inside && text.p[i] == '\\')
            buf_add(&out, str_slice(text, i, i + 2));
        else
            buf_char(&out, text.p[i]);
        inside ^= n == 0 && text.p[i] == '"';
        i += n ? n - 1 : inside && text.p[i] == '\\';
    }
    struct str s = arena_str(a, buf_str(&out));
    buf_finish(&out);
    return s;
}

bool record_parse(struct str text, cJSON **tree, struct err *err)
{
    struct arena a = {0};
    if (too_many_values(text))
        return fail(err, ERR_TOO_LARGE, "the JSON has more than %d values; split it", VALUES_MAX);
    if (json_parse(text, tree, err))
        return true;
    bool ok = json_parse(with_null(&a, text), tree, NULL);
    if (ok && err)
        *err = (struct err){0};
    arena_finish(&a);
    return ok;
}

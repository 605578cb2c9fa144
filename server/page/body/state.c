/* The article's text in the data of a page that shows it by a script alone: state objects
 * (application/json, window.STATE = {…}, JSON.parse("…")) and the pushed rows of streamed pages.
 *
 * Every value is weighed by the prose in it. From the object that has the page's title among its
 * fields the search steps down into the child with most of the prose until several share it; all
 * prose there is the text. Without such an object only one long string is believed: a list of
 * stories has prose too. */
#include "page/body/parts.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "page/text/prose.h"
#include "page/text/words.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

enum {
    SCRIPT_MAX = 4 << 20, /* bytes of one script */
    WHOLE = 600,          /* of a string that is an article by itself */
    LEAST = 200,          /* of an article in parts */
    SHORTEST = 12,        /* of a sentence */
    PROSE = 60,
    PIECES = 512
};

struct state {
    struct arena *a;
    struct str title;
    cJSON *home, *longest; /* the object with the title; the string with most prose */
    struct buf out;
    uint64_t seen[PIECES]; /* hashes of the pieces written: data comes in several forms */
    size_t n_seen;
};

/* ---- prose in values ------------------------------------------------------------------------- */

/* Bytes outside of tags. */
static size_t text_bytes(struct str s)
{
    size_t n = 0;
    bool tag = false;
    for (size_t i = 0; i < s.n; i++) {
        tag = s.p[i] == '<' || (tag && s.p[i] != '>');
        n += !tag && s.p[i] != '>';
    }
    return n;
}

/* A sentence, or markup with paragraphs; no code, address or name. */
static bool is_prose(struct str s, size_t least)
{
    s = str_trim(s);
    if (s.n < least || str_find_char(s, ' ', 0) == STR_NONE || str_starts(s, S("http")) ||
        s.p[0] == '{' || s.p[0] == '[' || str_contains(s, S("function(")) ||
        str_contains(s, S("=>")) || str_contains(s, S("{{")))
        return false;
    return text_ends_sentence(s) || str_contains(s, S("</p>")) || str_contains(s, S("<br"));
}

static bool is_named_bad(const char *name)
{
    uint32_t hints = name ? body_hints_of(str_of(name)) : 0;
    return hints & HINT_BAD && hints & HINT_SURE;
}

static bool is_picture(const char *type)
{
    static const struct str kinds[] = {STR("image"), STR("picture"), STR("photo"), STR("video"),
                                       STR("embed"), STR("figure"),  STR("media")};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq_case(str_of(type), kinds[i]))
            return true;
    return false;
}

/* Values that say of themselves that they are a picture, an advertisement, other stories. */
static bool is_beside(const cJSON *x)
{
    static const char *const keys[] = {"type", "kind", "__typename"};
    if (is_named_bad(x->string))
        return true;
    for (size_t i = 0; cJSON_IsObject(x) && i < sizeof keys / sizeof *keys; i++) {
        const cJSON *type = cJSON_GetObjectItemCaseSensitive(x, keys[i]);
        if (cJSON_IsString(type) && strlen(type->valuestring) < 40 &&
            (is_named_bad(type->valuestring) || is_picture(type->valuestring)))
            return true;
    }
    return false;
}

static bool is_title(const struct state *s, const cJSON *x)
{
    char f[FOLD_MAX], g[FOLD_MAX];
    struct str title = fold_line(s->title, f);
    return title.n && cJSON_IsString(x) && strlen(x->valuestring) < FOLD_MAX &&
           str_eq(fold_line(str_of(x->valuestring), g), title);
}

/* Bytes of prose in a value; kept in each container's number, which it does not use. */
static double weigh(struct state *s, cJSON *x)
{
    double sum = 0;
    bool titled = false;
    if (is_beside(x))
        return x->valuedouble = 0;
    if (cJSON_IsString(x)) {
        struct str text = str_of(x->valuestring);
        x->valuedouble = is_prose(text, PROSE) ? (double)text_bytes(text) : 0;
        if (x->valuedouble > (s->longest ? s->longest->valuedouble : 0))
            s->longest = x;
        return x->valuedouble;
    }
    if (!cJSON_IsObject(x) && !cJSON_IsArray(x))
        return x->valuedouble = 0;
    for (cJSON *child = x->child; child; child = child->next) {
        sum += weigh(s, child);
        titled |= cJSON_IsObject(x) && is_title(s, child);
    }
    x->valuedouble = sum;
    if (titled && sum >= LEAST && (!s->home || sum > s->home->valuedouble))
        s->home = x;
    return sum;
}

/* Down into the child that has most of the prose. In an object other fields may hold the same
 * text in other forms. */
static cJSON *step_down(cJSON *x)
{
    for (;;) {
        cJSON *best = NULL;
        for (cJSON *child = x->child; child; child = child->next)
            if (!cJSON_IsNumber(child) && (!best || child->valuedouble > best->valuedouble))
                best = child;
        double share = cJSON_IsArray(x) ? 0.8 : 0.34;
        if (cJSON_IsString(x) || !best || best->valuedouble < share * x->valuedouble ||
            best->valuedouble < LEAST)
            return x;
        x = best;
    }
}

static void write_piece(struct state *s, struct str text)
{
    uint64_t hash = str_hash(text);
    for (size_t i = 0; i < s->n_seen; i++)
        if (s->seen[i] == hash)
            return;
    if (s->n_seen < PIECES)
        s->seen[s->n_seen++] = hash;
    buf_add(&s->out, S("<p>"));
    buf_add(&s->out, utf8_repair(s->a, text));
    buf_add(&s->out, S("</p>\n"));
}

static void write_prose(struct state *s, const cJSON *x)
{
    if (cJSON_IsString(x)) {
        struct str text = str_of(x->valuestring);
        if (is_prose(text, SHORTEST) && !is_named_bad(x->string))
            write_piece(s, text);
        return;
    }
    if (is_beside(x))
        return;
    for (const cJSON *child = x->child; child; child = child->next)
        write_prose(s, child);
}

/* ---- scripts --------------------------------------------------------------------------------- */

/* `undefined` is no JSON, but real states have it. */
static struct str without_undefined(struct arena *a, struct str s)
{
    static const char word[] = ":undefined", null[] = ":null     ";
    if (!str_contains(s, S(":undefined")))
        return s;
    s = arena_str(a, s);
    char *p = arena_alloc(a, s.n);
    memcpy(p, s.p, s.n);
    for (size_t at = 0; (at = str_find((struct str){p, s.n}, str_of(word), at)) != STR_NONE;)
        memcpy(p + at, null, sizeof null - 1);
    return (struct str){p, s.n};
}

/* Where the value begins: behind "=" or "(", or at the start. */
static size_t value_start(struct str s)
{
    char before = '=';
    for (size_t i = 0; i < s.n; i++) {
        if ((s.p[i] == '{' || s.p[i] == '[' || s.p[i] == '"') && (before == '=' || before == '('))
            return i;
        if ((unsigned char)s.p[i] > ' ')
            before = s.p[i];
    }
    return s.n;
}

/* The value of a script; the caller deletes it. */
static cJSON *value_of(struct arena *a, struct str script)
{
    script = without_undefined(a, script);
    size_t at = value_start(script);
    cJSON *x = at < script.n ? cJSON_ParseWithLength(script.p + at, script.n - at) : NULL;
    if (!x || !cJSON_IsString(x))
        return x;
    cJSON *inner = cJSON_Parse(x->valuestring); /* JSON.parse("…") */
    cJSON_Delete(x);
    return inner;
}

/* Bytes of a row that is a text, "T4f2,…": behind its comma; 0 if it is none. */
static size_t text_row(struct str row, size_t *from)
{
    char digits[9] = {0};
    size_t comma = str_find_char(row, ',', 0);
    if (row.n == 0 || row.p[0] != 'T' || comma == STR_NONE || comma > 8)
        return 0;
    memcpy(digits, row.p + 1, comma - 1);
    *from = comma + 1;
    return strtoul(digits, NULL, 16);
}

/* The rows of a streamed page, "2b:[…]" up to the line's end or "2c:T4f2,…", as an array. */
static cJSON *read_rows(struct arena *a, struct str s)
{
    cJSON *rows = cJSON_CreateArray();
    for (size_t at = 0; at < s.n;) {
        size_t colon = str_find_char(s, ':', at), from = 0;
        size_t end = str_find_char(s, '\n', at);
        end = end == STR_NONE ? s.n : end;
        if (colon == STR_NONE || colon >= end) {
            at = end + 1;
            continue;
        }
        struct str row = str_slice(s, colon + 1, s.n);
        size_t n = text_row(row, &from);
        cJSON *x =
            n ? cJSON_CreateString(arena_fmt(a, "%.*s", STR_ARG(str_slice(row, from, from + n))).p)
              : cJSON_ParseWithLength(row.p, end - colon - 1);
        if (x)
            cJSON_AddItemToArray(rows, x);
        at = n ? colon + 1 + from + n : end + 1;
    }
    return rows;
}

/* The rows that scripts push ("….push([1,\"…\"])"), gathered: one row may come in pieces. */
static cJSON *pushed_rows(struct arena *a, const struct html *h)
{
    struct buf all = {0};
    for (size_t i = 1; i < h->n; i++) {
        struct str s = h->nodes[i].tag == TAG_SCRIPT ? h->nodes[i].text : (struct str){0};
        size_t at = s.n < SCRIPT_MAX ? str_find(s, S("__next_f.push("), 0) : STR_NONE;
        if (at == STR_NONE || all.n > SCRIPT_MAX)
            continue;
        cJSON *x = cJSON_ParseWithLength(s.p + at + 14, s.n - at - 14);
        const cJSON *text = cJSON_GetArrayItem(x, 1);
        if (cJSON_IsString(text))
            buf_add(&all, str_of(text->valuestring));
        cJSON_Delete(x);
    }
    cJSON *rows = all.n ? read_rows(a, buf_str(&all)) : NULL;
    buf_finish(&all);
    return rows;
}

static bool may_be_state(const struct html *h, size_t script)
{
    struct str type = html_attr(h, script, S("type")), text = h->nodes[script].text;
    if (text.n < LEAST || text.n > SCRIPT_MAX || str_starts(type, S("application/ld+json")))
        return false;
    return str_contains(type, S("json")) || str_contains(str_slice(text, 0, 200), S("={")) ||
           str_contains(str_slice(text, 0, 200), S("= {")) ||
           str_contains(str_slice(text, 0, 200), S("JSON.parse("));
}

/* Takes the tree's article, if it has one, as the output, where that is longer than what is there.
 */
static void try_tree(struct state *s, cJSON *tree)
{
    if (!tree)
        return;
    s->home = s->longest = NULL;
    s->n_seen = 0;
    weigh(s, tree);
    const cJSON *from = s->home ? step_down(s->home) : s->longest;
    struct buf before = s->out;
    s->out = (struct buf){0};
    if (from && (s->home || from->valuedouble >= WHOLE))
        write_prose(s, from);
    struct buf *shorter = s->out.n > before.n ? &before : &s->out;
    struct buf longer = s->out.n > before.n ? s->out : before;
    buf_finish(shorter);
    s->out = longer;
    cJSON_Delete(tree);
}

struct str body_of_state(struct arena *a, const struct html *h, struct str title)
{
    struct state s = {.a = a, .title = title};
    for (size_t i = 1; i < h->n; i++)
        if (h->nodes[i].tag == TAG_SCRIPT && may_be_state(h, i))
            try_tree(&s, value_of(a, h->nodes[i].text));
    try_tree(&s, pushed_rows(a, h));
    struct str text = arena_str(a, buf_str(&s.out));
    buf_finish(&s.out);
    return text;
}

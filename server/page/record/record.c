/* Fields of articles that come as data: maps, guesses, and NewsArticle JSON. See record.h. */
#include "page/record/parts.h"

#include "base/utf8.h"
#include "page/text/words.h"

#include <string.h>

const char *const record_field_names[RECORD_FIELDS] = {[RECORD_TITLE] = "title",
                                                       [RECORD_TEXT] = "text",
                                                       [RECORD_URL] = "url",
                                                       [RECORD_OUTLET] = "outlet",
                                                       [RECORD_PUBLISHED] = "published",
                                                       [RECORD_AUTHOR] = "author",
                                                       [RECORD_LANGUAGE] = "language",
                                                       [RECORD_SUBTITLE] = "subtitle",
                                                       [RECORD_MODIFIED] = "modified",
                                                       [RECORD_SECTION] = "section"};

static bool field_of(struct str name, enum record_field *out)
{
    for (int f = 0; f < RECORD_FIELDS; f++)
        if (str_eq(name, str_of(record_field_names[f]))) {
            *out = (enum record_field)f;
            return true;
        }
    return false;
}

/* Takes the text up to the next comma outside of quotation marks off *rest. */
static bool next_pair(struct str *rest, struct str *pair)
{
    size_t at = 0;
    bool inside = false;
    if (rest->n == 0)
        return false;
    while (at < rest->n && (inside || rest->p[at] != ',')) {
        inside ^= rest->p[at] == '"';
        at++;
    }
    *pair = str_trim(str_slice(*rest, 0, at));
    *rest = str_slice(*rest, at + 1, rest->n);
    return true;
}

bool record_map_parse(struct str text, struct record_map *out, struct err *err)
{
    struct record_map map = {0};
    for (struct str pair; next_pair(&text, &pair);) {
        enum record_field f;
        size_t equal = str_find_char(pair, '=', 0);
        struct str name = str_trim(str_slice(pair, 0, equal));
        if (pair.n == 0)
            continue;
        if (equal == STR_NONE)
            return fail(err, ERR_INVALID, "a map is made of field=column, not \"%.*s\"",
                        (int)(pair.n < 60 ? pair.n : 60), pair.p);
        if (!field_of(name, &f))
            return fail(err, ERR_INVALID,
                        "the fields of a map are title, text, url, outlet, published, author, "
                        "language, subtitle, modified and section, not \"%.*s\"",
                        (int)(name.n < 40 ? name.n : 40), name.p);
        struct str column = str_trim(str_slice(pair, equal + 1, pair.n));
        if (column.n >= 2 && column.p[0] == '"' && column.p[column.n - 1] == '"')
            column = str_slice(column, 1, column.n - 1);
        map.column[f] = column;
        map.told |= 1u << f;
    }
    *out = map;
    return true;
}

bool record_guess(struct str column, enum record_field *field, int *rank)
{
    char folded[FOLD_MAX], letters[FOLD_MAX];
    struct str name = fold_line(column, folded), value;
    size_t n = 0;
    for (size_t i = 0; i < name.n; i++)
        if ((name.p[i] >= 'a' && name.p[i] <= 'z') || (unsigned char)name.p[i] >= 0x80)
            letters[n++] = name.p[i];
    if (!word_find(LIST_COLUMNS, (struct str){letters, n}, &value) || value.n < 3)
        return false;
    *rank = value.p[value.n - 1] - '0';
    return field_of(str_slice(value, 0, value.n - 2), field);
}

bool told_otherwise(const struct record_map *map, struct str column)
{
    for (int f = 0; f < RECORD_FIELDS; f++)
        if ((map->told >> f & 1) && map->column[f].n && str_eq_case(map->column[f], column))
            return true;
    return false;
}

void choose_columns(const struct str *names, size_t n, const struct record_map *map,
                    size_t column[RECORD_FIELDS])
{
    int best[RECORD_FIELDS];
    for (int f = 0; f < RECORD_FIELDS; f++) {
        column[f] = STR_NONE;
        best[f] = 10;
    }
    for (size_t i = 0; i < n; i++) {
        enum record_field f;
        int rank;
        for (int k = 0; k < RECORD_FIELDS; k++)
            if ((map->told >> k & 1) && map->column[k].n && column[k] == STR_NONE &&
                str_eq_case(map->column[k], names[i]))
                column[k] = i;
        if (told_otherwise(map, names[i]) || !record_guess(names[i], &f, &rank))
            continue;
        if (!(map->told >> f & 1) && rank < best[f]) {
            column[f] = i;
            best[f] = rank;
        }
    }
}

bool missing_column(const struct str *names, size_t n, const struct record_map *map,
                    const size_t column[RECORD_FIELDS], struct err *err)
{
    struct buf known = {0};
    int lost = -1;
    for (int f = 0; f < RECORD_FIELDS && lost < 0; f++)
        if ((map->told >> f & 1) && map->column[f].n && column[f] == STR_NONE)
            lost = f;
    if (lost < 0 && column[RECORD_TEXT] != STR_NONE)
        return true;
    for (size_t i = 0; i < n && known.n < 120; i++)
        buf_fmt(&known, "%s%.*s", i ? ", " : "", (int)(names[i].n < 30 ? names[i].n : 30),
                names[i].p);
    if (lost >= 0)
        fail(err, ERR_INVALID, "there is no column \"%.*s\"; the columns are %.*s",
             (int)(map->column[lost].n < 40 ? map->column[lost].n : 40), map->column[lost].p,
             STR_ARG(buf_str(&known)));
    else
        fail(err, ERR_INVALID,
             "no column looks like the articles' text; say which it is with text=COLUMN; the "
             "columns are %.*s",
             STR_ARG(buf_str(&known)));
    buf_finish(&known);
    return false;
}

static void named(struct json *j, const char *key, struct str name)
{
    if (name.n == 0)
        return;
    json_key(j, key);
    json_object(j);
    json_field_str(j, "name", name);
    json_end_object(j);
}

struct str record_write(struct arena *a, const struct record *r)
{
    static const struct {
        const char *key;
        enum record_field field;
    } plain[] = {{"headline", RECORD_TITLE},
                 {"alternativeHeadline", RECORD_SUBTITLE},
                 {"url", RECORD_URL},
                 {"datePublished", RECORD_PUBLISHED},
                 {"dateModified", RECORD_MODIFIED},
                 {"inLanguage", RECORD_LANGUAGE},
                 {"articleSection", RECORD_SECTION},
                 {"articleBody", RECORD_TEXT}};
    struct buf out = {0};
    struct json j = json_begin(&out);
    json_object(&j);
    json_field_str(&j, "@context", S("https://schema.org"));
    json_field_str(&j, "@type", S("NewsArticle"));
    named(&j, "publisher", r->field[RECORD_OUTLET]);
    named(&j, "author", r->field[RECORD_AUTHOR]);
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (r->field[plain[i].field].n)
            json_field_str(&j, plain[i].key, utf8_repair(a, r->field[plain[i].field]));
    json_end_object(&j);
    struct str text = arena_str(a, buf_str(&out));
    buf_finish(&out);
    return text;
}

struct str table_cell(struct arena *a, struct str cell)
{
    enum { LONGEST = 200 };
    struct str s = arena_str(a, str_trim(str_slice(cell, 0, LONGEST)));
    char *p = (char *)(uintptr_t)s.p;
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)p[i] < ' ')
            p[i] = ' ';
    while (s.n && !utf8_valid(s)) /* cut inside a character */
        s.n--;
    return s;
}

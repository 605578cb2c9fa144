/* Articles in JSON: objects of ninjs and of schema.org are known by their members, others by the
 * names of theirs; they are found in arrays, in graphs and one a line. */
#include "page/record/parts.h"

#include "base/url.h"
#include "page/text/encoding.h"

#include <string.h>

enum {
    LEVELS = 6,  /* of arrays and objects around an article */
    ADDRESS = 8, /* rank of addresses found where outlets stand */
    WEAK = 6     /* rank of names that hold texts of other things too */
};

static const cJSON *member(const cJSON *object, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

/* A value as text: numbers as written, of an object what names it, of an array all parted. */
static struct str value_text(struct arena *a, const cJSON *x, struct str between, int level)
{
    static const char *const told[] = {"name", "value", "rendered", "text", "@value", "@id", "url"};
    if (cJSON_IsString(x))
        return arena_str(a, str_of(x->valuestring));
    if (cJSON_IsNumber(x))
        return arena_fmt(a, "%.15g", x->valuedouble);
    if (cJSON_IsObject(x))
        for (size_t i = 0; i < sizeof told / sizeof *told && level < LEVELS; i++) {
            struct str s = value_text(a, member(x, told[i]), between, level + 1);
            if (s.n)
                return s;
        }
    if (!cJSON_IsArray(x) || level >= LEVELS)
        return (struct str){0};
    struct buf all = {0};
    const cJSON *one;
    cJSON_ArrayForEach(one, x) {
        struct str s = value_text(a, one, between, level + 1);
        if (s.n && all.n)
            buf_add(&all, between);
        buf_add(&all, s);
    }
    struct str joined = arena_str(a, buf_str(&all));
    buf_finish(&all);
    return joined;
}

/* The first of the members (parted by blanks) that says something. */
static struct str first_of(struct arena *a, const cJSON *object, const char *keys,
                           struct str between)
{
    struct str rest = str_of(keys), key;
    while (str_split(&rest, ' ', &key)) {
        char name[40] = {0};
        memcpy(name, key.p, key.n < sizeof name ? key.n : sizeof name - 1);
        struct str s = value_text(a, member(object, name), between, 0);
        if (str_trim(s).n)
            return s;
    }
    return (struct str){0};
}

/* ------------------------------------------------------------------------- schema.org and ninjs */

static bool is_article_type(const char *type)
{
    return strstr(type, "Article") || strstr(type, "Posting") || strstr(type, "Report");
}

static bool is_schema_article(const cJSON *object)
{
    const cJSON *type = member(object, "@type"), *x;
    if (cJSON_IsString(type))
        return is_article_type(type->valuestring);
    cJSON_ArrayForEach(x, type)
        if (cJSON_IsString(x) && is_article_type(x->valuestring))
            return true;
    return false;
}

/* What schema.org has beside articles and also gives a text: what is said in them. */
static bool is_schema_saying(const cJSON *object)
{
    const char *type = cJSON_GetStringValue(member(object, "@type"));
    return type && str_listed("Quotation Claim ClaimReview Question Answer Comment", str_of(type));
}

static void read_plain(struct arena *a, const cJSON *object, const char *const keys[RECORD_FIELDS],
                       struct record *out)
{
    for (int f = 0; f < RECORD_FIELDS; f++)
        if (keys[f] && out->field[f].n == 0)
            out->field[f] = first_of(a, object, keys[f], f == RECORD_TEXT ? S("\n\n") : S(", "));
}

static void read_schema(struct arena *a, const cJSON *object, struct record *out)
{
    static const char *const keys[RECORD_FIELDS] = {
        [RECORD_TITLE] = "headline name",
        [RECORD_TEXT] = "articleBody text",
        [RECORD_URL] = "url mainEntityOfPage @id",
        [RECORD_OUTLET] = "publisher sourceOrganization provider",
        [RECORD_PUBLISHED] = "datePublished dateCreated",
        [RECORD_AUTHOR] = "author creator",
        [RECORD_LANGUAGE] = "inLanguage",
        [RECORD_SUBTITLE] = "alternativeHeadline",
        [RECORD_MODIFIED] = "dateModified",
        [RECORD_SECTION] = "articleSection"};
    read_plain(a, object, keys, out);
}

static bool is_ninjs(const cJSON *object)
{
    static const char *const marks[] = {"headline",       "headlines", "bodies",   "body_html",
                                        "versioncreated", "pubstatus", "body_text"};
    for (size_t i = 0; cJSON_IsString(member(object, "uri")) && i < sizeof marks / sizeof *marks;
         i++)
        if (member(object, marks[i]))
            return true;
    return false;
}

/* ninjs 2: [{"role","contenttype","value"}]. HTML goes before plain text, other markup is left;
 * of headlines the one whose role is main. */
static struct str ninjs_value(struct arena *a, const cJSON *list, const char *role)
{
    struct str best = {0};
    int best_rank = 0;
    const cJSON *x;
    cJSON_ArrayForEach(x, list) {
        const char *type = cJSON_GetStringValue(member(x, "contenttype"));
        const char *said = cJSON_GetStringValue(member(x, "role"));
        int rank = role                             ? 1 + (said && strcmp(said, role) == 0)
                   : !type || strstr(type, "plain") ? 1
                   : strstr(type, "html")           ? 2
                                                    : 0;
        if (rank <= best_rank)
            continue;
        best = value_text(a, member(x, "value"), S("\n\n"), 0);
        best_rank = rank;
    }
    return best;
}

static void read_ninjs(struct arena *a, const cJSON *object, struct record *out)
{
    static const char *const keys[RECORD_FIELDS] = {
        [RECORD_TITLE] = "headline title",
        [RECORD_TEXT] = "body_html body_xhtml body_text",
        [RECORD_OUTLET] = "infosources infosource copyrightholder",
        [RECORD_PUBLISHED] = "firstcreated firstpublished contentcreated versioncreated",
        [RECORD_AUTHOR] = "by byline",
        [RECORD_LANGUAGE] = "language",
        [RECORD_SUBTITLE] = "subheadline",
        [RECORD_MODIFIED] = "versioncreated"};
    struct str uri = first_of(a, object, "canonicalurl uri", S(" "));
    out->field[RECORD_TITLE] = ninjs_value(a, member(object, "headlines"), "main");
    out->field[RECORD_TEXT] = ninjs_value(a, member(object, "bodies"), NULL);
    out->field[RECORD_URL] = url_is_web(uri) ? uri : (struct str){0};
    read_plain(a, object, keys, out);
}

/* -------------------------------------------------------------------------------- other objects */

/* "source.name" */
static const cJSON *by_path(const cJSON *object, struct str path)
{
    char name[100] = {0};
    if (path.n >= sizeof name)
        return NULL;
    memcpy(name, path.p, path.n);
    const cJSON *whole = member(object, name);
    size_t dot = str_find_char(path, '.', 0);
    if (whole || dot == STR_NONE)
        return whole;
    name[dot] = 0;
    return by_path(member(object, name), str_slice(path, dot + 1, path.n));
}

/* The rank of the name under which the text was found, 0 if the map names it, 10 if there is none.
 */
static int read_by_name(struct arena *a, const cJSON *object, const struct record_map *map,
                        struct record *out)
{
    int best[RECORD_FIELDS];
    const cJSON *x;
    for (int f = 0; f < RECORD_FIELDS; f++) {
        bool told = map->told >> f & 1;
        best[f] = told ? 0 : 10;
        if (told)
            out->field[f] = value_text(a, by_path(object, map->column[f]), S(", "), 0);
    }
    cJSON_ArrayForEach(x, object) {
        enum record_field f;
        int rank;
        if (!x->string || told_otherwise(map, str_of(x->string)) ||
            !record_guess(str_of(x->string), &f, &rank))
            continue;
        struct str s = value_text(a, x, f == RECORD_TEXT ? S("\n\n") : S(", "), 0);
        if (f == RECORD_OUTLET && url_is_web(s)) { /* "source": a name or an address */
            f = RECORD_URL;
            rank = ADDRESS;
        }
        if (rank >= best[f])
            continue;
        if (str_trim(s).n == 0 || (f == RECORD_URL && !url_is_web(s)))
            continue;
        out->field[f] = s;
        best[f] = rank;
    }
    return str_trim(out->field[RECORD_TEXT]).n ? best[RECORD_TEXT] : 10;
}

bool record_of_json(struct arena *a, const cJSON *object, const struct record_map *map,
                    struct record *out)
{
    struct record r = {0};
    if (!cJSON_IsObject(object) || (!map->told && is_schema_saying(object)))
        return false;
    if (map->told)
        read_by_name(a, object, map, &r);
    else if (is_schema_article(object))
        read_schema(a, object, &r);
    else if (is_ninjs(object))
        read_ninjs(a, object, &r);
    else
        read_by_name(a, object, map, &r);
    record_tidy(a, &r);
    if (str_trim(r.field[RECORD_TEXT]).n == 0)
        return false;
    *out = r;
    return true;
}

/* -------------------------------------------------------------------------------------- the file
 */

struct reading {
    const struct record_map *map;
    struct record_sink *sink;
    struct arena one;
    size_t number; /* objects seen where articles are expected */
    size_t found;
    bool over;
};

static bool hand_on(struct reading *r, const cJSON *object)
{
    struct record record;
    arena_reset(&r->one);
    if (!record_of_json(&r->one, object, r->map, &record))
        return false;
    r->found++;
    r->over = !r->sink->take(r->sink, r->number, &record, (struct str){0});
    return true;
}

/* Is it an article by itself, or something around articles (a feed with a title and items)? */
static bool stands_alone(struct reading *r, const cJSON *object)
{
    struct record record = {0};
    if (!cJSON_IsObject(object))
        return false;
    if (r->map->told || is_schema_article(object) || is_ninjs(object))
        return true;
    arena_reset(&r->one);
    return read_by_name(&r->one, object, r->map, &record) < WEAK &&
           record.field[RECORD_TITLE].n > 0;
}

/* Does it name an article, though it has no text? */
static bool names_article(struct reading *r, const cJSON *object)
{
    struct record record = {0};
    arena_reset(&r->one);
    bool other = member(object, "@type") && !is_schema_article(object);
    if (!cJSON_IsObject(object) || other || record_of_json(&r->one, object, r->map, &record))
        return false;
    read_by_name(&r->one, object, r->map, &record);
    record_tidy(&r->one, &record);
    return record.field[RECORD_TITLE].n && record.field[RECORD_TEXT].n == 0;
}

/* What stands among articles, is called like one and has no text is not passed over in silence. */
static void tell_empty(struct reading *r, const cJSON *list)
{
    size_t number = 0;
    const cJSON *child;
    cJSON_ArrayForEach(child, list) {
        number++;
        if (r->over || !names_article(r, child))
            continue;
        arena_reset(&r->one);
        r->over = !r->sink->take(r->sink, number, NULL, S("it holds no article's text"));
    }
}

/* Articles in and below x; objects of an array that holds articles but are none are said to be. */
static void collect(struct reading *r, const cJSON *x, int level)
{
    const cJSON *child;
    if (level > LEVELS || r->over || (!cJSON_IsArray(x) && !cJSON_IsObject(x)))
        return;
    if (cJSON_IsObject(x)) {
        r->number++;
        if (stands_alone(r, x) && hand_on(r, x))
            return;
    }
    size_t before = r->found, number = r->number;
    cJSON_ArrayForEach(child, x)
        collect(r, child, level + 1);
    if (cJSON_IsArray(x) && r->found > before && r->found - before < (size_t)cJSON_GetArraySize(x))
        tell_empty(r, x);
    if (cJSON_IsObject(x) && r->found == before && !r->over) {
        r->number = number; /* what was looked through below it does not count */
        hand_on(r, x);
    }
}

/* JSON Lines: the first line is an object by itself and something follows. */
static bool is_lines(struct str text)
{
    cJSON *tree = NULL;
    struct str first;
    while (str_split(&text, '\n', &first) && str_trim(first).n == 0)
        ;
    first = str_trim(first);
    if (str_trim(text).n == 0 || !str_starts(first, S("{")) || !str_ends(first, S("}")) ||
        !record_parse(first, &tree, NULL))
        return false;
    cJSON_Delete(tree);
    return true;
}

static void read_lines(struct reading *r, struct str text)
{
    for (struct str line; !r->over && str_split(&text, '\n', &line);) {
        struct err err = {0};
        cJSON *tree = NULL;
        r->number++;
        if (str_trim(line).n == 0)
            continue;
        if (!record_parse(line, &tree, &err) || !hand_on(r, tree)) {
            arena_reset(&r->one);
            struct str why = err.kind ? str_of(err.message) : S("it holds no article's text");
            r->over = !r->sink->take(r->sink, r->number, NULL,
                                     arena_fmt(&r->one, "line %zu: %.*s", r->number, STR_ARG(why)));
        }
        cJSON_Delete(tree);
    }
}

bool records_of_json(struct str bytes, const struct record_map *map, struct record_sink *sink,
                     struct err *err)
{
    struct reading r = {.map = map, .sink = sink};
    struct arena a = {0};
    struct str text;
    cJSON *tree = NULL;
    bool ok = encoding_decode(&a, bytes, S(""), &text, err);
    if (ok && is_lines(text)) {
        read_lines(&r, text);
    } else if (ok && (ok = record_parse(text, &tree, err))) {
        collect(&r, tree, 0);
        if (r.found == 0 && !r.over)
            ok = fail(err, ERR_INVALID, "the JSON holds no article: no object in it has a text");
    }
    cJSON_Delete(tree);
    arena_finish(&r.one);
    arena_finish(&a);
    return ok;
}

/* --------------------------------------------------------------------------------- to look at */

/* The array of objects that holds the rows: the tree itself or the longest below it. */
static const cJSON *find_rows(const cJSON *x, int level)
{
    const cJSON *child, *best = NULL;
    if (cJSON_IsArray(x) && cJSON_IsObject(x->child))
        return x;
    cJSON_ArrayForEach(child, x) {
        const cJSON *rows = level < LEVELS ? find_rows(child, level + 1) : NULL;
        if (rows && (!best || cJSON_GetArraySize(rows) > cJSON_GetArraySize(best)))
            best = rows;
    }
    return best;
}

static size_t column_at(struct arena *a, struct table_view *v, struct str name)
{
    size_t i = 0;
    while (i < v->n_columns && !str_eq(v->column[i], name))
        i++;
    if (i == v->n_columns && i < TABLE_COLUMNS) {
        v->column[i] = arena_str(a, name);
        v->field[i] = RECORD_FIELDS;
        v->n_columns++;
    }
    return i;
}

static void view_object(struct arena *a, const cJSON *object, struct table_view *v)
{
    const cJSON *x;
    if (!cJSON_IsObject(object) || v->n_rows == TABLE_ROWS)
        return;
    cJSON_ArrayForEach(x, object) {
        size_t i = column_at(a, v, str_of(x->string));
        if (i < TABLE_COLUMNS)
            v->cell[v->n_rows][i] = table_cell(a, value_text(a, x, S(", "), 0));
    }
    v->known |= is_schema_article(object) || is_ninjs(object);
    v->n_rows++;
}

bool table_view_json(struct arena *a, struct str bytes, bool cut, struct table_view *out,
                     struct err *err)
{
    struct record_map none = {0};
    struct table_view view = {0};
    struct str text, line;
    cJSON *tree = NULL;
    const cJSON *x;
    if (!encoding_decode(a, bytes, S(""), &text, err))
        return false;
    if (is_lines(text)) {
        while (view.n_rows < TABLE_ROWS && str_split(&text, '\n', &line))
            if (record_parse(line, &tree, NULL)) {
                view_object(a, tree, &view);
                cJSON_Delete(tree);
            }
    } else if (cut) {
        return fail(err, ERR_TOO_LARGE, "the JSON is too long to look into");
    } else if (record_parse(text, &tree, err)) {
        cJSON_ArrayForEach(x, find_rows(tree, 0))
            view_object(a, x, &view);
        cJSON_Delete(tree);
    } else {
        return false;
    }
    size_t column[RECORD_FIELDS];
    choose_columns(view.column, view.n_columns, &none, column);
    for (int f = 0; f < RECORD_FIELDS; f++)
        if (column[f] != STR_NONE)
            view.field[column[f]] = (enum record_field)f;
    *out = view;
    return true;
}

bool json_is_likely(struct str bytes, struct str content_type)
{
    if (str_starts(bytes, S("\xEF\xBB\xBF")))
        bytes = str_slice(bytes, 3, bytes.n);
    bytes = str_trim(str_slice(bytes, 0, 4096));
    bool said = str_contains(content_type, S("json"));
    if (said || !(str_starts(bytes, S("{")) || str_starts(bytes, S("["))))
        return said;
    struct str next = str_trim(str_slice(bytes, 1, bytes.n));
    return next.n && (next.p[0] == '"' || next.p[0] == '{' || next.p[0] == '}');
}

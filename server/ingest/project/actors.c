/* Lists of actors, as synoptic writes them (list=actor-list) or somebody keeps them in a
 * spreadsheet: CSV with a header, a list of JSON objects, or JSON Lines. Columns are key, name,
 * kind, role, of, names (parted by "; ") and wikidata; others are passed over. */
#include "ingest/project/project.h"

#include "base/utf8.h"
#include "ingest/story/pipeline.h"
#include "page/record/record.h"

#include <string.h>

static const char *const members[] = {"key", "name", "kind", "role", "of", "wikidata"};
enum { MEMBERS = sizeof members / sizeof *members };

struct lines {
    struct cells_sink sink;
    struct arena arena;
    cJSON *actors;
    bool knows; /* a column is called key or name */
};

/* The apostrophe that keeps a spreadsheet from calculating is no part of a cell. */
static struct str bare(struct str cell)
{
    cell = str_trim(cell);
    return cell.n > 1 && cell.p[0] == '\'' && memchr("=+-@", cell.p[1], 4)
               ? str_slice(cell, 1, cell.n)
               : cell;
}

static void add_text(struct lines *l, cJSON *actor, const char *name, struct str text)
{
    if (text.n && !cJSON_HasObjectItem(actor, name))
        cJSON_AddStringToObject(actor, name, arena_str(&l->arena, text).p);
}

/* "A; B" */
static void add_names(struct lines *l, cJSON *actor, struct str cell)
{
    cJSON *names = cJSON_CreateArray();
    while (cell.n) {
        size_t cut = str_find(cell, S(";"), 0);
        struct str one = str_trim(str_slice(cell, 0, cut));
        if (one.n)
            cJSON_AddItemToArray(names, cJSON_CreateString(arena_str(&l->arena, one).p));
        cell = cut == STR_NONE ? S("") : str_slice(cell, cut + 1, cell.n);
    }
    cJSON_AddItemToObject(actor, "names", names);
}

static cJSON *begin(struct lines *l, size_t line)
{
    cJSON *actor = cJSON_CreateObject();
    cJSON_AddNumberToObject(actor, "line", (double)line);
    cJSON_AddItemToArray(l->actors, actor);
    return actor;
}

static bool csv_row(struct cells_sink *sink, const struct str *columns, const struct str *cells,
                    size_t n)
{
    struct lines *l = (struct lines *)sink;
    cJSON *actor = begin(l, sink->line);
    for (size_t i = 0; i < n; i++) {
        for (size_t m = 0; m < MEMBERS; m++)
            if (str_eq_case(columns[i], str_of(members[m])))
                add_text(l, actor, members[m], bare(cells[i]));
        if (str_eq_case(columns[i], S("names")) && !cJSON_HasObjectItem(actor, "names"))
            add_names(l, actor, bare(cells[i]));
        l->knows |= str_eq_case(columns[i], S("key")) || str_eq_case(columns[i], S("name"));
    }
    return cJSON_GetArraySize(l->actors) <= LISTED_MOST;
}

static void json_row(struct lines *l, const cJSON *object, size_t line)
{
    cJSON *actor = begin(l, line);
    const cJSON *names = cJSON_GetObjectItemCaseSensitive(object, "names");
    for (size_t m = 0; m < MEMBERS; m++) {
        const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, members[m]);
        if (cJSON_IsString(item))
            add_text(l, actor, members[m], str_trim(str_of(item->valuestring)));
    }
    if (cJSON_IsArray(names))
        cJSON_AddItemToObject(actor, "names", cJSON_Duplicate(names, true));
    else if (cJSON_IsString(names))
        add_names(l, actor, str_of(names->valuestring));
    l->knows = true;
}

/* The line on which the next object of depth `depth` begins, behind *at. */
static size_t next_object(struct str text, size_t *at, size_t *line, int wanted)
{
    static const char opens[] = "[{", closes[] = "]}";
    bool inside = false;
    int depth = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        *line += i >= *at && c == '\n';
        if (inside) {
            i += c == '\\';
            inside = c != '"';
            continue;
        }
        inside = c == '"';
        if (c == '{' && depth == wanted && i >= *at) {
            *at = i + 1;
            return *line;
        }
        depth += c && strchr(opens, c) ? 1 : 0;
        depth -= c && strchr(closes, c) ? 1 : 0;
    }
    return *line;
}

static const cJSON *rows_of(const cJSON *tree)
{
    const cJSON *member;
    if (cJSON_IsArray(tree))
        return tree;
    cJSON_ArrayForEach(member, tree)
        if (cJSON_IsArray(member) && strcmp(member->string, "names") != 0)
            return member;
    return NULL;
}

static bool read_lines(struct lines *l, struct str text, struct err *err)
{
    struct str line;
    for (size_t n = 1; str_split(&text, '\n', &line); n++) {
        cJSON *tree = NULL;
        struct err why = {0};
        if (!str_trim(line).n)
            continue;
        if (!json_parse(line, &tree, &why) || !cJSON_IsObject(tree)) {
            cJSON_Delete(tree);
            return fail(err, ERR_INVALID, "line %zu: %s", n,
                        why.message[0] ? why.message : "no object");
        }
        json_row(l, tree, n);
        cJSON_Delete(tree);
    }
    return true;
}

static bool read_json(struct lines *l, struct str text, struct err *err)
{
    cJSON *tree = NULL;
    struct err why = {0};
    size_t at = 0, line = 1;
    const cJSON *row;
    if (!json_parse(text, &tree, &why))
        return str_trim(text).p[0] == '[' ? fail(err, ERR_INVALID, "%s", why.message)
                                          : read_lines(l, text, err);
    const cJSON *rows = rows_of(tree);
    cJSON_ArrayForEach(row, rows)
        json_row(l, row, next_object(text, &at, &line, cJSON_IsArray(tree) ? 1 : 2));
    if (!rows && cJSON_IsObject(tree))
        json_row(l, tree, 1);
    cJSON_Delete(tree);
    return true;
}

static bool read_list(struct lines *l, struct str bytes, struct err *err)
{
    struct str head = str_trim(str_slice(bytes, 0, 200));
    bool json = head.n && (head.p[0] == '{' || head.p[0] == '[');
    if (json ? !read_json(l, bytes, err) : !cells_of_csv(bytes, &l->sink, err))
        return false;
    if (!l->knows)
        return fail(err, ERR_INVALID,
                    "the list needs a line of columns and an actor: name or key, and any of kind, "
                    "role, of, names, wikidata");
    return cJSON_GetArraySize(l->actors) <= LISTED_MOST ||
           fail(err, ERR_INVALID, "a list has at most %d actors", (int)LISTED_MOST);
}

bool ingest_actors(struct store *store, struct str bytes, struct store_decision *decision,
                   int64_t *entry, struct err *err)
{
    struct lines l = {.sink = {.row = csv_row}};
    cJSON *value = cJSON_CreateObject();
    l.actors = cJSON_AddArrayToObject(value, "actors");
    decision->action = S("add");
    decision->target = S("actor");
    decision->value = value;
    *entry = 0;
    bool ok = read_list(&l, bytes, err) && ingest_decide(store, decision, entry, err);
    decision->value = NULL;
    cJSON_Delete(value);
    arena_finish(&l.arena);
    return ok;
}

static void write_line(struct json *j, const struct store_listed *one)
{
    json_object(j);
    json_field_int(j, "line", (int64_t)one->line);
    json_field_str(j, "what", str_of(listed_names[one->what]));
    json_field_opt(j, "key", one->key);
    json_field_opt(j, "name", one->name);
    json_field_opt(j, one->what == LISTED_REFUSED ? "why" : "changes", one->told);
    json_end_object(j);
}

void ingest_actors_write(struct json *j, const struct store_listing *list, int64_t entry)
{
    json_object(j);
    json_key(j, "decision");
    if (entry)
        json_int(j, entry);
    else
        json_null(j);
    for (int i = 0; i < LISTED_COUNT; i++)
        json_field_int(j, listed_names[i], (int64_t)list->count[i]);
    json_key(j, "lines");
    json_array(j);
    for (size_t i = 0; i < list->n; i++)
        write_line(j, &list->v[i]);
    json_end_array(j);
    json_end_object(j);
}

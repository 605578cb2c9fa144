/* A list of actors from outside: {"actors": [{"line", "key", "name", "kind", "role", "of", "names",
 * "wikidata"}]}. What a line says is added to what is known: an empty member says nothing, names
 * are never taken away. A line means the actor with its key; else the one with its Wikidata id,
 * else the only one with its name, else one that nobody knew. Two passes, for a line may belong to
 * an actor that stands further down. */
#include "store/decision/deciding.h"
#include "store/listing.h"

#include "base/map.h"

#include <string.h>

const char *const listed_names[LISTED_COUNT] = {"new", "changed", "same", "refused"};

/* As in ACTOR_SNAPSHOT, and what lists said: the names, for who is in no report yet. */
#define LISTED_SNAPSHOT                                                                            \
    "SELECT json_object('key', x.key, 'name', x.name, 'kind', x.kind, 'role', x.role, 'of', x.of," \
    " 'wikidata', x.wikidata, 'list_names', x.list_names, 'names', (SELECT"                        \
    " json_group_array(json_object('text', n.text, 'kind', n.kind)) FROM actor_names n"            \
    " WHERE n.actor = x.key)) FROM actors x WHERE x.key = :key"
#define IS_KNOWN "(x.stories > 0 OR x.list_names <> '')"

/* One list on its way into the journal. */
struct list {
    struct deciding *d;
    struct store_listing *out;
    struct map lines; /* by the hash of a key: the first line about it */
    struct map names; /* by the hash of a name: the place in `out` of the line, plus 1 */
    bool failed;      /* the store did */
};

static struct str member(const cJSON *line, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(line, name);
    return cJSON_IsString(item) ? str_trim(str_of(item->valuestring)) : (struct str){0};
}

static bool refuse(struct list *l, struct store_listed *one, struct str why)
{
    one->what = LISTED_REFUSED;
    one->told = arena_str(l->out->arena, why);
    return false;
}

/* The first column of the row, and of a second one that there is none. */
static struct str only_one(struct list *l, const char *sql, struct str value, bool *several)
{
    struct str found = {0};
    struct query q = query_begin(l->d->db, sql);
    query_str(&q, ":value", value);
    if (query_step(&q))
        found = query_get_str(&q, 0, l->out->arena);
    *several = found.n && query_step(&q);
    l->failed = !query_end(&q, l->d->err) || l->failed;
    return found;
}

/* ------------------------------------------------------------------------------ whom a line means
 */

static bool is_kind(struct str kind)
{
    for (int i = 0; i < ACTOR_KIND_COUNT; i++)
        if (str_eq(kind, str_of(actor_kind_names[i])))
            return true;
    return kind.n == 0;
}

bool decide_wikidata(struct str id)
{
    uint64_t number = 0;
    return id.n == 0 || (id.n < 20 && id.p[0] == 'Q' && id.p[1] != '0' &&
                         str_to_u64(str_slice(id, 1, id.n), &number));
}

/* What may stand in an address and in a cell. */
static bool is_key(struct str key)
{
    for (size_t i = 0; i < key.n; i++)
        if ((unsigned char)key.p[i] <= ' ' || strchr("/?#%,;\"\\", key.p[i]))
            return false;
    return key.n <= 120;
}

static struct str wrong_with(const cJSON *line)
{
    struct str name = member(line, "name"), key = member(line, "key");
    if (!name.n && !key.n)
        return S("neither a name nor a key");
    if (name.n > 300)
        return S("a name of more than 300 bytes");
    if (!is_key(key))
        return S("the key has signs that no key has");
    if (!is_kind(member(line, "kind")))
        return S("the kind is none of person, organisation, country, group, outlet, unnamed");
    return decide_wikidata(member(line, "wikidata")) ? S("")
                                                     : S("the Wikidata id is not Q and a number");
}

static struct str find_key(struct list *l, struct str key, bool *several)
{
    return only_one(l, "SELECT x.key FROM actors x WHERE x.key = :value AND " IS_KNOWN, key,
                    several);
}

static struct str find_named(struct list *l, struct str name, bool *several)
{
    return only_one(l,
                    "SELECT x.key FROM actors x WHERE x.key IN (SELECT n.actor FROM actor_names n"
                    " WHERE n.text = :value) AND x.stories > 0 ORDER BY x.key LIMIT 2",
                    name, several);
}

static struct str find_actor(struct list *l, const cJSON *line, bool *several)
{
    struct str key = member(line, "key"), id = member(line, "wikidata");
    struct str name = member(line, "name"), found = find_key(l, key, several);
    if (!found.n && id.n)
        found = only_one(l,
                         "SELECT x.key FROM actors x WHERE x.wikidata <> '' AND x.wikidata = :value"
                         " ORDER BY x.key LIMIT 2",
                         id, several);
    if (!found.n)
        found = find_named(l, name, several);
    /* Of another list, and in no report yet. */
    bool by_slug = !found.n && !key.n && name.n;
    return by_slug ? find_key(l, decide_slug(l->out->arena, name), several) : found;
}

/* The line's actor gets a row if it has none, for what refers to it. */
static void make_row(struct list *l, struct store_listed *one, const cJSON *line)
{
    struct str kind = member(line, "kind");
    struct query q = query_begin(l->d->db, "INSERT INTO actors (key, name, kind, number)"
                                           " VALUES (:key, :name, :kind, (SELECT"
                                           " coalesce(max(number), 0) + 1 FROM actors))"
                                           " ON CONFLICT DO NOTHING");
    query_str(&q, ":key", one->key);
    query_str(&q, ":name", one->name);
    query_str(&q, ":kind", kind.n ? kind : S("person"));
    l->failed = !query_do(&q, l->d->err) || l->failed;
}

static bool settle_key(struct list *l, struct store_listed *one, const cJSON *line)
{
    struct arena *a = l->out->arena;
    struct str why = wrong_with(line);
    bool several = false;
    if (why.n)
        return refuse(l, one, why);
    struct str found = find_actor(l, line, &several), key = member(line, "key");
    if (several)
        return refuse(l, one, S("several actors go by that name: give the key"));
    if (!found.n && !one->name.n)
        return refuse(l, one, S("there is no actor with that key, and no name for a new one"));
    one->what = found.n ? LISTED_SAME : LISTED_NEW;
    one->key = found.n ? found : arena_str(a, key.n ? key : decide_slug(a, one->name));
    uint32_t *before = map_at(a, &l->lines, str_hash(one->key));
    if (*before)
        return refuse(l, one, arena_fmt(a, "the same actor as in line %u", *before));
    *before = (uint32_t)one->line;
    *map_at(a, &l->names, str_hash(one->name)) = (uint32_t)(one - l->out->v) + 1;
    make_row(l, one, line);
    return true;
}

/* ------------------------------------------------------------------------------- what a line says
 */

/* A key of the store or of the list, the name of another line, or that of one actor alone. */
static struct str find_of(struct list *l, struct str of)
{
    bool several = false;
    struct str found = only_one(l, "SELECT x.key FROM actors x WHERE x.key = :value", of, &several);
    uint32_t at = found.n ? 0 : map_get(&l->names, str_hash(of), 0);
    if (at)
        return l->out->v[at - 1].key;
    found = found.n ? found : find_named(l, of, &several);
    return several ? S("") : found;
}

static void note(struct list *l, struct store_listed *one, const char *what)
{
    one->told =
        one->told.n ? arena_fmt(l->out->arena, "%.*s %s", STR_ARG(one->told), what) : str_of(what);
}

static void put_text(struct list *l, struct store_listed *one, cJSON *after, const char *name,
                     struct str value)
{
    const cJSON *was = cJSON_GetObjectItemCaseSensitive(after, name);
    if (!value.n || (cJSON_IsString(was) && str_eq(str_of(was->valuestring), value)))
        return;
    cJSON_ReplaceItemInObjectCaseSensitive(after, name,
                                           cJSON_CreateString(arena_str(l->out->arena, value).p));
    note(l, one, name);
}

static bool has_text(const cJSON *names, struct str text)
{
    const cJSON *one;
    cJSON_ArrayForEach(one, names)
        if (str_eq(str_of(cJSON_GetObjectItem(one, "text")->valuestring), text))
            return true;
    return false;
}

static void put_names(struct list *l, struct store_listed *one, cJSON *after, const cJSON *given)
{
    cJSON *names = cJSON_GetObjectItemCaseSensitive(after, "names"), *name;
    struct str own = member(after, "name");
    bool more = false;
    const cJSON *text;
    cJSON_ArrayForEach(text, given) {
        struct str form = cJSON_IsString(text) ? str_trim(str_of(text->valuestring)) : S("");
        if (!form.n || str_eq(form, own) || has_text(names, form))
            continue;
        name = cJSON_CreateObject();
        cJSON_AddStringToObject(name, "text", arena_str(l->out->arena, form).p);
        cJSON_AddStringToObject(name, "kind", name_kind_names[NAME_FULL]);
        cJSON_AddItemToArray(names, name);
        more = true;
    }
    if (more)
        note(l, one, "names");
}

/* The names of the row but the one it goes by, for as long as no report has them; never empty, so
 * that it is known. */
static void put_list_names(cJSON *after)
{
    cJSON *texts = cJSON_CreateArray();
    struct str own = member(after, "name");
    const cJSON *one;
    cJSON_ArrayForEach(one, cJSON_GetObjectItemCaseSensitive(after, "names")) {
        const char *text = cJSON_GetObjectItem(one, "text")->valuestring;
        if (!str_eq(str_of(text), own))
            cJSON_AddItemToArray(texts, cJSON_CreateString(text));
    }
    char *json = cJSON_PrintUnformatted(texts);
    cJSON_ReplaceItemInObjectCaseSensitive(after, "list_names", cJSON_CreateString(json));
    cJSON_free(json);
    cJSON_Delete(texts);
}

/* Names that a list gave are in the row until a report has them. */
static void take_list_names(cJSON *state)
{
    const cJSON *kept = cJSON_GetObjectItemCaseSensitive(state, "list_names"), *text;
    cJSON *names = cJSON_GetObjectItemCaseSensitive(state, "names");
    cJSON *texts = cJSON_IsString(kept) ? cJSON_Parse(kept->valuestring) : NULL;
    cJSON_ArrayForEach(text, texts) {
        if (has_text(names, str_of(text->valuestring)))
            continue;
        cJSON *name = cJSON_CreateObject();
        cJSON_AddStringToObject(name, "text", text->valuestring);
        cJSON_AddStringToObject(name, "kind", name_kind_names[NAME_FULL]);
        cJSON_AddItemToArray(names, name);
    }
    cJSON_Delete(texts);
}

static cJSON *state_after(struct list *l, struct store_listed *one, const cJSON *before,
                          const cJSON *line)
{
    static const char *const texts[] = {"name", "kind", "role", "wikidata"};
    struct str of = member(line, "of"), to = of.n ? find_of(l, of) : of;
    cJSON *after = cJSON_Duplicate(before, true);
    if (of.n && (!to.n || str_eq(to, one->key))) {
        refuse(l, one, S("what it belongs to is no actor of the store or of the list"));
        return after;
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        put_text(l, one, after, texts[i], member(line, texts[i]));
    put_text(l, one, after, "of", to);
    put_names(l, one, after, cJSON_GetObjectItemCaseSensitive(line, "names"));
    put_list_names(after);
    return after;
}

static void take_line(struct list *l, struct store_listed *one, const cJSON *line)
{
    cJSON *before = decide_load(l->d, LISTED_SNAPSHOT, 0, one->key);
    if (!before) {
        l->failed = true;
        return;
    }
    take_list_names(before);
    cJSON *after = state_after(l, one, before, line);
    if (one->what == LISTED_SAME && one->told.n)
        one->what = LISTED_CHANGED;
    if (one->what == LISTED_NEW)
        one->told = S("");
    one->name = arena_str(l->out->arena, member(after, "name"));
    bool stays = one->what == LISTED_SAME || one->what == LISTED_REFUSED;
    if (stays) {
        cJSON_Delete(before);
        cJSON_Delete(after);
        return;
    }
    cJSON_AddItemToArray(cJSON_GetObjectItem(l->d->before, "actors"), before);
    cJSON_AddItemToArray(cJSON_GetObjectItem(l->d->after, "actors"), after);
}

/* -------------------------------------------------------------------------------------- the list
 */

static void add_lines(struct list *l, const cJSON *lines)
{
    const cJSON *line;
    size_t number = 0;
    l->out->v =
        arena_array(l->out->arena, (size_t)cJSON_GetArraySize(lines) + 1, sizeof *l->out->v);
    cJSON_ArrayForEach(line, lines) {
        const cJSON *at = cJSON_GetObjectItemCaseSensitive(line, "line");
        struct store_listed *one = &l->out->v[l->out->n++];
        number++;
        *one = (struct store_listed){.line = cJSON_IsNumber(at) ? (size_t)at->valuedouble : number};
        one->name = arena_str(l->out->arena, member(line, "name"));
        settle_key(l, one, line);
    }
}

static bool say_refused(const struct list *l)
{
    for (size_t i = 0; i < l->out->n; i++)
        if (l->out->v[i].what == LISTED_REFUSED)
            return fail(l->d->err, ERR_INVALID, "line %zu: %.*s (%zu of %zu lines are refused)",
                        l->out->v[i].line, STR_ARG(l->out->v[i].told),
                        l->out->count[LISTED_REFUSED], l->out->n);
    return true;
}

bool decide_listed(struct deciding *d)
{
    static const char *const names[] = {"actors", NULL};
    struct store_listing own = {.arena = &d->arena};
    struct list l = {.d = d, .out = d->decision->listing ? d->decision->listing : &own};
    const cJSON *lines = decide_value(d, "actors"), *line;
    if (!decide_only(d, names) || !cJSON_IsArray(lines) || cJSON_GetArraySize(lines) > LISTED_MOST)
        return fail(d->err, ERR_INVALID, "\"actors\" must be a list of at most %d actors",
                    (int)LISTED_MOST);
    d->key = (struct str){0};
    d->before = cJSON_CreateObject();
    d->after = cJSON_CreateObject();
    cJSON_AddArrayToObject(d->before, "actors");
    cJSON_AddArrayToObject(d->after, "actors");
    add_lines(&l, lines);
    struct store_listed *one = l.out->v;
    cJSON_ArrayForEach(line, lines) {
        if (!l.failed && one->what != LISTED_REFUSED)
            take_line(&l, one, line);
        l.out->count[one++->what]++;
    }
    d->nothing = cJSON_GetArraySize(cJSON_GetObjectItem(d->after, "actors")) == 0;
    return !l.failed && (l.out->dry || say_refused(&l));
}

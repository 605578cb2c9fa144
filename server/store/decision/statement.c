/* Decisions about statements, utterances and conflicts. A statement's decision holds the whole
 * statement as it was and as it is to stand, with the exact words of every span. */
#include "store/decision/deciding.h"

#include "store/list/fragments.h"

#include <string.h>

#define SNAPSHOT                                                                                   \
    "SELECT rtrim(json_object('id', st.id, 'article', st.article, 'kind', st.kind, 'speaker',"     \
    " st.speaker, 'via', st.via, 'channel', st.channel, 'said_on', st.said_on,"                    \
    " 'confidence', st.confidence, 'rule', st.rule, 'status', st.status,"                          \
    " 'positions', json(" STATEMENT_POSITIONS ")), '}') || span_members" STATEMENT_SPANS " || '}'" \
    " FROM statements st WHERE st.id = :id"

static bool is_word_of(const char *const *words, int n, const cJSON *item)
{
    for (int i = 0; cJSON_IsString(item) && i < n; i++)
        if (strcmp(words[i], item->valuestring) == 0)
            return true;
    return false;
}

static void put(cJSON *object, const char *name, cJSON *item)
{
    if (cJSON_HasObjectItem(object, name))
        cJSON_ReplaceItemInObjectCaseSensitive(object, name, item);
    else
        cJSON_AddItemToObject(object, name, item);
}

/* The article's present text with its offsets. */
static bool load_text(struct deciding *d, int64_t article, struct utf8_index *out)
{
    struct query q = query_begin(d->db, "SELECT text FROM article_versions"
                                        " WHERE article = :id AND current");
    query_int(&q, ":id", article);
    bool found = query_step(&q);
    if (found)
        *out = utf8_index_make(&d->arena, query_get_str(&q, 0, &d->arena));
    return query_end(&q, d->err) &&
           (found || fail(d->err, ERR_MISSING, "there is no such article"));
}

/* [{"start","end"}] of value becomes [{"start","end","exact"}] of the statement. */
static bool put_spans(struct deciding *d, const struct utf8_index *x, const char *role)
{
    const cJSON *given = decide_value(d, role), *item;
    size_t length = utf8_count(x->text), last = 0;
    if (!given)
        return true;
    if (!cJSON_IsArray(given))
        return fail(d->err, ERR_INVALID, "\"%s\" must be a list of spans", role);
    cJSON *spans = cJSON_CreateArray();
    put(d->after, role, spans);
    cJSON_ArrayForEach(item, given) {
        const cJSON *s = cJSON_GetObjectItemCaseSensitive(item, "start");
        const cJSON *e = cJSON_GetObjectItemCaseSensitive(item, "end");
        double start = cJSON_IsNumber(s) ? s->valuedouble : -1;
        double end = cJSON_IsNumber(e) ? e->valuedouble : -1;
        if (!(start >= (double)last && end > start && end <= (double)length) ||
            start != (double)(size_t)start || end != (double)(size_t)end)
            return fail(d->err, ERR_INVALID, "a span of \"%s\" does not lie in the text", role);
        last = (size_t)end;
        struct str exact =
            str_slice(x->text, utf8_byte(x, (size_t)start), utf8_byte(x, (size_t)end));
        cJSON *span = cJSON_CreateObject();
        cJSON_AddNumberToObject(span, "start", start);
        cJSON_AddNumberToObject(span, "end", end);
        cJSON_AddStringToObject(span, "exact", arena_str(&d->arena, exact).p);
        cJSON_AddItemToArray(spans, span);
    }
    return true;
}

static bool is_there(struct deciding *d, const char *sql, const char *key)
{
    cJSON *found = decide_load(d, sql, 0, str_of(key));
    cJSON_Delete(found);
    return found != NULL;
}

bool decide_new_actor(struct deciding *d, const char *role, const cJSON *given, struct str *key)
{
    const cJSON *name = cJSON_GetObjectItemCaseSensitive(given, "name");
    const cJSON *kind = cJSON_GetObjectItemCaseSensitive(given, "kind");
    if (!cJSON_IsString(name) || !name->valuestring[0] ||
        (kind && !is_word_of(actor_kind_names, ACTOR_KIND_COUNT, kind)))
        return fail(d->err, ERR_INVALID, "\"%s\" must have a name and a kind of actor", role);
    *key = arena_str(&d->arena, decide_slug(&d->arena, str_of(name->valuestring)));
    struct query q = query_begin(d->db, "INSERT INTO actors (key, name, kind, number)"
                                        " VALUES (:key, :name, :kind, (SELECT"
                                        " coalesce(max(number), 0) + 1 FROM actors))"
                                        " ON CONFLICT DO NOTHING");
    query_str(&q, ":key", *key);
    query_str(&q, ":name", str_of(name->valuestring));
    query_str(&q, ":kind", kind ? str_of(kind->valuestring) : S("person"));
    return query_do(&q, d->err);
}

/* A key, null, or {"name","kind"} for an actor nobody knew. */
static bool put_actor(struct deciding *d, const char *role)
{
    const cJSON *given = decide_value(d, role);
    if (!given)
        return true;
    if (cJSON_IsNull(given) || cJSON_IsString(given)) {
        if (cJSON_IsString(given) && !given->valuestring[0])
            return fail(d->err, ERR_INVALID, "\"%s\" must be an actor's key or null", role);
        if (cJSON_IsString(given) &&
            !is_there(d, "SELECT 1 FROM actors WHERE key = :key", given->valuestring))
            return fail(d->err, ERR_MISSING, "there is no such actor");
        put(d->after, role, cJSON_Duplicate(given, true));
        return true;
    }
    struct str key = {0};
    if (!decide_new_actor(d, role, given, &key))
        return false;
    put(d->after, role, cJSON_CreateString(key.p));
    return true;
}

static bool is_issue(struct deciding *d, const cJSON *issue)
{
    return cJSON_IsString(issue) &&
           is_there(d, "SELECT 1 FROM issues WHERE key = :key", issue->valuestring);
}

static bool is_position(struct deciding *d, const cJSON *p)
{
    return is_issue(d, cJSON_GetObjectItemCaseSensitive(p, "issue")) &&
           is_word_of(stance_names, STANCE_COUNT, cJSON_GetObjectItemCaseSensitive(p, "stance"));
}

/* Only a conditional stance has a condition: another one does not keep it. */
static void drop_condition(cJSON *p)
{
    const cJSON *stance = cJSON_GetObjectItemCaseSensitive(p, "stance");
    if (cJSON_IsString(stance) &&
        strcmp(stance->valuestring, stance_names[STANCE_CONDITIONAL]) != 0)
        put(p, "condition", cJSON_CreateNull());
}

/* {"issue","stance","condition"}: that one position; stance null: none on that issue. */
static bool put_stance(struct deciding *d)
{
    const cJSON *issue = decide_value(d, "issue"), *stance = decide_value(d, "stance");
    cJSON *all = cJSON_GetObjectItemCaseSensitive(d->after, "positions"), *p;
    if (!issue && !stance)
        return true;
    if (!issue || !is_issue(d, issue) || !stance ||
        (!cJSON_IsNull(stance) && !is_word_of(stance_names, STANCE_COUNT, stance)))
        return fail(d->err, ERR_INVALID,
                    "a stance needs an issue that is there and a word for the stance");
    for (int i = cJSON_GetArraySize(all); i-- > 0;) {
        const cJSON *its = cJSON_GetObjectItemCaseSensitive(cJSON_GetArrayItem(all, i), "issue");
        if (cJSON_IsString(its) && strcmp(its->valuestring, issue->valuestring) == 0)
            cJSON_DeleteItemFromArray(all, i);
    }
    if (cJSON_IsNull(stance)) {
        put(d->after, "positions_final", cJSON_CreateTrue());
        return true;
    }
    p = cJSON_CreateObject();
    cJSON_AddStringToObject(p, "issue", issue->valuestring);
    cJSON_AddStringToObject(p, "stance", stance->valuestring);
    const cJSON *condition = decide_value(d, "condition");
    cJSON_AddItemToObject(p, "condition",
                          cJSON_IsString(condition) ? cJSON_CreateString(condition->valuestring)
                                                    : cJSON_CreateNull());
    drop_condition(p);
    cJSON_AddItemToArray(all, p);
    return true;
}

static bool put_positions(struct deciding *d)
{
    const cJSON *given = decide_value(d, "positions"), *p;
    if (!given)
        return put_stance(d);
    if (!cJSON_IsArray(given))
        return fail(d->err, ERR_INVALID, "\"positions\" must be a list");
    cJSON_ArrayForEach(p, given) {
        if (!is_position(d, p))
            return fail(d->err, ERR_INVALID,
                        "a position needs an issue that is there and a stance");
    }
    /* Whatever figure came with them was the program's; these are a person's. */
    cJSON *all = cJSON_Duplicate(given, true), *one;
    cJSON_ArrayForEach(one, all) {
        cJSON_DeleteItemFromObjectCaseSensitive(one, "confidence");
        drop_condition(one);
    }
    put(d->after, "positions", all);
    put(d->after, "positions_final", cJSON_CreateTrue());
    return true;
}

static bool put_details(struct deciding *d)
{
    static const char *const names[] = {"channel", "said_on"};
    const cJSON *kind = decide_value(d, "kind");
    for (size_t i = 0; i < 2; i++) {
        const cJSON *given = decide_value(d, names[i]);
        if (!decide_text(d, names[i]))
            return false;
        if (given)
            put(d->after, names[i],
                cJSON_CreateString(cJSON_IsString(given) ? given->valuestring : ""));
    }
    if (!decide_when(d, "said_on", TIME_DAY) || !decide_text(d, "condition"))
        return false;
    if (kind && !is_word_of(statement_kind_names, STATEMENT_KIND_COUNT, kind))
        return fail(d->err, ERR_INVALID, "\"kind\" must be direct, mixed or indirect");
    if (kind)
        put(d->after, "kind", cJSON_Duplicate(kind, true));
    return true;
}

static bool edit(struct deciding *d)
{
    static const char *const names[] = {"speaker", "via",       "channel",   "said_on", "kind",
                                        "source",  "cue",       "content",   "issue",   "stance",
                                        "article", "condition", "positions", "number",  NULL};
    struct utf8_index x = {0};
    if (!decide_only(d, names) || !load_text(d, d->article, &x))
        return false;
    return put_actor(d, "speaker") && put_actor(d, "via") && put_details(d) &&
           put_spans(d, &x, "source") && put_spans(d, &x, "cue") && put_spans(d, &x, "content") &&
           put_positions(d);
}

/* The number that a coder's own statement has, if it is to become everybody's: it is kept. */
static int64_t coded_number(struct deciding *d)
{
    struct query q = query_begin(d->db, "SELECT statement FROM codings WHERE statement = :id"
                                        " AND article = :article AND NOT EXISTS (SELECT 1 FROM"
                                        " statements st WHERE st.id = :id) LIMIT 1");
    int64_t number = 0;
    query_int(&q, ":id", decide_value_id(d, "number"));
    query_int(&q, ":article", d->article);
    if (query_step(&q))
        number = query_get_int(&q, 0);
    return query_end(&q, d->err) ? number : 0;
}

/* A statement that the engine did not find. */
static bool add(struct deciding *d)
{
    int64_t known;
    d->article = decide_value_id(d, "article");
    known = coded_number(d);
    d->id = known ? known : shared_statement_id(d->db);
    d->after = cJSON_Parse("{\"kind\":\"direct\",\"speaker\":null,\"via\":null,\"channel\":\"\","
                           "\"said_on\":\"\",\"source\":[],\"cue\":[],\"content\":[],"
                           "\"confidence\":1,\"rule\":\"person\",\"positions\":[]}");
    cJSON_AddNumberToObject(d->after, "id", (double)d->id);
    cJSON_AddNumberToObject(d->after, "article", (double)d->article);
    return d->article > 0 ? edit(d)
                          : fail(d->err, ERR_INVALID, "\"article\" must say where it stands");
}

bool decide_statement(struct deciding *d)
{
    const char *status = decide_is(d, "confirm")  ? "confirmed"
                         : decide_is(d, "reject") ? "rejected"
                                                  : "edited";
    if (decide_is(d, "add")) {
        if (!add(d))
            return false;
    } else {
        if (!d->before)
            d->before = decide_load(d, SNAPSHOT, d->id, (struct str){0});
        if (!d->before)
            return fail(d->err, ERR_MISSING, "there is no such statement");
        d->article = (int64_t)cJSON_GetObjectItem(d->before, "article")->valuedouble;
        d->after = cJSON_Duplicate(d->before, true);
        if (decide_is(d, "edit") ? !edit(d) : !decide_is(d, "confirm") && !decide_is(d, "reject"))
            return decide_is(d, "edit") ? false : decide_unfit(d);
    }
    put(d->after, "status", cJSON_CreateString(status));
    const cJSON *first = cJSON_GetArrayItem(cJSON_GetObjectItem(d->after, "content"), 0);
    if (!first)
        return fail(d->err, ERR_INVALID, "a statement needs a content");
    d->exact = arena_str(&d->arena, str_of(cJSON_GetObjectItem(first, "exact")->valuestring));
    return decide_touch_all(d, "SELECT story FROM articles WHERE id = :id", d->article,
                            (struct str){0});
}

/* ------------------------------------------------------------------------- utterances, conflicts
 */

static bool add_anchor(struct deciding *d, cJSON *list, int64_t statement)
{
    cJSON *anchor = decide_anchor(d, statement);
    if (!anchor)
        return fail(d->err, ERR_MISSING, "there is no such statement");
    cJSON_AddItemToArray(list, anchor);
    return true;
}

static bool add_anchors(struct deciding *d, cJSON *list, int64_t utterance)
{
    cJSON *all = decide_load(d, "SELECT json_group_array(id) FROM statements WHERE utterance = :id",
                             utterance, (struct str){0});
    const cJSON *id;
    bool ok = all != NULL;
    cJSON_ArrayForEach(id, all) {
        ok = ok && add_anchor(d, list, (int64_t)id->valuedouble);
    }
    cJSON_Delete(all);
    return ok;
}

/* {"join": [anchors of all that are one utterance from now on]} */
static bool join_utterances(struct deciding *d)
{
    static const char *const names[] = {"with", NULL};
    cJSON *all = cJSON_AddArrayToObject(d->after, "join");
    int64_t with = decide_value_id(d, "with");
    if (!decide_only(d, names))
        return false;
    if (!with || with == d->id)
        return fail(d->err, ERR_INVALID, "\"with\" must be another utterance");
    if (!decide_touch_all(d, "SELECT story FROM utterances WHERE id = :id", with, (struct str){0}))
        return false;
    if (d->n_stories != 1)
        return fail(d->err, ERR_INVALID, "the utterances are not of one story");
    if (!add_anchors(d, all, d->id))
        return false;
    int own = cJSON_GetArraySize(all);
    if (!add_anchors(d, all, with))
        return false;
    return cJSON_GetArraySize(all) > own || fail(d->err, ERR_MISSING, "there is no such utterance");
}

static bool is_among(const cJSON *list, double id)
{
    const cJSON *item;
    cJSON_ArrayForEach(item, list) {
        const cJSON *its = cJSON_IsObject(item) ? cJSON_GetObjectItem(item, "id") : item;
        if (cJSON_IsNumber(its) && its->valuedouble == id)
            return true;
    }
    return false;
}

/* {"split": [[anchors that go], [anchors that stay]]} */
static bool split_utterance(struct deciding *d)
{
    static const char *const names[] = {"statement", "statements", NULL};
    cJSON *sides = cJSON_AddArrayToObject(d->after, "split");
    cJSON *go = cJSON_CreateArray(), *stay = cJSON_CreateArray();
    cJSON_AddItemToArray(sides, go);
    cJSON_AddItemToArray(sides, stay);
    if (!decide_only(d, names) || !decide_list(d, "statements", true))
        return false;
    const cJSON *many = decide_value(d, "statements"), *one = decide_value(d, "statement");
    cJSON *all = decide_load(d, "SELECT json_group_array(id) FROM statements WHERE utterance = :id",
                             d->id, (struct str){0});
    const cJSON *item;
    bool ok = true;
    cJSON_ArrayForEach(item, all) {
        double id = item->valuedouble;
        bool goes = is_among(many, id) || (cJSON_IsNumber(one) && one->valuedouble == id);
        ok = ok && add_anchor(d, goes ? go : stay, (int64_t)id);
    }
    cJSON_Delete(all);
    if (ok && (cJSON_GetArraySize(go) == 0 || cJSON_GetArraySize(stay) == 0))
        return fail(d->err, ERR_INVALID, "some statements must go and some must stay");
    return ok;
}

bool decide_utterance(struct deciding *d)
{
    d->before =
        decide_load(d,
                    "SELECT json_object('statements', (SELECT json_group_array(id) FROM"
                    " statements WHERE utterance = u.id)) FROM utterances u WHERE u.id = :id",
                    d->id, (struct str){0});
    if (!d->before)
        return fail(d->err, ERR_MISSING, "there is no such utterance");
    d->after = cJSON_CreateObject();
    if (!decide_touch_all(d, "SELECT story FROM utterances WHERE id = :id", d->id, (struct str){0}))
        return false;
    if (decide_is(d, "merge"))
        return join_utterances(d);
    return decide_is(d, "split") ? split_utterance(d) : decide_unfit(d);
}

/* Who has kept an address of before may decide by the number in it. */
static bool find_conflict(struct deciding *d)
{
    struct query q = query_begin(d->db, "SELECT m.conflict FROM conflict_moves m"
                                        " WHERE m.former = :id AND m.conflict <> 0");
    query_int(&q, ":id", d->id);
    d->id = query_step(&q) ? query_get_int(&q, 0) : d->id;
    return query_end(&q, d->err);
}

bool decide_conflict(struct deciding *d)
{
    bool confirm = decide_is(d, "confirm");
    if (!find_conflict(d))
        return false;
    d->before = decide_load(
        d,
        "SELECT json_object('status', c.status, 'rule', c.rule, 'spans', (SELECT"
        " json_group_array(json_object('article', b.article, 'start', b.start, 'end', b.end,"
        " 'exact', " SPAN_EXACT ")) FROM conflict_spans b WHERE b.conflict = c.id))"
        " FROM conflicts c WHERE c.id = :id",
        d->id, (struct str){0});
    if (!d->before)
        return fail(d->err, ERR_MISSING, "there is no such conflict");
    if (!confirm && !decide_is(d, "dismiss") && !decide_is(d, "reject"))
        return decide_unfit(d);
    d->after = cJSON_Duplicate(d->before, true);
    put(d->after, "status", cJSON_CreateString(confirm ? "confirmed" : "dismissed"));
    return decide_touch_all(d, "SELECT story FROM conflicts WHERE id = :id", d->id,
                            (struct str){0});
}

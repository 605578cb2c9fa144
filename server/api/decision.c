/* What persons decide: appended to the journal, and the stories concerned compared anew. A write
 * under If-Match only happens while nobody has decided about the same since the answer that had
 * this tag. Undo and redo may be of one person, or of one decision. */
#include "api/parts.h"

static bool answer_id(struct http_context *c, int status, int64_t id)
{
    struct json j = json_begin(&c->response.body);
    json_object(&j);
    json_field_int(&j, "id", id);
    json_end_object(&j);
    c->response.status = status;
    return true;
}

/* "target": {"type", "id"}; actors and issues are known by key, the others by number. */
static bool read_target(const cJSON *body, struct store_decision *d, struct err *err)
{
    const cJSON *target = cJSON_GetObjectItemCaseSensitive(body, "target");
    const cJSON *id = cJSON_GetObjectItemCaseSensitive(target, "id");
    if (!cJSON_IsObject(target))
        return fail(err, ERR_INVALID, "\"target\" is missing");
    if (!json_get_str(target, "type", true, &d->target, err))
        return false;
    if (cJSON_IsString(id))
        return json_get_str(target, "id", true, &d->key, err);
    if (!body_id(target, "id", &d->id, err))
        return false;
    return d->id || fail(err, ERR_INVALID, "\"id\" is missing");
}

bool read_by(const struct http_context *c, const cJSON *body, struct str *by, struct err *err)
{
    if (body && !json_get_str(body, "by", false, by, err))
        return false;
    *by = c->user.name.n ? c->user.name : str_trim(*by);
    return by->n <= 80 || fail(err, ERR_INVALID, "\"by\" is too long");
}

static bool read_decision(const struct http_context *c, const cJSON *body, struct store_decision *d,
                          struct err *err)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(body, "value");
    if (value && !cJSON_IsNull(value) && !cJSON_IsObject(value))
        return fail(err, ERR_INVALID, "\"value\" must be an object");
    d->value = cJSON_IsObject(value) ? value : NULL;
    return json_get_str(body, "action", true, &d->action, err) &&
           json_get_str(body, "note", false, &d->note, err) && read_by(c, body, &d->by, err) &&
           read_target(body, d, err);
}

bool post_decision(struct http_context *c, struct err *err)
{
    cJSON *body = NULL;
    int64_t id = 0;
    struct store_decision d = {0};
    if (!may_write(c, err) || !http_if_match(c, &d.if_revision, err) ||
        !body_object(c, "action target value note by", &body, err))
        return false;
    bool ok = read_decision(c, body, &d, err) && ingest_decide(api_of(c)->store, &d, &id, err);
    cJSON_Delete(body);
    if (ok)
        worker_wake(api_of(c)->worker);
    return ok && answer_id(c, 201, id);
}

/* What was taken back, or stands again: {"id": the journal's entry, "about": that decision}. */
static bool answer_turn(struct http_context *c, const struct store_turn *turn, struct err *err)
{
    struct json j = json_begin(&c->response.body);
    struct row_json row = row_json_make(&j);
    struct store_query query = {.noun = NOUN_DECISION, .id = turn->about};
    json_object(&j);
    json_field_int(&j, "id", turn->id);
    json_key(&j, "about");
    bool ok = store_item(api_of(c)->store, &query, &row.sink, err);
    json_end_object(&j);
    return ok;
}

/* Reviewers take back what they decided themselves. */
static bool may_turn(const struct http_context *c, const struct store_turn *turn, struct err *err)
{
    struct str by;
    if (c->user.rank >= HTTP_RANK_OWNER || !turn->about)
        return true;
    return store_decision_by(api_of(c)->store, c->arena, turn->about, &by, err) &&
           (str_eq(by, c->user.name) ||
            fail(err, ERR_DENIED, "that was decided by somebody else: an owner can take it back"));
}

static bool turn(struct http_context *c, bool back, struct err *err)
{
    cJSON *body = NULL;
    struct store_turn turn = {0};
    if (!may_write(c, err) || (c->request.body.n && !body_object(c, "by id", &body, err)))
        return false;
    bool ok = read_by(c, body, &turn.by, err) && body_id(body, "id", &turn.about, err) &&
              may_turn(c, &turn, err);
    ok = ok && ingest_turn(api_of(c)->store, back, &turn, err);
    cJSON_Delete(body);
    if (ok)
        worker_wake(api_of(c)->worker);
    return ok && answer_turn(c, &turn, err);
}

bool post_undo(struct http_context *c, struct err *err)
{
    return turn(c, true, err);
}

bool post_redo(struct http_context *c, struct err *err)
{
    return turn(c, false, err);
}

static bool check_terms(const cJSON *terms, struct err *err)
{
    const cJSON *term = NULL;
    if (terms && !cJSON_IsArray(terms))
        return fail(err, ERR_INVALID, "\"terms\" must be an array of strings");
    cJSON_ArrayForEach(term, terms)
        if (!cJSON_IsString(term))
            return fail(err, ERR_INVALID, "\"terms\" must be an array of strings");
    return true;
}

/* An issue is a decision too: adding one can be undone. The body itself is the value; the answer is
 * the journal's entry, whose target has the key that the issue got. */
bool post_issue(struct http_context *c, struct err *err)
{
    cJSON *body = NULL;
    int64_t id = 0, story = 0;
    struct str title;
    struct store_decision d = {.action = S("add"), .target = S("issue")};
    if (!may_write(c, err) || !body_object(c, "title terms sort story by", &body, err))
        return false;
    bool ok = read_by(c, body, &d.by, err);
    d.by = arena_str(c->arena, d.by);
    cJSON_DeleteItemFromObjectCaseSensitive(body, "by");
    d.value = body;
    ok = ok && json_get_str(body, "title", true, &title, err) &&
         body_id(body, "story", &story, err) &&
         check_terms(cJSON_GetObjectItemCaseSensitive(body, "terms"), err) &&
         (str_trim(title).n || fail(err, ERR_INVALID, "the title is empty")) &&
         ingest_decide(api_of(c)->store, &d, &id, err);
    cJSON_Delete(body);
    if (ok)
        worker_wake(api_of(c)->worker);
    return ok && answer_item(c, 201, NOUN_DECISION, id, err);
}

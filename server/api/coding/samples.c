/* Samples: drawn, forgotten, listed with one person's codings; and who asks. */
#include "api/coding/parts.h"

#include <time.h>

/* With users a coder sees their own codings only, owners those they ask for. */
static void only_own(const struct http_context *c, struct store_query *query)
{
    if (c->user.name.n && (c->user.rank < HTTP_RANK_OWNER || query->noun == NOUN_SAMPLED))
        query->filter.by = c->user.name;
}

bool read_codings(struct http_context *c, struct err *err)
{
    struct store_query query;
    if (!query_read(c, &query, err))
        return false;
    only_own(c, &query);
    return list_rows(c, &query, err);
}

bool read_of_sample(struct http_context *c, struct err *err)
{
    struct store_query query;
    if (!query_read(c, &query, err))
        return false;
    query.filter.import = c->request.id;
    only_own(c, &query);
    return list_rows(c, &query, err);
}

bool read_me(struct http_context *c, struct err *err)
{
    static const char *const roles[] = {"none", "reader", "reviewer", "owner"};
    struct json j = json_begin(&c->response.body);
    (void)err;
    json_object(&j);
    json_field_opt(&j, "name", c->user.name);
    json_field_str(&j, "role", str_of(roles[c->user.rank]));
    json_end_object(&j);
    return true;
}

/* A seed that was not given is the time's, and stands in the answer. */
static int64_t some_seed(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (now.tv_sec * 1000 + now.tv_nsec / 1000000) % 1000000000 + 1;
}

static bool read_sample(const struct http_context *c, const cJSON *body, struct store_sample *s,
                        struct err *err)
{
    if (!json_get_str(body, "purpose", true, &s->purpose, err) ||
        !json_get_str(body, "title", false, &s->title, err) ||
        !json_get_str(body, "strata", false, &s->strata, err) ||
        !body_id(body, "story", &s->story, err) || !body_id(body, "seed", &s->seed, err) ||
        !body_id(body, "size", &s->size, err) || !read_by(c, body, &s->by, err))
        return false;
    s->blind = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(body, "blind"));
    if (s->blind && !str_eq(s->purpose, S("coding")))
        return fail(err, ERR_INVALID, "an audit judges what the program read: it is not blind");
    s->title = str_trim(s->title);
    s->seed = s->seed ? s->seed : some_seed();
    return s->title.n <= 200 || fail(err, ERR_INVALID, "\"title\" is too long");
}

bool post_sample(struct http_context *c, struct err *err)
{
    cJSON *body = NULL;
    struct store_sample sample = {0};
    int64_t id = 0;
    if (!may_write(c, err) ||
        !body_object(c, "purpose title story seed size strata blind by", &body, err))
        return false;
    bool ok = read_sample(c, body, &sample, err) &&
              store_sample_draw(api_of(c)->store, &sample, &id, err);
    cJSON_Delete(body);
    if (!ok)
        return false;
    http_header(c, "Location", arena_fmt(c->arena, "/api/v1/samples/%lld", (long long)id));
    return answer_item(c, 201, NOUN_SAMPLE, id, err);
}

bool delete_sample(struct http_context *c, struct err *err)
{
    if (!may_write(c, err) || !store_sample_remove(api_of(c)->store, c->request.id, err))
        return false;
    struct json j = json_begin(&c->response.body);
    json_object(&j);
    json_field_int(&j, "id", c->request.id);
    json_end_object(&j);
    return true;
}

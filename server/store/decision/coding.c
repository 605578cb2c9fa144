/* Codings: how one person reads a statement, beside what others say of it. What is decided about a
 * statement itself (statement.c) holds for everybody; a coding changes nothing but its own row, and
 * its later form begins with its earlier one. */
#include "store/decision/deciding.h"

static cJSON *of_coder(const struct deciding *d, int64_t statement)
{
    cJSON *of = cJSON_CreateObject();
    cJSON_AddNumberToObject(of, "statement", (double)statement);
    cJSON_AddNumberToObject(of, "article", (double)d->article);
    cJSON_AddStringToObject(of, "coder", d->decision->by.p);
    return of;
}

static cJSON *state(const struct deciding *d, int64_t statement, cJSON *coding)
{
    cJSON *all = cJSON_CreateObject();
    cJSON_AddItemToObject(all, "of", of_coder(d, statement));
    cJSON_AddItemToObject(all, "coding", coding ? coding : cJSON_CreateNull());
    return all;
}

/* What the coder has said of it so far. */
static cJSON *earlier(struct deciding *d)
{
    return decide_load(d, "SELECT coding FROM codings WHERE statement = :id AND coder = :key",
                       d->id, d->decision->by);
}

bool decide_coding(struct deciding *d)
{
    const struct store_decision *asked = d->decision;
    struct store_decision named = *asked;
    if (!named.by.n)
        return fail(d->err, ERR_INVALID, "a coding needs the name of who codes");
    named.by = arena_str(&d->arena, named.by);
    d->decision = &named;
    bool add = decide_is(d, "add");
    cJSON *before = add ? NULL : earlier(d);
    if (before && decide_is(d, "edit"))
        d->before = cJSON_Duplicate(before, true);
    bool ok = decide_statement(d);
    if (ok) {
        int64_t statement = (int64_t)cJSON_GetObjectItem(d->after, "id")->valuedouble;
        d->key = arena_fmt(&d->arena, "%lld %.*s", (long long)statement, STR_ARG(named.by));
        d->after = state(d, statement, d->after);
        cJSON_Delete(d->before);
        d->before = state(d, statement, before);
        before = NULL;
        d->id = 0;
        d->n_stories = 0;
    }
    cJSON_Delete(before);
    d->decision = asked;
    return ok;
}

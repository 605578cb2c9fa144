/* Persons of a project and the organizations that its statements name with them. */
#include "ingest/project/taking.h"

static bool belongs(struct taking *t, const cJSON *row, struct str body)
{
    cJSON *value = cJSON_CreateObject(), *of = cJSON_AddObjectToObject(value, "of");
    cJSON_AddStringToObject(of, "name", arena_str(&t->one, body).p);
    cJSON_AddStringToObject(of, "kind", "organisation");
    return taking_decide(t,
                         (struct store_decision){.action = S("edit"),
                                                 .target = S("actor"),
                                                 .key = taking_text(row, "key")},
                         value);
}

/* A person belongs to the organization that the first statement names with it. */
bool taking_add_bodies(struct taking *t)
{
    struct map body_of = {0};
    const cJSON *row;
    bool ok = true;
    for (size_t i = 0; i < t->n_told; i++) {
        const struct project_statement *s = &t->told[i].in;
        uint32_t *at = map_at(&t->arena, &body_of, str_hash(str_trim(s->person)));
        if (!*at && s->person.n && s->organization.n)
            *at = (uint32_t)i + 1;
    }
    cJSON *rows = taking_rows(t, (struct store_query){.noun = NOUN_ACTOR});
    cJSON_ArrayForEach(row, rows) {
        uint32_t at = map_get(&body_of, str_hash(taking_text(row, "name")), 0);
        if (ok && at && !taking_text(row, "of").n)
            ok = belongs(t, row, str_trim(t->told[at - 1].in.organization));
    }
    cJSON_Delete(rows);
    return ok && rows != NULL;
}

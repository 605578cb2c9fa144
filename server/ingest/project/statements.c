/* Statements of a project become decisions: what is known already, what the engine found by itself
 * and is now a person's, and what is new. */
#include "ingest/project/taking.h"

static const char *stance_of(const struct project_statement *s)
{
    for (int i = 0; i < STANCE_COUNT; i++)
        if (str_eq(s->stance, str_of(stance_names[i])))
            return stance_names[i];
    return s->agreement < 0 ? "neutral" : s->agreement ? "support" : "oppose";
}

static struct str name_of(const struct told *told)
{
    return str_trim(told->in.person.n ? told->in.person : told->in.organization);
}

/* The actor of that name in the story, by key, or a new one. */
static cJSON *speaker_of(struct taking *t, const struct told *told)
{
    struct str name = name_of(told), kind = told->kind;
    const cJSON *row;
    cJSON *speaker = NULL,
          *rows = taking_rows(
              t, (struct store_query){.noun = NOUN_ACTOR,
                                      .filter = {.story = t->papers[told->paper].story}});
    cJSON_ArrayForEach(row, rows) {
        if (!speaker && str_eq(taking_text(row, "name"), name))
            speaker = cJSON_CreateString(taking_text(row, "key").p);
    }
    cJSON_Delete(rows);
    if (speaker)
        return speaker;
    speaker = cJSON_CreateObject();
    if (!str_listed("person organisation country group outlet unnamed", kind))
        kind = told->in.person.n ? S("person") : S("organisation");
    cJSON_AddStringToObject(speaker, "name", arena_str(&t->one, name).p);
    cJSON_AddStringToObject(speaker, "kind", arena_str(&t->one, kind).p);
    return speaker;
}

static cJSON *position_of(struct str issue, const struct told *told)
{
    cJSON *position = cJSON_CreateObject();
    cJSON_AddStringToObject(position, "issue", issue.p);
    cJSON_AddStringToObject(position, "stance", stance_of(&told->in));
    cJSON_AddItemToObject(position, "condition",
                          told->condition.n ? cJSON_CreateString(told->condition.p)
                                            : cJSON_CreateNull());
    return position;
}

/* The place's hull. */
struct hull {
    uint32_t start, end;
};

static bool stands_at(const cJSON *row, struct hull at)
{
    const cJSON *content = cJSON_GetObjectItemCaseSensitive(row, "content"),
                *last = cJSON_GetArrayItem(content, cJSON_GetArraySize(content) - 1);
    return taking_number(content ? content->child : NULL, "start", -1) == at.start &&
           taking_number(last, "end", -1) == at.end;
}

/* The row's position on the issue, of that stance; NULL: it has none. */
static const cJSON *position_in(const cJSON *row, struct str issue, const char *stance)
{
    const cJSON *p;
    cJSON_ArrayForEach(p, cJSON_GetObjectItemCaseSensitive(row, "positions")) {
        if (str_eq(taking_text(p, "issue"), issue) &&
            str_eq(taking_text(p, "stance"), str_of(stance)))
            return p;
    }
    return NULL;
}

static bool same_places(const struct told *a, const struct told *b)
{
    if (a->n_places != b->n_places)
        return false;
    for (size_t i = 0; i < a->n_places; i++)
        if (a->places[i].start != b->places[i].start ||
            !str_eq(a->places[i].exact, b->places[i].exact))
            return false;
    return true;
}

/* The same words of the same speaker on several issues are one statement. */
static bool goes_with(const struct told *a, const struct told *b)
{
    return a->paper == b->paper && same_places(a, b) && str_eq(a->in.person, b->in.person) &&
           str_eq(a->in.organization, b->in.organization);
}

struct group {
    size_t first, end;
    const struct span *at; /* one for each place */
};

static bool is_plain(struct taking *t, const struct group *g)
{
    return !t->told[g->first].in.concept.n;
}

static cJSON *positions_of(struct taking *t, const struct group *g, const struct str *keys)
{
    cJSON *positions = cJSON_CreateArray();
    for (size_t i = g->first; i < g->end; i++)
        if (keys[i].n && !t->told[i].guessed)
            cJSON_AddItemToArray(positions, position_of(keys[i], &t->told[i]));
    return positions;
}

static bool add_statement(struct taking *t, const struct group *g, const struct str *keys)
{
    cJSON *value = cJSON_CreateObject(), *content, *span;
    const struct told *told = &t->told[g->first];
    cJSON_AddNumberToObject(value, "article", (double)t->papers[told->paper].article);
    cJSON_AddStringToObject(value, "kind", told->form.n ? told->form.p : "indirect");
    cJSON_AddItemToObject(value, "speaker", speaker_of(t, told));
    content = cJSON_AddArrayToObject(value, "content");
    for (size_t i = 0; i < told->n_places; i++) {
        cJSON_AddItemToArray(content, span = cJSON_CreateObject());
        cJSON_AddNumberToObject(span, "start", g->at[i].start);
        cJSON_AddNumberToObject(span, "end", g->at[i].end);
    }
    if (!told->guessed)
        cJSON_AddItemToObject(value, "positions", positions_of(t, g, keys));
    return taking_decide(t, (struct store_decision){.action = S("add"), .target = S("statement")},
                         value);
}

/* What stands at the group's place. */
struct standing {
    size_t known;    /* of the group are there, by the same speaker */
    bool same;       /* and the row says nothing besides */
    bool decided;    /* and a person has seen to it */
    int64_t engines; /* the statement, where nobody has decided about it yet; else 0 */
    bool others;     /* which the engine takes for another's */
};

static void compare(struct taking *t, const struct group *g, const struct str *keys,
                    const cJSON *row, struct standing *s)
{
    const cJSON *all = cJSON_GetObjectItemCaseSensitive(row, "positions");
    size_t n = 0, alike = 0;
    for (size_t i = g->first; i < g->end; i++) {
        const struct told *told = &t->told[i];
        const cJSON *p = position_in(row, keys[i], stance_of(&told->in));
        n += p || is_plain(t, g);
        alike += p && str_eq(taking_text(p, "condition"), told->condition);
    }
    if (str_eq(taking_text(row, "status"), S("proposed"))) {
        s->engines = (int64_t)taking_number(row, "id", -1);
        s->others = false;
    } else {
        s->decided = s->decided || n == g->end - g->first;
    }
    if (n < s->known)
        return;
    s->known = n;
    s->same = alike == (size_t)cJSON_GetArraySize(all) && (is_plain(t, g) || alike == n);
}

static bool look_for(struct taking *t, const struct group *g, const struct str *keys,
                     struct standing *s)
{
    const struct told *told = &t->told[g->first];
    struct store_query query = {.noun = NOUN_STATEMENT,
                                .filter = {.article = t->papers[told->paper].article}};
    struct hull at = {g->at[0].start, g->at[told->n_places - 1].end};
    const cJSON *row;
    *s = (struct standing){0};
    if (!query.filter.article)
        return true;
    cJSON *rows = taking_rows(t, query);
    cJSON_ArrayForEach(row, rows) {
        if (!stands_at(row, at))
            continue;
        if (str_eq(taking_text(row, "speaker_name"), name_of(told))) {
            compare(t, g, keys, row, s);
        } else if (!s->engines && str_eq(taking_text(row, "status"), S("proposed"))) {
            s->engines = (int64_t)taking_number(row, "id", -1);
            s->others = true;
        }
    }
    cJSON_Delete(rows);
    return rows != NULL;
}

/* The engine's own statement becomes the person's: confirmed, or with this speaker and these
 * positions. A file that tells nothing of sides leaves those that the engine found. */
static bool take_over(struct taking *t, const struct group *g, const struct str *keys,
                      const struct standing *s)
{
    const struct told *told = &t->told[g->first];
    struct store_decision decision = {.target = S("statement"), .id = s->engines};
    bool tells = (told->whole || !is_plain(t, g)) && !told->guessed,
         edits = s->others || (tells && !(s->same && str_eq(told->status, S("confirmed"))));
    decision.action = edits ? S("edit") : S("confirm");
    if (!edits)
        return taking_decide(t, decision, NULL);
    cJSON *value = cJSON_CreateObject();
    if (s->others)
        cJSON_AddItemToObject(value, "speaker", speaker_of(t, told));
    if (told->form.n)
        cJSON_AddStringToObject(value, "kind", told->form.p);
    if (tells)
        cJSON_AddItemToObject(value, "positions", positions_of(t, g, keys));
    return taking_decide(t, decision, value);
}

static bool decide(struct taking *t, const struct group *g, const struct str *keys)
{
    size_t n = g->end - g->first;
    struct standing s;
    if (!look_for(t, g, keys, &s))
        return false;
    if (s.decided ||
        (s.known == n && s.engines && str_eq(t->told[g->first].status, S("proposed")))) {
        t->count->known += n;
        return true;
    }
    t->count->added += n;
    if (t->options->dry)
        return true;
    return s.engines ? take_over(t, g, keys, &s) : add_statement(t, g, keys);
}

static bool add_group(struct taking *t, size_t first, size_t end, const struct str *keys)
{
    const struct told *told = &t->told[first];
    const struct paper *p = &t->papers[told->paper];
    struct span *at = arena_array(&t->one, told->n_places + 1, sizeof *at);
    struct str words = told->n_places ? told->places[0].exact : S("");
    if (!p->text.n)
        taking_lose(t, end - first, words, "its article is not here");
    else if (!name_of(told).n)
        taking_lose(t, end - first, words, "nobody is said to say it");
    else if (!taking_spans(&t->one, p, told, at))
        taking_lose(t, end - first, words, "the words are not in the article");
    else
        return decide(t, &(struct group){first, end, at}, keys);
    return true;
}

bool taking_add_statements(struct taking *t, const struct str *keys)
{
    for (size_t i = 0, end; i < t->n_told; i = end) {
        for (end = i + 1; end < t->n_told && goes_with(&t->told[i], &t->told[end]);)
            end++;
        if (!add_group(t, i, end, keys))
            return false;
        arena_reset(&t->one);
    }
    return true;
}

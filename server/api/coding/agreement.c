/* How far the coders of a sample agree: each field's codes as numbers, and the words they marked in
 * the articles that more than one of them coded, one article behind the other. */
#include "api/coding/parts.h"
#include "base/map.h"

#include <math.h>

/* Codes of one field, a line a unit. */
struct table {
    struct arena *arena;
    struct map values;
    int32_t *v;
    size_t lines, coders, cap;
};

static int32_t *add_line(struct table *t)
{
    while (t->cap < (t->lines + 1) * t->coders)
        t->v = arena_grow(t->arena, t->v, t->cap, &t->cap, sizeof *t->v);
    int32_t *line = t->v + t->lines++ * t->coders;
    for (size_t i = 0; i < t->coders; i++)
        line[i] = AGREE_NO_CODE;
    return line;
}

static int32_t code_of(struct table *t, struct str value)
{
    uint32_t *at = map_at(t->arena, &t->values, str_hash(value));
    *at = *at ? *at : (uint32_t)t->values.n;
    return (int32_t)*at - 1;
}

static void add_unit(const struct study *s, struct table *t, size_t from, enum study_field field,
                     const char *issue)
{
    int32_t *line = add_line(t);
    for (size_t i = from; i < study_unit_end(s, from); i++) {
        struct str value = {0};
        if (study_value(s, &s->rows[i], field, issue, &value))
            line[s->rows[i].coder] = code_of(t, value);
    }
}

/* Was the issue seen in an earlier row of the same statement? */
static bool stood_before(const struct study *s, size_t from, size_t at, const char *issue)
{
    struct str unused;
    for (size_t i = from; i < at; i++)
        if (study_value(s, &s->rows[i], STUDY_STANCE, issue, &unused))
            return true;
    return false;
}

/* Of stances each issue that somebody gave the statement is a unit of its own. */
static void add_stances(const struct study *s, struct table *t, size_t from)
{
    const char *issue;
    for (size_t i = from; i < study_unit_end(s, from); i++)
        for (int n = 0; (issue = study_issue(&s->rows[i], n)); n++)
            if (!stood_before(s, from, i, issue))
                add_unit(s, t, from, STUDY_STANCE, issue);
}

static struct agree_figures figures_of(const struct study *s, enum study_field field)
{
    struct table t = {.arena = s->arena, .coders = s->n_coders};
    for (size_t i = 0; i < s->n; i = study_unit_end(s, i)) {
        if (!s->rows[i].coding->sampled)
            continue;
        if (field == STUDY_STANCE)
            add_stances(s, &t, i);
        else
            add_unit(s, &t, i, field, NULL);
    }
    return agree_nominal(&(struct agree_codes){t.v, t.lines, t.coders, (int32_t)t.values.n});
}

static void number(struct json *j, const char *key, double value)
{
    json_key(j, key);
    json_num(j, value, 4);
}

static void write_fields(const struct study *s, struct json *j)
{
    json_key(j, "fields");
    json_array(j);
    for (int f = 0; f < STUDY_COUNT; f++) {
        struct agree_figures got = figures_of(s, (enum study_field)f);
        json_object(j);
        json_field_str(j, "field", str_of(study_field_names[f]));
        json_field_int(j, "units", (int64_t)got.units);
        number(j, "percent", got.percent);
        number(j, "kappa", got.kappa);
        number(j, "alpha", got.alpha);
        json_end_object(j);
    }
    json_end_array(j);
}

/* -------------------------------------------------------------------------------------- words */

/* Where articles that two or more have coded begin in the continuum; of others -1. */
static int64_t *lay_out(const struct study *s, int64_t *length, size_t *articles)
{
    size_t n = s->codings.n_articles;
    int64_t *from = arena_array(s->arena, n + 1, sizeof *from);
    for (size_t a = 0; a < n; a++) {
        size_t first = SIZE_MAX;
        bool two = false;
        for (size_t i = 0; i < s->n; i++)
            if (s->rows[i].coding->article == s->codings.articles[a].id) {
                two = two || (first != SIZE_MAX && s->rows[i].coder != first);
                first = first == SIZE_MAX ? s->rows[i].coder : first;
            }
        from[a] = two ? *length : -1;
        *length += two ? s->codings.articles[a].length : 0;
        *articles += two;
    }
    return from;
}

static int64_t place_of(const struct study *s, const int64_t *from, int64_t article)
{
    for (size_t a = 0; a < s->codings.n_articles; a++)
        if (s->codings.articles[a].id == article)
            return from[a];
    return -1;
}

static void mark(const struct study *s, const struct study_row *row, int64_t from,
                 struct agree_units *u, size_t *cap)
{
    const cJSON *span;
    cJSON_ArrayForEach(span, cJSON_GetObjectItemCaseSensitive(row->tree, "content")) {
        const cJSON *start = cJSON_GetObjectItemCaseSensitive(span, "start");
        const cJSON *end = cJSON_GetObjectItemCaseSensitive(span, "end");
        if (!cJSON_IsNumber(start) || !cJSON_IsNumber(end))
            continue;
        u->v = arena_grow(s->arena, u->v, u->n, cap, sizeof *u->v);
        u->v[u->n++] = (struct agree_unit){row->coder, from + (int64_t)start->valuedouble,
                                           from + (int64_t)end->valuedouble};
    }
}

static void write_words(const struct study *s, struct json *j)
{
    struct agree_units u = {.coders = s->n_coders};
    size_t cap = 0, articles = 0;
    int64_t *from = lay_out(s, &u.length, &articles);
    for (size_t i = 0; i < s->n; i++) {
        int64_t at = place_of(s, from, s->rows[i].coding->article);
        if (at >= 0 && !str_eq(s->rows[i].coding->verdict, S("rejected")))
            mark(s, &s->rows[i], at, &u, &cap);
    }
    struct agree_disagreement d = agree_unitizing(&u);
    json_key(j, "units");
    json_object(j);
    json_field_int(j, "articles", (int64_t)articles);
    json_field_int(j, "length", u.length);
    json_field_int(j, "marked", (int64_t)u.n);
    number(j, "alpha_u", d.expected > 0 ? 1 - d.observed / d.expected : NAN);
    json_end_object(j);
}

static size_t coded_by_two(const struct study *s)
{
    size_t n = 0;
    for (size_t i = 0, end; i < s->n; i = end) {
        end = study_unit_end(s, i);
        n += end - i > 1 && s->rows[i].coding->sampled;
    }
    return n;
}

bool read_agreement(struct http_context *c, struct err *err)
{
    struct json j = json_begin(&c->response.body);
    struct study s;
    if (!study_begin(c, &s, err))
        return false;
    json_object(&j);
    json_field_int(&j, "sample", c->request.id);
    json_key(&j, "coders");
    json_array(&j);
    for (size_t i = 0; i < s.n_coders; i++)
        json_str(&j, s.coders[i]);
    json_end_array(&j);
    json_field_int(&j, "statements", (int64_t)coded_by_two(&s));
    write_fields(&s, &j);
    write_words(&s, &j);
    json_end_object(&j);
    study_end(&s);
    return true;
}

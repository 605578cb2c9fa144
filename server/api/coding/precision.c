/* What an audit has found: shares that are right, of all and by outlet, kind, rule and sort of
 * issue. Where strata were drawn alike, a statement weighs as many as it stands for; the interval
 * is Wilson's, with Kish's effective number. */
#include "api/coding/parts.h"

#include <math.h>

enum measure { WHOLE, STATEMENT, SPEAKER, KIND, POSITION, MEASURE_COUNT };
static const char *const measures[MEASURE_COUNT] = {"right", "statement", "speaker", "kind",
                                                    "position"};
enum { OF_OUTLET, OF_KIND, OF_RULE, OF_SORT, OF_COUNT };
static const char *const groups[OF_COUNT] = {"outlet", "kind", "rule", "sort"};

static bool is_right(const struct store_judged *v, enum measure m)
{
    const bool right[MEASURE_COUNT] = {v->whole, v->statement, v->speaker, v->of_kind, v->position};
    return right[m];
}

static struct str group_of(const struct store_judged *v, int by)
{
    const struct str of[OF_COUNT] = {v->outlet, v->kind, v->rule, v->sort};
    return of[by];
}

/* by < 0: all. Speakers and what follows are of those that are statements. */
static void write_share(const struct store_judgements *all, int by, struct str group,
                        enum measure m, struct json *j)
{
    double right = 0, sum = 0, squares = 0;
    int64_t n = 0;
    for (size_t i = 0; i < all->n; i++) {
        const struct store_judged *v = &all->v[i];
        if (!v->judged || (by >= 0 && !str_eq(group_of(v, by), group)) ||
            (m > STATEMENT && !v->statement))
            continue;
        n++;
        sum += v->weight;
        squares += v->weight * v->weight;
        right += is_right(v, m) ? v->weight : 0;
    }
    double share = n ? right / sum : NAN;
    struct agree_interval interval = agree_wilson(n ? share : 0, n ? sum * sum / squares : 0);
    json_key(j, measures[m]);
    json_object(j);
    json_field_int(j, "judged", n);
    json_key(j, "share");
    json_num(j, share, 4);
    json_key(j, "low");
    json_num(j, interval.low, 4);
    json_key(j, "high");
    json_num(j, interval.high, 4);
    json_end_object(j);
}

static void write_shares(const struct store_judgements *all, int by, struct str group,
                         struct json *j)
{
    for (int m = 0; m < MEASURE_COUNT; m++)
        write_share(all, by, group, (enum measure)m, j);
}

static bool is_first(const struct store_judgements *all, int by, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (all->v[i].judged && str_eq(group_of(&all->v[i], by), group_of(&all->v[at], by)))
            return false;
    return all->v[at].judged;
}

static void write_groups(const struct store_judgements *all, struct json *j)
{
    json_key(j, "groups");
    json_array(j);
    for (int by = 0; by < OF_COUNT; by++)
        for (size_t i = 0; i < all->n; i++) {
            if (!is_first(all, by, i))
                continue;
            json_object(j);
            json_field_str(j, "by", str_of(groups[by]));
            json_field_str(j, "value", group_of(&all->v[i], by));
            write_shares(all, by, group_of(&all->v[i], by), j);
            json_end_object(j);
        }
    json_end_array(j);
}

bool read_precision(struct http_context *c, struct err *err)
{
    struct json j = json_begin(&c->response.body);
    struct store_judgements all;
    if (!store_judgements(api_of(c)->store, c->arena, c->request.id, &all, err))
        return false;
    json_object(&j);
    json_field_int(&j, "sample", c->request.id);
    json_field_int(&j, "population", all.population);
    json_field_int(&j, "drawn", (int64_t)all.n);
    json_field_int(&j, "judged", all.judged);
    json_field_int(&j, "gone", all.gone);
    json_field_str(
        &j, "interval",
        S("Wilson 1927, 95 %, n = (sum of weights)^2 / sum of squared weights (Kish 1965)"));
    write_shares(&all, -1, (struct str){0}, &j);
    write_groups(&all, &j);
    json_end_object(&j);
    return true;
}

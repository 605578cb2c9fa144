/* Where coders differ: each coding beside the others, so that one can be chosen (as a decision
 * about the statement, which holds for everybody). */
#include "api/coding/parts.h"

enum { PAGE = 50 };

static bool any_differs(const struct study *s, size_t from, size_t to)
{
    for (int f = 0; to - from > 1 && f < STUDY_COUNT; f++)
        if (study_differs(s, from, to, (enum study_field)f))
            return true;
    return false;
}

/* One that a coder added and another who coded the same articles did not. */
static bool is_alone(const struct study *s, size_t from, size_t to)
{
    return to - from < s->n_coders && !s->rows[from].coding->sampled;
}

static void write_codings(const struct study *s, size_t from, size_t to, struct json *j)
{
    json_key(j, "codings");
    json_array(j);
    for (size_t i = from; i < to; i++) {
        json_object(j);
        json_field_str(j, "coder", s->rows[i].coding->coder);
        json_field_str(j, "verdict", s->rows[i].coding->verdict);
        json_field_opt(j, "speaker_name", s->rows[i].coding->speaker);
        json_key(j, "coding");
        json_raw(j, s->rows[i].coding->coding);
        json_end_object(j);
    }
    json_end_array(j);
}

static void write_one(const struct study *s, size_t from, size_t to, struct json *j)
{
    json_object(j);
    json_field_int(j, "statement", s->rows[from].coding->statement);
    json_field_int(j, "article", s->rows[from].coding->article);
    json_field_bool(j, "added", !s->rows[from].coding->sampled);
    json_field_bool(j, "settled", s->rows[from].coding->settled);
    json_key(j, "differ");
    json_array(j);
    for (int f = 0; f < STUDY_COUNT; f++)
        if (study_differs(s, from, to, (enum study_field)f))
            json_str(j, str_of(study_field_names[f]));
    json_end_array(j);
    write_codings(s, from, to, j);
    json_end_object(j);
}

struct tally {
    int64_t after, next;
    size_t all, settled, shown;
};

static void write_all(const struct study *s, struct tally *t, struct json *j)
{
    for (size_t i = 0, end; i < s->n; i = end) {
        end = study_unit_end(s, i);
        if (!any_differs(s, i, end) && !is_alone(s, i, end))
            continue;
        t->all++;
        t->settled += s->rows[i].coding->settled;
        if (s->rows[i].coding->statement <= t->after || t->next)
            continue;
        write_one(s, i, end, j);
        if (++t->shown == PAGE)
            t->next = s->rows[i].coding->statement;
    }
}

bool read_differences(struct http_context *c, struct err *err)
{
    struct json j = json_begin(&c->response.body);
    struct tally t = {0};
    struct study s;
    if (!http_arg_int(c, "after", INT64_C(9007199254740991), &t.after, err) ||
        !study_begin(c, &s, err))
        return false;
    json_object(&j);
    json_key(&j, "data");
    json_array(&j);
    write_all(&s, &t, &j);
    json_end_array(&j);
    json_field_int(&j, "total", (int64_t)t.all);
    json_field_int(&j, "settled", (int64_t)t.settled);
    json_key(&j, "next");
    if (t.next)
        json_int(&j, t.next);
    else
        json_null(&j);
    json_end_object(&j);
    study_end(&s);
    return true;
}

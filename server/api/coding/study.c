/* Codings of a sample, parsed and put in order: what each coder says of each field. */
#include "api/coding/parts.h"

#include <string.h>

const char *const study_field_names[STUDY_COUNT] = {
    "statement", "speaker", "via", "kind", "issue", "stance", "channel", "said_on", "words"};

/* Who codes is not to see how others did before all is coded; with users nobody but owners does who
 * has not begun, either. */
static bool may_see(struct http_context *c, struct err *err)
{
    struct str by = c->user.name.n ? c->user.name : str_trim(http_arg(c, "by"));
    struct store_coder_left left = {0, 0};
    if (!store_coder_left(api_of(c)->store, c->request.id, by, &left, err))
        return false;
    bool begun = left.coded > 0 && left.coded < left.all;
    bool waits = left.coded == 0 && c->user.rank < HTTP_RANK_OWNER;
    return (!begun && !waits) ||
           fail(err, ERR_DENIED,
                "you have coded %lld of %lld: what others say is shown when you have coded all",
                (long long)left.coded, (long long)left.all);
}

static bool is_asked(struct str asked, struct str coder)
{
    struct str name;
    if (!asked.n)
        return true;
    while (str_split(&asked, ',', &name))
        if (str_eq(str_trim(name), coder))
            return true;
    return false;
}

static size_t coder_of(struct study *s, struct str name, size_t *cap)
{
    for (size_t i = 0; i < s->n_coders; i++)
        if (str_eq(s->coders[i], name))
            return i;
    s->coders = arena_grow(s->arena, s->coders, s->n_coders, cap, sizeof *s->coders);
    s->coders[s->n_coders] = name;
    return s->n_coders++;
}

static void add_rows(struct study *s, struct str asked)
{
    size_t cap = 0;
    s->rows = arena_array(s->arena, s->codings.n + 1, sizeof *s->rows);
    for (size_t i = 0; i < s->codings.n; i++) {
        const struct store_coding *c = &s->codings.v[i];
        cJSON *tree =
            is_asked(asked, c->coder) ? cJSON_ParseWithLength(c->coding.p, c->coding.n) : NULL;
        if (!tree)
            continue;
        bool more = !s->n || s->rows[s->n - 1].coding->statement != c->statement;
        s->units += more;
        s->rows[s->n++] = (struct study_row){c, tree, coder_of(s, c->coder, &cap), s->units - 1};
    }
}

bool study_begin(struct http_context *c, struct study *s, struct err *err)
{
    *s = (struct study){.arena = c->arena};
    if (!may_see(c, err) ||
        !store_codings(api_of(c)->store, c->arena, c->request.id, &s->codings, err))
        return false;
    add_rows(s, http_arg(c, "coders"));
    return true;
}

void study_end(struct study *s)
{
    for (size_t i = 0; i < s->n; i++)
        cJSON_Delete(s->rows[i].tree);
}

size_t study_unit_end(const struct study *s, size_t from)
{
    size_t to = from;
    while (to < s->n && s->rows[to].unit == s->rows[from].unit)
        to++;
    return to;
}

static struct str text_of(const cJSON *tree, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(tree, name);
    return cJSON_IsString(item) ? str_of(item->valuestring) : (struct str){0};
}

static const cJSON *position_of(const struct study_row *row, const char *issue)
{
    const cJSON *p;
    cJSON_ArrayForEach(p, cJSON_GetObjectItemCaseSensitive(row->tree, "positions")) {
        if (str_eq(text_of(p, "issue"), str_of(issue)))
            return p;
    }
    return NULL;
}

const char *study_issue(const struct study_row *row, int n)
{
    const cJSON *p =
        cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(row->tree, "positions"), n);
    const cJSON *issue = cJSON_GetObjectItemCaseSensitive(p, "issue");
    bool says = cJSON_IsString(issue) && !str_eq(row->coding->verdict, S("rejected"));
    return says ? issue->valuestring : NULL;
}

/* Those that come after a key in the order of keys, the first of them; NULL: none does. */
static const char *issue_after(const struct study_row *row, const char *last)
{
    const char *next = NULL, *issue;
    for (int i = 0; (issue = study_issue(row, i)); i++)
        if ((!last || strcmp(issue, last) > 0) && (!next || strcmp(issue, next) < 0))
            next = issue;
    return next;
}

static struct str issues_of(const struct study *s, const struct study_row *row)
{
    struct str all = {0};
    for (const char *issue = NULL; (issue = issue_after(row, issue));)
        all = arena_fmt(s->arena, "%.*s%s ", STR_ARG(all), issue);
    return all;
}

static struct str places_of(const struct study *s, const struct study_row *row)
{
    struct str all = {0};
    const cJSON *span;
    cJSON_ArrayForEach(span, cJSON_GetObjectItemCaseSensitive(row->tree, "content")) {
        const cJSON *start = cJSON_GetObjectItemCaseSensitive(span, "start");
        const cJSON *end = cJSON_GetObjectItemCaseSensitive(span, "end");
        all = arena_fmt(s->arena, "%.*s%.0f-%.0f ", STR_ARG(all),
                        cJSON_IsNumber(start) ? start->valuedouble : 0,
                        cJSON_IsNumber(end) ? end->valuedouble : 0);
    }
    return all;
}

bool study_value(const struct study *s, const struct study_row *row, enum study_field field,
                 const char *issue, struct str *value)
{
    bool is = !str_eq(row->coding->verdict, S("rejected"));
    const cJSON *position;
    if (field == STUDY_STATEMENT) {
        *value = is ? S("yes") : S("no");
        return true;
    }
    if (!is)
        return false;
    if (field == STUDY_STANCE) {
        position = issue ? position_of(row, issue) : NULL;
        *value = text_of(position, "stance");
        return position != NULL;
    }
    *value = field == STUDY_ISSUE   ? issues_of(s, row)
             : field == STUDY_WORDS ? places_of(s, row)
                                    : text_of(row->tree, study_field_names[field]);
    return true;
}

static bool differs(const struct study *s, const struct study_row *x, const struct study_row *y,
                    enum study_field field)
{
    struct str a = {0}, b = {0};
    const char *issue;
    if (field != STUDY_STANCE)
        return study_value(s, x, field, NULL, &a) && study_value(s, y, field, NULL, &b) &&
               !str_eq(a, b);
    for (int i = 0; (issue = study_issue(x, i)); i++)
        if (study_value(s, x, field, issue, &a) && study_value(s, y, field, issue, &b) &&
            !str_eq(a, b))
            return true;
    return false;
}

bool study_differs(const struct study *s, size_t from, size_t to, enum study_field field)
{
    for (size_t i = from; i < to; i++)
        for (size_t k = i + 1; k < to; k++)
            if (differs(s, &s->rows[i], &s->rows[k], field))
                return true;
    return false;
}

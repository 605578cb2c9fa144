/* Reading tables of statements, a row for each statement and issue: CSV with a header, JSON Lines
 * or a list of JSON objects. Columns are known by these names or told by a map. The rows that
 * synoptic exports (list=stances, list=statements) are such. */
#include "ingest/project/taking.h"

#include "page/record/record.h"

#include <stdlib.h>

enum field {
    ARTICLE,
    QUOTE,
    START,
    SPEAKER,
    KIND,
    FORM,
    ORGANISATION,
    ISSUE,
    STANCE,
    CONDITION,
    STATUS,
    NUMBER,
    CONFIDENCE,
    FIELDS
};

/* The first is the name in a map; a column further left in the list goes first. */
static const char *const names[FIELDS] = {
    [ARTICLE] = "article url article_url link source",
    [QUOTE] = "quote words content exact statement_text text",
    [START] = "start content_start offset position",
    [SPEAKER] = "speaker speaker_name person actor_name actor who",
    [KIND] = "kind speaker_kind actor_kind",
    [FORM] = "form kind",
    [ORGANISATION] = "organisation organisation_name organization organization_name",
    [ISSUE] = "issue issue_title concept issues topic",
    [STANCE] = "stance stances agreement side",
    [CONDITION] = "condition conditions",
    [STATUS] = "status",
    [NUMBER] = "statement id",
    [CONFIDENCE] = "confidence",
};

struct table {
    struct cells_sink sink;
    struct taking *t;
    struct str told[FIELDS]; /* columns of the map */
};

struct row {
    struct str value[FIELDS];
    const cJSON *spans;     /* content as a list of spans, as JSON has it */
    const cJSON *positions; /* what is said on which issue, as a list; NULL: there is none */
    bool tells;             /* there is a column for issues, be it empty */
    bool by_issue;          /* several rows may be one statement */
};

static bool read_map(struct table *table, struct str map, struct err *err)
{
    struct str pair, name;
    while (str_split(&map, ',', &pair)) {
        bool known = false, equals = str_contains(pair, S("="));
        str_split(&pair, '=', &name);
        for (int f = 0; equals && f < FIELDS; f++) {
            struct str own =
                str_slice(str_of(names[f]), 0, str_find_char(str_of(names[f]), ' ', 0));
            if (!str_eq(own, str_trim(name)))
                continue;
            table->told[f] = arena_str(&table->t->arena, str_trim(pair));
            known = true;
        }
        if (!known)
            return fail(err, ERR_INVALID,
                        "a map of statements names article, quote, start, speaker, kind, "
                        "organisation, issue, stance, condition and status: "
                        "quote=Column,...");
    }
    return true;
}

/* How well the column's name fits the field; 0: not at all. */
static int fit(const struct table *table, enum field f, struct str column)
{
    struct str rest = str_of(names[f]), word;
    if (table->told[f].n)
        return str_eq(table->told[f], column) ? 100 : 0;
    for (int n = 99; str_split(&rest, ' ', &word); n--)
        if (str_eq_case(word, column))
            return n;
    return 0;
}

/* A name goes before a key: "speaker_name" before "speaker", where both are there. */
static bool goes_before(struct str column)
{
    return str_ends(column, S("_name")) || str_ends(column, S("_title")) ||
           str_ends(column, S("_kind")) || str_eq_case(column, S("url")) ||
           str_eq_case(column, S("words"));
}

struct choice {
    struct str value;
    int fits;
};

static void offer(const struct table *table, struct choice *best, struct str column,
                  struct str value)
{
    for (int f = 0; f < FIELDS; f++) {
        int fits = fit(table, (enum field)f, column);
        if (fits && fits < 100 && goes_before(column))
            fits += 100;
        if (fits > best[f].fits && (str_trim(value).n || best[f].fits == 0))
            best[f] = (struct choice){str_trim(value), fits};
    }
}

static int agreement_of(struct str stance)
{
    if (str_listed("1 true yes", stance))
        return 1;
    return str_listed("0 false no", stance) ? 0 : -1;
}

static void take_spans(struct taking *t, struct told *told, const struct row *row)
{
    const cJSON *span;
    cJSON_ArrayForEach(span, row->spans) {
        const cJSON *start = cJSON_GetObjectItemCaseSensitive(span, "start");
        taking_place(t, told,
                     (struct place){.exact = arena_str(&t->arena, taking_text(span, "exact")),
                                    .prefix = arena_str(&t->arena, taking_text(span, "prefix")),
                                    .suffix = arena_str(&t->arena, taking_text(span, "suffix")),
                                    .start = start ? (int64_t)start->valuedouble : -1,
                                    .unit = t->options->unit});
    }
    if (told->n_places)
        return;
    struct str rest = row->value[QUOTE], starts = row->value[START], start;
    while (rest.n) { /* places joined by " … ", their starts by "; ", as they are exported */
        uint64_t at = 0;
        size_t cut = str_find(rest, S(" … "), 0);
        bool said =
            str_split(&starts, ';', &start) && str_to_u64(str_trim(start), &at) && at < INT32_MAX;
        taking_place(t, told,
                     (struct place){.exact = arena_str(&t->arena, str_slice(rest, 0, cut)),
                                    .start = said ? (int64_t)at : -1,
                                    .unit = t->options->unit});
        rest = cut == STR_NONE ? S("") : str_slice(rest, cut + S(" … ").n, rest.n);
    }
}

/* What is said on one issue; no issue: that it is said. */
struct side {
    struct str issue, stance, condition;
    double confidence; /* 1: a person's */
};

static void take_position(struct taking *t, const struct row *row, const struct side *side)
{
    uint64_t number;
    struct paper *p = taking_paper(t, row->value[ARTICLE]);
    p->reference = arena_str(&t->arena, row->value[ARTICLE]);
    struct told *told = taking_told(t, p);
    told->in.person = arena_str(&t->arena, row->value[SPEAKER]);
    told->in.organization = arena_str(&t->arena, row->value[ORGANISATION]);
    told->in.concept = arena_str(&t->arena, side->issue);
    told->in.stance = arena_str(&t->arena, side->stance);
    told->in.agreement = agreement_of(side->stance);
    told->kind = arena_str(&t->arena, row->value[KIND]);
    told->form = arena_str(&t->arena, row->value[FORM]);
    told->condition = arena_str(&t->arena, side->condition);
    told->status = arena_str(&t->arena, row->value[STATUS]);
    told->whole = row->tells && told->status.n;
    told->guessed = told->whole && side->issue.n && side->confidence < 1;
    if (told->whole && str_to_u64(row->value[NUMBER], &number) && number < INT32_MAX)
        told->number = (int64_t)number;
    take_spans(t, told, row);
}

/* The next of what is joined by "; " */
static struct str next_of(struct str *rest)
{
    size_t cut = str_find(*rest, S("; "), 0);
    struct str one = str_slice(*rest, 0, cut);
    *rest = cut == STR_NONE ? S("") : str_slice(*rest, cut + 2, rest->n);
    return one;
}

/* Where a row is a statement on an issue, the figure is that of the side; else that of the words.
 */
static double confidence_of(const struct row *row)
{
    struct str figure = row->value[CONFIDENCE];
    return !row->by_issue || !figure.n || str_starts(figure, S("1")) ? 1 : 0;
}

/* Several issues of one statement stand in a cell as they are exported: "a; b". */
static void take_cells(struct taking *t, const struct row *row)
{
    struct str issues = row->value[ISSUE], stances = row->value[STANCE],
               conditions = row->value[CONDITION];
    bool several = str_contains(issues, S("; ")) && str_contains(stances, S("; "));
    if (!several)
        take_position(t, row, &(struct side){issues, stances, conditions, confidence_of(row)});
    while (several && issues.n)
        take_position(t, row,
                      &(struct side){next_of(&issues), next_of(&stances), next_of(&conditions), 1});
}

static void take_row(struct taking *t, struct row *row)
{
    const cJSON *p;
    if (!str_listed("direct mixed indirect", row->value[FORM]))
        row->value[FORM] = S("");
    if (str_listed("direct mixed indirect", row->value[KIND]))
        row->value[KIND] = S("");
    if (!row->value[ARTICLE].n || (!row->value[QUOTE].n && !cJSON_GetArraySize(row->spans)))
        return;
    cJSON_ArrayForEach(p, row->positions) {
        take_position(t, row,
                      &(struct side){taking_text(p, "issue"), taking_text(p, "stance"),
                                     taking_text(p, "condition"),
                                     taking_number(p, "confidence", 1)});
    }
    if (!cJSON_GetArraySize(row->positions))
        take_cells(t, row);
}

static bool csv_row(struct cells_sink *sink, const struct str *columns, const struct str *cells,
                    size_t n)
{
    struct table *table = (struct table *)sink;
    struct choice best[FIELDS] = {0};
    struct row row = {0};
    cJSON *positions = NULL;
    for (size_t i = 0; i < n; i++) {
        offer(table, best, columns[i], cells[i]);
        if (positions || !str_eq(columns[i], S("positions")))
            continue;
        row.tells = true;
        positions = cJSON_ParseWithLength(cells[i].p, cells[i].n);
    }
    for (int f = 0; f < FIELDS; f++)
        row.value[f] = best[f].value;
    row.positions = cJSON_IsArray(positions) ? positions : NULL;
    row.tells = row.tells || best[ISSUE].fits > 0;
    row.by_issue = best[NUMBER].fits == 99;
    take_row(table->t, &row);
    cJSON_Delete(positions);
    return true;
}

static struct str text_of(struct taking *t, const cJSON *value)
{
    if (cJSON_IsString(value))
        return str_of(value->valuestring);
    return cJSON_IsNumber(value) ? arena_fmt(&t->one, "%.15g", value->valuedouble)
                                 : (struct str){0};
}

static void json_row(struct table *table, const cJSON *object)
{
    struct choice best[FIELDS] = {0};
    struct row row = {0};
    const cJSON *member, *content = cJSON_GetObjectItemCaseSensitive(object, "content");
    cJSON_ArrayForEach(member, object)
        if (cJSON_IsString(member) || cJSON_IsNumber(member) || cJSON_IsNull(member))
            offer(table, best, str_of(member->string), text_of(table->t, member));
    for (int f = 0; f < FIELDS; f++)
        row.value[f] = best[f].value;
    const cJSON *positions = cJSON_GetObjectItemCaseSensitive(object, "positions");
    row.spans = cJSON_IsArray(content) ? content : NULL;
    row.positions = cJSON_IsArray(positions) ? positions : NULL;
    row.tells = row.positions || best[ISSUE].fits > 0;
    row.by_issue = best[NUMBER].fits == 99;
    take_row(table->t, &row);
}

static bool read_json(struct table *table, struct str bytes)
{
    cJSON *tree = NULL;
    struct err first = {0};
    struct str line;
    bool ok = json_parse(bytes, &tree, &first);
    if (ok) {
        const cJSON *rows = cJSON_IsArray(tree) ? tree : NULL, *row;
        cJSON_ArrayForEach(row, tree)
            if (!rows && cJSON_IsArray(row)) /* {"data": [...]} */
                rows = row;
        cJSON_ArrayForEach(row, rows)
            json_row(table, row);
        if (!rows)
            json_row(table, tree);
        cJSON_Delete(tree);
        return true;
    }
    for (ok = true; ok && str_split(&bytes, '\n', &line);) {
        if (!str_trim(line).n)
            continue;
        ok = json_parse(line, &tree, table->t->err);
        if (ok)
            json_row(table, tree);
        cJSON_Delete(tree);
        tree = NULL;
    }
    return ok;
}

bool reading_table(struct taking *t, struct str bytes)
{
    struct table table = {.sink = {.row = csv_row}, .t = t};
    struct str head = str_trim(str_slice(bytes, 0, 200));
    if (!read_map(&table, t->options->map, t->err))
        return false;
    bool json = head.n && (head.p[0] == '{' || head.p[0] == '[');
    if (json ? !read_json(&table, bytes) : !cells_of_csv(bytes, &table.sink, t->err))
        return false;
    return t->n_told ||
           fail(t->err, ERR_INVALID,
                "no row names an article and words in it; the columns are article "
                "(number or address), quote, speaker, issue, stance, or told by a map");
}

/* From the store's rows (a statement and an issue each) to ties and nodes. */
#include "export/network/network.h"

#include "base/map.h"

/* The columns of a row that matter here. */
enum field {
    SPEAKER,
    SPEAKER_NAME,
    SPEAKER_KIND,
    ORGANISATION,
    ORGANISATION_NAME,
    OUTLET,
    ISSUE,
    ISSUE_TITLE,
    STANCE,
    DAY,
    N_FIELDS
};

struct gather {
    struct row_sink sink;
    struct network *net;
    struct arena row; /* texts of the present row */
    struct str field[N_FIELDS];
    int64_t statement, article, outlet;
    struct map row_of, column_of;
    size_t cap_rows, cap_columns, cap_ties;
};

static void row_begin(struct row_sink *sink)
{
    struct gather *g = (struct gather *)sink;
    arena_reset(&g->row);
    for (int i = 0; i < N_FIELDS; i++)
        g->field[i] = (struct str){0};
    g->outlet = 0;
}

static void row_value(struct row_sink *sink, const char *name, const struct row_value *value)
{
    static const char *const names[N_FIELDS] = {[SPEAKER] = "speaker",
                                                [SPEAKER_NAME] = "speaker_name",
                                                [SPEAKER_KIND] = "speaker_kind",
                                                [ORGANISATION] = "organisation",
                                                [ISSUE] = "issue",
                                                [ORGANISATION_NAME] = "organisation_name",
                                                [OUTLET] = "outlet",
                                                [ISSUE_TITLE] = "issue_title",
                                                [STANCE] = "stance",
                                                [DAY] = "day"};
    struct gather *g = (struct gather *)sink;
    struct str column = str_of(name);
    if (str_eq(column, S("statement")))
        g->statement = value->integer;
    else if (str_eq(column, S("article")))
        g->article = value->integer;
    else if (str_eq(column, S("outlet_id")))
        g->outlet = value->integer;
    for (int i = 0; i < N_FIELDS && value->type == ROW_TEXT; i++)
        if (str_eq(column, str_of(names[i])))
            g->field[i] = arena_str(&g->row, value->text);
}

/* Is the word named by the list, which commas part? */
static bool named(struct str list, struct str word)
{
    struct str one;
    while (str_split(&list, ',', &one))
        if (str_eq(str_trim(one), word))
            return true;
    return false;
}

/* A list that names nothing lets everything through, also when it is inverted. */
static bool kept_by(const struct network_options *o, struct str list, struct str word)
{
    return !list.n || named(list, word) == o->invert;
}

static bool is_kept(struct gather *g)
{
    const struct network_options *o = &g->net->options;
    bool actor = kept_by(o, o->exclude_actor, g->field[SPEAKER]);
    if (o->exclude_actor.n && g->field[ORGANISATION].n &&
        named(o->exclude_actor, g->field[ORGANISATION]))
        actor = o->invert;
    struct str outlet = arena_fmt(&g->row, "%lld", (long long)g->outlet);
    return actor && kept_by(o, o->exclude_issue, g->field[ISSUE]) &&
           kept_by(o, o->exclude_outlet, outlet);
}

static enum network_level level_of(struct str stance)
{
    return str_listed("support conditional", stance) ? LEVEL_FOR
           : str_listed("oppose denies", stance)     ? LEVEL_AGAINST
                                                     : LEVEL_UNCLEAR;
}

/* Who is to be a row; an empty key where the statement has none such. */
static struct network_node row_node(struct gather *g)
{
    struct str nodes = g->net->options.nodes;
    if (str_eq(nodes, S("outlets")))
        return (struct network_node){
            .key = g->outlet ? arena_fmt(&g->row, "outlet-%lld", (long long)g->outlet) : S(""),
            .label = g->field[OUTLET],
            .kind = S("outlet")};
    if (str_eq(nodes, S("organisations")))
        return (struct network_node){.key = g->field[ORGANISATION],
                                     .label = g->field[ORGANISATION_NAME],
                                     .kind = S("organisation")};
    return (struct network_node){.key = g->field[SPEAKER],
                                 .label = g->field[SPEAKER_NAME],
                                 .kind = g->field[SPEAKER_KIND],
                                 .organisation = g->field[ORGANISATION_NAME]};
}

/* The number of the node among `*nodes`, which gets it when it is new. Issues of one title are one:
 * each story has its own. */
static uint32_t place(struct gather *g, bool column, struct network_node node)
{
    struct arena *a = &g->net->arena;
    struct network_node **nodes = column ? &g->net->columns : &g->net->rows;
    size_t *n = column ? &g->net->n_columns : &g->net->n_rows;
    struct str same = str_eq(node.kind, S("issue")) && node.label.n ? node.label : node.key;
    uint32_t *at = map_at(a, column ? &g->column_of : &g->row_of, str_hash(same));
    if (*at)
        return *at - 1;
    *at = (uint32_t)*n + 1;
    *nodes = arena_grow(a, *nodes, *n, column ? &g->cap_columns : &g->cap_rows, sizeof **nodes);
    (*nodes)[(*n)++] =
        (struct network_node){.key = arena_str(a, node.key),
                              .label = arena_str(a, node.label.n ? node.label : node.key),
                              .kind = arena_str(a, node.kind),
                              .organisation = arena_str(a, node.organisation),
                              .since = NO_DAY};
    return (uint32_t)*n - 1;
}

/* Statements of one period are duplicates of each other; those of no known day only within one
 * article. */
static int64_t period_of(const struct gather *g, int32_t day)
{
    struct str duplicates = g->net->options.duplicates;
    int year, month, in_month;
    if (str_eq(duplicates, S("range")))
        return 0;
    if (str_eq(duplicates, S("include")))
        return (int64_t)g->net->n_ties; /* each by itself */
    if (day == NO_DAY || str_eq(duplicates, S("document")))
        return -g->article;
    day_civil(day, &year, &month, &in_month);
    if (str_eq(duplicates, S("year")))
        return year;
    return str_eq(duplicates, S("month")) ? year * 12 + month
                                          : ((int64_t)day - day_weekday(day)) / 7 + 1000000;
}

static void row_end(struct row_sink *sink)
{
    struct gather *g = (struct gather *)sink;
    const struct network_options *o = &g->net->options;
    enum network_level level = level_of(g->field[STANCE]);
    struct network_node row = row_node(g), column = {.key = g->field[ISSUE],
                                                     .label = g->field[ISSUE_TITLE],
                                                     .kind = S("issue")};
    if (!row.key.n || (level == LEVEL_UNCLEAR && !o->unclear))
        return;
    if (str_eq(o->nodes, S("issues"))) {
        struct network_node other = row;
        row = column;
        column = other;
    }
    uint32_t from = place(g, false, row), to = place(g, true, column);
    if (!is_kept(g))
        return;
    int32_t day = day_parse(g->field[DAY]);
    struct network *net = g->net;
    net->ties = arena_grow(&net->arena, net->ties, net->n_ties, &g->cap_ties, sizeof *net->ties);
    net->ties[net->n_ties] = (struct network_tie){.row = from,
                                                  .column = to,
                                                  .level = level,
                                                  .statement = g->statement,
                                                  .period = period_of(g, day),
                                                  .order = (uint32_t)net->n_ties,
                                                  .day = day};
    net->n_ties++;
}

bool network_gather(struct export_job *job, struct network *net, struct err *err)
{
    struct gather g = {.sink = {NULL, row_begin, row_value, row_end}, .net = net};
    struct store_query query = {.noun = NOUN_STANCE, .filter = job->query.filter};
    bool ok = store_list_all(job->store, &query, &g.sink, err);
    arena_finish(&g.row);
    return ok;
}

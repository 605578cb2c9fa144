/* The settings of a network, checked against each other, and the steps from rows to edges. */
#include "export/network/network.h"

#include <string.h>

static bool read_qualifier(struct export_job *job, struct network_options *o, struct err *err)
{
    static const struct {
        struct str name;
        bool two, one;
    } words[] = {[QUALIFIER_IGNORE] = {STR("ignore"), true, true},
                 [QUALIFIER_SUBTRACT] = {STR("subtract"), true, true},
                 [QUALIFIER_COMBINE] = {STR("combine"), true, false},
                 [QUALIFIER_CONGRUENCE] = {STR("congruence"), false, true},
                 [QUALIFIER_CONFLICT] = {STR("conflict"), false, true}};
    struct str word = export_get(job, EXPORT_QUALIFIER);
    o->qualifier = o->one_mode ? QUALIFIER_CONGRUENCE : QUALIFIER_SUBTRACT;
    if (!word.n && o->unclear)
        o->qualifier = QUALIFIER_IGNORE;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!str_eq(word, words[i].name))
            continue;
        o->qualifier = (enum network_qualifier)i;
        if (!(o->one_mode ? words[i].one : words[i].two))
            return fail(err, ERR_INVALID, "\"qualifier\" %.*s goes with mode %s only",
                        STR_ARG(word), o->one_mode ? "two" : "one");
    }
    return !o->unclear || o->qualifier == QUALIFIER_IGNORE ||
           fail(err, ERR_INVALID, "\"unclear\" goes with qualifier ignore only");
}

static bool is_set(const struct export_job *job, enum export_setting_id id)
{
    return str_eq(export_get(job, id), S("1"));
}

static bool read_options(struct export_job *job, struct network_options *o, struct err *err)
{
    *o = (struct network_options){.one_mode = str_eq(export_get(job, EXPORT_MODE), S("one")),
                                  .isolates = is_set(job, EXPORT_ISOLATES),
                                  .unclear = is_set(job, EXPORT_UNCLEAR),
                                  .invert = is_set(job, EXPORT_INVERT),
                                  .nodes = export_get(job, EXPORT_NODES),
                                  .normalise = export_get(job, EXPORT_NORMALISE),
                                  .duplicates = export_get(job, EXPORT_DUPLICATES),
                                  .exclude_actor = export_get(job, EXPORT_EXCLUDE_ACTOR),
                                  .exclude_issue = export_get(job, EXPORT_EXCLUDE_ISSUE),
                                  .exclude_outlet = export_get(job, EXPORT_EXCLUDE_OUTLET)};
    if (!str_listed(o->one_mode ? "no average jaccard cosine" : "no activity prominence",
                    o->normalise))
        return fail(err, ERR_INVALID, "\"normalise\" %.*s goes with mode %s only",
                    STR_ARG(o->normalise), o->one_mode ? "two" : "one");
    return read_qualifier(job, o, err);
}

bool network_make(struct export_job *job, struct network *out, struct err *err)
{
    memset(out, 0, sizeof *out);
    if (!read_options(job, &out->options, err) || !network_gather(job, out, err))
        return false;
    network_fold(out);
    network_weigh(out);
    return true;
}

void network_finish(struct network *net)
{
    arena_finish(&net->arena);
}

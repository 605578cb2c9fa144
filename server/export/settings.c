/* What can be set for an export, and the rows it is made of: see export.h. */
#include "export/export.h"
#include "export/rows/flat.h"

#include "base/day.h"

#define EXPORT_SETTING(id, name, words, initial, about) {#name, words, initial, about},
const struct export_setting export_settings[EXPORT_SETTING_COUNT] = {
    EXPORT_SETTINGS(EXPORT_SETTING)};
#undef EXPORT_SETTING

enum { LONGEST = 4000, FLUSH_AT = 64 << 10 };

static bool set_filter(struct store_filter *f, struct str name, struct str value, struct err *err)
{
    const struct {
        struct str name, *at;
        bool day;
    } texts[] = {{S("outlet"), &f->outlet, false}, {S("actor"), &f->actor, false},
                 {S("issue"), &f->issue, false},   {S("stance"), &f->stance, false},
                 {S("from"), &f->from, true},      {S("to"), &f->to, true}};
    uint64_t number;
    if (str_listed("story article", name)) {
        if (!str_to_u64(value, &number) || number == 0 || number > INT32_MAX)
            return fail(err, ERR_INVALID, "\"%.*s\" must be its number", STR_ARG(name));
        *(name.p[0] == 's' ? &f->story : &f->article) = (int64_t)number;
        return true;
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!str_eq(texts[i].name, name))
            continue;
        if (texts[i].day && (value.n != 10 || day_parse(value) == NO_DAY))
            return fail(err, ERR_INVALID, "\"%.*s\" must be a day, YYYY-MM-DD", STR_ARG(name));
        *texts[i].at = value;
        return true;
    }
    return fail(err, ERR_INVALID, "nothing called \"%.*s\" can be set",
                STR_ARG(str_slice(name, 0, 40)));
}

static void set_flavour(struct export_job *job, struct str flavour)
{
    job->guard = str_listed("spreadsheet excel", flavour);
    job->flat = str_listed("flat excel", flavour);
    job->mark = str_eq(flavour, S("excel"));
}

bool export_set(struct export_job *job, struct str name, struct str value, struct err *err)
{
    if (value.n > LONGEST)
        return fail(err, ERR_INVALID, "\"%.*s\" is too long", STR_ARG(str_slice(name, 0, 40)));
    for (int i = 0; i < EXPORT_SETTING_COUNT; i++) {
        const struct export_setting *s = &export_settings[i];
        if (!str_eq(str_of(s->name), name))
            continue;
        if (value.n && s->words[0] && !str_listed(s->words, value))
            return fail(err, ERR_INVALID, "\"%s\" must be one of: %s", s->name, s->words);
        job->settings[i] = value;
        if (i == EXPORT_FLAVOUR)
            set_flavour(job, value);
        return true;
    }
    return set_filter(&job->query.filter, name, value, err);
}

struct str export_get(const struct export_job *job, enum export_setting_id id)
{
    return job->settings[id].n ? job->settings[id] : str_of(export_settings[id].initial);
}

/* The noun that the setting `list` names. */
static enum store_noun noun_of(struct str list)
{
    static const struct {
        struct str name;
        enum store_noun noun;
    } nouns[] = {
        {STR("stances"), NOUN_STANCE},        {STR("articles"), NOUN_ARTICLE},
        {STR("outlets"), NOUN_OUTLET},        {STR("actors"), NOUN_ACTOR},
        {STR("utterances"), NOUN_UTTERANCE},  {STR("issues"), NOUN_ISSUE},
        {STR("positions"), NOUN_POSITION},    {STR("conflicts"), NOUN_CONFLICT},
        {STR("actor-list"), NOUN_ACTOR_LIST},
    };
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
        if (str_eq(nouns[i].name, list))
            return nouns[i].noun;
    return NOUN_STATEMENT;
}

bool export_flush(struct export_job *job, struct err *err)
{
    if (!job->flush || job->out->n < FLUSH_AT)
        return true;
    bool ok = job->flush(job, err);
    job->out->n = 0;
    return ok;
}

/* A sink before the sink: hands everything on, and after a row lets go of what has gathered. */
struct relay {
    struct row_sink sink, *to;
    struct export_job *job;
    struct err *err;
    bool failed;
};

static void relay_columns(struct row_sink *sink, const char *const *names, size_t n)
{
    struct relay *r = (struct relay *)sink;
    if (r->to->columns)
        r->to->columns(r->to, names, n);
}

static void relay_begin(struct row_sink *sink)
{
    struct relay *r = (struct relay *)sink;
    r->to->begin(r->to);
}

static void relay_value(struct row_sink *sink, const char *name, const struct row_value *value)
{
    struct relay *r = (struct relay *)sink;
    r->to->value(r->to, name, value);
}

static void relay_end(struct row_sink *sink)
{
    struct relay *r = (struct relay *)sink;
    r->to->end(r->to);
    r->failed = r->failed || !export_flush(r->job, r->err);
}

bool export_rows(struct export_job *job, struct row_sink *sink, struct err *err)
{
    struct relay relay = {
        {relay_columns, relay_begin, relay_value, relay_end}, sink, job, err, false};
    if (job->settings[EXPORT_LIST].n)
        job->query.noun = noun_of(job->settings[EXPORT_LIST]);
    struct row_flat flat = row_flat_make(sink);
    relay.to = job->flat ? &flat.sink : sink;
    job->query.stop = &relay.failed;
    bool ok = job->all ? store_list_all(job->store, &job->query, &relay.sink, err) && !relay.failed
                       : store_list(job->store, &job->query, &relay.sink, &job->page, err);
    job->query.stop = NULL;
    row_flat_finish(&flat);
    return ok;
}

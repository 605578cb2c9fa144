/* Query parameters: what each is called, what it may hold, and where it goes in a store_query. */
#include "api/parts.h"

#include <stdlib.h>
#include <string.h>

enum kind { TEXT, ID, DAY, FLAG, SHARE, WORD };

static const struct parameter {
    const char *name;
    enum kind kind;
    size_t at;         /* in struct store_filter */
    const char *words; /* WORD: what it may be */
} parameters[] = {
    {"story", ID, offsetof(struct store_filter, story), NULL},
    {"article", ID, offsetof(struct store_filter, article), NULL},
    {"outlet", TEXT, offsetof(struct store_filter, outlet), NULL},
    {"actor", TEXT, offsetof(struct store_filter, actor), NULL},
    {"issue", TEXT, offsetof(struct store_filter, issue), NULL},
    {"of", TEXT, offsetof(struct store_filter, of), NULL},
    {"kind", WORD, offsetof(struct store_filter, kind),
     "direct mixed indirect person organisation country group outlet unnamed"},
    {"stance", WORD, offsetof(struct store_filter, stance),
     "support oppose conditional mixed neutral declines denies"},
    {"status", WORD, offsetof(struct store_filter, status),
     "proposed confirmed rejected edited dismissed queued running done failed cancelled active "
     "paused"},
    {"rule", TEXT, offsetof(struct store_filter, rule), NULL},
    {"nature", TEXT, offsetof(struct store_filter, nature), NULL},
    {"language", TEXT, offsetof(struct store_filter, language), NULL},
    {"type", WORD, offsetof(struct store_filter, type), "articles statements"},
    {"by", TEXT, offsetof(struct store_filter, by), NULL},
    {"sample", ID, offsetof(struct store_filter, import), NULL},
    {"purpose", WORD, offsetof(struct store_filter, kind), "coding audit"},
    {"target", WORD, offsetof(struct store_filter, target),
     "statement actor conflict utterance issue article story outlet coding decision"},
    {"mode", WORD, offsetof(struct store_filter, mode), "two one"},
    {"order", WORD, offsetof(struct store_filter, order),
     "worth best newest oldest updated largest conflicts unreviewed"},
    {"from", DAY, offsetof(struct store_filter, from), NULL},
    {"to", DAY, offsetof(struct store_filter, to), NULL},
    {"q", TEXT, offsetof(struct store_filter, q), NULL},
    {"min_confidence", SHARE, offsetof(struct store_filter, min_confidence), NULL},
    {"disputed", FLAG, offsetof(struct store_filter, disputed), NULL},
    {"left", FLAG, offsetof(struct store_filter, left), NULL},
    {"orphaned", FLAG, offsetof(struct store_filter, orphaned), NULL},
};

enum { PARAMETERS = sizeof parameters / sizeof *parameters, LONGEST = 1000 };

static bool is_day(struct str s)
{
    static const char form[] = "dddd-dd-dd";
    uint64_t month = 0, day = 0;
    if (s.n != sizeof form - 1)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (form[i] == 'd' ? s.p[i] < '0' || s.p[i] > '9' : s.p[i] != form[i])
            return false;
    return str_to_u64(str_slice(s, 5, 7), &month) && str_to_u64(str_slice(s, 8, 10), &day) &&
           month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* 0, 1, 0.25: no sign, no exponent. */
static bool read_share(struct str s, double *out)
{
    for (size_t i = 0; i < s.n; i++)
        if ((s.p[i] < '0' || s.p[i] > '9') && s.p[i] != '.')
            return false;
    char *end = NULL;
    *out = strtod(s.p, &end); /* a decoded argument is followed by a zero byte */
    return s.n < 12 && end == s.p + s.n && *out <= 1;
}

static bool read_one(const struct http_context *c, const struct parameter *p,
                     struct store_filter *f, struct err *err)
{
    struct str value = http_arg(c, p->name);
    void *at = (char *)f + p->at;
    if (!value.n)
        return true;
    switch (p->kind) {
    case ID:
        return http_arg_int(c, p->name, INT64_C(9007199254740991), at, err);
    case DAY:
        if (!is_day(value))
            return fail(err, ERR_INVALID, "\"%s\" must be a day, YYYY-MM-DD", p->name);
        break;
    case FLAG:
        if (!str_listed("0 1 true false", value))
            return fail(err, ERR_INVALID, "\"%s\" must be 1 or 0", p->name);
        *(bool *)at = value.p[0] == '1' || value.p[0] == 't';
        return true;
    case SHARE:
        return read_share(value, at) ||
               fail(err, ERR_INVALID, "\"%s\" must be from 0 to 1", p->name);
    case WORD:
        if (!str_listed(p->words, value))
            return fail(err, ERR_INVALID, "\"%s\" must be one of: %s", p->name, p->words);
        break;
    case TEXT:
        if (value.n > LONGEST)
            return fail(err, ERR_INVALID, "\"%s\" is too long", p->name);
        break;
    }
    *(struct str *)at = value;
    return true;
}

static bool read_form(const struct http_context *c, struct compare_form *form, struct err *err)
{
    struct str offsets = http_arg(c, "offsets"), spans = http_arg(c, "spans");
    if (spans.n && !str_listed("whole bare", spans))
        return fail(err, ERR_INVALID, "\"spans\" must be whole or bare");
    if (offsets.n && !str_listed("utf16 codepoints", offsets))
        return fail(err, ERR_INVALID, "\"offsets\" must be utf16 or codepoints");
    form->unit = str_eq(offsets, S("utf16")) ? OFFSET_UTF16 : OFFSET_CODE_POINTS;
    form->bare = str_eq(spans, S("bare"));
    return true;
}

bool query_read(const struct http_context *c, struct store_query *query, struct err *err)
{
    int64_t limit = 50;
    *query = (struct store_query){.noun = (enum store_noun)c->route->subject,
                                  .cursor = http_arg(c, "cursor"),
                                  .id = c->request.id,
                                  .key = c->request.key};
    if (!http_arg_int(c, "limit", 200, &limit, err) || !read_form(c, &query->form, err))
        return false;
    query->limit = (unsigned)limit;
    for (size_t i = 0; i < PARAMETERS; i++)
        if (!read_one(c, &parameters[i], &query->filter, err))
            return false;
    return true;
}

static void words_schema(struct json *j, const char *words)
{
    struct str rest = str_of(words), word;
    json_field_str(j, "type", S("string"));
    json_key(j, "enum");
    json_array(j);
    while (str_split(&rest, ' ', &word))
        json_str(j, word);
    json_end_array(j);
}

static void kind_schema(struct json *j, const struct parameter *p)
{
    static const char *const types[] = {[TEXT] = "string",  [ID] = "integer",   [DAY] = "string",
                                        [FLAG] = "integer", [SHARE] = "number", [WORD] = "string"};
    if (p->kind == WORD) {
        words_schema(j, p->words);
        return;
    }
    json_field_str(j, "type", str_of(types[p->kind]));
    if (p->kind == DAY)
        json_field_str(j, "format", S("date"));
    if (p->kind == ID)
        json_field_int(j, "minimum", 1);
}

static bool format_schema(struct json *j)
{
    struct buf names = {0};
    export_names(&names, " ");
    buf_char(&names, 0);
    json_object(j);
    words_schema(j, names.p);
    json_end_object(j);
    buf_finish(&names);
    return true;
}

static bool setting_schema(struct str name, struct json *j)
{
    for (int i = 0; i < EXPORT_SETTING_COUNT; i++) {
        const struct export_setting *s = &export_settings[i];
        if (!str_eq(str_of(s->name), name))
            continue;
        json_object(j);
        if (s->words[0])
            words_schema(j, s->words);
        else
            json_field_str(j, "type", S("string"));
        json_field_str(j, "description", str_of(s->about));
        json_end_object(j);
        return true;
    }
    return false;
}

bool query_schema(struct str name, struct json *j)
{
    static const struct parameter others[] = {{"offsets", WORD, 0, "codepoints utf16"},
                                              {"spans", WORD, 0, "whole bare"},
                                              {"cursor", TEXT, 0, NULL},
                                              {"version", ID, 0, NULL},
                                              {"limit", ID, 0, NULL}};
    const struct parameter *found = NULL;
    if (str_eq(name, S("format")))
        return format_schema(j);
    for (size_t i = 0; i < PARAMETERS; i++)
        if (str_eq(str_of(parameters[i].name), name))
            found = &parameters[i];
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_eq(str_of(others[i].name), name))
            found = &others[i];
    if (!found)
        return setting_schema(name, j);
    json_object(j);
    kind_schema(j, found);
    if (str_eq(name, S("limit"))) {
        json_field_int(j, "maximum", 200);
        json_field_int(j, "default", 50);
    }
    json_end_object(j);
    return true;
}

void query_escape(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     (c && strchr("-._~/", c));
        if (plain)
            buf_char(out, (char)c);
        else
            buf_fmt(out, "%%%02X", c);
    }
}

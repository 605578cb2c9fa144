/* Reading REFI-QDA projects. Text sources become articles (the variables outlet, published, url
 * tell of them), selections statements. A code below one that is called "Speakers" (or "Actors",
 * "Persons") is who says it; a code that is called like a stance, a side on the issue that the code
 * above it is; any other code an issue without a side. */
#include "ingest/project/taking.h"

#include "base/day.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

struct code {
    struct str person, concept, stance;
};

struct project {
    struct taking *t;
    struct archive_file *files;
    size_t n, cap;
    struct map codes, variables; /* hash of GUID -> index + 1 */
    struct code *code;
    size_t n_codes, cap_codes;
    struct str *variable;
    size_t n_variables, cap_variables;
    bool ours; /* written by synoptic */
};

static bool keep(void *to, const struct archive_file *file)
{
    struct project *p = to;
    struct arena *a = &p->t->arena;
    p->files = arena_grow(a, p->files, p->n, &p->cap, sizeof *p->files);
    p->files[p->n++] = (struct archive_file){arena_str(a, file->name), arena_str(a, file->bytes)};
    return true;
}

static bool is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

static xmlNode *child(const xmlNode *node, const char *name)
{
    for (xmlNode *c = node ? node->children : NULL; c; c = c->next)
        if (is(c, name))
            return c;
    return NULL;
}

static struct str attribute(struct project *p, const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
    struct str text = arena_str(&p->t->arena, str_of((const char *)value));
    xmlFree(value);
    return text;
}

static struct str content(struct project *p, const xmlNode *node)
{
    xmlChar *value = node ? xmlNodeGetContent(node) : NULL;
    struct str text = arena_str(&p->t->arena, str_of((const char *)value));
    xmlFree(value);
    return text;
}

static bool holds_speakers(struct str name)
{
    static const char *const words[] = {"speakers", "speaker", "actors", "actor",
                                        "persons",  "people",  NULL};
    return str_one_of(name, words);
}

/* `above`: the name of the code it stands below, or empty. */
static void read_code(struct project *p, const xmlNode *node, struct str above, bool speakers)
{
    struct str name = attribute(p, node, "name"), guid = attribute(p, node, "guid");
    bool side = str_listed("support oppose conditional mixed neutral declines denies", name);
    struct code code = {0};
    if (speakers)
        code.person = name;
    else if (side && above.n)
        code = (struct code){.concept = above, .stance = name};
    else
    code.concept = name;
    p->code = arena_grow(&p->t->arena, p->code, p->n_codes, &p->cap_codes, sizeof *p->code);
    p->code[p->n_codes++] = code;
    *map_at(&p->t->arena, &p->codes, str_hash(guid)) = (uint32_t)p->n_codes;
    for (xmlNode *c = node->children; c; c = c->next)
        if (is(c, "Code"))
            read_code(p, c, name, speakers || holds_speakers(name));
}

static void read_variables(struct project *p, const xmlNode *all)
{
    for (xmlNode *v = all ? all->children : NULL; v; v = v->next) {
        if (!is(v, "Variable"))
            continue;
        p->variable = arena_grow(&p->t->arena, p->variable, p->n_variables, &p->cap_variables,
                                 sizeof *p->variable);
        p->variable[p->n_variables++] = attribute(p, v, "name");
        *map_at(&p->t->arena, &p->variables, str_hash(attribute(p, v, "guid"))) =
            (uint32_t)p->n_variables;
    }
}

static int64_t seconds_of(struct str published)
{
    int32_t day = day_parse(str_slice(published, 0, 10));
    uint64_t hour = 0, minute = 0, second = 0;
    if (day == NO_DAY)
        return 0;
    if (published.n >= 19 && published.p[10] == 'T' && str_ends(published, S("Z")) &&
        (!str_to_u64(str_slice(published, 11, 13), &hour) ||
         !str_to_u64(str_slice(published, 14, 16), &minute) ||
         !str_to_u64(str_slice(published, 17, 19), &second)))
        hour = minute = second = 0;
    return (int64_t)day * 86400 + (int64_t)(hour * 3600 + minute * 60 + second);
}

static void read_values(struct project *p, const xmlNode *source, struct project_document *d)
{
    for (xmlNode *v = source->children; v; v = v->next) {
        if (!is(v, "VariableValue") || !child(v, "VariableRef"))
            continue;
        struct str guid = attribute(p, child(v, "VariableRef"), "targetGUID"),
                   value = content(p, child(v, "TextValue"));
        uint32_t at = map_get(&p->variables, str_hash(guid), 0);
        struct str name = at ? p->variable[at - 1] : S("");
        if (str_eq_case(name, S("outlet")))
            d->source = value;
        else if (str_eq_case(name, S("url")))
            d->notes = value;
        else if (str_eq_case(name, S("published")))
            d->date = seconds_of(value);
        else if (str_listed("byline author authors", name))
            d->author = value;
    }
}

static struct str text_of(struct project *p, const xmlNode *source)
{
    struct str path = attribute(p, source, "plainTextPath");
    static const struct str inside = STR("internal://");
    if (!path.n)
        return content(p, child(source, "PlainTextContent"));
    if (str_starts(path, inside))
        path = arena_fmt(&p->t->arena, "Sources/%.*s", STR_ARG(str_slice(path, inside.n, path.n)));
    for (size_t i = 0; i < p->n; i++)
        if (str_eq_case(p->files[i].name, path))
            return utf8_repair(&p->t->arena, p->files[i].bytes);
    return (struct str){0};
}

static const struct code *code_of(struct project *p, const xmlNode *coding)
{
    const xmlNode *ref = is(coding, "Coding") ? child(coding, "CodeRef") : NULL;
    uint32_t at = ref ? map_get(&p->codes, str_hash(attribute(p, ref, "targetGUID")), 0) : 0;
    return at ? &p->code[at - 1] : NULL;
}

struct selection {
    struct str name, person;
    struct place place;
    const xmlNode *node;
};

/* Of a selection its words, its place, and who says it. */
static struct selection read_selection(struct project *p, const xmlNode *node,
                                       const struct utf8_index *text)
{
    struct selection s = {.name = attribute(p, node, "name"), .node = node};
    uint64_t start = 0, end = 0;
    if (str_to_u64(attribute(p, node, "startPosition"), &start) &&
        str_to_u64(attribute(p, node, "endPosition"), &end) && start < end) {
        s.place.exact = str_slice(text->text, utf8_byte(text, start), utf8_byte(text, end));
        s.place.start = (int64_t)start;
    }
    for (const xmlNode *c = node->children; c; c = c->next) {
        const struct code *code = code_of(p, c);
        if (code && code->person.n)
            s.person = code->person;
    }
    return s;
}

static void add(struct project *p, const struct paper *paper, const struct selection *s,
                const struct code *code)
{
    struct told *told = taking_told(p->t, paper);
    told->in.person = s->person;
    told->in.concept = code ? code->concept : S("");
    told->in.stance = code ? code->stance : S("");
    uint64_t number = 0;
    told->whole = p->ours;
    if (p->ours && str_to_u64(str_slice(s->name, S("statement ").n, s->name.n), &number) &&
        number < INT32_MAX)
        told->number = (int64_t)number;
    taking_place(p->t, told, s->place);
}

/* The further places of a statement that synoptic wrote are selections of the same name. */
static bool goes_on(struct project *p, const struct paper *paper, const struct selection *s,
                    size_t first, struct str before)
{
    if (!str_starts(s->name, S("statement ")) || !str_eq(s->name, before))
        return false;
    for (size_t i = first; i < p->t->n_told; i++)
        if (p->t->told[i].paper == (uint32_t)(paper - p->t->papers))
            taking_place(p->t, &p->t->told[i], s->place);
    return true;
}

static void read_selections(struct project *p, const xmlNode *source, const struct paper *paper)
{
    struct utf8_index text = utf8_index_make(&p->t->arena, paper->in.text);
    struct str before = {0};
    size_t first = 0;
    for (const xmlNode *node = source->children; node; node = node->next) {
        if (!is(node, "PlainTextSelection"))
            continue;
        struct selection s = read_selection(p, node, &text);
        size_t classes = 0;
        if (goes_on(p, paper, &s, first, before))
            continue;
        before = s.name;
        first = p->t->n_told;
        for (const xmlNode *c = node->children; c; c = c->next) {
            const struct code *code = code_of(p, c);
            if (code && code->concept.n)
                add(p, paper, &s, (classes++, code));
        }
        if (!classes)
            add(p, paper, &s, NULL);
    }
}

static void read_sources(struct project *p, const xmlNode *sources)
{
    for (const xmlNode *s = sources ? sources->children : NULL; s; s = s->next) {
        if (!is(s, "TextSource"))
            continue;
        struct paper *paper = taking_paper(p->t, attribute(p, s, "guid"));
        paper->in =
            (struct project_document){.title = attribute(p, s, "name"), .text = text_of(p, s)};
        read_values(p, s, &paper->in);
        if (paper->in.text.n)
            read_selections(p, s, paper);
    }
}

static bool read_project(struct project *p, struct str xml)
{
    int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    xmlDoc *doc = xml.n < INT32_MAX ? xmlReadMemory(xml.p, (int)xml.n, NULL, NULL, options) : NULL;
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    bool ok = root && is(root, "Project") && !xmlGetIntSubset(doc);
    if (ok) {
        const xmlNode *codes = child(child(root, "CodeBook"), "Codes");
        for (const xmlNode *c = codes ? codes->children : NULL; c; c = c->next)
            if (is(c, "Code"))
                read_code(p, c, S(""), false);
        p->ours = str_starts(attribute(p, root, "origin"), S("synoptic "));
        read_variables(p, child(root, "Variables"));
        read_sources(p, child(root, "Sources"));
    }
    xmlFreeDoc(doc);
    return ok || fail(p->t->err, ERR_UNSUPPORTED, "project.qde is no REFI-QDA project");
}

bool reading_refi(struct taking *t, struct str bytes)
{
    struct project p = {.t = t};
    if (!reading_archive(bytes, keep, &p, t->err))
        return false;
    for (size_t i = 0; i < p.n; i++)
        if (str_eq(p.files[i].name, S("project.qde")))
            return read_project(&p, p.files[i].bytes);
    return fail(t->err, ERR_UNSUPPORTED, "the archive holds no project.qde");
}

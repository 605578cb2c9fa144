/* Reading W3C Web Annotations: a page, a collection, a list or a single one. A target is an article
 * by number, URN or address, with the words as TextQuoteSelector and, where it is known, their
 * place as TextPositionSelector; several targets in one article are one statement in several
 * places. */
#include "ingest/project/taking.h"

static const cJSON *get(const cJSON *object, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

/* "x", {"id": "x"}, {"@id": "x"} */
static struct str name_of(const cJSON *item)
{
    if (cJSON_IsString(item))
        return str_of(item->valuestring);
    struct str id = taking_text(item, "id");
    return id.n ? id : taking_text(item, "@id");
}

/* Members may hold one thing or a list: the first, and the one behind it. */
static const cJSON *first(const cJSON *item)
{
    return item && cJSON_IsArray(item) ? item->child : item;
}

static const cJSON *next(const cJSON *list, const cJSON *item)
{
    return cJSON_IsArray(list) ? item->next : NULL;
}

static struct place read_place(struct taking *t, const cJSON *selectors)
{
    struct place place = {.start = -1, .unit = t->options->unit};
    for (const cJSON *s = first(selectors); s; s = next(selectors, s)) {
        const cJSON *start = get(s, "start");
        struct str type = taking_text(s, "type");
        if (str_eq(type, S("TextQuoteSelector"))) {
            place.exact = arena_str(&t->arena, taking_text(s, "exact"));
            place.prefix = arena_str(&t->arena, taking_text(s, "prefix"));
            place.suffix = arena_str(&t->arena, taking_text(s, "suffix"));
        } else if (str_eq(type, S("TextPositionSelector")) && cJSON_IsNumber(start) &&
                   start->valuedouble >= 0 && start->valuedouble < 1e12) {
            place.start = (int64_t)start->valuedouble;
        }
    }
    return place;
}

/* "support: The new quay"; without a side the whole is the issue. */
static void read_class(struct taking *t, struct told *told, struct str value)
{
    struct str rest = value, stance = {0};
    size_t colon = str_find(value, S(": "), 0);
    if (colon != STR_NONE) {
        stance = str_slice(value, 0, colon);
        rest = str_slice(value, colon + 2, value.n);
    }
    bool known = str_listed("support oppose conditional mixed neutral declines denies", stance);
    told->in.stance = arena_str(&t->arena, known ? stance : S(""));
    told->in.concept = arena_str(&t->arena, str_trim(known ? rest : value));
}

static struct str speaker_of(struct taking *t, const cJSON *bodies)
{
    for (const cJSON *b = first(bodies); b; b = next(bodies, b))
        if (str_eq(taking_text(b, "purpose"), S("identifying")))
            return arena_str(&t->arena, str_trim(taking_text(b, "value")));
    return (struct str){0};
}

static struct told *add(struct taking *t, struct paper *p, const cJSON *annotation)
{
    const cJSON *targets = get(annotation, "target");
    struct told *told = taking_told(t, p);
    told->in.person = speaker_of(t, get(annotation, "body"));
    static const struct str urn = STR("urn:synoptic:statement:");
    struct str id = taking_text(annotation, "id");
    uint64_t number = 0;
    told->whole = str_starts(id, urn);
    if (told->whole && str_to_u64(str_slice(id, urn.n, id.n), &number) && number < INT32_MAX)
        told->number = (int64_t)number;
    for (const cJSON *x = first(targets); x; x = next(targets, x))
        taking_place(t, told, read_place(t, get(x, "selector")));
    return told;
}

static void read_one(struct taking *t, const cJSON *annotation)
{
    const cJSON *targets = get(annotation, "target"), *bodies = get(annotation, "body");
    struct str source = name_of(get(first(targets), "source"));
    size_t classes = 0;
    if (!source.n)
        return;
    struct paper *p = taking_paper(t, source);
    p->reference = arena_str(&t->arena, source);
    for (const cJSON *b = first(bodies); b; b = next(bodies, b)) {
        if (!str_listed("classifying tagging", taking_text(b, "purpose")))
            continue;
        read_class(t, add(t, p, annotation), taking_text(b, "value"));
        classes++;
    }
    if (!classes)
        add(t, p, annotation);
}

/* The list of annotations within whatever is around it. */
static const cJSON *list_of(const cJSON *tree)
{
    const cJSON *items = get(tree, "items"), *page = get(tree, "first");
    if (cJSON_IsArray(tree) || get(tree, "target"))
        return tree;
    return items ? items : get(page, "items");
}

bool reading_annotations(struct taking *t, struct str bytes)
{
    cJSON *tree = NULL;
    if (!json_parse(bytes, &tree, t->err))
        return false;
    const cJSON *all = list_of(tree);
    bool any = all != NULL;
    for (const cJSON *one = first(all); one; one = next(all, one))
        read_one(t, one);
    cJSON_Delete(tree);
    return any || fail(t->err, ERR_UNSUPPORTED, "there are no annotations in the file");
}

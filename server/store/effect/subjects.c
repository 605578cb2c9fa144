/* What decisions about issues and actors mean for a story. */
#include "store/effect/effect.h"

/* ----------------------------------------------------------------------------------------- issues
 */

static void drop_issue(struct store_story *s, struct str key)
{
    for (size_t i = 0; i < s->n_issues; i++)
        if (str_eq(s->issues[i].id, key))
            s->issues[i--] = s->issues[--s->n_issues];
}

/* ISSUE_SORT_COUNT: nobody said, its title tells. */
static enum issue_sort sort_of(struct str word)
{
    return word.n ? (enum issue_sort)effect_word(issue_sort_names, ISSUE_SORT_COUNT, word)
                  : ISSUE_SORT_COUNT;
}

static void dismiss_issue(struct effects *e, struct str key)
{
    struct store_story *s = e->story;
    s->dismissed_issues = arena_grow(e->a, s->dismissed_issues, s->n_dismissed_issues,
                                     &e->cap_dismissed, sizeof *s->dismissed_issues);
    s->dismissed_issues[s->n_dismissed_issues++] = key;
}

static bool has_position(const struct lang_statement *st, struct str issue)
{
    for (size_t i = 0; i < st->n_positions; i++)
        if (str_eq(st->positions[i].issue, issue))
            return true;
    return false;
}

void store_move_position(struct lang_statement *st, struct str from, struct str to)
{
    bool both = has_position(st, to);
    size_t left = 0;
    for (size_t k = 0; k < st->n_positions; k++) {
        struct lang_position p = st->positions[k];
        if (str_eq(p.issue, from) && both)
            continue;
        p.issue = str_eq(p.issue, from) ? to : p.issue;
        st->positions[left++] = p;
    }
    st->n_positions = left;
}

/* What was decided on the one issue so far is meant of the other; of two sides the other's stays.
 */
static void move_positions(struct effects *e, struct str from, struct str to)
{
    for (size_t i = 0; i < e->story->n_pins; i++)
        store_move_position(&e->story->pins[i].statement, from, to);
    for (size_t i = 0; i < e->story->n_issue_rules; i++) {
        struct store_issue_rule *rule = &e->story->issue_rules[i];
        rule->from = str_eq(rule->from, from) ? to : rule->from;
        rule->to = str_eq(rule->to, from) ? to : rule->to;
    }
}

static void put_issue(struct effects *e, const cJSON *after, struct str key)
{
    struct store_story *s = e->story;
    const cJSON *terms = cJSON_GetObjectItem(after, "terms"), *term;
    drop_issue(s, key);
    struct lang_issue issue = {.id = key,
                               .title = effect_text(e, after, "title"),
                               .by_person = true,
                               .sort = sort_of(effect_text(e, after, "sort"))};
    issue.terms = arena_array(e->a, (size_t)cJSON_GetArraySize(terms) + 1, sizeof *issue.terms);
    cJSON_ArrayForEach(term, terms) {
        if (cJSON_IsString(term))
            issue.terms[issue.n_terms++] = arena_str(e->a, str_of(term->valuestring));
    }
    s->issues = arena_grow(e->a, s->issues, s->n_issues, &e->cap_issues, sizeof *s->issues);
    s->issues[s->n_issues++] = issue;
}

static void merge_issue(struct effects *e, const cJSON *into, struct str key)
{
    struct str to = effect_text(e, into, "id");
    dismiss_issue(e, key);
    move_positions(e, key, to);
    put_issue(e, into, to);
}

/* What is said on it in these statements is said on the other: by what was decided so far, and by
 * what the engine will find (ingest/story/decisions.c). */
static void take_issue_split(struct effects *e, const cJSON *after, struct str key)
{
    struct store_story *s = e->story;
    const cJSON *issue = cJSON_GetObjectItem(after, "issue"), *anchor;
    const cJSON *anchors = cJSON_GetObjectItem(after, "statements");
    struct store_issue_rule rule = {key, effect_text(e, issue, "id"), NULL, 0};
    rule.statements =
        arena_array(e->a, (size_t)cJSON_GetArraySize(anchors) + 1, sizeof *rule.statements);
    cJSON_ArrayForEach(anchor, anchors) {
        rule.statements[rule.n_statements++] = effect_anchor(e, anchor);
    }
    put_issue(e, issue, rule.to);
    for (size_t i = 0; i < s->n_pins; i++)
        for (size_t k = 0; k < rule.n_statements; k++)
            if (s->pins[i].id == rule.statements[k])
                store_move_position(&s->pins[i].statement, rule.from, rule.to);
    s->issue_rules = arena_grow(e->a, s->issue_rules, s->n_issue_rules, &e->cap_issue_rules,
                                sizeof *s->issue_rules);
    s->issue_rules[s->n_issue_rules++] = rule;
}

void effect_issue(struct effects *e, const cJSON *after, struct str key)
{
    const cJSON *into = cJSON_GetObjectItem(after, "into");
    if (cJSON_GetObjectItem(after, "issue")) {
        take_issue_split(e, after, key);
        return;
    }
    drop_issue(e->story, key);
    if (into)
        merge_issue(e, into, key);
    else if (cJSON_IsTrue(cJSON_GetObjectItem(after, "dismissed")))
        dismiss_issue(e, key);
    else
        put_issue(e, after, key);
}

/* ----------------------------------------------------------------------------------------- actors
 */

static struct lang_actor read_actor(struct effects *e, const cJSON *from)
{
    const cJSON *names = cJSON_GetObjectItem(from, "names"), *name;
    struct lang_actor actor = {.key = effect_text(e, from, "key"),
                               .name = effect_text(e, from, "name"),
                               .role = effect_text(e, from, "role"),
                               .of = effect_text(e, from, "of")};
    actor.kind = (enum actor_kind)effect_word(actor_kind_names, ACTOR_KIND_COUNT,
                                              effect_text(e, from, "kind"));
    actor.names = arena_array(e->a, (size_t)cJSON_GetArraySize(names) + 2, sizeof *actor.names);
    actor.names[actor.n_names++] = (struct lang_name){actor.name, NAME_FULL};
    cJSON_ArrayForEach(name, names) {
        struct lang_name one = {effect_text(e, name, "text"),
                                (enum name_kind)effect_word(name_kind_names, NAME_KIND_COUNT,
                                                            effect_text(e, name, "kind"))};
        if (one.text.n && !str_eq(one.text, actor.name))
            actor.names[actor.n_names++] = one;
    }
    return actor;
}

static void know(struct effects *e, const struct lang_actor *actor)
{
    struct store_story *s = e->story;
    for (size_t i = 0; i < s->n_known; i++)
        if (str_eq(s->known[i].key, actor->key)) {
            s->known[i] = *actor;
            return;
        }
    s->known = arena_grow(e->a, s->known, s->n_known, &e->cap_known, sizeof *s->known);
    s->known[s->n_known++] = *actor;
}

static struct store_actor_rule *add_rule(struct effects *e, struct str key)
{
    struct store_story *s = e->story;
    s->rules = arena_grow(e->a, s->rules, s->n_rules, &e->cap_rules, sizeof *s->rules);
    s->rules[s->n_rules] = (struct store_actor_rule){.key = key};
    return &s->rules[s->n_rules++];
}

/* What was decided to be said by the one is by the other: a person who turns out to be somebody
 * else, or nobody. */
static void move_pins(struct effects *e, struct str from, struct str to)
{
    for (size_t i = 0; i < e->story->n_pins; i++) {
        struct store_pin *pin = &e->story->pins[i];
        pin->speaker = str_eq(pin->speaker, from) ? to : pin->speaker;
        pin->via = str_eq(pin->via, from) ? to : pin->via;
    }
}

static void forget(struct store_story *s, struct str key)
{
    for (size_t i = 0; i < s->n_known; i++)
        if (str_eq(s->known[i].key, key))
            s->known[i--] = s->known[--s->n_known];
}

static bool goes_along(const struct effects *e, const struct store_actor_rule *rule,
                       const struct store_pin *pin)
{
    const struct utf8_index *x = effect_index(e, pin->article);
    const struct spans *source = &pin->statement.source;
    for (size_t i = 0; i < rule->n_statements; i++)
        if (rule->statements[i] == pin->id)
            return true;
    for (size_t i = 0; x && i < rule->n_only; i++)
        for (size_t k = 0; k < source->n; k++)
            if (str_contains(str_slice(x->text, source->v[k].start, source->v[k].end),
                             rule->only[i]))
                return true;
    return false;
}

static void split_pins(struct effects *e, const struct store_actor_rule *rule)
{
    for (size_t i = 0; i < e->story->n_pins; i++) {
        struct store_pin *pin = &e->story->pins[i];
        if (str_eq(pin->speaker, rule->key) && goes_along(e, rule, pin))
            pin->speaker = rule->actor.key;
    }
}

static void take_split(struct effects *e, const cJSON *after, struct str key)
{
    const cJSON *names = cJSON_GetObjectItem(after, "names"), *name;
    struct store_actor_rule *rule = add_rule(e, key);
    rule->actor = read_actor(e, cJSON_GetObjectItem(after, "actor"));
    rule->only = arena_array(e->a, (size_t)cJSON_GetArraySize(names) + 1, sizeof *rule->only);
    cJSON_ArrayForEach(name, names) {
        if (cJSON_IsString(name))
            rule->only[rule->n_only++] = arena_str(e->a, str_of(name->valuestring));
    }
    const cJSON *anchors = cJSON_GetObjectItem(after, "statements"), *anchor;
    rule->statements =
        arena_array(e->a, (size_t)cJSON_GetArraySize(anchors) + 1, sizeof *rule->statements);
    cJSON_ArrayForEach(anchor, anchors) {
        rule->statements[rule->n_statements++] = effect_anchor(e, anchor);
    }
    split_pins(e, rule);
}

/* Forms that a person took from it. */
static void read_without(struct effects *e, const cJSON *after, struct store_actor_rule *rule)
{
    const cJSON *list = cJSON_GetObjectItem(after, "without"), *name;
    rule->without = arena_array(e->a, (size_t)cJSON_GetArraySize(list) + 1, sizeof *rule->without);
    cJSON_ArrayForEach(name, list) {
        if (cJSON_IsString(name))
            rule->without[rule->n_without++] = arena_str(e->a, str_of(name->valuestring));
    }
}

static void describe(struct effects *e, const cJSON *after, struct str key)
{
    struct lang_actor actor = read_actor(e, after);
    struct store_actor_rule *rule = add_rule(e, key);
    *rule = (struct store_actor_rule){.key = key, .actor = actor, .renames = true};
    read_without(e, after, rule);
    know(e, &actor);
}

/* Of a list only those that may be meant here: it can be long, and stories are many. */
static void take_list(struct effects *e, const cJSON *actors)
{
    const cJSON *actor;
    cJSON_ArrayForEach(actor, actors)
        if (effect_may_name(e, actor))
            describe(e, actor, effect_text(e, actor, "key"));
}

void effect_actor(struct effects *e, const cJSON *after, struct str key)
{
    const cJSON *into = cJSON_GetObjectItem(after, "into");
    const cJSON *list = cJSON_GetObjectItem(after, "actors");
    if (list) {
        take_list(e, list);
        return;
    }
    if (cJSON_GetObjectItem(after, "apart"))
        return;
    if (cJSON_GetObjectItem(after, "actor")) {
        take_split(e, after, key);
        return;
    }
    bool gone = cJSON_IsTrue(cJSON_GetObjectItem(after, "dismissed"));
    if (!into && !gone) {
        describe(e, after, key);
        return;
    }
    struct lang_actor actor = read_actor(e, into ? into : after);
    struct store_actor_rule *rule = add_rule(e, key);
    rule->actor = actor;
    rule->gone = gone;
    move_pins(e, key, gone ? (struct str){0} : actor.key);
    if (gone)
        forget(e->story, key);
}

/* What the standing decisions mean for one story: the journal read from its beginning, undone
 * entries left out. Statements are found again by their exact words; those whose words are gone
 * from the article wait in the journal (they are listed as orphaned). */
#include "store/story/story.h"

#include "store/list/fragments.h"

#include <string.h>

struct effects {
    struct db *db;
    struct arena *a;
    struct store_story *story;
    struct utf8_index *indexes; /* per article of the story */
    size_t cap_pins, cap_rules, cap_issues, cap_dismissed, cap_verdicts, cap_conflicts, cap_old;
    size_t cap_known, cap_pinned;
};

static struct str text_of(const struct effects *e, const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsString(item) ? arena_str(e->a, str_of(item->valuestring)) : (struct str){0};
}

static int64_t number_of(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsNumber(item) ? (int64_t)item->valuedouble : 0;
}

static int index_in(const char *const *words, int n, struct str word)
{
    for (int i = 0; i < n; i++)
        if (str_eq(word, str_of(words[i])))
            return i;
    return 0;
}

static const struct utf8_index *index_of(const struct effects *e, int64_t article)
{
    for (size_t i = 0; i < e->story->n_articles; i++)
        if (e->story->articles[i].id == article)
            return &e->indexes[i];
    return NULL;
}

/* --------------------------------------------------------------------------------------- anchors
 */

/* Where the words are now: at their old place, else at the nearest. */
static bool find_again(const struct utf8_index *x, const cJSON *span, struct span *out)
{
    const cJSON *words = cJSON_GetObjectItemCaseSensitive(span, "exact");
    if (!cJSON_IsString(words))
        return false;
    struct str exact = str_of(words->valuestring);
    size_t was = utf8_byte(x, (size_t)number_of(span, "start")), best = STR_NONE, far = SIZE_MAX;
    for (size_t at = str_find(x->text, exact, 0); at != STR_NONE;
         at = str_find(x->text, exact, at + 1)) {
        size_t distance = at > was ? at - was : was - at;
        if (distance < far) {
            far = distance;
            best = at;
        }
        if (exact.n == 0)
            break;
    }
    if (best == STR_NONE)
        return false;
    *out = (struct span){(uint32_t)best, (uint32_t)(best + exact.n)};
    return true;
}

static struct spans find_spans(struct effects *e, const struct utf8_index *x, const cJSON *list)
{
    struct spans out = {arena_array(e->a, (size_t)cJSON_GetArraySize(list) + 1, sizeof *out.v), 0};
    const cJSON *span;
    cJSON_ArrayForEach(span, list) {
        if (find_again(x, span, &out.v[out.n]) &&
            (out.n == 0 || out.v[out.n].start >= out.v[out.n - 1].end))
            out.n++;
    }
    return out;
}

static struct span hull_of(const struct spans *spans)
{
    return spans->n ? (struct span){spans->v[0].start, spans->v[spans->n - 1].end}
                    : (struct span){0};
}

/* ------------------------------------------------------------------------------------ statements
 */

/* What a person says is certain. What the program thought carries its own figure, for as long as
 * nobody has confirmed it. */
static float confidence_of(const cJSON *p, bool confirmed)
{
    const cJSON *figure = cJSON_GetObjectItem(p, "confidence");
    return cJSON_IsNumber(figure) && !confirmed ? (float)figure->valuedouble : 1;
}

static void read_positions(struct effects *e, const cJSON *after, struct lang_statement *st)
{
    const cJSON *list = cJSON_GetObjectItem(after, "positions");
    bool confirmed = str_eq(text_of(e, after, "status"), S("confirmed"));
    const cJSON *p;
    st->positions = arena_array(e->a, (size_t)cJSON_GetArraySize(list) + 1, sizeof *st->positions);
    cJSON_ArrayForEach(p, list) {
        st->positions[st->n_positions++] = (struct lang_position){
            .issue = text_of(e, p, "issue"),
            .stance = (enum stance)index_in(stance_names, STANCE_COUNT, text_of(e, p, "stance")),
            .condition = text_of(e, p, "condition"),
            .confidence = confidence_of(p, confirmed)};
    }
}

static struct store_pin *pin_place(struct effects *e, int64_t id)
{
    struct store_story *s = e->story;
    for (size_t i = 0; i < s->n_pins; i++)
        if (s->pins[i].id == id)
            return &s->pins[i];
    s->pins = arena_grow(e->a, s->pins, s->n_pins, &e->cap_pins, sizeof *s->pins);
    s->pins[s->n_pins] = (struct store_pin){0};
    return &s->pins[s->n_pins++];
}

/* The newest decision on a statement holds the statement as it is to stand. */
static void take_statement(struct effects *e, const cJSON *before, const cJSON *after,
                           int64_t article)
{
    const struct utf8_index *x = index_of(e, article);
    if (!x)
        return;
    struct lang_statement st = {.speaker = NO_ACTOR, .via = NO_ACTOR};
    st.source = find_spans(e, x, cJSON_GetObjectItem(after, "source"));
    st.cue = find_spans(e, x, cJSON_GetObjectItem(after, "cue"));
    st.content = find_spans(e, x, cJSON_GetObjectItem(after, "content"));
    if (st.content.n == 0) {
        /* The words are gone: the id waits for them, and goes to no other statement meanwhile. */
        for (size_t i = 0; i < e->story->n_old; i++)
            e->story->old[i].taken |= e->story->old[i].id == number_of(after, "id");
        return;
    }
    st.kind = (enum statement_kind)index_in(statement_kind_names, STATEMENT_KIND_COUNT,
                                            text_of(e, after, "kind"));
    st.channel = text_of(e, after, "channel");
    st.said_on = text_of(e, after, "said_on");
    st.confidence = confidence_of(after, false);
    st.rule = text_of(e, after, "rule").p;
    read_positions(e, after, &st);
    struct spans was = find_spans(e, x, cJSON_GetObjectItem(before, "content"));
    struct store_pin *pin = pin_place(e, number_of(after, "id"));
    *pin = (struct store_pin){
        .was = pin->was.end ? pin->was : hull_of(&was),
        .id = number_of(after, "id"),
        .article = article,
        .status = (enum statement_status)index_in(statement_status_names, STATUS_COUNT,
                                                  text_of(e, after, "status")),
        .statement = st,
        .speaker = text_of(e, after, "speaker"),
        .via = text_of(e, after, "via"),
        .positions_final = cJSON_IsTrue(cJSON_GetObjectItem(after, "positions_final"))};
}

/* ------------------------------------------------------------------------- utterances, conflicts
 */

/* A statement that is not stored at present keeps its id for when its words are found again. */
static int64_t take_anchor(struct effects *e, const cJSON *anchor)
{
    struct store_story *s = e->story;
    int64_t id = number_of(anchor, "id");
    for (size_t i = 0; i < s->n_old; i++)
        if (s->old[i].id == id)
            return id;
    s->old = arena_grow(e->a, s->old, s->n_old, &e->cap_old, sizeof *s->old);
    s->old[s->n_old++] = (struct store_old_statement){
        .id = id, .article = number_of(anchor, "article"), .words = text_of(e, anchor, "exact")};
    return id;
}

/* The last word on a pair is the one that counts. */
static void add_verdict(struct effects *e, struct compare_verdict v)
{
    struct store_story *s = e->story;
    for (size_t i = 0; i < s->n_verdicts; i++) {
        struct compare_verdict *w = &s->verdicts[i];
        if ((w->a == v.a && w->b == v.b) || (w->a == v.b && w->b == v.a)) {
            *w = v;
            return;
        }
    }
    s->verdicts =
        arena_grow(e->a, s->verdicts, s->n_verdicts, &e->cap_verdicts, sizeof *s->verdicts);
    s->verdicts[s->n_verdicts++] = v;
}

static void take_utterance(struct effects *e, const cJSON *after)
{
    const cJSON *join = cJSON_GetObjectItem(after, "join");
    const cJSON *split = cJSON_GetObjectItem(after, "split"), *go, *stay;
    cJSON_ArrayForEach(go, join) {
        for (stay = go->next; stay; stay = stay->next)
            add_verdict(e, (struct compare_verdict){VERDICT_JOIN, take_anchor(e, go),
                                                    take_anchor(e, stay)});
    }
    cJSON_ArrayForEach(go, cJSON_GetArrayItem(split, 0)) {
        cJSON_ArrayForEach(stay, cJSON_GetArrayItem(split, 1)) {
            add_verdict(e, (struct compare_verdict){VERDICT_SPLIT, take_anchor(e, go),
                                                    take_anchor(e, stay)});
        }
    }
}

static void take_conflict(struct effects *e, const cJSON *after, int64_t id)
{
    struct store_story *s = e->story;
    const cJSON *spans = cJSON_GetObjectItem(after, "spans"), *span;
    struct store_conflict_verdict v = {.id = id, .rule = text_of(e, after, "rule")};
    v.confirmed = str_eq(text_of(e, after, "status"), S("confirmed"));
    v.spans = arena_array(e->a, (size_t)cJSON_GetArraySize(spans) + 1, sizeof *v.spans);
    cJSON_ArrayForEach(span, spans) {
        int64_t article = number_of(span, "article");
        const struct utf8_index *x = index_of(e, article);
        if (x && find_again(x, span, &v.spans[v.n_spans].at))
            v.spans[v.n_spans++].article = article;
    }
    s->conflicts =
        arena_grow(e->a, s->conflicts, s->n_conflicts, &e->cap_conflicts, sizeof *s->conflicts);
    s->conflicts[s->n_conflicts++] = v;
}

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
    return word.n ? (enum issue_sort)index_in(issue_sort_names, ISSUE_SORT_COUNT, word)
                  : ISSUE_SORT_COUNT;
}

static void take_issue(struct effects *e, const cJSON *after, struct str key)
{
    struct store_story *s = e->story;
    const cJSON *terms = cJSON_GetObjectItem(after, "terms"), *term;
    drop_issue(s, key);
    if (cJSON_IsTrue(cJSON_GetObjectItem(after, "dismissed"))) {
        s->dismissed_issues = arena_grow(e->a, s->dismissed_issues, s->n_dismissed_issues,
                                         &e->cap_dismissed, sizeof *s->dismissed_issues);
        s->dismissed_issues[s->n_dismissed_issues++] = key;
        return;
    }
    struct lang_issue issue = {.id = key,
                               .title = text_of(e, after, "title"),
                               .by_person = true,
                               .sort = sort_of(text_of(e, after, "sort"))};
    issue.terms = arena_array(e->a, (size_t)cJSON_GetArraySize(terms) + 1, sizeof *issue.terms);
    cJSON_ArrayForEach(term, terms) {
        if (cJSON_IsString(term))
            issue.terms[issue.n_terms++] = arena_str(e->a, str_of(term->valuestring));
    }
    s->issues = arena_grow(e->a, s->issues, s->n_issues, &e->cap_issues, sizeof *s->issues);
    s->issues[s->n_issues++] = issue;
}

/* ----------------------------------------------------------------------------------------- actors
 */

static struct lang_actor read_actor(struct effects *e, const cJSON *from)
{
    const cJSON *names = cJSON_GetObjectItem(from, "names"), *name;
    struct lang_actor actor = {.key = text_of(e, from, "key"),
                               .name = text_of(e, from, "name"),
                               .role = text_of(e, from, "role"),
                               .of = text_of(e, from, "of")};
    actor.kind =
        (enum actor_kind)index_in(actor_kind_names, ACTOR_KIND_COUNT, text_of(e, from, "kind"));
    actor.names = arena_array(e->a, (size_t)cJSON_GetArraySize(names) + 2, sizeof *actor.names);
    actor.names[actor.n_names++] = (struct lang_name){actor.name, NAME_FULL};
    cJSON_ArrayForEach(name, names) {
        struct lang_name one = {
            text_of(e, name, "text"),
            (enum name_kind)index_in(name_kind_names, NAME_KIND_COUNT, text_of(e, name, "kind"))};
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
        rule->statements[rule->n_statements++] = take_anchor(e, anchor);
    }
}

static void take_actor(struct effects *e, const cJSON *after, struct str key)
{
    const cJSON *into = cJSON_GetObjectItem(after, "into");
    if (cJSON_GetObjectItem(after, "actor")) {
        take_split(e, after, key);
        return;
    }
    struct lang_actor actor = read_actor(e, into ? into : after);
    struct store_actor_rule *rule = add_rule(e, key);
    rule->actor = actor;
    rule->renames = !into;
    if (!into)
        know(e, &actor);
}

/* ---------------------------------------------------------------------------------- the journal */

/* Actors that a decision speaks of and the texts may not name. Office and belonging are what other
 * stories say of them: this one does not. */
static bool know_pinned(struct effects *e, struct err *err)
{
    for (size_t i = 0; i < 2 * e->story->n_pins; i++) {
        struct store_pin *pin = &e->story->pins[i / 2];
        struct str key = i % 2 ? pin->via : pin->speaker;
        struct query q = query_begin(e->db, "SELECT name, kind FROM actors WHERE key = :key");
        query_str(&q, ":key", key);
        if (query_step(&q)) {
            struct lang_actor actor = {.key = key, .name = query_get_str(&q, 0, e->a)};
            actor.kind = (enum actor_kind)index_in(actor_kind_names, ACTOR_KIND_COUNT,
                                                   query_peek_str(&q, 1));
            actor.names = arena_array(e->a, 1, sizeof *actor.names);
            actor.names[actor.n_names++] = (struct lang_name){actor.name, NAME_FULL};
            e->story->pinned = arena_grow(e->a, e->story->pinned, e->story->n_pinned,
                                          &e->cap_pinned, sizeof *e->story->pinned);
            e->story->pinned[e->story->n_pinned++] = actor;
        }
        if (!query_end(&q, err))
            return false;
    }
    return true;
}

/* ------------------------------------------------------------------------------ what was undone */

static bool is_pinned(const struct effects *e, int64_t id)
{
    for (size_t i = 0; i < e->story->n_pins; i++)
        if (e->story->pins[i].id == id)
            return true;
    return false;
}

/* The words as a statement's row has them. */
static struct str words_of(struct effects *e, const cJSON *content)
{
    struct str words = {0};
    const cJSON *span;
    cJSON_ArrayForEach(span, content) {
        struct str exact = text_of(e, span, "exact");
        words = words.n ? arena_fmt(e->a, "%.*s … %.*s", STR_ARG(words), STR_ARG(exact)) : exact;
    }
    return words;
}

/* The statement stands as decided in its row, and as the engine found it in the journal: it is to
 * be known again by that. */
static void take_back(struct effects *e, int64_t id, int64_t article, const cJSON *before)
{
    const struct utf8_index *x = index_of(e, article);
    const cJSON *content = cJSON_GetObjectItem(before, "content");
    for (size_t i = 0; x && i < e->story->n_old; i++) {
        struct store_old_statement *old = &e->story->old[i];
        if (old->id != id)
            continue;
        struct spans at = find_spans(e, x, content);
        struct spans cue = find_spans(e, x, cJSON_GetObjectItem(before, "cue"));
        old->words = words_of(e, content);
        old->content = hull_of(&at);
        old->cue = hull_of(&cue);
    }
}

static bool take_undone(struct effects *e, struct err *err)
{
    struct query q = query_begin(
        e->db, "SELECT d.target_id, d.article, d.before FROM statements st JOIN decisions d"
               " ON d.target = 'statement' AND d.target_id = st.id WHERE st.story = :story"
               " AND st.status <> 'proposed' AND json_extract(d.before, '$.status') = 'proposed'"
               " AND " DECISION_UNDONE " ORDER BY d.id");
    query_int(&q, ":story", e->story->id);
    while (query_step(&q)) {
        struct str text = query_peek_str(&q, 2);
        cJSON *before = cJSON_ParseWithLength(text.p, text.n);
        if (!is_pinned(e, query_get_int(&q, 0)))
            take_back(e, query_get_int(&q, 0), query_get_int(&q, 1), before);
        cJSON_Delete(before);
    }
    return query_end(&q, err);
}

static void take(struct effects *e, struct query *q)
{
    struct str target = query_peek_str(q, 0), text = query_peek_str(q, 4);
    struct str earlier = query_peek_str(q, 5);
    cJSON *after = cJSON_ParseWithLength(text.p, text.n);
    cJSON *before = cJSON_ParseWithLength(earlier.p, earlier.n);
    struct str key = query_get_str(q, 2, e->a);
    if (str_eq(target, S("statement")))
        take_statement(e, before, after, query_get_int(q, 3));
    else if (str_eq(target, S("utterance")))
        take_utterance(e, after);
    else if (str_eq(target, S("conflict")))
        take_conflict(e, after, query_get_int(q, 1));
    else if (str_eq(target, S("issue")))
        take_issue(e, after, key);
    else if (str_eq(target, S("actor")))
        take_actor(e, after, key);
    cJSON_Delete(before);
    cJSON_Delete(after);
}

/* An article brings the decisions on its statements along when it moves; actors are everybody's. */
bool decisions_load(struct db *db, struct arena *a, struct store_story *out, struct err *err)
{
    struct effects e = {.db = db, .a = a, .story = out};
    e.indexes = arena_array(a, out->n_articles + 1, sizeof *e.indexes);
    e.cap_old = out->n_old;
    for (size_t i = 0; i < out->n_articles; i++)
        e.indexes[i] = utf8_index_make(a, out->articles[i].text);
    struct query q = query_begin(
        db,
        "SELECT d.target, d.target_id, d.target_key, d.article, d.after, d.before FROM decisions d "
        "WHERE"
        " (d.id IN (SELECT t.decision FROM decision_stories t WHERE t.story = :story)"
        "  OR d.article IN (SELECT id FROM articles WHERE story = :story) OR d.target = 'actor')"
        " AND d.target NOT IN ('decision', 'article', 'story')"
        " AND NOT " DECISION_UNDONE " ORDER BY d.id");
    query_int(&q, ":story", out->id);
    while (query_step(&q))
        take(&e, &q);
    return query_end(&q, err) && take_undone(&e, err) && know_pinned(&e, err);
}

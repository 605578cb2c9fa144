/* What decisions about statements, utterances and conflicts mean for a story. */
#include "store/effect/effect.h"

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
    bool confirmed = str_eq(effect_text(e, after, "status"), S("confirmed"));
    const cJSON *p;
    st->positions = arena_array(e->a, (size_t)cJSON_GetArraySize(list) + 1, sizeof *st->positions);
    cJSON_ArrayForEach(p, list) {
        st->positions[st->n_positions++] =
            (struct lang_position){.issue = effect_text(e, p, "issue"),
                                   .stance = (enum stance)effect_word(stance_names, STANCE_COUNT,
                                                                      effect_text(e, p, "stance")),
                                   .condition = effect_text(e, p, "condition"),
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

/* The words of a decision are gone: the id waits for them, and goes to no other statement
 * meanwhile, unless one that stands in the text got it while the decision was taken back. */
static void hold_id(struct effects *e, struct str text, int64_t id)
{
    for (size_t i = 0; i < e->story->n_old; i++) {
        struct store_old_statement *old = &e->story->old[i];
        old->taken |= old->id == id && !str_contains(text, old->words);
    }
}

/* The newest decision on a statement holds the statement as it is to stand. */
void effect_statement(struct effects *e, const cJSON *before, const cJSON *after, int64_t article)
{
    const struct utf8_index *x = effect_index(e, article);
    if (!x)
        return;
    struct lang_statement st = {.speaker = NO_ACTOR, .via = NO_ACTOR};
    st.source = effect_spans(e, x, cJSON_GetObjectItem(after, "source"));
    st.cue = effect_spans(e, x, cJSON_GetObjectItem(after, "cue"));
    st.content = effect_spans(e, x, cJSON_GetObjectItem(after, "content"));
    if (st.content.n == 0) {
        hold_id(e, x->text, effect_number(after, "id"));
        return;
    }
    st.kind = (enum statement_kind)effect_word(statement_kind_names, STATEMENT_KIND_COUNT,
                                               effect_text(e, after, "kind"));
    st.channel = effect_text(e, after, "channel");
    st.said_on = effect_text(e, after, "said_on");
    st.confidence = confidence_of(after, false);
    st.rule = effect_text(e, after, "rule").p;
    read_positions(e, after, &st);
    struct spans was = effect_spans(e, x, cJSON_GetObjectItem(before, "content"));
    struct store_pin *pin = pin_place(e, effect_number(after, "id"));
    *pin = (struct store_pin){
        .was = pin->was.end ? pin->was : effect_hull(&was),
        .id = effect_number(after, "id"),
        .article = article,
        .status = (enum statement_status)effect_word(statement_status_names, STATUS_COUNT,
                                                     effect_text(e, after, "status")),
        .statement = st,
        .speaker = effect_text(e, after, "speaker"),
        .via = effect_text(e, after, "via"),
        .positions_final = cJSON_IsTrue(cJSON_GetObjectItem(after, "positions_final"))};
}

/* ------------------------------------------------------------------------- utterances, conflicts
 */

/* A statement that is not stored at present keeps its id for when its words are found again. */
int64_t effect_anchor(struct effects *e, const cJSON *anchor)
{
    struct store_story *s = e->story;
    int64_t id = effect_number(anchor, "id");
    for (size_t i = 0; i < s->n_old; i++)
        if (s->old[i].id == id)
            return id;
    s->old = arena_grow(e->a, s->old, s->n_old, &e->cap_old, sizeof *s->old);
    s->old[s->n_old++] = (struct store_old_statement){.id = id,
                                                      .article = effect_number(anchor, "article"),
                                                      .words = effect_text(e, anchor, "exact")};
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

void effect_utterance(struct effects *e, const cJSON *after)
{
    const cJSON *join = cJSON_GetObjectItem(after, "join");
    const cJSON *split = cJSON_GetObjectItem(after, "split"), *go, *stay;
    cJSON_ArrayForEach(go, join) {
        for (stay = go->next; stay; stay = stay->next)
            add_verdict(e, (struct compare_verdict){VERDICT_JOIN, effect_anchor(e, go),
                                                    effect_anchor(e, stay)});
    }
    cJSON_ArrayForEach(go, cJSON_GetArrayItem(split, 0)) {
        cJSON_ArrayForEach(stay, cJSON_GetArrayItem(split, 1)) {
            add_verdict(e, (struct compare_verdict){VERDICT_SPLIT, effect_anchor(e, go),
                                                    effect_anchor(e, stay)});
        }
    }
}

void effect_conflict(struct effects *e, const cJSON *after, int64_t id)
{
    struct store_story *s = e->story;
    const cJSON *spans = cJSON_GetObjectItem(after, "spans"), *span;
    struct store_conflict_verdict v = {.id = id, .rule = effect_text(e, after, "rule")};
    v.confirmed = str_eq(effect_text(e, after, "status"), S("confirmed"));
    v.spans = arena_array(e->a, (size_t)cJSON_GetArraySize(spans) + 1, sizeof *v.spans);
    cJSON_ArrayForEach(span, spans) {
        int64_t article = effect_number(span, "article");
        const struct utf8_index *x = effect_index(e, article);
        if (x && effect_find(x, span, &v.spans[v.n_spans].at))
            v.spans[v.n_spans++].article = article;
    }
    s->conflicts =
        arena_grow(e->a, s->conflicts, s->n_conflicts, &e->cap_conflicts, sizeof *s->conflicts);
    s->conflicts[s->n_conflicts++] = v;
}

/* From labelled stretches to attributions: every content looks for its cue, every cue for its
 * source, among the nearest few, by a linear score of distance, side, sentence, paragraph and of
 * what stands between (weights: lang/model/training/link.py, which computes the same features). */
#include "lang/attribution/pack.h"
#include "lang/net/reader_model.h"

enum { NEAR = 6, SIDE = 26, NONE = -1, BETWEEN = 64, FAR = 3, REACH = 512 };

struct linking {
    struct lang_doc *doc;
    const struct role_spans *spans;
    const float *weights;
};

static size_t bucket(uint32_t distance)
{
    static const uint32_t bounds[] = {0, 1, 2, 4, 8, 16, 32};
    size_t b = 0;
    while (b < sizeof bounds / sizeof *bounds && distance > bounds[b])
        b++;
    return b;
}

static uint32_t at_most(uint32_t v, uint32_t most)
{
    return v < most ? v : most;
}

/* How well a span (source or content) goes with a cue; both are indexes. */
static float score_of(const struct linking *l, size_t span, size_t cue)
{
    const struct role_spans *all = l->spans;
    bool before = span < cue;
    size_t left = before ? span : cue, right = before ? cue : span;
    const struct role_span *a = &all->v[left], *b = &all->v[right];
    uint32_t between[ROLE_COUNT] = {0};
    for (size_t i = left + 1; i < right && i < left + BETWEEN; i++)
        between[all->v[i].role]++;
    uint32_t last = l->doc->tokens[a->end - 1].sentence, next = l->doc->tokens[b->first].sentence;
    uint32_t paragraphs = l->doc->sentences[next].paragraph - l->doc->sentences[last].paragraph;
    const float *w = l->weights + (before ? 0 : SIDE);
    float score = w[bucket(b->first - a->end)];
    score += w[8 + at_most(next - last, 3)];
    score += w[12 + at_most(paragraphs, 2)];
    for (size_t k = 0; k < ROLE_COUNT; k++)
        score += w[15 + 3 * k + at_most(between[k], 2)];
    return score + w[24 + l->doc->tokens[all->v[span].first].in_quote];
}

/* The score of there being no partner for `span`; `same`: one stands in its sentence. */
static float score_of_none(const struct linking *l, size_t span, bool same)
{
    const float *w = l->weights + 2 * SIDE;
    return w[same] + w[2 + l->doc->tokens[l->spans->v[span].first].in_quote];
}

/* The nearest span of the role on either side of index i, outwards from *left and *right, which
 * are moved; NONE when there are no more. */
static int64_t next_near(const struct role_spans *all, size_t i, enum role role, int64_t edge[2])
{
    int64_t least = i > REACH ? (int64_t)i - REACH : 0;
    int64_t most = i + REACH < all->n ? (int64_t)i + REACH : (int64_t)all->n;
    while (edge[0] >= least && all->v[edge[0]].role != role)
        edge[0]--;
    while (edge[1] < most && all->v[edge[1]].role != role)
        edge[1]++;
    bool has_left = edge[0] >= least, has_right = edge[1] < most;
    if (!has_left && !has_right)
        return NONE;
    const struct role_span *s = &all->v[i];
    if (has_left &&
        (!has_right || s->first - all->v[edge[0]].end <= all->v[edge[1]].first - s->end))
        return edge[0]--;
    return edge[1]++;
}

/* Are two spans more than FAR paragraphs apart? */
static bool is_far(const struct linking *l, size_t i, size_t j)
{
    const struct lang_doc *doc = l->doc;
    uint32_t a = doc->sentences[doc->tokens[l->spans->v[i].first].sentence].paragraph;
    uint32_t b = doc->sentences[doc->tokens[l->spans->v[j].first].sentence].paragraph;
    return (a < b ? b - a : a - b) > FAR;
}

/* The partner of span i among the spans of a role, or NONE. */
static int64_t partner_of(const struct linking *l, size_t i, enum role role)
{
    const struct role_spans *all = l->spans;
    int64_t edge[2] = {(int64_t)i - 1, (int64_t)i + 1}, best = NONE;
    float best_score = 0;
    bool same = false;
    for (size_t k = 0; k < NEAR; k++) {
        int64_t j = next_near(all, i, role, edge);
        if (j == NONE)
            break;
        if (is_far(l, i, (size_t)j))
            continue;
        float score = role == ROLE_CUE ? score_of(l, i, (size_t)j) : score_of(l, (size_t)j, i);
        same |=
            l->doc->tokens[all->v[j].first].sentence == l->doc->tokens[all->v[i].first].sentence;
        if (best == NONE || score > best_score) {
            best = j;
            best_score = score;
        }
    }
    return best != NONE && best_score > score_of_none(l, i, same) ? best : NONE;
}

/* The contents of every cue, in their order: the first of each span, the next of each content. */
struct chains {
    int64_t *first, *next;
};

static struct chains chain_contents(const struct linking *l)
{
    const struct role_spans *all = l->spans;
    struct chains c = {arena_array(l->doc->arena, all->n + 1, sizeof *c.first),
                       arena_array(l->doc->arena, all->n + 1, sizeof *c.next)};
    for (size_t i = 0; i < all->n; i++)
        c.first[i] = NONE;
    for (size_t i = all->n; i-- > 0;) {
        int64_t cue = all->v[i].role == ROLE_CONTENT ? partner_of(l, i, ROLE_CUE) : NONE;
        if (cue == NONE)
            continue;
        c.next[i] = c.first[cue];
        c.first[cue] = (int64_t)i;
    }
    return c;
}

static uint32_t paragraph_of(const struct lang_doc *doc, const struct role_span *s)
{
    return doc->sentences[doc->tokens[s->first].sentence].paragraph;
}

/* Has the cue a content in its own paragraph? */
static bool has_near(const struct lang_doc *doc, const struct role_spans *all,
                     const struct chains *contents, size_t cue)
{
    uint32_t paragraph = paragraph_of(doc, &all->v[cue]);
    for (int64_t i = contents->first[cue]; i != NONE; i = contents->next[i])
        if (paragraph_of(doc, &all->v[i]) == paragraph)
            return true;
    return false;
}

/* Beside contents near their cue, what stands in a paragraph before it, or in one behind it without
 * quotation marks, is hardly ever said there (4 of 43 on PolNeAR). */
static bool strays(const struct lang_doc *doc, const struct role_span *cue,
                   const struct role_span *content)
{
    return paragraph_of(doc, cue) != paragraph_of(doc, content) &&
           (content->end <= cue->first || !doc->tokens[content->first].in_quote);
}

static void add_linked(struct attribution_list *list, const struct role_spans *all,
                       const struct chains *contents, size_t cue, int64_t source)
{
    struct attribution *a = NULL;
    float least = all->v[cue].sure;
    bool near = has_near(list->doc, all, contents, cue);
    for (int64_t i = contents->first[cue]; i != NONE; i = contents->next[i]) {
        if (near && strays(list->doc, &all->v[cue], &all->v[i]))
            continue;
        if (!a)
            a = attribution_add(list, "reader.model", 0);
        attribution_span(list->doc, &a->content, all->v[i].first, all->v[i].end);
        least = all->v[i].sure < least ? all->v[i].sure : least;
    }
    if (!a)
        return;
    attribution_span(list->doc, &a->cue, all->v[cue].first, all->v[cue].end);
    if (source != NONE)
        attribution_span(list->doc, &a->source, all->v[source].first, all->v[source].end);
    float of_source = source != NONE ? all->v[source].sure : -1.0f;
    list->sure[list->n - 1] = (struct sureness){of_source, all->v[cue].sure, least};
}

void link_roles(struct attribution_list *list, const struct role_spans *spans, const float *weights)
{
    struct linking of_cue = {list->doc, spans, weights};
    struct linking of_content = {list->doc, spans, weights + LINK_FEATURES};
    struct chains contents = chain_contents(&of_content);
    for (size_t i = 0; i < spans->n; i++)
        if (spans->v[i].role == ROLE_CUE)
            add_linked(list, spans, &contents, i, partner_of(&of_cue, i, ROLE_SOURCE));
}

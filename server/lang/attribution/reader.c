/* Source, cue and content of every attribution: the network labels the tokens of each window of
 * whole paragraphs, the labelled stretches are linked into attributions (link.c), and the
 * quotations that are left over are given to who stands beside them (rules.c). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lang/attribution/pack.h"
#include "lang/net/reader_model.h"
#include "lang/text/notice.h"

/* Favours finding over exact ends; chosen on PolNeAR's dev part: model/README.md. */
static const float begin_bonus = 0.0f;

/* What is less sure is left out; quotation marks, or a clause behind a verb of saying, speak for a
 * statement, so there less will do. */
static const float least_confidence = 0.3f, least_unquoted = 0.4f;

struct attribution *attribution_add(struct attribution_list *list, const char *rule,
                                    float confidence)
{
    list->v = arena_grow(list->doc->arena, list->v, list->n, &list->cap, sizeof *list->v);
    list->sure =
        arena_grow(list->doc->arena, list->sure, list->n, &list->sure_cap, sizeof *list->sure);
    list->sure[list->n] = (struct sureness){0};
    struct attribution *a = &list->v[list->n++];
    *a = (struct attribution){.outer = -1, .confidence = confidence, .rule = rule};
    return a;
}

void attribution_span(struct lang_doc *doc, struct spans *to, size_t first, size_t end)
{
    if (first >= end)
        return;
    struct span *v = arena_array(doc->arena, to->n + 1, sizeof *v);
    for (size_t i = 0; i < to->n; i++)
        v[i] = to->v[i];
    v[to->n] = (struct span){doc->tokens[first].at.start, doc->tokens[end - 1].at.end};
    *to = (struct spans){v, to->n + 1};
}

struct windows {
    struct window *v;
    size_t n, cap;
};

static void add_window(struct lang_doc *doc, struct windows *w, struct window window)
{
    w->v = arena_grow(doc->arena, w->v, w->n, &w->cap, sizeof *w->v);
    w->v[w->n++] = window;
}

/* The last sentence's end within MOST_WINDOW tokens, or that many tokens. */
static uint32_t cut_after(const struct lang_doc *doc, uint32_t start)
{
    uint32_t cut = start + MOST_WINDOW, first = doc->sentences[doc->tokens[cut].sentence].first;
    return first > start ? first : cut;
}

/* Whole paragraphs up to MOST_WINDOW tokens; a longer one alone, cut at sentences. */
static struct windows split_windows(struct lang_doc *doc)
{
    struct windows w = {0};
    uint32_t start = 0, end = 0;
    for (size_t s = 0; s < doc->n_sentences;) {
        uint32_t paragraph = doc->sentences[s].paragraph;
        while (s < doc->n_sentences && doc->sentences[s].paragraph == paragraph)
            s++;
        uint32_t next = doc->sentences[s - 1].end;
        if (next - start > MOST_WINDOW && end > start) {
            add_window(doc, &w, (struct window){start, end, false});
            start = end;
        }
        while (next - start > MOST_WINDOW) {
            uint32_t cut = cut_after(doc, start);
            add_window(doc, &w, (struct window){start, cut, false});
            start = cut;
        }
        end = next;
    }
    if (end > start)
        add_window(doc, &w, (struct window){start, end, false});
    return w;
}

static float least(float a, float b)
{
    return a < b ? a : b;
}

/* Adds the labelled stretches of a window. */
static void collect(struct lang_doc *doc, struct role_spans *spans, struct window w,
                    const uint8_t *labels, const float *marginals)
{
    size_t n = w.end - w.first;
    for (size_t i = 0; i < n;) {
        uint8_t label = labels[i];
        if (label == LABEL_NONE) {
            i++;
            continue;
        }
        size_t first = i++;
        float sure = marginals[first * LABEL_COUNT + label];
        uint8_t inside = (uint8_t)((label + 1) & ~1);
        for (; i < n && labels[i] == inside; i++)
            sure = least(sure, marginals[i * LABEL_COUNT + inside]);
        if (i < n)
            sure = least(sure, 1.0f - marginals[i * LABEL_COUNT + inside]);
        spans->v = arena_grow(doc->arena, spans->v, spans->n, &spans->cap, sizeof *spans->v);
        spans->v[spans->n++] = (struct role_span){w.first + (uint32_t)first, w.first + (uint32_t)i,
                                                  (enum role)((inside - 2) / 2), sure};
    }
}

/* From the first to the last byte of an attribution. */
static struct span extent_of(const struct attribution *a)
{
    const struct spans parts[] = {a->source, a->cue, a->content};
    struct span all = {UINT32_MAX, 0};
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
        for (size_t i = 0; i < parts[p].n; i++) {
            all.start = parts[p].v[i].start < all.start ? parts[p].v[i].start : all.start;
            all.end = parts[p].v[i].end > all.end ? parts[p].v[i].end : all.end;
        }
    return all;
}

/* Drops the stretches that lie in what attributions [0, n) hold already. */
static void drop_taken(struct role_spans *spans, const struct attribution_list *list)
{
    const struct lang_doc *doc = list->doc;
    size_t kept = 0;
    for (size_t i = 0; i < spans->n; i++) {
        uint32_t start = doc->tokens[spans->v[i].first].at.start,
                 end = doc->tokens[spans->v[i].end - 1].at.end;
        bool taken = false;
        for (size_t j = 0; j < list->n && !taken; j++) {
            struct span all = extent_of(&list->v[j]);
            taken = start < all.end && all.start < end;
        }
        if (!taken)
            spans->v[kept++] = spans->v[i];
    }
    spans->n = kept;
}

static float log_odds(float p)
{
    const float floor = 1e-3f;
    return logf((p > floor ? p : floor) / (1.0f - p > floor ? 1.0f - p : floor));
}

/* How often attributions as sure as this one are right: a logistic fit
 * (lang/model/training/calibrate.py). */
static float confidence_of(const struct attribution_list *list, size_t i, const float *w)
{
    const struct sureness *sure = &list->sure[i];
    size_t token = lang_token_at(list->doc, list->v[i].content.v[0].start);
    float z = w[0] + w[1] * log_odds(sure->cue) + w[2] * log_odds(sure->least);
    z += sure->source >= 0 ? w[3] * log_odds(sure->source) : w[4];
    z += list->doc->tokens[token].in_quote ? w[5] : 0.0f;
    return 1.0f / (1.0f + expf(-z));
}

static bool has_quotation(const struct attribution_list *list, size_t i)
{
    const struct lang_doc *doc = list->doc;
    for (size_t k = 0; k < list->v[i].content.n; k++) {
        struct span at = list->v[i].content.v[k];
        for (size_t t = lang_token_at(doc, at.start); t < doc->n_tokens; t++) {
            if (doc->tokens[t].at.start >= at.end)
                break;
            if (doc->tokens[t].in_quote)
                return true;
        }
    }
    return false;
}

/* Does a verb of saying introduce a clause ("alleging that", "hoping to")? */
static bool tells_clause(const struct lang_doc *doc, const struct attribution *a)
{
    size_t cue = a->cue.n ? lang_token_at(doc, a->cue.v[a->cue.n - 1].end - 1) : doc->n_tokens;
    return cue < doc->n_tokens && phrase_is_cue(doc, cue) &&
           attribution_is_clause(doc, a->content.v[0]);
}

/* "He would not say more. “They were adults.”": what is none as a whole may hold a quotation. True
 * if that is all that is left of it now. */
static bool keep_quoted(const struct lang_doc *doc, struct attribution *a)
{
    size_t n = 0;
    if (a->content.n < 2 || !a->source.n)
        return false;
    struct span *v = arena_array(doc->arena, a->content.n, sizeof *v);
    for (size_t k = 0; k < a->content.n; k++) {
        size_t t = lang_token_at(doc, a->content.v[k].start);
        if (doc->tokens[t].in_quote && doc->sentences[doc->tokens[t].sentence].first == t)
            v[n++] = a->content.v[k];
    }
    a->content = (struct spans){v, n};
    a->cue = (struct spans){0};
    return n > 0;
}

static void drop_unlikely(struct attribution_list *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->n; i++) {
        bool plain = has_quotation(list, i) || tells_clause(list->doc, &list->v[i]);
        bool none = attribution_is_none(list->doc, &list->v[i]);
        if ((!none || keep_quoted(list->doc, &list->v[i])) &&
            list->v[i].confidence >= (plain ? least_confidence : least_unquoted))
            list->v[kept++] = list->v[i];
    }
    list->n = kept;
}

/* A page's own line below a quotation is not who said it. */
static void drop_notices(struct attribution_list *list)
{
    const struct lang_doc *doc = list->doc;
    size_t kept = 0;
    for (size_t i = 0; i < list->n; i++) {
        struct spans source = list->v[i].source;
        size_t at = source.n ? lang_token_at(doc, source.v[0].start) : 0;
        if (!source.n || !lang_is_notice(doc, doc->tokens[at].sentence))
            list->v[kept++] = list->v[i];
    }
    list->n = kept;
}

/* Labels a window by its scores and adds the stretches found. */
static void label_window(struct lang_doc *doc, struct window w, const float *scores,
                         struct role_spans *spans)
{
    uint8_t labels[MOST_WINDOW];
    float marginals[MOST_WINDOW * LABEL_COUNT];
    const float *s = scores + (size_t)w.first * LABEL_COUNT;
    reader_decode(reader_model(), s, w.end - w.first, begin_bonus, labels);
    reader_marginals(reader_model(), s, w.end - w.first, marginals);
    collect(doc, spans, w, labels, marginals);
}

static void link_and_weigh(struct attribution_list *list, const struct role_spans *spans)
{
    size_t first = list->n;
    link_roles(list, spans, reader_model()->links);
    for (size_t i = first; i < list->n; i++)
        list->v[i].confidence = confidence_of(list, i, reader_model()->calibration);
}

static void attribute_by_model(struct attribution_list *list)
{
    struct windows w = split_windows(list->doc);
    struct role_spans spans = {0};
    float *scores = reader_scores(reader_model(), kernel_best(), list->doc, w.v, w.n);
    for (size_t i = 0; i < w.n; i++)
        label_window(list->doc, w.v[i], scores, &spans);
    free(scores);
    attribute_signatures(list);
    attribute_turns(list);
    drop_taken(&spans, list);
    link_and_weigh(list, &spans);
}

/* Tokens of an indirect content that may hold somebody's words in somebody's words, or none. */
static struct window inner_window(const struct lang_doc *doc, struct span content)
{
    enum { SHORTEST = 6 };
    size_t first = lang_token_at(doc, content.start), end = lang_token_at(doc, content.end - 1) + 1;
    if (str_eq(lang_token_text(doc, first), S("that")))
        first++;
    bool fits =
        end >= first + SHORTEST && end - first <= MOST_WINDOW && !doc->tokens[first].in_quote;
    if (!fits || !holds_relayed(doc, first, end))
        return (struct window){0};
    return (struct window){(uint32_t)first, (uint32_t)end, true};
}

/* What stands inside contents ("the agency said the envoy has said ..."): the contents are read
 * again, each as a text of its own. The corpus does not annotate these, so only sure ones count. */
static void attribute_nested(struct attribution_list *list)
{
    static const float least_nested = 0.6f;
    struct lang_doc *doc = list->doc;
    struct windows w = {0};
    size_t first = list->n;
    for (size_t i = 0; i < first; i++)
        for (size_t k = 0; k < list->v[i].content.n; k++) {
            struct window inner = inner_window(doc, list->v[i].content.v[k]);
            if (inner.alone && list->v[i].confidence >= least_confidence)
                add_window(doc, &w, inner);
        }
    float *scores = reader_scores(reader_model(), kernel_best(), doc, w.v, w.n);
    for (size_t i = 0; i < w.n; i++) {
        struct role_spans spans = {0};
        label_window(doc, w.v[i], scores, &spans);
        link_and_weigh(list, &spans);
    }
    free(scores);
    size_t kept = first;
    for (size_t i = first; i < list->n; i++)
        if (list->v[i].confidence >= least_nested && is_relayed(doc, &list->v[i])) {
            list->v[i].rule = "reader.model.nested";
            list->v[kept++] = list->v[i];
        }
    list->n = kept;
}

static int by_content(const void *a, const void *b)
{
    const struct attribution *x = a, *y = b;
    uint32_t s = x->content.v[0].start, t = y->content.v[0].start;
    return s < t ? -1 : s > t;
}

/* Notes in whose content an attribution stands: between that content's ends, cue and all. */
static void find_outer(struct attribution *v, size_t n)
{
    enum { LOOK_BACK = 12 };
    for (size_t i = 0; i < n; i++) {
        if (!v[i].cue.n)
            continue;
        uint32_t cue = v[i].cue.v[0].start, content = v[i].content.v[0].start;
        for (size_t j = i; j-- > 0 && i - j < LOOK_BACK;) {
            const struct spans *c = &v[j].content;
            uint32_t start = c->v[0].start, end = c->v[c->n - 1].end;
            if (cue > start && cue < end && content > start && content < end) {
                v[i].outer = (int32_t)j;
                break;
            }
        }
    }
}

void attribute_all(struct attribution_list *list)
{
    if (list->doc->n_tokens)
        attribute_by_model(list);
    attribute_detach(list);
    attribute_quotes(list);
    attribute_drop_questions(list);
}

void lang_attribute(struct lang_doc *doc)
{
    struct attribution_list list = {.doc = doc};
    attribute_all(&list);
    for (size_t i = 0; i < list.n; i++)
        attribution_mend_ends(doc, &list.v[i]);
    drop_unlikely(&list);
    attribute_quotes(&list); /* those whose attributions were unlikely */
    drop_notices(&list);
    attribute_patterns(&list);
    attribute_nouns(&list);
    attribute_nested(&list);
    if (list.n)
        qsort(list.v, list.n, sizeof *list.v, by_content);
    find_outer(list.v, list.n);
    doc->attributions = list.v;
    doc->n_attributions = list.n;
}

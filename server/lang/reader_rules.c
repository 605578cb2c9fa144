/* Quotations that the model left alone, attributed by what stands beside them.
 *
 * A quotation belongs to the cue verb of its own sentence, else to the one that introduces it
 * ("He said:"), else to whoever was quoted last in the paragraph, or in the paragraph before if
 * that ended with an open quotation. The source is the noun phrase beside the cue. */
#include <pthread.h>

#include "lang/attributions.h"
#include "lang/chars.h"
#include "lang/wordset.h"

enum { LONGEST_SOURCE = 14, REACH = 24 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct wordset cues, small;

static void load(void)
{
    cues = wordset_load("cues.txt");
    small = wordset_load("source-breaks.txt");
}

static bool is_cue(const struct lang_doc *doc, size_t i)
{
    return doc->tokens[i].word && !doc->tokens[i].in_quote &&
           wordset_find_lower(&cues, lang_token_text(doc, i));
}

/* Kind of a small word: "pass" may stand between subject and cue, "break" ends a noun phrase. */
static struct str kind_of(const struct lang_doc *doc, size_t i)
{
    const struct wordset_entry *e = wordset_find_lower(&small, lang_token_text(doc, i));
    return e ? e->value : (struct str){0};
}

static bool breaks(const struct lang_doc *doc, size_t i)
{
    return !doc->tokens[i].word || doc->tokens[i].in_quote || str_eq(kind_of(doc, i), S("break")) ||
           is_cue(doc, i);
}

static bool is_mark(const struct lang_doc *doc, size_t i, const char *mark)
{
    return str_eq(lang_token_text(doc, i), str_of(mark));
}

/* The noun phrase that ends right before the cue, "[first, end)". */
static bool subject_before(const struct lang_doc *doc, struct sentence s, size_t cue, size_t out[2])
{
    size_t end = cue;
    while (end > s.first && str_eq(kind_of(doc, end - 1), S("pass")))
        end--;
    if (end > s.first && is_mark(doc, end - 1, ",")) { /* "Rubio, the envoy, said" */
        size_t i = end - 1;
        while (i > s.first && !breaks(doc, i - 1))
            i--;
        if (i > s.first && i < end - 1 && is_mark(doc, i - 1, ","))
            end = i - 1;
    }
    size_t first = end;
    while (first > s.first && end - first < LONGEST_SOURCE && !breaks(doc, first - 1))
        first--;
    out[0] = first;
    out[1] = end;
    return end > first;
}

static bool subject_after(const struct lang_doc *doc, struct sentence s, size_t cue, size_t out[2])
{
    size_t first = cue + 1, end = first;
    while (end < s.end && end - first < LONGEST_SOURCE && !breaks(doc, end))
        end++;
    out[0] = first;
    out[1] = end;
    return end > first;
}

/* The cue nearest to tokens [first, end) in the sentence and outside them, or s.end. */
static size_t nearest_cue(const struct lang_doc *doc, struct sentence s, size_t first, size_t end)
{
    for (size_t d = 1; d < REACH; d++) {
        if (end - 1 + d < s.end && is_cue(doc, end - 1 + d))
            return end - 1 + d;
        if (first >= s.first + d && is_cue(doc, first - d))
            return first - d;
    }
    return s.end;
}

static bool overlaps(const struct spans *spans, struct span at)
{
    for (size_t i = 0; i < spans->n; i++)
        if (spans->v[i].start < at.end && at.start < spans->v[i].end)
            return true;
    return false;
}

static bool is_taken(const struct attribution_list *list, struct span at)
{
    for (size_t i = 0; i < list->n; i++)
        if (overlaps(&list->v[i].content, at) || overlaps(&list->v[i].source, at))
            return true;
    return false;
}

/* The attribution whose content ends last before byte `at`, or NULL. */
static const struct attribution *last_before(const struct attribution_list *list, uint32_t at)
{
    const struct attribution *best = NULL;
    uint32_t best_end = 0;
    for (size_t i = 0; i < list->n; i++) {
        const struct spans *c = &list->v[i].content;
        if (c->n && c->v[c->n - 1].end <= at && c->v[c->n - 1].end >= best_end) {
            best = &list->v[i];
            best_end = c->v[c->n - 1].end;
        }
    }
    return best;
}

/* A quotation beside a cue of its sentence, or of an introducing sentence that ends in a colon. */
static bool by_cue(struct attribution_list *list, size_t first, size_t end)
{
    struct lang_doc *doc = list->doc;
    struct sentence s = doc->sentences[doc->tokens[first].sentence],
                    last = doc->sentences[doc->tokens[end - 1].sentence];
    struct sentence wide = {s.first, last.end, s.paragraph};
    if (s.first == first && first > 0 && is_mark(doc, first - 1, ":"))
        wide.first = doc->sentences[doc->tokens[first - 1].sentence].first;
    size_t cue = nearest_cue(doc, wide, first, end), subject[2];
    if (cue == wide.end)
        return false;
    bool after = cue > first;
    bool found = after && cue <= end + 1 && subject_after(doc, wide, cue, subject);
    if (!found && !subject_before(doc, wide, cue, subject) &&
        !(found = after && subject_after(doc, wide, cue, subject)))
        return false;
    if (subject[0] < end && subject[1] > first)
        return false;
    struct attribution *a =
        attribution_add(list, after ? "reader.quote.after" : "reader.quote.before", 0.6f);
    attribution_span(doc, &a->source, subject[0], subject[1]);
    attribution_span(doc, &a->cue, cue, cue + 1);
    attribution_span(doc, &a->content, first, end);
    return true;
}

/* A quotation of whole sentences that goes on with what somebody said before. */
static void by_turn(struct attribution_list *list, const struct quote *q, size_t first, size_t end)
{
    struct lang_doc *doc = list->doc;
    struct sentence s = doc->sentences[doc->tokens[first].sentence];
    if (s.first != first || q->scare)
        return;
    const struct attribution *before = last_before(list, q->at.start);
    struct spans source = {0};
    if (before && before->source.n) {
        const struct spans *c = &before->content;
        size_t token = lang_token_at(doc, c->v[c->n - 1].end - 1);
        uint32_t paragraph = doc->sentences[doc->tokens[token].sentence].paragraph;
        if (paragraph + 1 >= s.paragraph)
            source = before->source;
    }
    if (!source.n)
        return;
    struct attribution *a = attribution_add(list, "reader.quote.turn", 0.5f);
    a->source = source;
    attribution_span(doc, &a->content, first, end);
}

void attribute_quotes(struct attribution_list *list)
{
    pthread_once(&once, load);
    struct lang_doc *doc = list->doc;
    uint32_t reached = 0;
    for (size_t i = 0; i < doc->n_quotes; i++) {
        const struct quote *q = &doc->quotes[i];
        if (q->scare || q->at.start < reached)
            continue; /* nested ones go with their outer quotation */
        reached = q->at.end;
        if (is_taken(list, q->at))
            continue;
        size_t first = lang_token_at(doc, q->at.start), end = lang_token_at(doc, q->at.end - 1) + 1;
        if (!by_cue(list, first, end))
            by_turn(list, q, first, end);
    }
}

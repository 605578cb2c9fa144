/* Quotations that were linked to a cue that is not theirs.
 *
 * A quotation with a cue verb of its own beside it ("“Nobody,” Moss exclaimed") goes with that. One
 * that stands as a sentence by itself before "Moss said that ..." is the speaker's of the paragraph
 * before if that one was quoted last: so newspapers go on after a break. */
#include "lang/attribution/pack.h"

enum { NEAR_QUOTE = 5 };

static uint32_t sentence_of(const struct lang_doc *doc, uint32_t at)
{
    return doc->tokens[lang_token_at(doc, at)].sentence;
}

static uint32_t paragraph_of(const struct lang_doc *doc, uint32_t at)
{
    return doc->sentences[sentence_of(doc, at)].paragraph;
}

static bool is_quoted(const struct lang_doc *doc, struct span at)
{
    return doc->tokens[lang_token_at(doc, at.start)].in_quote &&
           doc->tokens[lang_token_at(doc, at.end - 1)].in_quote;
}

static bool is_cue_of(const struct attribution_list *list, struct span at)
{
    for (size_t i = 0; i < list->n; i++)
        for (size_t k = 0; k < list->v[i].cue.n; k++)
            if (list->v[i].cue.v[k].start < at.end && at.start < list->v[i].cue.v[k].end)
                return true;
    return false;
}

/* Is there a verb of saying right behind the quotation, in its sentence or in the words behind its
 * ! or ?, that is nobody's cue? */
static bool has_own_cue(const struct attribution_list *list, struct span quote)
{
    const struct lang_doc *doc = list->doc;
    size_t next = lang_token_at(doc, quote.end - 1) + 1;
    bool called = next >= 2 && (phrase_is(doc, next - 2, "!") || phrase_is(doc, next - 2, "?"));
    uint32_t last = sentence_of(doc, quote.end - 1) + called;
    for (size_t t = next; t < doc->n_tokens && t < next + NEAR_QUOTE; t++) {
        if (doc->tokens[t].sentence > last || !doc->tokens[t].word || doc->tokens[t].in_quote)
            return false;
        if (phrase_is_cue(doc, t))
            return !is_cue_of(list, doc->tokens[t].at);
    }
    return false;
}

/* Who was quoted in the paragraph before byte `at`, last: an attribution with a source, or -1. */
static int64_t quoted_before(const struct attribution_list *list, uint32_t at)
{
    const struct lang_doc *doc = list->doc;
    uint32_t paragraph = paragraph_of(doc, at), end = 0;
    int64_t best = -1;
    for (size_t i = 0; i < list->n; i++) {
        const struct attribution *a = &list->v[i];
        struct span last = a->content.v[a->content.n - 1];
        if (last.end > at || last.end < end || !a->source.n || !is_quoted(doc, last) ||
            paragraph_of(doc, last.end - 1) + 1 != paragraph)
            continue;
        best = (int64_t)i;
        end = last.end;
    }
    return best;
}

/* "“It spreads.” Moss said that ...": a quotation that begins its paragraph, before a sentence that
 * has source, cue and content of its own, in this order. */
static bool is_orphan(const struct lang_doc *doc, const struct attribution *a, size_t piece)
{
    struct span at = a->content.v[piece];
    size_t first = lang_token_at(doc, at.start);
    const struct sentence *s = &doc->sentences[doc->tokens[first].sentence];
    bool opens = s->first == first &&
                 (first == 0 || paragraph_of(doc, doc->tokens[first - 1].at.start) != s->paragraph);
    if (!opens || !is_quoted(doc, at) || piece + 1 >= a->content.n || !a->source.n || !a->cue.n)
        return false;
    uint32_t cue = sentence_of(doc, a->cue.v[0].start);
    return cue > sentence_of(doc, at.end - 1) && a->source.v[0].start > at.end &&
           a->source.v[0].start < a->cue.v[0].start &&
           a->content.v[piece + 1].start > a->cue.v[0].start &&
           sentence_of(doc, a->content.v[piece + 1].start) == cue;
}

static void take_piece(struct lang_doc *doc, struct attribution *a, size_t piece)
{
    struct span *v = arena_array(doc->arena, a->content.n, sizeof *v);
    size_t n = 0;
    for (size_t i = 0; i < a->content.n; i++)
        if (i != piece)
            v[n++] = a->content.v[i];
    a->content = (struct spans){v, n};
}

static void give_to_earlier(struct attribution_list *list, struct span quote, int64_t earlier)
{
    struct spans source = list->v[earlier].source;
    struct attribution *a = attribution_add(list, "reader.quote.turn", 0.6f);
    a->source = source;
    attribution_span(list->doc, &a->content, lang_token_at(list->doc, quote.start),
                     lang_token_at(list->doc, quote.end - 1) + 1);
}

void attribute_detach(struct attribution_list *list)
{
    struct lang_doc *doc = list->doc;
    for (size_t i = 0, n = list->n; i < n; i++)
        for (size_t k = list->v[i].content.n; k-- > 0 && list->v[i].content.n > 1;) {
            struct span at = list->v[i].content.v[k];
            if (!is_quoted(doc, at))
                continue;
            int64_t earlier = is_orphan(doc, &list->v[i], k) ? quoted_before(list, at.start) : -1;
            if (earlier < 0 && !has_own_cue(list, at))
                continue;
            take_piece(doc, &list->v[i], k);
            if (earlier >= 0)
                give_to_earlier(list, at, earlier);
        }
}

/* Quotations that the model left alone, attributed by what stands beside them.
 *
 * A quotation belongs to the cue verb of its own sentence, else to the one that introduces it
 * ("He said:"), else to whoever was quoted last in the paragraph, or in the paragraph before if
 * that ended with an open quotation. The source is the noun phrase beside the cue. */
#include <pthread.h>

#include "assets/wordlist.h"
#include "lang/attribution/pack.h"
#include "lang/text/chars.h"
#include "lang/text/lexicon.h"

enum { LONGEST_SOURCE = 14, REACH = 5 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct wordset relayed, unlike_sources;

static void load(void)
{
    relayed = wordset_load("lang/attribution/words/cues-relayed.txt");
    unlike_sources = wordset_load("lang/attribution/words/sources-inner.txt");
}

static bool has(const struct lang_doc *doc, size_t token, struct str class)
{
    return lexicon_has_class(
        lexicon_find(lexicon_open(WORDS_PATTERNS), lang_token_text(doc, token)), class);
}

bool holds_relayed(const struct lang_doc *doc, size_t first, size_t end)
{
    pthread_once(&once, load);
    for (size_t i = first + 1; i < end; i++) {
        if (!wordset_find(&relayed, lang_token_text(doc, i)))
            continue;
        size_t subject = i - 1;
        while (subject > first && has(doc, subject, S("pass")))
            subject--;
        if (!has(doc, subject, S("no-verb")) &&
            !wordset_find_lower(&unlike_sources, lang_token_text(doc, subject)))
            return true;
    }
    return false;
}

bool is_relayed(const struct lang_doc *doc, const struct attribution *a)
{
    pthread_once(&once, load);
    if (!a->source.n || !a->cue.n)
        return false;
    size_t source = lang_token_at(doc, a->source.v[0].start);
    if (wordset_find_lower(&unlike_sources, lang_token_text(doc, source)))
        return false;
    for (size_t i = lang_token_at(doc, a->cue.v[0].start);
         i < doc->n_tokens && doc->tokens[i].at.start < a->cue.v[0].end; i++)
        if (wordset_find(&relayed, lang_token_text(doc, i)))
            return true;
    return false;
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

static bool is_cue_of(const struct attribution_list *list, struct span at)
{
    for (size_t i = 0; i < list->n; i++)
        if (overlaps(&list->v[i].cue, at))
            return true;
    return false;
}

/* A verb that tells, no noun ("in his remarks"), and nobody's cue where a `free` one is asked for.
 */
static bool may_tell(const struct attribution_list *list, size_t token, bool free)
{
    const struct lang_doc *doc = list->doc;
    return phrase_is_cue(doc, token) && !(token > 0 && has(doc, token - 1, S("no-verb"))) &&
           !(free && is_cue_of(list, doc->tokens[token].at));
}

/* The cue nearest to tokens [first, end) in the sentence and outside them, or s.end; `free`: one
 * that no attribution has. */
static size_t nearest_cue(const struct attribution_list *list, struct sentence s, size_t first,
                          size_t end, bool free)
{
    for (size_t d = 1; d < REACH; d++) {
        if (end - 1 + d < s.end && may_tell(list, end - 1 + d, free))
            return end - 1 + d;
        if (first >= s.first + d && may_tell(list, first - d, free))
            return first - d;
    }
    return s.end;
}

/* The sentences of a quotation: those it stands in, one that introduces it with a colon, and the
 * words behind one that ends in ! or ? ("“Nobody!” Moss exclaimed."). */
static struct sentence around(const struct lang_doc *doc, size_t first, size_t end)
{
    struct sentence s = doc->sentences[doc->tokens[first].sentence];
    uint32_t last = doc->tokens[end - 1].sentence;
    struct sentence wide = {s.first, doc->sentences[last].end, s.paragraph};
    if (s.first == first && first > 0 && phrase_is(doc, first - 1, ":"))
        wide.first = doc->sentences[doc->tokens[first - 1].sentence].first;
    bool called = end > first + 1 && (phrase_is(doc, end - 2, "!") || phrase_is(doc, end - 2, "?"));
    if (called && wide.end == end && last + 1 < doc->n_sentences &&
        doc->sentences[last + 1].paragraph == s.paragraph)
        wide.end = doc->sentences[last + 1].end;
    return wide;
}

/* A quotation beside a cue of its sentence, or of an introducing sentence that ends in a colon. */
static bool by_cue(struct attribution_list *list, size_t first, size_t end)
{
    struct lang_doc *doc = list->doc;
    struct sentence wide = around(doc, first, end);
    size_t cue = nearest_cue(list, wide, first, end, true), subject[2];
    if (cue == wide.end)
        cue = nearest_cue(list, wide, first, end, false);
    if (cue == wide.end)
        return false;
    bool after = cue > first;
    bool found = after && cue <= end + 1 && phrase_after(doc, wide, cue, subject);
    found = found || phrase_before(doc, wide, cue, subject);
    if (!found && !(after && phrase_after(doc, wide, cue, subject)))
        return false;
    if (subject[0] < end && subject[1] > first)
        return false;
    struct attribution *a =
        attribution_add(list, after ? "reader.quote.after" : "reader.quote.before", 0.5f);
    attribution_span(doc, &a->source, subject[0], subject[1]);
    attribution_span(doc, &a->cue, cue, cue + 1);
    attribution_span(doc, &a->content, first, end);
    return true;
}

/* The paragraph in which byte `at` of a content ends. */
static uint32_t paragraph_of(const struct lang_doc *doc, uint32_t at)
{
    size_t token = lang_token_at(doc, at);
    return doc->sentences[doc->tokens[token].sentence].paragraph;
}

/* Does the next paragraph open with a quotation mark? */
static bool opens_quoted(const struct lang_doc *doc, size_t end)
{
    return end < doc->n_tokens && doc->tokens[end].in_quote;
}

/* A quotation of whole sentences that goes on with what somebody said right before: in the same
 * paragraph, or in the one before if that ended with an open quotation. */
static void by_turn(struct attribution_list *list, size_t quote, size_t first, size_t end)
{
    struct lang_doc *doc = list->doc;
    struct sentence s = doc->sentences[doc->tokens[first].sentence];
    const struct attribution *before = last_before(list, doc->quotes[quote].at.start);
    bool astray = doc->quotes[quote].open && !opens_quoted(doc, end);
    if (s.first != first || !before || !before->source.n || astray)
        return;
    uint32_t paragraph = paragraph_of(doc, before->content.v[before->content.n - 1].end - 1);
    bool open = quote > 0 && doc->quotes[quote - 1].open && paragraph + 1 == s.paragraph;
    if (paragraph != s.paragraph && !open)
        return;
    struct spans source = before->source;
    struct attribution *a = attribution_add(list, "reader.quote.turn", 0.5f);
    a->source = source;
    attribution_span(doc, &a->content, first, end);
}

static bool is_dash(struct str t)
{
    return str_eq(t, S("--")) || str_eq(t, S("-")) || str_eq(t, S("\xE2\x80\x93")) ||
           str_eq(t, S("\xE2\x80\x94")) || str_eq(t, S("\xE2\x80\x95"));
}

/* The name behind `dash` up to the paragraph's end, in tokens; 0 if it is none. */
static size_t signature_end(const struct lang_doc *doc, size_t dash)
{
    uint32_t paragraph = doc->sentences[doc->tokens[dash].sentence].paragraph;
    size_t end = dash + 1;
    for (; end < doc->n_tokens && doc->sentences[doc->tokens[end].sentence].paragraph == paragraph;
         end++) {
        if (end - dash > LONGEST_SOURCE || doc->tokens[end].in_quote)
            return 0;
    }
    if (end > dash + 2 && phrase_is(doc, end - 1, "."))
        end--;
    return end > dash + 1 && doc->tokens[dash + 1].capital ? end : 0;
}

void attribute_signatures(struct attribution_list *list)
{
    struct lang_doc *doc = list->doc;
    for (size_t i = 0; i < doc->n_quotes; i++) {
        size_t first = lang_token_at(doc, doc->quotes[i].at.start),
               dash = lang_token_at(doc, doc->quotes[i].at.end);
        if (dash + 1 >= doc->n_tokens || !is_dash(lang_token_text(doc, dash)))
            continue;
        size_t end = signature_end(doc, dash);
        if (!end)
            continue;
        struct attribution *a = attribution_add(list, "reader.quote.signature", 0.9f);
        attribution_span(doc, &a->source, dash + 1, end);
        attribution_span(doc, &a->cue, dash, dash + 1);
        attribution_span(doc, &a->content, first, dash);
    }
}

/* What somebody calls a thing ("the envoy branding them “a sham”"): words that would be scare
 * quotes but for a naming verb of the same sentence close before them. */
static void by_naming(struct attribution_list *list, size_t first, size_t end)
{
    enum { OBJECT = 4 };
    struct lang_doc *doc = list->doc;
    struct sentence s = doc->sentences[doc->tokens[first].sentence];
    size_t cue = first, subject[2];
    while (cue > s.first && first - cue < OBJECT && !is_naming(doc, cue))
        cue--;
    if (!is_naming(doc, cue))
        return;
    /* "has been labelled “suspicious” by Ada Moss" */
    bool passive = cue > s.first && has(doc, cue - 1, S("be"));
    if (passive ? end >= s.end || !phrase_is(doc, end, "by") || !phrase_after(doc, s, end, subject)
                : !phrase_before(doc, s, cue, subject))
        return;
    struct attribution *a = attribution_add(list, "reader.quote.naming", 0.5f);
    attribution_span(doc, &a->source, subject[0], subject[1]);
    attribution_span(doc, &a->cue, cue, cue + 1);
    attribution_span(doc, &a->content, cue + 1 + phrase_is(doc, cue + 1, "as"), end);
}

/* “Meet the Press”, “State of the Union”: capitals throughout behind a word that wants a name. */
static bool is_title(const struct lang_doc *doc, size_t first, size_t end)
{
    enum { MOST_WORDS = 7, SMALL = 3 };
    size_t words = 0;
    for (size_t t = first; t < end; t++) {
        struct str w = lang_token_text(doc, t);
        words += doc->tokens[t].word;
        if (doc->tokens[t].word && !doc->tokens[t].capital && w.n > SMALL)
            return false;
    }
    return words <= MOST_WORDS && first > 0 && doc->tokens[first - 1].word &&
           has(doc, first - 1, S("names"));
}

/* Too little for a saying: no word at all. */
static bool is_empty(const struct lang_doc *doc, size_t first, size_t end)
{
    while (first < end && !doc->tokens[first].word)
        first++;
    return first == end;
}

void attribute_quotes(struct attribution_list *list)
{
    pthread_once(&once, load);
    struct lang_doc *doc = list->doc;
    uint32_t reached = 0;
    for (size_t i = 0; i < doc->n_quotes; i++) {
        const struct quote *q = &doc->quotes[i];
        if (q->at.start < reached)
            continue; /* nested ones go with their outer quotation */
        reached = q->scare ? reached : q->at.end;
        if (is_taken(list, q->at))
            continue;
        size_t first = lang_token_at(doc, q->at.start), end = lang_token_at(doc, q->at.end - 1) + 1;
        if (is_empty(doc, first, end) || is_title(doc, first, end))
            continue;
        if (q->scare)
            by_naming(list, first, end);
        else if (!by_cue(list, first, end))
            by_turn(list, i, first, end);
    }
}

/* Cue nouns: "Moss's claim that the pier is shut", "a warning by the harbour that dykes could
 * fail", "her promise to go".
 *
 * The noun has its speaker beside it, by 's or with "by", and what it says behind it. Where the
 * whole is a sentence's subject, the content ends before the sentence's own verb; the network,
 * which finds many of these nouns, runs on there. */
#include "lang/attribution/pack.h"
#include "lang/text/lexicon.h"

enum { LONGEST_SOURCE = 12, SHORTEST_CONTENT = 2 };

struct noun {
    size_t source, source_end; /* tokens */
    size_t at, content;
    size_t whole; /* where the phrase begins */
};

static bool has(const struct lang_doc *doc, size_t token, struct str class)
{
    return token < doc->n_tokens &&
           lexicon_has_class(
               lexicon_find(lexicon_open(WORDS_CUE_NOUNS), lang_token_text(doc, token)), class);
}

/* The noun phrase that ends right before token `end`: from its article, else from its first name,
 * back to a mark or a small word at most. */
static size_t phrase_start(const struct lang_doc *doc, const struct sentence *s, size_t end)
{
    size_t first = end, name = end;
    while (first > s->first && end - first < LONGEST_SOURCE && doc->tokens[first - 1].word &&
           !doc->tokens[first - 1].in_quote && !has(doc, first - 1, S("parts")) &&
           !phrase_is_cue(doc, first - 1)) {
        first--;
        if (has(doc, first, S("begins")))
            return first;
        name = doc->tokens[first].capital ? first : name;
    }
    return name < end ? name : first;
}

/* "Moss's repeated claim", "their claim": the speaker before the noun. */
static bool possessor(const struct lang_doc *doc, const struct sentence *s, struct noun *n)
{
    enum { ADJECTIVES = 3 };
    size_t t = n->at;
    while (t > s->first && n->at - t < ADJECTIVES && doc->tokens[t - 1].word &&
           !phrase_is_possessive_mark(doc, t - 1) && !has(doc, t - 1, S("whose")) &&
           !has(doc, t - 1, S("parts")))
        t--;
    if (t == s->first)
        return false;
    n->source_end = t;
    if (phrase_is_possessive_mark(doc, t - 1))
        n->source = phrase_start(doc, s, t - 1);
    else if (has(doc, t - 1, S("whose")))
        n->source = t - 1;
    else
        return false;
    n->whole = n->source;
    return n->source + phrase_is_possessive_mark(doc, t - 1) < n->source_end;
}

/* "A warning by the harbour that": the speaker behind it. */
static bool author(const struct lang_doc *doc, const struct sentence *s, struct noun *n)
{
    size_t end = n->at + 2;
    if (!has(doc, n->at + 1, S("by")))
        return false;
    while (end < s->end && end - n->at < LONGEST_SOURCE && doc->tokens[end].word &&
           !doc->tokens[end].in_quote && !has(doc, end, S("parts")))
        end++;
    n->source = n->at + 2;
    n->source_end = end;
    n->content = end;
    n->whole = phrase_start(doc, s, n->at);
    return end > n->source;
}

static bool is_finite(const struct lang_doc *doc, size_t t)
{
    struct str w = lang_token_text(doc, t);
    bool past = str_ends(w, S("ed")) && w.n > 4 && !doc->tokens[t].capital;
    return has(doc, t, S("finite")) || (past && !has(doc, t - 1, S("finite")));
}

/* The verb of the sentence whose subject the phrase is: the second finite one of the clause, the
 * first if the clause has its `own` that is none. 0 if none is plain to see. */
static size_t main_verb(const struct lang_doc *doc, const struct sentence *s, size_t from, bool own)
{
    for (size_t t = from; t < s->end; t++) {
        if (doc->tokens[t].in_quote || has(doc, t, S("joins")) || phrase_is(doc, t, ","))
            return 0;
        if (!is_finite(doc, t))
            continue;
        if (own && !has(doc, t - 1, S("finite")))
            return t;
        own = true;
    }
    return 0;
}

static size_t content_end(const struct lang_doc *doc, const struct sentence *s,
                          const struct noun *n)
{
    bool opens = n->whole == s->first + 1 && has(doc, s->first, S("joins"));
    bool subject = n->whole == s->first || opens || phrase_is(doc, n->whole - 1, ",");
    bool wish = has(doc, n->at, S("mandative")); /* "the demand that wages rise" */
    size_t verb = subject ? main_verb(doc, s, n->content + 1, wish) : 0, end = n->content;
    if (subject)
        return verb;
    while (end < s->end && !phrase_is(doc, end, ",") && !phrase_is(doc, end, ";") &&
           !phrase_is(doc, end, "-") && !phrase_is(doc, end, "\xE2\x80\x94"))
        end++;
    while (end > n->content && !doc->tokens[end - 1].word && !doc->tokens[end - 1].in_quote)
        end--;
    return end;
}

/* Reads the phrase around a cue noun at token t. */
static bool read_noun(const struct lang_doc *doc, const struct sentence *s, size_t t,
                      struct noun *n)
{
    *n = (struct noun){.at = t, .content = t + 1};
    if (doc->tokens[t].in_quote || !(has(doc, t, S("noun")) || has(doc, t, S("noun-by"))))
        return false;
    if (!author(doc, s, n) && !(has(doc, t, S("noun")) && possessor(doc, s, n)))
        return false;
    size_t next = n->content + 1 < doc->n_tokens ? n->content + 1 : n->content;
    bool clause = has(doc, n->content, S("that")) && !is_finite(doc, next);
    bool act = has(doc, n->content, S("to")) && has(doc, t, S("acts")) &&
               !doc->tokens[next].capital && !has(doc, next, S("begins"));
    return clause || act;
}

/* The attribution that has the noun for its cue, or NULL. */
static struct attribution *attribution_of(struct attribution_list *list, size_t t)
{
    struct span at = list->doc->tokens[t].at;
    for (size_t i = 0; i < list->n; i++)
        for (size_t k = 0; k < list->v[i].cue.n; k++)
            if (list->v[i].cue.v[k].start <= at.start && at.end <= list->v[i].cue.v[k].end)
                return &list->v[i];
    return NULL;
}

static void take_noun(struct attribution_list *list, const struct sentence *s, size_t t)
{
    struct lang_doc *doc = list->doc;
    struct noun n;
    if (!read_noun(doc, s, t, &n))
        return;
    struct attribution *known = attribution_of(list, t);
    size_t end = content_end(doc, s, &n), first = n.content + has(doc, n.content, S("that"));
    if (end < first + SHORTEST_CONTENT)
        return;
    if (known) {
        struct span *c = &known->content.v[0];
        if (known->content.n == 1 && c->start <= doc->tokens[first].at.start &&
            c->start >= doc->tokens[t].at.end && c->end > doc->tokens[end - 1].at.end)
            c->end = doc->tokens[end - 1].at.end;
        return;
    }
    struct attribution *a = attribution_add(list, "reader.noun", 0.6f);
    size_t mark = phrase_is_possessive_mark(doc, n.source_end - 1);
    attribution_span(doc, &a->source, n.source, n.source_end - mark);
    attribution_span(doc, &a->cue, t, t + 1);
    attribution_span(doc, &a->content, first, end);
}

void attribute_nouns(struct attribution_list *list)
{
    const struct lang_doc *doc = list->doc;
    for (size_t i = 0; i < doc->n_sentences; i++)
        for (size_t t = doc->sentences[i].first; t < doc->sentences[i].end; t++)
            take_noun(list, &doc->sentences[i], t);
}

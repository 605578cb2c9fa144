/* Where a content ends though the network ran on. In "branding them “technical meetings” will have
 * been disappointing" what is called so ends with the quotation when an auxiliary follows it at
 * once; in "there was nothing to say when asked whether ..." the question is not the speaker's. */
#include "assets/wordlist.h"
#include "lang/attribution/pack.h"

#include <pthread.h>

static struct wordset words;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
    words = wordset_load("lang/attribution/words/content-ends.txt");
}

static bool is(const struct lang_doc *doc, size_t token, struct str what)
{
    const struct wordset_entry *e = NULL;
    if (token < doc->n_tokens)
        e = wordset_find_lower(&words, lang_token_text(doc, token));
    return e && str_eq(e->value, what);
}

static void end_naming(const struct lang_doc *doc, struct attribution *a)
{
    if (!a->cue.n || a->content.n != 1 ||
        !is(doc, lang_token_at(doc, a->cue.v[0].start), (struct str)STR("verb")))
        return;
    struct span *content = &a->content.v[0];
    for (size_t i = 0; i < doc->n_quotes; i++) {
        struct span q = doc->quotes[i].at;
        if (q.start < content->start || q.end >= content->end || doc->quotes[i].open)
            continue;
        if (is(doc, lang_token_at(doc, q.end), (struct str)STR("aux"))) {
            content->end = q.end;
            return;
        }
    }
}

static void end_before_question(const struct lang_doc *doc, struct span *content)
{
    size_t first = lang_token_at(doc, content->start);
    for (size_t t = first + 1; t + 1 < doc->n_tokens && doc->tokens[t + 1].at.end <= content->end;
         t++)
        if (is(doc, t, (struct str)STR("when")) && is(doc, t + 1, (struct str)STR("asked")) &&
            !doc->tokens[t].in_quote) {
            bool comma = t > first + 1 && str_eq(lang_token_text(doc, t - 1), (struct str)STR(","));
            content->end = doc->tokens[t - 1 - comma].at.end;
            return;
        }
}

/* "That he had resigned, citing two officials": who tells how he knows it. */
static void end_before_citing(const struct lang_doc *doc, struct span *content)
{
    size_t first = lang_token_at(doc, content->start);
    for (size_t t = first + 2; t + 1 < doc->n_tokens && doc->tokens[t].at.end < content->end; t++)
        if (phrase_is(doc, t, "citing") && phrase_is(doc, t - 1, ",") && !doc->tokens[t].in_quote) {
            content->end = doc->tokens[t - 2].at.end;
            return;
        }
}

static uint32_t paragraph_of(const struct lang_doc *doc, size_t token)
{
    return doc->sentences[doc->tokens[token].sentence].paragraph;
}

/* A heading, a byline or the paragraph before is no part of who says it: what stands in the
 * paragraph of the span's last word is. */
static void keep_last_paragraph(const struct lang_doc *doc, struct span *at)
{
    size_t first = lang_token_at(doc, at->start), last = lang_token_at(doc, at->end - 1);
    size_t begin = last;
    while (begin > first && paragraph_of(doc, begin - 1) == paragraph_of(doc, last))
        begin--;
    at->start = begin > first ? doc->tokens[begin].at.start : at->start;
}

/* What goes on in the next paragraph without quotation marks is not said any more. */
static void keep_first_paragraph(const struct lang_doc *doc, struct span *at)
{
    size_t first = lang_token_at(doc, at->start), last = lang_token_at(doc, at->end - 1);
    size_t end = first;
    while (end < last && (paragraph_of(doc, end + 1) == paragraph_of(doc, first) ||
                          doc->tokens[end + 1].in_quote))
        end++;
    bool list = str_eq(lang_token_text(doc, end), (struct str)STR(":"));
    at->end = end < last && !list ? doc->tokens[end].at.end : at->end;
}

static bool is_clock(struct str s)
{
    bool digits = s.n >= 4 && s.n <= 5;
    for (size_t i = 0; digits && i < s.n; i++)
        digits = i + 3 == s.n ? s.p[i] == ':' || s.p[i] == '.' : s.p[i] >= '0' && s.p[i] <= '9';
    return digits;
}

/* "21:04 - Turnout was high": the time before a live blog's paragraph. */
static void drop_clock(const struct lang_doc *doc, struct span *at)
{
    size_t t = lang_token_at(doc, at->start);
    bool opens = t == 0 || paragraph_of(doc, t) != paragraph_of(doc, t - 1);
    if (!opens || !is_clock(lang_token_text(doc, t)))
        return;
    do
        t++;
    while (t < doc->n_tokens && !doc->tokens[t].word && doc->tokens[t].at.end < at->end);
    if (t < doc->n_tokens && doc->tokens[t].at.start < at->end)
        at->start = doc->tokens[t].at.start;
}

/* The first quotation that begins at the word before byte `start`, or behind that word. */
static size_t first_quote_from(const struct lang_doc *doc, uint32_t start)
{
    size_t token = lang_token_at(doc, start), low = 0, high = doc->n_quotes;
    uint32_t from = doc->tokens[token ? token - 1 : 0].at.start;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (doc->quotes[mid].at.start < from)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* Quotation marks beside a content whose words they enclose are part of it. */
static void take_marks(const struct lang_doc *doc, struct span *at)
{
    for (size_t i = first_quote_from(doc, at->start); i < doc->n_quotes; i++) {
        struct span q = doc->quotes[i].at;
        if (q.start >= at->end)
            return;
        if (q.end <= at->start || doc->quotes[i].open || (q.start >= at->start && q.end <= at->end))
            continue;
        size_t first = lang_token_at(doc, q.start), last = lang_token_at(doc, q.end - 1);
        if (last <= first + 1)
            continue;
        if (q.start < at->start && doc->tokens[first + 1].at.start == at->start)
            at->start = q.start;
        if (q.end > at->end && q.start >= at->start && doc->tokens[last - 1].at.end == at->end)
            at->end = q.end;
    }
}

/* "The governor's" (claim): what makes a possessor is no part of who says it. */
static void drop_possessive(const struct lang_doc *doc, struct span *source)
{
    size_t last = lang_token_at(doc, source->end - 1);
    if (doc->tokens[last].at.start > source->start && phrase_is_possessive_mark(doc, last))
        source->end = doc->tokens[last - 1].at.end;
}

static void mend_source(const struct lang_doc *doc, struct span *source)
{
    drop_possessive(doc, source);
    keep_last_paragraph(doc, source);
    drop_clock(doc, source);
}

/* "According to the Times, who first told of it, the pier is shut": the clause is about who says
 * it. */
static void drop_clause(const struct lang_doc *doc, const struct attribution *a)
{
    struct span *content = &a->content.v[0];
    size_t first = lang_token_at(doc, content->start), t = first;
    if (!a->source.n || content->start < a->source.v[0].end ||
        !is(doc, first, (struct str)STR("about source")))
        return;
    while (t < doc->n_tokens && doc->tokens[t].at.end < content->end &&
           !str_eq(lang_token_text(doc, t), (struct str)STR(",")))
        t++;
    if (t + 1 < doc->n_tokens && doc->tokens[t + 1].at.end <= content->end)
        content->start = doc->tokens[t + 1].at.start;
}

/* "Was described as “reckless” by Ada Moss": who stands behind "by" at the content's end. */
static void find_agent(struct lang_doc *doc, struct attribution *a)
{
    struct span *last = &a->content.v[a->content.n - 1];
    size_t by = lang_token_at(doc, last->end - 1) + 1, pair[2];
    if (a->source.n || !a->cue.n || by >= doc->n_tokens || !phrase_is(doc, by, "by") ||
        a->cue.v[0].start > last->start)
        return;
    struct sentence s = doc->sentences[doc->tokens[by].sentence];
    if (phrase_after(doc, s, by, pair))
        attribution_span(doc, &a->source, pair[0], pair[1]);
}

void attribution_mend_ends(struct lang_doc *doc, struct attribution *a)
{
    pthread_once(&once, load);
    find_agent(doc, a);
    end_naming(doc, a);
    drop_clause(doc, a);
    for (size_t i = 0; i < a->source.n; i++)
        mend_source(doc, &a->source.v[i]);
    for (size_t i = 0; i < a->content.n; i++) {
        end_before_question(doc, &a->content.v[i]);
        end_before_citing(doc, &a->content.v[i]);
        keep_first_paragraph(doc, &a->content.v[i]);
        drop_clock(doc, &a->content.v[i]);
        take_marks(doc, &a->content.v[i]);
    }
}

bool is_naming(const struct lang_doc *doc, size_t token)
{
    pthread_once(&once, load);
    return is(doc, token, (struct str)STR("verb"));
}

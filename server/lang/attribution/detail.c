/* What more there is to say of a statement: kind, channel, day.
 *
 * Kind follows from the quotation marks in the content; channel and day stand beside the cue: in
 * its sentence, outside the content of the same attribution. */
#include "lang/attribution/detail.h"

#include "lang/text/lexicon.h"

/* How far from cue and source words may stand that tell of channel and day. */
enum { REACH = 14, LEAD = 8 };

static bool inside(struct spans spans, struct span at)
{
    for (size_t i = 0; i < spans.n; i++)
        if (spans.v[i].start <= at.start && at.end <= spans.v[i].end)
            return true;
    return false;
}

/* "I was told that they agree," he said: what was told is not given in its own words. */
static bool cue_is_quoted(const struct lang_doc *doc, struct spans cue)
{
    size_t t = cue.n ? lang_token_at(doc, cue.v[0].start) : doc->n_tokens;
    return t < doc->n_tokens && doc->tokens[t].in_quote;
}

enum statement_kind lang_kind_of(const struct lang_doc *doc, struct spans content, struct spans cue)
{
    size_t quoted = 0, plain = 0;
    for (size_t i = 0; i < content.n; i++) {
        struct span at = content.v[i];
        for (size_t t = lang_token_at(doc, at.start);
             t < doc->n_tokens && doc->tokens[t].at.start < at.end; t++)
            if (doc->tokens[t].word)
                *(doc->tokens[t].in_quote ? &quoted : &plain) += 1;
    }
    if (!quoted || cue_is_quoted(doc, cue))
        return STATEMENT_INDIRECT;
    return plain ? STATEMENT_MIXED : STATEMENT_DIRECT;
}

/* The tokens that may tell of the circumstances: those of the cue's sentence near cue and source.
 */
static bool window_of(const struct lang_doc *doc, const struct attribution *from, size_t *first,
                      size_t *end)
{
    struct spans spans = from->cue.n ? from->cue : from->source;
    if (!spans.n || !doc->n_tokens)
        return false;
    size_t low = lang_token_at(doc, spans.v[0].start);
    size_t high = lang_token_at(doc, spans.v[spans.n - 1].end - 1);
    if (high >= doc->n_tokens)
        return false;
    const struct sentence *s = &doc->sentences[doc->tokens[low].sentence];
    if (from->source.n) {
        size_t t = lang_token_at(doc, from->source.v[0].start);
        low = t >= s->first && t < low ? t : low;
        t = lang_token_at(doc, from->source.v[from->source.n - 1].end - 1);
        high = t < s->end && t > high ? t : high;
    }
    *first = low > s->first + REACH ? low - REACH : s->first;
    *end = high + REACH + 1 < s->end ? high + REACH + 1 : s->end;
    return *first < *end;
}

/* Is token t one of those circumstances, rather than of what is said or quoted? */
static bool beside(const struct lang_doc *doc, const struct attribution *from, size_t t)
{
    return !inside(from->content, doc->tokens[t].at) && !doc->tokens[t].in_quote;
}

/* "dismissed it [in an email] as nonsense": beside, though the content begins before it. */
static bool leads_to_as(const struct lang_doc *doc, const struct attribution *from, size_t t,
                        size_t n)
{
    enum { OBJECT = 5 };
    size_t start = from->content.n ? lang_token_at(doc, from->content.v[0].start) : t + 1;
    bool cue_before = from->cue.n && from->cue.v[0].start < doc->tokens[start].at.start;
    return cue_before && t >= start && t - start < OBJECT && !doc->tokens[t].in_quote &&
           t >= start + 2 && t + n < doc->n_tokens &&
           str_eq(lang_token_text(doc, t + n), S("as")) &&
           (str_eq(lang_token_text(doc, t - 2), S("in")) ||
            str_eq(lang_token_text(doc, t - 1), S("in")));
}

/* In "a former aide who is named in the suit" or "Moss, who was not at the hearing, said" neither
 * is a channel: behind the source's first word a relative one stands before it, and the cue behind.
 */
static bool in_relative_clause(const struct lang_doc *doc, const struct attribution *from, size_t t)
{
    if (!from->source.n || doc->tokens[t].at.start < from->source.v[0].start)
        return false;
    bool within = inside(from->source, doc->tokens[t].at) ||
                  (from->cue.n && doc->tokens[t].at.start < from->cue.v[0].start);
    const struct lexicon *words = lexicon_open(WORDS_CARRIERS);
    for (size_t i = lang_token_at(doc, from->source.v[0].start); within && i < t; i++) {
        const struct lexicon_entry *e = lexicon_find(words, lang_token_text(doc, i));
        if (e && str_eq(e->class, S("relative")))
            return true;
    }
    return false;
}

static bool led(const struct lang_doc *doc, const struct attribution *from, size_t first, size_t t)
{
    const struct lexicon *leads = lexicon_open(WORDS_CHANNEL_LEADS);
    for (size_t back = 1; back <= LEAD && t >= first + back; back++) {
        if (!beside(doc, from, t - back) || !doc->tokens[t - back].word)
            return false;
        if (lexicon_find(leads, lang_token_text(doc, t - back)))
            return true;
    }
    return false;
}

static struct str channel_of(const struct lang_doc *doc, const struct attribution *from,
                             size_t first, size_t end)
{
    const struct lexicon *channels = lexicon_open(WORDS_CHANNELS),
                         *verbs = lexicon_open(WORDS_CHANNEL_VERBS);
    struct str best = {0};
    char rank = 0;
    size_t n;
    for (size_t t = first; t < end; t++) {
        const struct lexicon_entry *e = lexicon_match(channels, doc, t, end, &n);
        if (e && leads_to_as(doc, from, t, n))
            return e->more;
        if (!beside(doc, from, t) || in_relative_clause(doc, from, t))
            continue;
        if ((e = lexicon_match(verbs, doc, t, end, &n)) && rank < '3') {
            best = e->more;
            rank = '3';
        }
        e = lexicon_match(channels, doc, t, end, &n);
        bool platform = e && e->class.p[0] == '3';
        if (!e || e->class.p[0] <= rank ||
            (platform && !doc->tokens[t].capital && e->phrase.n < 5) || !led(doc, from, first, t))
            continue;
        best = e->more;
        rank = e->class.p[0];
    }
    return best;
}

void lang_add_details(struct lang_doc *doc, const struct attribution *from,
                      struct lang_statement *to)
{
    size_t first, end;
    to->kind = lang_kind_of(doc, from->content, from->cue);
    if (!window_of(doc, from, &first, &end))
        return;
    to->channel = channel_of(doc, from, first, end);
    if (!to->channel.n)
        to->channel = lang_channel_implied(doc, from);
    for (size_t t = first; t < end && !to->said_on.n; t++)
        if (beside(doc, from, t))
            lang_day_at(doc, t, &to->said_on);
}

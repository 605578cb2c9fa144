/* What more there is to say of a statement: kind, channel, day.
 *
 * Kind is told by the quotation marks in the content; channel and day stand beside the cue: in
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
        const struct lexicon_entry *e;
        if (!beside(doc, from, t))
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

/* The first mention at or behind byte `at`. */
static size_t first_mention(const struct lang_doc *doc, uint32_t at)
{
    size_t low = 0, high = doc->n_mentions;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (doc->mentions[mid].at.start < at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* "told Reuters": the outlet is where it was said. */
static struct str told_outlet(const struct lang_doc *doc, const struct attribution *from)
{
    if (!from->cue.n)
        return (struct str){0};
    struct span cue = from->cue.v[from->cue.n - 1];
    if (!str_ends(str_trim(lang_span_text(doc, cue)), S("told")))
        return (struct str){0};
    for (size_t i = first_mention(doc, cue.end);
         i < doc->n_mentions && doc->mentions[i].at.start <= cue.end + 5; i++) {
        const struct lang_mention *m = &doc->mentions[i];
        if (m->actor != NO_ACTOR && doc->actors[m->actor].kind == ACTOR_OUTLET)
            return doc->actors[m->actor].name;
    }
    return (struct str){0};
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
        to->channel = told_outlet(doc, from);
    for (size_t t = first; t < end && !to->said_on.n; t++)
        if (beside(doc, from, t))
            lang_day_at(doc, t, &to->said_on);
}

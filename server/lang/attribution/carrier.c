/* Who carries a statement, and the way it came, where no words beside the cue tell it outright.
 *
 * A document that speaks is its own channel ("the lawsuit said"); what somebody did on paper is the
 * channel of the participle behind it ("sued the city, alleging"). An outlet that was told, or that
 * stands behind "according to", carries what another said. And an interview goes on: whoever was
 * quoted from one a sentence ago still speaks in it, until the text says otherwise. */
#include "lang/attribution/detail.h"

#include "lang/names/gazetteer.h"
#include "lang/text/lexicon.h"

static bool lies_in(struct spans spans, struct span at)
{
    for (size_t i = 0; i < spans.n; i++)
        if (spans.v[i].start < at.end && at.start < spans.v[i].end)
            return true;
    return false;
}

/* Is the word part of a person's name ("Mr. Letter")? */
static bool is_of_person(const struct lang_doc *doc, size_t token)
{
    enum { LONGEST_NAME = 60 };
    struct span at = doc->tokens[token].at;
    uint32_t low = at.start > LONGEST_NAME ? at.start - LONGEST_NAME : 0;
    for (size_t i = lang_mention_from(doc, low); i < doc->n_mentions; i++) {
        const struct lang_mention *m = &doc->mentions[i];
        if (m->at.start >= at.end)
            break;
        if (m->actor != NO_ACTOR && doc->actors[m->actor].kind == ACTOR_PERSON &&
            m->at.end >= at.end && doc->tokens[token].capital)
            return true;
    }
    return false;
}

/* "The 66-page complaint, filed in court", "provincial court files": the document is the head of
 * the noun phrase, so no further noun follows it. */
static struct str document_of(const struct lang_doc *doc, struct spans source)
{
    const struct lexicon *words = lexicon_open(WORDS_CARRIERS),
                         *function = lexicon_open(WORDS_FUNCTION_WORDS);
    if (!source.n)
        return (struct str){0};
    size_t first = lang_token_at(doc, source.v[0].start), n;
    for (size_t t = first; t < doc->n_tokens && doc->tokens[t].at.end <= source.v[0].end; t++) {
        if (!doc->tokens[t].word)
            return (struct str){0};
        const struct lexicon_entry *e = lexicon_match(words, doc, t, doc->n_tokens, &n);
        if (!lexicon_has_class(e, S("document")) || is_of_person(doc, t))
            continue;
        size_t next = t + n;
        bool head = next >= doc->n_tokens || doc->tokens[next].at.start >= source.v[0].end ||
                    !doc->tokens[next].word || doc->tokens[next - 1].capital ||
                    lexicon_find(function, lang_token_text(doc, next)) ||
                    str_ends(lang_token_text(doc, next), S("ed"));
        if (head)
            return e->more;
    }
    return (struct str){0};
}

/* "Filed a lawsuit in Lisbon, alleging that": the act stands before a participle in its sentence.
 */
static struct str act_before(const struct lang_doc *doc, const struct attribution *from)
{
    const struct lexicon *words = lexicon_open(WORDS_CARRIERS);
    size_t cue = from->cue.n ? lang_token_at(doc, from->cue.v[0].start) : doc->n_tokens, n;
    if (cue >= doc->n_tokens)
        return (struct str){0};
    const struct lexicon_entry *e = lexicon_find(words, lang_token_text(doc, cue));
    if (!lexicon_has_class(e, S("vlegal")) || e->form != FORM_ING)
        return (struct str){0};
    for (size_t t = doc->sentences[doc->tokens[cue].sentence].first; t < cue; t++) {
        e = lexicon_match(words, doc, t, cue, &n);
        if ((lexicon_has_class(e, S("act")) || lexicon_has_class(e, S("vact"))) &&
            !doc->tokens[t].in_quote && !lies_in(from->content, doc->tokens[t].at))
            return e->more;
    }
    return (struct str){0};
}

/* "Filing a lawsuit in Lisbon [that says]": the cue itself is the act. */
static struct str act_in_cue(const struct lang_doc *doc, const struct attribution *from)
{
    const struct lexicon *words = lexicon_open(WORDS_CARRIERS);
    size_t n, t = from->cue.n ? lang_token_at(doc, from->cue.v[0].start) : doc->n_tokens;
    for (bool filed = false; t < doc->n_tokens && doc->tokens[t].at.start < from->cue.v[0].end;
         t++) {
        const struct lexicon_entry *e = lexicon_match(words, doc, t, doc->n_tokens, &n);
        filed = filed || str_starts(lang_token_text(doc, t), S("fil"));
        if (filed && lexicon_has_class(e, S("act")))
            return e->more;
    }
    return (struct str){0};
}

struct str lang_channel_implied(const struct lang_doc *doc, const struct attribution *from)
{
    struct str channel = document_of(doc, from->source);
    channel = channel.n ? channel : act_in_cue(doc, from);
    return channel.n ? channel : act_before(doc, from);
}

/* The actor of a mention at byte `start`, if that is an outlet, else NO_ACTOR; its place in *at. */
static int32_t known_outlet(const struct lang_doc *doc, uint32_t start, struct span *at)
{
    enum { ARTICLE = 4 };
    uint32_t low = start > ARTICLE ? start - ARTICLE : 0;
    for (size_t i = lang_mention_from(doc, low); i < doc->n_mentions; i++) {
        const struct lang_mention *m = &doc->mentions[i];
        if (m->at.start > start)
            break;
        if (m->at.end > start && m->actor != NO_ACTOR &&
            doc->actors[m->actor].kind == ACTOR_OUTLET) {
            *at = m->at;
            return m->actor;
        }
    }
    return NO_ACTOR;
}

/* "The Oakton Herald": capitalised words of which the last is a newspaper's or a station's. */
static int32_t outlet_by_name(struct lang_doc *doc, size_t t, struct span *at)
{
    const struct lexicon *words = lexicon_open(WORDS_CARRIERS);
    size_t end = t;
    while (end < doc->n_tokens && doc->tokens[end].capital && doc->tokens[end].word &&
           doc->tokens[end].sentence == doc->tokens[t].sentence)
        end++;
    if (end < t + 2 ||
        !lexicon_has_class(lexicon_find(words, lang_token_text(doc, end - 1)), S("press")))
        return NO_ACTOR;
    *at = (struct span){doc->tokens[t].at.start, doc->tokens[end - 1].at.end};
    for (size_t i = lang_mention_from(doc, at->start); i < doc->n_mentions; i++)
        if (doc->mentions[i].at.start == at->start && doc->mentions[i].at.end == at->end &&
            doc->mentions[i].actor != NO_ACTOR)
            return doc->mentions[i].actor;
        else if (doc->mentions[i].at.start > at->start)
            break;
    return lang_add_actor(doc, lang_span_text(doc, *at), ACTOR_OUTLET);
}

/* The outlet named at token t, behind an article if there is one, or NO_ACTOR. */
static int32_t outlet_at(struct lang_doc *doc, size_t t, struct span *at)
{
    if (t < doc->n_tokens && str_eq_case(lang_token_text(doc, t), S("the")))
        t++;
    if (t >= doc->n_tokens)
        return NO_ACTOR;
    int32_t who = known_outlet(doc, doc->tokens[t].at.start, at);
    return who == NO_ACTOR ? outlet_by_name(doc, t, at) : who;
}

/* "Told Reuters that": the outlet behind the cue. The content may have swallowed its name. */
static int32_t told(struct lang_doc *doc, const struct lang_statement *s, struct span *at)
{
    if (!s->cue.n)
        return NO_ACTOR;
    size_t last = lang_token_at(doc, s->cue.v[s->cue.n - 1].end - 1);
    const struct lexicon_entry *e =
        lexicon_find(lexicon_open(WORDS_CARRIERS), lang_token_text(doc, last));
    return lexicon_has_class(e, S("vtell")) ? outlet_at(doc, last + 1, at) : NO_ACTOR;
}

/* Does a word at `t` say that an outlet's name comes next: "according to", "quoted by"; "to" and
 * "with" behind a channel ("in an email to", "an interview with")? `*n`: its tokens. */
static bool points_to_carrier(const struct lang_doc *doc, const struct sentence *in, size_t t,
                              size_t *n)
{
    enum { NEAR = 3 };
    size_t name = t + 1;
    while (name < in->end && name <= t + NEAR && !doc->tokens[name].capital)
        name++;
    if (name >= in->end || name > t + NEAR)
        return false; /* no name follows */
    const struct lexicon_entry *e = lexicon_match(lexicon_open(WORDS_CARRIERS), doc, t, in->end, n);
    if (lexicon_has_class(e, S("by")))
        return true;
    return lexicon_has_class(e, S("link")) && t > in->first &&
           lexicon_find(lexicon_open(WORDS_CHANNELS), lang_token_text(doc, t - 1));
}

/* "In an email to the Times", "according to CNN", "was quoted by AFP as saying": an outlet behind
 * such a word in the cue's sentence, outside what was said and outside the source. */
static int32_t named_as_carrier(struct lang_doc *doc, const struct lang_statement *s)
{
    struct spans beside = s->cue.n ? s->cue : s->source;
    if (!beside.n)
        return NO_ACTOR;
    const struct sentence *in =
        &doc->sentences[doc->tokens[lang_token_at(doc, beside.v[0].start)].sentence];
    struct span at;
    for (size_t t = in->first, n; t + 1 < in->end; t++) {
        if (doc->tokens[t].in_quote || lies_in(s->content, doc->tokens[t].at) ||
            !points_to_carrier(doc, in, t, &n))
            continue;
        int32_t who = outlet_at(doc, t + n, &at);
        if (who != NO_ACTOR && !lies_in(s->source, at) && !lies_in(s->content, at))
            return who;
    }
    return NO_ACTOR;
}

/* "Wrote in The New York Times": the outlet is the place, not who tells. */
static struct str written_in(struct lang_doc *doc, const struct lang_statement *s)
{
    struct span at;
    size_t last = s->cue.n ? lang_token_at(doc, s->cue.v[s->cue.n - 1].end - 1) : doc->n_tokens;
    if (last + 2 >= doc->n_tokens || !str_eq(lang_token_text(doc, last + 1), S("in")) ||
        !lexicon_has_class(lexicon_find(lexicon_open(WORDS_CARRIERS), lang_token_text(doc, last)),
                           S("vwrite")))
        return (struct str){0};
    int32_t who = outlet_at(doc, last + 2, &at);
    return who == NO_ACTOR ? (struct str){0} : doc->actors[who].name;
}

/* Takes the outlet that was told off the front of the content. */
static void take_off(struct lang_doc *doc, struct lang_statement *s, struct span outlet)
{
    struct span *v = arena_array(doc->arena, s->content.n, sizeof *v);
    for (size_t i = 0; i < s->content.n; i++)
        v[i] = s->content.v[i];
    size_t next = lang_token_at(doc, outlet.end);
    if (next < doc->n_tokens && doc->tokens[next].at.start < v[0].end && v[0].start < outlet.end) {
        v[0].start = doc->tokens[next].at.start;
        s->content.v = v;
    }
}

/* Finds who carries a statement; true if its speaker told them, which goes on to what follows. */
static bool find_via(struct lang_doc *doc, struct lang_statement *s)
{
    struct span at;
    int32_t who = told(doc, s, &at);
    bool goes_on = who != NO_ACTOR;
    if (goes_on)
        take_off(doc, s, at);
    else
        who = named_as_carrier(doc, s);
    if (s->via == NO_ACTOR && who != s->speaker)
        s->via = who;
    if (!s->channel.n)
        s->channel = written_in(doc, s);
    return goes_on || s->channel.n;
}

static uint32_t paragraph_of(const struct lang_doc *doc, const struct lang_statement *s)
{
    return doc->sentences[doc->tokens[lang_token_at(doc, s->content.v[0].start)].sentence]
        .paragraph;
}

/* How many paragraphs a channel goes on without being named again. */
static uint32_t holds_for(struct str channel)
{
    enum { LONG = 3, SHORT = 1 };
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_CHANNELS), channel);
    return e && e->class.p[0] == '2' ? LONG : SHORT;
}

/* "Has long denied", "had said": at another time. */
static bool is_perfect(const struct lang_doc *doc, const struct lang_statement *s)
{
    const struct lexicon *words = lexicon_open(WORDS_CARRIERS);
    for (size_t t = s->cue.n ? lang_token_at(doc, s->cue.v[0].start) : doc->n_tokens;
         t < doc->n_tokens && doc->tokens[t].at.start < s->cue.v[0].end; t++)
        if (lexicon_has_class(lexicon_find(words, lang_token_text(doc, t)), S("perfect")))
            return true;
    return false;
}

static bool is_said(const struct lang_doc *doc, const struct lang_statement *s)
{
    for (size_t t = s->cue.n ? lang_token_at(doc, s->cue.v[0].start) : doc->n_tokens;
         t < doc->n_tokens && doc->tokens[t].at.start < s->cue.v[0].end; t++)
        if (gaz_word(lang_token_text(doc, t)) & WORD_SAY)
            return true;
    return s->kind != STATEMENT_INDIRECT;
}

/* Does `s` go on where its speaker was heard `before`? */
static bool goes_on(const struct lang_doc *doc, const struct lang_statement *before,
                    const struct lang_statement *s)
{
    if (before->speaker == NO_ACTOR || before->speaker != s->speaker || s->channel.n ||
        s->via != NO_ACTOR || is_perfect(doc, s) || is_perfect(doc, before) || !is_said(doc, s))
        return false;
    if (s->said_on.n && before->said_on.n && !str_eq(s->said_on, before->said_on))
        return false;
    uint32_t here = paragraph_of(doc, s), there = paragraph_of(doc, before);
    return here >= there && here - there <= holds_for(before->channel);
}

/* Hands on to statement i what its speaker's last statement before it has. */
static void hand_on(const struct lang_doc *doc, struct lang_reading *r, bool *steady, size_t i)
{
    enum { LOOK_BACK = 16 };
    struct lang_statement *s = &r->statements[i];
    size_t k = i, last = i > LOOK_BACK ? i - LOOK_BACK : 0;
    while (k > last && r->statements[k - 1].speaker != s->speaker)
        k--;
    if (k == last || !goes_on(doc, &r->statements[k - 1], s))
        return;
    const struct lang_statement *before = &r->statements[k - 1];
    s->channel = before->channel;
    bool near = paragraph_of(doc, s) == paragraph_of(doc, before) || s->source.n == 0 ||
                gaz_word(lang_span_text(doc, s->source.v[0])) & WORD_PRONOUN;
    if (steady[k - 1] && near)
        s->via = before->via;
    steady[i] = steady[k - 1];
}

static bool pleads(const struct lang_doc *doc, const struct lang_statement *s)
{
    const struct lexicon *words = lexicon_open(WORDS_CARRIERS);
    for (size_t t = s->cue.n ? lang_token_at(doc, s->cue.v[0].start) : doc->n_tokens;
         t < doc->n_tokens && doc->tokens[t].at.start < s->cue.v[0].end; t++)
        if (lexicon_has_class(lexicon_find(words, lang_token_text(doc, t)), S("vplea")))
            return !is_perfect(doc, s);
    return false;
}

/* Who has sued accuses in the suit, as long as the text goes on about it, unless it says where. */
static void plead(const struct lang_doc *doc, struct lang_reading *r, size_t i)
{
    enum { LOOK_BACK = 32 };
    struct lang_statement *s = &r->statements[i];
    if (s->channel.n || s->via != NO_ACTOR || s->speaker == NO_ACTOR || !pleads(doc, s))
        return;
    for (size_t k = i; k-- > 0 && i - k < LOOK_BACK;)
        if (r->statements[k].speaker == s->speaker &&
            str_eq(r->statements[k].channel, S("court papers"))) {
            s->channel = r->statements[k].channel;
            return;
        }
}

void lang_carry(struct lang_doc *doc, struct lang_reading *r)
{
    bool *steady = arena_array(doc->arena, r->n_statements + 1, sizeof *steady);
    for (size_t i = 0; i < r->n_statements; i++)
        steady[i] = find_via(doc, &r->statements[i]);
    for (size_t i = 1; i < r->n_statements; i++) {
        hand_on(doc, r, steady, i);
        plead(doc, r, i);
    }
}

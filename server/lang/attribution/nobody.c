/* What looks like a statement and is nobody's. It says nothing ("declined to comment", "did not
 * respond"), tells what was done rather than said ("sued the city", "was charged with", "kept her
 * crown"), what a thing shows or does rather than a person ("the clock shows", "the phone
 * supports"), what so seems ("appeared to be a mistake") or is expected by nobody in particular, or
 * names only where words come from ("citing diplomats"). What is told in a clause or in quotation
 * marks is a statement nearly always, so deeds are left out only where neither follows. */
#include "assets/wordlist.h"
#include "lang/attribution/pack.h"
#include "lang/names/gazetteer.h"
#include "lang/text/lexicon.h"
#include "lang/text/notice.h"

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

/* "citing unnamed diplomats", "citing a person familiar with the plan": the content's head, before
 * any word that goes on with it, bears words but is none. */
static bool is_bearer(const struct lang_doc *doc, size_t cue, struct span content)
{
    enum { LONGEST = 4 };
    size_t first = lang_token_at(doc, content.start);
    if (!is(doc, cue, S("citing")))
        return false;
    for (size_t t = first; t < doc->n_tokens && t < first + LONGEST; t++) {
        if (!doc->tokens[t].word || doc->tokens[t].in_quote || doc->tokens[t].at.end > content.end)
            return false;
        if (is(doc, t, S("bearer")))
            return true;
    }
    return false;
}

/* "Who asked not to be named": says how to tell of somebody, not what he said. */
static bool asks_for_no_name(const struct lang_doc *doc, struct span content)
{
    static const struct str request[] = {STR("not"), STR("to"), STR("be")};
    enum { WORDS = sizeof request / sizeof *request };
    size_t first = lang_token_at(doc, content.start);
    for (size_t i = 0; i < WORDS; i++)
        if (first + WORDS >= doc->n_tokens ||
            !str_eq_case(lang_token_text(doc, first + i), request[i]))
            return false;
    return is(doc, first + WORDS, S("given away"));
}

static bool has(const struct lang_doc *doc, size_t token, struct str class)
{
    return lexicon_has_class(lexicon_find(lexicon_open(WORDS_NOBODY), lang_token_text(doc, token)),
                             class);
}

/* The last token of the cue. */
static size_t cue_end(const struct lang_doc *doc, const struct attribution *a)
{
    return lang_token_at(doc, a->cue.v[a->cue.n - 1].end - 1) + 1;
}

/* Is a word of that class among the cue's tokens, or among `more` tokens behind it? */
static bool cue_has(const struct lang_doc *doc, const struct attribution *a, struct str class,
                    size_t more)
{
    size_t end = cue_end(doc, a);
    for (size_t t = lang_token_at(doc, a->cue.v[0].start); t < end + more && t < doc->n_tokens; t++)
        if (has(doc, t, class))
            return true;
    return false;
}

/* "Declined to comment on the case", "did not immediately respond", "would not name them". */
static bool says_nothing(const struct lang_doc *doc, const struct attribution *a)
{
    enum { INTO_CONTENT = 2 };
    bool not = cue_has(doc, a, S("not"), 0) || cue_has(doc, a, S("vdecline"), 0);
    return not &&cue_has(doc, a, S("vsilent"), INTO_CONTENT);
}

bool attribution_is_clause(const struct lang_doc *doc, struct span content)
{
    size_t first = lang_token_at(doc, content.start);
    return doc->tokens[first].in_quote || has(doc, first, S("clause"));
}

/* "Sued the city", "named Ada Moss", "was charged with murder": done, not said. */
static bool is_deed(const struct lang_doc *doc, const struct attribution *a)
{
    size_t last = cue_end(doc, a) - 1, verb = last;
    while (verb > lang_token_at(doc, a->cue.v[0].start) && !has(doc, verb, S("vdeed")) &&
           !has(doc, verb, S("vcharge")))
        verb--;
    size_t next = verb + 1 < doc->n_tokens ? verb + 1 : verb;
    if (has(doc, verb, S("vcharge")) && has(doc, next, S("charged-with")) &&
        (!a->source.n || cue_has(doc, a, S("be"), 0)))
        return true;
    return has(doc, verb, S("vdeed")) && !attribution_is_clause(doc, a->content.v[0]);
}

static bool has_quotation(const struct lang_doc *doc, struct span content)
{
    for (size_t t = lang_token_at(doc, content.start);
         t < doc->n_tokens && doc->tokens[t].at.start < content.end; t++)
        if (doc->tokens[t].in_quote)
            return true;
    return false;
}

/* "Pleaded not guilty", "is investigating whether". */
static bool is_act(const struct lang_doc *doc, const struct attribution *a)
{
    enum { INTO_CONTENT = 3 };
    return (cue_has(doc, a, S("vplead"), 0) && cue_has(doc, a, S("guilt"), INTO_CONTENT)) ||
           (cue_has(doc, a, S("vprobe"), 0) && !has_quotation(doc, a->content.v[0]));
}

/* "..., which Moss said": a word that stands for what was said. */
static bool stands_for_content(const struct lang_doc *doc, const struct attribution *a)
{
    size_t first = lang_token_at(doc, a->content.v[0].start);
    return a->content.n == 1 && has(doc, first, S("stands-for")) && !doc->tokens[first].in_quote &&
           doc->tokens[first].at.end >= a->content.v[0].end;
}

/* "The clock shows": a thing that is neither a document nor a name. */
static bool is_shown_by_thing(const struct lang_doc *doc, const struct attribution *a)
{
    if (!a->source.n || !cue_has(doc, a, S("vshow"), 0))
        return false;
    size_t first = lang_token_at(doc, a->source.v[0].start);
    for (size_t t = first; t < doc->n_tokens && doc->tokens[t].at.start < a->source.v[0].end; t++)
        if (has(doc, t, S("evidence")) || has(doc, t, S("person")) ||
            (doc->tokens[t].capital && doc->sentences[doc->tokens[t].sentence].first != t))
            return false;
    return true;
}

/* "Defended his crown", "will keep the title": what is held is won, not said. The prize ends the
 * first words of the content: "defended the title of his book" is a statement. */
static bool holds_prize(const struct lang_doc *doc, const struct attribution *a)
{
    enum { WORDS = 4 };
    size_t first = lang_token_at(doc, a->content.v[0].start), t = first;
    if (!cue_has(doc, a, S("vhold"), 0) || attribution_is_clause(doc, a->content.v[0]))
        return false;
    while (t < doc->n_tokens && t < first + WORDS && doc->tokens[t].word &&
           !has(doc, t, S("prize")))
        t++;
    return t < doc->n_tokens && has(doc, t, S("prize")) && t > first &&
           !phrase_is(doc, t + 1, "of");
}

/* Is the source something that nobody speaks through: "the phone", "most states", no name, no
 * person, no body of people and no document? */
static bool is_thing(const struct lang_doc *doc, struct span source)
{
    const uint32_t speaks = WORD_ROLE | WORD_UNNAMED | WORD_COLLECTIVE | WORD_ORG | WORD_KIN |
                            WORD_PRONOUN | WORD_NOMINAL_ORG | WORD_SPOKES | WORD_FIRST;
    size_t t = lang_token_at(doc, source.start), last = t;
    for (; t < doc->n_tokens && doc->tokens[t].at.start < source.end; t++) {
        uint32_t flags = gaz_word(lang_token_text(doc, t));
        bool name = doc->tokens[t].capital && doc->sentences[doc->tokens[t].sentence].first != t;
        if (name || flags & speaks || has(doc, t, S("evidence")) || has(doc, t, S("person")))
            return false;
        last = t;
    }
    return gaz_word(lang_token_text(doc, last)) & WORD_NOUN;
}

/* "The phone supports roaming", "most shops now allow dogs": a thing serves. */
static bool is_served_by_thing(const struct lang_doc *doc, const struct attribution *a)
{
    return a->source.n && cue_has(doc, a, S("vserve"), 0) && is_thing(doc, a->source.v[0]) &&
           !attribution_is_clause(doc, a->content.v[0]);
}

/* "Is expected to cost two billion", "was criticised for": nobody is said to say it. */
static bool is_said_by_nobody(const struct lang_doc *doc, const struct attribution *a)
{
    size_t first = lang_token_at(doc, a->cue.v[0].start);
    bool it = a->source.n && str_eq_case(lang_span_text(doc, a->source.v[0]), S("it"));
    if (it && has(doc, first, S("be")) &&
        str_ends(lang_token_text(doc, cue_end(doc, a) - 1), S("ed")))
        return true; /* "it is expected that" */
    return !a->source.n && has(doc, first, S("be")) && first + 1 < cue_end(doc, a) &&
           !attribution_is_clause(doc, a->content.v[0]);
}

/* "You may know her from": the reader is no speaker. */
static bool is_reader(const struct lang_doc *doc, const struct attribution *a)
{
    return a->source.n && str_eq_case(lang_span_text(doc, a->source.v[0]), S("you")) &&
           !doc->tokens[lang_token_at(doc, a->source.v[0].start)].in_quote;
}

/* "Correction: An earlier version of this article said": the paper speaks of itself; "This site is
 * protected by ...": its page does. */
static bool is_in_note(const struct lang_doc *doc, const struct attribution *a)
{
    enum { LABEL = 3 };
    size_t token = lang_token_at(doc, a->content.v[0].start), s = doc->tokens[token].sentence;
    uint32_t paragraph = doc->sentences[s].paragraph;
    if (lang_is_notice(doc, (uint32_t)s))
        return true;
    while (s > 0 && doc->sentences[s - 1].paragraph == paragraph)
        s--;
    size_t first = doc->sentences[s].first;
    if (!has(doc, first, S("note")))
        return false;
    for (size_t t = first + 1; t < doc->n_tokens && t <= first + LABEL; t++)
        if (phrase_is(doc, t, ":"))
            return true;
    return false;
}

/* "Director Chris Weitz": a surname read as a verb, in capitals behind a capital and in no list of
 * common words. "Obama Slams Critics" has a verb that others write small. */
static bool is_cue_name(const struct lang_doc *doc, const struct attribution *a)
{
    size_t cue = lang_token_at(doc, a->cue.v[0].start);
    struct str word = lang_token_text(doc, cue);
    if (cue_end(doc, a) != cue + 1 || !doc->tokens[cue].capital || !cue ||
        !doc->tokens[cue - 1].capital || !doc->tokens[cue - 1].word)
        return false;
    return !(gaz_word(word) & (WORD_SAY | WORD_VERB | WORD_COMMON)) && !str_ends(word, S("s")) &&
           !str_ends(word, S("ed"));
}

bool attribution_is_none(const struct lang_doc *doc, const struct attribution *a)
{
    pthread_once(&once, load);
    if (is_in_note(doc, a))
        return true;
    if (!a->cue.n)
        return false;
    size_t cue = lang_token_at(doc, a->cue.v[0].start);
    bool begins = cue == 0 || !doc->tokens[cue - 1].word ||
                  doc->tokens[cue].sentence != doc->tokens[cue - 1].sentence;
    if (!a->source.n && begins && is(doc, cue, S("asked")))
        return true; /* "Asked whether he would go, Quinn replied" */
    return is(doc, cue, S("raising")) || is_bearer(doc, cue, a->content.v[0]) ||
           asks_for_no_name(doc, a->content.v[0]) || says_nothing(doc, a) || is_deed(doc, a) ||
           is_shown_by_thing(doc, a) || is_said_by_nobody(doc, a) || is_reader(doc, a) ||
           is_act(doc, a) || is_cue_name(doc, a) || holds_prize(doc, a) ||
           is_served_by_thing(doc, a) || stands_for_content(doc, a);
}

/* Interviews and transcripts: a paragraph that opens with a label and a colon is a turn.
 *
 * "PENCE: Well, look ..." speaks by its capitals alone; "Ada Moss: Well ..." only where labels come
 * again and again. Behind "A:" answers whom the interview is with; what stands behind "Q:" is
 * nobody's statement. Turns are found before the network looks, which then leaves them alone. */
#include "lang/attribution/pack.h"
#include "lang/text/lexicon.h"

enum { LONGEST_LABEL = 4, FEWEST_TURNS = 3 };

struct paragraph {
    size_t first, end, colon; /* colon: 0 if it is no turn */
};

static bool has(const struct lang_doc *doc, size_t token, struct str class)
{
    return lexicon_has_class(
        lexicon_find(lexicon_open(WORDS_PATTERNS), lang_token_text(doc, token)), class);
}

static bool is_in_capitals(const struct lang_doc *doc, size_t i)
{
    struct str t = lang_token_text(doc, i);
    if (!doc->tokens[i].capital)
        return false;
    for (size_t k = 0; k < t.n; k++)
        if (t.p[k] >= 'a' && t.p[k] <= 'z')
            return t.p[t.n - 1] == '.'; /* "Sen." */
    return true;
}

/* The paragraph from token `first` on, with the colon behind a label of at most LONGEST_LABEL
 * capitalised words; `capitals`: all of them in capitals. */
static struct paragraph read_paragraph(const struct lang_doc *doc, size_t sentence, bool capitals)
{
    size_t s = sentence;
    while (s < doc->n_sentences &&
           doc->sentences[s].paragraph == doc->sentences[sentence].paragraph)
        s++;
    struct paragraph p = {doc->sentences[sentence].first, doc->sentences[s - 1].end, 0};
    size_t from = doc->tokens[p.first].word ? p.first : p.first + 1, colon = from;
    while (colon < p.end && colon - from < LONGEST_LABEL && doc->tokens[colon].word &&
           (capitals ? is_in_capitals(doc, colon) : doc->tokens[colon].capital))
        colon++;
    if (colon > from && !has(doc, from, S("notice")) && colon + 2 < p.end &&
        phrase_is(doc, colon, ":") && (capitals || !doc->tokens[colon].in_quote)) {
        p.first = from;
        p.colon = colon;
    }
    return p;
}

/* Do labels that are no capitals come so often that they are names of speakers? */
static bool is_dialogue(const struct lang_doc *doc)
{
    size_t turns = 0, again = 0;
    struct str last = {0}, before = {0};
    for (size_t s = 0; s < doc->n_sentences; s++) {
        if (s && doc->sentences[s - 1].paragraph == doc->sentences[s].paragraph)
            continue;
        struct paragraph p = read_paragraph(doc, s, false);
        if (!p.colon)
            continue;
        struct str label = lang_span_text(
            doc, (struct span){doc->tokens[p.first].at.start, doc->tokens[p.colon - 1].at.end});
        turns++;
        again += str_eq(label, before);
        before = last;
        last = label;
    }
    return turns >= FEWEST_TURNS && again * 3 >= turns;
}

/* "Q. Do you miss it?", "A. No.": letters with a stop are labels where questions have one. */
static void add_lettered(struct attribution_list *list)
{
    struct lang_doc *doc = list->doc;
    bool asked = false;
    for (size_t s = 0; s < doc->n_sentences; s++) {
        struct paragraph p = read_paragraph(doc, s, true);
        bool opens = !s || doc->sentences[s - 1].paragraph != doc->sentences[s].paragraph;
        bool question = phrase_is(doc, p.first, "Q.");
        asked |= opens && question;
        if (!opens || p.colon || !asked || p.first + 2 >= p.end ||
            !(question || phrase_is(doc, p.first, "A.")))
            continue;
        struct attribution *a =
            attribution_add(list, question ? "reader.question" : "reader.answer", 0.9f);
        attribution_span(doc, &a->source, p.first, p.first + 1);
        attribution_span(doc, &a->content, p.first + 1, p.end);
    }
}

static void add_turn(struct attribution_list *list, const struct paragraph *p)
{
    struct lang_doc *doc = list->doc;
    bool one = p->colon == p->first + 1;
    const char *rule = one && has(doc, p->first, S("question"))  ? "reader.question"
                       : one && has(doc, p->first, S("answers")) ? "reader.answer"
                                                                 : "reader.transcript";
    struct attribution *a = attribution_add(list, rule, 0.9f);
    attribution_span(doc, &a->source, p->first, p->colon);
    attribution_span(doc, &a->cue, p->colon, p->colon + 1);
    attribution_span(doc, &a->content, p->colon + 1, p->end);
}

void attribute_turns(struct attribution_list *list)
{
    const struct lang_doc *doc = list->doc;
    bool dialogue = is_dialogue(doc);
    for (size_t s = 0; s < doc->n_sentences; s++) {
        if (s && doc->sentences[s - 1].paragraph == doc->sentences[s].paragraph)
            continue;
        struct paragraph p = read_paragraph(doc, s, !dialogue);
        if (p.colon)
            add_turn(list, &p);
    }
    add_lettered(list);
}

void attribute_drop_questions(struct attribution_list *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->n; i++)
        if (!str_eq(str_of(list->v[i].rule), S("reader.question"))) {
            list->v[kept] = list->v[i];
            list->sure[kept++] = list->sure[i];
        }
    list->n = kept;
}

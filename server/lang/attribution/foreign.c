/* Other languages than English: which one it is, and the direct quotations in it.
 *
 * The language is detected by its function words (assets/language.h). A quotation is attributed
 * where a verb of that language's list stands next to it and a capitalised name next to the verb:
 * "...", VERB Name / Name VERB: "...". Nothing else is read. */
#include "lang/names/gazetteer.h"
#include "lang/text/lexicon.h"

#include "assets/language.h"
#include "base/utf8.h"

#include <string.h>

enum { FAR = 12, NAME_WORDS = 9 };

static bool is_letter_byte(unsigned char c)
{
    return (c | 32u) - 'a' < 26 || (c >= 0xC0 && c != 0xD7 && c != 0xF7);
}

/* Are most of the words written small English ones? Lines too short for little words, or full of
 * foreign names, have no more to tell. */
static bool has_english_words(struct str text)
{
    enum { FEWEST = 2, LETTERS = 2 };
    size_t small = 0, english = 0;
    for (struct str word; str_split(&text, ' ', &word);) {
        while (word.n && !is_letter_byte((unsigned char)word.p[word.n - 1]))
            word.n--;
        if (word.n < LETTERS || word.p[0] < 'a' || word.p[0] > 'z')
            continue;
        small++;
        english += (gaz_word(word) & (WORD_COMMON | WORD_FUNCTION)) != 0;
    }
    return small >= FEWEST && english * 4 >= small * 3;
}

struct str lang_detect(struct str text)
{
    enum { ENOUGH = 4000, FEW = 60 }; /* bytes; words */
    struct language found = language_detect(text);
    /* A name or two ("Van den Berg") outweigh the little words of a line, not those of a page. */
    if ((!found.code.n || found.words < FEW) && has_english_words(str_slice(text, 0, ENOUGH)))
        return S("en");
    return found.code.n ? found.code : S("und");
}

struct foreign {
    struct lang_doc *doc;
    struct str language;
    const struct lexicon *verbs, *links;
    size_t cap;
};

static bool is_verb(const struct foreign *f, size_t token)
{
    const struct lexicon_entry *e = lexicon_find(f->verbs, lang_token_text(f->doc, token));
    struct str codes = e ? e->class : (struct str){0}, code;
    while (str_split(&codes, ',', &code))
        if (str_eq(code, f->language))
            return true;
    return false;
}

static bool is_time(const struct foreign *f, size_t token)
{
    const struct lexicon_entry *e = lexicon_find(f->links, lang_token_text(f->doc, token));
    return e && str_eq(e->class, S("time"));
}

static bool is_link(const struct foreign *f, size_t token)
{
    const struct lexicon_entry *e = lexicon_find(f->links, lang_token_text(f->doc, token));
    return e && str_eq(e->class, S("link"));
}

/* Behind "am Dienstag", "el martes", "hier": what says when is no name. */
static size_t skip_time(const struct foreign *f, size_t at, size_t end)
{
    enum { WORDS = 3 };
    for (size_t i = at; i < end && i < at + WORDS && f->doc->tokens[i].word; i++)
        if (is_time(f, i))
            at = i + 1;
    return at;
}

static bool is_name(const struct foreign *f, size_t token, size_t end)
{
    return token < end && f->doc->tokens[token].word && f->doc->tokens[token].capital &&
           !f->doc->tokens[token].in_quote && !is_time(f, token);
}

/* "le ministre des Affaires étrangères[, Jean Roux]": the last token of the name behind an office,
 * or `last`. */
static size_t apposition(const struct foreign *f, size_t last, size_t end)
{
    enum { WORDS = 2 };
    size_t comma = last + 1;
    while (comma < end && comma <= last + WORDS && f->doc->tokens[comma].word)
        comma++;
    if (comma >= end || !str_eq(lang_token_text(f->doc, comma), S(",")) ||
        !is_name(f, comma + 1, end) || !is_name(f, comma + 2, end))
        return last;
    last = comma + 2;
    while (is_name(f, last + 1, end))
        last++;
    return last;
}

/* The name (with titles and links) that begins with token `at`: up to its last capitalised word. */
static bool name_after(const struct foreign *f, size_t at, size_t end, struct span *out)
{
    const struct lang_doc *doc = f->doc;
    at = skip_time(f, at, end);
    size_t last = at, first = at, misses = 0;
    bool found = false;
    for (size_t i = at; i < end && i < at + NAME_WORDS; i++) {
        const struct token *t = &doc->tokens[i];
        if (!t->word || t->in_quote)
            break;
        if (t->capital && !is_time(f, i)) {
            last = i;
            found = true;
            misses = 0;
        } else if (found && !is_link(f, i)) {
            break;
        } else if (++misses > 4) {
            break;
        }
    }
    if (!found)
        return false;
    last = apposition(f, last, end);
    *out = (struct span){doc->tokens[first].at.start, doc->tokens[last].at.end};
    return true;
}

/* The words before token `at`, back to a mark or the sentence's start; a comma at `at` closes an
 * apposition: "El presidente, Luis Ortega, dijo". */
static bool name_before(const struct foreign *f, size_t at, size_t start, struct span *out)
{
    const struct lang_doc *doc = f->doc;
    if (at > start && str_eq(lang_token_text(doc, at - 1), S(",")))
        at--;
    size_t first = at;
    bool found = false;
    while (first > start && at - first < NAME_WORDS && doc->tokens[first - 1].word &&
           !doc->tokens[first - 1].in_quote)
        found |= doc->tokens[--first].capital;
    if (!found)
        return false;
    *out = (struct span){doc->tokens[first].at.start, doc->tokens[at - 1].at.end};
    return true;
}

static struct spans one_span(struct arena *a, struct span at)
{
    struct spans s = {arena_array(a, 1, sizeof *s.v), 1};
    s.v[0] = at;
    return s;
}

static void add(struct foreign *f, struct span content, struct span cue, struct span source,
                const char *rule)
{
    struct lang_doc *doc = f->doc;
    doc->attributions = arena_grow(doc->arena, doc->attributions, doc->n_attributions, &f->cap,
                                   sizeof *doc->attributions);
    doc->attributions[doc->n_attributions++] = (struct attribution){
        .source = one_span(doc->arena, source),
        .cue = one_span(doc->arena, cue),
        .content = one_span(doc->arena, content),
        .outer = -1,
        .confidence = 0.7F,
        .rule = rule,
    };
}

/* `"...", sagte Name`: a verb within a few tokens behind the quotation, and a name behind it or
 * between the two. */
static bool verb_behind(struct foreign *f, struct span quote, size_t from)
{
    const struct lang_doc *doc = f->doc;
    size_t end = doc->sentences[doc->tokens[from - 1].sentence].end;
    /* A quotation with a stop inside may end the sentence before its verb. */
    if (from >= end && from < doc->n_tokens && !doc->tokens[from].capital)
        end = doc->sentences[doc->tokens[from].sentence].end;
    struct span source;
    for (size_t i = from; i < end && i < from + FAR && !doc->tokens[i].in_quote; i++) {
        if (!is_verb(f, i))
            continue;
        size_t next = i + 1 < end && is_verb(f, i + 1) ? i + 2 : i + 1;
        if (name_after(f, next, end, &source) || name_before(f, i, from, &source)) {
            add(f, quote, doc->tokens[i].at, source, "foreign.quote.before");
            return true;
        }
    }
    return false;
}

/* `Name sagte: "..."`. */
static bool verb_before(struct foreign *f, struct span quote, size_t open)
{
    const struct lang_doc *doc = f->doc;
    size_t start = doc->sentences[doc->tokens[open].sentence].first;
    struct span source;
    for (size_t i = open; i > start && i + FAR > open && !doc->tokens[i - 1].in_quote; i--) {
        if (!is_verb(f, i - 1))
            continue;
        size_t subject = i - 1;
        /* "a déclaré", "ha detto": what stands between name and verb belongs to the verb. */
        if (subject > start && !doc->tokens[subject - 1].capital && doc->tokens[subject - 1].word &&
            doc->tokens[subject - 1].at.end - doc->tokens[subject - 1].at.start <= 4 &&
            subject - 1 > start)
            subject--;
        /* "Según el portavoz ...", "По словам ..." */
        bool leads = i <= start + 2 && name_after(f, i, open, &source);
        if (leads || name_before(f, subject, start, &source) || name_after(f, i, open, &source)) {
            add(f, quote, doc->tokens[i - 1].at, source, "foreign.quote.after");
            return true;
        }
    }
    return false;
}

/* `"...", sagte Name. "..."`: a quotation that begins the rest of the sentence goes on. */
static bool goes_on(struct foreign *f, struct span quote, size_t open)
{
    const struct lang_doc *doc = f->doc;
    if (!doc->n_attributions)
        return false;
    const struct attribution *last = &doc->attributions[doc->n_attributions - 1];
    size_t source = lang_token_at(doc, last->source.v[0].start);
    if (doc->tokens[source].at.start > quote.start ||
        last->content.v[0].end > last->cue.v[0].start || open - source > FAR * 2 ||
        doc->tokens[source].sentence != doc->tokens[open].sentence)
        return false;
    add(f, quote, last->cue.v[0], last->source.v[0], "foreign.quote.goes-on");
    return true;
}

void lang_attribute_foreign(struct lang_doc *doc, struct str language)
{
    struct foreign f = {doc, language, lexicon_open(WORDS_FOREIGN_VERBS),
                        lexicon_open(WORDS_FOREIGN_LINKS), 0};
    uint32_t done = 0;
    for (size_t i = 0; i < doc->n_quotes; i++) {
        struct span at = doc->quotes[i].at;
        if (at.start < done)
            continue; /* stands in the one before */
        done = at.end;
        size_t open = lang_token_at(doc, at.start), behind = lang_token_at(doc, at.end);
        if (open >= doc->n_tokens || behind == 0)
            continue;
        /* Before a word in quotation marks there must be speech to be told of: a colon, a verb. */
        bool short_one = doc->quotes[i].scare && behind - open < 6;
        if (!(behind < doc->n_tokens && verb_behind(&f, at, behind)) && !short_one &&
            !verb_before(&f, at, open))
            goes_on(&f, at, open);
    }
}

/* Sentences and paragraphs.
 *
 * A paragraph ends at a blank line, and at a single line break unless the line was plainly wrapped
 * (a lower-case word goes on). A sentence ends at . ! ? and what closes behind it, unless the stop
 * belongs to an abbreviation that does not end it, or a lower-case word follows (“Why?” he said).
 * Nobody writes a sentence of MOST_TOKENS: such a run of words is cut there, so that the work on a
 * sentence, which may grow with its square, is bounded. */
#include <pthread.h>

#include "assets/wordlist.h"
#include "lang/parts.h"
#include "lang/text/chars.h"

enum { MOST_TOKENS = 400 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct wordset abbreviations, starters;

static void load(void)
{
    abbreviations = wordset_load("lang/text/words/abbreviations.txt");
    starters = wordset_load("lang/text/words/sentence-starters.txt");
}

/* Is there a paragraph's end between these bytes, which hold only blanks? */
static bool breaks_paragraph(const struct lang_doc *doc, size_t left, size_t right)
{
    int breaks = 0;
    for (size_t at = left; at < right;) {
        struct character c = char_at(doc->text, at);
        breaks += c.kind == CHAR_NEWLINE && c.c != '\r';
        at += c.n;
    }
    if (breaks != 1)
        return breaks > 1;
    struct character before = char_before(doc->text, left), after = char_at(doc->text, right);
    bool wrapped = (before.kind == CHAR_WORD || before.c == ',') && char_is_lower(after.c);
    return !wrapped;
}

static bool closes(const struct lang_doc *doc, size_t token)
{
    struct str t = lang_token_text(doc, token);
    struct character c = char_at(doc->text, doc->tokens[token].at.start);
    if (c.kind == CHAR_APOSTROPHE && !doc->tokens[token].word)
        return true;
    if (c.c == ')' || c.c == ']' || c.c == 0x201D || c.c == 0x2019 || c.c == 0xBB)
        return true;
    if (c.c != '"' && !str_eq(t, S("''")))
        return false;
    /* A straight mark closes when it touches what stands before it, or nothing on either side. */
    if (token > 0 && doc->tokens[token - 1].at.end == doc->tokens[token].at.start)
        return true;
    return token + 1 < doc->n_tokens && doc->tokens[token + 1].at.start > doc->tokens[token].at.end;
}

static bool is_stop(struct str t)
{
    if (t.n == 1)
        return t.p[0] == '.' || t.p[0] == '!' || t.p[0] == '?';
    return t.n > 1 && t.p[t.n - 1] == '.';
}

/* Can a sentence begin with this token? */
static bool may_begin(const struct lang_doc *doc, size_t token)
{
    struct character c = char_at(doc->text, doc->tokens[token].at.start);
    if (c.kind == CHAR_WORD)
        return !char_is_lower(c.c);
    return c.kind == CHAR_QUOTE || c.kind == CHAR_APOSTROPHE || c.c == '(' || c.c == '[' ||
           c.c == '$' || c.c == '#' || c.c == '@' || c.c == 0x2022;
}

/* Does the abbreviation end its sentence, given what follows? */
static bool abbreviation_ends(const struct lang_doc *doc, size_t token, size_t next)
{
    struct str t = lang_token_text(doc, token);
    const struct wordset_entry *known = wordset_find(&abbreviations, str_slice(t, 0, t.n - 1));
    if (known && known->value.n)
        return false;
    if (t.n == 2) /* an initial */
        return false;
    return wordset_find(&starters, lang_token_text(doc, next)) != NULL ||
           char_at(doc->text, doc->tokens[next].at.start).kind == CHAR_QUOTE;
}

/* "The bank's No. 2 official". */
static bool is_numero(const struct lang_doc *doc, size_t token, size_t next)
{
    char first = doc->text.p[doc->tokens[next].at.start];
    return token && next == token + 1 && first >= '0' && first <= '9' &&
           str_eq(lang_token_text(doc, token - 1), S("No"));
}

/* The first token behind the sentence if one ends at the stop `token`, else 0. */
static size_t sentence_end(const struct lang_doc *doc, size_t token)
{
    struct str t = lang_token_text(doc, token);
    if (!is_stop(t))
        return 0;
    size_t next = token + 1;
    while (next < doc->n_tokens && next < token + 4 &&
           (closes(doc, next) || (!doc->tokens[next].word && is_stop(lang_token_text(doc, next)))))
        next++;
    if (next >= doc->n_tokens || !may_begin(doc, next))
        return 0;
    if (is_numero(doc, token, next))
        return 0;
    if (doc->tokens[token].word && !abbreviation_ends(doc, token, next))
        return 0;
    return next;
}

static void add(struct lang_doc *doc, size_t *cap, size_t first, size_t end, uint32_t paragraph)
{
    if (first == end)
        return;
    doc->sentences =
        arena_grow(doc->arena, doc->sentences, doc->n_sentences, cap, sizeof *doc->sentences);
    for (size_t i = first; i < end; i++)
        doc->tokens[i].sentence = (uint32_t)doc->n_sentences;
    doc->sentences[doc->n_sentences++] =
        (struct sentence){(uint32_t)first, (uint32_t)end, paragraph};
}

void lang_split_sentences(struct lang_doc *doc)
{
    pthread_once(&once, load);
    size_t cap = 0, first = 0, end = 0;
    uint32_t paragraph = 0;
    doc->sentences = NULL;
    doc->n_sentences = 0;
    for (size_t i = 0; i < doc->n_tokens; i++) {
        bool last = i + 1 == doc->n_tokens;
        if (!end || end <= i)
            end = sentence_end(doc, i);
        bool paragraph_ends =
            !last && breaks_paragraph(doc, doc->tokens[i].at.end, doc->tokens[i + 1].at.start);
        if (!last && !paragraph_ends && end != i + 1 && i + 1 - first < MOST_TOKENS)
            continue;
        add(doc, &cap, first, i + 1, paragraph);
        first = i + 1;
        end = 0;
        paragraph += paragraph_ends;
    }
}

/* Attributions as the comparison wants them: every quotation by itself.
 *
 * An attribution holds all that one cue attributes: "“We shall go,” he said. “The road is open.”"
 * is one act of saying with two contents. Another outlet prints one of the two, so comparing
 * wordings needs each as a statement of its own, with the same speaker and source; only the first
 * keeps the cue. What a cue merely interrupts ("The road, he said, is open") stays together. What
 * an article's author says in the first person is left out: nobody reports it. */
#include <stdlib.h>

#include "lang/parts.h"
#include "lang/text/chars.h"

enum { FEWEST_WORDS = 3 };

static bool begins_quoted(struct str text, struct span at)
{
    return char_at(text, at.start).kind == CHAR_QUOTE;
}

static bool ends_quoted(struct str text, struct span at)
{
    return char_before(text, at.end).kind == CHAR_QUOTE;
}

static size_t words_in(const struct lang_doc *doc, struct span at)
{
    size_t n = 0;
    for (size_t t = lang_token_at(doc, at.start);
         t < doc->n_tokens && doc->tokens[t].at.start < at.end; t++)
        n += doc->tokens[t].word;
    return n;
}

static uint32_t sentence_at(const struct lang_doc *doc, uint32_t at)
{
    return doc->tokens[lang_token_at(doc, at)].sentence;
}

/* Is what stands at `at` a saying of its own beside what stands before it? "“Well,” he said,
 * “that is all”" is one: a word or two say nothing alone. */
static bool parts_from(const struct lang_doc *doc, struct span before, struct span at)
{
    if (sentence_at(doc, before.end - 1) != sentence_at(doc, at.start))
        return true;
    return begins_quoted(doc->text, at) && ends_quoted(doc->text, before) &&
           words_in(doc, before) >= FEWEST_WORDS;
}

/* Adds the statement `from`, parted, behind `to`; returns how many it became. */
static size_t part(const struct lang_doc *doc, const struct lang_statement *from,
                   struct lang_statement *to)
{
    struct spans c = from->content;
    size_t n = 0, first = 0;
    for (size_t i = 1; i <= c.n; i++) {
        if (i < c.n && !parts_from(doc, c.v[i - 1], c.v[i]))
            continue;
        to[n] = *from;
        to[n].content = (struct spans){c.v + first, i - first};
        to[n].cue = n ? (struct spans){0} : from->cue;
        to[n].kind = lang_kind_of(doc, to[n].content, from->cue);
        n++;
        first = i;
    }
    if (!n)
        to[n++] = *from;
    return n;
}

/* "We doubt it": outside quotation marks, with nobody whose words they are, it is the article's
 * author who speaks, not somebody reported. */
static bool is_author(const struct lang_doc *doc, const struct lang_statement *s)
{
    if (s->speaker != NO_ACTOR || s->source.n != 1)
        return false;
    struct str source = lang_span_text(doc, s->source.v[0]);
    bool first = str_eq(source, S("I")) || str_eq_case(source, S("we"));
    return first && !doc->tokens[lang_token_at(doc, s->source.v[0].start)].in_quote;
}

static int by_content(const void *a, const void *b)
{
    const struct lang_statement *x = a, *y = b;
    uint32_t s = x->content.n ? x->content.v[0].start : 0,
             t = y->content.n ? y->content.v[0].start : 0;
    return s < t ? -1 : s > t;
}

void lang_part_statements(struct arena *a, struct lang_reading *reading)
{
    size_t most = 0;
    for (size_t i = 0; i < reading->n_statements; i++)
        most += reading->statements[i].content.n ? reading->statements[i].content.n : 1;
    struct arena work = {0};
    struct lang_doc doc = lang_words_of(&work, reading);
    struct lang_statement *v = arena_array(a, most, sizeof *v);
    size_t n = 0;
    for (size_t i = 0; i < reading->n_statements; i++)
        if (!is_author(&doc, &reading->statements[i]))
            n += part(&doc, &reading->statements[i], v + n);
    if (n)
        qsort(v, n, sizeof *v, by_content);
    reading->statements = v;
    reading->n_statements = n;
    arena_finish(&work);
}

/* Any bytes as an article: words, sentences, quotations and attributions must come out in order
 * and within the text. */
#include <stdlib.h>

#include "base/utf8.h"
#include "lang/parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_spans(const struct lang_doc *doc, struct spans spans)
{
    for (size_t i = 0; i < spans.n; i++)
        require(spans.v[i].start < spans.v[i].end && spans.v[i].end <= doc->text.n);
}

static void check(const struct lang_doc *doc)
{
    for (size_t i = 0; i < doc->n_tokens; i++) {
        struct span at = doc->tokens[i].at;
        require(at.start < at.end && at.end <= doc->text.n &&
                (i == 0 || doc->tokens[i - 1].at.end <= at.start));
        require(doc->tokens[i].sentence < doc->n_sentences);
    }
    for (size_t i = 0; i < doc->n_sentences; i++)
        require(doc->sentences[i].first == (i ? doc->sentences[i - 1].end : 0) &&
                doc->sentences[i].end > doc->sentences[i].first);
    for (size_t i = 0; i < doc->n_quotes; i++)
        require(doc->quotes[i].at.start < doc->quotes[i].at.end &&
                doc->quotes[i].at.end <= doc->text.n);
    for (size_t i = 0; i < doc->n_attributions; i++) {
        const struct attribution *a = &doc->attributions[i];
        check_spans(doc, a->source);
        check_spans(doc, a->cue);
        check_spans(doc, a->content);
        require(a->content.n > 0 && a->confidence >= 0 && a->confidence <= 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = {0};
    struct lang_doc doc = {.arena = &a,
                           .text = utf8_repair(&a, (struct str){(const char *)data, n})};
    lang_tokenise(&doc);
    lang_split_sentences(&doc);
    lang_find_quotes(&doc);
    lang_attribute(&doc);
    check(&doc);
    arena_finish(&a);
    return 0;
}

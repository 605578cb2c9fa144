/* Prints the tokens of texts as the reader sees them, for training (server/lang/model/README.md):
 *   tokens FILE... : "# doc PATH", then a line a token: start, end (code points), sentence,
 *   paragraph, inside quotation marks, text. */
#include <stdio.h>

#include "base/file.h"
#include "base/utf8.h"
#include "lang/parts.h"

static void print_tokens(const struct lang_doc *doc)
{
    struct utf8_index x = utf8_index_make(doc->arena, doc->text);
    for (size_t i = 0; i < doc->n_tokens; i++) {
        const struct token *t = &doc->tokens[i];
        printf("%zu\t%zu\t%u\t%u\t%d\t%.*s\n", utf8_offset(&x, t->at.start, OFFSET_CODE_POINTS),
               utf8_offset(&x, t->at.end, OFFSET_CODE_POINTS), t->sentence,
               doc->sentences[t->sentence].paragraph, t->in_quote,
               STR_ARG(lang_token_text(doc, i)));
    }
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        struct arena a = {0};
        struct err err = {0};
        struct lang_doc doc = {.arena = &a};
        if (!file_read(&a, argv[i], 64u << 20, &doc.text, &err)) {
            fprintf(stderr, "tokens: %s: %s\n", argv[i], err.message);
            return 1;
        }
        doc.text = utf8_repair(&a, doc.text);
        lang_tokenise(&doc);
        lang_split_sentences(&doc);
        lang_find_quotes(&doc);
        printf("# doc %s\n", argv[i]);
        print_tokens(&doc);
        arena_finish(&a);
    }
    return 0;
}

/* The list of attributions while lang_attribute makes it: for its own files. */
#ifndef LANG_ATTRIBUTIONS_H
#define LANG_ATTRIBUTIONS_H

#include "lang/parts.h"

struct attribution_list {
    struct lang_doc *doc;
    struct attribution *v;
    size_t n, cap;
};

/* A new attribution without spans. The pointer is good until the next is added. */
struct attribution *attribution_add(struct attribution_list *list, const char *rule,
                                    float confidence);
/* Adds the tokens [first, end) as a span; nothing if there are none. */
void attribution_span(struct lang_doc *doc, struct spans *to, size_t first, size_t end);

/* reader_rules.c: attributions of the quotations whose words no attribution holds yet, by the cue
 * verbs beside them, or by who spoke before. */
void attribute_quotes(struct attribution_list *list);

#endif

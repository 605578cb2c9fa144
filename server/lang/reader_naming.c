/* Where the words of a naming verb end. In "branding them “technical meetings” will have been
 * disappointing" the network tends to run on to the end of the sentence; what is called so ends
 * with the quotation when an auxiliary follows it at once. */
#include "lang/attributions.h"
#include "lang/wordset.h"

#include <pthread.h>

static struct wordset words;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
    words = wordset_load("cues-naming.txt");
}

static bool is(const struct lang_doc *doc, size_t token, struct str what)
{
    const struct wordset_entry *e = NULL;
    if (token < doc->n_tokens)
        e = wordset_find_lower(&words, lang_token_text(doc, token));
    return e && str_eq(e->value, what);
}

void attribution_end_naming(const struct lang_doc *doc, struct attribution *a)
{
    pthread_once(&once, load);
    if (!a->cue.n || a->content.n != 1 ||
        !is(doc, lang_token_at(doc, a->cue.v[0].start), (struct str)STR("verb")))
        return;
    struct span *content = &a->content.v[0];
    for (size_t i = 0; i < doc->n_quotes; i++) {
        struct span q = doc->quotes[i].at;
        if (q.start < content->start || q.end >= content->end || doc->quotes[i].open)
            continue;
        if (is(doc, lang_token_at(doc, q.end), (struct str)STR("aux"))) {
            content->end = q.end;
            return;
        }
    }
}

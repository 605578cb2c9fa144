/* Where a content ends though the network ran on. In "branding them “technical meetings” will have
 * been disappointing" what is called so ends with the quotation when an auxiliary follows it at once;
 * in "there was nothing to say when asked whether ..." the question is not the speaker's. */
#include "assets/wordlist.h"
#include "lang/attribution/pack.h"

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

static void end_naming(const struct lang_doc *doc, struct attribution *a)
{
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

static void end_before_question(const struct lang_doc *doc, struct span *content)
{
    size_t first = lang_token_at(doc, content->start);
    for (size_t t = first + 1; t + 1 < doc->n_tokens && doc->tokens[t + 1].at.end <= content->end;
         t++)
        if (is(doc, t, (struct str)STR("when")) && is(doc, t + 1, (struct str)STR("asked")) &&
            !doc->tokens[t].in_quote) {
            bool comma = t > first + 1 && str_eq(lang_token_text(doc, t - 1), (struct str)STR(","));
            content->end = doc->tokens[t - 1 - comma].at.end;
            return;
        }
}

void attribution_mend_ends(const struct lang_doc *doc, struct attribution *a)
{
    pthread_once(&once, load);
    end_naming(doc, a);
    for (size_t i = 0; i < a->content.n; i++)
        end_before_question(doc, &a->content.v[i]);
}

bool is_naming(const struct lang_doc *doc, size_t token)
{
    pthread_once(&once, load);
    return is(doc, token, (struct str)STR("verb"));
}

/* Where a content ends though the network ran on, and what is no statement though it looks like
 * one. In "branding them “technical meetings” will have been disappointing" what is called so ends
 * with the quotation when an auxiliary follows it at once; in "there was nothing to say when asked
 * whether ..." the question is not the speaker's. Nobody says anything in "it appeared to be a
 * mistake", nor, by itself, in "citing unnamed diplomats" or "who asked not to be named". */
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

/* "citing unnamed diplomats", "citing a person familiar with the plan": the content's head, before
 * any word that goes on with it, bears words but is none. */
static bool is_bearer(const struct lang_doc *doc, size_t cue, struct span content)
{
    enum { LONGEST = 4 };
    size_t first = lang_token_at(doc, content.start);
    if (!is(doc, cue, (struct str)STR("citing")))
        return false;
    for (size_t t = first; t < doc->n_tokens && t < first + LONGEST; t++) {
        if (!doc->tokens[t].word || doc->tokens[t].in_quote || doc->tokens[t].at.end > content.end)
            return false;
        if (is(doc, t, (struct str)STR("bearer")))
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
    return is(doc, first + WORDS, (struct str)STR("given away"));
}

bool attribution_is_none(const struct lang_doc *doc, const struct attribution *a)
{
    pthread_once(&once, load);
    if (!a->cue.n)
        return false;
    size_t cue = lang_token_at(doc, a->cue.v[0].start);
    bool begins = cue == 0 || !doc->tokens[cue - 1].word ||
                  doc->tokens[cue].sentence != doc->tokens[cue - 1].sentence;
    if (!a->source.n && begins && is(doc, cue, (struct str)STR("asked")))
        return true; /* "Asked whether he would go, Quinn replied" */
    return is(doc, cue, (struct str)STR("raising")) || is_bearer(doc, cue, a->content.v[0]) ||
           asks_for_no_name(doc, a->content.v[0]);
}

bool is_naming(const struct lang_doc *doc, size_t token)
{
    pthread_once(&once, load);
    return is(doc, token, (struct str)STR("verb"));
}

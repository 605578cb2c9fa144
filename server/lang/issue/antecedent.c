/* Which thing is meant by a noun phrase that tells little by itself: see parts.h.
 *
 * What restricts the noun from behind tells it from its like ("the bill that would close the
 * harbour", "legislation to reform the courts"). "The bill" alone is the one that the article
 * spoke of last by more than its noun. */
#include "lang/issue/parts.h"

#include "lang/lean/terms.h"
#include "lang/names/gazetteer.h"

enum { BEHIND = 9, BEFORE = 6, FARTHEST = 1200, MOST_TRIED = 6 };

static struct str word_at(const struct lang_doc *doc, size_t t)
{
    return t < doc->n_tokens ? lang_token_text(doc, t) : (struct str){0};
}

static bool is_indefinite(const struct lang_doc *doc, const struct issue_target *x)
{
    static const char *const words[] = {"the",  "this", "that", "these", "those", "such",
                                        "both", "its",  "his",  "her",   "their", NULL};
    return x->noun <= x->first || !str_one_of(word_at(doc, x->noun - 1), words);
}

uint32_t issue_restricted_end(const struct lang_doc *doc, const struct issue_target *x)
{
    static const char *const openers[] = {"that", "which", NULL};
    uint32_t t = x->noun_end, end = doc->sentences[doc->tokens[x->noun].sentence].end;
    if (t < end && word_at(doc, t).n && word_at(doc, t).p[0] >= '0' && word_at(doc, t).p[0] <= '9')
        t++; /* "passed legislation 99-1 to ..." */
    struct str word = t < end ? word_at(doc, t) : (struct str){0};
    bool verb = t + 1 < end && !doc->tokens[t + 1].capital &&
                !lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), word_at(doc, t + 1));
    bool opens = str_one_of(word, openers) || (str_ends(word, S("ing")) && word.n > 5) ||
                 (str_eq(word, S("to")) && verb && is_indefinite(doc, x));
    if (!opens || x->head == NO_TOKEN)
        return x->noun_end;
    uint32_t most = end < t + BEHIND ? end : t + BEHIND;
    while (t < most && doc->tokens[t].word)
        t++;
    return t;
}

static bool counts_as(struct str word, struct str key)
{
    char folded[128];
    const struct lexicon_entry *kin = lexicon_find(lexicon_open(WORDS_ISSUE_KIN), word);
    if (kin)
        return str_eq(kin->class, key);
    return word.n < 64 && str_eq(lang_term_stem(word, folded, sizeof folded), key);
}

/* The noun phrase whose head is token t. */
bool issue_phrase_headed(const struct issue_scene *s, uint32_t t, struct issue_target *out)
{
    struct issue_scene there = *s;
    there.from = s->doc->sentences[s->doc->tokens[t].sentence].first;
    there.to = s->doc->sentences[s->doc->tokens[t].sentence].end;
    uint32_t from = t > there.from + BEFORE ? t - BEFORE : (uint32_t)there.from;
    for (uint32_t i = from; i <= t; i++)
        if (issue_target_at(&there, i, out) && out->head == t && out->verb == NO_TOKEN)
            return true;
    return false;
}

bool issue_antecedent(const struct issue_scene *s, const struct issue_target *x,
                      struct issue_target *out)
{
    const struct lang_doc *doc = s->doc;
    if (x->head == NO_TOKEN || is_indefinite(doc, x))
        return false;
    struct str key = issue_key(s->arena, word_at(doc, x->head));
    unsigned tried = 0;
    for (uint32_t t = x->noun, n = 0; t-- > 0 && n < FARTHEST && tried < MOST_TRIED; n++) {
        struct str word = word_at(doc, t);
        if (!doc->tokens[t].word || !counts_as(word, key))
            continue;
        tried++;
        if (issue_phrase_headed(s, t, out) && issue_is_told(doc, out))
            return true;
    }
    return false;
}

bool issue_thing_at(const struct issue_scene *s, uint32_t t, struct issue_taking *out)
{
    struct issue_side side = {.sort = ISSUE_PROPOSAL};
    uint32_t end = s->doc->sentences[s->doc->tokens[t].sentence].end;
    for (uint32_t i = t; i < end && i < t + BEFORE; i++)
        if (issue_phrase_headed(s, i, &side.target) && side.target.noun <= t) {
            *out = issue_taking_of(s->arena, s->doc, s->reading, side);
            return true;
        }
    return false;
}

/* The matter of decision nearest to token `to` in [from, to); false where there is none, or
 * two that count as unlike things. */
static bool one_matter(const struct issue_scene *s, uint32_t from, uint32_t to,
                       struct issue_target *out)
{
    bool any = false;
    struct issue_target x;
    for (uint32_t t = to; t-- > from;) {
        const struct lexicon_entry *kin =
            lexicon_find(lexicon_open(WORDS_ISSUE_KIN), word_at(s->doc, t));
        if (!kin || (any && t >= out->first && t < out->noun_end) ||
            !issue_phrase_headed(s, t, &x) || !issue_is_policy(s, &x))
            continue;
        if (any && !str_eq(x.key, out->key))
            return false;
        if (!any || (!issue_is_told(s->doc, out) && issue_is_told(s->doc, &x)))
            *out = x;
        any = true;
    }
    return any;
}

/* Is a state or body named between what may be taken up and the pronoun, which then may be meant?
 */
static bool names_body_between(const struct issue_scene *s, uint32_t from, uint32_t to)
{
    for (uint32_t t = from; t < to; t++) {
        int32_t who = issue_actor_at(s, t);
        if (who != NO_ACTOR && (s->reading->actors[who].kind == ACTOR_COUNTRY ||
                                s->reading->actors[who].kind == ACTOR_ORGANISATION))
            return true;
    }
    return false;
}

bool issue_taken_up(const struct issue_scene *s, uint32_t t, struct issue_target *out)
{
    uint32_t number = s->doc->tokens[t].sentence, first = s->doc->sentences[number].first;
    bool met = one_matter(s, first, t, out) ||
               (number && one_matter(s, s->doc->sentences[number - 1].first, first, out));
    out->taken_up = met;
    return met && !names_body_between(s, out->noun_end, t);
}

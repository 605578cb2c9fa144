/* Which thing is meant by a noun phrase that tells little by itself: see parts.h.
 *
 * What restricts the noun from behind tells it from its like ("the bill that would close the
 * harbour", "legislation to reform the courts"). "The bill" alone is the one that the article
 * spoke of last by more than its noun. */
#include "lang/issue/parts.h"

#include "lang/lean/terms.h"
#include "lang/names/gazetteer.h"

enum { BEHIND = 9, BEFORE = 6, FARTHEST = 1200, MOST_TRIED = 6, MOST_HEADING = 12 };

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

/* A heading parts a newsletter's items: a line by itself without the mark that ends a sentence. */
static bool is_heading(const struct lang_doc *doc, uint32_t number)
{
    const struct sentence *s = &doc->sentences[number];
    bool alone = (!number || s[-1].paragraph != s->paragraph) && number + 1 < doc->n_sentences &&
                 s[1].paragraph != s->paragraph;
    return number && alone && s->end > s->first && s->end - s->first <= MOST_HEADING &&
           doc->tokens[s->end - 1].word && doc->tokens[s->first].capital;
}

/* The tokens from the heading above token t to the next. */
static struct span item_of(const struct lang_doc *doc, uint32_t t)
{
    uint32_t first = doc->tokens[t].sentence, last = first;
    while (first && !is_heading(doc, first))
        first--;
    while (last + 1 < doc->n_sentences && !is_heading(doc, last + 1))
        last++;
    return (struct span){doc->sentences[first].first, doc->sentences[last].end};
}

/* Does the item say a word that tells which thing `x` is? */
static bool speaks_of(const struct lang_doc *doc, struct span item, const struct issue_target *x)
{
    for (uint32_t i = x->noun, end = issue_restricted_end(doc, x); i < end; i++) {
        if (i == x->head || !doc->tokens[i].word || !issue_tells(word_at(doc, i)))
            continue;
        for (uint32_t t = item.start; t < item.end; t++)
            if (str_eq_case(word_at(doc, t), word_at(doc, i)))
                return true;
    }
    return false;
}

/* "A law" of which its noun phrase tells no more, behind which "the law" is that one. */
static bool begins_another(const struct lang_doc *doc, const struct issue_target *found,
                           const struct issue_target *x)
{
    static const char *const articles[] = {"a", "an", "another", NULL};
    const struct lexicon_entry *kin =
        lexicon_find(lexicon_open(WORDS_ISSUE_KIN), word_at(doc, x->head));
    return kin && str_find_char(kin->more, 'd', 0) != STR_NONE && found->noun &&
           str_one_of(word_at(doc, found->noun - 1), articles) &&
           str_eq_case(word_at(doc, found->head), word_at(doc, x->head));
}

static struct span sentence_of(const struct lang_doc *doc, uint32_t t)
{
    const struct sentence *s = &doc->sentences[doc->tokens[t].sentence];
    return (struct span){s->first, s->end};
}

enum issue_before issue_antecedent(const struct issue_scene *s, const struct issue_target *x,
                                   struct issue_target *out)
{
    const struct lang_doc *doc = s->doc;
    if (x->head == NO_TOKEN || is_indefinite(doc, x))
        return ISSUE_NONE_BEFORE;
    struct str key = issue_key(s->arena, word_at(doc, x->head));
    struct span item = item_of(doc, x->noun), begun = {0, 0};
    unsigned tried = 0;
    for (uint32_t t = x->noun, n = 0; t-- > 0 && n < FARTHEST && tried < MOST_TRIED; n++) {
        if (!doc->tokens[t].word || !counts_as(word_at(doc, t), key))
            continue;
        tried++;
        if (!issue_phrase_headed(s, t, out))
            continue;
        if (issue_is_told(doc, out))
            return (t < item.start && !speaks_of(doc, item, out)) ||
                           (begun.end && !speaks_of(doc, begun, out))
                       ? ISSUE_ANOTHER_BEFORE
                       : ISSUE_ONE_BEFORE;
        if (!begun.end && begins_another(doc, out, x))
            begun = sentence_of(doc, t);
    }
    return ISSUE_NONE_BEFORE;
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

/* "with riders", "that lacks them": what a thing of the kind may have or not. */
static bool has_rider(const struct lang_doc *doc, uint32_t t)
{
    static const char *const with[] = {"with",      "without", "containing", "including",
                                       "excluding", "lacking", "unless",     NULL};
    static const char *const has[] = {"contains", "includes", "lacks", "has",    "had",
                                      "does",     "doesn't",  "did",   "leaves", NULL};
    struct str word = word_at(doc, t), next = word_at(doc, t + 1);
    if (!next.n || doc->tokens[t + 1].capital)
        return false; /* "a deal with Norland" */
    return str_one_of(word, with) ||
           ((str_eq(word, S("that")) || str_eq(word, S("which"))) && str_one_of(next, has));
}

/* Is the attitude about what somebody is not going to do: "would veto", "won't sign"? */
static bool is_refused(const struct lang_doc *doc, const struct attitude *a)
{
    static const char *const words[] = {"will", "would", "wo",     "won't",   "never", "cannot",
                                        "'ll",  "'d",    "refuse", "refuses", NULL};
    uint32_t first = doc->sentences[doc->tokens[a->first].sentence].first;
    for (uint32_t t = a->end, n = 0; t-- > first && n < BEFORE; n++)
        if (str_one_of(word_at(doc, t), words))
            return true;
    return false;
}

/* "such a bill" as one with riders, or of which nothing was told. */
static bool is_such_with(const struct issue_scene *s, const struct issue_target *x)
{
    const struct lang_doc *doc = s->doc;
    uint32_t t = x->noun ? x->noun - 1 : 0;
    bool one = str_eq(word_at(doc, t), S("a")) || str_eq(word_at(doc, t), S("an"));
    t -= one && t;
    if (!str_eq_case(word_at(doc, t), S("such")))
        return false;
    struct str key = issue_key(s->arena, word_at(doc, x->head));
    for (unsigned n = 0; t-- > 0 && n < FARTHEST; n++)
        if (doc->tokens[t].word && counts_as(word_at(doc, t), key))
            return has_rider(doc, t + 1);
    return true;
}

bool issue_is_one_that(const struct issue_scene *s, const struct attitude *a,
                       const struct issue_target *x)
{
    const struct lang_doc *doc = s->doc;
    if (x->noun_end >= doc->n_tokens || !x->noun)
        return false;
    struct str article = word_at(doc, x->noun - 1), link = word_at(doc, x->noun_end);
    bool one = str_eq_case(article, S("a")) || str_eq_case(article, S("an"));
    if (one && ((a->sign < 0 && str_eq(link, S("that"))) || str_eq(link, S("where"))))
        return true;
    if (a->sign > 0 || x->head == NO_TOKEN || !is_refused(doc, a))
        return false;
    one = one || str_eq_case(article, S("any")) || str_eq_case(article, S("no"));
    return is_such_with(s, x) || (one && has_rider(doc, x->head + 1));
}

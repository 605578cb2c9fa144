/* Is an issue what the story is about, or told in passing? It is what a headline, or the leads of
 * two articles, hold. That they hold two words of its title shows no more than that it is near:
 * "Investigating the harbour fire" is not what is told of the harbour and of a fire. What is asked,
 * the act or the noun of the title, has to stand in a sentence there with another word of it, or
 * all that the act is done to. */
#include "lang/issue/parts.h"
#include "lang/lean/terms.h"

enum { MOST_WORDS = 9, LEAD = 700, STEM = 64, LEAST = 2 };

/* The words of a title that tell, by what they count as. */
struct asked {
    struct str v[MOST_WORDS];
    char room[MOST_WORDS][STEM];
    size_t n;
    uint32_t act;  /* as a bit: which of them is what is to be done; 0 where none is */
    uint32_t noun; /* ... and the noun that is asked about */
    bool acts;     /* something is to be done */
};

/* Up to a blank or a hyphen. */
static bool next_part(struct str *rest, struct str *part)
{
    size_t n = 0;
    while (n < rest->n && rest->p[n] != ' ' && rest->p[n] != '-')
        n++;
    *part = str_slice(*rest, 0, n);
    bool any = rest->n > 0;
    *rest = str_slice(*rest, n + (n < rest->n), rest->n);
    return any;
}

/* Where something is to be done, what is told may have it as a noun: "extend", "the extension". */
static struct str counts_as(struct str word, bool kin, char room[STEM])
{
    word = issue_without_owner(word);
    if (word.n < 3 || word.n >= STEM)
        return (struct str){0};
    const struct lexicon_entry *e = kin ? lexicon_find(lexicon_open(WORDS_ISSUE_KIN), word) : NULL;
    return e && e->listed ? e->class : lang_term_stem(word, room, STEM);
}

static bool is_link(struct str word)
{
    static const char *const links[] = {"of", "on",   "over", "against", "for", "into", "to",
                                        "in", "with", "from", "by",      "at",  "as",   NULL};
    return str_one_of(word, links);
}

/* Is something to be done, by whomever: "Closing the harbour", "Reed resigning"? */
static bool is_act(struct str title)
{
    struct str word;
    while (str_split(&title, ' ', &word) && !is_link(word))
        if (str_ends(word, S("ing")))
            return true;
    return false;
}

static void take_apart(struct str title, struct asked *x)
{
    struct str rest = title, word;
    bool linked = false;
    *x = (struct asked){.acts = is_act(title)};
    while (x->n < MOST_WORDS && next_part(&rest, &word)) {
        linked = linked || (x->n && is_link(word));
        if (word.n < 3 || lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), word) ||
            lexicon_find(lexicon_open(WORDS_WEAK_MODIFIERS), word))
            continue;
        x->v[x->n] = counts_as(word, x->acts, x->room[x->n]);
        if (!linked && !x->act && str_ends(word, S("ing")))
            x->act = 1u << x->n;
        else if (!linked)
            x->noun = 1u << x->n;
        x->n++;
    }
}

static uint32_t met_in(const struct lang_doc *doc, const struct sentence *sentence,
                       const struct asked *x)
{
    uint32_t met = 0;
    char room[STEM];
    for (uint32_t t = sentence->first; t < sentence->end; t++) {
        struct str rest = lang_token_text(doc, t), word;
        while (next_part(&rest, &word)) {
            struct str as = counts_as(word, x->acts, room);
            for (size_t k = 0; k < x->n && as.n; k++)
                met |= str_eq(x->v[k], as) ? 1u << k : 0;
        }
    }
    return met;
}

static bool has_two(const struct asked *x, uint32_t met)
{
    return (size_t)__builtin_popcount(met) >= (x->n < LEAST ? x->n : LEAST);
}

/* Do the words that a sentence has ask it? */
static bool asks(const struct asked *x, uint32_t met)
{
    uint32_t done_to = ((1u << x->n) - 1) & ~x->act;
    bool whole = x->act && x->n > LEAST && (met & done_to) == done_to;
    return whole || ((met & (x->act | x->noun)) && has_two(x, met));
}

/* How much of it the article tells in its first sentences, up to byte `end`. */
static enum issue_place place_in(const struct lang_doc *doc, uint32_t end, const struct asked *x)
{
    uint32_t all = 0;
    bool asked = false;
    for (size_t k = 0; k < doc->n_sentences; k++) {
        const struct sentence *s = &doc->sentences[k];
        if (k && doc->tokens[s->first].at.start >= end)
            break;
        uint32_t met = met_in(doc, s, x);
        all |= met;
        asked = asked || asks(x, met);
    }
    return asked ? PLACE_HEAD : has_two(x, all) ? PLACE_NEAR : PLACE_PASSING;
}

enum issue_place issue_place_of(const struct issue_takings *x, struct str title)
{
    struct asked asked;
    size_t near = 0, head = 0, enough = x->n_docs < LEAST ? 1 : LEAST;
    bool headline[PLACE_HEAD + 1] = {false};
    take_apart(title, &asked);
    for (size_t i = 0; i < x->n_docs && asked.n; i++) {
        enum issue_place lead = place_in(&x->docs[i], LEAD, &asked);
        headline[place_in(&x->docs[i], 0, &asked)] = true;
        near += lead != PLACE_PASSING;
        head += lead == PLACE_HEAD;
    }
    if (headline[PLACE_HEAD] || head >= enough)
        return PLACE_HEAD;
    return headline[PLACE_NEAR] || near >= enough ? PLACE_NEAR : PLACE_PASSING;
}

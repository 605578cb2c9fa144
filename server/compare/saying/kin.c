/* Who speaks, and by which way: may two speakers be one, may two channels?
 *
 * Keys of actors are slugs of their names, which the readings of two articles can spell
 * differently. */
#include "compare/parts.h"

enum kinship saying_kinship(const struct saying *a, const struct saying *b)
{
    if (!a->speaker.n || !b->speaker.n)
        return KIN_NONE;
    if (str_eq(a->speaker, b->speaker))
        return KIN_SAME;
    if (str_eq(a->of, b->speaker) || str_eq(b->of, a->speaker))
        return KIN_ACTS_FOR;
    return KIN_NONE;
}

/* The next word of a key that tells persons apart: no initial, no "jr". */
static bool next_name(struct str *rest, struct str *word)
{
    static const struct str endings[] = {STR("jr"), STR("sr"), STR("ii"), STR("iii"), STR("iv")};
    while (str_split(rest, '-', word)) {
        bool ending = word->n < 2;
        for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
            ending = ending || str_eq(*word, endings[i]);
        if (!ending)
            return true;
    }
    return false;
}

static bool has_name(struct str key, struct str name)
{
    struct str word;
    while (next_name(&key, &word))
        if (str_starts(word, name) || str_starts(name, word))
            return true;
    return false;
}

static bool names_within(struct str a, struct str b)
{
    struct str rest = a, word;
    while (next_name(&rest, &word))
        if (!has_name(b, word))
            return false;
    return true;
}

static struct str last_name(struct str key)
{
    struct str last = {0}, word;
    while (next_name(&key, &word))
        last = word;
    return last;
}

/* "doug-collins" and "douglas-a-collins", "cumming" and "elijah-cummings", "jack-lew" and
 * "jacob-lew" may be one person. */
bool keys_may_be_one(struct str a, struct str b)
{
    if (a.p[0] == b.p[0] && str_eq(last_name(a), last_name(b)))
        return true;
    return names_within(a, b) || names_within(b, a);
}

/* Both name a platform of their own: "social media" and "post" are any of them. */
static bool platforms_differ(struct str a, struct str b)
{
    static const struct str vague[] = {STR("social media"), STR("post")};
    for (size_t i = 0; i < sizeof vague / sizeof *vague; i++)
        if (str_eq_case(a, vague[i]) || str_eq_case(b, vague[i]))
            return false;
    bool twitter = (str_eq_case(a, S("x")) && str_eq_case(b, S("twitter"))) ||
                   (str_eq_case(b, S("x")) && str_eq_case(a, S("twitter")));
    return !twitter;
}

bool channels_agree(const struct work *w, struct str a, struct str b)
{
    if (!a.n || !b.n || str_eq_case(a, b))
        return true;
    uint32_t x = map_get(&w->lex.channels, word_fold(a), 0),
             y = map_get(&w->lex.channels, word_fold(b), 0),
             social = map_get(&w->lex.channels, word_fold(S("x")), 0);
    if (!x || !y)
        return true;
    return x == y && !(x == social && platforms_differ(a, b));
}

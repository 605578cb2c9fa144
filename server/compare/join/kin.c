/* Who speaks, and by which way: may two speakers be one, may two channels?
 *
 * Keys of actors are slugs of their names, which the readings of two articles can spell
 * differently. */
#include "compare/join/join.h"

/* The next word of a body's key, without what is as often left out. */
static bool next_body_word(struct str *rest, struct str *word)
{
    static const struct str small[] = {
        STR("the"),   STR("of"),      STR("and"),         STR("for"),    STR("inc"),
        STR("corp"),  STR("co"),      STR("ltd"),         STR("plc"),    STR("llc"),
        STR("group"), STR("company"), STR("corporation"), STR("limited")};
    while (str_split(rest, '-', word)) {
        bool is_small = false;
        for (size_t i = 0; i < sizeof small / sizeof *small; i++)
            is_small = is_small || str_eq(*word, small[i]);
        if (!is_small && word->n)
            return true;
    }
    return false;
}

/* "amd", "advanced-micro-devices". */
static bool are_initials(struct str a, struct str of)
{
    enum { LEAST_LETTERS = 3 };
    struct str word;
    size_t n = 0;
    while (next_body_word(&of, &word))
        if (n >= a.n || a.p[n++] != word.p[0])
            return false;
    return n == a.n && n >= LEAST_LETTERS;
}

/* "advanced-micro-devices", "advanced-micro-devices-inc". */
static bool are_one_body(struct str a, struct str b)
{
    struct str x, y;
    for (;;) {
        bool more_a = next_body_word(&a, &x), more_b = next_body_word(&b, &y);
        if (more_a != more_b || (more_a && !str_eq(x, y)))
            return false;
        if (!more_a)
            return true;
    }
}

/* "a-surrey-police-spokeswoman" speaks for "surrey-police": every word of the body's key is in it.
 */
static bool speaks_for(struct str key, struct str body)
{
    struct str word;
    size_t n = 0;
    if (!str_contains(key, S("spokes")) || str_contains(body, S("spokes")))
        return false;
    while (next_body_word(&body, &word)) {
        struct str rest = key, own;
        bool found = false;
        while (!found && next_body_word(&rest, &own))
            found = str_eq(own, word);
        if (!found)
            return false;
        n++;
    }
    return n > 0;
}

void saying_find_key(struct saying *s)
{
    struct str rest = s->speaker;
    if (!next_body_word(&rest, &s->speaker_word))
        s->speaker_word = (struct str){0};
    s->spokesperson = str_contains(s->speaker, S("spokes"));
}

/* Keys of many speakers differ in the first word already. */
static bool are_one(const struct saying *a, const struct saying *b)
{
    const struct str x = a->speaker_word, y = b->speaker_word;
    return str_eq(a->speaker, b->speaker) ||
           (y.n && a->speaker.p[0] == y.p[0] && are_initials(a->speaker, b->speaker)) ||
           (x.n && b->speaker.p[0] == x.p[0] && are_initials(b->speaker, a->speaker)) ||
           (str_eq(x, y) && are_one_body(a->speaker, b->speaker));
}

/* "The judge in Reed's case" acts for no Reed: a court acts for courts alone. */
static bool acts_for(const struct saying *a, const struct saying *b)
{
    return str_eq(a->of, b->speaker) && (!a->court || b->court);
}

enum kinship saying_kinship(const struct saying *a, const struct saying *b)
{
    if (!a->speaker.n || !b->speaker.n)
        return KIN_NONE;
    if (are_one(a, b))
        return KIN_SAME;
    if (acts_for(a, b) || acts_for(b, a) ||
        (a->spokesperson && speaks_for(a->speaker, b->speaker)) ||
        (b->spokesperson && speaks_for(b->speaker, a->speaker)))
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

bool key_begins_place(struct str word)
{
    static const struct str prepositions[] = {STR("in"),   STR("of"),   STR("at"), STR("from"),
                                              STR("with"), STR("near"), STR("on"), STR("for")};
    for (size_t i = 0; i < sizeof prepositions / sizeof *prepositions; i++)
        if (str_eq(word, prepositions[i]))
            return true;
    return false;
}

/* The word that says what an unnamed one is: of "a senior officer in Leeds" the third. */
struct str key_head(struct str key)
{
    struct str word, head = {0};
    while (str_split(&key, '-', &word) && !(head.n && key_begins_place(word)))
        head = word;
    return head;
}

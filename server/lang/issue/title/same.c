/* Is the same question asked twice? Two titles that share their words but one ("Denying the harbour
 * closure", "The closure of the harbour"), in whatever form, or by words for one thing. What is to
 * be voted on is a question beside the vote. */
#include "lang/issue/parts.h"

#include "lang/lean/terms.h"

enum { MOST_WORDS = 12, STEM = 64, ALIKE = 5 };

struct told {
    struct str v[MOST_WORDS]; /* [0 .. act): what is to be done, of "Closing the harbour" */
    char room[MOST_WORDS][STEM];
    size_t n, act;
    bool votes;
};

/* Small, without an owner's ending and hyphens, in `room`. */
static struct str plain(struct str word, char *room)
{
    static const struct str ends[] = {STR("'s"), STR("\xE2\x80\x99s")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(word, ends[i]))
            word = str_slice(word, 0, word.n - ends[i].n);
    size_t n = 0;
    for (size_t i = 0; i < word.n && n < STEM - 1; i++)
        if (word.p[i] != '-')
            room[n++] = word.p[i];
    return (struct str){room, n};
}

/* What a word of a title counts as; empty where it tells nothing. */
static struct str counts_as(struct str word, char *room)
{
    char whole[STEM];
    struct str w = plain(word, whole);
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_ISSUE_KIN), w);
    if (e && e->listed)
        return e->class;
    return issue_tells(w) ? lang_term_stem(w, room, STEM) : (struct str){0};
}

static void tell(struct str title, struct told *out)
{
    struct str rest = title, word;
    *out = (struct told){0};
    for (bool first = true; out->n < MOST_WORDS && str_split(&rest, ' ', &word); first = false) {
        struct str as = counts_as(word, out->room[out->n]);
        bool act = first && str_ends(word, S("ing"));
        out->votes = out->votes || (!act && str_eq(as, S("vote")));
        if (as.n)
            out->v[out->n++] = as;
        if (act)
            out->act = out->n;
    }
}

/* "Russia", "Russian". */
static bool are_alike(struct str a, struct str b)
{
    return str_eq_case(a, b) || (a.n >= ALIKE && b.n >= ALIKE &&
                                 str_eq_case(str_slice(a, 0, ALIKE), str_slice(b, 0, ALIKE)));
}

/* How many words from the i-th on the other title has, too. */
static size_t shared(const struct told *a, size_t i, const struct told *b)
{
    size_t n = 0;
    for (; i < a->n; i++) {
        bool met = false;
        for (size_t k = 0; k < b->n && !met; k++)
            met = are_alike(a->v[i], b->v[k]);
        n += met;
    }
    return n;
}

/* Is all that the one tells told by the other? What is done to a thing is asked with the thing,
 * unless but a name is left ("Endorsing Reed"). */
static bool is_within(const struct told *a, const struct told *b)
{
    size_t from = a->n - a->act >= 2 ? a->act : 0;
    return a->n > from && (a->n - from >= 2 || b->n <= 2) && shared(a, from, b) == a->n - from;
}

bool issue_asks_same(struct str title, struct str other)
{
    struct told a, b;
    tell(title, &a);
    tell(other, &b);
    if (a.votes != b.votes)
        return false;
    bool act = a.act && b.act && are_alike(a.v[0], b.v[0]);
    size_t objects = act ? shared(&a, a.act, &b) : 0;
    return is_within(&a, &b) || is_within(&b, &a) ||
           (objects >= 2 && (objects + 1 >= a.n - a.act || objects + 1 >= b.n - b.act));
}

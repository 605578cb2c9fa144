/* Is the same question asked twice? Two titles that share their words but one ("Denying the harbour
 * closure", "The closure of the harbour"), in whatever form, or by words for one thing; or that are
 * on one thing once what is to become of it is taken away ("The delay of the hearing", "A further
 * hearing"; words/containers.txt). What is to be voted on is a question beside the vote. */
#include "assets/wordlist.h"
#include "lang/issue/parts.h"

#include "lang/lean/terms.h"
#include "lang/names/gazetteer.h"

#include <pthread.h>

enum { MOST_WORDS = 12, STEM = 64, ALIKE = 5, BEFORE_CONTAINER = 3 };

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

/* ------------------------------------------------------------------------------- the bare thing */

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct wordset containers;

static void load(void)
{
    containers = wordset_load("lang/issue/words/containers.txt");
}

static bool is_article(struct str word)
{
    return str_eq_case(word, S("the")) || str_eq_case(word, S("a")) || str_eq_case(word, S("an"));
}

static bool is_link(struct str word)
{
    static const char *const links[] = {"of",      "for",  "to", "on",   "over", "against",
                                        "with",    "into", "in", "from", "by",   "that",
                                        "between", "at",   "as", NULL};
    return str_one_of(word, links);
}

/* The words of a title, and of them the thing that is asked about. */
struct thing {
    struct str v[MOST_WORDS];
    size_t n, first, head; /* head: its noun, n where it has none */
    bool done;             /* something is to become of it */
    bool stands;           /* one stands by it or not: "confirming", "opposing" */
    bool goes;             /* whether one stays or goes: "Reed resigning" */
};

static bool is_worth(struct str word, const char *value)
{
    const struct wordset_entry *e = wordset_find_lower(&containers, word);
    return e && str_eq(e->value, str_of(value));
}

/* Where "the delay of", "funding for", "a resolution to end" ends, from word i on; i where no such
 * thing stands there. */
static size_t container_end(const struct thing *x, size_t i)
{
    size_t link = i;
    while (link < x->n && link < i + BEFORE_CONTAINER && !is_link(x->v[link]))
        link++;
    if (link == i || link + 1 >= x->n || !is_link(x->v[link]) ||
        !wordset_find_lower(&containers, x->v[link - 1]))
        return i;
    bool name = x->v[link + 1].p[0] >= 'A' && x->v[link + 1].p[0] <= 'Z'; /* "opposition to Reed" */
    return link + 1 + (str_eq(x->v[link], S("to")) && !name);
}

static size_t skip_act(const struct thing *x, size_t i)
{
    if (i + 1 >= x->n || !str_ends(x->v[i], S("ing")))
        return i;
    i++;
    while (i + 1 < x->n && (is_link(x->v[i]) || str_eq(x->v[i], S("up"))))
        i++;
    return i;
}

/* What ends the title and is no part of the thing: "rates [steady]", "the emergency [declaration]".
 */
static void leave_out_end(struct thing *x)
{
    if (x->head <= x->first || x->head + 1 < x->n)
        return;
    const struct wordset_entry *e = wordset_find_lower(&containers, x->v[x->head]);
    uint32_t flags = gaz_word(x->v[x->head]);
    bool before = e && str_eq(e->value, S("before"));
    bool quality = x->done && (flags & WORD_COMMON) && !(flags & (WORD_NOUN | WORD_VERB));
    x->n -= before || quality;
    x->head -= before || quality;
    x->done = x->done || before;
}

/* What goes on or ends at the end of a title: "the strike [going on]", "Reed [stepping down]". */
static void leave_out_course(struct thing *x)
{
    size_t at = x->n;
    while (at > 1 && !str_ends(x->v[at - 1], S("ing")) && x->n - at < 2)
        at--;
    if (at < 2)
        return;
    x->goes = is_worth(x->v[at - 1], "office");
    if (!x->goes && !is_worth(x->v[at - 1], "course"))
        return;
    x->n = at - 1;
    x->done = true;
}

static void find_thing(struct str title, struct thing *x)
{
    struct str word;
    *x = (struct thing){0};
    pthread_once(&once, load);
    while (x->n < MOST_WORDS && str_split(&title, ' ', &word))
        x->v[x->n++] = word;
    leave_out_course(x);
    for (size_t next = 0, i = 0;; i = next) {
        size_t start = i;
        while (i < x->n && is_article(x->v[i]))
            i++;
        x->first = i;
        next = i > start ? i : skip_act(x, i); /* not "the [fishing] company" */
        next = next > i ? next : container_end(x, i);
        if (next == i)
            break;
        for (size_t k = i; k < next; k++)
            x->stands = x->stands || is_worth(x->v[k], "stand");
        x->done = true;
    }
    x->head = x->first;
    while (x->head + 1 < x->n && !is_link(x->v[x->head + 1]))
        x->head++;
    leave_out_end(x);
}

static struct str thing_word(struct str word, char *room, char *whole)
{
    struct str w = plain(word, whole);
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_ISSUE_KIN), w);
    return e && e->listed ? e->class : lang_term_stem(w, room, STEM);
}

static bool same_word(struct str a, struct str b)
{
    char room[2][STEM], whole[2][STEM];
    return a.n < STEM && b.n < STEM &&
           are_alike(thing_word(a, room[0], whole[0]), thing_word(b, room[1], whole[1]));
}

/* Are all words of the one that tell among the other's? */
static bool tells_no_more(const struct thing *a, const struct thing *b)
{
    for (size_t i = a->first; i < a->n; i++) {
        bool met = is_article(a->v[i]) || is_link(a->v[i]);
        for (size_t k = b->first; k < b->n && !met; k++)
            met = same_word(a->v[i], b->v[k]);
        if (!met && (i == a->head || issue_tells(a->v[i])))
            return false;
    }
    return a->first < a->n;
}

/* "Endorsing Reed", "Impeaching Reed" ask different things of one. */
static bool is_name(const struct thing *x)
{
    for (size_t i = x->first; i < x->n; i++)
        if (x->v[i].p[0] < 'A' || x->v[i].p[0] > 'Z')
            return false;
    return true;
}

/* Up to what it is for: "[Ada Reed] as judge". */
static struct thing up_to_head(const struct thing *x)
{
    struct thing out = *x;
    out.n = x->head < x->n ? x->head + 1 : x->n;
    return out;
}

/* "Confirming Reed as judge", "Opposing Reed"; "Reed resigning", "Reed staying". */
static bool are_on_one_person(const struct thing *x, const struct thing *y)
{
    struct thing a = up_to_head(x), b = up_to_head(y);
    if (!((a.stands && b.stands) || (a.goes && b.goes)) || a.first >= a.n || b.first >= b.n ||
        !is_name(&a) || !is_name(&b))
        return false;
    return same_word(a.v[a.n - 1], b.v[b.n - 1]) &&
           (tells_no_more(&a, &b) || tells_no_more(&b, &a));
}

static bool are_on_one_thing(struct str title, struct str other)
{
    struct thing a, b;
    find_thing(title, &a);
    find_thing(other, &b);
    if (are_on_one_person(&a, &b))
        return true;
    if (a.head >= a.n || b.head >= b.n || !(a.done || b.done) || is_name(&a) || is_name(&b) ||
        !same_word(a.v[a.head], b.v[b.head]))
        return false;
    return tells_no_more(&a, &b) || tells_no_more(&b, &a);
}

static bool is_demonym(struct str word)
{
    const struct gaz_form *form = gaz_form_of(word);
    return form && form->kind == FORM_DEMONYM;
}

bool issue_describes_body(struct str title)
{
    struct thing x;
    find_thing(title, &x);
    if (!x.done || x.head >= x.n || x.head + 1 < x.n || x.first == x.head)
        return false;
    struct str head = x.v[x.head];
    bool body = (gaz_word(head) & WORD_NOMINAL_ORG) || str_ends(head, S("maker")) ||
                lexicon_find(lexicon_open(WORDS_BODY_NOUNS), head);
    for (size_t i = x.first; i <= x.head; i++)
        if (x.v[i].p[0] < 'a' && !is_demonym(x.v[i]))
            return false;
    return body && x.first && is_article(x.v[x.first - 1]);
}

bool issue_tells_other_half(struct str title, struct str other)
{
    struct thing a, b;
    find_thing(title, &a);
    find_thing(other, &b);
    if (a.head >= a.n || b.head >= b.n || !same_word(a.v[a.head], b.v[b.head]))
        return false;
    bool before = a.head > a.first && a.head + 1 == a.n && b.head == b.first && b.head + 1 < b.n;
    bool behind = b.head > b.first && b.head + 1 == b.n && a.head == a.first && a.head + 1 < a.n;
    return before || behind;
}

/* Has the title a word of the containers with that value: "The [delay] of the hearing"? */
static bool has(struct str title, const char *value)
{
    struct str word;
    pthread_once(&once, load);
    while (str_split(&title, ' ', &word)) {
        const struct wordset_entry *e = wordset_find_lower(&containers, word);
        if (e && str_starts(e->value, str_of(value)))
            return true;
    }
    return false;
}

static bool is_bare(const struct thing *x, const char *key)
{
    char room[STEM], whole[STEM];
    return x->first == x->head && x->head + 1 == x->n && x->v[x->head].n < STEM &&
           str_eq(thing_word(x->v[x->head], room, whole), str_of(key));
}

/* "[the mayor's] veto", "[override] the veto": a veto without what was vetoed. */
static bool is_bare_veto(const struct thing *x)
{
    char room[STEM], whole[STEM];
    if (x->head + 1 != x->n || x->v[x->head].n >= STEM ||
        !str_eq(thing_word(x->v[x->head], room, whole), S("veto")))
        return false;
    for (size_t i = x->first; i < x->head; i++) {
        bool owner = i + 1 == x->head && issue_without_owner(x->v[i]).n < x->v[i].n;
        bool name = x->v[i].p[0] >= 'A' && x->v[i].p[0] <= 'Z';
        bool role = gaz_word(x->v[i]) & (WORD_ROLE | WORD_LEADER);
        if (!owner && !name && !role && !is_article(x->v[i]) && !is_worth(x->v[i], "veto"))
            return false;
    }
    return true;
}

/* Is the one on a vote, and the other on putting it off? Overriding a veto, and what was vetoed? */
static bool are_mirrors(struct str title, struct str other)
{
    struct thing x, y;
    char room[STEM], whole[STEM];
    find_thing(title, &x);
    find_thing(other, &y);
    if (x.head >= x.n || y.head >= y.n || y.v[y.head].n >= STEM)
        return false;
    if (is_bare_veto(&x))
        return str_eq(thing_word(y.v[y.head], room, whole), S("bill"));
    bool off = has(other, "off"), undone = has(title, "veto");
    return (off && x.first <= 1 && is_bare(&x, "vote")) ||
           ((off || undone) && are_on_one_thing(title, other));
}

bool issue_asks_same(struct str title, struct str other)
{
    struct told a, b;
    tell(title, &a);
    tell(other, &b);
    if (are_mirrors(title, other) || are_mirrors(other, title))
        return true;
    if (a.votes != b.votes)
        return false;
    if (are_on_one_thing(title, other))
        return true;
    bool act = a.act && b.act && are_alike(a.v[0], b.v[0]);
    size_t objects = act ? shared(&a, a.act, &b) : 0;
    return is_within(&a, &b) || is_within(&b, &a) ||
           (objects >= 2 && (objects + 1 >= a.n - a.act || objects + 1 >= b.n - b.act));
}

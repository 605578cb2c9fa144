/* Companies and other bodies whose names have no word that says so: "Lufthansa", "Trend Micro".
 *
 * What stands around a name in all its places is weighed: the noun before it ("airline Lufthansa"),
 * letters in brackets behind ("(QRS)", a ticker), "chief executive of X", an apposition, "it" or
 * "he" behind "X said". A single word that speaks and is nobody's surname is a body unless
 * something says otherwise: persons are brought in with two names or a title. */
#include "assets/wordlist.h"
#include "lang/names/names.h"
#include "lang/text/lexicon.h"

#include <pthread.h>
#include <stdlib.h>

static struct wordset suffixes, heads, fronts, tails, before_nation;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
    suffixes = wordset_load("lang/names/words/company-suffixes.txt");
    before_nation = wordset_load("lang/names/words/company-fronts.txt");
    heads = wordset_load("lang/names/words/company-heads.txt");
    tails = wordset_load("lang/names/words/hyphen-tails.txt");
    fronts = wordset_load("lang/names/words/party-fronts.txt");
}

bool names_is_company_suffix(const struct names *w, uint32_t token)
{
    pthread_once(&once, load);
    return wordset_find(&suffixes, names_text(w, token));
}

bool names_is_hyphened(const struct names *w, uint32_t token)
{
    struct str s = names_text(w, token);
    size_t cut = s.n;
    pthread_once(&once, load);
    while (cut && s.p[cut - 1] != '-')
        cut--;
    return cut > 1 && wordset_find(&tails, str_slice(s, cut, s.n));
}

bool names_is_company_front(const struct names *w, uint32_t token)
{
    pthread_once(&once, load);
    return wordset_find(&before_nation, names_text(w, token));
}

bool names_is_party_front(const struct names *w, uint32_t token)
{
    pthread_once(&once, load);
    return wordset_find(&fronts, names_text(w, token));
}

bool names_is_body_noun(const struct names *w, uint32_t token)
{
    return token < w->doc->n_tokens && w->doc->tokens[token].word &&
           lexicon_find(lexicon_open(WORDS_BODY_NOUNS), names_text(w, token));
}

bool names_is_public(const struct names *w, uint32_t token)
{
    const struct lexicon_entry *e =
        lexicon_find(lexicon_open(WORDS_BODY_NAMES), names_text(w, token));
    return e && e->class.p[0] == 's';
}

static bool same_sentence(const struct names *w, uint32_t i, uint32_t j)
{
    return j < w->doc->n_tokens && w->doc->tokens[i].sentence == w->doc->tokens[j].sentence;
}

/* The letters in brackets behind the name, or nothing. */
static struct str letters_behind(const struct names *w, uint32_t end)
{
    if (!names_is(w, end, "(") || end + 2 >= w->doc->n_tokens || !names_is(w, end + 2, ")"))
        return (struct str){0};
    struct str letters = names_text(w, end + 1);
    bool fit = letters.n >= 2 && letters.n <= 6 && names_is_upper(letters);
    return fit ? letters : (struct str){0};
}

bool names_spells(const struct names *w, uint32_t first, uint32_t end)
{
    struct str letters = letters_behind(w, end);
    size_t n = 0;
    for (uint32_t i = first; i < end && n < letters.n; i++)
        n += names_text(w, i).p[0] == letters.p[n];
    return letters.n && n == letters.n;
}

/* Letters in brackets behind the name: its own first letters, or a ticker. */
static int weigh_brackets(const struct names *w, uint32_t first, uint32_t end)
{
    if (!letters_behind(w, end).n)
        return 0;
    return end - first > 1 && names_spells(w, first, end) ? 6 : 3;
}

/* "chief executive of X", "analyst at X", "spokesman for X". */
static int weigh_office(const struct names *w, uint32_t first)
{
    if (first < 2 || !same_sentence(w, first - 2, first))
        return 0;
    bool link = names_is(w, first - 1, "of") || names_is(w, first - 1, "at") ||
                names_is(w, first - 1, "for");
    uint32_t f = w->flags[first - 2];
    return link && f & WORD_ROLE && !(f & WORD_KIN) ? 2 : 0;
}

/* "X, a maker of ...", "X, 45,", "X, who", "X, a lawyer". */
static int weigh_apposition(const struct names *w, uint32_t first, uint32_t end)
{
    enum { WITHIN = 7 };
    if (names_is(w, end, "who"))
        return -4;
    if (!names_is(w, end, ",") || !same_sentence(w, first, end + 1))
        return 0;
    if (names_is(w, end + 1, "who"))
        return -4;
    struct str age = names_text(w, end + 1);
    if (age.n == 2 && age.p[0] >= '1' && age.p[0] <= '9')
        return -4;
    if (!(w->flags[end + 1] & WORD_DET) && !names_is(w, end + 1, "which"))
        return 0;
    for (uint32_t k = end + 1; k < end + WITHIN && same_sentence(w, first, k); k++) {
        if (!w->doc->tokens[k].word || names_is(w, k, "of"))
            return 0;
        if (names_is(w, k, "which") || (names_is_body_noun(w, k) && !names_is_possessive(w, k + 1)))
            return 3;
        if (w->flags[k] & WORD_ROLE)
            return -3;
    }
    return 0;
}

/* "X said it", "X said he": the first such pronoun behind. */
static int weigh_pronoun(const struct names *w, uint32_t first, uint32_t end)
{
    enum { WITHIN = 14 };
    for (uint32_t k = end; k < end + WITHIN && same_sentence(w, first, k); k++) {
        uint32_t f = w->flags[k];
        if (w->owner[k] >= 0 && w->finds[w->owner[k]].type == FIND_PERSON)
            return 0;
        if (f & WORD_PRONOUN && f & (WORD_MALE | WORD_FEMALE))
            return -3;
        if (names_is(w, k, "its"))
            return 1;
        if (names_is(w, k, "it")) /* "it was late" is about nobody */
            return names_is(w, k + 1, "was") || names_is(w, k + 1, "is") ? 0 : 1;
    }
    return 0;
}

/* "X's wife", "X's lawyer". */
static int weigh_kin(const struct names *w, uint32_t end)
{
    return names_is_possessive(w, end) && end + 1 < w->doc->n_tokens && w->flags[end + 1] & WORD_KIN
               ? -4
               : 0;
}

/* "Halden Coal", "Northlight Records": a company by its last word, unless a first name leads. */
static int weigh_head(const struct names *w, uint32_t first, uint32_t end)
{
    bool head = end - first > 1 && wordset_find_lower(&heads, names_text(w, end - 1));
    return !head ? 0 : w->flags[first] & WORD_FIRST ? 1 : 4;
}

/* "the New Oakton Rangers": an article stands before no person's name, but where a noun follows
 * ("the Ann Lee memos"). */
static int weigh_article(const struct names *w, uint32_t first, uint32_t end)
{
    uint32_t next = end < w->doc->n_tokens ? w->flags[end] : 0;
    bool noun = next & WORD_NOUN && !(next & (WORD_SAY | WORD_FUNCTION));
    return end - first > 1 && first && names_is(w, first - 1, "the") && !noun ? 3 : 0;
}

/* "a newspaper, Dagblad Noord,": the noun behind an indefinite article. */
static int weigh_noun_before_comma(const struct names *w, uint32_t first, uint32_t end)
{
    enum { WITHIN = 5 };
    if (first < 3 || !names_is(w, first - 1, ",") || !names_is(w, end, ",") ||
        !same_sentence(w, first - 2, end) || !names_is_body_noun(w, first - 2))
        return 0;
    for (uint32_t k = first - 2; k-- > 0 && first - k <= WITHIN && w->doc->tokens[k].word;)
        if (names_is(w, k, "a") || names_is(w, k, "an") || names_is(w, k, "another"))
            return 4;
    return 0;
}

static int weigh(const struct names *w, uint32_t first, uint32_t end)
{
    int score = names_is_company_suffix(w, end - 1) && end - first > 1 ? 6 : 0;
    if (names_is_titled(w, first) || (first && w->flags[first - 1] & WORD_HONORIFIC))
        score -= 6;
    if (first && same_sentence(w, first - 1, first) && names_is_body_noun(w, first - 1) &&
        !w->doc->tokens[first - 1].capital)
        score += 6;
    else if (first && same_sentence(w, first - 1, first) && names_is_body_noun(w, first - 1) &&
             w->doc->sentences[w->doc->tokens[first].sentence].first + 1 >= first)
        score += 4; /* "Shipbuilder QRS" */
    for (uint32_t i = first; i < end; i++)
        score += names_is(w, i, "&") ? 4 : 0;
    score += weigh_head(w, first, end) + weigh_article(w, first, end) +
             weigh_noun_before_comma(w, first, end);
    if (names_in_place(w, first))
        score -= 4;
    return score + weigh_brackets(w, first, end) + weigh_office(w, first) +
           weigh_apposition(w, first, end) + weigh_pronoun(w, first, end) + weigh_kin(w, end);
}

/* A name in one of its places. */
struct sight {
    uint64_t name; /* hash */
    uint32_t find;
};

static int by_name(const void *x, const void *y)
{
    const struct sight *a = x, *b = y;
    if (a->name != b->name)
        return a->name < b->name ? -1 : 1;
    return a->find < b->find ? -1 : a->find > b->find;
}

/* May the find be a body's after all? A person by honorific or title is one. */
static bool is_open(const struct find *f)
{
    return f->type == FIND_UNKNOWN || (f->type == FIND_PERSON && !f->honorific);
}

/* The sum over all the places of a name; `*acts`: it speaks somewhere. */
static int weigh_all(const struct names *w, const struct sight *s, size_t n, bool *acts)
{
    int score = 0;
    *acts = false;
    for (size_t i = 0; i < n; i++) {
        const struct find *f = &w->finds[s[i].find];
        int one = weigh(w, f->core, f->core_end);
        score += one > 6 ? 6 : one;
        *acts |= names_acts(w, f->core, f->core_end);
    }
    return score;
}

/* What a name must weigh to be a body's. */
static int least(const struct names *w, const struct find *f)
{
    bool first = w->flags[f->core] & WORD_FIRST;
    uint32_t last = w->flags[f->core_end - 1];
    if (f->core_end - f->core == 1)
        return first ? 3 : 2;
    if (!first && last & WORD_NOUN && last & WORD_COMMON && !(last & WORD_FIRST))
        return 1; /* "Halden Coal" */
    return first ? 4 : 3;
}

/* First and last words of the persons named in full, as sorted hashes. */
struct surnames {
    uint64_t *v;
    size_t n;
};

static int by_hash(const void *x, const void *y)
{
    const uint64_t *a = x, *b = y;
    return *a < *b ? -1 : *a > *b;
}

static struct surnames surnames_of(const struct names *w)
{
    struct surnames s = {arena_array(w->doc->arena, 2 * w->n_finds + 1, sizeof *s.v), 0};
    for (size_t i = 0; i < w->n_finds; i++) {
        const struct find *f = &w->finds[i];
        if (f->type != FIND_PERSON || (f->core_end - f->core < 2 && !f->honorific))
            continue;
        s.v[s.n++] = str_hash(names_text(w, f->core));
        s.v[s.n++] = str_hash(names_text(w, f->core_end - 1));
    }
    if (s.n)
        qsort(s.v, s.n, sizeof *s.v, by_hash);
    return s;
}

static bool is_surname(const struct names *w, const struct find *f, const struct surnames *s)
{
    uint64_t hash = str_hash(names_text(w, f->core));
    return f->core_end - f->core == 1 && s->n && bsearch(&hash, s->v, s->n, sizeof *s->v, by_hash);
}

static void judge(struct names *w, const struct sight *s, size_t n, const struct surnames *known)
{
    bool acts;
    const struct find *f = &w->finds[s[0].find];
    int score = weigh_all(w, s, n, &acts);
    uint32_t flags = w->flags[f->core];
    bool single = f->core_end - f->core == 1;
    bool word = single && flags & (WORD_COMMON | WORD_FUNCTION | WORD_PLACE);
    bool sure = score >= least(w, f) && !(word && score < 6);
    bool maybe = single && acts && score >= 0 && !word && !(flags & WORD_FIRST);
    if ((!sure && !maybe) || is_surname(w, f, known))
        return;
    for (size_t i = 0; i < n; i++) {
        struct find *g = &w->finds[s[i].find];
        g->body = true;
        if (!sure)
            continue;
        g->type = FIND_ORG;
        g->head = g->end - 1;
        g->gender = GENDER_UNKNOWN;
    }
}

/* "Marlow said" where "Marlow plc" is named: the first word of one body's name. */
static void find_short_names(struct names *w, const struct surnames *known)
{
    struct surnames first = {arena_array(w->doc->arena, w->n_finds + 1, sizeof *first.v), 0};
    for (size_t i = 0; i < w->n_finds; i++)
        if (w->finds[i].type == FIND_ORG && w->finds[i].end - w->finds[i].first > 1)
            first.v[first.n++] = str_hash(names_text(w, w->finds[i].first));
    if (first.n)
        qsort(first.v, first.n, sizeof *first.v, by_hash);
    for (size_t i = 0; i < w->n_finds; i++) {
        struct find *f = &w->finds[i];
        bool word = w->flags[f->core] & (WORD_COMMON | WORD_PLACE | WORD_FUNCTION | WORD_FIELD);
        if (!is_open(f) || f->core_end - f->core > 1 || word || names_is_titled(w, f->core) ||
            is_surname(w, f, known) || !is_surname(w, f, &first))
            continue;
        f->type = FIND_ORG;
        f->head = f->end - 1;
    }
}

void names_find_bodies(struct names *w)
{
    struct sight *s = arena_array(w->doc->arena, w->n_finds + 1, sizeof *s);
    struct surnames known = surnames_of(w);
    size_t n = 0;
    for (uint32_t i = 0; i < w->n_finds; i++)
        if (is_open(&w->finds[i]))
            s[n++] =
                (struct sight){str_hash(names_join(w, w->finds[i].core, w->finds[i].core_end)), i};
    if (n)
        qsort(s, n, sizeof *s, by_name);
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && s[j].name == s[i].name;)
            j++;
        judge(w, s + i, j - i, &known);
    }
    find_short_names(w, &known);
}

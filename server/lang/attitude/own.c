/* Whether an attitude that a statement's words bear counts as a side of the speaker's: own and
 * certain, rather than another's, undone or open. */
#include "lang/attitude/parts.h"
#include "lang/names/gazetteer.h"

/* A statement and where its words stand. */
struct sayer {
    const struct lang_doc *doc;
    const struct lang_reading *reading;
    const struct lang_statement *st;
};

/* Between a subject and its verb. */
static bool is_aux(struct str word)
{
    static const char *const words[] = {
        "does",  "did",  "do",      "will", "would",   "can",    "could",
        "has",   "have", "also",    "only", "not",     "n't",    "n\xE2\x80\x99t",
        "never", "no",   "neither", "nor",  "without", "hardly", NULL};
    return str_one_of(word, words) || (str_ends(word, S("ly")) && word.n > 4);
}

static int32_t actor_at(const struct sayer *x, size_t token)
{
    return lang_actor_at(x->reading, x->doc->tokens[token].at.start);
}

static bool is_own(const struct sayer *x, size_t t)
{
    const struct lang_reading *r = x->reading;
    int32_t actor = actor_at(x, t);
    if (actor == NO_ACTOR || actor == x->st->speaker)
        return actor != NO_ACTOR;
    return str_eq(r->actors[actor].key, r->actors[x->st->speaker].of) ||
           str_eq(r->actors[actor].of, r->actors[x->st->speaker].key);
}

/* "Reed's plan to": not the speaker's. */
static bool is_owned(const struct sayer *x, const struct attitude *a)
{
    if (a->form != ATTITUDE_NOUN || a->composed || a->first <= 1)
        return false;
    struct str before = lang_token_text(x->doc, a->first - 1);
    if (!str_eq(before, S("'s")) && !str_eq(before, S("\xE2\x80\x99s")))
        return false;
    return !is_own(x, a->first - 2);
}

/* Is somebody else named among the tokens? */
static bool names_another(const struct sayer *x, size_t from, size_t to)
{
    for (size_t t = from; t < to; t++)
        if (actor_at(x, t) != NO_ACTOR && !is_own(x, t))
            return true;
    return false;
}

/* Does a noun of somebody else stand before the verb: "a majority -- 57 % -- favor"? */
static bool is_anothers(const struct sayer *x, const struct attitude *a)
{
    const struct lang_doc *doc = x->doc;
    size_t content = lang_token_at(doc, x->st->content.v[0].start), t = a->first;
    bool verb = a->form == ATTITUDE_VERB || a->form == ATTITUDE_FEELING || a->form == ATTITUDE_WILL;
    if (!verb || t <= content || doc->tokens[t].sentence != doc->tokens[content].sentence)
        return false;
    for (; t > content; t--) {
        struct str word = lang_token_text(doc, t - 1);
        if (!is_aux(word) &&
            !str_one_of(word,
                        (const char *const[]){"been", "being", "is", "are", "was", "were", "be",
                                              "to", "'s", "'re", "'m", "am", "had", "'ve", "'d",
                                              "\"", "\xE2\x80\x9D", "\xE2\x80\x9C", NULL}))
            break;
    }
    if (t == content)
        return false;
    struct str word = lang_token_text(doc, t - 1);
    if (str_one_of(word, (const char *const[]){"he", "she", "they", NULL}) &&
        !doc->tokens[t - 1].in_quote && t > content + 2 && names_another(x, content, t - 1))
        return true; /* "called for Reed to go after she urged ..." */
    if (str_ends(lang_token_text(doc, a->first), S("ing")) &&
        str_one_of(word, (const char *const[]){"of", "by", "for", "from", NULL}))
        return true; /* "accused them of seeking" */
    if (str_starts(word, S("-")) || str_starts(word, S("\xE2\x80\x94")) || str_eq(word, S(")")))
        return true;
    bool function = lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), word) != NULL;
    return doc->tokens[t - 1].word && !function && !is_own(x, t - 1) &&
           !(gaz_word(word) & (WORD_VERB | WORD_PRONOUN));
}

/* "called for Reed to go [after she urged] ...": what is said beside is not wanted, too. */
static bool is_beside(const struct sayer *x, const struct attitude *a)
{
    static const char *const words[] = {"after", "because", "when", "since", "who", "which",
                                        "whom",  "while",   "as",   "now",   NULL};
    for (size_t t = a->end; a->composed && t < a->target; t++)
        if (str_one_of(lang_token_text(x->doc, t), words))
            return true;
    return false;
}

/* "parried critics of the law", "efforts by its opponents": who is against those who are against it
 * need not be for it. */
static bool is_of_people(const struct attitudes *all, const struct attitude *a)
{
    for (size_t i = 0; i < all->n && a->composed; i++)
        if (all->v[i].form == ATTITUDE_PEOPLE && all->v[i].target == a->target)
            return true;
    return false;
}

static bool is_certain(const struct attitude *a)
{
    return !a->of_another && !a->question && !a->hedged && !a->supposed &&
           a->target < a->target_end;
}

/* "withdrew support for", "withheld criticism of": there is none. */
static bool is_undone(const struct sayer *x, const struct attitude *a)
{
    size_t n;
    uint32_t first = x->doc->sentences[x->doc->tokens[a->first].sentence].first;
    for (uint32_t t = a->first, back = 0; a->form == ATTITUDE_NOUN && t-- > first && back < 4;
         back++) {
        const struct lexicon_entry *e =
            lexicon_match(lexicon_open(WORDS_STANCE), x->doc, t, a->first, &n);
        if (e && e->class.p[0] == 'v' && str_starts(e->more, S("-")))
            return true;
    }
    return false;
}

/* "whether he should": nobody says that he should. */
static bool is_open(const struct sayer *x, const struct attitude *a)
{
    uint32_t first = x->doc->sentences[x->doc->tokens[a->first].sentence].first;
    for (uint32_t t = a->first, n = 0; t-- > first && n < 6; n++)
        if (str_eq_case(lang_token_text(x->doc, t), S("whether")))
            return true;
    return false;
}

bool lang_is_speakers(const struct lang_doc *doc, const struct lang_reading *r,
                      const struct lang_statement *st, const struct attitudes *all,
                      const struct attitude *a)
{
    struct sayer x = {doc, r, st};
    return is_certain(a) && !is_owned(&x, a) && !is_open(&x, a) && !is_undone(&x, a) &&
           !is_anothers(&x, a) && !is_beside(&x, a) && !is_of_people(all, a);
}

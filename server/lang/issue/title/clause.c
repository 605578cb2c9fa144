/* A fact in a clause: "Reed bribing inspectors", "the guards fired first"; see parts.h. */
#include "lang/issue/parts.h"
#include "lang/names/gazetteer.h"

enum { LONGEST_CLAUSE = 12 };

static bool is_own(struct str word)
{
    static const char *const words[] = {"his", "her", "its", "their", "my", "our", NULL};
    return str_one_of(word, words);
}

static bool is_self(struct str word)
{
    static const char *const words[] = {"he", "she", "it", "they", "I", "we", NULL};
    return str_one_of(word, words);
}

/* A clause that names whom it is about and says no more than can stand in a title. */
static bool plain_clause(const struct lang_doc *doc, size_t from, size_t to)
{
    if (to < from + 2 || to - from > LONGEST_CLAUSE)
        return false;
    for (size_t i = from; i < to; i++) {
        struct str word = lang_token_text(doc, i);
        bool owns = str_ends(word, S("s")) && word.n < 5; /* 's */
        if ((!doc->tokens[i].word && !owns) || issue_is_pronoun(word) ||
            str_eq_case(word, S("not")) || str_eq(word, S("n't")) || str_eq_case(word, S("no")))
            return false;
    }
    return true;
}

/* Whose doing a clause in -ing is: the speaker's who denies it, of whom he accuses: "the company"
 * before "of bribing"; empty where that cannot be told. */
static struct str who_does(struct arena *a, const struct lang_doc *doc,
                           const struct issue_taking *t, size_t clause)
{
    size_t from = t->side.at_end, to = clause;
    if (t->side.sign < 0)
        return t->name;
    if (to > from && (str_eq(lang_token_text(doc, to - 1), S("of")) ||
                      str_eq(lang_token_text(doc, to - 1), S("for"))))
        to--;
    return to < clause && plain_clause(doc, from, to + 1) ? issue_text_of(a, doc, from, to)
                                                          : (struct str){0};
}

/* "[Reed] colluding with", "Reed's campaign colluded", "the men [of] filing". */
static struct str clause_of(struct arena *a, const struct issue_takings *all,
                            const struct issue_taking *t)
{
    const struct lang_doc *doc = &all->docs[t->article];
    size_t from = t->side.clause, to = t->side.clause_end;
    while (from < to &&
           (str_eq_case(lang_token_text(doc, from), S("that")) || !doc->tokens[from].word))
        from++;
    for (size_t i = from + 1; i + 1 < to; i++) /* "in an effort to", "in order to": what for */
        if (str_eq(lang_token_text(doc, i), S("in")) &&
            (str_eq(lang_token_text(doc, i + 1), S("an")) ||
             str_eq(lang_token_text(doc, i + 1), S("order"))))
            to = i;
    while (to > from && !doc->tokens[to - 1].word)
        to--;
    if (from >= to)
        return (struct str){0};
    struct str first = lang_token_text(doc, from);
    bool others = t->person && (str_eq_case(first, S("they")) ||
                                str_eq_case(first, S("their"))); /* they, their */
    if (others)
        return (struct str){0};
    if ((is_own(first) || is_self(first)) && plain_clause(doc, from + 1, to))
        return arena_fmt(a, "%.*s%s %.*s", STR_ARG(t->name), is_own(first) ? "'s" : "",
                         STR_ARG(issue_text_of(a, doc, from + 1, to)));
    if (!plain_clause(doc, from, to))
        return (struct str){0};
    if (str_ends(first, S("ing"))) {
        struct str who = who_does(a, doc, t, from);
        return who.n ? arena_fmt(a, "%.*s %.*s", STR_ARG(who),
                                 STR_ARG(issue_text_of(a, doc, from, to)))
                     : who;
    }
    for (size_t i = from + 1; i + 1 < to; i++)
        if (str_eq(lang_token_text(doc, i), S("of")) &&
            str_ends(lang_token_text(doc, i + 1), S("ing")))
            return arena_fmt(a, "%.*s %.*s", STR_ARG(issue_text_of(a, doc, from, i)),
                             STR_ARG(issue_text_of(a, doc, i + 1, to)));
    /* without "accused X of": a noun alone says nothing that is so or not */
    static const char *const be[] = {"is", "are", "was", "were", "has", "have", "had", "did", NULL};
    for (size_t i = from + 1; i < to; i++)
        if ((gaz_word(lang_token_text(doc, i)) & WORD_VERB) ||
            str_one_of(lang_token_text(doc, i), be))
            return issue_text_of(a, doc, from, to);
    return (struct str){0};
}

/* The shortest clause that says it; of one by a cue rather than in passing. */
struct str issue_clause_title(struct arena *a, const struct issue_takings *all,
                              const struct issue_taking *const *v, size_t n)
{
    struct str best = {0};
    bool plain = false;
    for (size_t i = 0; i < n; i++) {
        struct str title = clause_of(a, all, v[i]);
        bool cue = !str_eq(str_of(v[i]->side.rule), S("side.says"));
        if (!title.n || (plain && !cue))
            continue;
        if (!best.n || (cue && !plain) || title.n < best.n) {
            best = title;
            plain = cue;
        }
    }
    return best;
}

/* Whom a title names: "Confirming Ms. Reed", "Endorsing Reed" stand without the report that gave
 * the first name before. The full name is the actor's, where one person of the articles bears the
 * last name. An owner without "Ms." stays short: "Reed's peace efforts" is about what he owns. */
#include "lang/issue/parts.h"
#include "lang/names/gazetteer.h"

enum { MOST_WORDS = 24, LEAST_MEANT = 3, PART_OF_OTHERS = 10 };

static bool is_honorific(struct str word)
{
    struct str plain = str_ends(word, S(".")) ? str_slice(word, 0, word.n - 1) : word;
    return issue_is_capital(word) && ((gaz_word(word) | gaz_word(plain)) & WORD_HONORIFIC);
}

static struct str last_word(struct str name)
{
    size_t at = name.n;
    while (at && name.p[at - 1] != ' ')
        at--;
    return at ? str_slice(name, at, name.n) : (struct str){0};
}

/* Whom the articles nearly always mean by the last name alone, or behind "Mrs.", of several who
 * bear it; empty where there is none. */
static struct str meant_by(const struct issue_takings *all, struct str last)
{
    const struct lang_actor *who = NULL;
    size_t uses = 0, others = 0;
    for (size_t i = 0; i < all->n_docs; i++) {
        const struct lang_reading *r = &all->readings[i];
        for (size_t k = 0; k < r->n_mentions; k++) {
            const struct lang_mention *m = &r->mentions[k];
            struct str text = str_slice(r->text, m->at.start, m->at.end), title = {0};
            if (!str_eq(text, last) &&
                !(str_split(&text, ' ', &title) && is_honorific(title) && str_eq(text, last)))
                continue;
            const struct lang_actor *actor = m->actor == NO_ACTOR ? NULL : &r->actors[m->actor];
            who = who ? who : actor;
            bool same = who && actor && str_eq(who->key, actor->key);
            uses += same;
            others += !same;
        }
    }
    bool plain = who && who->kind == ACTOR_PERSON && uses >= LEAST_MEANT &&
                 others * PART_OF_OTHERS <= uses && str_ends(who->name, last);
    return plain ? who->name : (struct str){0};
}

/* The full name of the one person with this last name; empty where there is none, or another whom
 * or which the word names. */
static struct str full_name(const struct issue_takings *all, struct str last)
{
    const struct lang_actor *found = NULL;
    for (size_t i = 0; i < all->n_docs; i++)
        for (size_t k = 0; k < all->readings[i].n_actors; k++) {
            const struct lang_actor *actor = &all->readings[i].actors[k];
            bool bears = actor->kind == ACTOR_PERSON && str_eq(last_word(actor->name), last);
            if (str_eq(actor->name, last) || (bears && found && !str_eq(found->key, actor->key)))
                return meant_by(all, last);
            found = bears ? actor : found;
        }
    return found ? found->name : (struct str){0};
}

/* Is word i but a last name, before a verb or a link, or behind "Ms." before what he owns? */
static bool stands_alone(const struct str *v, size_t n, size_t i)
{
    bool owner = i && is_honorific(v[i - 1]) && issue_without_owner(v[i]).n < v[i].n,
         act = i == 1 && str_ends(v[0], S("ing"));
    if (i && v[i - 1].n > 1 && issue_is_capital(v[i - 1]) && !is_honorific(v[i - 1]) && !act)
        return false;
    bool last = i + 1 == n || lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), v[i + 1]) ||
                str_ends(v[i + 1], S("ing"));
    return owner || (last && issue_without_owner(v[i]).n == v[i].n);
}

struct str issue_full_names(struct arena *a, const struct issue_takings *all, struct str title)
{
    struct str rest = title, word, v[MOST_WORDS], out = {0};
    size_t n = 0;
    while (n < MOST_WORDS && str_split(&rest, ' ', &word))
        v[n++] = word;
    for (size_t i = 0; i < n; i++) {
        struct str plain = issue_without_owner(v[i]);
        bool single = plain.n > 1 && issue_is_capital(plain) && stands_alone(v, n, i);
        struct str name = single ? full_name(all, plain) : (struct str){0};
        bool titled = i + 1 < n && is_honorific(v[i]) && stands_alone(v, n, i + 1) &&
                      full_name(all, issue_without_owner(v[i + 1])).n;
        if (titled)
            continue; /* "Ms." */
        struct str owned = str_slice(v[i], plain.n, v[i].n);
        struct str text = name.n ? arena_fmt(a, "%.*s%.*s", STR_ARG(name), STR_ARG(owned)) : v[i];
        out = out.n ? arena_fmt(a, "%.*s %.*s", STR_ARG(out), STR_ARG(text)) : text;
    }
    return rest.n ? title : out;
}

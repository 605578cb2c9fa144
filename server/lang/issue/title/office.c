/* As what is somebody to be confirmed? "Confirming Ada Reed", "Reed's nomination" say little to
 * somebody who has not read the story: the office is told by the articles ("the harbour judge
 * nominee Ada Reed", "her nomination for harbour judge"), and stands behind the title. */
#include "lang/issue/parts.h"
#include "lang/issue/phrase.h"
#include "lang/names/gazetteer.h"

enum { MOST_WORDS = 16, MOST_OFFICES = 24, BEHIND = 7, BEFORE = 4 };

static bool is_appointing(struct str word)
{
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_ISSUE_KIN), word);
    return (e && str_eq(e->class, S("nomination"))) ||
           str_one_of(word, (const char *const[]){"nominee", "pick", "choice", NULL});
}

static bool says(struct str title, struct str last)
{
    struct str word;
    while (str_split(&title, ' ', &word))
        if (str_eq(issue_without_owner(word), last))
            return true;
    return false;
}

/* The person whose appointing the title asks about; NULL where there is none, or where it tells the
 * office already. */
static const struct lang_actor *appointed(const struct issue_takings *all, struct str title)
{
    struct str rest = title, word;
    bool appointing = false;
    while (str_split(&rest, ' ', &word)) {
        appointing = appointing || is_appointing(word);
        if (str_one_of(word, (const char *const[]){"as", "for", "be", "become", NULL}))
            return NULL;
    }
    for (size_t i = 0; i < all->n_docs && appointing; i++)
        for (size_t k = 0; k < all->readings[i].n_actors; k++) {
            const struct lang_actor *actor = &all->readings[i].actors[k];
            if (actor->kind == ACTOR_PERSON && says(title, str_last_word(actor->name)))
                return actor;
        }
    return NULL;
}

/* "Reed's nomination" with the full name. */
static struct str with_full_name(struct arena *a, struct str title, const struct lang_actor *who)
{
    struct str last = str_last_word(who->name);
    size_t at = str_find(title, last, 0);
    if (at == STR_NONE || str_contains(title, who->name) || at + last.n >= title.n)
        return title;
    size_t word = at > 1 ? at - 1 : 0;
    while (word && title.p[word - 1] != ' ')
        word--;
    bool named = word && title.p[word] >= 'A' && title.p[word] <= 'Z'; /* "Ada Reed" */
    return named ? title
                 : arena_fmt(a, "%.*s%.*s%.*s", (int)at, title.p, STR_ARG(who->name),
                             STR_ARG(str_slice(title, at + last.n, title.n)));
}

/* ------------------------------------------------------------------------------------ offices */

struct offices {
    struct str v[MOST_OFFICES];
    size_t n;
};

static bool is_role(const struct lang_doc *doc, size_t first, size_t last)
{
    bool general = last > first && str_eq_case(lang_token_text(doc, last), S("general"));
    struct str word = lang_token_text(doc, general ? last - 1 : last);
    return gaz_word(word) & (WORD_ROLE | WORD_LEADER) && !str_starts(word, S("nominee"));
}

/* Behind "next", "new". */
static size_t skip_weak(const struct lang_doc *doc, size_t from, size_t to)
{
    while (from < to) {
        struct str word = lang_token_text(doc, from);
        if (!lexicon_find(lexicon_open(WORDS_WEAK_MODIFIERS), word) &&
            !(gaz_word(word) & WORD_DATE))
            break;
        from++;
    }
    return from;
}

static void add(struct offices *o, const struct lang_doc *doc, size_t from, size_t to)
{
    from = skip_weak(doc, from, to);
    if (from < to && o->n < MOST_OFFICES)
        o->v[o->n++] = lang_span_text(
            doc, (struct span){doc->tokens[from].at.start, doc->tokens[to - 1].at.end});
}

/* "for attorney general", "to be the next harbour judge" at token t. */
static void add_behind(const struct issue_scene *s, size_t t, struct offices *o)
{
    struct str word = lang_token_text(s->doc, t);
    struct str next = t + 1 < s->to ? lang_token_text(s->doc, t + 1) : (struct str){0};
    bool be =
        str_eq(word, S("to")) && str_one_of(next, (const char *const[]){"be", "become", NULL});
    if (!be && !str_eq(word, S("as")) && !str_eq(word, S("for")))
        return;
    struct phrase p;
    size_t at = skip_weak(s->doc, issue_skip_determiners(s, t + 1 + be), s->to);
    if (at >= s->to || !issue_phrase_at(s, at, &p))
        return;
    size_t end = p.end;
    if (end < s->to && str_eq_case(lang_token_text(s->doc, end), S("general")))
        end++;
    bool of = end + 1 < s->to && str_eq(lang_token_text(s->doc, end), S("of")) &&
              s->doc->tokens[end + 1].capital;
    if (is_role(s->doc, p.first, p.head))
        add(o, s->doc, p.first, of ? issue_complements_end(s, end) : end);
}

/* "his [attorney general] nominee" before token t. */
static void add_before(const struct issue_scene *s, size_t t, struct offices *o)
{
    size_t from = t;
    while (from > s->from && t - from < BEFORE) {
        struct str word = lang_token_text(s->doc, from - 1);
        if (!s->doc->tokens[from - 1].word || str_contains(word, S("'")) ||
            str_contains(word, S("\xE2\x80\x99")) || issue_is_pronoun(word) ||
            issue_actor_at(s, from - 1) != NO_ACTOR ||
            lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), word))
            break;
        from--;
    }
    if (from < t && is_role(s->doc, from, t - 1))
        add(o, s->doc, from, t);
}

static void find_offices(const struct issue_scene *s, struct str last, struct offices *o)
{
    bool named = false;
    for (size_t t = s->from; t < s->to; t++)
        named = named || str_eq(issue_without_owner(lang_token_text(s->doc, t)), last);
    for (size_t t = s->from; t < s->to && named; t++) {
        struct str word = lang_token_text(s->doc, t);
        bool who = str_eq(word, last);
        if (!who && !is_appointing(word))
            continue;
        for (size_t k = t + 1; k < s->to && k < t + (who ? 2 : BEHIND); k++)
            add_behind(s, k, o);
        if (!who && (gaz_word(word) & WORD_NOUN))
            add_before(s, t, o);
    }
}

/* That which is told oftenest, in the spelling of its first use. */
static struct str commonest(const struct offices *o)
{
    struct str best = {0};
    size_t most = 0;
    for (size_t i = 0; i < o->n; i++) {
        size_t same = 0;
        for (size_t k = 0; k < o->n; k++)
            same += str_eq_case(o->v[i], o->v[k]);
        bool small = o->v[i].p[0] >= 'a';
        if (same > most ||
            (same == most && small && best.n && best.p[0] < 'a' && str_eq_case(best, o->v[i]))) {
            most = same;
            best = o->v[i];
        }
    }
    return best;
}

struct str issue_office_title(struct arena *a, const struct issue_takings *all, struct str title)
{
    const struct lang_actor *who = appointed(all, title);
    struct str last = who ? str_last_word(who->name) : (struct str){0};
    struct offices o = {0};
    if (who)
        title = with_full_name(a, title, who);
    for (size_t i = 0; i < all->n_docs && last.n; i++)
        for (size_t k = 0; k < all->docs[i].n_sentences; k++) {
            struct issue_scene s = {.arena = all->arena,
                                    .doc = &all->docs[i],
                                    .reading = &all->readings[i],
                                    .from = all->docs[i].sentences[k].first,
                                    .to = all->docs[i].sentences[k].end};
            find_offices(&s, last, &o);
        }
    struct str office = commonest(&o);
    return office.n ? arena_fmt(a, "%.*s as %.*s", STR_ARG(title), STR_ARG(office)) : title;
}

/* Actors that only a statement's source names: by a descriptor ("one of the wives") or by a name
 * nobody knew; and whose an unnamed actor is. */
#include "lang/names/names.h"
#include "lang/speaker/speaker.h"

#include <string.h>

enum { LONGEST_DESCRIPTOR = 120 };

/* "Many said": people, though nobody knows who. */
static bool is_some(struct str s)
{
    static const struct str words[] = {STR("many"), STR("some"), STR("several"), STR("most")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq_case(s, words[i]))
            return true;
    return false;
}

bool speaker_is_nobody(struct str s)
{
    if (is_some(s))
        return false;
    uint32_t flags = str_find_char(s, ' ', 0) == STR_NONE ? gaz_word(s) : 0;
    bool verb = flags & WORD_VERB && !(flags & (WORD_ROLE | WORD_UNNAMED | WORD_NOUN));
    return verb || flags & (WORD_PRONOUN | WORD_FUNCTION);
}

/* Where the last space is, or 0. */
static size_t last_space(struct str s)
{
    size_t at = s.n;
    while (at && s.p[at - 1] != ' ')
        at--;
    return at ? at - 1 : 0;
}

/* Bytes of the last word. */
static size_t last_word(struct str s)
{
    size_t space = last_space(s);
    return space ? s.n - space - 1 : s.n;
}

/* "fellow senators like Ann Reed (Ohio", "some of the places the": what is added to the phrase and
 * what has no end is left off, but nothing of the first `keep` bytes. */
static struct str descriptor_of(struct str s, size_t keep)
{
    static const struct str behind[] = {STR(", "),     STR(" ("),        STR(" \xE2\x80"),
                                        STR(" like "), STR(" such as "), STR(" including "),
                                        STR("\"")};
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++) {
        size_t at = str_find(s, behind[i], keep < s.n ? keep : s.n);
        if (at != STR_NONE && at > 0)
            s = str_trim(str_slice(s, 0, at));
    }
    if (str_ends(s, S(",")))
        s = str_trim(str_slice(s, 0, s.n - 1));
    if (str_starts(s, S("that ")))
        s = str_slice(s, 5, s.n);
    if (str_starts(s, S("the ")) || str_starts(s, S("The ")))
        s = str_slice(s, 4, s.n);
    s = names_without_time(s);
    for (size_t space = last_space(s); space; space = last_space(s)) {
        uint32_t flags = gaz_word(str_slice(s, space + 1, s.n));
        if (!(flags & (WORD_FUNCTION | WORD_DET | WORD_DATE)) || flags & (WORD_ROLE | WORD_UNNAMED))
            break;
        s = str_trim(str_slice(s, 0, space));
    }
    return s;
}

int32_t speaker_add(struct lang_doc *doc, struct str name, enum actor_kind kind)
{
    struct str key = names_slug(doc->arena, name);
    for (size_t i = 0; i < doc->n_actors; i++)
        if (str_eq(doc->actors[i].key, key))
            return (int32_t)i;
    doc->actors =
        arena_grow(doc->arena, doc->actors, doc->n_actors, &doc->cap_actors, sizeof *doc->actors);
    struct lang_name *names = arena_array(doc->arena, 1, sizeof *names);
    names[0] = (struct lang_name){name, NAME_FULL};
    doc->actors[doc->n_actors] =
        (struct lang_actor){.key = key, .name = name, .kind = kind, .names = names, .n_names = 1};
    return (int32_t)doc->n_actors++;
}

/* The descriptor with its first word small, unless that is a name. */
static struct str as_descriptor(struct lang_doc *doc, struct str s)
{
    struct str first = s, word, name = arena_str(doc->arena, s);
    str_split(&first, ' ', &word);
    if (names_all_capital(s))
        names_make_small(name);
    else if (gaz_word(word) & (WORD_COMMON | WORD_DET | WORD_FUNCTION) && name.p[0] >= 'A' &&
             name.p[0] <= 'Z' && !(word.n > 1 && word.p[1] >= 'A' && word.p[1] <= 'Z'))
        name = arena_fmt(doc->arena, "%c%.*s", name.p[0] + 32, (int)name.n - 1, name.p + 1);
    return name;
}

/* Does every word begin with a capital, but small ones inside: "Citizenship and Immigration"? */
static bool is_titled(struct str s)
{
    struct str word;
    bool small = true;
    while (str_split(&s, ' ', &word)) {
        small = gaz_word(word) & WORD_FUNCTION || str_eq(word, S("&"));
        if (!small && !names_all_capital(word))
            return false;
    }
    return !small;
}

/* "The Kentucky Republican": one of them, who has no name. */
static bool is_of_people(struct str word)
{
    const struct gaz_form *form = gaz_form_of(word);
    return form && form->kind == FORM_DEMONYM && !str_ends(word, S("s"));
}

/* "The New York Yankees", "The Central Election Commission": behind an article, or where there are
 * several, capitals are those of a name, unless the one word is a noun for people. */
static bool is_proper(struct str source, struct str s)
{
    const uint32_t people = WORD_ROLE | WORD_UNNAMED | WORD_COLLECTIVE | WORD_COUNTRY;
    struct str first = s, word;
    if (!is_titled(s) || is_of_people(str_slice(s, s.n - last_word(s), s.n)))
        return false;
    str_split(&first, ' ', &word);
    if (is_some(word)) /* "Some in the Harbour Office" */
        return false;
    uint32_t flags = gaz_word(word), last = gaz_word(str_slice(s, s.n - last_word(s), s.n));
    bool article = str_starts(source, S("The ")) || str_starts(source, S("the "));
    bool upper = word.n > 1 && word.p[1] >= 'A' && word.p[1] <= 'Z';
    if (word.n == s.n && !article) /* "Florists" may only begin a sentence; "USCIS" does not */
        return upper || (!flags && !str_ends(word, S("s")));
    if (word.n == s.n)
        return !(flags & people);
    return article ? !(last & (WORD_ROLE | WORD_UNNAMED))
                   : !(flags & WORD_COMMON) || last & WORD_ORG;
}

static bool has_letter(struct str s)
{
    for (size_t i = 0; s.n > 1 && i < s.n; i++)
        if ((s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'z')
            return true;
    return s.n > 1 && s.p[0] < 0; /* beyond ASCII */
}

static bool may_be_name(struct str s)
{
    return has_letter(s) && !speaker_is_nobody(s) && s.n <= LONGEST_DESCRIPTOR &&
           str_find_char(s, '\n', 0) == STR_NONE;
}

int32_t speaker_add_people(struct lang_doc *doc, struct str source, size_t keep)
{
    struct str s = descriptor_of(source, keep);
    return may_be_name(s) ? speaker_add(doc, as_descriptor(doc, s), ACTOR_UNNAMED) : NO_ACTOR;
}

int32_t speaker_add_unnamed(struct lang_doc *doc, struct str source, size_t keep)
{
    struct str s = descriptor_of(source, keep);
    if (!may_be_name(s))
        return NO_ACTOR;
    const struct gaz_form *form = gaz_form_of(s);
    if (form && form->entity < 0) /* "Calif." */
        return NO_ACTOR;
    if (is_proper(source, s))
        return speaker_add(doc, arena_str(doc->arena, s), ACTOR_ORGANISATION);
    return speaker_add(doc, as_descriptor(doc, s), ACTOR_UNNAMED);
}

/* The first mention of somebody named between two tokens, or NULL. */
static const struct lang_mention *first_named(const struct lang_doc *doc, uint32_t from,
                                              uint32_t to)
{
    for (uint32_t t = from; t < to; t++) {
        const struct lang_mention *m = phrase_mention(doc, t);
        if (m && m->at.start == doc->tokens[t].at.start &&
            doc->actors[m->actor].kind != ACTOR_UNNAMED)
            return m;
    }
    return NULL;
}

/* Words that say whose somebody is: "officials of X", "a spokesman for X", "a source at X". */
static bool is_link(const struct lang_doc *doc, uint32_t token)
{
    return phrase_is_token(doc, token, "of") || phrase_is_token(doc, token, "for") ||
           phrase_is_token(doc, token, "at") || phrase_is_token(doc, token, "from") ||
           phrase_is_token(doc, token, "with");
}

void speaker_set_of(struct lang_doc *doc, int32_t actor, const struct phrase *p)
{
    struct lang_actor *a = actor == NO_ACTOR ? NULL : &doc->actors[actor];
    if (!a || a->kind != ACTOR_UNNAMED || a->of.n || p->head >= p->end)
        return;
    const struct lang_mention *m = first_named(doc, p->first, p->head);
    if (!m && is_link(doc, p->end)) {
        struct phrase owner = phrase_from(doc, p->end + 1, doc->tokens[p->limit - 1].at.end);
        m = owner.head < owner.end ? phrase_mention(doc, owner.head) : NULL;
    }
    if (m && m->actor != actor && doc->actors[m->actor].kind != ACTOR_UNNAMED)
        a->of = doc->actors[m->actor].key;
}

int32_t lang_add_actor(struct lang_doc *doc, struct str name, enum actor_kind kind)
{
    return speaker_add(doc, name, kind);
}

/* Two who are named together: "Germany and France said"; and one of two: "the former", "the
 * latter". */
#include "lang/speaker/speaker.h"

/* Somebody named by the phrase's head, or NULL. */
static const struct lang_actor *named_by(const struct lang_doc *doc, const struct phrase *p)
{
    const struct lang_mention *m = p->head < p->end ? phrase_mention(doc, p->head) : NULL;
    const struct lang_actor *a = m ? &doc->actors[m->actor] : NULL;
    return a && m->reading == READING_ACTOR && a->kind != ACTOR_UNNAMED ? a : NULL;
}

static bool is_faction(const struct lang_doc *doc, const struct phrase *p)
{
    return speaker_is_faction(doc, p, phrase_mention(doc, p->head));
}

/* Behind "of Georgia" or "(R-Ga.)", what is added to a name of a list; or the token itself. */
static uint32_t behind_origin(const struct lang_doc *doc, uint32_t token, uint32_t limit)
{
    uint32_t t = token + 1;
    if (phrase_is_token(doc, token, "of")) {
        while (t < limit && doc->tokens[t].capital && doc->tokens[t].word)
            t++;
        return t > token + 1 ? t : token;
    }
    while (phrase_is_token(doc, token, "(") && t < limit && !phrase_is_token(doc, t, ")"))
        t++;
    return t < limit && phrase_is_token(doc, t, ")") ? t + 1 : token;
}

int32_t speaker_of_both(struct lang_doc *doc, const struct phrase *p)
{
    uint32_t and = p->end < p->limit ? behind_origin(doc, p->end, p->limit) : p->limit;
    if (and+1 >= p->limit || !phrase_is_token(doc, and, "and"))
        return NO_ACTOR;
    uint32_t end = doc->tokens[p->limit - 1].at.end;
    struct phrase other = phrase_from(doc, and+1, end);
    const struct lang_actor *a = named_by(doc, p), *b = named_by(doc, &other);
    uint32_t last = other.end < other.limit ? behind_origin(doc, other.end, p->limit) : other.end;
    if (!a || !b || a == b || last != other.limit)
        return NO_ACTOR;
    struct str text = str_slice(doc->text, doc->tokens[p->first].at.start, end);
    if (is_faction(doc, p) || is_faction(doc, &other))
        return speaker_add_people(doc, text, text.n); /* "ten Liberals and two Greens" */
    struct str name = arena_fmt(doc->arena, "%.*s and %.*s", STR_ARG(a->name), STR_ARG(b->name));
    int32_t both = speaker_add(doc, name, ACTOR_GROUP);
    struct lang_actor *group = &doc->actors[both];
    if (group->n_names == 1 && !str_eq(text, name)) {
        struct lang_name *names = arena_array(doc->arena, 2, sizeof *names);
        names[0] = group->names[0];
        names[1] = (struct lang_name){arena_str(doc->arena, text), NAME_SHORT};
        group->names = names;
        group->n_names = 2;
    }
    return both;
}

/* The two mentions of named actors around an "and" at the token; false if it parts anything else.
 */
static bool pair_around(const struct lang_doc *doc, uint32_t and, int32_t pair[2])
{
    uint32_t end = doc->tokens[doc->n_tokens - 1].at.end;
    if (!and || and+1 >= doc->n_tokens || !phrase_is_token(doc, and, "and"))
        return false;
    const struct lang_mention *a = phrase_mention(doc, and-1);
    struct phrase p = phrase_from(doc, and+1, end);
    const struct lang_actor *b = named_by(doc, &p);
    if (!a || !b || doc->actors[a->actor].kind == ACTOR_UNNAMED)
        return false;
    pair[0] = a->actor;
    pair[1] = (int32_t)(b - doc->actors);
    return pair[0] != pair[1];
}

bool speaker_of_two(const struct lang_doc *doc, const struct phrase *p, int32_t *who)
{
    enum { REACH = 120 };
    uint32_t word = phrase_is_token(doc, p->first, "the") ? p->first + 1 : p->first;
    bool latter = phrase_is_token(doc, word, "latter");
    int32_t pair[2];
    *who = NO_ACTOR;
    if ((!latter && !phrase_is_token(doc, word, "former")) || word + 1 != p->limit)
        return false;
    for (uint32_t t = p->first; t-- > 0 && p->first - t < REACH;)
        if (pair_around(doc, t, pair)) {
            *who = pair[latter];
            break;
        }
    return true;
}

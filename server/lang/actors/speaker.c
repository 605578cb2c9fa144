/* The speaker of a statement, from the words of its source: the head of the phrase, not whoever
 * is named inside it. "A spokesperson for Keir Starmer" is not Starmer; in "Witkoff and Rubio,
 * who" the nearer one speaks. */
#include "lang/names/names.h"

#include <string.h>

enum { LONGEST_DESCRIPTOR = 120 };

static bool followed_by_possessive(const struct lang_doc *doc, uint32_t end)
{
    struct str rest = str_slice(doc->text, end, end + 4);
    return str_starts(rest, S("'s")) || str_starts(rest, S("\xE2\x80\x99s")) ||
           str_starts(rest, S("' ")) || str_starts(rest, S("\xE2\x80\x99 "));
}

static bool ends_with_relative(struct str s)
{
    return str_ends(s, S(" who")) || str_ends(s, S(" which")) || str_ends(s, S(" that"));
}

/* The last person before ", who" when another stands before with "and". */
static int32_t relative_head(const struct lang_doc *doc, struct span at)
{
    const struct lang_mention *last = NULL, *before = NULL;
    for (size_t i = 0; i < doc->n_mentions; i++) {
        const struct lang_mention *m = &doc->mentions[i];
        if (m->at.start < at.start || m->at.end > at.end || m->reading != READING_ACTOR)
            continue;
        before = last;
        last = m;
    }
    if (!before)
        return NO_ACTOR;
    struct str between = str_trim(str_slice(doc->text, before->at.end, last->at.start));
    return str_eq(between, S("and")) || str_eq(between, S(", and")) ? last->actor : NO_ACTOR;
}

/* A bare "who" or "which" belongs to the mention right before it, a "who" to a person. */
static int32_t relative_antecedent(const struct lang_doc *doc, struct span at)
{
    bool who = str_eq_case(lang_span_text(doc, at), S("who"));
    if (!who && !str_eq_case(lang_span_text(doc, at), S("which")))
        return NO_ACTOR;
    uint32_t sentence = doc->tokens[lang_token_at(doc, at.start)].sentence;
    for (size_t i = doc->n_mentions; i-- > 0;) {
        const struct lang_mention *m = &doc->mentions[i];
        if (m->at.end > at.start)
            continue;
        if (doc->tokens[lang_token_at(doc, m->at.start)].sentence != sentence)
            return NO_ACTOR;
        enum actor_kind kind = doc->actors[m->actor].kind;
        if (!who || kind == ACTOR_PERSON || kind == ACTOR_UNNAMED)
            return m->actor;
    }
    return NO_ACTOR;
}

/* A single word that is nobody: a pronoun, "using". */
static bool is_nobody(struct str s)
{
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

/* "fellow senators like Ann Reed (Ohio", "some of the places the": what is added to the phrase and
 * what has no end is left off. */
static struct str descriptor_of(struct str s)
{
    static const struct str behind[] = {STR(","),      STR(" ("),        STR(" \xE2\x80"),
                                        STR(" like "), STR(" such as "), STR(" including "),
                                        STR("\"")};
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++) {
        size_t at = str_find(s, behind[i], 0);
        if (at != STR_NONE && at > 0)
            s = str_trim(str_slice(s, 0, at));
    }
    if (str_starts(s, S("that ")))
        s = str_slice(s, 5, s.n);
    if (str_starts(s, S("the ")) || str_starts(s, S("The ")))
        s = str_slice(s, 4, s.n);
    for (size_t space = last_space(s); space; space = last_space(s)) {
        uint32_t flags = gaz_word(str_slice(s, space + 1, s.n));
        if (!(flags & (WORD_FUNCTION | WORD_DET)) || flags & (WORD_ROLE | WORD_UNNAMED))
            break;
        s = str_trim(str_slice(s, 0, space));
    }
    return s;
}

static int32_t add_actor(struct lang_doc *doc, struct str name, enum actor_kind kind)
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

/* A source nobody is named in: an actor whose name is the descriptor itself. */
static int32_t add_unnamed(struct lang_doc *doc, struct str s)
{
    s = descriptor_of(s);
    if (s.n < 2 || is_nobody(s) || s.n > LONGEST_DESCRIPTOR ||
        str_find_char(s, '\n', 0) != STR_NONE)
        return NO_ACTOR;
    struct str first = s, word;
    str_split(&first, ' ', &word);
    bool proper = names_all_capital(s) && !(gaz_word(word) & WORD_COMMON);
    struct str name = arena_str(doc->arena, s);
    if (!proper && names_all_capital(s))
        names_make_small(name);
    else if (!proper && gaz_word(word) & (WORD_COMMON | WORD_DET | WORD_FUNCTION) &&
             name.p[0] >= 'A' && name.p[0] <= 'Z')
        name = arena_fmt(doc->arena, "%c%.*s", name.p[0] + 32, (int)name.n - 1, name.p + 1);
    return add_actor(doc, name, proper ? ACTOR_ORGANISATION : ACTOR_UNNAMED);
}

/* In another language than English offices are not known, but the name stands behind them: the
 * last capitalised words of the source, from a first name on if one is known among them ("degli
 * Esteri [Antonio Tajani]"). NO_ACTOR for fewer than two. */
static int32_t foreign_speaker(struct lang_doc *doc, struct span at)
{
    size_t end = lang_token_at(doc, at.end - 1) + 1, first = end, given = end;
    while (first > 0 && doc->tokens[first - 1].at.start >= at.start &&
           doc->tokens[first - 1].word && doc->tokens[first - 1].capital)
        first--;
    for (size_t i = end; i-- > first;)
        if (i + 1 < end && gaz_word(lang_token_text(doc, i)) & WORD_FIRST)
            given = i;
    first = given < end ? given : first;
    if (end < first + 2)
        return NO_ACTOR;
    struct span name = {doc->tokens[first].at.start, doc->tokens[end - 1].at.end};
    for (size_t i = doc->n_mentions; i-- > 0;)
        if (doc->mentions[i].at.start < name.end && name.start < doc->mentions[i].at.end)
            return doc->mentions[i].actor;
    return add_actor(doc, arena_str(doc->arena, lang_span_text(doc, name)), ACTOR_PERSON);
}

/* "The airline's largest investor, Fjord Capital": who is named right behind the comma that follows
 * an unnamed mention, known or not; or NO_ACTOR. */
static int32_t named_behind(struct lang_doc *doc, const struct lang_mention *m, struct span at)
{
    size_t comma = lang_token_at(doc, m->at.end), end = comma + 1;
    if (doc->actors[m->actor].kind != ACTOR_UNNAMED || comma + 1 >= doc->n_tokens ||
        !str_eq(lang_token_text(doc, comma), S(",")))
        return NO_ACTOR;
    while (end < doc->n_tokens && doc->tokens[end].at.end <= at.end && doc->tokens[end].word &&
           doc->tokens[end].capital)
        end++;
    if (end == comma + 1 || gaz_word(lang_token_text(doc, comma + 1)) & WORD_COMMON)
        return NO_ACTOR;
    struct span name = {doc->tokens[comma + 1].at.start, doc->tokens[end - 1].at.end};
    for (size_t i = 0; i < doc->n_mentions; i++)
        if (doc->mentions[i].at.start < name.end && name.start < doc->mentions[i].at.end)
            return doc->mentions[i].actor;
    return add_actor(doc, arena_str(doc->arena, lang_span_text(doc, name)), ACTOR_ORGANISATION);
}

static int32_t head_of(struct lang_doc *doc, struct span at)
{
    int32_t possessor = NO_ACTOR;
    struct str s = lang_span_text(doc, at);
    if (ends_with_relative(s)) {
        int32_t who = relative_head(doc, at);
        if (who != NO_ACTOR)
            return who;
    }
    for (size_t i = 0; i < doc->n_mentions; i++) {
        const struct lang_mention *m = &doc->mentions[i];
        if (m->at.end <= at.start || m->at.start >= at.end)
            continue;
        if (m->at.end < at.end && followed_by_possessive(doc, m->at.end)) {
            possessor = possessor == NO_ACTOR ? m->actor : possessor;
            continue;
        }
        int32_t named = named_behind(doc, m, at);
        return named == NO_ACTOR ? m->actor : named;
    }
    return possessor;
}

int32_t lang_speaker_of(struct lang_doc *doc, const struct attribution *attribution)
{
    if (attribution->source.n && attribution->rule &&
        str_starts(str_of(attribution->rule), S("foreign."))) {
        int32_t who = foreign_speaker(doc, attribution->source.v[0]);
        if (who != NO_ACTOR)
            return who;
    }
    for (size_t i = 0; i < attribution->source.n; i++) {
        int32_t who = relative_antecedent(doc, attribution->source.v[i]);
        if (who == NO_ACTOR)
            who = head_of(doc, attribution->source.v[i]);
        if (who != NO_ACTOR)
            return who;
    }
    if (!attribution->source.n)
        return NO_ACTOR;
    struct str s = str_trim(lang_span_text(doc, attribution->source.v[0]));
    return is_nobody(s) ? NO_ACTOR : add_unnamed(doc, s);
}

/* Phrases that stand for people by office, trade or origin: from the head noun leftwards over
 * modifiers, nationalities and possessors to the determiner. There is no parser behind this: the
 * lists say which words can stand inside such a phrase, and everything else ends it. */
#include "lang/names/names.h"
#include "lang/text/lexicon.h"

enum { LONGEST_NOMINAL = 14 };

struct walk {
    uint32_t first;
    int32_t of, possessor;
    bool definite, determined, has_modifier, gathered, after_nation, title;
};

static bool is_head(const struct names *w, uint32_t i)
{
    uint32_t heads = WORD_ROLE | WORD_UNNAMED | WORD_COLLECTIVE;
    const uint32_t whose = WORD_POSSESSIVE | WORD_PRONOUN;
    if (i > 0 && names_is(w, i - 1, "who")) /* "who heads the panel" */
        return false;
    if (i > 0 && (names_is(w, i - 1, "the") || (w->flags[i - 1] & whose) == whose))
        heads |= WORD_NOMINAL_ORG; /* "the bureau", "his party" */
    return (w->flags[i] & heads) && w->owner[i] < 0 && !(w->flags[i] & (WORD_SAY | WORD_DET));
}

static int32_t nation_of(const struct names *w, const struct find *f)
{
    return f->type == FIND_ENTITY && f->form->entity >= 0 && w ? f->form->entity : -1;
}

/* A find that ends right before token k+1, i.e. covers k: may it stand inside a nominal? */
static bool take_find(struct names *w, struct walk *p, uint32_t k, bool possessive)
{
    struct find *f = &w->finds[w->owner[k]];
    if (f->type == FIND_NOMINAL || f->end != k + 1)
        return false;
    bool person = f->type == FIND_PERSON || f->type == FIND_UNKNOWN;
    if (person && !possessive && (f->honorific || f->core_end - f->core > 1))
        return false;
    int32_t nation = nation_of(w, f);
    if (nation >= 0 && (p->of < 0 || possessive))
        p->of = nation;
    if (nation < 0 && possessive)
        p->possessor = w->owner[k];
    else if (person || f->type == FIND_ORG)
        p->possessor = w->owner[k];
    p->first = f->first;
    p->has_modifier = true;
    p->after_nation = nation >= 0 && !possessive;
    p->definite |= possessive;
    return true;
}

static bool is_modifier(const struct names *w, uint32_t k, bool title)
{
    uint32_t f = w->flags[k];
    if (str_starts(names_text(w, k), S("then-")))
        return true; /* "then-Attorney General" */
    if (title && !w->doc->tokens[k].capital && !(f & (WORD_MODIFIER | WORD_ROLE | WORD_FIELD)))
        return false; /* "call Acting Attorney General" */
    const struct token *t = &w->doc->tokens[k];
    struct str s = names_text(w, k);
    if (!t->word || (f & (WORD_DATE | WORD_PRONOUN | WORD_HONORIFIC)))
        return false;
    if (f & (WORD_MODIFIER | WORD_ROLE | WORD_COLLECTIVE | WORD_FIELD))
        return !(f & WORD_PLURAL) || f & WORD_COLLECTIVE;
    if (f & (WORD_FUNCTION | WORD_SAY))
        return false;
    if (s.p[0] >= '0' && s.p[0] <= '9')
        return s.n < 4;
    bool participle = f & WORD_VERB && (str_ends(s, S("ed")) || str_ends(s, S("ing")));
    if (participle)
        return k > 0 && !names_is(w, k - 1, "that") &&
               (w->flags[k - 1] & (WORD_DET | WORD_POSSESSIVE | WORD_MODIFIER));
    if (f & WORD_COMMON)
        return !(f & (WORD_VERB | WORD_ADVERB)) && !str_ends(s, S("ly"));
    return str_find_char(s, '-', 0) != STR_NONE || (t->capital && w->owner[k] >= 0);
}

/* "American and European officials", "U.S., Ukrainian, and European officials". */
static bool joins_nations(const struct names *w, uint32_t k, const struct walk *p)
{
    if (k == 0 || p->first != k + 1 || !(names_is(w, k, "and") || names_is(w, k, ",")))
        return false;
    uint32_t before = names_is(w, k - 1, ",") && k > 1 ? k - 2 : k - 1;
    int32_t o = w->owner[before], after = w->owner[k + 1];
    bool nation = o >= 0 && w->finds[o].type == FIND_ENTITY && w->finds[o].form->entity >= 0 &&
                  w->finds[o].form->kind != FORM_FULL;
    bool next =
        (after >= 0 && w->finds[after].type == FIND_ENTITY) || (w->flags[k + 1] & WORD_MODIFIER);
    return nation && next;
}

/* "order Pakistani citizens": a noun before a nationality is outside. */
static bool is_plain_noun(const struct names *w, uint32_t k)
{
    return !w->doc->tokens[k].capital && (w->flags[k] & WORD_NOUN) &&
           !(w->flags[k] & (WORD_MODIFIER | WORD_FIELD));
}

/* "Trump fired former Director ...": the verb of a clause, not a part of the phrase. */
static bool is_verb_of(const struct names *w, uint32_t k, const struct walk *p)
{
    const struct find *f = &w->finds[w->owner[k]];
    return (f->type == FIND_PERSON || f->type == FIND_UNKNOWN) && p->first == k + 1 &&
           (w->flags[p->first] & WORD_VERB) && str_ends(names_text(w, p->first), S("ed"));
}

/* "Farmers' leader", "the hunters' spokesman": people of no name to whom somebody belongs. */
static bool is_group_noun(const struct names *w, uint32_t k)
{
    return w->owner[k] < 0 && w->flags[k] & WORD_PLURAL &&
           w->flags[k] & (WORD_ROLE | WORD_UNNAMED | WORD_COLLECTIVE);
}

static void walk_left(struct names *w, struct walk *p, uint32_t start, bool plural)
{
    for (uint32_t k = p->first; k > start && p->first - start < LONGEST_NOMINAL * 4;) {
        k--;
        if (w->owner[k] >= 0) {
            if (is_verb_of(w, k, p)) {
                p->first++;
                return;
            }
            if (!take_find(w, p, k, false))
                return;
            k = p->first;
        } else if (names_is_possessive(w, k) && k > start) {
            if (is_group_noun(w, k - 1)) {
                p->first = --k;
                p->has_modifier = true;
                continue;
            }
            if (w->owner[k - 1] < 0 || !take_find(w, p, k - 1, true))
                return;
            k = p->first;
        } else if (names_is(w, k, "that")) {
            return; /* oftener "said that voters" than "that voter" */
        } else if (w->flags[k] & (WORD_DET | WORD_POSSESSIVE)) {
            p->first = k;
            p->determined = true;
            p->definite = names_is(w, k, "the") || (w->flags[k] & WORD_POSSESSIVE);
            return;
        } else if (is_modifier(w, k, p->title) && !(p->after_nation && is_plain_noun(w, k))) {
            p->first = k;
            p->has_modifier = true;
        } else if (plural && joins_nations(w, k, p)) {
            p->first = names_is(w, k - 1, ",") ? k - 1 : k;
            p->gathered = true;
            k = p->first;
        } else {
            return;
        }
    }
}

/* "A spokesperson for Prime Minister Keir Starmer": what stands behind "for" is his title. */
static bool is_title_of_next(const struct names *w, uint32_t from, uint32_t end, uint32_t limit)
{
    bool role = false;
    for (uint32_t k = from; k < end; k++)
        role |= w->flags[k] & WORD_ROLE && !(w->flags[k] & WORD_PLURAL); /* not "of Detectives" */
    return role && end < limit && w->owner[end] >= 0 && w->finds[w->owner[end]].type == FIND_PERSON;
}

/* "chief of [police ]Amy Grove": behind small nouns that a person's name follows, or `from`. */
static uint32_t field_end(const struct names *w, uint32_t from, uint32_t limit)
{
    uint32_t k = from;
    const struct find *place = k < limit && w->owner[k] >= 0 ? &w->finds[w->owner[k]] : NULL;
    if (place && place->type == FIND_ENTITY && place->first == k) /* "Mayor of London Ann Lee" */
        k = place->end;
    while (k < limit && k < from + 3 && w->owner[k] < 0 && !w->doc->tokens[k].capital &&
           w->flags[k] & (WORD_NOUN | WORD_FIELD | WORD_COLLECTIVE | WORD_MODIFIER) &&
           (w->flags[k] & WORD_COLLECTIVE ||
            !(w->flags[k] & (WORD_ROLE | WORD_KIN | WORD_UNNAMED | WORD_FUNCTION | WORD_DET))))
        k++;
    const struct find *name = k < limit && w->owner[k] >= 0 ? &w->finds[w->owner[k]] : NULL;
    return name && name->first == k && name->type == FIND_PERSON ? k : from;
}

/* "Secretary of State", "chief of staff", "minister for Europe": the end of the title. */
static uint32_t title_end(const struct names *w, uint32_t head, uint32_t limit)
{
    uint32_t k = head + 1;
    if (k + 1 >= limit || !(names_is(w, k, "of") || names_is(w, k, "for")))
        return head + 1;
    if (field_end(w, k + 1, limit) > k + 1)
        return field_end(w, k + 1, limit);
    uint32_t from = ++k;
    if (names_is(w, k, "the"))
        k++;
    uint32_t words = k;
    while (k < limit && k < from + 6 && w->owner[k] < 0 &&
           ((w->doc->tokens[k].capital && (w->flags[k] & WORD_COMMON)) ||
            (w->flags[k] & WORD_FIELD) || names_is(w, k, "staff") ||
            (k > words && names_is(w, k, "and"))))
        k++;
    if (k > words && names_is(w, k - 1, "and"))
        k--;
    return k > words && !is_title_of_next(w, words, k, limit) ? k : head + 1;
}

static bool is_bare(const struct names *w, const struct walk *p, uint32_t head)
{
    return !p->determined && !p->has_modifier && !(w->flags[head] & WORD_PLURAL) &&
           !w->doc->tokens[head].capital;
}

static bool is_adjective(const struct names *w, uint32_t k)
{
    uint32_t f = w->flags[k];
    return !(f & (WORD_FUNCTION | WORD_SAY | WORD_VERB | WORD_DATE | WORD_ADVERB | WORD_DET)) &&
           f & (WORD_COMMON | WORD_FIELD | WORD_MODIFIER);
}

/* "Police chief Hans Vogt", "the farmers' leader": whose or of what somebody is the head. */
static bool is_body_before_title(const struct names *w, uint32_t head, uint32_t limit)
{
    uint32_t k = head + 1;
    if (k < limit && names_is_possessive(w, k))
        k++;
    else if (!(w->flags[head] & WORD_COLLECTIVE))
        return false;
    while (k < limit && k < head + 4 && w->owner[k] < 0 && w->doc->tokens[k].word &&
           w->flags[k] & (WORD_MODIFIER | WORD_FIELD) && !(w->flags[k] & WORD_ROLE))
        k++;
    uint32_t f = k < limit ? w->flags[k] : 0;
    return f & (WORD_ROLE | WORD_UNNAMED) && !(f & (WORD_SAY | WORD_DET)) && w->owner[k] < 0;
}

/* Nouns behind the head make it a modifier: "leader summit", "chief economic adviser". */
static bool is_inside_compound(const struct names *w, uint32_t head, uint32_t limit)
{
    const uint32_t heads = WORD_ROLE | WORD_UNNAMED | WORD_COLLECTIVE;
    if (w->flags[head] & WORD_PLURAL)
        return is_body_before_title(w, head, limit);
    for (uint32_t k = head + 1; k < limit && k < head + 4; k++) {
        uint32_t f = w->flags[k];
        if (!w->doc->tokens[k].word || w->owner[k] >= 0)
            return false;
        if (f & heads && !(f & (WORD_SAY | WORD_DET)))
            return true;
        if (k == head + 1 && f & WORD_NOUN && !w->doc->tokens[k].capital &&
            !(f & (WORD_FUNCTION | WORD_SAY | WORD_VERB | WORD_DATE)))
            return true;
        if (!is_adjective(w, k))
            return false;
    }
    return false;
}

/* "One of the wives": one person, not all of them. */
static bool is_one_of(const struct names *w, uint32_t first, uint32_t start)
{
    return first >= start + 2 && names_is(w, first - 1, "of") && names_is(w, first - 2, "one") &&
           w->owner[first - 2] < 0;
}

static size_t last_blank(struct str s)
{
    size_t at = s.n;
    while (at && s.p[at - 1] != ' ')
        at--;
    return at ? at - 1 : 0;
}

struct str names_without_time(struct str s)
{
    static const char *const units[] = {"week",   "month", "year",   "night",  "weekend",
                                        "summer", "fall",  "spring", "winter", NULL};
    static const char *const leads[] = {"in",      "on",   "last",  "this",
                                        "earlier", "late", "early", NULL};
    size_t at = last_blank(s);
    struct str word = str_slice(s, at ? at + 1 : 0, s.n);
    bool day = lexicon_find(lexicon_open(WORDS_DAYS), word) != NULL;
    if (!at || !(day || str_one_of(word, units)))
        return s;
    struct str rest = str_trim(str_slice(s, 0, at));
    size_t n = 0;
    for (size_t k = last_blank(rest); k; k = last_blank(rest), n++) {
        if (!str_one_of(str_slice(rest, k + 1, rest.n), leads))
            break;
        rest = str_trim(str_slice(rest, 0, k));
    }
    return n ? rest : s;
}

static uint32_t find_nominal(struct names *w, uint32_t head, const struct sentence *s)
{
    struct walk p = {
        .first = head, .of = -1, .possessor = -1, .title = w->doc->tokens[head].capital};
    walk_left(w, &p, s->first, w->flags[head] & WORD_PLURAL);
    bool office = w->flags[head] & WORD_ROLE;
    uint32_t end = office ? title_end(w, head, s->end) : head + 1;
    end += office && end < s->end && names_is(w, end, "general"); /* "attorneys general" */
    bool before_person = end < s->end && w->owner[end] >= 0 &&
                         w->finds[w->owner[end]].first == end &&
                         w->finds[w->owner[end]].type == FIND_PERSON;
    bool one = is_one_of(w, p.first, s->first);
    p.first -= one ? 2 : 0;
    if (is_bare(w, &p, head) && !before_person && !names_is(w, end, "of"))
        return end;
    /* finds inside the phrase keep their tokens: remember them */
    int32_t inside[LONGEST_NOMINAL * 5];
    uint32_t n = end - p.first;
    if (n > LONGEST_NOMINAL * 5)
        return end;
    for (uint32_t i = 0; i < n; i++)
        inside[i] = w->owner[p.first + i];
    struct find *f = names_add(w, p.first, end, FIND_NOMINAL);
    int32_t me = (int32_t)(w->n_finds - 1);
    for (uint32_t i = 0; i < n; i++)
        if (inside[i] >= 0)
            w->owner[p.first + i] = inside[i];
    f->head = head;
    f->of = p.gathered ? -1 : p.of;
    f->possessor = p.possessor;
    f->definite = p.definite;
    f->plural = (w->flags[head] & (WORD_PLURAL | WORD_COLLECTIVE)) != 0 && !one;
    f->definite = f->definite && !one;
    f->gov = (w->flags[head] & WORD_COUNTRY) != 0;
    if (before_person && !f->plural)
        w->finds[me].beside = w->owner[end];
    return end;
}

void names_find_nominals(struct names *w)
{
    for (size_t n = 0; n < w->doc->n_sentences && w->n_finds < 2 * MAX_FINDS; n++) {
        const struct sentence *s = &w->doc->sentences[n];
        for (uint32_t i = s->first; i < s->end;) {
            if (is_head(w, i) && !is_inside_compound(w, i, s->end))
                i = find_nominal(w, i, s);
            else
                i++;
        }
    }
}

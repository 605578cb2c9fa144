/* What a run of capitals is: a person, an organisation, or neither. Titles in front are left off;
 * a title, a first name, an initial or a family name in front makes a person, the head noun
 * ("Ministry", "Party") an organisation, with its "of ..." behind. */
#include "lang/names/names.h"

static bool capital(const struct names *w, uint32_t i)
{
    return i < w->doc->n_tokens && w->doc->tokens[i].capital;
}

static bool same_sentence(const struct names *w, uint32_t i, uint32_t j)
{
    return j < w->doc->n_tokens && w->doc->tokens[i].sentence == w->doc->tokens[j].sentence;
}

static bool starts_sentence(const struct names *w, uint32_t i)
{
    uint32_t first = w->doc->sentences[w->doc->tokens[i].sentence].first;
    while (first < i && !w->doc->tokens[first].word)
        first++;
    return first == i || (i > 0 && !w->doc->tokens[i - 1].word && !names_is(w, i - 1, ","));
}

/* Is there a title directly before: "envoy Steve Witkoff", "President Trump"? */
bool names_is_titled(const struct names *w, uint32_t i)
{
    return i > 0 && same_sentence(w, i - 1, i) &&
           (w->flags[i - 1] & (WORD_ROLE | WORD_HONORIFIC)) && !(w->flags[i - 1] & WORD_PLURAL) &&
           w->owner[i - 1] < 0;
}

static bool is_plain_noun(const struct names *w, uint32_t i)
{
    return i < w->doc->n_tokens && w->doc->tokens[i].word && !capital(w, i) &&
           (w->flags[i] & (WORD_NOUN | WORD_COUNTRY | WORD_COLLECTIVE | WORD_UNNAMED));
}

static bool has_initial(const struct names *w, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        struct str s = names_text(w, i);
        if (s.n >= 2 && s.n <= 4 && s.p[1] == '.' && capital(w, i) && (s.n == 2 || s.p[3] == '.'))
            return end - first > 1;
    }
    return false;
}

bool names_in_place(const struct names *w, uint32_t first)
{
    static const char *const before[] = {"in", "near", "outside", "around", "across", "inside"};
    for (size_t i = 0; first && i < sizeof before / sizeof *before; i++)
        if (names_is(w, first - 1, before[i]))
            return true;
    return false;
}

/* "Smith, 45," or "Smith, a lawyer" or "said Smith" or "Smith said". */
bool names_acts(const struct names *w, uint32_t first, uint32_t end)
{
    if (names_in_place(w, first))
        return false;
    if (same_sentence(w, first, end)) {
        if (w->flags[end] & WORD_SAY && !capital(w, end))
            return true;
        if (names_is(w, end, "who"))
            return true;
        if (names_is(w, end, ",") && end + 1 < w->doc->n_tokens) {
            struct str next = names_text(w, end + 1);
            if (next.n == 2 && next.p[0] >= '1' && next.p[0] <= '9')
                return true;
            for (uint32_t k = end + 1; k < end + 9 && same_sentence(w, first, k); k++) {
                if (!w->doc->tokens[k].word && !names_is(w, k, "'") &&
                    !names_is(w, k, "\xE2\x80\x99"))
                    break; /* "the Mayors' lawyer" goes on */
                if (w->flags[k] & WORD_ROLE && !(w->flags[k] & WORD_PLURAL))
                    return (w->flags[end + 1] & (WORD_DET | WORD_MODIFIER | WORD_ROLE)) != 0;
            }
        }
    }
    bool according =
        first > 1 && names_is(w, first - 1, "to") && names_is(w, first - 2, "according");
    return according || (first > 0 && same_sentence(w, first - 1, first) &&
                         (w->flags[first - 1] & WORD_SAY) && !capital(w, first - 1));
}

/* Two words that stand in no list, not behind an article or a preposition of place. */
static bool looks_like_name(const struct names *w, uint32_t first)
{
    static const char *const before[] = {"the", "in", "at", "near", "on", "a", "an", "to"};
    const uint32_t other =
        WORD_COMMON | WORD_ORG | WORD_PLACE | WORD_EVENT | WORD_DATE | WORD_FIELD;
    if ((w->flags[first] | w->flags[first + 1]) & other)
        return false;
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (first && names_is(w, first - 1, before[i]))
            return false;
    struct str a = names_text(w, first), b = names_text(w, first + 1);
    return a.n > 2 && b.n > 2 && !names_is_upper(a) && !names_is_upper(b) &&
           str_find_char(a, '-', 0) == STR_NONE;
}

/* "Bill Law said", "that Rob Banks had paid": two words that are usually small but make a name. */
static bool is_spelled_name(const struct names *w, uint32_t first, uint32_t end)
{
    static const char *const before[] = {"the", "a", "an", "of", "this", "that's", "new"};
    if (end - first != 2 || w->flags[end - 1] & (WORD_ORG | WORD_ROLE))
        return false;
    if (starts_sentence(w, first))
        return names_acts(w, first, end);
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (names_is(w, first - 1, before[i]))
            return false;
    return !capital(w, first - 1);
}

static bool is_person(const struct names *w, uint32_t first, uint32_t end)
{
    uint32_t n = end - first, f = w->flags[first], l = w->flags[end - 1];
    struct str last = names_text(w, end - 1);
    if (l & WORD_SUFFIX && n > 2)
        return is_person(w, first, end - (names_is(w, end - 2, ",") ? 2 : 1));
    if (names_is_titled(w, first) && !(l & (WORD_ORG | WORD_EVENT)))
        return capital(w, first - 1) || n > 1 || !(f & WORD_COMMON);
    if (n < 2 || n > 5 || (l & (WORD_ORG | WORD_PLACE | WORD_EVENT | WORD_DATE)))
        return false;
    if (has_initial(w, first, end))
        return true;
    if (f & WORD_FIRST && f & WORD_COMMON && l & WORD_COMMON && is_spelled_name(w, first, end))
        return true;
    if (f & WORD_FIRST && !(f & WORD_COMMON && l & WORD_COMMON))
        return !(f & WORD_COMMON && starts_sentence(w, first) && n == 2 && last.n < 3);
    if (f & WORD_FAMILY && n <= 3 && !(w->flags[first + 1] & WORD_COMMON))
        return true;
    struct str one = names_text(w, first);
    if (one.n == 2 && one.p[1] >= 'A' && one.p[1] <= 'Z' && !(l & WORD_COMMON))
        return true; /* "JD Vance" */
    if (n == 2 && looks_like_name(w, first))
        return true;
    return n <= 4 && !(f & WORD_COMMON && l & WORD_COMMON) && !(f & WORD_ORG) &&
           names_acts(w, first, end);
}

/* "Union of America [President Ann Lee]": an office with its holder behind. */
static bool is_held_office(const struct names *w, uint32_t k, uint32_t limit)
{
    const uint32_t other = WORD_ORG | WORD_COMMON | WORD_PLACE | WORD_FUNCTION | WORD_ROLE;
    uint32_t first = k;
    while (k < limit && w->flags[k] & WORD_ROLE && !(w->flags[k] & (WORD_FIRST | WORD_PLURAL)))
        k++;
    if (k == first || k >= limit)
        return false;
    bool name = k + 1 < limit && capital(w, k) && capital(w, k + 1) && !(w->flags[k] & other) &&
                !(w->flags[k + 1] & other);
    return w->flags[k] & WORD_FIRST || name;
}

/* The end of "Ministry of Strategic Industries" or "Center for Security and Growth". */
static uint32_t org_end(const struct names *w, uint32_t end)
{
    uint32_t limit = w->doc->sentences[w->doc->tokens[end - 1].sentence].end;
    while (end + 1 < limit && (names_is(w, end, "of") || names_is(w, end, "for") ||
                               (names_is(w, end, "on") && !names_is(w, end - 1, "University")))) {
        uint32_t k = end + 1;
        if (names_is(w, k, "the"))
            k++;
        uint32_t from = k;
        while (k < limit && capital(w, k) && !(w->flags[k] & WORD_DATE) &&
               !is_held_office(w, k, limit)) {
            k++;
            if (k + 1 < limit && (names_is(w, k, "and") || names_is(w, k, "&")) &&
                capital(w, k + 1) && !(w->flags[k + 1] & (WORD_FIRST | WORD_ROLE)) &&
                (w->flags[k + 1] & WORD_COMMON))
                k++;
            else if (k + 1 < limit && names_is(w, k, ",") && capital(w, k + 1) && k + 2 < limit &&
                     names_is(w, k + 2, "and") && (w->flags[k + 1] & WORD_COMMON))
                k++;
        }
        if (k == from)
            break;
        end = k;
    }
    return end;
}

/* All words common and nothing but the place in the sentence to make them capital. */
static bool is_only_start(const struct names *w, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (!(w->flags[i] & WORD_COMMON))
            return false;
    return starts_sentence(w, first) && end - first < 3;
}

/* Bodies of a state, whose nation is no part of their name: "Ukraine's Foreign Ministry". */
static bool is_state_body(const struct names *w, uint32_t head)
{
    static const char *const heads[] = {"ministry",    "office",   "department", "army",
                                        "navy",        "force",    "forces",     "embassy",
                                        "parliament",  "congress", "senate",     "police",
                                        "secretariat", "cabinet",  "court"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (names_is(w, head, heads[i]))
            return true;
    return false;
}

/* Does what stands in front belong to the name: "London Pulse News", "American Enterprise
 * Institute", "House Rules Committee", "France Telecom"? */
static bool takes_town(const struct names *w, uint32_t first, uint32_t head)
{
    if (!first || w->owner[first - 1] < 0)
        return false;
    const struct find *f = &w->finds[w->owner[first - 1]];
    if (f->type != FIND_ENTITY || f->end != first)
        return false;
    bool chamber = names_is(w, f->first, "House") || names_is(w, f->first, "Senate");
    bool town = f->form->kind == FORM_CAPITAL || f->form->kind == FORM_PLACE;
    bool adjective = f->form->kind == FORM_DEMONYM && !is_state_body(w, head);
    bool nation = (f->form->kind == FORM_FULL || f->form->kind == FORM_SHORT) &&
                  f->form->entity >= 0 && !names_is_public(w, head);
    return town || adjective || chamber || nation;
}

static uint32_t with_town(struct names *w, uint32_t first, uint32_t head)
{
    if (!takes_town(w, first, head))
        return first;
    struct find *f = &w->finds[w->owner[first - 1]];
    f->type = FIND_DROPPED;
    return f->first;
}

/* "Royal Canadian Mounted Police": a capital before the nation that stands before a body's name, or
 * `first`; `own`: where the name began before it took the nation in. */
static uint32_t with_front(struct names *w, uint32_t first, uint32_t own)
{
    int32_t o = own ? w->owner[own - 1] : -1;
    struct find *f = o < 0 ? NULL : &w->finds[o];
    if (!f || f->end != own || !f->form || f->form->kind != FORM_DEMONYM || !f->first ||
        !same_sentence(w, f->first - 1, own))
        return first;
    uint32_t k = f->first - 1, flags = w->flags[k];
    struct find *word = w->owner[k] < 0 ? NULL : &w->finds[w->owner[k]];
    bool taken = word && (word->type != FIND_UNKNOWN || word->first != k);
    if (!capital(w, k) || !w->doc->tokens[k].word || taken || starts_sentence(w, k) ||
        flags & (WORD_ROLE | WORD_HONORIFIC | WORD_DET | WORD_FUNCTION | WORD_FIELD))
        return first;
    f->type = FIND_DROPPED;
    if (word)
        word->type = FIND_DROPPED;
    return k;
}

/* The end of the organisation's name, or `first` if it is none. */
static uint32_t judge_org(struct names *w, uint32_t first, uint32_t end)
{
    uint32_t head = end - 1, behind = org_end(w, end);
    bool is_head = w->flags[head] & WORD_ORG;
    if (!is_head)
        return first;
    bool single = end - first == 1 && behind == end;
    if (single && (names_is_public(w, head) || !takes_town(w, first, head)))
        return first;
    if (behind == end && !single && is_only_start(w, first, end))
        return first;
    first = with_front(w, with_town(w, first, head), first);
    struct find *f = names_add(w, first, behind, FIND_ORG);
    f->head = head;
    return behind;
}

/* "Ironically Moss agreed": an adverb before a name at a sentence's start. */
static bool is_sentence_adverb(const struct names *w, uint32_t i)
{
    static const struct str endings[] = {STR("ally"),  STR("edly"),  STR("ingly"),
                                         STR("ously"), STR("antly"), STR("ently"),
                                         STR("ably"),  STR("ibly"),  STR("ately")};
    struct str s = names_text(w, i);
    for (size_t k = 0; k < sizeof endings / sizeof *endings; k++)
        if (s.n > endings[k].n + 2 && str_ends(s, endings[k]))
            return !(w->flags[i] & WORD_FIRST) && starts_sentence(w, i);
    return false;
}

/* The first token of the name proper: behind titles, and behind common words before a first name.
 */
static uint32_t core_of(const struct names *w, uint32_t first, uint32_t end)
{
    uint32_t core = first;
    if (first + 1 < end && starts_sentence(w, first) && names_is_body_noun(w, first) &&
        !(w->flags[first + 1] & WORD_ORG))
        core++; /* "Shipbuilder QRS" */
    if (first + 1 < end && is_sentence_adverb(w, first))
        core++;
    /* "National Intelligence Dan Coats" */
    for (uint32_t i = first;
         i + 1 < end && (w->flags[i] & (WORD_COMMON | WORD_FIRST)) == WORD_COMMON;)
        if ((w->flags[++i] & (WORD_FIRST | WORD_COMMON)) == WORD_FIRST && end - i <= 3 &&
            i + 1 < end)
            return i;
    while (core + 1 < end && (w->flags[core] & WORD_COMMON) && !(w->flags[core] & WORD_FIRST) &&
           (!(w->flags[core] & WORD_ORG) || w->flags[core] & WORD_VERB) && /* "Watch Obama" */
           ((w->flags[core + 1] & WORD_FIRST) ||
            (core == first && starts_sentence(w, first) && !(w->flags[core + 1] & WORD_COMMON))))
        core++;
    return core;
}

uint32_t names_judge_run(struct names *w, uint32_t first, uint32_t end)
{
    uint32_t core = core_of(w, first, end);
    if (end - core == 1 && (w->flags[core] & (WORD_SUFFIX | WORD_DATE | WORD_EVENT)))
        return end;
    bool field = end - core == 1 && w->flags[core] & (WORD_FIELD | WORD_MODIFIER);
    if (field && end < w->doc->n_tokens && w->flags[end] & (WORD_ROLE | WORD_ORG))
        return end;
    if (field && w->flags[core] & WORD_MODIFIER && is_plain_noun(w, end))
        return end; /* "said European governments would ..." */
    if (end - first > 1 && names_spells(w, first, end)) {
        names_add(w, first, end, FIND_ORG)->head = end - 1;
        return end;
    }
    if (is_person(w, core, end)) {
        struct find *f = names_add(w, core, end, FIND_PERSON);
        f->titled = names_is_titled(w, core);
        uint32_t g = w->flags[core];
        if (end - core > 1 && g & WORD_FIRST)
            f->gender = g & WORD_MALE     ? GENDER_MALE
                        : g & WORD_FEMALE ? GENDER_FEMALE
                                          : GENDER_UNKNOWN;
        return end;
    }
    uint32_t org = judge_org(w, first, end);
    if (org > first)
        return org;
    if (w->flags[end - 1] & WORD_EVENT && end - core > 1) {
        names_judge_run(w, first, end - 1); /* "Comey Memos", "Trump Rally" */
        return end;
    }
    if (w->flags[end - 1] & (WORD_PLACE | WORD_EVENT | WORD_DATE) && end - core > 1)
        return end;
    /* A single common word at a sentence's start may be a surname: resolve.c knows */
    struct find *f = names_add(w, core, end, FIND_UNKNOWN);
    f->single_use = end - core == 1 && (w->flags[core] & WORD_COMMON) && starts_sentence(w, core);
    f->titled = names_acts(w, core, end);
    return end;
}

/* Names in a text: entities of the gazetteer by longest match, honorifics with what follows them,
 * and runs of capitals, which kind.c judges. Sentence starts and headlines, where capitals
 * say little, need more evidence. */
#include "lang/names/names.h"

#include <string.h>

enum { LONGEST_FORM = 9, HEADLINE_WORDS = 5 };

struct find *names_add(struct names *w, uint32_t first, uint32_t end, enum find_type type)
{
    w->finds = arena_grow(w->doc->arena, w->finds, w->n_finds, &w->cap_finds, sizeof *w->finds);
    struct find *f = &w->finds[w->n_finds++];
    struct token *t = w->doc->tokens;
    *f = (struct find){.first = first,
                       .end = end,
                       .core = first,
                       .core_end = end,
                       .at = {t[first].at.start, t[end - 1].at.end},
                       .type = type,
                       .office = -1,
                       .beside = -1,
                       .of = -1,
                       .possessor = -1,
                       .who = -1};
    for (uint32_t i = first; i < end; i++)
        w->owner[i] = (int32_t)(w->n_finds - 1);
    return f;
}

bool names_is(const struct names *w, uint32_t token, const char *word)
{
    return token < w->doc->n_tokens && str_eq_case(names_text(w, token), str_of(word));
}

struct str names_join(const struct names *w, uint32_t first, uint32_t end)
{
    struct token *t = w->doc->tokens;
    size_t n = 0;
    char *out = arena_alloc(w->doc->arena, t[end - 1].at.end - t[first].at.start + 1);
    for (uint32_t i = first; i < end; i++) {
        struct str s = names_text(w, i);
        if (i > first && t[i].at.start > t[i - 1].at.end)
            out[n++] = ' ';
        memcpy(out + n, s.p, s.n);
        n += s.n;
    }
    return (struct str){out, n};
}

bool names_is_possessive(const struct names *w, uint32_t token)
{
    if (token >= w->doc->n_tokens)
        return false;
    struct str s = names_text(w, token);
    return str_eq(s, S("'s")) || str_eq(s, S("\xE2\x80\x99s")) || str_eq(s, S("'")) ||
           str_eq(s, S("\xE2\x80\x99"));
}

static bool is_upper(struct str s)
{
    size_t letters = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] >= 'a' && s.p[i] <= 'z')
            return false;
        letters += s.p[i] >= 'A' && s.p[i] <= 'Z';
    }
    return letters > 0;
}

/* A sentence in Title Case or ALL CAPS: its capitals mean nothing for common words. */
static bool is_headline(const struct names *w, const struct sentence *s)
{
    uint32_t words = 0, capitals = 0;
    for (uint32_t i = s->first; i < s->end; i++) {
        const struct token *t = &w->doc->tokens[i];
        if (!t->word || t->at.end - t->at.start < 4)
            continue;
        words++;
        capitals += t->capital;
    }
    return words >= HEADLINE_WORDS && capitals * 10 >= words * 8;
}

const struct gaz_form *names_longest_form(const struct names *w, uint32_t i, uint32_t limit,
                                          uint32_t *end)
{
    const struct token *t = w->doc->tokens;
    const struct gaz_form *best = NULL;
    uint64_t hash = str_hash((struct str){0});
    for (uint32_t j = i; j < limit && j < i + LONGEST_FORM; j++) {
        struct str word = names_text(w, j);
        hash = gaz_hash_add(hash, word, j > i && t[j].at.start > t[j - 1].at.end);
        const struct gaz_form *form = gaz_phrase(hash);
        if (form && !(form->kind == FORM_ACRONYM && !is_upper(word) &&
                      str_eq_case(word, form->text) && !str_eq(word, form->text))) {
            best = form;
            *end = j + 1;
        }
    }
    return best;
}

/* "Russia-Ukraine", "US-backed": an entity for each part that is one. */
static void hyphen_parts(struct names *w, uint32_t i)
{
    struct str s = names_text(w, i), rest = s, part;
    if (str_find_char(s, '-', 0) == STR_NONE)
        return;
    while (str_split(&rest, '-', &part)) {
        const struct gaz_form *form =
            part.n ? gaz_phrase(gaz_hash_add(str_hash((struct str){0}), part, false)) : NULL;
        if (!form || form->entity < 0 || form->kind == FORM_CONTEXT)
            continue;
        int32_t keep = w->owner[i];
        struct find *f = names_add(w, i, i + 1, FIND_ENTITY);
        f->form = form;
        f->at.start = (uint32_t)(part.p - w->doc->text.p);
        f->at.end = f->at.start + (uint32_t)part.n;
        if (keep >= 0)
            w->owner[i] = keep;
    }
}

static bool is_initial(struct str s)
{
    return (s.n == 2 && s.p[1] == '.') || (s.n == 4 && s.p[1] == '.' && s.p[3] == '.') || s.n == 1;
}

/* Can the token be part of a name, by itself? */
static bool nameish(const struct names *w, uint32_t i, bool headline)
{
    const struct token *t = &w->doc->tokens[i];
    uint32_t f = w->flags[i];
    if (!t->capital || !t->word)
        return false;
    struct str s = names_text(w, i);
    if ((s.p[0] >= '0' && s.p[0] <= '9') || (f & WORD_HONORIFIC) || names_is_hyphened(w, i))
        return false;
    if (f & WORD_SUFFIX)
        return true;
    if ((f & (WORD_FUNCTION | WORD_DATE)) && !(f & WORD_FIRST && !(f & WORD_FUNCTION)))
        return is_initial(s) && s.n > 1;
    if (f & WORD_ROLE)
        return false;
    if (s.n == 1)
        return s.p[0] != 'I' && s.p[0] != 'A';
    return !(headline && (f & WORD_COMMON) && !(f & WORD_FIRST));
}

bool names_begins_person(const struct names *w, uint32_t i, uint32_t limit)
{
    uint32_t next = i + 1;
    if (!(w->flags[i] & WORD_FIRST) || next >= limit || !nameish(w, next, false))
        return false;
    if (i && (names_is(w, i - 1, "in") || names_is(w, i - 1, "to") || names_is(w, i - 1, "from") ||
              names_is(w, i - 1, "of") || names_is(w, i - 1, "near")))
        return false;
    uint32_t end;
    if (names_longest_form(w, next, limit, &end))
        return false;
    const uint32_t other = WORD_ORG | WORD_PLACE | WORD_EVENT | WORD_MODIFIER;
    bool acts = next + 1 < limit && names_acts(w, i, next + 1); /* "Douglas Letter, a lawyer," */
    return !(w->flags[next] & (acts ? other : other | WORD_COMMON));
}

/* "Larry King", "Mark Cuban", "Theresa May": a surname that is also something else. */
static bool is_odd_surname(const struct names *w, uint32_t i, uint32_t j, uint32_t limit)
{
    const struct token *t = w->doc->tokens;
    bool second =
        j == i + 1 ||
        (j == i + 2 && (is_initial(names_text(w, i + 1)) || w->flags[i + 1] & WORD_FIRST));
    if (!second || !(w->flags[i] & WORD_FIRST) || (w->flags[i] & (WORD_FUNCTION | WORD_ROLE)) ||
        !t[j].capital || !t[j].word || (w->flags[j] & (WORD_HONORIFIC | WORD_PLURAL)))
        return false;
    if (i == w->doc->sentences[t[i].sentence].first && w->flags[i] & WORD_COMMON &&
        !(j + 1 < limit && names_acts(w, i, j + 1)))
        return false;
    bool ends = j + 1 >= limit || !t[j + 1].capital;
    bool figure = j + 1 < limit && names_text(w, j + 1).p[0] <= '9' && t[j + 1].word;
    const struct gaz_form *form =
        gaz_phrase(gaz_hash_add(str_hash((struct str){0}), names_text(w, j), false));
    bool people = form && form->kind == FORM_DEMONYM && str_ends(form->text, S("s"));
    bool odd = w->flags[j] & WORD_ROLE ||
               (w->flags[j] & WORD_DATE && w->flags[j] & WORD_FUNCTION) || (form && !people);
    return odd && ends && !figure;
}

/* "Nurses[' Union]", "Veterans[' Affairs Department]", "Pilots[ Association]": what a name goes on
 * with behind the plural of a common word; 0: with nothing. */
static uint32_t plural_owner(const struct names *w, uint32_t j, uint32_t limit)
{
    enum { WORDS = 2 };
    const uint32_t noun = WORD_COMMON | WORD_ROLE | WORD_UNNAMED | WORD_COLLECTIVE;
    struct str mark = names_text(w, j), owner = names_text(w, j - 1);
    bool apostrophe = str_eq(mark, S("'")) || str_eq(mark, S("\xE2\x80\x99"));
    bool worker = apostrophe && !w->flags[j - 1]; /* "Dockers'" */
    if (!str_ends(owner, S("s")) || !(w->flags[j - 1] & noun || worker))
        return 0;
    for (uint32_t k = apostrophe ? j + 1 : j;
         k < limit && k <= j + WORDS && w->doc->tokens[k].capital; k++) {
        if (w->flags[k] & WORD_ORG)
            return apostrophe ? j + 1 : j;
        if (!apostrophe)
            return 0;
    }
    return 0;
}

/* "al-Mekdad", "el-Sisi": a particle with the name it belongs to. */
static bool is_hyphened_particle(const struct names *w, uint32_t i)
{
    struct str s = names_text(w, i);
    size_t cut = str_find_char(s, '-', 0);
    return cut != STR_NONE && cut > 0 && cut + 1 < s.n && s.p[cut + 1] >= 'A' &&
           s.p[cut + 1] <= 'Z' && gaz_word(str_slice(s, 0, cut)) & WORD_PARTICLE;
}

static bool is_quote_mark(const struct names *w, uint32_t i)
{
    struct str s = names_text(w, i);
    return str_eq(s, S("\"")) || str_eq(s, S("'")) || str_eq(s, S("\xE2\x80\x9C")) ||
           str_eq(s, S("\xE2\x80\x9D")) || str_eq(s, S("\xE2\x80\x98")) ||
           str_eq(s, S("\xE2\x80\x99"));
}

/* Robert ["Bobby" ]Aldana, Adam [(Pacman) ]Jones: behind a nickname, or j. */
static uint32_t behind_nickname(const struct names *w, uint32_t j, uint32_t limit)
{
    if (j + 3 >= limit)
        return j;
    bool marks = (is_quote_mark(w, j) && is_quote_mark(w, j + 2)) ||
                 (names_is(w, j, "(") && names_is(w, j + 2, ")"));
    bool given = w->flags[j - 1] & WORD_FIRST || is_initial(names_text(w, j - 1));
    bool nickname =
        marks && w->doc->tokens[j + 1].capital && given && !names_is_upper(names_text(w, j + 1));
    return nickname && nameish(w, j + 3, false) ? j + 3 : j;
}

/* What joins the words of a name at j: "& Sons", "al-Shami", a nickname; the end of it, or j. */
static uint32_t joined_end(const struct names *w, uint32_t j, uint32_t limit)
{
    if (names_is(w, j, "&") && j + 1 < limit && w->doc->tokens[j + 1].capital)
        return j + 2;
    if (!w->doc->tokens[j].capital &&
        (is_hyphened_particle(w, j) || names_is_company_suffix(w, j))) /* "plc" */
        return j + 1;
    return behind_nickname(w, j, limit);
}

/* The end of the run of capitals that begins at i. */
static uint32_t run_end(const struct names *w, uint32_t i, uint32_t limit, bool headline)
{
    uint32_t j = i + 1, end;
    while (j < limit && !(j > i + 1 && names_is_company_suffix(w, j - 1))) {
        uint32_t joined = joined_end(w, j, limit);
        if (joined > j) {
            j = joined;
            continue;
        }
        const struct gaz_form *form =
            nameish(w, j, headline) ? names_longest_form(w, j, limit, &end) : NULL;
        bool given_before = w->flags[j - 1] & WORD_FIRST ||
                            (w->flags[i] & WORD_FIRST && is_initial(names_text(w, j - 1)));
        bool surname = form && end == j + 1 && given_before && form->kind != FORM_DEMONYM &&
                       form->kind != FORM_ACRONYM && !(w->flags[j] & WORD_ORG);
        if (is_odd_surname(w, i, j, limit)) {
            j++;
            continue;
        }
        if (form && !surname)
            break;
        bool given = j == i + 2 && (w->flags[i] & WORD_FAMILY) && w->doc->tokens[j].capital &&
                     w->doc->tokens[j].word; /* "Moon Jae In" */
        if (given || nameish(w, j, headline)) {
            j++;
            continue;
        }
        /* particles, and "Jr." behind a comma */
        uint32_t k = j;
        while (k < limit && k < j + 2 && (w->flags[k] & WORD_PARTICLE) &&
               !w->doc->tokens[k].capital)
            k++;
        if (k > j && k < limit && nameish(w, k, headline) && !(w->flags[j - 1] & WORD_ORG) &&
            !names_longest_form(w, k, limit, &end)) {
            j = k + 1;
            continue;
        }
        if (names_is(w, j, ",") && j + 1 < limit && (w->flags[j + 1] & WORD_SUFFIX))
            return j + 2;
        if (!plural_owner(w, j, limit))
            break;
        j++;
    }
    return j;
}

static uint32_t scan_honorific(struct names *w, uint32_t i, uint32_t limit)
{
    uint32_t j = i, n = 0;
    enum gender gender = GENDER_UNKNOWN;
    while (j < limit && (w->flags[j] & WORD_HONORIFIC) && w->doc->tokens[j].capital && n++ < 3) {
        gender = w->flags[j] & WORD_MALE     ? GENDER_MALE
                 : w->flags[j] & WORD_FEMALE ? GENDER_FEMALE
                                             : gender;
        j++;
    }
    if (j >= limit || !w->doc->tokens[j].capital || !w->doc->tokens[j].word ||
        (w->flags[j] & WORD_ROLE))
        return i;
    if (names_is(w, i, "miss") &&
        (w->flags[j] & WORD_COMMON || names_longest_form(w, j, limit, &n)))
        return i;
    uint32_t end = run_end(w, j, limit, false);
    struct find *f = names_add(w, i, end, FIND_PERSON);
    f->core = j;
    f->gender = gender;
    f->honorific = f->titled = true;
    return end;
}

/* "minister Per Lind", "Will Harris told": a first name that is also a small word. */
static bool is_odd_first_name(const struct names *w, uint32_t i, uint32_t limit)
{
    const struct token *t = w->doc->tokens;
    if (!(w->flags[i] & WORD_FUNCTION) || i + 1 >= limit || !nameish(w, i + 1, false) ||
        w->flags[i + 1] & WORD_ORG)
        return false;
    bool titled = i > 0 && t[i - 1].sentence == t[i].sentence && w->flags[i - 1] & WORD_ROLE &&
                  !(w->flags[i - 1] & WORD_PLURAL);
    bool says = i + 2 < limit && w->flags[i + 2] & WORD_SAY && !t[i + 2].capital;
    return titled || (w->flags[i] & WORD_FIRST && says);
}

static void scan_sentence(struct names *w, const struct sentence *s)
{
    bool headline = is_headline(w, s);
    for (uint32_t i = s->first; i < s->end;) {
        const struct token *t = &w->doc->tokens[i];
        if (!t->word || (!t->capital && !is_hyphened_particle(w, i))) {
            if (t->word)
                hyphen_parts(w, i);
            i++;
            continue;
        }
        uint32_t end = i;
        if (w->flags[i] & WORD_HONORIFIC)
            end = scan_honorific(w, i, s->end);
        if (end == i)
            end = names_scan_form(w, i, s->end, headline);
        bool owner = i + 1 < s->end && plural_owner(w, i + 1, s->end);
        if (end == i &&
            (owner || nameish(w, i, headline) || !t->capital || is_odd_first_name(w, i, s->end))) {
            end = run_end(w, i, s->end, headline);
            end = names_judge_run(w, i, end);
        }
        if (end == i)
            end = i + 1;
        if (end == i + 1)
            hyphen_parts(w, i);
        i = end;
    }
}

/* "Secretary-Treasurer" is an office for what its last part is. */
static uint32_t flags_of(struct str word)
{
    size_t at = word.n;
    uint32_t flags = gaz_word(word);
    while (at && word.p[at - 1] != '-')
        at--;
    if (flags || !at)
        return flags;
    flags = gaz_word(str_slice(word, at, word.n));
    return flags & WORD_ROLE && !(flags & WORD_FIRST) ? flags : 0;
}

void names_scan(struct names *w)
{
    struct lang_doc *doc = w->doc;
    w->flags = arena_array(doc->arena, doc->n_tokens, sizeof *w->flags);
    w->owner = arena_array(doc->arena, doc->n_tokens, sizeof *w->owner);
    for (size_t i = 0; i < doc->n_tokens; i++) {
        w->owner[i] = -1;
        if (doc->tokens[i].word)
            w->flags[i] = flags_of(names_text(w, (uint32_t)i));
    }
    for (size_t i = 0; i < doc->n_sentences && w->n_finds < MAX_FINDS; i++)
        scan_sentence(w, &doc->sentences[i]);
    names_find_surnames(w);
}

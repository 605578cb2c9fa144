/* The lists of names: loaded once, in a few milliseconds, into open-addressing tables that keep
 * 64-bit hashes instead of words (among 30,000 entries a chance meeting of two is one in 10^10). */
#include "lang/names/gazetteer.h"

#include "assets/wordlist.h"
#include "base/arena.h"
#include "base/utf8.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

enum { WORD_SLOTS = 1 << 16, FORM_SLOTS = 1 << 15, MAX_ENTITIES = 1200, MAX_FORMS = 9000 };

struct word_slot {
    uint64_t hash;
    uint64_t value;
};

static struct {
    struct word_slot words[WORD_SLOTS];
    struct word_slot variants[512];
    uint64_t form_hash[FORM_SLOTS];
    uint16_t form_index[FORM_SLOTS];
    struct gaz_entity entities[MAX_ENTITIES];
    struct gaz_form forms[MAX_FORMS];
    uint32_t n_entities, n_forms;
} gaz;

static pthread_once_t gaz_loaded = PTHREAD_ONCE_INIT;

static const struct {
    const char *name;
    uint32_t flag;
} flag_names[] = {
    {"collective", WORD_COLLECTIVE},
    {"country", WORD_COUNTRY},
    {"date", WORD_DATE},
    {"det", WORD_DET},
    {"event", WORD_EVENT},
    {"family", WORD_FAMILY},
    {"female", WORD_FEMALE},
    {"function", WORD_FUNCTION},
    {"field", WORD_FIELD},
    {"honorific", WORD_HONORIFIC},
    {"kin", WORD_KIN},
    {"leader", WORD_LEADER},
    {"male", WORD_MALE},
    {"modifier", WORD_MODIFIER},
    {"nominalorg", WORD_NOMINAL_ORG},
    {"org", WORD_ORG},
    {"particle", WORD_PARTICLE},
    {"pl", WORD_PLURAL},
    {"place", WORD_PLACE},
    {"plural", WORD_PLURAL},
    {"poss", WORD_POSSESSIVE},
    {"pronoun", WORD_PRONOUN},
    {"rank", WORD_RANK},
    {"role", WORD_ROLE},
    {"say", WORD_SAY},
    {"spokes", WORD_SPOKES},
    {"suffix", WORD_SUFFIX},
    {"unnamed", WORD_UNNAMED},
};

static struct word_slot *slot_of(struct word_slot *table, size_t size, uint64_t hash)
{
    size_t i = hash & (size - 1);
    while (table[i].hash && table[i].hash != hash)
        i = (i + 1) & (size - 1);
    return &table[i];
}

static void word_add(struct str word, uint32_t flags)
{
    char folded[128];
    size_t n = name_fold(word, folded, sizeof folded);
    struct word_slot *s = slot_of(gaz.words, WORD_SLOTS, str_hash((struct str){folded, n}));
    s->hash = str_hash((struct str){folded, n});
    s->value |= flags;
}

static uint32_t flag_of(struct str name)
{
    for (size_t i = 0; i < sizeof flag_names / sizeof *flag_names; i++)
        if (str_eq(name, str_of(flag_names[i].name)))
            return flag_names[i].flag;
    assert(!"a class of name-words.txt that gazetteer.c knows");
    return 0;
}

static struct str list(const char *name)
{
    return wordlist_text(name);
}

static void load_first_names(struct str rest)
{
    struct str line, word;
    while (str_split(&rest, '\n', &line)) {
        str_split(&line, '\t', &word);
        char sex = line.n ? line.p[0] : 'u';
        word_add(word, WORD_FIRST | (sex == 'm' ? WORD_MALE : sex == 'f' ? WORD_FEMALE : 0));
    }
}

static void load_words(void)
{
    struct str rest = list("lang/names/words/common.txt"), line, word, class;
    while (str_split(&rest, '\n', &line)) {
        str_split(&line, '\t', &word);
        char pos = line.n ? line.p[0] : 'r';
        word_add(word, WORD_COMMON | (pos == 'n'   ? WORD_NOUN
                                      : pos == 'v' ? WORD_VERB
                                      : pos == 'r' ? WORD_ADVERB
                                                   : 0));
    }
    load_first_names(list("lang/names/words/first-names.txt"));
    load_first_names(list("lang/names/words/first-names-world.txt"));
    rest = list("lang/names/words/name-words.txt");
    while (str_split(&rest, '\n', &line)) {
        str_split(&line, '\t', &word);
        while (str_split(&line, ' ', &class))
            word_add(word, flag_of(class));
    }
}

static void load_variants(void)
{
    struct str rest = list("lang/names/words/name-variants.txt"), line, word;
    while (str_split(&rest, '\n', &line)) {
        uint64_t group = 0;
        while (str_split(&line, '\t', &word)) {
            uint64_t hash = str_hash(word);
            group = group ? group : hash;
            *slot_of(gaz.variants, 512, hash) = (struct word_slot){hash, group};
            word_add(word, WORD_FIRST);
        }
    }
}

uint64_t gaz_hash_add(uint64_t hash, struct str word, bool space_before)
{
    if (space_before)
        hash = str_hash_more(hash, S(" "));
    bool dotted = word.n > 2 && word.p[1] == '.';
    for (size_t i = 0; i < word.n; i++) {
        if (dotted && word.p[i] == '.')
            continue;
        if ((unsigned char)word.p[i] == 0xE2 && i + 2 < word.n && word.p[i + 1] == '\x80' &&
            word.p[i + 2] == '\x99') {
            hash = str_hash_more(hash, S("'"));
            i += 2;
        } else {
            hash = str_hash_more(hash, (struct str){word.p + i, 1});
        }
    }
    return hash;
}

static uint64_t hash_text(struct str text)
{
    uint64_t hash = str_hash((struct str){0});
    struct str word;
    for (bool first = true; str_split(&text, ' ', &word); first = false)
        hash = gaz_hash_add(hash, word, !first);
    return hash;
}

static const struct gaz_form *form_at(uint64_t hash)
{
    for (size_t i = hash & (FORM_SLOTS - 1); gaz.form_hash[i]; i = (i + 1) & (FORM_SLOTS - 1))
        if (gaz.form_hash[i] == hash)
            return &gaz.forms[gaz.form_index[i]];
    return NULL;
}

static void form_add(struct str text, int32_t entity, enum form_kind kind)
{
    uint64_t hash = hash_text(text);
    size_t i = hash & (FORM_SLOTS - 1);
    for (; gaz.form_hash[i]; i = (i + 1) & (FORM_SLOTS - 1))
        if (gaz.form_hash[i] == hash)
            return;
    if (gaz.n_forms == MAX_FORMS)
        return;
    gaz.form_hash[i] = hash;
    gaz.form_index[i] = (uint16_t)gaz.n_forms;
    gaz.forms[gaz.n_forms++] = (struct gaz_form){text, entity, kind};
}

static enum form_kind form_kind_of(char letter)
{
    static const char letters[] = "fsadmcnx";
    const char *at = strchr(letters, letter);
    assert(at && *at);
    static const enum form_kind kinds[] = {FORM_FULL,    FORM_SHORT,   FORM_ACRONYM, FORM_DEMONYM,
                                           FORM_METONYM, FORM_CAPITAL, FORM_NATIVE,  FORM_CONTEXT};
    return kinds[at - letters];
}

static enum actor_kind kind_of(struct str name)
{
    for (int k = 0; k < ACTOR_KIND_COUNT; k++)
        if (str_eq(name, str_of(actor_kind_names[k])))
            return (enum actor_kind)k;
    assert(!"an actor kind");
    return ACTOR_ORGANISATION;
}

/* Lines: name, kind, name of the entity it belongs to, forms as "a=NATO". What each belongs to is
 * left in `of`, for it may stand further on. */
static void load_entities(struct str rest, struct str *of)
{
    struct str line, f[3], form;
    while (str_split(&rest, '\n', &line) && gaz.n_entities < MAX_ENTITIES) {
        for (int i = 0; i < 3; i++)
            if (!str_split(&line, '\t', &f[i]))
                f[i] = (struct str){0};
        struct gaz_entity *e = &gaz.entities[gaz.n_entities];
        *e = (struct gaz_entity){.name = f[0], .kind = kind_of(f[1]), .first_form = gaz.n_forms};
        of[gaz.n_entities] = f[2];
        form_add(f[0], (int32_t)gaz.n_entities, FORM_FULL);
        while (str_split(&line, '\t', &form)) {
            enum form_kind kind = form_kind_of(form.p[0]);
            form = str_slice(form, 2, form.n);
            if (kind == FORM_DEMONYM && !e->demonym.n)
                e->demonym = form;
            form_add(form, (int32_t)gaz.n_entities, kind);
        }
        e->n_forms = gaz.n_forms - e->first_form;
        gaz.n_entities++;
    }
}

static void load(void)
{
    load_words();
    load_variants();
    static struct str of[MAX_ENTITIES];
    load_entities(list("lang/names/words/countries.txt"), of);
    load_entities(list("lang/names/words/organisations.txt"), of);
    load_entities(list("lang/names/words/outlets.txt"), of);
    for (uint32_t i = 0; i < gaz.n_entities; i++) {
        const struct gaz_form *form = of[i].n ? form_at(hash_text(of[i])) : NULL;
        gaz.entities[i].of = form ? form->entity : -1;
    }
    struct str rest = list("lang/names/words/places.txt"), line;
    while (str_split(&rest, '\n', &line))
        form_add(line, -1, FORM_PLACE);
}

static void ready(void)
{
    pthread_once(&gaz_loaded, load);
}

static uint32_t flags_of(const char *folded, size_t n)
{
    return (uint32_t)slot_of(gaz.words, WORD_SLOTS, str_hash((struct str){folded, n}))->value;
}

uint32_t gaz_word(struct str word)
{
    ready();
    char folded[128];
    size_t n = name_fold(word, folded, sizeof folded);
    if (n > 2 && folded[n - 1] == '.')
        n--; /* "Mr." */
    uint32_t flags = flags_of(folded, n);
    if (flags || n < 4 || folded[n - 1] != 's')
        return flags;
    /* a plural that was never met: "memos" */
    flags = flags_of(folded, n - 1);
    return flags & WORD_NOUN ? flags & (WORD_COMMON | WORD_NOUN) : 0;
}

const struct gaz_form *gaz_phrase(uint64_t hash)
{
    ready();
    return form_at(hash);
}

const struct gaz_form *gaz_form_of(struct str text)
{
    return gaz_phrase(hash_text(text));
}

const struct gaz_entity *gaz_entity(int32_t index)
{
    return index >= 0 && (uint32_t)index < gaz.n_entities ? &gaz.entities[index] : NULL;
}

const struct gaz_form *gaz_form(uint32_t index)
{
    return &gaz.forms[index];
}

uint64_t gaz_first_name(struct str folded)
{
    uint64_t hash = str_hash(folded);
    const struct word_slot *s = slot_of(gaz.variants, 512, hash);
    return s->hash ? s->value : hash;
}

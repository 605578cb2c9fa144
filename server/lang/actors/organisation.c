/* Organisations and outlets in one article: which names are one, whose they are, and what letters
 * in brackets stand for. */
#include "lang/names/names.h"

#include <string.h>

bool names_is_upper(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= 'a' && s.p[i] <= 'z')
            return false;
    return true;
}

/* "The Times", "the Post" after an outlet whose name ends so. */
int32_t names_outlet_before(const struct names *w, uint32_t find)
{
    struct str word = names_text(w, w->finds[find].end - 1);
    bool known = false;
    for (size_t k = 0; k < w->n_who && !known; k++)
        known = w->who[k].kind == ACTOR_OUTLET && str_eq(str_last_word(w->who[k].name), word);
    for (uint32_t i = known ? find : 0; i-- > 0;) {
        int32_t who = w->finds[i].who;
        if (who >= 0 && w->who[who].kind == ACTOR_OUTLET &&
            str_eq(str_last_word(w->who[who].name), word))
            return who;
    }
    return -1;
}

/* "Judiciary Committee" ends "House Judiciary Committee". */
static bool ends_org(struct str small, struct str large)
{
    return small.n + 1 < large.n && str_ends(large, small) &&
           large.p[large.n - small.n - 1] == ' ' && str_find_char(small, ' ', 0) != STR_NONE;
}

static bool same_org(struct str a, struct str b)
{
    char fa[160], fb[160];
    size_t na = name_fold(a, fa, sizeof fa), nb = name_fold(b, fb, sizeof fb);
    return na == nb && memcmp(fa, fb, na) == 0;
}

/* The nation right before an organisation's name: "Ukraine's Ministry of X", "Russian Foreign
 * Ministry". */
static int32_t nation_before(const struct names *w, const struct find *f, uint32_t *first)
{
    uint32_t k = f->first;
    if (k && names_is_possessive(w, k - 1))
        k--;
    if (!k || w->owner[k - 1] < 0)
        return -1;
    const struct find *n = &w->finds[w->owner[k - 1]];
    if (n->type != FIND_ENTITY || n->end != k || n->form->entity < 0 ||
        gaz_entity(n->form->entity)->kind != ACTOR_COUNTRY)
        return -1;
    *first = n->first;
    return n->form->entity;
}

struct str names_adjective(int32_t nation)
{
    const struct gaz_entity *e = gaz_entity(nation);
    if (str_eq(e->name, S("United States")))
        return S("US");
    if (str_eq(e->name, S("United Kingdom")))
        return S("UK");
    return e->demonym.n ? e->demonym : e->name;
}

static struct str org_name(struct names *w, const struct find *f, int32_t nation)
{
    struct str own = names_join(w, f->first, f->end);
    if (nation < 0)
        return own;
    struct str adjective = names_adjective(nation);
    return arena_fmt(w->doc->arena, "%.*s %.*s", STR_ARG(adjective), STR_ARG(own));
}

/* "Hartmann" begins "Hartmann & Sons Ltd", "Intel" begins "Intel Corp.": no word that others share,
 * nor a person's. */
static bool begins_org(struct str small, struct str large)
{
    if (small.n + 1 >= large.n || large.p[small.n] != ' ' || !str_starts(large, small))
        return false;
    bool word = str_find_char(small, ' ', 0) == STR_NONE;
    return !word ||
           !(gaz_word(small) & (WORD_COMMON | WORD_PLACE | WORD_ORG | WORD_FUNCTION | WORD_FIELD));
}

int32_t names_org_begun_by(const struct names *w, struct str name)
{
    int32_t found = -1;
    for (size_t k = 0; k < w->n_who; k++) {
        if (w->who[k].kind != ACTOR_ORGANISATION || w->who[k].entity >= 0 ||
            !begins_org(name, w->who[k].name))
            continue;
        if (found >= 0)
            return -1;
        found = (int32_t)k;
    }
    return found;
}

/* The hash of the folded name in a slot of who.folded, so that names are folded once. */
static uint64_t folded_once(uint64_t *slot, struct str name)
{
    char folded[160];
    if (!*slot)
        *slot = str_hash((struct str){folded, name_fold(name, folded, sizeof folded)});
    return *slot;
}

void names_resolve_org(struct names *w, uint32_t i)
{
    struct find *f = &w->finds[i];
    uint32_t first = f->first;
    int32_t nation = nation_before(w, f, &first);
    struct str own = names_join(w, f->first, f->end), name = org_name(w, f, nation);
    uint64_t of_name = 0, of_own = 0;
    folded_once(&of_name, name);
    folded_once(&of_own, own);
    int32_t who = -1;
    for (size_t k = 0; k < w->n_who && who < 0; k++) {
        struct who *p = &w->who[k];
        if (p->kind != ACTOR_ORGANISATION || p->entity >= 0)
            continue;
        bool same = folded_once(&p->folded[0], p->name) == of_name && same_org(p->name, name);
        bool form = nation < 0 && p->n_forms &&
                    folded_once(&p->folded[1], p->forms[0].text) == of_own &&
                    same_org(p->forms[0].text, own);
        if (same || form)
            who = (int32_t)k;
    }
    for (size_t k = 0; k < w->n_who && who < 0 && nation < 0; k++)
        if (w->who[k].kind == ACTOR_ORGANISATION && ends_org(own, w->who[k].name))
            who = (int32_t)k;
    if (who < 0 && nation < 0)
        who = names_org_begun_by(w, own);
    if (who < 0) {
        struct who *p = names_who(w, ACTOR_ORGANISATION);
        p->name = name;
        p->of = nation;
        who = (int32_t)(w->n_who - 1);
    }
    names_see(w, who, i);
}

/* "... Corporation (MCC)": the letters stand for what is before the bracket. */
void names_resolve_acronym(struct names *w, uint32_t i)
{
    struct find *f = &w->finds[i];
    struct str text = names_join(w, f->first, f->end);
    int32_t outlet = f->end == f->first + 1 ? names_outlet_before(w, i) : -1;
    if (outlet >= 0) {
        names_see(w, outlet, i);
        return;
    }
    int32_t whole = names_org_begun_by(w, text);
    if (whole >= 0) {
        names_see(w, whole, i);
        return;
    }
    if (f->end != f->first + 1 || !names_is_upper(text) || text.n < 2 || text.n > 8)
        return;
    if (f->first >= 2 && names_is(w, f->first - 1, "(") && w->owner[f->first - 2] >= 0) {
        struct find *full = &w->finds[w->owner[f->first - 2]];
        if (full->who >= 0 && (full->type == FIND_ORG || full->type == FIND_ENTITY)) {
            names_see(w, full->who, i);
            return;
        }
    }
    for (size_t k = 0; k < w->n_who; k++)
        for (uint32_t n = 0; n < w->who[k].n_forms; n++)
            if (str_eq(w->who[k].forms[n].text, text)) {
                names_see(w, (int32_t)k, i);
                return;
            }
    if (names_acts(w, f->first, f->end)) { /* "TSMC said" */
        f->type = FIND_ORG;
        f->head = f->first;
        names_resolve_org(w, i);
    }
}

static int32_t nation_of(int32_t entity)
{
    while (entity >= 0 && gaz_entity(entity)->kind != ACTOR_COUNTRY)
        entity = gaz_entity(entity)->of;
    return entity;
}

bool names_resolve_other(struct names *w, uint32_t i)
{
    struct find *f = &w->finds[i];
    uint32_t first = f->first;
    if (f->form->entity < 0 || gaz_entity(f->form->entity)->kind != ACTOR_ORGANISATION ||
        f->form->kind == FORM_ACRONYM || f->form->kind == FORM_DEMONYM || f->end == f->first + 1)
        return false;
    int32_t before = nation_before(w, f, &first), own = nation_of(f->form->entity);
    bool owned = f->first && names_is_possessive(w, f->first - 1);
    if (before < 0 || before == own || (own < 0 && owned))
        return false;
    f->type = FIND_ORG;
    f->head = f->end - 1;
    names_resolve_org(w, i);
    return true;
}

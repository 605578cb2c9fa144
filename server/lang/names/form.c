/* Names of the gazetteer in a text, and what stands beside them: another party's first word
 * ("Social Democrats"), a party's member, a company's branch ("Vodafone Germany") or legal form
 * ("Inc."). */
#include "lang/names/names.h"

/* A party's name, or its people: "Democratic Party", "Democrats". */
static bool is_party(const struct gaz_form *form)
{
    return form->entity >= 0 && form->kind != FORM_ACRONYM &&
           str_ends(gaz_entity(form->entity)->name, S(" Party")) &&
           (str_ends(form->text, S("s")) || str_ends(form->text, S(" Party")));
}

/* "Social Democrats", "Sweden Democrats", "Liberal Democratic Party": another party than the one
 * that goes by the last words; "Air India": a company. The first token of its name, or i. */
static uint32_t party_front(struct names *w, uint32_t i, bool company)
{
    uint32_t k = i - 1;
    if (!i || w->doc->tokens[k].sentence != w->doc->tokens[i].sentence)
        return i;
    struct find *f = w->owner[k] < 0 ? NULL : &w->finds[w->owner[k]];
    bool nation = f && f->type == FIND_ENTITY && f->form->kind == FORM_FULL &&
                  f->form->entity >= 0 && gaz_entity(f->form->entity)->kind == ACTOR_COUNTRY;
    bool free = !f || f->type == FIND_UNKNOWN;
    if (company ? !free || !names_is_company_front(w, k)
                : !nation && !(free && names_is_party_front(w, k)))
        return i;
    k = f ? f->first : k;
    if (f)
        f->type = FIND_DROPPED;
    return k;
}

/* "the [Kentucky] Republican": where somebody is from. */
static bool is_of_place(const struct names *w, uint32_t i)
{
    const struct find *f = w->owner[i] < 0 ? NULL : &w->finds[w->owner[i]];
    return f && f->type == FIND_ENTITY && (f->place || f->form->kind == FORM_PLACE);
}

/* "A senior Democrat", "one Republican", "the Democrat said": somebody of the party, who has no
 * name, and not the party; but "a Republican bill". */
static bool is_party_member(const struct names *w, uint32_t i, uint32_t end,
                            const struct gaz_form *form)
{
    if (form->kind != FORM_DEMONYM || form->entity < 0 || str_ends(form->text, S("s")) ||
        !str_ends(gaz_entity(form->entity)->name, S(" Party")))
        return false;
    uint32_t sentence = w->doc->tokens[i].sentence, k = i;
    while (k && w->doc->tokens[k - 1].sentence == sentence &&
           (is_of_place(w, k - 1) ||
            (!w->doc->tokens[k - 1].capital && w->flags[k - 1] & (WORD_MODIFIER | WORD_COMMON) &&
             !(w->flags[k - 1] & (WORD_DET | WORD_FUNCTION | WORD_VERB)))))
        k--;
    bool led = k && w->doc->tokens[k - 1].sentence == sentence && w->flags[k - 1] & WORD_DET;
    bool said = k > 1 && w->flags[k - 2] & WORD_SAY && !w->doc->tokens[k - 2].capital;
    bool alone = end >= w->doc->n_tokens || !w->doc->tokens[end].word ||
                 w->doc->tokens[end].sentence != sentence ||
                 (w->flags[end] & WORD_FUNCTION && !names_is(w, end, "and") &&
                  !names_is(w, end, "or")); /* "the Republican and Democratic leaders" */
    return led && (said || alone || names_acts(w, i, end));
}

/* "Vodafone Germany said": the find of the company whose branch the words up to `end` name, where
 * the country begins at i, or NULL. */
static struct find *branch_of(const struct names *w, uint32_t i, uint32_t end)
{
    int32_t o = i ? w->owner[i - 1] : -1;
    struct find *f = o < 0 ? NULL : &w->finds[o];
    if (!f || f->end != i || w->doc->tokens[f->first].sentence != w->doc->tokens[i].sentence)
        return NULL;
    bool known = f->type == FIND_ENTITY && f->form->entity >= 0 &&
                 gaz_entity(f->form->entity)->kind == ACTOR_ORGANISATION;
    uint32_t first = f->first, flags = w->flags[first];
    const uint32_t other = WORD_COMMON | WORD_FIRST | WORD_DATE | WORD_FUNCTION | WORD_ROLE;
    bool own = (f->type == FIND_ORG || f->type == FIND_UNKNOWN) && !(flags & other);
    bool led = first && w->flags[first - 1] & WORD_FUNCTION && /* "With Moss Germany said" */
               !(w->flags[first - 1] & WORD_DET) && !names_is(w, first - 1, "that");
    return (known || own) && !led && names_acts(w, first, end) ? f : NULL;
}

/* Makes one name of a company and the country of its branch: the known company's, or a body's. */
static void join_branch(struct names *w, struct find *f, uint32_t i, uint32_t end)
{
    if (f->type != FIND_ENTITY) {
        f->type = FIND_DROPPED;
        names_add(w, f->first, end, FIND_ORG)->head = end - 1;
        return;
    }
    for (uint32_t k = i; k < end; k++)
        w->owner[k] = w->owner[f->first];
    f->end = f->core_end = end;
    f->at.end = w->doc->tokens[end - 1].at.end;
}

/* Takes in what says that a known body is a company: "Apple[ Inc.]". The end of the find. */
static uint32_t with_suffix(struct names *w, struct find *f, uint32_t limit)
{
    bool body = f->form->entity >= 0 && gaz_entity(f->form->entity)->kind == ACTOR_ORGANISATION;
    uint32_t i = f->end < limit && names_is(w, f->end, ",") ? f->end + 1 : f->end;
    if (!body || i >= limit || !names_is_company_suffix(w, i) || !w->doc->tokens[i].capital)
        return f->end;
    for (uint32_t k = f->end; k <= i; k++)
        w->owner[k] = w->owner[f->first];
    f->end = f->core_end = i + 1;
    f->at.end = w->doc->tokens[i].at.end;
    return f->end;
}

uint32_t names_scan_form(struct names *w, uint32_t i, uint32_t limit, bool headline)
{
    uint32_t end = i;
    const struct gaz_form *form = names_longest_form(w, i, limit, &end);
    if (!form || (end == i + 1 && names_begins_person(w, i, limit)))
        return i;
    /* "House" or "Labour" at a sentence's start, "Time" in a headline: only where nothing else fits
     */
    bool common = end == i + 1 && (w->flags[i] & WORD_COMMON) && form->kind != FORM_DEMONYM &&
                  form->kind != FORM_ACRONYM;
    if (common && (headline || i == w->doc->sentences[w->doc->tokens[i].sentence].first))
        return i;
    bool country = form->entity >= 0 && gaz_entity(form->entity)->kind == ACTOR_COUNTRY &&
                   (form->kind == FORM_FULL || form->kind == FORM_NATIVE);
    bool nation = form->entity >= 0 && gaz_entity(form->entity)->kind == ACTOR_COUNTRY &&
                  form->kind != FORM_DEMONYM && form->kind != FORM_CONTEXT && !headline;
    if (is_party_member(w, i, end, form))
        return end;
    uint32_t front = is_party(form) || country ? party_front(w, i, country) : i;
    struct find *company = front == i && nation ? branch_of(w, i, end) : NULL;
    if (company) {
        join_branch(w, company, i, end);
        return end;
    }
    struct find *f = names_add(w, front, end, front < i ? FIND_ORG : FIND_ENTITY);
    if (front < i) {
        f->head = end - 1;
        return end;
    }
    f->form = form;
    f->place = form->entity < 0;
    return with_suffix(w, f, limit);
}

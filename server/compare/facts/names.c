/* What else the sentences of two facts name: other places tell of other events. */
#include "compare/facts/fact.h"

/* A name, no day: names of the first word are not known to be any. */
static bool is_name(const struct work *w, const struct text *t, uint32_t at)
{
    return (t->terms[at].flags & TERM_CAPITAL) && !(t->terms[at].flags & TERM_STOP) &&
           t->sentences[t->terms[at].sentence].first != at &&
           !(map_get(&w->lex.marks, t->terms[at].word, 0) & (MARK_DATE | MARK_ABBREVIATION));
}

static bool names_too(const struct text *t, uint32_t sentence, uint64_t stem)
{
    for (uint32_t i = t->sentences[sentence].first; i < t->sentences[sentence].end; i++)
        if (t->terms[i].stem == stem)
            return true;
    return false;
}

bool fact_names_date(const struct work *w, const struct fact *f)
{
    const struct text *t = &w->texts[f->article];
    for (uint32_t i = t->sentences[f->sentence].first; i < t->sentences[f->sentence].end; i++)
        if ((t->terms[i].flags & TERM_CAPITAL) &&
            (map_get(&w->lex.marks, t->terms[i].word, 0) & MARK_DATE))
            return true;
    return false;
}

bool facts_name_others(const struct work *w, const struct fact *x, const struct fact *y)
{
    const struct text *t = &w->texts[x->article], *u = &w->texts[y->article];
    bool in_x = false, in_y = false;
    for (uint32_t i = t->sentences[x->sentence].first; i < t->sentences[x->sentence].end; i++) {
        bool name = is_name(w, t, i);
        if (name && names_too(u, y->sentence, t->terms[i].stem))
            return false;
        in_x = in_x || name;
    }
    for (uint32_t i = u->sentences[y->sentence].first; i < u->sentences[y->sentence].end; i++)
        in_y = in_y || is_name(w, u, i);
    return in_x && in_y;
}

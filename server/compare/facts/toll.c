/* Tolls: how many people something happened to - killed, hurt, arrested, missing, moved out
 * (words/tolls.txt) - whether the words stand before the number ("killing at least seven") or
 * behind it ("two people from the village were hurt", "the death toll rose to 41").
 *
 * No toll is a part ("including two children", "15 of them"), nor what more came to it ("another
 * three"). Of children, soldiers, protesters only those are counted: f->prev is then their noun; it
 * is 0 where who they are is left open. */
#include "compare/facts/fact.h"
#include "compare/facts/look.h"

enum { GROUP_TERMS = 5, LIMIT_TERMS = 4, REACH_TERMS = 9 };

static uint32_t fate_at(const struct work *w, const struct text *t, uint32_t at)
{
    return map_get(&w->lex.tolls, t->terms[at].word, 0);
}

static bool is_marked(const struct work *w, const struct text *t, uint32_t at, uint32_t marks)
{
    return map_get(&w->lex.marks, t->terms[at].word, 0) & marks;
}

/* "Including two", "among them two", "15 of them", "two of the": parts of a whole. */
static bool is_part(const struct text *t, const struct fact *f)
{
    static const char *const parts[] = {"including", "among", "whom", "includes", "included"};
    struct term_range s = t->sentences[f->sentence];
    for (uint32_t i = f->first; i-- > s.first && i + 3 > f->first;)
        if (IS_ANY(&t->terms[i], parts))
            return true;
    return f->end < s.end && term_is(&t->terms[f->end], "of");
}

/* The end of the words that say who they are: "alleged members of" ends behind "members". Sets who
 * f->prev. */
static uint32_t group_end(const struct work *w, const struct text *t, struct fact *f)
{
    uint32_t end = t->sentences[f->sentence].end, k = f->end;
    bool open = true;
    for (; k < end && k < f->end + GROUP_TERMS && terms_touch(t, k - 1); k++) {
        if (!term_is_content(&t->terms[k]) && !(t->terms[k].flags & TERM_INNER))
            break;
        if (fate_at(w, t, k) || (t->terms[k].flags & TERM_NUMBER))
            break;
        open = is_marked(w, t, k, MARK_PEOPLE);
        f->prev = t->terms[k].raw_stem;
    }
    f->prev = open ? 0 : f->prev;
    return k;
}

/* "Two people were hurt", "41 dead", "89 from two towns were arrested"; but not "two people
 * killed a guard". */
static uint32_t fate_behind(const struct work *w, const struct text *t, uint32_t from,
                            uint32_t *last)
{
    uint32_t end = t->sentences[t->terms[from - 1].sentence].end;
    for (uint32_t i = from; i < end && i < from + REACH_TERMS; i++) {
        uint32_t fate = fate_at(w, t, i);
        if (!fate) {
            if (is_marked(w, t, i, MARK_CLAUSE | MARK_NEGATION | MARK_UNREAL) ||
                (t->terms[i].flags & TERM_NUMBER) || is_marked(w, t, i, MARK_PEOPLE))
                return 0;
            continue;
        }
        bool done_to = i == from || is_marked(w, t, i - 1, MARK_BE) ||
                       (i > from + 1 && is_marked(w, t, i - 2, MARK_BE));
        bool does =
            i + 1 < end && terms_touch(t, i) &&
            (term_is_content(&t->terms[i + 1]) || is_marked(w, t, i + 1, MARK_DETERMINER)) &&
            !is_marked(w, t, i + 1, MARK_DATE) && !is_marked(w, t, i - 1, MARK_BE);
        *last = i;
        return done_to && !does ? fate : 0;
    }
    return 0;
}

/* "Killing at least seven", "a death toll of 41". */
static uint32_t fate_before(const struct work *w, const struct text *t, const struct fact *f)
{
    uint32_t first = t->sentences[f->sentence].first;
    for (uint32_t i = f->first; i-- > first && i + LIMIT_TERMS >= f->first;) {
        uint32_t fate = fate_at(w, t, i);
        if (fate)
            return i > first && is_marked(w, t, i - 1, MARK_BE) ? 0 : fate;
        if (!is_marked(w, t, i, MARK_LIMIT))
            return 0;
    }
    return 0;
}

/* Somebody is counted behind the verb, or nobody is named: "injured 40 in the south"; but not
 * "seized 12 kilograms". */
static bool are_people(const struct work *w, const struct text *t, const struct fact *f,
                       uint32_t group)
{
    if (group == f->end)
        return f->end >= t->sentences[f->sentence].end || !terms_touch(t, f->end - 1) ||
               !term_is_content(&t->terms[f->end]);
    return !map_get(&w->lex.units, t->terms[group - 1].word, 0);
}

bool fact_is_toll(const struct work *w, const struct text *t, struct fact *f)
{
    if (is_part(t, f))
        return false;
    uint64_t noun = f->prev;
    uint32_t group = group_end(w, t, f), last = f->end;
    uint32_t fate =
        group > f->end || (f->end < t->sentences[f->sentence].end && fate_at(w, t, f->end))
            ? fate_behind(w, t, group, &last)
            : 0;
    if (!fate && are_people(w, t, f, group))
        fate = fate_before(w, t, f);
    if (!fate) {
        f->prev = noun;
        return false;
    }
    f->kind = FACT_TOLL;
    f->what = fate;
    return true;
}

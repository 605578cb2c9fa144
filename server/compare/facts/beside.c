/* What stands beside a fact: whose it is, what happens then, the words around, whether it is only
 * supposed. */
#include "compare/facts/fact.h"
#include "compare/facts/look.h"

enum {
    NEAR_TERMS = 8,
    MOST_OWNER = 12,
    BESIDE = 3,
    ACT_TERMS = 6,
    CLOCK_TERMS = 10,
    LATER_TERMS = 14,
    TITLE_WORDS = 3
};

/* Another quake, an earlier count, the second goal. */
static bool is_of_another(const struct work *w, const struct text *t, uint32_t at)
{
    struct term_range s = t->sentences[t->terms[at].sentence];
    for (uint32_t i = s.first; i < s.end; i++)
        if (map_get(&w->lex.marks, t->terms[i].word, 0) & MARK_OTHER)
            return true;
    return false;
}

/* "Would need six seats", "if three states …", "a margin of error of 3.1 points". */
static bool is_supposed(const struct text *t, uint32_t at)
{
    static const char *const words[] = {"would", "could",  "may",  "might", "if",
                                        "must",  "should", "need", "needs", "needed"};
    static const char *const poll[] = {"margin", "error", "sampling"};
    struct term_range s = t->sentences[t->terms[at].sentence];
    for (uint32_t i = s.first; i < s.end; i++)
        if ((i < at && i + 8 > at && IS_ANY(&t->terms[i], words)) || IS_ANY(&t->terms[i], poll))
            return true;
    return false;
}

bool fact_is_past(const struct work *w, const struct text *t, uint32_t at)
{
    static const char *const plans[] = {"expected", "scheduled", "planned", "supposed"};
    static const char *const before[] = {"the", "a",   "an", "his", "her",
                                         "its", "our", "on", "of",  "their"};
    bool describes = at > t->sentences[t->terms[at].sentence].first &&
                     IS_ANY(&t->terms[at - 1], before); /* "on injured reserve" */
    return term_is_long_noun(&t->terms[at]) && !describes && !IS_ANY(&t->terms[at], plans) &&
           (str_ends(text_slice(t, t->terms[at].at), S("ed")) ||
            (map_get(&w->lex.marks, t->terms[at].word, 0) & MARK_PAST));
}

/* The actor whom the number is about: the nearest one before it. */
static void find_owner(const struct text *t, struct fact *f)
{
    struct term_range s = t->sentences[f->sentence];
    for (uint32_t i = f->first; !f->owner && i-- > s.first && i + MOST_OWNER > f->first;)
        if (t->terms[i].flags & TERM_ACTOR)
            f->owner = t->terms[i].stem;
    bool ahead = f->first < s.first + 2; /* "In 1957, Page disappeared" */
    for (uint32_t i = f->end; ahead && !f->owner && i < s.end && i < f->end + BESIDE; i++)
        if (t->terms[i].flags & TERM_ACTOR)
            f->owner = t->terms[i].stem;
}

/* "Nine days after the attack" measures from another event than "in hospital for nine days". */
static uint64_t span_link(const struct text *t, const struct fact *f)
{
    static const char *const links[] = {"after", "before", "later", "ago", "since", "until"};
    uint32_t end = t->sentences[f->sentence].end;
    return f->kind == FACT_SPAN && f->end < end && IS_ANY(&t->terms[f->end], links)
               ? t->terms[f->end].word
               : 0;
}

/* The content words on both sides. */
static void find_neighbours(const struct text *t, struct fact *f)
{
    struct term_range s = t->sentences[f->sentence];
    for (uint32_t i = f->end; !f->next && i < s.end && i < f->end + BESIDE; i++)
        if (term_is_long_noun(&t->terms[i]))
            f->next = t->terms[i].stem;
    for (uint32_t i = f->first; !f->prev && i-- > s.first && i + BESIDE >= f->first;)
        if (term_is_long_noun(&t->terms[i]))
            f->prev = t->terms[i].stem;
}

/* What happens on the day: the two past verbs before it, else - "In 1957, Page disappeared" - those
 * behind. A day on which something is said is the saying's. */
static void find_acts(const struct work *w, const struct text *t, struct fact *f)
{
    struct term_range s = t->sentences[f->sentence];
    uint32_t reach = f->kind == FACT_CLOCK ? CLOCK_TERMS : ACT_TERMS;
    size_t n = 0;
    for (uint32_t i = f->first; n < 2 && i-- > s.first && i + reach >= f->first;) {
        f->said = f->said || (!n && saying_cues(w, f->article, i));
        if (fact_is_past(w, t, i))
            f->acts[n++] = t->terms[i].stem;
    }
    for (uint32_t i = f->end;
         f->first < s.first + 2 && n < 2 && i < s.end && i < f->end + ACT_TERMS; i++)
        if (fact_is_past(w, t, i))
            f->acts[n++] = t->terms[i].stem;
}

/* The title of a film, a book that the year is said of: three capitals in a row near it, and near
 * it the word for what it is. */
static uint64_t work_of(const struct work *w, const struct text *t, const struct fact *f)
{
    struct term_range s = t->sentences[f->sentence];
    uint32_t first = f->first > s.first + NEAR_TERMS ? f->first - NEAR_TERMS : s.first;
    uint32_t end = f->end + NEAR_TERMS < s.end ? f->end + NEAR_TERMS : s.end, run = 0;
    uint64_t title = 0, hash = 0;
    bool named = false;
    for (uint32_t i = first; i < end; i++) {
        named = named || map_get(&w->lex.works, t->terms[i].raw_stem, 0);
        bool capital =
            (t->terms[i].flags & TERM_CAPITAL) && i > s.first && (!run || terms_touch(t, i - 1));
        run = capital ? run + 1 : 0;
        hash = capital ? hash * 31 + t->terms[i].word : 0;
        title = run >= TITLE_WORDS ? hash : title;
    }
    return named ? title : 0;
}

/* The content words beside the fact, without numbers and what is counted. */
static struct bag near_words(const struct work *w, const struct text *t, const struct fact *f)
{
    struct term_range s = t->sentences[f->sentence];
    uint32_t reach = f->kind == FACT_LATER ? LATER_TERMS : NEAR_TERMS;
    uint32_t first = f->first > s.first + reach ? f->first - reach : s.first;
    uint32_t end = f->end + reach < s.end ? f->end + reach : s.end;
    struct bag bag = {.v = arena_array(w->arena, end - first + 1, sizeof *bag.v)};
    for (uint32_t i = first; i < end; i++) {
        const struct term *term = &t->terms[i];
        if (term_is_content(term) && !(term->flags & TERM_NUMBER) && term->stem != f->what &&
            (i < f->first || i >= f->end))
            bag.v[bag.n++] = (struct weighted){term->stem, (float)work_weight(w, term)};
    }
    bag_close(&bag);
    return bag;
}

/* The month that the sentence names: of an earlier flood. */
static uint64_t month_in(const struct work *w, const struct text *t, uint32_t sentence)
{
    struct term_range s = t->sentences[sentence];
    for (uint32_t i = s.first; i < s.end; i++)
        if ((t->terms[i].flags & TERM_CAPITAL) &&
            (map_get(&w->lex.marks, t->terms[i].word, 0) & MARK_DATE) &&
            !str_ends(text_slice(t, t->terms[i].at), S("day")))
            return t->terms[i].word;
    return 0;
}

void fact_add(struct work *w, const struct text *t, struct fact *f, struct facts *out)
{
    f->saying = saying_at(w, f->article, f->at);
    f->quoted = f->saying && (t->terms[f->first].flags & TERM_QUOTED);
    f->supposed = f->supposed || is_supposed(t, f->first) ||
                  (f->kind != FACT_DAY && f->kind != FACT_TIMES && f->kind != FACT_LATER &&
                   is_of_another(w, t, f->first));
    f->month = f->kind == FACT_COUNT || f->kind == FACT_TOLL ? month_in(w, t, f->sentence) : 0;
    find_owner(t, f);
    if (f->kind != FACT_TOLL)
        find_neighbours(t, f);
    f->link = span_link(t, f);
    if (f->kind == FACT_MONTH || f->kind == FACT_DAY || f->kind == FACT_YEAR ||
        f->kind == FACT_CLOCK)
        find_acts(w, t, f);
    f->work = f->kind == FACT_YEAR ? work_of(w, t, f) : 0;
    f->near = near_words(w, t, f);
    f->around = sentence_bag(w, t, f->sentence);
    out->v = arena_grow(w->arena, out->v, out->n, &out->cap, sizeof *out->v);
    out->v[out->n++] = *f;
}

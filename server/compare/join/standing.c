/* In whose place do they speak: a court, somebody of it, those who are in an office, those who
 * were?
 *
 * What a court ruled is the court's and never that of the minister whose order it stopped, whomever
 * a reading takes "he" for; what former members urge is not what members do. */
#include "compare/join/join.h"

#include "assets/wordlist.h"

#include <pthread.h>

static struct wordset words;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
    words = wordset_load("compare/words/standing.txt");
}

static bool is(struct str word, struct str what)
{
    pthread_once(&once, load);
    const struct wordset_entry *e = wordset_find_lower(&words, word);
    return e && str_eq(e->value, what);
}

static bool has_bench(struct str text, char between)
{
    struct str word;
    while (str_split(&text, between, &word))
        if (is(word, S("court")) || is(word, S("bench")))
            return true;
    return false;
}

/* "Judge Ann Reed", "Reed, a federal judge": by her office, or by the words that name her. */
static bool is_of_bench(const struct work *w, const struct saying *s)
{
    const struct text *t = &w->texts[s->article];
    bool found = has_bench(w->in->articles[s->article].reading->actors[s->st->speaker].role, ' ');
    for (size_t i = 0; i < s->st->source.n && !found; i++)
        found = has_bench(text_slice(t, s->st->source.v[i]), ' ');
    return found;
}

/* Has the person an office, and none of a court's? */
static bool holds_other_office(const struct work *w, const struct saying *s)
{
    return saying_kind(w, s) == ACTOR_PERSON &&
           w->in->articles[s->article].reading->actors[s->st->speaker].role.n && !is_of_bench(w, s);
}

bool saying_is_beside_court(const struct work *w, const struct saying *s)
{
    return saying_kind(w, s) == ACTOR_PERSON && !is_of_bench(w, s) &&
           (saying_by_pronoun(w, s) || holds_other_office(w, s));
}

/* "He", "who": whom a report means by it, a reading can take wrong. */
bool saying_by_pronoun(const struct work *w, const struct saying *s)
{
    const struct text *t = &w->texts[s->article];
    for (size_t i = 0; i < s->st->source.n; i++) {
        struct term_range r = text_range(t, s->st->source.v[i]);
        for (uint32_t k = r.first; k < r.end; k++)
            if (!(t->terms[k].flags & TERM_STOP))
                return false;
    }
    return true;
}

static bool is_former(struct str key)
{
    struct str word;
    while (str_split(&key, '-', &word))
        if (is(word, S("former")))
            return true;
    return false;
}

void saying_find_standing(const struct work *w, struct saying *s)
{
    enum actor_kind kind = saying_kind(w, s);
    s->court = s->speaker.n && kind != ACTOR_PERSON && is(key_head(s->speaker), S("court"));
    s->former = s->speaker.n && kind == ACTOR_UNNAMED && is_former(s->speaker);
}

bool sayings_stand_apart(const struct work *w, const struct saying *a, const struct saying *b)
{
    if (a->court != b->court) {
        const struct saying *other = a->court ? b : a;
        return holds_other_office(w, other) && !saying_by_pronoun(w, other);
    }
    return a->former != b->former && a->speaker.n && b->speaker.n &&
           saying_kind(w, a) == ACTOR_UNNAMED && saying_kind(w, b) == ACTOR_UNNAMED;
}

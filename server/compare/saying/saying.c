/* Articles and statements made ready for comparing: their terms, and for each statement a bag of
 * weighted content words. A word weighs by its rarity in everyday news and in this story. */
#include "compare/parts.h"

#include <math.h>
#include <stdlib.h>

/* Sentences a word is thought to be absent from before any is seen: steadies small stories. */
enum { PRIOR_SENTENCES = 20 };
/* Of a statement, so many words are compared: the cost of comparing two grows with their square. */
enum { MOST_TERMS = 600 };

void work_count_words(struct work *w, const struct text *t)
{
    struct map seen = {0};
    for (size_t i = 0; i < t->n_terms; i++) {
        uint32_t *last = map_at(w->arena, &seen, t->terms[i].stem);
        if (*last == t->terms[i].sentence + 1)
            continue;
        *last = t->terms[i].sentence + 1;
        ++*map_at(w->arena, &w->df, t->terms[i].stem);
    }
    w->n_sentences += t->n_sentences;
}

void work_texts(struct work *w)
{
    size_t n = w->in->n_articles;
    w->texts = arena_array(w->arena, n + 1, sizeof *w->texts);
    for (size_t i = 0; i < n; i++) {
        text_read(w->arena, &w->lex, w->in->articles[i].reading->text, &w->texts[i]);
        text_unite_forms(&w->lex, &w->texts[i]);
        text_name_actors(&w->texts[i], w->in->articles[i].reading);
        work_count_words(w, &w->texts[i]);
    }
}

double work_weight(const struct work *w, const struct term *t)
{
    double all = (double)w->n_sentences + PRIOR_SENTENCES;
    double here = log(all / (1.0 + map_get(&w->df, t->stem, w->df_unseen))) / log(all);
    double rarity = (t->flags & TERM_ACTOR) ? 0.7 : vocabulary_rarity(&w->lex, t->stem);
    return here * (0.35 + 0.65 * rarity);
}

static struct str actor_key(const struct lang_reading *r, int32_t actor)
{
    return actor >= 0 && (size_t)actor < r->n_actors ? r->actors[actor].key : (struct str){0};
}

static void fill_bag(struct work *w, struct saying *s)
{
    const struct text *t = &w->texts[s->article];
    uint64_t self = s->speaker.n ? str_hash(s->speaker) : 0;
    s->bag.v = arena_array(w->arena, s->n_terms + 1, sizeof *s->bag.v);
    for (size_t i = 0; i < s->n_terms; i++) {
        const struct term *term = &t->terms[s->terms[i]];
        if (term_is_content(term) && !(self && term->stem == self))
            s->bag.v[s->bag.n++] = (struct weighted){term->stem, (float)work_weight(w, term)};
    }
    bag_close(&s->bag);
}

static int by_word(const void *a, const void *b)
{
    const struct quoted_word *x = a, *y = b;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

static void fill_quoted(struct work *w, struct saying *s)
{
    const struct term *t = w->texts[s->article].terms;
    s->quoted = arena_array(w->arena, s->n_terms + 1, sizeof *s->quoted);
    for (uint32_t i = 0; i < s->n_terms; i++) {
        const struct term *term = &t[s->terms[i]];
        if (!(term->flags & TERM_QUOTED))
            continue;
        s->quoted[s->n_quoted++] = (struct quoted_word){term->word, i};
        s->quoted_content += term_is_content(term) || (term->flags & TERM_INNER);
    }
    if (s->n_quoted > 1)
        qsort(s->quoted, s->n_quoted, sizeof *s->quoted, by_word);
}

/* "told Lammy he …": the first word that says something between cue and content. */
static uint64_t find_addressee(const struct work *w, struct saying *s)
{
    const struct text *t = &w->texts[s->article];
    if (!s->st->cue.n || !s->st->content.n)
        return 0;
    struct span gap = {s->st->cue.v[s->st->cue.n - 1].end, s->st->content.v[0].start};
    if (gap.start >= gap.end)
        return 0;
    struct term_range r = text_range(t, gap), cue = text_range(t, s->st->cue.v[s->st->cue.n - 1]);
    static const char *const telling[] = {"told",    "tell",     "telling",
                                          "assured", "informed", "warned"};
    bool tells = false;
    for (uint32_t i = cue.first; i < cue.end; i++)
        for (size_t k = 0; k < sizeof telling / sizeof *telling; k++)
            tells = tells || t->terms[i].word == str_hash(str_of(telling[k]));
    for (uint32_t i = r.first; tells && i < r.end && i < r.first + 5; i++)
        if (term_is_content(&t->terms[i])) {
            s->told = t->terms[i].at;
            s->told_actor = (t->terms[i].flags & TERM_ACTOR) != 0;
            return t->terms[i].stem;
        }
    return 0;
}

static uint32_t marks_in(const struct work *w, const struct text *t, struct spans spans)
{
    uint32_t marks = 0;
    for (size_t i = 0; i < spans.n; i++) {
        struct term_range r = text_range(t, spans.v[i]);
        for (uint32_t k = r.first; k < r.end; k++)
            marks |= map_get(&w->lex.marks, t->terms[k].word, 0);
    }
    return marks;
}

static void make_saying(struct work *w, uint32_t article, uint32_t statement, struct saying *s)
{
    const struct compare_article *from = &w->in->articles[article];
    const struct lang_statement *st = &from->reading->statements[statement];
    *s = (struct saying){.article = article, .statement = statement, .st = st};
    s->id = from->statement_ids ? from->statement_ids[statement] : 0;
    s->speaker = actor_key(from->reading, st->speaker);
    if (s->speaker.n)
        s->of = from->reading->actors[st->speaker].of;
    saying_find_key(s);
    saying_find_standing(w, s);
    s->day = st->said_on;
    s->channel = st->channel;
    const struct text *t = &w->texts[article];
    size_t n = 0;
    for (size_t i = 0; i < st->content.n; i++) {
        struct term_range r = text_range(t, st->content.v[i]);
        n += r.end > r.first ? r.end - r.first : 0;
    }
    s->terms = arena_array(w->arena, (n < MOST_TERMS ? n : MOST_TERMS) + 1, sizeof *s->terms);
    for (size_t i = 0; i < st->content.n; i++) {
        struct term_range r = text_range(t, st->content.v[i]);
        for (uint32_t k = r.first; k < r.end && s->n_terms < MOST_TERMS; k++)
            s->terms[s->n_terms++] = k;
    }
    s->cue_marks = marks_in(w, t, st->cue);
    s->content_marks = marks_in(w, t, st->content);
    fill_bag(w, s);
    fill_quoted(w, s);
    saying_find_turned(w, s);
    s->addressee = find_addressee(w, s);
}

/* How often each speaks in the article besides. */
static void count_siblings(struct work *w)
{
    struct map said = {0};
    for (int count = 1; count >= 0; count--)
        for (size_t i = 0; i < w->n_sayings; i++) {
            struct saying *s = &w->sayings[i];
            uint64_t key = str_hash_more(str_hash(s->speaker), S(" ")) * 31 + s->article;
            uint32_t *n = map_at(w->arena, &said, key);
            *n += (uint32_t)count;
            s->siblings = *n - 1;
        }
}

static uint64_t sentence_key(uint32_t article, uint32_t sentence)
{
    return (((uint64_t)article << 32 | sentence) + 1) * UINT64_C(0x9E3779B97F4A7C15);
}

/* What is told in each sentence, so that a place is found without asking every statement. */
struct index {
    struct work *w;
    struct map last; /* the last one of a sentence + 1 */
    size_t n, cap;
};

static void index_spans(struct index *x, uint32_t saying, struct spans spans)
{
    struct work *w = x->w;
    uint32_t article = w->sayings[saying].article;
    const struct text *t = &w->texts[article];
    for (size_t i = 0; i < spans.n; i++) {
        struct term_range r = text_range(t, spans.v[i]);
        if (r.first >= r.end)
            continue;
        uint32_t end = t->terms[r.end - 1].sentence;
        for (uint32_t at = t->terms[r.first].sentence; at <= end; at++) {
            uint32_t *last = map_at(w->arena, &x->last, sentence_key(article, at));
            if (*last && w->told_in[*last - 1].saying == saying)
                continue;
            w->told_in = arena_grow(w->arena, w->told_in, x->n, &x->cap, sizeof *w->told_in);
            w->told_in[x->n++] = (struct told_in){saying, 0};
            if (*last)
                w->told_in[*last - 1].next = (uint32_t)x->n;
            else
                *map_at(w->arena, &w->told, sentence_key(article, at)) = (uint32_t)x->n;
            *last = (uint32_t)x->n;
        }
    }
}

static void index_sentences(struct work *w)
{
    struct index x = {.w = w};
    for (uint32_t i = 0; i < w->n_sayings; i++) {
        index_spans(&x, i, w->sayings[i].st->content);
        index_spans(&x, i, w->sayings[i].st->cue);
    }
}

void work_sayings(struct work *w)
{
    size_t cap = 0;
    w->first_saying = arena_array(w->arena, w->in->n_articles + 1, sizeof *w->first_saying);
    for (size_t i = 0; i < w->in->n_articles; i++) {
        uint32_t article = w->order[i];
        w->first_saying[i] = (uint32_t)w->n_sayings;
        const struct compare_article *from = &w->in->articles[article];
        for (size_t k = 0; k < from->reading->n_statements; k++) {
            if (from->statement_status && from->statement_status[k] == STATUS_REJECTED)
                continue;
            w->sayings = arena_grow(w->arena, w->sayings, w->n_sayings, &cap, sizeof *w->sayings);
            make_saying(w, article, (uint32_t)k, &w->sayings[w->n_sayings++]);
        }
    }
    w->first_saying[w->in->n_articles] = (uint32_t)w->n_sayings;
    count_siblings(w);
    work_senses(w);
    index_sentences(w);
}

static bool within(struct spans spans, struct span at)
{
    for (size_t i = 0; i < spans.n; i++)
        if (spans.v[i].start <= at.start && at.end <= spans.v[i].end)
            return true;
    return false;
}

const struct saying *saying_at(const struct work *w, uint32_t article, struct span at)
{
    const struct text *t = &w->texts[article];
    uint32_t first = text_range(t, at).first;
    if (first >= t->n_terms)
        return NULL;
    uint64_t key = sentence_key(article, t->terms[first].sentence);
    const struct saying *inner = NULL; /* "A says that B had said": B says it */
    for (uint32_t i = map_get(&w->told, key, 0); i; i = w->told_in[i - 1].next) {
        const struct saying *s = &w->sayings[w->told_in[i - 1].saying];
        if (within(s->st->content, at) && (!inner || s->n_terms < inner->n_terms))
            inner = s;
    }
    return inner;
}

bool saying_cues(const struct work *w, uint32_t article, uint32_t term)
{
    const struct term *t = &w->texts[article].terms[term];
    uint64_t key = sentence_key(article, t->sentence);
    for (uint32_t i = map_get(&w->told, key, 0); i; i = w->told_in[i - 1].next)
        if (within(w->sayings[w->told_in[i - 1].saying].st->cue, t->at))
            return true;
    return false;
}

enum actor_kind saying_kind(const struct work *w, const struct saying *s)
{
    return s->speaker.n ? w->in->articles[s->article].reading->actors[s->st->speaker].kind
                        : ACTOR_UNNAMED;
}

struct str saying_words(const struct work *w, const struct saying *s, size_t max)
{
    if (!s->st->content.n)
        return (struct str){0};
    struct str text = text_slice(&w->texts[s->article], s->st->content.v[0]);
    if (text.n <= max)
        return text;
    size_t end = max;
    while (end && text.p[end] != ' ')
        end--;
    return str_slice(text, 0, end ? end : 0);
}

struct str saying_speaker_name(const struct work *w, const struct saying *s)
{
    const struct lang_reading *reading = w->in->articles[s->article].reading;
    return s->st->speaker == NO_ACTOR ? s->speaker : reading->actors[s->st->speaker].name;
}

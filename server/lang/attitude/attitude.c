/* Attitudes: the words that bear them, found in a statement's words one after the other.
 *
 * Each sentence of the content is looked through for the words of words/attitudes.txt and, for
 * what is said of a thing, the qualities of words/stance.txt. Each finds its target by its kind: a
 * verb or noun behind it, a quality before or behind it. A negation turns the next one within its
 * reach. Then attitudes towards others' attitudes are joined (join.c). */
#include "lang/attitude/parts.h"
#include "lang/names/gazetteer.h"

enum { NEGATION_REACH = 6, LONG_SENTENCE = 400, CUE_REACH = 6 };

const float lang_plain = 1.0f, lang_clear = 0.8f, lang_fair = 0.6f, lang_weak = 0.3f;

void lang_attitude_add(struct scan *s, struct attitude x)
{
    bool inside = s->has_condition && x.first >= s->condition && x.first < s->condition_end;
    if (!x.of_another && lang_is_told_within(s, x.first)) {
        x.of_another = true;
        x.holder = x.holder_end = x.first; /* somebody */
    }
    x.question = s->question;
    x.hedged = s->hedged;
    x.supposed = inside && !s->threat;
    x.conditional = s->has_condition && !inside && !x.clause; /* else it is the sentence's */
    if (x.conditional) {
        x.condition = (uint32_t)s->condition;
        x.condition_end = (uint32_t)s->condition_end;
    }
    if (x.negated && x.sign > 0 && x.form != ATTITUDE_IS)
        x.strength *= lang_weak; /* "did not oppose" */
    s->out->v = arena_grow(s->arena, s->out->v, s->out->n, s->cap, sizeof *s->out->v);
    s->out->v[s->out->n++] = x;
}

struct attitude lang_attitude_begin(const struct scan *s, const struct lexicon_entry *e, size_t t,
                                    size_t n)
{
    char sort = e->class.n > 1 ? e->class.p[1] : 'j';
    bool negated = s->negated && t - s->negation <= NEGATION_REACH;
    bool minus = str_starts(e->more, S("-"));
    return (struct attitude){.sort = sort == 'p'   ? ATTITUDE_PROPOSAL
                                     : sort == 'f' ? ATTITUDE_FACT
                                                   : ATTITUDE_JUDGEMENT,
                             .sign = minus != negated ? -1 : 1,
                             .negated = negated,
                             .first = (uint32_t)t,
                             .end = (uint32_t)(t + n),
                             .strength = lang_plain};
}

bool lang_attitude_flag(const struct lexicon_entry *e, char flag)
{
    return str_find_char(e->more, flag, 0) != STR_NONE;
}

bool lang_is_possessive(const struct lang_doc *doc, size_t token)
{
    static const char *const words[] = {"his", "her", "its", "their", "our", "my", "your", "'s"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (lang_is_word(doc, token, words[i]))
            return true;
    return false;
}

/* "not only" denies nothing, and "no fewer" is no negation of what follows. */
static void take_negation(struct scan *s, size_t t, size_t n)
{
    s->negated = !lang_is_word(s->doc, t + n, "only") && !lang_is_word(s->doc, t + n, "just");
    s->negation = t;
}

static void take_word(struct scan *s, const struct lexicon_entry *e, size_t t, size_t n)
{
    bool names = str_eq(e->class, S("vd"));
    char kind = names ? 'd' : e->class.p[0];
    if (kind == 'd' && !lang_is_no_verb(s, e, t))
        s->naming = t + n;
    else if (kind == 'v')
        lang_take_verb(s, e, t, n);
    else if (kind == 'n' || kind == 'g' || kind == 'h')
        lang_take_noun(s, e, t, n);
    else if (kind == 'e')
        lang_take_feeling(s, e, t, n);
    else if (kind == 'q' || kind == 'a')
        lang_take_quality(s, e, t, n);
    else if (kind == 'm' || kind == 'c')
        lang_take_modal(s, e, t, n);
    else if (kind == 'r')
        lang_take_question(s, e, t, n);
}

/* The word that begins at t; qualities of the longer list, too. */
static const struct lexicon_entry *word_at(const struct scan *s, size_t t, size_t *n)
{
    size_t other;
    const struct lexicon_entry *e =
        lexicon_match(lexicon_open(WORDS_ATTITUDES), s->doc, t, s->to, n);
    const struct lexicon_entry *q =
        lexicon_match(lexicon_open(WORDS_STANCE), s->doc, t, s->to, &other);
    if (q && q->class.p[0] == 'a' && (!e || other > *n)) {
        *n = other;
        return q;
    }
    return e;
}

static void scan_words(struct scan *s)
{
    size_t n;
    for (size_t t = s->from; t < s->to; t += n) {
        const struct lexicon_entry *e = word_at(s, t, &n);
        if (t >= s->content && t < s->content + 2)
            s->negated &= s->negation >= s->content;
        if (!e) {
            n = lang_take_too(s, t) ? 2 : 1;
            s->negated &= !lang_clause_breaks(s->doc, t);
        } else if (e->class.p[0] == 'x') {
            take_negation(s, t, n);
        } else {
            take_word(s, e, t, n);
            s->negated &= e->class.p[0] == 'm' || e->class.p[0] == 'c';
        }
        s->hedged |= lang_is_word(s->doc, t, "may") || lang_is_word(s->doc, t, "might") ||
                     lang_is_word(s->doc, t, "could") ||
                     (lang_is_word(s->doc, t, "can") && lang_is_word(s->doc, t + 1, "be"));
    }
}

/* "if they are to": a purpose, no condition. */
static bool is_purpose(const struct lang_doc *doc, size_t token, size_t end)
{
    for (size_t t = token + 2; t < end && t < token + 7; t++)
        if (lang_is_word(doc, t, "to") &&
            (lang_is_word(doc, t - 1, "are") || lang_is_word(doc, t - 1, "is")))
            return true;
    return false;
}

/* "until 2017", "until the end of March": how long, no condition. */
static bool is_how_long(const struct lang_doc *doc, size_t token, size_t end)
{
    static const char *const small[] = {"the",  "at",  "least", "early", "late",
                                        "next", "end", "of",    NULL};
    size_t t = token + 1;
    while (t < end && str_one_of(lang_token_text(doc, t), small))
        t++;
    struct str word = t < end ? lang_token_text(doc, t) : (struct str){0};
    bool time = word.n && ((word.p[0] >= '0' && word.p[0] <= '9') || gaz_word(word) & WORD_DATE);
    return lang_is_word(doc, token, "until") && time;
}

/* The condition in the sentence: from its word to the next comma or the end. */
static void find_condition(struct scan *s)
{
    size_t n;
    for (size_t t = s->content; t < s->to && !s->has_condition; t++) {
        const struct lexicon_entry *e =
            lexicon_match(lexicon_open(WORDS_HEDGES), s->doc, t, s->to, &n);
        bool at_once = t > s->content && lang_is_word(s->doc, t - 1, "at");
        bool further =
            t > s->content + 4 &&
            (lang_is_word(s->doc, t - 1, "and") ||
             (lang_is_word(s->doc, t - 1, "that") && lang_is_word(s->doc, t - 2, "and")));
        if (!e || e->class.p[0] != 'c' || at_once || further || is_purpose(s->doc, t, s->to) ||
            is_how_long(s->doc, t, s->to))
            continue;
        size_t end = t + n;
        while (end < s->to && !lang_is_word(s->doc, end, ",") &&
               !lang_is_word(s->doc, end, "but") && !lang_is_word(s->doc, end, ";"))
            end++;
        while (end > t && !s->doc->tokens[end - 1].word)
            end--;
        s->has_condition = end > t;
        s->condition = t;
        s->condition_end = end;
    }
}

/* "They must accept the plan or we will leave": what is demanded before an "or" is the condition of
 * what comes behind it. */
static void find_threat(struct scan *s)
{
    size_t n, demand = s->to;
    for (size_t t = s->content; t < s->to && !s->has_condition; t++) {
        const struct lexicon_entry *e =
            lexicon_match(lexicon_open(WORDS_ATTITUDES), s->doc, t, s->to, &n);
        if (e && e->class.p[0] == 'm' && demand == s->to)
            demand = t;
        if (demand == s->to || !lang_is_word(s->doc, t, "or") || t < demand + 3)
            continue;
        char c = t + 2 < s->to ? lang_clause_class(s->doc, t + 2) : 0;
        bool clause = lang_is_word(s->doc, t + 2, "would") || lang_is_word(s->doc, t + 2, "will") ||
                      c == 'a' || lang_is_word(s->doc, t + 1, "else");
        s->has_condition = s->threat = clause;
        s->condition = s->content;
        s->condition_end = s->doc->tokens[t - 1].word ? t : t - 1;
    }
    while (s->has_condition && s->threat && s->condition < demand &&
           (!s->doc->tokens[s->condition].word || lang_is_word(s->doc, s->condition, "that")))
        s->condition++;
}

static void scan_sentence(struct scan *s)
{
    const struct sentence *whole = &s->doc->sentences[s->doc->tokens[s->content].sentence];
    s->begun = s->out->n;
    s->waived = 0;
    for (size_t t = s->to; t < whole->end && t < s->to + 2; t++)
        s->question |= lang_is_word(s->doc, t, "?");
    for (size_t t = s->to; t > s->content && t + 3 > s->to; t--)
        s->question |= lang_is_word(s->doc, t - 1, "?");
    find_condition(s);
    find_threat(s);
    scan_words(s);
    lang_attitude_join(s);
}

/* Where the cue governs the content ("rejected [the plan]") it is looked at with it. */
static size_t start_with_cue(const struct lang_doc *doc, const struct lang_statement *s,
                             size_t from)
{
    if (!s->cue.n)
        return from;
    size_t cue = lang_token_at(doc, s->cue.v[0].start);
    bool near = cue < from && doc->tokens[cue].sentence == doc->tokens[from].sentence;
    size_t end = near ? lang_token_at(doc, s->cue.v[0].end - 1) + 1 : from;
    return near && from <= end + CUE_REACH ? cue : from;
}

/* "The plan was unsafe, he denied": the content is the target of a cue behind it. */
static void take_cue_behind(struct scan *s)
{
    const struct lang_statement *of = s->statement;
    size_t n;
    if (!of->cue.n || !of->content.n || of->cue.v[0].start < of->content.v[0].start)
        return;
    size_t t = lang_token_at(s->doc, of->cue.v[0].start);
    const struct lexicon_entry *e =
        lexicon_match(lexicon_open(WORDS_ATTITUDES), s->doc, t, s->doc->n_tokens, &n);
    if (!e || e->class.p[0] != 'v' || e->class.p[1] == 'd' || (t >= s->from && t < s->to))
        return;
    struct attitude x = lang_attitude_begin(s, e, t, n);
    x.form = ATTITUDE_VERB;
    x.strength = x.sort == ATTITUDE_FACT && x.sign > 0 ? lang_clear : lang_weak;
    x.target = (uint32_t)s->content;
    x.target_end = x.head_end = (uint32_t)s->to;
    lang_attitude_add(s, x);
}

struct attitudes lang_attitudes(struct arena *a, const struct lang_doc *doc,
                                const struct lang_reading *reading,
                                const struct lang_statement *statement)
{
    struct attitudes out = {0};
    size_t cap = 0;
    bool first = true;
    for (size_t i = 0; i < statement->content.n; i++) {
        size_t t = lang_token_at(doc, statement->content.v[i].start);
        uint32_t stop = statement->content.v[i].end;
        while (t < doc->n_tokens && doc->tokens[t].at.start < stop) {
            size_t end = doc->sentences[doc->tokens[t].sentence].end, to = t;
            while (to < end && to - t < LONG_SENTENCE && doc->tokens[to].at.start < stop)
                to++;
            struct scan s = {.arena = a,
                             .doc = doc,
                             .reading = reading,
                             .statement = statement,
                             .from = first ? start_with_cue(doc, statement, t) : t,
                             .content = t,
                             .to = to,
                             .out = &out,
                             .cap = &cap};
            scan_sentence(&s);
            if (first)
                take_cue_behind(&s);
            first = false;
            t = to;
        }
    }
    return out;
}

/* The signs of undoing in [from, to) multiplied; 0 where something leaves it open. */
static int undoing(const struct lang_doc *doc, size_t from, size_t to)
{
    size_t n;
    int sign = 1;
    for (size_t t = from; t < to; t += n) {
        const struct lexicon_entry *e = lexicon_match(lexicon_open(WORDS_UNDOING), doc, t, to, &n);
        bool past = e && (e->form == FORM_PAST || e->form == FORM_PARTICIPLE);
        if (!e)
            n = 1;
        else if (str_eq(e->class, S("vd")))
            sign = 0;
        else if (e->class.p[0] != 'v' || (!past && (!t || lang_clause_class(doc, t - 1) != 'd')))
            sign = -sign; /* "limited access" and "the ban" undo nothing */
    }
    return sign;
}

int lang_undoing(const struct lang_doc *doc, size_t from, size_t to)
{
    int sign = undoing(doc, from, to);
    return sign ? sign : 1;
}

/* "that sanctions [be lifted]": -1 where what stands behind a noun that ends at `end` says that it
 * is to be ended, else 1. */
static int undone_behind(const struct lang_doc *doc, size_t end, size_t to)
{
    enum { REACH = 4 };
    static const char *const small[] = {"should", "must", "shall", "to", "now", "not", NULL};
    int sign = 1;
    size_t n, t = end;
    for (; t < to && t < end + REACH && str_one_of(lang_token_text(doc, t), small); t++)
        if (str_eq(lang_token_text(doc, t), S("not")))
            sign = -sign;
    if (t + 1 >= to || !str_eq(lang_token_text(doc, t), S("be")))
        return 1;
    const struct lexicon_entry *e = lexicon_match(lexicon_open(WORDS_UNDOING), doc, t + 1, to, &n);
    bool done =
        e && str_eq(e->class, S("v")) && (e->form == FORM_PAST || e->form == FORM_PARTICIPLE);
    return done ? -sign : 1;
}

int lang_attitude_towards(const struct lang_doc *doc, const struct attitude *x, size_t first,
                          size_t end)
{
    if (first < x->target || end > x->target_end)
        return 0;
    size_t to = doc->sentences[doc->tokens[x->target].sentence].end;
    int sign = x->sign * undoing(doc, x->target, first);
    /* What must be undone is signed so already (modal.c). */
    return x->form == ATTITUDE_MUST ? sign : sign * undone_behind(doc, end, to);
}

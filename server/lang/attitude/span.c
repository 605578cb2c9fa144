/* Of attitudes: what they are about and whose they are, by the small words around them. */
#include "lang/attitude/parts.h"
#include "lang/names/gazetteer.h"

enum { VERB_REACH = 7, SUBJECT_REACH = 14, ADVERB = 4 };

char lang_clause_class(const struct lang_doc *doc, size_t token)
{
    const struct lexicon_entry *e =
        lexicon_find(lexicon_open(WORDS_CLAUSE_WORDS), lang_token_text(doc, token));
    return e ? e->class.p[0] : 0;
}

bool lang_is_word(const struct lang_doc *doc, size_t token, const char *word)
{
    return token < doc->n_tokens && str_eq_case(lang_token_text(doc, token), str_of(word));
}

static bool is_quote_mark(const struct lang_doc *doc, size_t token)
{
    static const char *const marks[] = {
        "\"", "'", "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x98", "\xE2\x80\x99"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (lang_is_word(doc, token, marks[i]))
            return true;
    return false;
}

/* A mark other than a quotation mark or hyphen. */
static bool is_stop(const struct lang_doc *doc, size_t token)
{
    return !doc->tokens[token].word && !is_quote_mark(doc, token) && !lang_is_word(doc, token, "-");
}

bool lang_clause_breaks(const struct lang_doc *doc, size_t token)
{
    return (is_stop(doc, token) && !lang_is_word(doc, token, ",")) ||
           lang_clause_class(doc, token) == 's';
}

/* "and called for": the next thing said of the same subject. */
static bool begins_verb(const struct scan *s, size_t token)
{
    size_t n;
    const struct lexicon_entry *e =
        lexicon_match(lexicon_open(WORDS_ATTITUDES), s->doc, token, s->to, &n);
    char c = lang_clause_class(s->doc, token);
    return (e && e->class.p[0] == 'v' && e->form != FORM_ING) || c == 'a' || c == 'b';
}

static size_t phrase_end(const struct scan *s, size_t at)
{
    size_t t = at;
    for (; t < s->to; t++) {
        char c = lang_clause_class(s->doc, t);
        bool verb =
            (c == 'a' || c == 'b') && t > at && s->doc->text.p[s->doc->tokens[t].at.start] != '\'';
        if (is_stop(s->doc, t) || c == 's' || c == 't' || verb)
            break;
        if (c == 'w' && t + 1 < s->to && begins_verb(s, t + 1))
            break;
    }
    return t;
}

static size_t clause_end(const struct scan *s, size_t at)
{
    size_t t = at;
    while (t < s->to && !lang_is_word(s->doc, t, "but") && !lang_is_word(s->doc, t, "although") &&
           !lang_is_word(s->doc, t, "while") && !lang_is_word(s->doc, t, ";") &&
           !lang_is_word(s->doc, t, "if") && !lang_is_word(s->doc, t, "unless"))
        t++;
    return t;
}

/* The end of the first noun phrase: before a preposition other than "of", or a verb. */
static size_t head_end(const struct scan *s, size_t from, size_t to)
{
    for (size_t t = from; t < to; t++) {
        char c = lang_clause_class(s->doc, t);
        bool link = (c == 'p' && !lang_is_word(s->doc, t, "of")) || c == 'b' || c == 'a' ||
                    c == 's' || c == 't' || is_stop(s->doc, t);
        if (t > from && link && !lang_is_word(s->doc, t, "'s"))
            return t;
    }
    return to;
}

static void set_target(const struct scan *s, size_t from, size_t to, struct attitude *x)
{
    while (from < to && !s->doc->tokens[from].word)
        from++;
    while (to > from && !s->doc->tokens[to - 1].word)
        to--;
    x->target = (uint32_t)from;
    x->target_end = (uint32_t)to;
    x->head_end = (uint32_t)head_end(s, from, to);
}

void lang_attitude_clause(const struct scan *s, size_t at, struct attitude *x)
{
    set_target(s, at, clause_end(s, at), x);
}

void lang_attitude_behind(const struct scan *s, size_t at, struct attitude *x)
{
    while (at < s->to && is_quote_mark(s->doc, at))
        at++;
    bool clause =
        at < s->to && (lang_is_word(s->doc, at, "that") || lang_is_word(s->doc, at, "to"));
    if (clause)
        lang_attitude_clause(s, at + 1, x);
    else
        set_target(s, at, phrase_end(s, at), x);
}

static bool is_adverb(const struct lang_doc *doc, size_t token)
{
    static const char *const words[] = {
        "also", "still", "always", "very", "so",   "too",  "just", "all",   "now",   "again",
        "not",  "n't",   "never",  "both", "once", "even", "only", "quite", "rather"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (lang_is_word(doc, token, words[i]))
            return true;
    struct str word = lang_token_text(doc, token);
    return word.n > ADVERB && str_ends(word, S("ly")) && !doc->tokens[token].capital;
}

bool lang_is_adverbial(const struct lang_doc *doc, size_t from, size_t to)
{
    for (size_t t = from; t < to; t++)
        if (!is_adverb(doc, t))
            return false;
    return true;
}

/* Where the verb group that `at` belongs to begins: auxiliaries, adverbs, negations before it. */
static size_t group_start(const struct scan *s, size_t at)
{
    size_t t = at;
    while (t > s->from && at - t < VERB_REACH) {
        char c = lang_clause_class(s->doc, t - 1);
        bool possessive = lang_is_word(s->doc, t - 1, "'s") && t > s->from + 1 &&
                          !lang_clause_class(s->doc, t - 2);
        if (!(c == 'a' || (c == 'b' && !possessive) || is_adverb(s->doc, t - 1)))
            break;
        t--;
    }
    return t;
}

/* "The plan, backed by many, was": from behind the aside to before it. */
static size_t skip_aside(const struct scan *s, size_t end)
{
    if (end <= s->content || !lang_is_word(s->doc, end - 1, ","))
        return end;
    for (size_t t = end - 1; t > s->content && end - t < SUBJECT_REACH; t--)
        if (lang_is_word(s->doc, t - 1, ","))
            return t - 1;
    return end - 1;
}

/* "should be closed, should not be sold and must be watched": the subject is the one before. */
static bool takes_up(const struct scan *s, size_t start, struct attitude *x)
{
    if (!lang_is_word(s->doc, start - 1, ",") && lang_clause_class(s->doc, start - 1) != 'w')
        return false;
    for (size_t i = s->out->n; i-- > s->begun;) {
        const struct attitude *before = &s->out->v[i];
        if (before->form != ATTITUDE_IS && before->form != ATTITUDE_MUST)
            continue;
        x->target = before->target;
        x->target_end = before->target_end;
        x->head_end = before->head_end;
        return before->target < before->target_end;
    }
    return false;
}

void lang_attitude_subject(const struct scan *s, size_t at, struct attitude *x)
{
    size_t start = group_start(s, at), end = skip_aside(s, start), t = end;
    if (start > s->content && takes_up(s, start, x))
        return;
    while (t > s->content && end - t < SUBJECT_REACH) {
        char c = lang_clause_class(s->doc, t - 1);
        if (is_stop(s->doc, t - 1) || c == 's' || c == 't')
            break;
        t--;
    }
    set_target(s, t, end, x);
}

static int32_t actor_at(const struct scan *s, size_t token)
{
    uint32_t at = s->doc->tokens[token].at.start;
    const struct lang_reading *r = s->reading;
    size_t low = 0, high = r->n_mentions;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (r->mentions[mid].at.end <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return low < r->n_mentions && r->mentions[low].at.start <= at ? r->mentions[low].actor
                                                                  : NO_ACTOR;
}

bool lang_is_own(const struct scan *s, size_t token)
{
    int32_t actor = actor_at(s, token), speaker = s->statement->speaker;
    if (actor == NO_ACTOR || speaker == NO_ACTOR)
        return false;
    const struct lang_actor *a = &s->reading->actors[actor], *b = &s->reading->actors[speaker];
    return actor == speaker || (b->of.n && str_eq(a->key, b->of)) ||
           (a->of.n && str_eq(a->of, b->key));
}

bool lang_is_anothers(const struct scan *s, size_t token)
{
    return s->statement->speaker != NO_ACTOR && actor_at(s, token) != NO_ACTOR &&
           !lang_is_own(s, token);
}

/* "Norland has stated [that it] will not pay": who states it, named in the content, is the pronoun.
 */
static bool is_stated_by_another(const struct scan *s, size_t token, struct attitude *x)
{
    enum { REACH = 4 };
    for (size_t t = token; t-- > s->content + 1;) {
        if (!(gaz_word(lang_token_text(s->doc, t)) & WORD_SAY) || s->doc->tokens[t].capital)
            continue;
        for (size_t k = t; k-- > s->content && t - k <= REACH;)
            if (lang_is_anothers(s, k)) {
                x->of_another = true;
                x->holder = (uint32_t)k;
                x->holder_end = (uint32_t)k + 1;
                return true;
            }
        return false;
    }
    return false;
}

/* "keep Moss away from his plan": it may well be that of the other person named before it. */
static bool may_be_anothers(const struct scan *s, size_t token)
{
    struct str word = lang_token_text(s->doc, token);
    if (!str_eq_case(word, S("his")) && !str_eq_case(word, S("her")))
        return false;
    for (size_t t = token; t-- > s->content;) {
        int32_t actor = actor_at(s, t);
        if (actor != NO_ACTOR && s->reading->actors[actor].kind == ACTOR_PERSON &&
            lang_is_anothers(s, t))
            return true;
    }
    return false;
}

/* "Kate Moss said he": a pronoun that cannot be the speaker's. */
static bool is_of_other_sex(const struct scan *s, size_t token)
{
    static const char *const he[] = {"he", "his", "him", NULL}, *const she[] = {"she", "her", NULL};
    if (s->statement->speaker == NO_ACTOR)
        return false;
    const struct lang_actor *a = &s->reading->actors[s->statement->speaker];
    struct str rest = a->name, first, word = lang_token_text(s->doc, token);
    if (a->kind != ACTOR_PERSON || !str_split(&rest, ' ', &first) || !rest.n)
        return false;
    uint32_t f = gaz_word(first) & (WORD_MALE | WORD_FEMALE);
    return (f == WORD_FEMALE && str_one_of(word, he)) || (f == WORD_MALE && str_one_of(word, she));
}

/* A pronoun's holder: whoever speaks by "I" in a quotation, by "he" in reported speech. */
static void hold_by_pronoun(const struct scan *s, size_t token, char class, struct attitude *x)
{
    bool quoted = s->doc->tokens[token].in_quote;
    if (!quoted && class != 'i' && is_stated_by_another(s, token, x))
        return;
    if (!quoted && (may_be_anothers(s, token) || is_of_other_sex(s, token))) {
        x->of_another = true;
        return;
    }
    if (class == 'i' || lang_is_own(s, token))
        return;
    x->of_another = class == 'o' || quoted ||
                    (actor_at(s, token) != NO_ACTOR && s->statement->speaker != NO_ACTOR);
    /* "He said he": the pronoun is seldom anybody else. */
    if (class == 'h' && !quoted && token < s->content + 2)
        x->of_another = false;
}

/* "her country", "officials": nobody named, and rather the speaker's own people. */
static bool is_own_side(const struct scan *s, size_t end)
{
    size_t t = end;
    bool capital = false, side = lang_clause_class(s->doc, end - 1) == 'g';
    for (char c = 0; t > s->content && end - t < SUBJECT_REACH; t--) {
        c = lang_clause_class(s->doc, t - 1);
        if (is_stop(s->doc, t - 1) || c == 's' || c == 't' || c == 'w' || c == 'p')
            break;
        capital |= s->doc->tokens[t - 1].capital && t - 1 > s->content;
        if (c == 'h' || c == 'i')
            return t < end && (c == 'i' || !s->doc->tokens[t - 1].in_quote);
    }
    return side && !capital;
}

static void hold_by_name(const struct scan *s, size_t end, struct attitude *x)
{
    size_t t = end;
    if (is_own_side(s, end))
        return;
    while (t > s->content && end - t < SUBJECT_REACH && !is_stop(s->doc, t - 1)) {
        char c = lang_clause_class(s->doc, t - 1);
        if (c == 's' || c == 't' || c == 'w' || (c == 'p' && !lang_is_word(s->doc, t - 1, "of")))
            break;
        if (lang_is_own(s, t - 1))
            return;
        t--;
    }
    x->of_another = true;
    x->holder = (uint32_t)t;
    x->holder_end = (uint32_t)end;
}

/* "expects most members to oppose the bill": theirs, who stand before "to". */
static void hold_by_object(const struct scan *s, size_t token, struct attitude *x)
{
    char c = lang_clause_class(s->doc, token);
    struct str word = lang_token_text(s->doc, token);
    bool plural = word.n > 3 && str_ends(word, S("s")) && !str_ends(word, S("ss"));
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_ATTITUDES), word);
    if (e || lang_is_own(s, token) || !s->doc->tokens[token].word)
        return;
    x->of_another = s->doc->tokens[token].capital || plural || c == 'h' || c == 'o';
    if (x->of_another) {
        x->holder = (uint32_t)token;
        x->holder_end = (uint32_t)token + 1;
    }
}

static bool says(const struct scan *s)
{
    const struct lang_statement *st = s->statement;
    for (size_t t = st->cue.n ? lang_token_at(s->doc, st->cue.v[0].start) : s->doc->n_tokens;
         t < s->doc->n_tokens && s->doc->tokens[t].at.start < st->cue.v[0].end; t++)
        if (gaz_word(lang_token_text(s->doc, t)) & WORD_SAY)
            return true;
    return false;
}

/* Said "the council ignored them and approved the plan": it, which is named first, unless the
 * speaker comes up between. */
static void hold_by_first(const struct scan *s, size_t end, struct attitude *x)
{
    size_t first = s->content;
    while (first < end && (!s->doc->tokens[first].word || lang_is_word(s->doc, first, "that")))
        first++;
    char c = lang_clause_class(s->doc, first);
    size_t holder = first + (c == 'd');
    bool name = !c && s->doc->tokens[first].capital && actor_at(s, first) != NO_ACTOR;
    if (!says(s) || !(name || c == 'd'))
        return;
    for (size_t t = first; t < end; t++) {
        c = lang_clause_class(s->doc, t);
        bool self = c == 'h' && !lang_is_anothers(s, t);
        if (lang_is_own(s, t) || c == 'i' || self || c == 'g' || c == 's' ||
            (is_stop(s->doc, t) && !lang_is_word(s->doc, t, ",")))
            return;
    }
    x->of_another = true;
    x->holder = (uint32_t)holder;
    x->holder_end = (uint32_t)holder + 1;
}

bool lang_attitude_holder(const struct scan *s, size_t at, struct attitude *x)
{
    size_t start = group_start(s, at);
    if (start <= s->from || start == s->content || at < s->content)
        return true;
    char c = lang_clause_class(s->doc, start - 1);
    if (lang_is_word(s->doc, start - 1, "to") && start > s->content + 1)
        hold_by_object(s, start - 2, x);
    if (c == 'p')
        hold_by_first(s, start, x); /* "the council has a role in backing it" */
    if (lang_is_word(s->doc, start - 1, "to") || c == 'p')
        return false;
    if (c == 'i' || c == 'h' || c == 'o') {
        hold_by_pronoun(s, start - 1, c, x);
    } else if (c == 'w') {
        x->of_another = s->out->n > s->begun && s->out->v[s->out->n - 1].of_another;
        hold_by_first(s, start, x);
    } else if (c == 's' || (c == 't' && start > s->content + 1)) {
        x->of_another = true; /* "a law that would ..." */
    } else if (s->doc->tokens[start - 1].word && c != 't') {
        hold_by_name(s, start, x);
    }
    return true;
}

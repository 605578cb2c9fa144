/* Of attitudes: what they are about, by the small words around them. */
#include "lang/attitude/parts.h"

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

bool lang_is_stop(const struct lang_doc *doc, size_t token)
{
    return !doc->tokens[token].word && !is_quote_mark(doc, token) && !lang_is_word(doc, token, "-");
}

bool lang_clause_breaks(const struct lang_doc *doc, size_t token)
{
    return (lang_is_stop(doc, token) && !lang_is_word(doc, token, ",")) ||
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
        if (lang_is_stop(s->doc, t) || c == 's' || c == 't' || verb)
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
                    c == 's' || c == 't' || lang_is_stop(s->doc, t);
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

size_t lang_group_start(const struct scan *s, size_t at)
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

size_t lang_skip_aside(const struct scan *s, size_t end)
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
    size_t start = lang_group_start(s, at), end = lang_skip_aside(s, start), t = end;
    if (start > s->content && takes_up(s, start, x))
        return;
    while (t > s->content && end - t < SUBJECT_REACH) {
        char c = lang_clause_class(s->doc, t - 1);
        if (lang_is_stop(s->doc, t - 1) || c == 's' || c == 't')
            break;
        t--;
    }
    set_target(s, t, end, x);
}

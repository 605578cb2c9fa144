/* Of attitudes: whose they are. What the words say is the speaker's where no other subject stands
 * before the verb; another's where somebody else is named there, or a pronoun is somebody else's.
 */
#include "assets/wordlist.h"
#include "lang/attitude/parts.h"
#include "lang/names/gazetteer.h"

#include <pthread.h>

enum { SUBJECT_REACH = 14 };

static struct wordset prospects;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
    prospects = wordset_load("lang/attitude/words/prospects.txt");
}

int32_t lang_actor_at(const struct lang_reading *r, uint32_t at)
{
    size_t low = 0, high = r->n_mentions;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (r->mentions[mid].at.end <= at)
            low = mid + 1;
        else
            high = mid;
    }
    bool met = low < r->n_mentions && r->mentions[low].at.start <= at &&
               r->mentions[low].reading != READING_PLACE;
    return met ? r->mentions[low].actor : NO_ACTOR;
}

static int32_t actor_at(const struct scan *s, size_t token)
{
    return lang_actor_at(s->reading, s->doc->tokens[token].at.start);
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

/* Can the pronoun not be this person's: "Kate Moss said he"? */
static bool is_of_other_sex(const struct scan *s, int32_t who, size_t token)
{
    static const char *const he[] = {"he", "his", "him", NULL}, *const she[] = {"she", "her", NULL};
    if (who == NO_ACTOR)
        return false;
    const struct lang_actor *a = &s->reading->actors[who];
    struct str rest = a->name, first, word = lang_token_text(s->doc, token);
    if (a->kind != ACTOR_PERSON || !str_split(&rest, ' ', &first) || !rest.n)
        return false;
    uint32_t f = gaz_word(first) & (WORD_MALE | WORD_FEMALE);
    return (f == WORD_FEMALE && str_one_of(word, he)) || (f == WORD_MALE && str_one_of(word, she));
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
            lang_is_anothers(s, t) && !is_of_other_sex(s, actor, token))
            return true;
    }
    return false;
}

/* "Democrats said he": a body, a party or a state is no "he". */
static bool cannot_be_he(const struct scan *s, size_t token)
{
    static const char *const words[] = {"he", "she", "his", "her", NULL};
    int32_t who = s->statement->speaker;
    if (who == NO_ACTOR || !str_one_of(lang_token_text(s->doc, token), words))
        return false;
    enum actor_kind kind = s->reading->actors[who].kind;
    return kind != ACTOR_PERSON && kind != ACTOR_UNNAMED;
}

/* A pronoun's holder: whoever speaks by "I" in a quotation, by "he" in reported speech. */
static void hold_by_pronoun(const struct scan *s, size_t token, char class, struct attitude *x)
{
    bool quoted = s->doc->tokens[token].in_quote;
    if (!quoted && class != 'i' && is_stated_by_another(s, token, x))
        return;
    if (!quoted && (cannot_be_he(s, token) || may_be_anothers(s, token) ||
                    is_of_other_sex(s, s->statement->speaker, token))) {
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
        if (lang_is_stop(s->doc, t - 1) || c == 's' || c == 't' || c == 'w' || c == 'p')
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
    while (t > s->content && end - t < SUBJECT_REACH && !lang_is_stop(s->doc, t - 1)) {
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
        bool self = c == 'h' && !lang_is_anothers(s, t) && !lang_is_possessive(s->doc, t);
        if (lang_is_own(s, t) || c == 'i' || self || c == 'g' || c == 's' ||
            (lang_is_stop(s->doc, t) && !lang_is_word(s->doc, t, ",")))
            return;
    }
    x->of_another = true;
    x->holder = (uint32_t)holder;
    x->holder_end = (uint32_t)holder + 1;
}

/* "was set [to recommend]", "is expected [to back]": the words between are of the verb group, and
 * the subject stands before them. */
static bool is_prospect(const struct scan *s, size_t token)
{
    pthread_once(&once, load);
    return token > s->content && wordset_find_lower(&prospects, lang_token_text(s->doc, token)) &&
           lang_clause_class(s->doc, token - 1) == 'b';
}

/* "Brian Moss, the head of Reed's company, was planning": somebody else, named before an aside. */
static void hold_before_aside(const struct scan *s, size_t start, struct attitude *x)
{
    size_t end = lang_is_word(s->doc, start - 1, ",") ? lang_skip_aside(s, start) : start;
    if (end + 1 >= start || end <= s->content || !lang_is_anothers(s, end - 1))
        return;
    hold_by_name(s, end, x);
}

bool lang_attitude_holder(const struct scan *s, size_t at, struct attitude *x)
{
    size_t start = lang_group_start(s, at);
    if (start <= s->from || start == s->content || at < s->content)
        return true;
    char c = lang_clause_class(s->doc, start - 1);
    bool to = lang_is_word(s->doc, start - 1, "to");
    if (to && start > s->content + 1) {
        if (is_prospect(s, start - 2))
            return lang_attitude_holder(s, start - 2, x);
        hold_by_object(s, start - 2, x);
    }
    if (c == 'p')
        hold_by_first(s, start, x); /* "the council has a role in backing it" */
    if (to || c == 'p')
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
    } else {
        hold_before_aside(s, start, x);
    }
    return true;
}

/* ---------------- told within what is said */

static bool opens_quote(const struct scan *s, size_t token)
{
    uint32_t at = s->doc->tokens[token].at.start;
    bool plain = lang_is_word(s->doc, token, "'") && at && s->doc->text.p[at - 1] == ' ';
    return plain || lang_is_word(s->doc, token, "\xE2\x80\x98");
}

/* "I heard, 'We will not sell the school'": quoted within a quotation, and more than a word or two
 * that somebody only would not call so. */
static bool is_quoted_within(const struct scan *s, size_t token)
{
    enum { FEW = 4, FAR = 40 };
    size_t open = token, end = token;
    while (open > s->content && token - open < FAR && !opens_quote(s, open)) {
        if (lang_is_word(s->doc, open, "\xE2\x80\x99"))
            return false;
        open--;
    }
    if (!s->doc->tokens[token].in_quote || !opens_quote(s, open))
        return false;
    while (end < s->to && end - open <= FEW && !lang_is_word(s->doc, end, "\xE2\x80\x99") &&
           !lang_is_word(s->doc, end, "'"))
        end++;
    return end - open > FEW;
}

/* The subject of the verb at the token is neither the speaker nor left out. */
static bool is_said_by_another(const struct scan *s, size_t verb)
{
    size_t start = lang_group_start(s, verb);
    if (start <= s->content || s->doc->tokens[verb].capital)
        return false;
    char c = lang_clause_class(s->doc, start - 1);
    if (c == 'h' || c == 'g')
        return s->doc->tokens[start - 1].in_quote && !lang_is_possessive(s->doc, start - 1);
    if (c == 'o')
        return true;
    return !c && s->doc->tokens[start - 1].word && !lang_is_own(s, start - 1) &&
           !(gaz_word(lang_token_text(s->doc, start - 1)) & (WORD_VERB | WORD_ADVERB));
}

/* "Many people said the mayor should resign": said by others, as the speaker tells. */
static bool is_reported_within(const struct scan *s, size_t token)
{
    for (size_t t = token; t-- > s->content;) {
        if (lang_is_word(s->doc, t, "but") || lang_is_word(s->doc, t, ";"))
            return false;
        struct str word = lang_token_text(s->doc, t);
        bool clause = lang_is_word(s->doc, t + 1, "that") || str_starts(word, S("sa")); /* "said" */
        if (gaz_word(word) & WORD_SAY && clause && t + 1 < token && is_said_by_another(s, t))
            return true;
    }
    return false;
}

bool lang_is_told_within(const struct scan *s, size_t token)
{
    return token > s->content && (is_quoted_within(s, token) || is_reported_within(s, token));
}

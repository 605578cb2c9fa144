/* Whose an attitude is: of the words of a statement that are for or against something, those that
 * are not the speaker's own ("Reed's plan to", "a majority favours"), that are undone ("withdrew
 * support for") or left open ("whether he should"). See side.h. */
#include "lang/issue/parts.h"

#include "lang/attitude/attitude.h"
#include "lang/names/gazetteer.h"

/* What is said, and by whom. */
struct said {
    const struct issue_scene *s;
    const struct lang_statement *st;
};

bool issue_is_aux(struct str word)
{
    static const char *const words[] = {"does",  "did", "do",   "will", "would", "can",
                                        "could", "has", "have", "also", "only",  NULL};
    return str_one_of(word, words) || issue_negates(word) ||
           (str_ends(word, S("ly")) && word.n > 4);
}

static bool is_own(const struct said *x, size_t t)
{
    const struct lang_reading *r = x->s->reading;
    int32_t actor = issue_actor_at(x->s, t);
    if (actor == NO_ACTOR || actor == x->st->speaker)
        return actor != NO_ACTOR;
    return str_eq(r->actors[actor].key, r->actors[x->st->speaker].of) ||
           str_eq(r->actors[actor].of, r->actors[x->st->speaker].key);
}

/* "Reed's plan to": not the speaker's. */
static bool is_owned(const struct said *x, const struct attitude *a)
{
    if (a->form != ATTITUDE_NOUN || a->composed || a->first <= 1)
        return false;
    enum { MODIFIERS = 3 };
    static const char *const owners[] = {"'s", "\xE2\x80\x99s", "'", "\xE2\x80\x99", NULL};
    uint32_t at = a->first - 1, first = x->s->doc->sentences[x->s->doc->tokens[at].sentence].first;
    if (str_eq(lang_token_text(x->s->doc, at), S("s")) && !x->s->doc->tokens[at - 1].word)
        return true; /* "Reed Co.'s" */
    for (unsigned i = 0; at > first + 1 && i < MODIFIERS;
         i++, at--) { /* "the Reeds' long refusal" */
        struct str word = lang_token_text(x->s->doc, at);
        if (str_one_of(word, owners))
            break;
        if (!x->s->doc->tokens[at].word || lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), word))
            return false;
    }
    return at > first + 1 && str_one_of(lang_token_text(x->s->doc, at), owners) &&
           !is_own(x, at - 1);
}

/* Is somebody else named among the tokens? */
static bool names_another(const struct said *x, size_t from, size_t to)
{
    for (size_t t = from; t < to; t++)
        if (issue_actor_at(x->s, t) != NO_ACTOR && !is_own(x, t))
            return true;
    return false;
}

/* "the room they need to": said in passing, of a thing. */
static bool is_in_passing(const struct said *x, const struct attitude *a)
{
    static const char *const pronouns[] = {"he", "she", "they", "it", "we", "you", NULL};
    const struct lang_doc *doc = x->s->doc;
    size_t content = lang_token_at(doc, x->st->content.v[0].start), t = a->first;
    while (t > content && issue_is_aux(lang_token_text(doc, t - 1)))
        t--;
    if (t < content + 3 || a->form == ATTITUDE_NOUN ||
        !str_one_of(lang_token_text(doc, t - 1), pronouns))
        return false;
    struct str word = lang_token_text(doc, t - 2);
    uint32_t flags = gaz_word(word);
    return (flags & WORD_NOUN) && !(flags & (WORD_VERB | WORD_DATE)) && doc->tokens[t - 2].word;
}

static bool is_pronoun_of_other(const struct said *x, size_t t, size_t content)
{
    static const char *const people[] = {"he", "she", "they", "who", NULL};
    struct str word = lang_token_text(x->s->doc, t);
    bool person = x->s->reading->actors[x->st->speaker].kind == ACTOR_PERSON;
    return (str_one_of(word, people) && names_another(x, content, t)) ||
           (str_eq_case(word, S("it")) && person);
}

/* "because he broke his word [and demanded] a wall": of the nearest subject before it. */
static bool is_joined_to_anothers(const struct said *x, const struct attitude *a, size_t content)
{
    const struct lang_doc *doc = x->s->doc;
    uint32_t first = doc->sentences[doc->tokens[a->first].sentence].first;
    size_t t = a->first, from = content > first ? content : first;
    while (t > from && issue_is_aux(lang_token_text(doc, t - 1)))
        t--;
    if (t <= from || doc->tokens[a->first].in_quote ||
        !str_one_of(lang_token_text(doc, t - 1), (const char *const[]){"and", "or", "but", NULL}))
        return false;
    for (t--; t > from; t--) {
        if (is_pronoun_of_other(x, t - 1, content))
            return true;
        if (issue_actor_at(x->s, t - 1) == x->st->speaker ||
            issue_is_pronoun(lang_token_text(doc, t - 1)))
            return false;
    }
    return false;
}

/* "the council ignored them and approved the plan": told of whom the sentence begins with. */
static bool goes_on_of_another(const struct said *x, const struct attitude *a, size_t content)
{
    enum { NAME_REACH = 4 };
    const struct lang_doc *doc = x->s->doc;
    uint32_t first = doc->sentences[doc->tokens[a->first].sentence].first;
    size_t from = content > first ? content : first, t = a->first;
    while (t > from && issue_is_aux(lang_token_text(doc, t - 1)))
        t--;
    if (t <= from ||
        !str_one_of(lang_token_text(doc, t - 1), (const char *const[]){"and", "or", "but", NULL}))
        return false;
    size_t end = t - 1, name = from;
    while (name < end && name < from + NAME_REACH && issue_actor_at(x->s, name) == NO_ACTOR)
        name++;
    if (name >= end || name >= from + NAME_REACH || !names_another(x, name, name + 1))
        return false;
    while (name < end && issue_actor_at(x->s, name) != NO_ACTOR)
        name++;
    while (name < end && issue_is_aux(lang_token_text(doc, name)))
        name++;
    struct str verb = lang_token_text(doc, name);
    return name < end && (gaz_word(verb) & WORD_VERB) &&
           (str_ends(verb, S("ed")) || str_ends(verb, S("s")));
}

/* "the rules are bad and will keep people away": nobody says what he is going to do. */
static bool wills_nothing(const struct said *x, const struct attitude *a, size_t content)
{
    static const char *const selves[] = {"I", "we", NULL};
    static const char *const others[] = {"he", "she", "they", "it", NULL};
    const struct lang_doc *doc = x->s->doc;
    uint32_t first = doc->sentences[doc->tokens[a->first].sentence].first;
    size_t from = content > first ? content : first;
    if (a->form != ATTITUDE_WILL || a->first <= from)
        return false;
    bool words = false;
    for (size_t t = from; t < a->first; t++) {
        struct str word = lang_token_text(doc, t);
        if (str_one_of(word, selves) || issue_actor_at(x->s, t) == x->st->speaker || is_own(x, t) ||
            (!doc->tokens[t].in_quote && str_one_of(word, others)))
            return false;
        words = words || (doc->tokens[t].word && !str_eq_case(word, S("that")));
    }
    return words;
}

/* Does a noun of somebody else stand before the verb: "a majority -- 57 % -- favor"? */
static bool is_anothers(const struct said *x, const struct attitude *a)
{
    const struct lang_doc *doc = x->s->doc;
    size_t content = lang_token_at(doc, x->st->content.v[0].start), t = a->first;
    bool verb = a->form == ATTITUDE_VERB || a->form == ATTITUDE_FEELING || a->form == ATTITUDE_WILL;
    if (!verb || t <= content || doc->tokens[t].sentence != doc->tokens[content].sentence)
        return false;
    for (; t > content; t--) {
        struct str word = lang_token_text(doc, t - 1);
        if (!issue_is_aux(word) &&
            !str_one_of(word,
                        (const char *const[]){"been", "being", "is", "are", "was", "were", "be",
                                              "to", "'s", "'re", "'m", "am", "had", "'ve", "'d",
                                              "\"", "\xE2\x80\x9D", "\xE2\x80\x9C", NULL}))
            break;
    }
    if (t == content)
        return false;
    struct str word = lang_token_text(doc, t - 1);
    if (a->form == ATTITUDE_WILL && (gaz_word(word) & WORD_SAY))
        return true; /* "rules that he said would" */
    if (is_joined_to_anothers(x, a, content) || goes_on_of_another(x, a, content) ||
        wills_nothing(x, a, content))
        return true;
    if (str_eq_case(word, S("it")) && is_pronoun_of_other(x, t - 1, content))
        return true;
    if (str_one_of(word, (const char *const[]){"he", "she", "they", NULL}) &&
        !doc->tokens[t - 1].in_quote && t > content + 2 && names_another(x, content, t - 1))
        return true; /* "called for Reed to go after she urged ..." */
    if (str_ends(lang_token_text(doc, a->first), S("ing")) &&
        str_one_of(word, (const char *const[]){"of", "by", "for", "from", NULL}))
        return true; /* "accused them of seeking" */
    if (str_starts(word, S("-")) || str_starts(word, S("\xE2\x80\x94")) || str_eq(word, S(")")))
        return true;
    bool function = lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), word) != NULL;
    return doc->tokens[t - 1].word && !function && !is_own(x, t - 1) &&
           !(gaz_word(word) & (WORD_VERB | WORD_PRONOUN));
}

/* "called for Reed to go [after she urged] ...": what is said beside is not wanted, too. */
static bool is_beside(const struct said *x, const struct attitude *a)
{
    static const char *const words[] = {"after", "because", "when", "since", "who", "which",
                                        "whom",  "while",   "as",   "now",   NULL};
    for (size_t t = a->end; a->composed && t < a->target; t++)
        if (str_one_of(lang_token_text(x->s->doc, t), words))
            return true;
    return false;
}

/* "parried critics of the law", "efforts by its opponents": who is against those who are against it
 * need not be for it. */
static bool is_of_people(const struct attitudes *all, const struct attitude *a)
{
    for (size_t i = 0; i < all->n && a->composed; i++)
        if (all->v[i].form == ATTITUDE_PEOPLE && all->v[i].target == a->target)
            return true;
    return false;
}

/* "withdrew support for", "withheld criticism of": there is none. */
static bool is_undone(const struct said *x, const struct attitude *a)
{
    size_t n;
    uint32_t first = x->s->doc->sentences[x->s->doc->tokens[a->first].sentence].first;
    for (uint32_t t = a->first, back = 0; a->form == ATTITUDE_NOUN && t-- > first && back < 4;
         back++) {
        const struct lexicon_entry *e =
            lexicon_match(lexicon_open(WORDS_STANCE), x->s->doc, t, a->first, &n);
        if (e && e->class.p[0] == 'v' && str_starts(e->more, S("-")))
            return true;
    }
    return false;
}

/* "whether he should": nobody says that he should. */
static bool is_open(const struct said *x, const struct attitude *a)
{
    uint32_t first = x->s->doc->sentences[x->s->doc->tokens[a->first].sentence].first;
    for (uint32_t t = a->first, n = 0; t-- > first && n < 6; n++)
        if (str_eq_case(lang_token_text(x->s->doc, t), S("whether")))
            return true;
    return false;
}

/* "alleged that Reed proposed a deal": who tells what another wants does not want it himself. */
static bool is_told_of_another(const struct said *x, const struct attitudes *all,
                               const struct attitude *a)
{
    size_t n;
    const struct lexicon_entry *e =
        lexicon_match(lexicon_open(WORDS_ATTITUDES), x->s->doc, a->first, a->end, &n);
    if (!a->composed || !e || !str_ends(e->class, S("f")) ||
        str_ends(e->more, S("w"))) /* "accused him of wanting" is against it */
        return false;
    for (size_t i = 0; i < all->n; i++)
        if (!all->v[i].composed && all->v[i].of_another && all->v[i].target == a->target)
            return true;
    return false;
}

/* "pushed back against the notion that Reed's refusal to close it was petty": nothing in the claim
 * is the speaker's. */
static bool is_in_claim(const struct issue_scene *s, const struct attitudes *all,
                        const struct attitude *a)
{
    struct issue_scene whole = *s;
    whole.from = 0;
    whole.to = s->doc->n_tokens;
    for (size_t i = 0; i < all->n; i++)
        if (all->v[i].sort != ATTITUDE_FACT && a->target >= all->v[i].target &&
            a->target < all->v[i].target_end && issue_is_claim(&whole, all->v[i].target))
            return true;
    return false;
}

bool issue_is_whole_own(const struct issue_scene *s, const struct lang_statement *st,
                        const struct attitudes *all, const struct attitude *a)
{
    struct said x = {s, st};
    bool certain =
        !a->of_another && !a->question && !a->hedged && !a->supposed && a->target < a->target_end;
    return certain && !is_owned(&x, a) && !is_open(&x, a) && !is_undone(&x, a) &&
           !is_anothers(&x, a) && !is_in_passing(&x, a) && !is_told_of_another(&x, all, a) &&
           !is_beside(&x, a) && !is_in_claim(s, all, a) && !is_of_people(all, a);
}

void issue_drop_roundabout(struct issue_sides *out)
{
    for (size_t i = 0; i < out->n; i++)
        for (size_t k = 0; k < out->n && out->v[i].composed; k++)
            if (!out->v[k].composed && !out->v[k].foreign &&
                out->v[k].target.noun == out->v[i].target.noun)
                out->v[i].foreign = true;
}

static struct str before(const struct issue_scene *s, const struct issue_target *target)
{
    return target->noun > target->first ? lang_token_text(s->doc, target->noun - 1)
                                        : (struct str){0};
}

/* "return for his senior season". */
static bool is_own_affair(const struct issue_scene *s, const struct issue_target *target)
{
    static const char *const his[] = {"his", "her", "my", "our", "their", NULL};
    return str_find_char(target->key, ' ', 0) != STR_NONE && str_one_of(before(s, target), his);
}

/* "said that she will resign", "announced her departure": news; that she will not go is a side. */
static bool is_own_exit(const struct issue_scene *s, int32_t speaker, const struct attitude *a,
                        const struct issue_target *target)
{
    if (!str_eq(target->key, S("resignation")) || a->sign * (target->undone ? -1 : 1) < 0)
        return false;
    if (target->head == NO_TOKEN)
        return a->form == ATTITUDE_WILL || target->who == speaker;
    return issue_is_pronoun(before(s, target)) && issue_actor_at(s, target->noun - 1) == speaker;
}

/* "[condolences for] the fire". */
static bool is_sympathy(const struct issue_scene *s, const struct issue_target *target)
{
    enum { REACH = 6 };
    static const char *const words[] = {"condolences", "sympathy", "sympathies", "prayers",
                                        "sorrow",      "regrets",  NULL};
    uint32_t first = s->doc->sentences[s->doc->tokens[target->noun].sentence].first;
    for (uint32_t t = target->first, n = 0; t-- > first && n < REACH; n++)
        if (str_one_of(lang_token_text(s->doc, t), words))
            return true;
    return false;
}

/* "thanked the dockers for their support": for people, and not for what they did. */
static bool is_felt_for(const struct issue_scene *s, const struct attitude *a,
                        const struct issue_target *target)
{
    static const char *const theirs[] = {"their", "your", NULL};
    if (a->sign < 0 || target->head == NO_TOKEN || target->verb != NO_TOKEN)
        return false;
    bool thanks = str_starts(lang_token_text(s->doc, a->first), S("thank"));
    return is_sympathy(s, target) || (thanks && str_one_of(before(s, target), theirs));
}

/* "told members to vote no on the rise", "a no vote": how to vote, and not whether to hold one. */
static bool is_casting(const struct issue_scene *s, const struct issue_target *target)
{
    static const char *const ways[] = {"no", "yes", "nay", "yea", "\"", "\xE2\x80\x9C", NULL};
    uint32_t at = target->head == NO_TOKEN ? target->verb : target->head;
    if (at == NO_TOKEN || !str_eq(target->key, S("vote")))
        return false;
    struct str behind =
        at + 1 < s->doc->n_tokens ? lang_token_text(s->doc, at + 1) : (struct str){0};
    bool verb = at == target->verb && (str_one_of(behind, ways) || str_eq(behind, S("against")) ||
                                       str_eq(behind, S("for")) || str_eq(behind, S("down")));
    return verb || str_one_of(behind, ways) ||
           (at && str_one_of(lang_token_text(s->doc, at - 1), ways));
}

bool issue_is_no_side(const struct issue_scene *s, int32_t speaker, const struct attitude *a,
                      const struct issue_target *target)
{
    return is_own_affair(s, target) || is_own_exit(s, speaker, a, target) ||
           is_felt_for(s, a, target) || is_casting(s, target);
}

static bool has_irony(const struct lang_doc *doc, struct span in, bool cue)
{
    size_t n;
    for (size_t t = lang_token_at(doc, in.start);
         t < doc->n_tokens && doc->tokens[t].at.start < in.end; t++) {
        const struct lexicon_entry *e =
            lexicon_match(lexicon_open(WORDS_ISSUE_IRONY), doc, t, doc->n_tokens, &n);
        if (e && (cue || e->class.p[0] == 'i'))
            return true;
    }
    return false;
}

bool issue_is_ironic(const struct lang_doc *doc, const struct lang_statement *st)
{
    for (size_t i = 0; i < st->cue.n; i++)
        if (has_irony(doc, st->cue.v[i], true))
            return true;
    for (size_t i = 0; i < st->content.n; i++)
        if (has_irony(doc, st->content.v[i], false))
            return true;
    return false;
}

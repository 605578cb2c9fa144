/* Targets: noun phrases and actions that somebody may be for or against; see issue_target.h.
 *
 * A phrase is found by the commonest part of speech of its words (words/common.txt): modifiers,
 * then nouns, the last of which is the head, then what "of", "on", "with" and their like add. A
 * noun that says nothing by itself ("decision") lends its place to its complement. */
#include "lang/issue/phrase.h"

#include "lang/lean/terms.h"
#include "lang/names/gazetteer.h"

enum { SUBJECT_REACH = 9, DEEPEST = 3 };

bool issue_evaluates(struct str word)
{
    if (lexicon_find(lexicon_open(WORDS_ISSUE_KIN), word))
        return false; /* "fraud charges" */
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_ATTITUDES), word);
    const struct lexicon_entry *q = lexicon_find(lexicon_open(WORDS_STANCE), word);
    return (e && e->listed && e->class.p[0] == 'q') || (q && q->listed && q->class.p[0] == 'a');
}

static struct str word_at(const struct issue_scene *s, size_t t)
{
    return t < s->to ? lang_token_text(s->doc, t) : (struct str){0};
}

static bool in_list(enum lexicon_list list, struct str word)
{
    return lexicon_find(lexicon_open(list), word) != NULL;
}

struct str issue_key(struct arena *a, struct str word)
{
    char folded[128];
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_ISSUE_KIN), word);
    return e ? e->class : arena_str(a, lang_term_stem(word, folded, sizeof folded));
}

int32_t issue_actor_at(const struct issue_scene *s, size_t t)
{
    const struct lang_reading *r = s->reading;
    struct span at = s->doc->tokens[t].at;
    size_t low = 0, high = r->n_mentions;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (r->mentions[mid].at.end <= at.start)
            low = mid + 1;
        else
            high = mid;
    }
    bool met = low < r->n_mentions && r->mentions[low].at.start <= at.start &&
               r->mentions[low].reading != READING_PLACE;
    return met ? r->mentions[low].actor : NO_ACTOR;
}

bool issue_is_somebody(struct str word)
{
    const uint32_t people = WORD_ROLE | WORD_KIN | WORD_UNNAMED | WORD_COLLECTIVE;
    return (gaz_word(word) & people) != 0 || str_ends(word, S("ist")) || str_ends(word, S("ists"));
}

/* Does a word before the head tell what kind of thing it is, or one behind it what it is of: "the
 * piecemeal approach", "the handling of the flood"? */
static bool is_told(const struct issue_scene *s, const struct phrase *p)
{
    for (size_t t = p->first; t < p->head; t++)
        if (s->doc->tokens[t].word && issue_tells(word_at(s, t)))
            return true;
    struct phrase inner;
    size_t at = issue_skip_determiners(s, p->end + 1);
    return str_eq(word_at(s, p->end), S("of")) && at < s->to && issue_phrase_at(s, at, &inner) &&
           issue_tells(word_at(s, inner.head)) &&
           !in_list(WORDS_VAGUE_NOUNS, word_at(s, inner.head));
}

/* Can the noun be what a question is about? */
static bool may_head(const struct issue_scene *s, const struct phrase *p)
{
    struct str word = word_at(s, p->head);
    const struct lexicon_entry *kin = lexicon_find(lexicon_open(WORDS_ISSUE_KIN), word);
    bool body = issue_actor_at(s, p->head) != NO_ACTOR;
    bool police = str_eq(word, S("enforcement")) && p->head > p->first &&
                  str_eq_case(word_at(s, p->head - 1), S("law"));
    if ((body && (!kin || s->doc->tokens[p->head].capital)) || word.n < 3 || police)
        return false;
    if (kin) /* "the alliance", be it a body, too; not "love voting" */
        return !(str_ends(word, S("ing")) && p->first == p->head &&
                 (p->head == s->from || !issue_is_determiner(word_at(s, p->head - 1))) &&
                 issue_complements_end(s, p->end) == p->end);
    bool course = in_list(WORDS_ISSUE_FILLERS, word) && is_told(s, p);
    if ((in_list(WORDS_GENERIC_NOUNS, word) && !course) || issue_is_somebody(word) ||
        (s->doc->tokens[p->head].capital && !s->depth))
        return false;
    bool vague = in_list(WORDS_VAGUE_NOUNS, word) || in_list(WORDS_ISSUE_FILLERS, word);
    return !vague || is_told(s, p);
}

static bool noun_target(const struct issue_scene *s, const struct phrase *p, size_t first,
                        struct issue_target *out)
{
    if (!may_head(s, p) || issue_is_undone_behind(s, p))
        return false;
    size_t end = issue_complements_end(s, p->end);
    *out = (struct issue_target){.first = (uint32_t)first,
                                 .end = (uint32_t)end,
                                 .noun = (uint32_t)p->first,
                                 .head = (uint32_t)p->head,
                                 .noun_end = (uint32_t)end,
                                 .verb = NO_TOKEN,
                                 .who = NO_ACTOR,
                                 .turn = 1,
                                 .key = issue_key(s->arena, word_at(s, p->head))};
    return true;
}

/* "the decision to withdraw", "the idea of annexation": what the empty noun is filled with. */
static bool filled_target(const struct issue_scene *s, const struct phrase *p,
                          struct issue_target *out)
{
    struct str link = word_at(s, p->end);
    const struct lexicon_entry *e =
        lexicon_find(lexicon_open(WORDS_ISSUE_FILLERS), word_at(s, p->head));
    if (!e || issue_actor_at(s, p->head) != NO_ACTOR)
        return false;
    if (str_eq(link, S("to")) && issue_verb_at(s, p->end + 1, out)) {
        out->undone ^= str_starts(e->more, S("-"));
        return true;
    }
    struct phrase inner;
    size_t at = issue_skip_determiners(s, p->end + 1);
    bool linked = str_eq(link, S("of")) || str_eq(link, S("for"));
    return linked && at < s->to &&
           ((str_ends(word_at(s, at), S("ing")) && issue_action_at(s, at, out)) ||
            (issue_phrase_at(s, at, &inner) && noun_target(s, &inner, p->end + 1, out)));
}

/* "a delay of the duty", "the repeal of the law": as the verb would have it, against what it is
 * done to. */
static bool undone_target(const struct issue_scene *s, const struct phrase *p,
                          struct issue_target *out)
{
    struct phrase inner;
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_STANCE), word_at(s, p->head));
    struct str link = word_at(s, p->end);
    size_t at = issue_skip_determiners(s, p->end + 1);
    const struct lexicon_entry *kin =
        lexicon_find(lexicon_open(WORDS_ISSUE_KIN), word_at(s, p->head));
    bool event = kin && (str_find_char(kin->more, 'w', 0) != STR_NONE ||
                         str_find_char(kin->more, 't', 0) != STR_NONE);
    bool undoes = e && e->listed && e->class.p[0] == 'v' && str_starts(e->more, S("-")) && !event;
    if (!undoes || !(str_eq(link, S("of")) || str_eq(link, S("on")) || str_eq(link, S("to"))) ||
        at >= s->to || !issue_phrase_at(s, at, &inner) || !noun_target(s, &inner, at, out) ||
        !issue_is_policy(s, out))
        return false;
    out->first = (uint32_t)p->first;
    out->verb = (uint32_t)p->head;
    out->verb_end = (uint32_t)p->end + 1;
    out->turn = -1;
    return true;
}

/* ---------------------------------------------------------------------------------------- actions
 */

static bool is_light(struct str word)
{
    static const char *const words[] = {
        "be",   "been", "being", "is",   "are",  "was",   "were",  "have",  "has",   "had",
        "do",   "does", "did",   "get",  "go",   "say",   "know",  "think", "see",   "make",
        "take", "give", "keep",  "let",  "try",  "look",  "come",  "put",   "use",   "find",
        "tell", "ask",  "need",  "want", "seem", "begin", "start", "work",  "being", NULL};
    return str_one_of(word, words);
}

/* A verb that is an action without anything it is done to: "resign", "step down". */
static const struct lexicon_entry *lone_verb(const struct issue_scene *s, size_t t, size_t *n)
{
    const struct lexicon_entry *e =
        lexicon_match(lexicon_open(WORDS_ISSUE_KIN), s->doc, t, s->to, n);
    return e && str_starts(e->more, S("v")) ? e : NULL;
}

static bool acts_alone(const struct issue_scene *s, size_t t, size_t *n)
{
    size_t words = 1;
    if (!lone_verb(s, t, &words))
        return false;
    *n = words > *n ? words : *n;
    return true;
}

/* "resign": another thing for each who does it. */
static bool is_personal(const struct issue_scene *s, size_t t)
{
    size_t n;
    const struct lexicon_entry *e = lone_verb(s, t, &n);
    return e && str_find_char(e->more, 'p', 0) != STR_NONE;
}

static struct str lone_key(const struct issue_scene *s, size_t t)
{
    size_t n;
    const struct lexicon_entry *e = lone_verb(s, t, &n);
    return e ? e->class : issue_key(s->arena, word_at(s, t));
}

static bool is_kin_verb(struct str word)
{
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_ISSUE_KIN), word);
    return e && (str_starts(e->more, S("v")) || str_ends(word, S("ing")));
}

static bool is_verb(struct str word)
{
    uint32_t flags = gaz_word(word);
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_STANCE), word);
    return !is_light(word) && ((flags & WORD_VERB) || in_list(WORDS_POLICY_VERBS, word) ||
                               (e && e->class.p[0] == 'v') || is_kin_verb(word));
}

/* "support", "oppose": no action but a side taken. */
static bool takes_side(struct str word)
{
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_ATTITUDES), word);
    bool side = e && e->listed && (str_eq(e->class, S("vj")) || str_eq(e->class, S("vp")));
    return side && !in_list(WORDS_POLICY_VERBS, word);
}

/* Whoever does it is against what it is done to: "lift", "withdraw from", "avoid". */
static int8_t sign_of_verb(const struct issue_scene *s, size_t t, size_t *n)
{
    const struct lexicon_entry *e = lexicon_match(lexicon_open(WORDS_STANCE), s->doc, t, s->to, n);
    if (!e || e->class.p[0] != 'v') {
        e = lexicon_match(lexicon_open(WORDS_UNDOING), s->doc, t, s->to, n);
        if (e && str_eq(e->class, S("v")) && e->form == FORM_BASE)
            return -1;
        *n = 1;
        e = lexicon_find(lexicon_open(WORDS_POLICY_VERBS), word_at(s, t));
        return !e ? 0 : str_starts(e->more, S("-")) ? -1 : 1;
    }
    return str_starts(e->more, S("-")) ? -1 : 1;
}

/* A noun for what is itself decided on, so that whatever is done to it is for or against it:
 * "bill", "ceasefire"; not "emails", which one may read or delete. */
bool issue_is_policy(const struct issue_scene *s, const struct issue_target *x)
{
    if (x->head == NO_TOKEN)
        return false;
    struct str word = word_at(s, x->head);
    const struct lexicon_entry *kin = lexicon_find(lexicon_open(WORDS_ISSUE_KIN), word);
    return kin ? str_find_char(kin->more, 't', 0) == STR_NONE : in_list(WORDS_TOPIC_NOUNS, word);
}

/* An action on a thing is a question of its own. */
static bool finish_action(const struct issue_scene *s, size_t t, int8_t turn,
                          struct issue_target *x)
{
    x->first = (uint32_t)t;
    if (x->verb != NO_TOKEN) { /* "reverse the policy of prosecuting": what it is filled with */
        x->undone ^= turn < 0;
        return true;
    }
    if (takes_side(word_at(s, t)) || (turn && issue_is_policy(s, x))) {
        x->turn = (int8_t)(turn * x->turn);
        x->verb = takes_side(word_at(s, t)) ? NO_TOKEN : (uint32_t)t;
        return turn != 0;
    }
    x->verb = (uint32_t)t;
    size_t n;
    const struct lexicon_entry *kin =
        lexicon_match(lexicon_open(WORDS_ISSUE_KIN), s->doc, t, s->to, &n);
    if (turn < 0 && (!kin || str_eq(word_at(s, t + 1), S("from")))) {
        x->turn = (int8_t)(turn * x->turn); /* "end its isolation", "withdraw from the pact" */
        return true;
    }
    if (kin && str_find_char(kin->more, 'h', 0) == STR_NONE) {
        x->key = kin->class;
        x->nominal = true;
        return true;
    }
    x->key = arena_fmt(s->arena, "%.*s %.*s", STR_ARG(issue_key(s->arena, word_at(s, t))),
                       STR_ARG(x->key));
    return true;
}

static size_t skip_particles(const struct issue_scene *s, size_t t)
{
    static const char *const words[] = {"out",  "down", "up",   "away", "back", "off",
                                        "from", "of",   "with", "in",   "into", "on",
                                        "to",   "for",  "over", NULL};
    for (unsigned i = 0; i < 2 && t < s->to && str_one_of(word_at(s, t), words); i++)
        t++;
    return t;
}

static bool may_act(const struct issue_scene *s, size_t t, bool forced)
{
    struct str word = word_at(s, t);
    if (!word.n || !s->doc->tokens[t].word || issue_is_in_name(s, t))
        return false;
    size_t n = 0;
    const struct lexicon_entry *e = lexicon_match(lexicon_open(WORDS_STANCE), s->doc, t, s->to, &n);
    bool phrasal = e && n > 1 && e->class.p[0] == 'v'; /* "give up", "pull out of" */
    return phrasal || is_verb(word) ||
           (forced && !is_light(word) && !s->doc->tokens[t].capital &&
            !in_list(WORDS_FUNCTION_WORDS, word));
}

/* "to only pursue", "to temporarily block". */
static bool is_adverb(struct str word)
{
    return (str_ends(word, S("ly")) && word.n > 4 && !(gaz_word(word) & (WORD_VERB | WORD_NOUN))) ||
           str_eq(word, S("only")) || str_eq(word, S("also"));
}

/* "have talks", "make a deal": the verb says nothing. */
static bool light_target(const struct issue_scene *s, size_t t, struct issue_target *out)
{
    static const char *const verbs[] = {"have", "make", "take", "give", "get", "do", NULL};
    struct phrase p;
    size_t at = issue_skip_determiners(s, t + 1);
    if (!str_one_of(word_at(s, t), verbs) || at >= s->to || !issue_phrase_at(s, at, &p))
        return false;
    const struct lexicon_entry *kin =
        lexicon_find(lexicon_open(WORDS_ISSUE_KIN), word_at(s, p.head));
    return kin && str_find_char(kin->more, 't', 0) == STR_NONE &&
           (filled_target(s, &p, out) || noun_target(s, &p, t + 1, out));
}

/* Behind "in", "with" and their like stands more often how it is done ("move with all speed") than
 * what it is done to: that is a thing known to be decided on, or named. */
static bool tells_what(const struct issue_scene *s, const struct issue_target *x)
{
    if (x->head == NO_TOKEN || x->verb != NO_TOKEN || in_list(WORDS_ISSUE_KIN, word_at(s, x->head)))
        return true;
    for (uint32_t t = x->noun; t < x->noun_end; t++)
        if (s->doc->tokens[t].capital)
            return true;
    return false;
}

/* "hand over". */
static bool is_known_phrase(const struct issue_scene *s, size_t t)
{
    size_t n;
    return lexicon_match(lexicon_open(WORDS_ISSUE_KIN), s->doc, t, s->to, &n) && n > 1;
}

/* "demand [tax rates ...]", "reject [repeal efforts]", "[spending cuts]": a noun where nothing asks
 * for a verb. */
static bool is_noun_here(const struct issue_scene *s, size_t t)
{
    struct str word = word_at(s, t), next = word_at(s, t + 1);
    bool noun = (gaz_word(word) & WORD_NOUN) != 0;
    struct phrase p;
    if (str_ends(word, S("ing")))
        return noun && str_ends(next, S("s")) && issue_phrase_at(s, t, &p) && p.head > t;
    return (noun || in_list(WORDS_ISSUE_KIN, word)) && next.n && !issue_is_determiner(next) &&
           issue_phrase_at(s, t + 1, &p);
}

/* Where "investigate [former Vice President Reed]" ends, `end` if nobody is named. */
static size_t named_end(const struct issue_scene *s, size_t at, size_t end)
{
    enum { TITLES = 4 };
    for (size_t t = at; t < s->to && t < at + TITLES && s->doc->tokens[t].word; t++) {
        if (in_list(WORDS_FUNCTION_WORDS, word_at(s, t)) &&
            !in_list(WORDS_WEAK_MODIFIERS, word_at(s, t)))
            break;
        size_t e = t;
        while (e < s->to && issue_actor_at(s, e) != NO_ACTOR)
            e++;
        if (e > t)
            return e;
    }
    return end;
}

static bool action_at(const struct issue_scene *s, size_t t, bool forced, struct issue_target *out)
{
    struct issue_scene deeper = *s;
    size_t n = 1;
    if (deeper.depth++ > DEEPEST || t >= s->to)
        return false;
    s = &deeper;
    if (forced && is_adverb(word_at(s, t)))
        return action_at(s, t + 1, true, out);
    size_t left = issue_left_undone(s, t);
    if (left && action_at(s, t + left, true, out)) {
        out->undone = !out->undone;
        return true;
    }
    if (issue_backs_at(s, t, out))
        return true;
    if (!may_act(s, t, forced) || (!forced && is_noun_here(s, t)))
        return forced && light_target(s, t, out);
    int8_t turn = sign_of_verb(s, t, &n);
    if (str_eq(word_at(s, t + n), S("to")) && action_at(s, t + n + 1, true, out)) {
        if (turn < 0 && in_list(WORDS_ATTITUDES, word_at(s, t))) /* "refuse to" */
            out->undone = !out->undone;
        return true;
    }
    bool alone = acts_alone(s, t, &n);
    size_t at = skip_particles(s, t + n), end = t + n, object = issue_skip_determiners(s, at);
    struct phrase p;
    struct issue_target noun;
    if (object < s->to && issue_phrase_at(s, object, &p)) {
        size_t behind = issue_complements_end(s, p.end);
        bool from =
            str_eq(word_at(s, behind), S("from")) && str_ends(word_at(s, behind + 1), S("ing"));
        if (from && !in_list(WORDS_ISSUE_KIN, word_at(s, p.head)) &&
            issue_action_at(s, behind + 1, out)) {
            out->undone = !out->undone; /* "prevent thousands of people from voting" */
            return true;
        }
        if ((filled_target(s, &p, &noun) || noun_target(s, &p, at, &noun)) &&
            (at == t + n || turn || alone || is_known_phrase(s, t) || tells_what(s, &noun))) {
            *out = noun;
            out->end = out->noun_end = (uint32_t)issue_role_end(s, noun.noun_end);
            return finish_action(s, t, turn, out);
        }
        end = issue_role_end(s, issue_complements_end(s, p.end));
    }
    if (!alone && issue_done_by_at(s, at, out))
        return true; /* "stop the company from selling", "let" and "force" */
    if (alone && end == t + n)
        end = named_end(s, at, end);
    if (!alone)
        return false;
    *out = (struct issue_target){.first = (uint32_t)t,
                                 .end = (uint32_t)end,
                                 .noun = (uint32_t)t,
                                 .head = NO_TOKEN,
                                 .noun_end = (uint32_t)end,
                                 .verb = (uint32_t)t,
                                 .who = NO_ACTOR,
                                 .personal = is_personal(s, t),
                                 .turn = 1,
                                 .key = lone_key(s, t)};
    return true;
}

bool issue_action_at(const struct issue_scene *s, size_t t, struct issue_target *out)
{
    return action_at(s, t, false, out);
}

bool issue_verb_at(const struct issue_scene *s, size_t t, struct issue_target *out)
{
    return action_at(s, t, true, out);
}

bool issue_target_at(const struct issue_scene *s, size_t t, struct issue_target *out)
{
    struct phrase p;
    size_t at = issue_skip_determiners(s, t);
    if (t >= s->to)
        return false;
    if (str_eq_case(word_at(s, t), S("to")))
        return issue_verb_at(s, t + 1, out);
    if (at == t && str_ends(word_at(s, t), S("ing")) && issue_action_at(s, t, out))
        return true;
    return at < s->to && issue_phrase_at(s, at, &p) &&
           (filled_target(s, &p, out) || undone_target(s, &p, out) || noun_target(s, &p, t, out));
}

/* --------------------------------------------------------------------------------------- subjects
 */

bool issue_subject_before(const struct issue_scene *s, size_t t, struct issue_target *out)
{
    size_t low = t > s->from + SUBJECT_REACH ? t - SUBJECT_REACH : s->from;
    for (size_t i = low; i < t; i++) {
        struct phrase p;
        size_t at = issue_skip_determiners(s, i);
        if (str_ends(word_at(s, i), S("ing")) && issue_action_at(s, i, out) && out->end == t)
            return true; /* "delaying the duty would hurt" */
        bool begins = i == s->from || issue_is_determiner(word_at(s, i)) ||
                      !s->doc->tokens[i - 1].word || str_eq(word_at(s, i - 1), S("that"));
        if (!begins || at >= t || !issue_phrase_at(s, at, &p) ||
            issue_complements_end(s, p.end) != t)
            continue;
        return noun_target(s, &p, i, out);
    }
    return false;
}

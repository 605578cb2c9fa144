/* Constructions that the network does not know, for its corpus hardly has them:
 *
 *   Moss was quoted by Reuters as saying that the pier is shut.      (passives)
 *   The pier is shut, Ada Moss, the harbour's head, said on Monday.  (a cue that nobody has)
 *   The man, who police say shut the pier, ...                       (clauses with a say of their
 * own) “The pier is shut.” That was the verdict of Ada Moss.            (the speaker comes late) In
 * its report the commission wrote:  > The pier is shut.         (blocks) The harbour sued, alleging
 * that the pier was shut.               (participles) Moss denied it was shut and Berg has denied
 * it was built.        (two sayings in one)
 *
 * What is found here replaces what the network made of the same cue. */
#include "lang/attribution/pack.h"
#include "lang/text/lexicon.h"

enum { LONGEST_SOURCE = 16, SHORTEST_CONTENT = 3 };

/* Tokens [first, end); none if they are the same. */
struct stretch {
    size_t first, end;
};

static bool has(const struct lang_doc *doc, size_t token, struct str class)
{
    return token < doc->n_tokens &&
           lexicon_has_class(
               lexicon_find(lexicon_open(WORDS_PATTERNS), lang_token_text(doc, token)), class);
}

static bool touches(const struct lang_doc *doc, struct spans spans, struct stretch s)
{
    for (size_t i = 0; i < spans.n; i++)
        if (spans.v[i].start < doc->tokens[s.end - 1].at.end &&
            doc->tokens[s.first].at.start < spans.v[i].end)
            return true;
    return false;
}

static bool is_cue_of(const struct attribution_list *list, struct stretch cue)
{
    for (size_t i = 0; i < list->n; i++)
        if (touches(list->doc, list->v[i].cue, cue))
            return true;
    return false;
}

/* What is left of a source before the stretch ("Ada Moss, whom police" say ...), or nothing. */
static struct spans before(struct lang_doc *doc, struct spans source, struct stretch s)
{
    size_t first = lang_token_at(doc, source.v[0].start), end = s.first;
    struct spans out = {0};
    while (end > first && !doc->tokens[end - 1].word)
        end--;
    attribution_span(doc, &out, first, end);
    return out;
}

/* Drops what has its cue in the stretch; takes its words off sources, and drops what has then none.
 */
static void clear(struct attribution_list *list, struct stretch cue)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->n; i++) {
        struct attribution *a = &list->v[i];
        bool shared = touches(list->doc, a->source, cue);
        if (shared)
            a->source = before(list->doc, a->source, cue);
        if (touches(list->doc, a->cue, cue) || (shared && !a->source.n))
            continue;
        list->v[kept] = *a;
        list->sure[kept++] = list->sure[i];
    }
    list->n = kept;
}

static struct attribution *add(struct attribution_list *list, const char *rule,
                               struct stretch source, struct stretch cue, struct stretch content)
{
    struct attribution *a = attribution_add(list, rule, 0.7f);
    attribution_span(list->doc, &a->source, source.first, source.end);
    attribution_span(list->doc, &a->cue, cue.first, cue.end);
    attribution_span(list->doc, &a->content, content.first, content.end);
    return a;
}

/* The sentence's end without its full stop and what closes behind it. */
static size_t end_of(const struct lang_doc *doc, const struct sentence *s)
{
    size_t end = s->end;
    while (end > s->first && !doc->tokens[end - 1].word && !doc->tokens[end - 1].in_quote)
        end--;
    return end;
}

/* May the tokens be a subject: a name in them or a word that begins one, no other saying but in a
 * clause of its own ("a man who asked not to be named")? */
static bool is_nominal(const struct lang_doc *doc, struct stretch s)
{
    bool named = s.first < s.end && has(doc, s.first, S("begins")), clause = false;
    if (s.end - s.first > LONGEST_SOURCE || has(doc, s.first, S("adjunct")))
        return false;
    for (size_t t = s.first; t < s.end; t++) {
        clause |= has(doc, t, S("who"));
        named |= doc->tokens[t].capital;
        bool verb = phrase_is_cue(doc, t) || has(doc, t, S("goes")) || has(doc, t, S("be"));
        if (doc->tokens[t].in_quote || (!clause && verb))
            return false;
    }
    return named;
}

/* The subject before token `verb`, back to the mark or the sentence's start before it: with an
 * apposition or clause between commas, and with a clause that none encloses ("a man who knows
 * said"). Empty if it looks like none. */
static struct stretch subject_of(const struct lang_doc *doc, const struct sentence *s, size_t verb)
{
    size_t end = verb, comma;
    while (end > s->first && has(doc, end - 1, S("pass")))
        end--;
    comma = end > s->first && phrase_is(doc, end - 1, ",") ? end - 1 : end;
    size_t first = comma;
    while (first > s->first && !phrase_is(doc, first - 1, ",") && doc->tokens[first - 1].word &&
           !doc->tokens[first - 1].in_quote)
        first--;
    if (comma < end && first > s->first && phrase_is(doc, first - 1, ",")) {
        size_t head = first - 1; /* the noun before the apposition */
        while (head > s->first && doc->tokens[head - 1].word && !doc->tokens[head - 1].in_quote)
            head--;
        first = head;
    }
    return is_nominal(doc, (struct stretch){first, end}) ? (struct stretch){first, end}
                                                         : (struct stretch){verb, verb};
}

/* Is what follows the cue up to the sentence's end only when, where or to whom it was said? */
static bool is_last(const struct lang_doc *doc, const struct sentence *s, size_t cue)
{
    enum { MOST = 10 };
    size_t end = end_of(doc, s), next = cue + 1;
    for (size_t t = next; t + 1 < end; t++) /* "on its website, citing court papers" */
        if (phrase_is(doc, t, ",") && has(doc, t + 1, S("also")))
            end = t;
    if (next >= end)
        return true;
    if (end - next > MOST || !(has(doc, next, S("adjunct")) || has(doc, cue, S("tells"))))
        return false;
    for (size_t t = next; t < end; t++)
        if (phrase_is_cue(doc, t) || doc->tokens[t].in_quote || has(doc, t, S("that")))
            return false;
    return true;
}

/* "The pier is shut, the harbour's head said on Monday": a content that ends where the subject of
 * the cue begins, behind a comma or a quotation mark. */
static bool content_before(const struct lang_doc *doc, const struct sentence *s, size_t source,
                           struct stretch *content)
{
    bool quoted = source > s->first && doc->tokens[source - 1].in_quote;
    if (source <= s->first + SHORTEST_CONTENT || !(quoted || phrase_is(doc, source - 1, ",")))
        return false;
    size_t first = s->first;
    if (has(doc, first, S("opens")))
        first++;
    *content = (struct stretch){first, source - !quoted};
    return content->end > content->first + SHORTEST_CONTENT && !has(doc, first, S("asks"));
}

static bool is_passive(const struct lang_doc *doc, const struct sentence *s, size_t t, size_t *be)
{
    enum { REACH = 3 };
    if (!has(doc, t, S("relayed")) || doc->tokens[t].in_quote)
        return false;
    for (*be = t; *be > s->first && t - *be < REACH;) {
        --*be;
        if (has(doc, *be, S("be")))
            return true;
    }
    return false;
}

/* Behind "was quoted" at token t: the two words "as saying", or "have said" of "to have said";
 * s->end if neither follows. */
static size_t saying_behind(const struct lang_doc *doc, const struct sentence *s, size_t t)
{
    enum { REACH = 10 };
    for (size_t as = t + 1; as + 1 < s->end && as - t < REACH; as++) {
        if (phrase_is(doc, as, "as") && has(doc, as + 1, S("saying")))
            return as;
        if (as == t + 2 && phrase_is(doc, as - 1, "to") && phrase_is(doc, as, "have") &&
            has(doc, as + 1, S("have-said")))
            return as;
    }
    return s->end;
}

/* "Was quoted by Reuters as saying (that) ...", "was reported to have said (that) ...". */
static void passive(struct attribution_list *list, const struct sentence *s, size_t t)
{
    struct lang_doc *doc = list->doc;
    size_t be, as = saying_behind(doc, s, t);
    if (as == s->end || !is_passive(doc, s, t, &be))
        return;
    struct stretch source = subject_of(doc, s, be), content = {as + 2, end_of(doc, s)};
    if (source.first == source.end)
        return;
    while (content.first < content.end &&
           (has(doc, content.first, S("that")) || phrase_is(doc, content.first, ":")))
        content.first++;
    bool late = content.first >= content.end || is_last(doc, s, as + 1);
    if (late && !content_before(doc, s, source.first, &content))
        return;
    clear(list, (struct stretch){be, as + 2});
    clear(list, source);
    struct attribution *a =
        add(list, "reader.passive", source, (struct stretch){be, t + 1}, content);
    attribution_span(doc, &a->cue, as, as + 2);
}

/* "The lawsuit states", not "the caucus states". */
static bool is_stated(const struct lang_doc *doc, size_t t)
{
    return t > 0 && lexicon_has_class(
                        lexicon_find(lexicon_open(WORDS_CARRIERS), lang_token_text(doc, t - 1)),
                        S("document"));
}

/* A verb of saying, not "the United States" nor "was announced". */
static bool is_saying(const struct lang_doc *doc, size_t t)
{
    if (has(doc, t, S("noun-too")) && !is_stated(doc, t))
        return false;
    return has(doc, t, S("says")) && !doc->tokens[t].capital && !doc->tokens[t].in_quote &&
           !(t > 0 && (has(doc, t - 1, S("be")) || has(doc, t - 1, S("no-verb"))));
}

/* A verb of saying near its sentence's end that no attribution has for its cue. */
static void late_cue(struct attribution_list *list, const struct sentence *s, size_t t)
{
    struct lang_doc *doc = list->doc;
    struct stretch source, content;
    if (!phrase_is_cue(doc, t) || !is_saying(doc, t) || !is_last(doc, s, t) ||
        is_cue_of(list, (struct stretch){t, t + 1}))
        return;
    source = subject_of(doc, s, t);
    if (source.first == source.end || !content_before(doc, s, source.first, &content))
        return;
    for (size_t i = 0; i < list->n; i++) /* another cue has it already, whole or in part */
        if (touches(doc, list->v[i].content, content) &&
            !(list->v[i].cue.n && touches(doc, list->v[i].cue, content)))
            return;
    clear(list, source);
    add(list, "reader.late", source, (struct stretch){t, t + 1}, content);
}

/* The noun phrase a sentence begins with. */
static struct stretch first_phrase(const struct lang_doc *doc, const struct sentence *s)
{
    size_t end = s->first;
    while (end < s->end && doc->tokens[end].word && !doc->tokens[end].in_quote &&
           !has(doc, end, S("adjunct")) && !has(doc, end, S("goes")) && !has(doc, end, S("pass")) &&
           !has(doc, end, S("did")) && !phrase_is_cue(doc, end))
        end++;
    struct stretch found = {s->first, end};
    return end > s->first && is_nominal(doc, found) ? found : (struct stretch){0, 0};
}

/* "The harbour sued on Monday, alleging that ...": a participle of saying that nobody has. */
static void participle(struct attribution_list *list, const struct sentence *s, size_t t)
{
    struct lang_doc *doc = list->doc;
    struct stretch cue = {t, t + 1}, content = {t + 1, end_of(doc, s)};
    if (!has(doc, t, S("participle")) || doc->tokens[t].in_quote || t == s->first ||
        !phrase_is(doc, t - 1, ",") || has(doc, t + 1, S("adjunct")) || is_cue_of(list, cue))
        return;
    if (has(doc, content.first, S("that")))
        content.first++;
    struct stretch source = first_phrase(doc, s);
    if (source.first == source.end || content.end <= content.first + SHORTEST_CONTENT)
        return;
    for (size_t i = 0; i < list->n; i++)
        if (touches(doc, list->v[i].content, content))
            return;
    add(list, "reader.participle", source, cue, content);
}

/* "He denied that they met and Moscow has denied any part": the second saying is no part of the
 * first. Its subject is a name or pronoun behind "and". */
static void second(struct attribution_list *list, const struct sentence *s, size_t t)
{
    enum { LONGEST = 5 };
    struct lang_doc *doc = list->doc;
    size_t cue = t + 1;
    if (!has(doc, t, S("and")) || t == s->first || t + 1 >= s->end || doc->tokens[t].in_quote ||
        !doc->tokens[t + 1].capital)
        return;
    while (cue < s->end && cue <= t + LONGEST &&
           (doc->tokens[cue].capital || has(doc, cue, S("pass"))))
        cue++;
    if (cue + SHORTEST_CONTENT >= end_of(doc, s) || cue > t + LONGEST || !is_saying(doc, cue) ||
        is_cue_of(list, (struct stretch){cue, cue + 1}))
        return;
    /* "Disease Control and Prevention said", but "with Russia and Moscow has said". */
    if (doc->tokens[t - 1].capital && !phrase_is(doc, cue - 1, "has"))
        return;
    for (size_t i = 0, n = list->n; i < n; i++) {
        struct attribution *a = &list->v[i];
        struct span *c = &a->content.v[a->content.n - 1];
        if (c->start >= doc->tokens[t].at.start || c->end <= doc->tokens[cue].at.end || !a->cue.n ||
            a->cue.v[0].start > c->start)
            continue;
        size_t end = lang_token_at(doc, c->end - 1) + 1, name = cue;
        c->end = doc->tokens[t - 1].at.end;
        while (name > t + 1 && has(doc, name - 1, S("pass")))
            name--;
        struct stretch content = {cue + 1 + has(doc, cue + 1, S("that")), end};
        add(list, "reader.second", (struct stretch){t + 1, name}, (struct stretch){cue, cue + 1},
            content);
        return;
    }
}

/* "Who police say was armed", "whom prosecutors say planned the raid". */
static void clause(struct attribution_list *list, const struct sentence *s, size_t t)
{
    enum { LONGEST = 6 };
    struct lang_doc *doc = list->doc;
    size_t cue = t + 2, end;
    if (!has(doc, t, S("relative")) || doc->tokens[t].in_quote || !has(doc, t + 1, S("speaker")))
        return;
    while (cue < s->end && cue < t + LONGEST && doc->tokens[cue].word && !is_saying(doc, cue))
        cue++;
    if (cue + 2 >= s->end || !is_saying(doc, cue) ||
        !(has(doc, cue + 1, S("goes")) || has(doc, cue + 1, S("past")) ||
          str_ends(lang_token_text(doc, cue + 1), S("ed"))))
        return;
    bool loose = t > s->first && phrase_is(doc, t - 1, ",");
    for (end = cue + 1; end < end_of(doc, s) && !phrase_is(doc, end, ",");) {
        bool verb = has(doc, end, S("goes")) || has(doc, end, S("be"));
        if (!loose && verb && end > cue + 1 && !has(doc, end - 1, S("goes")))
            break; /* "the men who police say fired are at large" */
        end++;
    }
    clear(list, (struct stretch){t, cue + 1});
    add(list, "reader.clause", (struct stretch){t + 1, cue}, (struct stretch){cue, cue + 1},
        (struct stretch){cue + 1, end});
}

/* The quotation that ends right before the sentence, in its paragraph and whole sentences long. */
static bool quoted_before(const struct lang_doc *doc, const struct sentence *s, struct stretch *out)
{
    size_t last = s->first;
    if (!last || !doc->tokens[last - 1].in_quote)
        return false;
    for (size_t i = doc->n_quotes; i-- > 0;)
        if (doc->quotes[i].at.end == doc->tokens[last - 1].at.end && !doc->quotes[i].scare) {
            size_t first = lang_token_at(doc, doc->quotes[i].at.start);
            *out = (struct stretch){first, last};
            return doc->sentences[doc->tokens[first].sentence].paragraph == s->paragraph;
        }
    return false;
}

/* The last words up to token `end` are taken off a source that a name ends ("Ada Moss after"). */
static struct stretch up_to_name(const struct lang_doc *doc, size_t first, size_t end)
{
    size_t last = end;
    while (last > first && !doc->tokens[last - 1].capital)
        last--;
    return (struct stretch){first, last > first ? last : end};
}

/* The phrase behind a token, with the name in apposition to it ("the fire chief, Tom Reed"). */
static struct stretch phrase_behind(const struct lang_doc *doc, const struct sentence *s, size_t t)
{
    size_t pair[2], name;
    if (!phrase_after(doc, *s, t, pair))
        return (struct stretch){0, 0};
    name = pair[1] + 1;
    if (phrase_is(doc, pair[1], ","))
        while (name < s->end && doc->tokens[name].word && doc->tokens[name].capital)
            pair[1] = ++name;
    return up_to_name(doc, pair[0], pair[1]);
}

/* Where a sentence that tells whose the quotation before it was names them: behind this token. 0 if
 * it tells no such thing. "That was the verdict of Ada Moss", "With these words, Ada Moss left",
 * "So said Ada Moss". */
static size_t verdict_word(const struct lang_doc *doc, const struct sentence *s)
{
    enum { WITHIN = 7 };
    if (!has(doc, s->first, S("points")))
        return 0;
    if (phrase_is(doc, s->first, "So") && has(doc, s->first + 1, S("says")))
        return s->first + 1;
    for (size_t t = s->first + 1; t + 1 < s->end && t < s->first + WITHIN; t++)
        if (has(doc, t, S("verdict")))
            return has(doc, t + 1, S("of")) || phrase_is(doc, t + 1, ",") ? t + 1 : 0;
    return 0;
}

static void verdict(struct attribution_list *list, const struct sentence *s)
{
    struct stretch content, source = {0};
    size_t word = verdict_word(list->doc, s);
    if (!word || !quoted_before(list->doc, s, &content))
        return;
    source = phrase_behind(list->doc, s, word);
    if (source.first == source.end)
        return;
    bool said = has(list->doc, word, S("says"));
    clear(list, (struct stretch){s->first, word + 1});
    clear(list, content);
    add(list, "reader.verdict", source, (struct stretch){word - !said, word - !said + 1}, content);
}

/* "The commission wrote:" and paragraphs that begin with ">". */
static void block(struct attribution_list *list, size_t sentence)
{
    struct lang_doc *doc = list->doc;
    const struct sentence *s = &doc->sentences[sentence];
    size_t colon = s->end - 1u, next = sentence + 1;
    if (next >= doc->n_sentences || !phrase_is(doc, colon, ":") || colon < s->first + 2 ||
        !phrase_is_cue(doc, colon - 1) || !phrase_is(doc, doc->sentences[next].first, ">"))
        return;
    struct stretch source = subject_of(doc, s, colon - 1);
    if (source.first == source.end)
        return;
    clear(list, (struct stretch){colon - 1, colon + 1});
    for (bool first = true; next < doc->n_sentences; first = false) {
        size_t from = doc->sentences[next].first;
        uint32_t paragraph = doc->sentences[next].paragraph;
        if (!phrase_is(doc, from, ">"))
            break;
        while (next < doc->n_sentences && doc->sentences[next].paragraph == paragraph)
            next++;
        struct stretch cue = {colon - 1, first ? colon : colon - 1};
        add(list, "reader.block", source, cue,
            (struct stretch){from + 1, doc->sentences[next - 1].end});
    }
}

/* What may begin at token t; most words begin nothing. */
static void at_token(struct attribution_list *list, const struct sentence *s, size_t t)
{
    const struct lang_doc *doc = list->doc;
    const struct lexicon_entry *e =
        lexicon_find(lexicon_open(WORDS_PATTERNS), lang_token_text(doc, t));
    if (!e || doc->tokens[t].in_quote)
        return;
    if (lexicon_has_class(e, S("relayed")))
        passive(list, s, t);
    if (lexicon_has_class(e, S("relative")))
        clause(list, s, t);
    if (lexicon_has_class(e, S("says")))
        late_cue(list, s, t);
    if (lexicon_has_class(e, S("participle")))
        participle(list, s, t);
    if (lexicon_has_class(e, S("and")))
        second(list, s, t);
}

void attribute_patterns(struct attribution_list *list)
{
    const struct lang_doc *doc = list->doc;
    for (size_t i = 0; i < doc->n_sentences; i++) {
        const struct sentence *s = &doc->sentences[i];
        verdict(list, s);
        block(list, i);
        for (size_t t = s->first; t < s->end; t++)
            at_token(list, s, t);
    }
}

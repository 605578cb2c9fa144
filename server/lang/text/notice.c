/* What a page says of itself: "This site is protected by ...", a newsletter's box, a line on
 * cookies or on copyright. A text that was copied from a page holds such lines between those of the
 * report; nobody says them. A report about a company's privacy policy begins otherwise, tells who
 * says it, or quotes it. */
#include "lang/text/notice.h"
#include "assets/wordlist.h"

enum { MOST_WORDS = 60, LONGEST = 480 };

/* The sentence's words in small letters with a blank around each; "#" is any number. False if it
 * is longer than a notice. */
static bool words_of(const struct lang_doc *doc, const struct sentence *s, char *to, size_t *n)
{
    size_t words = 0;
    *n = 0;
    to[(*n)++] = ' ';
    for (uint32_t t = s->first; t < s->end; t++) {
        struct str word = lang_token_text(doc, t);
        if (!doc->tokens[t].word && !str_eq(word, S("\xC2\xA9")))
            continue;
        if (++words > MOST_WORDS || *n + word.n + 1 >= LONGEST)
            return false;
        bool number = word.p[0] >= '0' && word.p[0] <= '9';
        for (size_t i = 0; i < (number ? 1 : word.n); i++) {
            char c = number ? '#' : word.p[i];
            to[(*n)++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
        }
        to[(*n)++] = ' ';
    }
    return words > 0;
}

/* Does the phrase stand in the words, and there where it has to: "start", "end", "whole"? */
static bool stands(struct str words, struct str phrase, struct str where)
{
    for (size_t at = 0; (at = str_find(words, phrase, at)) != STR_NONE; at++) {
        size_t end = at + phrase.n;
        if (!at || words.p[at - 1] != ' ' || end >= words.n || words.p[end] != ' ')
            continue;
        bool begins = at == 1 || str_eq(where, S("end")) || str_eq(where, S("says"));
        bool ends = end + 1 == words.n || str_eq(where, S("start")) || str_eq(where, S("says"));
        if (begins && ends)
            return true;
    }
    return false;
}

bool lang_is_notice(const struct lang_doc *doc, uint32_t sentence)
{
    const struct sentence *s = &doc->sentences[sentence];
    char room[LONGEST];
    size_t n;
    if (s->first >= s->end || doc->tokens[s->first].in_quote || !words_of(doc, s, room, &n))
        return false;
    struct str words = {room, n}, rest = wordlist_text("lang/text/words/notices.txt"), where;
    bool found = false, told = false;
    while (wordlist_next(&rest, &where)) {
        struct str phrase;
        str_split(&where, '\t', &phrase);
        if (!stands(words, phrase, where))
            continue;
        told = told || str_eq(where, S("says"));
        found = found || !str_eq(where, S("says"));
    }
    return found && !told;
}

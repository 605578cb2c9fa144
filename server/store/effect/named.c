/* Which actors of a list a story may name: those of whose names a word of four letters or more
 * stands in its texts, or, of shorter ones, any; and those that somebody put there by a decision,
 * whatever the texts say. Others change nothing there. */
#include "store/effect/effect.h"
#include "store/list/fragments.h"

enum { LONG = 4 };

/* The next run of letters and figures; other alphabets count whole, general punctuation not. */
static bool next_word(struct str *rest, struct str *word)
{
    size_t from = 0, n = 0;
    for (size_t i = 0; i <= rest->n; i++) {
        unsigned char c = i < rest->n ? (unsigned char)rest->p[i] : ' ';
        bool sign = c == 0xE2 && i + 1 < rest->n && (unsigned char)rest->p[i + 1] == 0x80;
        bool letter =
            !sign && (c >= 0x80 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'));
        if (letter) {
            from = n++ ? from : i;
        } else if (n) {
            *word = str_slice(*rest, from, from + n);
            *rest = str_slice(*rest, i, rest->n);
            return true;
        }
        i += sign ? 2 : 0;
    }
    return false;
}

static uint64_t hash_of(struct str word)
{
    uint64_t hash = str_hash(S(""));
    for (size_t i = 0; i < word.n; i++) {
        char c = word.p[i];
        c = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
        hash = str_hash_more(hash, (struct str){&c, 1});
    }
    return hash;
}

static void know_words(struct effects *e)
{
    struct str word;
    for (size_t i = 0; i < e->story->n_articles; i++) {
        struct str rest = e->story->articles[i].title;
        while (next_word(&rest, &word))
            *map_at(e->a, &e->words, hash_of(word)) = 1;
        rest = e->story->articles[i].text;
        while (next_word(&rest, &word))
            *map_at(e->a, &e->words, hash_of(word)) = 1;
    }
    *map_at(e->a, &e->words, 1) = 1; /* it is made, whatever is in the texts */
}

/* Keys are told from words by what their hashes begin with. */
static uint64_t hash_of_key(struct str key)
{
    return str_hash_more(str_hash(S("key ")), key);
}

/* Whom decisions put into stories: speakers, whom others were merged into, who was split off. All
 * of those on actors count, wherever they were made: they are few beside the lines of a list. */
static void know_decided(struct effects *e)
{
    struct query q = query_begin(
        e->db, "SELECT d.target_key, json_extract(d.after, '$.speaker'), json_extract(d.after,"
               " '$.via'), json_extract(d.after, '$.into.key'), json_extract(d.after,"
               " '$.actor.key') FROM decisions d WHERE (d.target = 'actor' AND d.action <> 'add' OR"
               " d.target = 'statement' AND " DECISION_OF_STORY ") AND NOT " DECISION_UNDONE);
    query_int(&q, ":story", e->story->id);
    while (query_step(&q))
        for (int i = 0; i < 5; i++)
            if (query_peek_str(&q, i).n)
                *map_at(e->a, &e->words, hash_of_key(query_peek_str(&q, i))) = 1;
    e->failed = !query_end(&q, e->err) || e->failed;
}

static bool has_word(const struct effects *e, struct str name, size_t least)
{
    struct str word;
    while (next_word(&name, &word))
        if (word.n >= least && map_get(&e->words, hash_of(word), 0))
            return true;
    return false;
}

static bool may_be(const struct effects *e, struct str name)
{
    struct str rest = name, word;
    bool has_long = false;
    while (next_word(&rest, &word))
        has_long |= word.n >= LONG;
    return has_word(e, name, has_long ? LONG : 1);
}

bool effect_may_name(struct effects *e, const cJSON *actor)
{
    const cJSON *name;
    if (!e->words.n) {
        know_words(e);
        know_decided(e);
    }
    if (map_get(&e->words, hash_of_key(effect_text(e, actor, "key")), 0) ||
        may_be(e, effect_text(e, actor, "name")))
        return true;
    cJSON_ArrayForEach(name, cJSON_GetObjectItem(actor, "names"))
        if (may_be(e, effect_text(e, name, "text")))
            return true;
    return false;
}

/* Lines with which an outlet praises its own channels: app, letter, networks. Words alone would
 * hit the news about such things too, so a link and a word for "our" must go with them; or the
 * links of the line are the names of networks. */
#include "page/body/parts.h"
#include "page/text/words.h"

enum { PROMO_MAX = 320, AROUND_FEW = 70, AROUND_MANY = 140 };

/* Links of the block that are nothing but a network's name. */
static size_t networks(const struct body *b, const struct block *k)
{
    char folded[FOLD_MAX];
    struct str kind;
    size_t n = 0;
    for (size_t i = k->first; i <= k->last; i++)
        if (b->h->nodes[i].tag == TAG_TEXT && b->hints[i] & HINT_LINK)
            n += word_find(LIST_NETWORKS, fold_line(b->h->nodes[i].text, folded), &kind) &&
                 str_eq(kind, S("name"));
    return n;
}

static bool is_spoken(struct str s)
{
    return str_contains(s, S("“")) || str_contains(s, S("„")) || str_contains(s, S("\"")) ||
           str_contains(s, S("«"));
}

struct words {
    bool channel, act, own;
};

static struct words words_of(const struct body *b, struct str text)
{
    char folded[FOLD_MAX], name[FOLD_MAX];
    struct str rest = fold_line(text, folded), outlet = fold_line(b->outlet, name), word, kind;
    struct words w = {.own = outlet.n > 2 && str_contains(rest, outlet)};
    for (size_t n = 0; str_split(&rest, ' ', &word); n++) {
        while (word.n && (unsigned char)word.p[word.n - 1] < 'a')
            word.n--;
        if (!word_find(LIST_PROMO, word, &kind))
            continue;
        w.channel |= str_eq(kind, S("channel"));
        w.act |= str_eq(kind, S("act"));
        w.own |= str_eq(kind, S("own")) || (n == 0 && w.act); /* "Download the app …" */
    }
    return w;
}

bool body_is_promo(const struct body *b, const struct block *k)
{
    if (k->text.n > PROMO_MAX || is_spoken(k->text))
        return false;
    size_t around = k->text.n - k->link_bytes, n = k->link_bytes ? networks(b, k) : 0;
    if ((n >= 2 && around < AROUND_FEW) || (n >= 3 && around < AROUND_MANY))
        return true;
    if (!k->link_bytes && !k->told)
        return false;
    struct words w = words_of(b, k->text);
    return w.channel && w.act && w.own;
}

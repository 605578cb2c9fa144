/* The headline and the outlet's name, which pages tell in several voices: the visible headline is
 * believed where the others agree with it; what they have more than it is the outlet's name. */
#include "base/url.h"
#include "page/meta/meta.h"
#include "page/text/words.h"

#include <ctype.h>
#include <string.h>

enum {
    TITLE_MIN = 4,
    BAR_MIN = 20,
    LEAST_BLANKS = 4,
    NAME_BLANKS = 3,
    TITLE_MAX = 400,
    HEADINGS_MAX = 12
};
/* How far a heading must agree with the title in the metadata: one of several, the page's only
 * <h1>, a lower one that stands for it. */
enum { AGREE = 54, AGREE_ALONE = 30, AGREE_WHOLE = 90 };

static const struct str marks[] = {STR(" | "), STR(" - "), STR(" – "), STR(" — "), STR(" :: "),
                                   STR(" » "), STR(" « "), STR(" · "), STR(" • "), STR(" // "),
                                   STR(" / "), STR("| "),  STR(" : "), STR(" ‹ "), STR(" › "),
                                   STR(" > "), STR(" < "), STR(" ~ "), STR(" ⋆ "), STR(" ● "),
                                   STR(" ▷ "), STR("｜"),  STR("_"),   STR(" | ")};

/* The length of the mark at `at`, 0 if there is none. Most bytes are letters or blanks before
 * letters and are passed over before any mark is compared. */
static size_t mark_at(struct str s, size_t at)
{
    char c = s.p[at];
    if ((c != ' ' && c != '|' && c != '_' && (unsigned char)c < 0x80) ||
        (c == ' ' && (at + 1 == s.n || isalnum((unsigned char)s.p[at + 1]))))
        return 0;
    struct str rest = str_slice(s, at, s.n);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_starts(rest, marks[i]))
            return marks[i].n;
    return 0;
}

/* The first mark that parts the title; *len is its length. STR_NONE if there is none. */
static size_t first_mark(struct str s, size_t *len)
{
    for (size_t at = 0; at < s.n; at++)
        if ((*len = mark_at(s, at)))
            return at;
    return STR_NONE;
}

/* The last one. */
static size_t last_mark(struct str s, size_t *len)
{
    for (size_t at = s.n; at-- > 0;)
        if ((*len = mark_at(s, at)))
            return at;
    return STR_NONE;
}

/* Letters and digits of s alone, folded. */
static struct str squash(struct str s, char out[FOLD_MAX])
{
    struct str f = fold_line(s, out);
    size_t n = 0;
    for (size_t i = 0; i < f.n; i++)
        if ((unsigned char)f.p[i] >= 0x80 || (f.p[i] >= 'a' && f.p[i] <= 'z') ||
            (f.p[i] >= '0' && f.p[i] <= '9'))
            out[n++] = f.p[i];
    return (struct str){out, n};
}

/* Does a piece of title name the outlet or its domain? */
static bool names_outlet(struct str piece, struct str outlet, struct str domain)
{
    char x[FOLD_MAX], y[FOLD_MAX], z[FOLD_MAX];
    struct str p = squash(piece, x), o = squash(outlet, y), d = squash(domain, z);
    struct str host = str_slice(domain, 0, str_find_char(domain, '.', 0));
    if (p.n == 0)
        return false;
    if (str_starts(p, S("the")) && p.n > 5)
        p = str_slice(p, 3, p.n);
    if (o.n >= 2 && (str_contains(o, p) || str_contains(p, o)))
        return true;
    return p.n >= 3 && (str_contains(d, p) || (host.n >= 4 && str_contains(p, host)));
}

/* Is a piece of title the outlet's name itself, not words that it shares with a headline? */
static bool is_outlet(struct str piece, struct str outlet, struct str domain)
{
    char x[FOLD_MAX], y[FOLD_MAX], z[FOLD_MAX];
    struct str p = squash(piece, x), o = squash(outlet, y), d = squash(domain, z);
    struct str host = str_slice(domain, 0, str_find_char(domain, '.', 0));
    if (str_starts(p, S("the")) && p.n > 5 && !str_starts(o, S("the")))
        p = str_slice(p, 3, p.n);
    return p.n && (str_eq(p, o) || str_eq(p, d) || str_eq(p, host));
}

/* What is left at the ends where a part was taken away: marks and blanks. */
static struct str without_rests(struct str s)
{
    static const struct str rests[] = {STR(":"), STR(";"), STR(","), STR("|"),
                                       STR("–"), STR("—"), STR("·"), STR("•")};
    for (bool found = true; found;) {
        found = false;
        s = str_trim(s);
        for (size_t i = 0; i < sizeof rests / sizeof *rests; i++) {
            bool first = str_starts(s, rests[i]), last = str_ends(s, rests[i]);
            found |= first || last;
            if (first || last)
                s = str_slice(s, first ? rests[i].n : 0, s.n - (last ? rests[i].n : 0));
        }
        if (str_starts(s, S("- ")) || str_ends(s, S(" -"))) {
            bool first = s.p[0] == '-';
            s = str_slice(s, first, s.n - !first);
            found = true;
        }
    }
    return s;
}

static size_t blanks_in(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == ' ';
    return n;
}

/* A headline may speak of its outlet: a piece that is a sentence, and longer than the rest, is no
 * name. */
static bool is_headline(struct str piece, size_t rest)
{
    return piece.n > rest && blanks_in(str_trim(piece)) >= NAME_BLANKS;
}

/* "Harbour Post: Pier closes", where the outlet is called so. */
static struct str behind_colon(struct str title, struct str outlet, struct str domain)
{
    size_t at = str_find(title, S(": "), 0);
    if (at == STR_NONE || at + TITLE_MIN >= title.n ||
        !is_outlet(str_slice(title, 0, at), outlet, domain))
        return title;
    return str_trim(str_slice(title, at + 2, title.n));
}

/* Takes the outlet's name off either end. */
static struct str without_outlet(struct str title, struct str outlet, struct str domain)
{
    title = behind_colon(title, outlet, domain);
    for (int round = 0; round < 3; round++) {
        size_t len = 0, at = last_mark(title, &len);
        if (at == STR_NONE)
            break;
        struct str tail = str_slice(title, at + len, title.n);
        if (names_outlet(tail, outlet, domain) && at >= TITLE_MIN && !is_headline(tail, at)) {
            title = str_trim(str_slice(title, 0, at));
            continue;
        }
        size_t first_len = 0, first = first_mark(title, &first_len);
        if (!is_outlet(str_slice(title, 0, first), outlet, domain))
            break;
        title = str_trim(str_slice(title, first + first_len, title.n));
    }
    return title;
}

/* Share of the shorter folded text's words that stand in the longer one, in per cent. */
static int agreement(struct str s, struct str t)
{
    if (s.n > t.n) {
        struct str swap = s;
        s = t;
        t = swap;
    }
    int all = 0, hit = 0;
    for (struct str w; str_split(&s, ' ', &w);) {
        if (w.n == 0)
            continue;
        all++;
        hit += str_contains(t, w);
    }
    return all ? hit * 100 / all : 0;
}

struct heading {
    struct str text;
    bool told;  /* marked as the headline */
    bool aside; /* of the page's frame, as its class says: the trail of sections */
};

/* A heading that only links to the front page is the outlet's sign. */
static bool is_sign(const struct meta *m, size_t node, size_t bytes)
{
    for (size_t i = node + 1; i < m->h->nodes[node].end; i++) {
        struct str href = str_trim(html_attr(m->h, i, S("href")));
        if (m->h->nodes[i].tag != TAG_A || href.n == 0)
            continue;
        bool front = str_eq(href, S("/")) || (url_is_web(href) && url_path(href).n <= 1);
        if (front && html_text(m->a, m->h, i).n * 10 >= bytes * 8)
            return true;
    }
    return false;
}

/* Do other voices have the heading as a whole, not only the part of it that seems the headline? */
static bool is_told_whole(const struct meta *m, struct str all, struct str part)
{
    static const enum meta_key keys[] = {META_TITLE_LD, META_TITLE_OG, META_TITLE_TWITTER,
                                         META_TITLE_TAG};
    char x[FOLD_MAX], y[FOLD_MAX];
    struct str whole = fold_line(all, x);
    for (size_t i = 0; part.n < all.n && i < sizeof keys / sizeof *keys; i++)
        if (whole.n && str_starts(fold_line(m->found[keys[i]], y), whole))
            return true;
    return false;
}

/* The headings that may be the headline: <h1>, and <h2> where there is none. */
static size_t read_headings(struct meta *m, unsigned tag, struct heading *out)
{
    size_t n = 0;
    for (size_t i = 1; i < m->h->n && n < HEADINGS_MAX; i++) {
        if (m->h->nodes[i].tag != tag)
            continue;
        struct str all = html_text(m->a, m->h, i);
        struct str s =
            html_headline(m->a, m->h, i, m->hints,
                          HINT_KICKER | HINT_BYLINE | HINT_PAYWALL | HINT_SHARE | HINT_TAGS);
        s = without_rests(s.n >= TITLE_MIN && !is_told_whole(m, all, s) ? s : all);
        if (s.n >= TITLE_MIN && s.n <= TITLE_MAX && !is_sign(m, i, all.n))
            out[n++] = (struct heading){s, str_eq(html_attr(m->h, i, S("itemprop")), S("headline")),
                                        (m->hints[i] & HINT_FRAME) != 0};
    }
    return n;
}

/* A heading with a kicker before the headline: the other voices know where it begins. */
static struct str without_kicker(const struct meta *m, struct str heading)
{
    static const enum meta_key keys[] = {META_TITLE_LD, META_TITLE_OG, META_TITLE_TWITTER,
                                         META_TITLE_OTHER};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct str t = m->found[keys[i]];
        if (t.n * 2 > heading.n && t.n < heading.n && str_ends(heading, t))
            return t;
    }
    return heading;
}

/* What the page tells of its title elsewhere, without the outlet. */
enum { VOICES = 5 };
struct voices {
    struct str text[VOICES], folded[VOICES];
    char room[VOICES][FOLD_MAX];
};

static void read_voices(const struct meta *m, const struct page *p, struct voices *v)
{
    static const enum meta_key keys[VOICES] = {META_TITLE_LD, META_TITLE_OG, META_TITLE_TWITTER,
                                               META_TITLE_TAG, META_TITLE_OTHER};
    for (size_t k = 0; k < VOICES; k++) {
        v->text[k] = without_outlet(m->found[keys[k]], p->outlet, p->domain);
        v->folded[k] = fold_line(v->text[k], v->room[k]);
    }
}

/* How well a heading agrees with the voices, in per cent. */
static int heading_score(struct str heading, const struct voices *voices)
{
    char room[FOLD_MAX];
    struct str folded = fold_line(heading, room);
    int best = 0;
    for (size_t k = 0; k < VOICES; k++) {
        struct str t = voices->text[k];
        if (t.n == 0)
            continue;
        int score = agreement(folded, voices->folded[k]);
        size_t shorter = heading.n < t.n ? heading.n : t.n;
        if (shorter * 3 < (heading.n > t.n ? heading.n : t.n))
            score /= 2; /* one word that both have proves little */
        best = score > best ? score : best;
    }
    return best;
}

/* The page's only <h1> is its headline, whatever search engines are told, unless it is a sign. */
static bool is_sentence_like(struct str heading, const struct page *p)
{
    return blanks_in(heading) >= LEAST_BLANKS && !names_outlet(heading, p->outlet, p->domain);
}

/* The heading that agrees best, if better than `least`; *score is how well. */
static struct heading best_of(const struct heading *headings, size_t n, const struct voices *voices,
                              int *score)
{
    struct heading best = {0};
    for (size_t i = 0; i < n; i++) {
        int own = headings[i].told ? 100 : heading_score(headings[i].text, voices);
        if (own > *score) {
            best = headings[i];
            *score = own;
        }
    }
    return best;
}

/* Among the headings of the article, not of the page's frame: the one that is word for word what
 * the metadata has for the headline. */
static struct str told_heading(const struct meta *m, const struct heading *headings, size_t n)
{
    static const enum meta_key keys[] = {META_TITLE_LD, META_TITLE_OG};
    char x[FOLD_MAX], y[FOLD_MAX];
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
            if (!headings[i].aside && m->found[keys[k]].n &&
                str_eq(squash(headings[i].text, x), squash(m->found[keys[k]], y)))
                return headings[i].text;
    return (struct str){0};
}

static struct str best_heading(struct meta *m, const struct page *p)
{
    struct heading first[HEADINGS_MAX], second[HEADINGS_MAX];
    struct voices voices;
    read_voices(m, p, &voices);
    size_t n = read_headings(m, TAG_H1, first), n2 = read_headings(m, TAG_H2, second);
    int score = n == 1 ? AGREE_ALONE : AGREE, whole = AGREE_WHOLE;
    struct heading best = best_of(first, n, &voices, &score);
    if (best.text.n && (best.aside || score <= AGREE)) { /* a trail of sections, or a section's */
        struct str told = told_heading(m, second, n2);
        struct heading other = best_of(second, n2, &voices, &whole);
        if (told.n || (score <= AGREE && blanks_in(other.text) >= NAME_BLANKS))
            return told.n ? told : other.text;
    }
    if (best.text.n == 0 && n == 1 && is_sentence_like(first[0].text, p))
        return first[0].text;
    score = AGREE;
    return best.text.n ? best.text : best_of(second, n2, &voices, &score).text;
}

/* "Council &amp;quot;too slow&amp;quot;": escaped twice. */
static struct str unescaped(struct meta *m, struct str s)
{
    size_t at = str_find_char(s, '&', 0);
    return at != STR_NONE && str_find_char(s, ';', at) != STR_NONE ? html_value(m->a, s) : s;
}

/* What stands behind a bar in <title> is the section's or the outlet's name, whoever says so. */
static struct str before_bar(struct str title)
{
    static const struct str bars[] = {STR(" | "), STR(" ‹ "),  STR(" « "),
                                      STR(" » "), STR(" :: "), STR("｜")};
    for (size_t i = 0; i < sizeof bars / sizeof *bars; i++) {
        size_t at = str_find(title, bars[i], 0);
        if (at != STR_NONE && at >= BAR_MIN)
            title = str_slice(title, 0, at);
    }
    return title;
}

/* Fills the title if it is still empty. */
static void fill(struct meta *m, struct page *out, struct str title, const char *source)
{
    title = without_outlet(unescaped(m, title), out->outlet, out->domain);
    page_fill(out, FIELD_TITLE, without_rests(title), source);
}

void meta_title(struct meta *m, struct page *out)
{
    static const enum meta_key keys[] = {META_TITLE_LD, META_TITLE_OG, META_TITLE_TWITTER,
                                         META_TITLE_PROP, META_TITLE_OTHER};
    struct str heading = best_heading(m, out);
    if (heading.n)
        fill(m, out, without_kicker(m, heading), "heading");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (m->found[keys[i]].n >= TITLE_MIN)
            fill(m, out,
                 keys[i] == META_TITLE_OTHER ? before_bar(m->found[keys[i]]) : m->found[keys[i]],
                 m->source[keys[i]]);
    fill(m, out, before_bar(m->found[META_TITLE_TAG]), "title");
    struct heading headings[HEADINGS_MAX];
    bool name = is_outlet(out->title, out->outlet, out->domain); /* of the outlet, no headline */
    if ((out->title.n == 0 || name) && read_headings(m, TAG_H1, headings))
        page_set(out, FIELD_TITLE, headings[0].text, "heading");
}

/* What <title> has behind the headline of og:title. */
static struct str outlet_of_title(const struct meta *m, struct str domain)
{
    struct str tag = m->found[META_TITLE_TAG], og = m->found[META_TITLE_OG];
    size_t len = 0, at = last_mark(tag, &len);
    if (at == STR_NONE)
        return (struct str){0};
    struct str name = str_trim(str_slice(tag, at + len, tag.n));
    bool behind = og.n && str_starts(tag, og) && at >= og.n;
    return name.n <= 60 && (behind || names_outlet(name, (struct str){0}, domain))
               ? name
               : (struct str){0};
}

/* The name that fits the domain, else the first that the metadata gives. */
void meta_outlet(struct meta *m, struct page *out)
{
    const struct told names[] = {meta_told(m, META_SITE_OG),
                                 meta_told(m, META_SITE_LD),
                                 meta_told(m, META_SITE_OTHER),
                                 {outlet_of_title(m, out->domain), "title"}};
    for (int fitting = 1; fitting >= 0; fitting--)
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (names[i].value.n && names[i].value.n <= 80 &&
                (!fitting || names_outlet(names[i].value, (struct str){0}, out->domain)))
                page_fill(out, FIELD_OUTLET, names[i].value, names[i].source);
}

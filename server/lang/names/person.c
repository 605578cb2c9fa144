/* Can two names be one person's? "Marco Rubio" and "Rubio"; "James B. Comey" and "Jim Comey";
 * "Kim Jong Un", "Kim Jong-un" and "Kim"; "Volodymyr Zelenskiy" and "Vladimir Zelensky"; but not
 * "Donald Trump" and "Donald Trump Jr.", nor "Bill Clinton" and "Hillary Clinton". */
#include "lang/names/names.h"

#include <string.h>

struct person_name person_name_of(struct str name)
{
    struct person_name out = {0};
    size_t start = 0;
    for (size_t i = 0; i <= name.n; i++) {
        bool cut = i == name.n || name.p[i] == ' ' || name.p[i] == '-' || name.p[i] == ',';
        if (!cut)
            continue;
        struct str word = str_slice(name, start, i);
        start = i + 1;
        if (!word.n)
            continue;
        if (out.n && gaz_word(word) & WORD_SUFFIX)
            out.junior = (word.p[0] | 32) == 'j' || word.p[0] == 'I';
        else if (out.n < 8) {
            out.skeleton[out.n] = name_skeleton(word);
            out.words[out.n++] = word;
        }
    }
    out.family_first = out.n > 1 && out.n <= 3 && gaz_word(out.words[0]) & WORD_FAMILY;
    return out;
}

static bool is_initials(struct str s)
{
    return s.n == 1 || (s.n <= 6 && s.p[1] == '.') || (s.n == 2 && s.p[1] >= 'A' && s.p[1] <= 'Z');
}

/* The letters of "T.J." or "TJ", of the initials of all words but the last ("Thomas J. Reed"), or
 * no more than `cap` of them, small. */
static size_t initials_of(const struct person_name *name, char *out, size_t cap)
{
    size_t n = 0;
    for (size_t i = 0; i + 1 < name->n; i++) {
        struct str word = name->words[i];
        size_t letters = is_initials(word) ? word.n : 1;
        for (size_t k = 0; k < letters && n < cap; k++)
            if ((word.p[k] | 32) >= 'a' && (word.p[k] | 32) <= 'z')
                out[n++] = (char)(word.p[k] | 32);
    }
    return n;
}

/* "T.J. Reed" is not Tony Reed, nor "George W. Bush" George H.W. Bush: two initials or more tell of
 * as many names. One initial alone may be anybody's who begins with it. */
static bool initials_clash(const struct person_name *x, const struct person_name *y)
{
    enum { MOST = 6 };
    char a[MOST], b[MOST];
    struct str first = x->words[0], other = y->words[0];
    bool in_front = is_initials(first) && !is_initials(other);
    size_t na = initials_of(x, a, MOST), nb = initials_of(y, b, MOST);
    if (in_front && na > 1)
        return nb < na || memcmp(a, b, na) != 0;
    bool middle = x->n > 2 && y->n > 2 && (is_initials(x->words[1]) || is_initials(y->words[1]));
    return middle && na > 1 && nb > 1 && a[1] != b[1];
}

static bool given_agree(const struct person_name *x, const struct person_name *y)
{
    struct str a = x->words[0], b = y->words[0];
    char fa[64], fb[64];
    size_t na = name_fold(a, fa, sizeof fa), nb = name_fold(b, fb, sizeof fb);
    if (!na || !nb)
        return false;
    if (is_initials(a) || is_initials(b))
        return fa[0] == fb[0];
    return gaz_first_name((struct str){fa, na}) == gaz_first_name((struct str){fb, nb}) ||
           x->skeleton[0] == y->skeleton[0];
}

/* All words of the shorter end the longer: "Wasserman Schultz", "Debbie Wasserman Schultz". */
static bool is_tail(const struct person_name *small, const struct person_name *large)
{
    for (size_t i = 1; i <= small->n; i++)
        if (small->skeleton[small->n - i] != large->skeleton[large->n - i])
            return false;
    return true;
}

static bool is_head(const struct person_name *small, const struct person_name *large)
{
    for (size_t i = 0; i < small->n; i++)
        if (small->skeleton[i] != large->skeleton[i])
            return false;
    return true;
}

/* "Jong Un" and "Jong-un" come as the same words; "Jae-in" and "Jaein" do not. */
static bool given_parts_agree(const struct person_name *a, const struct person_name *b)
{
    char ta[128], tb[128];
    size_t na = 0, nb = 0;
    for (size_t i = 1; i < a->n; i++)
        na += name_fold(a->words[i], ta + na, sizeof ta - na);
    for (size_t i = 1; i < b->n; i++)
        nb += name_fold(b->words[i], tb + nb, sizeof tb - nb);
    return na == nb && memcmp(ta, tb, na) == 0;
}

bool person_names_agree(const struct person_name *a, const struct person_name *b)
{
    const struct person_name *small = a->n <= b->n ? a : b, *large = a->n <= b->n ? b : a;
    if (!small->n || small->junior != large->junior)
        return false;
    if (small->skeleton[small->n - 1] != large->skeleton[large->n - 1] &&
        small->skeleton[0] != large->skeleton[0])
        return false;
    if (small->n < large->n && is_tail(small, large))
        return true;
    if (large->family_first && small->skeleton[0] == large->skeleton[0])
        return small->n == 1 || is_head(small, large) || given_parts_agree(small, large);
    if (small->n < 2)
        return small->n == large->n && small->skeleton[0] == large->skeleton[0];
    if (small->skeleton[small->n - 1] != large->skeleton[large->n - 1])
        return false;
    return given_agree(small, large) && !initials_clash(small, large) &&
           !initials_clash(large, small);
}

uint64_t person_surname(const struct person_name *name)
{
    return name->n ? name->skeleton[name->n - 1] : 0;
}

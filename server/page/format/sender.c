/* The sender of a mail: see sender.h. */
#include "page/format/sender.h"

#include "page/text/byline.h"
#include "page/text/person.h"
#include "page/text/words.h"

enum { NAME_MAX_BYTES = 120, WORD_MIN = 4 };

/* A display name and its address, apart. */
struct parts {
    struct str name, mailbox, host;
};

static struct str unquoted(struct str s)
{
    static const struct str marks[] = {STR("\""), STR("'")};
    s = str_trim(s);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (s.n >= 2 && str_starts(s, marks[i]) && str_ends(s, marks[i]))
            s = str_trim(str_slice(s, 1, s.n - 1));
    return s;
}

static void set_address(struct parts *p, struct str address)
{
    address = str_trim(address);
    size_t at = str_find_char(address, '@', 0);
    p->mailbox = str_slice(address, 0, at);
    p->host = at == STR_NONE ? (struct str){0} : str_slice(address, at + 1, address.n);
}

static struct parts cut(struct str from)
{
    struct parts p = {0};
    size_t angle = str_find_char(from, '<', 0), round = str_find_char(from, '(', 0);
    if (angle != STR_NONE) {
        p.name = unquoted(str_slice(from, 0, angle));
        set_address(&p, str_slice(from, angle + 1, str_find_char(from, '>', angle)));
    } else if (round != STR_NONE) {
        set_address(&p, str_slice(from, 0, round));
        p.name = unquoted(str_slice(from, round + 1, str_find_char(from, ')', round)));
    } else {
        set_address(&p, from);
    }
    return p;
}

/* The name before what says whose mail it is: "via Harbour Post", "from the Post", "(Post)". */
static struct str own_name(struct str name)
{
    static const struct str ends[] = {STR(" via "), STR(" from "), STR(" at "), STR(" @ "),
                                      STR(" ("),    STR(" - "),    STR(" | "),  STR(" – ")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        name = str_slice(name, 0, str_find(name, ends[i], 0));
    return unquoted(name);
}

/* "Moss, Ada": the family name first, as address books have it. */
static struct str turned(struct arena *a, struct str name)
{
    size_t comma = str_find(name, S(", "), 0);
    if (comma == STR_NONE)
        return name;
    struct str family = str_slice(name, 0, comma), given = str_slice(name, comma + 2, name.n);
    bool one = str_find_char(given, ' ', 0) == STR_NONE && str_find_char(given, ',', 0) == STR_NONE;
    return given.n && one && str_find_char(family, ' ', 0) == STR_NONE
               ? arena_fmt(a, "%.*s %.*s", STR_ARG(given), STR_ARG(family))
               : name;
}

/* Does a word of the name stand in the host's name, and none in the mailbox's? */
static bool is_of_host(struct str name, const struct parts *p)
{
    char x[FOLD_MAX], y[FOLD_MAX], z[FOLD_MAX];
    struct str rest = fold_line(name, x), host = fold_line(p->host, y), word;
    struct str box = fold_line(p->mailbox, z);
    bool hosts = false;
    while (str_split(&rest, ' ', &word)) {
        if (word.n > 1 && str_contains(box, word))
            return false;
        hosts |= word.n >= WORD_MIN && str_contains(host, word);
    }
    return hosts;
}

static bool is_nobodys(struct str mailbox)
{
    char folded[FOLD_MAX];
    struct str value, box = fold_line(mailbox, folded);
    size_t end = 0;
    while (end < box.n && box.p[end] != '+' && box.p[end] != '.' && box.p[end] != '_')
        end++;
    struct str part = str_slice(box, 0, end);
    return word_find(LIST_MAILBOXES, part, &value) || word_find(LIST_MAILBOXES, box, &value);
}

struct sender sender_read(struct arena *a, struct str from)
{
    struct sender s = {{0}, {0}};
    struct parts p = cut(str_trim(from));
    if (p.name.n == 0 || p.name.n > NAME_MAX_BYTES || str_find_char(p.name, '@', 0) != STR_NONE)
        return s;
    struct str own = own_name(p.name);
    struct str names = byline_clean(a, turned(a, own));
    bool person = person_is_full(str_slice(names, 0, str_find(names, S(", "), 0)));
    if (person && !is_nobodys(p.mailbox) && !is_of_host(own, &p))
        s.name = names;
    else if (own.n > 1)
        s.outlet = own;
    return s;
}

/* Reading archives of brat's standoff files: NAME.txt and NAME.ann. A text-bound annotation whose
 * type is of SAYINGS is a statement, with its words and places (code points). Who says it is the
 * entity of a relation between both, whatever that is called; the side an attribute "Stance"; the
 * issue a note
 * "#1 Issue T1 the issue" (or an attribute "Issue"). */
#include "ingest/project/taking.h"

#include <stdlib.h>

#define SAYINGS "Statement Quotation Quote Claim Content Saying Utterance"

struct reading {
    struct taking *t;
    struct map texts;           /* hash of the name without suffix -> bytes + 1 */
    struct archive_file *files; /* both kinds */
    size_t n, cap;
};

struct bound { /* T */
    struct str id, type, text, places;
    struct str speaker, issue, stance;
};

static bool keep(void *to, const struct archive_file *file)
{
    struct reading *r = to;
    struct arena *a = &r->t->arena;
    if (!str_ends(file->name, S(".txt")) && !str_ends(file->name, S(".ann")))
        return true;
    r->files = arena_grow(a, r->files, r->n, &r->cap, sizeof *r->files);
    r->files[r->n++] =
        (struct archive_file){arena_str(a, file->name), utf8_repair(a, arena_str(a, file->bytes))};
    return true;
}

/* The text-bound annotations of a file, by id. */
struct bounds {
    struct bound *v;
    size_t n, cap;
    struct map at; /* hash of the id -> index + 1 */
};

static struct bound *find(const struct bounds *all, struct str id)
{
    uint32_t at = map_get(&all->at, str_hash(id), 0);
    return at ? &all->v[at - 1] : NULL;
}

static bool is_saying(const struct bound *b)
{
    return b && str_listed(SAYINGS, b->type);
}

/* "T1", TAB, "Type 0 5;8 12", TAB, "text" */
static void read_bound(struct bound *b, struct str id, struct str rest)
{
    struct str middle;
    str_split(&rest, '\t', &middle);
    *b = (struct bound){.id = id, .text = rest};
    str_split(&middle, ' ', &b->type);
    b->places = middle;
}

/* "R1", TAB, "Name Arg1:T1 Arg2:T2" */
static void read_relation(const struct bounds *all, struct str rest)
{
    struct str word;
    struct bound *end[2] = {NULL, NULL};
    size_t ends = 0;
    rest = str_slice(rest, 0, str_find_char(rest, '\t', 0));
    str_split(&rest, ' ', &word);
    while (ends < 2 && str_split(&rest, ' ', &word)) {
        size_t colon = str_find_char(word, ':', 0);
        end[ends++] = find(all, colon == STR_NONE ? word : str_slice(word, colon + 1, word.n));
    }
    for (int i = 0; i < 2; i++)
        if (is_saying(end[i]) && end[1 - i] && !is_saying(end[1 - i]))
            end[i]->speaker = end[1 - i]->text;
}

/* "A1", TAB, "Stance T1 support"; "#1", TAB, "Issue T1", TAB, "text" */
static void read_mark(const struct bounds *all, struct str rest)
{
    struct str text = rest, head, name, target;
    str_split(&text, '\t', &head);
    str_split(&head, ' ', &name);
    str_split(&head, ' ', &target);
    struct bound *b = find(all, target);
    struct str value = str_trim(text.n ? text : head);
    if (b && str_eq_case(name, S("stance")))
        b->stance = value;
    if (b && str_eq_case(name, S("issue")))
        b->issue = value;
}

static void read_bounds(struct arena *a, struct str ann, struct bounds *out)
{
    struct str line, id;
    for (struct str rest = ann; str_split(&rest, '\n', &line);) {
        line = str_ends(line, S("\r")) ? str_slice(line, 0, line.n - 1) : line;
        if (line.n < 2 || line.p[0] != 'T' || !str_split(&line, '\t', &id))
            continue;
        out->v = arena_grow(a, out->v, out->n, &out->cap, sizeof *out->v);
        read_bound(&out->v[out->n++], id, line);
        *map_at(a, &out->at, str_hash(id)) = (uint32_t)out->n;
    }
}

static void read_links(const struct bounds *all, struct str ann)
{
    struct str line, id;
    while (str_split(&ann, '\n', &line)) {
        line = str_trim(line);
        if (!line.n || !str_split(&line, '\t', &id) || !id.n)
            continue;
        if (id.p[0] == 'R')
            read_relation(all, line);
        else if (id.p[0] == 'A' || id.p[0] == 'M' || id.p[0] == '#')
            read_mark(all, line);
    }
}

/* "0 5;8 12": of each the words in the text, which must be those of the line, joined by blanks. */
static void take_places(struct taking *t, struct told *told, const struct paper *p,
                        struct str places)
{
    struct utf8_index index = utf8_index_make(&t->one, p->in.text);
    struct str one, from;
    while (str_split(&places, ';', &one)) {
        uint64_t start = 0, end = 0;
        str_split(&one, ' ', &from);
        if (!str_to_u64(from, &start) || !str_to_u64(one, &end) || start >= end)
            continue;
        size_t at = utf8_byte(&index, start);
        taking_place(t, told,
                     (struct place){.exact = str_slice(p->in.text, at, utf8_byte(&index, end)),
                                    .start = (int64_t)start});
    }
}

static bool reads_so(const struct told *told, const struct bound *b)
{
    struct str rest = b->text;
    for (size_t i = 0; i < told->n_places; i++) {
        struct str exact = told->places[i].exact;
        size_t cut = exact.n < rest.n ? exact.n : rest.n;
        for (size_t k = 0; k < cut; k++) /* ends of lines are blanks there */
            if (rest.p[k] != exact.p[k] && !(rest.p[k] == ' ' && exact.p[k] == '\n'))
                return false;
        rest = str_slice(rest, cut, rest.n);
        rest = str_starts(rest, S(" ")) ? str_slice(rest, 1, rest.n) : rest;
    }
    return told->n_places && !rest.n;
}

static void take_saying(struct taking *t, const struct paper *p, const struct bound *b)
{
    struct told *told = taking_told(t, p);
    told->in.person = str_trim(b->speaker);
    told->in.concept = b->issue;
    told->in.stance = b->stance;
    take_places(t, told, p, b->places);
    if (!reads_so(told, b)) /* the text is not the one that was annotated */
        told->places = (told->n_places = 0, NULL);
    arena_reset(&t->one);
}

static void read_pair(struct reading *r, struct str stem, struct str text, struct str ann)
{
    struct bounds all = {0};
    struct taking *t = r->t;
    struct paper *p = taking_paper(t, stem);
    size_t slash = 0;
    for (size_t at; (at = str_find_char(stem, '/', slash)) != STR_NONE;)
        slash = at + 1;
    p->in.title = str_slice(stem, slash, stem.n);
    p->in.text = text;
    read_bounds(&t->arena, ann, &all);
    read_links(&all, ann);
    for (size_t i = 0; i < all.n; i++)
        if (is_saying(&all.v[i]))
            take_saying(t, p, &all.v[i]);
}

bool reading_brat(struct taking *t, struct str bytes)
{
    struct reading r = {.t = t};
    if (!reading_archive(bytes, keep, &r, t->err))
        return false;
    for (size_t i = 0; i < r.n; i++)
        if (str_ends(r.files[i].name, S(".txt")))
            *map_at(&t->arena, &r.texts,
                    str_hash(str_slice(r.files[i].name, 0, r.files[i].name.n - 4))) =
                (uint32_t)i + 1;
    for (size_t i = 0; i < r.n; i++) {
        struct str stem = str_slice(r.files[i].name, 0, r.files[i].name.n - 4);
        uint32_t text = map_get(&r.texts, str_hash(stem), 0);
        if (str_ends(r.files[i].name, S(".ann")) && text)
            read_pair(&r, stem, r.files[text - 1].bytes, r.files[i].bytes);
    }
    return t->n_papers || fail(t->err, ERR_UNSUPPORTED, "no .ann file has its .txt beside it");
}

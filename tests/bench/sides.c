/* Prints what positions and attitudes say of statements that are given, for scoring and training
 * the side that a statement takes (server/lang/model/training/sides/sides.py):
 *
 *   sides [--attitudes|--features] FILE
 *
 * FILE holds lines of fields parted by tabs: "I ID TITLE TERM|TERM..." an issue (a line "I" alone
 * forgets them), "A PATH" an article, whose file is its text, and of it "S ID", then start and end
 * bytes of source, cue and content (start = end: none); "W WORD" asks for a word's vector. Printed:
 * "P ID ISSUE STANCE CONFIDENCE" for each position and, where asked for, "T ID" with the attitudes
 * of the statement or "F ID ISSUE" with the features of each issue it speaks of (lean.h). */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "lang/lean/lean.h"
#include "lang/net/reader_model.h"

enum { FIELDS = 8, MOST = 4096, MEGABYTES = 64 };

struct given {
    struct str id;
    struct span at[3];
};

struct bench {
    struct arena *arena;
    bool attitudes, features;
    struct buf names;
    struct lang_issues issues;
    size_t cap_issues;
    struct str path;
    struct given given[MOST];
    size_t n;
};

static struct span span_of(struct str from, struct str to)
{
    uint64_t a = 0, b = 0;
    bool good = str_to_u64(from, &a) && str_to_u64(to, &b);
    return good ? (struct span){(uint32_t)a, (uint32_t)b} : (struct span){0};
}

static int32_t speaker_at(const struct lang_reading *r, struct span source)
{
    for (size_t i = 0; i < r->n_mentions; i++)
        if (r->mentions[i].at.start >= source.start && r->mentions[i].at.end <= source.end)
            return r->mentions[i].actor;
    return NO_ACTOR;
}

static void print_range(const struct lang_doc *doc, size_t from, size_t to)
{
    struct str text = {0};
    if (from < to)
        text = lang_span_text(
            doc, (struct span){doc->tokens[from].at.start, doc->tokens[to - 1].at.end});
    printf("\t%.*s", STR_ARG(text));
}

static void print_attitudes(const struct bench *b, const struct lang_reading *r,
                            const struct lang_doc *doc, size_t i)
{
    struct attitudes found = lang_attitudes(b->arena, doc, r, &r->statements[i]);
    for (size_t k = 0; k < found.n; k++) {
        const struct attitude *x = &found.v[k];
        printf("T\t%.*s\t%c%c%d%s%s%s%s\t%.2f", STR_ARG(b->given[i].id), x->sign > 0 ? '+' : '-',
               "pjf"[x->sort], (int)x -> form, x -> of_another ? " other" : "",
               x->composed ? " composed" : "", x->question ? " ?" : "",
               x->supposed      ? " supposed"
               : x->conditional ? " conditional"
                                : "",
               (double)x->strength);
        print_range(doc, x->first, x->end);
        print_range(doc, x->target, x->target_end);
        print_range(doc, x->holder, x->holder_end);
        putchar('\n');
    }
}

static void print_vector(struct str word)
{
    const struct reader_model *m = reader_model();
    const uint8_t *v = reader_word_vector(m, word);
    if (!v)
        return;
    printf("W\t%.*s", STR_ARG(word));
    for (size_t i = 0; i < m->word_dims; i++)
        printf("\t%d", v[i] - READER_ZERO);
    putchar('\n');
}

static void print_candidate(void *to, size_t statement, const struct lang_issue *issue,
                            float plainly)
{
    struct bench *b = to;
    struct str names = buf_str(&b->names);
    printf("F\t%.*s\t%.*s\t%.2f%.*s\n", STR_ARG(b->given[statement].id), STR_ARG(issue->id),
           (double)plainly, STR_ARG(names));
    b->names.n = 0;
}

static void print_positions(const struct lang_statement *s, struct str id)
{
    for (size_t i = 0; i < s->n_positions; i++)
        printf("P\t%.*s\t%.*s\t%s\t%.3f\n", STR_ARG(id), STR_ARG(s->positions[i].issue),
               stance_names[s->positions[i].stance], (double)s->positions[i].confidence);
}

static struct lang_statement *statements_of(const struct bench *b, const struct lang_reading *r)
{
    struct lang_statement *out = arena_array(b->arena, b->n + 1, sizeof *out);
    for (size_t i = 0; i < b->n; i++) {
        struct span *at = (struct span *)b->given[i].at;
        out[i] = (struct lang_statement){.kind = STATEMENT_MIXED,
                                         .speaker = speaker_at(r, at[0]),
                                         .via = NO_ACTOR,
                                         .source = {&at[0], at[0].end > at[0].start},
                                         .cue = {&at[1], at[1].end > at[1].start},
                                         .content = {&at[2], 1},
                                         .rule = "given"};
    }
    return out;
}

static void run(struct bench *b)
{
    struct str text;
    struct err err = {0};
    char path[512] = "";
    if (!b->path.n || b->path.n >= sizeof path)
        return;
    memcpy(path, b->path.p, b->path.n);
    if (!file_read(b->arena, path, (size_t)MEGABYTES << 20, &text, &err)) {
        fprintf(stderr, "%s\n", err.message);
        return;
    }
    struct lang_article article = {.text = text, .language = S("en")};
    struct lang_draft *draft = lang_draft(b->arena, &article, (struct str){0});
    struct lang_run *of = lang_run_create();
    struct lang_reading r;
    lang_run_survey(of, draft);
    lang_read(of, b->arena, draft, &r);
    r.statements = statements_of(b, &r);
    r.n_statements = b->n;
    struct lean_trace trace = {.names = &b->names, .candidate = print_candidate, .to = b};
    lang_take_positions_traced(b->arena, &b->issues, &r, b->features ? &trace : NULL);
    struct lang_doc doc = lang_words_of(b->arena, &r);
    for (size_t i = 0; i < b->n; i++) {
        print_positions(&r.statements[i], b->given[i].id);
        if (b->attitudes)
            print_attitudes(b, &r, &doc, i);
    }
    lang_run_destroy(of);
    b->n = 0;
}

static void add_issue(struct bench *b, const struct str *f)
{
    struct lang_issue x = {
        .id = f[1], .title = f[2], .terms = arena_array(b->arena, 64, sizeof *x.terms)};
    struct str rest = f[3], term;
    while (x.n_terms < 64 && str_split(&rest, '|', &term))
        x.terms[x.n_terms++] = term;
    b->issues.v = arena_grow(b->arena, b->issues.v, b->issues.n, &b->cap_issues, sizeof x);
    b->issues.v[b->issues.n++] = x;
}

static void take_line(struct bench *b, struct str line)
{
    struct str f[FIELDS] = {{0}};
    for (size_t n = 0; n < FIELDS && str_split(&line, '\t', &f[n]); n++)
        ;
    if (str_eq(f[0], S("S")) && b->n < MOST) {
        b->given[b->n++] =
            (struct given){f[1], {span_of(f[2], f[3]), span_of(f[4], f[5]), span_of(f[6], f[7])}};
        return;
    }
    run(b);
    b->path = str_eq(f[0], S("A")) ? f[1] : (struct str){0};
    if (str_eq(f[0], S("W")))
        print_vector(f[1]);
    if (str_eq(f[0], S("I")) && f[1].n)
        add_issue(b, f);
    else if (str_eq(f[0], S("I")))
        b->issues.n = 0;
}

int main(int argc, char **argv)
{
    static struct bench b;
    struct arena a = {0};
    struct str text, line;
    struct err err = {0};
    b.arena = &a;
    b.attitudes = argc > 2 && strcmp(argv[1], "--attitudes") == 0;
    b.features = argc > 2 && strcmp(argv[1], "--features") == 0;
    if (argc < 2 || !file_read(&a, argv[argc - 1], (size_t)MEGABYTES << 20, &text, &err)) {
        fprintf(stderr, "usage: sides [--attitudes|--features] FILE %s\n",
                argc < 2 ? "" : err.message);
        return 2;
    }
    while (str_split(&text, '\n', &line))
        take_line(&b, line);
    run(&b);
    arena_finish(&a);
    return 0;
}

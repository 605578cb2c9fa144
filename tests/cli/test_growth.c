/* Inputs made to be slow, through the real program: twice the bytes take about twice the processor
 * time and memory, and none takes more than fifty times the usual time a byte.
 *
 * By hand, larger: GROWTH_BYTES=1000000 build/tests/test-growth (with SYNOPTIC=build/synoptic);
 * GROWTH_SHAPE=NAME for one shape, GROWTH_SHAPE=compare for one command; prints a table when either
 * is set. */
#include "support/support.h"

#include "base/buf.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__
enum { BYTES = 10000, SANITIZED = 1 };
#else
enum { BYTES = 30000, SANITIZED = 0 };
#endif
/* Seconds and MB of noise are let pass; RUNS: a bad figure is taken again, the least counts. */
#define NOISE_SECONDS 0.15
enum { TIMES = 50, RUNS = 3, NOISE_MB = 60 };
#define GROWTH 3.2

/* A lead, a unit again and again, an end. In the unit, "%" is a name and "~" a word that do not
 * repeat soon, "#" a number. */
struct shape {
    const char *name, *type, *lead, *unit, *end;
};

#define HEAD "<html><title>x</title><h1>Pier closed for the winter</h1>"

static const struct shape shapes[] = {
    {"quotes", "text", "Pier\n\n", "\" ", ""},
    {"open quotes", "text", "Pier\n\n", "\u201ca ", ""},
    {"apostrophes", "text", "Pier\n\n", "'a ", ""},
    {"capitals", "text", "Pier\n\n", "Abc Bcd Cde ", ""},
    {"digits", "text", "Pier\n\n", "1234567890", ""},
    {"numbers", "text", "Pier\n\n", "12 345 6 ", ""},
    {"brackets", "text", "Pier\n\n", "((a) [b] ", ""},
    {"said", "text", "Pier\n\n", "said ", ""},
    {"said chain", "text", "Pier\n\n", "he said that she said that ", ""},
    {"who chain", "text", "Pier\n\nVelden, ", "who said, who told her, ", ""},
    {"one line", "text", "Pier\n\n", "words and more words of it, ", ""},
    {"one word", "text", "Pier\n\n", "ab-", ""},
    {"one name", "text", "Pier\n\n", "Mara Velden said so. ", ""},
    {"many names", "text", "Pier\n\n", "% % said it was late. ", ""},
    {"list of names", "text", "Pier\n\n", "% %, ", ""},
    {"one quotation", "text", "Pier\n\n", "\"We will close it on Monday,\" said Mara Velden.\n\n",
     ""},
    {"nobody's quotation", "text", "Pier\n\n", "\"We will close it on Monday.\"\n\n", ""},
    {"quotations", "text", "Pier\n\n", "\"We will ~ the ~ pier,\" said Mara Velden.\n\n", ""},
    {"long quotation", "text", "Pier\n\n\"", "we will close it and ", ",\" said Mara Velden."},
    {"pronouns", "text", "Pier\n\nMara Velden came. ", "He said it was late. ", ""},
    {"dates", "text", "Pier\n\n", "on 11 March 2024 and Monday, ", ""},
    {"counts", "text", "Pier\n\n", "At least # people died in the ~ fire, police said. ", ""},
    {"denials", "text", "Pier\n\n",
     "\"It is not true,\" Mara Velden said. \"It is true,\" Tomas Reed said. ", ""},
    {"sides", "text", "Pier\n\n", "% supports the ~ plan and % opposes it. ", ""},
    {"one side", "text", "Pier\n\n", "Mara Velden supports the plan, Tomas Reed opposes it. ", ""},
    {"offices", "text", "Pier\n\n", "Senator % of Ohio met the head of the % Committee. ", ""},
    {"bodies", "text", "Pier\n\n", "the % % Committee said so. ", ""},
    {"addresses", "text", "Pier\n\n", "https://x.example/~/# ", ""},
    {"interview", "text", "Pier\n\n", "Q: Why?\n\nA: Because.\n\n", ""},
    {"short lines", "text", "Pier\n\ntext", "a\n", ""},
    {"list", "text", "Pier\n\n", "- item\n", ""},
    {"Cyrillic", "text", "Pier\n\n", "Министр сказал, что «мы закроем» пирс. ", ""},
    {"Han", "text", "Pier\n\n", "港湾当局は月曜日、", ""},
    {"accents", "text", "Pier\n\n", "a\u0301\u0302", ""},
    {"tags", "html", HEAD, "<div></div>", "<p>Text of the article.</p>"},
    {"nested tags", "html", HEAD, "<div><span>a", ""},
    {"open tags", "html", HEAD "<p>", "<a", ""},
    {"links", "html", HEAD "<p>", "<a href=\"/a/b\">x y</a> ", ""},
    {"authors", "html", HEAD "<p>", "<a rel=author href=\"/author/x\">% %</a> ", ""},
    {"nested authors", "html", HEAD, "<div class=\"author byline\">", "Ada Moss"},
    {"bylines", "html", HEAD, "<p class=byline>3 May 2021 by % %</p>", ""},
    {"times", "html", HEAD "<p>", "Updated <time>a</time>", ""},
    {"headings", "html", "<html><title>x</title>", "<h1>Pier closed</h1>", ""},
    {"paragraphs", "html", HEAD, "<p>We will see how it goes on with the ~, she said.</p>", ""},
    {"nested lists", "html", HEAD, "<ul><li>", "text"},
    {"cells", "html", HEAD "<table><tr>", "<td>a</td>", ""},
    {"attributes", "html", HEAD "<p ", "a#=\"x\" ", ">text</p>"},
    {"long attribute", "html", HEAD "<p class=\"", "author byline ", "\">text</p>"},
    {"entities", "html", HEAD "<p>", "&amp;&a", ""},
    {"comments", "html", HEAD "<p>", "<!-- a --><!--", ""},
    {"JSON-LD", "html", HEAD "<script type=\"application/ld+json\">{\"@graph\":[",
     "{\"@type\":\"NewsArticle\",\"author\":{\"@id\":\"x\"}},", "{}]}</script><p>text"},
    {"JSON-LD authors", "html",
     HEAD "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"author\":[",
     "{\"@id\":\"x#\"},", "{}]}</script><p>text"},
    {"metas", "html", HEAD, "<meta name=author content=\"% %\">", "<p>text"},
    {"title", "html", "<html><title>", "a | b - ", "</title><p>text of it</p>"},
    {"feed", "auto", "<rss version=\"2.0\"><channel><title>x</title>",
     "<item><title>Pier</title><description>We will close it, she said.</description></item>",
     "</channel></rss>"},
    {"mail headers", "auto", "From: a@b.example\n", "X-#: a\n", "Subject: x\n\ntext\n"},
    {"encoded words", "auto", "From: a@b.example\nSubject: ", "=?utf-8?q?a?= ", "\n\ntext\n"},
    {"Markdown", "auto", "# Pier\n\n", "**a** [b](c) ", ""},
};
enum { SHAPES = sizeof shapes / sizeof *shapes };

/* What any outlet prints; the measure of the others. */
static const struct shape ordinary = {
    "ordinary", "text", "Pier closes\n\n",
    "The harbour board of % voted on Tuesday to close the ~ dock, a decision that traders called "
    "a blow. \"We were not asked about the ~,\" said % %, who runs the ~ market. The mayor told "
    "reporters that the ~ was no longer safe, and that repairs would cost # crowns.\n\n",
    ""};

static void add_name(struct buf *b, unsigned i, bool capital)
{
    static const char *const letters[] = {"BCDFGKLMNPRST", "aeiou", "lmnrst", "aeiou", "bdgkmn"};
    for (int k = 0; k < 5; k++) {
        size_t n = strlen(letters[k]);
        char c = letters[k][i % n];
        buf_char(b, k == 0 && !capital ? (char)(c | 32) : c);
        i /= (unsigned)n;
    }
}

static void make(struct buf *b, const struct shape *s, size_t bytes)
{
    unsigned n = 1;
    buf_add(b, str_of(s->lead));
    while (b->n < bytes)
        for (const char *p = s->unit; *p; p++)
            if (*p == '%' || *p == '~')
                add_name(b, n++ * 7919, *p == '%');
            else if (*p == '#')
                buf_fmt(b, "%u", n++ % 900 + 2);
            else
                buf_char(b, *p);
    buf_add(b, str_of(s->end));
}

static char folder[] = "/tmp/synoptic-growth-XXXXXX";

static const char *write_input(const struct shape *s, size_t bytes, int which)
{
    static char paths[2][64];
    struct buf b = {0};
    make(&b, s, bytes);
    buf_add(&b, which ? S("\nAn end of its own.\n") : S(""));
    snprintf(paths[which], sizeof *paths, "%s/%d.in", folder, which);
    FILE *f = fopen(paths[which], "wb");
    ck_assert(f && fwrite(b.p, 1, b.n, f) == b.n && fclose(f) == 0);
    buf_finish(&b);
    return paths[which];
}

struct cost {
    double seconds, mb;
};

/* One run of the program. Whether it finds an article does not matter here; that it ends does. */
static struct cost run(const struct shape *s, const char *command, const char *a, const char *b)
{
    const char *program = getenv("SYNOPTIC");
    struct rusage use;
    int status;
    ck_assert_ptr_nonnull(program);
    pid_t child = fork();
    ck_assert(child >= 0);
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, 1);
        dup2(null, 2);
        execl(program, "synoptic", command, "--type", s->type, a, b, (char *)NULL);
        _exit(127);
    }
    ck_assert(wait4(child, &status, 0, &use) == child);
    ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) < 100, "%s: %s ended with %x", s->name,
                  command, (unsigned)status);
    return (struct cost){(double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
                             (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6,
                         (double)use.ru_maxrss / 1024};
}

static struct cost cost_of(const struct shape *s, const char *command, size_t bytes)
{
    const char *a = write_input(s, bytes, 0), *b = NULL;
    if (strcmp(command, "compare") == 0)
        b = write_input(s, bytes, 1);
    return run(s, command, a, b);
}

static struct cost least(struct cost a, struct cost b)
{
    return (struct cost){a.seconds < b.seconds ? a.seconds : b.seconds, a.mb < b.mb ? a.mb : b.mb};
}

static size_t bytes_asked(void)
{
    const char *asked = getenv("GROWTH_BYTES");
    return asked ? (size_t)atol(asked) : BYTES;
}

/* What an ordinary text costs, start aside. */
static double usual_seconds(const char *command, size_t bytes, double *start)
{
    static const struct shape nothing = {"nothing", "text", "Pier\n\nIt closed.", " ", ""};
    struct cost small = cost_of(&nothing, command, 20), usual = cost_of(&ordinary, command, bytes);
    for (int i = 1; i < RUNS; i++) {
        small = least(small, cost_of(&nothing, command, 20));
        usual = least(usual, cost_of(&ordinary, command, bytes));
    }
    *start = small.seconds;
    return usual.seconds - small.seconds;
}

static void check(const struct shape *s, const char *command, double usual, double start)
{
    size_t bytes = bytes_asked();
    struct cost half = {1e9, 1e9}, whole = {1e9, 1e9};
    bool fits = false;
    for (int i = 0; i < RUNS && !fits; i++) {
        half = least(half, cost_of(s, command, bytes / 2));
        whole = least(whole, cost_of(s, command, bytes));
        fits = whole.seconds - start <= GROWTH * (half.seconds - start) + NOISE_SECONDS &&
               whole.seconds - start <= TIMES * usual + NOISE_SECONDS &&
               (SANITIZED || whole.mb <= GROWTH * half.mb + NOISE_MB);
    }
    if (getenv("GROWTH_BYTES") || getenv("GROWTH_SHAPE")) {
        printf("%-20s %-8s %6.2f s %6.2f s %5.1fx  %5.0f MB %5.0f MB  %5.1f times the usual%s\n",
               s->name, command, half.seconds, whole.seconds,
               (whole.seconds - start) / (half.seconds - start + 1e-3), half.mb, whole.mb,
               (whole.seconds - start) / usual, fits ? "" : "  !");
        fflush(stdout);
        return;
    }
    ck_assert_msg(fits,
                  "%s of \"%s\": %.2f s and %.0f MB for half, %.2f s and %.0f MB for all; "
                  "%.2f s are usual",
                  command, s->name, half.seconds, half.mb, whole.seconds, whole.mb, usual + start);
}

/* Under sanitizers a text is only compared, which reads it too, and a page only read. */
static bool is_due(const struct shape *s, const char *command)
{
    const char *only = getenv("GROWTH_SHAPE");
    if (SANITIZED && (strcmp(command, "compare") == 0) != (strcmp(s->type, "text") == 0))
        return false;
    return !only || strcmp(only, s->name) == 0 || strcmp(only, command) == 0;
}

static void check_all(const char *command)
{
    double start, usual = usual_seconds(command, bytes_asked(), &start);
    for (size_t i = 0; i < SHAPES; i++)
        if (is_due(&shapes[i], command))
            check(&shapes[i], command, usual, start);
}

START_TEST(reading_grows_with_the_text)
{
    check_all("extract");
}
END_TEST

START_TEST(comparing_grows_with_the_text)
{
    check_all("compare");
}
END_TEST

int main(void)
{
    if (!mkdtemp(folder))
        return 1;
    Suite *s = suite_create("growth");
    TCase *t = tcase_create("growth");
    suite_add_tcase(s, t);
    tcase_set_timeout(t, getenv("GROWTH_BYTES") ? 36000 : 240);
    tcase_add_test(t, reading_grows_with_the_text);
    tcase_add_test(t, comparing_grows_with_the_text);
    int failed = support_run(s);
    char path[64];
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%d.in", folder, i);
        unlink(path);
    }
    rmdir(folder);
    return failed;
}

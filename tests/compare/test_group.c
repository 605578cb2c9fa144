/* Story membership: sets that do not depend on order, placing one article among known stories. */
#include "support/support.h"

#include "compare/compare.h"

#include <string.h>

enum { TEXTS = 9 };

/* Three events, three reports each, in the words of different outlets. */
static const struct group_article articles[TEXTS] = {
    {STR("Ferry sinks off Karpos, forty rescued"),
     STR("Ferry sinks off Karpos, forty rescued\nThe ferry Aurelia sank on Monday two miles off "
         "the island of "
         "Karpos. The coastguard pulled forty passengers from the sea. Captain Milos Drava said a "
         "container "
         "had shifted in the swell."),
     STR("2031-03-04")},
    {STR("Coastguard saves passengers of Aurelia"),
     STR("Coastguard saves passengers of Aurelia\nAll forty passengers of the Aurelia were rescued "
         "by the "
         "coastguard near Karpos after the ferry went down. Her captain, Milos Drava, blamed a "
         "container that "
         "slid across the deck."),
     STR("2031-03-04")},
    {STR("Inquiry opens into Karpos ferry disaster"),
     STR("Inquiry opens into Karpos ferry disaster\nInvestigators questioned Captain Milos Drava "
         "about the "
         "container on the deck of the Aurelia, the ferry that sank off Karpos. The coastguard "
         "handed over "
         "its log of the rescue."),
     STR("2031-03-06")},
    {STR("Bank of Ostria raises rates again"),
     STR("Bank of Ostria raises rates again\nThe Bank of Ostria raised its rate to five percent on "
         "Tuesday. "
         "Governor Petra Lindholm said inflation was stubborn. Mortgage holders in Ostria will pay "
         "more."),
     STR("2031-03-04")},
    {STR("Lindholm: inflation forces Ostria's hand"),
     STR("Lindholm: inflation forces Ostria's hand\nGovernor Petra Lindholm defended the rise to "
         "five percent, "
         "saying the Bank of Ostria had to break inflation. Mortgage lenders in Ostria reacted "
         "within hours."),
     STR("2031-03-05")},
    {STR("Mortgages dearer as Ostria fights prices"),
     STR("Mortgages dearer as Ostria fights prices\nA mortgage in Ostria will cost more after the "
         "Bank of "
         "Ostria and its governor, Petra Lindholm, put the rate at five percent against "
         "inflation."),
     STR("2031-03-05")},
    {STR("Telescope finds water on Kepari"),
     STR("Telescope finds water on Kepari\nAstronomers at the Sulay telescope have found water "
         "vapour above the "
         "planet Kepari. Professor Aiko Ito called the spectrum unmistakable."),
     STR("2031-03-04")},
    {STR("Water vapour seen on distant Kepari"),
     STR("Water vapour seen on distant Kepari\nThe spectrum of Kepari shows water vapour, say "
         "astronomers of the "
         "Sulay telescope. The planet is far too hot for oceans, Aiko Ito said."),
     STR("2031-03-05")},
    {STR("A wet planet, far too hot"),
     STR("A wet planet, far too hot\nThe planet Kepari has water vapour in its air, astronomers "
         "led by Aiko Ito "
         "report from the Sulay telescope, which took its spectrum for a year."),
     STR("2031-03-05")},
};

static void group_in_order(struct arena *a, const size_t *order, uint32_t *story)
{
    struct group_article shuffled[TEXTS];
    uint32_t number[TEXTS];
    for (size_t i = 0; i < TEXTS; i++)
        shuffled[i] = articles[order[i]];
    compare_group(a, shuffled, TEXTS, number);
    for (size_t i = 0; i < TEXTS; i++)
        story[order[i]] = number[i];
}

START_TEST(three_events_in_any_order)
{
    static const size_t orders[][TEXTS] = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8}, {8, 7, 6, 5, 4, 3, 2, 1, 0}, {3, 0, 6, 1, 4, 7, 2, 8, 5}};
    struct arena a = {0};
    for (size_t o = 0; o < 3; o++) {
        uint32_t story[TEXTS];
        group_in_order(&a, orders[o], story);
        for (size_t i = 0; i < TEXTS; i++)
            for (size_t k = 0; k < TEXTS; k++)
                ck_assert_msg((story[i] == story[k]) == (i / 3 == k / 3), "order %zu: %zu and %zu",
                              o, i, k);
    }
    arena_finish(&a);
}
END_TEST

START_TEST(one_at_a_time)
{
    struct arena a = {0};
    struct compare_candidate known[TEXTS];
    int64_t next = 1;
    for (size_t i = 0; i < TEXTS; i++) {
        size_t at = i % 3 * 3 + i / 3; /* events in turn */
        struct str sign = compare_signature(&a, &articles[at]);
        ck_assert_uint_le(sign.n, 1024);
        int64_t story = compare_place(sign, known, i);
        known[i] = (struct compare_candidate){story ? story : next++, sign};
        ck_assert_msg(known[i].story == (int64_t)(at / 3) + 1, "%zu in story %d", at,
                      (int)known[i].story);
    }
    arena_finish(&a);
}
END_TEST

START_TEST(odd_signatures_are_alike_to_nothing)
{
    struct arena a = {0};
    struct group_article empty = {0};
    struct str sign = compare_signature(&a, &empty), good = compare_signature(&a, &articles[0]);
    uint32_t keys[16], story[2];
    ck_assert_uint_eq(compare_signature_keys(sign, keys, 16), 0);
    ck_assert_uint_eq(compare_signature_keys(good, keys, 16), 16);
    ck_assert(compare_likeness(sign, good) <= 0 && compare_likeness(good, S("torn")) <= 0);
    ck_assert(compare_likeness(good, good) > 0.99);
    ck_assert_int_eq(compare_place(good, &(struct compare_candidate){7, S("torn")}, 1), 0);
    compare_group(&a, (struct group_article[]){empty, empty}, 2, story);
    ck_assert_uint_eq(story[0], 0);
    ck_assert_uint_eq(story[1], 1);
    compare_group(&a, NULL, 0, story);
    arena_finish(&a);
}
END_TEST

/* As version 4 had it: each term with a weight and a band of its own. */
static struct str of_version_4(struct arena *a, struct str sign)
{
    char *out = arena_alloc(a, 1024);
    size_t n = 12, at = 12;
    memcpy(out, sign.p, 12);
    out[0] = 4;
    while (at < sign.n) {
        const char *run = sign.p + at;
        at += 4;
        for (int k = 0; k < run[3]; k++, at += 4, n += 7) {
            memcpy(out + n, sign.p + at, 4);
            memcpy(out + n + 4, run, 3);
        }
    }
    return (struct str){out, n};
}

/* Those that a store has from before are read. */
START_TEST(signatures_of_before)
{
    struct arena a = {0};
    for (size_t i = 0; i < TEXTS; i++) {
        struct str now = compare_signature(&a, &articles[i]), before = of_version_4(&a, now);
        struct str other = compare_signature(&a, &articles[(i + 1) % TEXTS]);
        uint32_t keys[2][16];
        ck_assert(compare_likeness(now, other) == compare_likeness(before, other));
        ck_assert_uint_eq(compare_signature_keys(now, keys[0], 16),
                          compare_signature_keys(before, keys[1], 16));
        ck_assert_mem_eq(keys[0], keys[1], sizeof keys[0]);
    }
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("group");
    TCase *t = tcase_create("group");
    suite_add_tcase(s, t);
    tcase_add_test(t, three_events_in_any_order);
    tcase_add_test(t, one_at_a_time);
    tcase_add_test(t, odd_signatures_are_alike_to_nothing);
    tcase_add_test(t, signatures_of_before);
    return support_run(s);
}

/* Slices, arenas, UTF-8 offsets and JSON. */
#include "support/support.h"

#include "base/day.h"
#include "base/json.h"
#include "base/map.h"
#include "base/memo.h"
#include "base/pack.h"
#include "base/utf8.h"

#include <string.h>

START_TEST(split_gives_every_field)
{
    struct str rest = S("a,,b"), f[3];
    for (int i = 0; i < 3; i++)
        ck_assert(str_split(&rest, ',', &f[i]));
    ck_assert(!str_split(&rest, ',', &f[0]));
    ck_str_is(f[1], "");
    ck_str_is(f[2], "b");
    ck_str_is(str_last_word(S("Ada de Reed")), "Reed");
    ck_str_is(str_last_word(S("Reed")), "Reed");
    ck_str_is(str_last_word(S("Ada ")), "");
}
END_TEST

START_TEST(offsets_convert_both_ways)
{
    struct arena a = {0};
    struct buf b = {0};
    for (int i = 0; i < 100; i++)
        buf_add(&b,
                S("a\xC3\xA9\xE2\x80\x9C\xF0\x9F\x98\x80")); /* 1+2+3+4 bytes, 4 points, 5 units */
    struct utf8_index x = utf8_index_make(&a, buf_str(&b));
    for (size_t i = 0; i < 100; i++) {
        ck_assert_uint_eq(utf8_offset(&x, i * 10 + 6, OFFSET_CODE_POINTS), i * 4 + 3);
        ck_assert_uint_eq(utf8_offset(&x, i * 10 + 10, OFFSET_UTF16), i * 5 + 5);
        ck_assert_uint_eq(utf8_byte(&x, i * 4 + 3), i * 10 + 6);
    }
    ck_assert_uint_eq(utf8_byte(&x, 9999), 1000);
    buf_finish(&b);
    arena_finish(&a);
}
END_TEST

START_TEST(utf8_refuses_what_unicode_does)
{
    static const char *const bad[] = {"\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80",
                                      "\xE2\x82", "\x80",         "\xFF"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!utf8_valid(str_of(bad[i])), "case %zu", i);
    ck_assert(utf8_valid(S("\xF4\x8F\xBF\xBF")));
    struct arena a = {0};
    ck_str_is(utf8_repair(&a, S("a\xFF"
                                "b")),
              "a\xEF\xBF\xBD"
              "b");
    arena_finish(&a);
}
END_TEST

START_TEST(writer_escapes_and_places_commas)
{
    struct buf b = {0};
    struct json j = json_begin(&b);
    json_object(&j);
    json_field_str(&j, "a", S("q\"\\\n\x01"));
    json_key(&j, "b");
    json_array(&j);
    json_int(&j, -1);
    json_num(&j, 0.5, 3);
    json_object(&j);
    json_end_object(&j);
    json_null(&j);
    json_end_array(&j);
    json_field_opt(&j, "c", (struct str){0});
    json_end_object(&j);
    ck_str_is(buf_str(&b), "{\"a\":\"q\\\"\\\\\\n\\u0001\",\"b\":[-1,0.5,{},null],\"c\":null}");
    buf_finish(&b);
}
END_TEST

START_TEST(reader_refuses_bad_json)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "base/data/json-bad.txt"), f[2];
    size_t n;
    int cases = 0;
    while (support_case(&rest, f, 1, &n)) {
        cJSON *tree = NULL;
        struct err err = {0};
        ck_assert_msg(!json_parse(f[0], &tree, &err), "accepted: %.*s", STR_ARG(f[0]));
        ck_assert(err.kind == ERR_INVALID && err.message[0]);
        cases++;
    }
    ck_assert_int_ge(cases, 20);
    cJSON *tree = NULL;
    ck_assert(json_parse(S(" {\"a\":[1,-0.5e3,\"\\ud83d\\ude00\",true,null]} "), &tree, NULL));
    cJSON_Delete(tree);
    ck_assert(!json_parse(S("{\"a\":\"x\x01\"}"), &tree, NULL));
    ck_assert(!json_parse(S("{}\0"), &tree, NULL));
    arena_finish(&a);
}
END_TEST

/* Packed and unpacked, gzip told from other bytes, its limit held, damage noticed. */
START_TEST(bytes_are_packed)
{
    static const unsigned char hello[] = {0x1f, 0x8b, 0x08, 0,    0,    0,    0,    0,    0,
                                          0x03, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x86,
                                          0xa6, 0x10, 0x36, 0x05, 0,    0,    0};
    struct arena a = {0};
    struct err err = {0};
    struct str many = {arena_alloc(&a, 100000), 100000}, packed, out;
    memset((char *)(uintptr_t)many.p, 'x', many.n);
    packed = bytes_pack(&a, many);
    ck_assert_uint_lt(packed.n, 1000);
    ck_assert(bytes_unpack(&a, packed, many.n, &out, &err));
    ck_assert(str_eq(out, many));
    ck_assert(!bytes_unpack(&a, packed, many.n - 1, &out, &err));
    ck_assert(!bytes_unpack(&a, str_slice(packed, 0, 10), many.n, &out, &err));
    ck_assert_int_eq(err.kind, ERR_IO);
    packed = bytes_pack(&a, S(""));
    ck_assert(bytes_unpack(&a, packed, 0, &out, &err));
    struct str article =
                   S("The harbour was closed on Friday after a storm had torn two cranes down."),
               page =
                   S("Harbour\nThe harbour was closed on Friday after a storm had torn two cranes "
                     "down.\n");
    packed = bytes_pack_like(&a, page, article);
    ck_assert(bytes_packed_like(packed) && !bytes_packed_like(bytes_pack(&a, page)));
    ck_assert_uint_lt(packed.n, page.n / 2);
    ck_assert(bytes_unpack_like(&a, packed, page.n, article, &out));
    ck_assert(str_eq(out, page));
    ck_assert(bytes_unpack_like(&a, bytes_pack(&a, page), page.n, article, &out));
    ck_assert(str_eq(out, page));
    ck_assert(!bytes_unpack_like(&a, packed, page.n, S("Another article."), &out));
    ck_assert(!bytes_unpack_like(&a, packed, page.n + 1, article, &out));
    struct str zipped = {(const char *)hello, sizeof hello};
    ck_assert_msg(gunzip(&a, zipped, 100, &out, &err), "%s", err.message);
    ck_str_is(out, "hello");
    ck_assert(!gunzip(&a, zipped, 4, &out, &err));
    ck_assert_int_eq(err.kind, ERR_TOO_LARGE);
    ck_assert(!gunzip(&a, str_slice(zipped, 0, 20), 100, &out, &err));
    ck_assert_int_eq(err.kind, ERR_INVALID);
    ck_assert(gunzip(&a, S("plain text, long enough to be one"), 4, &out, &err));
    ck_str_is(out, "plain text, long enough to be one");
    arena_finish(&a);
}
END_TEST

START_TEST(days_are_numbers_and_back)
{
    ck_assert_int_eq(day_parse(S("1970-01-01")), 0);
    ck_assert_int_eq(day_parse(S("2024-03-01T02:30:00Z")) - day_parse(S("2024-02-29")), 1);
    ck_assert_int_eq(day_parse(S("2023-03-01")) - day_parse(S("2023-02-28")), 1);
    ck_assert_int_eq(day_parse(S("2024-13-01")), NO_DAY);
    ck_assert_int_eq(day_parse(S("24-03-01")), NO_DAY);
    ck_assert_int_eq(day_weekday(day_parse(S("2026-11-29"))), 6);
    static const char *const moments[] = {
        "2024-02-29",          "2024-02-29T00:00:00Z",      "2024-02-29T23:59Z",
        "2024-02-29T23:59:60", "2024-02-29 07:05:00+02:00", "2024-02-29T07:05:00.25-11:30"};
    static const char *const none[] = {"",
                                       "2023-02-29",
                                       "2024-04-31",
                                       "2024-2-9",
                                       "yesterday",
                                       "2024-02-29T",
                                       "2024-02-29T24:00Z",
                                       "2024-02-29T07:60Z",
                                       "2024-02-290",
                                       "2024-02-29T07:05:61Z",
                                       "2024-02-29T07:05:00+2",
                                       "2024-02-29T07:05:00 and",
                                       "2024-02-29x07:05",
                                       "2024-02-29T07:05:00+02:75"};
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++)
        ck_assert_msg(day_is_moment(str_of(moments[i])), "%s", moments[i]);
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        ck_assert_msg(!day_is_moment(str_of(none[i])) && !day_valid(str_of(none[i])), "%s",
                      none[i]);
    ck_assert(day_valid(S("2024-02-29")) && !day_valid(S("2024-02-29T00:00:00Z")));
    for (int32_t day = -200000; day < 200000; day += 97) {
        int year, month, of_month;
        day_civil(day, &year, &month, &of_month);
        ck_assert_int_eq(day_of(year, month, of_month), day);
    }
}
END_TEST

START_TEST(map_keeps_what_it_is_given)
{
    struct arena a = {0};
    struct map t = {0};
    ck_assert_uint_eq(map_get(&t, 7, 99), 99);
    for (uint64_t key = 0; key < 5000; key++)
        *map_at(&a, &t, key * 64) = (uint32_t)key + 1;
    for (uint64_t key = 1; key < 5000; key++)
        ck_assert_uint_eq(map_get(&t, key * 64, 0), key + 1);
    ck_assert_uint_eq(map_get(&t, 63, 99), 99);
    ck_assert_uint_eq(t.n, 5000);
    arena_finish(&a);
}
END_TEST

/* Within the seconds that a test has, unless pairs of small ids lie on top of each other. */
START_TEST(map_spreads_pairs)
{
    enum { IDS = 415 };
    struct arena a = {0};
    struct map t = {0};
    for (uint64_t x = 0; x < IDS; x++)
        for (uint64_t y = 0; y < IDS; y++)
            *map_at(&a, &t, x << 32 | y) = (uint32_t)(x * IDS + y);
    ck_assert_uint_eq(t.n, IDS * IDS - 1); /* 0 and 1 are one key */
    ck_assert_uint_eq(map_get(&t, UINT64_C(7) << 32 | 9, 0), 7 * IDS + 9);
    arena_finish(&a);
}
END_TEST

START_TEST(lists_of_words_are_looked_through)
{
    ck_assert(str_listed("url every", S("every")));
    ck_assert(!str_listed("url every", S("ever")));
    ck_assert(!str_listed("", S("every")));
    ck_assert(!str_listed("url every", S("")));
}
END_TEST

/* What is found is what was kept; memory stays within its bound, and what is asked for stays. */
START_TEST(memo_keeps_what_is_asked_for)
{
    static struct memo m = MEMO(1 << 16);
    struct arena a = {0};
    struct memo_key first = memo_key(S("first"));
    struct str value;
    size_t found = 0;
    ck_assert(!memo_find(&m, first, &a, &value));
    memo_keep(&m, first, S("the first"));
    for (int i = 0; i < 4000; i++) {
        struct str text = arena_fmt(&a, "result %d", i);
        memo_keep(&m, memo_key(text), text);
        ck_assert(memo_find(&m, memo_key(text), &a, &value) && str_eq(value, text));
        ck_assert(memo_find(&m, first, &a, &value));
        ck_str_is(value, "the first");
        ck_assert_uint_le(m.young.arena.total + m.old.arena.total, 1 << 17);
    }
    for (int i = 0; i < 4000; i++)
        found += memo_find(&m, memo_key(arena_fmt(&a, "result %d", i)), &a, &value);
    ck_assert(found > 100 && found < 2000);
    memo_keep(&m, memo_key(S("large")), (struct str){arena_alloc(&a, 1 << 15), 1 << 15});
    ck_assert(!memo_find(&m, memo_key(S("large")), &a, &value));
    memo_forget(&m);
    ck_assert(!memo_find(&m, first, &a, &value));
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("base");
    TCase *t = tcase_create("base");
    suite_add_tcase(s, t);
    tcase_add_test(t, split_gives_every_field);
    tcase_add_test(t, offsets_convert_both_ways);
    tcase_add_test(t, utf8_refuses_what_unicode_does);
    tcase_add_test(t, writer_escapes_and_places_commas);
    tcase_add_test(t, reader_refuses_bad_json);
    tcase_add_test(t, bytes_are_packed);
    tcase_add_test(t, days_are_numbers_and_back);
    tcase_add_test(t, map_keeps_what_it_is_given);
    tcase_add_test(t, map_spreads_pairs);
    tcase_add_test(t, memo_keeps_what_is_asked_for);
    tcase_add_test(t, lists_of_words_are_looked_through);
    return support_run(s);
}

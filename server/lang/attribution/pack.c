/* The attributions of a text as bytes, so that they need not be found twice: numbers of seven bits
 * a byte, the low ones first (LEB128).
 *
 *   LANG_REVISION, 8 bytes: of the program that found them; hash of the text, 8 bytes; the text's
 *   language and the one it was read as, 3 bytes each, filled up with 0; count
 *   each: confidence (IEEE 754 single), outer + 1, rule (its place in the list below), and for
 * source, cue and content the number of spans, each as its distance from the end of the one before
 *   (in either direction) and its length, in bytes of the text
 *
 * Anything that is not exactly that, of another program or another text, is not used. */
#include "base/buf.h"
#include "lang/names/names.h"
#include "lang/revision.h"

#include <string.h>

/* Every rule of this room. Attributions by one that is not here are found anew each
 * time. */
static const char *const rules[] = {
    "reader.model",        "reader.model.nested",    "reader.quote.after",
    "reader.quote.before", "reader.quote.turn",      "reader.transcript",
    "reader.quote.naming", "reader.quote.signature", "foreign.quote.before",
    "foreign.quote.after", "foreign.quote.goes-on",  "reader.passive",
    "reader.late",         "reader.clause",          "reader.verdict",
    "reader.block",        "reader.answer",          "reader.noun",
    "reader.participle",   "reader.second",
};
enum { RULES = sizeof rules / sizeof *rules, DETECTED = 16, LANGUAGE = 19, HEAD = 22 };

static void put(struct buf *b, uint64_t n)
{
    for (; n > 0x7f; n >>= 7)
        buf_char(b, (char)(0x80 | (n & 0x7f)));
    buf_char(b, (char)n);
}

/* Small numbers of either sign stay small. */
static uint64_t zigzag(int64_t n)
{
    return n < 0 ? (uint64_t)(-n) * 2 - 1 : (uint64_t)n * 2;
}

static void put_spans(struct buf *b, const struct spans *spans, uint32_t *at)
{
    put(b, spans->n);
    for (size_t i = 0; i < spans->n; i++) {
        put(b, zigzag((int64_t)spans->v[i].start - *at));
        put(b, spans->v[i].end - spans->v[i].start);
        *at = spans->v[i].end;
    }
}

static void put_code(struct buf *b, struct str code)
{
    for (size_t k = 0; k < HEAD - LANGUAGE; k++)
        buf_char(b, k < code.n ? code.p[k] : '\0');
}

static uint32_t bits_of(float f)
{
    uint32_t bits;
    memcpy(&bits, &f, sizeof bits);
    return bits;
}

static bool rule_number(const char *rule, size_t *number)
{
    for (*number = 0; *number < RULES; ++*number)
        if (strcmp(rules[*number], rule) == 0)
            return true;
    return false;
}

static void put_number(struct buf *b, uint64_t n)
{
    for (int i = 0; i < 8; i++)
        buf_char(b, (char)(n >> (8 * i) & 0xff));
}

struct str attributions_pack(const struct lang_draft *from, struct arena *a)
{
    const struct lang_doc *doc = &from->doc;
    struct buf b = {0};
    struct str packed = {0};
    uint32_t at = 0;
    size_t rule = 0, i = 0;
    put_number(&b, LANG_REVISION);
    put_number(&b, str_hash(doc->text));
    put_code(&b, from->detected);
    put_code(&b, from->language);
    put(&b, doc->n_attributions);
    for (; i < doc->n_attributions; i++) {
        const struct attribution *x = &doc->attributions[i];
        if (!rule_number(x->rule, &rule))
            break;
        put(&b, bits_of(x->confidence));
        put(&b, (uint64_t)((int64_t)x->outer + 1));
        put(&b, rule);
        put_spans(&b, &x->source, &at);
        put_spans(&b, &x->cue, &at);
        put_spans(&b, &x->content, &at);
    }
    if (i == doc->n_attributions)
        packed = arena_str(a, buf_str(&b));
    buf_finish(&b);
    return packed;
}

/* ------------------------------------------------------------------------------------ and back */

struct unpacking {
    struct str rest;
    const struct lang_doc *doc;
    uint32_t at; /* where the last span ended */
    bool bad;
};

static uint64_t take(struct unpacking *u)
{
    uint64_t n = 0;
    for (int shift = 0; shift < 63; shift += 7) {
        if (u->rest.n == 0)
            break;
        unsigned char c = (unsigned char)u->rest.p[0];
        u->rest = str_slice(u->rest, 1, u->rest.n);
        n |= (uint64_t)(c & 0x7f) << shift;
        if (c < 0x80)
            return n;
    }
    u->bad = true;
    return 0;
}

static uint64_t take_below(struct unpacking *u, uint64_t limit)
{
    uint64_t n = take(u);
    u->bad |= n >= limit;
    return u->bad ? 0 : n;
}

static float take_confidence(struct unpacking *u)
{
    uint32_t bits = (uint32_t)take_below(u, UINT64_C(1) << 32);
    float f;
    memcpy(&f, &bits, sizeof f);
    u->bad |= !(f >= 0 && f <= 1);
    return u->bad ? 0 : f;
}

static struct spans take_spans(struct unpacking *u)
{
    size_t n = take_below(u, u->rest.n + 1), text = u->doc->text.n;
    struct spans spans = {arena_array(u->doc->arena, n + 1, sizeof *spans.v), n};
    for (size_t i = 0; i < n && !u->bad; i++) {
        uint64_t step = take_below(u, 2 * (uint64_t)text + 2);
        int64_t start =
            (int64_t)u->at + (step & 1 ? -(int64_t)(step / 2) - 1 : (int64_t)(step / 2));
        u->bad |= start < 0 || start > (int64_t)text;
        uint64_t length = take_below(u, u->bad ? 0 : text - (size_t)start + 1);
        if (u->bad)
            break;
        spans.v[i] = (struct span){(uint32_t)start, (uint32_t)((uint64_t)start + length)};
        u->at = spans.v[i].end;
    }
    return spans;
}

static uint64_t number_at(struct str s, size_t from)
{
    uint64_t n = 0;
    for (size_t i = 8; i-- > 0;)
        n = n << 8 | (unsigned char)s.p[from + i];
    return n;
}

static bool is_of_text(struct str text, struct str packed)
{
    return packed.n > HEAD && number_at(packed, 0) == LANG_REVISION &&
           number_at(packed, 8) == str_hash(text);
}

static struct str code_at(struct str packed, size_t at)
{
    struct str code = str_slice(packed, at, at + (HEAD - LANGUAGE));
    while (code.n && !code.p[code.n - 1])
        code.n--;
    return code;
}

struct str attributions_language(struct str text, struct str packed)
{
    return is_of_text(text, packed) ? code_at(packed, DETECTED) : (struct str){0};
}

bool attributions_unpack(struct lang_draft *draft, struct str packed)
{
    struct lang_doc *doc = &draft->doc;
    if (!is_of_text(doc->text, packed) || !str_eq(code_at(packed, LANGUAGE), draft->language))
        return false;
    struct unpacking u = {.rest = str_slice(packed, HEAD, packed.n), .doc = doc};
    size_t n = take_below(&u, packed.n);
    struct attribution *v = arena_array(doc->arena, n + 1, sizeof *v);
    for (size_t i = 0; i < n && !u.bad; i++) {
        v[i].confidence = take_confidence(&u);
        v[i].outer = (int32_t)take_below(&u, n + 1) - 1;
        v[i].rule = rules[take_below(&u, RULES)];
        v[i].source = take_spans(&u);
        v[i].cue = take_spans(&u);
        v[i].content = take_spans(&u);
        u.bad |= v[i].content.n == 0;
    }
    if (u.bad || u.rest.n)
        return false;
    doc->attributions = v;
    doc->n_attributions = n;
    return true;
}

/* Prints the attributions of texts as JSON lines, in the shape that measure/attribution.py reads,
 * so that the reader can be scored alone:  bench-attribute extract --type body FILE...
 * "raw" for "extract" leaves nothing out and adds what calibrate.py needs. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/utf8.h"
#include "lang/attribution/pack.h"

static void write_spans(struct json *j, const struct utf8_index *x, const char *key,
                        struct spans spans)
{
    json_key(j, key);
    json_array(j);
    for (size_t i = 0; i < spans.n; i++) {
        json_object(j);
        json_field_int(j, "start", (int64_t)utf8_offset(x, spans.v[i].start, OFFSET_CODE_POINTS));
        json_field_int(j, "end", (int64_t)utf8_offset(x, spans.v[i].end, OFFSET_CODE_POINTS));
        json_field_str(j, "exact", str_slice(x->text, spans.v[i].start, spans.v[i].end));
        json_end_object(j);
    }
    json_end_array(j);
}

static void write_sureness(struct json *j, const struct lang_doc *doc, const struct attribution *a,
                           const struct sureness *sure)
{
    json_key(j, "sure");
    json_array(j);
    json_num(j, (double)sure->source, 5);
    json_num(j, (double)sure->cue, 5);
    json_num(j, (double)sure->least, 5);
    json_end_array(j);
    json_field_bool(j, "quoted", doc->tokens[lang_token_at(doc, a->content.v[0].start)].in_quote);
}

/* `sure` is NULL or what the model says of each attribution. */
static void write_doc(struct buf *out, const struct lang_doc *doc, const struct sureness *sure)
{
    struct utf8_index x = utf8_index_make(doc->arena, doc->text);
    struct json j = json_begin(out);
    json_object(&j);
    json_key(&j, "statements");
    json_array(&j);
    for (size_t i = 0; i < doc->n_attributions; i++) {
        const struct attribution *a = &doc->attributions[i];
        json_object(&j);
        write_spans(&j, &x, "source", a->source);
        write_spans(&j, &x, "cue", a->cue);
        write_spans(&j, &x, "content", a->content);
        json_field_int(&j, "outer", a->outer);
        json_key(&j, "confidence");
        json_num(&j, (double)a->confidence, 4);
        json_field_str(&j, "rule", str_of(a->rule));
        if (sure)
            write_sureness(&j, doc, a, &sure[i]);
        json_end_object(&j);
    }
    json_end_array(&j);
    json_end_object(&j);
    buf_char(out, '\n');
}

int main(int argc, char **argv)
{
    bool raw = argc > 1 && strcmp(argv[1], "raw") == 0;
    for (int i = 4; i < argc; i++) {
        struct arena a = {0};
        struct buf out = {0};
        struct err err = {0};
        struct lang_doc doc = {.arena = &a};
        if (!file_read(&a, argv[i], 64u << 20, &doc.text, &err)) {
            fprintf(stderr, "attribute: %s: %s\n", argv[i], err.message);
            return 1;
        }
        doc.text = utf8_repair(&a, doc.text);
        lang_tokenise(&doc);
        lang_split_sentences(&doc);
        lang_find_quotes(&doc);
        struct attribution_list list = {.doc = &doc};
        if (raw)
            attribute_all(&list);
        else
            lang_attribute(&doc);
        if (raw) {
            doc.attributions = list.v;
            doc.n_attributions = list.n;
        }
        write_doc(&out, &doc, list.sure);
        fwrite(out.p, 1, out.n, stdout);
        buf_finish(&out);
        arena_finish(&a);
    }
    return 0;
}

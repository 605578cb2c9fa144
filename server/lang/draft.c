/* An article read by itself: its words, sentences, quotations, attributions and the names in it,
 * before the other articles of its run say whose they are. What takes most of the time of reading
 * is in here and depends on the text alone. */
#include "lang/names/names.h"

#include <string.h>

/* Below this a text is too short to tell its language against what the article says of itself. */
enum { TELLING_LENGTH = 200 };

static struct str language_of(const struct lang_article *article, struct str found)
{
    struct str given = str_slice(article->language, 0, 2);
    bool unclear = str_eq(found, S("und"));
    if (given.n == 2 && (unclear || article->text.n < TELLING_LENGTH))
        return given;
    return found;
}

/* Text whose language nobody can tell is tried as English: a line or two often says too little. */
static bool is_english(struct str language)
{
    return str_eq(language, S("en")) || str_eq(language, S("und"));
}

/* What it takes to find attributions is released; what is found is kept. */
static void attribute(struct lang_draft *draft)
{
    struct arena work = {0};
    struct lang_doc doc = draft->doc;
    doc.arena = &work;
    if (draft->english)
        lang_attribute(&doc);
    else
        lang_attribute_foreign(&doc, draft->language);
    draft->doc.attributions = lang_copy_attributions(draft->doc.arena, &doc);
    draft->doc.n_attributions = doc.n_attributions;
    arena_finish(&work);
}

static struct lang_doc words_of(struct arena *a, struct str text)
{
    struct lang_doc doc = {.arena = a, .text = text};
    lang_tokenise(&doc);
    lang_split_sentences(&doc);
    lang_find_quotes(&doc);
    return doc;
}

/* `known` is the text's language, if that is known. */
static void begin(struct lang_draft *draft, struct arena *a, const struct lang_article *article,
                  struct str known)
{
    *draft = (struct lang_draft){.article = *article};
    draft->detected = known.n ? arena_str(a, known) : lang_detect(article->text);
    draft->language = language_of(article, draft->detected);
    draft->english = is_english(draft->language);
    draft->fully_read =
        str_eq(draft->language, S("en")) || (draft->english && article->text.n < TELLING_LENGTH);
    draft->doc = words_of(a, article->text);
    draft->doc.article = &draft->article;
}

struct str lang_find_attributions(struct arena *a, const struct lang_article *article)
{
    struct arena work = {0};
    struct lang_draft draft;
    begin(&draft, &work, article, (struct str){0});
    attribute(&draft);
    struct str bytes = attributions_pack(&draft, a);
    arena_finish(&work);
    return bytes;
}

struct lang_draft *lang_draft(struct arena *a, const struct lang_article *article,
                              struct str attributions)
{
    struct lang_draft *draft = arena_alloc(a, sizeof *draft);
    begin(draft, a, article, attributions_language(article->text, attributions));
    draft->stored = attributions_unpack(draft, attributions);
    if (!draft->stored)
        attribute(draft);
    draft->names.doc = &draft->doc;
    names_find(&draft->names);
    return draft;
}

struct str lang_draft_attributions(const struct lang_draft *draft, struct arena *a)
{
    return attributions_pack(draft, a);
}

bool lang_draft_stored(const struct lang_draft *draft)
{
    return draft->stored;
}

static void *copy(struct arena *a, const void *from, size_t n, size_t cap, size_t size)
{
    void *to = arena_array(a, cap, size);
    if (n)
        memcpy(to, from, n * size);
    return to;
}

struct names names_of_draft(const struct lang_draft *draft, struct lang_doc *doc)
{
    struct names w = draft->names;
    w.doc = doc;
    w.owner = copy(doc->arena, w.owner, doc->n_tokens, doc->n_tokens, sizeof *w.owner);
    w.finds = copy(doc->arena, w.finds, w.n_finds, w.cap_finds, sizeof *w.finds);
    w.offices = copy(doc->arena, w.offices, w.n_offices, w.cap_offices, sizeof *w.offices);
    w.who = copy(doc->arena, w.who, w.n_who, w.cap_who, sizeof *w.who);
    return w;
}

struct lang_doc lang_words_of(struct arena *a, const struct lang_reading *reading)
{
    if (!reading->draft)
        return words_of(a, reading->text);
    struct lang_doc doc = reading->draft->doc;
    doc.arena = a;
    return doc;
}

/* One article from text to reading: the stages of parts.h, in their order.
 *
 * English goes through all of them. In another language only direct quotations are taken, by that
 * language's marks and verbs (foreign.c), and the reading says so. */
#include "lang/parts.h"

/* Below this a text is too short to tell its language against what the article says of itself. */
enum { TELLING_LENGTH = 200 };

static struct str language_of(const struct lang_article *article)
{
    struct str given = str_slice(article->language, 0, 2), found = lang_detect(article->text);
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

static void make_statements(struct lang_doc *doc, struct lang_reading *out)
{
    size_t n = doc->n_attributions;
    out->statements = arena_array(doc->arena, n, sizeof *out->statements);
    out->n_statements = n;
    for (size_t i = 0; i < n; i++) {
        const struct attribution *from = &doc->attributions[i];
        out->statements[i] = (struct lang_statement){.speaker = lang_speaker_of(doc, from),
                                                     .via = NO_ACTOR,
                                                     .source = from->source,
                                                     .cue = from->cue,
                                                     .content = from->content,
                                                     .confidence = from->confidence,
                                                     .rule = from->rule};
    }
    for (size_t i = 0; i < n; i++) {
        const struct attribution *from = &doc->attributions[i];
        struct lang_statement *to = &out->statements[i];
        lang_add_details(doc, from, to);
        /* Whoever says that he has said something does not carry it for another. */
        if (from->outer >= 0 && (size_t)from->outer < n &&
            out->statements[from->outer].speaker != to->speaker)
            to->via = out->statements[from->outer].speaker;
    }
}

void lang_read(const struct lang_run *run, struct arena *a, const struct lang_article *article,
               struct lang_reading *out)
{
    struct lang_doc doc = {.arena = a, .run = run, .article = article, .text = article->text};
    struct str language = language_of(article);
    *out = (struct lang_reading){.text = article->text,
                                 .language = language,
                                 .fully_read =
                                     str_eq(language, S("en")) ||
                                     (is_english(language) && article->text.n < TELLING_LENGTH)};
    lang_tokenise(&doc);
    lang_split_sentences(&doc);
    lang_find_quotes(&doc);
    if (is_english(language))
        lang_attribute(&doc);
    else
        lang_attribute_foreign(&doc, language);
    lang_find_actors(&doc);
    make_statements(&doc, out);
    out->mentions = doc.mentions;
    out->n_mentions = doc.n_mentions;
    out->actors = doc.actors;
    out->n_actors = doc.n_actors;
    if (is_english(language))
        lang_find_stances(&doc, out);
}

/* One article from text to reading: the stages of parts.h, in their order.
 *
 * English goes through all of them. In another language only direct quotations are taken, by that
 * language's marks and verbs (foreign.c), and the reading says so. */
#include "lang/names/names.h"

static bool same_spans(struct spans a, struct spans b)
{
    return a.n && a.n == b.n && a.v[0].start == b.v[0].start && a.v[0].end == b.v[0].end;
}

/* The first actor named in [from, to), or NO_ACTOR; its place in *at. */
static int32_t first_named(const struct lang_doc *doc, struct span in, struct span *at)
{
    size_t low = 0, high = doc->n_mentions;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (doc->mentions[mid].at.start < in.start)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == doc->n_mentions || doc->mentions[low].at.end > in.end)
        return NO_ACTOR;
    *at = doc->mentions[low].at;
    return doc->mentions[low].actor;
}

/* "The BBC said that X called Y and told him that ...": an outlet tells nobody; it is X who tells,
 * and the outlet that carries it. */
static void hand_on(struct lang_doc *doc, const struct lang_statement *before,
                    struct lang_statement *s)
{
    if (!same_spans(before->source, s->source) || !before->content.n || !s->cue.n ||
        s->speaker == NO_ACTOR || doc->actors[s->speaker].kind != ACTOR_OUTLET)
        return;
    struct span said = before->content.v[0], *at = arena_array(doc->arena, 1, sizeof *at);
    size_t cue = lang_token_at(doc, s->cue.v[0].start), last = lang_token_at(doc, said.start);
    if (cue == 0 || cue >= doc->n_tokens || said.end > s->cue.v[0].start ||
        doc->tokens[last].sentence != doc->tokens[cue].sentence ||
        !str_eq(lang_token_text(doc, cue - 1), S("and")))
        return;
    int32_t actor = first_named(doc, said, at);
    if (actor == NO_ACTOR || actor == s->speaker)
        return;
    s->via = s->speaker;
    s->speaker = actor;
    s->source = (struct spans){at, 1};
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
        if (to->speaker == NO_ACTOR)
            to->speaker = lang_pronoun_speaker(doc, out, i);
        if (to->speaker == NO_ACTOR)
            to->speaker = lang_author_speaker(doc, from);
        lang_add_details(doc, from, to);
        /* Whoever says that he has said something does not carry it for another. */
        if (from->outer >= 0 && (size_t)from->outer < n &&
            out->statements[from->outer].speaker != to->speaker)
            to->via = out->statements[from->outer].speaker;
        if (i)
            hand_on(doc, &out->statements[i - 1], to);
    }
    lang_carry(doc, out);
}

void lang_read(const struct lang_run *run, struct arena *a, const struct lang_draft *draft,
               struct lang_reading *out)
{
    struct arena work = {0};
    struct lang_doc doc = draft->doc;
    doc.arena = &work;
    doc.run = run;
    struct names names = names_of_draft(draft, &doc);
    *out = (struct lang_reading){.text = doc.text,
                                 .draft = draft,
                                 .language = draft->language,
                                 .fully_read = draft->fully_read};
    names_tell(&names);
    make_statements(&doc, out);
    out->mentions = doc.mentions;
    out->n_mentions = doc.n_mentions;
    out->actors = doc.actors;
    out->n_actors = doc.n_actors;
    lang_copy_reading(a, out);
    arena_finish(&work);
}

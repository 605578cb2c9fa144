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

/* "Germany and France said": the second of two named actors of whom the source is made, or NO_ACTOR.
 */
static int32_t joint_speaker(const struct lang_doc *doc, const struct lang_statement *s)
{
    if (s->source.n != 1 || s->speaker == NO_ACTOR)
        return NO_ACTOR;
    struct span in = s->source.v[0], first, second;
    int32_t a = first_named(doc, in, &first), b;
    if (a != s->speaker || first.start != in.start)
        return NO_ACTOR;
    b = first_named(doc, (struct span){first.end, in.end}, &second);
    if (b == NO_ACTOR || b == a || second.end != in.end ||
        doc->actors[a].kind == ACTOR_UNNAMED || doc->actors[b].kind == ACTOR_UNNAMED)
        return NO_ACTOR;
    struct str between = str_trim(str_slice(doc->text, first.end, second.start));
    return str_eq(between, S("and")) || str_eq(between, S("and the")) ? b : NO_ACTOR;
}

/* What two said together is a statement of either. */
static void share_statements(struct lang_doc *doc, struct lang_reading *r)
{
    struct lang_statement *v = arena_array(doc->arena, 2 * r->n_statements + 1, sizeof *v);
    size_t n = 0;
    for (size_t i = 0; i < r->n_statements; i++) {
        int32_t other = joint_speaker(doc, &r->statements[i]);
        v[n++] = r->statements[i];
        if (other == NO_ACTOR)
            continue;
        v[n] = r->statements[i];
        v[n++].speaker = other;
    }
    r->statements = v;
    r->n_statements = n;
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
        lang_add_details(doc, from, to);
        /* Whoever says that he has said something does not carry it for another. */
        if (from->outer >= 0 && (size_t)from->outer < n &&
            out->statements[from->outer].speaker != to->speaker)
            to->via = out->statements[from->outer].speaker;
        if (i)
            hand_on(doc, &out->statements[i - 1], to);
    }
    lang_carry(doc, out);
    share_statements(doc, out);
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
    lang_keep_reading(a, out);
    arena_finish(&work);
}

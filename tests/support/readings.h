/* Readings made by hand, so that the comparison can be tested without the engine.
 *
 * Marked text: "{Rubio} [told] Lammy <he will visit soon>." A statement is its three marks, in
 * any order, within one paragraph. In a source, "{Rubio/United States=He}" says: the text is
 * "He", the speaker Rubio, who acts for the United States; "{?officials=officials}" names nobody. A
 * content may begin with
 * "!day=2025-04-22;channel=X;via=BBC;for=tax!" ("against=tax": a stance on an issue). A text may
 * begin with "@2025-04-23 " (published) and then
 * "#A title# ". Further actors are named by "%Witkoff%". Every place where a known actor's name
 * stands in the text becomes a mention. "\n" is a new line. */
#ifndef TESTS_SUPPORT_READINGS_H
#define TESTS_SUPPORT_READINGS_H

#include "compare/compare.h"

struct made_story {
    struct compare_input input;
    struct compare_article *articles;
    struct lang_reading *readings;
};

/* A story of `n` articles by outlets "A", "B", …; ids of articles are 1.., of statements 101.. */
void readings_make(struct arena *a, const struct str *marked, size_t n, struct made_story *out);

#endif

/* What running prose looks like: see prose.h. */
#include "page/text/prose.h"

bool text_ends_sentence(struct str s)
{
    static const struct str closers[] = {STR("\""), STR("'"), STR(")"), STR("]"), STR("”"),
                                         STR("’"),  STR("»"), STR("“"), STR("«"), STR("*")};
    static const struct str ends[] = {STR("."), STR("!"), STR("?"),  STR("…"),  STR("。"),
                                      STR("؟"), STR("।"), STR("！"), STR("？"), STR("」")};
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < sizeof closers / sizeof *closers; i++)
            if (str_ends(s, closers[i])) {
                s.n -= closers[i].n;
                again = true;
            }
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(s, ends[i]))
            return true;
    return false;
}

/* Parts of detail.c that stand in files of their own. */
#ifndef LANG_ATTRIBUTION_DETAIL_H
#define LANG_ATTRIBUTION_DETAIL_H

#include "lang/parts.h"

/* The day that the word at `token` means ("Tuesday", "yesterday", "April" before "20"), YYYY-MM-DD
 * in the document's arena; false if it means none or the day of publication is unknown. */
bool lang_day_at(const struct lang_doc *doc, size_t token, struct str *out);

/* carrier.c: the channel that no words beside the cue tell: a document that speaks, an act on paper
 * ("sued the city, alleging"); or empty. */
struct str lang_channel_implied(const struct lang_doc *doc, const struct attribution *from);

#endif

/* A feed among the files a command is given. */
#ifndef CLI_FEED_H
#define CLI_FEED_H

#include "cli/cli.h"
#include "page/feed/feed.h"

/* Hands the entries of the feed in input->bytes on, each as the page it would be; one that brings
 * no text, and a feed that cannot be read, as an input with a problem. False where the sink ended
 * it. */
bool inputs_of_feed(struct input_sink *sink, const struct input *input, size_t file, size_t files);

#endif

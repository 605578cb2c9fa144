/* What each thread keeps for running a network: its working memory, made when first asked for and
 * released when the thread ends. */
#ifndef LANG_NET_SLOT_H
#define LANG_NET_SLOT_H

#include <stddef.h>

enum net_slot { NET_READER, NET_STANCE, NET_SLOTS };

/* malloc, or the end of the program. */
void *net_alloc(size_t n);
/* This thread's memory for the network of `model`, by `create` if it has none or another model's;
 * `destroy` releases it. */
void *net_of_thread(enum net_slot slot, const void *model, void *(*create)(const void *model),
                    void (*destroy)(void *net));

#endif

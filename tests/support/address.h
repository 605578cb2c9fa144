/* Where tests keep a store: in a file, or in the PostgreSQL that support/postgres.sh started. */
#ifndef TESTS_SUPPORT_ADDRESS_H
#define TESTS_SUPPORT_ADDRESS_H

#include <stdbool.h>

enum { ADDRESS_SIZE = 96 };

/* The address of the store that belongs to a folder; it lasts until the next call. */
const char *address_in(const char *folder);
/* Are stores files here? What is about files alone is tested with files alone. */
bool address_is_file(void);

#endif

/* See address.h. */
#include "support/address.h"

#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>

bool address_is_file(void)
{
    return !getenv("TEST_STORE");
}

const char *address_in(const char *folder)
{
    static char address[ADDRESS_SIZE];
    if (address_is_file())
        snprintf(address, sizeof address, "%s/store.db", folder);
    else
        snprintf(address, sizeof address, "%s&schema=t%016llx", getenv("TEST_STORE"),
                 (unsigned long long)str_hash(str_of(folder)));
    return address;
}

/* Giving up rights that a server never needs, so that a mistake in it is worth less to others:
 * no program can be started, files outside a few folders are out of reach, and rare system calls
 * that only break-ins use are refused. Linux; what the kernel lacks is left out. */
#ifndef BASE_SANDBOX_H
#define BASE_SANDBOX_H

#include <stdbool.h>

struct sandbox {
    bool no_new_privileges, landlock, seccomp;
};

/* For this thread and those it starts from now on; there is no way back. Below the folders of
 * `writable` files can be read and written, below those of `readable`, and below the system's own
 * (/etc, /usr, ...), only read. Both are closed by NULL; what does not exist is passed over. */
void sandbox_enter(const char *const *writable, const char *const *readable);
/* For a process about to become another program (between fork and exec): files can be read and
 * programs started in the system's folders, nothing can be written, and there is no network. */
void sandbox_program(void);
/* For a process that only starts such programs: the calls they have no use for, once for all. */
void sandbox_helper(void);
/* What sandbox_enter achieved. */
struct sandbox sandbox_state(void);

#endif

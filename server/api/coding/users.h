/* Who may use a server: a file with a line for each user, NAME, ROLE and the SHA-256 of the token,
 * parted by tabs. A token is 32 hex digits and is shown once, when it is made. */
#ifndef API_CODING_USERS_H
#define API_CODING_USERS_H

#include "http/http.h"

enum { USERS_MOST = 1000, USER_HASH = 64 };

struct user {
    struct str name;
    enum http_rank role; /* reader, reviewer, owner */
    char hash[USER_HASH + 1];
};

struct users {
    struct arena arena;
    struct user *v;
    size_t n, cap;
};

/* "none", "reader", "reviewer", "owner". */
extern const char *const user_roles[];

/* The file's users; one that is not there has none. ERR_INVALID names the line that is none. The
 * caller's users_finish. */
bool users_read(const char *path, struct users *out, struct err *err);
/* Replaces the file, in one piece. */
bool users_write(const char *path, const struct users *users, struct err *err);
void users_finish(struct users *users);
/* Adds a user, or gives one that is there another role; either way with a new token. */
bool users_add(struct users *users, struct str name, struct str role, char token[33],
               struct err *err);
bool users_remove(struct users *users, struct str name, struct err *err);
/* For http_options.identify. */
bool users_identify(const void *users, struct str token, struct http_user *out);

#endif

/* Users of a server: their file, and whose a token is (users.h). */
#include "api/coding/users.h"

#include "base/file.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const char *const user_roles[] = {"none", "reader", "reviewer", "owner"};

static enum http_rank role_of(struct str word)
{
    for (int i = HTTP_RANK_READER; i <= HTTP_RANK_OWNER; i++)
        if (str_eq(word, str_of(user_roles[i])))
            return (enum http_rank)i;
    return HTTP_RANK_NONE;
}

static void hash_token(struct str token, char out[USER_HASH + 1])
{
    struct sha256_ctx sha;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&sha);
    sha256_update(&sha, token.n, (const uint8_t *)token.p);
    sha256_digest(&sha, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

static struct user *find(const struct users *users, struct str name)
{
    for (size_t i = 0; i < users->n; i++)
        if (str_eq(users->v[i].name, name))
            return &users->v[i];
    return NULL;
}

static struct user *append(struct users *users, struct str name)
{
    users->v = arena_grow(&users->arena, users->v, users->n, &users->cap, sizeof *users->v);
    struct user *user = &users->v[users->n++];
    *user = (struct user){.name = arena_str(&users->arena, name)};
    return user;
}

static bool is_name(struct str name)
{
    for (size_t i = 0; i < name.n; i++)
        if ((unsigned char)name.p[i] < ' ' || name.p[i] == '~' || name.p[i] == ',')
            return false;
    return name.n && name.n <= 60 && str_trim(name).n == name.n && utf8_valid(name);
}

static bool read_line(struct users *users, struct str line, size_t number, struct err *err)
{
    struct str name, role, rest = line;
    str_split(&rest, '\t', &name);
    str_split(&rest, '\t', &role);
    if (!is_name(name) || !role_of(role) || rest.n != USER_HASH || find(users, name))
        return fail(err, ERR_INVALID,
                    "line %zu of the file of users is none: NAME, ROLE and the"
                    " hash of a token, parted by tabs",
                    number);
    struct user *user = append(users, name);
    user->role = role_of(role);
    memcpy(user->hash, rest.p, USER_HASH);
    return true;
}

bool users_read(const char *path, struct users *out, struct err *err)
{
    struct str text = {0}, line;
    struct users users = {0};
    bool ok = true;
    if (access(path, F_OK) != 0 && errno == ENOENT) {
        *out = users;
        return true;
    }
    if (!file_read(&users.arena, path, 1 << 20, &text, err))
        return false;
    for (size_t number = 1; ok && str_split(&text, '\n', &line); number++) {
        line = str_trim(line);
        if (line.n && line.p[0] != '#')
            ok = users.n < USERS_MOST ? read_line(&users, line, number, err)
                                      : fail(err, ERR_TOO_LARGE, "the file of users is too long");
    }
    if (ok)
        *out = users;
    else
        arena_finish(&users.arena);
    return ok;
}

bool users_write(const char *path, const struct users *users, struct err *err)
{
    struct arena a = {0};
    struct buf text = {0};
    struct str fresh = arena_fmt(&a, "%s.new", path);
    buf_add(&text, S("# Users of a synoptic server: name, role, SHA-256 of the token.\n"));
    for (size_t i = 0; i < users->n; i++)
        buf_fmt(&text, "%.*s\t%s\t%s\n", STR_ARG(users->v[i].name), user_roles[users->v[i].role],
                users->v[i].hash);
    int fd = open(fresh.p, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool ok = fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    ok = ok && rename(fresh.p, path) == 0;
    ok = ok || fail(err, ERR_IO, "the file of users cannot be written: %s", strerror(errno));
    buf_finish(&text);
    arena_finish(&a);
    return ok;
}

void users_finish(struct users *users)
{
    arena_finish(&users->arena);
    *users = (struct users){0};
}

bool users_add(struct users *users, struct str name, struct str role, char token[33],
               struct err *err)
{
    if (!is_name(name))
        return fail(err, ERR_INVALID, "a name has 1 to 60 bytes and neither commas nor \"~\"");
    if (!role_of(role))
        return fail(err, ERR_INVALID, "a role is reader, reviewer or owner");
    if (users->n == USERS_MOST && !find(users, name))
        return fail(err, ERR_TOO_LARGE, "there are %d users already", USERS_MOST);
    if (!http_token_make(token, err))
        return false;
    struct user *user = find(users, name);
    user = user ? user : append(users, name);
    user->role = role_of(role);
    hash_token(str_of(token), user->hash);
    return true;
}

bool users_remove(struct users *users, struct str name, struct err *err)
{
    struct user *user = find(users, name);
    if (!user)
        return fail(err, ERR_MISSING, "there is no such user");
    memmove(user, user + 1, (size_t)(users->v + users->n-- - user - 1) * sizeof *user);
    return true;
}

/* All are looked at, and each hash to its end, so that time tells nothing. */
bool users_identify(const void *all, struct str token, struct http_user *out)
{
    const struct users *users = all;
    const struct user *found = NULL;
    char hash[USER_HASH + 1];
    hash_token(token, hash);
    for (size_t i = 0; i < users->n; i++) {
        unsigned char difference = 0;
        for (size_t k = 0; k < USER_HASH; k++)
            difference |= (unsigned char)(users->v[i].hash[k] ^ hash[k]);
        found = difference ? found : &users->v[i];
    }
    if (found)
        *out = (struct http_user){found->name, found->role};
    return found != NULL;
}

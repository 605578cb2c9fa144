/* `synoptic users`: who may use a server that is started with --users, and their tokens. */
#include "api/coding/users.h"
#include "cli/cli.h"

#include <stdio.h>

static void print_user(const struct config *config, const struct user *user, const char *token)
{
    if (config_on(config, OPT_JSON)) {
        struct buf b = {0};
        struct json j = json_begin(&b);
        json_object(&j);
        json_field_str(&j, "name", user->name);
        json_field_str(&j, "role", str_of(user_roles[user->role]));
        if (token)
            json_field_str(&j, "token", str_of(token));
        json_end_object(&j);
        printf("%.*s\n", STR_ARG(buf_str(&b)));
        buf_finish(&b);
    } else {
        printf("%.*s\t%s%s%s\n", STR_ARG(user->name), user_roles[user->role], token ? "\t" : "",
               token ? token : "");
    }
}

static bool add(const struct config *config, struct users *users, const char *const *args,
                struct err *err)
{
    char token[33];
    if (!users_add(users, str_of(args[2]), str_of(args[3]), token, err) ||
        !users_write(args[0], users, err))
        return false;
    for (size_t i = 0; i < users->n; i++)
        if (str_eq(users->v[i].name, str_of(args[2])))
            print_user(config, &users->v[i], token);
    return true;
}

static bool change(const struct config *config, struct users *users, const char *const *args, int n,
                   struct err *err)
{
    struct str what = str_of(n > 1 ? args[1] : "list");
    if (str_eq(what, S("add")) && n == 4)
        return add(config, users, args, err);
    if (str_eq(what, S("remove")) && n == 3)
        return users_remove(users, str_of(args[2]), err) && users_write(args[0], users, err);
    if (!str_eq(what, S("list")) || n > 2)
        return fail(err, ERR_USAGE,
                    "users FILE [list], users FILE add NAME reader|reviewer|owner, "
                    "users FILE remove NAME");
    for (size_t i = 0; i < users->n; i++)
        print_user(config, &users->v[i], NULL);
    return true;
}

bool run_users(struct arena *a, const struct config *config, struct err *err)
{
    struct users users;
    (void)a;
    if (!users_read(config->args[0], &users, err))
        return false;
    bool ok = change(config, &users, (const char *const *)config->args, config->n_args, err);
    users_finish(&users);
    return ok;
}

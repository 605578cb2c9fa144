/* `synoptic serve` as those run it who keep it running: a socket handed over, copies that make
 * themselves, a log that says what took long and nothing of what people look for. */
#include "support/client.h"
#include "support/support.h"

#include "base/buf.h"
#include "base/json.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[64], address[64];
static struct arena arena;
static pid_t program;
static int errors = -1; /* the read end of its standard error */

static void setup(void)
{
    snprintf(folder, sizeof folder, "/tmp/synoptic-serving-XXXXXX");
    ck_assert(mkdtemp(folder) != NULL);
}

/* The program ends as it should, and its standard error comes back. */
static struct str stop(int signal)
{
    struct buf text = {0};
    int status = 0;
    kill(program, signal);
    for (ssize_t n; (n = read(errors, buf_reserve(&text, 4096), 4096)) > 0;)
        text.n += (size_t)n;
    close(errors);
    ck_assert_int_eq(waitpid(program, &status, 0), program);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
    program = 0;
    struct str said = arena_str(&arena, buf_str(&text));
    buf_finish(&text);
    return said;
}

static void teardown(void)
{
    if (program > 0)
        stop(SIGTERM);
    struct str clean = arena_fmt(&arena, "rm -rf '%s'", folder);
    ck_assert_int_eq(system(clean.p), 0);
    arena_finish(&arena);
}

/* In the new process: the handed-over socket stands at descriptor 3, as systemd puts it. */
static void become(char *const *arguments, int handed, int says)
{
    char pid[16];
    dup2(says, STDERR_FILENO);
    int null = open("/dev/null", O_WRONLY);
    dup2(null, STDOUT_FILENO);
    if (handed >= 0) {
        dup2(handed, 3);
        snprintf(pid, sizeof pid, "%d", (int)getpid());
        setenv("LISTEN_PID", pid, 1);
        setenv("LISTEN_FDS", "1", 1);
    }
    execv(getenv("SYNOPTIC"), arguments);
    _exit(127);
}

/* Starts it with further arguments. */
static void start(const char *const *further, int handed)
{
    char *arguments[24] = {(char *)"synoptic", (char *)"serve", (char *)"--db"};
    int says[2], n = 3;
    arguments[n++] = (char *)(uintptr_t)arena_fmt(&arena, "%s/s.db", folder).p;
    while (*further)
        arguments[n++] = (char *)(uintptr_t)*further++;
    ck_assert_int_eq(pipe(says), 0);
    program = fork();
    if (program == 0)
        become(arguments, handed, says[1]);
    close(says[1]);
    errors = says[0];
}

/* A listening socket at any free port of that address; `address` says which. */
static int listening(const char *host)
{
    struct sockaddr_in at = {.sin_family = AF_INET};
    socklen_t n = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    inet_pton(AF_INET, host, &at.sin_addr);
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    ck_assert_int_eq(listen(fd, 16), 0);
    ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&at, &n), 0);
    snprintf(address, sizeof address, "http://127.0.0.1:%u", ntohs(at.sin_port));
    return fd;
}

START_TEST(a_socket_is_taken_over)
{
    const char *const further[] = {"--port", "1",
                                   NULL}; /* the port of the options does not count */
    int fd = listening("127.0.0.1");
    int early = client_connect(address); /* waits while the server starts */
    start(further, fd);
    close(fd);
    client_send(early, S("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    struct answer answer = client_read(&arena, early, false, 20);
    ck_assert_int_eq(answer.status, 200);
    close(early);
    stop(SIGTERM);
}
END_TEST

START_TEST(a_socket_for_others_needs_a_token)
{
    const char *const further[] = {NULL};
    int fd = listening("0.0.0.0"), status = 0;
    char said[200] = "";
    start(further, fd);
    close(fd);
    ck_assert_int_eq(waitpid(program, &status, 0), program);
    program = 0;
    ck_assert_int_gt(read(errors, said, sizeof said - 1), 0);
    close(errors);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 1);
    ck_assert_msg(strstr(said, "needs a token") != NULL, "%s", said);
}
END_TEST

static void wait_until_well(void)
{
    struct str none = {0};
    for (int i = 0; i < 100; i++) {
        if (client_ask(&arena, address, "GET", "/healthz", "", none).status == 200)
            return;
        usleep(100000);
    }
    ck_abort_msg("the server does not get well");
}

/* A copy of a store with something in it, which the program itself finds sound. */
START_TEST(a_day_has_its_copy)
{
    const char *const further[] = {"--sample", NULL};
    int fd = listening("127.0.0.1"), found = 1;
    start(further, fd);
    close(fd);
    wait_until_well();
    struct str verify = arena_fmt(&arena,
                                  "'%s' verify --db '%s'/s.db.backups/synoptic-20*-*.db "
                                  ">/dev/null 2>&1",
                                  getenv("SYNOPTIC"), folder);
    for (int i = 0; i < 300 && found != 0; i++) {
        usleep(100000);
        found = system(verify.p);
    }
    ck_assert_int_eq(found, 0);
    ck_str_is(stop(SIGTERM), "");
}
END_TEST

START_TEST(what_takes_long_is_logged_without_words)
{
    const char *const further[] = {"--sample", "--slow",    "1",   "--log",
                                   "json",     "--backups", "off", NULL};
    struct str none = {0}, line;
    int fd = listening("127.0.0.1"), requests = 0;
    start(further, fd);
    close(fd);
    wait_until_well();
    client_ask(&arena, address, "GET", "/api/v1/search?q=zanzibar", "", none);
    for (int i = 0; i < 20; i++)
        client_ask(&arena, address, "GET", "/api/v1/exports?format=json&actor=zanzibar", "", none);
    client_ask(&arena, address, "GET", "/api/v1/exports?format=xlsx", "", none);
    struct str said = stop(SIGTERM);
    ck_assert(!str_contains(said, S("zanzibar")));
    while (str_split(&said, '\n', &line)) {
        cJSON *tree = NULL;
        struct err err = {0};
        if (!line.n)
            continue;
        ck_assert_msg(json_parse(line, &tree, &err), "%.*s: %s", STR_ARG(line), err.message);
        requests += str_contains(line, S("slow_request"));
        cJSON_Delete(tree);
    }
    ck_assert_int_gt(requests, 0);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("serving");
    TCase *t = tcase_create("serving");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 120);
    suite_add_tcase(s, t);
    tcase_add_test(t, a_socket_is_taken_over);
    tcase_add_test(t, a_socket_for_others_needs_a_token);
    tcase_add_test(t, a_day_has_its_copy);
    tcase_add_test(t, what_takes_long_is_logged_without_words);
    return support_run(s);
}

/* The sandbox, entered in a child of each test (check forks). */
#include "support/support.h"

#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static char dir[] = "/tmp/synoptic-box-XXXXXX", other[] = "/tmp/synoptic-out-XXXXXX";

static void make_folders(void)
{
    ck_assert(mkdtemp(dir) && mkdtemp(other));
}

static void remove_folders(void)
{
    ck_assert(rmdir(dir) == 0 && rmdir(other) == 0);
}

static void *thread_works(void *arg)
{
    return arg;
}

START_TEST(enters)
{
    struct arena a = {0};
    const char *const writable[] = {dir, "/no/such/folder", NULL};
    struct str inside = arena_fmt(&a, "%s/a", dir), outside = arena_fmt(&a, "%s/a", other);
    sandbox_enter(writable, NULL);
    ck_assert(sandbox_state().no_new_privileges);
    int fd = open(inside.p, O_CREAT | O_RDWR, 0600);
    ck_assert_msg(fd >= 0, "cannot write where it may: %d", errno);
    ck_assert_int_eq(write(fd, "x", 1), 1);
    close(fd);
    ck_assert_int_eq(unlink(inside.p), 0);
    fd = open("/etc/hosts", O_RDONLY);
    ck_assert(fd >= 0 || errno == ENOENT);
    close(fd);
    if (sandbox_state().landlock) {
        ck_assert_int_lt(open(outside.p, O_CREAT | O_RDWR, 0600), 0);
        ck_assert_int_lt(open("/etc/synoptic-test", O_CREAT | O_RDWR, 0600), 0);
    }
    if (sandbox_state().seccomp) {
        char name[] = "true", *const argv[] = {name, NULL};
        ck_assert_int_eq(execv("/bin/true", argv), -1);
        ck_assert_int_eq(errno, EPERM);
        ck_assert_int_eq(chroot("/"), -1);
#ifdef __x86_64__
        enum { X32_EXECVE = 0x40000000 + 520 }; /* the same call by the other interface's number */
        ck_assert_int_eq(syscall(X32_EXECVE, "/bin/true", argv, NULL), -1);
        ck_assert_int_eq(errno, EPERM);
#endif
    }
    struct addrinfo *found = NULL;
    ck_assert_int_eq(getaddrinfo("localhost", "80", NULL, &found), 0);
    freeaddrinfo(found);
    pthread_t thread;
    ck_assert_int_eq(pthread_create(&thread, NULL, thread_works, NULL), 0);
    pthread_join(thread, NULL);
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sandbox");
    TCase *tests = tcase_create("sandbox");
    tcase_add_unchecked_fixture(tests, make_folders, remove_folders);
    tcase_add_test(tests, enters);
    suite_add_tcase(suite, tests);
    return support_run(suite);
}

/* The sandbox, entered in a child of each test (check forks). */
#include "support/support.h"

#include "base/child.h"
#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

static char dir[] = "/tmp/synoptic-box-XXXXXX", other[] = "/tmp/synoptic-out-XXXXXX";
static char kept[64];

static void make_folders(void)
{
    ck_assert(mkdtemp(dir) && mkdtemp(other));
}

static void remove_folders(void)
{
    snprintf(kept, sizeof kept, "%s/kept", other);
    unlink(kept); /* made by a child */
    ck_assert(rmdir(dir) == 0 && rmdir(other) == 0);
}

static void make_kept(void)
{
    snprintf(kept, sizeof kept, "%s/kept", other);
    int fd = open(kept, O_CREAT | O_RDWR | O_TRUNC, 0600);
    ck_assert(fd >= 0 && write(fd, "words", 5) == 5 && close(fd) == 0);
}

/* A file outside that the program may not open: neither cut nor changed by its name. */
static void expect_kept(void)
{
    struct stat st;
    ck_assert_int_eq(truncate(kept, 1), -1);
    ck_assert_int_eq(chmod(kept, 0777), -1);
    ck_assert_int_eq(errno, EPERM);
    ck_assert_int_eq(fchmodat(AT_FDCWD, kept, 0777, 0), -1);
    ck_assert_int_eq(chown(kept, 1, 1), -1);
    ck_assert_int_eq(setxattr(kept, "user.a", "b", 1, 0), -1);
    ck_assert_int_eq(utimensat(AT_FDCWD, kept, NULL, 0), -1);
    if (stat(kept, &st) == 0)
        ck_assert(st.st_size == 5 && (st.st_mode & 0777) == 0600);
}

/* What another program is left with; the child ends without the search for leaks, which would read
 * /proc. */
START_TEST(programs)
{
    make_kept();
    pid_t child = fork();
    if (child == 0) {
        sandbox_program();
        bool closed = open(kept, O_RDWR) < 0 && truncate(kept, 1) < 0 && chmod(kept, 0777) < 0;
        bool alone = socket(AF_INET, SOCK_STREAM, 0) < 0 && errno == EPERM && chroot("/") < 0;
        _exit(closed && alone ? 0 : 1);
    }
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}
END_TEST

/* The helper's limits are its children's, and these can still be started and read files. */
START_TEST(helper)
{
    struct arena a = {0};
    struct err err = {0};
    struct str out;
    make_kept();
    ck_assert(child_helper());
    bool read = child_run(&a, CHILD_PDF_TEXT, S("no PDF"), &out, &err);
    ck_assert(!read && (err.kind == ERR_INVALID || err.kind == ERR_UNSUPPORTED));
    sandbox_helper();
    ck_assert_int_lt(socket(AF_INET, SOCK_STREAM, 0), 0);
    expect_kept();
    arena_finish(&a);
}
END_TEST

static void *thread_works(void *arg)
{
    return arg;
}

START_TEST(enters)
{
    struct arena a = {0};
    const char *const writable[] = {dir, "/no/such/folder", NULL};
    struct str inside = arena_fmt(&a, "%s/a", dir), outside = arena_fmt(&a, "%s/a", other);
    make_kept();
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
        ck_assert_int_lt(truncate(kept, 1), 0);
    }
    if (sandbox_state().seccomp) {
        char name[] = "true", *const argv[] = {name, NULL};
        ck_assert_int_eq(execv("/bin/true", argv), -1);
        ck_assert_int_eq(errno, EPERM);
        ck_assert_int_eq(chroot("/"), -1);
        expect_kept();
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
    tcase_add_test(tests, programs);
    tcase_add_test(tests, helper);
    suite_add_tcase(suite, tests);
    return support_run(suite);
}

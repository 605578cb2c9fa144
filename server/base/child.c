/* Other programs, started with as few rights as they need: see child.h. */
#include "base/child.h"

#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    OUTPUT_MAX = 32 << 20,
    MEMORY_MAX = 1 << 30,
    CPU_SECONDS = 20,
    WALL_SECONDS = 30,
    ARGUMENTS = 8
};

static const char *const programs[CHILD_PROGRAMS][ARGUMENTS] = {
    [CHILD_PDF_TEXT] = {"pdftotext", "-q", "-enc", "UTF-8", "-bbox-layout", "-", "-", NULL}};

/* How a run ended. */
enum outcome { RUN_DONE, RUN_FAILED, RUN_MISSING, RUN_TOO_LONG, RUN_TOO_LARGE, RUN_NONE };

static int helper = -1; /* the socket to the helper; written before there are threads */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

/* ----------------------------------------------------------------------------------- one program
 */

/* Its absolute path along $PATH; false if there is none. */
static bool find_program(const char *name, char path[4096])
{
    struct str rest = str_of(getenv("PATH")), folder;
    if (rest.n == 0)
        rest = S("/usr/local/bin:/usr/bin:/bin");
    while (str_split(&rest, ':', &folder)) {
        int n = snprintf(path, 4096, "%.*s/%s", STR_ARG(folder), name);
        if (folder.n && folder.p[0] == '/' && n < 4096 && access(path, X_OK) == 0)
            return true;
    }
    return false;
}

static void limit(int what, rlim_t most)
{
    struct rlimit r = {most, most};
    setrlimit(what, &r);
}

/* In the child, where only calls are allowed that a fork of a threaded process may make. */
static void become(const char *path, const char *const *arguments, int input, int output)
{
    static char *const nothing[] = {NULL};
    int null = open("/dev/null", O_WRONLY);
    if (dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(null, 2) < 0)
        _exit(126);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, CPU_SECONDS);
    limit(RLIMIT_FSIZE, OUTPUT_MAX);
    limit(RLIMIT_NOFILE, 64);
    sandbox_program();
    limit(RLIMIT_AS, MEMORY_MAX); /* last: a sanitizer's memory of this process is larger */
    execve(path, (char *const *)(uintptr_t)arguments, nothing);
    _exit(127);
}

static enum outcome wait_for(pid_t child)
{
    int status = 0;
    struct timespec pause = {0, 1000000};
    for (int waited = 0; waitpid(child, &status, WNOHANG) == 0; waited++) {
        if (waited > WALL_SECONDS * 100) {
            kill(child, SIGKILL);
            waitpid(child, &status, 0);
            return RUN_TOO_LONG;
        }
        nanosleep(&pause, NULL);
        pause.tv_nsec = waited < 100 ? 1000000 : 10000000;
    }
    if (WIFSIGNALED(status))
        return WTERMSIG(status) == SIGXFSZ   ? RUN_TOO_LARGE
               : WTERMSIG(status) == SIGXCPU ? RUN_TOO_LONG
               : WTERMSIG(status) == SIGKILL ? RUN_TOO_LONG
                                             : RUN_FAILED;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? RUN_DONE : RUN_FAILED;
}

static enum outcome run_here(enum child_program program, int input, int output)
{
    char path[4096];
    if (!find_program(programs[program][0], path))
        return RUN_MISSING;
    pid_t child = fork();
    if (child < 0)
        return RUN_NONE;
    if (child == 0)
        become(path, programs[program], input, output);
    return wait_for(child);
}

/* ------------------------------------------------------------------------------------- the helper
 */

/* A message: the program's number with the two files, or the outcome back. */
union control {
    char bytes[CMSG_SPACE(2 * sizeof(int))];
    struct cmsghdr align;
};

static bool send_files(int socket, unsigned char program, const int files[2])
{
    union control control = {0};
    struct iovec part = {&program, 1};
    struct msghdr m = {.msg_iov = &part,
                       .msg_iovlen = 1,
                       .msg_control = control.bytes,
                       .msg_controllen = sizeof control.bytes};
    struct cmsghdr *head = CMSG_FIRSTHDR(&m);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(2 * sizeof(int));
    memcpy(CMSG_DATA(head), files, 2 * sizeof(int));
    return sendmsg(socket, &m, MSG_NOSIGNAL) == 1;
}

/* False when the server is gone. */
static bool receive_files(int socket, unsigned char *program, int files[2])
{
    union control control = {0};
    struct iovec part = {program, 1};
    struct msghdr m = {.msg_iov = &part,
                       .msg_iovlen = 1,
                       .msg_control = control.bytes,
                       .msg_controllen = sizeof control.bytes};
    ssize_t got;
    do
        got = recvmsg(socket, &m, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    struct cmsghdr *head = got == 1 ? CMSG_FIRSTHDR(&m) : NULL;
    if (!head || head->cmsg_type != SCM_RIGHTS || head->cmsg_len != CMSG_LEN(2 * sizeof(int)))
        return false;
    memcpy(files, CMSG_DATA(head), 2 * sizeof(int));
    return true;
}

static void serve_runs(int socket)
{
    unsigned char program, answer;
    int files[2];
    sandbox_helper();
    while (receive_files(socket, &program, files)) {
        answer = program < CHILD_PROGRAMS
                     ? (unsigned char)run_here((enum child_program)program, files[0], files[1])
                     : RUN_FAILED;
        close(files[0]);
        close(files[1]);
        if (send(socket, &answer, 1, MSG_NOSIGNAL) != 1)
            break;
    }
    _exit(0);
}

bool child_helper(void)
{
    int ends[2];
    if (helper >= 0)
        return true;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return false;
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        signal(SIGINT, SIG_IGN);
        signal(SIGTERM, SIG_IGN);
        close(ends[0]);
        serve_runs(ends[1]);
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return false;
    }
    helper = ends[0];
    return true;
}

static enum outcome run_there(enum child_program program, const int files[2])
{
    unsigned char answer = RUN_NONE;
    pthread_mutex_lock(&mutex);
    if (send_files(helper, (unsigned char)program, files))
        while (recv(helper, &answer, 1, 0) < 0 && errno == EINTR)
            ;
    pthread_mutex_unlock(&mutex);
    return answer < RUN_NONE ? (enum outcome)answer : RUN_NONE;
}

/* --------------------------------------------------------------------------------- files in memory
 */

static bool write_all(int fd, struct str bytes)
{
    while (bytes.n) {
        ssize_t done = write(fd, bytes.p, bytes.n);
        if (done < 0 && errno != EINTR)
            return false;
        if (done > 0)
            bytes = str_slice(bytes, (size_t)done, bytes.n);
    }
    return lseek(fd, 0, SEEK_SET) == 0;
}

static bool read_output(struct arena *a, int fd, struct str *out, struct err *err)
{
    off_t size = lseek(fd, 0, SEEK_END);
    if (size < 0 || size > OUTPUT_MAX)
        return fail(err, ERR_INTERNAL, "what came out cannot be read");
    char *bytes = arena_alloc(a, (size_t)size + 1);
    for (off_t at = 0; at < size;) {
        ssize_t got = pread(fd, bytes + at, (size_t)(size - at), at);
        if (got <= 0)
            return fail(err, ERR_INTERNAL, "what came out cannot be read");
        at += got;
    }
    *out = (struct str){bytes, (size_t)size};
    return true;
}

static bool judge(enum outcome outcome, enum child_program program, struct err *err)
{
    const char *name = programs[program][0];
    switch (outcome) {
    case RUN_DONE:
        return true;
    case RUN_MISSING:
        return fail(err, ERR_UNSUPPORTED, "%s is not installed on this machine", name);
    case RUN_TOO_LONG:
        return fail(err, ERR_TIMEOUT, "%s took too long and was stopped", name);
    case RUN_TOO_LARGE:
        return fail(err, ERR_TOO_LARGE, "%s gave more than %d MB", name, OUTPUT_MAX >> 20);
    case RUN_NONE:
        return fail(err, ERR_INTERNAL, "%s could not be started", name);
    case RUN_FAILED:
    default:
        return fail(err, ERR_INVALID, "%s could not read it", name);
    }
}

bool child_run(struct arena *a, enum child_program program, struct str input, struct str *output,
               struct err *err)
{
    int files[2] = {memfd_create("input", MFD_CLOEXEC), memfd_create("output", MFD_CLOEXEC)};
    bool ok = files[0] >= 0 && files[1] >= 0 && write_all(files[0], input);
    if (!ok)
        fail(err, ERR_INTERNAL, "there is no memory for running %s", programs[program][0]);
    ok = ok &&
         judge(helper >= 0 ? run_there(program, files) : run_here(program, files[0], files[1]),
               program, err) &&
         read_output(a, files[1], output, err);
    for (int i = 0; i < 2; i++)
        if (files[i] >= 0)
            close(files[i]);
    return ok;
}

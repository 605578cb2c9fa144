/* landlock (files), seccomp (system calls), no_new_privs: see sandbox.h.
 *
 * seccomp refuses a list instead of allowing one: the C library, curl and the sanitizers may use
 * calls that nobody foresaw, and a server that dies of an update helps nobody. The filter is made
 * by libseccomp: the same answers for every number from -1 to 1023 as the hand-made program before
 * it, 13 instructions a call instead of 39 (a binary tree), and calls of the x32 interface, which
 * that let through, are refused; it takes 0.1 ms to build. */
#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct sandbox state; /* written once, before other threads exist */

/* Since Linux 6.2, later than Debian 12's headers. */
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (UINT64_C(1) << 14)
#endif
enum { KNOWS_TRUNCATE = 3 }; /* versions of landlock */

static const uint64_t read_rights = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
static const uint64_t write_rights = LANDLOCK_ACCESS_FS_WRITE_FILE |
                                     LANDLOCK_ACCESS_FS_REMOVE_FILE |
                                     LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG;
static const uint64_t all_rights =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
    LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
    LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
    LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
    LANDLOCK_ACCESS_FS_MAKE_SYM;

static void allow(int rules, const char *path, uint64_t rights)
{
    struct landlock_path_beneath_attr rule = {.allowed_access = rights};
    struct stat st;
    rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
    if (rule.parent_fd < 0)
        return;
    if (fstat(rule.parent_fd, &st) == 0 && !S_ISDIR(st.st_mode))
        rule.allowed_access &= LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;
    syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(rule.parent_fd);
}

/* What the kernel's landlock can refuse. */
static uint64_t known_rights(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return all_rights | (version >= KNOWS_TRUNCATE ? LANDLOCK_ACCESS_FS_TRUNCATE : 0);
}

static bool limit_files(const char *const *writable, const char *const *readable)
{
    /* Names and certificates of other hosts, libraries loaded late, time zones, own figures. */
    static const char *const system[] = {
        "/etc",  "/usr",         "/lib",      "/lib64", "/run/systemd/resolve",
        "/proc", "/dev/urandom", "/dev/null", NULL};
    struct landlock_ruleset_attr all = {.handled_access_fs = known_rights()};
    uint64_t cut = all.handled_access_fs & LANDLOCK_ACCESS_FS_TRUNCATE;
    int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    if (rules < 0)
        return false;
    for (const char *const *p = system; *p; p++)
        allow(rules, *p, read_rights);
    for (const char *const *p = readable; p && *p; p++)
        allow(rules, *p, read_rights);
    for (const char *const *p = writable; p && *p; p++)
        allow(rules, *p, read_rights | write_rights | cut);
    bool done = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return done;
}

/* The address sanitizer's search for leaks needs ptrace; gcc and clang tell of it differently. */
#if defined(__SANITIZE_ADDRESS__)
#define LEAKS_ARE_SOUGHT
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LEAKS_ARE_SOUGHT
#endif
#endif

/* Calls that neither the server nor the programs it runs have a use for. Names of files are changed
 * and emptied through descriptors only, which landlock has seen. */
static const int never[] = {
#ifndef LEAKS_ARE_SOUGHT
    SCMP_SYS(ptrace),
#endif
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(delete_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(reboot),
    SCMP_SYS(swapon),
    SCMP_SYS(swapoff),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(keyctl),
    SCMP_SYS(settimeofday),
    SCMP_SYS(clock_settime),
    SCMP_SYS(sethostname),
    SCMP_SYS(setdomainname),
    SCMP_SYS(open_by_handle_at),
    SCMP_SYS(name_to_handle_at),
    SCMP_SYS(acct),
    SCMP_SYS(quotactl),
    SCMP_SYS(personality),
    SCMP_SYS(mknodat),
    SCMP_SYS(truncate),
    SCMP_SYS(chmod),
    SCMP_SYS(fchmodat),
    SCMP_SYS(chown),
    SCMP_SYS(lchown),
    SCMP_SYS(fchownat),
    SCMP_SYS(setxattr),
    SCMP_SYS(lsetxattr),
    SCMP_SYS(removexattr),
    SCMP_SYS(lremovexattr),
    SCMP_SYS(utimensat),
};
static const int in_server[] = {SCMP_SYS(execve), SCMP_SYS(execveat)};
static const int in_program[] = {SCMP_SYS(socket),  SCMP_SYS(connect), SCMP_SYS(bind),
                                 SCMP_SYS(listen),  SCMP_SYS(accept),  SCMP_SYS(accept4),
                                 SCMP_SYS(sendmmsg)};

static bool refuse_all(scmp_filter_ctx filter, const int *calls, size_t n)
{
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        ok = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), calls[i], 0) == 0;
    return ok;
}

static bool limit_calls(const int *more, size_t n_more)
{
    enum { BINARY_TREE = 2 };
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    bool ok = filter &&
              seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ERRNO(EPERM)) == 0 &&
              seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, BINARY_TREE) == 0 &&
              refuse_all(filter, never, sizeof never / sizeof *never) &&
              refuse_all(filter, more, n_more) && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return ok;
}

void sandbox_helper(void)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        state.seccomp = limit_calls(in_program, sizeof in_program / sizeof *in_program);
}

void sandbox_program(void)
{
    static const char *const system[] = {"/etc/fonts", "/usr", "/lib", "/lib64", "/bin", NULL};
    struct landlock_ruleset_attr all = {.handled_access_fs = known_rights()};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return;
    int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    for (const char *const *p = system; rules >= 0 && *p; p++)
        allow(rules, *p, read_rights | LANDLOCK_ACCESS_FS_EXECUTE);
    if (rules >= 0) {
        syscall(SYS_landlock_restrict_self, rules, 0);
        close(rules);
    }
    if (!state.seccomp) /* not by the helper, which handed it down */
        limit_calls(in_program, sizeof in_program / sizeof *in_program);
}

void sandbox_enter(const char *const *writable, const char *const *readable)
{
    state.no_new_privileges = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    if (!state.no_new_privileges)
        return;
    state.landlock = limit_files(writable, readable);
    state.seccomp = limit_calls(in_server, sizeof in_server / sizeof *in_server);
}

struct sandbox sandbox_state(void)
{
    return state;
}

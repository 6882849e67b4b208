#define _GNU_SOURCE
#include "csystem.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int csystem_cpu_level(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("x86-64-v4") && __builtin_cpu_supports("avx512vbmi")) return 3;
    if (__builtin_cpu_supports("x86-64-v3")) return 2;
#endif
    return 0;
}

int csystem_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int csystem_set_pipe_size(int descriptor, int bytes) { return fcntl(descriptor, F_SETPIPE_SZ, bytes); }

int csystem_pipe_size(int descriptor) { return fcntl(descriptor, F_GETPIPE_SZ); }

ssize_t csystem_lend(int descriptor, const void *bytes, size_t count) {
    struct iovec range = {(void *)bytes, count};
    return vmsplice(descriptor, &range, 1, SPLICE_F_NONBLOCK);
}

void csystem_begin_saving(int descriptor) { sync_file_range(descriptor, 0, 0, SYNC_FILE_RANGE_WRITE); }

int csystem_spawn_close_from(posix_spawn_file_actions_t *actions, int first) {
    return posix_spawn_file_actions_addclosefrom_np(actions, first);
}

int csystem_process_handle(pid_t process) { return (int)syscall(SYS_pidfd_open, process, 0); }

// Lowers the soft and the hard limit; a limit that is already lower stays.
static int lower(pid_t process, int resource, rlim_t value) {
    struct rlimit limit;
    if (prlimit(process, resource, NULL, &limit) != 0) return -1;
    if (limit.rlim_max == RLIM_INFINITY || limit.rlim_max > value) limit.rlim_max = value;
    if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur > value) limit.rlim_cur = value;
    return prlimit(process, resource, &limit, NULL);
}

int csystem_limit(pid_t process, uint64_t address_space, uint64_t file_size, uint64_t cpu_seconds) {
    if (lower(process, RLIMIT_CORE, 0) != 0) return -1;
    if (lower(process, RLIMIT_AS, address_space) != 0) return -1;
    if (lower(process, RLIMIT_FSIZE, file_size) != 0) return -1;
    return lower(process, RLIMIT_CPU, cpu_seconds);
}

uint64_t csystem_address_space(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return UINT64_MAX;
    return limit.rlim_cur;
}

int csystem_affinity_count(void) {
    // A machine may have more processors than the fixed set holds; the kernel then says EINVAL.
    for (int processors = 1024; processors <= 1 << 20; processors *= 4) {
        cpu_set_t *set = CPU_ALLOC(processors);
        if (set == NULL) return -1;
        size_t size = CPU_ALLOC_SIZE(processors);
        int result = sched_getaffinity(0, size, set);
        int error = errno;
        int count = result == 0 ? CPU_COUNT_S(size, set) : -1;
        CPU_FREE(set);
        if (result == 0) return count;
        errno = error;
        if (error != EINVAL) return -1;
    }
    return -1;
}

int csystem_prepare(void) {
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++) {
        if (fcntl(descriptor, F_GETFD) != -1) continue;
        // Those below are open: this one is the next. Input cannot be read from it, nor output be written to it.
        int taken = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        if (taken < 0) return -1;
    }
    return signal(SIGXFSZ, SIG_IGN) == SIG_ERR ? -1 : 0;
}

int csystem_terminal_columns(int descriptor) {
    struct winsize size;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

int csystem_terminal_rows(int descriptor) {
    struct winsize size;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}

static atomic_int caught_signal;
// Milliseconds of the system's clock, 0 before the first signal.
static atomic_llong caught_time;

static void note_signal(int number) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    long long now = (long long)time.tv_sec * 1000 + time.tv_nsec / 1000000;
    long long first = 0;
    // Another thread may note another one at the same time.
    if (atomic_compare_exchange_strong(&caught_time, &first, now)) {
        atomic_store(&caught_signal, number);
    } else if (number != SIGHUP && now - first >= 500) {
        signal(number, SIG_DFL);
        raise(number);
    }
}

int csystem_catch_interrupts(void) {
    struct sigaction action = {.sa_handler = note_signal};
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGINT, &action, NULL) != 0 || sigaction(SIGTERM, &action, NULL) != 0) return -1;
    struct sigaction hangup;
    if (sigaction(SIGHUP, NULL, &hangup) != 0) return -1;
    if (hangup.sa_handler != SIG_IGN && sigaction(SIGHUP, &action, NULL) != 0) return -1;
    return csystem_allow_signals();
}

int csystem_allow_signals(void) {
    // Threads of many runtimes block every signal, and what they start inherits that.
    const int all[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) sigaddset(&set, all[i]);
    errno = pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    return errno == 0 ? 0 : -1;
}

static const char *screen_taken, *screen_given_back;

static void say(const char *text) {
    // Nobody can be told that a terminal went away.
    if (write(STDOUT_FILENO, text, strlen(text)) < 0) return;
}

static void give_screen_back(int number) {
    say(screen_given_back);
    signal(number, SIG_DFL);
    raise(number);
}

static void take_screen_again(int number) {
    (void)number;
    signal(SIGTSTP, give_screen_back);
    say(screen_taken);
}

int csystem_take_screen(const char *taken, const char *given_back) {
    screen_taken = taken;
    screen_given_back = given_back;
    const int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct sigaction action;
        if (sigaction(ends[i], NULL, &action) != 0) return -1;
        if (action.sa_handler == SIG_IGN) continue;
        if (signal(ends[i], give_screen_back) == SIG_ERR) return -1;
    }
    if (signal(SIGCONT, take_screen_again) == SIG_ERR) return -1;
    return csystem_allow_signals();
}

int csystem_caught_signal(void) { return atomic_load(&caught_signal); }

int csystem_try_lock(int descriptor) { return flock(descriptor, LOCK_EX | LOCK_NB) == 0; }

int csystem_share_lock(int descriptor) {
    int result;
    do result = flock(descriptor, LOCK_SH);
    while (result != 0 && errno == EINTR);
    return result;
}

int csystem_make_temporary(char *path_template) { return mkostemp(path_template, O_CLOEXEC); }

const char *csystem_error_text(int number) { return strerrordesc_np(number); }

const char *csystem_signal_text(int number) { return sigdescr_np(number); }

int csystem_exited(int status) { return WIFEXITED(status); }
int csystem_exit_code(int status) { return WEXITSTATUS(status); }
int csystem_signal(int status) { return WTERMSIG(status); }

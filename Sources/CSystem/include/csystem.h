// What Swift cannot reach by itself: processor features, and the few Linux calls that Glibc's module hides.
#pragma once
#include <spawn.h>
#include <stdint.h>
#include <sys/types.h>

// 0: baseline x86-64 (or another architecture), 2: x86-64-v3, 3: x86-64-v4 with VBMI.
int csystem_cpu_level(void);

// A pipe whose ends no child inherits. 0, or -1 and errno.
int csystem_pipe(int ends[2]);

// Asks for a pipe of at least `bytes`. The size it got, or -1 and errno.
int csystem_set_pipe_size(int descriptor, int bytes);

// The bytes that a pipe holds, or -1 and errno.
int csystem_pipe_size(int descriptor);

// Puts memory into a pipe without copying it: it must stay as it is until it has been read. Does not block. The bytes that
// were put, or -1 and errno.
ssize_t csystem_lend(int descriptor, const void *bytes, size_t count);

// Has the system begin to write a file's bytes to its disk, and waits for none of them.
void csystem_begin_saving(int descriptor);

// Lets the spawned child start without any descriptor from `first` on. 0, or an error number.
int csystem_spawn_close_from(posix_spawn_file_actions_t *actions, int first);

// A descriptor that a poll finds readable when the child has ended, or -1 and errno.
int csystem_process_handle(pid_t process);

// Bounds what a child may take, in bytes (address space, file size) and seconds of processor time. 0, or -1 and errno.
int csystem_limit(pid_t process, uint64_t address_space, uint64_t file_size, uint64_t cpu_seconds);

// The bytes of address space that this process may take; UINT64_MAX without a limit.
uint64_t csystem_address_space(void);

// The processors that this process may run on, or -1 and errno.
int csystem_affinity_count(void);

// Takes the places of standard input, output and error where they are closed, so that no file gets one of their numbers:
// what is written there fails as it did. From now on writing beyond the limit of a file's size fails instead of ending the
// process. 0, or -1 and errno.
int csystem_prepare(void);

// The columns and the rows of the terminal behind `descriptor`, 0 where that is none or does not tell.
int csystem_terminal_columns(int descriptor);
int csystem_terminal_rows(int descriptor);

// Lets signals that end or stop the process do so, where whoever started it had blocked them. 0, or -1 and errno.
int csystem_allow_signals(void);

// From now on a signal that ends or stops the process writes `given_back` to standard output first, and one that lets it go on
// writes `taken`; both are to stay where they are. 0, or -1 and errno.
int csystem_take_screen(const char *taken, const char *given_back);

// From now on SIGINT and SIGTERM are noted instead of ending the process; another one ends it that comes half a second later
// or more, for `timeout` and others send theirs twice at once. SIGHUP is noted however often it comes, since a terminal that
// goes away and its shell both send it, and ignored where it was (nohup). 0, or -1 and errno.
int csystem_catch_interrupts(void);

// The first signal that was noted, 0 for none.
int csystem_caught_signal(void);

// Whether `descriptor` got the lock of its file, which lasts until the descriptor is closed or the process ends.
int csystem_try_lock(int descriptor);

// Waits for a share of the file's lock, which any number may hold while nobody has it whole. 0, or -1 and errno.
int csystem_share_lock(int descriptor);

// Opens a new file for this process only; the six X at the end of `path_template` are replaced. -1 and errno on failure.
int csystem_make_temporary(char *path_template);

// The text of an error number, safe to share between threads; NULL for an unknown one.
const char *csystem_error_text(int number);

// The text of a signal's number; NULL for an unknown one.
const char *csystem_signal_text(int number);

// How wait(2)'s status reads: whether the process exited by itself, with which code, or by which signal.
int csystem_exited(int status);
int csystem_exit_code(int status);
int csystem_signal(int status);

/*
 * killed changes|calls N PROGRAM ARGUMENT...: runs a program and kills it with SIGKILL as it is
 * about to make its Nth change to the disk, or its Nth system call. Its exit status is the
 * program's own when it made fewer, else 137. With N 0 it is let through, and how many there were
 * is written to descriptor 3.
 *
 * A change is a system call that writes, makes, renames or removes a file, or waits for the disk.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/ptrace.h>

enum { FAILED = 2, COUNT = 3, AT_A_CALL = SIGTRAP | 0x80, BY_SIGNAL = 128 };

static const long changes[] = {
    SYS_write,     SYS_pwrite64,  SYS_writev,  SYS_fsync,    SYS_fdatasync,
    SYS_ftruncate, SYS_fallocate, SYS_mkdirat, SYS_renameat, SYS_renameat2,
    SYS_linkat,    SYS_unlinkat,  SYS_syncfs,
#ifdef SYS_rename /* the calls that newer machines do without */
    SYS_mkdir,     SYS_rename,    SYS_link,    SYS_unlink,   SYS_rmdir,
#endif
};

static bool is_change(unsigned long long call)
{
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        if (call == (unsigned long long)changes[i]) {
            return true;
        }
    }
    return false;
}

static bool enters_a_call(pid_t process, bool only_changes)
{
    struct ptrace_syscall_info info;
    return ptrace(PTRACE_GET_SYSCALL_INFO, process, sizeof info, &info) > 0 &&
           info.op == PTRACE_SYSCALL_INFO_ENTRY && (!only_changes || is_change(info.entry.nr));
}

/* What the program is to get of the signal that it was stopped by; it is told of ours never. */
static int signal_to_pass(int status)
{
    int stop = WSTOPSIG(status);
    return stop == AT_A_CALL || stop == SIGTRAP ? 0 : stop;
}

static int watch(pid_t process, bool only_changes, long at)
{
    int status;
    long count = 0;
    while (waitpid(process, &status, 0) == process && WIFSTOPPED(status)) {
        if (WSTOPSIG(status) == AT_A_CALL && enters_a_call(process, only_changes) &&
            ++count == at) {
            (void)kill(process, SIGKILL);
        }
        (void)ptrace(PTRACE_SYSCALL, process, NULL, signal_to_pass(status));
    }
    if (at == 0) {
        (void)dprintf(COUNT, "%ld\n", count);
    }
    return WIFSIGNALED(status) ? BY_SIGNAL + WTERMSIG(status) : WEXITSTATUS(status);
}

static void become(char **words)
{
    (void)ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    (void)raise(SIGSTOP);
    execvp(words[0], words);
    perror(words[0]);
    _exit(FAILED);
}

int main(int count, char **words)
{
    if (count < 4) {
        (void)fputs("usage: killed changes|calls N PROGRAM ARGUMENT...\n", stderr);
        return FAILED;
    }
    pid_t process = fork();
    if (process == 0) {
        become(words + 3);
    }
    int status;
    if (process < 0 || waitpid(process, &status, 0) != process || !WIFSTOPPED(status) ||
        ptrace(PTRACE_SETOPTIONS, process, NULL, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL) != 0 ||
        ptrace(PTRACE_SYSCALL, process, NULL, 0) != 0) {
        perror("killed");
        return FAILED;
    }
    return watch(process, strcmp(words[1], "changes") == 0, strtol(words[2], NULL, 10));
}

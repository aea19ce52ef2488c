#include "turnabout/base/editor.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "turnabout/base/child.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"

enum { EDITED_LIMIT = 1 << 20, NOT_RUN = 127 };

const char *ta_editor_command(char *(*lookup)(const char *name))
{
    static const char *const names[] = {"VISUAL", "EDITOR"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *command = lookup(names[i]);
        if (command != NULL && command[0] != '\0') {
            return command;
        }
    }
    return "vi";
}

/* The child: signals as a program in a terminal expects them, then the shell. */
static _Noreturn void become(const char *script, const char *path)
{
    ta_child_signals();
    (void)execl("/bin/sh", "sh", "-c", script, "sh", path, (char *)NULL);
    _exit(NOT_RUN);
}

/* Waits for the end. A child stopped with ^Z stops us too, so that the shell gets its prompt; the
 * shell's "fg" wakes both. */
static bool wait_for(pid_t child, int *status)
{
    for (;;) {
        pid_t found = waitpid(child, status, WUNTRACED);
        if (found < 0 && errno != EINTR) {
            return false;
        }
        if (found == child && !WIFSTOPPED(*status)) {
            return true;
        }
        if (found == child && WSTOPSIG(*status) == SIGTSTP) {
            (void)raise(SIGSTOP);
        }
    }
}

/* Runs the command on the path: 0 when it ended well, else its status, or -1 with errno. ^C and ^\
 * are for the editor alone. */
static int run(const char *command, const char *path)
{
    struct ta_text script = {0};
    ta_text_addf(&script, "%s \"$1\"", command);
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct sigaction interrupt;
    struct sigaction quit;
    (void)sigaction(SIGINT, &ignore, &interrupt);
    (void)sigaction(SIGQUIT, &ignore, &quit);
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        become(script.bytes, path);
    }
    if (child > 0 && !wait_for(child, &status)) {
        status = -1;
    }
    int problem = errno;
    (void)sigaction(SIGINT, &interrupt, NULL);
    (void)sigaction(SIGQUIT, &quit, NULL);
    ta_text_release(&script);
    errno = problem;
    return status;
}

static bool run_well(const char *command, const char *path, struct ta_error *err)
{
    int status = run(command, path);
    if (status == -1) {
        return ta_fail(err, TA_SYSTEM,
                       "The editor \"%s\" could not be started: %s; the text is in %s.", command,
                       strerror(errno), path);
    }
    if (WIFSIGNALED(status)) {
        return ta_fail(err, TA_SYSTEM,
                       "The editor \"%s\" was ended by a signal (%s); the text is in %s.", command,
                       strsignal(WTERMSIG(status)), path);
    }
    if (WEXITSTATUS(status) == NOT_RUN) {
        return ta_fail(err, TA_SYSTEM,
                       "The editor \"%s\" could not be run: set VISUAL or EDITOR to one that is "
                       "installed; the text is in %s.",
                       command, path);
    }
    if (status != 0) {
        return ta_fail(err, TA_SYSTEM, "The editor \"%s\" ended with status %d; the text is in %s.",
                       command, WEXITSTATUS(status), path);
    }
    return true;
}

static bool read_back(struct ta_text *edited, const char *path, struct ta_error *err)
{
    struct ta_error problem;
    if (!ta_file_read(edited, path, EDITED_LIMIT, &problem)) {
        enum ta_code code = problem.code == TA_WRONG ? TA_WRONG : TA_SYSTEM;
        return ta_fail(err, code, "%s", problem.text);
    }
    if (edited->length > 0 && !ta_utf8_is_valid(edited->bytes, edited->length)) {
        return ta_fail(err, TA_WRONG,
                       "What the editor wrote is not UTF-8 text; it is kept in %s, save it as "
                       "UTF-8 there.",
                       path);
    }
    return true;
}

bool ta_editor_run(struct ta_text *text, const char *command, const char *name,
                   struct ta_error *err)
{
    char *folder;
    if (!ta_folder_temporary(&folder, err)) {
        return false;
    }
    char *path = ta_path_join(folder, name);
    struct ta_text edited = {0};
    bool written = ta_file_write(path, text->bytes, text->length, err);
    bool ok = written && run_well(command, path, err) && read_back(&edited, path, err);
    if (ok) {
        ta_text_clear(text);
        ta_text_add_bytes(text, edited.bytes, edited.length);
    }
    if (ok || !written) {
        (void)ta_folder_remove(folder, NULL);
    }
    ta_text_release(&edited);
    free(path);
    free(folder);
    return ok;
}

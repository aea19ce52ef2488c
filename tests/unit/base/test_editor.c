#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "turnabout/base/editor.h"
#include "turnabout/base/file.h"

/* Temporary files go into a folder of the test's own, so that what is left over can be seen. */
static int enter(void **state)
{
    char *folder = NULL;
    bool ok = ta_folder_temporary(&folder, NULL) && setenv("TMPDIR", folder, 1) == 0;
    *state = folder;
    return ok ? 0 : -1;
}

static int leave(void **state)
{
    (void)unsetenv("TMPDIR");
    bool ok = ta_folder_remove(*state, NULL);
    free(*state);
    return ok ? 0 : -1;
}

static int entries(const char *folder)
{
    int count = 0;
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    while (readdir(directory) != NULL) {
        count++;
    }
    (void)closedir(directory);
    return count - 2; /* "." and ".." */
}

static void assert_edited(void **state, const char *command, const char *before, const char *after)
{
    struct ta_text text = {0};
    struct ta_error err = {0};
    ta_text_add(&text, before);
    if (!ta_editor_run(&text, command, "summary.md", &err)) {
        fail_msg("%s", err.text);
    }
    assert_string_equal(text.bytes, after);
    assert_int_equal(entries(*state), 0);
    ta_text_release(&text);
}

static void gives_back_what_the_editor_wrote(void **state)
{
    assert_edited(state, "sed -i s/first/last/", "the first\n", "the last\n");
    assert_edited(state, "true", "unchanged", "unchanged");
    assert_edited(state, ": >", "emptied", "");
    assert_edited(state, "printf %s typed >", "", "typed");
}

static void the_file_is_private_and_has_the_name(void **state)
{
    assert_edited(
        state, "sh -c 'f=$1; stat -c \"%a ${f##*/}\" \"$f\" >\"$f.new\"; mv \"$f.new\" \"$f\"' x",
        "text", "600 summary.md\n");
}

static void a_folder_with_blanks_is_one_argument(void **state)
{
    char *folder = ta_path_join(*state, "a b $HOME 'c'");
    assert_true(ta_folder_make(folder, NULL));
    assert_int_equal(setenv("TMPDIR", folder, 1), 0);
    void *inner = folder;
    assert_edited(&inner, "sed -i s/x/y/", "x", "y");
    free(folder);
}

/* The path at the end of the sentence, without its full stop. */
static char *path_in(const char *sentence)
{
    char *path = strdup(strrchr(sentence, ' ') + 1);
    assert_non_null(path);
    path[strlen(path) - 1] = '\0';
    return path;
}

static void assert_kept(const char *command, const char *kept)
{
    struct ta_text text = {0};
    struct ta_text found = {0};
    struct ta_error err;
    ta_text_add(&text, "before");
    assert_false(ta_editor_run(&text, command, "note", &err));
    assert_int_equal(err.code, TA_SYSTEM);
    assert_string_equal(text.bytes, "before");
    char *path = path_in(err.text);
    assert_true(ta_file_read(&found, path, 100, NULL));
    assert_string_equal(found.bytes, kept);
    free(path);
    ta_text_release(&text);
    ta_text_release(&found);
}

static void keeps_what_was_typed_when_the_editor_fails(void **state)
{
    (void)state;
    assert_kept("sh -c 'echo typed >\"$1\"; exit 3' x", "typed\n");
    assert_kept("no-such-editor-here", "before");
    assert_kept("sh -c 'kill -KILL $$' x", "before");
    assert_kept("kill -KILL $$ #", "before");
}

static void refuses_what_is_no_text(void **state)
{
    struct ta_text text = {0};
    struct ta_error err;
    ta_text_add(&text, "before");
    assert_false(ta_editor_run(&text, "printf 'a\\377' >", "note", &err));
    assert_int_equal(err.code, TA_WRONG);
    assert_false(ta_editor_run(&text, "head -c 1048577 /dev/zero >", "note", &err));
    assert_int_equal(err.code, TA_WRONG);
    assert_non_null(strstr(err.text, "/note"));
    assert_false(ta_editor_run(&text, "rm", "note", &err));
    assert_int_equal(err.code, TA_SYSTEM);
    assert_string_equal(text.bytes, "before");
    assert_int_equal(entries(*state), 3);
    ta_text_release(&text);
}

/* The signals of ours that are blocked or ignored must not be the editor's. */
static void the_editor_has_ordinary_signals(void **state)
{
    sigset_t all;
    sigset_t mask;
    (void)sigfillset(&all);
    assert_int_equal(sigprocmask(SIG_BLOCK, &all, &mask), 0);
    void (*handler)(int) = signal(SIGTSTP, SIG_IGN);
    assert_edited(state, "grep -E '^Sig(Blk|Ign)' /proc/self/status >", "",
                  "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
    (void)signal(SIGTSTP, handler);
    assert_int_equal(sigprocmask(SIG_SETMASK, &mask, NULL), 0);
}

/* ^C reaches everybody in the terminal; it is meant for the editor. */
static void an_interrupt_does_not_end_us(void **state)
{
    char command[100];
    (void)snprintf(command, sizeof command, "kill -INT %d; kill -QUIT %d; echo survived >",
                   (int)getpid(), (int)getpid());
    assert_edited(state, command, "", "survived\n");
}

static void ignore_alarm(int number)
{
    (void)number;
}

static void interruptions_do_not_end_the_wait(void **state)
{
    struct sigaction action = {.sa_handler = ignore_alarm}; /* without SA_RESTART */
    struct sigaction before;
    assert_int_equal(sigaction(SIGALRM, &action, &before), 0);
    struct itimerval often = {{0, 2000}, {0, 2000}};
    struct itimerval never = {{0, 0}, {0, 0}};
    assert_int_equal(setitimer(ITIMER_REAL, &often, NULL), 0);
    assert_edited(state, "sh -c 'sleep 0.05; echo done >\"$1\"' x", "", "done\n");
    assert_int_equal(setitimer(ITIMER_REAL, &never, NULL), 0);
    assert_int_equal(sigaction(SIGALRM, &before, NULL), 0);
}

/* ^Z in the editor: the shell that started us must see us stop, and its "fg" must wake both. The
 * test is that shell; a group of our own in its session is what a job is. */
static void stopping_the_editor_stops_us(void **state)
{
    pid_t job = fork();
    if (job == 0) {
        struct ta_text text = {0};
        (void)setpgid(0, 0);
        (void)alarm(20);
        bool ok = ta_editor_run(&text, "kill -TSTP $$; printf woken >", "note", NULL) &&
                  strcmp(text.bytes, "woken") == 0;
        ta_text_release(&text);
        _exit(ok ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(job, &status, WUNTRACED), job);
    assert_true(WIFSTOPPED(status));
    assert_int_equal(kill(-job, SIGCONT), 0);
    assert_int_equal(waitpid(job, &status, WUNTRACED), job);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_int_equal(entries(*state), 0);
}

static void our_own_signals_are_as_before(void **state)
{
    struct sigaction after;
    void (*handler)(int) = signal(SIGINT, ignore_alarm);
    assert_edited(state, "true", "", "");
    assert_int_equal(sigaction(SIGINT, NULL, &after), 0);
    assert_ptr_equal(after.sa_handler, ignore_alarm);
    (void)signal(SIGINT, handler);
}

static char *visual;
static char *editor;

static char *look_up(const char *name)
{
    if (strcmp(name, "VISUAL") == 0) {
        return visual;
    }
    return strcmp(name, "EDITOR") == 0 ? editor : NULL;
}

static void chooses_the_persons_editor(void **state)
{
    (void)state;
    visual = "nano -w";
    editor = "ed";
    assert_string_equal(ta_editor_command(look_up), "nano -w");
    visual = "";
    assert_string_equal(ta_editor_command(look_up), "ed");
    editor = NULL;
    assert_string_equal(ta_editor_command(look_up), "vi");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(gives_back_what_the_editor_wrote, enter, leave),
        cmocka_unit_test_setup_teardown(the_file_is_private_and_has_the_name, enter, leave),
        cmocka_unit_test_setup_teardown(a_folder_with_blanks_is_one_argument, enter, leave),
        cmocka_unit_test_setup_teardown(keeps_what_was_typed_when_the_editor_fails, enter, leave),
        cmocka_unit_test_setup_teardown(refuses_what_is_no_text, enter, leave),
        cmocka_unit_test_setup_teardown(the_editor_has_ordinary_signals, enter, leave),
        cmocka_unit_test_setup_teardown(an_interrupt_does_not_end_us, enter, leave),
        cmocka_unit_test_setup_teardown(interruptions_do_not_end_the_wait, enter, leave),
        cmocka_unit_test_setup_teardown(stopping_the_editor_stops_us, enter, leave),
        cmocka_unit_test_setup_teardown(our_own_signals_are_as_before, enter, leave),
        cmocka_unit_test(chooses_the_persons_editor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

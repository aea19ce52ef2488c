#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "turnabout/base/command.h"
#include "turnabout/base/file.h"

enum { LONG = 60, MEGABYTE = 1 << 20 };

static void words_are(const char *command, const char *const *expected)
{
    char **words = ta_command_words(command);
    assert_non_null(words);
    size_t i = 0;
    for (; expected[i]; i++) {
        assert_non_null(words[i]);
        assert_string_equal(words[i], expected[i]);
    }
    assert_null(words[i]);
    free(words);
}

static void blanks_part_words_and_quotes_hold_them(void **state)
{
    (void)state;
    words_are("  sendmail -t\t-i ", (const char *const[]){"sendmail", "-t", "-i", NULL});
    words_are("'/my bin/send' \"a b\"c '' x",
              (const char *const[]){"/my bin/send", "a bc", "", "x", NULL});
    words_are("say $HOME *; rm `x` | y",
              (const char *const[]){"say", "$HOME", "*;", "rm", "`x`", "|", "y", NULL});
    words_are("x", (const char *const[]){"x", NULL});
    words_are("a b c d e f g", (const char *const[]){"a", "b", "c", "d", "e", "f", "g", NULL});
}

static void what_is_no_command(void **state)
{
    (void)state;
    static const char *const none[] = {"", "   ", "'x", "send \"x", "''", "'' x"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        struct ta_error err;
        assert_null(ta_command_words(none[i]));
        assert_false(ta_command_run(none[i], "", 0, LONG, &err));
        assert_int_equal(err.code, TA_WRONG);
    }
}

static void runs(const char *command, const char *bytes, size_t length)
{
    struct ta_error err;
    if (!ta_command_run(command, bytes, length, LONG, &err)) {
        fail_msg("%s", err.text);
    }
}

static void fails(const char *command, enum ta_code code, const char *word)
{
    struct ta_error err;
    assert_false(ta_command_run(command, "x", 1, LONG, &err));
    assert_int_equal(err.code, code);
    if (!strstr(err.text, word)) {
        fail_msg("\"%s\" is not in: %s", word, err.text);
    }
}

static void every_byte_arrives(void **state)
{
    (void)state;
    char *folder;
    struct ta_error err;
    assert_true(ta_folder_temporary(&folder, &err));
    char *path = ta_path_join(folder, "got");
    char command[512];
    (void)snprintf(command, sizeof command, "sh -c 'cat >\"$0\"' \"%s\"", path);
    char *bytes = malloc(MEGABYTE);
    for (size_t i = 0; i < MEGABYTE; i++) {
        bytes[i] = (char)(i * 7 % 251);
    }
    runs(command, bytes, MEGABYTE);
    struct ta_text got = {0};
    assert_true(ta_file_read(&got, path, 2 * MEGABYTE, &err));
    assert_int_equal(got.length, MEGABYTE);
    assert_memory_equal(got.bytes, bytes, MEGABYTE);
    ta_text_release(&got);
    free(bytes);
    free(path);
    assert_true(ta_folder_remove(folder, &err));
    free(folder);
}

/* A command that reads nothing, or writes more than anybody wants, is as good as another. */
static void input_and_output_may_be_left_alone(void **state)
{
    (void)state;
    char *bytes = calloc(MEGABYTE, 1);
    runs("true", bytes, MEGABYTE);
    runs("head -c 3000000 /dev/zero", bytes, MEGABYTE);
    free(bytes);
}

static void a_failure_is_told_in_its_own_words(void **state)
{
    (void)state;
    fails("sh -c 'exit 75'", TA_SYSTEM, "ended with status 75.");
    fails("sh -c 'echo first; echo no such user >&2; echo; exit 1'", TA_SYSTEM,
          "ended with status 1 (no such user).");
    fails("sh -c 'printf \"\\033[31mred\" >&2; exit 1'", TA_SYSTEM, "(\xEF\xBF\xBD[31mred)");
    fails("sh -c 'kill -TERM $$'", TA_SYSTEM, "was ended by a signal");
    fails("turnabout-no-such-program -t", TA_ABSENT, "could not be run");
}

static void a_slow_one_is_stopped_with_all_it_started(void **state)
{
    (void)state;
    struct ta_error err;
    time_t begun = time(NULL);
    assert_false(ta_command_run("sh -c 'echo waiting; sleep 300 & sleep 300'", "", 0, 1, &err));
    assert_true(time(NULL) - begun < LONG);
    assert_non_null(strstr(err.text, "did not end within 1 seconds and was stopped (waiting)"));
}

/* A program that goes on in the background has been handed the bytes: nobody waits for it. */
static void what_goes_on_behind_holds_nobody_up(void **state)
{
    (void)state;
    time_t begun = time(NULL);
    runs("sh -c 'sleep 20 & exit 0'", "", 0);
    assert_true(time(NULL) - begun < 15);
}

static void there_is_no_terminal_to_ask_on(void **state)
{
    (void)state;
    fails("sh -c 'exec 2>/dev/null; : </dev/tty && exit 0; exit 3'", TA_SYSTEM, "status");
}

static bool run_shell(const char *script, struct ta_text *out, struct ta_text *said)
{
    struct ta_error err;
    char *words[] = {"sh", "-c", (char *)script, NULL};
    struct ta_program program = {.words = words, .bytes = "in", .length = 2, .seconds = LONG};
    return ta_program_run(&program, out, said, &err);
}

static void what_it_writes_and_what_it_says_are_kept_apart(void **state)
{
    (void)state;
    struct ta_text out = {0};
    struct ta_text said = {0};
    assert_true(run_shell("cat; printf ' and \\000 out'; echo said >&2", &out, &said));
    assert_int_equal(out.length, 12);
    assert_memory_equal(out.bytes, "in and \0 out", 12);
    assert_string_equal(said.bytes, "said\n");
    assert_false(run_shell("head -c 2000000 /dev/zero", &out, &said));
    ta_text_release(&out);
    ta_text_release(&said);
}

static void words_are_no_script(void **state)
{
    (void)state;
    struct ta_error err;
    struct ta_text out = {0};
    struct ta_text said = {0};
    char *words[] = {"printf", "%s", "$HOME; `id` 'one' two", NULL};
    struct ta_program program = {.words = words, .seconds = LONG};
    assert_true(ta_program_run(&program, &out, &said, &err));
    assert_string_equal(out.bytes, words[2]);
    ta_text_release(&out);
    ta_text_release(&said);
}

static void one_setting_of_its_environment_is_another(void **state)
{
    (void)state;
    struct ta_error err;
    struct ta_text out = {0};
    struct ta_text said = {0};
    char *words[] = {"sh", "-c", "echo $TURNABOUT_ONE $TURNABOUT_ONE_MORE", NULL};
    setenv("TURNABOUT_ONE", "old", 1);
    setenv("TURNABOUT_ONE_MORE", "kept", 1);
    char **environment = ta_command_environment("TURNABOUT_ONE=new");
    struct ta_program program = {.words = words, .environment = environment, .seconds = LONG};
    assert_true(ta_program_run(&program, &out, &said, &err));
    assert_string_equal(out.bytes, "new kept\n");
    free(environment);
    ta_text_release(&out);
    ta_text_release(&said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blanks_part_words_and_quotes_hold_them),
        cmocka_unit_test(what_is_no_command),
        cmocka_unit_test(every_byte_arrives),
        cmocka_unit_test(input_and_output_may_be_left_alone),
        cmocka_unit_test(a_failure_is_told_in_its_own_words),
        cmocka_unit_test(a_slow_one_is_stopped_with_all_it_started),
        cmocka_unit_test(what_goes_on_behind_holds_nobody_up),
        cmocka_unit_test(there_is_no_terminal_to_ask_on),
        cmocka_unit_test(what_it_writes_and_what_it_says_are_kept_apart),
        cmocka_unit_test(words_are_no_script),
        cmocka_unit_test(one_setting_of_its_environment_is_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

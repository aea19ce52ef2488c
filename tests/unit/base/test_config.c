#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/base/config.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"

/* A home with a configuration of ours, and git's. */
struct home {
    char *folder;
    char *xdg, *git; /* values of XDG_CONFIG_HOME and GIT_CONFIG_GLOBAL */
    struct ta_config config;
    struct ta_error err;
};

static struct home *home;

static char *look_up(const char *name)
{
    if (strcmp(name, "HOME") == 0) {
        return home->folder;
    }
    if (strcmp(name, "XDG_CONFIG_HOME") == 0) {
        return home->xdg;
    }
    return strcmp(name, "GIT_CONFIG_GLOBAL") == 0 ? home->git : NULL;
}

static int enter(void **state)
{
    (void)state;
    home = ta_allocate(1, sizeof *home);
    return ta_folder_temporary(&home->folder, NULL) ? 0 : -1;
}

static int leave(void **state)
{
    (void)state;
    bool ok = ta_folder_remove(home->folder, NULL);
    ta_config_release(&home->config);
    free(home->folder);
    free(home->xdg);
    free(home->git);
    free(home);
    return ok ? 0 : -1;
}

static void put(const char *name, const char *text)
{
    char *path = ta_path_join(home->folder, name);
    char *slash = strrchr(path, '/');
    *slash = '\0';
    assert_true(ta_folder_make(path, NULL));
    *slash = '/';
    assert_true(ta_file_write(path, text, strlen(text), NULL));
    free(path);
}

static bool read_config(void)
{
    ta_config_release(&home->config);
    return ta_config_read(&home->config, home->folder, look_up, &home->err);
}

static void reads_what_is_set(void **state)
{
    (void)state;
    put("config.ini", "; mine\n[identity]\nname = Dana Holt\nemail=dana@example.org\n\n"
                      "[look]\ntheme = dusk\nbell = Yes\n");
    assert_true(read_config());
    assert_string_equal(home->config.name, "Dana Holt");
    assert_string_equal(home->config.email, "dana@example.org");
    assert_string_equal(home->config.theme, "dusk");
    assert_true(home->config.bell);
}

static void nothing_set_is_an_empty_configuration(void **state)
{
    (void)state;
    assert_true(read_config());
    assert_null(home->config.name);
    assert_null(home->config.email);
    assert_null(home->config.theme);
    assert_false(home->config.bell);
    put("config.ini", "");
    assert_true(read_config());
    put("config.ini", "[look]\ntheme =\nbell = off\n");
    assert_true(read_config());
    assert_null(home->config.theme);
    assert_false(home->config.bell);
}

static void names_the_line_that_is_not_understood(void **state)
{
    (void)state;
    static const struct {
        const char *text, *line;
    } examples[] = {
        {"[look]\ntheme = dusk\nbel = no\n", "Line 3 "},
        {"[look]\nbell = loud\n", "Line 2 "},
        {"theme = dusk\n", "Line 1 "},
        {"\n\njust words\n", "Line 3 "},
        {"[sound]\nbell = no\n", "Line 2 "},
        {"[identity\nname = x\n", "Line 1 "},
    };
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        put("config.ini", examples[i].text);
        assert_false(read_config());
        assert_int_equal(home->err.code, TA_WRONG);
        assert_non_null(strstr(home->err.text, examples[i].line));
        assert_non_null(strstr(home->err.text, "config.ini"));
        assert_null(home->config.theme);
    }
}

static void refuses_bytes_that_are_no_text(void **state)
{
    (void)state;
    put("config.ini", "[identity]\nname = \xff\n");
    assert_false(read_config());
    assert_int_equal(home->err.code, TA_WRONG);
    char *path = ta_path_join(home->folder, "config.ini");
    assert_true(ta_folder_remove(path, NULL));
    assert_true(ta_folder_make(path, NULL));
    assert_false(read_config());
    assert_int_equal(home->err.code, TA_SYSTEM);
    free(path);
}

static void falls_back_on_git(void **state)
{
    (void)state;
    put(".gitconfig", "[core]\n\tname = core\n[User]\n\tname = \"Priya Raman\"\n"
                      "\tEmail = priya@example.org # work\n[alias]\n\temail = alias\n");
    assert_true(read_config());
    assert_string_equal(home->config.name, "Priya Raman");
    assert_string_equal(home->config.email, "priya@example.org");
}

static void own_identity_goes_before_git(void **state)
{
    (void)state;
    put("config.ini", "[identity]\nemail = dana@example.org\n");
    put(".gitconfig", "[user]\nname = Dana Holt\nemail = other@example.org\n");
    assert_true(read_config());
    assert_string_equal(home->config.name, "Dana Holt");
    assert_string_equal(home->config.email, "dana@example.org");
}

static void git_has_two_places(void **state)
{
    (void)state;
    put(".gitconfig", "[user]\nname = From Home\n");
    put(".config/git/config", "[user]\nname = From Config\nemail = config@example.org\n");
    put("xdg/git/config", "[user]\nemail = xdg@example.org\n");
    assert_true(read_config());
    assert_string_equal(home->config.name, "From Home");
    assert_string_equal(home->config.email, "config@example.org");
    home->xdg = ta_path_join(home->folder, "xdg");
    assert_true(read_config());
    assert_string_equal(home->config.email, "xdg@example.org");
}

static void git_can_be_told_of_another_file(void **state)
{
    (void)state;
    put(".gitconfig", "[user]\nname = From Home\n");
    home->git = ta_copy("/dev/null");
    assert_true(read_config());
    assert_null(home->config.name);
}

static void odd_lines_of_git_say_nothing(void **state)
{
    (void)state;
    put(".gitconfig", "[user]\nname\n=\nname =\nname = \xff\n[user \"x\"]\nname = No\n[user\n");
    assert_true(read_config());
    assert_null(home->config.name);
}

static void expect_key(const char *value, const char *folder, const char *name)
{
    struct ta_text text = {0};
    ta_text_addf(&text, "[signing]\nkey = %s\n", value);
    put("config.ini", text.bytes);
    ta_text_release(&text);
    assert_true(read_config());
    char *path = ta_path_join(folder, name);
    assert_string_equal(home->config.key, path);
    free(path);
}

static void a_key_is_found_from_home_or_beside_the_file(void **state)
{
    (void)state;
    expect_key("~/.ssh/id_ed25519.pub", home->folder, ".ssh/id_ed25519.pub");
    expect_key("/keys/mine", "/keys", "mine");
    expect_key("mine", home->folder, "mine");
    put("config.ini", "[signing]\nkey =\n");
    assert_true(read_config());
    assert_null(home->config.key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reads_what_is_set, enter, leave),
        cmocka_unit_test_setup_teardown(nothing_set_is_an_empty_configuration, enter, leave),
        cmocka_unit_test_setup_teardown(names_the_line_that_is_not_understood, enter, leave),
        cmocka_unit_test_setup_teardown(refuses_bytes_that_are_no_text, enter, leave),
        cmocka_unit_test_setup_teardown(a_key_is_found_from_home_or_beside_the_file, enter, leave),
        cmocka_unit_test_setup_teardown(falls_back_on_git, enter, leave),
        cmocka_unit_test_setup_teardown(own_identity_goes_before_git, enter, leave),
        cmocka_unit_test_setup_teardown(git_has_two_places, enter, leave),
        cmocka_unit_test_setup_teardown(git_can_be_told_of_another_file, enter, leave),
        cmocka_unit_test_setup_teardown(odd_lines_of_git_say_nothing, enter, leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

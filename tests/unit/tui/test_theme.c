#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/base/file.h"
#include "turnabout/tui/theme.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static const struct ta_look none = {.foreground = -1, .background = -1};

static void expect_look(const struct ta_look *found, const struct ta_look *wanted)
{
    assert_int_equal(found->foreground, wanted->foreground);
    assert_int_equal(found->background, wanted->background);
    assert_int_equal(found->bold, wanted->bold);
    assert_int_equal(found->dim, wanted->dim);
    assert_int_equal(found->italic, wanted->italic);
    assert_int_equal(found->underline, wanted->underline);
    assert_int_equal(found->reverse, wanted->reverse);
}

static void words_make_a_look(void **state)
{
    (void)state;
    static const struct {
        const char *words;
        struct ta_look look;
    } cases[] = {
        {"cyan", {.foreground = 6, .background = -1}},
        {"bright-red", {.foreground = 9, .background = -1}},
        {"bold 214 on 236", {.foreground = 214, .background = 236, .bold = true}},
        {"on blue", {.foreground = -1, .background = 4}},
        {"255 on default underline", {.foreground = 255, .background = -1, .underline = true}},
        {"default  reverse", {.foreground = -1, .background = -1, .reverse = true}},
        {"dim italic", {.foreground = -1, .background = -1, .dim = true, .italic = true}},
        {"", {.foreground = -1, .background = -1}},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct ta_theme theme;
        char text[80];
        (void)snprintf(text, sizeof text, "[roles]\nchosen = %s", cases[i].words);
        assert_true(ta_theme_read(&theme, text, "t", NULL));
        expect_look(&theme.look[TA_CHOSEN], &cases[i].look);
    }
}

static void what_a_theme_does_not_name_stays_as_by_default(void **state)
{
    (void)state;
    struct ta_theme usual;
    struct ta_theme theme;
    ta_theme_default(&usual);
    assert_true(ta_theme_read(&theme, "; mine\n[roles]\nkey = red ; why not\n", "t", NULL));
    assert_int_equal(theme.look[TA_KEY_NAME].foreground, 1);
    expect_look(&theme.look[TA_ACCENT], &usual.look[TA_ACCENT]);
}

static void a_line_that_is_not_understood_is_named(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "accent = blau",       "acent = blue",   "accent = 256",
        "accent = 12x",        "accent = -1",    "accent = on on 1",
        "accent = bright-256", "no equals sign", "[colours]\ntitle = red"};
    struct ta_theme usual;
    ta_theme_default(&usual);
    for (size_t i = 0; i < LENGTH(lines); i++) {
        struct ta_theme theme;
        struct ta_error err;
        char text[80];
        (void)snprintf(text, sizeof text, "[roles]\ntitle = red\n%s", lines[i]);
        assert_false(ta_theme_read(&theme, text, "my.theme", &err));
        assert_int_equal(err.code, TA_WRONG);
        assert_non_null(strstr(err.text, "my.theme"));
        assert_non_null(strstr(err.text, lines[i][0] == '[' ? "Line 4" : "Line 3"));
        expect_look(&theme.look[TA_TITLE], &usual.look[TA_TITLE]);
    }
}

/* Without colours (NO_COLOR, a monochrome terminal) one still sees where one is. */
static void the_default_does_not_hang_on_colour(void **state)
{
    (void)state;
    static const enum ta_role_of_cell roles[] = {TA_CHOSEN, TA_SELECTION, TA_ACCENT, TA_CAUTION,
                                                 TA_ALARM,  TA_STRONG,    TA_TITLE};
    struct ta_theme theme;
    ta_theme_default(&theme);
    for (size_t i = 0; i < LENGTH(roles); i++) {
        const struct ta_look *look = &theme.look[roles[i]];
        assert_true(look->bold || look->reverse || look->underline);
    }
    expect_look(&theme.look[TA_PLAIN], &none);
}

static void themes_are_found_by_name(void **state)
{
    (void)state;
    struct ta_theme theme;
    struct ta_theme usual;
    struct ta_error err;
    ta_theme_default(&usual);
    assert_true(ta_theme_find(&theme, "/nonexistent", NULL, &err));
    expect_look(&theme.look[TA_ACCENT], &usual.look[TA_ACCENT]);
    assert_true(ta_theme_find(&theme, "/nonexistent", "dusk", &err));
    assert_int_equal(theme.look[TA_ACCENT].foreground, 215);
    assert_true(ta_theme_find(&theme, "/nonexistent", "paper", &err));
    assert_false(ta_theme_find(&theme, "/nonexistent", "noon", &err));
    assert_int_equal(err.code, TA_ABSENT);
    assert_non_null(strstr(err.text, "noon"));
    assert_false(ta_theme_find(&theme, "/nonexistent", "../noon", &err));
    assert_int_equal(err.code, TA_WRONG);
}

static void ones_own_theme_comes_first(void **state)
{
    (void)state;
    static const char own[] = "[roles]\naccent = green\n";
    static const char broken[] = "[roles]\naccent = grue\n";
    struct ta_theme theme;
    struct ta_error err;
    char *config;
    assert_true(ta_folder_temporary(&config, &err));
    char *folder = ta_path_join(config, "themes");
    char *path = ta_path_join(folder, "dusk.theme");
    assert_true(ta_folder_make(folder, &err));
    assert_true(ta_file_write(path, own, strlen(own), &err));
    assert_true(ta_theme_find(&theme, config, "dusk", &err));
    assert_int_equal(theme.look[TA_ACCENT].foreground, 2);
    assert_true(ta_file_write(path, broken, strlen(broken), &err));
    assert_false(ta_theme_find(&theme, config, "dusk", &err));
    assert_non_null(strstr(err.text, path));
    assert_true(ta_file_write(path, "", 0, &err));
    assert_true(ta_theme_find(&theme, config, "dusk", &err));
    assert_true(ta_folder_remove(config, &err));
    free(path);
    free(folder);
    free(config);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_make_a_look),
        cmocka_unit_test(what_a_theme_does_not_name_stays_as_by_default),
        cmocka_unit_test(a_line_that_is_not_understood_is_named),
        cmocka_unit_test(the_default_does_not_hang_on_colour),
        cmocka_unit_test(themes_are_found_by_name),
        cmocka_unit_test(ones_own_theme_comes_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/base/places.h"

/* An environment of pairs of name and value, which ends with NULL. */
static char **environment;

static char *look_up(const char *name)
{
    for (char **at = environment; *at != NULL; at += 2) {
        if (strcmp(at[0], name) == 0) {
            return at[1];
        }
    }
    return NULL;
}

static void assert_places(char **given, const char *data, const char *config)
{
    environment = given;
    struct ta_places places;
    assert_true(ta_places_find(&places, look_up, NULL));
    assert_string_equal(places.data, data);
    assert_string_equal(places.config, config);
    ta_places_release(&places);
    assert_null(places.data);
    ta_places_release(&places);
}

static void follows_the_xdg_folders(void **state)
{
    (void)state;
    assert_places((char *[]){"XDG_DATA_HOME", "/d/", "XDG_CONFIG_HOME", "/c", NULL}, "/d/turnabout",
                  "/c/turnabout");
}

static void falls_back_on_home(void **state)
{
    (void)state;
    assert_places((char *[]){"HOME", "/home/dana", "XDG_DATA_HOME", "", NULL},
                  "/home/dana/.local/share/turnabout", "/home/dana/.config/turnabout");
    assert_places((char *[]){"HOME", "/home/dana", "XDG_CONFIG_HOME", "/c", NULL},
                  "/home/dana/.local/share/turnabout", "/c/turnabout");
}

static void one_variable_overrides_all(void **state)
{
    (void)state;
    assert_places((char *[]){"TURNABOUT_HOME", "/demo", "XDG_DATA_HOME", "/d", "XDG_CONFIG_HOME",
                             "relative", "HOME", "/h", NULL},
                  "/demo", "/demo");
}

static void assert_refused(char **given, const char *named)
{
    environment = given;
    struct ta_places places;
    struct ta_error err;
    assert_false(ta_places_find(&places, look_up, &err));
    assert_int_equal(err.code, TA_WRONG);
    assert_non_null(strstr(err.text, named));
    assert_null(places.data);
    assert_null(places.config);
}

static void refuses_what_is_not_absolute(void **state)
{
    (void)state;
    assert_refused((char *[]){"TURNABOUT_HOME", "demo", NULL}, "TURNABOUT_HOME");
    assert_refused((char *[]){"HOME", "/h", "XDG_CONFIG_HOME", "./c", NULL}, "XDG_CONFIG_HOME");
    assert_refused((char *[]){"HOME", "dana", NULL}, "HOME");
}

static void refuses_an_empty_environment(void **state)
{
    (void)state;
    assert_refused((char *[]){NULL}, "HOME");
    assert_refused((char *[]){"HOME", "", "XDG_DATA_HOME", "/d", NULL}, "HOME");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_the_xdg_folders),
        cmocka_unit_test(falls_back_on_home),
        cmocka_unit_test(one_variable_overrides_all),
        cmocka_unit_test(refuses_what_is_not_absolute),
        cmocka_unit_test(refuses_an_empty_environment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

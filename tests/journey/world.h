/**
 * What a journey stands in: a fresh folder, a pinned environment, a shell with the real git, and
 * terminals with the built program.
 */
#ifndef TURNABOUT_TESTS_JOURNEY_WORLD_H
#define TURNABOUT_TESTS_JOURNEY_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "terminal.h"

enum { WORLD_VARIABLES = 32, WORLD_TERMINALS = 8 };

struct world {
    char folder[32]; /**< of this test alone; also $TURNABOUT_HOME's parent */
    char record[96]; /**< record.git of Priya and Dana */
    char *variables[WORLD_VARIABLES + 1];
    struct terminal *terminals[WORLD_TERMINALS];
    int status; /**< of the last world_run() */
};

/** Runs the tests of a program whose first argument is the built program. */
#define world_run_tests(tests, argc, argv) (world_program(argc, argv), world_run_group(tests))
void world_program(int argc, char **argv);
#define world_run_group(tests) cmocka_run_group_tests(tests, NULL, NULL)

/** A test with a world of its own. */
#define in_a_world(test) cmocka_unit_test_setup_teardown(test, world_make, world_remove)
int world_make(void **state);
int world_remove(void **state);

/** Sets a variable for what is started from now on; NULL takes it out. */
void world_set(struct world *world, const char *name, const char *value);
/** Sets a variable to a path below the world's folder. */
void world_set_folder(struct world *world, const char *name, const char *folder);

/**
 * Runs a script with sh -eu in the world's folder; `turnabout` is the built program, $RECORD the
 * record of Priya and Dana. What it printed, also on standard error, without the last line end, is
 * good until the third call from now.
 */
const char *world_run(struct world *world, const char *script, ...)
    __attribute__((format(printf, 2, 3)));
/** The same and it must succeed. */
#define world_do(world, ...) world_must(world, __FILE__, __LINE__, __VA_ARGS__)
const char *world_must(struct world *world, const char *file, int line, const char *script, ...)
    __attribute__((format(printf, 4, 5)));

/** Opens the app in a terminal of 80x24, or of another size, or another command line of its. */
struct terminal *world_app(struct world *world);
struct terminal *world_app_sized(struct world *world, int rows, int columns);
struct terminal *world_command(struct world *world, const char *argument);
/** Runs a script in a terminal. */
struct terminal *world_script(struct world *world, const char *script);

/** Priya and Dana with a contract in force, by the command line. */
void world_pair(struct world *world);
/** And a session that has just begun. */
void world_session(struct world *world);
/** The record is sound for git, and the database for SQLite. */
#define world_is_sound(world) world_check(world, __FILE__, __LINE__)
void world_check(struct world *world, const char *file, int line);

/** Whether a text holds another; on failure both are printed. */
#define assert_holds(text, part) assert_part(text, part, true, __FILE__, __LINE__)
#define assert_lacks(text, part) assert_part(text, part, false, __FILE__, __LINE__)
void assert_part(const char *text, const char *part, bool there, const char *file, int line);

#endif

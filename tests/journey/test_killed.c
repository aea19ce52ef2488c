/* The program is killed at a bad moment and started again: the session runs on, nothing is lost. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "world.h"

enum { LOW = 18, WIDE = 80 }; /* rows at which the clock is one line of text */

static struct terminal *open_session(struct world *world)
{
    struct terminal *app = world_app_sized(world, LOW, WIDE);
    see(app, "[Enter]");
    terminal_press(app, "Enter");
    see(app, "left of 45 min");
    return app;
}

static void kill_it(struct terminal *app)
{
    terminal_signal(app, SIGKILL);
    assert_int_equal(ended(app), 128 + SIGKILL);
}

/* Seconds left on the clock. */
static int seconds_left(const struct terminal *app)
{
    int minutes = 0;
    int seconds = 0;
    assert_int_equal(sscanf(terminal_line(app, 1), " %d:%d left", &minutes, &seconds), 2);
    return minutes * 60 + seconds;
}

static bool clock_is_below(struct terminal *app, const char *seconds)
{
    return seconds_left(app) < atoi(seconds);
}

/* Waits until the program itself has shown that so many seconds went by. */
static void let_pass(struct terminal *app, int seconds)
{
    char limit[16];
    (void)snprintf(limit, sizeof limit, "%d", seconds_left(app) - seconds);
    see_that(app, clock_is_below, limit);
}

/* The note is in the list, and the line is empty again. */
static bool is_caught(struct terminal *app, const char *note)
{
    int row;
    int column;
    int found = terminal_row(app, note);
    terminal_cursor(app, &row, &column);
    return found >= 0 && found < row && column == 1;
}

static void a_line_that_was_being_typed_is_there_again(void **state)
{
    struct world *world = *state;
    world_session(world);
    struct terminal *app = open_session(world);
    terminal_type(app, "? what nobody has said so far");
    see(app, "? what nobody has said so far");
    let_pass(app, 2);
    kill_it(app);

    app = open_session(world);
    see(app, "? what nobody has said so far");
    terminal_type(app, ", yet");
    terminal_press(app, "Enter");
    see_that(app, is_caught, "what nobody has said so far, yet");
    kill_it(app);

    app = open_session(world);
    see_that(app, is_caught, "what nobody has said so far, yet");
    world_is_sound(world);
}

static void an_earlier_note_that_was_being_changed_is_in_hand_again(void **state)
{
    struct world *world = *state;
    world_session(world);
    struct terminal *app = open_session(world);
    terminal_type(app, "% between us\r");
    see_that(app, is_caught, "between us");
    terminal_press(app, "Up");
    terminal_press(app, "Enter");
    see(app, "% between us");
    terminal_type(app, " and nobody else");
    see(app, "% between us and nobody else");
    let_pass(app, 2);
    kill_it(app);
    assert_holds(world_do(world, "turnabout session show"), "between us  mine");

    app = open_session(world);
    see(app, "You were changing this note");
    see(app, "% between us and nobody else");
    terminal_press(app, "Enter");
    terminal_press(app, "Esc");
    see_that(app, is_caught, "between us and nobody else");
    kill_it(app);

    app = open_session(world);
    see_that(app, is_caught, "between us and nobody else");
    assert_int_equal(terminal_row(app, "You were changing this note"), -1);
    world_is_sound(world);
}

static void a_note_that_is_shown_is_kept(void **state)
{
    struct world *world = *state;
    world_session(world);
    for (int round = 0; round < 5; round++) {
        char note[32];
        char before[32];
        struct terminal *app = open_session(world);
        (void)snprintf(before, sizeof before, "note of round %d", round - 1);
        if (round > 0) {
            see_that(app, is_caught, before);
        }
        (void)snprintf(note, sizeof note, "note of round %d", round);
        terminal_type(app, note);
        terminal_press(app, "Enter");
        see_that(app, is_caught, note);
        kill_it(app);
        terminal_close(app);
        world->terminals[0] = NULL;
    }
    const char *session = world_do(world, "turnabout session show");
    for (int round = 0; round < 5; round++) {
        char note[32];
        (void)snprintf(note, sizeof note, "note of round %d", round);
        assert_holds(session, note);
    }
    world_is_sound(world);
}

/* How many of the notes that are numbered in order the text holds from the first on. */
static int count_in_order(const char *text)
{
    char note[32];
    int count = 0;
    do {
        (void)snprintf(note, sizeof note, "stream %03d end", count);
    } while (strstr(text, note) && ++count);
    return count;
}

/* Many notes at once, and the end in the middle of them: what was shown is there, without a gap. */
static void a_stream_of_notes_is_kept_as_far_as_it_was_shown(void **state)
{
    struct world *world = *state;
    world_session(world);
    struct terminal *app = open_session(world);
    for (int i = 0; i < 400; i++) {
        char note[32];
        (void)snprintf(note, sizeof note, "stream %03d end\r", i);
        terminal_type(app, note);
    }
    see(app, "    stream ");
    kill_it(app);
    int kept = count_in_order(world_do(world, "turnabout session show"));
    assert_true(kept > 0);
    for (int i = kept; i < 400; i++) {
        char note[32];
        (void)snprintf(note, sizeof note, "    stream %03d end", i);
        assert_int_equal(terminal_row(app, note), -1);
    }
    world_is_sound(world);
}

static void the_clock_went_on_meanwhile(void **state)
{
    struct world *world = *state;
    world_session(world);
    struct terminal *app = open_session(world);
    assert_true(seconds_left(app) > 44 * 60);
    kill_it(app);

    world_set(world, "TURNABOUT_CLOCK", "2026-11-23T09:10:00Z");
    app = open_session(world);
    assert_true(seconds_left(app) <= 35 * 60);
    assert_true(seconds_left(app) > 34 * 60);
    assert_holds(world_do(world, "turnabout session status --json"), "\"running\"");
    kill_it(app);

    world_set(world, "TURNABOUT_CLOCK", "2026-11-23T09:46:00Z");
    app = world_app_sized(world, LOW, WIDE);
    see(app, "[Enter]");
    terminal_press(app, "Enter");
    see(app, "over");
}

static void a_kept_line_of_the_summary_is_there_again(void **state)
{
    struct world *world = *state;
    world_session(world);
    (void)world_do(world, "turnabout session note '! The first to speak'; turnabout session end");
    struct terminal *app = world_app(world);
    see(app, "[Enter]");
    terminal_press(app, "Enter");
    see(app, "Summary of session 1");
    see(app, "▸ ! The first to speak");
    terminal_press(app, "Enter");
    see(app, "⏎ keep");
    terminal_type(app, " is heard");
    terminal_press(app, "Enter");
    see(app, "⏎ edit");
    kill_it(app);

    app = world_app(world);
    see(app, "[Enter]");
    terminal_press(app, "Enter");
    see(app, "! The first to speak is heard");
    see(app, "not yet committed");
    world_is_sound(world);
}

static void a_clause_is_kept_as_it_is_typed(void **state)
{
    struct world *world = *state;
    world_pair(world);
    struct terminal *app = world_app(world);
    see(app, "[Enter]");
    terminal_press(app, "c");
    see(app, "both signed");
    terminal_press(app, "G k");
    see(app, "If it does not work ─");
    terminal_press(app, "Enter");
    see(app, "Tab next clause");
    terminal_type(app, "Half a sentence that was never");
    see(app, "Half a sentence that was never");
    (void)world_do(world, "until turnabout contract show | grep -q 'Half a sentence'; do :; done");
    kill_it(app);

    app = world_app(world);
    see(app, "v2 in draft");
    assert_holds(world_do(world, "turnabout contract show"), "Half a sentence that was never");
    world_is_sound(world);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        in_a_world(a_line_that_was_being_typed_is_there_again),
        in_a_world(an_earlier_note_that_was_being_changed_is_in_hand_again),
        in_a_world(a_note_that_is_shown_is_kept),
        in_a_world(a_stream_of_notes_is_kept_as_far_as_it_was_shown),
        in_a_world(the_clock_went_on_meanwhile),
        in_a_world(a_kept_line_of_the_summary_is_there_again),
        in_a_world(a_clause_is_kept_as_it_is_typed),
    };
    return world_run_tests(tests, argc, argv);
}

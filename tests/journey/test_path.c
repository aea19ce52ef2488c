/* The whole path of a pair, through the screens only, from the first start to a committed summary;
 * then the real git and SQLite look at what it left. */
#include <stdio.h>
#include <string.h>

#include "world.h"

#define PRIVATE "I was nervous about the promotion round"

static void name_the_pair(struct terminal *app)
{
    see(app, "Welcome");
    see(app, "You are");
    terminal_type(app, "Dana Holt <dana@example.org>");
    terminal_press(app, "Enter");
    see(app, "‹ the mentee ›");
    terminal_press(app, "Enter");
    see(app, "The name of the other");
    terminal_type(app, "Priya Raman <priya@example.org>");
    terminal_press(app, "Enter");
    see(app, "In a few words");
    terminal_type(app, "Who gets heard in our meetings");
    terminal_press(app, "Enter");
    see(app, "Priya Raman (mentor) ⇄ Dana Holt (mentee)");
    see(app, "Next: draft the contract");
}

static void agree(struct terminal *app)
{
    terminal_press(app, "Enter");
    see(app, "not signed yet");
    terminal_press(app, "Enter");
    see(app, "What the mentor knows");
    terminal_press(app, "Tab");
    see(app, "One to three things");
    terminal_type(app, "Juniors speak first in every review");
    terminal_press(app, "Esc");
    see(app, "✓ Topic and goals");
    terminal_press(app, "Down Down Down Enter");
    see(app, "Whoever names a topic");
    terminal_type(app, "family");
    terminal_press(app, "Enter");
    terminal_type(app, "health");
    terminal_press(app, "Esc");
    see(app, "✓ Off-limits");
    terminal_press(app, "s");
    see(app, "Who signs");
    terminal_press(app, "m");
    see(app, "Signed by Priya Raman.");
    see(app, "waits for Dana");
    terminal_press(app, "s");
    see(app, "as Dana Holt? [y/n]");
    terminal_press(app, "y");
    see(app, "Both signed: contract v1 is in force.");
    terminal_press(app, "Esc");
    see(app, "contract v1, both signed");
}

static void plan(struct terminal *app)
{
    see(app, "Next: set the date of session 1");
    terminal_press(app, "Enter");
    see(app, "Date of the next session");
    terminal_press(app, "C-u");
    terminal_type(app, "2026-11-24 10:00");
    terminal_press(app, "Enter");
    see(app, "Tue 24 Nov 10:00, tomorrow");
}

static void prepare(struct terminal *app)
{
    see(app, "Next: Dana sets the agenda for session 1");
    terminal_press(app, "Enter");
    see(app, "Agenda for session 1");
    terminal_press(app, "n");
    see(app, "Esc leave it");
    terminal_type(app, "Who speaks first, and about whose family");
    see(app, "touches \"family\"");
    terminal_press(app, "C-u");
    terminal_type(app, "Who speaks first");
    miss(app, "touches");
    terminal_press(app, "Enter");
    see(app, "a draft, saved");
    see(app, "45 of 45 min");
    terminal_press(app, "Left Left");
    see(app, "43 of 45 min");
    terminal_press(app, "S");
    see(app, "Shared: the agenda for session 1");
    terminal_press(app, "Esc");
    see(app, "Agenda 1 (shared)");
    see(app, "Next: hold session 1");
}

static void quit(struct terminal *app)
{
    terminal_press(app, "q");
    assert_int_equal(ended(app), 0);
}

static void catch_note(struct terminal *app, const char *typed, const char *shown)
{
    terminal_type(app, typed);
    terminal_press(app, "Enter");
    see(app, shown);
}

static void meet(struct terminal *app)
{
    see(app, "Next: hold session 1");
    terminal_press(app, "Enter");
    see(app, "[y/n]");
    terminal_press(app, "y");
    see(app, "off-limits: family, health");
    see(app, "▶ Check-in");
    terminal_press(app, "Tab");
    see(app, "▶ What we want from today");
    terminal_press(app, "S-Tab");
    see(app, "▶ Check-in");
    terminal_press(app, "Tab Tab");
    see(app, "▶ Who speaks first");
    catch_note(app, "! The first to speak sets what can be said", "!  The first to speak sets");
    terminal_type(app, "> Dana: ask juniors first in the review by 1 Dec");
    see(app, "→ Dana Holt: ask juniors first in the review · due Tue 1 Dec 2026");
    terminal_press(app, "Enter");
    see(app, ">  Dana: ask juniors first in the review");
    catch_note(app, "> Priya: share the survey of the early-career group",
               ">  Priya: share the survey");
    catch_note(app, "? Who decides what counts as urgent", "?  Who decides");
    catch_note(app, "~ Dana hears a pause as agreement", "~  Dana hears a pause");
    catch_note(app, "% " PRIVATE, "%  I was nervous");
    catch_note(app, "Example from the Lisbon launch", "   Example from the Lisbon launch");
    terminal_press(app, "F3");
    see(app, "paused");
    terminal_press(app, "F3");
    miss(app, "paused");
    terminal_press(app, "F4");
    see(app, "of 50 min");
    terminal_press(app, "F10");
    see(app, "[y/n]");
    terminal_press(app, "y");
}

static void sum_up(struct terminal *app)
{
    see(app, "Summary of session 1");
    see(app, "not yet committed");
    miss(app, "I was nervous");
    terminal_press(app, "g Enter");
    see(app, "⏎ keep");
    terminal_press(app, "C-u");
    terminal_type(app, "Who speaks first");
    terminal_press(app, "Enter");
    see(app, "⏎ edit");
    terminal_press(app, "C");
    see(app, "next date (empty: none)");
    terminal_press(app, "C-u");
    terminal_type(app, "2026-12-15 10:00");
    terminal_press(app, "Enter");
}

static void look_back(struct terminal *app)
{
    see(app, "Committed for both: Session 1: Who speaks first");
    see(app, "! The first to speak sets what can");
    see(app, "~ Dana hears a pause as agreement");
    see(app, "? Who decides what counts as urgent");
    see(app, "☐ Dana");
    see(app, "☐ Priya");
    see(app, "1 Dec");
    see(app, "Tue 15 Dec 10:00");
    see(app, "Next: Dana sets the agenda for session 2");
    miss(app, "I was nervous");
}

static void look_with_git(struct world *world)
{
    world_is_sound(world);
    const char *log = world_do(world, "git --git-dir \"$RECORD\" log --format='%%an: %%s' main");
    assert_holds(log, "Dana Holt: Session 1: Who speaks first");
    assert_holds(log, "Contract v1: signed by both");
    const char *summary =
        world_do(world, "git --git-dir \"$RECORD\" show main:sessions/01/summary.md");
    assert_holds(summary, "# Session 1: Who speaks first");
    assert_holds(summary, "- The first to speak sets what can be said");
    assert_holds(summary, "- Dana hears a pause as agreement");
    assert_holds(summary, "Dana Holt: ask juniors first in the review (due 2026-12-01)");
    assert_holds(summary, "- Who decides what counts as urgent");
    assert_holds(summary, "Example from the Lisbon launch");
    (void)world_do(world, "git clone -q \"$RECORD\" clone");
    assert_holds(world_do(world, "cat clone/meetings.md"), "2026-11-24T10:00:00+01:00 held");
    assert_holds(world_do(world, "cat clone/meetings.md"), "2026-12-15T10:00:00+01:00");
    assert_holds(world_do(world, "cat clone/promises.md"), "share the survey");
    assert_holds(world_do(world, "cat clone/README.md"), "Priya Raman");
    assert_holds(world_do(world, "cat clone/sessions/01/agenda.md"), "Who speaks first");
}

/* Every object of the record, whether a branch leads to it or not. */
static void look_for_what_is_mine(struct world *world)
{
    const char *found =
        world_do(world, "git --git-dir \"$RECORD\" cat-file --batch-all-objects --batch > objects\n"
                        "grep -ac 'The first to speak' objects\n"
                        "grep -ac 'I was nervous' objects || true\n"
                        "git --git-dir \"$RECORD\" log --all -p | grep -c 'I was nervous' || true\n"
                        "grep -rl 'I was nervous' home/pairs || true\n");
    int objects = 0;
    int mine = -1;
    int log = -1;
    assert_int_equal(sscanf(found, "%d %d %d", &objects, &mine, &log), 3);
    assert_true(objects > 0);
    assert_int_equal(mine, 0);
    assert_int_equal(log, 0);
    assert_lacks(found, "home/pairs");
    assert_lacks(world_do(world, "turnabout log --json; turnabout summary show"), "I was nervous");
    assert_holds(world_do(world, "turnabout session show 1"), PRIVATE);
}

static void from_first_start_to_a_committed_summary(void **state)
{
    struct world *world = *state;
    struct terminal *app = world_app(world);
    name_the_pair(app);
    agree(app);
    plan(app);
    prepare(app);
    quit(app);
    world_set(world, "TURNABOUT_CLOCK", "2026-11-24T09:02:00Z");
    app = world_app(world);
    meet(app);
    sum_up(app);
    look_back(app);
    quit(app);
    look_with_git(world);
    look_for_what_is_mine(world);
}

/* The two own what they wrote: what came of it on disk is for nobody else's eyes. */
static void what_is_kept_is_readable_by_its_owner_only(void **state)
{
    struct world *world = *state;
    world_session(world);
    assert_string_equal(world_do(world, "find home home/turnabout.db home/pairs -prune -perm /077"),
                        "");
}

static struct terminal *open_demo(struct world *world)
{
    struct terminal *demo = world_command(world, "--demo");
    see(demo, "Priya Raman (mentor) ⇄ Dana Holt (mentee)");
    see(demo, "Agenda 3 (draft)");
    see(demo, "[Enter]");
    return demo;
}

static void the_demo_leaves_nothing_behind(void **state)
{
    struct world *world = *state;
    (void)world_do(world, "mkdir temporary");
    world_set_folder(world, "TMPDIR", "temporary");
    struct terminal *demo = open_demo(world);
    terminal_press(demo, "h");
    see(demo, "Contract v2: signed");
    terminal_press(demo, "Esc");
    see(demo, "[Enter]");
    terminal_press(demo, "q");
    assert_int_equal(ended(demo), 0);
    demo = open_demo(world);
    terminal_hang_up(demo);
    assert_int_equal(ended(demo), 0);
    assert_string_equal(world_do(world, "ls temporary; ls -A home person 2>/dev/null || true"), "");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        in_a_world(from_first_start_to_a_committed_summary),
        in_a_world(what_is_kept_is_readable_by_its_owner_only),
        in_a_world(the_demo_leaves_nothing_behind),
    };
    return world_run_tests(tests, argc, argv);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/record.h"
#include "turnabout/desk/release.h"
#include "world.h"

static const char *const lines[] = {
    "! The first to speak sets what can be said",
    "! struckzz Silence is not agreement",
    "~ differzz Dana hears a pause as agreement",
    "> Dana: ask juniors first by 2026-12-01",
    "? askedzz Who decides what counts as urgent",
    "notezz Example from the Lisbon launch",
    "% minezz I was nervous today",
};

enum { LINES = sizeof lines / sizeof *lines };

#define FACT "# Session 1, 23 Nov 2026, 45 min\n"
#define TAKEAWAYS                                                                                  \
    FACT "- The first to speak sets what can be said\n"                                            \
         "- struckzz Silence is not agreement\n\nPromises made: 1\n"

/* A contract that shares this, and one session with its summary. */
static void share(struct world *world, const char *level)
{
    fine(world,
         ta_desk_contract_set(&world->desk, &world->pair, TA_CLAUSE_SHARED, level, &world->err));
    world_agree(world);
    world_hold(world, lines, LINES);
    world_sum_up(world);
}

static struct ta_release_state see(struct world *world)
{
    struct ta_release_state state;
    fine(world, ta_desk_release(&world->desk, &world->pair, 1, &state, &world->err));
    return state;
}

static bool approve(struct world *world, enum ta_role role)
{
    struct ta_release_state seen = see(world);
    bool ok = ta_desk_release_approve(&world->desk, &world->pair, &seen, role, &world->err);
    ta_release_state_release(&seen);
    return ok;
}

static bool strike(struct world *world, unsigned number)
{
    struct ta_release_state seen = see(world);
    size_t line = ta_release_line(&seen, number);
    bool ok = ta_desk_release_strike(&world->desk, &world->pair, &seen, &line, 1, &world->err);
    ta_release_state_release(&seen);
    return ok;
}

static bool restore(struct world *world)
{
    struct ta_release_state seen = see(world);
    bool ok =
        ta_desk_release_restore(&world->desk, &world->pair, &seen, seen.lines.count, &world->err);
    ta_release_state_release(&seen);
    return ok;
}

static bool withhold(struct world *world, bool withheld)
{
    struct ta_release_state seen = see(world);
    bool ok = ta_desk_release_withhold(&world->desk, &world->pair, &seen, withheld, &world->err);
    ta_release_state_release(&seen);
    return ok;
}

static void assert_standing(struct world *world, enum ta_release_standing standing)
{
    struct ta_release_state state = see(world);
    assert_int_equal(state.standing, standing);
    ta_release_state_release(&state);
}

static void assert_preview(struct world *world, const char *text)
{
    struct ta_release_state state = see(world);
    assert_string_equal(state.text, text);
    ta_release_state_release(&state);
}

/* The commit of released.git, made. */
static char *project(struct world *world)
{
    char tip[TA_ID_SIZE];
    char *path = ta_released_path(&world->desk, &world->pair);
    fine(world, ta_desk_project(&world->desk, &world->pair, tip, &world->err));
    setenv("released", path, 1);
    free(path);
    return ta_copy(tip);
}

/* What git says of released.git. */
static char *released(struct world *world, const char *command)
{
    struct ta_text line = {0};
    free(project(world));
    ta_text_addf(&line, "git --git-dir \"$released\" %s", command);
    char *output = world_shell(world, line.bytes);
    ta_text_release(&line);
    return output;
}

static void assert_released(struct world *world, const char *command, const char *expected)
{
    char *output = released(world, command);
    assert_string_equal(output, expected);
    free(output);
}

static void words_leave_with_the_second_key(void **state)
{
    struct world *world = *state;
    share(world, "takeaways");
    assert_preview(world, TAKEAWAYS);
    assert_standing(world, TA_RELEASE_WAITING);
    fine(world, approve(world, TA_MENTEE));
    assert_standing(world, TA_RELEASE_WAITING);
    assert_released(world, "ls-tree -r --name-only main", "meetings.md\npair.md\n");
    fine(world, approve(world, TA_MENTOR));
    assert_standing(world, TA_RELEASE_DONE);
    assert_released(world, "ls-tree -r --name-only main",
                    "meetings.md\npair.md\nsessions/01/released.md\n");
    assert_released(world, "show main:sessions/01/released.md", TAKEAWAYS);
    assert_released(world, "fsck --strict 2>&1", "");
}

static void a_key_is_turned_once(void **state)
{
    struct world *world = *state;
    share(world, "summary");
    fine(world, approve(world, TA_MENTEE));
    refused(world, approve(world, TA_MENTEE), TA_REFUSED, "Dana Holt has approved");
    refused(world, approve(world, TA_NOBODY), TA_WRONG, "--as");
    fine(world, approve(world, TA_MENTOR));
    refused(world, approve(world, TA_MENTOR), TA_REFUSED, "Both have approved");
}

static void a_strike_ends_what_was_approved(void **state)
{
    struct world *world = *state;
    share(world, "takeaways");
    fine(world, approve(world, TA_MENTEE));
    fine(world, strike(world, 3));
    assert_preview(world, FACT "- The first to speak sets what can be said\n\nPromises made: 1\n");
    fine(world, approve(world, TA_MENTOR));
    assert_standing(world, TA_RELEASE_WAITING);
    fine(world, approve(world, TA_MENTEE));
    assert_standing(world, TA_RELEASE_DONE);
    /* With the line put back it is another text again, and who approved that once did so then. */
    fine(world, restore(world));
    assert_preview(world, TAKEAWAYS);
    fine(world, approve(world, TA_MENTOR));
    assert_standing(world, TA_RELEASE_WAITING);
}

static void facts_and_blanks_cannot_be_struck(void **state)
{
    struct world *world = *state;
    share(world, "takeaways");
    refused(world, strike(world, 1), TA_WRONG, "first line");
    refused(world, strike(world, 4), TA_WRONG, "blank line");
    refused(world, strike(world, 6), TA_WRONG, "no such line");
    refused(world, strike(world, 0), TA_WRONG, "no such line");
    refused(world, restore(world), TA_REFUSED, "No line");
}

static void what_was_seen_is_what_is_approved(void **state)
{
    struct world *world = *state;
    share(world, "takeaways");
    struct ta_release_state seen = see(world);
    fine(world, strike(world, 3));
    refused(world,
            ta_desk_release_approve(&world->desk, &world->pair, &seen, TA_MENTEE, &world->err),
            TA_BUSY, "changed meanwhile");
    refused(world, ta_desk_release_withhold(&world->desk, &world->pair, &seen, true, &world->err),
            TA_BUSY, "changed meanwhile");
    ta_release_state_release(&seen);
    assert_standing(world, TA_RELEASE_WAITING);
}

static void who_struck_is_written_nowhere(void **state)
{
    struct world *world = *state;
    share(world, "takeaways");
    fine(world, strike(world, 3));
    char *log = world_shell(world, "git --git-dir \"$record\" log -1 --format='%an %ae %cn %ce %s' "
                                   "main");
    assert_string_equal(log, "One of the pair pair@localhost One of the pair pair@localhost "
                             "Release of session 1: a line struck\n");
    free(log);
}

static void a_struck_line_was_never_in_an_object(void **state)
{
    struct world *world = *state;
    share(world, "takeaways");
    free(project(world));
    fine(world, strike(world, 3));
    fine(world, approve(world, TA_MENTEE));
    fine(world, approve(world, TA_MENTOR));
    char *objects = released(world, "cat-file --batch-all-objects --batch | tr '\\0' ' '");
    assert_non_null(strstr(objects, "The first to speak"));
    static const char *const secrets[] = {"struckzz", "differzz",    "askedzz", "notezz",  "minezz",
                                          "juniors",  "example.org", "family",  "Check-in"};
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) {
        assert_null(strstr(objects, secrets[i]));
    }
    free(objects);
}

static void withholding_takes_words_back(void **state)
{
    struct world *world = *state;
    share(world, "takeaways");
    fine(world, approve(world, TA_MENTEE));
    fine(world, approve(world, TA_MENTOR));
    assert_released(world, "show main:sessions/01/released.md", TAKEAWAYS);
    fine(world, withhold(world, true));
    assert_standing(world, TA_RELEASE_WITHHELD);
    assert_preview(world, FACT "\nWithheld.\n");
    assert_released(world, "show main:sessions/01/released.md", FACT "\nWithheld.\n");
    char *log = released(world, "log -p main");
    assert_null(strstr(log, "The first to speak"));
    free(log);
    refused(world, approve(world, TA_MENTOR), TA_REFUSED, "withheld");
    refused(world, strike(world, 2), TA_REFUSED, "withheld");
    refused(world, withhold(world, true), TA_REFUSED, "already");
    fine(world, withhold(world, false));
    assert_standing(world, TA_RELEASE_WAITING);
    assert_released(world, "ls-tree -r --name-only main", "meetings.md\npair.md\n");
    fine(world, approve(world, TA_MENTEE));
    fine(world, approve(world, TA_MENTOR));
    assert_released(world, "show main:sessions/01/released.md", TAKEAWAYS);
}

static void attendance_needs_no_key_and_takes_no_words(void **state)
{
    struct world *world = *state;
    share(world, "attendance");
    assert_standing(world, TA_RELEASE_ATTENDANCE);
    refused(world, approve(world, TA_MENTEE), TA_REFUSED, "no words");
    refused(world, withhold(world, true), TA_REFUSED, "no words");
    assert_released(world, "ls-tree -r --name-only main", "meetings.md\npair.md\n");
    char *meetings = released(world, "show main:meetings.md");
    assert_preview(world, meetings);
    assert_non_null(strstr(meetings, "held as session 1, 45 min"));
    free(meetings);
}

static void nothing_makes_no_repository(void **state)
{
    struct world *world = *state;
    share(world, "nothing");
    assert_standing(world, TA_RELEASE_CLOSED);
    refused(world, approve(world, TA_MENTEE), TA_REFUSED, "shares nothing");
    char *tip = project(world);
    assert_string_equal(tip, "");
    free(tip);
    char *path = ta_released_path(&world->desk, &world->pair);
    char before[TA_ID_SIZE];
    assert_false(ta_ledger_tip(path, before, &world->err));
    free(path);
}

static void a_contract_that_shares_no_more_takes_everything_back(void **state)
{
    struct world *world = *state;
    share(world, "takeaways");
    fine(world, approve(world, TA_MENTEE));
    fine(world, approve(world, TA_MENTOR));
    free(project(world));
    fine(world, ta_desk_contract_set(&world->desk, &world->pair, TA_CLAUSE_SHARED, "nothing",
                                     &world->err));
    fine(world, ta_desk_contract_sign(&world->desk, &world->pair, TA_MENTOR, &world->err));
    fine(world, ta_desk_contract_sign(&world->desk, &world->pair, TA_MENTEE, &world->err));
    assert_released(world, "log --format=%s main", "Nothing is released\n");
    assert_released(world, "show main:pair.md",
                    "---\nturnabout: released/1\nlevel: nothing\n---\n");
}

static void times_are_those_of_the_facts(void **state)
{
    struct world *world = *state;
    share(world, "takeaways");
    world_days_later(world, 3);
    fine(world, approve(world, TA_MENTEE));
    fine(world, approve(world, TA_MENTOR));
    assert_released(world, "log --reverse --format='%s, %aI, %cI, %an <%ae>, %cn' main",
                    "Contract v1 in force, 2026-11-23T09:00:00+00:00, 2026-11-23T09:00:00+00:00, "
                    "Turnabout <turnabout@localhost>, Turnabout\n"
                    "Meeting planned, 2026-11-23T09:00:00+00:00, 2026-11-23T09:00:00+00:00, "
                    "Turnabout <turnabout@localhost>, Turnabout\n"
                    "Session 1 held, 2026-11-23T09:45:00+00:00, 2026-11-23T09:45:00+00:00, "
                    "Turnabout <turnabout@localhost>, Turnabout\n"
                    "Session 1 released, 2026-11-23T09:45:00+00:00, 2026-11-23T09:45:00+00:00, "
                    "Turnabout <turnabout@localhost>, Turnabout\n");
}

static void the_same_record_makes_the_same_commits(void **state)
{
    struct world *world = *state;
    share(world, "summary");
    fine(world, strike(world, 2));
    fine(world, approve(world, TA_MENTEE));
    free(project(world)); /* on the way: what is made later does not depend on it */
    fine(world, approve(world, TA_MENTOR));
    char *here = project(world);
    free(world_shell(world, "mkdir -p \"$TURNABOUT_HOME-2/pairs/priya-dana\" && "
                            "git clone -q --bare \"$record\" "
                            "\"$TURNABOUT_HOME-2/pairs/priya-dana/record.git\""));
    struct ta_text home = {0};
    ta_text_addf(&home, "%s-2", world->home);
    char *first = world->home;
    world->home = home.bytes;
    world_reopen(world);
    world_days_later(world, 9);
    struct ta_pair pair = {0};
    fine(world, ta_desk_pair(&world->desk, NULL, &pair, &world->err));
    char there[TA_ID_SIZE];
    fine(world, ta_desk_project(&world->desk, &pair, there, &world->err));
    assert_string_equal(here, there);
    ta_pair_release(&pair);
    world->home = first;
    world_reopen(world);
    fine(world, ta_folder_remove(home.bytes, &world->err));
    ta_text_release(&home);
    free(here);
}

static void without_a_change_git_is_not_loaded(void **state)
{
    struct world *world = *state;
    share(world, "takeaways");
    char *before = project(world);
    world_reopen(world);
    char *again = project(world);
    assert_string_equal(before, again);
    assert_false(ta_git_is_loaded(world->desk.git));
    free(before);
    free(again);
}

static void sessions_are_listed(void **state)
{
    struct world *world = *state;
    share(world, "takeaways");
    fine(world, approve(world, TA_MENTEE));
    fine(world, approve(world, TA_MENTOR));
    world_days_later(world, 21);
    world_hold(world, lines, LINES);
    world_sum_up(world);
    struct ta_releases releases;
    fine(world, ta_desk_releases(&world->desk, &world->pair, &releases, &world->err));
    assert_int_equal(releases.count, 2);
    assert_int_equal(releases.items[0].standing, TA_RELEASE_DONE);
    assert_int_equal(releases.items[1].session, 2);
    assert_int_equal(releases.items[1].standing, TA_RELEASE_WAITING);
    ta_releases_release(&releases);
}

#define test_in_world(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_in_world(words_leave_with_the_second_key),
        test_in_world(a_key_is_turned_once),
        test_in_world(a_strike_ends_what_was_approved),
        test_in_world(facts_and_blanks_cannot_be_struck),
        test_in_world(what_was_seen_is_what_is_approved),
        test_in_world(who_struck_is_written_nowhere),
        test_in_world(a_struck_line_was_never_in_an_object),
        test_in_world(withholding_takes_words_back),
        test_in_world(attendance_needs_no_key_and_takes_no_words),
        test_in_world(nothing_makes_no_repository),
        test_in_world(a_contract_that_shares_no_more_takes_everything_back),
        test_in_world(times_are_those_of_the_facts),
        test_in_world(the_same_record_makes_the_same_commits),
        test_in_world(without_a_change_git_is_not_loaded),
        test_in_world(sessions_are_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

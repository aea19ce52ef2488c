#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/base/memory.h"
#include "world.h"

static const int64_t hour_ms = 3600000;

/* Began so many hours ago. */
static bool write_down(struct world *world, int hours, unsigned minutes, const char *lines)
{
    struct ta_moment held = ta_moment_local(ta_desk_now(&world->desk) - hours * hour_ms);
    return ta_desk_session_write(&world->desk, &world->pair, held, minutes, lines, &world->err);
}

static void lines_become_the_summary_by_their_signs(void **state)
{
    struct world *world = *state;
    world_agree(world);
    fine(world,
         write_down(world, 24, 50,
                    "! The first to speak\r\n\n> Dana: ask by 2026-12-01\n% xyzzy\nAn example"));
    struct ta_summary_state summary;
    fine(world, ta_desk_summary(&world->desk, &world->pair, 0, &summary, &world->err));
    assert_string_equal(summary.summary.lines[TA_SUMMARY_TAKEAWAYS].items[0], "The first to speak");
    assert_int_equal(summary.summary.promises.count, 1);
    assert_int_equal(summary.summary.lasted, 50);
    assert_int_equal(ta_day_of(summary.summary.held).day, 22);
    assert_null(strstr(summary.text, "xyzzy"));
    assert_non_null(strstr(summary.text, "## Notes\n- An example\n"));
    fine(world, ta_desk_summary_commit(&world->desk, &world->pair, &summary, NULL, TA_MENTEE,
                                       &world->err));
    ta_summary_state_release(&summary);
    no_object_has_it(world, "The first to speak", "xyzzy");
}

static void nothing_is_kept_of_what_is_refused(void **state)
{
    struct world *world = *state;
    world_agree(world);
    refused(world, write_down(world, 0, 45, ""), TA_WRONG, "not over yet");
    refused(world, write_down(world, 1, 61, ""), TA_WRONG, "not over yet");
    refused(world, write_down(world, 1, 0, ""), TA_WRONG, "minutes");
    refused(world, write_down(world, 20, 601, ""), TA_WRONG, "minutes");
    refused(world, write_down(world, 1, 45, "! fine\n\n!\n"), TA_WRONG, "Line 3");
    refused(world, write_down(world, 1, 45, "! fine\n\x1b[2J\n"), TA_WRONG, "Line 2");
    struct ta_live live;
    fine(world, ta_desk_live(&world->desk, &world->pair, &live, &world->err));
    assert_int_equal(live.sitting.id, 0);
    ta_live_release(&live);
    fine(world, write_down(world, 1, 60, ""));
    refused(world, write_down(world, 1, 45, ""), TA_REFUSED, "waits for its summary");
    world_sum_up(world);
    fine(world, ta_desk_session_start(&world->desk, &world->pair, 0, &world->err));
    refused(world, write_down(world, 1, 45, ""), TA_REFUSED, "running");
}

static void the_page_is_kept_until_it_is_a_session(void **state)
{
    struct world *world = *state;
    struct ta_written page;
    world_agree(world);
    fine(world, ta_desk_written(&world->desk, &world->pair, 1, &page, &world->err));
    assert_null(page.lines);
    page = (struct ta_written){
        .began = ta_copy("yesterday"), .minutes = ta_copy(""), .lines = ta_copy("! one\n\n% two")};
    ta_desk_written_keep(&world->desk, &world->pair, 1, &page);
    ta_written_release(&page);
    world_reopen(world);
    fine(world, ta_desk_written(&world->desk, &world->pair, 1, &page, &world->err));
    assert_string_equal(page.began, "yesterday");
    assert_string_equal(page.minutes, "");
    assert_string_equal(page.lines, "! one\n\n% two");
    ta_written_release(&page);
    fine(world, write_down(world, 1, 45, "! one"));
    fine(world, ta_desk_written(&world->desk, &world->pair, 1, &page, &world->err));
    assert_null(page.lines);
    ta_written_release(&page);
}

static void a_session_may_have_begun_before(void **state)
{
    struct world *world = *state;
    int64_t now = ta_desk_now(&world->desk);
    world_agree(world);
    refused(world, ta_desk_session_start_at(&world->desk, &world->pair, now + 1, &world->err),
            TA_WRONG, "12 hours");
    refused(
        world,
        ta_desk_session_start_at(&world->desk, &world->pair, now - 12 * hour_ms - 1, &world->err),
        TA_WRONG, "12 hours");
    fine(world,
         ta_desk_session_start_at(&world->desk, &world->pair, now - 12 * hour_ms, &world->err));
    struct ta_live live;
    fine(world, ta_desk_live(&world->desk, &world->pair, &live, &world->err));
    assert_int_equal(live.reading.started, now - 12 * hour_ms);
    ta_live_release(&live);
}

#define in_a_world(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_a_world(lines_become_the_summary_by_their_signs),
        in_a_world(nothing_is_kept_of_what_is_refused),
        in_a_world(the_page_is_kept_until_it_is_a_session),
        in_a_world(a_session_may_have_begun_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

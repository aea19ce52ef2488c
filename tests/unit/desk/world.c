#include "world.h"

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

static char *lookup(const char *name)
{
    if (strcmp(name, "TURNABOUT_CLOCK") == 0) {
        return "2026-11-23T09:00:00Z";
    }
    return strncmp(name, "TURNABOUT", 9) == 0 ? getenv(name) : NULL;
}

static void open_desk(struct world *world)
{
    setenv("TURNABOUT_HOME", world->home, 1);
    fine(world, ta_desk_open(&world->desk, lookup, &world->err));
}

int world_open(void **state)
{
    struct world *world = ta_allocate(1, sizeof *world);
    *state = world;
    fine(world, ta_folder_temporary(&world->home, &world->err));
    open_desk(world);
    /* It ran while the desk was opened, which may have taken seconds. */
    int64_t minute = 60000;
    ta_clock_stand(&world->desk.clock, ta_desk_now(&world->desk) / minute * minute);
    world->pair = (struct ta_pair){.me = TA_NOBODY, .topic = ta_copy("Who gets heard")};
    ta_person_read(&world->pair.person[TA_MENTOR], ta_piece_of("Priya Raman <priya@example.org>"));
    ta_person_read(&world->pair.person[TA_MENTEE], ta_piece_of("Dana Holt <dana@example.org>"));
    fine(world, ta_desk_pair_new(&world->desk, &world->pair, &world->err));
    return 0;
}

int world_close(void **state)
{
    struct world *world = *state;
    ta_desk_close(&world->desk);
    ta_pair_release(&world->pair);
    fine(world, ta_folder_remove(world->home, &world->err));
    free(world->home);
    free(world);
    return 0;
}

void world_reopen(struct world *world)
{
    struct ta_clock clock = world->desk.clock;
    ta_desk_close(&world->desk);
    open_desk(world);
    world->desk.clock = clock;
}

void world_later(struct world *world, int64_t minutes)
{
    ta_clock_stand(&world->desk.clock, ta_desk_now(&world->desk) + minutes * 60 * 1000);
}

void world_days_later(struct world *world, int days)
{
    const int64_t minutes_a_day = 1440;
    world_later(world, days * minutes_a_day);
}

void world_agree(struct world *world)
{
    fine(world, ta_desk_contract_set(&world->desk, &world->pair, TA_CLAUSE_GOALS,
                                     "Juniors speak first", &world->err));
    fine(world, ta_desk_contract_set(&world->desk, &world->pair, TA_CLAUSE_OFF_LIMITS,
                                     "family; health", &world->err));
    fine(world, ta_desk_contract_sign(&world->desk, &world->pair, TA_MENTOR, &world->err));
    fine(world, ta_desk_contract_sign(&world->desk, &world->pair, TA_MENTEE, &world->err));
}

void world_hold(struct world *world, const char *const *lines, size_t count)
{
    fine(world, ta_desk_session_start(&world->desk, &world->pair, 0, &world->err));
    for (size_t i = 0; i < count; i++) {
        struct ta_note note = {0};
        world_later(world, 1);
        fine(world, ta_desk_session_note(&world->desk, &world->pair, lines[i], &note, &world->err));
        free(note.text);
    }
    world_later(world, 45 - (int64_t)count);
    fine(world, ta_desk_session_end(&world->desk, &world->pair, 0, &world->err));
}

void world_sum_up(struct world *world)
{
    struct ta_summary_state state = {0};
    fine(world, ta_desk_summary(&world->desk, &world->pair, 0, &state, &world->err));
    fine(world,
         ta_desk_summary_commit(&world->desk, &world->pair, &state, NULL, TA_MENTEE, &world->err));
    ta_summary_state_release(&state);
}

char *world_shell(struct world *world, const char *command)
{
    char *record = ta_record_path(&world->desk, &world->pair);
    setenv("record", record, 1);
    free(record);
    struct ta_text output = {0};
    /* NOLINTNEXTLINE(cert-env33-c): the shell and the git of whoever runs the tests */
    FILE *stream = popen(command, "r");
    assert_non_null(stream);
    fine(world, ta_stream_read(&output, stream, command, 1 << 24, &world->err));
    assert_int_equal(pclose(stream), 0);
    return ta_text_take(&output);
}

void no_object_has_it(struct world *world, const char *ours, const char *mine)
{
    setenv("ours", ours, 1);
    setenv("mine", mine, 1);
    free(world_shell(world, "git --git-dir \"$record\" cat-file --batch-all-objects --batch "
                            ">\"$TURNABOUT_HOME\"/objects && "
                            "grep -aqF \"$ours\" \"$TURNABOUT_HOME\"/objects && "
                            "! grep -aqF \"$mine\" \"$TURNABOUT_HOME\"/objects"));
}

void refused(struct world *world, bool ok, enum ta_code code, const char *word)
{
    assert_false(ok);
    assert_int_equal(world->err.code, code);
    if (!strstr(world->err.text, word)) {
        fail_msg("\"%s\" is not in: %s", word, world->err.text);
    }
}

void fine(struct world *world, bool ok)
{
    if (!ok) {
        fail_msg("%s", world->err.text);
    }
}

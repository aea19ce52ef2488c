#include "turnabout/desk/reply.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/base/memory.h"
#include "turnabout/desk/mail.h"
#include "world.h"

static const char *const lines[] = {"! Silence is no consent"};

static int world_with_a_summary(void **state)
{
    int result = world_open(state);
    world_agree(*state);
    world_hold(*state, lines, 1);
    world_sum_up(*state);
    return result;
}

static void read(struct world *world, enum ta_role as, struct ta_reply_state *state)
{
    fine(world, ta_desk_reply(&world->desk, &world->pair, 0, as, state, &world->err));
}

static void write_words(struct world *world, const char *words)
{
    struct ta_reply_state state;
    read(world, TA_MENTOR, &state);
    fine(world, ta_desk_reply_write(&world->desk, &world->pair, &state, words, &world->err));
    ta_reply_state_release(&state);
}

static void commit(struct world *world)
{
    struct ta_reply_state state;
    read(world, TA_MENTOR, &state);
    fine(world, ta_desk_reply_commit(&world->desk, &world->pair, &state, &world->err));
    assert_false(state.drafted);
    ta_reply_state_release(&state);
}

static void expect_words(struct world *world, enum ta_role as, const char *words)
{
    struct ta_reply_state state;
    read(world, as, &state);
    assert_string_equal(state.words, words);
    ta_reply_state_release(&state);
}

static void before_a_summary_there_is_nothing_to_reply_to(void **state)
{
    struct world *world = *state;
    struct ta_reply_state reply;
    refused(world, ta_desk_reply(&world->desk, &world->pair, 0, TA_MENTOR, &reply, &world->err),
            TA_ABSENT, "no summary to reply to yet");
    refused(world, ta_desk_reply(&world->desk, &world->pair, 7, TA_MENTOR, &reply, &world->err),
            TA_ABSENT, "session 7");
    world_agree(world);
    world_hold(world, lines, 1);
    refused(world, ta_desk_reply(&world->desk, &world->pair, 1, TA_MENTOR, &reply, &world->err),
            TA_ABSENT, "session 1");
}

static void a_draft_is_its_writers_until_it_is_committed(void **state)
{
    struct world *world = *state;
    write_words(world, "\nI was tired.\n");
    expect_words(world, TA_MENTOR, "I was tired.");
    expect_words(world, TA_MENTEE, "");
    world_reopen(world);
    expect_words(world, TA_MENTOR, "I was tired.");
    commit(world);
    expect_words(world, TA_MENTEE, "I was tired.");
    char *paper = world_shell(world, "git --git-dir \"$record\" show main:sessions/01/reply.md");
    assert_string_equal(paper, "---\nturnabout: reply/1\nsession: 1\n---\n# Reply to session 1\n\n"
                               "I was tired.\n");
    free(paper);
}

static void a_second_commit_changes_it_and_both_are_the_mentor_s(void **state)
{
    struct world *world = *state;
    write_words(world, "I was tired.");
    commit(world);
    write_words(world, "I was tired, and you saw it.");
    commit(world);
    char *log = world_shell(world, "git --git-dir \"$record\" log -2 --format='%an: %s, "
                                   "%(trailers:key=Session,separator=%x20)' --name-only "
                                   "-- sessions | grep -v '^$'");
    assert_string_equal(log, "Priya Raman: Reply to session 1: changed, Session: 1\n"
                             "sessions/01/reply.md\n"
                             "Priya Raman: Reply to session 1, Session: 1\n"
                             "sessions/01/reply.md\n");
    free(log);
    struct ta_reply_state reply;
    read(world, TA_MENTOR, &reply);
    refused(world, ta_desk_reply_commit(&world->desk, &world->pair, &reply, &world->err),
            TA_REFUSED, "in the record as it stands");
    ta_reply_state_release(&reply);
}

static void the_mentee_does_not_write_it(void **state)
{
    struct world *world = *state;
    struct ta_reply_state reply;
    world->pair.me = TA_MENTEE;
    read(world, TA_NOBODY, &reply);
    refused(world, ta_desk_reply_write(&world->desk, &world->pair, &reply, "Mine", &world->err),
            TA_REFUSED, "Priya Raman's");
    refused(world, ta_desk_reply_commit(&world->desk, &world->pair, &reply, &world->err),
            TA_REFUSED, "Priya Raman's");
    ta_reply_state_release(&reply);
    expect_words(world, TA_MENTOR, "");
}

static void what_is_no_text_is_refused(void **state)
{
    struct world *world = *state;
    struct ta_reply_state reply;
    char *longer = ta_allocate(TA_REPLY_LONGEST + 2, 1);
    memset(longer, 'x', TA_REPLY_LONGEST + 1);
    read(world, TA_MENTOR, &reply);
    refused(world, ta_desk_reply_write(&world->desk, &world->pair, &reply, longer, &world->err),
            TA_WRONG, "too long");
    refused(world,
            ta_desk_reply_write(&world->desk, &world->pair, &reply, "a\033[31mb", &world->err),
            TA_WRONG, "control character");
    refused(world, ta_desk_reply_commit(&world->desk, &world->pair, &reply, &world->err), TA_WRONG,
            "empty");
    ta_reply_state_release(&reply);
    free(longer);
}

static void of_two_that_write_at_once_neither_loses_a_word(void **state)
{
    struct world *world = *state;
    struct ta_reply_state one;
    read(world, TA_MENTOR, &one);
    write_words(world, "From the other terminal");
    refused(world, ta_desk_reply_write(&world->desk, &world->pair, &one, "From here", &world->err),
            TA_BUSY, "changed elsewhere");
    expect_words(world, TA_MENTOR, "From the other terminal");
    ta_reply_state_release(&one);
}

static void no_mail_has_it(void **state)
{
    struct world *world = *state;
    struct ta_mail_state mail;
    write_words(world, "I was tired.");
    commit(world);
    fine(world, ta_desk_mail(&world->desk, &world->pair, 1, TA_MENTEE, &mail, &world->err));
    assert_non_null(strstr(mail.text, "Silence is no consent"));
    assert_null(strstr(mail.text, "tired"));
    ta_mail_state_release(&mail);
}

static void home_has_its_first_line(void **state)
{
    struct world *world = *state;
    struct ta_standing standing;
    fine(world, ta_desk_standing(&world->desk, &world->pair, &standing, &world->err));
    assert_null(standing.reply);
    ta_standing_release(&standing);
    write_words(world, "## I was tired\n\nThat is all.");
    commit(world);
    fine(world, ta_desk_standing(&world->desk, &world->pair, &standing, &world->err));
    assert_string_equal(standing.reply, "I was tired");
    ta_standing_release(&standing);
}

#define BEHIND_A_SUMMARY(test)                                                                     \
    cmocka_unit_test_setup_teardown(test, world_with_a_summary, world_close)

/* By a hand, or a merge of an older program. */
static void what_cannot_be_read_is_written_anew(void **state)
{
    struct world *world = *state;
    struct ta_reply_state reply;
    write_words(world, "I was tired.");
    commit(world);
    free(world_shell(world,
                     "export GIT_INDEX_FILE=\"$record/hand\" GIT_DIR=\"$record\" && git read-tree "
                     "main && git update-index --add --cacheinfo 100644,$(git hash-object -w "
                     "/dev/null),sessions/01/reply.md && git update-ref refs/heads/main $(git -c "
                     "user.name=x -c user.email=x commit-tree -m hand -p main $(git write-tree))"));
    refused(world, ta_desk_reply(&world->desk, &world->pair, 1, TA_MENTEE, &reply, &world->err),
            TA_DAMAGED, "does not say what it is");
    read(world, TA_MENTOR, &reply);
    assert_non_null(strstr(reply.trouble, "does not say what it is"));
    assert_string_equal(reply.words, "");
    refused(world, ta_desk_reply_commit(&world->desk, &world->pair, &reply, &world->err), TA_WRONG,
            "empty");
    ta_reply_state_release(&reply);
    write_words(world, "I was tired, and said so.");
    commit(world);
    expect_words(world, TA_MENTEE, "I was tired, and said so.");
    read(world, TA_MENTOR, &reply);
    assert_null(reply.trouble);
    ta_reply_state_release(&reply);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(before_a_summary_there_is_nothing_to_reply_to, world_open,
                                        world_close),
        BEHIND_A_SUMMARY(a_draft_is_its_writers_until_it_is_committed),
        BEHIND_A_SUMMARY(a_second_commit_changes_it_and_both_are_the_mentor_s),
        BEHIND_A_SUMMARY(the_mentee_does_not_write_it),
        BEHIND_A_SUMMARY(what_is_no_text_is_refused),
        BEHIND_A_SUMMARY(of_two_that_write_at_once_neither_loses_a_word),
        BEHIND_A_SUMMARY(what_cannot_be_read_is_written_anew),
        BEHIND_A_SUMMARY(no_mail_has_it),
        BEHIND_A_SUMMARY(home_has_its_first_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Two machines: a copy of the first is the second. What one has, the other fetches by path.
 */
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
#include "turnabout/desk/history.h"
#include "turnabout/desk/meetings.h"
#include "turnabout/desk/merge.h"
#include "turnabout/desk/record.h"
#include "turnabout/ledger/refs.h"
#include "turnabout/store/choices.h"
#include "world.h"

struct two {
    struct world *a, *b;
};

/* A second machine with all that the first has. */
static struct world *copy_of(struct world *one)
{
    struct world *other = ta_allocate(1, sizeof *other);
    struct ta_clock clock = one->desk.clock;
    fine(one, ta_folder_temporary(&other->home, &one->err));
    ta_desk_close(&one->desk);
    setenv("from", one->home, 1);
    setenv("to", other->home, 1);
    /* NOLINTNEXTLINE(cert-env33-c): the shell of whoever runs the tests */
    assert_int_equal(system("cp -a \"$from\"/. \"$to\""), 0);
    world_reopen(one);
    world_reopen(other);
    one->desk.clock = clock;
    other->desk.clock = clock;
    fine(other, ta_desk_pair(&other->desk, NULL, &other->pair, &other->err));
    return other;
}

static int open_two(void **state)
{
    struct two *two = ta_allocate(1, sizeof *two);
    void *one = NULL;
    (void)world_open(&one);
    two->a = one;
    world_agree(two->a);
    two->b = copy_of(two->a);
    *state = two;
    return 0;
}

static int close_two(void **state)
{
    struct two *two = *state;
    void *one = two->a;
    void *other = two->b;
    (void)world_close(&one);
    (void)world_close(&other);
    free(two);
    return 0;
}

static void fetch(struct world *world, const struct world *from)
{
    char *record = ta_record_path(&from->desk, &from->pair);
    setenv("other", record, 1);
    free(world_shell(world, "git --git-dir \"$record\" fetch -q \"$other\" "
                            "+main:refs/remotes/pair/main"));
    free(record);
}

static enum ta_merged merge(struct world *world, size_t *conflicts)
{
    char theirs[TA_ID_SIZE];
    char *record = ta_record_path(&world->desk, &world->pair);
    enum ta_merged merged;
    fine(world, ta_ledger_ref(record, TA_REF_REMOTE, theirs, &world->err));
    fine(world, ta_desk_merge(&world->desk, &world->pair, theirs, &merged, conflicts, &world->err));
    free(record);
    return merged;
}

static void merges(struct world *world, const struct world *from, enum ta_merged expected)
{
    size_t conflicts = 0;
    fetch(world, from);
    assert_int_equal(merge(world, &conflicts), expected);
    assert_int_equal(conflicts, 0);
}

static char *tree_of(struct world *world)
{
    return world_shell(world, "git --git-dir \"$record\" fsck --strict 2>&1 | grep -v dangling; "
                              "git --git-dir \"$record\" rev-parse main^{tree}");
}

/* Each takes what the other has; in the end both have the same, in a record that git finds sound.
 */
static void become_one(struct two *two)
{
    size_t conflicts = 0;
    fetch(two->a, two->b);
    (void)merge(two->a, &conflicts);
    assert_int_equal(conflicts, 0);
    merges(two->b, two->a, TA_MERGED_FORWARD);
    char *one = tree_of(two->a);
    char *other = tree_of(two->b);
    assert_int_equal(strlen(one), TA_ID_SIZE); /* an id and a line end: fsck said nothing */
    assert_string_equal(one, other);
    free(one);
    free(other);
}

static void holds(struct world *world, const char *document, const char *part)
{
    char *text = NULL;
    char tip[TA_ID_SIZE];
    fine(world, ta_record_refresh(&world->desk, &world->pair, tip, &world->err));
    fine(world, ta_record_text(&world->desk, &world->pair, document, &text, &world->err));
    if (text == NULL || strstr(text, part) == NULL) {
        fail_msg("\"%s\" is not in %s:\n%s", part, document, text != NULL ? text : "(not there)");
    }
    free(text);
}

static void is_not_there(struct world *world, const char *document)
{
    char *text = NULL;
    fine(world, ta_record_text(&world->desk, &world->pair, document, &text, &world->err));
    assert_null(text);
}

static struct ta_moment at(const char *text)
{
    struct ta_moment moment;
    assert_true(ta_moment_read(&moment, ta_piece_of(text)));
    return moment;
}

static void plan(struct world *world, const char *when)
{
    fine(world, ta_desk_meeting_plan(&world->desk, &world->pair, at(when), TA_NOBODY, &world->err));
}

static void commit_text(struct world *world, const char *document, const char *text)
{
    char tip[TA_ID_SIZE];
    struct ta_document changed = {.path = document, .text = text};
    struct ta_commit commit = {.subject = "By hand",
                               .pair = &world->pair,
                               .author = &world->pair.person[TA_MENTOR],
                               .when = ta_desk_moment(&world->desk)};
    fine(world, ta_record_refresh(&world->desk, &world->pair, tip, &world->err));
    fine(world, ta_record_commit(&world->desk, &commit, &changed, 1, tip, &world->err));
}

#define REPLY(words) "---\nturnabout: reply/1\nsession: 1\n---\n# Reply\n\n" words

static void what_the_other_has_is_taken_over(void **state)
{
    struct two *two = *state;
    merges(two->a, two->b, TA_MERGED_NOTHING);
    plan(two->b, "2026-11-25T10:00:00+01:00");
    merges(two->a, two->b, TA_MERGED_FORWARD);
    holds(two->a, "meetings.md", "- M1 2026-11-25T10:00:00+01:00 planned\n");
    plan(two->a, "2026-12-02T10:00:00+01:00");
    merges(two->a, two->b, TA_MERGED_NOTHING);
}

static void two_dates_with_one_id_get_two(void **state)
{
    struct two *two = *state;
    plan(two->a, "2026-12-02T10:00:00+01:00");
    world_later(two->b, 1);
    plan(two->b, "2026-11-25T10:00:00+01:00");
    become_one(two);
    holds(two->b, "meetings.md",
          "- M1 2026-11-25T10:00:00+01:00 planned\n- M2 2026-12-02T10:00:00+01:00 planned\n");
    holds(two->b, "README.md", "Wed 25 Nov 2026, 10:00");
}

static void who_joins_them_does_not_matter(void **state)
{
    struct two *two = *state;
    plan(two->a, "2026-12-02T10:00:00+01:00");
    world_later(two->b, 1);
    plan(two->b, "2026-11-25T10:00:00+01:00");
    fetch(two->a, two->b);
    fetch(two->b, two->a);
    size_t conflicts = 0;
    assert_int_equal(merge(two->a, &conflicts), TA_MERGED_BOTH);
    assert_int_equal(merge(two->b, &conflicts), TA_MERGED_BOTH);
    char *one = world_shell(two->a, "git --git-dir \"$record\" log -1 --format='%H %an %ad' main");
    char *other =
        world_shell(two->b, "git --git-dir \"$record\" log -1 --format='%H %an %ad' main");
    assert_string_equal(one, other);
    assert_non_null(strstr(one, "Turnabout Mon Nov 23 10:01:00 2026 +0100"));
    free(one);
    free(other);
}

static void promises_of_two_summaries_keep_apart(void **state)
{
    struct two *two = *state;
    world_hold(two->a, (const char *const[]){"> Dana: count who speaks first"}, 1);
    world_sum_up(two->a);
    become_one(two);
    /* Both hold a second session; of the same number only because neither knew of the other. */
    world_hold(two->a, (const char *const[]){"> Dana: ask juniors first"}, 1);
    world_sum_up(two->a);
    world_later(two->b, 600);
    world_hold(two->b, (const char *const[]){"> Priya: share the survey"}, 1);
    world_sum_up(two->b);
    size_t conflicts = 0;
    fetch(two->a, two->b);
    assert_int_equal(merge(two->a, &conflicts), TA_MERGED_CONFLICTS);
    struct ta_conflicts found;
    while (ta_desk_conflicts(&two->a->desk, &two->a->pair, &found, &two->a->err) &&
           found.left > 0) {
        struct ta_conflict *conflict = found.items;
        while (conflict->is_chosen) {
            conflict++;
        }
        fine(two->a, ta_desk_conflict_choose(&two->a->desk, &two->a->pair, conflict,
                                             conflict->theirs, &two->a->err));
        ta_conflicts_release(&found);
    }
    ta_conflicts_release(&found);
    merges(two->b, two->a, TA_MERGED_FORWARD);
    holds(two->b, "promises.md",
          "- [ ] P2 Dana Holt: ask juniors first (session 2)\n"
          "- [ ] P3 Priya Raman: share the survey (session 2)\n");
    holds(two->b, "sessions/02/summary.md", "P2 Dana Holt: ask juniors first");
    holds(two->b, "sessions/02/summary.md", "P3 Priya Raman: share the survey");
}

static void each_signs_on_their_own_machine(void **state)
{
    struct two *two = *state;
    for (int i = 0; i < 2; i++) {
        struct world *world = i == 0 ? two->a : two->b;
        fine(world, ta_desk_contract_set(&world->desk, &world->pair, TA_CLAUSE_GOALS,
                                         "Juniors decide", &world->err));
        world_later(world, i);
        fine(world, ta_desk_contract_sign(&world->desk, &world->pair,
                                          i == 0 ? TA_MENTOR : TA_MENTEE, &world->err));
    }
    become_one(two);
    struct ta_contract_state contract;
    fine(two->b, ta_desk_contract(&two->b->desk, &two->b->pair, &contract, &two->b->err));
    assert_true(ta_contract_state_in_force(&contract));
    assert_int_equal(contract.version_in_force, 2);
    ta_contract_state_release(&contract);
    is_not_there(two->b, "contract-proposed.md");
    holds(two->b, "README.md", "[version 2](contract.md) is in force");
}

static char *contract_with(struct world *world, enum ta_clause clause, const char *value)
{
    struct ta_contract_state contract;
    fine(world, ta_desk_contract_set(&world->desk, &world->pair, clause, value, &world->err));
    fine(world, ta_desk_contract(&world->desk, &world->pair, &contract, &world->err));
    char *text = ta_copy(contract.paper);
    ta_contract_state_release(&contract);
    return text;
}

static void a_contract_that_a_merge_changed_is_unsigned(void **state)
{
    struct two *two = *state;
    free(contract_with(two->a, TA_CLAUSE_DURATION, "60"));
    free(contract_with(two->b, TA_CLAUSE_RHYTHM, "2"));
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        fine(two->a, ta_desk_contract_sign(&two->a->desk, &two->a->pair, role, &two->a->err));
        fine(two->b, ta_desk_contract_sign(&two->b->desk, &two->b->pair, role, &two->b->err));
    }
    become_one(two);
    holds(two->a, "contract.md", "60 minutes");
    holds(two->a, "contract.md", "2 weeks");
    struct ta_contract_state contract;
    fine(two->a, ta_desk_contract(&two->a->desk, &two->a->pair, &contract, &two->a->err));
    assert_null(contract.in_force);
    assert_null(contract.signed_by[TA_MENTOR]);
    assert_null(contract.signed_by[TA_MENTEE]);
    ta_contract_state_release(&contract);
    holds(two->a, "README.md", "Contract: none in force yet");
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        fine(two->a, ta_desk_contract_sign(&two->a->desk, &two->a->pair, role, &two->a->err));
    }
    holds(two->a, "README.md", "is in force");
}

/* One's version came into force on the first machine, while the other proposed another under its
 * number on the second; whoever merges. */
static void become_one_with_a_proposal(struct two *two, struct world *merging, struct world *other)
{
    size_t conflicts = 0;
    free(contract_with(two->a, TA_CLAUSE_PLACE, "Canteen"));
    fine(two->a, ta_desk_contract_sign(&two->a->desk, &two->a->pair, TA_MENTEE, &two->a->err));
    become_one(two);
    fine(two->a, ta_desk_contract_sign(&two->a->desk, &two->a->pair, TA_MENTOR, &two->a->err));
    free(contract_with(two->b, TA_CLAUSE_PLACE, "Library"));
    world_later(two->b, 1);
    fine(two->b, ta_desk_contract_sign(&two->b->desk, &two->b->pair, TA_MENTOR, &two->b->err));
    fetch(merging, other);
    (void)merge(merging, &conflicts);
    assert_int_equal(conflicts, 0);
    merges(other, merging, TA_MERGED_FORWARD);
}

static void is_the_next_and_unsigned(struct world *world)
{
    struct ta_contract_state contract;
    holds(world, "contract.md", "Canteen");
    holds(world, "README.md", "[version 2](contract.md) is in force");
    fine(world, ta_desk_contract(&world->desk, &world->pair, &contract, &world->err));
    assert_int_equal(contract.version_in_force, 2);
    assert_int_equal(contract.contract.version, 3);
    assert_false(contract.outdated);
    assert_string_equal(contract.contract.value[TA_CLAUSE_PLACE], "Library");
    assert_null(contract.signed_by[TA_MENTOR]);
    assert_null(contract.signed_by[TA_MENTEE]);
    ta_contract_state_release(&contract);
}

static void a_proposal_under_the_number_in_force_is_the_next(void **state)
{
    struct two *two = *state;
    become_one_with_a_proposal(two, two->b, two->a);
    is_the_next_and_unsigned(two->a);
    is_the_next_and_unsigned(two->b);
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        fine(two->b, ta_desk_contract_sign(&two->b->desk, &two->b->pair, role, &two->b->err));
    }
    holds(two->b, "contract.md", "version: 3");
    holds(two->b, "contract.md", "Library");
}

static void and_whoever_merges_makes_the_same_of_it(void **state)
{
    struct two *two = *state;
    become_one_with_a_proposal(two, two->a, two->b);
    is_the_next_and_unsigned(two->a);
    is_the_next_and_unsigned(two->b);
}

static void the_same_sentence_is_chosen_by_the_two(void **state)
{
    struct two *two = *state;
    plan(two->a, "2026-11-25T10:00:00+01:00");
    fine(two->a, ta_desk_contract_set(&two->a->desk, &two->a->pair, TA_CLAUSE_PLACE, "Canteen",
                                      &two->a->err));
    fine(two->a, ta_desk_contract_sign(&two->a->desk, &two->a->pair, TA_MENTOR, &two->a->err));
    become_one(two);
    commit_text(two->a, "sessions/01/reply.md", REPLY("Thank you.\nI liked it.\n"));
    become_one(two);
    commit_text(two->a, "sessions/01/reply.md", REPLY("Thank you all.\nI liked it.\n"));
    world_later(two->b, 5);
    commit_text(two->b, "sessions/01/reply.md", REPLY("Thanks, Dana.\nI liked it.\n"));
    size_t conflicts = 0;
    fetch(two->b, two->a);
    assert_int_equal(merge(two->b, &conflicts), TA_MERGED_CONFLICTS);
    assert_int_equal(conflicts, 1);
    /* Work goes on meanwhile, and what is to be chosen stays the same. */
    plan(two->b, "2026-12-09T10:00:00+01:00");
    struct ta_conflicts found;
    fine(two->b, ta_desk_conflicts(&two->b->desk, &two->b->pair, &found, &two->b->err));
    assert_int_equal(found.count, 1);
    assert_string_equal(found.items[0].document, "sessions/01/reply.md");
    assert_string_equal(found.items[0].heading, "Reply");
    assert_string_equal(found.items[0].base, "Thank you.\n");
    assert_string_equal(found.items[0].ours, "Thanks, Dana.\n");
    assert_string_equal(found.items[0].theirs, "Thank you all.\n");
    refused(two->b,
            ta_desk_conflict_choose(&two->b->desk, &two->b->pair, found.items, "a\x1b[2J",
                                    &two->b->err),
            TA_WRONG, "plain UTF-8");
    fine(two->b, ta_desk_conflict_choose(&two->b->desk, &two->b->pair, found.items,
                                         "Thank you, Dana, and all.", &two->b->err));
    refused(
        two->b,
        ta_desk_conflict_choose(&two->b->desk, &two->b->pair, found.items, "Again", &two->b->err),
        TA_BUSY, "went on");
    ta_conflicts_release(&found);
    holds(two->b, "sessions/01/reply.md", "\n\nThank you, Dana, and all.\nI liked it.\n");
    holds(two->b, "meetings.md", "M2 2026-12-09T10:00:00+01:00 planned");
    merges(two->a, two->b, TA_MERGED_FORWARD);
    char *body = world_shell(two->a, "git --git-dir \"$record\" log -1 --format=%an:%b main");
    assert_non_null(strstr(body, "Dana Holt:Chosen, where both had changed the same:\n"
                                 "- sessions/01/reply.md: Reply\n"));
    free(body);
}

static void a_document_that_went_is_asked_about(void **state)
{
    struct two *two = *state;
    commit_text(two->a, "sessions/01/reply.md", REPLY("Thank you.\n"));
    become_one(two);
    commit_text(two->a, "sessions/01/reply.md", NULL);
    commit_text(two->b, "sessions/01/reply.md", REPLY("Thank you, Dana.\n"));
    size_t conflicts = 0;
    fetch(two->a, two->b);
    assert_int_equal(merge(two->a, &conflicts), TA_MERGED_CONFLICTS);
    struct ta_conflicts found;
    fine(two->a, ta_desk_conflicts(&two->a->desk, &two->a->pair, &found, &two->a->err));
    assert_int_equal(found.count, 1);
    assert_true(found.items[0].whole);
    assert_null(found.items[0].ours);
    fine(two->a,
         ta_desk_conflict_choose(&two->a->desk, &two->a->pair, found.items, NULL, &two->a->err));
    ta_conflicts_release(&found);
    is_not_there(two->a, "sessions/01/reply.md");
    merges(two->b, two->a, TA_MERGED_FORWARD);
    is_not_there(two->b, "sessions/01/reply.md");
}

/* Both moved one date, each to another. */
static void move_apart(struct two *two, struct ta_conflicts *found)
{
    struct ta_asked asked = {.by = TA_MENTEE};
    plan(two->a, "2026-11-25T10:00:00+01:00");
    become_one(two);
    fine(two->a,
         ta_desk_meeting_move(&two->a->desk, &two->a->pair, 1, at("2026-11-26T10:00:00+01:00"),
                              &asked, TA_NOBODY, NULL, &two->a->err));
    world_later(two->b, 1);
    fine(two->b,
         ta_desk_meeting_move(&two->b->desk, &two->b->pair, 1, at("2026-11-27T10:00:00+01:00"),
                              &asked, TA_NOBODY, NULL, &two->b->err));
    size_t conflicts = 0;
    fetch(two->b, two->a);
    assert_int_equal(merge(two->b, &conflicts), TA_MERGED_CONFLICTS);
    fine(two->b, ta_desk_conflicts(&two->b->desk, &two->b->pair, found, &two->b->err));
    assert_int_equal(found->count, 1);
}

static void refuses(struct world *world, const struct ta_conflicts *found, const char *text,
                    const char *word)
{
    struct ta_conflicts still;
    refused(world,
            ta_desk_conflict_choose(&world->desk, &world->pair, found->items, text, &world->err),
            TA_WRONG, word);
    assert_non_null(strstr(world->err.text, "Nothing was chosen"));
    fine(world, ta_desk_conflicts(&world->desk, &world->pair, &still, &world->err));
    assert_false(still.items[0].is_chosen);
    ta_conflicts_release(&still);
}

static void what_would_be_no_list_of_dates_is_not_chosen(void **state)
{
    struct two *two = *state;
    struct ta_conflicts found;
    move_apart(two, &found);
    assert_non_null(
        strstr(found.items[0].shown[0], "moved to M3 (Fri 27 Nov 2026 10:00) by mentee"));
    assert_non_null(
        strstr(found.items[0].shown[1], "moved to M2 (Thu 26 Nov 2026 10:00) by mentee"));
    refuses(two->b, &found, "", "M1");
    refuses(two->b, &found, "x\n", "M1");
    refuses(two->b, &found, "- M1 2026-11-25T10:00:00+01:00 planned\n- M2 2026-12-01 planned\n",
            "no date");
    refuses(two->b, &found, "- M1 2026-11-25T10:00:00+01:00 moved to M1 by mentee\n", "M1");
    struct ta_text both = {0};
    ta_text_addf(&both, "%s%s", found.items[0].ours, found.items[0].theirs);
    refuses(two->b, &found, both.bytes, "more than once");
    ta_text_release(&both);
    fine(two->b, ta_desk_conflict_choose(&two->b->desk, &two->b->pair, found.items,
                                         found.items[0].theirs, &two->b->err));
    ta_conflicts_release(&found);
    merges(two->a, two->b, TA_MERGED_FORWARD);
}

static void what_no_clause_takes_is_not_chosen(void **state)
{
    struct two *two = *state;
    struct ta_conflicts found;
    size_t conflicts = 0;
    free(contract_with(two->a, TA_CLAUSE_DURATION, "60"));
    fine(two->a, ta_desk_contract_sign(&two->a->desk, &two->a->pair, TA_MENTOR, &two->a->err));
    world_later(two->b, 1);
    free(contract_with(two->b, TA_CLAUSE_DURATION, "30"));
    fine(two->b, ta_desk_contract_sign(&two->b->desk, &two->b->pair, TA_MENTEE, &two->b->err));
    fetch(two->b, two->a);
    assert_int_equal(merge(two->b, &conflicts), TA_MERGED_CONFLICTS);
    fine(two->b, ta_desk_conflicts(&two->b->desk, &two->b->pair, &found, &two->b->err));
    assert_int_equal(found.count, 1);
    refuses(two->b, &found, "abc\n", "from 15 to 240");
    refuses(two->b, &found, "---\nturnabout: contract/9\n---\n", "whole number");
    refuses(two->b, &found, "45 minutes\n\n## Goals\n\n- smuggled\n", "## Goals");
    refuses(two->b, &found, "```\n", "would lose");
    fine(two->b, ta_desk_conflict_choose(&two->b->desk, &two->b->pair, found.items, "45 minutes\n",
                                         &two->b->err));
    ta_conflicts_release(&found);
    holds(two->b, "contract-proposed.md", "45 minutes\n");
}

/* One took the reply away, the other changed it. */
static void no_words_for_a_document_take_it_away(void **state)
{
    struct two *two = *state;
    struct ta_conflicts found;
    size_t conflicts = 0;
    commit_text(two->a, "sessions/01/reply.md", REPLY("Thank you.\n"));
    become_one(two);
    commit_text(two->a, "sessions/01/reply.md", NULL);
    commit_text(two->b, "sessions/01/reply.md", REPLY("Thank you, Dana.\n"));
    fetch(two->b, two->a);
    assert_int_equal(merge(two->b, &conflicts), TA_MERGED_CONFLICTS);
    fine(two->b, ta_desk_conflicts(&two->b->desk, &two->b->pair, &found, &two->b->err));
    refuses(two->b, &found, "Thank you.\n", "sessions/01/reply.md does not say what it is");
    fine(two->b,
         ta_desk_conflict_choose(&two->b->desk, &two->b->pair, found.items, " \n", &two->b->err));
    ta_conflicts_release(&found);
    is_not_there(two->b, "sessions/01/reply.md");
    merges(two->a, two->b, TA_MERGED_FORWARD);
}

/* What was chosen before the record went on, or by a program that took anything. */
static void what_nobody_would_take_is_not_merged(void **state)
{
    struct two *two = *state;
    struct ta_conflicts found;
    size_t conflicts = 0;
    move_apart(two, &found);
    struct ta_text many = {0};
    for (unsigned id = 10; id < 2200; id++) {
        ta_text_addf(&many, "- M%u 2027-01-01T10:00:00+01:00 planned\n", id);
    }
    fine(two->b, ta_store_choice_put(two->b->desk.store, two->b->pair.id, found.items[0].digest,
                                     many.bytes, &two->b->err));
    ta_text_release(&many);
    ta_conflicts_release(&found);
    char theirs[TA_ID_SIZE];
    char *record = ta_record_path(&two->b->desk, &two->b->pair);
    enum ta_merged merged;
    fine(two->b, ta_ledger_ref(record, TA_REF_REMOTE, theirs, &two->b->err));
    free(record);
    refused(two->b,
            ta_desk_merge(&two->b->desk, &two->b->pair, theirs, &merged, &conflicts, &two->b->err),
            TA_REFUSED, "choose again");
}

static void history_shows_both_and_the_merge(void **state)
{
    struct two *two = *state;
    commit_text(two->a, "a.md", "of a\n");
    world_later(two->b, 1);
    commit_text(two->b, "b.md", "of b\n");
    become_one(two);
    struct ta_entries entries;
    fine(two->a, ta_desk_history(&two->a->desk, &two->a->pair, 0, 3, &entries, &two->a->err));
    assert_int_equal(entries.count, 3);
    assert_string_equal(ta_entry_kind(&entries.items[0]), "merge");
    ta_entries_release(&entries);
    /* What came with the merge is a version where it was written, and not once more. */
    for (int i = 0; i < 2; i++) {
        fine(two->a, ta_desk_history_versions(&two->a->desk, &two->a->pair, i ? "b.md" : "a.md", 0,
                                              &entries, &two->a->err));
        assert_int_equal(entries.count, 1);
        assert_string_equal(entries.items[0].subject, "By hand");
        ta_entries_release(&entries);
    }
}

static void another_record_is_refused(void **state)
{
    struct two *two = *state;
    free(world_shell(two->b,
                     "cd \"$record\" && git update-ref refs/heads/main "
                     "$(git -c user.name=x -c user.email=x@x commit-tree -m x main^{tree})"));
    fetch(two->a, two->b);
    char *theirs = world_shell(two->b, "git --git-dir \"$record\" rev-parse main | tr -d '\\n'");
    enum ta_merged merged;
    size_t conflicts;
    refused(two->a,
            ta_desk_merge(&two->a->desk, &two->a->pair, theirs, &merged, &conflicts, &two->a->err),
            TA_REFUSED, "nothing in common");
    free(theirs);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_two, close_two)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_the_other_has_is_taken_over),
        TEST(two_dates_with_one_id_get_two),
        TEST(who_joins_them_does_not_matter),
        TEST(promises_of_two_summaries_keep_apart),
        TEST(each_signs_on_their_own_machine),
        TEST(a_contract_that_a_merge_changed_is_unsigned),
        TEST(a_proposal_under_the_number_in_force_is_the_next),
        TEST(and_whoever_merges_makes_the_same_of_it),
        TEST(the_same_sentence_is_chosen_by_the_two),
        TEST(a_document_that_went_is_asked_about),
        TEST(what_would_be_no_list_of_dates_is_not_chosen),
        TEST(what_no_clause_takes_is_not_chosen),
        TEST(no_words_for_a_document_take_it_away),
        TEST(what_nobody_would_take_is_not_merged),
        TEST(history_shows_both_and_the_merge),
        TEST(another_record_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

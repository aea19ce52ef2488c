/*
 * What two chose for one place of a paper takes no other place away, and puts nothing before it.
 */
#include "papers.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/document/chosen.h"

#define CONTRACT(place)                                                                            \
    "---\nturnabout: contract/1\nversion: 2\nmentor: Priya\nmentee: Dana\n---\n# Contract\n\n"     \
    "## Goals\n\n- one\n\n## Place\n\n" place "\n## Exit\n\nAny time.\n"
#define SUMMARY(held)                                                                              \
    "---\nturnabout: summary/1\nsession: 1\n" held "minutes: {planned: 45, lasted: 47}\n---\n"     \
    "# Session 1\n\n## Takeaways\n- one\n"
#define MEETINGS(entries) "---\nturnabout: meetings/1\n---\n# Meetings\n\n" entries
#define MOVED(id, to) "- " id " 2026-11-24T10:00:00+01:00 moved to " to " by mentee\n"
#define PLANNED(id) "- " id " 2026-12-01T10:00:00+01:00 planned\n"
#define PROMISES(entries) "---\nturnabout: promises/1\n---\n# Promises\n\n" entries
#define REPLY(words) "---\nturnabout: reply/1\nsession: 1\n---\n# Reply\n\n" words

static void fits(const char *path, const char *ours, const char *theirs, const char *text)
{
    struct ta_error err;
    const struct ta_chosen chosen = {path, text, {ours, theirs}};
    if (!ta_chosen_check(&chosen, &priya_and_dana, &err)) {
        fail_msg("%s", err.text);
    }
}

static void is_refused(const char *path, const char *ours, const char *theirs, const char *text,
                       const char *word)
{
    struct ta_error err = {0};
    const struct ta_chosen chosen = {path, text, {ours, theirs}};
    if (ta_chosen_check(&chosen, &priya_and_dana, &err)) {
        fail_msg("this was taken:\n%s", text);
    }
    assert_holds(err.text, word);
    assert_holds(err.text, path);
}

static void refused_in_contract(const char *typed, const char *word)
{
    is_refused("contract.md", CONTRACT("Canteen\n"), CONTRACT("Library\n"), typed, word);
}

static void a_place_keeps_to_itself(void **state)
{
    (void)state;
    fits("contract.md", CONTRACT("Canteen\n"), CONTRACT("Library\n"),
         CONTRACT("Both.\n\n### Mondays\n\nThe canteen.\n"));
    refused_in_contract(CONTRACT("Both.\n\n## Goals\n\n- smuggled\n"), "\"## Goals\"");
    refused_in_contract(CONTRACT("```\n"), "\"## Exit\"");
    refused_in_contract(CONTRACT("One.\n\n## Extra\n\na\n\n## Extra\n\nb\n"), "\"## Extra\"");
    /* What one of the two has is not missed, and what either has twice may stay so. */
    fits("contract.md", CONTRACT("Canteen\n\n## Parking\n\nNone.\n"), CONTRACT("Library\n"),
         CONTRACT("Library\n"));
    fits("contract.md", CONTRACT("Canteen\n\n## Exit\n\nNone.\n"), CONTRACT("Library\n"),
         CONTRACT("Roof\n\n## Exit\n\nNone.\n"));
}

static void a_front_matter_stays_whole(void **state)
{
    (void)state;
    const char *path = "sessions/01/summary.md";
    const char *ours = SUMMARY("held: 2026-11-24T10:00:00+01:00\n");
    const char *theirs = SUMMARY("held: 2026-11-24T11:00:00+01:00\n");
    fits(path, ours, theirs, SUMMARY("held: 2026-11-24T10:30:00+01:00\n"));
    is_refused(path, ours, theirs, SUMMARY("held: 2026-11-24T10:00:00+01:00\n---\n"),
               "\"minutes:\"");
    is_refused(path, ours, theirs, SUMMARY(""), "\"held:\"");
    is_refused(path, ours, theirs, SUMMARY("held: 1\nheld: 2\n"), "\"held:\"");
    is_refused(path, ours, theirs, "---\nturnabout: summary/9\n---\n", "newer");
    is_refused(path, ours, theirs, "hello", "does not say what it is");
    is_refused(path, ours, theirs, SUMMARY("held: \xff\n"), "UTF-8");
}

static void a_date_is_there_once(void **state)
{
    (void)state;
    const char *path = "meetings.md";
    const char *ours = MEETINGS(MOVED("M1", "M2") PLANNED("M2"));
    const char *theirs = MEETINGS(MOVED("M1", "M3") PLANNED("M2"));
    fits(path, ours, theirs, ours);
    fits(path, ours, theirs, MEETINGS(MOVED("M1", "M2") PLANNED("M2") PLANNED("M4")));
    is_refused(path, ours, ours, MEETINGS(PLANNED("M2")), "\"M1\"");
    is_refused(path, ours, ours, MEETINGS("x\n" PLANNED("M2")), "\"M1\"");
    is_refused(path, ours, ours, MEETINGS(MOVED("M1", "M2") PLANNED("M2") PLANNED("M2")), "\"M2\"");
    is_refused(path, ours, ours, MEETINGS(MOVED("M1", "M1") PLANNED("M2")), "M1");
    is_refused(path, ours, ours, MEETINGS(MOVED("M1", "M9") PLANNED("M2")), "M9");
    is_refused(path, ours, ours, MEETINGS(MOVED("M1", "M2") PLANNED("M2") "- M2 soon\n"),
               "no date");
    const char *promises = PROMISES("- [ ] P1 Dana Holt: ask\n");
    is_refused("promises.md", promises, promises, PROMISES(""), "\"P1\"");
    is_refused("promises.md", promises, promises,
               PROMISES("- [ ] P1 Dana Holt: ask\n- [x] P1 Dana Holt: go\n"), "\"P1\"");
}

static void more_dates_than_anybody_takes_are_refused(void **state)
{
    (void)state;
    struct ta_text text = {0};
    ta_text_add(&text, MEETINGS(PLANNED("M1")));
    for (unsigned id = 2; id < 2002; id++) {
        ta_text_addf(&text, "- M%u 2027-01-01T10:00:00+01:00 planned\n", id);
    }
    is_refused("meetings.md", MEETINGS(PLANNED("M1")), MEETINGS(PLANNED("M1")), text.bytes,
               "more than 2000");
    ta_text_release(&text);
}

/* Of a whole document and of a reply the words are free; what it is they still have to say. */
static void words_of_their_own_are_free(void **state)
{
    (void)state;
    const char *path = "sessions/01/reply.md";
    fits(path, REPLY("Thank you.\n"), REPLY("Thanks.\n"), REPLY("## One\n\n## One\n"));
    fits(path, NULL, REPLY("Thanks.\n"), REPLY("Other words.\n"));
    fits("contract-proposed.md", CONTRACT("Canteen\n"), NULL,
         "---\nturnabout: contract/1\nversion: 2\nmentor: Priya\nmentee: Dana\n---\n## Goals\n");
    is_refused(path, NULL, REPLY("Thanks.\n"), "Other words.\n", "does not say what it is");
    is_refused(path, NULL, REPLY("Thanks.\n"), "---\nturnabout: reply/1\n---\n", "\"session:\"");
    fits("notes/plan.md", "one\n", "other\n", "## a\n## a\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_place_keeps_to_itself),
        cmocka_unit_test(a_front_matter_stays_whole),
        cmocka_unit_test(a_date_is_there_once),
        cmocka_unit_test(more_dates_than_anybody_takes_are_refused),
        cmocka_unit_test(words_of_their_own_are_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * docs/released-repository.md promises a format to other programs: its examples are what the
 * projection of this record makes.
 */
#include "papers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/document/contract_paper.h"
#include "turnabout/document/paper.h"
#include "turnabout/document/projection.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/document/release_paper.h"

/* A record */

#define README                                                                                     \
    "---\nturnabout: record/1\nmentor: Priya Raman <priya@example.org>\n"                          \
    "mentee: Dana Holt <dana@example.org>\ntopic: Who gets heard in our meetings\n"                \
    "since: 2026-11-01T10:00:00+01:00\n---\n"

#define MEETINGS                                                                                   \
    "---\nturnabout: meetings/1\n---\n# Meetings\n\n"                                              \
    "- M1 2026-11-24T10:00:00+01:00 held as session 1, 47 min\n"                                   \
    "- M2 2026-12-15T10:00:00+01:00 moved to M3 by mentee, 46 h notice: secret travel\n"           \
    "- M3 2026-12-17T10:00:00+01:00 planned\n"

#define PROMISES                                                                                   \
    "---\nturnabout: promises/1\n---\n# Promises\n\n"                                              \
    "- [ ] P1 Dana Holt: ask juniors first (due 2026-12-01, session 1)\n"                          \
    "- [x] P2 Priya Raman: send the list (session 1, done 2026-11-30, told 2026-12-02)\n"

#define SUMMARY                                                                                    \
    "---\nturnabout: summary/1\nsession: 1\nheld: 2026-11-24T10:00:00+01:00\n"                     \
    "minutes: {planned: 45, lasted: 47}\npresent: [Priya Raman, Dana Holt]\n---\n"                 \
    "# Session 1: secret title\n\n## Takeaways\n- The first to speak sets what can be said\n"      \
    "- secret line\n## Differences\n- secret difference\n"                                         \
    "## Promises\n- [ ] P1 Dana Holt: ask juniors first (due 2026-12-01)\n"                        \
    "- [ ] P2 Priya Raman: send the list\n## Questions\n- secret question\n"                       \
    "## Notes\n### secret item (25 min planned, 24 used)\n- 19:30 secret note\n"

#define WORDS                                                                                      \
    "# Session 1, 24 Nov 2026, 47 min\n- The first to speak sets what can be said\n\n"             \
    "Promises made: 2\n"

static const struct ta_person priya = {.name = (char[]){"Priya Raman"},
                                       .email = (char[]){"priya@example.org"}};
static const struct ta_person dana = {.name = (char[]){"Dana Holt"},
                                      .email = (char[]){"dana@example.org"}};

struct record {
    char *contract, *signatures, *release;
    struct ta_projected_session session;
    struct ta_projected_papers papers;
};

static void fail_unless(bool ok, const struct ta_error *err)
{
    if (!ok) {
        fail_msg("%s", err->text);
    }
}

static void sign(char **signatures, unsigned version, enum ta_role role, const char *text,
                 const char *when)
{
    struct ta_signature signature = {
        .role = role, .name = role == TA_MENTOR ? priya.name : dana.name, .version = version};
    struct ta_error err;
    char *more;
    assert_true(ta_moment_read(&signature.when, ta_piece_of(when)));
    ta_digest(signature.digest, text, strlen(text));
    fail_unless(ta_signatures_append(&more, *signatures, &signature, &err), &err);
    free(*signatures);
    *signatures = more;
}

static char *contract_of(unsigned version, const char *shared)
{
    struct ta_contract contract;
    ta_contract_init(&contract, &priya_and_dana);
    contract.version = version;
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        ta_person_release(&contract.person[role]);
        const struct ta_person *person = role == TA_MENTOR ? &priya : &dana;
        contract.person[role] = (struct ta_person){ta_copy(person->name), ta_copy(person->email)};
    }
    ta_replace(&contract.value[TA_CLAUSE_GOALS], "secret goal");
    ta_replace(&contract.value[TA_CLAUSE_SHARED], shared);
    char *paper = ta_contract_paper_new(&contract);
    ta_contract_release(&contract);
    return paper;
}

/* Version 1 shared nothing; version 2 is in force. */
static void begin(struct record *record, const char *shared)
{
    *record = (struct record){0};
    char *first = contract_of(1, "nothing");
    record->contract = contract_of(2, shared);
    sign(&record->signatures, 1, TA_MENTEE, first, "2026-11-01T10:00:00+01:00");
    sign(&record->signatures, 1, TA_MENTOR, first, "2026-11-01T11:00:00+01:00");
    sign(&record->signatures, 2, TA_MENTOR, record->contract, "2026-11-22T10:00:00+01:00");
    sign(&record->signatures, 2, TA_MENTEE, record->contract, "2026-11-21T10:00:00+01:00");
    free(first);
    record->session = (struct ta_projected_session){.session = 1, .summary = SUMMARY};
    record->papers = (struct ta_projected_papers){.readme = README,
                                                  .contract = record->contract,
                                                  .signatures = record->signatures,
                                                  .meetings = MEETINGS,
                                                  .promises = PROMISES,
                                                  .sessions = &record->session,
                                                  .count = 1};
}

/* A line struck, and both keys turned over the words. */
static void approve(struct record *record, const char *words, const char *mentor,
                    const char *mentee)
{
    const char *const when[TA_ROLES] = {mentor, mentee};
    struct ta_release release = {.session = 1};
    struct ta_error err;
    char digest[TA_DIGEST_SIZE];
    ta_digest(digest, "- secret line", strlen("- secret line"));
    ta_release_strike(&release, digest);
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        struct ta_approval approval = {.role = role, .name = (char[]){"Somebody"}};
        assert_true(ta_moment_read(&approval.when, ta_piece_of(when[role])));
        ta_digest(approval.digest, words, strlen(words));
        ta_release_approve(&release, &approval);
    }
    fail_unless(ta_release_paper_write(&record->release, NULL, &release, &err), &err);
    record->session.release = record->release;
    ta_release_release(&release);
}

static void end(struct record *record)
{
    free(record->contract);
    free(record->signatures);
    free(record->release);
}

static struct ta_projection project(const struct record *record)
{
    struct ta_projection projection;
    struct ta_error err;
    fail_unless(ta_project(&projection, &record->papers, &err), &err);
    return projection;
}

/* The text that a path has at the end; NULL: none. */
static const char *last_text(const struct ta_projection *projection, const char *path)
{
    const char *found = NULL;
    for (size_t i = 0; i < projection->count; i++) {
        const struct ta_projected_step *step = &projection->items[i];
        for (size_t text = 0; text < step->count; text++) {
            found = strcmp(step->texts[text].path, path) == 0 ? step->texts[text].text : found;
        }
    }
    return found;
}

static void assert_steps(const struct ta_projection *projection, const char *expected)
{
    struct ta_text said = {0};
    for (size_t i = 0; i < projection->count; i++) {
        char when[TA_DATE_SIZE];
        ta_moment_write(when, (struct ta_moment){projection->items[i].when * 1000, 0});
        ta_text_addf(&said, "%.16s %s\n", when, projection->items[i].subject);
    }
    assert_string_equal(said.bytes, expected);
    ta_text_release(&said);
}

static void assert_no_secret(const struct ta_projection *projection)
{
    for (size_t i = 0; i < projection->count; i++) {
        const struct ta_projected_step *step = &projection->items[i];
        for (size_t text = 0; text < step->count; text++) {
            assert_null(strstr(step->texts[text].text, "secret"));
            assert_null(strstr(step->texts[text].text, "example.org"));
        }
    }
}

/* The fenced example of a section of the page. */
static void assert_example(const char *page, const char *title, const char *text)
{
    static const char fence[] = "```markdown\n";
    struct ta_paper paper;
    assert_true(ta_paper_read(&paper, page, "released-repository.md", NULL));
    char *section = ta_paper_section_text(&paper, title);
    ta_paper_release(&paper);
    const char *begins = strstr(section, fence);
    assert_non_null(begins);
    begins += strlen(fence);
    char *example = strndup(begins, (size_t)(strstr(begins, "\n```") + 1 - begins));
    assert_string_equal(text, example);
    free(example);
    free(section);
}

static void the_page_shows_what_is_written(void **state)
{
    struct record record;
    begin(&record, "takeaways");
    approve(&record, WORDS, "2026-11-25T09:00:00+01:00", "2026-12-18T09:00:00+01:00");
    struct ta_projection projection = project(&record);
    assert_example(*state, "pair.md", last_text(&projection, "pair.md"));
    assert_example(*state, "meetings.md", last_text(&projection, "meetings.md"));
    assert_example(*state, "sessions/NN/released.md",
                   last_text(&projection, "sessions/01/released.md"));
    assert_no_secret(&projection);
    ta_projection_release(&projection);
    end(&record);
}

static void steps_stand_as_they_became_known(void **state)
{
    (void)state;
    struct record record;
    begin(&record, "takeaways");
    approve(&record, WORDS, "2026-11-25T09:00:00+01:00", "2026-12-18T09:00:00+01:00");
    struct ta_projection projection = project(&record);
    assert_steps(&projection, "2026-11-01T10:00 Contract v1 in force\n"
                              "2026-11-01T10:00 Meeting planned\n"
                              "2026-11-22T09:00 Contract v2 in force\n"
                              "2026-11-24T09:47 Session 1 held\n"
                              "2026-11-24T09:47 Meeting planned\n"
                              "2026-12-13T11:00 Meeting moved\n"
                              "2026-12-13T11:00 Meeting planned\n"
                              "2026-11-24T09:47 Session 1 released\n"
                              "2026-11-24T09:47 Promises counted\n");
    ta_projection_release(&projection);
    end(&record);
}

static void one_key_is_not_enough(void **state)
{
    (void)state;
    struct record record;
    begin(&record, "takeaways");
    approve(&record, "# another text\n", "2026-11-25T09:00:00+01:00", "2026-11-25T09:00:00+01:00");
    struct ta_projection projection = project(&record);
    assert_null(last_text(&projection, "sessions/01/released.md"));
    ta_projection_release(&projection);
    end(&record);
}

/* As they stood that day, and those only that were made in a session by then. */
static void a_session_tells_of_the_promises_of_its_day(void **state)
{
    (void)state;
    struct record record;
    begin(&record, "takeaways");
    record.papers.promises = PROMISES "- [ ] P3 Dana Holt: made between (due 2026-12-01)\n"
                                      "- [ ] P4 Dana Holt: made later (session 2)\n";
    struct ta_projection projection = project(&record);
    const struct ta_projected_step *held = &projection.items[3];
    assert_string_equal(held->subject, "Session 1 held");
    assert_holds(last_text(&(struct ta_projection){projection.items, 4}, "pair.md"),
                 "promises: {open: 2, done: 0, told: 0}");
    assert_holds(last_text(&projection, "pair.md"), "promises: {open: 3, done: 0, told: 1}");
    ta_projection_release(&projection);
    end(&record);
}

static void attendance_counts_no_promises(void **state)
{
    (void)state;
    struct record record;
    begin(&record, "attendance");
    approve(&record, WORDS, "2026-11-25T09:00:00+01:00", "2026-11-25T09:00:00+01:00");
    struct ta_projection projection = project(&record);
    assert_null(last_text(&projection, "sessions/01/released.md"));
    assert_null(strstr(last_text(&projection, "pair.md"), "romises"));
    assert_non_null(last_text(&projection, "meetings.md"));
    ta_projection_release(&projection);
    end(&record);
}

static void assert_nothing(struct record *record)
{
    struct ta_projection projection = project(record);
    assert_int_equal(projection.count, 0);
    ta_projection_release(&projection);
    end(record);
}

static void nothing_leaves_without_a_contract_that_says_so(void **state)
{
    (void)state;
    struct record record;
    begin(&record, "nothing");
    assert_nothing(&record);
    begin(&record, "takeaways");
    record.papers.signatures = NULL;
    assert_nothing(&record);
    begin(&record, "takeaways");
    record.papers.contract = NULL;
    assert_nothing(&record);
    /* One that was changed by hand, and one whose word nobody knows. */
    begin(&record, "takeaways");
    memcpy(strstr(record.contract, "secret goal"), "another", strlen("another"));
    assert_nothing(&record);
}

static void what_cannot_be_read_stays(void **state)
{
    (void)state;
    struct record record;
    struct ta_projection projection;
    struct ta_error err;
    begin(&record, "takeaways");
    approve(&record, WORDS, "2026-11-25T09:00:00+01:00", "2026-11-25T09:00:00+01:00");
    record.session.summary = "---\nturnabout: summary/9\nsession: 1\n---\n";
    projection = project(&record);
    assert_null(last_text(&projection, "sessions/01/released.md"));
    ta_projection_release(&projection);
    record.papers.meetings = "---\nturnabout: meetings/9\n---\n";
    assert_false(ta_project(&projection, &record.papers, &err));
    assert_int_equal(err.code, TA_DAMAGED);
    ta_projection_release(&projection);
    end(&record);
}

static void what_is_over_names_nobody(void **state)
{
    (void)state;
    struct ta_projection projection;
    ta_project_nothing(&projection);
    assert_steps(&projection, "1970-01-01T00:00 Nothing is released\n");
    assert_string_equal(last_text(&projection, "pair.md"),
                        "---\nturnabout: released/1\nlevel: nothing\n---\n");
    ta_projection_release(&projection);
}

/* Taking back */

static struct ta_projection released(struct record *record, const char *shared)
{
    begin(record, shared);
    approve(record, WORDS, "2026-11-25T09:00:00+01:00", "2026-12-18T09:00:00+01:00");
    return project(record);
}

static void assert_same(const struct ta_projection *one, const struct ta_projection *other)
{
    assert_int_equal(one->count, other->count);
    for (size_t i = 0; i < one->count; i++) {
        const struct ta_projected_step *a = &one->items[i], *b = &other->items[i];
        assert_string_equal(a->subject, b->subject);
        assert_int_equal(a->when, b->when);
        assert_int_equal(a->count, b->count);
        for (size_t text = 0; text < a->count; text++) {
            assert_string_equal(a->texts[text].path, b->texts[text].path);
            assert_string_equal(a->texts[text].text, b->texts[text].text);
        }
    }
}

static size_t count_steps(const struct ta_projection *projection, const char *subject)
{
    size_t count = 0;
    for (size_t i = 0; i < projection->count; i++) {
        count += strcmp(projection->items[i].subject, subject) == 0;
    }
    return count;
}

static void what_is_withheld_says_so_and_what_is_not_free_any_more_is_gone(void **state)
{
    (void)state;
    for (unsigned withheld = 0; withheld <= 1; withheld++) {
        struct record record;
        struct ta_projection projection = released(&record, "takeaways");
        struct ta_retracted gone = {.session = 1, .withheld = withheld};
        struct ta_retraction retraction = {TA_SHARED_SUMMARY, &gone, 1};
        const char *page = withheld ? "# Session 1, 24 Nov 2026, 47 min\n\nWithheld.\n" : NULL;
        assert_true(ta_retract(&projection, &retraction));
        const char *left = ta_projected_at_end(&projection, "sessions/01/released.md");
        assert_true(left == page || strcmp(left, page) == 0);
        assert_non_null(strstr(ta_projected_at_end(&projection, "pair.md"), "level: takeaways"));
        assert_int_equal(count_steps(&projection, "Session 1 withheld"), withheld);
        assert_int_equal(count_steps(&projection, "Session 1 released"), 0);
        gone.withheld = true;
        assert_false(ta_retract(&projection, &retraction));
        ta_projection_release(&projection);
        end(&record);
    }
}

static void a_level_that_is_lowered_leaves_what_that_one_would_have_told(void **state)
{
    (void)state;
    static const char *const before[] = {"summary", "takeaways"};
    for (size_t i = 0; i < 2; i++) {
        struct record more;
        struct record less;
        struct ta_projection projection = released(&more, before[i]);
        struct ta_projection lower = released(&less, "attendance");
        assert_true(
            ta_retract(&projection, &(struct ta_retraction){.level = TA_SHARED_ATTENDANCE}));
        assert_same(&projection, &lower);
        assert_false(
            ta_retract(&projection, &(struct ta_retraction){.level = TA_SHARED_TAKEAWAYS}));
        assert_true(ta_retract(&projection, &(struct ta_retraction){.level = TA_SHARED_NOTHING}));
        assert_steps(&projection, "1970-01-01T00:00 Nothing is released\n");
        assert_false(ta_retract(&projection, &(struct ta_retraction){.level = TA_SHARED_NOTHING}));
        ta_projection_release(&projection);
        ta_projection_release(&lower);
        end(&more);
        end(&less);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_shows_what_is_written),
        cmocka_unit_test(steps_stand_as_they_became_known),
        cmocka_unit_test(one_key_is_not_enough),
        cmocka_unit_test(a_session_tells_of_the_promises_of_its_day),
        cmocka_unit_test(attendance_counts_no_promises),
        cmocka_unit_test(nothing_leaves_without_a_contract_that_says_so),
        cmocka_unit_test(what_cannot_be_read_stays),
        cmocka_unit_test(what_is_over_names_nobody),
        cmocka_unit_test(what_is_withheld_says_so_and_what_is_not_free_any_more_is_gone),
        cmocka_unit_test(a_level_that_is_lowered_leaves_what_that_one_would_have_told),
    };
    page_path = argc > 1 ? argv[1] : "docs/released-repository.md";
    return cmocka_run_group_tests(tests, read_page, free_page);
}

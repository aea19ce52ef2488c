#include "papers.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/document/release_paper.h"

#define ONE "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
#define OTHER "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
#define FRONT "---\nturnabout: release/1\nsession: 3\nwithheld: no\n---\n# Release of session 3\n"
#define PAPER                                                                                      \
    FRONT "\n## Struck\n\n- sha256 " ONE "\n\n## Approved\n\n"                                     \
          "- mentee Holt, Dana, 2026-11-25T09:00:00+01:00, sha256 " OTHER "\n"

static struct ta_release read_paper(const char *text)
{
    struct ta_release release;
    struct ta_error err;
    if (!ta_release_paper_read(&release, text, &err)) {
        fail_msg("%s", err.text);
    }
    return release;
}

static void write_paper(char **out, const char *text, const struct ta_release *release)
{
    struct ta_error err;
    if (!ta_release_paper_write(out, text, release, &err)) {
        fail_msg("%s", err.text);
    }
}

static void decisions_are_lines(void **state)
{
    (void)state;
    struct ta_release release = {.session = 3};
    struct ta_approval dana = {.role = TA_MENTEE,
                               .name = (char[]){"Holt, Dana"},
                               .when = {1795593600000, 60},
                               .digest = OTHER};
    char *text;
    ta_release_strike(&release, ONE);
    ta_release_approve(&release, &dana);
    write_paper(&text, NULL, &release);
    assert_text(text, PAPER);
    ta_release_release(&release);
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    struct ta_release release = read_paper(PAPER);
    assert_int_equal(release.session, 3);
    assert_false(release.withheld);
    assert_true(ta_release_is_struck(&release, ONE));
    const struct ta_approval *dana = ta_release_approval(&release, TA_MENTEE, OTHER);
    assert_non_null(dana);
    assert_string_equal(dana->name, "Holt, Dana");
    assert_int_equal(dana->when.instant, 1795593600000);
    assert_null(ta_release_approval(&release, TA_MENTOR, OTHER));
    char *text;
    write_paper(&text, PAPER, &release);
    assert_text(text, PAPER);
    ta_release_release(&release);
}

static void what_is_not_known_stays(void **state)
{
    (void)state;
    struct ta_release release = read_paper(PAPER "\n## Ours\n\nA word.\n");
    char *text;
    ta_release_withhold(&release, true);
    write_paper(&text, PAPER "\n## Ours\n\nA word.\n", &release);
    assert_text(text,
                "---\nturnabout: release/1\nsession: 3\nwithheld: yes\n---\n"
                "# Release of session 3\n\n## Struck\n\n- sha256 " ONE "\n\n## Ours\n\nA word.\n");
    ta_release_release(&release);
}

static void a_slip_of_the_pen_withholds(void **state)
{
    (void)state;
    struct ta_release release =
        read_paper("---\nturnabout: release/1\nsession: 3\nwithheld: Yes!\n---\n");
    assert_true(release.withheld);
    ta_release_release(&release);
}

#define STRUCK_ONE "\n## Struck\n\n- sha256 " ONE "\n"
#define STRUCK_OTHER "\n## Struck\n\n- sha256 " OTHER "\n"
#define APPROVED(who) "\n## Approved\n\n- " who ", 2026-11-25T09:00:00+01:00, sha256 " OTHER "\n"

/* A merge by line, or a hand, puts a heading there twice. */
static void a_heading_that_stands_twice_is_read_the_careful_way(void **state)
{
    (void)state;
    struct ta_release release =
        read_paper(FRONT APPROVED("mentee Dana") STRUCK_ONE STRUCK_OTHER APPROVED("mentee Dana"));
    assert_true(ta_release_is_struck(&release, ONE));
    assert_true(ta_release_is_struck(&release, OTHER));
    assert_int_equal(release.approval_count, 1);
    ta_release_release(&release);
    /* one of the two was taken away below one heading, and stayed below the other */
    release = read_paper(FRONT APPROVED("mentee Dana") APPROVED("mentor Priya"));
    assert_int_equal(release.approval_count, 0);
    ta_release_release(&release);
    release = read_paper(FRONT APPROVED("mentee Dana") "\n## Approved\n\nnone\n");
    assert_int_equal(release.approval_count, 0);
    ta_release_release(&release);
}

static void each_heading_is_written_once_and_in_order(void **state)
{
    (void)state;
    const char *twice =
        FRONT APPROVED("mentee Dana") "\n## Ours\n\nA word.\n" STRUCK_ONE
                                      "\n## More\n" STRUCK_OTHER APPROVED("mentee Dana");
    struct ta_release release = read_paper(twice);
    char *text;
    write_paper(&text, twice, &release);
    assert_text(text, FRONT "\n## Ours\n\nA word.\n\n## Struck\n\n- sha256 " ONE "\n- sha256 " OTHER
                            "\n" APPROVED("mentee Dana") "\n## More\n");
    /* A strike takes all approvals away, wherever they stand. */
    ta_release_restore(&release, ONE);
    write_paper(&text, twice, &release);
    assert_null(strstr(text, "Approved"));
    free(text);
    ta_release_release(&release);
}

static void other_papers_are_refused(void **state)
{
    (void)state;
    struct ta_release release;
    struct ta_error err;
    assert_false(ta_release_paper_read(&release, "---\nturnabout: release/2\n---\n", &err));
    assert_int_equal(err.code, TA_DAMAGED);
    assert_false(ta_release_paper_read(&release, "---\nturnabout: release/1\n---\n", &err));
    assert_int_equal(err.code, TA_DAMAGED);
}

static void read_anything(const char *text)
{
    struct ta_release release;
    if (ta_release_paper_read(&release, text, NULL)) {
        ta_release_release(&release);
    }
}

static void anything_can_be_read(void **state)
{
    (void)state;
    survive(PAPER, read_anything);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decisions_are_lines),
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(what_is_not_known_stays),
        cmocka_unit_test(a_slip_of_the_pen_withholds),
        cmocka_unit_test(a_heading_that_stands_twice_is_read_the_careful_way),
        cmocka_unit_test(each_heading_is_written_once_and_in_order),
        cmocka_unit_test(other_papers_are_refused),
        cmocka_unit_test(anything_can_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

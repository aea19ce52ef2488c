/* What a mail says. That other programs read its bytes: tests/foreign. */
#include "papers.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/document/mail.h"

/* 24 November 2026 in Berlin: 10:02, 11:00; and 15 December, 10:00. */
static const struct ta_moment held = {INT64_C(1795510920000), 60};
static const struct ta_moment now = {INT64_C(1795514400000), 60};
static const struct ta_moment next = {INT64_C(1797325200000), 60};

static struct ta_summary summary_of_three(void)
{
    struct ta_summary summary = {
        .session = 3, .title = ta_copy("Who speaks first"), .held = held, .lasted = 47};
    struct ta_promise promise = {.owner = TA_MENTEE, .text = "ask juniors", .due = {2026, 12, 1}};
    ta_summary_add_line(&summary, TA_SUMMARY_TAKEAWAYS, "The first sets what can be said");
    ta_summary_add_line(&summary, TA_SUMMARY_PROMISES, "[ ] Dana Holt: ask juniors");
    ta_promises_add(&summary.promises, &promise);
    return summary;
}

static struct ta_mail mail_of(struct ta_mail_source source, struct ta_summary *summary)
{
    struct ta_mail mail;
    source.pair = source.pair ? source.pair : &priya_and_dana;
    source.summary = summary;
    source.now = now;
    source.id = "session-3.0123";
    source.host = "example.org";
    ta_mail_of_summary(&mail, &source);
    return mail;
}

static void it_reads_as_a_letter(void **state)
{
    (void)state;
    struct ta_summary summary = summary_of_three();
    struct ta_mail mail = mail_of(
        (struct ta_mail_source){.from = TA_MENTEE, .next = next, .place = "Room 4"}, &summary);
    assert_string_equal(mail.subject, "Session 3: Who speaks first");
    assert_string_equal(mail.from.name, "Dana Holt");
    assert_string_equal(mail.to.name, "Priya Raman");
    assert_string_equal(mail.id, "session-3.0123@example.org");
    assert_string_equal(mail.body,
                        "Hello Priya,\n"
                        "\n"
                        "this is what stays of our session 3, \"Who speaks first\". We met on Tue "
                        "24 Nov 2026 at 10:02 and talked for 47 minutes.\n"
                        "\n"
                        "Takeaways\n"
                        "- The first sets what can be said\n"
                        "\n"
                        "Promises\n"
                        "- Dana: ask juniors (by Tue 1 Dec 2026)\n"
                        "\n"
                        "We meet next on Tue 15 Dec 2026 at 10:00, place: Room 4.\n"
                        "\n"
                        "Dana\n");
    ta_mail_release(&mail);
    ta_summary_release(&summary);
}

static void it_goes_the_other_way_from_the_mentor(void **state)
{
    (void)state;
    struct ta_summary summary = summary_of_three();
    struct ta_mail mail = mail_of((struct ta_mail_source){.from = TA_MENTOR}, &summary);
    assert_string_equal(mail.from.name, "Priya Raman");
    assert_string_equal(mail.to.name, "Dana Holt");
    assert_holds(mail.body, "Hello Dana,");
    ta_mail_release(&mail);
    ta_summary_release(&summary);
}

static void a_draft_says_that_it_is_one(void **state)
{
    (void)state;
    struct ta_summary summary = summary_of_three();
    struct ta_mail mail =
        mail_of((struct ta_mail_source){.from = TA_MENTEE, .draft = true}, &summary);
    assert_holds(mail.body, "It is a draft");
    ta_mail_release(&mail);
    ta_summary_release(&summary);
}

static void the_notes_by_item_stay_in_the_record(void **state)
{
    (void)state;
    struct ta_summary summary = summary_of_three();
    struct ta_summary_note note = {.elapsed = 60, .text = "Example from Lisbon"};
    struct ta_summary_item item = {.title = "Check-in", .notes = &note, .count = 1};
    summary.items = &item;
    summary.item_count = 1;
    struct ta_mail mail = mail_of((struct ta_mail_source){.from = TA_MENTEE}, &summary);
    assert_null(strstr(mail.body, "Lisbon"));
    ta_mail_release(&mail);
    summary.items = NULL;
    summary.item_count = 0;
    ta_summary_release(&summary);
}

/* A note that was plain when the draft was made of it, and was made mine since. */
static void what_became_mine_since_stays_out(void **state)
{
    (void)state;
    struct ta_note notes[] = {
        {.kind = TA_NOTE_MINE, .text = "The first sets what can be said"},
        {.kind = TA_NOTE_MINE, .text = "Dana: ask juniors by 1 Dec", .removed = true},
        {.kind = TA_NOTE_TAKEAWAY, .text = "Pauses are not agreement"},
    };
    struct ta_notes all = {notes, 3};
    struct ta_summary summary = summary_of_three();
    ta_summary_add_line(&summary, TA_SUMMARY_TAKEAWAYS, "Pauses are not agreement");
    struct ta_mail mail =
        mail_of((struct ta_mail_source){.from = TA_MENTEE, .notes = &all}, &summary);
    assert_null(strstr(mail.body, "The first sets"));
    assert_null(strstr(mail.body, "juniors"));
    assert_null(strstr(mail.body, "Promises"));
    assert_holds(mail.body, "- Pauses are not agreement\n");
    ta_mail_release(&mail);
    ta_summary_release(&summary);
}

static void a_title_that_is_mine_is_none(void **state)
{
    (void)state;
    struct ta_note note = {.kind = TA_NOTE_MINE, .text = "Who speaks first"};
    struct ta_notes all = {&note, 1};
    struct ta_summary summary = summary_of_three();
    struct ta_mail mail =
        mail_of((struct ta_mail_source){.from = TA_MENTEE, .notes = &all}, &summary);
    assert_string_equal(mail.subject, "Session 3");
    assert_null(strstr(mail.body, "Who speaks first"));
    ta_mail_release(&mail);
    ta_summary_release(&summary);
}

static void two_of_one_first_name_have_their_whole_names(void **state)
{
    (void)state;
    struct ta_pair pair = {.person = {[TA_MENTOR] = {"Dana Raman", "p@example.org"},
                                      [TA_MENTEE] = {"Dana Holt", "d@example.org"}}};
    struct ta_summary summary = summary_of_three();
    struct ta_mail mail =
        mail_of((struct ta_mail_source){.from = TA_MENTEE, .pair = &pair}, &summary);
    assert_holds(mail.body, "- Dana Holt: ask juniors");
    ta_mail_release(&mail);
    ta_summary_release(&summary);
}

static void the_bytes_of_a_plain_mail(void **state)
{
    (void)state;
    struct ta_text bytes = {0};
    struct ta_mail mail = {.from = {"Dana Holt", "dana@example.org"},
                           .to = {"Priya \"P\" Raman", "priya@example.org"},
                           .subject = "Session 3",
                           .body = "Hello,\n\nFrom here on > and on\n",
                           .date = {INT64_C(1795514400000), -150},
                           .id = "x@example.org"};
    ta_mail_write(&bytes, &mail);
    assert_string_equal(bytes.bytes, "From: Dana Holt <dana@example.org>\n"
                                     "To: \"Priya \\\"P\\\" Raman\" <priya@example.org>\n"
                                     "Subject: Session 3\n"
                                     "Date: Tue, 24 Nov 2026 07:30:00 -0230\n"
                                     "Message-ID: <x@example.org>\n"
                                     "MIME-Version: 1.0\n"
                                     "Content-Type: text/plain; charset=UTF-8; format=flowed\n"
                                     "Content-Transfer-Encoding: 7bit\n"
                                     "\n"
                                     "Hello,\n"
                                     "\n"
                                     " From here on > and on\n");
    ta_text_release(&bytes);
}

static void addresses(void **state)
{
    (void)state;
    static const char *const fine[] = {"dana@example.org", "d.o'hara+x@mail-1.example.org",
                                       "root@localhost", "a@b"};
    static const char *const bad[] = {"",
                                      "dana",
                                      "@b.c",
                                      "a@",
                                      "a@b@c",
                                      "a b@c.de",
                                      "a@b..c",
                                      ".a@b.c",
                                      "a.@b.c",
                                      "a,b@c.de",
                                      "\"a\"@b.c",
                                      "a@b.c\nBcc: x@y.z",
                                      "<a@b.c>",
                                      "dän@example.org",
                                      "a@b.c, x@y.z",
                                      "a(b)@c.de"};
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) {
        assert_true(ta_mail_address_is_fine(fine[i]));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(ta_mail_address_is_fine(bad[i]));
    }
    assert_false(ta_mail_address_is_fine(NULL));
    char longest[300];
    memset(longest, 'a', sizeof longest);
    longest[1] = '@';
    longest[254] = '\0';
    assert_true(ta_mail_address_is_fine(longest));
    longest[254] = 'a';
    longest[255] = '\0';
    assert_false(ta_mail_address_is_fine(longest));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_reads_as_a_letter),
        cmocka_unit_test(it_goes_the_other_way_from_the_mentor),
        cmocka_unit_test(a_draft_says_that_it_is_one),
        cmocka_unit_test(the_notes_by_item_stay_in_the_record),
        cmocka_unit_test(what_became_mine_since_stays_out),
        cmocka_unit_test(a_title_that_is_mine_is_none),
        cmocka_unit_test(two_of_one_first_name_have_their_whole_names),
        cmocka_unit_test(the_bytes_of_a_plain_mail),
        cmocka_unit_test(addresses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Writes one mail or one calendar from what a test made up, for a parser that is not ours:
 *
 *     write mail FROM ADDRESS TO ADDRESS TITLE LINE...
 *     write calendar MENTOR MENTEE ADDRESS PLACE NOW PARTS MEETINGS
 *
 * Lines go to takeaways, differences, promises and questions in turn. NOW is an instant in seconds,
 * PARTS may hold "a" (all) and "r" (rhythm), MEETINGS is the text of a meetings.md. The contract is
 * that of three weeks, six sessions, 45 minutes, an agenda 24 hours ahead.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/document/calendar.h"
#include "turnabout/document/mail.h"
#include "turnabout/document/record_paper.h"

enum { SECOND = 1000, YEAR = 366 * 24 * 60 * 60 };

static void add_line(struct ta_summary *summary, const struct ta_pair *pair, int at, char *line)
{
    enum ta_summary_section section = (enum ta_summary_section)(at % TA_SUMMARY_SECTIONS);
    if (section == TA_SUMMARY_PROMISES) {
        struct ta_promise promise = {.owner = TA_MENTEE, .text = line};
        ta_promises_add(&summary->promises, &promise);
        struct ta_text written = {0};
        ta_promise_write(&written, &promise, pair, false);
        ta_summary_add_line(summary, section, written.bytes);
        ta_text_release(&written);
    } else {
        ta_summary_add_line(summary, section, line);
    }
}

static void write_mail(struct ta_text *out, char **words, int count)
{
    struct ta_pair pair = {
        .person = {[TA_MENTOR] = {words[2], words[3]}, [TA_MENTEE] = {words[0], words[1]}}};
    struct ta_summary summary = {.session = 3,
                                 .title = ta_copy(words[4]),
                                 .held = {INT64_C(1795510920000), 60},
                                 .lasted = 47};
    for (int i = 5; i < count; i++) {
        add_line(&summary, &pair, i - 5, words[i]);
    }
    struct ta_mail_source source = {.pair = &pair,
                                    .from = TA_MENTEE,
                                    .summary = &summary,
                                    .now = {INT64_C(1795514400000), 60},
                                    .id = "session-3.0123456789",
                                    .host = "example.org"};
    struct ta_mail mail;
    ta_mail_of_summary(&mail, &source);
    ta_mail_write(out, &mail);
    ta_mail_release(&mail);
    ta_summary_release(&summary);
}

static bool write_calendar(struct ta_text *out, char **words)
{
    struct ta_error err;
    struct ta_meetings meetings = {0};
    if (!ta_meetings_read(&meetings, words[6], &err)) {
        (void)fprintf(stderr, "%s\n", err.text);
        return false;
    }
    struct ta_pair pair = {
        .person = {[TA_MENTOR] = {words[0], NULL}, [TA_MENTEE] = {words[1], words[2]}}};
    int64_t now = strtoll(words[4], NULL, 10);
    struct ta_zone zone;
    ta_zone_read(&zone, (now - YEAR) * SECOND, (now + YEAR) * SECOND);
    struct ta_calendar_source source = {.pair = &pair,
                                        .id = "0123456789",
                                        .meetings = &meetings,
                                        .place = words[3],
                                        .minutes = 45,
                                        .lead = 24,
                                        .weeks = 3,
                                        .agreed = 6,
                                        .version = 1,
                                        .now = now * SECOND,
                                        .all = strchr(words[5], 'a') != NULL,
                                        .rhythm = strchr(words[5], 'r') != NULL};
    bool written = ta_calendar_write(out, &source, &zone);
    ta_zone_release(&zone);
    ta_meetings_release(&meetings);
    return written;
}

int main(int argc, char **argv)
{
    struct ta_text out = {0};
    bool ok = true;
    if (argc >= 7 && strcmp(argv[1], "mail") == 0) {
        write_mail(&out, argv + 2, argc - 2);
    } else if (argc == 9 && strcmp(argv[1], "calendar") == 0) {
        ok = write_calendar(&out, argv + 2);
    } else {
        (void)fprintf(stderr, "usage: write mail|calendar ...\n");
        return EXIT_FAILURE;
    }
    (void)fwrite(out.bytes, 1, out.length, stdout);
    ta_text_release(&out);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}

#include "turnabout/domain/meeting.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "turnabout/desk/calendar.h"
#include "turnabout/desk/standing.h"

bool ta_cli_meeting_plan(struct ta_cli *cli, struct ta_error *err)
{
    char *words = ta_cli_joined(cli);
    struct ta_moment when = {0};
    enum ta_role as;
    bool ok = ta_cli_as(cli, &as, err) &&
              ta_cli_moment(&when, words, ta_desk_now(&cli->desk), err) &&
              ta_desk_meeting_plan(&cli->desk, &cli->pair, when, as, err);
    if (ok) {
        char date[TA_DATE_SIZE];
        ta_moment_short(date, when);
        ta_print_say(&cli->printer, "You meet on %s.", date);
    }
    free(words);
    return ok;
}

/* Another date, or none */

/* --by and --reason; who asked is who acts, unless it is said. */
static bool read_asked(struct ta_cli *cli, enum ta_role as, struct ta_asked *asked,
                       struct ta_error *err)
{
    const char *by = cli->option[TA_OPTION_BY];
    *asked = (struct ta_asked){.by = as != TA_NOBODY ? as : cli->pair.me,
                               .reason = cli->option[TA_OPTION_REASON]};
    if (by == NULL || ta_role_read(&asked->by, ta_piece_of(by))) {
        return true;
    }
    asked->by = TA_NOBODY;
    return strcmp(by, "other") == 0 ||
           ta_cli_misuse(cli, err,
                         "\"%s\" is nobody: write --by mentor, --by mentee or --by other.", by);
}

static void say_given_up(struct ta_cli *cli, const struct ta_meeting *meeting,
                         const struct ta_moment *to)
{
    char date[TA_DATE_SIZE];
    struct ta_text said = {0};
    ta_moment_short(date, meeting->when);
    ta_text_addf(&said, "M%u, %s, is %s", meeting->id, date, ta_meeting_state_name(meeting->state));
    if (to != NULL) {
        ta_moment_short(date, *to);
        ta_text_addf(&said, " to %s (M%u)", date, meeting->moved_to);
    }
    if (meeting->by != TA_NOBODY) {
        ta_text_addf(&said, "; %s asked", cli->pair.person[meeting->by].name);
    }
    if (meeting->has_notice) {
        ta_text_addf(&said, ", %u h before", meeting->notice);
    }
    ta_print_say(&cli->printer, "%s.", said.bytes);
    ta_text_release(&said);
}

/* An id in front is one only when a date follows: "10" alone may be anything. */
static bool read_move(struct ta_cli *cli, unsigned *id, struct ta_moment *to, struct ta_error *err)
{
    bool named = cli->word_count > 1 && toupper((unsigned char)cli->words[0][0]) == 'M' &&
                 ta_cli_id(cli->words[0], 'M', id);
    char *words = ta_cli_joined(cli);
    const char *date = words + (named ? strlen(cli->words[0]) + 1 : 0);
    bool ok = ta_cli_moment(to, date, ta_desk_now(&cli->desk), err);
    free(words);
    return ok;
}

bool ta_cli_meeting_move(struct ta_cli *cli, struct ta_error *err)
{
    unsigned id = 0;
    struct ta_moment to = {0};
    struct ta_meeting before;
    struct ta_asked asked;
    enum ta_role as;
    bool ok = ta_cli_as(cli, &as, err) && read_asked(cli, as, &asked, err) &&
              read_move(cli, &id, &to, err) &&
              ta_desk_meeting_move(&cli->desk, &cli->pair, id, to, &asked, as, &before, err);
    if (ok) {
        say_given_up(cli, &before, &to);
    }
    return ok;
}

bool ta_cli_meeting_cancel(struct ta_cli *cli, struct ta_error *err)
{
    unsigned id = 0;
    struct ta_meeting before;
    struct ta_asked asked;
    enum ta_role as;
    if (cli->word_count > 0 && !ta_cli_id(cli->words[0], 'M', &id)) {
        return ta_cli_misuse(cli, err,
                             "\"%s\" is no date: write its id, such as M3; turnabout meeting list "
                             "shows them.",
                             cli->words[0]);
    }
    bool ok = ta_cli_as(cli, &as, err) && read_asked(cli, as, &asked, err) &&
              ta_desk_meeting_cancel(&cli->desk, &cli->pair, id, &asked, as, &before, err);
    if (ok) {
        say_given_up(cli, &before, NULL);
        ta_cli_hint(cli, "A cancelled meeting gets a new date: turnabout meeting plan DATE.");
    }
    return ok;
}

/* "M3"; nothing for 0. */
static void print_id(struct ta_printer *printer, const char *name, unsigned id, const char *shown)
{
    char written[16];
    (void)snprintf(written, sizeof written, "M%u", id);
    ta_print_string(printer, name, id != 0 ? written : NULL, shown != NULL ? shown : written);
}

static void print_number_or_nothing(struct ta_printer *printer, const char *name, unsigned number)
{
    if (number != 0) {
        ta_print_number(printer, name, number, NULL);
    } else {
        ta_print_nothing(printer, name, NULL);
    }
}

/* "held as session 1, 47 min", "moved to M3 by mentee" */
static void describe(struct ta_text *out, const struct ta_meeting *meeting)
{
    ta_text_add(out, ta_meeting_state_name(meeting->state));
    if (meeting->session != 0) {
        ta_text_addf(out, " as session %u, %u min", meeting->session, meeting->minutes);
    }
    if (meeting->late.year != 0) {
        char day[TA_DATE_SIZE];
        ta_day_long(day, meeting->late);
        ta_text_addf(out, ", on %s", day);
    }
    if (meeting->moved_to != 0) {
        ta_text_addf(out, " to M%u", meeting->moved_to);
    }
    if (meeting->by != TA_NOBODY) {
        ta_text_addf(out, " by %s", ta_role_name(meeting->by));
    }
    if (meeting->has_notice) {
        ta_text_addf(out, ", %u h notice", meeting->notice);
    }
    if (meeting->reason != NULL) {
        ta_text_addf(out, ": %s", meeting->reason);
    }
}

static void print_late(struct ta_printer *printer, struct ta_day late)
{
    char day[TA_DATE_SIZE];
    ta_day_write(day, late);
    ta_print_string(printer, "held_on", late.year != 0 ? day : NULL, "");
}

static void print_meeting(struct ta_printer *printer, const struct ta_meeting *meeting)
{
    char when[TA_DATE_SIZE];
    char day[TA_DATE_SIZE];
    char time[TA_DATE_SIZE];
    struct ta_text shown = {0};
    struct ta_text state = {0};
    ta_moment_write(when, meeting->when);
    ta_day_long(day, ta_day_of(meeting->when));
    ta_moment_time(time, meeting->when);
    ta_text_addf(&shown, "%s %s", day, time);
    describe(&state, meeting);
    ta_print_object(printer, NULL);
    print_id(printer, "id", meeting->id, NULL);
    ta_print_string(printer, "when", when, shown.bytes);
    ta_print_string(printer, "state", ta_meeting_state_name(meeting->state), state.bytes);
    print_number_or_nothing(printer, "session", meeting->session);
    print_number_or_nothing(printer, "minutes", meeting->minutes);
    print_late(printer, meeting->late);
    ta_print_string(printer, "by", meeting->by != TA_NOBODY ? ta_role_name(meeting->by) : NULL,
                    NULL);
    if (meeting->has_notice) {
        ta_print_number(printer, "notice_h", meeting->notice, "");
    } else {
        ta_print_nothing(printer, "notice_h", NULL);
    }
    print_id(printer, "moved_to", meeting->moved_to, "");
    ta_print_string(printer, "reason", meeting->reason, NULL);
    ta_print_end(printer);
    ta_text_release(&shown);
    ta_text_release(&state);
}

bool ta_cli_meeting_list(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_meetings meetings = {0};
    bool ok = ta_desk_meetings(&cli->desk, &cli->pair, &meetings, err);
    if (ok) {
        ta_print_list(&cli->printer, NULL);
        for (size_t i = 0; i < meetings.count; i++) {
            print_meeting(&cli->printer, &meetings.items[i]);
        }
        ta_print_end(&cli->printer);
    }
    if (ok && meetings.count == 0) {
        ta_cli_hint(cli, "No date is set yet: turnabout meeting plan DATE.");
    }
    ta_meetings_release(&meetings);
    return ok;
}

bool ta_cli_meeting_calendar(struct ta_cli *cli, struct ta_error *err)
{
    unsigned parts = TA_CALENDAR_NEXT;
    parts |= cli->option[TA_OPTION_RHYTHM] != NULL ? TA_CALENDAR_RHYTHM : 0U;
    parts |= cli->option[TA_OPTION_ALL] != NULL ? TA_CALENDAR_ALL : 0U;
    struct ta_text file = {0};
    const char *where = cli->word_count > 0 ? cli->words[0] : "-";
    bool ok = ta_desk_calendar(&cli->desk, &cli->pair, parts, &file, err) &&
              ta_cli_hand_out(cli, where, &file, "The calendar", err);
    ta_text_release(&file);
    return ok;
}

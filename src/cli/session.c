#include "turnabout/desk/session.h"

#include <stdlib.h>
#include <string.h>

#include "command.h"

enum { MINUTES_MORE = 5, MINUTE = 60, SECOND = 1000 };

/* What was done, said from the session as it is now. */
static bool tell(struct ta_cli *cli, void (*say)(struct ta_cli *cli, const struct ta_live *live),
                 struct ta_error *err)
{
    struct ta_live live = {0};
    if (!ta_desk_live(&cli->desk, &cli->pair, &live, err)) {
        return false;
    }
    say(cli, &live);
    ta_live_release(&live);
    return true;
}

static void time_of(char out[TA_DATE_SIZE], int64_t instant)
{
    ta_moment_time(out, ta_moment_local(instant));
}

/* "27:08 left", "1:12 over" */
static void say_left(struct ta_text *out, int64_t left)
{
    char clock[TA_DATE_SIZE];
    ta_span_clock(clock, left);
    ta_text_addf(out, "%s %s", clock, left < 0 ? "over" : "left");
}

static const struct ta_item *item_in_hand(const struct ta_live *live)
{
    int item = live->reading.item;
    return item >= 0 && (size_t)item < live->agenda.count ? &live->agenda.items[item] : NULL;
}

/* Start and end */

static void say_start(struct ta_cli *cli, const struct ta_live *live)
{
    char started[TA_DATE_SIZE];
    time_of(started, live->reading.started);
    ta_print_say(&cli->printer, "Session %u began at %s: %u min.", live->sitting.number, started,
                 live->agenda.minutes);
}

/* "10:02" is the last time that it was so late. */
static bool start_at(struct ta_cli *cli, const char *word, struct ta_error *err)
{
    struct ta_moment at = {0};
    if (cli->option[TA_OPTION_AGO] != NULL) {
        return ta_cli_misuse(cli, err, "--ago and --at say the same: write one of them.");
    }
    return ta_cli_past(&at, word, ta_desk_now(&cli->desk), err) &&
           ta_desk_session_start_at(&cli->desk, &cli->pair, at.instant, err) &&
           tell(cli, say_start, err);
}

bool ta_cli_session_start(struct ta_cli *cli, struct ta_error *err)
{
    const char *word = cli->option[TA_OPTION_AGO];
    int64_t ago = 0;
    if (cli->option[TA_OPTION_AT] != NULL) {
        return start_at(cli, cli->option[TA_OPTION_AT], err);
    }
    if (word != NULL && !ta_span_read(&ago, ta_piece_of(word))) {
        return ta_fail(err, TA_WRONG,
                       "\"%s\" is no span of time that is understood: write it as 10m, 1h or "
                       "1h30m.",
                       word);
    }
    return ta_desk_session_start(&cli->desk, &cli->pair, ago, err) && tell(cli, say_start, err);
}

static void say_end(struct ta_cli *cli, const struct ta_live *live)
{
    char ended[TA_DATE_SIZE];
    if (live->sitting.id == 0) {
        ta_print_say(&cli->printer,
                     "The session has ended. It was written down on the other machine, and nothing "
                     "was caught here that is not there: turnabout summary show.");
        return;
    }
    time_of(ended, live->reading.ended);
    ta_print_say(&cli->printer,
                 "Session %u ended at %s and lasted %lld min. Its summary: turnabout summary show.",
                 live->sitting.number, ended,
                 (long long)((live->reading.elapsed + MINUTE / 2) / MINUTE));
}

/* "10:47" is the first time that it was so late since the session began. */
static bool read_end(struct ta_cli *cli, int64_t *at, struct ta_error *err)
{
    const char *word = cli->option[TA_OPTION_AT];
    struct ta_live live = {0};
    struct ta_moment moment = {0};
    *at = 0;
    if (word == NULL) {
        return true;
    }
    bool ok = ta_desk_live(&cli->desk, &cli->pair, &live, err);
    int64_t from = live.sitting.id != 0 ? live.reading.started : ta_desk_now(&cli->desk);
    ok = ok && ta_cli_moment(&moment, word, from, err);
    *at = moment.instant;
    ta_live_release(&live);
    return ok;
}

bool ta_cli_session_end(struct ta_cli *cli, struct ta_error *err)
{
    int64_t at;
    return read_end(cli, &at, err) && ta_desk_session_end(&cli->desk, &cli->pair, at, err) &&
           tell(cli, say_end, err);
}

bool ta_cli_session_close(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_live live = {0};
    if (!ta_desk_live(&cli->desk, &cli->pair, &live, err)) {
        return false;
    }
    bool open = live.sitting.id != 0 && live.reading.state != TA_SESSION_ENDED;
    int64_t at = open ? ta_live_probable_end(&live, ta_desk_now(&cli->desk)) : 0;
    ta_live_release(&live);
    if (cli->option[TA_OPTION_AT] != NULL) {
        return ta_cli_session_end(cli, err);
    }
    return ta_desk_session_end(&cli->desk, &cli->pair, at, err) && tell(cli, say_end, err);
}

/* Written down afterwards */

static bool read_held(struct ta_cli *cli, struct ta_moment *held, struct ta_error *err)
{
    const char *word = cli->option[TA_OPTION_HELD];
    if (word == NULL || cli->option[TA_OPTION_MINUTES] == NULL) {
        return ta_cli_misuse(cli, err,
                             "Say when it began and how long it took: turnabout session write "
                             "--held DATE --minutes N.");
    }
    return ta_cli_past(held, word, ta_desk_now(&cli->desk), err);
}

bool ta_cli_session_write(struct ta_cli *cli, struct ta_error *err)
{
    const char *notes = cli->option[TA_OPTION_NOTES];
    struct ta_moment held = {0};
    struct ta_text lines = {0};
    unsigned minutes = 0;
    bool ok = read_held(cli, &held, err) &&
              ta_cli_minutes(cli, cli->option[TA_OPTION_MINUTES], &minutes, err) &&
              ta_cli_text(cli, notes != NULL ? notes : "-", &lines, err) &&
              ta_desk_session_write(&cli->desk, &cli->pair, held, minutes,
                                    lines.length > 0 ? lines.bytes : "", err) &&
              tell(cli, say_end, err);
    ta_text_release(&lines);
    return ok;
}

/* While it runs */

static void say_item(struct ta_cli *cli, const struct ta_live *live)
{
    const struct ta_item *item = item_in_hand(live);
    if (item != NULL) {
        ta_print_say(&cli->printer, "Item %d: %s, %u min.", live->reading.item + 1, item->title,
                     item->minutes);
    }
}

bool ta_cli_session_next(struct ta_cli *cli, struct ta_error *err)
{
    return ta_desk_session_step(&cli->desk, &cli->pair, 1, err) && tell(cli, say_item, err);
}

bool ta_cli_session_back(struct ta_cli *cli, struct ta_error *err)
{
    return ta_desk_session_step(&cli->desk, &cli->pair, -1, err) && tell(cli, say_item, err);
}

static void say_clock(struct ta_cli *cli, const struct ta_live *live)
{
    struct ta_text left = {0};
    say_left(&left, live->reading.left);
    ta_print_say(&cli->printer, "Session %u is %s, %s.", live->sitting.number,
                 ta_session_state_name(live->reading.state), left.bytes);
    ta_text_release(&left);
}

bool ta_cli_session_pause(struct ta_cli *cli, struct ta_error *err)
{
    return ta_desk_session_event(&cli->desk, &cli->pair, TA_EVENT_PAUSE, 0, err) &&
           tell(cli, say_clock, err);
}

bool ta_cli_session_resume(struct ta_cli *cli, struct ta_error *err)
{
    return ta_desk_session_event(&cli->desk, &cli->pair, TA_EVENT_RESUME, 0, err) &&
           tell(cli, say_clock, err);
}

bool ta_cli_session_extend(struct ta_cli *cli, struct ta_error *err)
{
    unsigned minutes = MINUTES_MORE;
    return (cli->word_count == 0 || ta_cli_minutes(cli, cli->words[0], &minutes, err)) &&
           ta_desk_session_event(&cli->desk, &cli->pair, TA_EVENT_EXTEND, (int)minutes * MINUTE,
                                 err) &&
           tell(cli, say_clock, err);
}

/* The floor */

static void say_floor(struct ta_cli *cli, const struct ta_live *live)
{
    const int64_t *held = live->reading.held;
    char clock[TA_ROLES][TA_DATE_SIZE];
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        ta_span_clock(clock[role], held[role]);
    }
    enum ta_role floor = live->reading.floor;
    ta_print_say(&cli->printer, "%s has the floor; %s %s, %s %s so far.",
                 floor == TA_NOBODY ? "Nobody" : cli->pair.person[floor].name,
                 cli->pair.person[TA_MENTOR].name, clock[TA_MENTOR],
                 cli->pair.person[TA_MENTEE].name, clock[TA_MENTEE]);
}

bool ta_cli_session_floor(struct ta_cli *cli, struct ta_error *err)
{
    const char *word = cli->words[0];
    enum ta_role role = ta_pair_who(&cli->pair, ta_piece_of(word));
    if (role == TA_NOBODY && strcmp(word, "nobody") != 0) {
        return ta_cli_misuse(cli, err,
                             "\"%s\" is none of you two: say mentor, mentee, a first name, or "
                             "nobody.",
                             word);
    }
    return ta_desk_session_event(&cli->desk, &cli->pair, TA_EVENT_FLOOR, (int)role, err) &&
           tell(cli, say_floor, err);
}

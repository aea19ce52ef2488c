#include "turnabout/desk/status.h"

#include <string.h>

#include "command.h"

enum { MINUTE = 60 };

static const struct ta_item *item_in_hand(const struct ta_status *status)
{
    int item = status->reading.item;
    return item >= 0 && (size_t)item < status->agenda.count ? &status->agenda.items[item] : NULL;
}

/* The letters of a format */

static void add_clock(struct ta_text *out, int64_t seconds)
{
    char clock[TA_DATE_SIZE];
    ta_span_clock(clock, seconds);
    ta_text_add(out, clock);
}

static void add_left(struct ta_text *out, const struct ta_status *status)
{
    ta_text_add(out, status->reading.left < 0 ? "+" : "");
    add_clock(out, status->reading.left);
}

static void add_elapsed(struct ta_text *out, const struct ta_status *status)
{
    add_clock(out, status->reading.elapsed);
}

/* Begun minutes count: "5" until the fifth is over. Below nothing it is overtime. */
static void add_minutes(struct ta_text *out, const struct ta_status *status)
{
    int64_t left = status->reading.left;
    ta_text_addf(out, "%lld", (long long)(left > 0 ? (left + MINUTE - 1) / MINUTE : left / MINUTE));
}

static void add_overtime(struct ta_text *out, const struct ta_status *status)
{
    if (status->reading.left < 0) {
        add_clock(out, status->reading.left);
    }
}

static void add_planned(struct ta_text *out, const struct ta_status *status)
{
    ta_text_addf(out, "%lld", (long long)(status->reading.planned / MINUTE));
}

static void add_item(struct ta_text *out, const struct ta_status *status)
{
    const struct ta_item *item = item_in_hand(status);
    ta_text_add(out, item != NULL ? item->title : "");
}

static void add_state(struct ta_text *out, const struct ta_status *status)
{
    ta_text_add(out, ta_session_state_name(status->reading.state));
}

static void add_session(struct ta_text *out, const struct ta_status *status)
{
    ta_text_addf(out, "%u", status->sitting.number);
}

static void add_notes(struct ta_text *out, const struct ta_status *status)
{
    ta_text_addf(out, "%zu", status->notes);
}

static void add_pair(struct ta_text *out, const struct ta_status *status)
{
    ta_text_add(out, status->pair.slug);
}

static void add_floor(struct ta_text *out, const struct ta_status *status)
{
    if (status->reading.floor < TA_ROLES) {
        struct ta_piece name = ta_person_first_name(&status->pair.person[status->reading.floor]);
        ta_text_add_bytes(out, name.at, name.length);
    }
}

static void add_percent(struct ta_text *out, const struct ta_status *status)
{
    (void)status;
    ta_text_add(out, "%");
}

static const struct {
    char letter;
    void (*add)(struct ta_text *out, const struct ta_status *status);
} letters[] = {
    {'r', add_left},    {'m', add_minutes}, {'o', add_overtime}, {'t', add_planned},
    {'e', add_elapsed}, {'i', add_item},    {'s', add_state},    {'n', add_session},
    {'c', add_notes},   {'f', add_floor},   {'p', add_pair},     {'%', add_percent},
};

/* False for a letter that stands for nothing. */
static bool add_letter(struct ta_text *out, char letter, const struct ta_status *status)
{
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
        if (letters[i].letter == letter) {
            letters[i].add(out, status);
            return true;
        }
    }
    return false;
}

static bool fill(struct ta_text *line, struct ta_cli *cli, const struct ta_status *status,
                 struct ta_error *err)
{
    for (const char *at = cli->option[TA_OPTION_FORMAT]; *at != '\0'; at++) {
        if (*at != '%') {
            ta_text_add_bytes(line, at, 1);
        } else if (!add_letter(line, *++at, status)) {
            return ta_cli_misuse(cli, err,
                                 "The format takes %%r, %%m, %%o, %%t, %%e, %%i, %%s, %%n, %%c, "
                                 "%%f, %%p and %%%%; turnabout session status --help says what "
                                 "they are.");
        }
    }
    return true;
}

/* Of a session that does not run a status bar shows nothing, and nothing is no mistake to talk of:
 * the exit status says it. */
static bool print_format(struct ta_cli *cli, const struct ta_status *status, struct ta_error *err)
{
    struct ta_text line = {0};
    bool ok = fill(&line, cli, status, err);
    cli->silent = status->sitting.id == 0 || status->reading.state == TA_SESSION_ENDED;
    if (ok && !cli->silent) {
        ta_print_say(&cli->printer, "%s", line.length > 0 ? line.bytes : "");
    }
    ta_text_release(&line);
    cli->silent = cli->silent && ok;
    return ok && !cli->silent;
}

/* For programs, and for people */

static void print_status(struct ta_cli *cli, const struct ta_status *status)
{
    struct ta_printer *printer = &cli->printer;
    const struct ta_item *item = item_in_hand(status);
    ta_print_object(printer, NULL);
    ta_print_string(printer, "pair", status->pair.slug, NULL);
    if (status->sitting.id != 0) {
        ta_print_number(printer, "session", status->sitting.number, NULL);
    } else {
        ta_print_nothing(printer, "session", NULL);
    }
    ta_print_string(printer, "state", ta_session_state_name(status->reading.state), NULL);
    ta_print_number(printer, "elapsed_s", status->reading.elapsed, NULL);
    ta_print_number(printer, "left_s", status->reading.left, NULL);
    ta_print_string(printer, "item", item != NULL ? item->title : NULL, NULL);
    ta_print_number(printer, "notes", (int64_t)status->notes, NULL);
    ta_print_end(printer);
}

static void say_status(struct ta_cli *cli, const struct ta_status *status)
{
    const struct ta_item *item = item_in_hand(status);
    if (status->sitting.id == 0) {
        ta_print_say(&cli->printer, "No session is running.");
        return;
    }
    if (status->reading.state == TA_SESSION_ENDED) {
        ta_print_say(&cli->printer,
                     "Session %u has ended; its summary waits: turnabout summary show.",
                     status->sitting.number);
        return;
    }
    char clock[TA_DATE_SIZE];
    ta_span_clock(clock, status->reading.left);
    ta_print_say(&cli->printer, "Session %u is %s, %s %s of %lld min; %s%s%zu note%s.",
                 status->sitting.number, ta_session_state_name(status->reading.state), clock,
                 status->reading.left < 0 ? "over" : "left",
                 (long long)(status->reading.planned / MINUTE), item != NULL ? item->title : "",
                 item != NULL ? "; " : "", status->notes, status->notes == 1 ? "" : "s");
}

bool ta_cli_session_status(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_status status;
    bool ok = ta_desk_status(&status, cli->world->lookup, cli->option[TA_OPTION_PAIR], err);
    if (!ok) {
        return false;
    }
    if (cli->option[TA_OPTION_FORMAT] != NULL) {
        ok = print_format(cli, &status, err);
    } else {
        print_status(cli, &status);
        say_status(cli, &status);
    }
    ta_status_release(&status);
    return ok;
}

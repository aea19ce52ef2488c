#include "turnabout/desk/agenda.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "turnabout/document/agenda_paper.h"
#include "turnabout/domain/off_limits.h"

enum { MINUTES_USUAL = 5 };

/* Showing */

static void print_item(struct ta_printer *printer, const struct ta_agenda_state *state,
                       size_t index)
{
    const struct ta_item *item = &state->agenda.items[index];
    char number[24];
    char minutes[24];
    struct ta_piece topic;
    bool touched =
        ta_off_limits_touched(&topic, state->off_limits, item->title) ||
        (item->notes != NULL && ta_off_limits_touched(&topic, state->off_limits, item->notes));
    char *touches = touched ? ta_piece_copy(topic) : NULL;
    struct ta_text mark = {0};
    ta_text_addf(&mark, "%s%s", touched ? "touches off-limits: " : "", touched ? touches : "");
    (void)snprintf(number, sizeof number, "%zu", index + 1);
    (void)snprintf(minutes, sizeof minutes, "%u min", item->minutes);
    ta_print_object(printer, NULL);
    ta_print_number(printer, "n", (int64_t)index + 1, number);
    ta_print_string(printer, "title", item->title, item->title);
    ta_print_number(printer, "minutes", item->minutes, minutes);
    ta_print_string(printer, "notes", item->notes, item->notes != NULL ? "notes" : "");
    ta_print_string(printer, "origin", item->origin, item->origin != NULL ? item->origin : "");
    ta_print_string(printer, "off_limits", touches, mark.bytes);
    ta_print_end(printer);
    ta_text_release(&mark);
    free(touches);
}

static void print_carried(struct ta_printer *printer, const struct ta_agenda_state *state)
{
    if (state->carried.count > 0) {
        ta_print_say(printer, "Open since session %u:", state->carried_from);
    }
    ta_print_list(printer, "carried");
    for (size_t i = 0; i < state->carried.count; i++) {
        struct ta_text shown = {0};
        ta_text_addf(&shown, "? %s", state->carried.items[i]);
        ta_print_string(printer, NULL, state->carried.items[i], shown.bytes);
        ta_text_release(&shown);
    }
    ta_print_end(printer);
    ta_print_number(printer, "carried_from", state->carried_from, NULL);
}

static const char *describe_sharing(const struct ta_agenda_state *state)
{
    if (state->shared) {
        return "shared";
    }
    return state->was_shared ? "changed since it was shared" : "not shared";
}

static void print_agenda(struct ta_printer *printer, const struct ta_agenda_state *state)
{
    const struct ta_agenda *agenda = &state->agenda;
    unsigned planned = ta_agenda_sum(agenda);
    ta_print_say(printer, "Agenda for session %u: %u of %u min, %s", agenda->session, planned,
                 agenda->minutes, describe_sharing(state));
    ta_print_object(printer, NULL);
    ta_print_number(printer, "session", agenda->session, NULL);
    ta_print_number(printer, "minutes", agenda->minutes, NULL);
    ta_print_number(printer, "planned", planned, NULL);
    ta_print_flag(printer, "shared", state->shared, NULL);
    ta_print_list(printer, "items");
    for (size_t i = 0; i < agenda->count; i++) {
        print_item(printer, state, i);
    }
    ta_print_end(printer);
    print_carried(printer, state);
    ta_print_end(printer);
}

bool ta_cli_agenda_show(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_agenda_state state = {0};
    if (!ta_desk_agenda(&cli->desk, &cli->pair, &state, err)) {
        return false;
    }
    print_agenda(&cli->printer, &state);
    ta_agenda_state_release(&state);
    return true;
}

/* Changing */

/* A place counted from 1; behind the last item for a new one. */
static bool read_place(struct ta_cli *cli, const char *word, const struct ta_agenda *agenda,
                       size_t behind, size_t *index, struct ta_error *err)
{
    int number = 0;
    if (!ta_cli_number(cli, word, "the number of an item", &number, err)) {
        return false;
    }
    if (number < 1 || (size_t)number > agenda->count + behind) {
        return ta_fail(err, TA_ABSENT,
                       "The agenda has no place %s: turnabout agenda show lists its %zu items.",
                       word, agenda->count);
    }
    *index = (size_t)number - 1;
    return true;
}

static void say_item(struct ta_cli *cli, const struct ta_agenda_state *state, size_t index)
{
    const struct ta_item *item = &state->agenda.items[index];
    ta_print_say(&cli->printer, "%zu  %s, %u min; %u of %u min are planned.", index + 1,
                 item->title, item->minutes, ta_agenda_sum(&state->agenda), state->agenda.minutes);
    ta_cli_mark(cli, state->off_limits, item->title);
    ta_cli_mark(cli, state->off_limits, item->notes != NULL ? item->notes : "");
}

static bool set_minutes(struct ta_cli *cli, struct ta_agenda *agenda, size_t index,
                        struct ta_error *err)
{
    const char *word = cli->option[TA_OPTION_MINUTES];
    unsigned minutes;
    return word == NULL ||
           (ta_cli_minutes(cli, word, &minutes, err) &&
            ta_agenda_refuse(ta_agenda_set_minutes(agenda, index, minutes), index + 1, err));
}

static bool set_text(struct ta_cli *cli, struct ta_agenda *agenda, size_t index,
                     enum ta_option option,
                     enum ta_agenda_verdict (*set)(struct ta_agenda *, size_t, const char *),
                     struct ta_error *err)
{
    struct ta_text text = {0};
    if (cli->option[option] == NULL) {
        return true;
    }
    bool ok =
        ta_cli_text(cli, cli->option[option], &text, err) &&
        ta_agenda_refuse(set(agenda, index, text.length > 0 ? text.bytes : ""), index + 1, err);
    ta_text_release(&text);
    return ok;
}

/* Where a new item goes: as told, or in the place of the usual agenda's topic, or before the
 * wrap-up. */
static bool place_item(struct ta_cli *cli, struct ta_agenda *agenda, const char *title,
                       size_t *index, struct ta_error *err)
{
    const char *at = cli->option[TA_OPTION_AT];
    size_t slot = SIZE_MAX;
    *index = ta_agenda_place(agenda, &slot);
    if (at != NULL && !read_place(cli, at, agenda, 1, index, err)) {
        return false;
    }
    if (at == NULL && slot != SIZE_MAX) {
        *index = slot;
        return ta_agenda_refuse(ta_agenda_retitle(agenda, slot, title), slot + 1, err);
    }
    return ta_agenda_refuse(ta_agenda_insert(agenda, *index, title, MINUTES_USUAL), *index + 1,
                            err);
}

bool ta_cli_agenda_add(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_agenda_state state = {0};
    struct ta_text title = {0};
    size_t index = 0;
    bool ok = ta_cli_text(cli, cli->words[0], &title, err) &&
              ta_desk_agenda(&cli->desk, &cli->pair, &state, err) &&
              place_item(cli, &state.agenda, title.length > 0 ? title.bytes : "", &index, err) &&
              set_minutes(cli, &state.agenda, index, err) &&
              set_text(cli, &state.agenda, index, TA_OPTION_NOTES, ta_agenda_set_notes, err) &&
              ta_desk_agenda_save(&cli->desk, &cli->pair, &state, err);
    if (ok) {
        say_item(cli, &state, index);
    }
    ta_text_release(&title);
    ta_agenda_state_release(&state);
    return ok;
}

/* An item and what changes of it come together, or neither does. */
static bool names_change(struct ta_cli *cli, struct ta_error *err)
{
    bool change = cli->option[TA_OPTION_TITLE] != NULL || cli->option[TA_OPTION_MINUTES] != NULL ||
                  cli->option[TA_OPTION_NOTES] != NULL;
    bool item = cli->word_count > 0;
    if (item && !change) {
        return ta_cli_misuse(cli, err, "Say what changes: --title, --minutes or --notes.");
    }
    return item || !change ||
           ta_cli_misuse(cli, err, "Say which item changes: turnabout agenda edit N.");
}

static bool edit_item(struct ta_cli *cli, struct ta_agenda_state *state, struct ta_error *err)
{
    size_t index = 0;
    bool ok = read_place(cli, cli->words[0], &state->agenda, 0, &index, err) &&
              set_text(cli, &state->agenda, index, TA_OPTION_TITLE, ta_agenda_retitle, err) &&
              set_minutes(cli, &state->agenda, index, err) &&
              set_text(cli, &state->agenda, index, TA_OPTION_NOTES, ta_agenda_set_notes, err) &&
              ta_desk_agenda_save(&cli->desk, &cli->pair, state, err);
    if (ok) {
        say_item(cli, state, index);
    }
    return ok;
}

static bool write_paper(struct ta_cli *cli, void *state, const char *text, struct ta_error *err)
{
    return ta_desk_agenda_write(&cli->desk, &cli->pair, state, text, err);
}

/* The paper in the person's editor. */
static bool edit_paper(struct ta_cli *cli, struct ta_agenda_state *state, struct ta_error *err)
{
    char *paper = NULL;
    bool changed = false;
    bool ok = ta_agenda_paper_write(&paper, state->text, &state->agenda, err) &&
              ta_cli_edit(cli, paper, "agenda.md", write_paper, state, &changed, err);
    free(paper);
    if (ok && !changed) {
        ta_print_say(&cli->printer, "Nothing was changed.");
    } else if (ok) {
        print_agenda(&cli->printer, state);
    }
    return ok;
}

bool ta_cli_agenda_edit(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_agenda_state state = {0};
    bool ok = names_change(cli, err) && ta_desk_agenda(&cli->desk, &cli->pair, &state, err);
    ok = ok && (cli->word_count > 0 ? edit_item(cli, &state, err) : edit_paper(cli, &state, err));
    ta_agenda_state_release(&state);
    return ok;
}

bool ta_cli_agenda_move(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_agenda_state state = {0};
    size_t from = 0;
    size_t to = 0;
    bool ok = ta_desk_agenda(&cli->desk, &cli->pair, &state, err) &&
              read_place(cli, cli->words[0], &state.agenda, 0, &from, err) &&
              read_place(cli, cli->words[1], &state.agenda, 0, &to, err) &&
              ta_agenda_refuse(ta_agenda_move(&state.agenda, from, to), from + 1, err) &&
              ta_desk_agenda_save(&cli->desk, &cli->pair, &state, err);
    if (ok) {
        print_agenda(&cli->printer, &state);
    }
    ta_agenda_state_release(&state);
    return ok;
}

bool ta_cli_agenda_drop(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_agenda_state state = {0};
    size_t index = 0;
    bool ok = ta_desk_agenda(&cli->desk, &cli->pair, &state, err) &&
              read_place(cli, cli->words[0], &state.agenda, 0, &index, err) &&
              ta_agenda_refuse(ta_agenda_drop(&state.agenda, index), index + 1, err) &&
              ta_desk_agenda_save(&cli->desk, &cli->pair, &state, err);
    if (ok) {
        print_agenda(&cli->printer, &state);
    }
    ta_agenda_state_release(&state);
    return ok;
}

static void say_shared(struct ta_cli *cli, const struct ta_agenda_state *state)
{
    ta_print_say(&cli->printer, "The agenda for session %u is shared: %u of %u min.",
                 state->agenda.session, ta_agenda_sum(&state->agenda), state->agenda.minutes);
    for (size_t i = 0; i < state->agenda.count; i++) {
        const struct ta_item *item = &state->agenda.items[i];
        ta_cli_mark(cli, state->off_limits, item->title);
        ta_cli_mark(cli, state->off_limits, item->notes != NULL ? item->notes : "");
    }
}

bool ta_cli_agenda_share(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_agenda_state state = {0};
    enum ta_role as;
    if (!ta_cli_as(cli, &as, err) || !ta_desk_agenda_share(&cli->desk, &cli->pair, as, err)) {
        return false;
    }
    if (ta_desk_agenda(&cli->desk, &cli->pair, &state, err)) {
        say_shared(cli, &state);
    } else {
        ta_print_say(&cli->printer, "The agenda is shared.");
        ta_cli_done_but(cli, err);
    }
    ta_agenda_state_release(&state);
    return true;
}

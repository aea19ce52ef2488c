#include "turnabout/desk/agenda.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "turnabout/desk/decks.h"
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
    struct ta_text from = {0};
    ta_text_addf(&mark, "%s%s", touched ? "touches off-limits: " : "", touched ? touches : "");
    (void)snprintf(number, sizeof number, "%zu", index + 1);
    (void)snprintf(minutes, sizeof minutes, "%u min", item->minutes);
    ta_text_addf(&from, "%s%s", item->origin != NULL ? "from " : "",
                 item->origin != NULL ? item->origin : "");
    ta_print_object(printer, NULL);
    ta_print_number(printer, "n", (int64_t)index + 1, number);
    ta_print_string(printer, "title", item->title, item->title);
    ta_print_number(printer, "minutes", item->minutes, minutes);
    ta_print_string(printer, "notes", item->notes, item->notes != NULL ? "notes" : "");
    ta_print_string(printer, "origin", item->origin, from.bytes);
    ta_print_string(printer, "off_limits", touches, mark.bytes);
    ta_print_end(printer);
    ta_text_release(&mark);
    ta_text_release(&from);
    free(touches);
}

/* What the sessions before left behind */

static void print_due(struct ta_printer *printer, const struct ta_carry *carry, struct ta_day today)
{
    char due[TA_DATE_SIZE];
    char day[TA_DATE_SIZE];
    struct ta_text shown = {0};
    bool any = carry->due.year != 0;
    ta_day_write(due, carry->due);
    ta_day_short(day, carry->due, today);
    ta_text_addf(&shown, "due %s", day);
    ta_print_string(printer, "due", any ? due : NULL,
                    carry->done ? "done, not yet told back"
                    : any       ? shown.bytes
                                : "");
    ta_text_release(&shown);
}

static void print_carry(struct ta_printer *printer, const struct ta_carry *carry, size_t number,
                        struct ta_day today)
{
    const char *kind = ta_carry_kind_name(carry->kind);
    char n[24];
    struct ta_text from = {0};
    (void)snprintf(n, sizeof n, "%zu", number);
    ta_text_addf(&from, "from %s", carry->origin);
    ta_print_object(printer, NULL);
    ta_print_number(printer, "n", (int64_t)number, n);
    ta_print_string(printer, "kind", kind, kind);
    ta_print_string(printer, "text", carry->text, carry->text);
    ta_print_string(printer, "origin", carry->origin, from.bytes);
    print_due(printer, carry, today);
    ta_print_end(printer);
    ta_text_release(&from);
}

static void print_carries(struct ta_cli *cli, const char *name, const struct ta_carries *carries)
{
    ta_print_list(&cli->printer, name);
    for (size_t i = 0; i < carries->count; i++) {
        print_carry(&cli->printer, &carries->items[i], i + 1, ta_desk_today(&cli->desk));
    }
    ta_print_end(&cli->printer);
}

static void print_carried(struct ta_cli *cli, const struct ta_agenda_state *state)
{
    if (state->carried.count > 0) {
        ta_print_say(&cli->printer, "Carried over (turnabout agenda carry take N):");
    }
    print_carries(cli, "carried", &state->carried);
}

static const char *describe_sharing(const struct ta_agenda_state *state)
{
    if (state->shared) {
        return "shared";
    }
    return state->was_shared ? "changed since it was shared" : "not shared";
}

static void print_agenda(struct ta_cli *cli, const struct ta_agenda_state *state)
{
    struct ta_printer *printer = &cli->printer;
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
    print_carried(cli, state);
    ta_print_end(printer);
}

bool ta_cli_agenda_show(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_agenda_state state = {0};
    if (!ta_desk_agenda(&cli->desk, &cli->pair, &state, err)) {
        return false;
    }
    print_agenda(cli, &state);
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

/* A title as typed: minutes at its end count, unless they are given apart. */
static bool add_typed(struct ta_cli *cli, struct ta_agenda_state *state, const char *typed,
                      size_t *index, struct ta_error *err)
{
    struct ta_piece title = ta_piece_of(typed);
    unsigned minutes;
    enum ta_agenda_verdict verdict = ta_agenda_take_minutes(&title, &minutes);
    char *text = ta_piece_copy(title);
    bool ok =
        ta_agenda_refuse(verdict, 0, err) && place_item(cli, &state->agenda, text, index, err) &&
        (minutes == 0 || ta_agenda_refuse(ta_agenda_set_minutes(&state->agenda, *index, minutes),
                                          *index + 1, err)) &&
        set_minutes(cli, &state->agenda, *index, err) &&
        set_text(cli, &state->agenda, *index, TA_OPTION_NOTES, ta_agenda_set_notes, err);
    free(text);
    return ok;
}

/* A prompt of a deck, as an item with its origin, or as a talking note under one that is there. */
static bool add_prompt(struct ta_cli *cli, struct ta_agenda_state *state, size_t *index,
                       struct ta_error *err)
{
    const char *under = cli->option[TA_OPTION_UNDER];
    const struct ta_deck *deck = NULL;
    const struct ta_prompt *prompt = NULL;
    struct ta_decks decks;
    ta_desk_decks(&cli->desk, &decks);
    bool ok = ta_decks_prompt(&decks, cli->option[TA_OPTION_FROM], &deck, &prompt, err);
    if (ok && under != NULL) {
        ok = read_place(cli, under, &state->agenda, 0, index, err) &&
             ta_agenda_refuse(ta_agenda_add_note(&state->agenda, *index, prompt->text), *index + 1,
                              err);
    } else if (ok) {
        char *origin = ta_deck_origin(deck);
        ok =
            add_typed(cli, state, prompt->text, index, err) &&
            ta_agenda_refuse(ta_agenda_set_origin(&state->agenda, *index, origin), *index + 1, err);
        free(origin);
    }
    ta_decks_release(&decks);
    return ok;
}

static bool add_title(struct ta_cli *cli, struct ta_agenda_state *state, size_t *index,
                      struct ta_error *err)
{
    struct ta_text title = {0};
    bool ok = ta_cli_text(cli, cli->words[0], &title, err) &&
              add_typed(cli, state, title.length > 0 ? title.bytes : "", index, err);
    ta_text_release(&title);
    return ok;
}

/* Either a title or a prompt. */
static bool names_one(struct ta_cli *cli, struct ta_error *err)
{
    bool prompt = cli->option[TA_OPTION_FROM] != NULL;
    if (prompt == (cli->word_count > 0)) {
        return ta_cli_misuse(cli, err, "%s",
                             prompt ? "Give a title or a prompt (--from), not both."
                                    : "Something is missing. Usage: turnabout agenda add TITLE, or "
                                      "--from DECK:N.");
    }
    return prompt || cli->option[TA_OPTION_UNDER] == NULL ||
           ta_cli_misuse(cli, err,
                         "--under goes with --from: a note of your own is put under an "
                         "item by turnabout agenda edit N --notes.");
}

bool ta_cli_agenda_add(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_agenda_state state = {0};
    size_t index = 0;
    bool ok = names_one(cli, err) && ta_desk_agenda(&cli->desk, &cli->pair, &state, err) &&
              (cli->word_count > 0 ? add_title(cli, &state, &index, err)
                                   : add_prompt(cli, &state, &index, err)) &&
              ta_desk_agenda_save(&cli->desk, &cli->pair, &state, err);
    if (ok) {
        say_item(cli, &state, index);
    }
    ta_agenda_state_release(&state);
    return ok;
}

static bool read_carry(struct ta_cli *cli, const struct ta_agenda_state *state, size_t *index,
                       struct ta_error *err)
{
    int number = 0;
    if (!ta_cli_number(cli, cli->words[1], "the number of what was carried over", &number, err)) {
        return false;
    }
    *index = number > 0 ? (size_t)number - 1 : SIZE_MAX;
    return *index < state->carried.count ||
           ta_fail(err, TA_ABSENT, "Nothing has the number %s: turnabout agenda carry lists %zu.",
                   cli->words[1], state->carried.count);
}

static bool take_carry(struct ta_cli *cli, struct ta_agenda_state *state, struct ta_error *err)
{
    size_t index = 0;
    size_t at = 0;
    bool ok = read_carry(cli, state, &index, err) &&
              ta_agenda_refuse(ta_carry_take(&state->agenda, &state->carried.items[index], &at),
                               at + 1, err) &&
              ta_desk_agenda_save(&cli->desk, &cli->pair, state, err);
    if (ok) {
        say_item(cli, state, at);
    }
    return ok;
}

static bool set_aside(struct ta_cli *cli, struct ta_agenda_state *state, struct ta_error *err)
{
    size_t index = 0;
    if (!read_carry(cli, state, &index, err)) {
        return false;
    }
    const struct ta_carry *carry = &state->carried.items[index];
    ta_agenda_set_aside(&state->agenda, carry->text);
    if (!ta_desk_agenda_save(&cli->desk, &cli->pair, state, err)) {
        return false;
    }
    ta_print_say(&cli->printer, "Set aside%s: %s",
                 carry->kind == TA_CARRY_PROMISE ? " for this agenda" : ", and not offered again",
                 carry->text);
    return true;
}

static bool list_carries(struct ta_cli *cli, struct ta_agenda_state *state, struct ta_error *err)
{
    (void)err;
    print_carries(cli, NULL, &state->carried);
    if (state->carried.count == 0) {
        ta_cli_hint(cli, "Nothing waits: every question, item and promise is on the agenda or "
                         "done with.");
    }
    return true;
}

static const struct {
    const char *word;
    size_t words;
    bool (*run)(struct ta_cli *cli, struct ta_agenda_state *state, struct ta_error *err);
} carry_acts[] = {
    {"list", 1, list_carries},
    {"take", 2, take_carry},
    {"aside", 2, set_aside},
};

bool ta_cli_agenda_carry(struct ta_cli *cli, struct ta_error *err)
{
    const char *word = cli->word_count > 0 ? cli->words[0] : "list";
    size_t words = cli->word_count > 0 ? cli->word_count : 1;
    for (size_t i = 0; i < sizeof carry_acts / sizeof *carry_acts; i++) {
        if (strcmp(word, carry_acts[i].word) == 0 && words == carry_acts[i].words) {
            struct ta_agenda_state state = {0};
            bool ok = ta_desk_agenda(&cli->desk, &cli->pair, &state, err) &&
                      carry_acts[i].run(cli, &state, err);
            ta_agenda_state_release(&state);
            return ok;
        }
    }
    return ta_cli_misuse(cli, err,
                         "Usage: turnabout agenda carry, turnabout agenda carry take N, turnabout "
                         "agenda carry aside N.");
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
        print_agenda(cli, state);
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
        print_agenda(cli, &state);
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
        print_agenda(cli, &state);
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

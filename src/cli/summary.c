#include "turnabout/desk/summary.h"

#include <string.h>

#include "command.h"

static void print_lines(struct ta_printer *printer, const char *name,
                        const struct ta_summary_lines *lines)
{
    ta_print_list(printer, name);
    for (size_t i = 0; i < lines->count; i++) {
        ta_print_string(printer, NULL, lines->items[i], NULL);
    }
    ta_print_end(printer);
}

static void print_moment(struct ta_printer *printer, const char *name, struct ta_moment moment)
{
    char written[TA_DATE_SIZE];
    ta_moment_write(written, moment);
    ta_print_string(printer, name, moment.instant != 0 ? written : NULL, NULL);
}

static void print_summary(struct ta_printer *printer, const struct ta_summary_state *state)
{
    static const char *const names[TA_SUMMARY_SECTIONS] = {
        [TA_SUMMARY_TAKEAWAYS] = "takeaways",
        [TA_SUMMARY_DIFFERENCES] = "differences",
        [TA_SUMMARY_PROMISES] = "promises",
        [TA_SUMMARY_QUESTIONS] = "questions",
    };
    const struct ta_summary *summary = &state->summary;
    ta_print_object(printer, NULL);
    ta_print_number(printer, "session", state->session, NULL);
    ta_print_string(printer, "title", summary->title, NULL);
    print_moment(printer, "held", summary->held);
    ta_print_number(printer, "planned_min", summary->planned, NULL);
    ta_print_number(printer, "lasted_min", summary->lasted, NULL);
    ta_print_flag(printer, "committed", state->committed, NULL);
    for (enum ta_summary_section section = 0; section < TA_SUMMARY_SECTIONS; section++) {
        print_lines(printer, names[section], &summary->lines[section]);
    }
    print_moment(printer, "proposed", state->proposed);
    ta_print_string(printer, "text", state->text, NULL);
    ta_print_end(printer);
}

/* Lines that are not committed yet and touch what the two will not talk about. */
static void mark_lines(struct ta_cli *cli, const struct ta_summary_state *state)
{
    const struct ta_summary *summary = &state->summary;
    for (enum ta_summary_section section = 0; section < TA_SUMMARY_SECTIONS; section++) {
        const struct ta_summary_lines *lines = &summary->lines[section];
        for (size_t i = 0; i < lines->count; i++) {
            ta_cli_mark(cli, state->off_limits, lines->items[i]);
        }
    }
    for (size_t i = 0; i < summary->item_count; i++) {
        for (size_t j = 0; j < summary->items[i].count; j++) {
            ta_cli_mark(cli, state->off_limits, summary->items[i].notes[j].text);
        }
    }
}

/* What is still to be done with it, for people. */
static void say_what_is_left(struct ta_cli *cli, const struct ta_summary_state *state)
{
    if (state->committed) {
        return;
    }
    ta_cli_hint(cli, "This is a draft: change it with turnabout summary edit, then commit it with "
                     "turnabout summary commit.");
    if (state->proposed.instant != 0) {
        char next[TA_DATE_SIZE];
        ta_moment_short(next, state->proposed);
        ta_cli_hint(cli, "No next date is set; by your rhythm it would be %s (--next DATE).", next);
    }
    mark_lines(cli, state);
}

bool ta_cli_summary_show(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_summary_state state = {0};
    unsigned session = 0;
    bool ok = (cli->word_count == 0 || ta_cli_session(cli, cli->words[0], &session, err)) &&
              ta_desk_summary(&cli->desk, &cli->pair, session, &state, err);
    if (ok) {
        print_summary(&cli->printer, &state);
        ta_cli_say_paper(cli, state.text);
        say_what_is_left(cli, &state);
    }
    ta_summary_state_release(&state);
    return ok;
}

static bool is_draft(const struct ta_summary_state *state, struct ta_error *err)
{
    return !state->committed ||
           ta_fail(err, TA_REFUSED,
                   "The summary of session %u is committed, and no other waits: it stays as it "
                   "is.",
                   state->session);
}

static bool write_paper(struct ta_cli *cli, void *state, const char *text, struct ta_error *err)
{
    return ta_desk_summary_write(&cli->desk, &cli->pair, state, text, err);
}

bool ta_cli_summary_edit(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_summary_state state = {0};
    bool changed = false;
    bool ok = ta_desk_summary(&cli->desk, &cli->pair, 0, &state, err) && is_draft(&state, err) &&
              ta_cli_edit(cli, state.text, "summary.md", write_paper, &state, &changed, err);
    if (ok) {
        ta_print_say(&cli->printer, "%s",
                     changed ? "The draft is changed; commit it with turnabout summary commit."
                             : "Nothing was changed.");
        mark_lines(cli, &state);
    }
    ta_summary_state_release(&state);
    return ok;
}

static void say_commit(struct ta_cli *cli, const struct ta_summary_state *state,
                       const struct ta_moment *next)
{
    char date[TA_DATE_SIZE];
    ta_print_say(&cli->printer, "Session %u is in the record: %s.", state->session,
                 state->summary.title);
    if (next != NULL) {
        ta_moment_short(date, *next);
        ta_print_say(&cli->printer, "You meet next on %s.", date);
    } else if (state->proposed.instant != 0) {
        ta_moment_short(date, state->proposed);
        ta_cli_hint(cli,
                    "No next date is set; by your rhythm it would be %s: turnabout meeting "
                    "plan DATE.",
                    date);
    }
    mark_lines(cli, state);
}

bool ta_cli_summary_commit(struct ta_cli *cli, struct ta_error *err)
{
    const char *date = cli->option[TA_OPTION_NEXT];
    struct ta_summary_state state = {0};
    struct ta_moment next = {0};
    enum ta_role as;
    bool ok = ta_cli_as(cli, &as, err) &&
              (date == NULL || ta_cli_moment(&next, date, ta_desk_now(&cli->desk), err)) &&
              ta_desk_summary(&cli->desk, &cli->pair, 0, &state, err) && is_draft(&state, err) &&
              ta_desk_summary_commit(&cli->desk, &cli->pair, &state, date != NULL ? &next : NULL,
                                     as, err);
    if (ok) {
        say_commit(cli, &state, date != NULL ? &next : NULL);
    }
    ta_summary_state_release(&state);
    return ok;
}

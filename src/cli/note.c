#include <stdlib.h>

#include "command.h"
#include "turnabout/desk/session.h"

static void say_promise(struct ta_cli *cli, const struct ta_live *live, const char *text)
{
    struct ta_promise promise = {0};
    struct ta_day day = ta_day_of(ta_moment_local(live->reading.started));
    char due[TA_DATE_SIZE];
    ta_promise_understand(&promise, ta_piece_of(text), &cli->pair, day);
    ta_day_short(due, promise.due, day);
    bool dated = promise.due.year != 0;
    ta_print_say(&cli->printer, "%s: %s%s%s", cli->pair.person[promise.owner].name, promise.text,
                 dated ? ", due " : "", dated ? due : "");
    ta_promise_release(&promise);
}

/* What was understood. A note that is mine is not said again: somebody may look on. */
static void say_note(struct ta_cli *cli, const struct ta_live *live, const struct ta_note *note)
{
    switch (note->kind) {
    case TA_NOTE_MINE:
        ta_print_say(&cli->printer, "Kept for you alone, on this machine.");
        return;
    case TA_NOTE_PROMISE:
        say_promise(cli, live, note->text);
        break;
    case TA_NOTE_PLAIN:
        ta_print_say(&cli->printer, "%s", note->text);
        break;
    default:
        ta_print_say(&cli->printer, "%s: %s", ta_note_facts(note->kind)->name, note->text);
        break;
    }
    ta_cli_mark(cli, live->off_limits, note->text);
}

bool ta_cli_session_note(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_live live = {0};
    struct ta_note note = {0};
    struct ta_text line = {0};
    bool ok =
        ta_cli_text(cli, cli->words[0], &line, err) &&
        ta_desk_live(&cli->desk, &cli->pair, &live, err) &&
        ta_desk_session_note(&cli->desk, &cli->pair, line.length > 0 ? line.bytes : "", &note, err);
    if (ok) {
        say_note(cli, &live, &note);
    }
    free(note.text);
    ta_text_release(&line);
    ta_live_release(&live);
    return ok;
}

#include "turnabout/domain/promise.h"

#include <stdio.h>

#include "command.h"
#include "turnabout/desk/standing.h"

/* The owner's name: as the pair has it, else as the document has it. */
static const char *owner_of(const struct ta_promise *promise, const struct ta_pair *pair)
{
    return promise->owner != TA_NOBODY ? pair->person[promise->owner].name : promise->named;
}

static void print_due(struct ta_printer *printer, const struct ta_promise *promise,
                      struct ta_day today)
{
    char due[TA_DATE_SIZE];
    char day[TA_DATE_SIZE];
    struct ta_text shown = {0};
    bool any = promise->due.year != 0;
    ta_day_write(due, promise->due);
    ta_day_short(day, promise->due, today);
    ta_text_addf(&shown, "%s %s", ta_promise_is_overdue(promise, today) ? "was due" : "due", day);
    ta_print_string(printer, "due", any ? due : NULL, any ? shown.bytes : "");
    ta_text_release(&shown);
}

static void print_promise(struct ta_cli *cli, const struct ta_promise *promise)
{
    struct ta_printer *printer = &cli->printer;
    const char *owner = owner_of(promise, &cli->pair);
    const char *state = ta_promise_state_name(promise->state);
    char id[16];
    (void)snprintf(id, sizeof id, "P%u", promise->id);
    ta_print_object(printer, NULL);
    ta_print_string(printer, "id", promise->id != 0 ? id : NULL, promise->id != 0 ? id : "");
    ta_print_string(printer, "owner", owner, owner != NULL ? owner : "");
    ta_print_string(printer, "text", promise->text, promise->text != NULL ? promise->text : "");
    print_due(printer, promise, ta_desk_today(&cli->desk));
    ta_print_string(printer, "state", state,
                    promise->state == TA_PROMISE_DONE ? "done, not yet told back" : state);
    if (promise->session != 0) {
        ta_print_number(printer, "session", promise->session, NULL);
    } else {
        ta_print_nothing(printer, "session", NULL);
    }
    ta_print_end(printer);
}

bool ta_cli_promise_list(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_promises promises = {0};
    bool ok = ta_desk_promises(&cli->desk, &cli->pair, &promises, err);
    if (ok) {
        ta_print_list(&cli->printer, NULL);
        for (size_t i = 0; i < promises.count; i++) {
            print_promise(cli, &promises.items[i]);
        }
        ta_print_end(&cli->printer);
    }
    if (ok && promises.count == 0) {
        ta_cli_hint(cli, "Nothing is promised yet.");
    }
    ta_promises_release(&promises);
    return ok;
}

/* What became of one */

static bool become(struct ta_cli *cli, enum ta_promise_state to, const char *words,
                   struct ta_error *err)
{
    unsigned id = 0;
    enum ta_role as;
    if (!ta_cli_id(cli->words[0], 'P', &id)) {
        return ta_cli_misuse(cli, err,
                             "\"%s\" is no promise: write its id, such as P7; turnabout promise "
                             "list shows them.",
                             cli->words[0]);
    }
    bool ok =
        ta_cli_as(cli, &as, err) && ta_desk_promise_become(&cli->desk, &cli->pair, id, to, as, err);
    if (ok) {
        ta_print_say(&cli->printer, "P%u %s.", id, words);
    }
    return ok;
}

bool ta_cli_promise_done(struct ta_cli *cli, struct ta_error *err)
{
    return become(cli, TA_PROMISE_DONE, "is done; tell it back to the other", err);
}

bool ta_cli_promise_told(struct ta_cli *cli, struct ta_error *err)
{
    return become(cli, TA_PROMISE_TOLD, "is done and told back", err);
}

bool ta_cli_promise_open(struct ta_cli *cli, struct ta_error *err)
{
    return become(cli, TA_PROMISE_OPEN, "is open again", err);
}

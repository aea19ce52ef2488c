#include "command.h"
#include "turnabout/desk/history.h"

enum { ID_SHOWN = 10 };

static void print_entry(struct ta_printer *printer, const struct ta_entry *entry)
{
    char date[TA_DATE_SIZE];
    char day[TA_DATE_SIZE];
    char id[ID_SHOWN + 1];
    ta_moment_write(date, entry->when);
    ta_day_long(day, ta_day_of(entry->when));
    (void)snprintf(id, sizeof id, "%.*s", ID_SHOWN, entry->id);
    ta_print_object(printer, NULL);
    ta_print_string(printer, "commit", entry->id, id);
    ta_print_string(printer, "date", date, day);
    ta_print_string(printer, "kind", ta_entry_kind(entry), NULL);
    if (entry->session != 0) {
        ta_print_number(printer, "session", entry->session, NULL);
    } else {
        ta_print_nothing(printer, "session", NULL);
    }
    ta_print_string(printer, "subject", entry->subject, entry->subject);
    ta_print_end(printer);
}

/* How many are wanted; 0 is all of them, and so nobody can ask for it. */
static bool read_limit(struct ta_cli *cli, size_t *limit, struct ta_error *err)
{
    const char *word = cli->option[TA_OPTION_NUMBER];
    int number = 0;
    *limit = 0;
    if (word == NULL) {
        return true;
    }
    if (!ta_cli_number(cli, word, "how many commits", &number, err)) {
        return false;
    }
    *limit = number > 0 ? (size_t)number : 0;
    return number > 0 || ta_cli_misuse(cli, err, "-n takes a number from 1 on.");
}

bool ta_cli_log(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_entries entries = {0};
    size_t limit;
    bool ok = read_limit(cli, &limit, err) &&
              ta_desk_history(&cli->desk, &cli->pair, 0, limit, &entries, err);
    if (ok) {
        ta_print_list(&cli->printer, NULL);
        for (size_t i = 0; i < entries.count; i++) {
            print_entry(&cli->printer, &entries.items[i]);
        }
        ta_print_end(&cli->printer);
    }
    ta_entries_release(&entries);
    return ok;
}

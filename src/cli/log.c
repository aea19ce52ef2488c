#include <stdlib.h>

#include "command.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/history.h"
#include "turnabout/desk/passages.h"

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

static bool read_versions(struct ta_cli *cli, const char *name, size_t limit,
                          struct ta_entries *entries, struct ta_error *err)
{
    char *path = NULL;
    bool ok = ta_document_find(&path, name, err) &&
              ta_desk_history_versions(&cli->desk, &cli->pair, path, limit, entries, err);
    if (ok && entries->count == 0) {
        ta_cli_hint(cli, "No commit has a document %s.", path);
    }
    free(path);
    return ok;
}

static bool list_commits(struct ta_cli *cli, size_t limit, struct ta_error *err)
{
    const char *name = cli->option[TA_OPTION_DOCUMENT];
    struct ta_entries entries = {0};
    bool ok = name != NULL ? read_versions(cli, name, limit, &entries, err)
                           : ta_desk_history(&cli->desk, &cli->pair, 0, limit, &entries, err);
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

/* A section through time */

static void say_where(struct ta_cli *cli, const struct ta_passage *passage, bool of_contract)
{
    struct ta_text where = {0};
    char day[TA_DATE_SIZE];
    ta_text_addf(&where, of_contract ? "Contract v%u" : "Session %u", passage->number);
    if (passage->when.instant != 0) {
        ta_day_long(day, ta_day_of(passage->when));
        ta_text_addf(&where, ", %s", day);
    }
    ta_text_addf(&where, "%s%s", passage->title != NULL ? ": " : "",
                 passage->title != NULL ? passage->title : "");
    ta_print_say(&cli->printer, "%s", where.bytes);
    ta_text_release(&where);
}

static void print_lines(struct ta_cli *cli, const struct ta_passage *passage)
{
    struct ta_piece rest = ta_piece_of(passage->text != NULL ? passage->text : "");
    struct ta_piece line;
    ta_print_list(&cli->printer, "lines");
    while (ta_passage_next_line(&rest, &line)) {
        char *text = ta_piece_copy(line);
        ta_print_string(&cli->printer, NULL, text, NULL);
        ta_print_say(&cli->printer, "  %s", text);
        free(text);
    }
    ta_print_end(&cli->printer);
}

static void print_passage(struct ta_cli *cli, const struct ta_thread *thread,
                          const struct ta_passage *passage)
{
    struct ta_printer *printer = &cli->printer;
    bool of_contract = thread->of_contract;
    char date[TA_DATE_SIZE];
    ta_moment_write(date, passage->when);
    ta_print_object(printer, NULL);
    ta_print_string(printer, "section", thread->id, NULL);
    ta_print_string(printer, "commit", *passage->commit ? passage->commit : NULL, NULL);
    ta_print_string(printer, "date", passage->when.instant != 0 ? date : NULL, NULL);
    if (of_contract) {
        ta_print_nothing(printer, "session", NULL);
        ta_print_number(printer, "version", passage->number, NULL);
    } else {
        ta_print_number(printer, "session", passage->number, NULL);
        ta_print_nothing(printer, "version", NULL);
    }
    ta_print_string(printer, "title", passage->title, NULL);
    say_where(cli, passage, of_contract);
    print_lines(cli, passage);
    ta_print_end(printer);
}

/* One that cannot be read is told beside the others. */
static void follow_one(struct ta_cli *cli, const struct ta_passages *passages, size_t index,
                       const struct ta_thread *thread)
{
    struct ta_passage passage;
    struct ta_error trouble;
    bool ok = ta_desk_passage(&cli->desk, &cli->pair, passages, index, thread, &passage, &trouble);
    print_passage(cli, thread, &passage);
    if (!ok) {
        ta_cli_remark(cli, "%s", trouble.text);
    }
    ta_passage_release(&passage);
}

/* Oldest first, as one reads; the newest `limit` of them. */
static bool follow_section(struct ta_cli *cli, size_t limit, struct ta_error *err)
{
    struct ta_thread thread;
    struct ta_passages passages = {0};
    bool ok = ta_thread_find(&thread, cli->option[TA_OPTION_SECTION], err) &&
              ta_desk_passages(&cli->desk, &cli->pair, thread.of_contract, &passages, err);
    if (ok) {
        size_t first = limit > 0 && passages.count > limit ? passages.count - limit : 0;
        ta_print_list(&cli->printer, NULL);
        for (size_t i = first; i < passages.count; i++) {
            follow_one(cli, &passages, i, &thread);
        }
        ta_print_end(&cli->printer);
    }
    ta_passages_release(&passages);
    return ok;
}

bool ta_cli_log(struct ta_cli *cli, struct ta_error *err)
{
    size_t limit;
    bool both = cli->option[TA_OPTION_DOCUMENT] != NULL && cli->option[TA_OPTION_SECTION] != NULL;
    if (both) {
        return ta_cli_misuse(cli, err, "Give --document or --section, not both.");
    }
    if (!read_limit(cli, &limit, err)) {
        return false;
    }
    return cli->option[TA_OPTION_SECTION] != NULL ? follow_section(cli, limit, err)
                                                  : list_commits(cli, limit, err);
}

#include "turnabout/desk/programme.h"

#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "turnabout/base/file.h"

enum { LIST_MOST = 64 << 20 }; /* bytes of a table that is read at all */

bool ta_cli_programme_add(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_programme_entry entry = {.mentor = cli->option[TA_OPTION_MENTOR],
                                       .mentee = cli->option[TA_OPTION_MENTEE],
                                       .topic = cli->option[TA_OPTION_TOPIC],
                                       .url = cli->words[0]};
    char *slug = NULL;
    if ((entry.mentor == NULL) != (entry.mentee == NULL)) {
        return ta_cli_misuse(cli, err, "Give both names, --mentor and --mentee, or neither.");
    }
    if (!ta_desk_programme_add(&cli->desk, &entry, &slug, err)) {
        return false;
    }
    ta_print_say(&cli->printer, "%s is in the programme.", slug);
    ta_cli_hint(cli, "Fetch what they released: turnabout sync --all");
    free(slug);
    return true;
}

bool ta_cli_programme_remove(struct ta_cli *cli, struct ta_error *err)
{
    if (!ta_desk_programme_remove(&cli->desk, cli->words[0], err)) {
        return false;
    }
    ta_print_say(&cli->printer,
                 "%s is in the programme no longer, and what came from them is gone "
                 "from here.",
                 cli->words[0]);
    return true;
}

static bool read_list(struct ta_cli *cli, struct ta_text *text, struct ta_error *err)
{
    const char *file = cli->words[0];
    bool ok = strcmp(file, "-") == 0
                  ? ta_stream_read(text, cli->world->in, "standard input", LIST_MOST, err)
                  : ta_file_read(text, file, LIST_MOST, err);
    if (ok && text->length > 0 && memchr(text->bytes, '\0', text->length) != NULL) {
        ok = ta_fail(err, TA_WRONG,
                     "%s is no text: save the table as CSV in UTF-8 from the spreadsheet.", file);
    }
    return ok;
}

/* One that is alone is told whole by the import. */
static bool tell_faults(struct ta_cli *cli, const struct ta_imported *imported, const char *name,
                        struct ta_error *err)
{
    if (imported->fault_count <= 1) {
        return false;
    }
    for (size_t i = 0; i < imported->fault_count && i < TA_FAULTS_MOST; i++) {
        ta_cli_remark(cli, "%s, %s.", name, imported->faults[i]);
    }
    if (imported->fault_count > TA_FAULTS_MOST) {
        ta_cli_remark(cli, "And %zu more.", imported->fault_count - TA_FAULTS_MOST);
    }
    return ta_fail(err, TA_WRONG, "Nothing was taken from %s: there are %zu faults in it.", name,
                   imported->fault_count);
}

bool ta_cli_programme_import(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_text text = {0};
    struct ta_imported imported = {0};
    const char *name = strcmp(cli->words[0], "-") == 0 ? "standard input" : cli->words[0];
    bool ok = read_list(cli, &text, err) &&
              ta_desk_programme_import(&cli->desk, text.bytes != NULL ? text.bytes : "", name,
                                       &imported, err);
    ok = ok || tell_faults(cli, &imported, name, err);
    if (ok) {
        ta_print_say(&cli->printer, "%zu pair%s came into the programme.", imported.added,
                     imported.added == 1 ? "" : "s");
        if (imported.known > 0) {
            ta_print_say(&cli->printer, "%zu %s there already, by the address.", imported.known,
                         imported.known == 1 ? "was" : "were");
        }
        if (imported.added > 0) {
            ta_cli_hint(cli, "Fetch what they released: turnabout sync --all");
        }
    }
    ta_imported_release(&imported);
    ta_text_release(&text);
    return ok;
}

static void print_moment(struct ta_printer *printer, const char *name, int64_t instant,
                         const char *never, const struct ta_day *today)
{
    char date[TA_DATE_SIZE];
    char shown[TA_DATE_SIZE];
    struct ta_moment moment = ta_moment_local(instant);
    ta_moment_write(date, moment);
    ta_day_short(shown, ta_day_of(moment), *today);
    ta_print_string(printer, name, instant != 0 ? date : NULL, instant != 0 ? shown : never);
}

static void print_member(struct ta_printer *printer, const struct ta_member *member,
                         struct ta_day today)
{
    bool named = member->mentor[0] != '\0';
    ta_print_object(printer, NULL);
    ta_print_string(printer, "pair", member->slug, member->slug);
    ta_print_string(printer, "mentor", named ? member->mentor : NULL, named ? member->mentor : "?");
    ta_print_string(printer, "mentee", named ? member->mentee : NULL, named ? member->mentee : "?");
    ta_print_string(printer, "topic", member->topic, NULL);
    ta_print_string(printer, "url", member->url, member->url);
    print_moment(printer, "added", member->added, NULL, &(struct ta_day){0});
    print_moment(printer, "fetched", member->fetched, "not fetched yet", &today);
    ta_print_string(printer, "trouble", member->trouble,
                    member->trouble != NULL ? member->trouble : "");
    ta_print_end(printer);
}

bool ta_cli_programme_list(struct ta_cli *cli, struct ta_error *err)
{
    const struct ta_overview_query everybody = {.order = TA_ORDER_NAME};
    struct ta_members members;
    if (!ta_programme_open(&cli->desk, err) ||
        !ta_store_members(cli->desk.programme, &everybody, &members, err)) {
        return false;
    }
    ta_print_list(&cli->printer, NULL);
    for (size_t i = 0; i < members.count; i++) {
        print_member(&cli->printer, &members.items[i], ta_desk_today(&cli->desk));
    }
    ta_print_end(&cli->printer);
    if (members.count == 0) {
        ta_cli_hint(cli, "The programme has no pair yet. Begin with: turnabout programme add URL, "
                         "or turnabout programme import pairs.csv");
    }
    ta_members_release(&members);
    return true;
}

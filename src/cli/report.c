#include "turnabout/desk/report.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "command.h"

static const struct {
    enum ta_option option;
    enum ta_report_form form;
} forms[] = {
    {TA_OPTION_HTML, TA_REPORT_HTML},
    {TA_OPTION_MD, TA_REPORT_MARKDOWN},
    {TA_OPTION_CSV, TA_REPORT_CSV},
};
enum { FORMS = sizeof forms / sizeof *forms };

static bool write_piece(const char *bytes, size_t length, void *data, struct ta_error *err)
{
    (void)data;
    return fwrite(bytes, 1, length, stdout) == length ||
           ta_fail(err, TA_SYSTEM, "The report cannot be written: %s.", strerror(errno));
}

static bool write_report(struct ta_cli *cli, enum ta_report_form form, const char *name,
                         struct ta_error *err)
{
    const struct ta_report_way way = {write_piece, NULL};
    if (strcmp(name, "-") == 0) {
        return ta_desk_report(&cli->desk, form, &way, err);
    }
    bool ok = ta_desk_report_file(&cli->desk, form, name, err);
    if (ok) {
        ta_print_say(&cli->printer, "The report is in %s.", name);
    }
    return ok;
}

/* Whichever is asked for; more than one at once is fine. */
bool ta_cli_report(struct ta_cli *cli, bool *asked, struct ta_error *err)
{
    bool ok = true;
    *asked = false;
    for (size_t i = 0; ok && i < FORMS; i++) {
        const char *name = cli->option[forms[i].option];
        if (name != NULL) {
            *asked = true;
            ok = write_report(cli, forms[i].form, name, err);
        }
    }
    return ok;
}

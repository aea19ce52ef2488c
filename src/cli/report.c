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

/* A file that is being written. */
struct file {
    FILE *stream;
    const char *name;
};

static bool cannot_write(const char *name, struct ta_error *err)
{
    return ta_fail(err, TA_SYSTEM,
                   "%s cannot be written: %s; see to the room and the permissions there.", name,
                   strerror(errno));
}

static bool write_piece(const char *bytes, size_t length, void *data, struct ta_error *err)
{
    struct file *file = data;
    return fwrite(bytes, 1, length, file->stream) == length || cannot_write(file->name, err);
}

static bool close_file(struct file *file, bool ok, struct ta_error *err)
{
    bool out = file->stream == stdout;
    bool closed = (out ? fflush(stdout) : fclose(file->stream)) == 0;
    return ok && (closed || cannot_write(file->name, err));
}

static bool write_report(struct ta_cli *cli, enum ta_report_form form, const char *name,
                         struct ta_error *err)
{
    bool out = strcmp(name, "-") == 0;
    struct file file = {out ? stdout : fopen(name, "we"), out ? "standard output" : name};
    if (file.stream == NULL) {
        return cannot_write(name, err);
    }
    struct ta_report_way way = {write_piece, &file};
    bool ok = close_file(&file, ta_desk_report(&cli->desk, form, &way, err), err);
    if (ok && !out) {
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

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "turnabout/base/editor.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/domain/agenda.h"
#include "turnabout/domain/off_limits.h"

enum { TEXT_MOST = 1 << 20 };

__attribute__((format(printf, 2, 0))) static void add_remark(struct ta_cli *cli, const char *format,
                                                             va_list arguments)
{
    struct ta_text text = {0};
    ta_text_addv(&text, format, arguments);
    ta_text_add(&cli->remarks, "turnabout: ");
    ta_clean(&cli->remarks, text.bytes, text.length);
    ta_text_add(&cli->remarks, "\n");
    ta_text_release(&text);
}

void ta_cli_remark(struct ta_cli *cli, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_remark(cli, format, arguments);
    va_end(arguments);
}

void ta_cli_hint(struct ta_cli *cli, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (cli->option[TA_OPTION_JSON] == NULL) {
        add_remark(cli, format, arguments);
    }
    va_end(arguments);
}

void ta_cli_done_but(struct ta_cli *cli, const struct ta_error *err)
{
    ta_cli_remark(cli, "That is done, but what comes next cannot be read. %s", err->text);
}

/* What `echo` adds is not meant. */
static void drop_last_line_end(struct ta_text *text)
{
    if (text->length > 0 && text->bytes[text->length - 1] == '\n') {
        ta_text_remove(text, text->length - 1, 1);
    }
    if (text->length > 0 && text->bytes[text->length - 1] == '\r') {
        ta_text_remove(text, text->length - 1, 1);
    }
}

static bool read_input(struct ta_cli *cli, struct ta_text *out, struct ta_error *err)
{
    if (!ta_stream_read(out, cli->world->in, "Standard input", TEXT_MOST, err)) {
        return false;
    }
    drop_last_line_end(out);
    if (out->length > 0 && !ta_utf8_is_valid(out->bytes, out->length)) {
        ta_text_release(out);
        return ta_fail(err, TA_WRONG, "Standard input is not UTF-8 text: convert it to UTF-8.");
    }
    return true;
}

bool ta_cli_text(struct ta_cli *cli, const char *word, struct ta_text *out, struct ta_error *err)
{
    if (strcmp(word, "-") == 0 && !read_input(cli, out, err)) {
        return false;
    }
    ta_text_add(out, strcmp(word, "-") == 0 ? "" : word);
    return true;
}

bool ta_cli_number(struct ta_cli *cli, const char *word, const char *what, int *number,
                   struct ta_error *err)
{
    char *end;
    long value = strtol(word, &end, 10);
    if (end == word || *end != '\0') {
        return ta_cli_misuse(cli, err, "\"%s\" is no whole number: %s is wanted here.", word, what);
    }
    *number = value > INT_MAX ? INT_MAX : value < INT_MIN ? INT_MIN : (int)value;
    return true;
}

bool ta_cli_minutes(struct ta_cli *cli, const char *word, unsigned *minutes, struct ta_error *err)
{
    int number = 0;
    if (!ta_cli_number(cli, word, "a number of minutes", &number, err)) {
        return false;
    }
    if (number < TA_MINUTES_LEAST || number > TA_MINUTES_MOST) {
        return ta_fail(err, TA_WRONG, "Minutes go from %d to %d, and %s is outside.",
                       TA_MINUTES_LEAST, TA_MINUTES_MOST, word);
    }
    *minutes = (unsigned)number;
    return true;
}

bool ta_cli_id(const char *word, char letter, unsigned *id)
{
    enum { ID_MOST = 9999999, DECIMAL = 10 };
    char *end;
    word += tolower((unsigned char)*word) == tolower((unsigned char)letter);
    if (!isdigit((unsigned char)*word)) {
        return false;
    }
    unsigned long value = strtoul(word, &end, DECIMAL);
    *id = (unsigned)value;
    return *end == '\0' && value >= 1 && value <= ID_MOST;
}

bool ta_cli_session(struct ta_cli *cli, const char *word, unsigned *session, struct ta_error *err)
{
    int number = 0;
    if (!ta_cli_number(cli, word, "the number of a session", &number, err)) {
        return false;
    }
    if (number < 1) {
        return ta_fail(err, TA_ABSENT, "There is no session %s: they are counted from 1.", word);
    }
    *session = (unsigned)number;
    return true;
}

bool ta_cli_as(struct ta_cli *cli, enum ta_role *role, struct ta_error *err)
{
    const char *as = cli->option[TA_OPTION_AS];
    *role = TA_NOBODY;
    return as == NULL || ta_role_read(role, ta_piece_of(as)) ||
           ta_cli_misuse(cli, err, "\"%s\" is no role: write --as mentor or --as mentee.", as);
}

static bool refuse_moment(const char *words, struct ta_error *err)
{
    return ta_fail(err, TA_WRONG,
                   "\"%s\" is no date and time that is understood: write it as \"2026-11-24 "
                   "10:00\", \"Tue 10:00\" or \"tomorrow 10:00\".",
                   words);
}

bool ta_cli_moment(struct ta_moment *moment, const char *words, int64_t seen_from,
                   struct ta_error *err)
{
    return ta_moment_guess(moment, ta_piece_of(words), seen_from) || refuse_moment(words, err);
}

bool ta_cli_past(struct ta_moment *moment, const char *words, int64_t now, struct ta_error *err)
{
    return ta_moment_guess_past(moment, ta_piece_of(words), now) || refuse_moment(words, err);
}

bool ta_cli_hand_out(struct ta_cli *cli, const char *where, const struct ta_text *bytes,
                     const char *what, struct ta_error *err)
{
    if (strcmp(where, "-") == 0) {
        ta_text_add_bytes(&cli->printer.out, bytes->bytes, bytes->length);
        return true;
    }
    bool ok = ta_file_hand_out(where, bytes->bytes, bytes->length, err);
    if (ok) {
        ta_print_say(&cli->printer, "%s is in %s.", what, where);
    }
    return ok;
}

char *ta_cli_joined(const struct ta_cli *cli)
{
    struct ta_text joined = {0};
    for (size_t i = 0; i < cli->word_count; i++) {
        ta_text_addf(&joined, "%s%s", i > 0 ? " " : "", cli->words[i]);
    }
    return ta_text_take(&joined);
}

void ta_cli_say_paper(struct ta_cli *cli, const char *paper)
{
    size_t length = strlen(paper);
    while (length > 0 && paper[length - 1] == '\n') {
        length--;
    }
    ta_print_say(&cli->printer, "%.*s", (int)length, paper);
}

void ta_cli_mark(struct ta_cli *cli, const char *topics, const char *text)
{
    struct ta_piece rest = ta_piece_of(text);
    struct ta_piece piece;
    while (ta_next_line(&rest, &piece)) {
        struct ta_piece topic;
        char *line = ta_piece_copy(piece);
        if (ta_off_limits_touched(&topic, topics, line)) {
            ta_cli_remark(cli, "This touches an off-limits topic of your contract (%.*s): %s",
                          (int)topic.length, topic.at, line);
        }
        free(line);
    }
}

/* Nothing that was typed is lost: the text goes into a file, and the sentence says so. */
static void keep(const struct ta_text *text, const char *name, struct ta_error *err)
{
    char *folder;
    if (!ta_folder_temporary(&folder, NULL)) {
        return;
    }
    char *path = ta_path_join(folder, name);
    if (ta_file_write(path, text->bytes, text->length, NULL)) {
        (void)ta_fail(err, err->code, "%s What you wrote is kept in %s.", err->text, path);
    }
    free(path);
    free(folder);
}

/* An editor that somebody chose may do without a terminal; the one for want of a choice does not.
 */
static bool can_edit(const struct ta_cli *cli, struct ta_error *err)
{
    return cli->world->terminal || strcmp(cli->desk.editor, "vi") != 0 ||
           ta_fail(err, TA_WRONG,
                   "The editor needs a terminal, and standard input or output is none: run this "
                   "in a terminal, or set VISUAL or EDITOR to a program that needs none.");
}

bool ta_cli_edit(struct ta_cli *cli, const char *text, const char *name,
                 bool (*write)(struct ta_cli *cli, void *state, const char *text,
                               struct ta_error *err),
                 void *state, bool *changed, struct ta_error *err)
{
    struct ta_text edited = {0};
    ta_text_add(&edited, text);
    bool ok = can_edit(cli, err) && ta_editor_run(&edited, cli->desk.editor, name, err);
    *changed = ok && strcmp(edited.length > 0 ? edited.bytes : "", text) != 0;
    if (*changed && !write(cli, state, edited.length > 0 ? edited.bytes : "", err)) {
        keep(&edited, name, err);
        ok = false;
    }
    ta_text_release(&edited);
    return ok;
}

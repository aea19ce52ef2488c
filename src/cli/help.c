#include <ctype.h>
#include <string.h>

#include "command.h"
#include "turnabout/base/unicode.h"

enum { WIDTH = 80, VERB_COLUMN = 20, USE_COLUMN = 22 };

static void pad_to(struct ta_text *out, size_t line, size_t column)
{
    while (out->length - line < column) {
        ta_text_add(out, " ");
    }
}

/* Adds a text that begins in this column of the line and is wrapped under itself. */
static void add_wrapped(struct ta_text *out, const char *text, size_t column)
{
    size_t left = strlen(text);
    while (left > 0) {
        size_t line = ta_wrap(text, left, (int)(WIDTH - column));
        struct ta_piece piece = ta_piece_trim((struct ta_piece){text, line});
        ta_text_add_bytes(out, piece.at, piece.length);
        text += line;
        left -= line;
        if (left > 0) {
            ta_text_add(out, "\n");
            pad_to(out, out->length, column);
        }
    }
    ta_text_add(out, "\n");
}

/* "  agenda add          adds an item": what is too long has a line of its own. */
static void add_row(struct ta_text *out, const char *name, const char *help, size_t column)
{
    size_t line = out->length;
    ta_text_addf(out, "  %s", name);
    if (out->length - line > column - 2) {
        ta_text_add(out, "\n");
        line = out->length;
    }
    pad_to(out, line, column);
    add_wrapped(out, help, column);
}

static void add_name(struct ta_text *out, const struct ta_cli_command *command)
{
    ta_text_addf(out, "%s%s%s", command->family, command->verb != NULL ? " " : "",
                 command->verb != NULL ? command->verb : "");
}

/* "-p, --pair SLUG" */
static void add_use(struct ta_text *out, const struct ta_option_use *use)
{
    const struct ta_option_facts *facts = &ta_option_facts[use->option];
    if (facts->letter != '\0') {
        ta_text_addf(out, "-%c, ", facts->letter);
    }
    ta_text_addf(out, "--%s%s%s", facts->name, use->value != NULL ? " " : "",
                 use->value != NULL ? use->value : "");
}

void ta_cli_synopsis(struct ta_text *out, const struct ta_cli_command *command)
{
    ta_text_add(out, "turnabout ");
    add_name(out, command);
    if (command->arguments != NULL) {
        ta_text_addf(out, " %s", command->arguments);
    }
    const struct ta_option_use *use;
    for (size_t i = 0; (use = ta_cli_use(command, i)) != NULL; i++) {
        if (use->option != TA_OPTION_HELP && use->option != TA_OPTION_PAIR) {
            ta_text_addf(out, " [--%s%s%s]", ta_option_facts[use->option].name,
                         use->value != NULL ? " " : "", use->value != NULL ? use->value : "");
        }
    }
}

static void add_sentence(struct ta_text *out, const char *help, size_t column)
{
    struct ta_text sentence = {0};
    ta_text_addf(&sentence, "%c%s.", toupper((unsigned char)help[0]), help + 1);
    add_wrapped(out, sentence.bytes, column);
    ta_text_release(&sentence);
}

/* Without its last line end, which saying adds. */
static void say(struct ta_cli *cli, struct ta_text *text)
{
    ta_text_remove(text, text->length - 1, 1);
    ta_print_say(&cli->printer, "%s", text->bytes);
    ta_text_release(text);
}

static void add_list(struct ta_text *out, const char *head, const char *list)
{
    ta_text_addf(out, "\n%s", head);
    add_wrapped(out, list, strlen(head));
}

void ta_cli_help_command(struct ta_cli *cli, const struct ta_cli_command *command)
{
    struct ta_text text = {0};
    struct ta_text synopsis = {0};
    ta_cli_synopsis(&synopsis, command);
    ta_text_add(&text, "Usage: ");
    add_wrapped(&text, synopsis.bytes, strlen("Usage: "));
    ta_text_add(&text, "\n");
    add_sentence(&text, command->help, 0);
    ta_text_add(&text, "\n");
    const struct ta_option_use *use;
    for (size_t i = 0; (use = ta_cli_use(command, i)) != NULL; i++) {
        struct ta_text name = {0};
        add_use(&name, use);
        add_row(&text, name.bytes, use->help, USE_COLUMN);
        ta_text_release(&name);
    }
    if (command->names_clause) {
        struct ta_text clauses = {0};
        ta_cli_list_clauses(&clauses);
        add_list(&text, "Clauses: ", clauses.bytes);
        ta_text_release(&clauses);
    }
    if (command->fields != NULL) {
        add_list(&text, "Fields of --json: ", command->fields);
    }
    ta_text_release(&synopsis);
    say(cli, &text);
}

static void add_family(struct ta_text *text, const struct ta_cli_family *family)
{
    for (size_t i = 0; i < ta_cli_command_count; i++) {
        const struct ta_cli_command *command = &ta_cli_commands[i];
        if (strcmp(command->family, family->name) == 0) {
            struct ta_text name = {0};
            add_name(&name, command);
            add_row(text, name.bytes, command->help, VERB_COLUMN);
            ta_text_release(&name);
        }
    }
}

static void help_overview(struct ta_cli *cli)
{
    struct ta_text text = {0};
    ta_text_add(&text, "Usage: turnabout [COMMAND] [OPTIONS]\n"
                       "       turnabout --demo [coordinator]\n"
                       "Without a command the app opens; --demo opens it on sample data of a\n"
                       "pair, --demo coordinator on those of a whole programme.\n\n");
    for (size_t i = 0; i < ta_cli_family_count; i++) {
        add_family(&text, &ta_cli_families[i]);
    }
    ta_text_add(&text, "\nA pair is the one in hand, or -p SLUG. A TEXT of - is read from standard "
                       "input.\nturnabout help COMMAND tells more; --json is for programs.\n"
                       "Exit status: 0 done, 1 refused or failed, 2 not understood.\n");
    say(cli, &text);
}

static void help_family(struct ta_cli *cli, const char *name)
{
    struct ta_text text = {0};
    for (size_t i = 0; i < ta_cli_family_count; i++) {
        if (strcmp(ta_cli_families[i].name, name) == 0) {
            ta_text_addf(&text, "turnabout %s: %s\n\n", name, ta_cli_families[i].help);
            add_family(&text, &ta_cli_families[i]);
        }
    }
    ta_text_addf(&text, "\nturnabout help %s COMMAND tells more of each.\n", name);
    say(cli, &text);
}

/* The manual's section of commands, in scdoc's language */

static void add_escaped(struct ta_text *out, const char *text)
{
    for (; *text != '\0'; text++) {
        ta_text_add(out, strchr("_*\\<>#`", *text) != NULL ? "\\" : "");
        ta_text_add_bytes(out, text, 1);
    }
}

static void add_escaped_sentence(struct ta_text *out, const char *help)
{
    struct ta_text sentence = {0};
    ta_text_addf(&sentence, "%c%s.\n", toupper((unsigned char)help[0]), help + 1);
    add_escaped(out, sentence.bytes);
    ta_text_release(&sentence);
}

/* "*-n*, *--number* N" and what it is, under the command. */
static void scdoc_use(struct ta_text *out, const struct ta_option_use *use)
{
    const struct ta_option_facts *facts = &ta_option_facts[use->option];
    ta_text_add(out, "\n\t");
    if (facts->letter != '\0') {
        ta_text_addf(out, "*-%c*, ", facts->letter);
    }
    ta_text_addf(out, "*--%s*%s%s\n\t\t", facts->name, use->value != NULL ? " " : "",
                 use->value != NULL ? use->value : "");
    add_escaped_sentence(out, use->help);
}

static void scdoc_command(struct ta_text *out, const struct ta_cli_command *command)
{
    ta_text_add(out, "*turnabout ");
    add_name(out, command);
    ta_text_add(out, "*");
    if (command->arguments != NULL) {
        ta_text_add(out, " ");
        add_escaped(out, command->arguments);
    }
    ta_text_add(out, "\n\t");
    add_escaped_sentence(out, command->help);
    if (command->names_clause) {
        ta_text_add(out, "\n\tClauses: ");
        ta_cli_list_clauses(out);
        ta_text_add(out, ".\n");
    }
    const struct ta_option_use *use;
    for (size_t i = 0; (use = ta_cli_use(command, i)) != NULL; i++) {
        bool everywhere = use->option == TA_OPTION_PAIR || use->option == TA_OPTION_HELP;
        if (!everywhere && use->option != TA_OPTION_JSON) {
            scdoc_use(out, use);
        }
    }
    if (command->fields != NULL) {
        ta_text_add(out, "\n\t*--json*\n\t\tFields: ");
        add_escaped(out, command->fields);
        ta_text_add(out, ".\n");
    }
    ta_text_add(out, "\n");
}

static void help_scdoc(struct ta_cli *cli)
{
    struct ta_text text = {0};
    for (size_t i = 0; i < ta_cli_family_count; i++) {
        const struct ta_cli_family *family = &ta_cli_families[i];
        ta_text_addf(&text, "## %s: %s\n\n", family->name, family->help);
        for (size_t j = 0; j < ta_cli_command_count; j++) {
            if (strcmp(ta_cli_commands[j].family, family->name) == 0) {
                scdoc_command(&text, &ta_cli_commands[j]);
            }
        }
    }
    ta_text_remove(&text, text.length - 1, 1);
    /* Not said: tabs are part of the language, and saying cleans them away. */
    ta_text_add_bytes(&cli->printer.out, text.bytes, text.length);
    ta_text_release(&text);
}

bool ta_cli_help(struct ta_cli *cli, struct ta_error *err)
{
    const char *family = cli->word_count > 0 ? cli->words[0] : NULL;
    const char *verb = cli->word_count > 1 ? cli->words[1] : NULL;
    const struct ta_cli_command *command = NULL;
    if (cli->option[TA_OPTION_SCDOC] != NULL) {
        help_scdoc(cli);
        return true;
    }
    if (family == NULL) {
        help_overview(cli);
        return true;
    }
    if (!ta_cli_find(cli, family, verb, &command, err)) {
        return false;
    }
    if (command != NULL) {
        ta_cli_help_command(cli, command);
    } else {
        help_family(cli, family);
    }
    return true;
}

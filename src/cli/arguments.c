#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"

const struct ta_option_facts ta_option_facts[TA_OPTIONS] = {
    [TA_OPTION_HELP] = {"help", 'h', false},
    [TA_OPTION_VERSION] = {"version", '\0', false},
    [TA_OPTION_DEMO] = {"demo", '\0', false},
    [TA_OPTION_PAIR] = {"pair", 'p', true},
    [TA_OPTION_JSON] = {"json", '\0', false},
    [TA_OPTION_AS] = {"as", '\0', true},
    [TA_OPTION_NUMBER] = {"number", 'n', true},
    [TA_OPTION_MENTOR] = {"mentor", '\0', true},
    [TA_OPTION_MENTEE] = {"mentee", '\0', true},
    [TA_OPTION_TOPIC] = {"topic", '\0', true},
    [TA_OPTION_MINUTES] = {"minutes", '\0', true},
    [TA_OPTION_AT] = {"at", '\0', true},
    [TA_OPTION_TITLE] = {"title", '\0', true},
    [TA_OPTION_NOTES] = {"notes", '\0', true},
    [TA_OPTION_AGO] = {"ago", '\0', true},
    [TA_OPTION_FORMAT] = {"format", '\0', true},
    [TA_OPTION_FROM] = {"from", '\0', true},
    [TA_OPTION_UNDER] = {"under", '\0', true},
    [TA_OPTION_NEXT] = {"next", '\0', true},
    [TA_OPTION_BY] = {"by", '\0', true},
    [TA_OPTION_REASON] = {"reason", '\0', true},
    [TA_OPTION_HELD] = {"held", '\0', true},
    [TA_OPTION_DOCUMENT] = {"document", '\0', true},
    [TA_OPTION_SECTION] = {"section", '\0', true},
    [TA_OPTION_TO] = {"to", '\0', true},
    [TA_OPTION_SEND] = {"send", '\0', false},
    [TA_OPTION_ALL] = {"all", '\0', false},
    [TA_OPTION_HTML] = {"html", '\0', true},
    [TA_OPTION_MD] = {"md", '\0', true},
    [TA_OPTION_CSV] = {"csv", '\0', true},
    [TA_OPTION_RHYTHM] = {"rhythm", '\0', false},
    [TA_OPTION_TYPED] = {"typed", '\0', false},
    [TA_OPTION_NEW_KEY] = {"new-key", '\0', false},
    [TA_OPTION_PORCELAIN] = {"porcelain", '\0', false},
    [TA_OPTION_REWRITTEN] = {"rewritten", '\0', true},
    [TA_OPTION_SLUG] = {"slug", '\0', true},
    [TA_OPTION_SHA256] = {"sha256", '\0', true},
    [TA_OPTION_SCDOC] = {"scdoc", '\0', false},
};

bool ta_cli_misuse(struct ta_cli *cli, struct ta_error *err, const char *format, ...)
{
    char text[sizeof err->text];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    cli->misused = true;
    return ta_fail(err, TA_WRONG, "%s", text);
}

/* The options of a line */

/* What is left of the line while it is read. */
struct line {
    char **at;
    int left;
};

static bool is_named(enum ta_option option, const char *name, size_t length)
{
    const char *known = ta_option_facts[option].name;
    return strlen(known) == length && memcmp(known, name, length) == 0;
}

static enum ta_option find_by_name(const char *name, size_t length)
{
    enum ta_option option = 0;
    while (option < TA_OPTIONS && !is_named(option, name, length)) {
        option++;
    }
    return option;
}

static enum ta_option find_by_letter(char letter)
{
    enum ta_option option = 0;
    while (option < TA_OPTIONS && ta_option_facts[option].letter != letter) {
        option++;
    }
    return option;
}

static bool say_unknown_option(struct ta_cli *cli, const char *word, struct ta_error *err)
{
    return ta_cli_misuse(cli, err,
                         "There is no option \"%s\": turnabout help lists them. Put -- before a "
                         "text that begins with a hyphen.",
                         word);
}

/* Takes the option with what follows it off the line. `attached` is a value in the same word. */
static bool take_option(struct ta_cli *cli, enum ta_option option, const char *attached,
                        struct line *line, struct ta_error *err)
{
    const struct ta_option_facts *facts = &ta_option_facts[option];
    if (!facts->takes_value) {
        cli->option[option] = "";
        return attached == NULL ||
               ta_cli_misuse(cli, err, "The option --%s takes no value.", facts->name);
    }
    if (attached == NULL && line->left == 0) {
        return ta_cli_misuse(cli, err, "The option --%s needs a value behind it.", facts->name);
    }
    if (attached == NULL) {
        attached = *line->at++;
        line->left--;
    }
    cli->option[option] = attached;
    return true;
}

static bool take_long(struct ta_cli *cli, const char *word, struct line *line, struct ta_error *err)
{
    const char *name = word + 2;
    size_t length = strcspn(name, "=");
    enum ta_option option = find_by_name(name, length);
    if (option == TA_OPTIONS) {
        return say_unknown_option(cli, word, err);
    }
    return take_option(cli, option, name[length] == '=' ? name + length + 1 : NULL, line, err);
}

static bool take_short(struct ta_cli *cli, const char *word, struct line *line,
                       struct ta_error *err)
{
    enum ta_option option = find_by_letter(word[1]);
    if (option == TA_OPTIONS) {
        return say_unknown_option(cli, word, err);
    }
    return take_option(cli, option, word[2] != '\0' ? word + 2 : NULL, line, err);
}

static bool take_word(struct ta_cli *cli, bool *only_words, struct line *line, struct ta_error *err)
{
    char *word = *line->at++;
    line->left--;
    if (!ta_utf8_is_valid(word, strlen(word))) {
        return ta_fail(err, TA_WRONG, "An argument is not UTF-8 text: write it in UTF-8.");
    }
    if (!*only_words && strcmp(word, "--") == 0) {
        *only_words = true;
        return true;
    }
    if (!*only_words && strncmp(word, "--", 2) == 0) {
        return take_long(cli, word, line, err);
    }
    /* "-" is standard input, and "-5" or "- a dash" are texts. */
    if (!*only_words && word[0] == '-' && isalpha((unsigned char)word[1])) {
        return take_short(cli, word, line, err);
    }
    cli->words[cli->word_count++] = word;
    return true;
}

/* The command of a line */

/* "turnabout pair --help" is "turnabout help pair"; without --help a family needs a verb. */
static bool take_family(struct ta_cli *cli, struct ta_error *err)
{
    if (cli->option[TA_OPTION_HELP] == NULL) {
        return ta_cli_miss_verb(cli, cli->words[0], err);
    }
    cli->option[TA_OPTION_HELP] = NULL;
    return ta_cli_find(cli, "help", NULL, &cli->command, err);
}

/* Takes the words that name the command off the words. No word at all is fine: the app;
   "coordinator" says which demo. */
static bool take_command(struct ta_cli *cli, struct ta_error *err)
{
    bool demo = cli->option[TA_OPTION_DEMO] != NULL && cli->word_count == 1 &&
                strcmp(cli->words[0], "coordinator") == 0;
    if (cli->word_count == 0 || demo) {
        return true;
    }
    if (cli->option[TA_OPTION_DEMO] != NULL && cli->option[TA_OPTION_HELP] == NULL) {
        return ta_cli_misuse(cli, err,
                             "A demo opens the app, and no command goes with it: turnabout --demo "
                             "for a pair, turnabout --demo coordinator for a whole programme.");
    }
    const char *verb = cli->word_count > 1 ? cli->words[1] : NULL;
    if (!ta_cli_find(cli, cli->words[0], verb, &cli->command, err)) {
        return false;
    }
    if (cli->command == NULL) {
        return take_family(cli, err);
    }
    size_t taken = cli->command->verb == NULL ? 1 : 2;
    cli->word_count -= taken;
    memmove(cli->words, cli->words + taken, cli->word_count * sizeof *cli->words);
    return true;
}

/* Whether line and command fit */

const struct ta_option_use *ta_cli_use(const struct ta_cli_command *command, size_t index)
{
    static const struct ta_option_use common[] = {
        {TA_OPTION_AS, "mentor|mentee", "who of the two does it"},
        {TA_OPTION_JSON, NULL, "for programs: one record a line"},
        {TA_OPTION_PAIR, "SLUG", "another pair than the one in hand"},
        {TA_OPTION_HELP, NULL, "how this command is used"},
    };
    const bool has[] = {command->acts, command->fields != NULL, command->needs >= TA_NEEDS_PAIR,
                        true};
    size_t own = 0;
    while (own < TA_USES_MOST && command->uses[own].help != NULL) {
        own++;
    }
    if (index < own) {
        return &command->uses[index];
    }
    size_t skip = index - own;
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++) {
        if (has[i] && skip-- == 0) {
            return &common[i];
        }
    }
    return NULL;
}

static bool understands(const struct ta_cli_command *command, enum ta_option option)
{
    const struct ta_option_use *use;
    for (size_t i = 0; (use = ta_cli_use(command, i)) != NULL; i++) {
        if (use->option == option) {
            return true;
        }
    }
    return false;
}

/* Without a command these open the app or tell about the program. */
static bool is_for_app(enum ta_option option)
{
    return option == TA_OPTION_HELP || option == TA_OPTION_VERSION || option == TA_OPTION_DEMO ||
           option == TA_OPTION_PAIR;
}

static bool options_fit(struct ta_cli *cli, struct ta_error *err)
{
    const struct ta_cli_command *command = cli->command;
    for (enum ta_option option = 0; option < TA_OPTIONS; option++) {
        const char *name = ta_option_facts[option].name;
        if (cli->option[option] == NULL) {
            continue;
        }
        if (command == NULL && !is_for_app(option)) {
            return ta_cli_misuse(cli, err, "The option --%s needs a command: turnabout help.",
                                 name);
        }
        if (command != NULL && !understands(command, option)) {
            struct ta_text synopsis = {0};
            ta_cli_synopsis(&synopsis, command);
            (void)ta_cli_misuse(cli, err, "The option --%s has no meaning here. Usage: %s", name,
                                synopsis.bytes);
            ta_text_release(&synopsis);
            return false;
        }
    }
    return true;
}

static bool words_fit(struct ta_cli *cli, struct ta_error *err)
{
    const struct ta_cli_command *command = cli->command;
    if (command == NULL || cli->option[TA_OPTION_HELP] != NULL ||
        (cli->word_count >= command->least && cli->word_count <= command->most)) {
        return true;
    }
    struct ta_text synopsis = {0};
    ta_cli_synopsis(&synopsis, command);
    const char *wrong = cli->word_count < command->least
                            ? "Something is missing."
                            : "These are too many arguments: put a text in quotes.";
    (void)ta_cli_misuse(cli, err, "%s Usage: %s", wrong, synopsis.bytes);
    ta_text_release(&synopsis);
    return false;
}

bool ta_cli_parse(struct ta_cli *cli, int argc, char **argv, struct ta_error *err)
{
    struct line line = {argv + 1, argc > 0 ? argc - 1 : 0};
    cli->words = ta_allocate((size_t)line.left + 1, sizeof *cli->words);
    bool only_words = false;
    while (line.left > 0) {
        if (!take_word(cli, &only_words, &line, err)) {
            return false;
        }
    }
    return take_command(cli, err) && options_fit(cli, err) && words_fit(cli, err);
}

void ta_cli_release(struct ta_cli *cli)
{
    ta_pair_release(&cli->pair);
    ta_printer_release(&cli->printer);
    ta_text_release(&cli->remarks);
    free(cli->words);
}

#include "turnabout/cli/cli.h"

#include <errno.h>
#include <string.h>

#include "command.h"

/* Without a command: the app, or a word about the program. */
static bool run_plain(struct ta_cli *cli, struct ta_error *err)
{
    if (cli->option[TA_OPTION_HELP] != NULL) {
        return ta_cli_help(cli, err);
    }
    if (cli->option[TA_OPTION_VERSION] != NULL) {
        ta_print_say(&cli->printer, "turnabout %s", TA_VERSION);
        return true;
    }
    return cli->option[TA_OPTION_DEMO] != NULL ? ta_cli_open_demo(cli, err)
                                               : ta_cli_open_app(cli, err);
}

static bool run_with_pair(struct ta_cli *cli, struct ta_error *err)
{
    return ta_desk_pair(&cli->desk, cli->option[TA_OPTION_PAIR], &cli->pair, err) &&
           cli->command->run(cli, err);
}

static bool run_command(struct ta_cli *cli, struct ta_error *err)
{
    if (cli->option[TA_OPTION_HELP] != NULL) {
        ta_cli_help_command(cli, cli->command);
        return true;
    }
    if (cli->command->needs == TA_NEEDS_NOTHING || cli->command->needs == TA_NEEDS_GLANCE) {
        return cli->command->run(cli, err);
    }
    if (!ta_desk_open(&cli->desk, cli->world->lookup, err)) {
        return false;
    }
    bool ok = cli->command->needs == TA_NEEDS_PAIR ? run_with_pair(cli, err)
                                                   : cli->command->run(cli, err);
    ta_desk_close(&cli->desk);
    return ok;
}

/* What a command printed before it failed was meant, too. */
static bool deliver(struct ta_cli *cli, struct ta_error *err)
{
    const struct ta_text *out = &cli->printer.out;
    FILE *stream = cli->world->out;
    if (out->length == 0) {
        return true;
    }
    if (fwrite(out->bytes, 1, out->length, stream) == out->length && fflush(stream) == 0) {
        return true;
    }
    return ta_fail(err, TA_SYSTEM, "Standard output cannot be written: %s.", strerror(errno));
}

int ta_cli_main(int argc, char **argv, const struct ta_cli_world *world)
{
    struct ta_cli cli = {.world = world};
    struct ta_error err;
    bool ok = ta_cli_parse(&cli, argc, argv, &err);
    ta_printer_init(&cli.printer,
                    cli.option[TA_OPTION_JSON] != NULL ? &ta_printer_json : &ta_printer_text);
    ok = ok && (cli.command == NULL ? run_plain(&cli, &err) : run_command(&cli, &err));
    if (!ok && !cli.silent) {
        ta_cli_remark(&cli, "%s", err.text);
    }
    if (!deliver(&cli, &err)) {
        ta_cli_remark(&cli, "%s", err.text);
        ok = false;
    }
    (void)fwrite(cli.remarks.bytes, 1, cli.remarks.length, world->err);
    ta_cli_release(&cli);
    return ok ? TA_CLI_DONE : cli.misused ? TA_CLI_MISUSED : TA_CLI_REFUSED;
}

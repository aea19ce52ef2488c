#include <stdlib.h>

#include "command.h"
#include "turnabout/base/file.h"
#include "turnabout/desk/demo.h"

/* Before anything is made: a folder that nobody will look into is no help. */
static bool has_terminal(const struct ta_cli *cli, struct ta_error *err)
{
    return cli->world->terminal ||
           ta_fail(err, TA_WRONG,
                   "The app needs a terminal, and standard input or output is none: use the "
                   "commands instead (turnabout help).");
}

bool ta_cli_open_app(struct ta_cli *cli, struct ta_error *err)
{
    const char *slug = cli->option[TA_OPTION_PAIR];
    if (!has_terminal(cli, err) || !ta_desk_open(&cli->desk, cli->world->lookup, err)) {
        return false;
    }
    bool ok = (slug == NULL || ta_desk_pair_use(&cli->desk, slug, TA_NOBODY, err)) &&
              cli->world->open_app(&cli->desk, err);
    ta_desk_close(&cli->desk);
    return ok;
}

static bool run_demo(struct ta_cli *cli, struct ta_error *err)
{
    if (!ta_desk_open(&cli->desk, cli->world->lookup, err)) {
        return false;
    }
    bool coordinator = cli->word_count > 0;
    bool ok = coordinator ? ta_demo_make_programme(&cli->desk, err) &&
                                cli->world->open_overview(&cli->desk, err)
                          : ta_demo_make(&cli->desk, err) && cli->world->open_app(&cli->desk, err);
    ta_desk_close(&cli->desk);
    return ok;
}

bool ta_cli_open_demo(struct ta_cli *cli, struct ta_error *err)
{
    char *folder;
    if (!has_terminal(cli, err) || !ta_folder_temporary(&folder, err)) {
        return false;
    }
    /* In the environment, so that what the demo starts (an editor, a shell in it) stays there. */
    bool ok = setenv("TURNABOUT_HOME", folder, true) == 0
                  ? run_demo(cli, err)
                  : ta_fail(err, TA_SYSTEM, "The demo's folder cannot be set.");
    struct ta_error left;
    if (!ta_folder_remove(folder, &left)) {
        ta_cli_remark(cli, "%s", left.text);
    }
    free(folder);
    return ok;
}

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "turnabout/base/asking.h"
#include "turnabout/cli/cli.h"
#include "turnabout/tui/tui.h"

/* Text is UTF-8 whatever the locale says; only the table of widths is taken from it. */
static void use_utf8(void)
{
    if (setlocale(LC_CTYPE, "") == NULL || strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
        (void)setlocale(LC_CTYPE, "C.UTF-8");
    }
}

int main(int argc, char **argv)
{
    use_utf8();
    if (ta_asker_is_called()) {
        return ta_asker_main(argc, argv);
    }
    struct ta_cli_world world = {
        .lookup = getenv,
        .in = stdin,
        .out = stdout,
        .err = stderr,
        .terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO),
        .open_app = ta_tui_run,
        .open_overview = ta_tui_run_overview,
    };
    return ta_cli_main(argc, argv, &world);
}

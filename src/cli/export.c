#include "turnabout/desk/export.h"

#include "command.h"

bool ta_cli_export(struct ta_cli *cli, struct ta_error *err)
{
    const char *html = cli->option[TA_OPTION_HTML];
    const char *markdown = cli->option[TA_OPTION_MD];
    if ((html != NULL) == (markdown != NULL)) {
        return ta_cli_misuse(cli, err,
                             "Say where to: --html FILE or --md FILE (- is standard "
                             "output).");
    }
    struct ta_text out = {0};
    bool ok = ta_desk_export(&cli->desk, &cli->pair,
                             html != NULL ? TA_EXPORT_HTML : TA_EXPORT_MARKDOWN, &out, err) &&
              ta_cli_hand_out(cli, html != NULL ? html : markdown, &out, "Your path", err);
    ta_text_release(&out);
    return ok;
}

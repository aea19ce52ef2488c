/**
 * What the person set in config.ini: read once at the start, with inih.
 *
 *     [identity]
 *     name = Dana Holt
 *     email = dana@example.org
 *     [look]
 *     theme = dusk
 *     bell = no
 *     [mail]
 *     command = sendmail -t -i
 *     [signing]
 *     key = ~/.ssh/id_ed25519.pub
 */
#ifndef TURNABOUT_BASE_CONFIG_H
#define TURNABOUT_BASE_CONFIG_H

#include <stdbool.h>

#include "turnabout/base/error.h"

struct ta_config {
    char *name;  /**< identity, or NULL */
    char *email; /**< identity, or NULL */
    char *theme; /**< name of a theme, or NULL for the default */
    char *mail;  /**< what a mail is handed to (ta_command_run()), or NULL */
    char *key;   /**< path of the SSH key that signs contracts, "~/" replaced; or NULL */
    bool bell;   /**< ring the terminal's bell at five minutes left */
};

/**
 * Reads `folder`/config.ini; no such file is an empty configuration. TA_WRONG names the line that
 * is not understood; a setting that does not exist is such a line. Then, where it has no identity,
 * looks into ~/.gitconfig and $XDG_CONFIG_HOME/git/config for user.name and user.email (plain `key
 * = value` lines under [user]; no git process at start-up), or into the file that GIT_CONFIG_GLOBAL
 * names instead.
 */
bool ta_config_read(struct ta_config *config, const char *folder, char *(*lookup)(const char *),
                    struct ta_error *err);
void ta_config_release(struct ta_config *config);

#endif

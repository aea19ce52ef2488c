/**
 * The folders the program lives in: `$XDG_DATA_HOME/turnabout` and `$XDG_CONFIG_HOME/turnabout`,
 * with the defaults of the XDG base directory specification; TURNABOUT_HOME overrides both.
 */
#ifndef TURNABOUT_BASE_PLACES_H
#define TURNABOUT_BASE_PLACES_H

#include <stdbool.h>

#include "turnabout/base/error.h"

struct ta_places {
    char *data;   /**< database and pairs */
    char *config; /**< config.ini and themes */
};

/**
 * From an environment given as lookups (getenv, or a test's own). TA_WRONG when no folder can be
 * told: none of the variables and no HOME, or one that is not absolute.
 */
bool ta_places_find(struct ta_places *places, char *(*lookup)(const char *name),
                    struct ta_error *err);
void ta_places_release(struct ta_places *places);

#endif

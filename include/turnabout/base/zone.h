/**
 * The zone of this machine (TZ, else /etc/localtime) as other programs need it written out: its
 * name, and when its offset changes.
 */
#ifndef TURNABOUT_BASE_ZONE_H
#define TURNABOUT_BASE_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ta_zone_change {
    int64_t instant;   /**< from when on */
    int before, after; /**< minutes east of UTC */
    bool summer;       /**< daylight saving from then on */
    char letters[16];  /**< "CEST" */
};

struct ta_zone {
    char *name;                     /**< "Europe/Berlin"; "local" when the zone has none */
    struct ta_zone_change *changes; /**< in order; the first is how it stands at the beginning */
    size_t count;                   /**< at least one */
};

/** All changes from one instant to another. */
void ta_zone_read(struct ta_zone *zone, int64_t from, int64_t until);
void ta_zone_release(struct ta_zone *zone);

#endif

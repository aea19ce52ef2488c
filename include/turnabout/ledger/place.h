/**
 * What an address leads to, as far as it can be told without asking there: two that are written in
 * another way may be one place, and a pair's record must never come where its coordinator reads.
 *
 * In doubt two are one place: a false yes costs a sentence, a false no gives away a record. What no
 * address tells (a host by another name, a second mount) is found out by looking there.
 */
#ifndef TURNABOUT_LEDGER_PLACE_H
#define TURNABOUT_LEDGER_PLACE_H

#include <stdbool.h>

#include "turnabout/base/text.h"

/** How the person's git rewrites addresses: url.BASE.insteadOf and pushInsteadOf (git help config).
 *  Zero it, end it with ta_rewrites_release(). */
struct ta_rewrites {
    struct ta_text rules; /**< as git config -z prints them */
};

/** Asks git, which is a process of some milliseconds and no network. `path` is a repository here.
 *  Where there is no git, nothing is rewritten. */
void ta_rewrites_read(struct ta_rewrites *rewrites, const char *path);
void ta_rewrites_release(struct ta_rewrites *rewrites);

/**
 * Whether two addresses that ta_transport_url() takes lead to one place. Paths: the same folder,
 * through links, too. Hosts: the same host and path, whatever the scheme, the user, the port, upper
 * and lower case and a ".git" at the end are; between two schemes it is enough that one path ends
 * with the other, since from where a path counts is the host's affair. `rewrites` may be NULL.
 */
bool ta_place_is_same(const struct ta_rewrites *rewrites, const char *one, const char *other);

/** Whether an address leads into a folder of this machine, or to the folder itself; through links,
 *  too. `rewrites` may be NULL. */
bool ta_place_is_within(const struct ta_rewrites *rewrites, const char *url, const char *folder);

#endif

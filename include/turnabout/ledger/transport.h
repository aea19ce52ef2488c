/**
 * Between a record here and a repository elsewhere: the user's own `git` fetches and pushes, as a
 * child, because only it knows their ssh configuration, agents, proxies and credential helpers.
 *
 * Of the environment git gets all but what begins with GIT_; hooks, pagers and upkeep of its own
 * are off, what comes is checked (transfer.fsckObjects) and may not grow beyond a limit; protocols
 * are file, git, http, https and ssh. What it says is not trusted: it is read for what went wrong
 * and how far it is, and a sentence of this program is told instead, with at most a line of the
 * other side's words, cleaned and cut.
 *
 * Codes: TA_WRONG the address cannot be used; TA_ABSENT nothing is there, or no repository, or no
 * such host; TA_REFUSED the other side said no: key, password, permission, hook; or the person, by
 * stopping it; TA_BUSY somebody's git holds a repository; TA_DAMAGED what came is not sound, or too
 * much; TA_SYSTEM no git, no network, no space, broken off, too slow.
 */
#ifndef TURNABOUT_LEDGER_TRANSPORT_H
#define TURNABOUT_LEDGER_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "turnabout/base/error.h"
#include "turnabout/ledger/ledger.h"

struct ta_answers; /* asking.h */

/** Whether the other side was given up, because a limit was over. */
enum ta_given_up {
    TA_GIVEN_UP_NOT,
    TA_GIVEN_UP_SILENT, /**< it said nothing for too long */
    TA_GIVEN_UP_SLOW,   /**< it spoke, and was not done in time */
};

/** How it is done. Zeroed it is good: nothing is asked, and the limits are the usual ones. */
struct ta_transport {
    const char *asker;  /**< the program that asks (see asking.h), this one. NULL: nothing is asked,
                         *   and what would have to be fails */
    const char *asking; /**< where it asks: a socket's path, or "terminal" */
    struct ta_answers *answers; /**< what was answered in one run is kept for the next. NULL: it is
                                 *   asked for again */
    int silence;                /**< seconds without a sign of life, questions apart. 0: 60 */
    int seconds;                /**< altogether. 0: 1,800 */
    size_t largest;             /**< bytes that one fetch may bring. 0: 128 MB */
    int stop;                   /**< a descriptor; readable: stop. 0: none */
    enum ta_given_up *given_up; /**< is set by a run of git. May be NULL */
    /** How far it is, when that changed. The phase is a word or two, 0 to 100. May be NULL. */
    void (*progress)(const char *phase, unsigned percent, void *data);
    void *data;
};

/** Whether an address can be used: an absolute path, file:, http:, https:, ssh:, git:, or
 *  host:path. TA_WRONG. */
bool ta_transport_url(const char *url, struct ta_error *err);

/** The address as it is used: a path from the folder where this process is, or "~/...", becomes an
 *  absolute one. Free with free(). */
char *ta_transport_absolute(const char *url);

/** The address as it may be shown: without a password. Not cleaned. Free with free(). */
char *ta_transport_shown(const char *url);

/**
 * What `branch` ("main") leads to at `url`, without bringing any of it; "": there is no such
 * branch. `path` is a repository here.
 */
bool ta_transport_look(const struct ta_transport *transport, const char *path, const char *url,
                       const char *branch, char tip[TA_ID_SIZE], struct ta_error *err);

/** The name of some branch at `url`, cleaned; NULL: there is none. Free with free(). */
bool ta_transport_branch(const struct ta_transport *transport, const char *path, const char *url,
                         char **branch, struct ta_error *err);

/**
 * Brings what `branch` ("main") leads to at `url` into the repository at `path`, and sets `ref`
 * ("refs/turnabout/incoming") to it, wherever that was before. `tip` is its commit; "": there is no
 * such branch (an empty repository), and `ref` is as it was. At a path where the branch is what
 * `ref` is already, git is not even asked.
 */
bool ta_transport_fetch(const struct ta_transport *transport, const char *path, const char *url,
                        const char *branch, const char *ref, char tip[TA_ID_SIZE],
                        struct ta_error *err);

enum ta_push {
    TA_PUSH_FAILED,  /**< it was not found out what became of it */
    TA_PUSH_DONE,    /**< the branch there leads to the commit */
    TA_PUSH_MOVED,   /**< the branch there is elsewhere; nothing was done */
    TA_PUSH_REFUSED, /**< what was sent was not taken: a hook, a rule, a permission */
};

/**
 * Has `branch` at `url` lead to a commit of the repository at `path`. `expected` NULL: only forward
 * from what it is there; a commit: from that one only, forward or not; "": only when it is not
 * there yet. True for TA_PUSH_DONE and TA_PUSH_MOVED, else `err` says what is wrong.
 */
bool ta_transport_push(const struct ta_transport *transport, const char *path, const char *url,
                       const char *commit, const char *branch, const char *expected,
                       enum ta_push *result, struct ta_error *err);

#endif

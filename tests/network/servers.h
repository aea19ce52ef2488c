/**
 * Real servers on loopback for one test: sshd, git's http-backend behind lighttpd, and a port where
 * nobody ever answers. Each runs on a free port, out of the test's own folder, and is ended by its
 * own id. Also the person who answers what git and ssh ask.
 */
#ifndef TURNABOUT_TESTS_NETWORK_SERVERS_H
#define TURNABOUT_TESTS_NETWORK_SERVERS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sys/types.h>

#include "turnabout/base/asking.h"
#include "turnabout/ledger/refs.h"
#include "turnabout/ledger/transport.h"

enum { SKIPPED = 77 };

struct world {
    char *folder;         /**< HOME, with a configuration of git and of ssh */
    char *record;         /**< a repository with one commit on main, as this machine has it */
    char *pair;           /**< a bare one, as the other side has it; empty */
    char tip[TA_ID_SIZE]; /**< main of `record` */
    struct ta_error err;
    pid_t sshd;
    int ssh_port;
    pid_t lighttpd;
    int http_port;
    int silent; /**< a socket that listens, and no more */
    int silent_port;
};

/** For cmocka_unit_test_setup_teardown(); the state is a struct world. */
int world_open(void **state);
int world_close(void **state);

/** Runs a shell's command line in the folder; must succeed. What it printed, without the last line
 *  end, until the next call. */
const char *says(const struct world *world, const char *command, ...)
    __attribute__((format(printf, 2, 3)));
bool runs(const struct world *world, const char *command, ...)
    __attribute__((format(printf, 2, 3)));

/**
 * Starts sshd, which lets this user in with the keys "ed25519", "rsa", "locked" (whose passphrase
 * is "open sesame"), and with those that do only this: "cut" breaks off after 3,000 bytes,
 * "endless" reports progress for ever as fast as it can, "drip" a word five times a second, "mute"
 * nothing. ssh knows it as host "KEY-there". Its own key is not known yet. Port and keys stay when
 * it is started again.
 */
void start_sshd(struct world *world);
void stop_sshd(struct world *world);

/** Starts lighttpd: http://127.0.0.1:PORT/git/pair.git, for dana with the password "t0p/secret". */
void start_lighttpd(struct world *world);

/** Listens and never answers. */
void start_silence(struct world *world);

/** What the person answers to a kind of question, once each and in this order; NULL: declines. */
struct reply {
    enum ta_asked_kind kind;
    const char *answer;
    int delay; /**< milliseconds that they think */
};

/** The person, in a process of their own: questions that are not in the list are declined. */
struct person {
    pid_t id;
    struct ta_listener listener;
    int log;
};
struct person person_sits_down(const struct reply *replies, size_t count);
/** What was asked, a line each: kind and about; free with free(). */
char *person_leaves(struct person *person);

/** How this program, the asker, is called. */
extern const char *asker;

/** As ta_transport_fetch(), into TA_REF_INCOMING; must be what main there is. */
void fetches(struct world *world, const struct ta_transport *transport, const char *url);
/** Must fail so, with these words in a sentence without control bytes, which has not the secret. */
void fails(struct world *world, const struct ta_transport *transport, const char *url,
           enum ta_code code, const char *words);

#endif

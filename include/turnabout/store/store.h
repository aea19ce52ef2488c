/**
 * What is in progress on this machine: one SQLite database (turnabout.db, mode 0600). Drafts,
 * running sessions and their notes, what is mine; and an index derived from the repositories.
 *
 * Every change is one transaction, durable (WAL, synchronous=FULL) before the function returns
 * true. Another process may have the database open: readers never wait, a writer waits up to five
 * seconds and then fails with TA_BUSY. Codes: TA_BUSY; TA_DAMAGED when the file is no database or
 * fails its check; TA_SYSTEM when the disk is full or read-only. What is read is copied out;
 * nothing points into the store.
 */
#ifndef TURNABOUT_STORE_STORE_H
#define TURNABOUT_STORE_STORE_H

#include <stdbool.h>

#include "turnabout/base/error.h"

struct ta_store;

/**
 * Opens `path`, makes it when it is not there, brings its schema up to date (PRAGMA user_version;
 * each step of a migration in the one transaction). A file of length zero that stands there
 * already, a log (turnabout.db-wal) without its database, a damaged file, another program's
 * database, and a schema newer than this program are TA_DAMAGED, and left as they are. Damage that
 * is not at the head of the file shows when it is met. No connection may be carried across a
 * fork().
 */
bool ta_store_open(struct ta_store **store, const char *path, struct ta_error *err);
/** The same for the database of a coordinator's programme (programme.h), which is one of its own:
 * no pair's first screen pays for it. */
bool ta_store_open_programme(struct ta_store **store, const char *path, struct ta_error *err);
/**
 * Opens what is there only to be read, in a fraction of the time, for status bars that ask again
 * and again. It makes nothing, migrates nothing and checks nothing in, so nobody waits for it: a
 * reader of a WAL database holds no lock that a writer needs, and one that may not write does not
 * carry the log over when it closes. What a killed program left is read with its log. In a folder
 * that may not be written to, SQLite cannot share the log's index: then the file alone is read, if
 * there is no log beside it. False, without a word: ta_store_open() says why.
 */
bool ta_store_peek(struct ta_store **store, const char *path);
void ta_store_close(struct ta_store *store);

/**
 * The bell: a descriptor that becomes readable when another process has committed a change, once
 * per change; -1 when there can be none (a folder without room for a socket), and then changes show
 * when somebody looks. The store's own changes do not ring it. It is a datagram socket of its own
 * in the folder turnabout.db-bells: a file watched with inotify would do, but a watch takes the
 * kernel about 20 ms to let go, which every program would pay when it ends. What is rung is only
 * that something changed, after it is there to read; a process killed between its commit and the
 * bell leaves the change to be seen with the next one.
 */
int ta_store_listen(struct ta_store *store);
/** Whether it rang since this was asked last. Never waits. */
bool ta_store_heard(struct ta_store *store);
/** From now on its changes ring the bells of the other store in place of its own: who has both open
 *  listens to one. The other must be open as long as it is. */
void ta_store_ring_with(struct ta_store *store, const struct ta_store *other);

/**
 * Everything that is read from here to ta_store_end_reading() is of one moment, that of the first
 * reading, whatever other processes write. Pairs of the two may nest. Nothing is written in
 * between.
 */
bool ta_store_begin_reading(struct ta_store *store, struct ta_error *err);
void ta_store_end_reading(struct ta_store *store);

/** A small value by name ("pair": the slug last used); `*value` is NULL when absent; free(). */
bool ta_store_setting(struct ta_store *store, const char *name, char **value, struct ta_error *err);
bool ta_store_set_setting(struct ta_store *store, const char *name, const char *value,
                          struct ta_error *err);

#endif

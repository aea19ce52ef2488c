#include "turnabout/desk/sync.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "apart.h"
#include "folders.h"
#include "syncing.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/record.h"
#include "turnabout/store/remotes.h"

void sync_end(struct ta_synced_remote *synced, enum ta_sync_end end, const char *format, ...)
{
    va_list arguments;
    synced->end = end;
    va_start(arguments, format);
    (void)vsnprintf(synced->message, sizeof synced->message, format, arguments);
    va_end(arguments);
}

void sync_fail(struct ta_synced_remote *synced, const struct ta_error *err)
{
    sync_end(synced, err->code == TA_REFUSED ? TA_SYNC_REFUSED : TA_SYNC_FAILED, "%s", err->text);
}

void sync_pause(unsigned attempt)
{
    enum { STEP = 20, MILLION = 1000000 };
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    long share = (now.tv_nsec / 1000 + getpid()) % STEP; /* so that two machines part */
    struct timespec span = {.tv_nsec = ((long)attempt * STEP + share * (long)attempt) * MILLION};
    (void)nanosleep(&span, NULL);
}

/* Progress */

static void tell(const char *phase, unsigned percent, void *data)
{
    const struct syncing *syncing = data;
    struct ta_text words = {0};
    ta_text_addf(&words, "%s: %s", syncing->about, phase);
    syncing->options->phase(words.bytes, (int)percent, syncing->options->data);
    ta_text_release(&words);
}

void sync_listen(struct syncing *syncing, const struct ta_transport *transport)
{
    syncing->transport = transport != NULL ? *transport : (struct ta_transport){0};
    if (syncing->options->phase != NULL) {
        syncing->transport.progress = tell;
        syncing->transport.data = syncing;
    }
}

/* What a killed program was about to become (git) has its lock for a moment. */
static bool take(int lock)
{
    enum { TRIES_OF_LOCK = 8 };
    bool is_ours = false;
    for (unsigned attempt = 1; !is_ours && attempt <= TRIES_OF_LOCK; attempt++) {
        is_ours = flock(lock, LOCK_EX | LOCK_NB) == 0;
        if (!is_ours && (errno != EWOULDBLOCK || attempt == TRIES_OF_LOCK)) {
            return false;
        }
        if (!is_ours) {
            sync_pause(attempt);
        }
    }
    return is_ours;
}

bool sync_lock(const char *file, const char *what, int *lock, struct ta_error *err)
{
    *lock = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (*lock >= 0 && take(*lock)) {
        return true;
    }
    int problem = errno;
    if (*lock >= 0) {
        (void)close(*lock);
    }
    if (problem == EWOULDBLOCK) {
        return ta_fail(err, TA_BUSY, "%s is under way in another Turnabout; wait for it to end.",
                       what);
    }
    return ta_fail(err, TA_SYSTEM, "%s cannot be written: %s; see to the permissions there.", file,
                   strerror(problem));
}

/* What became of it is for people to see: a store that is full does not undo a sync. */
static void keep_end(struct syncing *syncing, enum ta_remote remote,
                     const struct ta_synced_remote *synced)
{
    bool is_done = synced->end == TA_SYNC_DONE;
    if (synced->end != TA_SYNC_NEVER) {
        (void)ta_store_remote_ended(syncing->desk->store, syncing->pair->id, ta_remote_name(remote),
                                    is_done ? ta_desk_now(syncing->desk) : 0,
                                    ta_sync_end_name(synced->end), synced->message, NULL);
    }
}

/* Before words leave by what came in somebody's name, they have seen that it came. */
static void tell_named(const struct syncing *syncing, struct ta_synced *synced)
{
    struct ta_text said = {0};
    struct ta_synced_remote *record = &synced->remote[TA_REMOTE_RECORD];
    bool waits = syncing->url[TA_REMOTE_RELEASED] != NULL &&
                 synced->remote[TA_REMOTE_RELEASED].end == TA_SYNC_NEVER;
    sync_settle_named(syncing, synced);
    sync_say_named(&said, synced);
    if (said.length > 0 && waits) {
        ta_text_add(&said, " What is released waits for your next sync.");
    }
    if (said.length > 0) {
        ta_text_addf(&said, "%s%s", record->message[0] != '\0' ? " " : "", record->message);
        (void)snprintf(record->message, sizeof record->message, "%s", said.bytes);
    }
    ta_text_release(&said);
}

/* What is released */

static bool is_record_synced(const struct syncing *syncing)
{
    return syncing->url[TA_REMOTE_RECORD] == NULL ||
           syncing->synced->remote[TA_REMOTE_RECORD].end == TA_SYNC_DONE;
}

/* Nothing new leaves; what was taken back goes all the same. */
static void take_back(struct syncing *syncing, struct ta_synced_remote *released)
{
    struct ta_error err;
    bool is_synced = is_record_synced(syncing);
    const char *until = is_synced ? "for the next sync" : "until the record is synced";
    switch (sync_take_back(syncing, is_synced, released, &err)) {
    case SYNC_TAKEN:
        sync_end(released, TA_SYNC_DONE, "What was taken back is gone there; what is new waits %s.",
                 until);
        break;
    case SYNC_TAKEN_FAILED:
        sync_end(released, TA_SYNC_FAILED, "What was taken back is still at the coordinator's: %s",
                 err.text);
        break;
    case SYNC_TAKEN_NOTHING:
        sync_end(released, TA_SYNC_NEVER, "Waits %s.", until);
        break;
    }
}

/* The same where it cannot be made of the record, which has been told. */
static void take_back_unmade(struct syncing *syncing, struct ta_synced_remote *released)
{
    struct ta_error err;
    struct ta_text said = {0};
    enum sync_taken taken = sync_take_back(syncing, true, released, &err);
    if (taken == SYNC_TAKEN_NOTHING) {
        return;
    }
    ta_text_addf(&said, "%s %s%s", released->message,
                 taken == SYNC_TAKEN ? "What was taken back since is gone there."
                                     : "What was taken back since is still there: ",
                 taken == SYNC_TAKEN ? "" : err.text);
    sync_end(released, released->end, "%s", said.bytes);
    ta_text_release(&said);
}

static void release_words(struct syncing *syncing, struct ta_synced *synced)
{
    struct ta_synced_remote *released = &synced->remote[TA_REMOTE_RELEASED];
    bool may_release = is_record_synced(syncing) && synced->named_count == 0;
    bool is_made = !may_release || sync_released(syncing, released);
    /* What the other sent meanwhile may have changed that. */
    if (!is_record_synced(syncing) || synced->named_count > 0) {
        take_back(syncing, released);
    } else if (!is_made) {
        take_back_unmade(syncing, released);
    }
}

static void run(struct syncing *syncing, struct ta_synced *synced)
{
    syncing->synced = synced;
    struct ta_synced_remote *record = &synced->remote[TA_REMOTE_RECORD];
    struct ta_synced_remote *released = &synced->remote[TA_REMOTE_RELEASED];
    struct ta_error err;
    bool are_apart = apart_by_address(syncing, &err);
    if (!are_apart) {
        sync_fail(record, &err);
    } else if (syncing->url[TA_REMOTE_RECORD] != NULL) {
        sync_record(syncing, record);
    }
    /* What the other let go, or took back, is in the record: so it comes first. */
    if (syncing->url[TA_REMOTE_RELEASED] != NULL) {
        release_words(syncing, synced);
    }
    tell_named(syncing, synced);
    keep_end(syncing, TA_REMOTE_RECORD, record);
    keep_end(syncing, TA_REMOTE_RELEASED, released);
    synced->end = record->end > released->end ? record->end : released->end;
}

static bool open_syncing(struct syncing *syncing, struct ta_error *err)
{
    struct ta_remote_state remotes[TA_REMOTES];
    const char *slug = syncing->pair->slug;
    if (!ta_desk_remotes(syncing->desk, syncing->pair, remotes, err)) {
        return false;
    }
    for (enum ta_remote remote = TA_REMOTE_RECORD; remote < TA_REMOTES; remote++) {
        syncing->url[remote] = remotes[remote].url;
        remotes[remote].url = NULL;
    }
    syncing->was_released = remotes[TA_REMOTE_RELEASED].end == TA_SYNC_DONE;
    ta_remotes_release(remotes);
    syncing->record = ta_record_path(syncing->desk, syncing->pair);
    syncing->released = pair_file(syncing->desk, slug, "released.git");
    return syncing->url[TA_REMOTE_RECORD] != NULL || syncing->url[TA_REMOTE_RELEASED] != NULL ||
           ta_fail(err, TA_ABSENT,
                   "%s is on this machine only. Give it a place that both of you reach, such as an "
                   "empty repository on a git host: turnabout remote set record URL",
                   slug);
}

static void close_syncing(struct syncing *syncing)
{
    for (enum ta_remote remote = TA_REMOTE_RECORD; remote < TA_REMOTES; remote++) {
        free(syncing->url[remote]);
    }
    free(syncing->record);
    free(syncing->released);
}

bool ta_desk_sync(struct ta_desk *desk, const struct ta_pair *pair,
                  const struct ta_sync_options *options, struct ta_synced *synced,
                  struct ta_error *err)
{
    struct syncing syncing = {.desk = desk, .pair = pair, .options = options};
    char *lock_file = pair_file(desk, pair->slug, "sync.lock");
    int lock = -1;
    *synced = (struct ta_synced){0};
    sync_listen(&syncing, options->transport);
    bool ok =
        open_syncing(&syncing, err) && sync_lock(lock_file, "A sync of this pair", &lock, err);
    if (ok) {
        run(&syncing, synced);
        (void)close(lock);
    }
    close_syncing(&syncing);
    free(lock_file);
    return ok;
}

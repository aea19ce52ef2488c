#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adoption.h"
#include "folders.h"
#include "log.h"
#include "remotes.h"
#include "syncing.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/record.h"
#include "turnabout/ledger/inspect.h"
#include "turnabout/ledger/merge.h"
#include "turnabout/ledger/refs.h"
#include "turnabout/store/pairs.h"
#include "turnabout/store/remotes.h"

/* Beside the pairs, and no pair's name: what is brought here stands there until it is whole. */
static const char staging[] = ".join";

enum { LONGEST_SLUG = 60 };

struct join {
    struct ta_desk *desk;
    const struct ta_joining *joining;
    struct syncing syncing; /* for its transport */
    char *url;
    char *folder; /* where it is brought to */
    char *record; /* in it */
    char tip[TA_ID_SIZE];
    char root[TA_ID_SIZE]; /* the commit that it began with */
};

/* Asked before anything is fetched */

static bool check_slug(struct ta_desk *desk, const char *slug, struct ta_error *err)
{
    struct ta_piece piece = {slug, slug != NULL ? strlen(slug) : 0};
    if (slug == NULL) {
        return true;
    }
    bool is_name = piece.length > 0 && piece.length <= LONGEST_SLUG && slug[0] != '.' &&
                   slug[0] != '-' && ta_is_line(piece) && strpbrk(slug, "/ \\") == NULL;
    if (!is_name) {
        return ta_fail(err, TA_WRONG,
                       "\"%.80s\" is no name for a pair: write one word of at most %d bytes, such "
                       "as priya-dana.",
                       slug, LONGEST_SLUG);
    }
    return !slug_is_taken(slug, desk) ||
           ta_fail(err, TA_REFUSED, "There is a pair named %s already: choose another name.", slug);
}

static bool say_here(struct ta_pair *pair, const char *slug, struct ta_error *err)
{
    ta_replace(&pair->slug, slug);
    return ta_fail(err, TA_REFUSED,
                   "This pair is here already, as %s: turnabout pair use %s takes it in hand, and "
                   "turnabout sync brings what is new.",
                   slug, slug);
}

static bool is_not_used(struct join *join, struct ta_pair *pair, struct ta_error *err)
{
    enum ta_remote used;
    char *user = remote_user(join->desk, join->url, &used);
    bool ok = user == NULL;
    if (!ok && used == TA_REMOTE_RECORD) {
        (void)say_here(pair, user, err);
    } else if (!ok) {
        (void)ta_fail(err, TA_REFUSED,
                      "That is where %s releases to, for the coordinator; the record lies "
                      "elsewhere.",
                      user);
    }
    free(user);
    return ok;
}

/* Fetched beside the pairs */

static bool refuse_empty(const struct join *join, struct ta_error *err)
{
    char *branch = NULL;
    (void)ta_transport_branch(&join->syncing.transport, join->record, join->url, &branch, NULL);
    if (branch == NULL) {
        return ta_fail(err, TA_ABSENT,
                       "The repository is empty: the other of you has to sync first (S, or "
                       "turnabout sync), then join again.");
    }
    (void)ta_fail(err, TA_ABSENT,
                  "The repository has no branch main (it has %.60s), so it is not the record of a "
                  "pair: give the address of one that turnabout sync has filled.",
                  branch);
    free(branch);
    return false;
}

static bool fetch(struct join *join, struct ta_error *err)
{
    if (!ta_transport_fetch(&join->syncing.transport, join->record, join->url, "main",
                            TA_REF_INCOMING, join->tip, err)) {
        return false;
    }
    return join->tip[0] != '\0' || refuse_empty(join, err);
}

static bool inspect(struct join *join, struct ta_pair *pair, struct ta_error *err)
{
    return ta_ledger_inspect(join->desk->git, join->record, join->tip, &ta_layout_record, NULL, 0,
                             join->root, err) &&
           sync_read_pair(join->desk, join->record, join->tip, pair, err);
}

static bool clear(const char *folder, struct ta_error *err)
{
    struct stat status;
    return lstat(folder, &status) != 0 || ta_folder_remove(folder, err);
}

static bool bring_here(struct join *join, struct ta_pair *pair, struct ta_error *err)
{
    return clear(join->folder, err) && ta_folder_make(join->folder, err) &&
           ta_ledger_create(join->desk->git, join->record, err) && fetch(join, err) &&
           inspect(join, pair, err);
}

/* Who sits here */

static bool find_me(struct join *join, struct ta_pair *pair, struct ta_error *err)
{
    enum ta_role me = join->joining->me;
    pair->me = me != TA_NOBODY ? me : ta_desk_identity(join->desk, pair);
    return pair->me != TA_NOBODY ||
           ta_fail(err, TA_WRONG,
                   "%.60s is the mentor, %.60s the mentee: say which of them sits here, with --as "
                   "mentor or --as mentee.",
                   pair->person[TA_MENTOR].name, pair->person[TA_MENTEE].name);
}

/* The same pair here: the commit that a record began with is in no other's history. */

static bool began_alike(const struct join *join, const char *slug)
{
    char main[TA_ID_SIZE];
    char base[TA_ID_SIZE];
    enum ta_relation relation;
    char *record = pair_file(join->desk, slug, "record.git");
    bool is_same =
        slug[0] != '.' && access(record, F_OK) == 0 && ta_ledger_tip(record, main, NULL) &&
        ta_ledger_relate(join->desk->git, record, main, join->root, &relation, base, NULL) &&
        relation != TA_UNRELATED;
    free(record);
    return is_same;
}

static char *find_same(const struct join *join)
{
    char *path = ta_path_join(join->desk->places.data, "pairs");
    struct dirent **folders = NULL;
    char *same = NULL;
    int count = scandir(path, &folders, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        if (same == NULL && began_alike(join, folders[i]->d_name)) {
            same = ta_copy(folders[i]->d_name);
        }
        free(folders[i]);
    }
    free(folders);
    free(path);
    return same;
}

static bool store_remote(const struct join *join, const struct ta_pair *pair, struct ta_error *err)
{
    return ta_store_remote_put(join->desk->store, pair->id, ta_remote_name(TA_REMOTE_RECORD),
                               join->url, err);
}

/* The pair that a record here is of; one that is in no list yet is put there. */
static bool find_or_adopt(struct join *join, const char *slug, struct ta_pair *pair,
                          struct ta_pair *stored, struct ta_error *err)
{
    if (!ta_store_pair_find(join->desk->store, slug, stored, NULL)) {
        return find_me(join, pair, err) && adopt_pair_as(join->desk, slug, pair->me, err) &&
               ta_store_pair_find(join->desk->store, slug, stored, err);
    }
    pair->me = stored->me;
    return !ta_desk_has_remote(join->desk, stored, TA_REMOTE_RECORD) || say_here(pair, slug, err);
}

/* A record that lies here unknown, or without a remote, was brought by a join that was killed, or
 * by hand. */
static bool take_in(struct join *join, const char *slug, struct ta_pair *pair, struct ta_error *err)
{
    struct ta_pair stored = {0};
    bool ok = find_or_adopt(join, slug, pair, &stored, err) && store_remote(join, &stored, err);
    if (ok) {
        pair->id = stored.id;
        ta_replace(&pair->slug, slug);
    }
    ta_pair_release(&stored);
    return ok;
}

/* Moved to its place whole */

static bool finish_record(const struct join *join, struct ta_error *err)
{
    struct ta_text line = {0};
    char *file = ta_path_join(join->folder, "remotes");
    ta_text_addf(&line, "%s %s\n", ta_remote_name(TA_REMOTE_RECORD), join->url);
    bool ok = ta_ledger_ref_put(join->record, TA_REF_REMOTE, join->tip, err) &&
              ta_ledger_forward(join->desk->git, join->record, "", join->tip, err) &&
              ta_file_write(file, line.bytes, line.length, err);
    ta_text_release(&line);
    free(file);
    return ok;
}

static bool move(const struct join *join, const char *slug, struct ta_error *err)
{
    char *to = pair_folder(join->desk, slug);
    bool ok = rename(join->folder, to) == 0 ||
              ta_fail(err, TA_SYSTEM,
                      "The folder %s cannot be made: %s; see to the permissions "
                      "there.",
                      to, strerror(errno));
    free(to);
    return ok;
}

/* What fails leaves nothing, so that the next try gets the same name. */
static bool settle(struct join *join, struct ta_pair *pair, struct ta_error *err)
{
    struct ta_desk *desk = join->desk;
    free(pair->slug);
    pair->slug = join->joining->slug != NULL ? ta_copy(join->joining->slug)
                                             : ta_pair_slug(pair, slug_is_taken, desk);
    if (!find_me(join, pair, err) || !finish_record(join, err) || !move(join, pair->slug, err)) {
        return false;
    }
    bool ok = ta_store_pair_add(desk->store, pair, ta_desk_now(desk), err) &&
              store_remote(join, pair, err);
    if (!ok && pair->id == 0) {
        char *folder = pair_folder(desk, pair->slug);
        (void)ta_folder_remove(folder, NULL);
        free(folder);
    }
    return ok;
}

/* While libgit2 is at hand: the first screen then needs none. */
static void prepare_index(struct join *join, const struct ta_pair *pair)
{
    char tip[TA_ID_SIZE];
    char *record = ta_record_path(join->desk, pair);
    (void)ta_record_refresh(join->desk, pair, tip, NULL);
    (void)log_refresh(join->desk, pair, record, NULL);
    (void)ta_store_remote_ended(join->desk->store, pair->id, ta_remote_name(TA_REMOTE_RECORD),
                                ta_desk_now(join->desk), ta_sync_end_name(TA_SYNC_DONE), "", NULL);
    free(record);
}

static bool bring(struct join *join, struct ta_pair *pair, struct ta_error *err)
{
    if (!bring_here(join, pair, err)) {
        return false;
    }
    char *same = find_same(join);
    bool ok = same != NULL ? take_in(join, same, pair, err) : settle(join, pair, err);
    free(same);
    if (ok) {
        prepare_index(join, pair);
    }
    return ok;
}

static bool lock_and_bring(struct join *join, struct ta_pair *pair, struct ta_error *err)
{
    char *pairs = ta_path_join(join->desk->places.data, "pairs");
    char *lock_file = ta_path_join(pairs, ".join.lock");
    int lock = -1;
    bool ok = ta_folder_make(pairs, err) && sync_lock(lock_file, "Joining", &lock, err);
    if (ok) {
        ok = bring(join, pair, err);
        (void)clear(join->folder, NULL);
        (void)close(lock);
    }
    free(lock_file);
    free(pairs);
    return ok;
}

bool ta_desk_join(struct ta_desk *desk, const struct ta_joining *joining, struct ta_pair *pair,
                  struct ta_error *err)
{
    struct ta_sync_options options = {.phase = joining->phase, .data = joining->data};
    struct join join = {.desk = desk, .joining = joining};
    join.url = ta_transport_absolute(joining->url);
    join.folder = pair_folder(desk, staging);
    join.record = ta_path_join(join.folder, "record.git");
    join.syncing = (struct syncing){.desk = desk, .options = &options, .about = "Record"};
    sync_listen(&join.syncing, joining->transport);
    bool ok = remote_is_usable(join.url, err) && remote_is_elsewhere(desk, NULL, join.url, err) &&
              check_slug(desk, joining->slug, err) && is_not_used(&join, pair, err) &&
              lock_and_bring(&join, pair, err);
    free(join.record);
    free(join.folder);
    free(join.url);
    return ok;
}

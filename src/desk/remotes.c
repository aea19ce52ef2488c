#include "remotes.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "folders.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/record.h"
#include "turnabout/ledger/refs.h"
#include "turnabout/ledger/transport.h"
#include "turnabout/store/pairs.h"
#include "turnabout/store/remotes.h"

enum { FILE_LIMIT = 8192 };

static const char remotes_file[] = "remotes";

static const struct {
    const char *name;
    const char *words;      /* in a sentence */
    const char *repository; /* beside each other in the pair's folder */
} facts[TA_REMOTES] = {
    [TA_REMOTE_RECORD] = {"record", "the record", "record.git"},
    [TA_REMOTE_RELEASED] = {"released", "what is released", "released.git"},
};

/* Words in the database: they stay, whatever the screens say. */
static const char *const ends[] = {
    [TA_SYNC_NEVER] = "never",         [TA_SYNC_DONE] = "done",
    [TA_SYNC_CONFLICTS] = "conflicts", [TA_SYNC_REWRITTEN] = "rewritten",
    [TA_SYNC_REFUSED] = "refused",     [TA_SYNC_FAILED] = "failed",
};

const char *ta_remote_name(enum ta_remote remote)
{
    return facts[remote].name;
}

bool ta_remote_read(enum ta_remote *remote, struct ta_piece text)
{
    for (enum ta_remote at = TA_REMOTE_RECORD; at < TA_REMOTES; at++) {
        if (text.length == strlen(facts[at].name) &&
            strncasecmp(text.at, facts[at].name, text.length) == 0) {
            *remote = at;
            return true;
        }
    }
    return false;
}

const char *ta_sync_end_name(enum ta_sync_end end)
{
    return ends[end];
}

static enum ta_sync_end read_end(const char *name)
{
    for (enum ta_sync_end end = TA_SYNC_DONE; name != NULL && end <= TA_SYNC_FAILED; end++) {
        if (strcmp(ends[end], name) == 0) {
            return end;
        }
    }
    return TA_SYNC_NEVER;
}

/* Addresses */

bool remote_is_usable(const char *url, struct ta_error *err)
{
    if (!ta_transport_url(url, err)) {
        return false;
    }
    char *shown = ta_transport_shown(url);
    bool has_password = strcmp(shown, url) != 0;
    free(shown);
    return !has_password ||
           ta_fail(err, TA_WRONG,
                   "The address has a password in it, which would be kept and shown in the open: "
                   "leave it out. git asks for it, or knows it from a credential helper (git help "
                   "gitcredentials).");
}

/* "file:///srv/dana.git/", "/srv/dana" and a link that leads there are one place. */
static char *place_of(const char *url)
{
    static const char file[] = "file://";
    static const char ending[] = ".git";
    const char *bare = strncmp(url, file, sizeof file - 1) == 0 ? url + sizeof file - 1 : url;
    char *real = bare[0] == '/' ? realpath(bare, NULL) : NULL;
    char *place = real != NULL ? real : ta_copy(bare);
    size_t length = strlen(place);
    while (length > 1 && place[length - 1] == '/') {
        place[--length] = '\0';
    }
    if (length > sizeof ending - 1 && strcmp(place + length - sizeof ending + 1, ending) == 0) {
        place[length - sizeof ending + 1] = '\0';
    }
    return place;
}

bool remote_is_same(const char *one, const char *other)
{
    char *first = place_of(one);
    char *second = place_of(other);
    bool is_same = strcmp(first, second) == 0;
    free(first);
    free(second);
    return is_same;
}

static bool has_place(struct ta_desk *desk, const struct ta_pair *pair, const char *url,
                      enum ta_remote *remote)
{
    struct ta_remote_state remotes[TA_REMOTES];
    bool found = false;
    if (!ta_desk_remotes(desk, pair, remotes, NULL)) {
        return false;
    }
    for (enum ta_remote at = TA_REMOTE_RECORD; !found && at < TA_REMOTES; at++) {
        found = remotes[at].url != NULL && remote_is_same(remotes[at].url, url);
        *remote = at;
    }
    ta_remotes_release(remotes);
    return found;
}

char *remote_user(struct ta_desk *desk, const char *url, enum ta_remote *remote)
{
    struct ta_pairs pairs = {0};
    char *user = NULL;
    if (ta_store_pairs(desk->store, &pairs, NULL)) {
        for (size_t i = 0; user == NULL && i < pairs.count; i++) {
            user =
                has_place(desk, &pairs.items[i], url, remote) ? ta_copy(pairs.items[i].slug) : NULL;
        }
    }
    ta_pairs_release(&pairs);
    return user;
}

/* The file */

static void write_file(struct ta_desk *desk, const struct ta_pair *pair)
{
    struct ta_stored_remotes remotes;
    struct ta_text lines = {0};
    char *path = pair_file(desk, pair->slug, remotes_file);
    if (ta_store_remotes(desk->store, pair->id, &remotes, NULL)) {
        for (size_t i = 0; i < remotes.count; i++) {
            ta_text_addf(&lines, "%s %s\n", remotes.items[i].name, remotes.items[i].url);
        }
        /* A copy, for a bad day: what counts is the store. */
        (void)ta_file_write(path, lines.bytes != NULL ? lines.bytes : "", lines.length, NULL);
        ta_stored_remotes_release(&remotes);
    }
    ta_text_release(&lines);
    free(path);
}

static void take_back(struct ta_desk *desk, const struct ta_pair *pair, struct ta_piece line)
{
    enum ta_remote remote;
    struct ta_piece name;
    if (!ta_next_part(&line, ' ', &name) || !ta_remote_read(&remote, name)) {
        return;
    }
    char *url = ta_piece_copy(ta_piece_trim(line));
    if (remote_is_usable(url, NULL)) {
        (void)ta_store_remote_put(desk->store, pair->id, facts[remote].name, url, NULL);
    }
    free(url);
}

void remotes_take_back(struct ta_desk *desk, const struct ta_pair *pair)
{
    struct ta_text lines = {0};
    char *path = pair_file(desk, pair->slug, remotes_file);
    if (ta_file_read(&lines, path, FILE_LIMIT, NULL)) {
        struct ta_piece rest = {lines.bytes, lines.length};
        for (struct ta_piece line; ta_next_line(&rest, &line);) {
            take_back(desk, pair, line);
        }
    }
    ta_text_release(&lines);
    free(path);
}

/* What people do */

static bool is_free(struct ta_desk *desk, const struct ta_pair *pair, enum ta_remote remote,
                    const char *url, struct ta_error *err)
{
    enum ta_remote used;
    char *user = remote_user(desk, url, &used);
    bool is_own = user != NULL && strcmp(user, pair->slug) == 0;
    bool ok = user == NULL || (is_own && used == remote);
    if (!ok && is_own) {
        (void)ta_fail(err, TA_REFUSED,
                      "That is where %s goes already. The record and what is released never go to "
                      "the same place: make a repository of its own for %s.",
                      facts[used].words, facts[remote].words);
    } else if (!ok) {
        (void)ta_fail(err, TA_REFUSED,
                      "The pair %s has that as its remote: make a repository of its own for %s.",
                      user, pair->slug);
    }
    free(user);
    return ok;
}

/* What another place had is nothing that this one could have lost. */
static bool forget(struct ta_desk *desk, const struct ta_pair *pair, enum ta_remote remote,
                   struct ta_error *err)
{
    struct ta_error problem = {0};
    char *path = pair_file(desk, pair->slug, facts[remote].repository);
    bool ok = ta_ledger_ref_drop(desk->git, path, TA_REF_REMOTE, &problem) ||
              problem.code == TA_ABSENT || ta_fail(err, problem.code, "%s", problem.text);
    free(path);
    return ok;
}

static bool is_set_to(struct ta_desk *desk, const struct ta_pair *pair, enum ta_remote remote,
                      const char *url)
{
    struct ta_remote_state remotes[TA_REMOTES];
    if (!ta_desk_remotes(desk, pair, remotes, NULL)) {
        return false;
    }
    bool is_set = remotes[remote].url != NULL && strcmp(remotes[remote].url, url) == 0;
    ta_remotes_release(remotes);
    return is_set;
}

bool ta_desk_remote_set(struct ta_desk *desk, const struct ta_pair *pair, enum ta_remote remote,
                        const char *url, struct ta_error *err)
{
    char *whole = ta_transport_absolute(url);
    bool ok = remote_is_usable(whole, err) && is_free(desk, pair, remote, whole, err) &&
              (is_set_to(desk, pair, remote, whole) ||
               (forget(desk, pair, remote, err) &&
                ta_store_remote_put(desk->store, pair->id, facts[remote].name, whole, err)));
    if (ok) {
        write_file(desk, pair);
    }
    free(whole);
    return ok;
}

bool ta_desk_remote_remove(struct ta_desk *desk, const struct ta_pair *pair, enum ta_remote remote,
                           struct ta_error *err)
{
    bool was = false;
    if (!ta_store_remote_drop(desk->store, pair->id, facts[remote].name, &was, err)) {
        return false;
    }
    if (!was) {
        return ta_fail(err, TA_ABSENT,
                       "%s has no remote for %s; turnabout remote list shows what it has.",
                       pair->slug, facts[remote].words);
    }
    write_file(desk, pair);
    return forget(desk, pair, remote, err);
}

bool ta_desk_remotes(struct ta_desk *desk, const struct ta_pair *pair,
                     struct ta_remote_state remotes[TA_REMOTES], struct ta_error *err)
{
    struct ta_stored_remotes stored;
    memset(remotes, 0, TA_REMOTES * sizeof *remotes);
    if (!ta_store_remotes(desk->store, pair->id, &stored, err)) {
        return false;
    }
    for (size_t i = 0; i < stored.count; i++) {
        const struct ta_stored_remote *item = &stored.items[i];
        enum ta_remote remote;
        if (ta_remote_read(&remote, ta_piece_of(item->name))) {
            remotes[remote] = (struct ta_remote_state){.url = ta_copy(item->url),
                                                       .synced = item->synced,
                                                       .end = read_end(item->end),
                                                       .message = ta_copy(item->message)};
        }
    }
    ta_stored_remotes_release(&stored);
    return true;
}

void ta_remotes_release(struct ta_remote_state remotes[TA_REMOTES])
{
    for (enum ta_remote remote = TA_REMOTE_RECORD; remote < TA_REMOTES; remote++) {
        free(remotes[remote].url);
        free(remotes[remote].message);
        remotes[remote] = (struct ta_remote_state){0};
    }
}

bool ta_desk_is_unsent(struct ta_desk *desk, const struct ta_pair *pair)
{
    char main[TA_ID_SIZE];
    char theirs[TA_ID_SIZE];
    struct ta_remote_state remotes[TA_REMOTES];
    char *path = ta_record_path(desk, pair);
    bool is_unsent = ta_desk_remotes(desk, pair, remotes, NULL) &&
                     remotes[TA_REMOTE_RECORD].url != NULL && ta_ledger_tip(path, main, NULL) &&
                     ta_ledger_ref(path, TA_REF_REMOTE, theirs, NULL) && strcmp(main, theirs) != 0;
    ta_remotes_release(remotes);
    free(path);
    return is_unsent;
}

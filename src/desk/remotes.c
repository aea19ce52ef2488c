#include "remotes.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "folders.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/record.h"
#include "turnabout/ledger/place.h"
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

/* Who has a place among the remotes, except one remote of one pair. */
struct search {
    struct ta_desk *desk;
    const struct ta_rewrites *rewrites; /* NULL: none */
    const char *url;
    const struct ta_pair *pair; /* NULL: none is left out */
    enum ta_remote remote;
    char *user; /* the pair that was found; NULL: none has it */
    enum ta_remote used;
};

static bool search_pair(struct search *search, const struct ta_pair *pair, struct ta_error *err)
{
    struct ta_remote_state remotes[TA_REMOTES];
    bool is_own = search->pair != NULL && search->pair->id == pair->id;
    if (!ta_desk_remotes(search->desk, pair, remotes, err)) {
        return false;
    }
    for (enum ta_remote at = TA_REMOTE_RECORD; search->user == NULL && at < TA_REMOTES; at++) {
        bool is_left_out = remotes[at].url == NULL || (is_own && at == search->remote);
        if (!is_left_out && ta_place_is_same(search->rewrites, remotes[at].url, search->url)) {
            search->user = ta_copy(pair->slug);
            search->used = at;
        }
    }
    ta_remotes_release(remotes);
    return true;
}

static bool search_pairs(struct search *search, struct ta_error *err)
{
    struct ta_pairs pairs = {0};
    bool ok = ta_store_pairs(search->desk->store, &pairs, err);
    for (size_t i = 0; ok && search->user == NULL && i < pairs.count; i++) {
        ok = search_pair(search, &pairs.items[i], err);
    }
    ta_pairs_release(&pairs);
    return ok;
}

char *remote_user(struct ta_desk *desk, const char *url, enum ta_remote *remote)
{
    struct search search = {.desk = desk, .url = url};
    (void)search_pairs(&search, NULL);
    *remote = search.used;
    return search.user;
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

static bool refuse_used(const struct search *search, struct ta_error *err)
{
    if (strcmp(search->user, search->pair->slug) != 0) {
        return ta_fail(err, TA_REFUSED,
                       "The pair %s has that as its remote: make a repository of its own for %s.",
                       search->user, search->pair->slug);
    }
    return ta_fail(err, TA_REFUSED,
                   "That is where %s goes already. The record and what is released never go to "
                   "the same place: make a repository of its own for %s.",
                   facts[search->used].words, facts[search->remote].words);
}

bool remote_is_elsewhere(const struct ta_desk *desk, const struct ta_rewrites *rewrites,
                         const char *url, struct ta_error *err)
{
    static const char *const owned[] = {"pairs", "programme"};
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof owned / sizeof owned[0]; i++) {
        char *folder = ta_path_join(desk->places.data, owned[i]);
        ok = !ta_place_is_within(rewrites, url, folder) ||
             ta_fail(err, TA_REFUSED,
                     "%.200s lies in Turnabout's own folder, %.200s, and is no place to send to or "
                     "to take from: make a repository elsewhere, with git init --bare.",
                     url, folder);
        free(folder);
    }
    return ok;
}

bool remote_is_free(struct ta_desk *desk, const struct ta_pair *pair, enum ta_remote remote,
                    const char *url, struct ta_error *err)
{
    struct ta_rewrites rewrites;
    struct search search = {
        .desk = desk, .rewrites = &rewrites, .url = url, .pair = pair, .remote = remote};
    char *record = ta_record_path(desk, pair);
    ta_rewrites_read(&rewrites, record);
    bool ok = remote_is_elsewhere(desk, &rewrites, url, err) && search_pairs(&search, err) &&
              (search.user == NULL || refuse_used(&search, err));
    ta_rewrites_release(&rewrites);
    free(search.user);
    free(record);
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
    bool ok = remote_is_usable(whole, err) && remote_is_free(desk, pair, remote, whole, err) &&
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

bool ta_desk_has_remote(struct ta_desk *desk, const struct ta_pair *pair, enum ta_remote remote)
{
    struct ta_remote_state remotes[TA_REMOTES];
    if (!ta_desk_remotes(desk, pair, remotes, NULL)) {
        return false;
    }
    bool has = remotes[remote].url != NULL;
    ta_remotes_release(remotes);
    return has;
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

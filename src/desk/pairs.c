#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adoption.h"
#include "folders.h"
#include "log.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/desk.h"
#include "turnabout/desk/record.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/store/pairs.h"

enum { TOPIC_LONGEST = 500 };

char *pair_folder(const struct ta_desk *desk, const char *slug)
{
    char *pairs = ta_path_join(desk->places.data, "pairs");
    char *folder = ta_path_join(pairs, slug);
    free(pairs);
    return folder;
}

char *pair_file(const struct ta_desk *desk, const char *slug, const char *name)
{
    char *folder = pair_folder(desk, slug);
    char *file = ta_path_join(folder, name);
    free(folder);
    return file;
}

/* A folder that nobody stored counts too: it may be what a killed first start left, or a copy that
 * somebody laid there; neither is ours to write over. */
bool slug_is_taken(const char *slug, void *data)
{
    const struct ta_desk *desk = data;
    char *folder = pair_folder(desk, slug);
    bool taken = access(folder, F_OK) == 0;
    free(folder);
    struct ta_pair pair = {0};
    taken = taken || ta_store_pair_find(desk->store, slug, &pair, NULL);
    ta_pair_release(&pair);
    return taken;
}

static bool are_two(const struct ta_pair *pair, struct ta_error *err)
{
    const struct ta_person *mentor = &pair->person[TA_MENTOR];
    const struct ta_person *mentee = &pair->person[TA_MENTEE];
    if (!mentor->name || !mentee->name) {
        return ta_fail(err, TA_WRONG, "A pair needs two names: one mentor, one mentee.");
    }
    bool same_name = strcmp(mentor->name, mentee->name) == 0;
    if (mentor->email && mentee->email ? strcasecmp(mentor->email, mentee->email) == 0
                                       : same_name) {
        return ta_fail(err, TA_WRONG, "Mentor and mentee are the same person: a pair is two.");
    }
    return true;
}

static bool topic_is_fine(const char *topic, struct ta_error *err)
{
    size_t length = topic ? strlen(topic) : 0;
    if (length > TOPIC_LONGEST) {
        return ta_fail(err, TA_WRONG,
                       "The topic is too long: say it in one line of at most %d bytes.",
                       TOPIC_LONGEST);
    }
    if (!ta_utf8_is_valid(topic, length)) {
        return ta_fail(err, TA_WRONG, "The topic is not UTF-8 text: type it again.");
    }
    return ta_is_line((struct ta_piece){topic, length}) ||
           ta_fail(err, TA_WRONG,
                   "The topic has a line end or a control character in it: say it in one line.");
}

/* The folder is made by one call alone, which may therefore take it away again. */
static bool claim_folder(const struct ta_desk *desk, const char *folder, struct ta_error *err)
{
    char *pairs = ta_path_join(desk->places.data, "pairs");
    bool ok = ta_folder_make(pairs, err);
    if (ok && mkdir(folder, S_IRWXU) != 0) {
        bool is_there = errno == EEXIST;
        ok = ta_fail(err, is_there ? TA_BUSY : TA_SYSTEM, "The folder %s cannot be made: %s; %s.",
                     folder, strerror(errno),
                     is_there ? "another program was faster: try again"
                              : "see to the free space and the permissions there");
    }
    free(pairs);
    return ok;
}

static bool make_record(struct ta_desk *desk, const struct ta_pair *pair, struct ta_error *err)
{
    char *path = ta_record_path(desk, pair);
    struct ta_readme_facts facts = {.pair = pair, .since = ta_desk_moment(desk)};
    char *readme = ta_readme_write(&facts);
    struct ta_text subject = {0};
    ta_text_addf(&subject, "Pair: %s and %s", pair->person[TA_MENTOR].name,
                 pair->person[TA_MENTEE].name);
    struct ta_commit commit = {.subject = subject.bytes,
                               .pair = pair,
                               .author = ta_desk_actor(pair, TA_NOBODY, TA_MENTEE),
                               .when = ta_desk_moment(desk)};
    struct ta_change change = {.path = "README.md", .text = readme};
    char id[TA_ID_SIZE];
    bool ok = ta_ledger_create(desk->git, path, err) &&
              ta_ledger_commit(desk->git, path, &commit, &change, 1, "", id, err);
    ta_text_release(&subject);
    free(readme);
    free(path);
    return ok;
}

/* What fails leaves nothing, so that the next try gets the same name. */
static bool make_pair(struct ta_desk *desk, struct ta_pair *pair, struct ta_error *err)
{
    char *folder = pair_folder(desk, pair->slug);
    bool claimed = claim_folder(desk, folder, err);
    bool ok = claimed && make_record(desk, pair, err) &&
              ta_store_pair_add(desk->store, pair, ta_desk_now(desk), err);
    if (claimed && !ok) {
        ta_folder_remove(folder, NULL);
    }
    free(folder);
    return ok;
}

bool ta_desk_pair_new(struct ta_desk *desk, struct ta_pair *pair, struct ta_error *err)
{
    if (!are_two(pair, err) || !topic_is_fine(pair->topic, err)) {
        return false;
    }
    free(pair->slug);
    pair->slug = ta_pair_slug(pair, slug_is_taken, desk);
    bool ok = make_pair(desk, pair, err);
    if (ok) {
        /* While libgit2 is at hand: the first screen of the next start then needs none. */
        char tip[TA_ID_SIZE];
        char *record = ta_record_path(desk, pair);
        ta_record_refresh(desk, pair, tip, NULL);
        log_refresh(desk, pair, record, NULL);
        free(record);
    }
    return ok;
}

bool ta_desk_pairs(struct ta_desk *desk, struct ta_pairs *pairs, struct ta_error *err)
{
    bool ok = ta_store_pairs(desk->store, pairs, err);
    if (ok && pairs->count == 0 && adopt_pairs(desk) > 0) {
        ta_pairs_release(pairs);
        ok = ta_store_pairs(desk->store, pairs, err);
    }
    return ok;
}

/* "There is no pair "x". You have: amara-jo, priya-dana." */
static bool say_absent(struct ta_desk *desk, const char *slug, struct ta_error *err)
{
    struct ta_pairs pairs = {0};
    if (!ta_desk_pairs(desk, &pairs, err)) {
        return false;
    }
    struct ta_text names = {0};
    for (size_t i = 0; i < pairs.count; i++) {
        ta_text_addf(&names, "%s%s", i ? ", " : "", pairs.items[i].slug);
    }
    if (pairs.count == 0) {
        ta_fail(err, TA_ABSENT,
                "There is no pair yet. Begin with: turnabout pair new --mentor NAME --mentee NAME");
    } else if (slug) {
        ta_fail(err, TA_ABSENT, "There is no pair \"%s\". You have: %s.", slug, names.bytes);
    } else {
        ta_fail(err, TA_ABSENT, "No pair is in hand. Take one with turnabout pair use: %s.",
                names.bytes);
    }
    ta_text_release(&names);
    ta_pairs_release(&pairs);
    return false;
}

/* The one in hand for NULL; without one, and nothing known at all, the records that are there. */
static bool find_wanted(struct ta_desk *desk, const char *slug, char **wanted, struct ta_error *err)
{
    *wanted = slug ? ta_copy(slug) : NULL;
    if (slug) {
        return true;
    }
    struct ta_pairs pairs = {0};
    bool ok = ta_store_setting(desk->store, "pair", wanted, err);
    if (ok && !*wanted) {
        ok = ta_desk_pairs(desk, &pairs, err) && ta_store_setting(desk->store, "pair", wanted, err);
    }
    ta_pairs_release(&pairs);
    return ok;
}

bool ta_desk_pair(struct ta_desk *desk, const char *slug, struct ta_pair *pair,
                  struct ta_error *err)
{
    char *wanted = NULL;
    struct ta_error refusal = {0};
    if (!find_wanted(desk, slug, &wanted, err)) {
        return false;
    }
    bool ok = wanted && ta_store_pair_find(desk->store, wanted, pair, &refusal);
    if (!ok && wanted && refusal.code == TA_ABSENT) {
        ok = adopt_pair(desk, wanted, &refusal) &&
             ta_store_pair_find(desk->store, wanted, pair, &refusal);
    }
    if (!ok && (!wanted || refusal.code == TA_ABSENT)) {
        say_absent(desk, wanted, err);
    } else if (!ok && err) {
        *err = refusal;
    }
    free(wanted);
    return ok;
}

bool ta_desk_pair_use(struct ta_desk *desk, const char *slug, enum ta_role me, struct ta_error *err)
{
    struct ta_pair pair = {0};
    bool ok =
        ta_desk_pair(desk, slug, &pair, err) &&
        (me == TA_NOBODY || me == pair.me || ta_store_pair_set_me(desk->store, pair.id, me, err)) &&
        ta_store_set_setting(desk->store, "pair", pair.slug, err);
    ta_pair_release(&pair);
    return ok;
}

#include "log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/store/log.h"

/* The strings stay the entry's. */
static struct ta_logged logged_of(const struct ta_entry *entry)
{
    struct ta_logged logged = {.subject = entry->subject,
                               .author = entry->author,
                               .when = entry->when,
                               .session = entry->session};
    (void)snprintf(logged.id, sizeof logged.id, "%s", entry->id);
    return logged;
}

/* `joined`: on top of what is there, else in its place. */
static bool write_entries(struct ta_desk *desk, const struct ta_pair *pair, const char *from,
                          const struct ta_entries *entries, bool joined, struct ta_error *err)
{
    struct ta_logged *commits = ta_allocate(entries->count + 1, sizeof *commits);
    for (size_t i = 0; i < entries->count; i++) {
        commits[i] = logged_of(&entries->items[i]);
    }
    bool ok = joined
                  ? ta_store_log_add(desk->store, pair->id, from, commits, entries->count, err)
                  : ta_store_log_replace(desk->store, pair->id, from, commits, entries->count, err);
    free(commits);
    return ok;
}

static bool bring_up(struct ta_desk *desk, const struct ta_pair *pair, const char *path,
                     struct ta_error *err)
{
    char known[TA_COMMIT_SIZE];
    char tip[TA_ID_SIZE];
    struct ta_entries entries = {0};
    bool joined = false;
    if (!ta_store_log_tip(desk->store, pair->id, known, err) || !ta_ledger_tip(path, tip, err)) {
        return false;
    }
    if (strcmp(known, tip) == 0) {
        return true;
    }
    bool ok = ta_ledger_log_since(desk->git, path, tip, known, &entries, &joined, err) &&
              write_entries(desk, pair, known, &entries, joined, err);
    ta_entries_release(&entries);
    return ok;
}

bool log_refresh(struct ta_desk *desk, const struct ta_pair *pair, const char *path,
                 struct ta_error *err)
{
    struct ta_error refusal = {0};
    bool ok = bring_up(desk, pair, path, &refusal);
    if (!ok && refusal.code == TA_BUSY) {
        /* Another program brought it up at the same time. */
        ok = bring_up(desk, pair, path, &refusal);
    }
    return ok || ta_fail(err, refusal.code, "%s", refusal.text);
}

void log_follow(struct ta_desk *desk, const struct ta_commit *commit, const char *expected,
                const char *id)
{
    struct ta_entry entry;
    ta_entry_make(&entry, commit, id);
    struct ta_logged logged = logged_of(&entry);
    (void)ta_store_log_add(desk->store, commit->pair->id, expected != NULL ? expected : "", &logged,
                           1, NULL);
    free(entry.subject);
    free(entry.author);
}

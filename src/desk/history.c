#include "turnabout/desk/history.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/desk/record.h"

bool ta_desk_history(struct ta_desk *desk, const struct ta_pair *pair, size_t skip, size_t limit,
                     struct ta_entries *entries, struct ta_error *err)
{
    char *path = ta_record_path(desk, pair);
    bool ok = ta_ledger_log(desk->git, path, skip, limit, entries, err);
    free(path);
    return ok;
}

static const struct {
    const char *prefix;
    const char *kind;
} subjects[] = {
    {"Pair:", "pair"},    {"Contract", "contract"}, {"Meeting", "meeting"},
    {"Agenda", "agenda"}, {"Session", "session"},   {"Promise", "promise"},
};

const char *ta_entry_kind(const struct ta_entry *entry)
{
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
        if (strncmp(entry->subject, subjects[i].prefix, strlen(subjects[i].prefix)) == 0) {
            return subjects[i].kind;
        }
    }
    return "other";
}

/* What a commit is about, the most telling first. */
static const char *const telling[] = {"summary.md", "contract.md", "contract-proposed.md",
                                      "agenda.md",  "meetings.md", "promises.md"};

static bool ends_with(const char *path, const char *end)
{
    size_t length = strlen(path);
    size_t tail = strlen(end);
    return length >= tail && strcmp(path + length - tail, end) == 0;
}

static const char *most_telling(const struct ta_paths *paths)
{
    for (size_t i = 0; i < sizeof telling / sizeof *telling; i++) {
        for (size_t j = 0; j < paths->count; j++) {
            if (ends_with(paths->items[j], telling[i])) {
                return paths->items[j];
            }
        }
    }
    return paths->count ? paths->items[0] : NULL;
}

/* A document that the commit took away is read as empty. */
static bool read_document(struct ta_desk *desk, const char *record, const char *commit,
                          const char *document, char **text, struct ta_error *err)
{
    struct ta_error refusal = {0};
    if (ta_ledger_read(desk->git, record, commit, document, text, &refusal)) {
        return true;
    }
    if (refusal.code == TA_ABSENT) {
        *text = ta_copy("");
        return true;
    }
    if (err) {
        *err = refusal;
    }
    return false;
}

bool ta_desk_history_document(struct ta_desk *desk, const struct ta_pair *pair, const char *commit,
                              char **path, char **text, struct ta_error *err)
{
    struct ta_paths paths = {0};
    char *record = ta_record_path(desk, pair);
    *path = NULL;
    *text = NULL;
    bool ok = ta_ledger_changed(desk->git, record, commit, &paths, err);
    const char *document = ok ? most_telling(&paths) : NULL;
    if (document) {
        *path = ta_copy(document);
        ok = read_document(desk, record, commit, document, text, err);
    }
    ta_paths_release(&paths);
    free(record);
    return ok;
}

#include "turnabout/desk/history.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "log.h"
#include "papers.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/record.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/store/log.h"

/* The commits */

static void take_entry(void *data, struct ta_logged *commit)
{
    struct ta_entries *entries = data;
    struct ta_entry *entry = ta_append(&entries->items, entries->count++, sizeof *entry);
    *entry = (struct ta_entry){.subject = commit->subject,
                               .author = commit->author,
                               .when = commit->when,
                               .session = commit->session};
    (void)snprintf(entry->id, sizeof entry->id, "%s", commit->id);
}

static bool read_log(struct ta_desk *desk, const struct ta_pair *pair, size_t skip, size_t limit,
                     struct ta_entries *entries, struct ta_error *err)
{
    ta_entries_release(entries);
    return ta_store_log_read(desk->store, pair->id, skip, limit, take_entry, entries, err);
}

/* Nearly always the log is in step with main, and its first entry shows that. */
static bool read_newest(struct ta_desk *desk, const struct ta_pair *pair, const char *path,
                        size_t limit, struct ta_entries *entries)
{
    char tip[TA_ID_SIZE];
    return read_log(desk, pair, 0, limit, entries, NULL) && entries->count > 0 &&
           ta_ledger_tip(path, tip, NULL) && strcmp(entries->items[0].id, tip) == 0;
}

/* A history of which some old part is damaged cannot be brought into the log: then the repository
 * itself is asked, and tells of the newest what it can. */
bool ta_desk_history(struct ta_desk *desk, const struct ta_pair *pair, size_t skip, size_t limit,
                     struct ta_entries *entries, struct ta_error *err)
{
    char *path = ta_record_path(desk, pair);
    *entries = (struct ta_entries){0};
    bool ok = skip == 0 && read_newest(desk, pair, path, limit, entries);
    if (!ok && log_refresh(desk, pair, path, NULL)) {
        ok = read_log(desk, pair, skip, limit, entries, err);
    } else if (!ok) {
        ta_entries_release(entries);
        ok = ta_ledger_log(desk->git, path, skip, limit, entries, err);
    }
    free(path);
    return ok;
}

static const struct {
    const char *prefix;
    const char *kind;
} subjects[] = {
    {"Pair:", "pair"},    {"Contract", "contract"}, {"Meeting", "meeting"},
    {"Agenda", "agenda"}, {"Session", "session"},   {"Promise", "promise"},
    {"Reply", "reply"},   {"Release", "release"},   {"Merged", "merge"},
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

enum { DIGITS_LEAST = 4 };

static bool are_digits(const char *word)
{
    size_t length = strlen(word);
    return length >= DIGITS_LEAST && length < TA_ID_SIZE &&
           strspn(word, "0123456789abcdef") == length;
}

bool ta_desk_history_find(struct ta_desk *desk, const struct ta_pair *pair, const char *digits,
                          char id[TA_ID_SIZE], struct ta_error *err)
{
    size_t found = 0;
    char *path = ta_record_path(desk, pair);
    if (!are_digits(digits)) {
        free(path);
        return ta_fail(err, TA_WRONG,
                       "\"%.60s\" is no commit: give four digits of its id or more; turnabout log "
                       "lists them.",
                       digits);
    }
    bool ok = log_refresh(desk, pair, path, err) &&
              ta_store_log_find(desk->store, pair->id, digits, &found, id, err);
    free(path);
    if (ok && found == 0) {
        return ta_fail(err, TA_ABSENT,
                       "The record has no commit %s; turnabout log lists those there are.", digits);
    }
    return ok && (found == 1 ||
                  ta_fail(err, TA_WRONG, "More than one commit begins with %s: give more digits.",
                          digits));
}

/* Their documents */

/* What a commit is about, the most telling first; the README follows from the others. */
static const char *const telling[] = {"summary.md",           "reply.md",     "contract.md",
                                      "contract-proposed.md", "agenda.md",    "meetings.md",
                                      "promises.md",          "signatures.md"};
enum { TELLING = sizeof telling / sizeof *telling };

static const char *name_in(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static size_t rank_of(const char *path)
{
    size_t rank = 0;
    while (rank < TELLING && strcmp(name_in(path), telling[rank]) != 0) {
        rank++;
    }
    return rank + (strcmp(path, "README.md") == 0);
}

static int by_rank(const void *one, const void *other)
{
    const char *const *first = one;
    const char *const *second = other;
    size_t left = rank_of(*first);
    size_t right = rank_of(*second);
    return left != right ? (left > right) - (left < right) : strcmp(*first, *second);
}

bool ta_desk_history_documents(struct ta_desk *desk, const struct ta_pair *pair, const char *before,
                               const char *after, struct ta_paths *paths, struct ta_error *err)
{
    char *record = ta_record_path(desk, pair);
    bool ok = ta_ledger_changed(desk->git, record, before, after, paths, err);
    free(record);
    if (ok && paths->count > 0) {
        qsort(paths->items, paths->count, sizeof *paths->items, by_rank);
    }
    return ok;
}

bool ta_desk_history_text(struct ta_desk *desk, const struct ta_pair *pair, const char *commit,
                          const char *document, char **text, struct ta_error *err)
{
    struct ta_error refusal = {0};
    char *record = ta_record_path(desk, pair);
    *text = NULL;
    bool ok = ta_ledger_read(desk->git, record, commit, document, text, &refusal);
    free(record);
    return ok || refusal.code == TA_ABSENT || ta_fail(err, refusal.code, "%s", refusal.text);
}

bool ta_desk_history_before(struct ta_desk *desk, const struct ta_pair *pair, const char *commit,
                            const char *document, char **text, struct ta_error *err)
{
    char parent[TA_ID_SIZE];
    char *record = ta_record_path(desk, pair);
    *text = NULL;
    bool ok = ta_ledger_parent(desk->git, record, commit, parent, err);
    free(record);
    if (!ok || parent[0] == '\0') {
        return ok;
    }
    ok = ta_desk_history_text(desk, pair, parent, document, text, err);
    bool proposed = strcmp(document, "contract-proposed.md") == 0;
    return ok && (*text != NULL || !proposed ||
                  ta_desk_history_text(desk, pair, parent, "contract.md", text, err));
}

bool ta_desk_history_versions(struct ta_desk *desk, const struct ta_pair *pair,
                              const char *document, size_t limit, struct ta_entries *entries,
                              struct ta_error *err)
{
    char *record = ta_record_path(desk, pair);
    bool ok = ta_ledger_versions(desk->git, record, document, limit, entries, err);
    free(record);
    return ok;
}

/* What documents are called */

static const struct {
    const char *word, *path;
    bool of_session;
} names[] = {
    {"contract", "contract.md", false},
    {"proposal", "contract-proposed.md", false},
    {"signatures", "signatures.md", false},
    {"meetings", "meetings.md", false},
    {"promises", "promises.md", false},
    {"readme", "README.md", false},
    {"agenda", "agenda.md", true},
    {"summary", "summary.md", true},
    {"reply", "reply.md", true},
};

/* "agenda 3", "agenda/3"; 0: it has no such number. */
static unsigned number_behind(const char *words)
{
    char *end = NULL;
    bool begins = (*words == ' ' || *words == '/') && isdigit((unsigned char)words[1]);
    unsigned long number = begins ? strtoul(words + 1, &end, 10) : 0;
    return begins && *end == '\0' && number <= INT32_MAX ? (unsigned)number : 0;
}

static char *path_of_name(const char *words)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t length = strlen(names[i].word);
        if (strncasecmp(words, names[i].word, length) != 0) {
            continue;
        }
        unsigned session = number_behind(words + length);
        if (names[i].of_session && session > 0) {
            return ta_session_path(session, names[i].path);
        }
        if (!names[i].of_session && words[length] == '\0') {
            return ta_copy(names[i].path);
        }
    }
    return NULL;
}

bool ta_document_find(char **path, const char *words, struct ta_error *err)
{
    size_t length = strlen(words);
    *path = path_of_name(words);
    if (*path == NULL && length > 3 && strcmp(words + length - 3, ".md") == 0) {
        *path = ta_copy(words);
    }
    return *path != NULL ||
           ta_fail(err, TA_WRONG,
                   "\"%.60s\" is no document: say contract, proposal, signatures, meetings, "
                   "promises, readme, agenda/N, summary/N or reply/N.",
                   words);
}

bool ta_desk_arc(struct ta_desk *desk, const struct ta_pair *pair, unsigned *held, unsigned *agreed,
                 struct ta_error *err)
{
    struct papers papers;
    const struct ta_contract *contract = NULL;
    unsigned next = 1;
    bool ok = papers_open(&papers, desk, pair, err) && papers_session(&papers, &next, err) &&
              papers_contract(&papers, &contract, err);
    *held = next - 1;
    *agreed = ok ? ta_contract_number(contract, TA_CLAUSE_SESSIONS) : 0;
    papers_close(&papers);
    return ok;
}

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message.h"
#include "repository.h"
#include "turnabout/base/memory.h"

static unsigned session_of(const struct ta_git *git, git_commit *commit)
{
    git_message_trailer_array trailers = {0};
    unsigned session = 0;
    if (git->message_trailers(&trailers, git->commit_message(commit)) != 0) {
        return 0;
    }
    for (size_t i = 0; i < trailers.count; i++) {
        if (strcmp(trailers.trailers[i].key, "Session") == 0) {
            session = ta_message_session(trailers.trailers[i].value);
        }
    }
    git->message_trailer_array_free(&trailers);
    return session;
}

/* A line of history is no place for more; whoever wrote it may have meant harm. */
enum { LONGEST_SUBJECT = 1000, LONGEST_NAME = 200 }; /* bytes */

static char *copy_start(const char *text, size_t longest)
{
    size_t length = strnlen(text, longest);
    while (text[length] != '\0' && length > 0 && ((unsigned char)text[length] & 0xC0U) == 0x80U) {
        length--;
    }
    return ta_copy_bytes(text, length);
}

/* The years 1 to 9999 in any zone, and no zone further than a day away: others are no dates. */
static struct ta_moment moment_of(const git_time *when)
{
    static const int64_t first = -62135510400;
    static const int64_t last = 253402214399;
    enum { DAY = 24 * 60 };
    int64_t at = when->time < first ? first : when->time > last ? last : when->time;
    bool is_zone = when->offset > -DAY && when->offset < DAY;
    return (struct ta_moment){.instant = at * 1000, .offset = is_zone ? when->offset : 0};
}

struct ta_moment ta_moment_of_commit(const struct ta_git *git, const git_commit *commit)
{
    return moment_of(&git->commit_author(commit)->when);
}

static void append_entry(const struct ta_git *git, git_commit *commit, struct ta_entries *entries)
{
    const git_signature *author = git->commit_author(commit);
    const char *subject = git->commit_summary(commit);
    struct ta_entry *entry = ta_append(&entries->items, entries->count++, sizeof *entry);
    git->oid_tostr(entry->id, TA_ID_SIZE, git->commit_id(commit));
    entry->subject = copy_start(subject != NULL ? subject : "", LONGEST_SUBJECT);
    entry->author = copy_start(author->name, LONGEST_NAME);
    entry->when = moment_of(&author->when);
    entry->session = session_of(git, commit);
}

void ta_entry_make(struct ta_entry *entry, const struct ta_commit *commit, const char *id)
{
    struct ta_text subject = {0};
    struct ta_text author = {0};
    ta_message_subject(&subject, commit);
    ta_author_name(&author, commit->author);
    const git_time when = {.time = commit->when.instant / 1000, .offset = commit->when.offset};
    *entry = (struct ta_entry){.when = moment_of(&when), .session = commit->session};
    (void)snprintf(entry->id, sizeof entry->id, "%s", id);
    entry->subject = copy_start(subject.bytes != NULL ? subject.bytes : "", LONGEST_SUBJECT);
    entry->author = copy_start(author.bytes, LONGEST_NAME);
    ta_text_release(&subject);
    ta_text_release(&author);
}

/* A document in a tree; `id` all zero: it is not there. */
static int blob_in(const struct ta_git *git, const git_tree *tree, const char *document,
                   git_oid *id)
{
    git_tree_entry *entry = NULL;
    *id = (git_oid){0};
    int code = git->tree_entry_bypath(&entry, tree, document);
    if (code == 0 && ta_is_document(git->tree_entry_filemode(entry))) {
        *id = *git->tree_entry_id(entry);
    }
    git->tree_entry_free(entry);
    return code == GIT_ENOTFOUND ? 0 : code;
}

/* The document as of a commit, or (NULL) as it is before the first. */
static int blob_of(const struct ta_git *git, const git_commit *commit, const char *document,
                   git_oid *id)
{
    git_tree *tree = NULL;
    *id = (git_oid){0};
    int code = commit != NULL ? git->commit_tree(&tree, commit) : 0;
    code = code == 0 && tree != NULL ? blob_in(git, tree, document, id) : code;
    git->tree_free(tree);
    return code;
}

/* Whether the document is in no parent as it is here: a commit that joins two histories is a
 * version of its own only where it is like neither. */
static int differs(const struct ta_repository *repository, const git_commit *commit,
                   const char *document, bool *differ)
{
    const struct ta_git *git = repository->git;
    unsigned count = git->commit_parentcount(commit);
    git_oid here = {0};
    int code = blob_of(git, commit, document, &here);
    *differ = true;
    for (unsigned i = 0; code == 0 && *differ && (i == 0 || i < count); i++) {
        git_commit *parent = NULL;
        git_oid before = {0};
        code = i < count ? git->commit_parent(&parent, commit, i) : 0;
        code = code == 0 ? blob_of(git, parent, document, &before) : code;
        *differ = memcmp(&here, &before, sizeof here) != 0;
        git->commit_free(parent);
    }
    return code;
}

/* What of a history is listed: the commits that changed `document` (NULL: all of them). */
struct wanted {
    const char *document;
    size_t skip;  /* so many of the newest commits are passed over */
    size_t limit; /* 0: none */
};

static int add_wanted(const struct ta_repository *repository, const git_oid *id,
                      const struct wanted *wanted, struct ta_entries *entries)
{
    const struct ta_git *git = repository->git;
    git_commit *commit = NULL;
    bool is_wanted = true;
    int code = git->commit_lookup(&commit, repository->handle, id);
    if (code == 0 && wanted->document != NULL) {
        code = differs(repository, commit, wanted->document, &is_wanted);
    }
    if (code == 0 && is_wanted) {
        append_entry(git, commit, entries);
    }
    git->commit_free(commit);
    return code;
}

static int follow(const struct ta_repository *repository, const char *tip, struct wanted wanted,
                  struct ta_entries *entries)
{
    const struct ta_git *git = repository->git;
    git_revwalk *walk = NULL;
    git_oid id;
    int code = git->oid_fromstr(&id, tip);
    code = code == 0 ? git->revwalk_new(&walk, repository->handle) : code;
    code = code == 0 ? git->revwalk_push(walk, &id) : code;
    while (code == 0 && (wanted.limit == 0 || entries->count < wanted.limit)) {
        code = git->revwalk_next(&id, walk);
        if (code == 0 && wanted.skip > 0) {
            wanted.skip--;
        } else if (code == 0) {
            code = add_wanted(repository, &id, &wanted, entries);
        }
    }
    git->revwalk_free(walk);
    return code == GIT_ITEROVER ? 0 : code;
}

static bool list(struct ta_git *git, const char *path, struct wanted wanted,
                 struct ta_entries *entries, struct ta_error *err)
{
    struct ta_repository repository;
    char tip[TA_ID_SIZE];
    *entries = (struct ta_entries){0};
    if (!ta_ledger_tip(path, tip, err)) {
        return false;
    }
    if (tip[0] == '\0') {
        return true;
    }
    if (!ta_repository_open(&repository, git, path, err)) {
        return false;
    }
    int code = follow(&repository, tip, wanted, entries);
    bool ok = code == 0 || ta_repository_fail(&repository, code, "be read", err);
    ta_repository_close(&repository);
    if (!ok) {
        ta_entries_release(entries);
    }
    return ok;
}

bool ta_ledger_log(struct ta_git *git, const char *path, size_t skip, size_t limit,
                   struct ta_entries *entries, struct ta_error *err)
{
    return list(git, path, (struct wanted){.skip = skip, .limit = limit}, entries, err);
}

bool ta_ledger_versions(struct ta_git *git, const char *path, const char *document, size_t limit,
                        struct ta_entries *entries, struct ta_error *err)
{
    return list(git, path, (struct wanted){.document = document, .limit = limit}, entries, err);
}

/* As long as each commit has one parent; 0 with `joined` when that leads to `known`. */
static int follow_line(const struct ta_repository *repository, const char *tip, const char *known,
                       struct ta_entries *entries, bool *joined)
{
    const struct ta_git *git = repository->git;
    git_commit *commit = NULL;
    char at[TA_ID_SIZE];
    bool goes_on = known[0] != '\0';
    int code = 0;
    (void)snprintf(at, sizeof at, "%s", tip);
    *joined = strcmp(at, known) == 0;
    while (code == 0 && goes_on && !*joined) {
        code = ta_repository_lookup(repository, at, &commit);
        goes_on = code == 0 && git->commit_parentcount(commit) == 1;
        if (goes_on) {
            append_entry(git, commit, entries);
            git->oid_tostr(at, sizeof at, git->commit_parent_id(commit, 0));
            *joined = strcmp(at, known) == 0;
        }
        git->commit_free(commit);
        commit = NULL;
    }
    return code;
}

bool ta_ledger_log_since(struct ta_git *git, const char *path, const char *tip, const char *known,
                         struct ta_entries *entries, bool *joined, struct ta_error *err)
{
    struct ta_repository repository;
    *entries = (struct ta_entries){0};
    if (!ta_repository_open(&repository, git, path, err)) {
        return false;
    }
    int code = follow_line(&repository, tip, known, entries, joined);
    if (code == 0 && !*joined) {
        ta_entries_release(entries);
        code = follow(&repository, tip, (struct wanted){0}, entries);
    }
    bool ok = code == 0 || ta_repository_fail(&repository, code, "be read", err);
    ta_repository_close(&repository);
    if (!ok) {
        ta_entries_release(entries);
    }
    return ok;
}

void ta_entries_release(struct ta_entries *entries)
{
    if (entries == NULL) {
        return;
    }
    for (size_t i = 0; i < entries->count; i++) {
        free(entries->items[i].subject);
        free(entries->items[i].author);
    }
    free(entries->items);
    *entries = (struct ta_entries){0};
}

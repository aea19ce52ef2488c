#include <stdlib.h>
#include <string.h>

#include "message.h"
#include "repository.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"

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

static int add_entry(const struct ta_repository *repository, const git_oid *id,
                     struct ta_entries *entries)
{
    const struct ta_git *git = repository->git;
    git_commit *commit = NULL;
    int code = git->commit_lookup(&commit, repository->handle, id);
    if (code != 0) {
        return code;
    }
    const git_signature *author = git->commit_author(commit);
    const char *subject = git->commit_summary(commit);
    struct ta_entry *entry = ta_append(&entries->items, entries->count++, sizeof *entry);
    git->oid_tostr(entry->id, TA_ID_SIZE, id);
    entry->subject = ta_copy(subject != NULL ? subject : "");
    entry->author = ta_copy(author->name);
    entry->when =
        (struct ta_moment){.instant = author->when.time * 1000, .offset = author->when.offset};
    entry->session = session_of(git, commit);
    git->commit_free(commit);
    return 0;
}

static int follow(const struct ta_repository *repository, const char *tip, size_t skip,
                  size_t limit, struct ta_entries *entries)
{
    const struct ta_git *git = repository->git;
    git_revwalk *walk = NULL;
    git_oid id;
    int code = git->oid_fromstr(&id, tip);
    code = code == 0 ? git->revwalk_new(&walk, repository->handle) : code;
    code = code == 0 ? git->revwalk_push(walk, &id) : code;
    while (code == 0 && (limit == 0 || entries->count < limit)) {
        code = git->revwalk_next(&id, walk);
        if (code == 0 && skip > 0) {
            skip--;
        } else if (code == 0) {
            code = add_entry(repository, &id, entries);
        }
    }
    git->revwalk_free(walk);
    return code == GIT_ITEROVER ? 0 : code;
}

bool ta_ledger_log(struct ta_git *git, const char *path, size_t skip, size_t limit,
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
    int code = follow(&repository, tip, skip, limit, entries);
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

static bool is_of_a_document(const git_diff_delta *delta)
{
    const char *path = delta->new_file.path;
    return (ta_is_document(delta->new_file.mode) || ta_is_document(delta->old_file.mode)) &&
           ta_utf8_is_valid(path, strlen(path));
}

static void add_paths(const struct ta_git *git, const git_diff *difference, struct ta_paths *paths)
{
    size_t count = git->diff_num_deltas(difference);
    for (size_t i = 0; i < count; i++) {
        const git_diff_delta *delta = git->diff_get_delta(difference, i);
        if (is_of_a_document(delta)) {
            char **path = ta_append(&paths->items, paths->count++, sizeof *path);
            *path = ta_copy(delta->new_file.path);
        }
    }
}

static int find_changes(const struct ta_repository *repository, const git_commit *commit,
                        struct ta_paths *paths)
{
    const struct ta_git *git = repository->git;
    git_commit *parent = NULL;
    git_tree *before = NULL;
    git_tree *after = NULL;
    git_diff *difference = NULL;
    int code = git->commit_tree(&after, commit);
    if (code == 0 && git->commit_parentcount(commit) > 0) {
        code = git->commit_parent(&parent, commit, 0);
        code = code == 0 ? git->commit_tree(&before, parent) : code;
    }
    code = code == 0 ? git->diff_tree_to_tree(&difference, repository->handle, before, after, NULL)
                     : code;
    if (code == 0) {
        add_paths(git, difference, paths);
    }
    git->diff_free(difference);
    git->tree_free(after);
    git->tree_free(before);
    git->commit_free(parent);
    return code;
}

bool ta_ledger_changed(struct ta_git *git, const char *path, const char *commit,
                       struct ta_paths *paths, struct ta_error *err)
{
    struct ta_repository repository;
    *paths = (struct ta_paths){0};
    if (!ta_repository_open(&repository, git, path, err)) {
        return false;
    }
    git_commit *found = NULL;
    bool ok = ta_repository_commit(&repository, commit, &found, err);
    if (ok) {
        int code = find_changes(&repository, found, paths);
        ok = code == 0 || ta_repository_fail(&repository, code, "be read", err);
    }
    git->commit_free(found);
    ta_repository_close(&repository);
    return ok;
}

void ta_paths_release(struct ta_paths *paths)
{
    if (paths == NULL) {
        return;
    }
    for (size_t i = 0; i < paths->count; i++) {
        free(paths->items[i]);
    }
    free(paths->items);
    *paths = (struct ta_paths){0};
}

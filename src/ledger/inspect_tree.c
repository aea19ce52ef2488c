#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "inspection.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"
#include "turnabout/base/unicode.h"

/* Names */

/* Marks that turn the direction of what is read around them: a name with one shows as another. By
 * their bytes: U+061C; U+200E, U+200F and U+202A to U+202E; U+2066 to U+2069. */
static bool is_turning(const unsigned char *at)
{
    if (at[0] == 0xE2 && at[1] == 0x80) {
        return at[2] == 0x8E || at[2] == 0x8F || (at[2] >= 0xAA && at[2] <= 0xAE);
    }
    return (at[0] == 0xD8 && at[1] == 0x9C) ||
           (at[0] == 0xE2 && at[1] == 0x81 && at[2] >= 0xA6 && at[2] <= 0xA9);
}

static bool turns_direction(const char *name)
{
    for (const char *at = name; *at != '\0'; at++) {
        if (is_turning((const unsigned char *)at)) {
            return true;
        }
    }
    return false;
}

/* What a checkout must not write, whatever the file system folds: git's own folder. */
static bool is_forbidden(const char *name)
{
    static const char *const names[] = {"", ".", "..", ".git", "git~1"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcasecmp(name, names[i]) == 0) {
            return true;
        }
    }
    return strchr(name, '/') != NULL || strchr(name, '\\') != NULL;
}

static bool check_name(const struct ta_inspection *inspection, const char *folder, const char *name)
{
    struct ta_piece piece = ta_piece_of(name);
    const char *where = folder[0] != '\0' ? folder : "its top folder";
    if (piece.length > TA_INSPECT_NAME) {
        return ta_inspect_refuse(inspection, "a name in %s is %zu bytes long", where, piece.length);
    }
    if (!ta_utf8_is_valid(piece.at, piece.length)) {
        return ta_inspect_refuse(inspection, "a name in %s is not UTF-8 text", where);
    }
    if (!ta_is_line(piece) || turns_direction(name)) {
        return ta_inspect_refuse(inspection, "a name in %s has control characters in it", where);
    }
    return !is_forbidden(name) ||
           ta_inspect_refuse(inspection, "there is a \"%s\" in %s, which no file may be named",
                             name, where);
}

/* The newest tree */

static bool check_text(struct ta_inspection *inspection, const git_oid *id, const char *path)
{
    const struct ta_git *git = inspection->repository.git;
    git_blob *blob = NULL;
    struct ta_error problem;
    if (git->blob_lookup(&blob, inspection->repository.handle, id) != 0) {
        return ta_inspect_refuse(inspection, "%s cannot be read (%s)", path, ta_git_reason(git));
    }
    struct ta_piece text = {git->blob_rawcontent(blob), (size_t)git->blob_rawsize(blob)};
    bool ok = inspection->layout->check(path, text, &problem);
    git->blob_free(blob);
    if (!ok) {
        size_t end = strlen(problem.text);
        problem.text[end > 0 && problem.text[end - 1] == '.' ? end - 1 : end] = '\0';
    }
    return ok || ta_inspect_refuse(inspection, "%s", problem.text);
}

static bool check_file(struct ta_inspection *inspection, const git_oid *id, const char *path)
{
    enum ta_place place = inspection->layout->place(path);
    size_t size = 0;
    if (place == TA_PLACE_FOLDER) {
        return ta_inspect_refuse(inspection, "%s is a file where a folder belongs", path);
    }
    if (!ta_inspect_header(inspection, id, GIT_OBJECT_BLOB, TA_INSPECT_FILE, path, &size)) {
        return false;
    }
    inspection->files += size;
    if (inspection->files > TA_INSPECT_FILES) {
        return ta_inspect_refuse(inspection, "its files are more than %d MB together",
                                 TA_INSPECT_FILES >> 20);
    }
    return place != TA_PLACE_PAPER || check_text(inspection, id, path);
}

static bool check_tree(struct ta_inspection *inspection, const git_oid *id, const git_oid *known,
                       const char *path);

/* NOLINTBEGIN(misc-no-recursion): the tree was measured before, and is not deep */

static bool check_folder(struct ta_inspection *inspection, const git_oid *id, const git_oid *known,
                         const char *path)
{
    if (inspection->layout->place(path) == TA_PLACE_PAPER) {
        return ta_inspect_refuse(inspection, "%s is a folder where a file belongs", path);
    }
    return check_tree(inspection, id, known, path);
}

/* `known`: what a tree that was checked has of this name; NULL: nothing. */
static bool check_entry(struct ta_inspection *inspection, const char *folder,
                        const git_tree_entry *entry, const git_tree_entry *known)
{
    const struct ta_git *git = inspection->repository.git;
    const char *name = git->tree_entry_name(entry);
    git_filemode_t mode = git->tree_entry_filemode(entry);
    bool is_alike = known != NULL && git->tree_entry_filemode(known) == mode;
    if (is_alike &&
        memcmp(git->tree_entry_id(known), git->tree_entry_id(entry), sizeof(git_oid)) == 0) {
        return true;
    }
    if (!check_name(inspection, folder, name)) {
        return false;
    }
    struct ta_text path = {0};
    ta_text_addf(&path, "%s%s%s", folder, *folder != '\0' ? "/" : "", name);
    bool ok = false;
    if (mode == GIT_FILEMODE_TREE) {
        ok = check_folder(inspection, git->tree_entry_id(entry),
                          is_alike ? git->tree_entry_id(known) : NULL, path.bytes);
    } else if (ta_is_document(mode)) {
        ok = check_file(inspection, git->tree_entry_id(entry), path.bytes);
    } else {
        ok = ta_inspect_refuse(
            inspection, "%s is a %s, and only files and folders are taken", path.bytes,
            mode == GIT_FILEMODE_LINK ? "symbolic link" : "repository of its own");
    }
    ta_text_release(&path);
    return ok;
}

static bool check_entries(struct ta_inspection *inspection, const git_tree *tree,
                          const git_tree *known, const char *path)
{
    const struct ta_git *git = inspection->repository.git;
    size_t count = git->tree_entrycount(tree);
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        const git_tree_entry *entry = git->tree_entry_byindex(tree, i);
        ok = check_entry(inspection, path, entry,
                         known != NULL ? git->tree_entry_byname(known, git->tree_entry_name(entry))
                                       : NULL);
    }
    return ok;
}

static bool check_tree(struct ta_inspection *inspection, const git_oid *id, const git_oid *known,
                       const char *path)
{
    const struct ta_git *git = inspection->repository.git;
    git_tree *tree = NULL;
    git_tree *old = NULL;
    if (git->tree_lookup(&tree, inspection->repository.handle, id) != 0) {
        return ta_inspect_refuse(inspection, "the folder \"%s\" cannot be read (%s)", path,
                                 ta_git_reason(git));
    }
    if (known != NULL && git->tree_lookup(&old, inspection->repository.handle, known) != 0) {
        old = NULL;
    }
    bool ok = check_entries(inspection, tree, old, path);
    git->tree_free(old);
    git->tree_free(tree);
    return ok;
}

/* Any tree: how much is in it, each list read once however often it stands there */

static bool measure(struct ta_inspection *inspection, const git_oid *id, unsigned level,
                    struct ta_seen *measured);

static bool add_part(struct ta_inspection *inspection, const git_tree_entry *entry, unsigned level,
                     struct ta_seen *whole)
{
    const struct ta_git *git = inspection->repository.git;
    struct ta_seen part = {.entries = 1};
    whole->entries++;
    if (git->tree_entry_filemode(entry) != GIT_FILEMODE_TREE) {
        return true;
    }
    if (!measure(inspection, git->tree_entry_id(entry), level + 1, &part)) {
        return false;
    }
    whole->entries += part.entries - 1;
    whole->depth = part.depth + 1 > whole->depth ? part.depth + 1 : whole->depth;
    if (whole->entries > TA_INSPECT_ENTRIES) {
        return ta_inspect_refuse(inspection, "it has more than %d files and folders",
                                 TA_INSPECT_ENTRIES);
    }
    return level + whole->depth <= TA_INSPECT_DEPTH ||
           ta_inspect_refuse(inspection, "its folders lie more than %d deep", TA_INSPECT_DEPTH);
}

static bool measure_list(struct ta_inspection *inspection, const git_tree *tree, unsigned level,
                         struct ta_seen *measured)
{
    const struct ta_git *git = inspection->repository.git;
    size_t count = git->tree_entrycount(tree);
    bool ok =
        count <= TA_INSPECT_ENTRIES ||
        ta_inspect_refuse(inspection, "it has more than %d files and folders", TA_INSPECT_ENTRIES);
    for (size_t i = 0; ok && i < count; i++) {
        ok = add_part(inspection, git->tree_entry_byindex(tree, i), level, measured);
    }
    return ok;
}

static bool measure_new(struct ta_inspection *inspection, const git_oid *id, unsigned level,
                        struct ta_seen *measured)
{
    const struct ta_git *git = inspection->repository.git;
    git_tree *tree = NULL;
    size_t size = 0;
    if (level > TA_INSPECT_DEPTH) {
        return ta_inspect_refuse(inspection, "its folders lie more than %d deep", TA_INSPECT_DEPTH);
    }
    if (!ta_inspect_header(inspection, id, GIT_OBJECT_TREE, TA_INSPECT_FOLDER,
                           "the list of a folder", &size)) {
        return false;
    }
    inspection->folders += size;
    if (inspection->folders > TA_INSPECT_FOLDERS) {
        return ta_inspect_refuse(inspection, "its folders are too many to look at");
    }
    if (git->tree_lookup(&tree, inspection->repository.handle, id) != 0) {
        return ta_inspect_refuse(inspection, "a folder cannot be read (%s)", ta_git_reason(git));
    }
    *measured = (struct ta_seen){.id = *id, .entries = 1};
    bool ok = measure_list(inspection, tree, level, measured);
    git->tree_free(tree);
    return ok;
}

static bool measure(struct ta_inspection *inspection, const git_oid *id, unsigned level,
                    struct ta_seen *measured)
{
    const struct ta_seen *known = ta_seen_find(&inspection->trees, id);
    if (known != NULL) {
        *measured = *known;
        return true;
    }
    bool ok = measure_new(inspection, id, level, measured);
    if (ok) {
        ta_seen_add(&inspection->trees, measured);
    }
    return ok;
}

/* NOLINTEND(misc-no-recursion) */

bool ta_inspect_old_tree(struct ta_inspection *inspection, const git_oid *id)
{
    struct ta_seen measured;
    return measure(inspection, id, 0, &measured);
}

bool ta_inspect_new_tree(struct ta_inspection *inspection, const git_oid *id, const git_oid *known)
{
    return ta_inspect_old_tree(inspection, id) && check_tree(inspection, id, known, "");
}

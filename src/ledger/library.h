/**
 * libgit2, and the zlib it brings along, behind pointers: opened when first needed, never linked.
 *
 * Each function of the list is a member without its prefix: git->repository_free(...) is
 * git_repository_free(); zlib's have none. They are NULL until ta_git_load() said yes. Private to
 * the ledger.
 */
#ifndef TURNABOUT_LEDGER_LIBRARY_H
#define TURNABOUT_LEDGER_LIBRARY_H

#include <git2.h>
#include <git2/sys/odb_backend.h>
#include <zlib.h>

#include "turnabout/ledger/ledger.h"

#define TA_GIT_FUNCTIONS(X)                                                                        \
    X(blob_create_from_buffer)                                                                     \
    X(blob_free)                                                                                   \
    X(blob_lookup)                                                                                 \
    X(blob_rawcontent)                                                                             \
    X(blob_rawsize)                                                                                \
    X(commit_author)                                                                               \
    X(commit_committer)                                                                            \
    X(commit_create)                                                                               \
    X(commit_free)                                                                                 \
    X(commit_id)                                                                                   \
    X(commit_lookup)                                                                               \
    X(commit_message)                                                                              \
    X(commit_parent)                                                                               \
    X(commit_parent_id)                                                                            \
    X(commit_parentcount)                                                                          \
    X(commit_summary)                                                                              \
    X(commit_tree)                                                                                 \
    X(commit_tree_id)                                                                              \
    X(config_entry_free)                                                                           \
    X(config_free)                                                                                 \
    X(config_get_entry)                                                                            \
    X(config_get_int32)                                                                            \
    X(config_open_ondisk)                                                                          \
    X(error_last)                                                                                  \
    X(error_set_str)                                                                               \
    X(libgit2_init)                                                                                \
    X(libgit2_opts)                                                                                \
    X(libgit2_shutdown)                                                                            \
    X(merge_bases)                                                                                 \
    X(message_trailer_array_free)                                                                  \
    X(message_trailers)                                                                            \
    X(odb_add_backend)                                                                             \
    X(odb_backend_data_alloc)                                                                      \
    X(odb_backend_data_free)                                                                       \
    X(odb_free)                                                                                    \
    X(odb_read_header)                                                                             \
    X(oid_fromstr)                                                                                 \
    X(oid_tostr)                                                                                   \
    X(oidarray_dispose)                                                                            \
    X(reference_remove)                                                                            \
    X(repository_free)                                                                             \
    X(repository_init_ext)                                                                         \
    X(repository_odb)                                                                              \
    X(repository_open_ext)                                                                         \
    X(repository_path)                                                                             \
    X(revwalk_free)                                                                                \
    X(revwalk_hide)                                                                                \
    X(revwalk_new)                                                                                 \
    X(revwalk_next)                                                                                \
    X(revwalk_push)                                                                                \
    X(signature_free)                                                                              \
    X(signature_new)                                                                               \
    X(tree_entry_byindex)                                                                          \
    X(tree_entry_byname)                                                                           \
    X(tree_entry_bypath)                                                                           \
    X(tree_entry_filemode)                                                                         \
    X(tree_entry_free)                                                                             \
    X(tree_entry_id)                                                                               \
    X(tree_entry_name)                                                                             \
    X(tree_entry_type)                                                                             \
    X(tree_entrycount)                                                                             \
    X(tree_free)                                                                                   \
    X(tree_lookup)                                                                                 \
    X(tree_walk)                                                                                   \
    X(treebuilder_entrycount)                                                                      \
    X(treebuilder_free)                                                                            \
    X(treebuilder_get)                                                                             \
    X(treebuilder_insert)                                                                          \
    X(treebuilder_new)                                                                             \
    X(treebuilder_remove)                                                                          \
    X(treebuilder_write)

#define TA_ZLIB_FUNCTIONS(X)                                                                       \
    X(inflate)                                                                                     \
    X(inflateEnd)                                                                                  \
    X(inflateInit_)

struct ta_git {
    bool is_loaded;
    git_repository *held; /* kept open (ta_ledger_hold()); NULL: none */
    char *held_path;
#define TA_GIT_MEMBER(name) __typeof__(git_##name) *name;
#define TA_ZLIB_MEMBER(name) __typeof__(name) *name;
    TA_GIT_FUNCTIONS(TA_GIT_MEMBER)
    TA_ZLIB_FUNCTIONS(TA_ZLIB_MEMBER)
#undef TA_GIT_MEMBER
#undef TA_ZLIB_MEMBER
};

/** Opens libgit2 if it is not open yet. TA_SYSTEM: it is not installed, or not the right one. */
bool ta_git_load(struct ta_git *git, struct ta_error *err);

/** What libgit2 said about the call that just failed; never NULL. */
const char *ta_git_reason(const struct ta_git *git);

#endif

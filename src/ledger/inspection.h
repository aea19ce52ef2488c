/**
 * What the parts of a check share. Private to the ledger.
 */
#ifndef TURNABOUT_LEDGER_INSPECTION_H
#define TURNABOUT_LEDGER_INSPECTION_H

#include "repository.h"
#include "turnabout/ledger/inspect.h"

/** A tree or commit that was looked at. */
struct ta_seen {
    git_oid id;
    unsigned entries; /**< of a tree: files and folders in it and below; at least 1 */
    unsigned depth;   /**< of a tree: folders in folders below */
};

/** A set of them; zero it first. */
struct ta_seen_set {
    struct ta_seen *places; /**< a power of two of them; `entries` 0: free */
    size_t room, count;
};

/** The one with this id; NULL: it was not looked at. Valid until the next is added. */
const struct ta_seen *ta_seen_find(const struct ta_seen_set *set, const git_oid *id);
/** Adds one that is not in it. */
void ta_seen_add(struct ta_seen_set *set, const struct ta_seen *seen);
void ta_seen_release(struct ta_seen_set *set);

/** Whose history it is: what is said of it. */
enum ta_inspected { TA_INSPECT_THEIRS, TA_INSPECT_OURS };

struct ta_inspection {
    struct ta_repository repository;
    enum ta_inspected whose;
    const struct ta_layout *layout;
    git_odb *objects;
    struct ta_seen_set trees;
    size_t folders; /**< bytes of the lists looked at */
    size_t files;   /**< bytes of the newest commit's files */
    struct ta_error *err;
};

/** Fails with TA_REFUSED: "What the remote has is not taken: ...", or that nothing was sent, and
 * what to do. */
bool ta_inspect_refuse(const struct ta_inspection *inspection, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** The size of an object, which must be of this type and at most so large; `what` names it. */
bool ta_inspect_header(const struct ta_inspection *inspection, const git_oid *id, git_object_t type,
                       size_t most, const char *what, size_t *size);

/** Whether a tree of an older commit can be read by whoever reads history. */
bool ta_inspect_old_tree(struct ta_inspection *inspection, const git_oid *id);
/** Whether the newest tree is as it should be; what `known`, a tree that is so (NULL: none), has at
 *  the same place is not looked at again. */
bool ta_inspect_new_tree(struct ta_inspection *inspection, const git_oid *id, const git_oid *known);

#endif

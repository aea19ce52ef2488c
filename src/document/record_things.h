/**
 * The entries of a record's three versions, and which of them are one thing. Private to the merging
 * of records.
 */
#ifndef TURNABOUT_SRC_DOCUMENT_RECORD_THINGS_H
#define TURNABOUT_SRC_DOCUMENT_RECORD_THINGS_H

#include "record_merge.h"

enum { BASE, OURS, THEIRS, VERSIONS };
enum { NOWHERE = -1 };

/** An entry as one version has it. */
struct item {
    unsigned id;
    char *text, *identity;
    struct ta_piece lines, below;
    size_t marker;
    int thing; /**< what it is an entry of */
};

struct items {
    struct item *items;
    size_t count;
};

/** One date, one promise: what the versions have entries of. */
struct thing {
    int item[VERSIONS]; /**< NOWHERE: that version has none */
    unsigned id;        /**< it gets */
    char *text;         /**< it gets; NULL: it goes */
    char *answer;       /**< whole lines instead, that were chosen */
    bool is_put;        /**< stands among those that were added, not where the base had it */
};

struct things {
    struct thing *items;
    size_t count;
};

struct merge {
    const struct ta_record_rules *rules;
    const struct ta_versions *versions;
    const struct ta_chooser *chooser;
    struct ta_renumberings *renumbered[VERSIONS]; /**< none of the base */
    struct items list[VERSIONS];
    struct things things;
};

/** The text of a version; NULL: it is not there. */
const char *ta_record_version(const struct merge *merge, int version);
/** The entry that a version has of a thing; NULL: none. */
const struct item *ta_record_item(const struct merge *merge, const struct thing *thing,
                                  int version);

/** Reads all versions; false: one of them is no such record. */
bool ta_record_read_versions(struct merge *merge);
/** Finds what is one thing, gives each its id, and tells which ids are others by now. */
void ta_record_find_things(struct merge *merge);
void ta_record_release_versions(struct merge *merge);

#endif

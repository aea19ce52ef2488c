/**
 * A list of the record (record.h) that two changed apart, brought together entry by entry. What an
 * entry means is told by the file's own rules. Private to the document layer.
 */
#ifndef TURNABOUT_SRC_DOCUMENT_RECORD_MERGE_H
#define TURNABOUT_SRC_DOCUMENT_RECORD_MERGE_H

#include "record.h"
#include "turnabout/document/merge_paper.h"

struct ta_record_rules {
    const struct ta_record_kind *file;
    ta_record_id *id_of;
    /** What it is, whatever id it has and whatever became of it; sorts as entries do. */
    char *(*identity)(struct ta_piece text);
    char *(*with_id)(struct ta_piece text, unsigned id);
    /** With the ids that it speaks of as they are now. NULL: it speaks of none. */
    char *(*refer)(struct ta_piece text, const struct ta_renumberings *renumberings);
    /** Of two that were changed in other ways; `base` NULL: both added it. NULL: they contradict
     *  each other. */
    char *(*join)(const char *base, const char *ours, const char *theirs);
};

char *ta_record_merge(const struct ta_record_rules *rules, const struct ta_versions *versions,
                      const struct ta_chooser *chooser, struct ta_renumberings *ours,
                      struct ta_renumberings *theirs);

/** The id that an id is now. */
unsigned ta_renumbered(const struct ta_renumberings *renumberings, unsigned id);

/** Text with the digits at `digits` replaced by a number. */
char *ta_replace_number(struct ta_piece text, const char *digits, unsigned number);

#endif

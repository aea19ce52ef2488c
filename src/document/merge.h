/**
 * What the files that merge texts share. Private to the document layer.
 */
#ifndef TURNABOUT_SRC_DOCUMENT_MERGE_H
#define TURNABOUT_SRC_DOCUMENT_MERGE_H

#include "align.h"
#include "turnabout/document/merge_paper.h"

/** A merged text on its way. */
struct ta_merging {
    const struct ta_chooser *chooser;
    ta_line_key *key; /**< what lines are compared by */
    struct ta_text out;
    char *heading; /**< the last that was written; NULL: none yet */
};

/** Lines of a text, from `first`, `count` of them. */
struct ta_range {
    const struct ta_lines *lines;
    size_t first, count;
};

/** The whole line. */
struct ta_piece ta_line_whole(struct ta_piece line);
/** A line of a numbered list without its number. */
struct ta_piece ta_line_unnumbered(struct ta_piece line);

bool ta_range_is_same(const struct ta_range *one, const struct ta_range *other, ta_line_key *key);
void ta_merging_add(struct ta_merging *merging, const struct ta_range *range);
/** Asks, and writes the answer. */
void ta_merging_ask(struct ta_merging *merging, const struct ta_range *base,
                    const struct ta_range *ours, const struct ta_range *theirs);

/** What both put at one place where nothing stood: what they have in common once, entries and
 *  sections of either; of other text one is asked for. */
void ta_merge_added(struct ta_merging *merging, const struct ta_range *ours,
                    const struct ta_range *theirs);

#endif

/**
 * What changed between two texts, by word.
 *
 * Lines are compared first, then, where some went and others came, their words (UAX #29, as
 * libunistring has them): so a word that was changed shows as that, and a paragraph that was
 * written anew as a whole. Of text that is not UTF-8 only lines are compared. The work is bounded:
 * where two large texts have too little in common, all of one is gone and all of the other new,
 * which is also true.
 */
#ifndef TURNABOUT_BASE_COMPARE_H
#define TURNABOUT_BASE_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

#include "turnabout/base/text.h"

enum ta_word_change {
    TA_CHANGE_NONE, /**< in both */
    TA_CHANGE_GONE, /**< only before */
    TA_CHANGE_NEW,  /**< only after */
    TA_CHANGE_BOTH, /**< of a line: some of it is gone or new */
};

/** A run of text. Of what changed at one place the gone comes before the new. */
struct ta_run {
    enum ta_word_change change; /**< never TA_CHANGE_BOTH */
    struct ta_piece text;
};

struct ta_runs {
    struct ta_run *items;
    size_t count;
};

/** All runs but the new ones are `before`, byte for byte; all but the gone ones are `after`. They
 *  point into the two, and are never empty. `runs` must be zeroed. */
void ta_compare(struct ta_runs *runs, struct ta_piece before, struct ta_piece after);
void ta_runs_release(struct ta_runs *runs);

/** A line as it is shown: the runs `first` to `first + count`, without line ends. */
struct ta_compared_line {
    enum ta_word_change change;
    size_t first, count;
};

/** Two texts compared, line by line. Where only a line end came or went, "↵" stands for it; that
 *  the last line has none counts for nothing. */
struct ta_comparison {
    struct ta_runs runs;
    struct ta_compared_line *lines;
    size_t line_count;
    bool differs;
    struct ta_text before, after; /**< what the runs point into */
};

void ta_compare_lines(struct ta_comparison *comparison, const char *before, const char *after);
void ta_comparison_release(struct ta_comparison *comparison);

/** Whether a line is shown where only changes matter: it is changed, or not more than two lines
 *  from one that is, or the heading ("#") above one; or it is alone between two that are shown. */
bool ta_comparison_shows(const struct ta_comparison *comparison, size_t line);

/** A line with signs for what colour says elsewhere: "ask [-the seniors-]{+juniors+} first"; whole
 *  lines that are gone or new have none. Appends. */
void ta_compared_write(struct ta_text *out, const struct ta_comparison *comparison,
                       const struct ta_compared_line *line);

#endif

/**
 * sessions/NN/summary.md
 *
 *     ---
 *     turnabout: summary/1
 *     session: 3
 *     held: 2026-11-24T10:02:00+01:00
 *     minutes: {planned: 45, lasted: 47}
 *     present: [Priya Raman, Dana Holt]
 *     ---
 *     # Session 3: Who speaks first
 *
 *     ## Takeaways
 *     - The first to speak sets what can be said
 *     ## Differences
 *     - Dana hears a pause as agreement, Priya as caution
 *     ## Promises
 *     - [ ] P7 Dana Holt: ask juniors first in Monday's review (due 2026-12-01)
 *     ## Questions
 *     - Who decides what counts as urgent
 *     ## Notes
 *     ### Who speaks first (25 min planned, 24 used)
 *     - 19:30 Example from the Lisbon launch
 *
 * While it is a draft the promises have no ids; they get them when it is committed. The paper is
 * edited in place: each of these functions changes the lines it speaks of and keeps the rest.
 */
#ifndef TURNABOUT_DOCUMENT_SUMMARY_PAPER_H
#define TURNABOUT_DOCUMENT_SUMMARY_PAPER_H

#include "turnabout/base/error.h"
#include "turnabout/domain/summary.h"

/** A fresh paper. Names in promises are those of `pair`. Free with free(). */
char *ta_summary_paper_new(const struct ta_summary *summary, const struct ta_pair *pair);

/** Sections that are missing are empty; a promise that is not understood has the whole line as text
 *  and nobody as owner. TA_DAMAGED. */
bool ta_summary_paper_read(struct ta_summary *summary, const char *text, const struct ta_pair *pair,
                           struct ta_error *err);

bool ta_summary_paper_set_title(char **out, const char *text, const char *title,
                                struct ta_error *err);

/** One line of a section: changed, added at the end (`index` == count), or struck (`line` NULL). */
bool ta_summary_paper_set_line(char **out, const char *text, enum ta_summary_section section,
                               size_t index, const char *line, struct ta_error *err);

/**
 * Two summaries of one session as one: every line of both, once. `base` is what `own` has in it
 * already of what is `there`; NULL: nothing. When it was and what it is called says what is there.
 * Free with free().
 */
char *ta_summary_paper_join(const char *own, const char *base, const char *there,
                            const struct ta_pair *pair);

/** Gives every promise without an id the next one, from `next_id` on. */
bool ta_summary_paper_number(char **out, const char *text, const struct ta_pair *pair,
                             unsigned next_id, struct ta_error *err);

#endif

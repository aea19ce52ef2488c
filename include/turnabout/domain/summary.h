/**
 * What stays of a session: made from its notes by kind, then written by the mentee.
 */
#ifndef TURNABOUT_DOMAIN_SUMMARY_H
#define TURNABOUT_DOMAIN_SUMMARY_H

#include <stddef.h>

#include "turnabout/domain/agenda.h"
#include "turnabout/domain/note.h"
#include "turnabout/domain/promise.h"
#include "turnabout/domain/session.h"

enum ta_summary_section {
    TA_SUMMARY_TAKEAWAYS,
    TA_SUMMARY_DIFFERENCES,
    TA_SUMMARY_PROMISES,
    TA_SUMMARY_QUESTIONS,
    TA_SUMMARY_SECTIONS
};

const char *ta_summary_section_title(enum ta_summary_section section); /**< "Takeaways" */

/** The lines of one section, each one line of text; promises as the document writes them. */
struct ta_summary_lines {
    char **items;
    size_t count;
};

/** A note by the item it was caught under. */
struct ta_summary_note {
    int64_t elapsed; /**< seconds into the session; -1: not known */
    char *text;
};

struct ta_summary_item {
    char *title;            /**< of the agenda's item; NULL: before the first */
    unsigned planned, used; /**< minutes, used rounded to the nearest */
    struct ta_summary_note *notes;
    size_t count;
};

struct ta_summary {
    unsigned session;
    char *title; /**< "Who speaks first": the item that took longest, until somebody names it */
    struct ta_moment held;
    unsigned planned, lasted; /**< minutes */
    char *present[TA_ROLES];  /**< names */
    unsigned floor[TA_ROLES]; /**< percent of the time in which one had it; 0 and 0: unknown */
    struct ta_summary_lines lines[TA_SUMMARY_SECTIONS];
    struct ta_promises promises; /**< the promises section, understood */
    struct ta_summary_item *items;
    size_t item_count;
};

/** What a summary is made from; nothing here is taken over. */
struct ta_summary_source {
    const struct ta_pair *pair;
    const struct ta_agenda *agenda;
    const struct ta_events *events;
    const struct ta_notes *notes;
};

/**
 * Notes that were removed or are mine stay out; plain notes go under their items. Promises are
 * understood with the day of the session as "today"; `lines` of their section stay empty, because
 * only the document knows how one is written. The session must have ended.
 */
void ta_summary_make(struct ta_summary *summary, const struct ta_summary_source *source);

void ta_summary_add_line(struct ta_summary *summary, enum ta_summary_section section,
                         const char *text);
void ta_summary_release(struct ta_summary *summary);

#endif

/**
 * An excerpt: the piece of a document that a search finds, a list entry or a section. It is small
 * enough to be shown as it is, and knows where it stands.
 */
#ifndef TURNABOUT_DOMAIN_EXCERPT_H
#define TURNABOUT_DOMAIN_EXCERPT_H

#include <stdbool.h>
#include <stddef.h>

#include "turnabout/base/date.h"
#include "turnabout/base/text.h"

enum ta_excerpt_kind {
    TA_EXCERPT_TAKEAWAY,
    TA_EXCERPT_DIFFERENCE,
    TA_EXCERPT_PROMISE,
    TA_EXCERPT_QUESTION,
    TA_EXCERPT_NOTE,
    TA_EXCERPT_AGENDA,
    TA_EXCERPT_SESSION, /**< what it was about: its title */
    TA_EXCERPT_REPLY,   /**< the mentor's own words */
    TA_EXCERPT_CONTRACT,
    TA_EXCERPT_MEETING, /**< why a date was moved or cancelled */
    TA_EXCERPT_PAIR,    /**< who they are and what they talk about */
    TA_EXCERPT_KINDS
};

struct ta_excerpt {
    enum ta_excerpt_kind kind;
    unsigned session;  /**< 0: none */
    struct ta_day day; /**< year 0: it does not say */
    size_t line;       /**< of the document, from 0 */
    char *text;        /**< not empty; may have several lines */
};

struct ta_excerpts {
    struct ta_excerpt *items;
    size_t count;
};

/** "takeaway" */
const char *ta_excerpt_kind_name(enum ta_excerpt_kind kind);
/** Whether there are such ones in what pairs release. */
bool ta_excerpt_kind_is_released(enum ta_excerpt_kind kind);
/** By name or its beginning, in the singular or the plural, in any case: "takeaway", "prom",
 *  "Questions". The first that fits. */
bool ta_excerpt_kind_read(enum ta_excerpt_kind *kind, struct ta_piece word);

/** Adds one; `text` is taken over. An empty one is not added. */
void ta_excerpts_add(struct ta_excerpts *excerpts, const struct ta_excerpt *excerpt);
void ta_excerpts_release(struct ta_excerpts *excerpts);

#endif

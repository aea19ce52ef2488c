/**
 * A paper that was put together from what two wrote, the words that they chose among it: whether
 * it still is one.
 */
#ifndef TURNABOUT_DOCUMENT_CHOSEN_H
#define TURNABOUT_DOCUMENT_CHOSEN_H

#include <stdbool.h>

#include "turnabout/base/error.h"
#include "turnabout/domain/pair.h"

/** Whether a machine that gets a document takes it (document/layout.h). TA_DAMAGED. */
bool ta_record_takes(const char *path, const char *text, struct ta_error *err);

/** The document as it would be, and as it would be with either text of the two in place of what was
 *  chosen; of a whole document one of these is NULL: it is not there. */
struct ta_chosen {
    const char *path; /**< "sessions/03/agenda.md" */
    const char *text;
    const char *either[2];
};

/**
 * What either text would leave is left: each line of the front matter, each section, each date and
 * promise; and none stands there twice. So no words of one place take another place away, or put
 * something before it. Of a whole document the sections are free, and so are those of a reply.
 * TA_WRONG, with a sentence that names the thing; TA_DAMAGED: it cannot be read.
 */
bool ta_chosen_check(const struct ta_chosen *chosen, const struct ta_pair *pair,
                     struct ta_error *err);

#endif

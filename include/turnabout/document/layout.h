/**
 * Which path of a record or of a released repository holds what: for a history that somebody else
 * made, before anything of it is read.
 */
#ifndef TURNABOUT_DOCUMENT_LAYOUT_H
#define TURNABOUT_DOCUMENT_LAYOUT_H

#include <stdbool.h>

#include "turnabout/base/error.h"
#include "turnabout/base/text.h"

enum ta_place {
    TA_PLACE_FREE,  /**< the pair's own: anything may stand here */
    TA_PLACE_PAPER, /**< a document that the program reads */
    TA_PLACE_FOLDER /**< a folder with such documents in it */
};

/** One kind of repository: what belongs where in it. */
struct ta_layout {
    const char *name; /**< "record" */
    enum ta_place (*place)(const char *path);
    /** Whether a paper is one: UTF-8 without a NUL in it, and with the front matter of its kind in
     * a version that this program reads. TA_DAMAGED. */
    bool (*check)(const char *path, struct ta_piece text, struct ta_error *err);
};

extern const struct ta_layout ta_layout_record;
extern const struct ta_layout ta_layout_released;

#endif

/**
 * A pair's own report: their whole path as one document for the two of them to keep.
 */
#ifndef TURNABOUT_DESK_EXPORT_H
#define TURNABOUT_DESK_EXPORT_H

#include "turnabout/desk/desk.h"

enum ta_export_form { TA_EXPORT_MARKDOWN, TA_EXPORT_HTML };

/** Appends it. What cannot be read of the past (a repository that lost some) is left out. */
bool ta_desk_export(struct ta_desk *desk, const struct ta_pair *pair, enum ta_export_form form,
                    struct ta_text *out, struct ta_error *err);

#endif

/**
 * The front matter as text, for papers that are read without being taken apart into lines.
 */
#ifndef TURNABOUT_SRC_DOCUMENT_FRONT_H
#define TURNABOUT_SRC_DOCUMENT_FRONT_H

#include <stdbool.h>

#include "turnabout/base/error.h"
#include "turnabout/base/text.h"

/** TA_DAMAGED: over TA_PAPER_LARGEST, or not UTF-8. */
bool ta_front_is_text(struct ta_piece text, const char *name, struct ta_error *err);

/** Splits a text behind the front matter; `front` has its lines, fences included, and is empty when
 *  there is none. TA_DAMAGED: it never ends. */
bool ta_front_split(struct ta_piece text, struct ta_piece *front, struct ta_piece *body,
                    const char *name, struct ta_error *err);

/** Whether a line of front matter has this key, and its value as it is meant. */
bool ta_front_line(struct ta_piece line, const char *key, struct ta_piece *value);

/** Whether the value of "turnabout" is `kind`/N; codes as ta_paper_read_kind() has them. */
bool ta_front_check_kind(struct ta_piece value, const char *kind, unsigned version,
                         const char *name, struct ta_error *err);

/** Appends a value as one line that reads back the same. */
void ta_front_add_value(struct ta_text *out, const char *value);

#endif

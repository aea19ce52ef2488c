/**
 * Charts drawn into a page: bars with their numbers beside them, as SVG within the page, with a
 * caption; a screen reader reads the numbers in a sentence.
 */
#ifndef TURNABOUT_DOCUMENT_CHART_H
#define TURNABOUT_DOCUMENT_CHART_H

#include <stddef.h>

#include "turnabout/base/text.h"

struct ta_bar_of_chart {
    const char *label;
    size_t value;
};

/** Appends standing bars, one beside the other. */
void ta_chart_columns(struct ta_text *out, const char *caption, const struct ta_bar_of_chart *bars,
                      size_t count);
/** Appends lying bars, one below the other. */
void ta_chart_rows(struct ta_text *out, const char *caption, const struct ta_bar_of_chart *bars,
                   size_t count);

#endif

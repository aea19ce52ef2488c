/**
 * Believable pairs of a programme, made up: who they are, and all that they released.
 *
 * The same seed, number and day give the same pair, byte for byte. Some have not signed yet, some
 * cancel, move or fall silent, some keep a session to themselves; they speak six languages. The
 * demo shows a few dozen of them, tests and measurements some thousands.
 */
#ifndef TURNABOUT_DESK_SAMPLE_H
#define TURNABOUT_DESK_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include "turnabout/base/date.h"

enum { TA_SAMPLE_FILES = 3 };

struct ta_sample_file {
    char *path; /**< in the released repository; NULL: no more */
    char *text;
};

/** One commit: what it writes. */
struct ta_sample_step {
    char *subject;
    int64_t when;
    struct ta_sample_file files[TA_SAMPLE_FILES];
};

struct ta_sample {
    char *mentor, *mentee, *topic;
    struct ta_sample_step *steps;
    size_t count; /**< 0: they have not signed */
};

/** What a programme is like. */
struct ta_sample_plan {
    uint64_t seed;
    struct ta_day today;
    unsigned weeks;   /**< ago that the first pairs began */
    unsigned entries; /**< takeaways of a session; each some sixty bytes */
};

void ta_sample_make(struct ta_sample *sample, const struct ta_sample_plan *plan, unsigned number);
void ta_sample_release(struct ta_sample *sample);

#endif

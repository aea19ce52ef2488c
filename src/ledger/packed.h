/**
 * The lines of packed-refs. Private to the ledger.
 */
#ifndef TURNABOUT_LEDGER_PACKED_H
#define TURNABOUT_LEDGER_PACKED_H

#include "turnabout/ledger/programme.h"

#define TA_PAIRS_REFS "refs/pairs/"

/** A line "<id> refs/pairs/<slug>"; the pieces point into it. */
struct ta_ref_line {
    struct ta_piece id, slug;
};

/** The next line of a packed-refs file that is about a pair; others are passed over. */
bool ta_ref_line_next(struct ta_piece *rest, struct ta_ref_line *line);

/** packed-refs as it stands, empty when there is none, and its stamp ("": none). */
bool ta_refs_read(struct ta_text *text, const char *path, const char *name,
                  char stamp[TA_STAMP_SIZE], struct ta_error *err);

#endif

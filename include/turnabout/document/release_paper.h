/**
 * sessions/NN/release.md of the record: what the two decided about releasing a session's words.
 *
 *     ---
 *     turnabout: release/1
 *     session: 3
 *     withheld: no
 *     ---
 *     # Release of session 3
 *
 *     ## Struck
 *
 *     - sha256 9f86d0...
 *
 *     ## Approved
 *
 *     - mentee Dana Holt, 2026-11-25T09:00:00+01:00, sha256 2c26b4...
 *
 * A strike is the SHA-256 of the line's bytes in released.md without its line end, an approval that
 * of the whole released.md. What is not understood under the two headings is passed over, and goes
 * when the file is written; all else stays. A heading that stands twice is read the careful way:
 * struck below either is struck, approved is what is approved below each. Written, each heading
 * stands once, and Struck before Approved.
 */
#ifndef TURNABOUT_DOCUMENT_RELEASE_PAPER_H
#define TURNABOUT_DOCUMENT_RELEASE_PAPER_H

#include "turnabout/base/error.h"
#include "turnabout/domain/release.h"

/** `withheld` that says neither yes nor no counts as yes. TA_DAMAGED, also: it does not say of
 * which session it is. */
bool ta_release_paper_read(struct ta_release *release, const char *text, struct ta_error *err);
/** `text` (NULL: a new file) with these decisions in it. Free `*out` with free(). */
bool ta_release_paper_write(char **out, const char *text, const struct ta_release *release,
                            struct ta_error *err);

#endif

/**
 * The files at the top of a pair's record: README.md, meetings.md, promises.md.
 *
 * meetings.md, a list entry each:
 *     - M1 2026-11-24T10:00:00+01:00 held as session 1, 47 min
 *     - M2 2026-12-15T10:00:00+01:00 moved to M3 by mentee, 46 h notice: travel
 *     - M3 2026-12-17T10:00:00+01:00 cancelled by mentee: ill
 *     - M4 2027-01-05T10:00:00+01:00 planned
 *
 * promises.md, a list entry each, as in the summary they came from, with what became of them:
 *     - [ ] P7 Dana Holt: ask juniors first (due 2026-12-01, session 3)
 *     - [x] P5 Dana Holt: publish the criteria (due 2026-11-10, session 2, done 2026-11-09, told
 * 2026-11-24)
 *
 * Both are changed entry by entry: an entry is found by its id and changed in its place, or added
 * behind the last entry of its kind; all other lines stay as they were.
 */
#ifndef TURNABOUT_DOCUMENT_RECORD_PAPER_H
#define TURNABOUT_DOCUMENT_RECORD_PAPER_H

#include "turnabout/base/error.h"
#include "turnabout/domain/meeting.h"
#include "turnabout/domain/promise.h"

/** Entries that are not understood are kept and left out. TA_DAMAGED. */
bool ta_meetings_read(struct ta_meetings *meetings, const char *text, struct ta_error *err);
/** `text` (NULL: a new file) with this meeting in it. Free `*out` with free(). */
bool ta_meetings_put(char **out, const char *text, const struct ta_meeting *meeting,
                     struct ta_error *err);
/** `text` without the meeting of this id. Free `*out` with free(). TA_DAMAGED. */
bool ta_meetings_drop(char **out, const char *text, unsigned id, struct ta_error *err);

/** Appends one meeting as a list entry without its marker. */
void ta_meeting_write(struct ta_text *out, const struct ta_meeting *meeting);

bool ta_promises_read(struct ta_promises *promises, const char *text, const struct ta_pair *pair,
                      struct ta_error *err);
bool ta_promises_put(char **out, const char *text, const struct ta_promise *promise,
                     const struct ta_pair *pair, struct ta_error *err);

/**
 * The same files without what a first screen does not show, so that a start costs the same after a
 * thousand sessions: of the meetings those that are planned, the newest forty and the last that was
 * held; of the promises those that are not told back, and the newest; of both the one with the
 * highest id. Entries put into it as into the whole, and abridged again, it is what the whole would
 * be. The text itself when it cannot be read, so that whoever reads it finds what is wrong. Free
 * with free().
 */
char *ta_meetings_abridge(const char *text);
char *ta_promises_abridge(const char *text);

/**
 * One promise as a list entry without its marker: "[ ] P7 Dana Holt: ask (due 2026-12-01)". Without
 * an id the "P7 " is left out; `origin` adds the session and what became of it.
 */
void ta_promise_write(struct ta_text *out, const struct ta_promise *promise,
                      const struct ta_pair *pair, bool origin);
void ta_promise_read(struct ta_promise *promise, const char *entry, const struct ta_pair *pair);

/** What README.md says of where things stand. */
struct ta_readme_facts {
    const struct ta_pair *pair;
    struct ta_moment since; /**< when the pair was made */
    unsigned version;       /**< of the contract in force; 0: none */
    unsigned agreed;        /**< sessions; 0: no number was agreed yet */
    const struct ta_meetings *meetings;
    const struct ta_promises *promises;
};

/**
 * README.md: front matter `turnabout: record/1` with mentor, mentee, topic and since (what a
 * machine that joins needs), and below it where things stand. Generated whole. Free with free().
 */
char *ta_readme_write(const struct ta_readme_facts *facts);
/** Reads persons, topic and since back; `pair` must be zeroed. TA_DAMAGED. */
bool ta_readme_read(struct ta_pair *pair, struct ta_moment *since, const char *text,
                    struct ta_error *err);

/** "sessions/01/summary.md"; from session 100 on "sessions/100s/123/summary.md", so that no folder
 *  grows beyond a hundred entries and commits stay as fast. Free with free(). */
char *ta_session_path(unsigned session, const char *file);

/** A paper of a session with another number in its front matter and its title, and nothing else
 *  changed. Free with free(). */
char *ta_session_renumber(const char *text, unsigned session);

#endif

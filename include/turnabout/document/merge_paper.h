/**
 * One text of two that were made from the same one apart: what becomes of a document that both of a
 * pair changed.
 *
 * Texts are merged by line. A line of a list is a place of its own, a paragraph is one; other
 * places of a text go together by themselves, and entries that both add to one list are all kept.
 * Where both changed the same place, each in another way, whoever merges is asked. meetings.md,
 * promises.md, signatures.md and release.md are merged by what stands in them. Ours and theirs may
 * be exchanged: the result is the same, byte for byte, where nobody is asked.
 *
 * A text that is NULL is not there.
 */
#ifndef TURNABOUT_DOCUMENT_MERGE_PAPER_H
#define TURNABOUT_DOCUMENT_MERGE_PAPER_H

#include <stdbool.h>
#include <stddef.h>

#include "turnabout/base/text.h"

/** A text as it was, and as each of the two has it. */
struct ta_versions {
    const char *base, *ours, *theirs;
};

/** A place that both changed. The texts are whole lines, "" where nothing stands; they live until
 *  the question is answered. */
struct ta_place {
    struct ta_versions text;
    const char *heading; /**< above it; "" for none */
};

/** What asks at such a place: the text that is to stand there, free with free(). NULL: it is not
 *  known yet, and ours stands there until it is. */
struct ta_chooser {
    char *(*choose)(const struct ta_place *place, void *data);
    void *data;
};

/** Any text. With `renumbers` the entries of its numbered lists are counted anew. */
char *ta_merge_text(const struct ta_versions *versions, bool renumbers,
                    const struct ta_chooser *chooser);

/** Every line of either, once, those that only one has in an order that is the same for both. */
char *ta_merge_union(const struct ta_versions *versions);

/** sessions/NN/release.md: lines that either struck are struck, and who withholds it prevails over
 *  whoever approved it meanwhile. */
char *ta_merge_release(const struct ta_versions *versions, const struct ta_chooser *chooser);

/** An id that one of the two gave to something else than the other. */
struct ta_renumbering {
    unsigned from, to;
};

struct ta_renumberings {
    struct ta_renumbering *items;
    size_t count;
};
void ta_renumberings_release(struct ta_renumberings *renumberings);

/**
 * meetings.md and promises.md, entry by entry: found by its id, or, when it has another id by now,
 * by what it is (the date; the promise's words). One that both changed goes the further way
 * (planned, then held, moved or cancelled; open, then done, then told), field by field otherwise.
 * Where both gave one id to different things, the one that sorts first keeps it, and the other gets
 * the next that is free: `ours` and `theirs` then say what became of the ids of each (zero them).
 */
char *ta_merge_meetings(const struct ta_versions *versions, const struct ta_chooser *chooser,
                        struct ta_renumberings *ours, struct ta_renumberings *theirs);
char *ta_merge_promises(const struct ta_versions *versions, const struct ta_chooser *chooser,
                        struct ta_renumberings *ours, struct ta_renumberings *theirs);

/** meetings.md and promises.md with other numbers of the sessions they speak of. Free with free().
 */
char *ta_renumber_held(const char *meetings, const struct ta_renumberings *sessions);
char *ta_renumber_origins(const char *promises, const struct ta_renumberings *sessions);

/** A summary with other ids in its promises. Free with free(). */
char *ta_renumber_promises(const char *summary, const struct ta_renumberings *renumberings);

#endif

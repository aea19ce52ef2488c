/**
 * The repository of a coordinator's programme: bare, one ref a pair, refs/pairs/<slug>, all in one
 * object store that is kept packed. It holds what pairs released, and nothing else.
 *
 * The refs stand in packed-refs, which is written whole, so that one read of one file tells what
 * moved; a ref that somebody's git wrote loose counts, too. Whoever has read what the refs lead to
 * keeps that state under a second name (ta_programme_keep()): the next time only the lines that
 * differ are told.
 *
 * Codes as in ledger.h.
 */
#ifndef TURNABOUT_LEDGER_PROGRAMME_H
#define TURNABOUT_LEDGER_PROGRAMME_H

#include "turnabout/base/text.h"
#include "turnabout/ledger/ledger.h"

enum { TA_STAMP_SIZE = 96 }; /**< what tells one packed-refs file from another, and NUL */

/** Makes the repository when it is not there yet. */
bool ta_programme_create(const char *path, struct ta_error *err);

/** A ref of a pair. */
struct ta_pair_ref {
    const char *slug;
    char tip[TA_ID_SIZE]; /**< "": it is gone, or to go */
};

/**
 * Visits the refs that differ from those kept when the stamp was `known` (NULL or "": all there
 * are), in no order; some may be visited that do not, and one may be visited twice, the later visit
 * counts. Writes the stamp of what there is now.
 */
bool ta_programme_moved(const char *path, const char *known,
                        void (*visit)(const struct ta_pair_ref *ref, void *data), void *data,
                        char stamp[TA_STAMP_SIZE], struct ta_error *err);
/** What has this stamp was read to its end: the next time it is what others are compared with. */
void ta_programme_keep(const char *path, const char *stamp);

/** Sets and removes refs, all or none, durable. No slug may come twice. */
bool ta_programme_set(const char *path, const struct ta_pair_ref *refs, size_t count,
                      struct ta_error *err);

/**
 * What is fetched comes into a repository of its own first, which has the programme's objects as
 * its alternate, and no history but what is being fetched: so that nothing unchecked ever lies in
 * the programme, and git compares with one pair's commits, not with all. Made anew: what a killed
 * program left is gone.
 */
bool ta_incoming_create(const char *path, const char *programme, struct ta_error *err);
/** The ref of a pair there, as ta_transport_fetch() takes it. Free with free(). */
char *ta_incoming_ref(const char *slug);
/** Lets git know what is there already of a pair, so that only what is new comes; "": nothing. It
 *  need not be durable. */
void ta_incoming_expect(const char *path, const char *slug, const char *tip);
/** Forgets the ref of a pair. */
void ta_incoming_drop(const char *path, const char *slug);
/** Makes one pack of all that the refs there lead to and the programme has not, and moves it there,
 *  durable. Runs git; `stop` as in struct ta_transport. */
bool ta_incoming_take(const char *path, const char *programme, int stop, struct ta_error *err);
/** Makes one pack of the programme's many, when there are more than `most`. Runs git. */
bool ta_programme_pack(const char *path, size_t most, int stop, struct ta_error *err);
/** A turn to fetch: one program at a time. `*turn` is to be ended with close(), got or not (-1).
 *  TA_BUSY: another has it. */
bool ta_programme_turn(const char *path, int *turn, struct ta_error *err);

/** A repository that stays open for many texts; it takes no more memory the more there are. */
struct ta_reading;
bool ta_reading_open(struct ta_reading **reading, struct ta_git *git, const char *path,
                     struct ta_error *err);
/** A document as of a commit; `*text` NULL: there is none. TA_ABSENT: no such commit. TA_DAMAGED
 *  also: over 4 MB, or a NUL in it. Free with free(). */
bool ta_reading_text(struct ta_reading *reading, const char *commit, const char *document,
                     char **text, struct ta_error *err);
void ta_reading_close(struct ta_reading *reading);

#endif

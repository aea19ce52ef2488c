/**
 * What the two decided about releasing a session's words: which lines were struck, whether it is
 * withheld, and who approved which exact text.
 *
 * Words leave the pair only when both approved the same bytes of the text as it stands. Whoever
 * strikes a line, puts it back or withholds the session changes what the other would have agreed
 * to: approvals that were given before go. Strikes and withholding carry no name.
 */
#ifndef TURNABOUT_DOMAIN_RELEASE_H
#define TURNABOUT_DOMAIN_RELEASE_H

#include <stdbool.h>
#include <stddef.h>

#include "turnabout/base/date.h"
#include "turnabout/base/digest.h"
#include "turnabout/domain/contract.h"
#include "turnabout/domain/pair.h"

/** One key: a name under the SHA-256 of one exact released.md. */
struct ta_approval {
    enum ta_role role;
    char *name;
    struct ta_moment when;
    char digest[TA_DIGEST_SIZE];
};

/** SHA-256 of a line that was struck, without its line end. */
struct ta_struck {
    char digest[TA_DIGEST_SIZE];
};

struct ta_release {
    unsigned session;
    bool withheld;
    struct ta_struck *struck;
    size_t struck_count;
    struct ta_approval *approvals;
    size_t approval_count;
};

/** What the clause says the coordinator may see; nothing when it does not say one of the words. */
enum ta_shared ta_release_level(const struct ta_contract *contract);
/** "nothing", "attendance", "takeaways", "summary". */
const char *ta_shared_name(enum ta_shared level);

/** Whether the line with this digest (ta_released_digest()) is struck. */
bool ta_release_is_struck(const struct ta_release *release, const char *digest);
/** The last approval of a role over the text with this digest; NULL: there is none. */
const struct ta_approval *ta_release_approval(const struct ta_release *release, enum ta_role role,
                                              const char *digest);
/** Both keys turned over this text, and nobody withholds it. */
bool ta_release_is_free(const struct ta_release *release, const char *digest);

/** Adds a strike; one that is there already is added once. */
void ta_release_strike(struct ta_release *release, const char *digest);
/** Takes one strike back; NULL: all of them. */
void ta_release_restore(struct ta_release *release, const char *digest);
void ta_release_withhold(struct ta_release *release, bool withheld);
/** Copies the approval to the end; those that its role gave before go. */
void ta_release_approve(struct ta_release *release, const struct ta_approval *approval);
/** Takes away what a role has approved. */
void ta_release_take_back(struct ta_release *release, enum ta_role role);
/** Adds one as it was read, whatever is there. */
void ta_release_add_approval(struct ta_release *release, const struct ta_approval *approval);

void ta_release_release(struct ta_release *release);

#endif

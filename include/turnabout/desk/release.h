/**
 * What leaves the pair: the exact text, the two keys, and the repository for the coordinator.
 *
 * What the coordinator may see is said by the contract in force. Dates and minutes flow by it
 * alone; words of a session leave when both approved the same bytes. Either of the two may strike a
 * line or withhold a session, also one that was released; neither a reason nor a name is asked for
 * or kept. Who changes what would leave drops the approvals that were given before.
 *
 * What was released cannot be called back from where it was copied to: a session that is withdrawn
 * leaves the released history with the next sync, but a clone that somebody made keeps it, and so
 * may the remote, among objects that nothing leads to any more, until it cleans up.
 */
#ifndef TURNABOUT_DESK_RELEASE_H
#define TURNABOUT_DESK_RELEASE_H

#include "turnabout/desk/desk.h"
#include "turnabout/document/released.h"

enum ta_release_standing {
    TA_RELEASE_CLOSED,     /**< no contract is in force, or it shares nothing */
    TA_RELEASE_ATTENDANCE, /**< it shares dates and minutes, and no words */
    TA_RELEASE_WAITING,    /**< a key is missing */
    TA_RELEASE_WITHHELD,   /**< one of the two withholds it */
    TA_RELEASE_DONE,       /**< both approved this text: it leaves with the next sync, or has */
    TA_RELEASE_DRAFT,      /**< its summary is not committed yet: what would be asked about */
};

/** "closed", "attendance", "waiting", "withheld", "released", "draft". */
const char *ta_release_standing_name(enum ta_release_standing standing);

struct ta_release_state {
    unsigned session;
    enum ta_release_standing standing;
    enum ta_shared level;
    unsigned contract;              /**< version in force; 0: none */
    struct ta_released_lines lines; /**< all that could leave, struck ones marked */
    char *text; /**< the exact bytes: released.md; of level attendance meetings.md; "": nothing */
    char digest[TA_DIGEST_SIZE];   /**< of them */
    struct ta_release release;     /**< what was decided */
    bool approved[TA_ROLES];       /**< this very text */
    struct ta_moment at[TA_ROLES]; /**< when */
    bool lapsed[TA_ROLES];         /**< approved another text than the one that stands here now */
    bool is_undated;               /**< no date in meetings.md was held as this session: its words
                                        do not leave */
    char *paper;                   /**< release.md; NULL: none yet */
    char tip[TA_ID_SIZE];
};

/** Of a session by number; 0: the last one with a summary. TA_ABSENT: there is no such summary. */
bool ta_desk_release(struct ta_desk *desk, const struct ta_pair *pair, unsigned session,
                     struct ta_release_state *state, struct ta_error *err);
/** The same of a summary that is not committed yet: what its words would be. */
bool ta_desk_release_draft(struct ta_desk *desk, const struct ta_pair *pair,
                           const struct ta_summary *summary, struct ta_release_state *state,
                           struct ta_error *err);
void ta_release_state_release(struct ta_release_state *state);

/** Whether the coordinator's remote has this very text of the session, as far as a sync from here
 *  found it there or brought it. Reads a file; what it cannot read is not there. */
bool ta_desk_release_is_sent(struct ta_desk *desk, const struct ta_pair *pair,
                             const struct ta_release_state *state);

/** The index of a line of the text, counted from 1, among `lines`; their count when it has no such
 *  line. */
size_t ta_release_line(const struct ta_release_state *state, unsigned number);

/** Every session with a summary, oldest first. */
struct ta_releases {
    struct ta_release_state *items;
    size_t count;
};
bool ta_desk_releases(struct ta_desk *desk, const struct ta_pair *pair,
                      struct ta_releases *releases, struct ta_error *err);
void ta_releases_release(struct ta_releases *releases);

/*
 * The acts below are each one commit. `seen` is what the person had before their eyes: when the
 * text is another meanwhile nothing is done (TA_BUSY). TA_REFUSED also: the contract shares no
 * words.
 */

/** Turns a key: in the name of `as`, else of who sits here. TA_WRONG: nobody is. TA_REFUSED: they
 *  approved it already, it is withheld, or the contract in force is not proved (seals.h). */
bool ta_desk_release_approve(struct ta_desk *desk, const struct ta_pair *pair,
                             const struct ta_release_state *seen, enum ta_role as,
                             struct ta_error *err);
/** Takes a key back that was turned, in the name of `as`, else of who sits here. TA_WRONG: nobody
 *  is. TA_REFUSED: they have not approved this text, or it is at the coordinator's: then
 *  withholding takes it from there. */
bool ta_desk_release_take_back(struct ta_desk *desk, const struct ta_pair *pair,
                               const struct ta_release_state *seen, enum ta_role as,
                               struct ta_error *err);
/** Strikes lines by their indexes. TA_WRONG: a line that cannot be struck. */
bool ta_desk_release_strike(struct ta_desk *desk, const struct ta_pair *pair,
                            const struct ta_release_state *seen, const size_t *lines, size_t count,
                            struct ta_error *err);
/** Puts one struck line back, by its index; `lines.count`: all of them. TA_REFUSED: none is. */
bool ta_desk_release_restore(struct ta_desk *desk, const struct ta_pair *pair,
                             const struct ta_release_state *seen, size_t line,
                             struct ta_error *err);
/** Withholds the session, released or not, or ends that. TA_REFUSED: so it is already. */
bool ta_desk_release_withhold(struct ta_desk *desk, const struct ta_pair *pair,
                              const struct ta_release_state *seen, bool withheld,
                              struct ta_error *err);

/** Appends what cannot be undone when a session that was released is withheld. */
void ta_release_say_undone(struct ta_text *out);

/** Where released.git lies. Free with free(). */
char *ta_released_path(const struct ta_desk *desk, const struct ta_pair *pair);

/**
 * Brings released.git up to the record; `tip` is its commit, "" when nothing is to be released and
 * nothing ever was from here. Where something was, one commit that says `level: nothing` takes the
 * place of all others. TA_REFUSED: the contract in force is not proved (seals.h), and released.git
 * stays as it was. Without a change since the last time this reads two small files and a row, and
 * does not load libgit2.
 */
bool ta_desk_project(struct ta_desk *desk, const struct ta_pair *pair, char tip[TA_ID_SIZE],
                     struct ta_error *err);
/** That one commit, for a remote that has something while `tip` is "". */
bool ta_desk_project_nothing(struct ta_desk *desk, const struct ta_pair *pair, char tip[TA_ID_SIZE],
                             struct ta_error *err);

#endif

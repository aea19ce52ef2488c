/**
 * The texts that leave the pair (docs/released-repository.md): pair.md and sessions/NN/released.md.
 * The third, meetings.md, has the format of the record's, without reasons (ta_meetings_read()).
 * Paths are those of the record (ta_session_path(3, "released.md")).
 *
 * What is written here is clean: no control characters, no bidirectional overrides, every entry on
 * one line, and nothing in it that Markdown would take for a heading or a list of its own. What is
 * read may come from anybody; texts are as they stand in the file and are cleaned when shown.
 */
#ifndef TURNABOUT_DOCUMENT_RELEASED_H
#define TURNABOUT_DOCUMENT_RELEASED_H

#include "turnabout/base/error.h"
#include "turnabout/domain/release.h"
#include "turnabout/domain/summary.h"

/** A person's name without what could be an address; the role where nothing is left. Free with
 *  free(). */
char *ta_released_name(const char *name, enum ta_role role);

/* pair.md */

enum { TA_PROMISE_STATES = TA_PROMISE_TOLD + 1 };

struct ta_released_pair {
    char *name[TA_ROLES]; /**< NULL: not said (level nothing) */
    char *topic;          /**< NULL: not said */
    enum ta_shared level;
    unsigned contract;      /**< version in force; 0: not said */
    struct ta_moment since; /**< in force since then; instant 0: not said */
    unsigned planned;       /**< sessions agreed; 0: not said */
    unsigned rhythm;        /**< weeks; 0: not said */
    unsigned minutes;       /**< of a session; 0: not said */
    bool has_promises;      /**< they are counted: levels takeaways and summary */
    unsigned promises[TA_PROMISE_STATES];
};

/** `body` is Markdown behind the heading with both names; may be NULL. Free with free(). */
char *ta_released_pair_write(const struct ta_released_pair *pair, const char *body);
/** What is missing or makes no sense is as not said, an unknown level is nothing. TA_DAMAGED. */
bool ta_released_pair_read(struct ta_released_pair *pair, const char *text, struct ta_error *err);
void ta_released_pair_release(struct ta_released_pair *pair);

/* sessions/NN/released.md */

/** What a line of it is. Lines count from 1, as they stand in the file. */
enum ta_released_kind {
    TA_RELEASED_FACT,    /**< the first: which session, when, how long; cannot be struck */
    TA_RELEASED_BLANK,   /**< cannot be struck */
    TA_RELEASED_HEADING, /**< of a section: with it goes what stands below it */
    TA_RELEASED_ENTRY,   /**< somebody's words */
    TA_RELEASED_COUNT,   /**< how many promises were made */
};

struct ta_released_line {
    enum ta_released_kind kind;
    char *text;  /**< without its line end */
    bool struck; /**< does not leave */
    bool itself; /**< struck by itself, and not with its section */
};

/** All lines that a session could release, those struck among them. */
struct ta_released_lines {
    struct ta_released_line *items;
    size_t count;
};

/** What is said of a session at this level (takeaways or summary; else only the first line). Names
 *  of promises are those of `person`. */
void ta_released_compose(struct ta_released_lines *lines, const struct ta_summary *summary,
                         const struct ta_person person[TA_ROLES], enum ta_shared level);
/** Marks what was struck, and what goes with it. */
void ta_released_strike(struct ta_released_lines *lines, const struct ta_release *release);
/** The bytes of released.md: the lines that are not struck. Free with free(). */
char *ta_released_text(const struct ta_released_lines *lines);
/** The bytes of it for a session that is withheld. Free with free(). */
char *ta_released_withheld(const struct ta_released_lines *lines);
/** The SHA-256 of a line. */
void ta_released_digest(char digest[TA_DIGEST_SIZE], const struct ta_released_line *line);
void ta_released_lines_release(struct ta_released_lines *lines);

/** A released.md as it is read back. */
struct ta_released_session {
    unsigned session;
    struct ta_day day; /**< year 0: not said */
    unsigned minutes;
    bool withheld;
    struct ta_summary_lines takeaways, promises,
        questions; /**< "Dana Holt: ask (due 2026-12-01)" */
    bool has_made;
    unsigned made; /**< promises, counted (level takeaways) */
};

/** Lines that are not understood are passed over. TA_DAMAGED: too large, not UTF-8, or no session's
 *  facts in the first line. */
bool ta_released_session_read(struct ta_released_session *session, const char *text,
                              struct ta_error *err);
void ta_released_session_release(struct ta_released_session *session);

#endif

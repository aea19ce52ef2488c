/**
 * The projection: from the papers of a record to what leaves the pair, as the steps of a history.
 *
 * A pure function of the papers: it knows neither where nor when it is made, so both machines of a
 * pair make the same steps, and the ledger the same commits. What may leave follows from the
 * contract in force: its clause `shared` gives the level. Dates and minutes flow by the contract
 * alone; words of a session only when both approved the exact text. Notes, differences, how the
 * floor was shared, titles, agendas and reasons are never looked at.
 *
 * A step is told when it became known: a contract when the second signed it; a date right after the
 * end of the one before, because the papers do not say when it was set; words at the later
 * approval. The time that a step carries is that of the fact itself, never that of an approval.
 */
#ifndef TURNABOUT_DOCUMENT_PROJECTION_H
#define TURNABOUT_DOCUMENT_PROJECTION_H

#include "turnabout/base/error.h"
#include "turnabout/document/released.h"
#include "turnabout/domain/meeting.h"

/** What the record has of a session that was held; NULL: no such paper. */
struct ta_projected_session {
    unsigned session;
    const char *summary, *release;
};

/** The papers of a record as of one commit; NULL: there is none. Nothing is taken over. */
struct ta_projected_papers {
    const char *readme, *contract, *signatures, *meetings, *promises;
    const struct ta_projected_session *sessions; /**< those that meetings.md calls held */
    size_t count;
};

/** What the contract in force says about releasing. */
struct ta_released_terms {
    enum ta_shared level; /**< nothing: none is in force, or it says so */
    unsigned version;     /**< in force; 0: none */
    struct ta_pair pair;  /**< names as they were signed, without addresses; topic */
    struct ta_contract contract;
    struct ta_signatures signatures;
};

/** TA_DAMAGED: the contract or the signatures cannot be read. */
bool ta_released_terms_read(struct ta_released_terms *terms,
                            const struct ta_projected_papers *papers, struct ta_error *err);
void ta_released_terms_release(struct ta_released_terms *terms);

/** meetings.md as it is released: without reasons, and with both names (those of the terms) in its
 *  heading, so that its bytes are never those of the record's. Free with free(). */
char *ta_released_meetings(const struct ta_meetings *meetings,
                           const struct ta_person person[TA_ROLES]);

struct ta_projected_text {
    char *path, *text;
};

/** One commit of the released repository. */
struct ta_projected_step {
    char *subject;
    int64_t when;                      /**< seconds since 1970, told in UTC */
    struct ta_projected_text texts[2]; /**< that change */
    size_t count;
};

struct ta_projection {
    struct ta_projected_step *items;
    size_t count; /**< 0: nothing leaves */
};

/**
 * TA_DAMAGED: contract.md, signatures.md, meetings.md or promises.md cannot be read. The words of a
 * session whose summary.md or release.md cannot be read stay where they are.
 */
bool ta_project(struct ta_projection *projection, const struct ta_projected_papers *papers,
                struct ta_error *err);
/** The one step that takes the place of all others when nothing may leave any more: pair.md with
 *  the level nothing, and nobody's name. */
void ta_project_nothing(struct ta_projection *projection);
void ta_projection_release(struct ta_projection *projection);

/* Taking back */

/** A session whose words go. */
struct ta_retracted {
    unsigned session;
    bool withheld; /**< a page says that it is withheld; else there is none */
};

/** What goes from what was released before, whatever else is to be released now. */
struct ta_retraction {
    enum ta_shared level; /**< no more than this is seen */
    struct ta_retracted *items;
    size_t count;
};

/** Takes it out of the steps of a history that was projected before, and adds nothing. False: there
 *  was nothing to take out. */
bool ta_retract(struct ta_projection *projection, const struct ta_retraction *retraction);
/** What stands at a path at the end of it; NULL: nothing does. */
const char *ta_projected_at_end(const struct ta_projection *projection, const char *path);

#endif

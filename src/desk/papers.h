/**
 * The papers of a pair as of one commit, each read and understood once, when it is first asked for.
 *
 * While they are open the store shows one moment, so that drafts and sessions which are read
 * meanwhile go with them. Nothing is written, and no other papers are opened, until they are
 * closed.
 */
#ifndef TURNABOUT_SRC_DESK_PAPERS_H
#define TURNABOUT_SRC_DESK_PAPERS_H

#include "turnabout/desk/agenda.h"
#include "turnabout/desk/contract.h"
#include "turnabout/desk/session.h"
#include "turnabout/domain/meeting.h"

struct papers {
    struct ta_desk *desk;
    const struct ta_pair *pair;
    char tip[TA_ID_SIZE]; /**< the commit */
    bool is_open;
    bool whole; /**< all meetings and promises, not only those that the index has abridged */
    char *contract_text;
    struct ta_contract contract;
    struct ta_meetings meetings;
    struct ta_promises promises;
    struct ta_summary last;
    unsigned session; /**< the next; 0: it was not asked for yet */
    bool has_contract, has_meetings, has_promises, has_last; /**< it was read already */
};

bool papers_open(struct papers *papers, struct ta_desk *desk, const struct ta_pair *pair,
                 struct ta_error *err);
/** What was never opened is fine. */
void papers_close(struct papers *papers);

/** `*text` NULL when there is no such document. Free with free(). */
bool papers_text(const struct papers *papers, const char *document, char **text,
                 struct ta_error *err);

/** contract.md, whether both signed it or somebody changed it by hand; what a new contract says
 * when there is none (`contract_text` is NULL then). What is given here and below belongs to the
 *  papers. */
bool papers_contract(struct papers *papers, const struct ta_contract **contract,
                     struct ta_error *err);
bool papers_meetings(struct papers *papers, const struct ta_meetings **meetings,
                     struct ta_error *err);
bool papers_promises(struct papers *papers, const struct ta_promises **promises,
                     struct ta_error *err);
/** The number of the next session: one more than the highest that was held, by its date or by its
 *  summary. */
bool papers_session(struct papers *papers, unsigned *session, struct ta_error *err);
/** The summary of the session before that one; session 0: there is none. */
bool papers_last(struct papers *papers, const struct ta_summary **last, struct ta_error *err);

/* What the public functions of their names say, from papers that are open. */
bool contract_read(struct papers *papers, struct ta_contract_state *state, struct ta_error *err);
bool agenda_read(struct papers *papers, struct ta_agenda_state *state, struct ta_error *err);
/** The desk's clock goes on from where that of a session that runs began. */
void sitting_follow_clock(struct ta_desk *desk, const struct ta_sitting *sitting);
bool live_read(struct papers *papers, struct ta_live *live, struct ta_error *err);
/** Whether words of this session wait for who sits here to approve them, by the contract in force,
 *  which has been read. */
bool release_waits(const struct papers *papers, const struct ta_summary *summary);

#endif

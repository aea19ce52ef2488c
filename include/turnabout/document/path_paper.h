/**
 * The whole path of a pair as one document for the two of them to keep, in Markdown: contract and
 * who signed it, each session with its agenda, summary and reply, meetings, promises, and how the
 * takeaways grew. It is made from what both agreed on, and holds nothing that is mine.
 */
#ifndef TURNABOUT_DOCUMENT_PATH_PAPER_H
#define TURNABOUT_DOCUMENT_PATH_PAPER_H

#include "turnabout/domain/contract.h"
#include "turnabout/domain/meeting.h"
#include "turnabout/domain/pair.h"

/** One version of the contract. */
struct ta_path_version {
    const char *text; /**< the whole paper */
    struct ta_moment since;
};

/** The papers of one session; NULL: there is none. */
struct ta_path_session {
    unsigned number;
    const char *agenda, *summary, *reply;
};

struct ta_path {
    const struct ta_pair *pair;
    struct ta_moment since; /**< the pair was made; instant 0: unknown */
    struct ta_day today;
    const struct ta_path_version *versions; /**< oldest first */
    size_t version_count;
    const struct ta_signatures *signatures;
    const struct ta_path_session *sessions; /**< by number */
    size_t session_count;
    const struct ta_meetings *meetings;
    const char *promises; /**< promises.md; NULL */
};

/** "Priya Raman and Dana Holt" */
char *ta_path_title(const struct ta_path *path);
/** Free with free(). */
char *ta_path_markdown(const struct ta_path *path);

#endif

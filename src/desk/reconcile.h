/**
 * What becomes of a pair's documents when two histories of their record are one: worked out, not
 * written.
 */
#ifndef TURNABOUT_SRC_DESK_RECONCILE_H
#define TURNABOUT_SRC_DESK_RECONCILE_H

#include "turnabout/desk/merge.h"
#include "turnabout/document/merge_paper.h"
#include "turnabout/ledger/merge.h"
#include "turnabout/store/choices.h"

/** A document that is not to stay as ours is. */
struct reconciled {
    char *document;
    char *text;     /**< NULL: it goes */
    bool is_theirs; /**< or it is to be as theirs, whatever that holds */
};

struct reconciliation {
    struct ta_desk *desk;
    const struct ta_pair *pair;
    char *path;                        /**< of the record */
    char commit[TA_SIDES][TA_ID_SIZE]; /**< the two, and the last that they have in common */
    struct ta_choices choices;
    struct ta_crossings crossings;
    struct reconciled *items;
    size_t count;
    struct ta_conflicts conflicts;
    const char *document; /**< that is looked at now */
    struct ta_text
        renumbered;      /**< sessions that got other numbers, a line each, the same for both */
    struct ta_text said; /**< the same as sentences to who has ours */
};

/** `commit` and `path` are given; the rest is worked out from them and from what was chosen. */
bool reconcile(struct reconciliation *all, struct ta_error *err);
void reconciliation_release(struct reconciliation *all);

/** A document as it will be; `*text` NULL: it is not there. Free with free(). */
bool reconciled_text(const struct reconciliation *all, const char *document, char **text,
                     struct ta_error *err);
/** A document as one of the histories has it; likewise. */
bool reconcile_read(const struct reconciliation *all, enum ta_side side, const char *document,
                    char **text, struct ta_error *err);
/** Says how a document is to be; takes the text over. */
void reconcile_put(struct reconciliation *all, const char *document, char *text);

/** A document as it would be if this text were chosen there: nothing is kept. NULL: it would not be
 *  there. Free with free(). */
bool reconcile_try(const struct reconciliation *of, const struct ta_conflict *conflict,
                   const char *text, char **document, struct ta_error *err);

/** Whether what was typed may stand there (document/chosen.h); and, of a contract, whether its
 *  clauses take it. TA_WRONG, with a sentence that names the thing. */
bool reconcile_fits(const struct reconciliation *of, const struct ta_conflict *conflict,
                    const char *text, struct ta_error *err);
/** Fills in how the conflicts are shown; once. */
void reconcile_say_dates(struct reconciliation *all);
/** Whether whoever gets the documents as they will be can read them. TA_REFUSED. */
bool reconciled_fits(const struct reconciliation *all, struct ta_error *err);

/**
 * What follows from the documents as they will be, and from nothing else: a proposal that both have
 * signed by now comes into force; one whose number another has by now is the next version, signed
 * by nobody; README.md is made anew; signatures are those of the contract that stands.
 */
bool settle(struct reconciliation *all, struct ta_error *err);

#endif

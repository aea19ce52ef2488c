/**
 * The summary as a mail from one of the two to the other, usually from the mentee to the mentor:
 * seen first, then handed to the command of the configuration or written to a file.
 */
#ifndef TURNABOUT_DESK_MAIL_H
#define TURNABOUT_DESK_MAIL_H

#include "turnabout/desk/desk.h"
#include "turnabout/document/mail.h"

enum { TA_MAIL_SECONDS = 30 }; /**< that the command may take */

struct ta_mail_state {
    unsigned session;
    bool committed; /**< the summary is in the record; else the mail says that it is a draft */
    struct ta_mail mail;
    enum ta_role lacks; /**< who has no address that a mail could have; TA_NOBODY: both have one */
    char *text;         /**< its bytes; NULL while somebody lacks an address */
};

/** Of a session by number; 0: the summary that waits, else the last. From `as`, else from who sits
 *  here, else from the mentee. TA_ABSENT, TA_REFUSED as ta_desk_summary(). */
bool ta_desk_mail(struct ta_desk *desk, const struct ta_pair *pair, unsigned session,
                  enum ta_role as, struct ta_mail_state *state, struct ta_error *err);
void ta_mail_state_release(struct ta_mail_state *state);

/** TA_REFUSED: somebody lacks an address; the sentence says who, and how it is set. */
bool ta_mail_state_check(const struct ta_mail_state *state, struct ta_error *err);

/** Hands exactly these bytes to the command. TA_REFUSED: none is set. TA_SYSTEM: it failed. */
bool ta_desk_mail_send(const struct ta_desk *desk, const struct ta_mail_state *state,
                       struct ta_error *err);
/** Writes exactly these bytes to a file, in place of what it held. */
bool ta_mail_state_save(const struct ta_mail_state *state, const char *path, struct ta_error *err);

/** Sets the address of one of the two, here and in the record with its next commit. TA_WRONG. */
bool ta_desk_pair_address(struct ta_desk *desk, struct ta_pair *pair, enum ta_role role,
                          const char *address, struct ta_error *err);

#endif

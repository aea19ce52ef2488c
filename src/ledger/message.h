/**
 * How a commit reads: its message, and who it is by. Private to the ledger.
 */
#ifndef TURNABOUT_LEDGER_MESSAGE_H
#define TURNABOUT_LEDGER_MESSAGE_H

#include "turnabout/base/text.h"
#include "turnabout/ledger/ledger.h"

/** The first line; "" when there is nothing in it. */
void ta_message_subject(struct ta_text *out, const struct ta_commit *commit);

/** Subject, body and trailers, each free of control characters, with a blank line between. */
void ta_message_write(struct ta_text *out, const struct ta_commit *commit);

/** The number of the trailer Session:, 0 when `value` is none. */
unsigned ta_message_session(const char *value);

/** A person as git takes them; never empty. "Zoë Ade" without an address is zoe-ade@localhost. */
void ta_author_name(struct ta_text *out, const struct ta_person *person);
void ta_author_email(struct ta_text *out, const struct ta_person *person);

#endif

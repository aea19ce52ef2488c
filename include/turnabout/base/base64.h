/**
 * Bytes as letters: base64 by RFC 4648, with "=" at the end where the last group is not full.
 */
#ifndef TURNABOUT_BASE_BASE64_H
#define TURNABOUT_BASE_BASE64_H

#include "turnabout/base/text.h"

/** Appends. */
void ta_base64_write(struct ta_text *out, const char *bytes, size_t length);

/** Appends the bytes; line ends and blanks between the letters are passed over. False: it is no
 *  base64, or bits behind the last byte are set; `out` is then as it was. */
bool ta_base64_read(struct ta_text *out, struct ta_piece letters);

#endif

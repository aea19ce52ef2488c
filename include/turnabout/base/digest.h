/**
 * SHA-256 of exact bytes, in lower-case hexadecimal: what a signature covers.
 */
#ifndef TURNABOUT_BASE_DIGEST_H
#define TURNABOUT_BASE_DIGEST_H

#include <stddef.h>

enum { TA_DIGEST_SIZE = 65 }; /**< 64 digits and NUL */

void ta_digest(char out[TA_DIGEST_SIZE], const char *bytes, size_t length);

#endif

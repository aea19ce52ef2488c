#include "turnabout/base/digest.h"

#include <sha2.h>
#include <stdint.h>

_Static_assert(TA_DIGEST_SIZE == SHA256_DIGEST_STRING_LENGTH, "64 digits and NUL");

void ta_digest(char out[TA_DIGEST_SIZE], const char *bytes, size_t length)
{
    (void)SHA256Data((const uint8_t *)bytes, length, out);
}

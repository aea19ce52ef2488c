#include "turnabout/base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A sentence that was too long must not end within a character. */
static size_t whole_characters(const char *text, size_t length)
{
    size_t at = length;
    while (at > 0 && length - at < 4 && ((unsigned char)text[at - 1] & 0xC0U) == 0x80U) {
        at--;
    }
    if (at == 0 || (unsigned char)text[at - 1] < 0xC0U) {
        return length;
    }
    unsigned char lead = (unsigned char)text[at - 1];
    size_t needed = lead >= 0xF0U ? 4 : lead >= 0xE0U ? 3 : 2;
    return length - (at - 1) < needed ? at - 1 : length;
}

bool ta_fail(struct ta_error *err, enum ta_code code, const char *format, ...)
{
    if (err == NULL) {
        return false;
    }
    /* The arguments may lie in err->text itself. */
    char text[sizeof err->text];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    text[whole_characters(text, strlen(text))] = '\0';
    for (char *at = strpbrk(text, "\r\n"); at != NULL; at = strpbrk(at, "\r\n")) {
        *at = ' ';
    }
    err->code = code;
    memcpy(err->text, text, sizeof text);
    return false;
}

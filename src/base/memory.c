#include "turnabout/base/memory.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_ROOM = 8 };

static void *there(void *memory)
{
    if (memory == NULL) {
        abort();
    }
    return memory;
}

void *ta_allocate(size_t count, size_t size)
{
    return there(calloc(count > 0 ? count : 1, size > 0 ? size : 1));
}

char *ta_copy(const char *string)
{
    return string == NULL ? NULL : there(strdup(string));
}

char *ta_copy_bytes(const char *bytes, size_t length)
{
    char *copy = ta_allocate(length + 1, 1);
    if (length > 0) {
        memcpy(copy, bytes, length);
    }
    return copy;
}

void ta_replace(char **string, const char *value)
{
    char *old = *string;
    *string = ta_copy(value);
    free(old);
}

void *ta_append(void *items, size_t count, size_t size)
{
    assert(size > 0);
    /* `items` is the address of a pointer of any type: only its bytes may be looked at. */
    char *array;
    memcpy(&array, items, sizeof array);
    if (count == 0 || (count >= LEAST_ROOM && (count & (count - 1)) == 0)) {
        size_t room = count == 0 ? LEAST_ROOM : count * 2;
        array = there(reallocarray(array, room, size));
        memcpy(items, &array, sizeof array);
    }
    return memset(array + count * size, 0, size);
}

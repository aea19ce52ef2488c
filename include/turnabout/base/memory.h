/**
 * Memory that is either there or the program ends: no caller checks for NULL.
 */
#ifndef TURNABOUT_BASE_MEMORY_H
#define TURNABOUT_BASE_MEMORY_H

#include <stddef.h>

/** Zeroed memory for `count` things of `size` bytes. Free with free(). */
void *ta_allocate(size_t count, size_t size);

/** A copy of a string; NULL stays NULL. Free with free(). */
char *ta_copy(const char *string);

/** A copy of the first `length` bytes, ended with NUL. Free with free(). */
char *ta_copy_bytes(const char *bytes, size_t length);

/** Frees what `*string` held and puts a copy of `value` (may be NULL, may be `*string`) there. */
void ta_replace(char **string, const char *value);

/**
 * Room for one more item at the end of a growing array. `*items` holds `count` items of `size`
 * bytes and has room for a power of two of them (the least one not under 8). Returns the new item,
 * zeroed.
 */
void *ta_append(void *items, size_t count, size_t size);

#endif

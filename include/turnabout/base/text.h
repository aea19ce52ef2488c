/**
 * A text that grows, and pieces of a text that belongs to somebody else.
 *
 * Invariants of `struct ta_text`: `bytes` is NULL (and length 0) or holds `length` bytes and a NUL
 * behind them. Start it zeroed, end it with ta_text_release(). Bytes may be anything; nothing here
 * looks at their meaning (see unicode.h for that).
 */
#ifndef TURNABOUT_BASE_TEXT_H
#define TURNABOUT_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct ta_text {
    char *bytes;
    size_t length;
    size_t room;
};

void ta_text_add(struct ta_text *text, const char *string);
void ta_text_add_bytes(struct ta_text *text, const char *bytes, size_t length);
void ta_text_addf(struct ta_text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void ta_text_addv(struct ta_text *text, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));
void ta_text_insert(struct ta_text *text, size_t at, const char *bytes, size_t length);
void ta_text_remove(struct ta_text *text, size_t at, size_t length);

/** Makes the text empty and keeps its memory. */
void ta_text_clear(struct ta_text *text);

/** Frees the memory; the text is empty and usable again. */
void ta_text_release(struct ta_text *text);

/** Hands the bytes to the caller (never NULL; free with free()) and leaves the text empty. */
char *ta_text_take(struct ta_text *text);

/** A piece of a text that lives elsewhere; not ended by NUL. `at` may be NULL when length is 0. */
struct ta_piece {
    const char *at;
    size_t length;
};

struct ta_piece ta_piece_of(const char *string);
bool ta_piece_is(struct ta_piece piece, const char *string);
bool ta_piece_starts(struct ta_piece piece, const char *prefix);

/** Without white space (ASCII blanks and line ends) at both ends. */
struct ta_piece ta_piece_trim(struct ta_piece piece);

/** A copy ended by NUL. Free with free(). */
char *ta_piece_copy(struct ta_piece piece);

/**
 * Takes the next line off `rest`: `line` is without its line end (LF or CR LF). A last line without
 * a line end counts; an empty rest gives false.
 */
bool ta_next_line(struct ta_piece *rest, struct ta_piece *line);

/** The last line that is not blank, trimmed; empty when there is none. */
struct ta_piece ta_last_line(struct ta_piece text);

/** Takes the part up to `separator` off `rest`, trimmed. Empty rest gives false. */
bool ta_next_part(struct ta_piece *rest, char separator, struct ta_piece *part);

#endif

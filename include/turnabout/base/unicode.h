/**
 * UTF-8 as people see it: characters (grapheme clusters), words, columns, lines; and the cleaning
 * of text that came from a file or a remote before a terminal sees it.
 *
 * Positions are byte offsets that lie on a character's edge. Text is valid UTF-8 unless it says
 * otherwise. Breaks follow UAX #29 and UAX #14 as libunistring has them; width is the sum of libc's
 * wcwidth(), because that is what ncurses and most terminals count with; a process in the C locale,
 * where libc has no such table, counts with libunistring's.
 */
#ifndef TURNABOUT_BASE_UNICODE_H
#define TURNABOUT_BASE_UNICODE_H

#include <stdbool.h>
#include <stddef.h>

#include "turnabout/base/text.h"

bool ta_utf8_is_valid(const char *bytes, size_t length);

/** UTF-8 without control characters and line ends (U+2028 and U+2029 among them). */
bool ta_is_line(struct ta_piece text);
/** As ta_is_line(), with line feeds and tabs allowed. */
bool ta_is_prose(struct ta_piece text);

/** The edge behind (before) the character at (before) `at`; stays within 0 and length. */
size_t ta_character_next(const char *bytes, size_t length, size_t at);
size_t ta_character_before(const char *bytes, size_t length, size_t at);

/** Where the cursor lands one word on (behind the next word) or back (at its beginning). */
size_t ta_word_next(const char *bytes, size_t length, size_t at);
size_t ta_word_before(const char *bytes, size_t length, size_t at);

/** Columns on the terminal. What cannot be shown counts as ta_clean() would show it. */
int ta_width(const char *bytes, size_t length);

/** The longest beginning, in bytes, whole characters only, that fits into `columns`; a line feed
 * ends it. */
size_t ta_fit(const char *bytes, size_t length, int columns);

/**
 * Where the first line of the text ends when it is wrapped into `columns` (at least 1): a byte
 * offset > 0 for a text that is not empty. Breaks where UAX #14 allows, never inside a URL that
 * fits a line by itself, and inside a word only when the word is wider than the line. A line feed
 * ends a line and belongs to it. Blanks at the break belong to the line before it and may overhang.
 */
size_t ta_wrap(const char *bytes, size_t length, int columns);

/**
 * Appends a form that is safe and countable on a terminal, from any bytes: controls (C0 but line
 * feed, C1, DEL), bidirectional overrides and isolates, zero-width formatting, malformed bytes and
 * characters that libc's table does not know become U+FFFD, and so does a mark without a base; tabs
 * become a blank; variation selectors, ZWJ, ZWNJ and skin tones are dropped; at most four marks
 * follow a base. For display only: stored text stays exact.
 */
void ta_clean(struct ta_text *out, const char *bytes, size_t length);

/**
 * Appends the text folded for comparing: compatibility-decomposed, case-folded, without invisible
 * formatting, accents and the vowel points of Hebrew and Arabic (so "Été" and "ete", "Straße" and
 * "STRASSE" agree), and with letters that have no accent to take away as plain ones: ı, ł, ø, đ
 * ("Yıldız" and "yildiz"). Where Turkish tells ı and i apart, both are found. Marks that a script
 * spells with stay: Indic vowels, kana voicing.
 */
void ta_fold(struct ta_text *out, const char *bytes, size_t length);

#endif

/**
 * Small readers for the fixed shapes that stand in our papers: each takes what it understands off
 * the beginning of a piece, and nothing when it does not.
 */
#ifndef TURNABOUT_SRC_DOCUMENT_READING_H
#define TURNABOUT_SRC_DOCUMENT_READING_H

#include <stdbool.h>
#include <stddef.h>

#include "turnabout/base/digest.h"
#include "turnabout/base/text.h"

enum { TA_NUMBER_MOST = 9999999 }; /**< of ids, sessions and versions that are read */

/** Takes a prefix. */
bool ta_take(struct ta_piece *rest, const char *prefix);
/** Takes a word of ASCII digits that is a number up to `most`. */
bool ta_take_number(struct ta_piece *rest, unsigned most, unsigned *number);
/** Takes an id and the blanks behind it: the letter, and a number from 1. */
bool ta_take_id(struct ta_piece *rest, char letter, unsigned *id);
/** Takes the box of a task, "[ ]" or "[x]", and the blanks behind it. */
bool ta_take_box(struct ta_piece *rest, bool *ticked);
/** Takes everything up to the next blank, and the blanks behind it. */
struct ta_piece ta_take_word(struct ta_piece *rest);

/** A piece that is nothing but a number. */
bool ta_number_read(unsigned *number, struct ta_piece text, unsigned least, unsigned most);

/** The number behind a key of "{planned: 45, lasted: 47}". */
bool ta_map_number(unsigned *number, struct ta_piece map, const char *key, unsigned most);
/** Takes the next item of "[A, "B, C"]"; start with ta_list_open(). */
bool ta_list_next(struct ta_piece *list, struct ta_piece *item);
struct ta_piece ta_list_open(struct ta_piece text);

/** Takes what stands behind the last comma off the end, both trimmed, because a name before it may
 *  hold commas. */
bool ta_take_last(struct ta_piece *text, struct ta_piece *part);
/** 64 hexadecimal digits and blanks around them, kept in lower case. */
bool ta_digest_read(char digest[TA_DIGEST_SIZE], struct ta_piece text);

/** Whether two pieces hold the same bytes. */
bool ta_piece_same(struct ta_piece one, struct ta_piece other);
/** Where `part` stands in `text` for the first time; NULL: nowhere. */
const char *ta_piece_find(struct ta_piece text, const char *part);
/** Where a sign stands in `text` for the last time; NULL: nowhere. */
const char *ta_piece_find_last(struct ta_piece text, char sign);
/** What stands before (from) a place in a piece. */
struct ta_piece ta_piece_before(struct ta_piece text, const char *place);
struct ta_piece ta_piece_from(struct ta_piece text, const char *place);

#endif

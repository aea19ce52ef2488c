/**
 * A file of the record that is a list: meetings.md, promises.md, signatures.md. It is read straight
 * from its text, because two of them are read at every start of the program, and one entry of it is
 * changed at a time.
 */
#ifndef TURNABOUT_SRC_DOCUMENT_RECORD_H
#define TURNABOUT_SRC_DOCUMENT_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "line.h"
#include "turnabout/base/error.h"
#include "turnabout/base/text.h"

/** Which file it is. */
struct ta_record_kind {
    const char *kind;  /**< "meetings" */
    const char *name;  /**< "meetings.md" */
    const char *title; /**< "Meetings" */
};

/** A list entry. What hangs below it (entries of its own, text behind a blank line) is not ours. */
struct ta_record_entry {
    struct ta_piece lines; /**< marker, text and line ends: what is changed */
    struct ta_piece below; /**< the lines that hang below it */
    size_t marker;         /**< bytes of `lines` before the text */
    struct ta_piece
        text; /**< one line, whether it was wrapped or not; until the next one is read */
};

struct ta_record {
    struct ta_piece rest;
    struct ta_fence fence;
    const char *unfenced; /**< the last line that began outside of fenced code */
    struct ta_text joined;
};

/** TA_DAMAGED: not UTF-8, too large, not of this kind. End with ta_record_release(). */
bool ta_record_open(struct ta_record *record, const char *text, const struct ta_record_kind *kind,
                    struct ta_error *err);
bool ta_record_next(struct ta_record *record, struct ta_record_entry *entry);
void ta_record_release(struct ta_record *record);

/** The id of an entry's text; 0: it is none of ours. */
typedef unsigned ta_record_id(struct ta_piece text);

/**
 * `text` (NULL: a new file) with `line` as the entry of `id`: in the place of the first that has
 * it, else behind the last that has an id. Id 0 always adds. Free `*out` with free().
 */
bool ta_record_put(char **out, const char *text, const struct ta_record_kind *kind,
                   ta_record_id *id_of, unsigned id, const char *line, struct ta_error *err);

/** `text` without the first entry that has this id; what hangs below it stays. Free `*out` with
 *  free(). */
bool ta_record_drop(char **out, const char *text, const struct ta_record_kind *kind,
                    ta_record_id *id_of, unsigned id, struct ta_error *err);

/** Whether the entry at `index`, from 0, stays. */
typedef bool ta_record_keeps(struct ta_piece text, size_t index, const void *data);

/** The file with only the entries that `keeps` says yes to and the last one, and its front matter.
 * The text itself when it is none of this kind. Free with free(). */
char *ta_record_abridge(const char *text, const struct ta_record_kind *kind, ta_record_keeps *keeps,
                        const void *data);

#endif

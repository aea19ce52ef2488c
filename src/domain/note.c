#include "turnabout/domain/note.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"

static const struct ta_note_facts kinds[TA_NOTE_KINDS] = {
    [TA_NOTE_PLAIN] = {' ', "plain"},           [TA_NOTE_TAKEAWAY] = {'!', "takeaway"},
    [TA_NOTE_PROMISE] = {'>', "promise"},       [TA_NOTE_QUESTION] = {'?', "question"},
    [TA_NOTE_DIFFERENCE] = {'~', "difference"}, [TA_NOTE_MINE] = {'%', "mine"},
};

const struct ta_note_facts *ta_note_facts(enum ta_note_kind kind)
{
    return &kinds[kind];
}

/* The signs as other keyboards have them: in full width, and those of Arabic. */
static const struct {
    const char *bytes;
    enum ta_note_kind kind;
} signs[] = {
    {"!", TA_NOTE_TAKEAWAY},        {"\uFF01", TA_NOTE_TAKEAWAY}, {">", TA_NOTE_PROMISE},
    {"\uFF1E", TA_NOTE_PROMISE},    {"?", TA_NOTE_QUESTION},      {"\uFF1F", TA_NOTE_QUESTION},
    {"\u061F", TA_NOTE_QUESTION},   {"~", TA_NOTE_DIFFERENCE},    {"\uFF5E", TA_NOTE_DIFFERENCE},
    {"\u301C", TA_NOTE_DIFFERENCE}, {"%", TA_NOTE_MINE},          {"\uFF05", TA_NOTE_MINE},
    {"\uFE6A", TA_NOTE_MINE},       {"\u066A", TA_NOTE_MINE},
};

/* What nobody sees: no-break and wide blanks, marks of direction, of width none and of byte order.
 */
static const char *const unseen[] = {" ",      "\t",     "\u00A0", "\u3000", "\u200B",
                                     "\u200E", "\u200F", "\u202F", "\uFEFF"};

static struct ta_piece behind(struct ta_piece line, size_t bytes)
{
    return (struct ta_piece){line.at + bytes, line.length - bytes};
}

/* Bytes of what is unseen at the beginning; 0: the line begins with something to see. */
static size_t unseen_at(struct ta_piece line)
{
    for (size_t i = 0; i < sizeof unseen / sizeof unseen[0]; i++) {
        if (ta_piece_starts(line, unseen[i])) {
            return strlen(unseen[i]);
        }
    }
    return 0;
}

/* The sign at the beginning, taken off; plain: there is none, and the line stays as it is. */
static enum ta_note_kind take_sign(struct ta_piece *line)
{
    struct ta_piece rest = *line;
    for (size_t bytes = unseen_at(rest); bytes > 0; bytes = unseen_at(rest)) {
        rest = behind(rest, bytes);
    }
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (ta_piece_starts(rest, signs[i].bytes)) {
            *line = behind(rest, strlen(signs[i].bytes));
            return signs[i].kind;
        }
    }
    return TA_NOTE_PLAIN;
}

static bool is_escaped_sign(struct ta_piece line)
{
    struct ta_piece escaped = line.length > 1 && line.at[0] == '\\' ? behind(line, 1) : line;
    return escaped.length < line.length && take_sign(&escaped) != TA_NOTE_PLAIN;
}

enum ta_note_verdict ta_note_check(struct ta_piece text)
{
    text = ta_piece_trim(text);
    if (text.length == 0) {
        return TA_NOTE_EMPTY;
    }
    if (text.length > TA_NOTE_LONGEST) {
        return TA_NOTE_TOO_LONG;
    }
    return ta_is_line(text) ? TA_NOTE_FINE : TA_NOTE_NOT_TEXT;
}

enum ta_note_verdict ta_note_read(enum ta_note_kind *kind, struct ta_piece *text,
                                  struct ta_piece line)
{
    line = ta_piece_trim(line);
    *kind = take_sign(&line);
    if (*kind == TA_NOTE_PLAIN && is_escaped_sign(line)) {
        line = behind(line, 1);
    }
    *text = ta_piece_trim(line);
    return ta_note_check(*text);
}

void ta_notes_add(struct ta_notes *notes, const struct ta_note *note)
{
    struct ta_note *added = ta_append(&notes->items, notes->count++, sizeof *added);
    *added = *note;
    added->text = ta_copy(note->text);
}

void ta_notes_release(struct ta_notes *notes)
{
    if (notes == NULL) {
        return;
    }
    for (size_t i = 0; i < notes->count; i++) {
        free(notes->items[i].text);
    }
    free(notes->items);
    *notes = (struct ta_notes){0};
}

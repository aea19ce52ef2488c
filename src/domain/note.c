#include "turnabout/domain/note.h"

#include <stdlib.h>

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

static enum ta_note_kind kind_of_sign(char sign)
{
    enum ta_note_kind kind = TA_NOTE_KINDS - 1;
    while (kind > TA_NOTE_PLAIN && kinds[kind].sign != sign) {
        kind--;
    }
    return kind;
}

static bool is_escaped_sign(struct ta_piece line)
{
    return line.length > 1 && line.at[0] == '\\' && kind_of_sign(line.at[1]) != TA_NOTE_PLAIN;
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
    *kind = line.length > 0 ? kind_of_sign(line.at[0]) : TA_NOTE_PLAIN;
    if (*kind != TA_NOTE_PLAIN || is_escaped_sign(line)) {
        line = (struct ta_piece){line.at + 1, line.length - 1};
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

#include "record.h"

#include <stdlib.h>
#include <string.h>

#include "front.h"
#include "reading.h"
#include "turnabout/base/memory.h"

bool ta_record_open(struct ta_record *record, const char *text, const struct ta_record_kind *kind,
                    struct ta_error *err)
{
    struct ta_piece whole = ta_piece_of(text), front, line, value = {0};

    *record = (struct ta_record){0};
    if (!ta_front_is_text(whole, kind->name, err) ||
        !ta_front_split(whole, &front, &record->rest, kind->name, err)) {
        return false;
    }
    while (ta_take_line(&front, &line)) {
        if (ta_front_line(line, "turnabout", &value)) {
            break;
        }
    }
    return ta_front_check_kind(value, kind->kind, 1, kind->name, err);
}

void ta_record_release(struct ta_record *record)
{
    ta_text_release(&record->joined);
    *record = (struct ta_record){0};
}

static void join(struct ta_text *joined, struct ta_piece part)
{
    ta_text_add(joined, joined->length > 0 ? " " : "");
    ta_text_add_bytes(joined, part.at, part.length);
}

/** Takes the lines that the entry's text was wrapped into. */
static void take_wrapped(struct ta_record *record, struct ta_record_entry *entry,
                         const struct ta_marker *marker)
{
    struct ta_piece rest = record->rest, line;
    struct ta_marker own;

    ta_text_clear(&record->joined);
    while (ta_take_line(&rest, &line) && ta_line_continues(line, marker) &&
           !ta_line_marker(&own, line)) {
        if (record->joined.length == 0) {
            join(&record->joined, entry->text);
        }
        join(&record->joined, ta_piece_trim(line));
        entry->lines.length += line.length;
        record->rest = rest;
    }
    if (record->joined.length > 0) {
        entry->text = (struct ta_piece){record->joined.bytes, record->joined.length};
    }
}

static void take_below(struct ta_record *record, struct ta_record_entry *entry,
                       const struct ta_marker *marker)
{
    struct ta_piece rest = record->rest, line;

    while (ta_take_line(&rest, &line)) {
        if (ta_line_continues(line, marker)) {
            record->rest = rest;
        } else if (!ta_line_is_blank(line)) {
            break;
        }
    }
    entry->below.at = entry->lines.at + entry->lines.length;
    entry->below.length = (size_t)(record->rest.at - entry->below.at);
}

bool ta_record_next(struct ta_record *record, struct ta_record_entry *entry)
{
    struct ta_marker marker;
    struct ta_piece line;

    while (ta_take_line(&record->rest, &line)) {
        if (record->fence.sign == 0) {
            record->unfenced = line.at;
        }
        if (ta_fence_holds(&record->fence, line) || !ta_line_marker(&marker, line)) {
            continue;
        }
        entry->lines = line;
        entry->marker = marker.text;
        entry->text = ta_piece_trim(ta_piece_from(line, line.at + marker.text));
        take_wrapped(record, entry, &marker);
        take_below(record, entry, &marker);
        return true;
    }
    return false;
}

/** Where a new entry goes, and what of the text it takes the place of. */
struct place {
    struct ta_piece old;
    size_t marker; /**< bytes of `old` that stay before the text */
    bool found;    /**< an entry of ours stands there, or before it */
};

/** Reads to the entry with this id. */
static struct place find_place(struct ta_record *record, ta_record_id *id_of, unsigned id,
                               struct ta_piece whole)
{
    struct place place = {.old = {whole.at + whole.length, 0}};
    struct ta_record_entry entry;

    while (ta_record_next(record, &entry)) {
        unsigned own = id_of(entry.text);

        if (own == 0) {
            continue;
        }
        place.found = true;
        if (own == id) {
            place.old = entry.lines;
            place.marker = entry.marker;
            break;
        }
        place.old = (struct ta_piece){entry.below.at + entry.below.length, 0};
    }
    if (!place.found && record->fence.sign != 0) {
        place.old.at = record->unfenced;
    }
    return place;
}

/** Whether the text is empty or ends with a blank line. */
static bool ends_blank(struct ta_piece text)
{
    struct ta_piece last = {text.at + text.length, 0};

    while (last.at > text.at && (last.length == 0 || last.at[-1] != '\n')) {
        last.at--;
        last.length++;
    }
    return ta_line_is_blank(last);
}

static void write_place(struct ta_text *out, struct ta_piece whole, const struct place *place,
                        const char *line)
{
    const char *end = ta_line_end(whole), *behind = place->old.at + place->old.length;
    struct ta_piece before = ta_piece_before(whole, place->old.at);

    ta_text_add_bytes(out, before.at, before.length);
    if (before.length > 0 && before.at[before.length - 1] != '\n') {
        ta_text_add(out, end);
    }
    if (!place->found && !ends_blank(before)) {
        ta_text_add(out, end);
    }
    if (place->marker > 0) {
        ta_text_add_bytes(out, place->old.at, place->marker);
    } else {
        ta_text_add(out, "- ");
    }
    ta_text_add(out, line);
    ta_text_add(out, end);
    ta_text_add(out, behind);
}

bool ta_record_put(char **out, const char *text, const struct ta_record_kind *kind,
                   ta_record_id *id_of, unsigned id, const char *line, struct ta_error *err)
{
    struct ta_text fresh = {0}, changed = {0};
    struct ta_record record;
    bool ok;

    if (text == NULL) {
        ta_text_addf(&fresh, "---\nturnabout: %s/1\n---\n# %s\n", kind->kind, kind->title);
        text = fresh.bytes;
    }
    ok = ta_record_open(&record, text, kind, err);
    if (ok) {
        struct place place = find_place(&record, id_of, id, ta_piece_of(text));

        write_place(&changed, ta_piece_of(text), &place, line);
        *out = ta_text_take(&changed);
    }
    ta_record_release(&record);
    ta_text_release(&fresh);
    return ok;
}

bool ta_record_drop(char **out, const char *text, const struct ta_record_kind *kind,
                    ta_record_id *id_of, unsigned id, struct ta_error *err)
{
    struct ta_text left = {0};
    struct ta_record record;
    bool ok = ta_record_open(&record, text, kind, err);

    if (ok) {
        struct place place = find_place(&record, id_of, id, ta_piece_of(text));
        struct ta_piece before = ta_piece_before(ta_piece_of(text), place.old.at);
        bool is_there = place.marker > 0;

        ta_text_add_bytes(&left, before.at, before.length);
        ta_text_add(&left, place.old.at + (is_there ? place.old.length : 0));
        *out = ta_text_take(&left);
    }
    ta_record_release(&record);
    return ok;
}

char *ta_record_abridge(const char *text, const struct ta_record_kind *kind, ta_record_keeps *keeps,
                        const void *data)
{
    struct ta_record record;
    struct ta_record_entry entry;
    struct ta_piece left_out = {0};
    struct ta_text abridged = {0};

    if (!ta_record_open(&record, text, kind, NULL)) {
        return ta_copy(text);
    }
    ta_text_add_bytes(&abridged, text, (size_t)(record.rest.at - text));
    for (size_t index = 0; ta_record_next(&record, &entry); index++) {
        left_out = (struct ta_piece){0};
        if (keeps(entry.text, index, data)) {
            ta_text_add_bytes(&abridged, entry.lines.at, entry.lines.length);
        } else {
            left_out = entry.lines;
        }
    }
    ta_text_add_bytes(&abridged, left_out.at, left_out.length);
    ta_record_release(&record);
    return ta_text_take(&abridged);
}

#include "turnabout/domain/carry.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"

const char *ta_carry_kind_name(enum ta_carry_kind kind)
{
    static const char *const names[TA_CARRY_KINDS] = {
        [TA_CARRY_QUESTION] = "question",
        [TA_CARRY_ITEM] = "item",
        [TA_CARRY_PROMISE] = "promise",
    };
    return names[kind];
}

static struct ta_carry *add(struct ta_carries *carries, enum ta_carry_kind kind, const char *text,
                            unsigned session)
{
    struct ta_text origin = {0};
    if (session > 0) {
        ta_text_addf(&origin, "session %u", session);
    } else {
        ta_text_add(&origin, "the record");
    }
    struct ta_carry *carry = ta_append(&carries->items, carries->count++, sizeof *carry);
    *carry =
        (struct ta_carry){.kind = kind, .text = ta_copy(text), .origin = ta_text_take(&origin)};
    return carry;
}

static bool is_offered(const struct ta_carries *carries, const char *text)
{
    for (size_t i = 0; i < carries->count; i++) {
        if (strcmp(carries->items[i].text, text) == 0) {
            return true;
        }
    }
    return false;
}

/* By the agenda itself, or by that of a session since the one at `index`. */
static bool is_taken_up(const struct ta_past *pasts, size_t index, const struct ta_agenda *agenda,
                        const char *text)
{
    bool known = ta_agenda_knows(agenda, text);
    for (size_t i = 0; !known && i < index; i++) {
        known = ta_agenda_knows(&pasts[i].agenda, text);
    }
    return known;
}

static const struct ta_item *find_item(const struct ta_agenda *agenda, const char *title)
{
    for (size_t i = 0; i < agenda->count; i++) {
        if (strcmp(agenda->items[i].title, title) == 0) {
            return &agenda->items[i];
        }
    }
    return NULL;
}

/* It goes on with its notes; and where it came from first stays said. */
static void add_item(struct ta_carries *carries, const struct ta_past *past,
                     const struct ta_summary_item *left)
{
    const struct ta_item *item = find_item(&past->agenda, left->title);
    struct ta_carry *carry = add(carries, TA_CARRY_ITEM, left->title, past->summary.session);
    carry->minutes = left->planned;
    if (item != NULL) {
        carry->notes = ta_copy(item->notes);
        ta_replace(&carry->origin, item->origin != NULL ? item->origin : carry->origin);
    }
}

static bool was_reached(const struct ta_summary_item *item)
{
    return item->used > 0 || item->count > 0;
}

static void carry_questions(struct ta_carries *carries, const struct ta_past *pasts, size_t index,
                            const struct ta_agenda *agenda)
{
    const struct ta_summary *summary = &pasts[index].summary;
    const struct ta_summary_lines *questions = &summary->lines[TA_SUMMARY_QUESTIONS];
    for (size_t i = 0; i < questions->count; i++) {
        const char *text = questions->items[i];
        if (!is_offered(carries, text) && !is_taken_up(pasts, index, agenda, text)) {
            add(carries, TA_CARRY_QUESTION, text, summary->session);
        }
    }
}

static void carry_items(struct ta_carries *carries, const struct ta_past *pasts, size_t index,
                        const struct ta_agenda *agenda)
{
    const struct ta_summary *summary = &pasts[index].summary;
    for (size_t i = 0; i < summary->item_count; i++) {
        const struct ta_summary_item *item = &summary->items[i];
        if (item->title != NULL && !was_reached(item) && !ta_agenda_is_usual(item->title) &&
            !is_offered(carries, item->title) && !is_taken_up(pasts, index, agenda, item->title)) {
            add_item(carries, &pasts[index], item);
        }
    }
}

void ta_carry_over(struct ta_carries *carries, const struct ta_past *pasts, size_t count,
                   const struct ta_agenda *agenda)
{
    for (size_t i = 0; i < count; i++) {
        carry_questions(carries, pasts, i, agenda);
    }
    for (size_t i = 0; i < count; i++) {
        carry_items(carries, pasts, i, agenda);
    }
}

static void say_promise(struct ta_text *out, const struct ta_promise *promise,
                        const struct ta_pair *pair)
{
    if (promise->owner != TA_NOBODY) {
        struct ta_piece name = ta_pair_short_name(pair, promise->owner);
        ta_text_addf(out, "%.*s: ", (int)name.length, name.at);
    } else if (promise->named != NULL) {
        ta_text_addf(out, "%s: ", promise->named);
    }
    ta_text_add(out, promise->text);
}

void ta_carry_promises(struct ta_carries *carries, const struct ta_promises *promises,
                       const struct ta_pair *pair, const struct ta_agenda *agenda)
{
    for (size_t i = 0; i < promises->count; i++) {
        const struct ta_promise *promise = &promises->items[i];
        struct ta_text text = {0};
        say_promise(&text, promise, pair);
        if (promise->state != TA_PROMISE_TOLD && !ta_agenda_knows(agenda, text.bytes)) {
            struct ta_carry *carry = add(carries, TA_CARRY_PROMISE, text.bytes, promise->session);
            carry->due = promise->due;
            carry->done = promise->state == TA_PROMISE_DONE;
        }
        ta_text_release(&text);
    }
}

void ta_carries_release(struct ta_carries *carries)
{
    for (size_t i = 0; i < carries->count; i++) {
        free(carries->items[i].text);
        free(carries->items[i].origin);
        free(carries->items[i].notes);
    }
    free(carries->items);
    *carries = (struct ta_carries){0};
}

static enum ta_agenda_verdict take_note(struct ta_agenda *agenda, const struct ta_carry *carry,
                                        size_t at)
{
    struct ta_text note = {0};
    ta_text_addf(&note, "%s (from %s)", carry->text, carry->origin);
    enum ta_agenda_verdict verdict = ta_agenda_add_note(agenda, at, note.bytes);
    ta_text_release(&note);
    return verdict;
}

enum ta_agenda_verdict ta_carry_take(struct ta_agenda *agenda, const struct ta_carry *carry,
                                     size_t *at)
{
    size_t commitments = ta_agenda_commitments(agenda);
    if (carry->kind == TA_CARRY_PROMISE && commitments != SIZE_MAX) {
        *at = commitments;
        return take_note(agenda, carry, commitments);
    }
    enum ta_agenda_verdict verdict = ta_agenda_put(agenda, carry->text, carry->minutes, at);
    if (verdict == TA_AGENDA_FINE && carry->notes != NULL) {
        verdict = ta_agenda_set_notes(agenda, *at, carry->notes);
    }
    return verdict == TA_AGENDA_FINE ? ta_agenda_set_origin(agenda, *at, carry->origin) : verdict;
}

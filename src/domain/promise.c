#include "turnabout/domain/promise.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "turnabout/base/memory.h"

/* A word that leads to a day at the end of a promise. */
struct lead {
    const char *word;
    bool belongs; /* to the day: "in 2 weeks" */
    bool leads;   /* to another such word: "due by" */
};

static const struct lead leads[] = {
    {"by", false, false}, {"until", false, false}, {"due", false, true},
    {"on", false, false}, {"in", true, false},
};

enum { LEADS = sizeof leads / sizeof *leads };

static struct ta_piece behind(struct ta_piece text, size_t length)
{
    return ta_piece_trim((struct ta_piece){text.at + length, text.length - length});
}

/* The first colon, ASCII or full width as East Asian keyboards write it; 0 bytes: there is none. */
static size_t find_colon(struct ta_piece text, size_t *at)
{
    static const char *const colons[] = {":", "\uFF1A"};
    size_t size = 0;
    for (size_t i = 0; i < sizeof colons / sizeof *colons && text.length > 0; i++) {
        const char *found = memmem(text.at, text.length, colons[i], strlen(colons[i]));
        if (found != NULL && (size == 0 || (size_t)(found - text.at) < *at)) {
            *at = (size_t)(found - text.at);
            size = strlen(colons[i]);
        }
    }
    return size;
}

static void take_owner(struct ta_piece *text, enum ta_role *owner, const struct ta_pair *pair)
{
    size_t at = 0;
    size_t size = find_colon(*text, &at);
    if (size == 0) {
        return;
    }
    enum ta_role who = ta_pair_who(pair, (struct ta_piece){text->at, at});
    struct ta_piece rest = behind(*text, at + size);
    if (who == TA_NOBODY || rest.length == 0) {
        return;
    }
    *owner = who;
    *text = rest;
}

/* The word that `text` begins with, if it is one that leads to a day. */
static const struct lead *find_lead(struct ta_piece text)
{
    size_t length = 0;
    while (length < text.length && strchr(" \t:", text.at[length]) == NULL) {
        length++;
    }
    for (size_t i = 0; i < LEADS; i++) {
        if (length == strlen(leads[i].word) && strncasecmp(text.at, leads[i].word, length) == 0) {
            return &leads[i];
        }
    }
    return NULL;
}

static struct ta_piece behind_lead(struct ta_piece text, const struct lead *lead)
{
    if (lead->belongs) {
        return text;
    }
    struct ta_piece rest = behind(text, strlen(lead->word));
    return ta_piece_starts(rest, ":") ? behind(rest, 1) : rest;
}

static bool read_day(struct ta_day *day, struct ta_piece text, const struct lead *lead,
                     struct ta_day today)
{
    struct ta_piece rest = behind_lead(text, lead);
    const struct lead *second = lead->leads ? find_lead(rest) : NULL;
    if (second != NULL) {
        rest = behind_lead(rest, second);
    }
    return ta_day_guess(day, rest, today);
}

static struct ta_piece without_end(struct ta_piece text, const char *bytes)
{
    while (text.length > 0 && strchr(bytes, text.at[text.length - 1]) != NULL) {
        text.length--;
    }
    return text;
}

static void take_due(struct ta_piece *text, struct ta_day *due, struct ta_day today)
{
    struct ta_piece whole = without_end(*text, " \t.!)");
    for (size_t at = 1; at < whole.length; at++) {
        struct ta_piece rest = {whole.at + at, whole.length - at};
        if (strchr(" \t(", whole.at[at - 1]) == NULL) {
            continue;
        }
        const struct lead *lead = find_lead(rest);
        struct ta_piece before = without_end((struct ta_piece){whole.at, at}, " \t(,;:-");
        struct ta_day day = {0};
        if (lead != NULL && before.length > 0 && read_day(&day, rest, lead, today)) {
            *due = day;
            *text = before;
            return;
        }
    }
}

void ta_promise_understand(struct ta_promise *promise, struct ta_piece line,
                           const struct ta_pair *pair, struct ta_day today)
{
    *promise = (struct ta_promise){.owner = TA_MENTEE};
    struct ta_piece text = ta_piece_trim(line);
    take_owner(&text, &promise->owner, pair);
    take_due(&text, &promise->due, today);
    promise->text = ta_piece_copy(text);
}

const char *ta_promise_state_name(enum ta_promise_state state)
{
    static const char *const names[] = {
        [TA_PROMISE_OPEN] = "open",
        [TA_PROMISE_DONE] = "done",
        [TA_PROMISE_TOLD] = "told",
    };
    return names[state];
}

bool ta_promise_is_overdue(const struct ta_promise *promise, struct ta_day today)
{
    return promise->state == TA_PROMISE_OPEN && promise->due.year != 0 &&
           ta_days_between(promise->due, today) > 0;
}

static enum ta_promise_verdict may_tell(const struct ta_promise *promise, enum ta_role who)
{
    if (promise->state == TA_PROMISE_OPEN) {
        return TA_PROMISE_NOT_DONE;
    }
    if (who == TA_NOBODY) {
        return TA_PROMISE_WHO_IS_ASKED;
    }
    return who == promise->owner ? TA_PROMISE_NOT_THEIRS : TA_PROMISE_FINE;
}

enum ta_promise_verdict ta_promise_may(const struct ta_promise *promise, enum ta_promise_state to,
                                       enum ta_role who)
{
    if (promise->state == to) {
        return TA_PROMISE_SO_ALREADY;
    }
    if (promise->state == TA_PROMISE_TOLD && to == TA_PROMISE_OPEN) {
        return TA_PROMISE_WAS_TOLD;
    }
    bool telling = to == TA_PROMISE_TOLD || promise->state == TA_PROMISE_TOLD;
    return telling ? may_tell(promise, who) : TA_PROMISE_FINE;
}

/* What was done on a day stays so when it is told back, and when that is taken back. */
void ta_promise_become(struct ta_promise *promise, enum ta_promise_state to, struct ta_day today)
{
    static const struct ta_day none = {0};
    bool stays = promise->state == TA_PROMISE_TOLD || to == TA_PROMISE_TOLD;
    if (!stays) {
        promise->done = to == TA_PROMISE_DONE ? today : none;
    }
    promise->told = to == TA_PROMISE_TOLD ? today : none;
    promise->state = to;
}

const struct ta_promise *ta_promises_find(const struct ta_promises *promises, unsigned id)
{
    for (size_t i = 0; i < promises->count; i++) {
        if (promises->items[i].id == id) {
            return &promises->items[i];
        }
    }
    return NULL;
}

unsigned ta_promises_next_id(const struct ta_promises *promises)
{
    unsigned highest = 0;
    for (size_t i = 0; i < promises->count; i++) {
        if (promises->items[i].id > highest) {
            highest = promises->items[i].id;
        }
    }
    return highest + 1;
}

void ta_promises_add(struct ta_promises *promises, const struct ta_promise *promise)
{
    struct ta_promise *added = ta_append(&promises->items, promises->count++, sizeof *added);
    *added = *promise;
    added->named = ta_copy(promise->named);
    added->text = ta_copy(promise->text);
}

void ta_promise_release(struct ta_promise *promise)
{
    if (promise == NULL) {
        return;
    }
    free(promise->named);
    free(promise->text);
    *promise = (struct ta_promise){0};
}

void ta_promises_release(struct ta_promises *promises)
{
    if (promises == NULL) {
        return;
    }
    for (size_t i = 0; i < promises->count; i++) {
        ta_promise_release(&promises->items[i]);
    }
    free(promises->items);
    *promises = (struct ta_promises){0};
}

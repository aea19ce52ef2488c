#include <stdlib.h>
#include <string.h>

#include "reading.h"
#include "record.h"
#include "record_merge.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/record_paper.h"

static const struct ta_record_kind file = {"promises", "promises.md", "Promises"};

/* Reading: "[x] P5 Dana Holt: publish the criteria (due 2026-11-10, session 2)" */

/** "due 2026-12-01", or "told" alone, which may stand there without a day. */
static bool read_day(struct ta_day *day, struct ta_piece part, const char *word)
{
    return ta_take(&part, word) && ta_day_read(day, ta_piece_trim(part));
}

static bool read_fact(struct ta_promise *promise, struct ta_piece part, bool *told)
{
    struct ta_piece session = part;

    if (ta_piece_is(part, "told") || read_day(&promise->told, part, "told ")) {
        *told = true;
        return true;
    }
    if (ta_take(&session, "session ")) {
        return ta_number_read(&promise->session, session, 1, TA_NUMBER_MOST);
    }
    return read_day(&promise->due, part, "due ") || read_day(&promise->done, part, "done ");
}

/** Takes the facts off the end; all of them or, when one is not understood, none. */
static bool take_facts(struct ta_piece *text, struct ta_promise *promise)
{
    const char *open = ta_piece_find_last(*text, '(');
    struct ta_promise read = *promise;
    struct ta_piece facts, part;
    bool told = false;

    if (open == NULL || text->at[text->length - 1] != ')') {
        return false;
    }
    facts = (struct ta_piece){open + 1, text->length - (size_t)(open - text->at) - 2};
    if (ta_piece_trim(facts).length == 0) {
        return false;
    }
    while (ta_next_part(&facts, ',', &part)) {
        if (!read_fact(&read, part, &told)) {
            return false;
        }
    }
    *promise = read;
    *text = ta_piece_trim(ta_piece_before(*text, open));
    return told;
}

/** The names as we write them come first: comparing them is cheaper than to ask who is meant. */
static bool take_full_name(struct ta_piece *text, struct ta_promise *promise,
                           const struct ta_pair *pair)
{
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        struct ta_piece rest = *text;
        const char *name = pair->person[role].name;

        if (name != NULL && *name != '\0' && ta_take(&rest, name) && ta_take(&rest, ":")) {
            promise->owner = role;
            *text = ta_piece_trim(rest);
            return true;
        }
    }
    return false;
}

static void take_owner(struct ta_piece *text, struct ta_promise *promise,
                       const struct ta_pair *pair)
{
    const char *colon = ta_piece_find(*text, ": ");
    struct ta_piece name;

    if (colon == NULL || take_full_name(text, promise, pair)) {
        return;
    }
    name = ta_piece_trim(ta_piece_before(*text, colon));
    if (name.length == 0) {
        return;
    }
    promise->owner = ta_pair_who(pair, name);
    promise->named = ta_piece_copy(name);
    *text = ta_piece_trim(ta_piece_from(*text, colon + 1));
}

/** All but owner and text, which are left in `text`. */
static void read_facts(struct ta_promise *promise, struct ta_piece *text)
{
    bool ticked, told;

    *promise = (struct ta_promise){.owner = TA_NOBODY};
    *text = ta_piece_trim(*text);
    if (!ta_take_box(text, &ticked)) {
        ticked = false;
    }
    ta_take_id(text, 'P', &promise->id);
    told = text->length > 0 && take_facts(text, promise);
    if (ticked) {
        promise->state = told ? TA_PROMISE_TOLD : TA_PROMISE_DONE;
    }
}

static void read_promise(struct ta_promise *promise, struct ta_piece text,
                         const struct ta_pair *pair)
{
    read_facts(promise, &text);
    take_owner(&text, promise, pair);
    promise->text = ta_piece_copy(text);
}

void ta_promise_read(struct ta_promise *promise, const char *entry, const struct ta_pair *pair)
{
    struct ta_text line = {0};

    ta_add_line(&line, entry);
    read_promise(promise, (struct ta_piece){line.bytes, line.length}, pair);
    ta_text_release(&line);
}

static unsigned id_of(struct ta_piece text)
{
    unsigned id;
    bool ticked;

    ta_take_box(&text, &ticked);
    return ta_take_id(&text, 'P', &id) ? id : 0;
}

bool ta_promises_read(struct ta_promises *promises, const char *text, const struct ta_pair *pair,
                      struct ta_error *err)
{
    struct ta_record record;
    struct ta_record_entry entry;
    bool ok;

    *promises = (struct ta_promises){0};
    ok = ta_record_open(&record, text, &file, err);
    while (ok && ta_record_next(&record, &entry)) {
        if (id_of(entry.text) != 0) {
            read_promise(ta_append(&promises->items, promises->count++, sizeof *promises->items),
                         entry.text, pair);
        }
    }
    ta_record_release(&record);
    return ok;
}

static unsigned highest_id(const char *text)
{
    struct ta_record record;
    struct ta_record_entry entry;
    unsigned highest = 0;

    if (ta_record_open(&record, text, &file, NULL)) {
        while (ta_record_next(&record, &entry)) {
            unsigned id = id_of(entry.text);

            highest = id > highest ? id : highest;
        }
    }
    ta_record_release(&record);
    return highest;
}

static bool is_not_told(struct ta_piece text, size_t index, const void *data)
{
    const unsigned *highest = data;
    struct ta_promise promise;

    (void)index;
    read_facts(&promise, &text);
    return promise.state != TA_PROMISE_TOLD || promise.id == *highest;
}

char *ta_promises_abridge(const char *text)
{
    unsigned highest = highest_id(text);

    return ta_record_abridge(text, &file, is_not_told, &highest);
}

/* Writing */

/** Opens the facts, or parts them. */
static const char *before_fact(bool *any)
{
    const char *before = *any ? ", " : " (";

    *any = true;
    return before;
}

static void write_day(struct ta_text *out, const char *word, struct ta_day day, bool *any)
{
    char written[TA_DATE_SIZE];

    if (day.year == 0) {
        return;
    }
    ta_day_write(written, day);
    ta_text_addf(out, "%s%s %s", before_fact(any), word, written);
}

static void write_facts(struct ta_text *out, const struct ta_promise *promise, bool origin)
{
    bool any = false;

    write_day(out, "due", promise->due, &any);
    if (origin && promise->session > 0) {
        ta_text_addf(out, "%ssession %u", before_fact(&any), promise->session);
    }
    if (origin) {
        write_day(out, "done", promise->done, &any);
        write_day(out, "told", promise->told, &any);
    }
    if (origin && promise->state == TA_PROMISE_TOLD && promise->told.year == 0) {
        ta_text_addf(out, "%stold", before_fact(&any));
    }
    ta_text_add(out, any ? ")" : "");
}

static const char *owner_name(const struct ta_promise *promise, const struct ta_pair *pair)
{
    if (promise->named != NULL) {
        return promise->named;
    }
    return promise->owner < TA_ROLES ? pair->person[promise->owner].name : NULL;
}

void ta_promise_write(struct ta_text *out, const struct ta_promise *promise,
                      const struct ta_pair *pair, bool origin)
{
    const char *owner = owner_name(promise, pair);

    ta_text_add(out, promise->state == TA_PROMISE_OPEN ? "[ ] " : "[x] ");
    if (promise->id > 0) {
        ta_text_addf(out, "P%u ", promise->id);
    }
    if (owner != NULL && *owner != '\0') {
        ta_add_line(out, owner);
        ta_text_add(out, ": ");
    }
    ta_add_line(out, promise->text);
    write_facts(out, promise, origin);
}

bool ta_promises_put(char **out, const char *text, const struct ta_promise *promise,
                     const struct ta_pair *pair, struct ta_error *err)
{
    struct ta_text line = {0};
    bool ok;

    ta_promise_write(&line, promise, pair, true);
    ok = ta_record_put(out, text, &file, id_of, promise->id, line.bytes, err);
    ta_text_release(&line);
    return ok;
}

/* Merging */

/** Who promised what, in which session: whatever becomes of it, that stays. */
static char *identity(struct ta_piece text)
{
    struct ta_promise promise;
    struct ta_text key = {0};

    read_facts(&promise, &text);
    ta_text_addf(&key, "%07u %.*s", promise.session, (int)text.length, text.at);
    return ta_text_take(&key);
}

static char *with_id(struct ta_piece text, unsigned id)
{
    struct ta_piece rest = text;
    bool ticked;

    ta_take_box(&rest, &ticked);
    return ta_replace_number(text, rest.at + 1, id);
}

static bool is_day(struct ta_day one, struct ta_day other)
{
    return one.year == other.year && one.month == other.month && one.day == other.day;
}

/** The day that was changed; of two the earlier: it was so by then. */
static struct ta_day join_day(struct ta_day base, struct ta_day ours, struct ta_day theirs)
{
    if (is_day(ours, base) || is_day(theirs, base)) {
        return is_day(ours, base) ? theirs : ours;
    }
    if (ours.year == 0 || theirs.year == 0) {
        return ours.year == 0 ? theirs : ours;
    }
    return ta_days_between(ours, theirs) > 0 ? ours : theirs;
}

static enum ta_promise_state join_state(enum ta_promise_state base, enum ta_promise_state ours,
                                        enum ta_promise_state theirs)
{
    if (ours == base || theirs == base) {
        return ours == base ? theirs : ours;
    }
    return ours > theirs ? ours : theirs;
}

/** Into ours; false: the day it is due is not the same for both. */
static bool join_facts(const struct ta_promise *base, struct ta_promise *ours,
                       const struct ta_promise *theirs)
{
    bool both = !is_day(ours->due, base->due) && !is_day(theirs->due, base->due) &&
                !is_day(ours->due, theirs->due);

    ours->due = join_day(base->due, ours->due, theirs->due);
    ours->state = join_state(base->state, ours->state, theirs->state);
    ours->session = ours->session == base->session ? theirs->session : ours->session;
    ours->done = join_day(base->done, ours->done, theirs->done);
    ours->told = join_day(base->told, ours->told, theirs->told);
    if (ours->state == TA_PROMISE_OPEN) {
        ours->done = (struct ta_day){0};
    }
    if (ours->state != TA_PROMISE_TOLD) {
        ours->told = (struct ta_day){0};
    }
    return !both;
}

/** The words that were changed; false: both were, in other ways. */
static bool join_words(struct ta_piece base, struct ta_piece *ours, struct ta_piece theirs)
{
    if (ta_piece_same(*ours, base)) {
        *ours = theirs;
        return true;
    }
    return ta_piece_same(theirs, base) || ta_piece_same(*ours, theirs);
}

static char *join(const char *base, const char *ours, const char *theirs)
{
    struct ta_piece was = ta_piece_of(base != NULL ? base : ""), one = ta_piece_of(ours),
                    other = ta_piece_of(theirs);
    struct ta_promise before, promise, second;
    struct ta_text line = {0};

    read_facts(&before, &was);
    read_facts(&promise, &one);
    read_facts(&second, &other);
    if (!join_facts(&before, &promise, &second) || !join_words(was, &one, other)) {
        return NULL;
    }
    ta_text_addf(&line, "%s P%u ", promise.state == TA_PROMISE_OPEN ? "[ ]" : "[x]", promise.id);
    ta_text_add_bytes(&line, one.at, one.length);
    write_facts(&line, &promise, true);
    return ta_text_take(&line);
}

char *ta_merge_promises(const struct ta_versions *versions, const struct ta_chooser *chooser,
                        struct ta_renumberings *ours, struct ta_renumberings *theirs)
{
    static const struct ta_record_rules rules = {&file, id_of, identity, with_id, NULL, join};

    return ta_record_merge(&rules, versions, chooser, ours, theirs);
}

/** Where the digits of a promise's id stand in a line of a summary; NULL: it is none. */
static const char *id_in(struct ta_piece line, unsigned *id)
{
    struct ta_marker marker;
    struct ta_piece rest, number;
    bool ticked;

    if (!ta_line_marker(&marker, line)) {
        return NULL;
    }
    rest = ta_piece_from(line, line.at + marker.text);
    if (!ta_take_box(&rest, &ticked)) {
        return NULL;
    }
    number = rest;
    return ta_take_id(&number, 'P', id) ? rest.at + 1 : NULL;
}

char *ta_renumber_promises(const char *summary, const struct ta_renumberings *renumberings)
{
    struct ta_piece rest = ta_piece_of(summary), line;
    struct ta_text out = {0};

    while (ta_take_line(&rest, &line)) {
        unsigned id;
        const char *digits = id_in(line, &id);

        if (digits != NULL) {
            char *changed = ta_replace_number(line, digits, ta_renumbered(renumberings, id));

            ta_text_add(&out, changed);
            free(changed);
        } else {
            ta_text_add_bytes(&out, line.at, line.length);
        }
    }
    return ta_text_take(&out);
}

#include <stdlib.h>
#include <string.h>

#include "reading.h"
#include "record_things.h"
#include "turnabout/base/memory.h"

/* Texts */

static char *line_of(const char *text)
{
    struct ta_text line = {0};

    if (text != NULL) {
        ta_text_addf(&line, "- %s\n", text);
    }
    return ta_text_take(&line);
}

static void ask(const struct merge *merge, struct thing *thing, char *const text[VERSIONS])
{
    char *line[VERSIONS];

    for (int version = BASE; version < VERSIONS; version++) {
        line[version] = line_of(text[version]);
    }
    struct ta_place place = {{line[BASE], line[OURS], line[THEIRS]}, merge->rules->file->title};

    thing->answer = merge->chooser->choose(&place, merge->chooser->data);
    if (thing->answer == NULL) {
        thing->answer = ta_copy(line[OURS]);
    }
    for (int version = BASE; version < VERSIONS; version++) {
        free(line[version]);
    }
}

/** An entry as it would be with the ids as they are now. */
static char *current_text(const struct merge *merge, const struct thing *thing, int version)
{
    const struct item *item = ta_record_item(merge, thing, version);
    char *text, *referring;

    if (item == NULL) {
        return NULL;
    }
    text = merge->rules->with_id(ta_piece_of(item->text), thing->id);
    if (version == BASE || merge->rules->refer == NULL) {
        return text;
    }
    referring = merge->rules->refer(ta_piece_of(text), merge->renumbered[version]);
    free(text);
    return referring;
}

static bool are_equal(const char *one, const char *other)
{
    return one != NULL && other != NULL ? strcmp(one, other) == 0 : one == other;
}

/** The one that was changed; `*found` false: both were, in other ways. NULL: it went. */
static const char *changed_text(char *const text[VERSIONS], bool *found)
{
    *found = true;
    if (are_equal(text[OURS], text[THEIRS]) || are_equal(text[THEIRS], text[BASE])) {
        return text[OURS];
    }
    if (are_equal(text[OURS], text[BASE])) {
        return text[THEIRS];
    }
    *found = text[OURS] == NULL || text[THEIRS] == NULL; /* what was changed does not go */
    return text[OURS] != NULL ? text[OURS] : text[THEIRS];
}

static void settle(const struct merge *merge, struct thing *thing)
{
    char *text[VERSIONS];
    const char *changed;
    bool found;

    for (int version = BASE; version < VERSIONS; version++) {
        text[version] = current_text(merge, thing, version);
    }
    changed = changed_text(text, &found);
    thing->text =
        found ? ta_copy(changed) : merge->rules->join(text[BASE], text[OURS], text[THEIRS]);
    if (!found && thing->text == NULL) {
        ask(merge, thing, text);
    }
    thing->is_put = (thing->text != NULL || thing->answer != NULL) &&
                    (text[BASE] == NULL || text[OURS] == NULL || text[THEIRS] == NULL);
    for (int version = BASE; version < VERSIONS; version++) {
        free(text[version]);
    }
}

/* Writing: each version gets the same entries, then the rest is merged as any text. */

static void add_piece(struct ta_text *out, struct ta_piece piece)
{
    ta_text_add_bytes(out, piece.at, piece.length);
}

static void write_lines(struct ta_text *out, const struct thing *thing, const struct item *item,
                        const char *end)
{
    if (thing->answer != NULL) {
        ta_text_add(out, thing->answer);
    } else if (item != NULL && strcmp(item->text, thing->text) == 0) {
        add_piece(out, item->lines);
    } else {
        add_piece(out, item != NULL ? (struct ta_piece){item->lines.at, item->marker}
                                    : ta_piece_of("- "));
        ta_text_add(out, thing->text);
        ta_text_add(out, end);
    }
}

static bool is_less(struct ta_piece one, struct ta_piece other)
{
    size_t length = one.length < other.length ? one.length : other.length;
    int order = length > 0 ? memcmp(one.at, other.at, length) : 0;

    return order != 0 ? order < 0 : one.length < other.length;
}

/** What hangs below an entry in either version. */
static void write_below(struct ta_text *out, const struct item *ours, const struct item *theirs)
{
    struct ta_piece one = ours != NULL ? ours->below : (struct ta_piece){0};
    struct ta_piece other = theirs != NULL ? theirs->below : (struct ta_piece){0};
    bool swap = is_less(other, one);

    add_piece(out, swap ? other : one);
    if (!ta_piece_same(one, other)) {
        add_piece(out, swap ? one : other);
    }
}

static int by_id(const void *one, const void *other)
{
    const struct thing *first = one, *second = other;

    return (first->id > second->id) - (first->id < second->id);
}

static void write_put(const struct merge *merge, struct ta_text *out, const char *end)
{
    struct thing *put = ta_allocate(merge->things.count + 1, sizeof *put);
    size_t count = 0;

    for (size_t at = 0; at < merge->things.count; at++) {
        if (merge->things.items[at].is_put) {
            put[count++] = merge->things.items[at];
        }
    }
    qsort(put, count, sizeof *put, by_id);
    if (count > 0 && out->length > 0 && out->bytes[out->length - 1] != '\n') {
        ta_text_add(out, end);
    }
    for (size_t at = 0; at < count; at++) {
        const struct item *ours = ta_record_item(merge, &put[at], OURS),
                          *theirs = ta_record_item(merge, &put[at], THEIRS);
        bool of_one = ours == NULL || theirs == NULL;

        write_lines(out, &put[at], of_one ? (ours != NULL ? ours : theirs) : NULL, end);
        write_below(out, ours, theirs);
    }
    free(put);
}

static bool stays(const struct thing *thing)
{
    return !thing->is_put && (thing->text != NULL || thing->answer != NULL);
}

/** The next entry from `at` on that stays; NOWHERE: none does. */
static int next_staying(const struct merge *merge, int version, size_t at)
{
    const struct items *list = &merge->list[version];

    while (at < list->count && !stays(&merge->things.items[list->items[at].thing])) {
        at++;
    }
    return at < list->count ? (int)at : NOWHERE;
}

/** Whether two versions have what stays in the same order. */
static bool are_in_order(const struct merge *merge, int one, int other)
{
    int at = next_staying(merge, one, 0), to = next_staying(merge, other, 0);

    while (at != NOWHERE && to != NOWHERE &&
           merge->list[one].items[at].thing == merge->list[other].items[to].thing) {
        at = next_staying(merge, one, (size_t)at + 1);
        to = next_staying(merge, other, (size_t)to + 1);
    }
    return at == NOWHERE && to == NOWHERE;
}

/** Whether everything that stays has the id that it had. */
static bool keep_ids(const struct merge *merge)
{
    for (size_t at = 0; at < merge->things.count; at++) {
        const struct thing *thing = &merge->things.items[at];
        const struct item *base = ta_record_item(merge, thing, BASE);

        if (stays(thing) && base != NULL && base->id != thing->id) {
            return false;
        }
    }
    return true;
}

/* Entries that stand in another order than they did, or have other ids, would be taken for some
 * that went and some that came: so all of them are put, by their ids. */
static void put_in_order(struct merge *merge)
{
    if (keep_ids(merge) && are_in_order(merge, OURS, THEIRS) && are_in_order(merge, BASE, OURS)) {
        return;
    }
    for (size_t at = 0; at < merge->things.count; at++) {
        struct thing *thing = &merge->things.items[at];

        thing->is_put = thing->text != NULL || thing->answer != NULL;
    }
}

/** Behind which of a version's entries the others are put; NOWHERE: none stays. */
static int last_staying(const struct merge *merge, int version)
{
    const struct items *list = &merge->list[version];
    int last = NOWHERE;

    for (size_t at = 0; at < list->count; at++) {
        if (stays(&merge->things.items[list->items[at].thing])) {
            last = (int)at;
        }
    }
    return last;
}

static char *write_version(const struct merge *merge, int version)
{
    const struct items *list = &merge->list[version];
    const char *text = ta_record_version(merge, version), *at = text;
    const char *end = ta_line_end(ta_piece_of(text));
    int last = last_staying(merge, version);
    struct ta_text out = {0};

    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = &list->items[i];
        const struct thing *thing = &merge->things.items[item->thing];

        ta_text_add_bytes(&out, at, (size_t)(item->lines.at - at));
        if (last == NOWHERE && i == 0) {
            write_put(merge, &out, end);
        }
        if (stays(thing)) {
            write_lines(&out, thing, item, end);
            add_piece(&out, item->below);
        }
        if (last == (int)i) {
            write_put(merge, &out, end);
        }
        at = item->below.at + item->below.length;
    }
    ta_text_add(&out, at);
    if (list->count == 0) {
        write_put(merge, &out, end);
    }
    return ta_text_take(&out);
}

static char *write_merged(struct merge *merge)
{
    char *ours, *theirs, *merged;

    ta_record_find_things(merge);
    for (size_t at = 0; at < merge->things.count; at++) {
        settle(merge, &merge->things.items[at]);
    }
    put_in_order(merge);
    ours = write_version(merge, OURS);
    theirs = write_version(merge, THEIRS);
    merged = ta_merge_text(&(struct ta_versions){merge->versions->base, ours, theirs}, false,
                           merge->chooser);
    free(ours);
    free(theirs);
    return merged;
}

char *ta_record_merge(const struct ta_record_rules *rules, const struct ta_versions *versions,
                      const struct ta_chooser *chooser, struct ta_renumberings *ours,
                      struct ta_renumberings *theirs)
{
    struct merge merge = {.rules = rules,
                          .versions = versions,
                          .chooser = chooser,
                          .renumbered = {NULL, ours, theirs}};
    bool ok = ta_record_read_versions(&merge);
    char *merged;
    merged = ok ? write_merged(&merge) : ta_merge_text(versions, false, chooser);
    ta_record_release_versions(&merge);
    return merged;
}

#include "record_things.h"

#include <stdlib.h>
#include <string.h>

#include "reading.h"
#include "turnabout/base/memory.h"

unsigned ta_renumbered(const struct ta_renumberings *renumberings, unsigned id)
{
    for (size_t at = 0; at < renumberings->count; at++) {
        if (renumberings->items[at].from == id) {
            return renumberings->items[at].to;
        }
    }
    return id;
}

void ta_renumberings_release(struct ta_renumberings *renumberings)
{
    free(renumberings->items);
    *renumberings = (struct ta_renumberings){0};
}

char *ta_replace_number(struct ta_piece text, const char *digits, unsigned number)
{
    struct ta_text out = {0};
    const char *behind = digits;

    while (behind < text.at + text.length && *behind >= '0' && *behind <= '9') {
        behind++;
    }
    ta_text_add_bytes(&out, text.at, (size_t)(digits - text.at));
    ta_text_addf(&out, "%u", number);
    ta_text_add_bytes(&out, behind, (size_t)(text.at + text.length - behind));
    return ta_text_take(&out);
}

const char *ta_record_version(const struct merge *merge, int version)
{
    const char *const texts[] = {merge->versions->base, merge->versions->ours,
                                 merge->versions->theirs};

    return texts[version];
}

/* Reading */

static bool read_items(struct merge *merge, int version)
{
    struct items *list = &merge->list[version];
    struct ta_record record;
    struct ta_record_entry entry;
    const char *text = ta_record_version(merge, version);
    bool ok = text == NULL || ta_record_open(&record, text, merge->rules->file, NULL);

    if (text == NULL || !ok) {
        return ok;
    }
    while (ta_record_next(&record, &entry)) {
        unsigned id = merge->rules->id_of(entry.text);
        char *identity = id > 0 ? merge->rules->identity(entry.text) : NULL;

        if (identity != NULL) {
            *(struct item *)ta_append(&list->items, list->count++, sizeof *list->items) =
                (struct item){.id = id,
                              .text = ta_piece_copy(entry.text),
                              .identity = identity,
                              .lines = entry.lines,
                              .below = entry.below,
                              .marker = entry.marker,
                              .thing = NOWHERE};
        }
    }
    ta_record_release(&record);
    return true;
}

/* Which entries are one thing */

const struct item *ta_record_item(const struct merge *merge, const struct thing *thing, int version)
{
    int at = thing->item[version];

    return at == NOWHERE ? NULL : &merge->list[version].items[at];
}

static void make_thing(struct merge *merge, int version, size_t at)
{
    struct thing *thing =
        ta_append(&merge->things.items, merge->things.count, sizeof *merge->things.items);

    *thing = (struct thing){.item = {NOWHERE, NOWHERE, NOWHERE}};
    thing->item[version] = (int)at;
    merge->list[version].items[at].thing = (int)merge->things.count++;
}

typedef bool fits(const struct item *one, const struct item *other);

static bool is_same(const struct item *one, const struct item *other)
{
    return one->id == other->id && strcmp(one->identity, other->identity) == 0;
}

static bool is_renumbered(const struct item *one, const struct item *other)
{
    return strcmp(one->identity, other->identity) == 0;
}

static bool has_same_id(const struct item *one, const struct item *other)
{
    return one->id == other->id;
}

/** Finds the entries of `version` that are those of `from`, each of them once. */
static void match(struct merge *merge, int from, int version, fits *fit)
{
    struct items *others = &merge->list[version];
    size_t next = 0; /* both are in about the same order */

    for (size_t at = 0; at < merge->list[from].count; at++) {
        const struct item *item = &merge->list[from].items[at];

        for (size_t tried = 0;
             tried < others->count && merge->things.items[item->thing].item[version] == NOWHERE;
             tried++) {
            size_t to = (next + tried) % others->count;

            if (others->items[to].thing == NOWHERE && fit(item, &others->items[to])) {
                others->items[to].thing = item->thing;
                merge->things.items[item->thing].item[version] = (int)to;
                next = to + 1;
            }
        }
    }
}

static void make_things(struct merge *merge, int version)
{
    for (size_t at = 0; at < merge->list[version].count; at++) {
        if (merge->list[version].items[at].thing == NOWHERE) {
            make_thing(merge, version, at);
        }
    }
}

static void find_things(struct merge *merge)
{
    make_things(merge, BASE);
    for (int version = OURS; version < VERSIONS; version++) {
        match(merge, BASE, version, is_same);
        match(merge, BASE, version, is_renumbered);
        match(merge, BASE, version, has_same_id);
    }
    make_things(merge, OURS);
    match(merge, OURS, THEIRS, is_same);
    match(merge, OURS, THEIRS, is_renumbered);
    make_things(merge, THEIRS);
}

/* Ids */

static unsigned least(unsigned one, unsigned other)
{
    return one < other ? one : other;
}

/** The id that is asked for: the changed one; of two the lesser. */
static unsigned wanted_id(const struct merge *merge, const struct thing *thing)
{
    const struct item *base = ta_record_item(merge, thing, BASE),
                      *ours = ta_record_item(merge, thing, OURS),
                      *theirs = ta_record_item(merge, thing, THEIRS);

    if (ours == NULL || theirs == NULL) {
        return ours != NULL ? ours->id : theirs != NULL ? theirs->id : base->id;
    }
    if (base != NULL && (ours->id == base->id || theirs->id == base->id)) {
        return ours->id == base->id ? theirs->id : ours->id;
    }
    return least(ours->id, theirs->id);
}

static const struct item *any_item(const struct merge *merge, const struct thing *thing)
{
    const struct item *ours = ta_record_item(merge, thing, OURS);

    return ours != NULL ? ours : ta_record_item(merge, thing, THEIRS);
}

/** By the id they ask for, then by what they are. */
static int compare_added(const struct merge *merge, const struct thing *one,
                         const struct thing *other)
{
    const struct item *first = any_item(merge, one), *second = any_item(merge, other);
    int order = strcmp(first->identity, second->identity);

    if (one->id != other->id) {
        return one->id < other->id ? -1 : 1;
    }
    return order != 0 ? order : strcmp(first->text, second->text);
}

static bool is_added(const struct thing *thing)
{
    return thing->item[BASE] == NOWHERE;
}

static bool is_taken(const struct merge *merge, unsigned id, size_t until)
{
    for (size_t at = 0; at < until; at++) {
        if (merge->things.items[at].id == id) {
            return true;
        }
    }
    return false;
}

static void sort_added(struct merge *merge, size_t from)
{
    for (size_t at = from + 1; at < merge->things.count; at++) {
        struct thing thing = merge->things.items[at];
        size_t to = at;

        for (; to > from && compare_added(merge, &thing, &merge->things.items[to - 1]) < 0; to--) {
            merge->things.items[to] = merge->things.items[to - 1];
        }
        merge->things.items[to] = thing;
    }
    for (size_t at = from; at < merge->things.count; at++) {
        for (int version = OURS; version < VERSIONS; version++) {
            int item = merge->things.items[at].item[version];

            if (item != NOWHERE) {
                merge->list[version].items[item].thing = (int)at;
            }
        }
    }
}

static unsigned highest_id(const struct merge *merge)
{
    unsigned highest = 0;

    for (int version = BASE; version < VERSIONS; version++) {
        for (size_t at = 0; at < merge->list[version].count; at++) {
            unsigned id = merge->list[version].items[at].id;

            highest = id > highest ? id : highest;
        }
    }
    return highest;
}

static void note_renumbering(struct merge *merge, const struct thing *thing)
{
    for (int version = OURS; version < VERSIONS; version++) {
        const struct item *item = ta_record_item(merge, thing, version);
        struct ta_renumberings *list = merge->renumbered[version];

        if (item != NULL && item->id != thing->id) {
            *(struct ta_renumbering *)ta_append(&list->items, list->count++, sizeof *list->items) =
                (struct ta_renumbering){item->id, thing->id};
        }
    }
}

/* Those of the base keep theirs; of those that were added the first to ask has it. */
static void give_ids(struct merge *merge)
{
    unsigned highest = highest_id(merge);
    size_t old = 0;

    for (size_t at = 0; at < merge->things.count; at++) {
        struct thing *thing = &merge->things.items[at];

        thing->id = wanted_id(merge, thing);
        old += !is_added(thing);
    }
    sort_added(merge, old);
    for (size_t at = 0; at < merge->things.count; at++) {
        struct thing *thing = &merge->things.items[at];

        if (at >= old && is_taken(merge, thing->id, at)) {
            thing->id = ++highest;
        }
        note_renumbering(merge, thing);
    }
}

bool ta_record_read_versions(struct merge *merge)
{
    bool ok = true;

    for (int version = BASE; ok && version < VERSIONS; version++) {
        ok = read_items(merge, version);
    }
    return ok;
}

void ta_record_find_things(struct merge *merge)
{
    find_things(merge);
    give_ids(merge);
}

void ta_record_release_versions(struct merge *merge)
{
    for (int version = BASE; version < VERSIONS; version++) {
        for (size_t at = 0; at < merge->list[version].count; at++) {
            free(merge->list[version].items[at].text);
            free(merge->list[version].items[at].identity);
        }
        free(merge->list[version].items);
    }
    for (size_t at = 0; at < merge->things.count; at++) {
        free(merge->things.items[at].text);
        free(merge->things.items[at].answer);
    }
    free(merge->things.items);
}

#include <stdlib.h>
#include <string.h>

#include "reading.h"
#include "record_merge.h"
#include "turnabout/base/memory.h"

enum { BASE, OURS, THEIRS, VERSIONS };
enum { NOWHERE = -1 };

/** An entry as one version has it. */
struct item {
    unsigned id;
    char *text, *identity;
    struct ta_piece lines, below;
    size_t marker;
    int thing; /**< what it is an entry of */
};

struct items {
    struct item *items;
    size_t count;
};

/** One date, one promise: what the versions have entries of. */
struct thing {
    int item[VERSIONS]; /**< NOWHERE: that version has none */
    unsigned id;        /**< it gets */
    char *text;         /**< it gets; NULL: it goes */
    char *answer;       /**< whole lines instead, that were chosen */
    bool is_put;        /**< stands among those that were added, not where the base had it */
};

struct things {
    struct thing *items;
    size_t count;
};

struct merge {
    const struct ta_record_rules *rules;
    const struct ta_versions *versions;
    const struct ta_chooser *chooser;
    struct ta_renumberings *renumbered[VERSIONS]; /**< none of the base */
    struct items list[VERSIONS];
    struct things things;
};

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

static const char *text_of(const struct merge *merge, int version)
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
    const char *text = text_of(merge, version);
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

static const struct item *item_of(const struct merge *merge, const struct thing *thing, int version)
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
    const struct item *base = item_of(merge, thing, BASE), *ours = item_of(merge, thing, OURS),
                      *theirs = item_of(merge, thing, THEIRS);

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
    const struct item *ours = item_of(merge, thing, OURS);

    return ours != NULL ? ours : item_of(merge, thing, THEIRS);
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
        const struct item *item = item_of(merge, thing, version);
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
    const struct item *item = item_of(merge, thing, version);
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
        const struct item *ours = item_of(merge, &put[at], OURS),
                          *theirs = item_of(merge, &put[at], THEIRS);
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
        const struct item *base = item_of(merge, thing, BASE);

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
    const char *text = text_of(merge, version), *at = text;
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

    find_things(merge);
    give_ids(merge);
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

static void release(struct merge *merge)
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

char *ta_record_merge(const struct ta_record_rules *rules, const struct ta_versions *versions,
                      const struct ta_chooser *chooser, struct ta_renumberings *ours,
                      struct ta_renumberings *theirs)
{
    struct merge merge = {.rules = rules,
                          .versions = versions,
                          .chooser = chooser,
                          .renumbered = {NULL, ours, theirs}};
    bool ok = true;
    char *merged;

    for (int version = BASE; ok && version < VERSIONS; version++) {
        ok = read_items(&merge, version);
    }
    merged = ok ? write_merged(&merge) : ta_merge_text(versions, false, chooser);
    release(&merge);
    return merged;
}

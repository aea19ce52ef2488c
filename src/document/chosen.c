#include "turnabout/document/chosen.h"

#include <stdlib.h>
#include <string.h>

#include "front.h"
#include "line.h"
#include "reading.h"
#include "record.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/layout.h"
#include "turnabout/document/record_paper.h"

/** What must not get lost, by the name that a sentence can give it: "session:", "## Goals", "M2".
 *  Sorted. */
struct names {
    char **items;
    size_t count;
};

static void add_name(struct names *names, const char *before, struct ta_piece name,
                     const char *behind)
{
    struct ta_text text = {0};

    ta_text_add(&text, before);
    ta_text_add_bytes(&text, name.at, name.length);
    ta_text_add(&text, behind);
    *(char **)ta_append(&names->items, names->count++, sizeof *names->items) = ta_text_take(&text);
}

static void add_id(struct names *names, char letter, unsigned id)
{
    struct ta_text text = {0};

    ta_text_addf(&text, "%c%u", letter, id);
    *(char **)ta_append(&names->items, names->count++, sizeof *names->items) = ta_text_take(&text);
}

static void release(struct names *names)
{
    for (size_t at = 0; at < names->count; at++) {
        free(names->items[at]);
    }
    free(names->items);
    *names = (struct names){0};
}

static int compare(const void *one, const void *other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

/* What a paper has */

static void add_keys(struct names *names, struct ta_piece front)
{
    struct ta_piece line;

    while (ta_take_line(&front, &line)) {
        const char *colon = line.length > 0 ? memchr(line.at, ':', line.length) : NULL;

        if (colon != NULL) {
            add_name(names, "",
                     ta_piece_trim((struct ta_piece){line.at, (size_t)(colon - line.at)}), ":");
        }
    }
}

static void add_sections(struct names *names, struct ta_piece body)
{
    struct ta_piece line, title;
    struct ta_fence fence = {0};

    while (ta_take_line(&body, &line)) {
        if (!ta_fence_holds(&fence, line) && ta_line_level(line, &title) == 2) {
            add_name(names, "## ", title, "");
        }
    }
}

static bool add_meetings(struct names *names, const char *text, const struct ta_pair *pair,
                         struct ta_error *err)
{
    struct ta_meetings meetings;

    (void)pair;
    if (!ta_meetings_read(&meetings, text, err)) {
        return false;
    }
    for (size_t at = 0; at < meetings.count; at++) {
        add_id(names, 'M', meetings.items[at].id);
    }
    ta_meetings_release(&meetings);
    return true;
}

static bool add_promises(struct names *names, const char *text, const struct ta_pair *pair,
                         struct ta_error *err)
{
    struct ta_promises promises;

    if (!ta_promises_read(&promises, text, pair, err)) {
        return false;
    }
    for (size_t at = 0; at < promises.count; at++) {
        add_id(names, 'P', promises.items[at].id);
    }
    ta_promises_release(&promises);
    return true;
}

static const struct {
    const char *path;
    bool (*add)(struct names *names, const char *text, const struct ta_pair *pair,
                struct ta_error *err);
} lists[] = {{"meetings.md", add_meetings}, {"promises.md", add_promises}};

static bool is_reply(const char *path)
{
    const char *file = strrchr(path, '/');

    return file != NULL && strcmp(file, "/reply.md") == 0;
}

static bool read_names(struct names *names, const char *path, const char *text,
                       const struct ta_pair *pair, struct ta_error *err)
{
    struct ta_piece front, body;
    bool ok = ta_front_split(ta_piece_of(text), &front, &body, path, err);

    *names = (struct names){0};
    if (ok) {
        add_keys(names, front);
    }
    if (ok && !is_reply(path)) {
        add_sections(names, body);
    }
    for (size_t at = 0; ok && at < sizeof lists / sizeof *lists; at++) {
        ok = strcmp(path, lists[at].path) != 0 || lists[at].add(names, text, pair, err);
    }
    if (names->count > 0) {
        qsort(names->items, names->count, sizeof *names->items, compare);
    }
    return ok;
}

/* Comparing */

static size_t first_at(const struct names *names, const char *name)
{
    size_t from = 0, to = names->count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;

        if (strcmp(names->items[middle], name) < 0) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

static size_t count_of(const struct names *names, const char *name)
{
    size_t from = first_at(names, name), at = from;

    while (at < names->count && strcmp(names->items[at], name) == 0) {
        at++;
    }
    return at - from;
}

static bool is_repeated(const struct names *names, size_t at)
{
    return at > 0 && strcmp(names->items[at - 1], names->items[at]) == 0;
}

/* What only one of the two has went, or came, on one machine: both are fine. */
static const char *find_lost(const struct names *names, const struct names either[2], bool whole)
{
    const struct names *one = &either[either[0].count == 0 && whole ? 1 : 0];

    for (size_t at = 0; at < one->count; at++) {
        const char *name = one->items[at];
        bool is_free = whole && strncmp(name, "## ", 3) == 0;

        if (!is_free && !is_repeated(one, at) && count_of(names, name) == 0 &&
            (whole || count_of(&either[1], name) > 0)) {
            return name;
        }
    }
    return NULL;
}

static const char *find_twice(const struct names *names, const struct names either[2])
{
    for (size_t at = 0; at < names->count; at++) {
        const char *name = names->items[at];

        if (!is_repeated(names, at)) {
            size_t count = count_of(names, name);

            if (count > 1 && count > count_of(&either[0], name) &&
                count > count_of(&either[1], name)) {
                return name;
            }
        }
    }
    return NULL;
}

/* Dates */

/** What is wrong in a list of them, one of each: it may be so already. */
struct dates {
    size_t unread;       /**< entries with an id that say no date */
    unsigned astray, to; /**< the first that was moved to itself, or to none that is there */
};

static size_t entries_in(const char *text)
{
    static const struct ta_record_kind kind = {"meetings", "meetings.md", "Meetings"};
    struct ta_record record;
    struct ta_record_entry entry;
    size_t count = 0;

    if (!ta_record_open(&record, text, &kind, NULL)) {
        return 0;
    }
    while (ta_record_next(&record, &entry)) {
        unsigned id;

        count += ta_take_id(&entry.text, 'M', &id);
    }
    ta_record_release(&record);
    return count;
}

static bool is_there(const struct ta_meetings *meetings, unsigned id)
{
    for (size_t at = 0; at < meetings->count; at++) {
        if (meetings->items[at].id == id) {
            return true;
        }
    }
    return false;
}

static struct dates read_dates(const char *text)
{
    struct dates dates = {0};
    struct ta_meetings meetings;

    if (text == NULL || !ta_meetings_read(&meetings, text, NULL)) {
        return dates;
    }
    dates.unread = entries_in(text) - meetings.count;
    for (size_t at = 0; dates.astray == 0 && at < meetings.count; at++) {
        const struct ta_meeting *meeting = &meetings.items[at];
        unsigned to = meeting->moved_to;

        if (to != 0 && (to == meeting->id || !is_there(&meetings, to))) {
            dates.astray = meeting->id;
            dates.to = to;
        }
    }
    ta_meetings_release(&meetings);
    return dates;
}

static bool check_dates(const struct ta_chosen *chosen, struct ta_error *err)
{
    struct dates dates = read_dates(chosen->text), ours = read_dates(chosen->either[0]),
                 theirs = read_dates(chosen->either[1]);

    if (dates.unread > ours.unread && dates.unread > theirs.unread) {
        return ta_fail(err, TA_WRONG,
                       "an entry of %s would be no date; write it as the others are: \"- M2 "
                       "2026-11-24T10:00:00+01:00 planned\".",
                       chosen->path);
    }
    return dates.astray == 0 || ours.astray != 0 || theirs.astray != 0 ||
           ta_fail(err, TA_WRONG, "M%u would be moved to M%u, which is no other date of %s.",
                   dates.astray, dates.to, chosen->path);
}

static bool compare_names(const char *path, const struct names *names, const struct names either[2],
                          bool whole, struct ta_error *err)
{
    const char *lost = find_lost(names, either, whole), *twice = find_twice(names, either);

    if (lost != NULL) {
        return ta_fail(err, TA_WRONG, "%s would lose \"%s\"; leave that in.", path, lost);
    }
    return twice == NULL ||
           ta_fail(err, TA_WRONG, "\"%s\" would stand in %s more than once; leave the other out.",
                   twice, path);
}

bool ta_record_takes(const char *path, const char *text, struct ta_error *err)
{
    return ta_layout_record.check(path, ta_piece_of(text), err);
}

bool ta_chosen_check(const struct ta_chosen *chosen, const struct ta_pair *pair,
                     struct ta_error *err)
{
    struct names names = {0}, either[2] = {{0}, {0}};
    bool whole = chosen->either[0] == NULL || chosen->either[1] == NULL;
    bool ok = ta_record_takes(chosen->path, chosen->text, err);

    if (!ok || ta_layout_record.place(chosen->path) != TA_PLACE_PAPER) {
        return ok;
    }
    ok = read_names(&names, chosen->path, chosen->text, pair, err);
    for (int at = 0; ok && at < 2; at++) {
        const char *text = chosen->either[at];

        /* One that cannot be read has nothing to lose. */
        (void)(text == NULL || read_names(&either[at], chosen->path, text, pair, NULL));
    }
    ok = ok && compare_names(chosen->path, &names, either, whole, err) &&
         (strcmp(chosen->path, "meetings.md") != 0 || check_dates(chosen, err));
    release(&names);
    release(&either[0]);
    release(&either[1]);
    return ok;
}

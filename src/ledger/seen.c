#include <stdlib.h>
#include <string.h>

#include "inspection.h"
#include "turnabout/base/memory.h"

enum { FIRST_ROOM = 1024 };

/* An id is a digest: its first bytes are as good as any hash of it. But who makes the objects may
 * choose them, so the whole id decides, and a run of neighbours is only slow. */
static size_t place_of(const struct ta_seen_set *set, const git_oid *id)
{
    size_t start;
    memcpy(&start, id->id, sizeof start);
    start &= set->room - 1;
    while (set->places[start].entries != 0 && memcmp(&set->places[start].id, id, sizeof *id) != 0) {
        start = (start + 1) & (set->room - 1);
    }
    return start;
}

const struct ta_seen *ta_seen_find(const struct ta_seen_set *set, const git_oid *id)
{
    if (set->room == 0) {
        return NULL;
    }
    const struct ta_seen *seen = &set->places[place_of(set, id)];
    return seen->entries != 0 ? seen : NULL;
}

static void grow(struct ta_seen_set *set)
{
    struct ta_seen_set larger = {.room = set->room == 0 ? FIRST_ROOM : set->room * 2,
                                 .count = set->count};
    larger.places = ta_allocate(larger.room, sizeof *larger.places);
    for (size_t i = 0; i < set->room; i++) {
        if (set->places[i].entries != 0) {
            larger.places[place_of(&larger, &set->places[i].id)] = set->places[i];
        }
    }
    free(set->places);
    *set = larger;
}

void ta_seen_add(struct ta_seen_set *set, const struct ta_seen *seen)
{
    if (set->count >= set->room / 2) {
        grow(set);
    }
    set->places[place_of(set, &seen->id)] = *seen;
    set->count++;
}

void ta_seen_release(struct ta_seen_set *set)
{
    free(set->places);
    *set = (struct ta_seen_set){0};
}

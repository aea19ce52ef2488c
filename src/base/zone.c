#include "turnabout/base/zone.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "turnabout/base/memory.h"

enum { SECOND = 1000, LINK_MOST = 1024 };

static const int64_t day = (int64_t)24 * 60 * 60 * SECOND;

/* "Europe/Berlin" and "UTC" are names; "CET-1CEST,M3.5.0" is a rule. */
static bool is_name(const char *name)
{
    bool slash = strchr(name, '/') != NULL;
    for (const char *at = name; *at; at++) {
        bool letter = isalpha((unsigned char)*at) || *at == '_' || *at == '/';
        if (!letter && (!slash || strchr("+-0123456789", *at) == NULL)) {
            return false;
        }
    }
    return name[0] != '\0' && name[0] != '/';
}

/* Behind "zoneinfo/" in a path; the path itself where that does not stand. */
static const char *behind_folder(const char *path)
{
    static const char folder[] = "zoneinfo/";
    const char *found = strstr(path, folder);
    return found != NULL ? found + strlen(folder) : path;
}

static char *find_name(void)
{
    const char *set = getenv("TZ");
    char link[LINK_MOST] = "";
    if (set == NULL) {
        ssize_t length = readlink("/etc/localtime", link, sizeof link - 1);
        link[length > 0 ? length : 0] = '\0';
    } else if (set[0] == '\0') {
        set = "UTC";
    }
    const char *name = behind_folder(set == NULL ? link : set + (set[0] == ':'));
    return ta_copy(is_name(name) ? name : "local");
}

static struct ta_zone_change stand_at(int64_t instant)
{
    time_t seconds = (time_t)(instant / SECOND);
    struct tm local;
    struct ta_zone_change stand = {.instant = instant};
    if (localtime_r(&seconds, &local) != NULL) {
        stand.after = (int)(local.tm_gmtoff / 60);
        stand.summer = local.tm_isdst > 0;
        (void)snprintf(stand.letters, sizeof stand.letters, "%s", local.tm_zone);
    }
    stand.before = stand.after;
    return stand;
}

static bool is_same(const struct ta_zone_change *one, const struct ta_zone_change *other)
{
    return one->after == other->after && one->summer == other->summer;
}

/* The second from which on it stands otherwise than at `from`, as it does at `until`. */
static struct ta_zone_change find_change(const struct ta_zone_change *from, int64_t until)
{
    int64_t low = from->instant / SECOND;
    int64_t high = until / SECOND;
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        struct ta_zone_change stand = stand_at(middle * SECOND);
        if (is_same(&stand, from)) {
            low = middle;
        } else {
            high = middle;
        }
    }
    struct ta_zone_change change = stand_at(high * SECOND);
    change.before = from->after;
    return change;
}

static void add(struct ta_zone *zone, struct ta_zone_change change)
{
    struct ta_zone_change *added = ta_append(&zone->changes, zone->count++, sizeof *zone->changes);
    *added = change;
}

void ta_zone_read(struct ta_zone *zone, int64_t from, int64_t until)
{
    *zone = (struct ta_zone){.name = find_name()};
    struct ta_zone_change stand = stand_at(from);
    add(zone, stand);
    while (stand.instant < until) {
        struct ta_zone_change next = stand_at(stand.instant + day);
        if (!is_same(&stand, &next)) {
            add(zone, find_change(&stand, next.instant));
        }
        stand = next;
    }
}

void ta_zone_release(struct ta_zone *zone)
{
    free(zone->name);
    free(zone->changes);
    *zone = (struct ta_zone){0};
}

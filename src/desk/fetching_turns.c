#include "fetching_turns.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "turnabout/base/memory.h"

enum {
    SILENCES = 4,    /* of a host that answered nobody: it is no use to ask it for each pair */
    LATE_LIMITS = 5, /* how long pairs of the second round are begun, in limits of one */
    MILLI = 1000,
    MICRO = 1000000,
};

/* What several pairs have in common. */
struct host {
    char *name;
    unsigned silent, mute; /* how often it let pass the first round's time, and the second's */
    bool answers;          /* somebody, in whatever way */
};

static int compare(const void *one, const void *other)
{
    return strcmp(((const struct host *)one)->name, ((const struct host *)other)->name);
}

/* "ssh://git@example.org:2222" of an address, "git@example.org" as scp writes it; "" of a path. */
static char *host_name(const char *url)
{
    const char *scheme = strstr(url, "://");
    if (scheme != NULL) {
        const char *authority = scheme + strlen("://");
        return ta_copy_bytes(url, (size_t)(authority - url) + strcspn(authority, "/?#"));
    }
    const char *bracket = strchr(url, ']');
    size_t length = bracket != NULL ? (size_t)(bracket - url) : strcspn(url, ":/");
    return ta_copy_bytes(url, length);
}

static struct host *find_host(struct turns *turns, const char *url)
{
    if (url[0] == '/' || strncmp(url, "file:", strlen("file:")) == 0) {
        return NULL;
    }
    struct host *host = ta_allocate(1, sizeof *host);
    host->name = host_name(url);
    struct host *known = *(struct host **)tsearch(host, &turns->hosts, compare);
    if (known != host) {
        free(host->name);
        free(host);
    }
    return known;
}

static bool is_of_class(const struct job *job, bool in_trouble, bool elsewhere)
{
    return (job->member->trouble != NULL) == in_trouble && (job->host != NULL) == elsewhere;
}

void turns_begin(struct turns *turns, struct job *jobs, size_t count, int seconds)
{
    enum { CLASSES = 4 };
    *turns = (struct turns){.seconds = seconds};
    (void)pthread_mutex_init(&turns->lock, NULL);
    turns->first = ta_allocate(count + 1, sizeof(struct job *));
    turns->late = ta_allocate(count + 1, sizeof(struct job *));
    for (size_t i = 0; i < count; i++) {
        jobs[i].host = find_host(turns, jobs[i].member->url);
    }
    for (unsigned class = 0; class < CLASSES; class ++) {
        for (size_t i = 0; i < count; i++) {
            if (is_of_class(&jobs[i], class >= 2, class % 2 == 1)) {
                turns->first[turns->count++] = &jobs[i];
            }
        }
    }
}

static void release_host(void *node)
{
    free(((struct host *)node)->name);
    free(node);
}

void turns_end(struct turns *turns)
{
    if (turns->first == NULL) {
        return;
    }
    tdestroy(turns->hosts, release_host);
    (void)pthread_mutex_destroy(&turns->lock);
    free(turns->first);
    free(turns->late);
    *turns = (struct turns){0};
}

/* Taking */

static int64_t now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * MILLI + time.tv_nsec / MICRO;
}

static void put_off(struct turns *turns, struct job *job)
{
    job->outcome = TA_FETCH_WAITS;
    turns->late[turns->late_count++] = job;
    atomic_store(&job->is_late, true);
}

static struct job *take_first(struct turns *turns)
{
    while (turns->first_at < turns->count) {
        struct job *job = turns->first[turns->first_at++];
        if (job->host == NULL || job->host->answers || job->host->silent < SILENCES) {
            return job;
        }
        put_off(turns, job);
    }
    return NULL;
}

static struct job *take_late(struct turns *turns)
{
    if (turns->late_at == turns->late_count) {
        return NULL;
    }
    struct job *job = turns->late[turns->late_at++];
    if (turns->late_to == 0) {
        turns->late_to = now() + (int64_t)turns->seconds * MILLI * LATE_LIMITS;
    }
    bool is_mute = job->host != NULL && !job->host->answers && job->host->mute >= SILENCES;
    job->is_hopeless = is_mute || now() > turns->late_to;
    return job;
}

struct job *turns_take(struct turns *turns)
{
    (void)pthread_mutex_lock(&turns->lock);
    struct job *job = take_first(turns);
    job = job != NULL ? job : take_late(turns);
    if (job != NULL) {
        job->may_wait = atomic_load(&job->is_late) || (job->host != NULL && !job->host->answers);
    }
    (void)pthread_mutex_unlock(&turns->lock);
    return job;
}

bool turns_put_off(struct turns *turns, struct job *job, enum ta_given_up given_up)
{
    bool was_late = atomic_load(&job->is_late);
    bool again = given_up != TA_GIVEN_UP_NOT && !was_late;
    (void)pthread_mutex_lock(&turns->lock);
    if (job->host != NULL) {
        bool is_silent = given_up == TA_GIVEN_UP_SILENT;
        job->host->silent += is_silent;
        job->host->mute += is_silent && was_late;
        job->host->answers = job->host->answers || !is_silent;
    }
    if (again) {
        put_off(turns, job);
    }
    (void)pthread_mutex_unlock(&turns->lock);
    return again;
}

size_t turns_waiting(struct turns *turns)
{
    (void)pthread_mutex_lock(&turns->lock);
    bool is_over = turns->first_at == turns->count;
    size_t waiting = is_over ? turns->late_count - turns->late_at : 0;
    (void)pthread_mutex_unlock(&turns->lock);
    return waiting;
}

#include "fetching.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/ledger/programme.h"

enum {
    TAKEN_AT_ONCE = 200, /* pairs whose refs are set at once */
    PACKS_MOST = 24,     /* of the programme; more become one */
    SPARES = 3,          /* threads that only wait, for each that fetches */
};

const char *ta_fetch_outcome_name(enum ta_fetch_outcome outcome)
{
    static const char *const names[] = {
        [TA_FETCH_WAITS] = "waits",     [TA_FETCH_SAME] = "same",
        [TA_FETCH_MOVED] = "moved",     [TA_FETCH_NOTHING] = "nothing",
        [TA_FETCH_REFUSED] = "refused", [TA_FETCH_FAILED] = "failed",
    };
    return names[outcome];
}

/* Beginning */

static bool start_thread(struct ta_fetching *fetching, bool is_spare)
{
    struct worker *worker = &fetching->workers[fetching->worker_count];
    worker->fetching = fetching;
    worker->number = (unsigned)fetching->worker_count;
    worker->is_spare = is_spare;
    bool ok = pthread_create(&worker->thread, NULL, fetching_work, worker) == 0;
    fetching->worker_count += ok;
    return ok;
}

/* Up to so many. Signals are the main thread's. */
static void start_threads(struct ta_fetching *fetching, size_t most, bool are_spare)
{
    sigset_t all;
    sigset_t before;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_BLOCK, &all, &before);
    while (fetching->worker_count < most && start_thread(fetching, are_spare)) {
    }
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static bool start(struct ta_fetching *fetching, size_t at_once, struct ta_error *err)
{
    size_t all = fetching->count.all;
    fetching->worker_most = at_once * (1 + SPARES);
    fetching->workers = ta_allocate(fetching->worker_most, sizeof *fetching->workers);
    turns_begin(&fetching->turns, fetching->jobs, all, fetching->seconds);
    start_threads(fetching, at_once < all ? at_once : all, false);
    return fetching->worker_count > 0 || all == 0 ||
           ta_fail(err, TA_SYSTEM, "No thread can be started: end other programs, and try again.");
}

static bool prepare(struct ta_fetching *fetching, struct ta_error *err)
{
    const struct ta_overview_query everybody = {.order = TA_ORDER_NEED};
    struct ta_desk *desk = fetching->desk;
    bool is_there = access(fetching->programme, F_OK) == 0;
    if (!ta_programme_open(desk, err) || !ta_programme_create(fetching->programme, err) ||
        (!is_there && !ta_store_forget_releases(desk->programme, err)) ||
        !ta_programme_turn(fetching->programme, &fetching->turn, err) ||
        !ta_desk_programme_refresh(desk, NULL, err) ||
        !ta_store_members(desk->programme, &everybody, &fetching->members, err) ||
        (access(fetching->incoming, F_OK) == 0 && !ta_folder_remove(fetching->incoming, err)) ||
        !ta_folder_make(fetching->incoming, err)) {
        return false;
    }
    fetching->count.all = fetching->members.count;
    fetching->jobs = ta_allocate(fetching->count.all + 1, sizeof *fetching->jobs);
    fetching->today = ta_desk_today(desk);
    ta_git_prepare(desk->git, fetching->programme);
    for (size_t i = 0; i < fetching->count.all; i++) {
        fetching->jobs[i].member = &fetching->members.items[i];
    }
    fetching->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    fetching->came = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return (fetching->stop > 0 && fetching->came > 0) ||
           ta_fail(err, TA_SYSTEM, "Fetching cannot begin: %s.", strerror(errno));
}

bool ta_fetching_begin(struct ta_fetching **fetching, struct ta_desk *desk, unsigned at_once,
                       int seconds, struct ta_error *err)
{
    struct ta_fetching *made = ta_allocate(1, sizeof *made);
    made->desk = desk;
    made->turn = -1;
    made->stop = -1;
    made->came = -1;
    made->seconds = seconds > 0 ? seconds : TA_FETCH_SECONDS;
    made->programme = ta_programme_path(desk);
    made->incoming = ta_path_join(desk->places.data, "programme/incoming");
    made->count.running = true;
    if (!prepare(made, err) || !start(made, at_once > 0 ? at_once : TA_FETCH_AT_ONCE, err)) {
        ta_fetching_end(made);
        return false;
    }
    *fetching = made;
    return true;
}

/* Taking in */

static bool set_refs(struct ta_fetching *fetching, struct ta_error *err)
{
    struct ta_pair_ref *refs = ta_allocate(fetching->count.all + 1, sizeof *refs);
    size_t count = 0;
    for (size_t i = 0; i < fetching->count.all; i++) {
        struct job *job = &fetching->jobs[i];
        if (job->is_counted && !job->is_taken && job->outcome == TA_FETCH_MOVED) {
            job->is_taken = true;
            refs[count].slug = job->member->slug;
            memcpy(refs[count++].tip, job->tip, TA_ID_SIZE);
        }
    }
    bool ok = ta_programme_set(fetching->programme, refs, count, err) &&
              (count == 0 || ta_desk_programme_refresh(fetching->desk, NULL, err));
    free(refs);
    return ok;
}

static bool write_outcomes(struct ta_fetching *fetching, struct ta_error *err)
{
    struct ta_store *store = fetching->desk->programme;
    int64_t now = ta_desk_now(fetching->desk);
    int64_t *good = ta_allocate(fetching->count.all + 1, sizeof *good);
    size_t count = 0;
    bool ok = true;
    for (size_t i = 0; ok && i < fetching->count.all; i++) {
        struct job *job = &fetching->jobs[i];
        bool is_new = job->is_counted && job->outcome != TA_FETCH_WAITS;
        if (is_new && job->trouble == NULL) {
            good[count++] = job->member->id;
        } else if (is_new) {
            ok = ta_store_member_fetched(store, job->member->id, now, job->trouble, err);
        }
    }
    ok = ok && ta_store_members_fetched(store, good, count, now, err);
    free(good);
    return ok;
}

static void count_done(struct ta_fetching *fetching)
{
    fetching->count.moved = 0;
    fetching->count.failed = 0;
    fetching->count.done = 0;
    fetching->count.late = 0;
    for (size_t i = 0; i < fetching->count.all; i++) {
        struct job *job = &fetching->jobs[i];
        job->is_counted =
            job->is_counted || (atomic_load(&job->is_done) && job->outcome != TA_FETCH_WAITS);
        fetching->count.done += job->is_counted;
        fetching->count.moved += job->is_counted && job->outcome == TA_FETCH_MOVED;
        fetching->count.failed += job->is_counted && job->outcome >= TA_FETCH_REFUSED;
        fetching->count.late += !job->is_counted && atomic_load(&job->is_late);
    }
}

static void join(struct ta_fetching *fetching)
{
    for (size_t i = 0; i < fetching->worker_count; i++) {
        (void)pthread_join(fetching->workers[i].thread, NULL);
        free(fetching->workers[i].incoming);
    }
    fetching->worker_count = 0;
}

/* Refs and rows are written in lots: each writes one file whole. */
static bool take_in(struct ta_fetching *fetching, bool last, struct ta_error *err)
{
    size_t moved = fetching->count.moved;
    if (!last && moved < fetching->taken + TAKEN_AT_ONCE) {
        return true;
    }
    fetching->taken = moved;
    return set_refs(fetching, err);
}

/* Packing takes long when much came: nobody waits for it but who waits for the end. */
static void *pack(void *data)
{
    struct ta_fetching *fetching = data;
    const uint64_t one = 1;
    fetching->pack_ok =
        ta_programme_pack(fetching->programme, PACKS_MOST, fetching->stop, &fetching->pack_err);
    atomic_store(&fetching->is_packed, true);
    (void)!write(fetching->came, &one, sizeof one);
    return NULL;
}

static bool begin_end(struct ta_fetching *fetching, bool stopped, struct ta_error *err)
{
    fetching->is_ending = true;
    join(fetching);
    if (!write_outcomes(fetching, err)) {
        return false;
    }
    fetching->is_packing = !stopped && pthread_create(&fetching->packer, NULL, pack, fetching) == 0;
    return true;
}

static bool end_packing(struct ta_fetching *fetching, struct ta_error *err)
{
    if (!fetching->is_packing) {
        return true;
    }
    (void)pthread_join(fetching->packer, NULL);
    fetching->is_packing = false;
    /* Many packs are no loss, and one that was stopped is made the next time. */
    return fetching->pack_ok || atomic_load(&fetching->stopped) ||
           ta_fail(err, fetching->pack_err.code, "%s", fetching->pack_err.text);
}

/* Who is put off needs time, not work: more may wait at once than are fetched. */
static void add_spares(struct ta_fetching *fetching)
{
    size_t room = fetching->worker_most - fetching->worker_count;
    size_t waiting = turns_waiting(&fetching->turns);
    start_threads(fetching, fetching->worker_count + (waiting < room ? waiting : room), true);
}

static void wait_for_news(struct ta_fetching *fetching, int wait)
{
    struct pollfd came = {.fd = fetching->came, .events = POLLIN};
    uint64_t news;
    if (fetching->is_packing || fetching->count.done < fetching->count.all) {
        (void)poll(&came, 1, wait);
    }
    (void)!read(fetching->came, &news, sizeof news);
}

bool ta_fetching_step(struct ta_fetching *fetching, int wait, struct ta_fetch_count *count,
                      struct ta_error *err)
{
    bool stopped = atomic_load(&fetching->stopped);
    if (stopped) {
        join(fetching);
    } else {
        wait_for_news(fetching, wait);
        add_spares(fetching);
    }
    count_done(fetching);
    bool last = stopped || fetching->count.done == fetching->count.all;
    bool ok = take_in(fetching, last, err);
    if (ok && last && !fetching->is_ending) {
        ok = begin_end(fetching, stopped, err);
    }
    if (ok && fetching->is_ending &&
        (!fetching->is_packing || stopped || atomic_load(&fetching->is_packed))) {
        fetching->count.running = false;
        ok = end_packing(fetching, err);
    }
    *count = fetching->count;
    return ok;
}

void ta_fetching_stop(struct ta_fetching *fetching)
{
    const uint64_t one = 1;
    atomic_store(&fetching->stopped, true);
    if (fetching->stop >= 0) {
        (void)!write(fetching->stop, &one, sizeof one);
    }
}

struct ta_fetched ta_fetching_pair(const struct ta_fetching *fetching, size_t index)
{
    const struct job *job = &fetching->jobs[index];
    bool is_told = job->outcome >= TA_FETCH_REFUSED;
    return (struct ta_fetched){job->member, job->outcome, is_told ? job->trouble : NULL};
}

void ta_fetching_end(struct ta_fetching *fetching)
{
    ta_fetching_stop(fetching);
    join(fetching);
    (void)end_packing(fetching, NULL);
    turns_end(&fetching->turns);
    for (size_t i = 0; fetching->jobs != NULL && i < fetching->count.all; i++) {
        free(fetching->jobs[i].trouble);
    }
    const int descriptors[] = {fetching->turn, fetching->stop, fetching->came};
    if (fetching->turn >= 0 && fetching->incoming != NULL) {
        (void)ta_folder_remove(fetching->incoming, NULL);
    }
    for (size_t i = 0; i < sizeof descriptors / sizeof *descriptors; i++) {
        if (descriptors[i] >= 0) {
            (void)close(descriptors[i]);
        }
    }
    ta_members_release(&fetching->members);
    free(fetching->jobs);
    free(fetching->workers);
    free(fetching->programme);
    free(fetching->incoming);
    free(fetching);
}

#include "turnabout/desk/fetching.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/ledger/inspect.h"
#include "turnabout/ledger/programme.h"
#include "turnabout/ledger/transport.h"

enum {
    BATCH = 32,              /* pairs that came and are handed over at once */
    TAKEN_AT_ONCE = 200,     /* pairs whose refs are set at once */
    PACKS_MOST = 24,         /* of the programme; more become one */
    RELEASE_MOST = 64 << 20, /* bytes that one pair may bring at once */
};

/* A pair; until `is_done` it is a thread's, from then on the stepper's. */
struct job {
    const struct ta_member *member;
    enum ta_fetch_outcome outcome;
    char tip[TA_ID_SIZE];
    char *trouble;
    atomic_bool is_done;
    bool is_counted;
    bool is_taken; /* its ref was set */
};

/* A thread, and the repository that it alone fetches into. */
struct worker {
    struct ta_fetching *fetching;
    pthread_t thread;
    char *incoming; /* NULL: it is not made yet */
    unsigned number;
    struct job *pending[BATCH]; /* what came and was not handed over yet */
    size_t pending_count;
};

struct ta_fetching {
    struct ta_desk *desk;
    char *programme, *incoming; /* the repository, and the folder of those that are fetched into */
    struct ta_day today;
    int turn;
    int seconds;
    struct ta_members members;
    struct job *jobs;
    atomic_size_t next;  /* job that no thread has yet */
    atomic_bool stopped; /* no thread begins another */
    int stop;            /* eventfd: readable when stopped */
    int came;            /* eventfd: readable when a job is done */
    struct worker *workers;
    size_t worker_count;
    pthread_t packer; /* makes one pack of many, when all are fetched */
    bool is_ending, is_packing;
    atomic_bool is_packed;
    bool pack_ok;
    struct ta_error pack_err;
    struct ta_fetch_count count;
    size_t taken; /* of those that moved, when refs were set last */
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

/* In a thread: of the desk only libgit2's handle is touched, which is loaded before */

/* Where the repository is a folder here, its branch is read as a file: no program has to start to
   find that nothing is new. Whatever is unusual about it is left to git. */
static bool is_same_folder(const struct job *job)
{
    char tip[TA_ID_SIZE];
    const char *url = job->member->url;
    const char *path = strncmp(url, "file://", 7) == 0 ? url + 7 : url;
    return job->member->tip[0] != '\0' && path[0] == '/' && ta_ledger_tip(path, tip, NULL) &&
           strcmp(tip, job->member->tip) == 0;
}

static void judge(struct job *job)
{
    if (job->tip[0] == '\0') {
        job->outcome = TA_FETCH_NOTHING;
    } else {
        bool same = strcmp(job->tip, job->member->tip) == 0;
        job->outcome = same ? TA_FETCH_SAME : TA_FETCH_MOVED;
    }
}

static bool make_incoming(struct worker *worker, struct ta_error *err)
{
    struct ta_text path = {0};
    if (worker->incoming != NULL) {
        return true;
    }
    ta_text_addf(&path, "%s/%u.git", worker->fetching->incoming, worker->number);
    bool ok = ta_incoming_create(path.bytes, worker->fetching->programme, err);
    worker->incoming = ok ? ta_text_take(&path) : NULL;
    ta_text_release(&path);
    return ok;
}

static void fail(struct job *job, enum ta_fetch_outcome outcome, const char *why)
{
    job->outcome = outcome;
    ta_replace(&job->trouble, why);
}

static void fetch(struct worker *worker, struct job *job)
{
    const struct ta_fetching *fetching = worker->fetching;
    const struct ta_transport transport = {.silence = fetching->seconds,
                                           .seconds = fetching->seconds,
                                           .largest = RELEASE_MOST,
                                           .stop = fetching->stop};
    struct ta_error err;
    const struct ta_member *member = job->member;
    if (is_same_folder(job)) {
        job->outcome = TA_FETCH_SAME;
        return;
    }
    char *ref = ta_incoming_ref(member->slug);
    bool made = make_incoming(worker, &err);
    if (made) {
        ta_incoming_expect(worker->incoming, member->slug, member->tip);
    }
    if (made && ta_transport_fetch(&transport, worker->incoming, member->url, "main", ref, job->tip,
                                   &err)) {
        judge(job);
    } else if (!atomic_load(&fetching->stopped)) {
        fail(job, TA_FETCH_FAILED, err.text);
    }
    if (made && job->outcome != TA_FETCH_MOVED) {
        ta_incoming_drop(worker->incoming, member->slug);
    }
    free(ref);
}

static void end_job(struct worker *worker, struct job *job)
{
    const uint64_t one = 1;
    atomic_store(&job->is_done, true);
    (void)!write(worker->fetching->came, &one, sizeof one);
}

/* Looked at where it lies apart; what is wrong with it never reaches the programme. */
static void check(struct worker *worker, struct ta_reading *reading, struct job *job)
{
    struct ta_release_read read = {0};
    struct ta_error err;
    char root[TA_ID_SIZE];
    const char *known = job->member->tip;
    if (!ta_ledger_inspect(worker->fetching->desk->git, worker->incoming, job->tip,
                           &ta_layout_released, &known, 1, root, &err)) {
        fail(job, err.code == TA_REFUSED ? TA_FETCH_REFUSED : TA_FETCH_FAILED, err.text);
    } else if (!ta_release_read(&read, reading, job->member, job->tip, worker->fetching->today,
                                &err)) {
        fail(job, TA_FETCH_FAILED, err.text);
    } else if (read.trouble != NULL) {
        fail(job, TA_FETCH_REFUSED, read.trouble);
    }
    ta_release_read_release(&read);
    if (job->outcome != TA_FETCH_MOVED) {
        ta_incoming_drop(worker->incoming, job->member->slug);
    }
}

static bool check_pending(struct worker *worker, struct ta_error *err)
{
    struct ta_reading *reading;
    if (!ta_reading_open(&reading, worker->fetching->desk->git, worker->incoming, err)) {
        return false;
    }
    for (size_t i = 0; i < worker->pending_count; i++) {
        check(worker, reading, worker->pending[i]);
    }
    ta_reading_close(reading);
    return true;
}

/* What came goes into the programme's store as one pack; nothing leads to it there yet. */
static void hand_over(struct worker *worker)
{
    struct ta_error err;
    if (worker->pending_count == 0) {
        return;
    }
    bool ok = check_pending(worker, &err) &&
              ta_incoming_take(worker->incoming, worker->fetching->programme, 0, &err);
    for (size_t i = 0; i < worker->pending_count; i++) {
        struct job *job = worker->pending[i];
        if (!ok && job->outcome == TA_FETCH_MOVED) {
            fail(job, TA_FETCH_FAILED, err.text);
        }
        ta_incoming_drop(worker->incoming, job->member->slug);
        end_job(worker, job);
    }
    worker->pending_count = 0;
}

static void *work(void *data)
{
    struct worker *worker = data;
    struct ta_fetching *fetching = worker->fetching;
    size_t index = atomic_fetch_add(&fetching->next, 1);
    while (index < fetching->count.all && !atomic_load(&fetching->stopped)) {
        struct job *job = &fetching->jobs[index];
        fetch(worker, job);
        if (job->outcome == TA_FETCH_MOVED) {
            worker->pending[worker->pending_count++] = job;
        } else {
            end_job(worker, job);
        }
        if (worker->pending_count == BATCH) {
            hand_over(worker);
        }
        index = atomic_fetch_add(&fetching->next, 1);
    }
    hand_over(worker);
    return NULL;
}

/* Beginning */

/* Signals are the main thread's. */
static bool start_threads(struct ta_fetching *fetching, unsigned at_once, struct ta_error *err)
{
    sigset_t all;
    sigset_t before;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_BLOCK, &all, &before);
    fetching->workers = ta_allocate(at_once, sizeof *fetching->workers);
    bool ok = true;
    while (ok && fetching->worker_count < at_once && fetching->worker_count < fetching->count.all) {
        struct worker *worker = &fetching->workers[fetching->worker_count];
        worker->fetching = fetching;
        worker->number = (unsigned)fetching->worker_count;
        ok = pthread_create(&worker->thread, NULL, work, worker) == 0;
        fetching->worker_count += ok;
    }
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return fetching->worker_count > 0 || fetching->count.all == 0 ||
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
    if (!prepare(made, err) ||
        !start_threads(made, at_once > 0 ? at_once : TA_FETCH_AT_ONCE, err)) {
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
    for (size_t i = 0; i < fetching->count.all; i++) {
        struct job *job = &fetching->jobs[i];
        job->is_counted = job->is_counted || atomic_load(&job->is_done);
        fetching->count.done += job->is_counted;
        fetching->count.moved += job->is_counted && job->outcome == TA_FETCH_MOVED;
        fetching->count.failed += job->is_counted && job->outcome >= TA_FETCH_REFUSED;
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
    return (struct ta_fetched){job->member, job->outcome, job->trouble};
}

void ta_fetching_end(struct ta_fetching *fetching)
{
    ta_fetching_stop(fetching);
    join(fetching);
    (void)end_packing(fetching, NULL);
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

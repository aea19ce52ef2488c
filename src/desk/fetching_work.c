#include "fetching.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "turnabout/base/memory.h"
#include "turnabout/ledger/inspect.h"
#include "turnabout/ledger/transport.h"

enum {
    RELEASE_MOST = 64 << 20, /* bytes that one pair may bring at once */
    FIRST = 12,              /* this part of the limit a pair may be silent in the first round */
    SLOW = 10,               /* limits that one may take that is slow, but speaks */
};

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
    ta_replace(&job->trouble, NULL);
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

/* In the first round silence is cut short, and in the second who speaks may take long. */
static void set_limits(struct ta_transport *transport, int seconds, bool is_late)
{
    int part = seconds / FIRST;
    transport->silence = is_late ? seconds : part > 0 ? part : 1;
    transport->seconds = is_late ? seconds * SLOW : seconds;
}

/* Brings what is there; true: the pair was put off, and is somebody else's. */
static bool bring(struct worker *worker, struct job *job)
{
    struct ta_fetching *fetching = worker->fetching;
    const struct ta_member *member = job->member;
    enum ta_given_up given_up = TA_GIVEN_UP_NOT;
    struct ta_transport transport = {
        .largest = RELEASE_MOST, .stop = fetching->stop, .given_up = &given_up};
    struct ta_error err;
    set_limits(&transport, fetching->seconds, atomic_load(&job->is_late));
    char *ref = ta_incoming_ref(member->slug);
    ta_incoming_expect(worker->incoming, member->slug, member->tip);
    if (ta_transport_fetch(&transport, worker->incoming, member->url, "main", ref, job->tip,
                           &err)) {
        judge(job);
    } else if (!atomic_load(&fetching->stopped)) {
        fail(job, TA_FETCH_FAILED, err.text);
    }
    if (job->outcome != TA_FETCH_MOVED) {
        ta_incoming_drop(worker->incoming, member->slug);
    }
    free(ref);
    worker->has_heard = worker->has_heard || given_up != TA_GIVEN_UP_SILENT;
    return job->outcome != TA_FETCH_WAITS && turns_put_off(&fetching->turns, job, given_up);
}

/* What was said of the first round, if there was one, is what there is to say. */
static void give_up(struct job *job)
{
    struct ta_text sentence = {0};
    char *shown = ta_transport_shown(job->member->url);
    ta_text_addf(&sentence,
                 "The host of %s did not answer for other pairs, so it was not asked for this one: "
                 "see that you are online, then fetch again.",
                 shown);
    fail(job, TA_FETCH_FAILED, job->trouble != NULL ? job->trouble : sentence.bytes);
    ta_text_release(&sentence);
    free(shown);
}

/* True: the pair is put off. */
static bool fetch(struct worker *worker, struct job *job)
{
    struct ta_error err;
    if (job->is_hopeless) {
        give_up(job);
    } else if (is_same_folder(job)) {
        job->outcome = TA_FETCH_SAME;
    } else if (!make_incoming(worker, &err)) {
        fail(job, TA_FETCH_FAILED, err.text);
    } else {
        return bring(worker, job);
    }
    return false;
}

static void tell(const struct worker *worker)
{
    const uint64_t one = 1;
    (void)!write(worker->fetching->came, &one, sizeof one);
}

static void end_job(struct worker *worker, struct job *job)
{
    atomic_store(&job->is_done, true);
    tell(worker);
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

/* Spare ones leave when somebody answers: then there is work, which is not theirs. */
static struct job *take(struct worker *worker)
{
    struct ta_fetching *fetching = worker->fetching;
    bool ends = atomic_load(&fetching->stopped) || (worker->is_spare && worker->has_heard);
    return ends ? NULL : turns_take(&fetching->turns);
}

void *fetching_work(void *data)
{
    struct worker *worker = data;
    struct job *job;
    while ((job = take(worker)) != NULL) {
        if (worker->pending_count == BATCH || job->may_wait) {
            hand_over(worker); /* nothing that came waits for one that is silent */
        }
        if (fetch(worker, job)) {
            tell(worker);
        } else if (job->outcome == TA_FETCH_MOVED) {
            worker->pending[worker->pending_count++] = job;
        } else {
            end_job(worker, job);
        }
    }
    hand_over(worker);
    return NULL;
}

/*
 * Two processes on one session: each adds notes, changes and removes those of both, and moves the
 * clock, in 500 interleavings that their seeds vary. Nothing that was acknowledged is lost, nothing
 * is overwritten that was not seen, and nobody meets a locked database.
 */
#include "fixture.h"

#include <stdatomic.h>
#include <sys/mman.h>

#include "turnabout/base/text.h"
#include "turnabout/store/sessions.h"

enum {
    INTERLEAVINGS = 500,
    ACTS = 8,
    WRITERS = 2,
    ALL = ACTS * WRITERS,
    WORD = 24,
    NAPS = 4,
    NAP = 150
};

enum what { NOTHING, ADDED, CHANGED, HAPPENED };

/* An act that the store has acknowledged. */
struct act {
    enum what what;
    int64_t note;
    char was[WORD], now[WORD]; /* texts, each given once */
};

struct shared {
    atomic_int ready;
    struct act acts[ALL];
};

struct writer {
    struct shared *shared;
    unsigned who;
    uint64_t seed;
    int64_t pair, sitting;
};

static bool add(struct writer *writer, struct ta_store *store, struct act *act,
                struct ta_error *err)
{
    struct ta_note note = {.kind = TA_NOTE_PLAIN, .text = act->now, .at = MONDAY, .item = -1};
    bool ok = ta_store_note_add(store, writer->sitting, &note, NULL, err);
    act->note = note.id;
    act->what = ok ? ADDED : NOTHING;
    return ok;
}

/* Of a note as it was just read; the other may have changed it since. */
static bool change(struct writer *writer, struct ta_store *store, struct act *act,
                   struct ta_error *err)
{
    struct ta_sitting sitting;
    bool ok = ta_store_sitting(store, writer->pair, 1, &sitting, err);
    if (ok && sitting.notes.count > 0) {
        size_t latest = sitting.notes.count < 2 ? sitting.notes.count : 2;
        size_t index = sitting.notes.count - 1 - next_random(&writer->seed) % latest;
        const struct ta_note *was = &sitting.notes.items[index];
        struct ta_note now = {.text = act->now, .removed = next_random(&writer->seed) % 3 == 0};
        now.kind = (enum ta_note_kind)(next_random(&writer->seed) % TA_NOTE_KINDS);
        act->note = was->id;
        (void)snprintf(act->was, sizeof act->was, "%s", was->text);
        (void)usleep(next_random(&writer->seed) % NAPS * NAP);
        bool changed = ta_store_note_change(store, was, &now, err);
        act->what = changed ? CHANGED : NOTHING;
        ok = changed || strstr(err->text, "changed elsewhere meanwhile") != NULL;
    }
    ta_sitting_release(&sitting);
    return ok;
}

static bool happen(struct writer *writer, struct ta_store *store, struct act *act,
                   struct ta_error *err)
{
    static const enum ta_event_kind kinds[] = {TA_EVENT_PAUSE, TA_EVENT_RESUME, TA_EVENT_ITEM,
                                               TA_EVENT_EXTEND, TA_EVENT_FLOOR};
    struct ta_event event = {.at = MONDAY, .value = 1};
    enum ta_session_verdict verdict = TA_SESSION_FINE;
    event.kind = kinds[next_random(&writer->seed) % (sizeof kinds / sizeof kinds[0])];
    bool ok = ta_store_event_add(store, writer->sitting, event, &verdict, err);
    act->what = ok && verdict == TA_SESSION_FINE ? HAPPENED : NOTHING;
    return ok;
}

static void meet(atomic_int *ready)
{
    atomic_fetch_add(ready, 1);
    while (atomic_load(ready) < WRITERS) {
    }
}

static bool write_on(struct fixture *fixture, void *data)
{
    static bool (*const ways[])(struct writer *, struct ta_store *, struct act *,
                                struct ta_error *) = {add, add, change, change, change, happen};
    struct writer *writer = data;
    struct ta_store *store = NULL;
    struct ta_error err = {0};
    bool ok = ta_store_open(&store, fixture->path, &err);
    meet(&writer->shared->ready);
    for (unsigned i = 0; ok && i < ACTS; i++) {
        struct act *act = &writer->shared->acts[writer->who * ACTS + i];
        (void)snprintf(act->now, sizeof act->now, "%u.%u", writer->who, i);
        ok = ways[next_random(&writer->seed) % (sizeof ways / sizeof ways[0])](writer, store, act,
                                                                               &err);
        (void)usleep(next_random(&writer->seed) % NAPS * NAP);
    }
    if (!ok) {
        print_error("writer %u: %s\n", writer->who, err.text);
    }
    ta_store_close(store);
    return ok;
}

/* From how it was added, each acknowledged change leads from what its writer saw to what it made:
 * one chain through all of them, and its end is what stands. */
static void assert_chain(const struct shared *shared, const struct ta_note *note)
{
    const struct act *acts = shared->acts;
    const char *text = NULL;
    unsigned left = 0;
    for (size_t i = 0; i < ALL; i++) {
        text = acts[i].what == ADDED && acts[i].note == note->id ? acts[i].now : text;
        left += acts[i].what == CHANGED && acts[i].note == note->id;
    }
    assert_non_null(text);
    for (; left > 0; left--) {
        const char *next = NULL;
        for (size_t i = 0; i < ALL; i++) {
            bool follows = acts[i].what == CHANGED && acts[i].note == note->id &&
                           strcmp(acts[i].was, text) == 0;
            assert_false(follows && next != NULL); /* two changed the same: one was overwritten */
            next = follows ? acts[i].now : next;
        }
        assert_non_null(next);
        text = next;
    }
    assert_string_equal(note->text, text);
}

static void assert_nothing_lost(struct fixture *fixture, const struct shared *shared, int64_t pair)
{
    size_t counts[HAPPENED + 1] = {0};
    for (size_t i = 0; i < ALL; i++) {
        counts[shared->acts[i].what]++;
    }
    struct ta_sitting sitting;
    assert_true(ta_store_sitting(fixture->store, pair, 1, &sitting, &fixture->err));
    assert_int_equal(sitting.notes.count, counts[ADDED]);
    assert_int_equal(sitting.events.count, 1 + counts[HAPPENED]);
    assert_int_equal(sitting.change, 1 + counts[ADDED] + counts[CHANGED] + counts[HAPPENED]);
    for (size_t i = 0; i < sitting.notes.count; i++) {
        assert_chain(shared, &sitting.notes.items[i]);
    }
    ta_sitting_release(&sitting);
}

static void interleave(struct fixture *fixture, struct shared *shared, unsigned number)
{
    char slug[WORD];
    struct writer writers[WRITERS];
    pid_t children[WRITERS];
    int64_t sitting = 0;
    (void)snprintf(slug, sizeof slug, "pair-%u", number);
    int64_t pair = add_pair(fixture->store, slug);
    assert_true(
        ta_store_sitting_start(fixture->store, pair, 1, "", MONDAY, -1, &sitting, &fixture->err));
    close_store(fixture);
    *shared = (struct shared){0};
    for (unsigned who = 0; who < WRITERS; who++) {
        writers[who] =
            (struct writer){shared, who, (uint64_t)number * WRITERS + who, pair, sitting};
        children[who] = in_child(write_on, fixture, &writers[who]);
    }
    for (unsigned who = 0; who < WRITERS; who++) {
        assert_true(went_well(children[who]));
    }
    fixture->store = open_store(fixture);
    assert_nothing_lost(fixture, shared, pair);
}

static void two_writers_lose_nothing_however_they_interleave(void **state)
{
    struct fixture *fixture = *state;
    struct shared *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(shared != MAP_FAILED);
    for (unsigned number = 0; number < INTERLEAVINGS; number++) {
        interleave(fixture, shared, number);
    }
    assert_whole(fixture->store);
    (void)munmap(shared, sizeof *shared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(two_writers_lose_nothing_however_they_interleave, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

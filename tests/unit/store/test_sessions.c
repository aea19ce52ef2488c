#include <signal.h>

#include "fixture.h"
#include "turnabout/store/drafts.h"
#include "turnabout/store/sessions.h"

static int64_t start(struct ta_store *store, int64_t pair, unsigned number)
{
    int64_t sitting = 0;
    assert_true(
        ta_store_sitting_start(store, pair, number, "# Agenda\n", MONDAY, -1, &sitting, NULL));
    assert_true(sitting > 0);
    return sitting;
}

static enum ta_session_verdict event(struct ta_store *store, int64_t sitting,
                                     enum ta_event_kind kind, int64_t at, int value)
{
    enum ta_session_verdict verdict = TA_SESSION_NOT_STARTED;
    struct ta_event added = {.kind = kind, .at = at, .value = value};
    assert_true(ta_store_event_add(store, sitting, added, &verdict, NULL));
    return verdict;
}

static int64_t add_note(struct ta_store *store, int64_t sitting, enum ta_note_kind kind,
                        const char *line, const char *drop)
{
    char text[128];
    (void)snprintf(text, sizeof text, "%s", line);
    struct ta_note note = {.kind = kind, .text = text, .at = MONDAY + 5000, .item = 2};
    assert_true(ta_store_note_add(store, sitting, &note, drop, NULL));
    assert_true(note.id > 0);
    return note.id;
}

static void assert_counts(struct fixture *fixture, int64_t pair, unsigned number, size_t events,
                          size_t notes)
{
    struct ta_sitting sitting;
    assert_true(ta_store_sitting(fixture->store, pair, number, &sitting, &fixture->err));
    assert_int_equal(sitting.events.count, events);
    assert_int_equal(sitting.notes.count, notes);
    ta_sitting_release(&sitting);
}

static void a_session_is_read_as_it_was_written(void **state)
{
    static const char *const texts[TA_NOTE_KINDS] = {
        "plain ", "تكلّم أولاً", "Dana: ask first", "who decides?", "pause = agreement", "nervous"};
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t id = start(fixture->store, pair, 3);
    for (unsigned kind = 0; kind < TA_NOTE_KINDS; kind++) {
        (void)add_note(fixture->store, id, (enum ta_note_kind)kind, texts[kind], NULL);
    }
    assert_int_equal(event(fixture->store, id, TA_EVENT_ITEM, MONDAY + 1, 4), TA_SESSION_FINE);
    assert_int_equal(event(fixture->store, id, TA_EVENT_FLOOR, MONDAY + 2, 1), TA_SESSION_FINE);
    assert_int_equal(event(fixture->store, id, TA_EVENT_EXTEND, MONDAY + 3, 300), TA_SESSION_FINE);
    assert_int_equal(event(fixture->store, id, TA_EVENT_PAUSE, MONDAY + 4, 0), TA_SESSION_FINE);
    assert_int_equal(event(fixture->store, id, TA_EVENT_RESUME, MONDAY - 5, 0), TA_SESSION_FINE);
    assert_int_equal(event(fixture->store, id, TA_EVENT_END, MONDAY + 6, 0), TA_SESSION_FINE);
    reopen(fixture);

    static const struct ta_event expected[] = {
        {MONDAY, TA_EVENT_START, 0},     {MONDAY + 1, TA_EVENT_ITEM, 4},
        {MONDAY + 2, TA_EVENT_FLOOR, 1}, {MONDAY + 3, TA_EVENT_EXTEND, 300},
        {MONDAY + 4, TA_EVENT_PAUSE, 0}, {MONDAY - 5, TA_EVENT_RESUME, 0},
        {MONDAY + 6, TA_EVENT_END, 0},
    };
    struct ta_sitting read;
    assert_true(ta_store_sitting(fixture->store, pair, 3, &read, &fixture->err));
    assert_int_equal(read.id, id);
    assert_int_equal(read.pair, pair);
    assert_int_equal(read.number, 3);
    assert_string_equal(read.agenda, "# Agenda\n");
    assert_int_equal(read.events.count, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(read.events.items[i].kind, expected[i].kind);
        assert_int_equal(read.events.items[i].at, expected[i].at);
        assert_int_equal(read.events.items[i].value, expected[i].value);
    }
    assert_int_equal(read.notes.count, TA_NOTE_KINDS);
    for (unsigned kind = 0; kind < TA_NOTE_KINDS; kind++) {
        const struct ta_note *note = &read.notes.items[kind];
        assert_int_equal(note->kind, kind);
        assert_string_equal(note->text, texts[kind]);
        assert_int_equal(note->at, MONDAY + 5000);
        assert_int_equal(note->item, 2);
        assert_false(note->removed);
    }
    ta_sitting_release(&read);
    ta_sitting_release(&read);
}

static void a_session_that_is_not_there_has_no_id(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t other = add_pair(fixture->store, "ali-bo");
    struct ta_sitting sitting;
    (void)start(fixture->store, other, 1);
    assert_true(ta_store_sitting(fixture->store, pair, 1, &sitting, &fixture->err));
    assert_int_equal(sitting.id, 0);
    assert_true(ta_store_sitting_last(fixture->store, pair, &sitting, &fixture->err));
    assert_int_equal(sitting.id, 0);
    assert_int_equal(sitting.notes.count, 0);
}

static void the_last_session_is_the_one_with_the_highest_number(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    static const unsigned numbers[] = {2, 11, 9};
    for (size_t i = 0; i < 3; i++) {
        int64_t id = start(fixture->store, pair, numbers[i]);
        assert_int_equal(event(fixture->store, id, TA_EVENT_END, MONDAY, 0), TA_SESSION_FINE);
    }
    struct ta_sitting sitting;
    assert_true(ta_store_sitting_last(fixture->store, pair, &sitting, &fixture->err));
    assert_int_equal(sitting.number, 11);
    ta_sitting_release(&sitting);
    assert_true(ta_store_sitting(fixture->store, pair, 9, &sitting, &fixture->err));
    assert_int_equal(sitting.number, 9);
    ta_sitting_release(&sitting);
}

static void a_session_is_open_until_it_is_settled(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    struct ta_sitting sitting;
    int64_t id = start(fixture->store, pair, 1);
    assert_int_equal(event(fixture->store, id, TA_EVENT_END, MONDAY, 0), TA_SESSION_FINE);
    static const enum ta_sitting_standing open[] = {TA_SITTING_COMMITTING, TA_SITTING_OPEN};
    for (size_t i = 0; i < 2; i++) {
        assert_true(ta_store_sitting_settle(fixture->store, id, open[i], &fixture->err));
        assert_true(ta_store_sitting_open(fixture->store, pair, &sitting, &fixture->err));
        assert_int_equal(sitting.id, id);
        assert_int_equal(sitting.standing, open[i]);
        ta_sitting_release(&sitting);
    }
    assert_true(ta_store_sitting_settle(fixture->store, id, TA_SITTING_SETTLED, &fixture->err));
    assert_true(ta_store_sitting_open(fixture->store, pair, &sitting, &fixture->err));
    assert_int_equal(sitting.id, 0);
    assert_true(ta_store_sitting_last(fixture->store, pair, &sitting, &fixture->err));
    assert_int_equal(sitting.id, id);
    ta_sitting_release(&sitting);
}

static void a_pair_sits_in_one_session_at_a_time(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t other = add_pair(fixture->store, "ali-bo");
    int64_t first = start(fixture->store, pair, 1);
    int64_t second = -1;
    assert_false(
        ta_store_sitting_start(fixture->store, pair, 2, "", MONDAY, -1, &second, &fixture->err));
    assert_int_equal(fixture->err.code, TA_REFUSED);
    assert_non_null(strstr(fixture->err.text, "Session 1 "));
    assert_int_equal(second, -1);
    assert_counts(fixture, pair, 2, 0, 0);
    (void)start(fixture->store, other, 1);

    assert_int_equal(event(fixture->store, first, TA_EVENT_END, MONDAY, 0), TA_SESSION_FINE);
    assert_false(
        ta_store_sitting_start(fixture->store, pair, 1, "", MONDAY, -1, &second, &fixture->err));
    assert_int_equal(fixture->err.code, TA_REFUSED);
    (void)start(fixture->store, pair, 2);
}

static void a_session_begins_with_an_item_in_hand(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t id = 0;
    struct ta_sitting sitting;
    assert_true(ta_store_sitting_start(fixture->store, pair, 1, "", MONDAY, 2, &id, &fixture->err));
    assert_true(ta_store_sitting(fixture->store, pair, 1, &sitting, &fixture->err));
    assert_int_equal(sitting.events.count, 2);
    assert_int_equal(sitting.events.items[1].kind, TA_EVENT_ITEM);
    assert_int_equal(sitting.events.items[1].value, 2);
    assert_int_equal(sitting.events.items[1].at, MONDAY);
    ta_sitting_release(&sitting);
}

static void what_the_rule_refuses_is_not_written(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t id = start(fixture->store, pair, 1);
    int64_t before = 0;
    int64_t after = 0;
    assert_true(ta_store_sitting_change(fixture->store, id, &before, NULL));
    assert_int_equal(event(fixture->store, id, TA_EVENT_RESUME, MONDAY, 0),
                     TA_SESSION_IS_NOT_PAUSED);
    assert_true(ta_store_sitting_change(fixture->store, id, &after, NULL));
    assert_int_equal(after, before);
    assert_counts(fixture, pair, 1, 1, 0);
    assert_int_equal(event(fixture->store, 4711, TA_EVENT_PAUSE, MONDAY, 0),
                     TA_SESSION_NOT_STARTED);
}

static void two_terminals_cannot_contradict_each_other(void **state)
{
    struct fixture *fixture = *state;
    struct ta_store *second = open_store(fixture);
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t id = start(fixture->store, pair, 1);
    assert_int_equal(event(fixture->store, id, TA_EVENT_PAUSE, MONDAY, 0), TA_SESSION_FINE);
    assert_int_equal(event(second, id, TA_EVENT_PAUSE, MONDAY, 0), TA_SESSION_IS_PAUSED);
    assert_int_equal(event(second, id, TA_EVENT_END, MONDAY, 0), TA_SESSION_FINE);
    assert_int_equal(event(fixture->store, id, TA_EVENT_END, MONDAY, 0), TA_SESSION_IS_OVER);
    assert_counts(fixture, pair, 1, 3, 0);
    ta_store_close(second);
}

/* The record may have numbered it anew. */
static void a_number_that_a_session_of_the_record_had_is_free(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t id = start(fixture->store, pair, 1);
    int64_t second = 0;
    assert_int_equal(event(fixture->store, id, TA_EVENT_END, MONDAY, 0), TA_SESSION_FINE);
    assert_false(ta_store_sitting_start(fixture->store, pair, 1, "", MONDAY, -1, &second, NULL));
    assert_true(ta_store_sitting_settle(fixture->store, id, TA_SITTING_SETTLED, NULL));
    assert_true(
        ta_store_sitting_start(fixture->store, pair, 1, "", MONDAY, -1, &second, &fixture->err));
    assert_counts(fixture, pair, 1, 1, 0);
    assert_counts(fixture, pair, 2, 2, 0);
}

static void a_note_after_the_end_is_refused_and_its_draft_stays(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t id = start(fixture->store, pair, 1);
    int64_t revision = 0;
    char text[] = "too late, and private";
    struct ta_note note = {.kind = TA_NOTE_MINE, .text = text, .at = MONDAY, .item = -1};
    assert_true(ta_store_draft_put(fixture->store, pair, "line/1", text, &revision, MONDAY, NULL));
    assert_int_equal(event(fixture->store, id, TA_EVENT_END, MONDAY, 0), TA_SESSION_FINE);
    assert_false(ta_store_note_add(fixture->store, id, &note, "line/1", &fixture->err));
    assert_int_equal(fixture->err.code, TA_REFUSED);
    assert_null(strstr(fixture->err.text, "private"));
    assert_int_equal(note.id, 0);
    assert_counts(fixture, pair, 1, 2, 0);

    struct ta_draft draft;
    assert_true(ta_store_draft(fixture->store, pair, "line/1", &draft, NULL));
    assert_string_equal(draft.text, text);
    ta_draft_release(&draft);
}

static void a_note_for_a_session_that_is_gone_is_absent(void **state)
{
    struct fixture *fixture = *state;
    char text[] = "x";
    struct ta_note note = {.text = text, .item = -1};
    assert_false(ta_store_note_add(fixture->store, 4711, &note, NULL, &fixture->err));
    assert_int_equal(fixture->err.code, TA_ABSENT);
}

static void a_note_takes_its_own_draft_with_it(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t other = add_pair(fixture->store, "ali-bo");
    int64_t id = start(fixture->store, pair, 1);
    int64_t revision = 0;
    struct ta_draft draft;
    assert_true(ta_store_draft_put(fixture->store, pair, "line/1", "ask", &revision, MONDAY, NULL));
    revision = 0;
    assert_true(ta_store_draft_put(fixture->store, pair, "line/2", "b", &revision, MONDAY, NULL));
    revision = 0;
    assert_true(ta_store_draft_put(fixture->store, other, "line/1", "c", &revision, MONDAY, NULL));
    (void)add_note(fixture->store, id, TA_NOTE_PLAIN, "ask first", "line/1");

    assert_true(ta_store_draft(fixture->store, pair, "line/1", &draft, NULL));
    assert_null(draft.text);
    assert_true(ta_store_draft(fixture->store, pair, "line/2", &draft, NULL));
    assert_string_equal(draft.text, "b");
    ta_draft_release(&draft);
    assert_true(ta_store_draft(fixture->store, other, "line/1", &draft, NULL));
    assert_string_equal(draft.text, "c");
    ta_draft_release(&draft);
}

static void a_note_changes_and_is_removed_in_its_place(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t id = start(fixture->store, pair, 1);
    int64_t other = add_pair(fixture->store, "ali-bo");
    int64_t elsewhere = start(fixture->store, other, 1);
    (void)add_note(fixture->store, elsewhere, TA_NOTE_PLAIN, "theirs", NULL);
    (void)add_note(fixture->store, elsewhere, TA_NOTE_PLAIN, "theirs", NULL);
    (void)add_note(fixture->store, id, TA_NOTE_PLAIN, "before", NULL);
    int64_t middle = add_note(fixture->store, id, TA_NOTE_PLAIN, "ask first", NULL);
    (void)add_note(fixture->store, id, TA_NOTE_PLAIN, "after", NULL);
    assert_int_equal(event(fixture->store, id, TA_EVENT_END, MONDAY, 0), TA_SESSION_FINE);

    char text[] = "Dana: ask first";
    char before[] = "ask first";
    struct ta_note was = {.id = middle, .kind = TA_NOTE_PLAIN, .text = before};
    struct ta_note changed = {.kind = TA_NOTE_PROMISE, .text = text, .removed = true};
    assert_true(ta_store_note_change(fixture->store, &was, &changed, &fixture->err));
    struct ta_sitting sitting;
    assert_true(ta_store_sitting(fixture->store, pair, 1, &sitting, &fixture->err));
    assert_int_equal(sitting.notes.count, 3);
    assert_string_equal(sitting.notes.items[0].text, "before");
    assert_string_equal(sitting.notes.items[1].text, text);
    assert_int_equal(sitting.notes.items[1].kind, TA_NOTE_PROMISE);
    assert_true(sitting.notes.items[1].removed);
    assert_int_equal(sitting.notes.items[1].item, 2);
    assert_int_equal(sitting.notes.items[1].at, MONDAY + 5000);
    assert_string_equal(sitting.notes.items[2].text, "after");
    assert_false(sitting.notes.items[2].removed);
    ta_sitting_release(&sitting);

    assert_true(ta_store_sitting(fixture->store, other, 1, &sitting, &fixture->err));
    assert_string_equal(sitting.notes.items[1].text, "theirs");
    ta_sitting_release(&sitting);

    was.id = 4711;
    assert_false(ta_store_note_change(fixture->store, &was, &changed, &fixture->err));
    assert_int_equal(fixture->err.code, TA_ABSENT);
}

/* Its kind, its text, or whether it is removed: what somebody else did to it stands. */
static void a_note_that_was_changed_meanwhile_is_not_overwritten(void **state)
{
    struct fixture *fixture = *state;
    char first[] = "ask first";
    char second[] = "ask them first";
    char third[] = "never ask";
    const struct ta_note elsewhere[] = {
        {.kind = TA_NOTE_TAKEAWAY, .text = first},
        {.kind = TA_NOTE_PLAIN, .text = second},
        {.kind = TA_NOTE_PLAIN, .text = first, .removed = true},
    };
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t id = start(fixture->store, pair, 1);
    for (size_t i = 0; i < 3; i++) {
        int64_t note = add_note(fixture->store, id, TA_NOTE_PLAIN, first, NULL);
        struct ta_note was = {.id = note, .kind = TA_NOTE_PLAIN, .text = first};
        struct ta_note mine = {.kind = TA_NOTE_QUESTION, .text = third};
        assert_true(ta_store_note_change(fixture->store, &was, &elsewhere[i], &fixture->err));
        assert_false(ta_store_note_change(fixture->store, &was, &mine, &fixture->err));
        assert_int_equal(fixture->err.code, TA_BUSY);
        struct ta_sitting sitting;
        assert_true(ta_store_sitting(fixture->store, pair, 1, &sitting, &fixture->err));
        assert_string_equal(sitting.notes.items[i].text, elsewhere[i].text);
        assert_int_equal(sitting.notes.items[i].kind, elsewhere[i].kind);
        assert_int_equal(sitting.notes.items[i].removed, elsewhere[i].removed);
        ta_sitting_release(&sitting);
    }
}

static void the_counter_rises_with_every_change_by_whichever_process(void **state)
{
    struct fixture *fixture = *state;
    struct ta_store *second = open_store(fixture);
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t id = start(fixture->store, pair, 1);
    int64_t note = 0;
    int64_t seen = 0;
    int64_t now = 0;
    char text[] = "changed";
    assert_true(ta_store_sitting_change(fixture->store, id, &seen, NULL));
    assert_true(seen > 0);
    for (unsigned change = 0; change < 3; change++) {
        if (change == 0) {
            note = add_note(second, id, TA_NOTE_PLAIN, "ask", NULL);
        } else if (change == 1) {
            char before[] = "ask";
            struct ta_note was = {.id = note, .kind = TA_NOTE_PLAIN, .text = before};
            struct ta_note changed = {.text = text};
            assert_true(ta_store_note_change(second, &was, &changed, NULL));
        } else {
            assert_int_equal(event(second, id, TA_EVENT_PAUSE, MONDAY, 0), TA_SESSION_FINE);
        }
        assert_true(ta_store_sitting_change(fixture->store, id, &now, NULL));
        assert_true(now > seen);
        seen = now;
    }
    struct ta_sitting sitting;
    assert_true(ta_store_sitting(fixture->store, pair, 1, &sitting, NULL));
    assert_int_equal(sitting.change, seen);
    ta_sitting_release(&sitting);
    assert_true(ta_store_sitting_change(fixture->store, 4711, &now, NULL));
    assert_int_equal(now, 0);
    ta_store_close(second);
}

static void a_word_no_program_wrote_is_damage(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t id = start(fixture->store, pair, 1);
    (void)add_note(fixture->store, id, TA_NOTE_MINE, "very private", NULL);
    assert_true(ta_store_run(fixture->store,
                             "PRAGMA ignore_check_constraints = ON; "
                             "UPDATE note SET kind = 'shouted'",
                             NULL));
    struct ta_sitting sitting;
    assert_false(ta_store_sitting(fixture->store, pair, 1, &sitting, &fixture->err));
    assert_int_equal(fixture->err.code, TA_DAMAGED);
    assert_null(strstr(fixture->err.text, "private"));
    assert_int_equal(sitting.notes.count, 0);
}

enum { EACH = 250 };

struct task {
    int64_t sitting;
    unsigned who;
    int acknowledgements; /* a pipe's end */
};

static bool write_notes(struct fixture *fixture, void *data)
{
    struct task *task = data;
    struct ta_store *store = NULL;
    bool ok = ta_store_open(&store, fixture->path, &fixture->err);
    for (unsigned i = 0; ok && i < EACH; i++) {
        char text[32];
        (void)snprintf(text, sizeof text, "%u.%u", task->who, i);
        struct ta_note note = {.kind = TA_NOTE_PLAIN, .text = text, .at = MONDAY, .item = -1};
        ok = ta_store_note_add(store, task->sitting, &note, NULL, &fixture->err);
    }
    ta_store_close(store);
    return ok;
}

static void two_processes_lose_none_of_their_notes(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    struct task tasks[2] = {{.who = 0}, {.who = 1}};
    pid_t children[2];
    tasks[0].sitting = tasks[1].sitting = start(fixture->store, pair, 1);
    close_store(fixture);
    for (size_t i = 0; i < 2; i++) {
        children[i] = in_child(write_notes, fixture, &tasks[i]);
    }
    fixture->store = open_store(fixture);
    int64_t seen = 0;
    while (seen <= 1 + (int64_t)EACH) { /* a third reads meanwhile: whole states, and rising */
        struct ta_sitting sitting;
        assert_true(ta_store_sitting(fixture->store, pair, 1, &sitting, &fixture->err));
        assert_true(sitting.change >= seen);
        assert_int_equal(sitting.change, 1 + sitting.notes.count);
        seen = sitting.change;
        ta_sitting_release(&sitting);
    }
    assert_true(went_well(children[0]));
    assert_true(went_well(children[1]));

    unsigned next[2] = {0, 0};
    struct ta_sitting sitting;
    assert_true(ta_store_sitting(fixture->store, pair, 1, &sitting, &fixture->err));
    assert_int_equal(sitting.notes.count, 2 * EACH);
    for (size_t i = 0; i < sitting.notes.count; i++) {
        char *rest = NULL;
        unsigned long who = strtoul(sitting.notes.items[i].text, &rest, 10);
        assert_true(who < 2 && *rest == '.');
        assert_int_equal(strtoul(rest + 1, &rest, 10), next[who]);
        next[who]++;
    }
    ta_sitting_release(&sitting);
    assert_whole(fixture->store);
}

/* Says after each note that it is kept, until it is killed. */
static bool write_until_killed(struct fixture *fixture, void *data)
{
    struct task *task = data;
    struct ta_store *store = NULL;
    bool ok = ta_store_open(&store, fixture->path, &fixture->err);
    for (unsigned i = 0; ok; i++) {
        char text[64];
        (void)snprintf(text, sizeof text, "%u.%u", task->who, i);
        struct ta_note note = {.kind = TA_NOTE_MINE, .text = text, .at = MONDAY, .item = -1};
        ok = ta_store_note_add(store, task->sitting, &note, NULL, &fixture->err) &&
             write(task->acknowledgements, &i, sizeof i) == sizeof i;
    }
    return ok;
}

static void read_until_killed(pid_t child, int acknowledgements, unsigned enough, unsigned *count)
{
    unsigned number = 0;
    bool is_alive = true;
    *count = 0;
    while (read(acknowledgements, &number, sizeof number) == sizeof number) {
        assert_int_equal(number, *count);
        (*count)++;
        if (is_alive && *count == enough) {
            assert_int_equal(kill(child, SIGKILL), 0);
            is_alive = false;
        }
    }
}

static void what_was_acknowledged_survives_a_kill(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    struct task task = {.sitting = start(fixture->store, pair, 1)};
    uint64_t seed = 1;
    unsigned acknowledged[100];
    close_store(fixture); /* so that each child finds what the one before left behind */
    for (task.who = 0; task.who < 100; task.who++) {
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        task.acknowledgements = ends[1];
        pid_t child = in_child(write_until_killed, fixture, &task);
        (void)close(ends[1]);
        read_until_killed(child, ends[0], 1 + next_random(&seed) % 12, &acknowledged[task.who]);
        (void)close(ends[0]);
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
    }
    fixture->store = open_store(fixture);
    assert_whole(fixture->store);
    for (unsigned who = 0; who < 100; who++) {
        char sql[128];
        (void)snprintf(sql, sizeof sql, "SELECT count(*) FROM note WHERE text LIKE '%u.%%'", who);
        int64_t found = ask(fixture->store, sql);
        assert_true(acknowledged[who] > 0);
        /* One more may have been kept and not yet said so. */
        assert_true(found == acknowledged[who] || found == acknowledged[who] + 1);
    }
}

/* What is written afterwards is one transaction: all of it, or nothing. */
static void a_session_is_written_down_whole_or_not_at_all(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t revision = 0;
    struct ta_event both[] = {{MONDAY, TA_EVENT_START, 0}, {MONDAY + 60000, TA_EVENT_END, 0}};
    struct ta_note two[] = {{.kind = TA_NOTE_TAKEAWAY, .text = (char[]){"one"}, .item = -1},
                            {.kind = TA_NOTE_MINE, .text = (char[]){"two"}, .item = -1}};
    struct ta_events events = {both, 2};
    struct ta_notes notes = {two, 2};
    assert_true(ta_store_draft_put(fixture->store, pair, "written/1", "page", &revision, MONDAY,
                                   &fixture->err));
    assert_true(ta_store_sitting_write(fixture->store, pair, 1, "# Agenda\n", &events, &notes,
                                       "written/1", &fixture->err));
    struct ta_draft draft;
    assert_true(ta_store_draft(fixture->store, pair, "written/1", &draft, &fixture->err));
    assert_null(draft.text);
    struct ta_sitting read;
    assert_true(ta_store_sitting(fixture->store, pair, 1, &read, &fixture->err));
    assert_int_equal(read.events.count, 2);
    assert_int_equal(read.notes.count, 2);
    assert_int_equal(read.notes.items[1].kind, TA_NOTE_MINE);
    assert_int_equal(read.notes.items[1].at, 0);
    assert_true(read.notes.items[0].id != read.notes.items[1].id);
    ta_sitting_release(&read);
    assert_false(ta_store_sitting_write(fixture->store, pair, 1, "# Agenda\n", &events, &notes,
                                        NULL, &fixture->err));
    assert_int_equal(fixture->err.code, TA_REFUSED);
    assert_counts(fixture, pair, 1, 2, 2);
    (void)start(fixture->store, pair, 2);
    assert_false(ta_store_sitting_write(fixture->store, pair, 3, "# Agenda\n", &events, &notes,
                                        NULL, &fixture->err));
    assert_counts(fixture, pair, 3, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_session_is_read_as_it_was_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_session_is_written_down_whole_or_not_at_all, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_session_that_is_not_there_has_no_id, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_last_session_is_the_one_with_the_highest_number, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_session_is_open_until_it_is_settled, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_pair_sits_in_one_session_at_a_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_number_that_a_session_of_the_record_had_is_free, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_session_begins_with_an_item_in_hand, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_the_rule_refuses_is_not_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_terminals_cannot_contradict_each_other, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_note_after_the_end_is_refused_and_its_draft_stays, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_note_for_a_session_that_is_gone_is_absent, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_note_takes_its_own_draft_with_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_note_changes_and_is_removed_in_its_place, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_note_that_was_changed_meanwhile_is_not_overwritten,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_counter_rises_with_every_change_by_whichever_process,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_word_no_program_wrote_is_damage, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_processes_lose_none_of_their_notes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_acknowledged_survives_a_kill, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

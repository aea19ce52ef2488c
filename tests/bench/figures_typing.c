/* From a key to its echo, and from Enter to the note. */
#include <stdio.h>

#include "figures.h"
#include "measure.h"
#include "terminal.h"

enum { QUIET = 40, ECHO_QUIET = 8, NOTE_QUIET = 15, CHARACTERS = 20 };

/* Where is typed: a program, the keys that lead there, and what the line is emptied with. */
struct place {
    struct pty pty;
    const char *empty;
    struct series times;
};

static void go_to(struct place *place, const char *const *arguments, const char *const *keys)
{
    *place = (struct place){.empty = "\x15"};
    pty_open(&place->pty, arguments);
    pty_await(&place->pty, NULL, 4 * QUIET);
    for (; *keys != NULL; keys++) {
        pty_forget(&place->pty);
        (void)pty_send(&place->pty, *keys);
        pty_await(&place->pty, NULL, 4 * QUIET);
    }
}

static void leave(struct place *place)
{
    series_release(&place->times);
    pty_close(&place->pty);
}

static void await_quiet(struct place *place, const char *keys)
{
    pty_forget(&place->pty);
    (void)pty_send(&place->pty, keys);
    pty_await(&place->pty, NULL, QUIET);
}

static void type_once(struct place *place)
{
    for (int i = 0; i < CHARACTERS; i++) {
        const char key[] = {(char)('a' + i), '\0'};
        pty_forget(&place->pty);
        int64_t sent = pty_send(&place->pty, key);
        pty_await(&place->pty, NULL, ECHO_QUIET);
        series_add(&place->times, (double)(place->pty.last - sent) / 1e3);
    }
    await_quiet(place, place->empty);
}

enum { LIVE, CLAUSE, NANO, PLACES };

void figure_echo(const struct programs *programs)
{
    struct world worlds[2];
    struct place places[PLACES];
    const char *const app[] = {programs->turnabout, NULL};
    const char *const nano[] = {"nano", "-I", NULL};
    world_make(&worlds[0], programs, 10);
    world_begin_session(&worlds[0]);
    go_to(&places[LIVE], app, (const char *const[]){"s", NULL});
    world_make(&worlds[1], programs, 10);
    go_to(&places[CLAUSE], app, (const char *const[]){"c", "\r", "\t", NULL});
    go_to(&places[NANO], nano, (const char *const[]){"x", NULL});
    places[NANO].empty = "\x0b";
    for (int round = 0; round < rounds(); round++) {
        for (int turn = 0; turn < PLACES; turn++) {
            type_once(&places[(turn + round) % PLACES]);
        }
    }
    report_ratio("key to echo in the live line, to nano", "us", &places[LIVE].times,
                 &places[NANO].times, 1.0);
    report_ratio("key to echo in an editor, to nano", "us", &places[CLAUSE].times,
                 &places[NANO].times, 1.0);
    for (int i = 0; i < PLACES; i++) {
        leave(&places[i]);
    }
    world_remove(&worlds[0]);
    world_remove(&worlds[1]);
}

/* Every cell of the text differs from the one that the last note had there: all of it is drawn. */
static void note_once(struct place *place, int number)
{
    const char one = (char)('a' + number % 25);
    const char text[] = {one, (char)(one + 1), one, (char)(one + 1), one, (char)(one + 1), '\0'};
    await_quiet(place, text);
    pty_forget(&place->pty);
    int64_t sent = pty_send(&place->pty, "\r");
    pty_await(&place->pty, text, NOTE_QUIET);
    series_add(&place->times, (double)(place->pty.last - sent) / 1e6);
}

void figure_note(const struct programs *programs)
{
    struct world world;
    struct place places[2];
    char database[128];
    world_make(&world, programs, 10);
    world_begin_session(&world);
    (void)snprintf(database, sizeof database, "%s/floor.db", world.home);
    go_to(&places[0], (const char *const[]){programs->turnabout, NULL},
          (const char *const[]){"s", NULL});
    go_to(&places[1], (const char *const[]){programs->floor_note, database, NULL},
          (const char *const[]){NULL});
    for (int round = 0; round < 2 * rounds(); round++) {
        note_once(&places[round % 2], round);
        note_once(&places[1 - round % 2], round);
    }
    report_ratio("Enter to a durable note, to one WAL commit", "ms", &places[0].times,
                 &places[1].times, 1.3);
    leave(&places[0]);
    leave(&places[1]);
    world_remove(&world);
}

/* With many notes in the session, and with few. */

enum { NOTES_FEW = 10, NOTES_MANY = 5000 };

static void fill_session(struct world *world, const struct programs *programs, int notes)
{
    world_make(world, programs, 10);
    world_begin_session(world);
    run_script(
        "\"$TURNABOUT\" session note '! The first of them'\n"
        "sqlite3 \"$TURNABOUT_HOME/turnabout.db\" 'WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL "
        "SELECT i + 1 FROM n WHERE i < %d) INSERT INTO note (sitting, position, kind, at, "
        "item, removed, text) SELECT sitting, i, kind, at, item, removed, text || i FROM "
        "note, n WHERE position = 1'",
        notes);
}

/* In the list: a step up and one down again, each to the whole of the screen. */
static void walk_once(struct place *place)
{
    static const char *const keys[] = {"\x1b[A", "\x1b[A", "\x1b[A", "\x1b[B", "\x1b[B", "\x1b[B"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        pty_forget(&place->pty);
        int64_t sent = pty_send(&place->pty, keys[i]);
        pty_await(&place->pty, NULL, ECHO_QUIET);
        series_add(&place->times, (double)(place->pty.last - sent) / 1e3);
    }
}

static void measure_many(struct place places[2], void (*once)(struct place *place))
{
    for (int round = 0; round < rounds(); round++) {
        once(&places[round % 2]);
        once(&places[1 - round % 2]);
    }
}

void figure_many(const struct programs *programs)
{
    struct world worlds[2];
    struct place places[2];
    const char *const app[] = {programs->turnabout, NULL};
    for (int i = 0; i < 2; i++) {
        fill_session(&worlds[i], programs, i == 0 ? NOTES_MANY : NOTES_FEW);
        go_to(&places[i], app, (const char *const[]){"s", NULL});
    }
    measure_many(places, type_once);
    report_ratio("key to echo with 5000 notes, to 10 notes", "us", &places[0].times,
                 &places[1].times, 1.1);
    for (int i = 0; i < 2; i++) {
        series_release(&places[i].times);
        await_quiet(&places[i], "\x1b[A");
    }
    measure_many(places, walk_once);
    report_ratio("a step in the list of 5000 notes, to 10 notes", "us", &places[0].times,
                 &places[1].times, 1.1);
    for (int i = 0; i < 2; i++) {
        leave(&places[i]);
        world_remove(&worlds[i]);
    }
}

/* Two terminals on one session */

/* From Enter in one terminal to the note in the other, with the disk in between. */
static void hear_once(struct place *from, struct place *to, int number)
{
    const char one = (char)('a' + number % 25);
    const char text[] = {one, (char)(one + 1), one, (char)(one + 1), one, (char)(one + 1), '\0'};
    await_quiet(from, text);
    pty_forget(&to->pty);
    int64_t sent = pty_send(&from->pty, "\r");
    pty_await(&to->pty, text, NOTE_QUIET);
    series_add(&to->times, (double)(to->pty.last - sent) / 1e6);
    pty_await(&from->pty, NULL, NOTE_QUIET);
}

static long wakes(pid_t pid)
{
    char path[64];
    char line[256];
    long count = 0;
    (void)snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        (void)sscanf(line, "voluntary_ctxt_switches: %ld", &count);
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    return count;
}

void figure_elsewhere(const struct programs *programs)
{
    struct world world;
    struct place places[2];
    const char *const app[] = {programs->turnabout, NULL};
    world_make(&world, programs, 10);
    world_begin_session(&world);
    run_script("\"$TURNABOUT\" session pause"); /* no clock wakes anybody */
    for (int i = 0; i < 2; i++) {
        go_to(&places[i], app, (const char *const[]){"s", NULL});
    }
    for (int round = 0; round < 2 * rounds(); round++) {
        hear_once(&places[round % 2], &places[1 - round % 2], round);
    }
    report_value("a note from the other terminal, p50", "ms", series_at(&places[0].times, 50), -1);
    report_value("a note from the other terminal, p90", "ms", series_at(&places[0].times, 90), 10);
    long before = wakes(places[1].pty.pid);
    await_quiet(&places[0], "a line that is typed and kept, but not entered");
    pty_listen(&places[0].pty, 3000);
    report_value("wake-ups by what is typed there and is no note", "in 3 s",
                 (double)(wakes(places[1].pty.pid) - before), 1);
    leave(&places[0]);
    leave(&places[1]);
    world_remove(&world);
}

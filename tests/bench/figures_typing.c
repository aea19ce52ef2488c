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

/*
 * Figures of a coordinator's programme: bench_programme TURNABOUT PROGRAMME [fetching]. PROGRAMME
 * makes the pairs up; what is measured on is made once a run. See README.md.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "measure.h"
#include "terminal.h"
#include "turnabout/base/file.h"
#include "turnabout/base/text.h"
#include "turnabout/desk/programme.h"
#include "turnabout/ledger/programme.h"

enum { MANY = 10000, FEW = 10, SOME = 100, REMOTES = 2000, QUIET = 60 };

struct place {
    const char *turnabout, *programme;
    char folder[64];
};

/* A script with sh -eu in the folder; "$turnabout" and "$programme" are the programs. */
static void run(const struct place *place, const char *script)
{
    struct ta_text command = {0};
    ta_text_addf(&command, "cd '%s' && turnabout='%s' programme='%s' && set -eu && %s",
                 place->folder, place->turnabout, place->programme, script);
    /* NOLINTNEXTLINE(cert-env33-c): the shell and the git of whoever measures */
    if (system(command.bytes) != 0) {
        give_up("a script ended badly: %s", script);
    }
    ta_text_release(&command);
}

static int64_t timed(const struct place *place, const char *script)
{
    int64_t began = now_ns();
    run(place, script);
    return now_ns() - began;
}

static void use(const struct place *place, const char *home)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", place->folder, home);
    (void)setenv("TURNABOUT_HOME", path, 1);
}

/* A programme of so many pairs, as if all had been fetched. */
static void make(const struct place *place, const char *home, int pairs)
{
    char script[768];
    use(place, home);
    (void)snprintf(
        script, sizeof script,
        "$programme --list /srv/pairs %d | $turnabout programme import - >/dev/null 2>&1;"
        "git init -q --bare %s/programme/programme.git; $programme %d | "
        "git -C %s/programme/programme.git fast-import --quiet;"
        "git -C %s/programme/programme.git pack-refs --all",
        pairs, home, pairs, home, home);
    run(place, script);
    int64_t began = now_ns();
    run(place, "$turnabout overview >/dev/null");
    if (pairs == MANY) {
        report_value("all that was released read into the store", "s",
                     (double)(now_ns() - began) / 1e9, -1);
    }
}

/* The first screen */

static double first_screen(const struct place *place, const char *home)
{
    struct pty app;
    use(place, home);
    pty_open(&app, (const char *const[]){place->turnabout, "overview", NULL});
    pty_await(&app, "help", QUIET);
    double taken = (double)(app.last - app.started) / 1e6;
    pty_close(&app);
    return taken;
}

static void figure_screen(const struct place *place)
{
    struct series many = {0};
    struct series few = {0};
    for (int round = 0; round < rounds(); round++) {
        series_add(round % 2 ? &many : &few, first_screen(place, round % 2 ? "many" : "few"));
        series_add(round % 2 ? &few : &many, first_screen(place, round % 2 ? "few" : "many"));
    }
    report_ratio("overview's first screen, 10,000 pairs, to 10", "ms", &many, &few, 1.5);
    series_release(&many);
    series_release(&few);
}

/* What moved */

static void count_ref(const struct ta_pair_ref *ref, void *data)
{
    (void)ref;
    (*(size_t *)data)++;
}

/* What anybody has to do who wants to know where each pair stands. */
static double read_refs(const char *path)
{
    int64_t began = now_ns();
    struct ta_text text = {0};
    struct ta_piece line;
    struct ta_piece id;
    size_t pairs = 0;
    char *file = ta_path_join(path, "packed-refs");
    if (!ta_file_read(&text, file, 64 << 20, NULL)) {
        give_up("%s cannot be read", file);
    }
    struct ta_piece rest = {text.bytes, text.length};
    while (ta_next_line(&rest, &line)) {
        pairs += ta_next_part(&line, ' ', &id) && ta_piece_starts(line, "refs/pairs/");
    }
    ta_text_release(&text);
    free(file);
    return pairs > 0 ? (double)(now_ns() - began) / 1e6 : 0;
}

static double find_moved(const char *path, const char *known, size_t wanted)
{
    char stamp[TA_STAMP_SIZE];
    struct ta_error err;
    size_t moved = 0;
    int64_t began = now_ns();
    if (!ta_programme_moved(path, known, count_ref, &moved, stamp, &err)) {
        give_up("%s", err.text);
    }
    if (moved != wanted) {
        give_up("%zu moved, not %zu", moved, wanted);
    }
    return (double)(now_ns() - began) / 1e6;
}

static void figure_moved(const struct place *place)
{
    char path[160];
    char known[TA_STAMP_SIZE];
    size_t all = 0;
    struct series nothing = {0};
    struct series one = {0};
    struct series reading = {0};
    (void)snprintf(path, sizeof path, "%s/many/programme/programme.git", place->folder);
    (void)ta_programme_moved(path, NULL, count_ref, &all, known, NULL);
    ta_programme_keep(path, known);
    for (int round = 0; round < 5 * rounds(); round++) {
        series_add(&nothing, find_moved(path, known, 0));
        series_add(&reading, read_refs(path));
    }
    run(place, "g=many/programme/programme.git; ref=$(git -C $g for-each-ref --count=1 "
               "--format='%(refname)' --sort=-refname); git -C $g update-ref $ref $ref~1; "
               "git -C $g pack-refs --all");
    for (int round = 0; round < 5 * rounds(); round++) {
        series_add(&one, find_moved(path, known, 1));
        series_add(&reading, read_refs(path));
    }
    report_ratio("finding that nothing moved, to reading packed-refs", "ms", &nothing, &reading,
                 1.5);
    report_ratio("finding the one that moved, to reading packed-refs", "ms", &one, &reading, 1.5);
    series_release(&nothing);
    series_release(&one);
    series_release(&reading);
}

/* One more session, durable */

struct storing {
    struct ta_desk desk;
    struct ta_member member;
    struct ta_release_read read;
};

static void keep_row(const struct ta_released_row *row, void *data)
{
    struct ta_release_read *read = data;
    struct ta_released_row *rows =
        realloc(read->sessions, (read->count + 2) * sizeof *read->sessions);
    if (rows == NULL) {
        abort();
    }
    read->sessions = rows;
    rows[read->count] = *row;
    rows[read->count++].text = row->text != NULL ? strdup(row->text) : NULL;
}

static void open_storing(const struct place *place, const char *home, struct storing *storing)
{
    struct ta_error err;
    const struct ta_overview_query first = {.order = TA_ORDER_HELD, .limit = 1, .skip = 5};
    struct ta_members members;
    *storing = (struct storing){0};
    use(place, home);
    if (!ta_desk_open(&storing->desk, getenv, &err) || !ta_programme_open(&storing->desk, &err) ||
        !ta_store_members(storing->desk.programme, &first, &members, &err) ||
        !ta_store_released_sessions(storing->desk.programme, members.items[0].id, keep_row,
                                    &storing->read, &err)) {
        give_up("%s", err.text);
    }
    storing->member = members.items[0];
    free(members.items);
}

static double store_one(struct storing *storing, int round, const char *text)
{
    struct ta_error err;
    struct ta_released_row *rows = storing->read.sessions;
    size_t count = storing->read.count;
    struct ta_store *store = storing->desk.programme;
    if (rows == NULL) {
        rows = calloc(1, sizeof *rows);
        storing->read.sessions = rows;
    }
    rows[count] = (struct ta_released_row){
        .session = 500 + (unsigned)round, .held = {1764000000000, 60}, .minutes = 45, .text = text};
    int64_t began = now_ns();
    bool ok = ta_store_begin_releases(store, true, &err) &&
              ta_store_release(store, &storing->member, rows, count + 1, &err);
    if (!ta_store_end_releases(store, true, ok, "stamp", &err)) {
        give_up("%s", err.text);
    }
    return (double)(now_ns() - began) / 1e6;
}

static double write_one(const char *path, const char *text)
{
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    int64_t began = now_ns();
    bool ok = write(file, text, strlen(text)) == (ssize_t)strlen(text) && fdatasync(file) == 0;
    double taken = (double)(now_ns() - began) / 1e6;
    if (!ok || close(file) != 0) {
        give_up("%s cannot be written", path);
    }
    return taken;
}

static void figure_store(const struct place *place)
{
    struct storing many;
    struct storing some;
    struct series much = {0};
    struct series little = {0};
    struct series floor = {0};
    char path[128];
    char text[2048];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    (void)snprintf(path, sizeof path, "%s/floor", place->folder);
    open_storing(place, "many", &many);
    open_storing(place, "some", &some);
    for (int round = 0; round < 5 * rounds(); round++) {
        series_add(&much, store_one(&many, round, text));
        series_add(&little, store_one(&some, round, text));
        series_add(&floor, write_one(path, text));
    }
    report_ratio("a session stored, 60,000 there, to write and fdatasync", "ms", &much, &floor,
                 2.5);
    report_ratio("a session stored, 600 there, to write and fdatasync", "ms", &little, &floor, 2.5);
    ta_desk_close(&many.desk);
    ta_desk_close(&some.desk);
    series_release(&much);
    series_release(&little);
    series_release(&floor);
}

/* Disk, and fetching */

static double number_from(const struct place *place, const char *name)
{
    struct ta_text text = {0};
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", place->folder, name);
    if (!ta_file_read(&text, path, 4096, NULL)) {
        give_up("%s cannot be read", path);
    }
    double number = strtod(text.bytes, NULL);
    ta_text_release(&text);
    return number;
}

static void figure_disk(const struct place *place)
{
    run(place, "g=remote/programme/programme.git; du -sk $g | cut -f1 >disk;"
               "git -C $g for-each-ref --format='%(objectname)' | while read -r c; do "
               "git -C $g ls-tree -r -l $c; done | awk '{ sum += $4 } END { print sum / 1024 }' "
               ">texts");
    report_value("disk of a programme that was fetched, to its texts", "times",
                 number_from(place, "disk") / number_from(place, "texts"), 3);
}

static void make_remotes(const struct place *place)
{
    char script[1024];
    (void)snprintf(script, sizeof script,
                   "mkdir remotes && cd remotes && git init -q --bare all.git && "
                   "$programme %d | git -C all.git fast-import --quiet && "
                   "$programme --list \"$PWD\" %d >pairs.csv && "
                   "git -C all.git for-each-ref --format='%%(objectname) %%(refname:lstrip=2)' | "
                   "while read -r id slug; do g=$slug.git; "
                   "mkdir -p $g/objects/info $g/refs/heads; "
                   "echo 'ref: refs/heads/main' >$g/HEAD; "
                   "printf '[core]\\n\\trepositoryformatversion = 0\\n\\tbare = true\\n' "
                   ">$g/config; echo \"$PWD/all.git/objects\" >$g/objects/info/alternates; "
                   "echo \"$id refs/heads/main\" >$g/packed-refs; echo \"$PWD/$g\" >>list; done; "
                   "while IFS= read -r line; do url=${line##*,}; [ -d \"$url\" ] && "
                   "printf '%%s\\n' \"$line\" || [ \"$url\" != url ] || "
                   "printf '%%s\\n' \"$line\"; done <pairs.csv >there.csv",
                   REMOTES, REMOTES);
    run(place, script);
    use(place, "remote");
    run(place, "$turnabout programme import remotes/there.csv >/dev/null 2>&1");
}

static void figure_fetching(const struct place *place)
{
    struct series ours = {0};
    struct series gits = {0};
    make_remotes(place);
    int64_t first = timed(place, "$turnabout sync --all >/dev/null");
    report_value("2,000 path remotes fetched for the first time", "s", (double)first / 1e9, -1);
    /* The least that git can do: a repository without refs, where all that is there is known. */
    run(place, "git init -q --bare plain.git && "
               "echo \"$PWD/remotes/all.git/objects\" >plain.git/objects/info/alternates && "
               "git -C plain.git config core.alternateRefsPrefixes refs/none/");
    for (int round = 0; round < 2; round++) {
        series_add(&ours, (double)timed(place, "$turnabout sync --all >/dev/null") / 1e6);
        series_add(&gits,
                   (double)timed(place, "xargs -P 8 -n 1 git -C plain.git fetch -q --no-tags "
                                        "--no-write-fetch-head <remotes/list") /
                       1e6);
    }
    report_ratio("2,000 path remotes, nothing new, to xargs -P 8 git fetch", "ms", &ours, &gits,
                 1.1);
    series_release(&ours);
    series_release(&gits);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        give_up("arguments: TURNABOUT PROGRAMME [fetching]");
    }
    bool fetching = argc > 3 && strcmp(argv[3], "fetching") == 0;
    struct place place = {.turnabout = argv[1], .programme = argv[2]};
    const char *below = getenv("TMPDIR");
    (void)snprintf(place.folder, sizeof place.folder, "%s/bench-XXXXXX",
                   below != NULL && strlen(below) < 40 ? below : "/tmp");
    if (mkdtemp(place.folder) == NULL) {
        give_up("no folder can be made");
    }
    (void)setenv("TZ", "Europe/Berlin", 1);
    (void)setenv("LC_ALL", "C.UTF-8", 1);
    (void)setenv("TERM", "xterm-256color", 1);
    (void)setenv("TURNABOUT_CLOCK", "=2026-11-22T12:00:00Z", 1);
    if (fetching) {
        figure_fetching(&place);
        figure_disk(&place);
    } else {
        make(&place, "few", FEW);
        make(&place, "some", SOME);
        make(&place, "many", MANY);
        figure_screen(&place);
        figure_moved(&place);
        figure_store(&place);
    }
    (void)ta_folder_remove(place.folder, NULL);
    return report_status();
}

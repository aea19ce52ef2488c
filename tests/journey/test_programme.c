/* A coordinator fetches what pairs released, and reads it. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "world.h"

/* A pair that releases one takeaway, and its repository. */
static void release_something(struct world *world)
{
    world_pair(world);
    (void)world_do(world,
                   "git init -q --bare released.git; "
                   "turnabout contract set goals 'Juniors speak first'; "
                   "turnabout contract set off-limits health; "
                   "turnabout contract set shared takeaways; "
                   "turnabout contract sign --as mentor; turnabout contract sign --as mentee; "
                   "turnabout session start --ago 45m; "
                   "turnabout session note '! The first to speak sets what can be said'; "
                   "turnabout session note 'Between the two of us'; turnabout session end; "
                   "turnabout summary commit; "
                   "turnabout release approve 1 --as mentor; "
                   "turnabout release approve 1 --as mentee; "
                   "turnabout remote set released \"$PWD/released.git\"; turnabout sync");
}

static struct terminal *coordinator(struct world *world)
{
    (void)world_do(world, "TURNABOUT_HOME=\"$PWD/other\" turnabout programme add "
                          "\"$PWD/released.git\"; "
                          "TURNABOUT_HOME=\"$PWD/other\" turnabout programme add "
                          "\"$PWD/nowhere.git\" --mentor 'Amara Diallo' --mentee 'Jan Berg'");
    world_set_folder(world, "TURNABOUT_HOME", "other");
    struct terminal *app = world_app(world);
    see(app, "2 pairs");
    return app;
}

static void what_was_released_is_fetched_and_read(void **state)
{
    struct world *world = *state;
    release_something(world);
    struct terminal *app = coordinator(world);
    assert_int_equal(terminal_row(app, "Priya"), -1);
    terminal_press(app, "F");
    see(app, "1 could not be fetched");
    see(app, "Priya");
    terminal_press(app, "/");
    terminal_type(app, "speak");
    see(app, "The first to speak");
    terminal_press(app, "Enter");
    see(app, "Session 1");
    terminal_press(app, "Esc");
    terminal_press(app, "Esc");
    see(app, "2 pairs");
    terminal_press(app, "f");
    terminal_type(app, "priya");
    terminal_press(app, "Enter");
    terminal_press(app, "Enter");
    see(app, "The first to speak");
    assert_int_equal(terminal_row(app, "Between the two of us"), -1);
    terminal_press(app, "q");
    see(app, "2 pairs");
    (void)world_do(world, "git --git-dir other/programme/programme.git fsck --strict && "
                          "! grep -ra 'Between the two of us' other");
}

static void what_a_command_adds_shows_in_an_open_overview(void **state)
{
    struct world *world = *state;
    struct terminal *app = coordinator(world);
    (void)world_do(world, "TURNABOUT_HOME=\"$PWD/other\" turnabout programme add "
                          "\"$PWD/third.git\" --mentor 'Noor Haddad' --mentee 'T. Becker'");
    see(app, "3 pairs");
    see(app, "Noor");
}

/* A host that takes connections and never says a word. */
static int listen_dumbly(int *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    int listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(bind(listening, (struct sockaddr *)&address, size), 0);
    assert_int_equal(listen(listening, 8), 0);
    assert_int_equal(getsockname(listening, (struct sockaddr *)&address, &size), 0);
    *port = ntohs(address.sin_port);
    return listening;
}

static void who_does_not_answer_is_named_and_not_counted(void **state)
{
    struct world *world = *state;
    int port;
    int listening = listen_dumbly(&port);
    release_something(world);
    struct terminal *app = coordinator(world);
    (void)world_do(world,
                   "TURNABOUT_HOME=\"$PWD/other\" turnabout programme add "
                   "git://127.0.0.1:%d/kim.git --mentor 'Kim Lee' --mentee 'Ada West'",
                   port);
    see(app, "3 pairs");
    terminal_press(app, "F");
    see(app, "2 of 3 pairs, 1 does not answer yet. F stops it.");
    terminal_press(app, "F");
    see(app, "Stopped after 2 of 3 pairs");
    (void)close(listening);
}

/* A file that was there is somebody's, until they say that it may go. */
static void a_report_replaces_a_file_only_after_a_yes(void **state)
{
    struct world *world = *state;
    struct terminal *app = coordinator(world);
    (void)world_do(world, "echo mine >keep.html");
    terminal_press(app, "r");
    terminal_press(app, "C-u");
    terminal_type(app, "keep.html");
    terminal_press(app, "Enter");
    see(app, "keep.html is there already: replace it?");
    terminal_press(app, "n");
    see(app, "keep.html is as it was.");
    (void)world_do(world, "test \"$(cat keep.html)\" = mine");
    terminal_press(app, "r");
    terminal_press(app, "C-u");
    terminal_type(app, "keep.html");
    terminal_press(app, "Enter");
    terminal_press(app, "y");
    see(app, "The report is in keep.html.");
    (void)world_do(world, "grep -q '<html' keep.html");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        in_a_world(what_was_released_is_fetched_and_read),
        in_a_world(what_a_command_adds_shows_in_an_open_overview),
        in_a_world(who_does_not_answer_is_named_and_not_counted),
        in_a_world(a_report_replaces_a_file_only_after_a_yes),
    };
    return world_run_tests(tests, argc, argv);
}

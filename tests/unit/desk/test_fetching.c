/* Fetching many at once: a slow one holds nobody up, and it can be stopped. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "turnabout/base/text.h"
#include "turnabout/desk/fetching.h"
#include "turnabout/desk/overview.h"
#include "turnabout/desk/sample.h"
#include "turnabout/ledger/chain.h"
#include "world.h"

enum { GOOD = 5 };

/* The first made-up pair that released something from `number` on, as a repository of its own. */
static void release_pair(struct world *world, unsigned *number)
{
    const struct ta_sample_plan plan = {
        .seed = 1, .today = {2026, 11, 22}, .weeks = 30, .entries = 3};
    struct ta_sample sample;
    char tip[TA_ID_SIZE];
    struct ta_text path = {0};
    ta_sample_make(&sample, &plan, (*number)++);
    while (sample.count == 0) {
        ta_sample_release(&sample);
        ta_sample_make(&sample, &plan, (*number)++);
    }
    ta_text_addf(&path, "%s/remote-%u.git", world->home, *number);
    struct ta_link links[64];
    struct ta_change changes[64][TA_SAMPLE_FILES];
    assert_true(sample.count <= 64);
    for (size_t i = 0; i < sample.count; i++) {
        const struct ta_sample_step *step = &sample.steps[i];
        links[i] = (struct ta_link){step->subject, step->when / 1000, changes[i], 0};
        for (size_t j = 0; j < TA_SAMPLE_FILES && step->files[j].path != NULL; j++) {
            changes[i][links[i].count++] =
                (struct ta_change){.path = step->files[j].path, .text = step->files[j].text};
        }
    }
    fine(world,
         ta_ledger_chain(world->desk.git, path.bytes, links, sample.count, tip, &world->err));
    const struct ta_programme_entry entry = {sample.mentor, sample.mentee, NULL, path.bytes};
    char *slug = NULL;
    fine(world, ta_desk_programme_add(&world->desk, &entry, &slug, &world->err));
    free(slug);
    ta_text_release(&path);
    ta_sample_release(&sample);
}

static void add_pair(struct world *world, const char *mentor, int port)
{
    struct ta_text url = {0};
    char *slug = NULL;
    ta_text_addf(&url, "git://127.0.0.1:%d/%s.git", port, mentor);
    const struct ta_programme_entry entry = {mentor, "Ada West", NULL, url.bytes};
    fine(world, ta_desk_programme_add(&world->desk, &entry, &slug, &world->err));
    free(slug);
    ta_text_release(&url);
}

/* A host that takes connections and never says a word; `*port` is where. */
static int listen_dumbly(int *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    int listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(bind(listening, (struct sockaddr *)&address, size), 0);
    assert_int_equal(listen(listening, 64), 0);
    assert_int_equal(getsockname(listening, (struct sockaddr *)&address, &size), 0);
    *port = ntohs(address.sin_port);
    return listening;
}

static int hang(struct world *world, const char *mentor)
{
    int port;
    int listening = listen_dumbly(&port);
    add_pair(world, mentor, port);
    return listening;
}

static enum ta_fetch_outcome outcome_of(const struct ta_fetching *fetching, size_t all,
                                        const char *mentor)
{
    for (size_t i = 0; i < all; i++) {
        struct ta_fetched pair = ta_fetching_pair(fetching, i);
        if (strcmp(pair.member->mentor, mentor) == 0) {
            return pair.outcome;
        }
    }
    fail();
    return TA_FETCH_WAITS;
}

/* Steps until so many are done. */
static struct ta_fetch_count step_until(struct world *world, struct ta_fetching *fetching,
                                        size_t done)
{
    struct ta_fetch_count count = {.running = true};
    while (count.running && count.done < done) {
        fine(world, ta_fetching_step(fetching, 100, &count, &world->err));
    }
    return count;
}

static void a_slow_one_holds_nobody_up(void **state)
{
    struct world *world = *state;
    struct ta_fetching *fetching;
    unsigned number = 0;
    int listening =
        hang(world, "Kim Lee"); /* it comes first: of the others nothing is known yet either */
    for (unsigned i = 0; i < GOOD; i++) {
        release_pair(world, &number);
    }
    fine(world, ta_fetching_begin(&fetching, &world->desk, 2, 5, &world->err));
    struct ta_fetch_count count = step_until(world, fetching, GOOD);
    assert_true(count.running); /* the slow one is still waited for */
    assert_int_equal(count.moved, GOOD);
    while (count.running) {
        fine(world, ta_fetching_step(fetching, 100, &count, &world->err));
    }
    assert_int_equal(count.failed, 1);
    assert_int_equal(outcome_of(fetching, GOOD + 1, "Kim Lee"), TA_FETCH_FAILED);
    ta_fetching_end(fetching);
    (void)close(listening);
}

static void what_has_come_is_kept_when_it_is_stopped(void **state)
{
    struct world *world = *state;
    struct ta_fetching *fetching;
    struct ta_fetch_count count;
    struct ta_figures figures;
    unsigned number = 0;
    int listening = hang(world, "Kim Lee");
    for (unsigned i = 0; i < GOOD; i++) {
        release_pair(world, &number);
    }
    fine(world, ta_fetching_begin(&fetching, &world->desk, 2, 600, &world->err));
    (void)step_until(world, fetching, GOOD);
    time_t began = time(NULL);
    ta_fetching_stop(fetching);
    fine(world, ta_fetching_step(fetching, 0, &count, &world->err));
    assert_true(time(NULL) - began < 60);
    assert_false(count.running);
    assert_int_equal(count.done, GOOD); /* what was ended in the middle was not fetched */
    assert_int_equal(outcome_of(fetching, GOOD + 1, "Kim Lee"), TA_FETCH_WAITS);
    ta_fetching_end(fetching);
    fine(world, ta_desk_figures(&world->desk, &figures, &world->err));
    assert_int_equal(figures.released, GOOD);
    assert_int_equal(figures.pairs, GOOD + 1);
    ta_figures_release(&figures);
    (void)close(listening);
}

static struct ta_fetch_count step_to_end(struct world *world, struct ta_fetching *fetching)
{
    struct ta_fetch_count count = {.running = true};
    while (count.running) {
        fine(world, ta_fetching_step(fetching, 100, &count, &world->err));
    }
    return count;
}

static void who_is_silent_makes_room_for_who_answers(void **state)
{
    enum { SILENT = 4, ANSWER = 3, SECONDS = 36 };
    struct world *world = *state;
    struct ta_fetching *fetching;
    int silent[SILENT];
    char name[16];
    int port;
    for (int i = 0; i < SILENT; i++) {
        (void)snprintf(name, sizeof name, "Silent-%d", i);
        silent[i] = hang(world, name);
    }
    (void)close(listen_dumbly(&port)); /* nobody is there: that is an answer at once */
    for (int i = 0; i < ANSWER; i++) {
        (void)snprintf(name, sizeof name, "Nobody-%d", i);
        add_pair(world, name, port);
    }
    time_t began = time(NULL);
    fine(world, ta_fetching_begin(&fetching, &world->desk, 2, SECONDS, &world->err));
    struct ta_fetch_count count = step_until(world, fetching, ANSWER);
    assert_true(time(NULL) - began < SECONDS);
    assert_true(count.running);
    assert_int_equal(count.done, ANSWER);
    assert_int_equal(count.late, SILENT);
    ta_fetching_stop(fetching);
    count = step_to_end(world, fetching);
    assert_int_equal(count.done, ANSWER);
    assert_int_equal(outcome_of(fetching, SILENT + ANSWER, "Silent-0"), TA_FETCH_WAITS);
    ta_fetching_end(fetching);
    for (int i = 0; i < SILENT; i++) {
        (void)close(silent[i]);
    }
}

static void a_host_that_is_gone_is_not_waited_for_by_each_pair(void **state)
{
    enum { PAIRS = 40, SECONDS = 2 };
    struct world *world = *state;
    struct ta_fetching *fetching;
    char name[16];
    int port;
    int listening = listen_dumbly(&port);
    for (int i = 0; i < PAIRS; i++) {
        (void)snprintf(name, sizeof name, "Kim-%d", i);
        add_pair(world, name, port);
    }
    time_t began = time(NULL);
    fine(world, ta_fetching_begin(&fetching, &world->desk, 2, SECONDS, &world->err));
    struct ta_fetch_count count = step_to_end(world, fetching);
    assert_true(time(NULL) - began < PAIRS * SECONDS / 2 / 2); /* two at once, and half of that */
    assert_int_equal(count.failed, PAIRS);
    assert_int_equal(count.late, 0);
    struct ta_fetched first = ta_fetching_pair(fetching, 0);
    struct ta_fetched last = ta_fetching_pair(fetching, PAIRS - 1);
    assert_non_null(strstr(first.trouble, "nothing came for 2 seconds"));
    assert_non_null(strstr(last.trouble, "did not answer for other pairs"));
    ta_fetching_end(fetching);
    (void)close(listening);
}

static void who_failed_the_last_time_comes_last(void **state)
{
    struct world *world = *state;
    struct ta_fetching *fetching;
    int port;
    int other;
    int listening = hang(world, "Kim Lee");
    fine(world, ta_fetching_begin(&fetching, &world->desk, 1, 1, &world->err));
    (void)step_to_end(world, fetching);
    ta_fetching_end(fetching);
    other = listen_dumbly(&port);
    (void)close(other);
    add_pair(world, "Noor Hill", port);
    fine(world, ta_fetching_begin(&fetching, &world->desk, 1, 600, &world->err));
    (void)step_until(world, fetching, 1);
    struct ta_fetch_count count;
    fine(world, ta_fetching_step(fetching, 0, &count, &world->err));
    assert_int_equal(count.late, 0); /* the first was not even asked, or not for long */
    assert_int_equal(outcome_of(fetching, 2, "Noor Hill"), TA_FETCH_FAILED);
    ta_fetching_end(fetching);
    (void)close(listening);
}

static void only_one_program_fetches(void **state)
{
    struct world *world = *state;
    struct ta_fetching *fetching;
    struct ta_fetching *other;
    int listening = hang(world, "Kim Lee");
    fine(world, ta_fetching_begin(&fetching, &world->desk, 1, 600, &world->err));
    refused(world, ta_fetching_begin(&other, &world->desk, 1, 600, &world->err), TA_BUSY,
            "Another");
    ta_fetching_end(fetching);
    (void)close(listening);
}

static void nothing_new_is_read_nowhere(void **state)
{
    struct world *world = *state;
    struct ta_fetching *fetching;
    unsigned number = 0;
    release_pair(world, &number);
    release_pair(world, &number);
    for (unsigned i = 0; i < 2; i++) {
        fine(world, ta_fetching_begin(&fetching, &world->desk, 0, 0, &world->err));
        struct ta_fetch_count count = {.running = true};
        while (count.running) {
            fine(world, ta_fetching_step(fetching, 100, &count, &world->err));
        }
        assert_int_equal(count.moved, i == 0 ? 2 : 0);
        assert_int_equal(count.failed, 0);
        ta_fetching_end(fetching);
    }
    char *packs = world_shell(world, "ls \"$TURNABOUT_HOME\"/programme/programme.git/objects/pack "
                                     "| grep -c 'pack$'");
    assert_true(strtol(packs, NULL, 10) <= 2);
    free(packs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_slow_one_holds_nobody_up, world_open, world_close),
        cmocka_unit_test_setup_teardown(what_has_come_is_kept_when_it_is_stopped, world_open,
                                        world_close),
        cmocka_unit_test_setup_teardown(who_is_silent_makes_room_for_who_answers, world_open,
                                        world_close),
        cmocka_unit_test_setup_teardown(a_host_that_is_gone_is_not_waited_for_by_each_pair,
                                        world_open, world_close),
        cmocka_unit_test_setup_teardown(who_failed_the_last_time_comes_last, world_open,
                                        world_close),
        cmocka_unit_test_setup_teardown(only_one_program_fetches, world_open, world_close),
        cmocka_unit_test_setup_teardown(nothing_new_is_read_nowhere, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

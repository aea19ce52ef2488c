/* An errand beside the app. The program that is run is this test itself: called with "act" it does
 * what an errand may do. */
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "errand.h"

enum { PATIENCE = 20 * 1000 /* milliseconds; only what fails takes so long */ };

/* The errand's part */

static void say(const char *text)
{
    (void)fputs(text, stdout);
    (void)fflush(stdout);
}

static _Noreturn void wait_for_ever(void)
{
    for (;;) {
        (void)pause();
    }
}

static int act(const char *what)
{
    if (strcmp(what, "talk") == 0) {
        say("phase\tFetching the record\t40\nphase\tSending\t-1\ndone\tSent 2, received 3.\n");
    } else if (strcmp(what, "break") == 0) {
        say("phase\tFetching\t1\n");
        (void)fputs("turnabout: the disk is full\n", stderr);
        return 1;
    } else if (strcmp(what, "wait") == 0) {
        say("phase\tFetching\t1\n");
        wait_for_ever();
    } else if (strcmp(what, "deaf") == 0) {
        (void)signal(SIGTERM, SIG_IGN);
        pid_t child = fork();
        (void)printf("phase\t%d\t-1\n", child > 0 ? (int)child : (int)getpid());
        (void)fflush(stdout);
        wait_for_ever();
    } else if (strcmp(what, "where") == 0) {
        const char *asking = getenv("TURNABOUT_ASKING");
        (void)printf("phase\tgroup %d asks %s\t-1\ndone\tok\n", getpgrp() == getpid(),
                     asking != NULL ? asking : "nobody");
    } else if (strcmp(what, "dirty") == 0) {
        say("phase\tone\033[2Jtwo\t7\nfailed\tNo \033]0;way\007 \xff\n");
    }
    return 0;
}

/* The app's part */

static struct ta_errand *start(const char *what, const char *asking)
{
    const char *const arguments[] = {"act", what, NULL};
    struct ta_errand *errand = NULL;
    struct ta_error err;
    if (!ta_errand_start(&errand, arguments, asking, &err)) {
        fail_msg("%s", err.text);
    }
    return errand;
}

static void wait_for_news(struct ta_errand *errand)
{
    struct pollfd file = {ta_errand_descriptor(errand), POLLIN, 0};
    assert_int_equal(poll(&file, 1, PATIENCE), 1);
    (void)ta_errand_look(errand);
}

static struct ta_errand_state at_its_end(struct ta_errand *errand)
{
    while (!ta_errand_state(errand).ended) {
        wait_for_news(errand);
    }
    return ta_errand_state(errand);
}

static struct ta_errand_state at_a_phase(struct ta_errand *errand)
{
    while (ta_errand_state(errand).phase == NULL) {
        wait_for_news(errand);
    }
    return ta_errand_state(errand);
}

static void what_it_says_is_what_it_is_at_and_how_it_went(void **state)
{
    (void)state;
    struct ta_errand *errand = start("talk", NULL);
    struct ta_errand_state end = at_its_end(errand);
    assert_string_equal(end.phase, "Sending");
    assert_int_equal(end.percent, -1);
    assert_int_equal(end.outcome, TA_ERRAND_DONE);
    assert_string_equal(end.sentence, "Sent 2, received 3.");
    ta_errand_free(errand);
}

static void one_that_breaks_off_has_failed_with_its_last_words(void **state)
{
    (void)state;
    struct ta_errand *errand = start("break", NULL);
    struct ta_errand_state end = at_its_end(errand);
    assert_int_equal(end.outcome, TA_ERRAND_FAILED);
    assert_string_equal(end.sentence, "turnabout: the disk is full");
    assert_int_equal(end.percent, 1);
    ta_errand_free(errand);

    errand = start("nothing", NULL);
    end = at_its_end(errand);
    assert_int_equal(end.outcome, TA_ERRAND_FAILED);
    assert_non_null(strstr(end.sentence, "ended before"));
    ta_errand_free(errand);
}

static void it_leads_a_group_and_knows_where_to_ask(void **state)
{
    (void)state;
    struct ta_errand *errand = start("where", "/tmp/some/asking");
    assert_string_equal(at_its_end(errand).phase, "group 1 asks /tmp/some/asking");
    ta_errand_free(errand);
    errand = start("where", NULL);
    assert_string_equal(at_its_end(errand).phase, "group 1 asks nobody");
    ta_errand_free(errand);
}

static void what_it_says_is_cleaned(void **state)
{
    (void)state;
    struct ta_errand *errand = start("dirty", NULL);
    struct ta_errand_state end = at_its_end(errand);
    assert_null(strpbrk(end.phase, "\033\007\xff"));
    assert_null(strpbrk(end.sentence, "\033\007\xff"));
    assert_int_equal(end.percent, 7);
    ta_errand_free(errand);
}

static void it_can_be_stopped(void **state)
{
    (void)state;
    struct ta_errand *errand = start("wait", NULL);
    (void)at_a_phase(errand);
    ta_errand_stop(errand);
    assert_int_equal(at_its_end(errand).outcome, TA_ERRAND_STOPPED);
    assert_false(ta_errand_look(errand));
    ta_errand_free(errand);
}

static void wait_until_gone(pid_t process)
{
    for (int i = 0; i < PATIENCE && kill(process, 0) == 0; i++) {
        (void)poll(NULL, 0, 1);
    }
    assert_int_equal(kill(process, 0), -1);
}

/* Its own child is in its group, and goes with it. */
static void one_that_does_not_listen_is_ended_with_its_group(void **state)
{
    (void)state;
    struct ta_errand *errand = start("deaf", NULL);
    pid_t child = (pid_t)strtol(at_a_phase(errand).phase, NULL, 10);
    assert_int_equal(kill(child, 0), 0);
    ta_errand_free(errand);
    wait_until_gone(child);
}

/* An app that is killed leaves nothing running. */
static void it_goes_with_the_app(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t app = fork();
    if (app == 0) {
        struct ta_errand *errand = start("wait", NULL);
        (void)at_a_phase(errand);
        (void)write(ends[1], "x", 1);
        wait_for_ever();
    }
    char byte;
    (void)close(ends[1]);
    assert_int_equal(read(ends[0], &byte, 1), 1);
    (void)kill(app, SIGKILL);
    assert_int_equal(waitpid(app, NULL, 0), app);
    /* The errand has the pipe's other end, too: it closes when the last of them is gone. */
    assert_int_equal(read(ends[0], &byte, 1), 0);
    (void)close(ends[0]);
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "act") == 0) {
        return act(argv[2]);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_it_says_is_what_it_is_at_and_how_it_went),
        cmocka_unit_test(one_that_breaks_off_has_failed_with_its_last_words),
        cmocka_unit_test(it_leads_a_group_and_knows_where_to_ask),
        cmocka_unit_test(what_it_says_is_cleaned),
        cmocka_unit_test(it_can_be_stopped),
        cmocka_unit_test(one_that_does_not_listen_is_ended_with_its_group),
        cmocka_unit_test(it_goes_with_the_app),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "papers.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/document/record_paper.h"

#define FRONT "---\nturnabout: promises/1\n---\n"

static struct ta_promises read_promises(const char *text)
{
    struct ta_promises promises;
    struct ta_error err;
    if (!ta_promises_read(&promises, text, &priya_and_dana, &err)) {
        fail_msg("%s", err.text);
    }
    return promises;
}

static char *put(const char *text, const struct ta_promise *promise)
{
    char *out = NULL;
    struct ta_error err;
    if (!ta_promises_put(&out, text, promise, &priya_and_dana, &err)) {
        fail_msg("%s", err.text);
    }
    return out;
}

static void written(const struct ta_promise *promise, bool origin, const char *expected)
{
    struct ta_text out = {0};
    ta_promise_write(&out, promise, &priya_and_dana, origin);
    assert_text(ta_text_take(&out), expected);
}

static void same_day(struct ta_day one, struct ta_day other)
{
    assert_int_equal(one.year, other.year);
    assert_int_equal(one.month, other.month);
    assert_int_equal(one.day, other.day);
}

static void same_promise(const struct ta_promise *one, const struct ta_promise *other)
{
    assert_int_equal(one->id, other->id);
    assert_int_equal(one->owner, other->owner);
    assert_int_equal(one->named == NULL, other->named == NULL);
    if (one->named != NULL) {
        assert_string_equal(one->named, other->named);
    }
    assert_string_equal(one->text, other->text);
    assert_int_equal(one->state, other->state);
    assert_int_equal(one->session, other->session);
    same_day(one->due, other->due);
    same_day(one->done, other->done);
    same_day(one->told, other->told);
}

static const struct ta_promise open = {
    .id = 7,
    .owner = TA_MENTEE,
    .text = (char[]){"ask juniors first (all of them)"},
    .due = {2026, 12, 1},
    .session = 3,
};

static const struct ta_promise told = {
    .id = 5,
    .owner = TA_MENTOR,
    .text = (char[]){"publish: the criteria"},
    .due = {2026, 11, 10},
    .state = TA_PROMISE_TOLD,
    .session = 2,
    .done = {2026, 11, 9},
    .told = {2026, 11, 24},
};

static void says_where_it_comes_from_only_when_asked(void **state)
{
    (void)state;
    written(&open, true,
            "[ ] P7 Dana Holt: ask juniors first (all of them) (due 2026-12-01, session 3)");
    written(&open, false, "[ ] P7 Dana Holt: ask juniors first (all of them) (due 2026-12-01)");
    written(&told, true,
            "[x] P5 Priya Raman: publish: the criteria (due 2026-11-10, session 2, "
            "done 2026-11-09, told 2026-11-24)");
    struct ta_promise bare = {.owner = TA_NOBODY, .text = (char[]){"a line"}};
    written(&bare, true, "[ ] a line");
    bare.named = (char[]){"Sam"};
    bare.state = TA_PROMISE_TOLD;
    written(&bare, true, "[x] Sam: a line (told)");
}

static void is_read(const char *entry, struct ta_promise expected)
{
    struct ta_promise promise;
    ta_promise_read(&promise, entry, &priya_and_dana);
    same_promise(&promise, &expected);
    ta_promise_release(&promise);
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    struct ta_promise cases[] = {open, told, open, told, open, open};
    cases[2].session = 0;
    cases[2].due = (struct ta_day){0};
    cases[3].told = (struct ta_day){0};
    cases[4].owner = TA_NOBODY;
    cases[4].named = (char[]){"Sam of the works council"};
    cases[5].named = (char[]){"D."};
    for (size_t at = 0; at < sizeof cases / sizeof *cases; at++) {
        struct ta_text out = {0};
        ta_promise_write(&out, &cases[at], &priya_and_dana, true);
        is_read(out.bytes, cases[at]);
        ta_text_release(&out);
    }
}

static void understands_what_people_write(void **state)
{
    (void)state;
    struct ta_promise ask = {.owner = TA_MENTEE, .text = (char[]){"ask"}};
    is_read("Dana Holt: ask", ask);
    is_read("  [ ]   Dana Holt:  ask ", ask);
    is_read("[ ] Dana Holt:\n  ask", ask);
    ask.named = (char[]){"dana"};
    is_read("dana: ask", ask);
    ask.id = 12;
    ask.state = TA_PROMISE_DONE;
    is_read("[X] P12 dana: ask", ask);
    ask.due = (struct ta_day){2026, 12, 1};
    is_read("[x] P12 dana: ask ( due  2026-12-01 )", ask);
    ask.state = TA_PROMISE_OPEN;
    ask.done = (struct ta_day){2026, 12, 1};
    ask.due = (struct ta_day){0};
    is_read("[ ] P12 dana: ask (done 2026-12-01)", ask);
}

/* What is not understood stays in the text: nothing is lost when it is written again. */
static void what_is_not_understood_stays_in_the_text(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "ask (due 2026-12-01, urgent)",
        "ask (due 2026-02-30)",
        "ask (session 0)",
        "ask (session 99999999999)",
        "ask ()",
        "ask (",
        "ask )",
        "(due someday)",
        "https://example.org/a:b",
        "[y] P7",
        "P0 zero",
        "P7x",
    };
    for (size_t at = 0; at < sizeof texts / sizeof *texts; at++) {
        struct ta_promise expected = {.owner = TA_NOBODY, .text = (char *)texts[at]};
        is_read(texts[at], expected);
    }
    struct ta_promise nothing = {.owner = TA_NOBODY, .text = (char[]){""}};
    is_read("", nothing);
    is_read("[ ]", nothing);
    nothing.named = (char[]){"Note"};
    nothing.text = (char[]){"P7 : x"};
    is_read("Note: P7 : x", nothing);
    nothing.named = NULL;
    nothing.text = (char[]){": x"};
    is_read(": x", nothing);
}

static void a_file_of_promises(void **state)
{
    (void)state;
    char *one = put(NULL, &told);
    char *both = put(one, &open);
    assert_string_equal(both, FRONT
                        "# Promises\n\n"
                        "- [x] P5 Priya Raman: publish: the criteria (due 2026-11-10, session 2, "
                        "done 2026-11-09, told 2026-11-24)\n"
                        "- [ ] P7 Dana Holt: ask juniors first (all of them) (due 2026-12-01, "
                        "session 3)\n");
    struct ta_promises promises = read_promises(both);
    assert_int_equal(promises.count, 2);
    same_promise(&promises.items[0], &told);
    same_promise(&promises.items[1], &open);
    assert_text(put(both, &promises.items[0]), both);
    assert_text(put(both, &promises.items[1]), both);
    ta_promises_release(&promises);
    free(one);
    free(both);
}

static void a_promise_is_changed_in_its_place(void **state)
{
    (void)state;
    const char *text = FRONT "Ours.\n"
                             "+ [ ] P5 Priya Raman: publish\n"
                             "      the criteria (due 2026-11-10,\n"
                             "  session 2)\n"
                             "  1. first the draft\n"
                             "- [ ] no id: kept\n"
                             "- P7 Dana: ask\n"
                             "\n"
                             "Ours, too.";
    struct ta_promises promises = read_promises(text);
    assert_int_equal(promises.count, 2);
    assert_string_equal(promises.items[0].text, "publish the criteria");
    assert_int_equal(promises.items[0].session, 2);
    assert_int_equal(promises.items[1].id, 7);
    ta_promises_release(&promises);
    assert_text(put(text, &told),
                FRONT "Ours.\n"
                      "+ [x] P5 Priya Raman: publish: the criteria (due 2026-11-10, session 2, "
                      "done 2026-11-09, told 2026-11-24)\n"
                      "  1. first the draft\n"
                      "- [ ] no id: kept\n"
                      "- P7 Dana: ask\n"
                      "\n"
                      "Ours, too.");
    struct ta_promise eight = open;
    eight.id = 8;
    char *after = put(text, &eight);
    struct change change = change_between(text, after);
    assert_int_equal(change.first, 10);
    assert_int_equal(change.removed, 0);
    assert_int_equal(change.added, 1);
    free(after);
}

static void refuses_another_kind(void **state)
{
    (void)state;
    struct ta_promises promises;
    struct ta_error err;
    char *out;
    assert_false(
        ta_promises_read(&promises, "---\nturnabout: promises/2\n---\n", &priya_and_dana, &err));
    assert_int_equal(err.code, TA_DAMAGED);
    assert_holds(err.text, "promises.md");
    assert_holds(err.text, "newer Turnabout");
    assert_false(ta_promises_put(&out, "", &open, &priya_and_dana, &err));
    assert_int_equal(err.code, TA_DAMAGED);
}

static void read_any(const char *text)
{
    struct ta_promises promises;
    char *out;
    if (strchr(text, '\r') != NULL || /* which is written as a blank */
        !ta_promises_read(&promises, text, &priya_and_dana, NULL)) {
        return;
    }
    size_t count = promises.count;
    for (size_t at = 0; at < count; at++) {
        struct ta_text line = {0};
        ta_promise_write(&line, &promises.items[at], &priya_and_dana, true);
        is_read(line.bytes, promises.items[at]);
        ta_text_release(&line);
    }
    struct ta_promise fresh = open;
    fresh.id = ta_promises_next_id(&promises);
    ta_promises_release(&promises);
    assert_true(ta_promises_put(&out, text, &fresh, &priya_and_dana, NULL));
    promises = read_promises(out);
    assert_int_equal(promises.count, count + 1);
    ta_promises_release(&promises);
    free(out);
}

static void survives_any_bytes(void **state)
{
    (void)state;
    char *one = put(NULL, &told);
    char *both = put(one, &open);
    survive(both, read_any);
    free(one);
    free(both);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_where_it_comes_from_only_when_asked),
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(understands_what_people_write),
        cmocka_unit_test(what_is_not_understood_stays_in_the_text),
        cmocka_unit_test(a_file_of_promises),
        cmocka_unit_test(a_promise_is_changed_in_its_place),
        cmocka_unit_test(refuses_another_kind),
        cmocka_unit_test(survives_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

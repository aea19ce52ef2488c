#include <stdio.h>

#include "entries.h"
#include "fixture.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"
#include "turnabout/store/search.h"

struct world {
    char folder[64], path[80];
    struct ta_search *search;
    struct ta_error err;
};

static int set_up_world(void **state)
{
    struct world *world = ta_allocate(1, sizeof *world);
    strcpy(world->folder, "/tmp/search.XXXXXX");
    assert_non_null(mkdtemp(world->folder));
    (void)snprintf(world->path, sizeof world->path, "%s/search.db", world->folder);
    assert_true(ta_search_open(&world->search, world->path, &world->err));
    *state = world;
    return 0;
}

static int tear_down_world(void **state)
{
    struct world *world = *state;
    struct ta_text command = {0};
    ta_search_close(world->search);
    ta_text_addf(&command, "rm -rf %s", world->folder);
    assert_int_equal(system(command.bytes), 0);
    ta_text_release(&command);
    free(world);
    return 0;
}

/* A source with one released session a line of `lines`, each on another day from `day` on. */
static void put_source(struct world *world, struct ta_search_source source, struct ta_day day,
                       const char *const *lines, size_t count)
{
    struct ta_day days[64];
    struct ta_search_paper papers[64];
    char paths[64][40];
    char texts[64][400];
    for (size_t i = 0; i < count; i++) {
        days[i] = ta_day_add(day, (int)i);
        (void)snprintf(paths[i], sizeof paths[i], "sessions/%02zu/released.md", i + 1);
        (void)snprintf(texts[i], sizeof texts[i], "# Session %zu\n%s\n", i + 1, lines[i]);
        papers[i] = (struct ta_search_paper){.path = paths[i], .text = texts[i]};
    }
    source.tip = "1111";
    source.days = days;
    source.day_count = count;
    source.latest = day;
    assert_true(ta_search_begin(world->search, &world->err));
    bool ok = ta_search_put(world->search, &source, papers, count, &world->err);
    assert_true(ta_search_finish(world->search, ok, &world->err));
}

static void put(struct world *world, const char *key, bool ours, struct ta_day day,
                const char *const *lines, size_t count)
{
    put_source(world, (struct ta_search_source){.key = key, .names = key, .ours = ours}, day, lines,
               count);
}

static void put_named(struct world *world, const char *key, const char *names, struct ta_day day,
                      const char *const *lines, size_t count)
{
    put_source(world, (struct ta_search_source){.key = key, .names = names}, day, lines, count);
}

/* The texts that are found, a bar between two. */
static char *found(struct world *world, const char *line, struct ta_search_order order)
{
    struct ta_sought sought;
    struct ta_hits hits;
    struct ta_text said = {0};
    ta_sought_read(&sought, line, true);
    order.limit = order.limit > 0 ? order.limit : 50;
    bool ok = ta_search_find(world->search, &sought, &order, &hits, &world->err);
    if (!ok) {
        print_error("%s\n", world->err.text);
    }
    assert_true(ok);
    for (size_t i = 0; i < hits.count; i++) {
        ta_text_addf(&said, "%s%s", i > 0 ? "|" : "", hits.items[i].excerpt.text);
    }
    ta_text_add(&said, hits.more ? "|..." : "");
    ta_hits_release(&hits);
    ta_sought_release(&sought);
    return ta_text_take(&said);
}

static const struct ta_search_order newest = {.ours = true, .released = true};
static const struct ta_search_order best = {.ours = true, .released = true, .ranked = true};

static void finds(struct world *world, const char *line, struct ta_search_order order,
                  const char *expected)
{
    char *texts = found(world, line, order);
    assert_string_equal(texts, expected);
    free(texts);
}

static const struct ta_day spring = {2026, 3, 1};
static const struct ta_day autumn = {2026, 10, 1};

static void fill(struct world *world)
{
    static const char *const one[] = {"- one apple", "- two apples\n- a pear and an apple",
                                      "- plum"};
    static const char *const two[] = {"- an apple, and another apple",
                                      "- apple pie\n\n## Questions\n- why apple"};
    put(world, "released/amara-jan", false, autumn, one, 3);
    put(world, "record/priya-dana", true, spring, two, 2);
}

static void the_newest_come_first(void **state)
{
    struct world *world = *state;
    fill(world);
    finds(world, "\"apple\"", newest,
          "a pear and an apple|one apple|apple pie|why apple|an apple, and another apple");
    finds(
        world, "appl", newest,
        "two apples|a pear and an apple|one apple|apple pie|why apple|an apple, and another apple");
    struct ta_search_order two = newest;
    two.limit = 2;
    finds(world, "\"apple\"", two, "a pear and an apple|one apple|...");
}

static void the_best_come_first(void **state)
{
    struct world *world = *state;
    fill(world);
    char *texts = found(world, "apple", best);
    assert_ptr_equal(strstr(texts, "an apple, and another apple"), texts);
    free(texts);
    struct ta_search_order one = best;
    one.limit = 1;
    finds(world, "apple", one, "an apple, and another apple|...");
}

/* A slug that is another's beginning is meant as it is; by a name, all of that name are found. */
static void a_whole_slug_is_the_one_that_is_meant(void **state)
{
    struct world *world = *state;
    static const char *const one[] = {"- one apple"};
    static const char *const two[] = {"- another apple"};
    put_named(world, "released/owen-priya", "owen-priya\nOwen Hart\nPriya Osei", autumn, one, 1);
    put_named(world, "released/owen-priya-2", "owen-priya-2\nOwen Hart\nPriya Chen", autumn, two,
              1);
    const struct ta_search_order orders[] = {newest, best};
    for (size_t i = 0; i < 2; i++) {
        finds(world, "pair:owen-priya \"apple\"", orders[i], "one apple");
        finds(world, "pair:owen-priya-2 \"apple\"", orders[i], "another apple");
        finds(world, "pair:\"owen chen\" \"apple\"", orders[i], "another apple");
        finds(world, "pair:owen-p \"apple\"", orders[i], "another apple|one apple");
        finds(world, "pair:owen \"apple\"", orders[i], "another apple|one apple");
    }
}

/* So many that their entries are not gathered: each entry is asked whose it is. */
static void of_very_many_pairs_none_is_mixed_in(void **state)
{
    enum { NAMED = 70, OTHERS = 30, SHOWN = 100 };
    struct world *world = *state;
    static const char *const apple[] = {"- an apple"};
    static const char *const pear[] = {"- a pear and an apple"};
    for (int i = 0; i < NAMED + OTHERS; i++) {
        char key[40];
        bool named = i % (NAMED + OTHERS) < NAMED;
        (void)snprintf(key, sizeof key, "released/%s-%d", named ? "owen" : "mei", i);
        put(world, key, false, autumn, named ? apple : pear, 1);
    }
    const struct ta_search_order orders[] = {newest, best};
    for (size_t i = 0; i < 2; i++) {
        struct ta_search_order order = orders[i];
        order.limit = SHOWN;
        char *texts = found(world, "pair:owen \"apple\"", order);
        size_t count = 1;
        for (const char *bar = texts; (bar = strchr(bar, '|')) != NULL; bar++) {
            count++;
        }
        assert_int_equal(count, NAMED);
        assert_null(strstr(texts, "pear"));
        free(texts);
        texts = found(world, "pair:owen", order);
        assert_null(strstr(texts, "pear"));
        assert_non_null(strstr(texts, "an apple"));
        free(texts);
    }
}

static void filters_are_kept(void **state)
{
    struct world *world = *state;
    fill(world);
    const struct ta_search_order orders[] = {newest, best};
    for (size_t i = 0; i < 2; i++) {
        finds(world, "kind:question \"apple\"", orders[i], "why apple");
        finds(world, "pair:amara session:1 \"apple\"", orders[i], "one apple");
        finds(world, "from:2026-10-02 \"apple\"", orders[i], "a pear and an apple");
        finds(world, "to:2026-03-01 \"apple\"", orders[i], "an apple, and another apple");
        finds(world, "pair:nobody \"apple\"", orders[i], "");
        finds(world, "kind:question", orders[i], "why apple");
        finds(world, "from:2026-10-03", orders[i], "plum");
    }
    struct ta_search_order ours = newest;
    ours.released = false;
    finds(world, "\"apple\"", ours, "apple pie|why apple|an apple, and another apple");
    finds(world, "session:1", ours, "an apple, and another apple");
    struct ta_search_order released = newest;
    released.ours = false;
    finds(world, "\"apple\"", released, "a pear and an apple|one apple");
    /* what is not asked for takes no place of what is */
    struct ta_search_order best_released = best;
    best_released.ours = false;
    best_released.limit = 1;
    finds(world, "\"apple\"", best_released, "a pear and an apple|...");
    struct ta_search_order single = {.source = "record/priya-dana"};
    finds(world, "pie", single, "apple pie");
    finds(world, "plum", single, "");
}

static void only_what_changed_is_written(void **state)
{
    struct world *world = *state;
    static const char *const before[] = {"- one apple", "- two pears"};
    static const char *const after[] = {"- one apple", "- two plums", "- three figs"};
    put(world, "released/a", false, spring, before, 2);
    put(world, "released/a", false, spring, after, 3);
    finds(world, "pears", newest, "");
    finds(world, "\"pears\"", newest, "");
    finds(world, "\"plums\"", newest, "two plums");
    finds(world, "\"figs\"", newest, "three figs");
    put(world, "released/a", false, spring, before, 1);
    finds(world, "session:2-3", newest, "");
    finds(world, "\"figs\"", newest, "");
    finds(world, "\"apple\"", newest, "one apple");
}

static void note(const char *key, const char *tip, void *data)
{
    ta_text_addf(data, "%s %s|", key, tip);
}

static void assert_sources(struct world *world, const char *beginning, const char *expected)
{
    struct ta_text sources = {0};
    ta_text_add(&sources, "");
    assert_true(ta_search_sources(world->search, beginning, note, &sources, &world->err));
    assert_string_equal(sources.bytes, expected);
    ta_text_release(&sources);
}

static void what_is_dropped_is_not_found(void **state)
{
    struct world *world = *state;
    char tip[TA_COMMIT_SIZE];
    fill(world);
    assert_sources(world, "record/", "record/priya-dana 1111|");
    assert_sources(world, "released/", "released/amara-jan 1111|");
    assert_true(ta_search_begin(world->search, &world->err));
    bool ok = ta_search_forget(world->search, "released/amara-jan", &world->err);
    assert_true(ta_search_finish(world->search, ok, &world->err));
    finds(world, "\"apple\"", newest, "apple pie|why apple|an apple, and another apple");
    assert_true(ta_search_tip(world->search, "released/amara-jan", tip, &world->err));
    assert_string_equal(tip, "");
    assert_true(ta_search_tip(world->search, "record/priya-dana", tip, &world->err));
    assert_string_equal(tip, "1111");
    assert_sources(world, "", "record/priya-dana 1111|");
}

/* Of very many only the newest are compared, and that is said. */
static void of_very_many_the_newest_are_compared(void **state)
{
    enum { MOST = 20000, LIMIT = 3 };
    struct world *world = *state;
    const struct ta_day days[] = {spring, autumn};
    struct ta_text many = {0};
    struct ta_sought sought;
    struct ta_hits hits;
    for (int i = 0; i < MOST - 1; i++) {
        ta_text_addf(&many, "- plum %d\n", i);
    }
    ta_text_add(&many, "- plum, plum and plum\n");
    const struct ta_search_paper papers[] = {
        {.path = "sessions/01/released.md", .text = "- plum plum plum plum\n- plum of old\n"},
        {.path = "sessions/02/released.md", .text = many.bytes}};
    struct ta_search_source source = {.key = "released/a-b",
                                      .names = "a b",
                                      .tip = "1111",
                                      .days = days,
                                      .day_count = 2,
                                      .latest = autumn};
    assert_true(ta_search_begin(world->search, &world->err));
    bool ok = ta_search_put(world->search, &source, papers, 2, &world->err);
    assert_true(ta_search_finish(world->search, ok, &world->err));
    struct ta_search_order order = best;
    order.limit = LIMIT;
    ta_sought_read(&sought, "\"plum\"", true);
    assert_true(ta_search_find(world->search, &sought, &order, &hits, &world->err));
    assert_true(hits.is_of_newest && hits.more);
    assert_int_equal(hits.total, MOST);
    assert_string_equal(hits.items[0].excerpt.text, "plum, plum and plum");
    assert_string_equal(hits.items[1].excerpt.text, "plum 0");
    ta_hits_release(&hits);
    order.limit = MOST + 10;
    assert_true(ta_search_find(world->search, &sought, &order, &hits, &world->err));
    assert_false(hits.is_of_newest || hits.more);
    assert_int_equal(hits.count, MOST + 2);
    assert_string_equal(hits.items[0].excerpt.text, "plum plum plum plum");
    ta_hits_release(&hits);
    ta_sought_release(&sought);
    ta_sought_read(&sought, "\"plum\" old", true);
    assert_true(ta_search_find(world->search, &sought, &order, &hits, &world->err));
    assert_false(hits.is_of_newest || hits.more);
    assert_string_equal(hits.items[0].excerpt.text, "plum of old");
    ta_hits_release(&hits);
    ta_sought_release(&sought);
    ta_text_release(&many);
}

static void marks_are_remembered(void **state)
{
    struct world *world = *state;
    char *value;
    assert_true(ta_search_mark(world->search, "released", &value, &world->err));
    assert_null(value);
    assert_true(ta_search_set_mark(world->search, "released", "one", &world->err));
    assert_true(ta_search_set_mark(world->search, "released", "two", &world->err));
    assert_true(ta_search_mark(world->search, "released", &value, &world->err));
    assert_string_equal(value, "two");
    free(value);
}

/* Whichever way is taken, through the index or text by text, the same is found. */
static void all_ways_agree(void **state)
{
    struct world *world = *state;
    static const char *const parts[] = {"juniors", "Straße", "ÉTÉ",      "谁先发言",
                                        "الأَوَّلُ",   "don't",  "회의에서", "x",
                                        "A-b",     "ﬁne",    "2026",     "การประชุม"};
    enum { PARTS = sizeof parts / sizeof *parts, LINES = 60 };
    char lines[LINES][200];
    const char *given[LINES];
    for (size_t i = 0; i < LINES; i++) {
        (void)snprintf(lines[i], sizeof lines[i], "- %s %s %s", parts[i % PARTS],
                       parts[i / 5 % PARTS], parts[i * 7 % PARTS]);
        given[i] = lines[i];
    }
    put(world, "released/a", false, spring, given, LINES);
    static const char *const queries[] = {"strasse",  "jun x", "谁先",   "发言",    "اول",
                                          "dont",     "don't", "회의",   "\"a b\"", "fine",
                                          "ete 2026", "ประชุม", "\"x x\""};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        struct ta_sought sought;
        struct ta_text by_hand = {0};
        ta_sought_read(&sought, queries[i], true);
        for (size_t line = LINES; line > 0; line--) {
            if (ta_sought_fits(&sought, ta_piece_of(lines[line - 1] + 2))) {
                ta_text_addf(&by_hand, "%s%s", by_hand.length > 0 ? "|" : "", lines[line - 1] + 2);
            }
        }
        struct ta_search_order many = newest;
        many.limit = LINES + 1;
        finds(world, queries[i], many, by_hand.bytes ? by_hand.bytes : "");
        struct ta_hits hits;
        many.ranked = true;
        assert_true(ta_search_find(world->search, &sought, &many, &hits, &world->err));
        size_t bars = by_hand.length > 0;
        for (size_t at = 0; at < by_hand.length; at++) {
            bars += by_hand.bytes[at] == '|';
        }
        assert_int_equal(hits.total, bars);
        ta_hits_release(&hits);
        ta_sought_release(&sought);
        ta_text_release(&by_hand);
    }
}

static bool at_once(void *data)
{
    ++*(size_t *)data;
    return true;
}

/* Enough that somebody is asked whether to stop. */
static void a_search_can_be_stopped(void **state)
{
    struct world *world = *state;
    char text[1200] = "";
    for (size_t i = 0; i < 64; i++) {
        strcat(text, "- apple\n");
    }
    static char key[300][24];
    assert_true(ta_search_begin(world->search, &world->err));
    for (size_t i = 0; i < 300; i++) {
        (void)snprintf(key[i], sizeof key[i], "released/%zu", i);
        struct ta_search_source source = {key[i], key[i], false, "1", NULL, 0, spring};
        struct ta_search_paper paper = {.path = "sessions/01/released.md", .text = text};
        assert_true(ta_search_put(world->search, &source, &paper, 1, &world->err));
    }
    assert_true(ta_search_finish(world->search, true, &world->err));
    struct ta_sought sought;
    struct ta_hits hits;
    size_t asked = 0;
    struct ta_search_order order = {
        .released = true, .ranked = true, .limit = 5, .stopped = at_once, .data = &asked};
    ta_sought_read(&sought, "apple", true);
    assert_true(ta_search_find(world->search, &sought, &order, &hits, &world->err));
    assert_true(hits.is_stopped);
    assert_int_equal(hits.count, 0);
    assert_int_equal(asked, 1);
    order.stopped = NULL;
    assert_true(ta_search_find(world->search, &sought, &order, &hits, &world->err));
    assert_int_equal(hits.total, 300 * 64);
    ta_hits_release(&hits);
    ta_sought_release(&sought);
}

static void a_damaged_file_is_made_anew(void **state)
{
    struct world *world = *state;
    fill(world);
    ta_search_close(world->search);
    FILE *file = fopen(world->path, "r+");
    assert_non_null(file);
    assert_int_equal(fputs("no database", file) >= 0, 1);
    assert_int_equal(fclose(file), 0);
    assert_true(ta_search_open(&world->search, world->path, &world->err));
    finds(world, "apple", newest, "");
    fill(world);
    finds(world, "plum", newest, "plum");
}

static void another_version_is_made_anew(void **state)
{
    struct world *world = *state;
    fill(world);
    assert_true(ta_store_run(world->search->store, "PRAGMA user_version = 999", &world->err));
    ta_search_close(world->search);
    assert_true(ta_search_open(&world->search, world->path, &world->err));
    finds(world, "apple", newest, "");
}

static void a_day_that_is_full_goes_on_in_the_next(void **state)
{
    struct world *world = *state;
    static const char *const lines[] = {"- the first", "- the second"};
    put(world, "released/a", false, spring, lines, 1);
    struct ta_text sql = {0};
    ta_text_addf(&sql, "UPDATE entry SET id = %lld",
                 (long long)(ta_search_day_id(spring) + (1 << TA_IDS_OF_A_DAY_BITS) - 1));
    assert_true(ta_store_run(world->search->store, sql.bytes, &world->err));
    ta_text_release(&sql);
    put(world, "released/b", false, spring, lines, 1);
    struct ta_search_order order = {.source = "released/b"};
    finds(world, "\"first\"", order, "the first");
}

int main(void)
{
#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, set_up_world, tear_down_world)
    const struct CMUnitTest tests[] = {
        WITH_WORLD(the_newest_come_first),
        WITH_WORLD(the_best_come_first),
        WITH_WORLD(filters_are_kept),
        WITH_WORLD(a_whole_slug_is_the_one_that_is_meant),
        WITH_WORLD(of_very_many_pairs_none_is_mixed_in),
        WITH_WORLD(only_what_changed_is_written),
        WITH_WORLD(what_is_dropped_is_not_found),
        WITH_WORLD(of_very_many_the_newest_are_compared),
        WITH_WORLD(marks_are_remembered),
        WITH_WORLD(all_ways_agree),
        WITH_WORLD(a_search_can_be_stopped),
        WITH_WORLD(a_damaged_file_is_made_anew),
        WITH_WORLD(another_version_is_made_anew),
        WITH_WORLD(a_day_that_is_full_goes_on_in_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

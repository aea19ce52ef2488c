#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>

#include "turnabout/base/file.h"
#include "turnabout/desk/decks.h"
#include "world.h"

/* themes/conversation of the source, as the program was given it. */
static const char *source;

static int is_markdown(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && strcmp(dot, ".md") == 0;
}

static void every_deck_of_the_source_is_there_and_reads(void **state)
{
    struct world *world = *state;
    struct ta_decks decks;
    struct dirent **files = NULL;
    ta_desk_decks(&world->desk, &decks);
    assert_int_equal(decks.trouble_count, 0);
    int count = scandir(source, &files, is_markdown, alphasort);
    assert_true(count >= 12);
    assert_int_equal(decks.count, count);
    for (int i = 0; i < count; i++) {
        *strrchr(files[i]->d_name, '.') = '\0';
        if (!ta_decks_find(&decks, files[i]->d_name)) {
            fail_msg("%s is not compiled in", files[i]->d_name);
        }
        free(files[i]);
    }
    free(files);
    ta_decks_release(&decks);
}

static void every_deck_has_six_to_ten_prompts_and_says_what_it_is_for(void **state)
{
    struct world *world = *state;
    struct ta_decks decks;
    ta_desk_decks(&world->desk, &decks);
    for (size_t i = 0; i < decks.count; i++) {
        const struct ta_deck *deck = &decks.items[i];
        assert_in_range(deck->count, 6, 10);
        assert_true(strlen(deck->about) > 20);
        assert_non_null(deck->note);
        for (size_t j = 0; j < deck->count; j++) {
            const char *text = deck->items[j].text;
            if (!strchr(text, '?') && !strchr(text, '.')) {
                fail_msg("%s:%zu is no sentence", deck->name, j + 1);
            }
        }
    }
    ta_decks_release(&decks);
}

static void names_titles_and_prompts_are_there_once(void **state)
{
    struct world *world = *state;
    struct ta_decks decks;
    struct ta_text seen = {0};
    ta_text_add(&seen, "\n");
    ta_desk_decks(&world->desk, &decks);
    for (size_t i = 0; i < decks.count; i++) {
        const struct ta_deck *deck = &decks.items[i];
        struct ta_text names = {0};
        ta_text_addf(&names, "\n=%s\n", deck->title);
        assert_null(strstr(seen.bytes, names.bytes));
        ta_text_add(&seen, names.bytes);
        for (size_t j = 0; j < deck->count; j++) {
            ta_text_clear(&names);
            ta_text_addf(&names, "\n%s\n", deck->items[j].text);
            assert_null(strstr(seen.bytes, names.bytes));
            ta_text_add(&seen, names.bytes);
        }
        assert_ptr_equal(ta_decks_find(&decks, deck->name), deck);
        ta_text_release(&names);
    }
    ta_text_release(&seen);
    ta_decks_release(&decks);
}

static void the_arc_proposes_a_deck_at_its_three_places(void **state)
{
    struct world *world = *state;
    struct ta_decks decks;
    ta_desk_decks(&world->desk, &decks);
    assert_string_equal(ta_decks_for(&decks, TA_ARC_FIRST)->name, "first-session");
    assert_string_equal(ta_decks_for(&decks, TA_ARC_MIDDLE)->name, "review");
    assert_string_equal(ta_decks_for(&decks, TA_ARC_LAST)->name, "closing");
    assert_null(ta_decks_for(&decks, TA_ARC_ANY));
    assert_string_equal(decks.items[0].name, "first-session");
    assert_string_equal(decks.items[1].name, "review");
    assert_string_equal(decks.items[2].name, "closing");
    ta_decks_release(&decks);
}

/* A programme's own */

static void write_deck(struct world *world, const char *name, const char *text)
{
    char *folder = ta_path_join(world->desk.places.data, "conversation");
    char *path = ta_path_join(folder, name);
    fine(world, ta_folder_make(folder, &world->err));
    fine(world, ta_file_write(path, text, strlen(text), &world->err));
    free(path);
    free(folder);
}

static void a_programme_adds_its_own(void **state)
{
    struct world *world = *state;
    struct ta_decks decks;
    ta_desk_decks(&world->desk, &decks);
    size_t count = decks.count;
    ta_decks_release(&decks);
    write_deck(world, "lisbon.md", "---\ntitle: Lisbon\n---\n1. What was launched?\n");
    write_deck(world, "gender.md", "---\ntitle: Ours instead\n---\n1. Why?\n");
    write_deck(world, "start.md", "---\ntitle: Where we start\nwhen: first\n---\n1. Why us?\n");
    write_deck(world, "notes.txt", "no deck");
    ta_desk_decks(&world->desk, &decks);
    assert_int_equal(decks.trouble_count, 0);
    assert_int_equal(decks.count, count + 2);
    assert_true(ta_decks_find(&decks, "lisbon")->own);
    assert_string_equal(ta_decks_find(&decks, "gender")->title, "Ours instead");
    assert_string_equal(ta_decks_for(&decks, TA_ARC_FIRST)->name, "start");
    ta_decks_release(&decks);
}

static void one_that_cannot_be_read_is_named_and_the_others_work(void **state)
{
    struct world *world = *state;
    struct ta_decks decks;
    write_deck(world, "lisbon.md", "---\ntitle: Lisbon\n---\n1. What was launched?\n");
    write_deck(world, "review.md", "no front matter\n");
    ta_desk_decks(&world->desk, &decks);
    assert_int_equal(decks.trouble_count, 1);
    assert_non_null(strstr(decks.troubles[0], "conversation/review.md has no title"));
    assert_non_null(ta_decks_find(&decks, "lisbon"));
    assert_string_equal(ta_decks_find(&decks, "review")->title, "Half-way: the contract again");
    ta_decks_release(&decks);
}

static void a_prompt_is_named_by_deck_and_number(void **state)
{
    struct world *world = *state;
    struct ta_decks decks;
    const struct ta_deck *deck;
    const struct ta_prompt *prompt;
    ta_desk_decks(&world->desk, &decks);
    fine(world, ta_decks_prompt(&decks, "closing:2", &deck, &prompt, &world->err));
    assert_string_equal(deck->name, "closing");
    assert_ptr_equal(prompt, &deck->items[1]);
    refused(world, ta_decks_prompt(&decks, "closing", &deck, &prompt, &world->err), TA_WRONG,
            "being-heard:3");
    refused(world, ta_decks_prompt(&decks, "closing:x", &deck, &prompt, &world->err), TA_WRONG,
            "no prompt");
    refused(world, ta_decks_prompt(&decks, "close:1", &deck, &prompt, &world->err), TA_ABSENT,
            "no deck \"close\"");
    refused(world, ta_decks_prompt(&decks, "closing:0", &deck, &prompt, &world->err), TA_ABSENT,
            "prompts 1 to 8");
    refused(world, ta_decks_prompt(&decks, "closing:9", &deck, &prompt, &world->err), TA_ABSENT,
            "prompts 1 to 8");
    ta_decks_release(&decks);
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(int argc, char **argv)
{
    source = argc > 1 ? argv[1] : "themes/conversation";
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(every_deck_of_the_source_is_there_and_reads),
        IN_A_WORLD(every_deck_has_six_to_ten_prompts_and_says_what_it_is_for),
        IN_A_WORLD(names_titles_and_prompts_are_there_once),
        IN_A_WORLD(the_arc_proposes_a_deck_at_its_three_places),
        IN_A_WORLD(a_programme_adds_its_own),
        IN_A_WORLD(one_that_cannot_be_read_is_named_and_the_others_work),
        IN_A_WORLD(a_prompt_is_named_by_deck_and_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

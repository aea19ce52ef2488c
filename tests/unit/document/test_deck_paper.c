#include "papers.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/document/deck_paper.h"

#define FRONT "---\nturnabout: deck/1\ntitle: Who gets heard\nwhen: middle\nabout: For two.\n---\n"

static struct ta_deck read_deck(const char *text)
{
    struct ta_deck deck;
    struct ta_error err;
    if (!ta_deck_read(&deck, "heard", text, "heard.md", &err)) {
        fail_msg("%s", err.text);
    }
    return deck;
}

static void refuses(const char *text, const char *words)
{
    struct ta_deck deck;
    struct ta_error err;
    assert_false(ta_deck_read(&deck, "heard", text, "heard.md", &err));
    assert_int_equal(err.code, TA_DAMAGED);
    assert_non_null(strstr(err.text, "heard.md"));
    assert_non_null(strstr(err.text, words));
}

static void a_deck_is_its_front_matter_a_note_and_prompts(void **state)
{
    (void)state;
    struct ta_deck deck = read_deck(FRONT "# Who gets heard\n\nStay with one\nmeeting.\n\n"
                                          "1. Who spoke first?\n   Not who\n   spoke most.\n"
                                          "2. What was left unsaid?\n");
    assert_string_equal(deck.name, "heard");
    assert_string_equal(deck.title, "Who gets heard");
    assert_string_equal(deck.about, "For two.");
    assert_int_equal(deck.when, TA_ARC_MIDDLE);
    assert_string_equal(deck.note, "Stay with one meeting.");
    assert_int_equal(deck.count, 2);
    assert_string_equal(deck.items[0].text, "Who spoke first?");
    assert_string_equal(deck.items[0].note, "Not who\nspoke most.");
    assert_string_equal(deck.items[1].text, "What was left unsaid?");
    assert_null(deck.items[1].note);
    ta_deck_release(&deck);
}

static void a_title_and_a_list_are_enough(void **state)
{
    (void)state;
    struct ta_deck deck = read_deck("---\ntitle: Ours\n---\n- Why here?\r\n");
    assert_int_equal(deck.when, TA_ARC_ANY);
    assert_string_equal(deck.about, "");
    assert_null(deck.note);
    assert_int_equal(deck.count, 1);
    assert_string_equal(deck.items[0].text, "Why here?");
    ta_deck_release(&deck);
}

static void what_is_no_deck_is_refused_by_name(void **state)
{
    (void)state;
    refuses("# No front matter\n\n1. Why?\n", "has no title");
    refuses("---\ntitle: Ours\nwhen: monday\n---\n1. Why?\n", "when: monday");
    refuses("---\ntitle: Ours\n---\nNothing here.\n", "has no prompt");
    refuses("---\nturnabout: agenda/1\ntitle: Ours\n---\n1. Why?\n", "something else");
    refuses("---\nturnabout: deck/2\ntitle: Ours\n---\n1. Why?\n", "newer");
    refuses("---\ntitle: Ours\n", "never ends");
    refuses("---\ntitle: Ours\n---\n1. Bell \a rings?\n", "control characters");
    refuses("---\ntitle: \xff\n---\n1. Why?\n", "UTF-8");
}

static void a_deck_has_so_many_prompts_and_no_more(void **state)
{
    (void)state;
    struct ta_text text = {0};
    ta_text_add(&text, "---\ntitle: Ours\n---\n");
    for (int i = 0; i < TA_DECK_PROMPTS_MOST; i++) {
        ta_text_add(&text, "- Why?\n");
    }
    struct ta_deck deck = read_deck(text.bytes);
    assert_int_equal(deck.count, TA_DECK_PROMPTS_MOST);
    ta_deck_release(&deck);
    ta_text_add(&text, "- Once more?\n");
    refuses(text.bytes, "more than 50 prompts");
    ta_text_release(&text);
}

static void a_prompt_must_fit_an_agenda(void **state)
{
    (void)state;
    struct ta_text text = {0};
    ta_text_add(&text, "---\ntitle: Ours\n---\n- ");
    for (int i = 0; i < 501; i++) {
        ta_text_add(&text, "x");
    }
    refuses(text.bytes, "Prompt 1");
    ta_text_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_deck_is_its_front_matter_a_note_and_prompts),
        cmocka_unit_test(a_title_and_a_list_are_enough),
        cmocka_unit_test(what_is_no_deck_is_refused_by_name),
        cmocka_unit_test(a_deck_has_so_many_prompts_and_no_more),
        cmocka_unit_test(a_prompt_must_fit_an_agenda),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

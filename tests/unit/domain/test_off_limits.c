#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/domain/off_limits.h"

static void assert_touched(const char *topics, const char *line, const char *expected)
{
    struct ta_piece topic = {0};
    if (!ta_off_limits_touched(&topic, topics, line)) {
        fail_msg("\"%s\" is not marked for \"%s\"", line, topics);
    }
    if (!ta_piece_is(topic, expected)) {
        fail_msg("\"%s\" is marked for \"%.*s\"", line, (int)topic.length, topic.at);
    }
    assert_true(topic.at >= topics && topic.at + topic.length <= topics + strlen(topics));
}

static void assert_untouched(const char *topics, const char *line)
{
    struct ta_piece topic = {0};
    if (ta_off_limits_touched(&topic, topics, line)) {
        fail_msg("\"%s\" is marked for \"%.*s\"", line, (int)topic.length, topic.at);
    }
}

static void a_word_is_found_wherever_it_stands(void **state)
{
    (void)state;
    assert_touched("family\nhealth", "My family moved here", "family");
    assert_touched("family\nhealth", "Her HEALTH, then", "health");
    assert_touched("family\nhealth", "(family)", "family");
    assert_touched("family\r\nhealth\r\n", "health!", "health");
    assert_touched("family\nhealth", "health before family", "family");
}

static void other_words_are_left_alone(void **state)
{
    (void)state;
    assert_untouched("family\nhealth", "Who speaks first");
    assert_untouched("art", "start of the party");
    assert_untouched("pay", "paymaster");
    assert_untouched("age", "page\nmanage");
    assert_untouched("firm", "he was fired");
    assert_untouched("business", "we are busy");
    assert_untouched("", "anything");
    assert_untouched("\n\n", "anything");
    assert_untouched("---\n!", "--- !");
    assert_untouched("family", "");
}

static void english_endings_do_not_hide_a_word(void **state)
{
    (void)state;
    static const char *const families[][6] = {
        {"family", "families", "family's", "families'"},
        {"fire", "fired", "firing", "fires"},
        {"age", "aged", "ageing", "ages"},
        {"plan", "planned", "planning", "plans"},
        {"salary", "salaries", "salary's"},
        {"divorce", "divorced", "divorcing", "divorces"},
        {"promotion", "promote", "promoted", "promotions", "promoting"},
        {"sick", "sickness"},
        {"illness", "ill", "illnesses"},
        {"politics", "political", "politically"},
        {"religion", "religious", "religions"},
        {"pregnancy", "pregnant", "pregnancies"},
        {"disability", "disabled", "disabilities"},
        {"depression", "depressed"},
        {"harass", "harassment", "harassed", "harassing"},
        {"discrimination", "discriminate", "discriminated"},
        {"manager", "managers", "management", "managing"},
        {"child", "children", "child's"},
        {"woman", "women", "women's"},
        {"wife", "wives"},
        {"boss", "bosses"},
        {"control", "controlled", "controlling"},
        {"relation", "relationship", "relationships"},
        {"tax", "taxes", "taxed"},
        {"happy", "happiness"},
        {"employ", "employer", "employed", "employing"},
        {"type", "typed", "typing"},
        {"deny", "denied", "denying", "denies"},
        {"quit", "quitting", "quits"},
    };
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        for (size_t a = 0; a < 6 && families[i][a] != NULL; a++) {
            for (size_t b = 0; b < 6 && families[i][b] != NULL; b++) {
                assert_touched(families[i][a], families[i][b], families[i][a]);
            }
        }
    }
}

static void words_that_only_look_alike_stay_apart(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"care", "car"},    {"wed", "we"},       {"ring", "r"},       {"news", "newt"},
        {"bus", "busy"},    {"sing", "s"},       {"friend", "fried"}, {"mother", "moth"},
        {"gender", "end"},  {"boss", "bo"},      {"number", "numb"},  {"weight", "wait"},
        {"health", "heal"}, {"united", "untie"}, {"race", "rat"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_untouched(pairs[i][0], pairs[i][1]);
        assert_untouched(pairs[i][1], pairs[i][0]);
    }
}

static void accents_and_case_do_not_hide_a_word(void **state)
{
    (void)state;
    assert_touched("santé", "SANTE et travail", "santé");
    assert_touched("Größe", "die GRÖSSE", "Größe");
    assert_touched("naïveté", "a certain nai\u0308vete\u0301", "naïveté");
    assert_touched("семья", "О моей СЕМЬЯ", "семья");
    assert_touched("οικογένεια", "ΟΙΚΟΓΕΝΕΙΑ", "οικογένεια");
    assert_touched("ｈｅａｌｔｈ", "health", "ｈｅａｌｔｈ");
}

static void several_words_must_all_stand_there_in_order(void **state)
{
    (void)state;
    assert_touched("performance review", "the review... no: performance reviews",
                   "performance review");
    assert_touched("sick leave", "I was sick and had to leave", "sick leave");
    assert_untouched("sick leave", "leave when you are sick");
    assert_untouched("sick leave", "sick");
    assert_untouched("boss boss", "the boss");
}

static void little_words_need_not_be_repeated(void **state)
{
    (void)state;
    assert_touched("my family", "How is the family?", "my family");
    assert_touched("the health of my mother", "health: his mother's", "the health of my mother");
    assert_touched("mother's health", "mother and health", "mother's health");
    assert_untouched("my family", "my day");
    assert_touched("the with", "the one with", "the with");
}

static void arabic_words_are_found_with_article_and_pronouns(void **state)
{
    (void)state;
    static const char *const forms[] = {"عائلة",   "العائلة",  "عائلتي", "وعائلته",
                                        "عائلتها", "بالعائلة", "عَائِلَة",  "عائلات"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        assert_touched("صحة\nالعائلة", forms[i], "العائلة");
        assert_touched(forms[i], "تكلمنا عن العائلة أمس", forms[i]);
    }
    assert_touched("الصحة", "صحتي جيدة", "الصحة");
    assert_touched("راتب", "الراتب", "راتب");
    assert_touched("الدين", "دين", "الدين");
    assert_untouched("العائلة\nالصحة", "من يتكلم أولا");
    assert_untouched("وزن", "زن");
}

static void chinese_and_japanese_are_searched_without_blanks(void **state)
{
    (void)state;
    assert_touched("家庭\n健康", "他最近的健康问题", "健康");
    assert_untouched("健康", "谁先发言");
    assert_untouched("健康", "康健");
    assert_touched("給料", "私の給料について", "給料");
    assert_touched("エイジ", "ｴｲｼﾞの話", "エイジ");
    assert_touched("AI技术", "他们用AI做技术", "AI技术");
    assert_untouched("AI技术", "技术和AI");
    assert_touched("สุขภาพ", "เรื่องสุขภาพของเขา", "สุขภาพ");
    assert_touched("가족", "우리 가족이 왔다", "가족");
    assert_untouched("가족", "회의에서 누가 먼저");
}

static void words_in_devanagari_are_found_with_other_endings(void **state)
{
    (void)state;
    assert_touched("परिवार\nस्वास्थ्य", "उनके परिवारों में", "परिवार");
    assert_touched("परिवार\nस्वास्थ्य", "मेरा स्वास्थ्य", "स्वास्थ्य");
    assert_touched("बीमारी", "बीमारियों की बात", "बीमारी");
    assert_touched("नौकरी", "नौकरियाँ", "नौकरी");
    assert_untouched("परिवार", "पहले कौन बोलता है");
    assert_untouched("काम", "कम"); /* a vowel within a word is no ending */
}

static void a_very_long_word_is_no_danger(void **state)
{
    (void)state;
    char word[5001];
    memset(word, 'e', sizeof word - 1);
    word[5000] = '\0';
    assert_touched(word, word, word);
    assert_untouched("ee", word);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_is_found_wherever_it_stands),
        cmocka_unit_test(other_words_are_left_alone),
        cmocka_unit_test(english_endings_do_not_hide_a_word),
        cmocka_unit_test(words_that_only_look_alike_stay_apart),
        cmocka_unit_test(accents_and_case_do_not_hide_a_word),
        cmocka_unit_test(several_words_must_all_stand_there_in_order),
        cmocka_unit_test(little_words_need_not_be_repeated),
        cmocka_unit_test(arabic_words_are_found_with_article_and_pronouns),
        cmocka_unit_test(chinese_and_japanese_are_searched_without_blanks),
        cmocka_unit_test(words_in_devanagari_are_found_with_other_endings),
        cmocka_unit_test(a_very_long_word_is_no_danger),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

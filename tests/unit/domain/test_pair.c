#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/domain/pair.h"

static struct ta_pair pair_of(const char *mentor, const char *mentee)
{
    struct ta_pair pair = {0};
    pair.person[TA_MENTOR].name = strdup(mentor);
    pair.person[TA_MENTEE].name = strdup(mentee);
    return pair;
}

static void a_role_is_read_back_in_any_case(void **state)
{
    (void)state;
    enum ta_role role = TA_NOBODY;
    assert_true(ta_role_read(&role, ta_piece_of("MenTor")));
    assert_int_equal(role, TA_MENTOR);
    assert_true(ta_role_read(&role, ta_piece_of("mentee")));
    assert_int_equal(role, TA_MENTEE);
    assert_false(ta_role_read(&role, ta_piece_of("mentees")));
    assert_false(ta_role_read(&role, ta_piece_of("nobody")));
    assert_false(ta_role_read(&role, (struct ta_piece){0}));
    assert_string_equal(ta_role_name(ta_role_other(TA_MENTOR)), "mentee");
    assert_string_equal(ta_role_name(ta_role_other(TA_NOBODY)), "nobody");
}

static void assert_person(const char *text, const char *name, const char *email)
{
    struct ta_person person = {0};
    assert_int_equal(ta_person_read(&person, ta_piece_of(text)), TA_PERSON_FINE);
    assert_string_equal(person.name, name);
    if (email == NULL) {
        assert_null(person.email);
    } else {
        assert_string_equal(person.email, email);
    }
    ta_person_release(&person);
    assert_null(person.name);
}

static void a_person_is_a_name_and_perhaps_an_address(void **state)
{
    (void)state;
    assert_person("Priya Raman <priya@example.org>", "Priya Raman", "priya@example.org");
    assert_person("  Priya Raman  ", "Priya Raman", NULL);
    assert_person("Priya<p@x>", "Priya", "p@x");
    assert_person("李 明 <li@example.cn>", "李 明", "li@example.cn");
    assert_person("أمل", "أمل", NULL);
    assert_person("O'Brien, Jr.", "O'Brien, Jr.", NULL);
    assert_person("Dana @ Berlin", "Dana @ Berlin", NULL);
}

static void assert_refused(const char *text, enum ta_person_verdict verdict)
{
    char before[] = "as before";
    struct ta_person person = {.name = before};
    assert_int_equal(ta_person_read(&person, ta_piece_of(text)), verdict);
    assert_ptr_equal(person.name, before);
}

static void what_is_no_person_is_refused(void **state)
{
    (void)state;
    assert_refused("", TA_PERSON_NO_NAME);
    assert_refused(" \t ", TA_PERSON_NO_NAME);
    assert_refused("...", TA_PERSON_NO_NAME);
    assert_refused("<priya@example.org>", TA_PERSON_NO_NAME);
    assert_refused("priya@example.org", TA_PERSON_NO_NAME);
    assert_refused("Priya <>", TA_PERSON_BAD_EMAIL);
    assert_refused("Priya <example.org>", TA_PERSON_BAD_EMAIL);
    assert_refused("Priya <@example.org>", TA_PERSON_BAD_EMAIL);
    assert_refused("Priya <priya@>", TA_PERSON_BAD_EMAIL);
    assert_refused("Priya <pri ya@example.org>", TA_PERSON_BAD_EMAIL);
    assert_refused("Priya <priya@example.org", TA_PERSON_BAD_EMAIL);
    assert_refused("Priya <a@b> Raman", TA_PERSON_BAD_EMAIL);
    assert_refused("Priya <<a@b>>", TA_PERSON_BAD_EMAIL);
    assert_refused("Priya> Raman", TA_PERSON_BAD_EMAIL);
    assert_refused("Pri\nya", TA_PERSON_NOT_TEXT);
    assert_refused("Pri\x1b[31mya", TA_PERSON_NOT_TEXT);
    assert_refused("Pri\xc2\x85ya", TA_PERSON_NOT_TEXT);
    assert_refused("Pri\xe2\x80\xa8ya", TA_PERSON_NOT_TEXT);
    assert_refused("Pri\xffya", TA_PERSON_NOT_TEXT);
}

static void two_hundred_bytes_of_a_person_and_no_more(void **state)
{
    (void)state;
    char text[202];
    memset(text, 'a', sizeof text);
    text[200] = '\0';
    assert_person(text, text, NULL);
    text[200] = 'a';
    text[201] = '\0';
    assert_refused(text, TA_PERSON_TOO_LONG);
}

static void a_person_is_written_as_it_is_read(void **state)
{
    (void)state;
    struct ta_person person = {0};
    struct ta_text out = {0};
    ta_person_read(&person, ta_piece_of("Priya Raman <priya@example.org>"));
    ta_person_write(&out, &person);
    assert_string_equal(out.bytes, "Priya Raman <priya@example.org>");
    ta_person_release(&person);
    ta_text_clear(&out);
    ta_person_read(&person, ta_piece_of("Dana"));
    ta_person_write(&out, &person);
    assert_string_equal(out.bytes, "Dana");
    ta_person_release(&person);
    ta_text_release(&out);
}

static void assert_first_name(const char *name, const char *first)
{
    struct ta_person person = {.name = strdup(name)};
    struct ta_piece found = ta_person_first_name(&person);
    assert_true(ta_piece_is(found, first));
    ta_person_release(&person);
}

static void the_first_name_is_the_first_word(void **state)
{
    (void)state;
    assert_first_name("Priya Raman", "Priya");
    assert_first_name("Jean-Luc Picard", "Jean-Luc");
    assert_first_name("Madonna", "Madonna");
    assert_first_name("山田\u3000太郎", "山田");
    assert_first_name("Ana\u00a0Silva", "Ana");
    assert_int_equal(ta_person_first_name(&(struct ta_person){0}).length, 0);
}

static void the_short_name_tells_who_it_is(void **state)
{
    (void)state;
    struct ta_pair pair = pair_of("Priya Raman", "Dana Holt");
    assert_true(ta_piece_is(ta_pair_short_name(&pair, TA_MENTOR), "Priya"));
    assert_true(ta_piece_is(ta_pair_short_name(&pair, TA_MENTEE), "Dana"));
    ta_pair_release(&pair);
    pair = pair_of("Alex Raman", " alex Holt ");
    assert_true(ta_piece_is(ta_pair_short_name(&pair, TA_MENTOR), "Alex Raman"));
    assert_true(ta_piece_is(ta_pair_short_name(&pair, TA_MENTEE), "alex Holt"));
    ta_pair_release(&pair);
}

static void somebody_is_meant_by_name_initial_or_role(void **state)
{
    (void)state;
    struct ta_pair pair = pair_of("Zoë Ramanujan", "Dana Holt");
    assert_int_equal(ta_pair_who(&pair, ta_piece_of("Zoë Ramanujan")), TA_MENTOR);
    assert_int_equal(ta_pair_who(&pair, ta_piece_of(" zoe ")), TA_MENTOR);
    assert_int_equal(ta_pair_who(&pair, ta_piece_of("Z.")), TA_MENTOR);
    assert_int_equal(ta_pair_who(&pair, ta_piece_of("DANA HOLT")), TA_MENTEE);
    assert_int_equal(ta_pair_who(&pair, ta_piece_of("d")), TA_MENTEE);
    assert_int_equal(ta_pair_who(&pair, ta_piece_of("Mentee")), TA_MENTEE);
    assert_int_equal(ta_pair_who(&pair, ta_piece_of("Da")), TA_NOBODY);
    assert_int_equal(ta_pair_who(&pair, ta_piece_of("Sam")), TA_NOBODY);
    assert_int_equal(ta_pair_who(&pair, ta_piece_of("")), TA_NOBODY);
    assert_int_equal(ta_pair_who(&pair, ta_piece_of(".")), TA_NOBODY);
    assert_int_equal(ta_pair_who(&pair, ta_piece_of("\u0301")), TA_NOBODY);
    ta_pair_release(&pair);
}

static void who_could_be_both_is_nobody(void **state)
{
    (void)state;
    struct ta_pair pair = pair_of("Dana Ruiz", "Dana Holt");
    assert_int_equal(ta_pair_who(&pair, ta_piece_of("Dana")), TA_NOBODY);
    assert_int_equal(ta_pair_who(&pair, ta_piece_of("D")), TA_NOBODY);
    assert_int_equal(ta_pair_who(&pair, ta_piece_of("dana ruiz")), TA_MENTOR);
    assert_int_equal(ta_pair_who(&pair, ta_piece_of("dana holt")), TA_MENTEE);
    ta_pair_release(&pair);
    pair = pair_of("Dana", "Dana Holt");
    assert_int_equal(ta_pair_who(&pair, ta_piece_of("Dana")), TA_MENTOR);
    ta_pair_release(&pair);
}

static void names_of_any_script_are_recognised(void **state)
{
    (void)state;
    struct ta_pair pair = pair_of("प्रिया रमन", "김민준");
    assert_int_equal(ta_pair_who(&pair, ta_piece_of("प्रिया")), TA_MENTOR);
    assert_int_equal(ta_pair_who(&pair, ta_piece_of("김")), TA_MENTEE);
    assert_int_equal(ta_pair_who(&pair, ta_piece_of("김민준")), TA_MENTEE);
    ta_pair_release(&pair);
}

static bool taken_up_to_three(const char *slug, void *data)
{
    unsigned *asked = data;
    ++*asked;
    return strcmp(slug, "priya-dana") == 0 || strcmp(slug, "priya-dana-2") == 0;
}

static void assert_slug(const char *mentor, const char *mentee, const char *expected)
{
    struct ta_pair pair = pair_of(mentor, mentee);
    char *slug = ta_pair_slug(&pair, NULL, NULL);
    assert_string_equal(slug, expected);
    free(slug);
    ta_pair_release(&pair);
}

static void a_slug_is_made_of_both_first_names(void **state)
{
    (void)state;
    assert_slug("Priya Raman", "Dana Holt", "priya-dana");
    assert_slug("Zoë", "Jürgen Groß", "zoe-jurgen");
    assert_slug("Jean-Luc Picard", "O'Brien Miles", "jean-luc-o-brien");
    assert_slug("../../etc", "-rf", "etc-rf");
    assert_slug("李 明", "Дана", "李-дана");
    assert_slug("प्रिया", "أمل", "प्रिया-امل");
    assert_slug("🌻", "—", "pair");
    assert_slug("🌻", "Dana", "dana");
    assert_slug("Dana", "🌻", "dana");
}

static void a_long_slug_is_cut_between_characters(void **state)
{
    (void)state;
    static const char long_name[] = "a李李李李李李李李李李李李李李李李李李李李李李李";
    assert_slug(long_name, "李", "a李李李李李李李李李李李李李李李李李李李");
    assert_slug(long_name, "Dana", "a李李李李李李李李李李李李李李李李李李李-d");
}

static void a_slug_that_is_taken_gets_a_number(void **state)
{
    (void)state;
    struct ta_pair pair = pair_of("Priya Raman", "Dana Holt");
    unsigned asked = 0;
    char *slug = ta_pair_slug(&pair, taken_up_to_three, &asked);
    assert_string_equal(slug, "priya-dana-3");
    assert_int_equal(asked, 3);
    free(slug);
    ta_pair_release(&pair);
}

static void nothing_is_released_without_complaint(void **state)
{
    (void)state;
    ta_pair_release(NULL);
    ta_pairs_release(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_role_is_read_back_in_any_case),
        cmocka_unit_test(a_person_is_a_name_and_perhaps_an_address),
        cmocka_unit_test(what_is_no_person_is_refused),
        cmocka_unit_test(two_hundred_bytes_of_a_person_and_no_more),
        cmocka_unit_test(a_person_is_written_as_it_is_read),
        cmocka_unit_test(the_first_name_is_the_first_word),
        cmocka_unit_test(the_short_name_tells_who_it_is),
        cmocka_unit_test(somebody_is_meant_by_name_initial_or_role),
        cmocka_unit_test(who_could_be_both_is_nobody),
        cmocka_unit_test(names_of_any_script_are_recognised),
        cmocka_unit_test(a_slug_is_made_of_both_first_names),
        cmocka_unit_test(a_long_slug_is_cut_between_characters),
        cmocka_unit_test(a_slug_that_is_taken_gets_a_number),
        cmocka_unit_test(nothing_is_released_without_complaint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What texts are compared by. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/base/unicode.h"

static void assert_folds(const char *text, const char *expected)
{
    struct ta_text folded = {0};
    ta_text_add(&folded, ">");
    ta_fold(&folded, text, strlen(text));
    assert_string_equal(folded.bytes + 1, expected);
    ta_text_release(&folded);
}

static void folds_case_accents_and_forms(void **state)
{
    (void)state;
    assert_folds("", "");
    assert_folds("Family & HEALTH", "family & health");
    assert_folds("Été", "ete");
    assert_folds("E\u0301TE\u0301", "ete");
    assert_folds("Straße", "strasse");
    assert_folds("Yıldız YILDIZ Yıldız", "yildiz yildiz yildiz");
    assert_folds("İstanbul Søren Łukasz Đorđe", "istanbul soren lukasz dorde");
    assert_folds("STRASSE", "strasse");
    assert_folds("ﬁne ＡＢＣ", "fine abc");
    assert_folds("ΣΑΣ", "σασ");
    assert_folds("Σας", "σασ");
    assert_folds("fam\u00adily fam\u200bily", "family family");
    assert_folds("\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd", "\u05e9\u05dc\u05d5\u05dd");
    assert_folds("\u0645\u064f\u062d\u064e\u0645\u064e\u0651\u062f", "\u0645\u062d\u0645\u062f");
}

/* Marks that a script spells with are not accents. */
static void folding_keeps_what_spells(void **state)
{
    (void)state;
    assert_folds("कि कु", "कि कु");
    assert_folds("か", "か");
    assert_folds("が", "か\u3099");
    assert_folds("กุ", "กุ");
}

static void folding_bytes_that_are_no_text_keeps_them(void **state)
{
    (void)state;
    assert_folds("a\xff", "a\xff");
}

int main(void)
{
    if (setlocale(LC_ALL, "C.UTF-8") == NULL) {
        return 1;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds_case_accents_and_forms),
        cmocka_unit_test(folding_keeps_what_spells),
        cmocka_unit_test(folding_bytes_that_are_no_text_keeps_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

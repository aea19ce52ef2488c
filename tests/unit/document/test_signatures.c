#include "papers.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/document/contract_paper.h"

#define DIGEST "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
#define FRONT "---\nturnabout: signatures/1\n---\n"

static const struct ta_signature priya = {
    .role = TA_MENTOR,
    .name = (char[]){"Raman, Priya"},
    .when = {1795338000000, 60},
    .version = 2,
    .digest = DIGEST,
};

static struct ta_signatures read_signatures(const char *text)
{
    struct ta_signatures signatures;
    struct ta_error err;
    if (!ta_signatures_read(&signatures, text, &err)) {
        fail_msg("%s", err.text);
    }
    return signatures;
}

static void append(char **out, const char *text, const struct ta_signature *signature)
{
    struct ta_error err;
    if (!ta_signatures_append(out, text, signature, &err)) {
        fail_msg("%s", err.text);
    }
}

static void a_signature_is_one_line(void **state)
{
    (void)state;
    char *text;
    append(&text, NULL, &priya);
    assert_text(text,
                FRONT "# Signatures\n\n"
                      "- v2 mentor Raman, Priya, 2026-11-22T10:00:00+01:00, sha256 " DIGEST "\n");
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    struct ta_signature dana = priya;
    dana.role = TA_MENTEE;
    dana.name = (char[]){"Dana\nHolt"};
    char *one;
    char *both;
    append(&one, NULL, &priya);
    append(&both, one, &dana);
    assert_int_equal(change_between(one, both).removed, 0);
    struct ta_signatures signatures = read_signatures(both);
    assert_int_equal(signatures.count, 2);
    assert_int_equal(signatures.items[0].role, TA_MENTOR);
    assert_string_equal(signatures.items[0].name, "Raman, Priya");
    assert_int_equal(signatures.items[0].when.instant, priya.when.instant);
    assert_int_equal(signatures.items[0].when.offset, 60);
    assert_int_equal(signatures.items[0].version, 2);
    assert_string_equal(signatures.items[0].digest, DIGEST);
    assert_int_equal(signatures.items[1].role, TA_MENTEE);
    assert_string_equal(signatures.items[1].name, "Dana Holt");
    assert_true(ta_signatures_in_force(&signatures, DIGEST));
    ta_signatures_release(&signatures);
    free(one);
    free(both);
}

/* Each of these lines almost is a signature; none may count as one. */
static void what_is_not_understood_is_no_signature(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "- v2 mentor Priya, 2026-11-22T10:00:00+01:00, sha256 " DIGEST "0",
        "- v2 mentor Priya, 2026-11-22T10:00:00+01:00, sha256 9f86",
        "- v2 mentor Priya, 2026-11-22T10:00:00+01:00, sha512 " DIGEST,
        "- v2 mentor Priya, 2026-13-22T10:00:00+01:00, sha256 " DIGEST,
        "- v0 mentor Priya, 2026-11-22T10:00:00+01:00, sha256 " DIGEST,
        "- v99999999999 mentor Priya, 2026-11-22T10:00:00+01:00, sha256 " DIGEST,
        "- v2 coordinator Priya, 2026-11-22T10:00:00+01:00, sha256 " DIGEST,
        "- mentor Priya, 2026-11-22T10:00:00+01:00, sha256 " DIGEST,
        "- v2 mentor Priya 2026-11-22T10:00:00+01:00 sha256 " DIGEST,
        "```\n- v2 mentor Priya, 2026-11-22T10:00:00+01:00, sha256 " DIGEST "\n```",
        "v2 mentor Priya, 2026-11-22T10:00:00+01:00, sha256 " DIGEST,
    };
    for (size_t at = 0; at < sizeof lines / sizeof *lines; at++) {
        struct ta_text text = {0};
        char *after;
        ta_text_addf(&text, FRONT "%s\n", lines[at]);
        struct ta_signatures signatures = read_signatures(text.bytes);
        assert_int_equal(signatures.count, 0);
        append(&after, text.bytes, &priya);
        assert_holds(after, text.bytes);
        ta_signatures_release(&signatures);
        signatures = read_signatures(after);
        assert_int_equal(signatures.count, 1);
        ta_signatures_release(&signatures);
        free(after);
        ta_text_release(&text);
    }
}

static void a_digest_in_capitals_counts(void **state)
{
    (void)state;
    struct ta_signatures signatures =
        read_signatures(FRONT "* v1 Mentee Dana Holt, 2026-11-22T10:00:00Z, sha256 "
                              "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08\n");
    assert_int_equal(signatures.count, 1);
    assert_string_equal(signatures.items[0].digest, DIGEST);
    ta_signatures_release(&signatures);
}

static void refuses_another_kind(void **state)
{
    (void)state;
    struct ta_signatures signatures;
    struct ta_error err;
    char *out;
    assert_false(ta_signatures_read(&signatures, "---\nturnabout: signatures/2\n---\n", &err));
    assert_int_equal(err.code, TA_DAMAGED);
    assert_holds(err.text, "newer Turnabout");
    assert_false(ta_signatures_append(&out, "# nothing\n", &priya, &err));
    assert_int_equal(err.code, TA_DAMAGED);
}

static void read_any(const char *text)
{
    struct ta_signatures signatures;
    if (ta_signatures_read(&signatures, text, NULL)) {
        ta_signatures_release(&signatures);
    }
}

static void survives_any_bytes(void **state)
{
    (void)state;
    char *text;
    append(&text, NULL, &priya);
    survive(text, read_any);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_signature_is_one_line),
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(what_is_not_understood_is_no_signature),
        cmocka_unit_test(a_digest_in_capitals_counts),
        cmocka_unit_test(refuses_another_kind),
        cmocka_unit_test(survives_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "papers.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/document/paper.h"

static struct ta_paper read_paper(const char *text)
{
    struct ta_paper paper;
    struct ta_error err;
    if (!ta_paper_read(&paper, text, "x.md", &err)) {
        fail_msg("%s", err.text);
    }
    return paper;
}

static void keeps(const char *text)
{
    struct ta_paper paper = read_paper(text);
    assert_text(ta_paper_take(&paper), text);
}

/* Reading and writing */

static void writes_what_it_read(void **state)
{
    (void)state;
    keeps("");
    keeps("a");
    keeps("\n");
    keeps("\n\n\n");
    keeps("a\r\nb\r\n");
    keeps("a\r\nb\nc");
    keeps("a\rb\r");
    keeps("---\n---\n");
    keeps("---\nkey: value\n---");
    keeps("---  \r\nkey:value\r\n# comment\r\n---\t\r\n\r\n");
    keeps("\xEF\xBB\xBF---\nkey: value\n---\ntext\n");
    keeps("text before\n---\nno: front\n");
    keeps("- a\n\tb\n\n  \n```\n## not a heading\n");
}

static void writes_ten_thousand_lines_as_they_were(void **state)
{
    (void)state;
    uint32_t seed = 1;
    char *body = random_markdown(&seed, 10000);
    struct ta_text text = {0};
    ta_text_addf(&text, "---\nkey: value\n---\n%s", body);
    keeps(text.bytes);
    ta_text_release(&text);
    free(body);
}

static void refuse(const char *text, const char *because)
{
    struct ta_paper paper;
    struct ta_error err;
    assert_false(ta_paper_read(&paper, text, "sessions/03/agenda.md", &err));
    assert_int_equal(err.code, TA_DAMAGED);
    assert_holds(err.text, "sessions/03/agenda.md");
    assert_holds(err.text, because);
    assert_null(paper.lines);
}

static void refuses_what_is_no_paper(void **state)
{
    (void)state;
    refuse("---\nkey: value\n", "never ends");
    refuse("---", "never ends");
    refuse("caf\xE9\n", "UTF-8");
    refuse("only ASCII before the end \xF0\x9F\x98", "UTF-8");
    char *large = malloc(TA_PAPER_LARGEST + 2);
    memset(large, 'x', TA_PAPER_LARGEST + 1);
    large[TA_PAPER_LARGEST + 1] = '\0';
    refuse(large, "larger");
    large[TA_PAPER_LARGEST] = '\0';
    keeps(large);
    free(large);
}

/* Front matter */

static void has_value(const char *line, const char *value)
{
    struct ta_text text = {0};
    ta_text_addf(&text, "---\n# note\n%s\n---\nkey: not here\n", line);
    struct ta_paper paper = read_paper(text.bytes);
    struct ta_piece found = ta_paper_value(&paper, "key");
    assert_text(ta_piece_copy(found), value);
    ta_paper_release(&paper);
    ta_text_release(&text);
}

static void reads_values(void **state)
{
    (void)state;
    has_value("key: value", "value");
    has_value("key:value", "value");
    has_value("key :  value \t\r", "value");
    has_value("key: \"  in quotes \"", "  in quotes ");
    has_value("key: \"", "\"");
    has_value("key: Foo: bar # baz", "Foo: bar # baz");
    has_value("key:", "");
    has_value("keys: other", "");
    has_value("  key: nested", "");
    has_value("key: first\nkey: second", "first");
    has_value("other: key: value", "");
}

static void is_set(const char *before, const char *value, const char *after)
{
    struct ta_paper paper = read_paper(before);
    ta_paper_set_value(&paper, "key", value);
    assert_text(ta_piece_copy(ta_paper_value(&paper, "key")), value);
    assert_text(ta_paper_take(&paper), after);
}

static void sets_one_value_and_keeps_the_rest(void **state)
{
    (void)state;
    is_set("---\na: 1\nkey:  old  \nb: 2\n---\n", "new", "---\na: 1\nkey:  new\nb: 2\n---\n");
    is_set("---\r\nkey:\r\n---\r\nx", "new", "---\r\nkey: new\r\n---\r\nx");
    is_set("---\na: 1\n---\nx\n", "new", "---\na: 1\nkey: new\n---\nx\n");
    is_set("x\r\n", "new", "---\r\nkey: new\r\n---\r\nx\r\n");
    is_set("", "new", "---\nkey: new\n---\n");
    is_set("---\nkey:   \"same\" \n---\n", "same", "---\nkey:   \"same\" \n---\n");
    is_set("---\nkey: x\n---\n", " blanks ", "---\nkey: \" blanks \"\n---\n");
    is_set("---\nkey: x\n---\n", "\"quoted\"", "---\nkey: \"\"quoted\"\"\n---\n");
    is_set("---\nkey: x\n---\n", "Foo: bar # baz", "---\nkey: Foo: bar # baz\n---\n");
}

static void a_value_never_becomes_two_lines(void **state)
{
    (void)state;
    struct ta_paper paper = read_paper("---\nkey: x\n---\n");
    ta_paper_set_value(&paper, "key", "a\n---\nb\rc");
    assert_text(ta_paper_take(&paper), "---\nkey: a --- b c\n---\n");
}

static void expect_kind(const char *front, const char *because)
{
    struct ta_paper paper;
    struct ta_error err = {0};
    bool ok = ta_paper_read_kind(&paper, front, "agenda", 2, "agenda.md", &err);
    assert_int_equal(ok, because == NULL);
    if (ok) {
        ta_paper_release(&paper);
        return;
    }
    assert_int_equal(err.code, TA_DAMAGED);
    assert_holds(err.text, "agenda.md");
    assert_holds(err.text, because);
}

static void checks_what_a_paper_is(void **state)
{
    (void)state;
    expect_kind("---\nturnabout: agenda/2\n---\n", NULL);
    expect_kind("---\nturnabout: agenda/1\n---\n", NULL);
    expect_kind("\xEF\xBB\xBF---\r\nturnabout: agenda/1\r\n---\r\n", NULL);
    expect_kind("---\nturnabout: agenda/3\n---\n", "newer Turnabout");
    expect_kind("---\nturnabout: agenda/4294967295\n---\n", "newer Turnabout");
    expect_kind("---\nturnabout: summary/1\n---\n", "something else");
    expect_kind("---\nturnabout: agenda\n---\n", "something else");
    expect_kind("---\nturnabout: agenda/0\n---\n", "something else");
    expect_kind("---\nturnabout: agenda/99999999999999999999\n---\n", "something else");
    expect_kind("---\nturnabout: agenda/1x\n---\n", "something else");
    expect_kind("---\nother: 1\n---\n", "does not say what it is");
    expect_kind("turnabout: agenda/1\n", "does not say what it is");
}

/* Sections */

static void expect_section(const char *text, const char *title, const char *expected)
{
    struct ta_paper paper = read_paper(text);
    assert_text(ta_paper_section_text(&paper, title), expected);
    ta_paper_release(&paper);
}

static void finds_sections(void **state)
{
    (void)state;
    expect_section("## One\n\n a\n\n\n## Two\nb", "One", " a");
    expect_section("## One\n\n a\n\n\n## Two\nb", "Two", "b");
    expect_section("##  One \t##  \r\na\r\nb\r\n", "One", "a\nb");
    expect_section("## One\na\n### Deeper\nb\n# Higher\nc\n", "One", "a\n### Deeper\nb");
    expect_section("## One\nfirst\n## One\nsecond\n", "One", "first");
    expect_section("## One more\na\n", "One", "");
    expect_section("# One\na\n", "One", "");
    expect_section("##One\na\n", "One", "");
    expect_section("- a\n  ## One\n  b\n", "One", "");
    expect_section("## C#\na\n", "C#", "a");
    expect_section("---\nkey: v\n---\n## One\n", "One", "");
}

static void headings_in_fenced_code_are_text(void **state)
{
    (void)state;
    expect_section("## One\n```\n## Two\n```\nb\n## Two\nc\n", "Two", "c");
    expect_section("## One\n~~~~ c\n## Two\n~~~\n## Two\n~~~~~\n## Two\nc\n", "Two", "c");
    expect_section("## One\n```\n## Two\n", "One", "```\n## Two");
    expect_section("## One\n`` x\n``` a ``` b\n## Two\nc\n", "Two", "c");
    expect_section("## One\n``` `\n## Two\nc\n", "Two", "c");
}

static void expect_body(const char *before, const char *body, const char *after)
{
    struct ta_paper paper = read_paper(before);
    ta_paper_set_section(&paper, "One", body);
    assert_text(ta_paper_take(&paper), after);
}

static void sets_a_section(void **state)
{
    (void)state;
    expect_body("x\n## One\na\nb\n## Two\nc\n", "d", "x\n## One\n\nd\n\n## Two\nc\n");
    expect_body("## One\na", "\n\nd\ne\n\n", "## One\n\nd\ne\n");
    expect_body("## One\r\na\r\n## Two\r\n", "d\ne", "## One\r\n\r\nd\r\ne\r\n\r\n## Two\r\n");
    expect_body("## One\na\n\n## Two\n", "", "## One\n\n## Two\n");
    expect_body("x", "d", "x\n\n## One\n\nd\n");
    expect_body("", "d", "## One\n\nd\n");
    expect_body("---\nk: v\n---\n", "d", "---\nk: v\n---\n## One\n\nd\n");
}

static void a_body_cannot_break_out_of_its_section(void **state)
{
    (void)state;
    expect_body("## One\n\n## Two\nc\n", "## Two\nx\n# y\n### z",
                "## One\n\n\\## Two\nx\n\\# y\n### z\n\n## Two\nc\n");
    expect_body("## One\n\n## Two\nc\n", "````\n## Two",
                "## One\n\n````\n## Two\n````\n\n## Two\nc\n");
    expect_body("## One\n\n## Two\nc\n", "```\n## Two\n```",
                "## One\n\n```\n## Two\n```\n\n## Two\nc\n");
}

static void adds_a_section_in_its_order(void **state)
{
    (void)state;
    static const char *const titles[] = {"One", "Two", "Three"};
    static const char *const before[] = {"x\n", "## One\n1\n\n## Other\no\n", "## Three\n3\n",
                                         "## One\n1\n## Three\n3\n"};
    static const char *const after[] = {
        "x\n\n## Two\n\n2\n", "## One\n1\n\n## Two\n\n2\n\n## Other\no\n",
        "## Two\n\n2\n\n## Three\n3\n", "## One\n1\n\n## Two\n\n2\n\n## Three\n3\n"};
    for (size_t at = 0; at < sizeof before / sizeof *before; at++) {
        struct ta_paper paper = read_paper(before[at]);
        ta_paper_add_section(&paper, titles, 3, 1, "2");
        assert_text(ta_paper_take(&paper), after[at]);
    }
}

static void removing_undoes_adding(void **state)
{
    (void)state;
    static const char *const titles[] = {"One", "Two", "Three"};
    static const char *const texts[] = {"## One\n\n1\n\n## Three\n\n3\n", "## One\n\n1\n",
                                        "---\nk: v\n---\n# T\n\n## Three\n\n3\n"};
    for (size_t at = 0; at < sizeof texts / sizeof *texts; at++) {
        struct ta_paper paper = read_paper(texts[at]);
        ta_paper_add_section(&paper, titles, 3, 1, "2\n\n2");
        ta_paper_remove_section(&paper, "Two");
        ta_paper_remove_section(&paper, "Four");
        assert_text(ta_paper_take(&paper), texts[at]);
    }
}

/* Whatever the text is, a change of a section leaves all lines around it as they were. */
static void a_changed_section_is_the_only_change(void **state)
{
    (void)state;
    uint32_t seed = 3;
    for (size_t times = 0; times < 500; times++) {
        char *text = random_markdown(&seed, dice(&seed, 40) + 1);
        struct ta_paper paper;
        struct ta_span span;
        if (!ta_paper_read(&paper, text, "x.md", NULL)) {
            free(text);
            continue;
        }
        bool there = ta_paper_section(&paper, "One", &span);
        ta_paper_set_section(&paper, "One", "a new line\n\nanother");
        char *after = ta_paper_text(&paper);
        struct change change = change_between(text, after);
        bool is_ended = text[strlen(text) - 1] == '\n'; /* else its last line is ended, too */
        if (there && change.added > 0) {
            assert_true(change.first + !is_ended >= span.first);
            assert_true(change.first + change.removed <= span.first + span.count);
        }
        assert_true(ta_paper_section(&paper, "One", &span) || strstr(text, "```") != NULL ||
                    strstr(text, "~~~") != NULL);
        ta_paper_release(&paper);
        keeps(after);
        free(after);
        free(text);
    }
}

static void a_changed_value_is_the_only_change(void **state)
{
    (void)state;
    uint32_t seed = 5;
    for (size_t times = 0; times < 300; times++) {
        char *body = random_markdown(&seed, dice(&seed, 30));
        struct ta_text text = {0};
        ta_text_addf(&text, "---\na: 1\n  # note\nkey: old\n\nz:\n---\n%s", body);
        struct ta_paper paper = read_paper(text.bytes);
        ta_paper_set_value(&paper, "key", "new");
        char *after = ta_paper_take(&paper);
        struct change change = change_between(text.bytes, after);
        assert_int_equal(change.first, 3);
        assert_int_equal(change.removed, 1);
        assert_int_equal(change.added, 1);
        free(after);
        ta_text_release(&text);
        free(body);
    }
}

/* List entries */

static void expect_entries(const char *text, const char *entries)
{
    struct ta_paper paper = read_paper(text);
    struct ta_span span = {paper.front, paper.count - paper.front}, entry;
    struct ta_text found = {0};
    char *said;
    while (ta_paper_next_entry(&paper, &span, &entry, &said)) {
        ta_text_addf(&found, "%zu+%zu<%s>", entry.first, entry.count, said);
        free(said);
    }
    assert_int_equal(span.count, 0);
    assert_text(ta_text_take(&found), entries);
    ta_paper_release(&paper);
}

static void reads_list_entries(void **state)
{
    (void)state;
    expect_entries("- a\n* b\n+ c\n1. d\n22) e\n", "0+1<a>1+1<b>2+1<c>3+1<d>4+1<e>");
    expect_entries("text\n\n-\ta  \r\n-\n- ", "2+1<a>3+1<>4+1<>");
    expect_entries("-a\n1.b\n1234567890. c\n.\n--\n", "");
    expect_entries("---\nk: - v\n---\n- a\n", "3+1<a>");
    expect_entries("* * *\n- - -\n- -\n", "2+1<->");
}

static void reads_lines_that_belong_to_an_entry(void **state)
{
    (void)state;
    expect_entries("- a\n  b\n\tc\n- d\n", "0+3<a\nb\nc>3+1<d>");
    expect_entries("- a\n  - nested\n      deep\n", "0+3<a\n- nested\n    deep>");
    expect_entries("1. a\n\n   b\n\n\n2. c\n", "0+3<a\n\nb>5+1<c>");
    expect_entries("- a\nnot b\n", "0+1<a>");
    expect_entries("- a\n - sibling\n", "0+1<a>1+1<sibling>");
    expect_entries("10. a\n    b\n   c\n", "0+3<a\nb\nc>");
    expect_entries("- a\r\n  b\r\n", "0+2<a\nb>");
}

static void entries_in_fenced_code_are_text(void **state)
{
    (void)state;
    expect_entries("```\n- no\n```\n- a\n~~~\n- no\n", "3+1<a>");
}

static void replaces_lines(void **state)
{
    (void)state;
    struct ta_paper paper = read_paper("a\r\nb\r\nc");
    ta_paper_replace(&paper, (struct ta_span){1, 1}, "x\ny\r\nz");
    ta_paper_replace(&paper, (struct ta_span){5, 0}, "end");
    ta_paper_replace(&paper, (struct ta_span){0, 1}, "");
    assert_text(ta_paper_take(&paper), "x\r\ny\r\nz\r\nc\r\nend\r\n");
}

/* Untrusted text */

static void walk(const char *text)
{
    struct ta_paper paper;
    if (!ta_paper_read(&paper, text, "x.md", NULL)) {
        return;
    }
    assert_text(ta_paper_text(&paper), text);
    struct ta_span span = {paper.front, paper.count - paper.front}, entry;
    char *said;
    while (ta_paper_next_entry(&paper, &span, &entry, &said)) {
        free(said);
    }
    ta_paper_set_value(&paper, "key", "new");
    ta_paper_set_section(&paper, "One", "new");
    ta_paper_remove_section(&paper, "Two");
    ta_paper_release(&paper);
}

static void survives_any_bytes(void **state)
{
    (void)state;
    survive("---\nkey: value\nother: x\n---\n# T\n## One\n- a\n  b\n```\n## x\n```\n## Two\n1. c\n",
            walk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_what_it_read),
        cmocka_unit_test(writes_ten_thousand_lines_as_they_were),
        cmocka_unit_test(refuses_what_is_no_paper),
        cmocka_unit_test(reads_values),
        cmocka_unit_test(sets_one_value_and_keeps_the_rest),
        cmocka_unit_test(a_value_never_becomes_two_lines),
        cmocka_unit_test(checks_what_a_paper_is),
        cmocka_unit_test(finds_sections),
        cmocka_unit_test(headings_in_fenced_code_are_text),
        cmocka_unit_test(sets_a_section),
        cmocka_unit_test(a_body_cannot_break_out_of_its_section),
        cmocka_unit_test(adds_a_section_in_its_order),
        cmocka_unit_test(removing_undoes_adding),
        cmocka_unit_test(a_changed_section_is_the_only_change),
        cmocka_unit_test(a_changed_value_is_the_only_change),
        cmocka_unit_test(reads_list_entries),
        cmocka_unit_test(reads_lines_that_belong_to_an_entry),
        cmocka_unit_test(entries_in_fenced_code_are_text),
        cmocka_unit_test(replaces_lines),
        cmocka_unit_test(survives_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

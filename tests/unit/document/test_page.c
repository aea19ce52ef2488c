#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/document/chart.h"
#include "turnabout/document/page.h"

static void text_is(const char *text, const char *expected)
{
    struct ta_text out = {0};
    ta_page_text(&out, ta_piece_of(text));
    assert_string_equal(out.bytes ? out.bytes : "", expected);
    ta_text_release(&out);
}

static void nothing_becomes_markup(void **state)
{
    (void)state;
    text_is("<b a=\"x\" b='y'> & é", "&lt;b a=&quot;x&quot; b=&#39;y&#39;&gt; &amp; é");
    text_is("a\x1b[31mb\x07", "a[31mb");
    text_is("a\u202Eb\u2066c\uFEFFd", "abcd");
    text_is("a\xFF\xC3", "a\uFFFD\uFFFD");
}

static void page_is(const char *markdown, unsigned deeper, const char *expected)
{
    struct ta_text out = {0};
    struct ta_error err = {0};
    if (!ta_page_markdown(&out, markdown, deeper, &err)) {
        print_error("%s\n", err.text);
    }
    assert_string_equal(out.bytes ? out.bytes : "", expected);
    ta_text_release(&out);
}

static void markdown_as_it_is_meant(void **state)
{
    (void)state;
    page_is("# One\n\nTwo *three* **four** `<five>`", 0,
            "<h1 dir=\"auto\">One</h1>\n<p dir=\"auto\">Two <em>three</em> <strong>four</strong> "
            "<code>&lt;five&gt;</code></p>\n");
    page_is("# One\n\n##### Two", 3, "<h4 dir=\"auto\">One</h4>\n<h6 dir=\"auto\">Two</h6>\n");
    page_is("2. a\n3. b", 0,
            "<ol start=\"2\">\n<li dir=\"auto\">a</li>\n<li dir=\"auto\">b</li>\n</ol>\n");
    page_is("```\n<a>\n```", 0, "<pre><code>&lt;a&gt;\n</code></pre>\n");
    page_is("| a | b |\n| --- | --- |\n| c | d |", 0,
            "<table><thead><tr><th scope=\"col\" dir=\"auto\">a</th>\n<th scope=\"col\" "
            "dir=\"auto\">b</th>\n</tr>\n</thead>\n<tbody><tr><td dir=\"auto\">c</td>\n<td "
            "dir=\"auto\">d</td>\n</tr>\n</tbody>\n</table>\n");
}

/* Whatever a link or a picture is written like, nobody is led to a script, and nothing is fetched.
 */
static void links_lead_nowhere_bad(void **state)
{
    (void)state;
    static const char *const bad[] = {"[x](javascript:alert(1))",
                                      "[x](JaVaScRiPt:alert(1))",
                                      "[x](&#106;avascript:alert(1))",
                                      "[x](<java\tscript:alert(1)>)",
                                      "[x](data:text/html,<script>)",
                                      "[x](vbscript:x)",
                                      "[x](//example.org)",
                                      "[x](../../etc/passwd)",
                                      "[x](file:///etc/passwd)",
                                      "![x](https://example.org/x.png)",
                                      "[![x](javascript:a)](javascript:b)"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        page_is(bad[i], 0, "<p dir=\"auto\">x</p>\n");
    }
    page_is("[x](https://example.org/?a=\"b)", 0,
            "<p dir=\"auto\"><a rel=\"noreferrer\" "
            "href=\"https://example.org/?a=&quot;b\">x</a></p>\n");
    page_is("[x [y](javascript:z)](https://example.org) <mailto:a@example.org>", 0,
            "<p dir=\"auto\">[x y](https://example.org) <a rel=\"noreferrer\" "
            "href=\"mailto:a@example.org\">mailto:a@example.org</a></p>\n");
}

static void raw_html_is_text(void **state)
{
    (void)state;
    page_is("<script>alert(1)</script>\n\na <img src=x onerror=b> &lt;", 0,
            "<p dir=\"auto\">&lt;script&gt;alert(1)&lt;/script&gt;</p>\n<p dir=\"auto\">a &lt;img "
            "src=x onerror=b&gt; &lt;</p>\n");
}

static void a_chart_tells_its_numbers(void **state)
{
    (void)state;
    const struct ta_bar_of_chart bars[] = {{"a<b", 0}, {"c", 7}};
    struct ta_text out = {0};
    ta_chart_rows(&out, "Dates", bars, 2);
    assert_non_null(strstr(out.bytes, "aria-label=\"Dates: a&lt;b 0, c 7\""));
    ta_text_clear(&out);
    ta_chart_columns(&out, "Months", bars, 2);
    assert_non_null(strstr(out.bytes, "aria-label=\"Months: a&lt;b 0, c 7\""));
    ta_text_clear(&out);
    ta_chart_columns(&out, "Nothing", bars, 0);
    assert_non_null(strstr(out.bytes, "<figcaption>Nothing</figcaption>"));
    ta_text_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_becomes_markup),    cmocka_unit_test(markdown_as_it_is_meant),
        cmocka_unit_test(links_lead_nowhere_bad),    cmocka_unit_test(raw_html_is_text),
        cmocka_unit_test(a_chart_tells_its_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

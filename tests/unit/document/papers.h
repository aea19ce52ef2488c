/**
 * What the tests of the papers share: a pair, a way to say which lines of a text were changed, and
 * texts made at random that repeat exactly.
 */
#ifndef TURNABOUT_TESTS_DOCUMENT_PAPERS_H
#define TURNABOUT_TESTS_DOCUMENT_PAPERS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "turnabout/base/text.h"
#include "turnabout/domain/pair.h"

/** Priya Raman mentors Dana Holt. Release nothing of it. */
extern const struct ta_pair priya_and_dana;

/** The page of docs/ that a test holds to its word: from the arguments of main(). */
extern const char *page_path;

/** For cmocka_unit_test_setup_teardown(): the state is the page's text. */
int read_page(void **state);
int free_page(void **state);

/** Compares and frees `text`. */
void assert_text(char *text, const char *expected);

/** Fails unless `part` stands in `text`. */
void assert_holds(const char *text, const char *part);

/** Which lines are others, counted with their line ends: what is not a common beginning or end. */
struct change {
    size_t first, removed, added;
};

struct change change_between(const char *before, const char *after);
size_t lines_of(const char *text);

/** The next of a sequence that depends on nothing but its start; below `below`. */
size_t dice(uint32_t *state, size_t below);

/** Markdown of headings, fences, lists, front matter keys and blanks in any order. */
char *random_markdown(uint32_t *state, size_t lines);
/** `text` with some of its bytes changed, doubled or dropped. Never holds NUL. */
char *mutilated(uint32_t *state, const char *text);

/** Calls `read` on 2,000 mutilated copies of a text, which it may refuse but has to survive. */
void survive(const char *text, void (*read)(const char *text));

#endif

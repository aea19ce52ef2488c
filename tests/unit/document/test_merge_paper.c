/*
 * What two wrote apart is one text again. Every case is merged twice, the second time with ours and
 * theirs exchanged: but for questions the result has to be the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/base/memory.h"
#include "turnabout/document/merge_paper.h"

/* What was asked, as "base|ours|theirs" in brackets behind the heading; the answer is `answer`. */
struct asked {
    struct ta_text said;
    const char *answer;
};

static char *write_down(const struct ta_place *place, void *data)
{
    struct asked *asked = data;
    ta_text_addf(&asked->said, "%s[%s|%s|%s]", place->heading, place->text.base, place->text.ours,
                 place->text.theirs);
    return ta_copy(asked->answer);
}

static char *fail_to_choose(const struct ta_place *place, void *data)
{
    (void)data;
    fail_msg("asked:\n-- base\n%s-- ours\n%s-- theirs\n%s", place->text.base, place->text.ours,
             place->text.theirs);
    return NULL;
}

static const struct ta_chooser nobody = {fail_to_choose, NULL};

typedef char *merger(const struct ta_versions *versions, const struct ta_chooser *chooser);

static char *as_text(const struct ta_versions *versions, const struct ta_chooser *chooser)
{
    return ta_merge_text(versions, false, chooser);
}

static char *as_agenda(const struct ta_versions *versions, const struct ta_chooser *chooser)
{
    return ta_merge_text(versions, true, chooser);
}

static char *as_union(const struct ta_versions *versions, const struct ta_chooser *chooser)
{
    (void)chooser;
    return ta_merge_union(versions);
}

static char *as_meetings(const struct ta_versions *versions, const struct ta_chooser *chooser)
{
    struct ta_renumberings ours = {0};
    struct ta_renumberings theirs = {0};
    char *merged = ta_merge_meetings(versions, chooser, &ours, &theirs);
    ta_renumberings_release(&ours);
    ta_renumberings_release(&theirs);
    return merged;
}

static char *as_promises(const struct ta_versions *versions, const struct ta_chooser *chooser)
{
    struct ta_renumberings ours = {0};
    struct ta_renumberings theirs = {0};
    char *merged = ta_merge_promises(versions, chooser, &ours, &theirs);
    ta_renumberings_release(&ours);
    ta_renumberings_release(&theirs);
    return merged;
}

static void becomes(merger *merge, const char *base, const char *ours, const char *theirs,
                    const char *expected)
{
    char *one = merge(&(struct ta_versions){base, ours, theirs}, &nobody);
    char *other = merge(&(struct ta_versions){base, theirs, ours}, &nobody);
    assert_string_equal(one, expected);
    assert_string_equal(other, expected);
    free(one);
    free(other);
}

static void asks(merger *merge, const char *base, const char *ours, const char *theirs,
                 const char *question, const char *answer, const char *expected)
{
    struct asked asked = {.answer = answer};
    const struct ta_chooser chooser = {write_down, &asked};
    char *merged = merge(&(struct ta_versions){base, ours, theirs}, &chooser);
    assert_string_equal(asked.said.bytes != NULL ? asked.said.bytes : "", question);
    assert_string_equal(merged, expected);
    free(merged);
    ta_text_release(&asked.said);
}

static void different_places_go_together(void **state)
{
    (void)state;
    becomes(as_text, "# T\n\none\ntwo\nthree\n", "# T\n\nONE\ntwo\nthree\n",
            "# T\n\none\ntwo\nTHREE\n", "# T\n\nONE\ntwo\nTHREE\n");
    /* side by side, too, lines of a paragraph and entries of a list */
    becomes(as_text, "one\ntwo\n", "ONE\ntwo\n", "one\nTWO\n", "ONE\nTWO\n");
    becomes(as_text, "- one\n- two\n", "- first\n- two\n", "- one\n- second\n",
            "- first\n- second\n");
    /* one changed it, the other added beside it; one took away, the other changed elsewhere */
    becomes(as_text, "- a\n- b\n", "- a, too\n- b\n", "- a\n- b\n- c\n", "- a, too\n- b\n- c\n");
    becomes(as_text, "- a\n- b\n- c\n", "- a\n- c\n", "- a\n- b\n- c, too\n", "- a\n- c, too\n");
    becomes(as_text, "- a\n- b\n", "- a\n", "- a\n- b\n- c\n", "- a\n- c\n");
}

static void entries_that_both_add_are_all_kept(void **state)
{
    (void)state;
    becomes(as_text, "# L\n- a\n", "# L\n- a\n- of Priya\n", "# L\n- a\n- of Dana\n",
            "# L\n- a\n- of Dana\n- of Priya\n");
    becomes(as_text, "# L\n", "# L\n- x\n  its note\n- both\n", "# L\n- both\n- y\n",
            "# L\n- x\n  its note\n- both\n- y\n");
    becomes(as_text, NULL, "# S\n## A\n- x\n## B\n- z\n", "# S\n## A\n- y\n## B\n- z\n",
            "# S\n## A\n- x\n- y\n## B\n- z\n");
    becomes(as_text, "# C\n\n", "# C\n\n## Place\n\nCanteen\n", "# C\n\n## Exit\n\nAt any time\n",
            "# C\n\n## Exit\n\nAt any time\n## Place\n\nCanteen\n");
}

static void the_same_change_is_made_once(void **state)
{
    (void)state;
    becomes(as_text, "- a\n", "- b\n- c\n", "- b\n- c\n", "- b\n- c\n");
    becomes(as_text, NULL, "a\n", "a\n", "a\n");
    becomes(as_text, "a\nb", "a\nb", "a\nb\nc", "a\nb\nc\n");
}

static void the_same_sentence_is_asked_about(void **state)
{
    (void)state;
    asks(as_text, "# T\n\n## Place\n\nHere\n\nend\n", "# T\n\n## Place\n\nThere\n\nend\n",
         "# T\n\n## Place\n\nOnline\n\nEND\n", "Place[Here\n|There\n|Online\n]", "Anywhere",
         "# T\n\n## Place\n\nAnywhere\n\nEND\n");
    /* until it is known, ours stands there */
    asks(as_text, "a\n", "b\n", "c\n", "[a\n|b\n|c\n]", NULL, "b\n");
    /* one took away what the other changed */
    asks(as_text, "- a\n- b\n", "- a\n", "- a\n- b, too\n", "[- b\n||- b, too\n]", "", "- a\n");
    /* a paragraph is one place where its lines contradict each other */
    asks(as_text, "one\ntwo\n", "one and a half\ntwo\n", "1\n2\n",
         "[one\ntwo\n|one and a half\ntwo\n|1\n2\n]", "1.5", "1.5\n");
    /* words for a section that the other took away */
    asks(as_text, "# T\n## A\n- x\n- y\n## B\n", "# T\n## B\n", "# T\n## A\n- x\n- y\n- z\n## B\n",
         "T[||- z\n]", "", "# T\n## B\n");
    /* a title */
    asks(as_text, NULL, "# Session 3: Who\n\n## A\n- x\n", "# Session 3: How\n\n## A\n- y\n",
         "[|# Session 3: Who\n|# Session 3: How\n]", "# Session 3: Both",
         "# Session 3: Both\n\n## A\n- y\n- x\n");
    /* text that both put where nothing stood */
    asks(as_text, "## A\n", "## A\nfrom Priya\n", "## A\nfrom Dana\n",
         "A[|from Priya\n|from Dana\n]", "from both", "## A\nfrom both\n");
}

static void an_agenda_is_counted_anew(void **state)
{
    (void)state;
    becomes(as_agenda, "# A\n\n1. In (3 min)\n2. Topic (25 min)\n3. Out (5 min)\n",
            "# A\n\n1. News (2 min)\n2. In (3 min)\n3. Topic (25 min)\n4. Out (5 min)\n",
            "# A\n\n1. In (3 min)\n2. Topic (20 min)\n3. Out (5 min)\n4. Late (1 min)\n",
            "# A\n\n1. News (2 min)\n2. In (3 min)\n3. Topic (20 min)\n4. Out (5 min)\n5. Late (1 "
            "min)\n");
    /* an item of which both changed the minutes is one item */
    asks(as_agenda, NULL, "1. In (3 min)\n2. Out (5 min)\n", "1. In (4 min)\n2. Out (5 min)\n",
         "[|1. In (3 min)\n|1. In (4 min)\n]", "1. In (4 min)", "1. In (4 min)\n2. Out (5 min)\n");
}

/* Whoever types words over "3. Who is waited for (32 min)" means that item. */
static void plain_words_instead_of_an_entry_stay_one(void **state)
{
    (void)state;
    asks(as_agenda, "1. In (3 min)\n2. Who (25 min)\n3. Out (5 min)\n",
         "1. In (3 min)\n2. Who waits (25 min)\n3. Out (5 min)\n",
         "1. In (3 min)\n2. Who is heard (20 min)\n3. Out (5 min)\n",
         "[2. Who (25 min)\n|2. Who waits (25 min)\n|2. Who is heard (20 min)\n]", "Who, anywhere",
         "1. In (3 min)\n2. Who, anywhere (25 min)\n3. Out (5 min)\n");
    asks(as_agenda, "1. Who (25 min)\n2. Out (5 min)\n", "1. Who waits (25 min)\n2. Out (5 min)\n",
         "1. Who is heard (20 min)\n2. Out (5 min)\n",
         "[1. Who (25 min)\n|1. Who waits (25 min)\n|1. Who is heard (20 min)\n]",
         "Who, anywhere (10 min)\nAna first\n\n  and Ben\n",
         "1. Who, anywhere (10 min)\n   Ana first\n\n   and Ben\n2. Out (5 min)\n");
    asks(as_text, "## Goals\n- a\n", "## Goals\n- a b\n", "## Goals\n- a c\n",
         "Goals[- a\n|- a b\n|- a c\n]", "both\n- and another",
         "## Goals\n- both\n- and another\n");
    asks(as_text, "- a\n", "- a b\n", "- a c\n", "[- a\n|- a b\n|- a c\n]", "", "");
}

static void a_union_loses_nothing(void **state)
{
    (void)state;
    becomes(as_union, "# S\n- a\n- b\n", "# S\n- a\n- b\n- c\n", "# S\n- a\n- d\n",
            "# S\n- a\n- b\n- c\n- d\n");
    becomes(as_union, "x\n", "x\nkey one\n", "x\nkey two\n", "x\nkey one\nkey two\n");
}

#define MEETINGS "---\nturnabout: meetings/1\n---\n# Meetings\n\n"
#define M1 "- M1 2026-11-24T10:00:00+01:00 "
#define M2 "- M2 2026-12-01T10:00:00+01:00 "

static void what_became_of_a_date_wins(void **state)
{
    (void)state;
    becomes(as_meetings, MEETINGS M1 "planned\n" M2 "planned\n",
            MEETINGS M1 "held as session 1, 45 min\n" M2 "planned\n",
            MEETINGS M1 "planned\n" M2 "cancelled by mentee, 46 h notice: ill\n",
            MEETINGS M1 "held as session 1, 45 min\n" M2 "cancelled by mentee, 46 h notice: ill\n");
    /* both cancelled it, one a little later and with a reason: the longer notice, the reason */
    becomes(as_meetings, MEETINGS M1 "planned\n", MEETINGS M1 "cancelled by mentee, 46 h notice\n",
            MEETINGS M1 "cancelled by mentee, 45 h notice: ill\n",
            MEETINGS M1 "cancelled by mentee, 46 h notice: ill\n");
    asks(as_meetings, MEETINGS M1 "planned\n", MEETINGS M1 "held as session 1, 45 min\n",
         MEETINGS M1 "cancelled by mentor\n",
         "Meetings[" M1 "planned\n|" M1 "held as session 1, 45 min\n|" M1 "cancelled by mentor\n]",
         M1 "held as session 1, 45 min", MEETINGS M1 "held as session 1, 45 min\n");
}

static void dates_of_one_id_become_two(void **state)
{
    (void)state;
    struct ta_renumberings ours = {0};
    struct ta_renumberings theirs = {0};
    const struct ta_versions versions = {
        MEETINGS M1 "planned\n",
        MEETINGS M1 "moved to M2 by mentee\n- M2 2026-12-09T10:00:00+01:00 planned\n",
        MEETINGS M1 "planned\n- M2 2026-12-02T10:00:00+01:00 planned\n  Bring the survey.\n"};
    char *merged = ta_merge_meetings(&versions, &nobody, &ours, &theirs);
    assert_string_equal(merged, MEETINGS M1 "moved to M3 by mentee\n"
                                            "- M2 2026-12-02T10:00:00+01:00 planned\n"
                                            "  Bring the survey.\n"
                                            "- M3 2026-12-09T10:00:00+01:00 planned\n");
    assert_int_equal(ours.count, 1);
    assert_int_equal(ours.items[0].from, 2);
    assert_int_equal(ours.items[0].to, 3);
    assert_int_equal(theirs.count, 0);
    free(merged);
    ta_renumberings_release(&ours);
    /* the same date planned by both is one */
    becomes(as_meetings, NULL, MEETINGS M1 "planned\n", MEETINGS M1 "planned\n",
            MEETINGS M1 "planned\n");
    becomes(as_meetings, MEETINGS, MEETINGS M1 "planned\n",
            MEETINGS "- M1 2026-12-01T10:00:00+01:00 planned\n"
                     "- M2 2026-11-24T10:00:00+01:00 planned\n",
            MEETINGS M1 "planned\n- M3 2026-12-01T10:00:00+01:00 planned\n");
}

#define PROMISES "---\nturnabout: promises/1\n---\n# Promises\n\n"

static void the_further_of_two_promises_wins(void **state)
{
    (void)state;
    becomes(as_promises, PROMISES "- [ ] P1 Dana Holt: ask (due 2026-12-01, session 1)\n",
            PROMISES "- [x] P1 Dana Holt: ask (due 2026-12-01, session 1, done 2026-11-30)\n",
            PROMISES "- [x] P1 Dana Holt: ask (due 2026-12-01, session 1, done 2026-12-01, told "
                     "2026-12-02)\n",
            PROMISES "- [x] P1 Dana Holt: ask (due 2026-12-01, session 1, done 2026-11-30, told "
                     "2026-12-02)\n");
    /* who takes back what the other did not touch */
    becomes(as_promises, PROMISES "- [x] P1 Dana: ask (done 2026-11-30)\n- [ ] P2 Dana: see\n",
            PROMISES "- [ ] P1 Dana: ask\n- [ ] P2 Dana: see\n",
            PROMISES "- [x] P1 Dana: ask (done 2026-11-30)\n- [x] P2 Dana: see (done 2026-12-01)\n",
            PROMISES "- [ ] P1 Dana: ask\n- [x] P2 Dana: see (done 2026-12-01)\n");
    /* one changed the words by hand, the other did it */
    becomes(as_promises, PROMISES "- [ ] P1 Dana: ask (session 1)\n",
            PROMISES "- [ ] P1 Dana: ask all (session 1)\n",
            PROMISES "- [x] P1 Dana: ask (session 1, done 2026-12-01)\n",
            PROMISES "- [x] P1 Dana: ask all (session 1, done 2026-12-01)\n");
    asks(as_promises, PROMISES "- [ ] P1 Dana: ask\n", PROMISES "- [ ] P1 Dana: ask all\n",
         PROMISES "- [ ] P1 Dana: ask some\n",
         "Promises[- [ ] P1 Dana: ask\n|- [ ] P1 Dana: ask all\n|- [ ] P1 Dana: ask some\n]",
         "- [ ] P1 Dana: ask most", PROMISES "- [ ] P1 Dana: ask most\n");
}

static void a_promise_with_another_id_by_now_is_the_same(void **state)
{
    (void)state;
    struct ta_renumberings ours = {0};
    struct ta_renumberings theirs = {0};
    /* theirs is a merge in which P1 became P2; meanwhile ours did it */
    const struct ta_versions versions = {
        PROMISES "- [ ] P1 Dana: ask (session 1)\n",
        PROMISES "- [x] P1 Dana: ask (session 1, done 2026-12-01)\n- [ ] P2 Dana: go (session 2)\n",
        PROMISES "- [ ] P1 Priya: share (session 1)\n- [ ] P2 Dana: ask (session 1)\n"};
    char *merged = ta_merge_promises(&versions, &nobody, &ours, &theirs);
    assert_string_equal(merged, PROMISES "- [ ] P1 Priya: share (session 1)\n"
                                         "- [x] P2 Dana: ask (session 1, done 2026-12-01)\n"
                                         "- [ ] P3 Dana: go (session 2)\n");
    free(merged);
    char *summary = ta_renumber_promises("P1 is kept\n## Promises\n- [ ] P1 Dana: ask\n"
                                         "- [ ] P2 Dana: go\n- P1 is no promise\n",
                                         &ours);
    assert_string_equal(summary, "P1 is kept\n## Promises\n- [ ] P2 Dana: ask\n"
                                 "- [ ] P3 Dana: go\n- P1 is no promise\n");
    free(summary);
    assert_int_equal(theirs.count, 0);
    ta_renumberings_release(&ours);
}

static void what_nobody_knows_stays(void **state)
{
    (void)state;
    becomes(
        as_promises, PROMISES "Ours.\n\n- [ ] P1 Dana: ask\n\n<!-- end -->\n",
        "---\nturnabout: promises/1\nwho: both\n---\n# Promises\n\nOurs.\n\n- [ ] P1 Dana: ask\n"
        "- [ ] P2 Dana: go\n\n<!-- end -->\n",
        PROMISES "Ours, and only ours.\n\n- [ ] P1 Dana: ask\n  - because\n- [ ] P2 Priya: do\n"
                 "\n<!-- end -->\n",
        "---\nturnabout: promises/1\nwho: both\n---\n# Promises\n\nOurs, and only ours.\n\n"
        "- [ ] P1 Dana: ask\n  - because\n- [ ] P2 Dana: go\n- [ ] P3 Priya: do\n"
        "\n<!-- end -->\n");
    /* what each wrote below an entry that both made */
    becomes(as_promises, PROMISES "- [ ] P1 a\n", PROMISES "- [ ] P1 a\n- [ ] P2 b\n  - two\n",
            PROMISES "- [ ] P1 a\n- [ ] P2 b\n  - one\n",
            PROMISES "- [ ] P1 a\n- [ ] P2 b\n  - one\n  - two\n");
    /* one took it out by hand, the other did it */
    becomes(as_promises, PROMISES "- [ ] P1 a\n- [ ] P2 b\n", PROMISES "- [ ] P2 b\n",
            PROMISES "- [x] P1 a (done 2026-12-01)\n- [ ] P2 b\n",
            PROMISES "- [ ] P2 b\n- [x] P1 a (done 2026-12-01)\n");
    /* a list in another order than it was */
    becomes(as_promises, PROMISES "- [ ] P1 a\n- [ ] P2 b\n- [ ] P3 c\n",
            PROMISES "- [ ] P3 c\n- [ ] P1 a\n- [ ] P2 b\n",
            PROMISES "- [ ] P2 b\n- [x] P1 a (done 2026-12-01)\n- [ ] P3 c\n",
            PROMISES "- [x] P1 a (done 2026-12-01)\n- [ ] P2 b\n- [ ] P3 c\n");
}

#define RELEASE(withheld, struck, approved)                                                        \
    "---\nturnabout: release/1\nsession: 3\nwithheld: " withheld                                   \
    "\n---\n# Release of session 3\n\n## Struck\n\n" struck "\n## Approved\n\n" approved
#define A64 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B64 "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define MENTEE "- mentee Dana Holt, 2026-11-25T09:00:00+01:00, sha256 " A64 "\n"
#define MENTOR "- mentor Priya Raman, 2026-11-25T10:00:00+01:00, sha256 " A64 "\n"

static bool has(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}

static void keys_and_strikes_go_together(void **state)
{
    (void)state;
    const struct ta_versions keys = {RELEASE("no", "", ""), RELEASE("no", "", MENTEE),
                                     RELEASE("no", "", MENTOR)};
    char *merged = ta_merge_release(&keys, &nobody);
    assert_true(has(merged, MENTEE MENTOR));
    free(merged);
    const struct ta_versions strikes = {RELEASE("no", "", ""),
                                        RELEASE("no", "- sha256 " B64 "\n", ""),
                                        RELEASE("no", "- sha256 " A64 "\n", "")};
    merged = ta_merge_release(&strikes, &nobody);
    assert_true(has(merged, "- sha256 " A64 "\n- sha256 " B64 "\n"));
    free(merged);
    const struct ta_versions withheld = {RELEASE("no", "", ""), RELEASE("no", "", MENTEE),
                                         RELEASE("yes", "", "")};
    merged = ta_merge_release(&withheld, &nobody);
    assert_true(has(merged, "withheld: yes"));
    assert_false(has(merged, "mentee"));
    free(merged);
}

#define FRESH(end)                                                                                 \
    "---" end "turnabout: release/1" end "session: 3" end "withheld: no" end "---" end             \
    "# Release of session 3" end
#define STRUCK(digest, end) end "## Struck" end end "- sha256 " digest end
#define APPROVED(who, end)                                                                         \
    end "## Approved" end end "- " who ", 2026-11-25T09:00:00+01:00, sha256 " A64 end

/* The two wrote their sections in the order in which they needed them. */
static void a_heading_stands_once_wherever_it_stood(void **state)
{
    (void)state;
    const char *both = FRESH("\n") STRUCK(B64, "\n") APPROVED("mentee Dana Holt", "\n");
    becomes(ta_merge_release, FRESH("\n"), FRESH("\n") APPROVED("mentee Dana Holt", "\n"),
            FRESH("\n") STRUCK(B64, "\n"), both);
    becomes(ta_merge_release, FRESH("\n") STRUCK(A64, "\n"),
            FRESH("\n") APPROVED("mentee Dana Holt", "\n"),
            FRESH("\n") STRUCK(A64, "\n") "- sha256 " B64 "\n", both);
    becomes(ta_merge_release, FRESH("\n"),
            FRESH("\n") APPROVED("mentee Dana Holt", "\n") STRUCK(B64, "\n"),
            FRESH("\n") STRUCK(B64, "\n") APPROVED("mentee Dana Holt", "\n"), both);
    /* each has what is theirs elsewhere, and a word of their own */
    becomes(ta_merge_release, FRESH("\n") STRUCK(A64, "\n") "\n## Ours\n\nA word.\n",
            FRESH("\n") "\n## Ours\n\nA word.\n" STRUCK(B64, "\n"),
            FRESH("\n") STRUCK(A64, "\n") "\n## Ours\n\nAnother word.\n",
            FRESH("\n") "\n## Ours\n\nAnother word.\n" STRUCK(B64, "\n"));
}

/* An editor that writes other line ends makes every line another one. */
static void decisions_with_other_line_ends_are_the_same(void **state)
{
    (void)state;
    const char *both =
        FRESH("\n") STRUCK(A64, "\n") "- sha256 " B64 "\n" APPROVED("mentee Dana Holt", "\n");
    becomes(ta_merge_release, FRESH("\n") STRUCK(A64, "\n"),
            FRESH("\r\n") STRUCK(A64, "\r\n") APPROVED("mentee Dana Holt", "\r\n"),
            FRESH("\n") STRUCK(A64, "\n") "- sha256 " B64 "\n", both);
    becomes(ta_merge_release, NULL, FRESH("\r\n") STRUCK(A64, "\r\n"),
            FRESH("\n") STRUCK(B64, "\n") APPROVED("mentee Dana Holt", "\n"), both);
}

/* What one put back is back, unless the other struck it since. */
static void what_either_struck_since_is_struck(void **state)
{
    (void)state;
    becomes(ta_merge_release, FRESH("\n") STRUCK(A64, "\n"), FRESH("\n"),
            FRESH("\n") STRUCK(A64, "\n"), FRESH("\n"));
    becomes(ta_merge_release, FRESH("\n"), FRESH("\n") STRUCK(A64, "\n"), FRESH("\n"),
            FRESH("\n") STRUCK(A64, "\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(different_places_go_together),
        cmocka_unit_test(entries_that_both_add_are_all_kept),
        cmocka_unit_test(the_same_change_is_made_once),
        cmocka_unit_test(the_same_sentence_is_asked_about),
        cmocka_unit_test(an_agenda_is_counted_anew),
        cmocka_unit_test(plain_words_instead_of_an_entry_stay_one),
        cmocka_unit_test(a_union_loses_nothing),
        cmocka_unit_test(what_became_of_a_date_wins),
        cmocka_unit_test(dates_of_one_id_become_two),
        cmocka_unit_test(the_further_of_two_promises_wins),
        cmocka_unit_test(a_promise_with_another_id_by_now_is_the_same),
        cmocka_unit_test(what_nobody_knows_stays),
        cmocka_unit_test(keys_and_strikes_go_together),
        cmocka_unit_test(a_heading_stands_once_wherever_it_stood),
        cmocka_unit_test(decisions_with_other_line_ends_are_the_same),
        cmocka_unit_test(what_either_struck_since_is_struck),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Names, notes and summaries in the scripts that people write. */
#include <string.h>

#include "world.h"

#define E_WITH_MARK "e\xCC\x81"     /* e and U+0301, not one character */
#define FAMILY "👩‍👧‍👦" /* three emoji and two joiners */

static void name_the_pair(struct terminal *app)
{
    see(app, "You are");
    terminal_type(app, "आशा वर्मा <asha@example.org>");
    terminal_press(app, "Enter");
    see(app, "‹ the mentee ›");
    terminal_press(app, "Enter");
    see(app, "The name of the other");
    terminal_type(app, "林小雨 <lin@example.org>");
    terminal_press(app, "Enter");
    see(app, "In a few words");
    terminal_type(app, "من يُسمع صوته");
    terminal_press(app, "Enter");
    see(app, "林小雨 (mentor) ⇄ आशा वर्मा (mentee)");
}

static void catch_note(struct terminal *app, const char *typed, const char *shown)
{
    terminal_type(app, typed);
    terminal_press(app, "Enter");
    see(app, shown);
}

static void a_pair_in_four_scripts_keeps_every_character(void **state)
{
    struct world *world = *state;
    struct terminal *app = world_app(world);
    name_the_pair(app);
    (void)world_do(world, "turnabout contract set goals '让年轻人先说'\n"
                          "turnabout contract set off-limits 'परिवार'\n"
                          "turnabout contract sign --as mentor\n"
                          "turnabout contract sign --as mentee\n"
                          "turnabout meeting plan '2026-11-24 10:00'\n"
                          "turnabout agenda add 'कौन पहले बोलता है' --minutes 25\n"
                          "turnabout agenda share\n"
                          "turnabout session start\n");
    terminal_press(app, "q");
    assert_int_equal(ended(app), 0);

    app = world_app(world);
    see(app, "[Enter]");
    terminal_press(app, "Enter");
    see(app, "off-limits: परिवार");
    catch_note(app, "! الأول في الكلام يحدد ما يقال", "!  الأول");
    catch_note(app, "> 林小雨: 分享调查结果 by 2026-12-01", ">  林小雨: 分享调查结果");
    catch_note(app, "> आशा: सबसे छोटे से पहले पूछना by 2026-12-02", ">  आशा: सबसे");
    catch_note(app, "? Zoë fragt: wer " E_WITH_MARK "coute " FAMILY " 🙂", "?  Zoë fragt");
    terminal_type(app, "~ परिवार");
    see(app, "⚠ touches \"परिवार\"");
    terminal_press(app, "C-u");
    miss(app, "⚠");

    /* Whatever stands before them, columns end where columns end. */
    int due = terminal_column(app, "due 1 Dec");
    assert_int_equal(due, terminal_column(app, "due 2 Dec"));
    assert_int_equal(due + (int)strlen("due 1 Dec"), 79);

    (void)world_do(world, "turnabout session end; turnabout summary commit");
    const char *summary =
        world_do(world, "git --git-dir home/pairs/*/record.git show main:sessions/01/summary.md");
    assert_holds(summary, "- الأول في الكلام يحدد ما يقال\n");
    assert_holds(summary, "林小雨: 分享调查结果 (due 2026-12-01)\n");
    assert_holds(summary, "आशा वर्मा: सबसे छोटे से पहले पूछना (due 2026-12-02)\n");
    assert_holds(summary, "- Zoë fragt: wer " E_WITH_MARK "coute " FAMILY " 🙂\n");
    assert_holds(world_do(world, "git --git-dir home/pairs/*/record.git log -1 --format=%%an"),
                 "आशा वर्मा");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        in_a_world(a_pair_in_four_scripts_keeps_every_character),
    };
    return world_run_tests(tests, argc, argv);
}

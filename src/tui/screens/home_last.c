#include <string.h>

#include "home_view.h"
#include "tall.h"

enum { TEXT_ROWS = 3 }; /* a line has at most */

static const struct {
    enum ta_summary_section section;
    const char *sign;
    enum ta_role_of_cell role;
} last_time[] = {
    {TA_SUMMARY_TAKEAWAYS, "!", TA_TAKEAWAY},
    {TA_SUMMARY_DIFFERENCES, "~", TA_DIFFERENCE},
    {TA_SUMMARY_QUESTIONS, "?", TA_QUESTION},
};

static int draw_last_lines(const struct ta_summary_lines *lines, const char *sign,
                           enum ta_role_of_cell role, struct ta_surface *surface,
                           struct ta_area area)
{
    int row = 0;
    for (size_t i = 0; i < lines->count && row < area.rows; i++) {
        int rows = area.rows - row < TEXT_ROWS ? area.rows - row : TEXT_ROWS;
        struct ta_area text = {area.row + row, area.column + 2, rows, area.columns - 2};
        ta_put(surface, area.row + row, area.column, 1, role, sign);
        row += put_text(surface, text, TA_PLAIN, lines->items[i]);
    }
    return row;
}

/* Each kind has its share. Returns the rows used. */
static int draw_last_sections(const struct home *home, struct ta_surface *surface,
                              struct ta_area area)
{
    const struct ta_summary *last = &home->standing.last;
    ta_put(surface, area.row, area.column, area.columns, TA_QUIET, "Last time");
    int row = 1;
    int share = area.rows / 3 > 2 ? area.rows / 3 : 2;
    for (size_t i = 0; i < sizeof last_time / sizeof *last_time && row < area.rows; i++) {
        int rows = area.rows - row < share ? area.rows - row : share;
        struct ta_area rest = {area.row + row, area.column, rows, area.columns};
        row += draw_last_lines(&last->lines[last_time[i].section], last_time[i].sign,
                               last_time[i].role, surface, rest);
    }
    if (row > 1) {
        return row;
    }
    struct ta_area text = {area.row + 1, area.column, area.rows - 1, area.columns};
    return 1 + put_text(surface, text, TA_PLAIN,
                        last->session ? "No takeaway, difference or question was written down."
                                      : "What you take away from your first session will stand "
                                        "here.");
}

/* "Priya: I heard that differently"; before there is one, the mentor is told how to write it. */
static void say_reply(struct ta_text *out, const struct home *home)
{
    const struct ta_standing *standing = &home->standing;
    struct ta_piece mentor = ta_pair_short_name(&home->pair, TA_MENTOR);
    if (standing->reply) {
        ta_text_addf(out, "%.*s: %s", (int)mentor.length, mentor.at, standing->reply);
    } else if (standing->last.session && home->pair.me == TA_MENTOR) {
        ta_text_addf(out, "y reply to session %u", standing->last.session);
    }
}

int home_draw_last(const struct home *home, struct ta_surface *surface, struct ta_area area)
{
    struct ta_text reply = {0};
    say_reply(&reply, home);
    bool fits = reply.length > 0 && area.rows > 3;
    area.rows -= fits;
    int row = draw_last_sections(home, surface, area);
    if (fits) {
        ta_put(surface, area.row + row, area.column, area.columns,
               home->standing.reply ? TA_ACCENT : TA_QUIET, reply.bytes);
        struct ta_area first = {area.row + row, area.column, 1, 1};
        ta_paint(surface, first, home->standing.reply ? TA_ACCENT : TA_KEY_NAME);
    }
    ta_text_release(&reply);
    return row + fits;
}

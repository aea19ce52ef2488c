/* Review as it is seen: what is known of the pair, sessions and dates, and a text. */
#include <stdio.h>
#include <string.h>

#include "document_view.h"
#include "review_page.h"
#include "turnabout/base/unicode.h"
#include "turnabout/tui/frame.h"

enum {
    WIDE = 80,   /* columns from which on both panes show */
    LIST = 33,   /* columns of the list then */
    MARGIN = 3,  /* column of the sessions */
    WIDEST = 96, /* columns of a text that is still read well */
    REASONS = 3, /* rows of why a look is needed, at most */
    TALL = 18,   /* rows from which on they all show */
    BELOW = 8,   /* rows from which on the text stands below the list where it is narrow */
    COURSE = 24, /* dates shown of their course, at most */
    BETWEEN = 3, /* columns between two facts */
};

static void draw_title(const struct review *review, struct ta_surface *surface)
{
    struct ta_text title = {0};
    struct ta_text right = {0};
    const struct ta_attendance *attendance = &review->all.member.attendance;
    ta_say_pair(&title, &review->all.member);
    ta_say_contract(&right, &review->all.member);
    if (attendance->planned > 0) {
        ta_text_addf(&right, " · %u of %u held", attendance->held, attendance->planned);
    }
    ta_title(surface, title.bytes, right.bytes);
    ta_text_release(&title);
    ta_text_release(&right);
}

/* Facts side by side, as many as a row holds. */
struct facts {
    struct ta_surface *surface;
    int row, column;
};

static void put_fact(struct facts *facts, struct ta_text *fact)
{
    struct ta_surface *surface = facts->surface;
    int columns = fact->length > 0 ? ta_width(fact->bytes, fact->length) : 0;
    if (columns > 0) {
        if (facts->column > MARGIN && facts->column + columns > surface->columns - 1) {
            facts->row++;
            facts->column = MARGIN;
        }
        ta_put(surface, facts->row, facts->column, surface->columns - 1 - facts->column, TA_PLAIN,
               fact->bytes);
        facts->column += columns + BETWEEN;
    }
    ta_text_clear(fact);
}

/* Returns the first row below. */
static int put_facts(const struct review *review, struct ta_surface *surface, int row)
{
    const struct ta_attendance *attendance = &review->all.member.attendance;
    struct facts facts = {surface, row, MARGIN};
    struct ta_text text = {0};
    char day[TA_DATE_SIZE];
    ta_say_course(&text, attendance->course, COURSE);
    put_fact(&facts, &text);
    if (attendance->next.instant != 0) {
        ta_moment_short(day, attendance->next);
        ta_text_add(&text, ta_is_passed(attendance, review->today) ? "passed: " : "next ");
        ta_text_add(&text, day);
    } else if (attendance->released) {
        ta_text_add(&text, "no next date");
    }
    put_fact(&facts, &text);
    if (attendance->promises) {
        ta_text_add(&text, "promises: ");
        ta_say_promises(&text, attendance);
    }
    put_fact(&facts, &text);
    ta_text_release(&text);
    return facts.row + 1;
}

static void say_reasons(struct ta_text *out, const struct review *review)
{
    const struct ta_member *member = &review->all.member;
    for (enum ta_need need = TA_NEED_CONTRACT; need < TA_NEEDS; need++) {
        if (ta_needs_look(&member->attendance, need, review->today)) {
            ta_text_add(out, out->length > 0 ? " " : "");
            ta_say_need(out, member, need, review->today);
        }
    }
    if (member->trouble != NULL) {
        ta_text_addf(out, "%sNot fetched: %s", out->length > 0 ? " " : "", member->trouble);
    }
}

/* Returns the first row below. */
static int draw_facts(const struct review *review, struct ta_surface *surface)
{
    struct ta_text text = {0};
    int columns = surface->columns - MARGIN - 1;
    int row = 1;
    const char *topic = review->all.member.topic;
    if (topic != NULL && surface->rows >= TALL) {
        row++;
        ta_put(surface, row++, MARGIN, columns, TA_STRONG, topic);
    }
    row = put_facts(review, surface, row);
    say_reasons(&text, review);
    if (text.length > 0) {
        ta_put(surface, row, MARGIN - 2, 1, TA_CAUTION, "!");
        row += put_text(surface, (struct ta_area){row, MARGIN, REASONS, columns}, TA_PLAIN,
                        text.bytes);
    }
    ta_text_release(&text);
    ta_rule(surface, row);
    return row + 1;
}

/* "✕  2 Nov 2026   by mentee, 23 h", quietly: what was held stands out. */
static void draw_date(const struct ta_meeting *date, struct ta_surface *surface,
                      struct ta_area area, bool is_chosen)
{
    enum { DAY = 12 };
    struct ta_text asked = {0};
    char day[TA_DATE_SIZE];
    ta_day_short(day, ta_day_of(date->when), (struct ta_day){0});
    if (date->by != TA_NOBODY) {
        ta_text_addf(&asked, "by %s", ta_role_name(date->by));
    }
    if (date->has_notice) {
        struct ta_text notice = {0};
        ta_say_hours(&notice, date);
        ta_text_addf(&asked, date->by != TA_NOBODY ? ", %s" : "%s before", notice.bytes);
        ta_text_release(&notice);
    }
    enum ta_role_of_cell role = is_chosen ? TA_STRONG : TA_QUIET;
    ta_put(surface, area.row, MARGIN + 1, 1, role, ta_date_sign(date));
    ta_put(surface, area.row, MARGIN + 4, DAY, role, day);
    ta_put(surface, area.row, MARGIN + 4 + DAY, area.columns - MARGIN - 4 - DAY, role,
           asked.bytes != NULL ? asked.bytes : "");
    ta_text_release(&asked);
}

static void draw_session(const struct review *review, const struct ta_released_row *session,
                         struct ta_surface *surface, struct ta_area area, bool is_chosen)
{
    char day[TA_DATE_SIZE];
    const char *kept = session->withheld ? " withheld" : session->text == NULL ? " dates" : "";
    ta_day_short(day, ta_day_of(session->held), (struct ta_day){0});
    ta_put(surface, area.row, MARGIN - 1, 1, TA_ACCENT,
           (int)session->session == review->marked ? "◆" : " ");
    ta_putf(surface, area.row, MARGIN, area.columns - MARGIN, is_chosen ? TA_STRONG : TA_PLAIN,
            "%2u  %-11s %3u min%s", session->session, day, session->minutes, kept);
}

static void draw_row(const struct review *review, size_t index, struct ta_surface *surface,
                     struct ta_area area)
{
    const struct review_row *row = &review->rows[index];
    bool is_chosen = index == review->list.chosen;
    ta_put(surface, area.row, MARGIN - 2, 1, TA_ACCENT, is_chosen ? "▸" : " ");
    if (row->session != NULL) {
        draw_session(review, row->session, surface, area, is_chosen);
    } else {
        draw_date(row->date, surface, area, is_chosen);
    }
    hits_add(&review->hits, area.row, 1, index);
    if (is_chosen && !review->reading) {
        surface->cursor_row = area.row;
        surface->cursor_column = MARGIN - 2;
    }
}

static void draw_list(const struct review *review, struct ta_surface *surface, struct ta_area area)
{
    size_t rows = area.rows > 0 ? (size_t)area.rows : 1;
    size_t top = ta_list_show(&review->list, rows);
    for (size_t i = 0; i < rows && top + i < review->list.count; i++) {
        draw_row(review, top + i, surface,
                 (struct ta_area){area.row + (int)i, area.column, 1, area.columns});
    }
}

static void draw_words(const struct review *review, const struct ta_released_row *session,
                       struct ta_surface *surface, struct ta_area area)
{
    struct review *remembered = (struct review *)review;
    if (session->withheld) {
        (void)put_text(surface, area, TA_QUIET,
                       "The two keep the words of this session to themselves.");
    } else if (session->text == NULL) {
        (void)put_text(surface, area, TA_QUIET, TA_NO_WORDS);
    } else {
        remembered->top = document_draw(session->text, review->top, surface, area);
    }
}

static void draw_text(const struct review *review, struct ta_surface *surface, struct ta_area area)
{
    const struct review_row *row = review_chosen(review);
    ((struct review *)review)->text_rows = area.rows;
    if (row->session != NULL) {
        draw_words(review, row->session, surface, area);
    } else {
        struct ta_text sentence = {0};
        ta_say_fallen(&sentence, &review->all.dates, row->date);
        (void)put_text(surface, area, TA_PLAIN, sentence.bytes);
        ta_text_release(&sentence);
    }
    if (review->reading) {
        surface->cursor_row = area.row;
        surface->cursor_column = area.column;
    }
}

static void draw_nothing(const struct review *review, struct ta_surface *surface, int row)
{
    struct ta_area area = {row + 1, MARGIN, surface->rows - 3 - row, surface->columns - 2 * MARGIN};
    const struct ta_attendance *attendance = &review->all.member.attendance;
    (void)put_text(surface, area, TA_QUIET,
                   ta_is_unfetched(&review->all.member)
                       ? "Nothing of theirs was fetched yet: F in the overview does."
                   : !attendance->released
                       ? "Nothing came from them yet. They release something once a contract that "
                         "shares anything is signed by both."
                   : attendance->level == TA_SHARED_NOTHING
                       ? "Their contract shares nothing with the coordinator."
                       : "No session was held yet.");
}

/* Both side by side. */
static void draw_panes(const struct review *review, struct ta_surface *surface, struct ta_area area)
{
    int edge = LIST + MARGIN;
    int columns = surface->columns - edge - 4;
    draw_list(review, surface, (struct ta_area){area.row, 0, area.rows, edge});
    ta_fill(surface, (struct ta_area){area.row, edge, area.rows, 1}, TA_FRAME, "│");
    draw_text(review, surface,
              (struct ta_area){area.row, edge + 2, area.rows, columns < WIDEST ? columns : WIDEST});
}

/* The list, and below it as much of the text as there is room for. */
static void draw_stacked(const struct review *review, struct ta_surface *surface,
                         struct ta_area area)
{
    struct ta_area list = {area.row, 0, area.rows, surface->columns - 1};
    if (area.rows >= BELOW) {
        int half = area.rows / 2;
        list.rows = review->list.count < (size_t)half ? (int)review->list.count : half;
        int row = area.row + list.rows;
        ta_rule(surface, row);
        draw_text(review, surface,
                  (struct ta_area){row + 1, MARGIN, area.rows - list.rows - 1,
                                   surface->columns - MARGIN - 2});
    }
    draw_list(review, surface, list);
}

void review_draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct review *review = state;
    draw_title(review, surface);
    hits_clear(&review->hits);
    int row = draw_facts(review, surface);
    struct ta_area area = {row, 2, surface->rows - 2 - row, surface->columns - 4};
    if (review->list.count == 0 || area.rows < 1) {
        draw_nothing(review, surface, row);
    } else if (surface->columns >= WIDE) {
        draw_panes(review, surface, area);
    } else if (review->reading) {
        draw_text(review, surface, area);
    } else {
        draw_stacked(review, surface, area);
    }
}

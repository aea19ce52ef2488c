/* Review: what a pair released, a line a session, and each text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document_view.h"
#include "screens.h"
#include "tall.h"
#include "turnabout/base/compare.h"
#include "turnabout/desk/overview.h"
#include "turnabout/tui/frame.h"

enum {
    WIDE = 80,   /* columns from which on both panes show */
    LIST = 33,   /* columns of the list then */
    MARGIN = 3,  /* column of the sessions */
    WIDEST = 96, /* columns of a text that is still read well */
    FACTS = 3,   /* rows of what is known of the pair, at most */
    TALL = 18,   /* rows from which on they all show */
    NO_MARK = -1,
};

struct review {
    struct ta_review all;
    struct ta_list list; /* newest first */
    struct hits hits;
    struct ta_day today;
    int top;           /* rows that the text is scrolled by */
    int rows, columns; /* of the text when it was last drawn */
    int marked;        /* session that was set aside; NO_MARK: none */
    bool reading;      /* the attention is in the text */
};

static const struct ta_released_row *row_at(const struct review *review, size_t index)
{
    return &review->all.sessions[review->all.count - 1 - index];
}

static const struct ta_released_row *chosen(const struct review *review)
{
    return review->all.count > 0 ? row_at(review, review->list.chosen) : NULL;
}

static bool open_review(struct ta_face *face, void *state, const void *argument,
                        struct ta_error *err)
{
    struct review *review = state;
    review->marked = NO_MARK;
    review->today = ta_desk_today(ta_face_desk(face));
    if (!ta_desk_review(ta_face_desk(face), argument, &review->all, err)) {
        return false;
    }
    ta_list_set_count(&review->list, review->all.count);
    return true;
}

static void close_review(struct ta_face *face, void *state)
{
    (void)face;
    ta_review_release(&((struct review *)state)->all);
}

/* Drawing */

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

static void say_facts(struct ta_text *out, const struct review *review)
{
    const struct ta_attendance *attendance = &review->all.member.attendance;
    char day[TA_DATE_SIZE];
    ta_say_course(out, attendance->course, 24);
    if (attendance->next.instant != 0) {
        ta_moment_short(day, attendance->next);
        ta_text_addf(out, "%s%s", out->length > 0 ? "   " : "",
                     ta_is_passed(attendance, review->today) ? "passed: " : "next ");
        ta_text_add(out, day);
    } else if (attendance->released) {
        ta_text_addf(out, "%sno next date", out->length > 0 ? "   " : "");
    }
    if (attendance->promises) {
        ta_text_add(out, "   promises: ");
        ta_say_promises(out, attendance);
    }
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
    say_facts(&text, review);
    ta_put(surface, row++, MARGIN, columns, TA_PLAIN, text.bytes != NULL ? text.bytes : "");
    ta_text_clear(&text);
    say_reasons(&text, review);
    if (text.length > 0) {
        ta_put(surface, row, MARGIN - 2, 1, TA_CAUTION, "!");
        row +=
            put_text(surface, (struct ta_area){row, MARGIN, FACTS, columns}, TA_PLAIN, text.bytes);
    }
    ta_text_release(&text);
    ta_rule(surface, row);
    return row + 1;
}

static void draw_session(const struct review *review, size_t index, struct ta_surface *surface,
                         struct ta_area area)
{
    const struct ta_released_row *session = row_at(review, index);
    bool is_chosen = index == review->list.chosen;
    char day[TA_DATE_SIZE];
    const char *kept = session->withheld ? "  withheld" : session->text == NULL ? "  dates" : "";
    ta_day_short(day, ta_day_of(session->held), (struct ta_day){0});
    ta_put(surface, area.row, MARGIN - 2, 1, TA_ACCENT, is_chosen ? "▸" : " ");
    ta_put(surface, area.row, MARGIN - 1, 1, TA_ACCENT,
           (int)session->session == review->marked ? "◆" : " ");
    ta_putf(surface, area.row, MARGIN, area.columns - MARGIN, is_chosen ? TA_STRONG : TA_PLAIN,
            "%2u  %-11s %3u min%s", session->session, day, session->minutes, kept);
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
    for (size_t i = 0; i < rows && top + i < review->all.count; i++) {
        draw_session(review, top + i, surface,
                     (struct ta_area){area.row + (int)i, area.column, 1, area.columns});
    }
}

static void draw_text(const struct review *review, struct ta_surface *surface, struct ta_area area)
{
    struct review *remembered = (struct review *)review;
    const struct ta_released_row *session = chosen(review);
    remembered->rows = area.rows;
    remembered->columns = area.columns;
    if (session->withheld) {
        (void)put_text(surface, area, TA_QUIET,
                       "The two keep the words of this session to themselves.");
    } else if (session->text == NULL) {
        (void)put_text(surface, area, TA_QUIET, TA_NO_WORDS);
    } else {
        remembered->top = document_draw(session->text, review->top, surface, area);
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

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct review *review = state;
    bool wide = surface->columns >= WIDE;
    draw_title(review, surface);
    hits_clear(&review->hits);
    int row = draw_facts(review, surface);
    int rows = surface->rows - 2 - row;
    if (review->all.count == 0 || rows < 1) {
        draw_nothing(review, surface, row);
        return;
    }
    int edge = wide ? LIST + MARGIN : 0;
    if (wide || !review->reading) {
        draw_list(review, surface,
                  (struct ta_area){row, 0, rows, wide ? edge : surface->columns - 1});
    }
    if (wide) {
        ta_fill(surface, (struct ta_area){row, edge, rows, 1}, TA_FRAME, "│");
    }
    if (wide || review->reading) {
        struct ta_area text = {row, edge + 2, rows, surface->columns - edge - 4};
        text.columns = text.columns < WIDEST ? text.columns : WIDEST;
        draw_text(review, surface, text);
    }
}

/* What one can do */

static bool is_in_list(const void *state)
{
    const struct review *review = state;
    return !review->reading && review->all.count > 0;
}

static bool is_in_text(const void *state)
{
    return ((const struct review *)state)->reading;
}

static bool has_sessions(const void *state)
{
    return ((const struct review *)state)->all.count > 0;
}

static void go_in(struct ta_face *face, void *state)
{
    (void)face;
    ((struct review *)state)->reading = true;
}

static void go_out(struct ta_face *face, void *state)
{
    (void)face;
    ((struct review *)state)->reading = false;
}

static void mark(struct ta_face *face, void *state)
{
    struct review *review = state;
    int session = (int)chosen(review)->session;
    bool again = review->marked == session;
    review->marked = again ? NO_MARK : session;
    ta_face_say(face, TA_QUIET,
                again ? "The mark is gone."
                      : "Marked: go to another session and press d for the difference.");
}

/* The marked one, else the one before with words. */
static const struct ta_released_row *other(const struct review *review)
{
    const struct ta_released_row *found = NULL;
    unsigned session = chosen(review)->session;
    for (size_t i = 0; i < review->all.count; i++) {
        const struct ta_released_row *row = &review->all.sessions[i];
        bool wanted = review->marked != NO_MARK && review->marked != (int)session
                          ? (int)row->session == review->marked
                          : row->session < session && row->text != NULL && !row->withheld;
        found = wanted ? row : found;
    }
    return found;
}

static void compare(struct ta_face *face, const struct ta_released_row *one,
                    const struct ta_released_row *two)
{
    struct ta_comparison comparison;
    struct ta_text title = {0};
    bool ordered = one->session < two->session;
    const struct ta_released_row *before = ordered ? one : two;
    const struct ta_released_row *after = ordered ? two : one;
    ta_text_addf(&title, "From session %u to session %u", before->session, after->session);
    ta_compare_lines(&comparison, before->text, after->text);
    struct reader_text text = {.title = title.bytes, .comparison = &comparison};
    ta_face_push(face, &reader_screen, &text);
    ta_comparison_release(&comparison);
    ta_text_release(&title);
}

static void show_difference(struct ta_face *face, void *state)
{
    const struct review *review = state;
    const struct ta_released_row *here = chosen(review);
    const struct ta_released_row *there = other(review);
    if (there == NULL) {
        ta_face_say(face, TA_QUIET, "No session before this one has words to compare.");
    } else if (here->text == NULL || there->text == NULL) {
        ta_face_say(face, TA_QUIET, "Of one of the two no words were released.");
    } else {
        compare(face, here, there);
    }
}

static void show_exact_text(struct ta_face *face, void *state)
{
    const struct ta_released_row *session = chosen(state);
    struct ta_text title = {0};
    if (session->text == NULL) {
        ta_face_say(face, TA_QUIET, "No words of this session were released.");
        return;
    }
    ta_text_addf(&title, "Session %u, as it was released", session->session);
    struct reader_text text = {.title = title.bytes, .text = session->text};
    ta_face_push(face, &reader_screen, &text);
    ta_text_release(&title);
}

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    (void)face;
    struct review *review = state;
    if (review->reading) {
        return ta_scroll_key(&review->top, review->rows, pressed);
    }
    size_t before = review->list.chosen;
    bool taken =
        hits_key(&review->hits, &review->list, pressed) || ta_list_key(&review->list, pressed);
    review->top = review->list.chosen != before ? 0 : review->top;
    return taken;
}

static const struct ta_command commands[] = {
    {"read", "Enter Tab", "Into the text, to scroll it", go_in, is_in_list, false},
    {"back to the list", "Esc Tab q", "Back to the sessions", go_out, is_in_text, false},
    {"difference", "d", "What changed since the one before, or marked", show_difference,
     has_sessions, false},
    {"mark", "m", "Mark this session, to compare it with another", mark, has_sessions, false},
    {"exact text", "v", "The text as it was released, to the letter", show_exact_text, has_sessions,
     true},
};

const struct ta_screen review_screen = {
    .name = "review",
    .apart = true,
    .size = sizeof(struct review),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .open = open_review,
    .key = key,
    .draw = draw,
    .close = close_review,
};

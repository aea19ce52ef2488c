/* Review: what a pair released, a line a session, and each text. */
#include <stdlib.h>
#include <string.h>

#include "review_page.h"
#include "screens.h"
#include "turnabout/base/memory.h"
#include "turnabout/tui/frame.h"

const struct review_row *review_chosen(const struct review *review)
{
    return review->list.count > 0 ? &review->rows[review->list.chosen] : NULL;
}

static const struct ta_released_row *chosen_session(const struct review *review)
{
    const struct review_row *row = review_chosen(review);
    return row != NULL ? row->session : NULL;
}

/* Of those at the same time, the later one of the release stands first. */
static void add_row(struct review *review, struct review_row row)
{
    size_t at = review->list.count;
    (void)ta_append(&review->rows, review->list.count++, sizeof *review->rows);
    while (at > 0 && review->rows[at - 1].instant <= row.instant) {
        review->rows[at] = review->rows[at - 1];
        at--;
    }
    review->rows[at] = row;
}

static void lay_out(struct review *review)
{
    const struct ta_meetings *dates = &review->all.dates;
    for (size_t i = 0; i < review->all.count; i++) {
        const struct ta_released_row *session = &review->all.sessions[i];
        add_row(review, (struct review_row){session->held.instant, session, NULL});
    }
    for (size_t i = 0; i < dates->count; i++) {
        const struct ta_meeting *date = &dates->items[i];
        if (ta_date_fell(date)) {
            add_row(review, (struct review_row){date->when.instant, NULL, date});
        }
    }
}

static void choose_session(struct review *review, unsigned session)
{
    for (size_t i = 0; session > 0 && i < review->list.count; i++) {
        const struct ta_released_row *row = review->rows[i].session;
        if (row != NULL && row->session == session) {
            review->list.chosen = i;
        }
    }
}

static bool open_review(struct ta_face *face, void *state, const void *argument,
                        struct ta_error *err)
{
    struct review *review = state;
    const struct review_opening *opening = argument;
    review->marked = REVIEW_NO_MARK;
    review->today = ta_desk_today(ta_face_desk(face));
    if (!ta_desk_review(ta_face_desk(face), opening->slug, &review->all, err)) {
        return false;
    }
    lay_out(review);
    choose_session(review, opening->session);
    return true;
}

static void close_review(struct ta_face *face, void *state)
{
    (void)face;
    struct review *review = state;
    free(review->rows);
    ta_review_release(&review->all);
}

/* What one can do */

static bool is_in_list(const void *state)
{
    const struct review *review = state;
    return !review->reading && review->list.count > 0;
}

static bool is_in_text(const void *state)
{
    return ((const struct review *)state)->reading;
}

static bool is_on_session(const void *state)
{
    return chosen_session(state) != NULL;
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
    int session = (int)chosen_session(review)->session;
    bool again = review->marked == session;
    review->marked = again ? REVIEW_NO_MARK : session;
    ta_face_say(face, TA_QUIET,
                again ? "The mark is gone."
                      : "Marked: go to another session and press d for the difference.");
}

/* The marked one, else the one before with words. */
static const struct ta_released_row *other(const struct review *review)
{
    const struct ta_released_row *found = NULL;
    unsigned session = chosen_session(review)->session;
    for (size_t i = 0; i < review->all.count; i++) {
        const struct ta_released_row *row = &review->all.sessions[i];
        bool wanted = review->marked != REVIEW_NO_MARK && review->marked != (int)session
                          ? (int)row->session == review->marked
                          : row->session < session && row->text != NULL && !row->withheld;
        found = wanted ? row : found;
    }
    return found;
}

static void compare(struct ta_face *face, const struct ta_released_row *one,
                    const struct ta_released_row *two)
{
    bool ordered = one->session < two->session;
    const struct ta_released_row *before = ordered ? one : two;
    const struct ta_released_row *after = ordered ? two : one;
    struct ta_text title = {0};
    ta_text_addf(&title, "Session %u beside session %u", before->session, after->session);
    struct reader_beside beside = {{before->session, after->session}, {before->text, after->text}};
    ta_face_push(face, &released_reader_screen,
                 &(struct reader_text){.title = title.bytes, .beside = &beside});
    ta_text_release(&title);
}

static void show_difference(struct ta_face *face, void *state)
{
    const struct review *review = state;
    const struct ta_released_row *here = chosen_session(review);
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
    const struct ta_released_row *session = chosen_session(state);
    struct ta_text title = {0};
    if (session->text == NULL) {
        ta_face_say(face, TA_QUIET, "No words of this session were released.");
        return;
    }
    ta_text_addf(&title, "Session %u, as it was released", session->session);
    struct reader_text text = {.title = title.bytes, .text = session->text};
    ta_face_push(face, &released_reader_screen, &text);
    ta_text_release(&title);
}

static void search(struct ta_face *face, void *state)
{
    const struct review *review = state;
    struct ta_text typed = {0};
    ta_text_addf(&typed, "pair:%s ", review->all.member.slug);
    ta_face_push(face, &search_released_screen, typed.bytes);
    ta_text_release(&typed);
}

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    (void)face;
    struct review *review = state;
    if (review->reading) {
        return ta_scroll_key(&review->top, review->text_rows, pressed);
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
    {"difference", "d", "Beside the session before, or the marked one", show_difference,
     is_on_session, false},
    {"search", "/", "Find words in what they released", search, NULL, false},
    {"mark", "m", "Mark this session, to compare it with another", mark, is_on_session, false},
    {"exact text", "v", "The text as it was released, to the letter", show_exact_text,
     is_on_session, true},
};

const struct ta_screen review_screen = {
    .name = "review",
    .apart = true,
    .size = sizeof(struct review),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .open = open_review,
    .key = key,
    .draw = review_draw,
    .close = close_review,
};

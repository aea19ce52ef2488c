/* Ratings: how the sessions were, for one of the two alone. */
#include <stdio.h>
#include <string.h>

#include "screens.h"
#include "tall.h"
#include "turnabout/desk/rating.h"

enum {
    MARGIN = 3,
    WIDE = 70,      /* columns from which on lines and answers stand beside the words */
    WORDS = 42,     /* columns of the words there */
    ANSWERS = 15,   /* columns: " 1  2 [3] 4  5 " */
    STEP = 3,       /* from one answer to the next */
    LINE_MOST = 24, /* sessions that a line shows at most */
    LOW = 20,       /* rows under which only what must be said is said */
    SUGGESTION_ROWS = 4,
};

struct ratings {
    struct ta_pair pair;
    struct ta_rated rated; /* role TA_NOBODY: nobody has said yet who answers */
    unsigned session;      /* that is answered; 0: none was held */
    enum ta_statement statements[TA_STATEMENTS]; /* that the role is asked for */
    struct ta_list list;                         /* over them, or over the two roles */
    struct hits hits;
    bool is_hidden; /* while others look at the screen, too */
};

static bool is_asking(const struct ratings *ratings)
{
    return ratings->rated.role != TA_NOBODY && ratings->session > 0;
}

static bool is_choosing(const struct ratings *ratings)
{
    return ratings->rated.role == TA_NOBODY;
}

/* Reading */

static void list_statements(struct ratings *ratings)
{
    size_t count = 0;
    for (enum ta_statement statement = 0; statement < TA_STATEMENTS; statement++) {
        if (ta_statement_is_for(statement, ratings->rated.role)) {
            ratings->statements[count++] = statement;
        }
    }
    ta_list_set_count(&ratings->list, count);
}

static bool read_as(struct ta_face *face, struct ratings *ratings, enum ta_role role,
                    struct ta_error *err)
{
    struct ta_rated fresh;
    if (!ta_desk_ratings(ta_face_desk(face), &ratings->pair, role, &fresh, err)) {
        return false;
    }
    ta_rated_release(&ratings->rated);
    ratings->rated = fresh;
    bool in_bounds = ratings->session > 0 && ratings->session <= fresh.held;
    ratings->session = in_bounds ? ratings->session : fresh.held;
    list_statements(ratings);
    return true;
}

static bool refresh(struct ta_face *face, void *state, struct ta_error *err)
{
    struct ratings *ratings = state;
    return is_choosing(ratings) || read_as(face, ratings, ratings->rated.role, err);
}

static bool open_ratings(struct ta_face *face, void *state, const void *argument,
                         struct ta_error *err)
{
    (void)argument;
    struct ratings *ratings = state;
    if (!ta_desk_pair(ta_face_desk(face), NULL, &ratings->pair, err)) {
        return false;
    }
    ratings->rated.role = ratings->pair.me;
    ratings->is_hidden = *ta_face_hides_mine(face);
    ta_list_set_count(&ratings->list, TA_ROLES);
    bool ok = refresh(face, state, err);
    if (!ok) {
        ta_pair_release(&ratings->pair);
    }
    return ok;
}

static void close_ratings(struct ta_face *face, void *state)
{
    (void)face;
    struct ratings *ratings = state;
    ta_rated_release(&ratings->rated);
    ta_pair_release(&ratings->pair);
}

/* Drawing */

static int answer_to(const struct ratings *ratings, enum ta_statement statement, unsigned session)
{
    const struct ta_rating *rating = ta_ratings_of(&ratings->rated.ratings, session);
    return rating ? rating->value[statement] : TA_RATING_SKIPPED;
}

struct layout {
    const struct ratings *ratings;
    int rows;
    int words;            /* columns of the words */
    int line, answers;    /* columns where they begin */
    unsigned first, last; /* sessions that the lines show */
    bool wide;
};

static struct layout lay_out(const struct ratings *ratings, const struct ta_surface *surface)
{
    struct layout layout = {.ratings = ratings, .wide = surface->columns >= WIDE};
    int end = surface->columns - MARGIN;
    layout.words = layout.wide ? WORDS : end - MARGIN;
    layout.line = layout.wide ? MARGIN + WORDS : MARGIN;
    int room = end - layout.line - ANSWERS - 1;
    unsigned most = (unsigned)(room < LINE_MOST ? room : LINE_MOST);
    unsigned held = ratings->rated.held;
    layout.last = ratings->session > most ? ratings->session : held < most ? held : most;
    layout.first = layout.last > most ? layout.last - most + 1 : 1;
    layout.answers = layout.line + (int)(layout.last - layout.first) + 3;
    return layout;
}

static const char *words_of(const struct layout *layout, size_t index)
{
    return ta_statement_facts(layout->ratings->statements[index])->words;
}

static int statement_rows(const void *data, size_t index)
{
    const struct layout *layout = data;
    return layout->wide ? 1 : wrapped_rows(words_of(layout, index), layout->words) + 1;
}

static void draw_line(const struct layout *layout, enum ta_statement statement,
                      struct ta_surface *surface, int row)
{
    const struct ratings *ratings = layout->ratings;
    for (unsigned session = layout->first; session <= layout->last; session++) {
        int value = answer_to(ratings, statement, session);
        bool shown = session == ratings->session;
        ta_put(surface, row, layout->line + (int)(session - layout->first), 1,
               ratings->is_hidden                    ? TA_MINE
               : ta_rating_is_low(statement, value)  ? TA_CAUTION
               : shown && value != TA_RATING_SKIPPED ? TA_ACCENT
                                                     : TA_QUIET,
               ratings->is_hidden ? "•" : ta_rating_mark(value));
    }
}

static void draw_answers(const struct layout *layout, enum ta_statement statement, bool chosen,
                         struct ta_surface *surface, int row)
{
    const struct ratings *ratings = layout->ratings;
    int value = answer_to(ratings, statement, ratings->session);
    for (int answer = TA_RATING_LEAST; answer <= TA_RATING_MOST; answer++) {
        int column = layout->answers + (answer - TA_RATING_LEAST) * STEP;
        bool given = answer == value && !ratings->is_hidden;
        ta_putf(surface, row, column, STEP,
                given    ? TA_STRONG
                : chosen ? TA_PLAIN
                         : TA_QUIET,
                given ? "[%d]" : " %d ", answer);
    }
    if (chosen) {
        int at = value != TA_RATING_SKIPPED && !ratings->is_hidden ? value : TA_RATING_LEAST;
        surface->cursor_row = row;
        surface->cursor_column = layout->answers + (at - TA_RATING_LEAST) * STEP + 1;
    }
}

static void draw_statement(const struct layout *layout, size_t index, struct ta_surface *surface,
                           int row)
{
    const struct ratings *ratings = layout->ratings;
    enum ta_statement statement = ratings->statements[index];
    bool chosen = index == ratings->list.chosen;
    int rows = statement_rows(layout, index);
    struct ta_area words = {row, MARGIN, layout->wide ? 1 : rows - 1, layout->words};
    if (chosen) {
        ta_put(surface, row, MARGIN - 2, 1, TA_ACCENT, "▸");
    }
    put_text(surface, words, chosen ? TA_STRONG : TA_PLAIN, words_of(layout, index));
    draw_line(layout, statement, surface, row + rows - 1);
    draw_answers(layout, statement, chosen, surface, row + rows - 1);
}

/* Which of the line's sessions is answered. */
static void draw_mark(const struct layout *layout, struct ta_surface *surface, int row)
{
    int at = layout->line + (int)(layout->ratings->session - layout->first);
    ta_put(surface, row, at, 1, TA_ACCENT, "▾");
}

static int draw_intro(const struct ratings *ratings, struct ta_surface *surface, int row)
{
    struct ta_area area = {row, MARGIN, 3, surface->columns - 2 * MARGIN};
    return ta_put_wrapped(surface, area, ratings->is_hidden ? TA_MINE : TA_QUIET,
                          ratings->is_hidden
                              ? "What you answered is hidden. F9 shows it again."
                              : "For you alone: your answers stay on this machine, in no record, "
                                "no mail and no log. Skip what you like.");
}

/* What may help when answers stay low, said where there is room; its rows are kept free. */
static int draw_suggestion(const struct ratings *ratings, struct ta_surface *surface)
{
    struct ta_text text = {0};
    int columns = surface->columns - 2 * MARGIN;
    int rows = 0;
    columns = columns < WIDE ? columns : WIDE;
    if (!ratings->is_hidden && surface->rows >= LOW) {
        ta_rated_suggest(&text, &ratings->rated);
    }
    if (text.length > 0) {
        rows = wrapped_rows(text.bytes, columns);
        rows = rows < SUGGESTION_ROWS + 2 ? rows : SUGGESTION_ROWS + 2;
        struct ta_area area = {surface->rows - 3 - rows, MARGIN, rows, columns};
        ta_rule(surface, area.row - 1);
        put_text(surface, area, TA_PLAIN, text.bytes);
        rows += 2;
    }
    ta_text_release(&text);
    return rows;
}

static void draw_statements(const struct ratings *ratings, struct ta_surface *surface)
{
    struct layout layout = lay_out(ratings, surface);
    bool low = surface->rows < LOW;
    int row = low ? 1 : 2;
    row += low ? 0 : draw_intro(ratings, surface, row) + 1;
    draw_mark(&layout, surface, row++);
    layout.rows = surface->rows - 2 - row - draw_suggestion(ratings, surface);
    struct tall tall = {statement_rows, &layout};
    size_t index = tall_list_show(&ratings->list, &tall, layout.rows);
    int end = row + layout.rows;
    for (; index < ratings->list.count; index++) {
        int rows = statement_rows(&layout, index);
        if (row + rows > end) {
            break;
        }
        draw_statement(&layout, index, surface, row);
        hits_add(&ratings->hits, row, rows, index);
        row += rows;
    }
}

/* Both sit here: who answers is asked first, and the other looks away. */
static void draw_choice(const struct ratings *ratings, struct ta_surface *surface)
{
    struct ta_area area = {2, MARGIN, 3, surface->columns - 2 * MARGIN};
    int row = 3 + ta_put_wrapped(surface, area, TA_PLAIN,
                                 "Each of you answers alone. Who does now? The other looks away.");
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++, row++) {
        bool chosen = ratings->list.chosen == (size_t)role;
        ta_put(surface, row, MARGIN - 2, 1, TA_ACCENT, chosen ? "▸" : " ");
        ta_putf(surface, row, MARGIN, surface->columns - 2 * MARGIN, chosen ? TA_STRONG : TA_PLAIN,
                "%s (%s)", ratings->pair.person[role].name, ta_role_name(role));
        hits_add(&ratings->hits, row, 1, (size_t)role);
        if (chosen) {
            surface->cursor_row = row;
            surface->cursor_column = MARGIN;
        }
    }
}

static void draw_none(struct ta_surface *surface)
{
    struct ta_area area = {2, MARGIN, 4, surface->columns - 2 * MARGIN};
    ta_put_wrapped(surface, area, TA_PLAIN,
                   "No session is in the record yet. Once a summary is committed, you can say here "
                   "how the session was, for you alone.");
    surface->cursor_row = area.row;
    surface->cursor_column = area.column;
}

static void draw_title(const struct ratings *ratings, struct ta_surface *surface)
{
    struct ta_text right = {0};
    if (is_asking(ratings)) {
        ta_text_addf(&right, surface->columns < WIDE ? "%u of %u · " : "session %u of %u · ",
                     ratings->session, ratings->rated.held);
    }
    if (!is_choosing(ratings)) {
        struct ta_piece name = ta_person_first_name(&ratings->pair.person[ratings->rated.role]);
        ta_text_add_bytes(&right, name.at, name.length);
    }
    ta_title(surface, "How it was", right.bytes);
    ta_text_release(&right);
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct ratings *ratings = state;
    hits_clear(&ratings->hits);
    draw_title(ratings, surface);
    if (is_choosing(ratings)) {
        draw_choice(ratings, surface);
    } else if (ratings->session == 0) {
        draw_none(surface);
    } else {
        draw_statements(ratings, surface);
    }
}

/* What a person can do */

static void answer(struct ta_face *face, struct ratings *ratings, int value)
{
    enum ta_statement statement = ratings->statements[ratings->list.chosen];
    const struct ta_rating *before = ta_ratings_of(&ratings->rated.ratings, ratings->session);
    struct ta_rating rating = {.session = ratings->session};
    struct ta_error err;
    if (before) {
        rating = *before;
    }
    rating.value[statement] = value;
    if (!ta_face_check(
            face, ta_desk_rate(ta_face_desk(face), &ratings->pair, &ratings->rated, &rating, &err),
            &err)) {
        return;
    }
    if (ratings->list.chosen + 1 < ratings->list.count) {
        ratings->list.chosen++;
    } else {
        ta_face_say(face, TA_QUIET, "Kept on this machine, for you alone. Enter: done.");
    }
}

static void answer_not(struct ta_face *face, void *state)
{
    answer(face, state, TA_RATING_LEAST);
}

static void answer_entirely(struct ta_face *face, void *state)
{
    answer(face, state, TA_RATING_MOST);
}

static void skip(struct ta_face *face, void *state)
{
    answer(face, state, TA_RATING_SKIPPED);
}

static void done(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_pop(face);
}

static void go_to(struct ratings *ratings, unsigned session)
{
    if (session >= 1 && session <= ratings->rated.held) {
        ratings->session = session;
        ratings->list.chosen = 0;
    }
}

static void session_before(struct ta_face *face, void *state)
{
    (void)face;
    struct ratings *ratings = state;
    go_to(ratings, ratings->session - 1);
}

static void session_after(struct ta_face *face, void *state)
{
    (void)face;
    struct ratings *ratings = state;
    go_to(ratings, ratings->session + 1);
}

static void hide(struct ta_face *face, void *state)
{
    struct ratings *ratings = state;
    ratings->is_hidden = !ratings->is_hidden;
    *ta_face_hides_mine(face) = ratings->is_hidden;
}

static void read_suggestion(struct ta_face *face, void *state)
{
    struct ratings *ratings = state;
    struct ta_text text = {0};
    ta_rated_suggest(&text, &ratings->rated);
    struct reader_text reader = {.title = "For you alone: what may help", .text = text.bytes};
    ta_face_push(face, &reader_screen, &reader);
    ta_text_release(&text);
}

static void choose(struct ta_face *face, void *state)
{
    struct ratings *ratings = state;
    enum ta_role role = (enum ta_role)ratings->list.chosen;
    struct ta_error err;
    ratings->list.chosen = 0;
    ta_face_check(face, read_as(face, ratings, role, &err), &err);
}

static bool asks(const void *state)
{
    return is_asking(state);
}

static bool chooses(const void *state)
{
    return is_choosing(state);
}

static bool is_answered(const void *state)
{
    const struct ratings *ratings = state;
    bool any = false;
    for (enum ta_statement statement = 0; is_asking(ratings) && statement < TA_STATEMENTS;
         statement++) {
        any |= answer_to(ratings, statement, ratings->session) != TA_RATING_SKIPPED;
    }
    return any;
}

static bool is_unanswered(const void *state)
{
    return is_asking(state) && !is_answered(state);
}

static bool can_go_back(const void *state)
{
    return is_asking(state) && ((const struct ratings *)state)->session > 1;
}

static bool can_go_on(const void *state)
{
    const struct ratings *ratings = state;
    return is_asking(state) && ratings->session < ratings->rated.held;
}

static bool has_concern(const void *state)
{
    const struct ratings *ratings = state;
    return is_asking(ratings) && !ratings->is_hidden &&
           ta_ratings_concern(&ratings->rated.ratings) != TA_STATEMENTS;
}

static const struct ta_command commands[] = {
    {"this one", "Enter", "Who answers now", choose, chooses, false},
    {"not at all", "1", "How true it is: 1 not at all, 5 entirely", answer_not, asks, false},
    {"entirely", "5", "1 to 5: how true it is, from not at all to entirely", answer_entirely, asks,
     false},
    {"skip", "Space 0 Delete", "Skip this one, or take the answer back", skip, asks, false},
    {"skip all", "Enter s", "Answer none of them", done, is_unanswered, false},
    {"done", "Enter s", "Back, with what is answered kept", done, is_answered, false},
    {"help it", "w", "What may help when answers stay low", read_suggestion, has_concern, false},
    {"before", "Left [", "The session before", session_before, can_go_back, false},
    {"after", "Right ]", "The session after", session_after, can_go_on, false},
    {"hide", "F9", "Hide the answers from others, or show them", hide, asks, false},
};

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    struct ratings *ratings = state;
    if (is_asking(ratings) && ta_key_is(pressed, "2 3 4")) {
        answer(face, ratings, ta_key_is(pressed, "2") ? 2 : ta_key_is(pressed, "3") ? 3 : 4);
        return true;
    }
    return hits_key(&ratings->hits, &ratings->list, pressed) ||
           ta_list_key(&ratings->list, pressed);
}

const struct ta_screen ratings_screen = {
    .name = "ratings",
    .size = sizeof(struct ratings),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .open = open_ratings,
    .refresh = refresh,
    .key = key,
    .draw = draw,
    .close = close_ratings,
};

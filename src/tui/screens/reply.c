/* The mentor's reply to a summary: what it answers above, their words below. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screens.h"
#include "tall.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/reply.h"
#include "turnabout/desk/sent.h"
#include "turnabout/desk/summary.h"
#include "turnabout/domain/off_limits.h"
#include "turnabout/tui/editor.h"
#include "turnabout/tui/frame.h"

enum {
    MARGIN = 3,
    LOW = 18,         /* rows, below which there is room for the words alone */
    NARROW = 60,      /* columns */
    WIDEST = 100,     /* columns of words; beyond, the eye loses the line */
    TEXT_ROWS = 2,    /* a line of the summary has at most */
    SAVE_AFTER = 800, /* milliseconds after a key, at most, what is typed is stored */
};

struct reply {
    struct ta_pair pair;
    struct ta_reply_state state;
    struct ta_summary_state summary; /* what it answers */
    struct ta_editor words;
    bool waits;      /* it is in the record here, and the mentee has it with the next sync */
    int64_t touched; /* instant of the first key that is not stored yet; 0: all is */
};

static bool waits(struct ta_face *face, const struct reply *reply)
{
    return ta_desk_waits_for_sync(ta_face_desk(face), &reply->pair, reply->state.session,
                                  "reply.md");
}

static bool open_reply(struct ta_face *face, void *state, const void *argument,
                       struct ta_error *err)
{
    struct reply *reply = state;
    struct ta_desk *desk = ta_face_desk(face);
    unsigned session = *(const unsigned *)argument;
    bool ok = ta_desk_pair(desk, NULL, &reply->pair, err) &&
              ta_desk_reply(desk, &reply->pair, session, TA_NOBODY, &reply->state, err) &&
              ta_desk_summary(desk, &reply->pair, reply->state.session, &reply->summary, err);
    if (ok) {
        ta_editor_init(&reply->words, reply->state.words, true, TA_REPLY_LONGEST);
        reply->waits = waits(face, reply);
    } else {
        ta_reply_state_release(&reply->state);
        ta_pair_release(&reply->pair);
    }
    return ok;
}

/* As it is stored now. What was typed here can be had back: it is one step to undo. */
static void take_over(struct ta_face *face, struct reply *reply)
{
    struct ta_reply_state fresh;
    struct ta_error err;
    if (!ta_face_check(face,
                       ta_desk_reply(ta_face_desk(face), &reply->pair, reply->state.session,
                                     TA_NOBODY, &fresh, &err),
                       &err)) {
        return;
    }
    ta_reply_state_release(&reply->state);
    reply->state = fresh;
    reply->waits = waits(face, reply);
    if (strcmp(ta_editor_text(&reply->words), fresh.words) != 0) {
        ta_editor_set(&reply->words, fresh.words);
        ta_face_say(face, TA_CAUTION,
                    "It was changed elsewhere, to this. Ctrl-Z brings yours back.");
    }
}

/* Stores what was typed; false: it could not, and why is said. */
static bool store(struct ta_face *face, struct reply *reply)
{
    struct ta_error err;
    if (!reply->touched) {
        return true;
    }
    reply->touched = 0;
    bool ok = ta_desk_reply_write(ta_face_desk(face), &reply->pair, &reply->state,
                                  ta_editor_text(&reply->words), &err);
    if (!ok && err.code == TA_BUSY) {
        take_over(face, reply);
        return false;
    }
    return ta_face_check(face, ok, &err);
}

static void close_reply(struct ta_face *face, void *state)
{
    struct reply *reply = state;
    (void)store(face, reply);
    ta_editor_release(&reply->words);
    ta_summary_state_release(&reply->summary);
    ta_reply_state_release(&reply->state);
    ta_pair_release(&reply->pair);
}

static bool heard(struct ta_face *face, void *state)
{
    struct reply *reply = state;
    if (!reply->touched) {
        take_over(face, reply);
    }
    return !reply->touched;
}

static int64_t tick(struct ta_face *face, void *state, int64_t now)
{
    struct reply *reply = state;
    if (reply->touched && now - reply->touched >= SAVE_AFTER) {
        (void)store(face, reply);
    }
    return reply->touched ? reply->touched + SAVE_AFTER : 0;
}

/* Drawing */

static const struct {
    enum ta_summary_section section;
    const char *sign;
    enum ta_role_of_cell role;
} parts[] = {
    {TA_SUMMARY_TAKEAWAYS, "!", TA_TAKEAWAY},
    {TA_SUMMARY_DIFFERENCES, "~", TA_DIFFERENCE},
    {TA_SUMMARY_QUESTIONS, "?", TA_QUESTION},
};

/* Returns the rows used. */
static int draw_summary(const struct reply *reply, struct ta_surface *surface, struct ta_area area)
{
    int row = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const struct ta_summary_lines *lines = &reply->summary.summary.lines[parts[i].section];
        for (size_t j = 0; j < lines->count && row < area.rows; j++) {
            int rows = area.rows - row < TEXT_ROWS ? area.rows - row : TEXT_ROWS;
            struct ta_area line = {area.row + row, area.column + 2, rows, area.columns - 2};
            ta_put(surface, area.row + row, area.column, 1, parts[i].role, parts[i].sign);
            row += put_text(surface, line, TA_QUIET, lines->items[j]);
        }
    }
    return row;
}

/* What a line of it touches that the two will not talk about, else who will read it. */
static void draw_hint(const struct reply *reply, struct ta_surface *surface, int row)
{
    struct ta_piece topic;
    int columns = surface->columns - 2;
    struct ta_piece mentee = ta_pair_short_name(&reply->pair, TA_MENTEE);
    if (ta_off_limits_touched(&topic, reply->state.off_limits, ta_editor_text(&reply->words))) {
        ta_putf(surface, row, 1, columns, TA_CAUTION,
                "⚠ touches \"%.*s\", which your contract keeps off limits", (int)topic.length,
                topic.at);
    } else if (reply->state.trouble) {
        ta_put(surface, row, 1, columns, TA_CAUTION,
               surface->columns < NARROW
                   ? "⚠ commit it in place of one nobody can read"
                   : "⚠ The one in the record cannot be read: what you commit takes its place.");
    } else if (!reply->state.drafted && reply->state.paper && !reply->touched) {
        ta_putf(surface, row, 1, columns, TA_GOOD,
                reply->waits ? "✓ in the record; S at home sends it to %.*s"
                             : "✓ in the record, for %.*s to read",
                (int)mentee.length, mentee.at);
    } else {
        ta_putf(surface, row, 1, columns, TA_QUIET,
                surface->columns < NARROW ? "only %.*s reads it, once committed"
                                          : "Only %.*s reads it, once it is committed: no mail, no "
                                            "coordinator.",
                (int)mentee.length, mentee.at);
    }
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct reply *reply = state;
    bool low = surface->rows < LOW;
    struct ta_text title = {0};
    ta_text_addf(&title, "Reply to session %u   %s", reply->state.session, reply->state.title);
    ta_title(surface, title.bytes, NULL);
    ta_text_release(&title);
    int columns = surface->columns - 2 * MARGIN;
    struct ta_area area = {low ? 1 : 2, MARGIN, surface->rows - (low ? 4 : 6),
                           columns < WIDEST ? columns : WIDEST};
    if (!low) {
        struct ta_area above = area;
        above.rows = area.rows / 3;
        int used = draw_summary(reply, surface, above);
        if (used > 0) {
            ta_rule(surface, area.row + used);
            area.row += used + 1;
            area.rows -= used + 1;
        }
        ta_rule(surface, surface->rows - 4);
    }
    ta_editor_draw(&reply->words, surface, area, TA_PLAIN, true);
    if (!*ta_editor_text(&reply->words)) {
        struct ta_piece mentee = ta_pair_short_name(&reply->pair, TA_MENTEE);
        ta_putf(surface, area.row, area.column + 1, area.columns - 1, TA_QUIET,
                "What do you say to what %.*s takes away?", (int)mentee.length, mentee.at);
    }
    draw_hint(reply, surface, surface->rows - 3);
}

/* What a person can do */

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    struct reply *reply = state;
    enum ta_edited edited = ta_editor_key(&reply->words, pressed, ta_face_clip(face));
    if (edited == TA_EDIT_CHANGED && !reply->touched) {
        reply->touched = ta_face_now(face);
    } else if (edited == TA_EDIT_FULL) {
        ta_face_say(face, TA_CAUTION,
                    "A reply is at most 100,000 bytes long: the rest was not taken.");
    }
    return edited != TA_EDIT_NOT_MINE;
}

static void commit(struct ta_face *face, void *state)
{
    struct reply *reply = state;
    struct ta_error err;
    if (!store(face, reply) ||
        !ta_face_check(face,
                       ta_desk_reply_commit(ta_face_desk(face), &reply->pair, &reply->state, &err),
                       &err)) {
        return;
    }
    struct ta_piece mentee = ta_pair_short_name(&reply->pair, TA_MENTEE);
    ta_face_say(face, TA_GOOD,
                waits(face, reply)
                    ? "Your reply to session %u is in the record. S sends it to %.*s."
                    : "Your reply to session %u is in the record, for %.*s to read.",
                reply->state.session, (int)mentee.length, mentee.at);
    ta_face_pop(face);
}

static void edit(struct ta_face *face, void *state)
{
    struct reply *reply = state;
    struct ta_text text = {0};
    ta_text_add(&text, ta_editor_text(&reply->words));
    if (ta_face_edit(face, &text, "reply.md")) {
        ta_editor_set(&reply->words, text.bytes != NULL ? text.bytes : "");
        reply->touched = ta_face_now(face);
        (void)store(face, reply);
    }
    ta_text_release(&text);
}

static void leave(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_pop(face);
}

static const struct ta_command commands[] = {
    {"commit", "F10 C-s", "Commit it, for the mentee to read", commit, NULL, false},
    {"editor", "F5", "The words in your editor", edit, NULL, false},
    {"leave", "Esc", "Leave it; what is typed is kept as a draft", leave, NULL, false},
};

const struct ta_screen reply_screen = {
    .name = "reply",
    .size = sizeof(struct reply),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .typing = true,
    .open = open_reply,
    .heard = heard,
    .key = key,
    .tick = tick,
    .draw = draw,
    .close = close_reply,
};

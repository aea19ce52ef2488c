/* Where the pair's two repositories are synced with: two lines, and who can read what lies there.
 */
#include <stdlib.h>
#include <string.h>

#include "screens.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/sync.h"
#include "turnabout/tui/editor.h"
#include "turnabout/tui/frame.h"

enum {
    MARGIN = 3,
    WIDEST = 100,
    ROOMY = 20, /* rows from which on all is explained at once */
    LINE_MOST = 2000,
};

static const struct {
    const char *label;
    const char *reader;
    const char *kept, *dropped;
} facts[TA_REMOTES] = {
    [TA_REMOTE_RECORD] =
        {"The two of you",
         "Whoever may read this repository reads all that the two of you share: contract, agendas, "
         "summaries, replies. Let it be yours alone. What is only yours (%) never goes there.",
         "Kept: S sends and receives now.", "The record stays on this machine from now on."},
    [TA_REMOTE_RELEASED] =
        {"The coordinator",
         "Whoever may read this repository sees what your contract lets out, and of a session's "
         "words only what both of you approved. Empty: nothing goes to a coordinator.",
         "Kept: S brings there what you released.",
         "Nothing goes to a coordinator from now on; what is there stays there."},
};

static const char forms[] = "A folder, or an address that your git knows: git@host:team/pair.git, "
                            "ssh://host/pair.git, https://host/pair.git";

struct remotes {
    struct ta_pair pair;
    struct ta_remote_state state[TA_REMOTES];
    struct ta_editor url[TA_REMOTES];
    enum ta_remote field;
};

static bool read_state(struct ta_face *face, struct remotes *remotes, struct ta_error *err)
{
    struct ta_remote_state state[TA_REMOTES];
    if (!ta_desk_remotes(ta_face_desk(face), &remotes->pair, state, err)) {
        return false;
    }
    ta_remotes_release(remotes->state);
    memcpy(remotes->state, state, sizeof state);
    return true;
}

static bool open_remotes(struct ta_face *face, void *state, const void *argument,
                         struct ta_error *err)
{
    (void)argument;
    struct remotes *remotes = state;
    if (!ta_desk_pair(ta_face_desk(face), NULL, &remotes->pair, err)) {
        return false;
    }
    if (!read_state(face, remotes, err)) {
        ta_pair_release(&remotes->pair);
        return false;
    }
    for (enum ta_remote remote = 0; remote < TA_REMOTES; remote++) {
        ta_editor_init(&remotes->url[remote], remotes->state[remote].url, false, LINE_MOST);
    }
    return true;
}

static void close_remotes(struct ta_face *face, void *state)
{
    (void)face;
    struct remotes *remotes = state;
    for (enum ta_remote remote = 0; remote < TA_REMOTES; remote++) {
        ta_editor_release(&remotes->url[remote]);
    }
    ta_remotes_release(remotes->state);
    ta_pair_release(&remotes->pair);
}

/* Keeping */

static bool put(struct ta_face *face, struct remotes *remotes, const char *url,
                struct ta_error *err)
{
    struct ta_desk *desk = ta_face_desk(face);
    return url[0] != '\0' ? ta_desk_remote_set(desk, &remotes->pair, remotes->field, url, err)
                          : ta_desk_remote_remove(desk, &remotes->pair, remotes->field, err);
}

/* True: what stands in the field is where it is synced with. */
static bool keep(struct ta_face *face, struct remotes *remotes)
{
    struct ta_error err;
    enum ta_remote field = remotes->field;
    struct ta_piece typed = ta_piece_trim(ta_piece_of(ta_editor_text(&remotes->url[field])));
    const char *known = remotes->state[field].url != NULL ? remotes->state[field].url : "";
    if (ta_piece_is(typed, known)) {
        return true;
    }
    char *url = ta_piece_copy(typed);
    bool kept = ta_face_check(face, put(face, remotes, url, &err), &err) &&
                ta_face_check(face, read_state(face, remotes, &err), &err);
    if (kept) {
        /* As it is kept: a folder has become a whole path. */
        const char *now = remotes->state[field].url;
        ta_editor_set(&remotes->url[field], now != NULL ? now : "");
        ta_face_say(face, TA_GOOD, "%s", now != NULL ? facts[field].kept : facts[field].dropped);
    }
    free(url);
    return kept;
}

/* What a person can do */

static void next_field(struct ta_face *face, void *state)
{
    struct remotes *remotes = state;
    if (!keep(face, remotes)) {
        return;
    }
    remotes->field = (remotes->field + 1) % TA_REMOTES;
}

static void finish(struct ta_face *face, void *state)
{
    if (keep(face, state)) {
        ta_face_pop(face);
    }
}

static void leave(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_pop(face);
}

static bool is_last(const void *state)
{
    return ((const struct remotes *)state)->field + 1 == TA_REMOTES;
}

static bool is_not_last(const void *state)
{
    return !is_last(state);
}

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    struct remotes *remotes = state;
    if (ta_key_is(pressed, "Tab S-Tab Up Down")) {
        next_field(face, remotes);
        return true;
    }
    return ta_editor_key(&remotes->url[remotes->field], pressed, ta_face_clip(face)) !=
           TA_EDIT_NOT_MINE;
}

/* Drawing */

static int put_wrapped(struct ta_surface *surface, int row, enum ta_role_of_cell role,
                       const char *text)
{
    int columns = surface->columns - 2 * MARGIN;
    columns = columns < WIDEST ? columns : WIDEST;
    struct ta_area area = {row, MARGIN, surface->rows - 2 - row, columns};
    return area.rows > 0 ? ta_put_wrapped(surface, area, role, text) : 0;
}

static void draw_url(const struct remotes *remotes, enum ta_remote remote,
                     struct ta_surface *surface, int row)
{
    int columns = surface->columns - 2 * MARGIN;
    struct ta_area area = {row, MARGIN, 1, columns < WIDEST ? columns : WIDEST};
    const struct ta_editor *editor = &remotes->url[remote];
    if (!ta_editor_text(editor)[0]) {
        ta_fill(surface, area, TA_FRAME, "·");
    }
    if (remotes->field == remote) {
        ta_editor_draw(editor, surface, area, TA_STRONG, true);
    } else if (ta_editor_text(editor)[0]) {
        ta_put(surface, row, MARGIN, area.columns, TA_PLAIN, ta_editor_text(editor));
    }
}

/* Returns the row below. */
static int draw_remote(const struct remotes *remotes, enum ta_remote remote,
                       struct ta_surface *surface, int row)
{
    bool chosen = remotes->field == remote;
    bool roomy = surface->rows >= ROOMY;
    ta_put(surface, row, MARGIN - 2, 1, TA_ACCENT, chosen ? "▸" : " ");
    ta_put(surface, row, MARGIN, surface->columns - 2 * MARGIN, chosen ? TA_STRONG : TA_PLAIN,
           facts[remote].label);
    draw_url(remotes, remote, surface, row + 1);
    row += 2;
    if (chosen || roomy) {
        row += put_wrapped(surface, row, TA_QUIET, facts[remote].reader);
    }
    return row + (roomy ? 1 : 0);
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct remotes *remotes = state;
    ta_title(surface, "Where it is synced", remotes->pair.slug);
    bool roomy = surface->rows >= ROOMY;
    int row = roomy ? 2 : 1;
    if (roomy) {
        row += put_wrapped(surface, row, TA_PLAIN,
                           "Each of you has all of it on a machine of your own, and a place that "
                           "both can reach brings the two together. Until one is named here, "
                           "nothing leaves this machine.") +
               1;
    }
    for (enum ta_remote remote = 0; remote < TA_REMOTES; remote++) {
        row = draw_remote(remotes, remote, surface, row);
    }
    if (roomy) {
        (void)put_wrapped(surface, row, TA_QUIET, forms);
    }
}

static const struct ta_command commands[] = {
    {"keep, next", "Enter", "Keep it, and to the other line", next_field, is_not_last, false},
    {"keep", "Enter", "Keep it, and go back", finish, is_last, false},
    {"other line", "Tab", "Keep it, and to the other line", next_field, NULL, false},
    {"leave", "Esc", "Leave this line as it was", leave, NULL, false},
};

const struct ta_screen remotes_screen = {
    .name = "remotes",
    .size = sizeof(struct remotes),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .typing = true,
    .open = open_remotes,
    .key = key,
    .draw = draw,
    .close = close_remotes,
};

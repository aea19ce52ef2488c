/* History: the way a pair has come, a line a commit, and the document as it was. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document_view.h"
#include "passages.h"
#include "screens.h"
#include "tall.h"
#include "turnabout/base/compare.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/history.h"

enum {
    PAGE = 100, /* commits read at once */
    WIDE = 80,  /* columns from which both panes show */
    MARGIN = 1,
    DATE = 5, /* column where dates begin */
    LIST_MOST = 56,
    WIDEST = 96, /* columns of a document that is still read well */
    WHEEL = 3,   /* rows */
    DOTS = 3,    /* column of the first session's dot */
    STEP = 6,    /* columns from one dot to the next */
    STEP_NARROW = 3,
    LOW = 14, /* rows of a document below which no blank one stands above it */
};

/* A version that was set aside, to be compared with another. */
struct mark {
    char id[TA_ID_SIZE]; /* "": none */
    char *path, *text;
    struct ta_moment when;
};

struct history {
    struct ta_pair pair;
    struct ta_entries entries;
    char *only; /* the document whose versions are listed; NULL: every commit */
    struct ta_list list;
    struct hits hits;
    struct ta_paths paths; /* all that the commit changed */
    size_t file;           /* which of them is shown */
    char *text;            /* NULL: the document went */
    char *section;         /* to be scrolled to; NULL: none */
    struct mark mark;
    unsigned held, agreed; /* sessions */
    int top;               /* rows the document is scrolled by */
    int rows, columns;     /* of the document when it was last drawn */
    struct ta_day today;
    struct ta_error trouble;
    bool all;               /* there are no older ones */
    bool troubled;          /* the document cannot be read; `trouble` says why */
    bool reading;           /* the attention is in the document */
    char shown[TA_ID_SIZE]; /* the commit whose document this is */
};

static const char *path_of(const struct history *history)
{
    return history->file < history->paths.count ? history->paths.items[history->file] : NULL;
}

static const struct ta_entry *chosen(const struct history *history)
{
    return &history->entries.items[history->list.chosen];
}

/* Reading */

static bool read_entries(struct ta_face *face, const struct history *history, size_t limit,
                         struct ta_entries *more, struct ta_error *err)
{
    struct ta_desk *desk = ta_face_desk(face);
    return history->only
               ? ta_desk_history_versions(desk, &history->pair, history->only, 0, more, err)
               : ta_desk_history(desk, &history->pair, history->entries.count, limit, more, err);
}

static bool read_more(struct ta_face *face, struct history *history, size_t limit,
                      struct ta_error *err)
{
    struct ta_entries *entries = &history->entries;
    struct ta_entries more = {0};
    if (!read_entries(face, history, limit, &more, err)) {
        return false;
    }
    history->all = history->only || limit == 0 || more.count < limit;
    for (size_t i = 0; i < more.count; i++) {
        struct ta_entry *entry =
            ta_append(&entries->items, entries->count++, sizeof *entries->items);
        *entry = more.items[i];
    }
    free(more.items);
    ta_list_set_count(&history->list, entries->count);
    return true;
}

static void release_document(struct history *history)
{
    ta_paths_release(&history->paths);
    free(history->text);
    history->file = 0;
    history->text = NULL;
    history->shown[0] = '\0';
}

static void release_mark(struct history *history)
{
    free(history->mark.path);
    free(history->mark.text);
    history->mark = (struct mark){0};
}

/* Without an arc, because a paper of today cannot be read, the past shows all the same. */
static bool refresh(struct ta_face *face, void *state, struct ta_error *err)
{
    struct history *history = state;
    size_t read = history->entries.count > PAGE ? history->entries.count : PAGE;
    ta_entries_release(&history->entries);
    history->today = ta_desk_today(ta_face_desk(face));
    if (!ta_desk_arc(ta_face_desk(face), &history->pair, &history->held, &history->agreed, NULL)) {
        history->held = 0;
        history->agreed = 0;
    }
    release_document(history);
    return read_more(face, history, read, err);
}

static bool open_history(struct ta_face *face, void *state, const void *argument,
                         struct ta_error *err)
{
    (void)argument;
    struct history *history = state;
    bool ok =
        ta_desk_pair(ta_face_desk(face), NULL, &history->pair, err) && refresh(face, state, err);
    if (!ok) {
        ta_pair_release(&history->pair);
    }
    return ok;
}

static void close_history(struct ta_face *face, void *state)
{
    (void)face;
    struct history *history = state;
    release_document(history);
    release_mark(history);
    free(history->section);
    free(history->only);
    ta_entries_release(&history->entries);
    ta_pair_release(&history->pair);
}

static void find_documents(struct ta_face *face, struct history *history, const char *id)
{
    if (history->only) {
        *(char **)ta_append(&history->paths.items, history->paths.count++,
                            sizeof *history->paths.items) = ta_copy(history->only);
        return;
    }
    history->troubled = !ta_desk_history_documents(ta_face_desk(face), &history->pair, NULL, id,
                                                   &history->paths, &history->trouble);
}

static void read_text(struct ta_face *face, struct history *history)
{
    free(history->text);
    history->text = NULL;
    if (path_of(history)) {
        history->troubled =
            !ta_desk_history_text(ta_face_desk(face), &history->pair, chosen(history)->id,
                                  path_of(history), &history->text, &history->trouble);
    }
}

/* The document of the chosen commit, before anything is done with it. */
static void follow(struct ta_face *face, struct history *history)
{
    if (history->entries.count == 0 || strcmp(history->shown, chosen(history)->id) == 0) {
        return;
    }
    release_document(history);
    history->top = 0;
    history->troubled = false;
    find_documents(face, history, chosen(history)->id);
    read_text(face, history);
    (void)snprintf(history->shown, sizeof history->shown, "%s", chosen(history)->id);
}

/* It follows once no more keys wait: walking fast reads none. */
static int64_t tick(struct ta_face *face, void *state, int64_t now)
{
    (void)now;
    follow(face, state);
    return 0;
}

/* Drawing */

static const struct {
    const char *kind, *letter;
    enum ta_role_of_cell role;
} letters[] = {
    {"contract", "v", TA_GOOD}, {"session", "s", TA_ACCENT}, {"agenda", "a", TA_PLAIN},
    {"meeting", "m", TA_QUIET}, {"pair", "p", TA_QUIET},
};

static void draw_letter(const struct ta_entry *entry, struct ta_surface *surface, int row)
{
    const char *kind = ta_entry_kind(entry);
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        if (strcmp(letters[i].kind, kind) == 0) {
            ta_put(surface, row, MARGIN + 2, 1, letters[i].role, letters[i].letter);
            return;
        }
    }
    ta_put(surface, row, MARGIN + 2, 1, TA_QUIET, "·");
}

static void say_day(char out[TA_DATE_SIZE], const struct history *history, size_t index)
{
    ta_day_short(out, ta_day_of(history->entries.items[index].when), history->today);
}

static void draw_entry(const struct history *history, size_t index, int dates,
                       struct ta_surface *surface, int row, int columns)
{
    const struct ta_entry *entry = &history->entries.items[index];
    bool is_chosen = index == history->list.chosen;
    char day[TA_DATE_SIZE];
    say_day(day, history, index);
    if (is_chosen) {
        ta_put(surface, row, MARGIN, 1, TA_ACCENT, "▸");
    }
    if (strcmp(entry->id, history->mark.id) == 0) {
        ta_put(surface, row, MARGIN + 1, 1, TA_CAUTION, "◆");
    }
    draw_letter(entry, surface, row);
    ta_put_right(surface, row, DATE, dates, TA_QUIET, day);
    int subject = DATE + dates + 2;
    ta_put(surface, row, subject, columns - subject, is_chosen ? TA_STRONG : TA_PLAIN,
           entry->subject);
    if (is_chosen && !history->reading) {
        surface->cursor_row = row;
        surface->cursor_column = MARGIN;
    }
}

static void draw_list(const struct history *history, struct ta_surface *surface,
                      struct ta_area area)
{
    size_t top = ta_list_show(&history->list, (size_t)area.rows);
    size_t end = top + (size_t)area.rows;
    end = end < history->entries.count ? end : history->entries.count;
    int dates = 0;
    for (size_t i = top; i < end; i++) {
        char day[TA_DATE_SIZE];
        say_day(day, history, i);
        int width = ta_width(day, strlen(day));
        dates = width > dates ? width : dates;
    }
    for (size_t i = top; i < end; i++) {
        int row = area.row + (int)(i - top);
        draw_entry(history, i, dates, surface, row, area.columns);
        hits_add(&history->hits, row, 1, i);
    }
}

static void draw_head(const struct history *history, const struct ta_entry *entry,
                      struct ta_surface *surface, struct ta_area area)
{
    char when[TA_DATE_SIZE];
    struct ta_text text = {0};
    ta_moment_short(when, entry->when);
    ta_text_addf(&text, "%s · %s", when, entry->author);
    if (path_of(history)) {
        ta_text_addf(&text, " · %s", path_of(history));
    }
    if (history->paths.count > 1) {
        ta_text_addf(&text, " (%zu of %zu)", history->file + 1, history->paths.count);
    }
    ta_put(surface, area.row, area.column, area.columns, TA_STRONG, entry->subject);
    ta_put(surface, area.row + 1, area.column, area.columns, TA_QUIET, text.bytes);
    ta_text_release(&text);
}

static void draw_document(const struct history *history, struct ta_surface *surface,
                          struct ta_area area)
{
    draw_head(history, chosen(history), surface, area);
    int head = area.rows < LOW ? 2 : 3;
    struct ta_area body = {area.row + head, area.column, area.rows - head, area.columns};
    struct history *remembered = (struct history *)history;
    remembered->rows = body.rows;
    remembered->columns = body.columns;
    if (history->text && history->section) {
        int row = document_row(history->text, history->section, body.columns);
        remembered->top = row > 0 ? row : 0;
        free(remembered->section);
        remembered->section = NULL;
    }
    if (history->troubled) {
        ta_put_wrapped(surface, body, TA_ALARM, history->trouble.text);
    } else if (!history->text) {
        ta_put_wrapped(surface, body, TA_QUIET,
                       path_of(history) ? "This document was taken away here."
                                        : "This commit changed no document.");
    } else {
        remembered->top = document_draw(history->text, history->top, surface, body);
    }
    if (history->reading) {
        surface->cursor_row = body.row;
        surface->cursor_column = body.column;
    }
}

static int list_columns(const struct ta_surface *surface)
{
    int columns = surface->columns * 9 / 20;
    return columns < LIST_MOST ? columns : LIST_MOST;
}

/* Both by their whole names where the title has room for them. */
static void say_pair(struct ta_text *out, const struct ta_pair *pair, int columns)
{
    ta_text_addf(out, "History   %s ⇄ %s", pair->person[TA_MENTOR].name,
                 pair->person[TA_MENTEE].name);
    if (ta_width(out->bytes, out->length) > columns) {
        struct ta_piece mentor = ta_pair_short_name(pair, TA_MENTOR);
        struct ta_piece mentee = ta_pair_short_name(pair, TA_MENTEE);
        ta_text_clear(out);
        ta_text_addf(out, "History   %.*s ⇄ %.*s", (int)mentor.length, mentor.at,
                     (int)mentee.length, mentee.at);
    }
}

static void draw_title(const struct history *history, struct ta_surface *surface)
{
    enum { GAP = 4 }; /* between the two, and at the edges */
    struct ta_text left = {0};
    struct ta_text right = {0};
    size_t count = history->entries.count;
    if (history->only) {
        ta_text_addf(&right, "%zu version%s of %s", count, count == 1 ? "" : "s", history->only);
    } else {
        ta_text_addf(&right, "%zu commit%s%s", count, count == 1 ? "" : "s",
                     history->all ? "" : " and older");
    }
    say_pair(&left, &history->pair, surface->columns - ta_width(right.bytes, right.length) - GAP);
    ta_title(surface, left.bytes, right.bytes);
    ta_text_release(&left);
    ta_text_release(&right);
}

/* The session that a commit belongs to; 0: none. */
static unsigned session_of(const struct ta_entry *entry)
{
    const char *kind = ta_entry_kind(entry);
    bool belongs = strcmp(kind, "session") == 0 || strcmp(kind, "agenda") == 0;
    return belongs ? entry->session : 0;
}

/* A dot a session in one row, as many as fit around the one in hand, and what that one is. */
static void draw_arc(const struct history *history, struct ta_surface *surface, int row)
{
    unsigned here = session_of(chosen(history));
    unsigned all = history->agreed > history->held ? history->agreed : history->held;
    char label[48] = "";
    if (here > 0) {
        (void)snprintf(label, sizeof label, "session %u of %u", here, all);
    } else {
        (void)snprintf(label, sizeof label, "%u of %u held", history->held, all);
    }
    int columns = surface->columns - 2 * DOTS - (int)strlen(label) - 4;
    int step = surface->columns < WIDE ? STEP_NARROW : STEP;
    unsigned fits = columns > 0 ? (unsigned)(columns / step) + 1 : 1;
    unsigned middle = here > 0 ? here : history->held;
    unsigned first = middle > fits / 2 && all > fits ? middle - fits / 2 : 1;
    first = all > fits && first > all - fits + 1 ? all - fits + 1 : first;
    int column = DOTS;
    for (unsigned session = first; session <= all && session < first + fits; session++) {
        bool is_here = session == here;
        bool more = session < all && session + 1 < first + fits;
        ta_put(surface, row, column, 1,
               is_here                    ? TA_ACCENT
               : session <= history->held ? TA_GOOD
                                          : TA_QUIET,
               is_here                    ? "◉"
               : session <= history->held ? "●"
                                          : "○");
        ta_fill(surface, (struct ta_area){row, column + 1, 1, more ? step - 1 : 0}, TA_FRAME, "─");
        column += more ? step : 1;
    }
    ta_put(surface, row, column + 2, surface->columns - column - 3, TA_QUIET, label);
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct history *history = state;
    bool wide = surface->columns >= WIDE;
    int rows = surface->rows - 3; /* the title's and the face's are not ours */
    int edge = wide ? list_columns(surface) : 0;
    draw_title(history, surface);
    hits_clear(&history->hits);
    if (history->entries.count == 0) {
        struct ta_area area = {2, 3, rows - 1, surface->columns - 6};
        ta_put_wrapped(surface, area, TA_QUIET,
                       "Nothing was committed yet: what you agree on will stand here.");
        return;
    }
    int top = surface->rows < WIDE / 4 ? 2 : 3;
    rows -= top - 1;
    draw_arc(history, surface, 1);
    if (wide || !history->reading) {
        struct ta_area list = {top, MARGIN, rows, wide ? edge - 1 : surface->columns - 1};
        draw_list(history, surface, list);
    }
    if (wide) {
        ta_fill(surface, (struct ta_area){2, edge, surface->rows - 4, 1}, TA_FRAME, "│");
    }
    if (wide || history->reading) {
        struct ta_area document = {top, edge + 2, rows, surface->columns - edge - 4};
        document.columns = document.columns < WIDEST ? document.columns : WIDEST;
        draw_document(history, surface, document);
    }
}

/* Keys */

static bool is_in_list(const void *state)
{
    const struct history *history = state;
    return !history->reading && history->entries.count > 0;
}

static bool is_in_document(const void *state)
{
    return ((const struct history *)state)->reading;
}

static void go_in(struct ta_face *face, void *state)
{
    (void)face;
    ((struct history *)state)->reading = true;
}

static void go_out(struct ta_face *face, void *state)
{
    (void)face;
    ((struct history *)state)->reading = false;
}

/* Reads older ones when the end of what was read is near. */
static bool read_ahead(struct ta_face *face, struct history *history)
{
    struct ta_error err;
    return history->all || ta_face_check(face, read_more(face, history, PAGE, &err), &err);
}

/* The nearest older (newer) entry of a kind than the chosen one; SIZE_MAX: there is none. */
static size_t find_kind(struct ta_face *face, struct history *history, const char *kind, bool older)
{
    size_t at = history->list.chosen;
    while (older ? at + 1 < history->entries.count || !history->all : at > 0) {
        if (older && at + 1 >= history->entries.count) {
            size_t before = history->entries.count;
            if (!read_ahead(face, history) || history->entries.count == before) {
                break;
            }
            continue;
        }
        at = older ? at + 1 : at - 1;
        if (strcmp(ta_entry_kind(&history->entries.items[at]), kind) == 0) {
            return at;
        }
    }
    return SIZE_MAX;
}

/* Along the line of dots */

static void walk_sessions(struct ta_face *face, struct history *history, bool older)
{
    size_t at = find_kind(face, history, "session", older);
    if (at != SIZE_MAX) {
        history->list.chosen = at;
    } else {
        ta_face_say(face, TA_QUIET,
                    older ? "No session before this one." : "No session was held after this one.");
    }
}

static void go_to_earlier_session(struct ta_face *face, void *state)
{
    walk_sessions(face, state, true);
}

static void go_to_later_session(struct ta_face *face, void *state)
{
    walk_sessions(face, state, false);
}

/* The same section of the document of the same kind before or after, when it was scrolled to. */
static void walk_section(struct ta_face *face, struct history *history, bool older)
{
    follow(face, history);
    char *section = history->text && history->top > 0
                        ? document_section(history->text, history->top + 1, history->columns)
                        : NULL;
    size_t at = find_kind(face, history, ta_entry_kind(chosen(history)), older);
    if (at == SIZE_MAX) {
        ta_face_say(face, TA_QUIET,
                    older ? "None of this kind is older." : "None of this kind is newer.");
        free(section);
        return;
    }
    history->list.chosen = at;
    free(history->section);
    history->section = section;
}

static void go_earlier(struct ta_face *face, void *state)
{
    walk_section(face, state, true);
}

static void go_later(struct ta_face *face, void *state)
{
    walk_section(face, state, false);
}

static bool has_entries(const void *state)
{
    return ((const struct history *)state)->entries.count > 0;
}

/* What changed */

static void push_comparison(struct ta_face *face, const char *title, const char *before,
                            const char *after)
{
    struct ta_comparison comparison;
    ta_compare_lines(&comparison, before, after);
    struct reader_text text = {.title = title, .comparison = &comparison};
    ta_face_push(face, &reader_screen, &text);
    ta_comparison_release(&comparison);
}

/* "contract.md, 27 Sep" */
static void say_version(struct ta_text *out, const struct history *history, const char *path,
                        struct ta_moment when)
{
    char day[TA_DATE_SIZE];
    ta_day_short(day, ta_day_of(when), history->today);
    ta_text_addf(out, "%s, %s", path, day);
}

/* From the older of the two to the newer. */
static void compare_with_mark(struct ta_face *face, const struct history *history)
{
    const struct mark *mark = &history->mark;
    struct ta_text title = {0};
    size_t marked = 0;
    while (marked < history->entries.count &&
           strcmp(history->entries.items[marked].id, mark->id) != 0) {
        marked++;
    }
    bool first = marked > history->list.chosen;
    ta_text_add(&title, "From ");
    say_version(&title, history, first ? mark->path : path_of(history),
                first ? mark->when : chosen(history)->when);
    ta_text_add(&title, " to ");
    say_version(&title, history, first ? path_of(history) : mark->path,
                first ? chosen(history)->when : mark->when);
    push_comparison(face, title.bytes, first ? mark->text : history->text,
                    first ? history->text : mark->text);
    ta_text_release(&title);
}

static void compare_with_before(struct ta_face *face, struct history *history)
{
    struct ta_error err;
    char *before = NULL;
    bool ok =
        ta_face_check(face,
                      ta_desk_history_before(ta_face_desk(face), &history->pair,
                                             chosen(history)->id, path_of(history), &before, &err),
                      &err);
    if (ok && !before) {
        ta_face_say(face, TA_QUIET, "This is the first version of %s.", path_of(history));
    } else if (ok) {
        struct ta_text title = {0};
        ta_text_add(&title, "What changed in ");
        say_version(&title, history, path_of(history), chosen(history)->when);
        push_comparison(face, title.bytes, before, history->text ? history->text : "");
        ta_text_release(&title);
    }
    free(before);
}

static void show_difference(struct ta_face *face, void *state)
{
    struct history *history = state;
    follow(face, history);
    if (!path_of(history) || history->troubled) {
        ta_face_say(face, TA_QUIET, "There is no text here to compare.");
    } else if (history->mark.id[0] && strcmp(history->mark.id, chosen(history)->id) != 0 &&
               history->text) {
        compare_with_mark(face, history);
    } else {
        compare_with_before(face, history);
    }
}

/* Marking the marked one takes the mark away. */
static void mark(struct ta_face *face, void *state)
{
    struct history *history = state;
    follow(face, history);
    bool again = strcmp(history->mark.id, chosen(history)->id) == 0;
    release_mark(history);
    if (again || !history->text) {
        ta_face_say(face, TA_QUIET, again ? "The mark is gone." : "There is no text here to mark.");
        return;
    }
    (void)snprintf(history->mark.id, sizeof history->mark.id, "%s", chosen(history)->id);
    history->mark.path = ta_copy(path_of(history));
    history->mark.text = ta_copy(history->text);
    history->mark.when = chosen(history)->when;
    ta_face_say(face, TA_QUIET, "Marked: go to another version and press d for the difference.");
}

/* Other documents, and other ways to see this one */

static void show_next_file(struct ta_face *face, void *state)
{
    struct history *history = state;
    follow(face, history);
    if (history->paths.count < 2) {
        ta_face_say(face, TA_QUIET, "This commit changed no other document.");
        return;
    }
    history->file = (history->file + 1) % history->paths.count;
    history->top = 0;
    read_text(face, history);
}

/* The commit in hand stays in hand, when it is among them. */
static void list_again(struct ta_face *face, struct history *history)
{
    struct ta_error err;
    char id[TA_ID_SIZE];
    (void)snprintf(id, sizeof id, "%s", chosen(history)->id);
    ta_entries_release(&history->entries);
    release_document(history);
    history->list = (struct ta_list){0};
    ta_face_check(face, read_more(face, history, PAGE, &err), &err);
    for (size_t i = 0; i < history->entries.count; i++) {
        if (strcmp(history->entries.items[i].id, id) == 0) {
            history->list.chosen = i;
        }
    }
}

static void list_versions(struct ta_face *face, void *state)
{
    struct history *history = state;
    follow(face, history);
    if (!history->only && !path_of(history)) {
        ta_face_say(face, TA_QUIET, "This commit changed no document.");
        return;
    }
    char *only = history->only ? NULL : ta_copy(path_of(history));
    free(history->only);
    history->only = only;
    list_again(face, history);
}

static void show_exact_text(struct ta_face *face, void *state)
{
    struct history *history = state;
    follow(face, history);
    struct ta_text title = {0};
    if (!history->text) {
        ta_face_say(face, TA_QUIET, "There is no text here.");
        return;
    }
    say_version(&title, history, path_of(history), chosen(history)->when);
    struct reader_text text = {.title = title.bytes, .text = history->text};
    ta_face_push(face, &reader_screen, &text);
    ta_text_release(&title);
}

static void follow_section(struct ta_face *face, void *state)
{
    struct history *history = state;
    follow(face, history);
    struct passages_at at = {.session = session_of(chosen(history))};
    const char *path = path_of(history);
    bool contract = path && strncmp(path, "contract", strlen("contract")) == 0;
    char *section =
        history->text ? document_section(history->text, history->top + 1, history->columns) : NULL;
    if (!section || !ta_thread_of_heading(&at.thread, section, contract)) {
        at.thread = ta_thread_at(0);
    }
    free(section);
    ta_face_push(face, &passages_screen, &at);
}

/* A summary as a mail */

static bool is_on_session(const void *state)
{
    return has_entries(state) && chosen(state)->session &&
           strcmp(ta_entry_kind(chosen(state)), "session") == 0;
}

static void go_mail(struct ta_face *face, void *state)
{
    ta_face_push(face, &mail_screen, &chosen(state)->session);
}

static const struct ta_command commands[] = {
    {"read", "Enter Tab", "Into the document, to scroll it", go_in, is_in_list, false},
    {"back to the list", "Esc Tab q", "Back to the list of commits", go_out, is_in_document, false},
    {"difference", "d", "What changed, by word: since the version before, or the marked one",
     show_difference, has_entries, false},
    {"mark", "m", "Mark this version, to compare it with another", mark, has_entries, false},
    {"through time", "t", "This section in every session, or every version of the contract",
     follow_section, has_entries, false},
    {"same section, earlier", "[", "The same section in the one of its kind before", go_earlier,
     has_entries, true},
    {"same section, later", "]", "The same section in the one of its kind after", go_later,
     has_entries, true},
    {"earlier session", "Left", "Along the line of dots: the session before", go_to_earlier_session,
     has_entries, true},
    {"later session", "Right", "Along the line of dots: the session after", go_to_later_session,
     has_entries, true},
    {"versions", "o", "Only the versions of this document, or all commits again", list_versions,
     has_entries, true},
    {"file", "f", "The next document that this commit changed", show_next_file, has_entries, true},
    {"exact text", "v", "The text as it is in the record, to the letter", show_exact_text,
     has_entries, true},
    {"mail", "M", "The summary as a mail, to read before it goes", go_mail, is_on_session, true},
};

static const struct {
    const char *keys;
    int rows, pages;
} scrolls[] = {
    {"Up k", -1, 0},      {"Down j", 1, 0},      {"PgUp b", 0, -1},      {"PgDn Space", 0, 1},
    {"Home g", 0, -1000}, {"End G", 0, 1000000}, {"WheelUp", -WHEEL, 0}, {"WheelDown", WHEEL, 0},
};

static bool scroll(struct history *history, const struct ta_key *pressed)
{
    for (size_t i = 0; i < sizeof scrolls / sizeof *scrolls; i++) {
        if (ta_key_is(pressed, scrolls[i].keys)) {
            int page = history->rows > 1 ? history->rows - 1 : 1;
            history->top += scrolls[i].rows + scrolls[i].pages * page;
            history->top = history->top > 0 ? history->top : 0;
            return true;
        }
    }
    return false;
}

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    struct history *history = state;
    struct ta_error err;
    if (history->reading) {
        return scroll(history, pressed);
    }
    /* The end of the list is the end of the history, not of what was read. */
    bool end = ta_key_is(pressed, "End G");
    if (end && !history->all) {
        ta_face_check(face, read_more(face, history, 0, &err), &err);
    }
    bool taken =
        hits_key(&history->hits, &history->list, pressed) || ta_list_key(&history->list, pressed);
    if (taken && history->list.chosen + PAGE / 2 >= history->list.count) {
        (void)read_ahead(face, history);
    }
    return taken;
}

const struct ta_screen history_screen = {
    .name = "history",
    .size = sizeof(struct history),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .open = open_history,
    .refresh = refresh,
    .key = key,
    .tick = tick,
    .draw = draw,
    .close = close_history,
};

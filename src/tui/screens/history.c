/* History: the way a pair has come, a line a commit, and the document as it was. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document_view.h"
#include "history_page.h"
#include "passages.h"
#include "screens.h"
#include "turnabout/base/compare.h"
#include "turnabout/base/memory.h"

/* Reading */

static bool refresh(struct ta_face *face, void *state, struct ta_error *err)
{
    return history_refresh(face, state, err);
}

static bool heard(struct ta_face *face, void *state)
{
    struct ta_error err;
    (void)ta_face_check(face, history_refresh(face, state, &err), &err);
    return true;
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
    history_release(state);
}

/* It follows once no more keys wait: walking fast reads none. */
static int64_t tick(struct ta_face *face, void *state, int64_t now)
{
    (void)now;
    history_follow(face, state);
    return 0;
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    history_draw(state, surface);
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
    return history->all ||
           ta_face_check(face, history_read_more(face, history, HISTORY_PAGE, &err), &err);
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
    history_follow(face, history);
    char *section = history->text && history->top > 0
                        ? document_section(history->text, history->top + 1, history->columns)
                        : NULL;
    size_t at = find_kind(face, history, ta_entry_kind(history_chosen(history)), older);
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
    const struct history_mark *mark = &history->mark;
    struct ta_text title = {0};
    size_t marked = 0;
    while (marked < history->entries.count &&
           strcmp(history->entries.items[marked].id, mark->id) != 0) {
        marked++;
    }
    bool first = marked > history->list.chosen;
    ta_text_add(&title, "From ");
    say_version(&title, history, first ? mark->path : history_path(history),
                first ? mark->when : history_chosen(history)->when);
    ta_text_add(&title, " to ");
    say_version(&title, history, first ? history_path(history) : mark->path,
                first ? history_chosen(history)->when : mark->when);
    push_comparison(face, title.bytes, first ? mark->text : history->text,
                    first ? history->text : mark->text);
    ta_text_release(&title);
}

static void compare_with_before(struct ta_face *face, struct history *history)
{
    struct ta_error err;
    char *before = NULL;
    bool ok = ta_face_check(face,
                            ta_desk_history_before(ta_face_desk(face), &history->pair,
                                                   history_chosen(history)->id,
                                                   history_path(history), &before, &err),
                            &err);
    if (ok && !before) {
        ta_face_say(face, TA_QUIET, "This is the first version of %s.", history_path(history));
    } else if (ok) {
        struct ta_text title = {0};
        ta_text_add(&title, "What changed in ");
        say_version(&title, history, history_path(history), history_chosen(history)->when);
        push_comparison(face, title.bytes, before, history->text ? history->text : "");
        ta_text_release(&title);
    }
    free(before);
}

static void show_difference(struct ta_face *face, void *state)
{
    struct history *history = state;
    history_follow(face, history);
    if (!history_path(history) || history->troubled) {
        ta_face_say(face, TA_QUIET, "There is no text here to compare.");
    } else if (history->mark.id[0] && strcmp(history->mark.id, history_chosen(history)->id) != 0 &&
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
    history_follow(face, history);
    bool again = strcmp(history->mark.id, history_chosen(history)->id) == 0;
    history_release_mark(history);
    if (again || !history->text) {
        ta_face_say(face, TA_QUIET, again ? "The mark is gone." : "There is no text here to mark.");
        return;
    }
    (void)snprintf(history->mark.id, sizeof history->mark.id, "%s", history_chosen(history)->id);
    history->mark.path = ta_copy(history_path(history));
    history->mark.text = ta_copy(history->text);
    history->mark.when = history_chosen(history)->when;
    ta_face_say(face, TA_QUIET, "Marked: go to another version and press d for the difference.");
}

/* Other documents, and other ways to see this one */

static void show_next_file(struct ta_face *face, void *state)
{
    struct history *history = state;
    history_follow(face, history);
    if (history->paths.count < 2) {
        ta_face_say(face, TA_QUIET, "This commit changed no other document.");
        return;
    }
    history->file = (history->file + 1) % history->paths.count;
    history->top = 0;
    history_read_text(face, history);
}

static void list_versions(struct ta_face *face, void *state)
{
    struct history *history = state;
    struct ta_error err;
    history_follow(face, history);
    if (!history->only && !history_path(history)) {
        ta_face_say(face, TA_QUIET, "This commit changed no document.");
        return;
    }
    char *only = history->only ? NULL : ta_copy(history_path(history));
    free(history->only);
    history->only = only;
    history->shown[0] = '\0'; /* other documents belong to it now */
    ta_face_check(face, history_refresh(face, history, &err), &err);
}

static void show_exact_text(struct ta_face *face, void *state)
{
    struct history *history = state;
    history_follow(face, history);
    struct ta_text title = {0};
    if (!history->text) {
        ta_face_say(face, TA_QUIET, "There is no text here.");
        return;
    }
    say_version(&title, history, history_path(history), history_chosen(history)->when);
    struct reader_text text = {.title = title.bytes, .text = history->text};
    ta_face_push(face, &reader_screen, &text);
    ta_text_release(&title);
}

static void follow_section(struct ta_face *face, void *state)
{
    struct history *history = state;
    history_follow(face, history);
    struct passages_at at = {.session = history_session(history_chosen(history))};
    const char *path = history_path(history);
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
    return has_entries(state) && history_chosen(state)->session &&
           strcmp(ta_entry_kind(history_chosen(state)), "session") == 0;
}

static void go_mail(struct ta_face *face, void *state)
{
    ta_face_push(face, &mail_screen, &history_chosen(state)->session);
}

static void go_release(struct ta_face *face, void *state)
{
    ta_face_push(face, &release_screen, &history_chosen(state)->session);
}

static bool has_session(const void *state)
{
    return has_entries(state) && history_chosen(state)->session > 0;
}

static void go_search(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &search_screen, NULL);
}

static const struct ta_command commands[] = {
    {"read", "Enter Tab", "Into the document, to scroll it", go_in, is_in_list, false},
    {"back to the list", "Esc Tab q", "Back to the list of commits", go_out, is_in_document, false},
    {"difference", "d", "What changed since the one before, or marked", show_difference,
     has_entries, false},
    {"mark", "m", "Mark this version, to compare it with another", mark, has_entries, false},
    {"through time", "t", "This section in every session, or every version of the contract",
     follow_section, has_entries, false},
    {"same section, earlier", "[", "The same section in the one of its kind before", go_earlier,
     has_entries, true},
    {"same section, later", "]", "The same section in the one of its kind after", go_later,
     has_entries, true},
    {"earlier", "Left", "Along the line of dots: the session before", go_to_earlier_session,
     has_entries, true},
    {"later", "Right", "Along the line of dots: the session after", go_to_later_session,
     has_entries, true},
    {"versions", "o", "Only versions of this document, or all again", list_versions, has_entries,
     true},
    {"file", "f", "The next document that this commit changed", show_next_file, has_entries, true},
    {"exact text", "v", "The text as it is in the record, to the letter", show_exact_text,
     has_entries, true},
    {"release", "p", "What the coordinator sees of this session", go_release, has_session, true},
    {"search", "/", "Find every line of the record with some words", go_search, NULL, true},
    {"mail", "M", "The summary as a mail, to read before it goes", go_mail, is_on_session, true},
};

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    struct history *history = state;
    struct ta_error err;
    if (history->reading) {
        return ta_scroll_key(&history->top, history->rows, pressed);
    }
    /* The end of the list is the end of the history, not of what was read. */
    bool end = ta_key_is(pressed, "End G");
    if (end && !history->all) {
        ta_face_check(face, history_read_more(face, history, 0, &err), &err);
    }
    bool taken =
        hits_key(&history->hits, &history->list, pressed) || ta_list_key(&history->list, pressed);
    if (taken && history->list.chosen + HISTORY_PAGE / 2 >= history->list.count) {
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
    .heard = heard,
    .key = key,
    .tick = tick,
    .draw = draw,
    .close = close_history,
};

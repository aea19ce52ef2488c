/* Overview: all pairs of a coordinator's programme, those first that need a look. */
#include <stdlib.h>
#include <string.h>

#include "overview_page.h"
#include "screens.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/report.h"
#include "turnabout/tui/frame.h"

enum {
    AROUND = 110,      /* rows read on each side of the chosen one; no screen is taller */
    NEAR = 100,        /* of the edge of what was read, from where more is */
    AT_FIRST = 24,     /* rows read before it is known how many are shown */
    FILTER_MOST = 200, /* bytes */
    LOOK = 100,        /* milliseconds between two looks at what was fetched */
    TABLE_MOST = 64 << 20,
};

const struct ta_member *overview_member(const struct overview_page *page, size_t index)
{
    return index >= page->first && index - page->first < page->overview.pairs.count
               ? &page->overview.pairs.items[index - page->first]
               : NULL;
}

static const struct ta_member *chosen(const struct overview_page *page)
{
    return overview_member(page, page->list.chosen);
}

/* Reading */

static bool read_rows(struct ta_face *face, struct overview_page *page, struct ta_error *err)
{
    size_t at = page->list.chosen;
    size_t around = page->list.page > 0 ? AROUND : AT_FIRST;
    struct ta_text words = {0};
    struct ta_overview overview;
    struct ta_overview_query query = {
        .order = page->order, .skip = at > around ? at - around : 0, .limit = 2 * around};
    query.limit = query.skip == 0 ? at + around : query.limit;
    ta_overview_words(&query, &words, ta_editor_text(&page->filter));
    bool ok = ta_desk_overview(ta_face_desk(face), &query, &overview, err);
    if (ok) {
        ta_overview_release(&page->overview);
        page->overview = overview;
        page->first = query.skip;
        ta_list_set_count(&page->list, overview.found);
    }
    ta_text_release(&words);
    return ok;
}

static bool read_all(struct ta_face *face, struct overview_page *page, struct ta_error *err)
{
    ta_figures_release(&page->figures);
    return read_rows(face, page, err) && ta_desk_figures(ta_face_desk(face), &page->figures, err);
}

static bool refresh(struct ta_face *face, void *state, struct ta_error *err)
{
    return (((struct overview_page *)state)->fetching != NULL ||
            ta_desk_programme_refresh(ta_face_desk(face), NULL, err)) &&
           read_all(face, state, err);
}

/* While it fetches here the news are its own, and each step shows them. */
static bool heard(struct ta_face *face, void *state)
{
    struct ta_error err;
    struct overview_page *page = state;
    if (page->fetching == NULL) {
        (void)ta_face_check(face, refresh(face, page, &err), &err);
    }
    return true;
}

static bool open_overview(struct ta_face *face, void *state, const void *argument,
                          struct ta_error *err)
{
    (void)argument;
    struct overview_page *page = state;
    ta_editor_init(&page->filter, NULL, false, FILTER_MOST);
    bool ok = refresh(face, state, err);
    if (!ok) {
        ta_editor_release(&page->filter);
        ta_figures_release(&page->figures);
        ta_overview_release(&page->overview);
    }
    return ok;
}

static void end_fetching(struct overview_page *page)
{
    if (page->fetching != NULL) {
        ta_fetching_end(page->fetching);
        page->fetching = NULL;
    }
}

static void close_overview(struct ta_face *face, void *state)
{
    (void)face;
    struct overview_page *page = state;
    end_fetching(page);
    ta_editor_release(&page->filter);
    ta_figures_release(&page->figures);
    ta_overview_release(&page->overview);
}

/* Whether rows that may be shown next, in a taller window too, were not read. */
static bool is_near_edge(const struct overview_page *page)
{
    size_t at = page->list.chosen;
    size_t end = page->first + page->overview.pairs.count;
    return page->list.page > 0 && ((page->first > 0 && at < page->first + NEAR) ||
                                   (end < page->list.count && at + NEAR > end));
}

/* The same after another filter, from its beginning. */
static void read_anew(struct ta_face *face, struct overview_page *page)
{
    struct ta_error err;
    page->list = (struct ta_list){.page = page->list.page};
    (void)ta_face_check(face, read_rows(face, page, &err), &err);
}

/* Where the chosen pair is by now; the first row when it is there no longer. */
static bool follow_chosen(struct ta_face *face, struct overview_page *page, struct ta_error *err)
{
    const struct ta_member *member = chosen(page);
    struct ta_text words = {0};
    struct ta_overview_query query = {.order = page->order};
    size_t place = 0;
    ta_overview_words(&query, &words, ta_editor_text(&page->filter));
    bool ok = member == NULL ||
              ta_desk_overview_place(ta_face_desk(face), &query, member->id, &place, err);
    page->list = (struct ta_list){.page = page->list.page, .chosen = place};
    ta_text_release(&words);
    return ok;
}

/* The same after another order, the chosen pair still chosen. */
static void read_on(struct ta_face *face, struct overview_page *page)
{
    struct ta_error err;
    (void)ta_face_check(face, follow_chosen(face, page, &err) && read_rows(face, page, &err), &err);
}

/* Fetching */

static void say_fetched(struct ta_face *face, const struct ta_fetch_count *count, bool stopped)
{
    if (stopped) {
        ta_face_say(face, TA_CAUTION, "Stopped after %zu of %zu pairs; what has come is kept.",
                    count->done, count->all);
    } else if (count->failed > 0) {
        ta_face_say(face, TA_CAUTION,
                    "%zu of %zu pairs had something new; %zu could not be fetched: look at them.",
                    count->moved, count->all, count->failed);
    } else {
        ta_face_say(face, TA_GOOD, "%zu of %zu pairs had something new.", count->moved, count->all);
    }
}

static void say_fetching(struct ta_face *face, const struct ta_fetch_count *count)
{
    if (count->late > 0) {
        ta_face_say(face, TA_QUIET,
                    "Fetching: %zu of %zu pairs, %zu %s not answer yet. F stops it.", count->done,
                    count->all, count->late, count->late == 1 ? "does" : "do");
    } else {
        ta_face_say(face, TA_QUIET, "Fetching: %zu of %zu pairs. F stops it.", count->done,
                    count->all);
    }
}

static void finish_fetching(struct ta_face *face, struct overview_page *page)
{
    struct ta_error err;
    bool stopped = page->fetched.done < page->fetched.all;
    end_fetching(page);
    if (ta_face_check(face, follow_chosen(face, page, &err) && read_all(face, page, &err), &err)) {
        say_fetched(face, &page->fetched, stopped);
    }
}

static int64_t follow_fetching(struct ta_face *face, struct overview_page *page, int64_t now)
{
    struct ta_error err;
    if (!ta_face_check(face, ta_fetching_step(page->fetching, 0, &page->fetched, &err), &err)) {
        end_fetching(page);
        return 0;
    }
    if (!page->fetched.running) {
        finish_fetching(face, page);
        return 0;
    }
    say_fetching(face, &page->fetched);
    return now + LOOK;
}

static int64_t tick(struct ta_face *face, void *state, int64_t now)
{
    struct overview_page *page = state;
    struct ta_error err;
    if (is_near_edge(page)) {
        (void)ta_face_check(face, read_rows(face, page, &err), &err);
    }
    if (page->list.page == 0 && page->list.count > AT_FIRST) {
        return now + 1; /* it is about to be drawn, and then is known how much is shown */
    }
    return page->fetching != NULL ? follow_fetching(face, page, now) : 0;
}

static void fetch_all(struct ta_face *face, void *state)
{
    struct overview_page *page = state;
    struct ta_error err;
    if (page->fetching != NULL) {
        ta_fetching_stop(page->fetching);
    } else if (page->overview.all == 0) {
        ta_face_say(face, TA_QUIET, "There is no pair to fetch from yet: a adds one.");
    } else {
        (void)ta_face_check(
            face, ta_fetching_begin(&page->fetching, ta_face_desk(face), 0, 0, &err), &err);
    }
}

/* What one can do */

static bool has_pairs(const void *state)
{
    return ((const struct overview_page *)state)->overview.all > 0;
}

static bool is_empty(const void *state)
{
    return !has_pairs(state);
}

static bool has_rows(const void *state)
{
    return ((const struct overview_page *)state)->overview.found > 0;
}

static void open_pair(struct ta_face *face, void *state)
{
    const struct ta_member *member = chosen(state);
    if (member != NULL) {
        ta_face_push(face, &review_screen, &(struct review_opening){.slug = member->slug});
    }
}

static void sort_next(struct ta_face *face, void *state)
{
    struct overview_page *page = state;
    page->order = (enum ta_overview_order)((page->order + 1) % TA_ORDERS);
    read_on(face, page);
}

static void filter(struct ta_face *face, void *state)
{
    struct overview_page *page = state;
    page->filtering = true;
    ta_face_push(face, &overview_filter_screen, page);
}

static bool is_filtered(const void *state)
{
    return ((const struct overview_page *)state)->filter.text.length > 0;
}

static void show_all(struct ta_face *face, void *state)
{
    struct overview_page *page = state;
    ta_editor_set(&page->filter, "");
    read_on(face, page);
}

static void search(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &search_released_screen, NULL);
}

static bool answer_report(struct ta_face *face, void *state, const char *path)
{
    (void)state;
    enum ta_report_form form;
    struct ta_error err;
    bool ok = ta_face_check(face,
                            ta_report_form_of(&form, path, &err) &&
                                ta_desk_report_file(ta_face_desk(face), form, path, &err),
                            &err);
    if (ok) {
        ta_face_say(face, TA_GOOD, "The report is in %s.", path);
    }
    return ok;
}

static void ask_report(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_ask_file(face, "Report to (.html, .md, .csv)", "~/overview.html", answer_report);
}

static bool answer_add(struct ta_face *face, void *state, const char *text)
{
    struct overview_page *page = state;
    struct ta_programme_entry entry = {.url = text};
    struct ta_error err;
    char *slug = NULL;
    if (!ta_face_check(face, ta_desk_programme_add(ta_face_desk(face), &entry, &slug, &err),
                       &err)) {
        return false;
    }
    if (ta_face_check(face, read_all(face, page, &err), &err)) {
        ta_face_say(face, TA_GOOD, "%s is in the programme. F fetches what they released.", slug);
    }
    free(slug);
    return true;
}

static void add(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_ask(face, "Address of their released repository", "", answer_add);
}

static bool answer_import(struct ta_face *face, void *state, const char *text)
{
    struct overview_page *page = state;
    struct ta_text table = {0};
    struct ta_imported imported = {0};
    struct ta_error err;
    bool ok = ta_face_check(face,
                            ta_file_read(&table, text, TABLE_MOST, &err) &&
                                ta_desk_programme_import(ta_face_desk(face),
                                                         table.bytes != NULL ? table.bytes : "",
                                                         text, &imported, &err),
                            &err);
    ta_text_release(&table);
    if (ok && ta_face_check(face, read_all(face, page, &err), &err)) {
        ta_face_say(face, TA_GOOD, "%zu came into the programme, %zu were there already.",
                    imported.added, imported.known);
    }
    ta_imported_release(&imported);
    return ok;
}

static void import(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_ask(face, "Table of pairs (CSV)", "pairs.csv", answer_import);
}

static void answer_remove(struct ta_face *face, void *state, char key)
{
    struct overview_page *page = state;
    const struct ta_member *member = chosen(page);
    struct ta_error err;
    if (key != 'y' || member == NULL) {
        return;
    }
    if (ta_face_check(face,
                      ta_desk_programme_remove(ta_face_desk(face), member->slug, &err) &&
                          read_all(face, page, &err),
                      &err)) {
        ta_face_say(face, TA_QUIET, "Taken out, with what came from them.");
    }
}

static void take_out(struct ta_face *face, void *state)
{
    const struct ta_member *member = chosen(state);
    struct ta_text question = {0};
    if (member == NULL) {
        return;
    }
    ta_text_add(&question, "Take ");
    ta_say_pair(&question, member);
    ta_text_add(&question, " out of the programme, with all that was fetched of theirs?");
    ta_face_ask_key(face, question.bytes, "yn", answer_remove);
    ta_text_release(&question);
}

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    (void)face;
    struct overview_page *page = state;
    return hits_key(&page->hits, &page->list, pressed) || ta_list_key(&page->list, pressed);
}

static const struct ta_command commands[] = {
    {"open", "Enter", "What this pair released, and what changed", open_pair, has_rows, false},
    {"search", "/", "Find words in all that was released", search, has_pairs, false},
    {"filter", "f", "Only pairs with words in names, topic, state", filter, has_pairs, false},
    {"all", "Esc", "All pairs again", show_all, is_filtered, false},
    {"sort", "o", "Another order: need, name, last, next or held", sort_next, has_pairs, false},
    {"report", "r", "For others to read: a page, Markdown, a table", ask_report, has_pairs, false},
    {"fetch all", "F", "Fetch what was released; again stops it", fetch_all, has_pairs, false},
    {"add", "a", "Add a pair by the address it releases to", add, NULL, false},
    {"import", "i", "Add the pairs of a table (CSV)", import, is_empty, false},
    {"import", "i", "Add the pairs of a table (CSV)", import, has_pairs, true},
    {"take out", "D", "Take a pair out of the programme", take_out, has_rows, true},
};

const struct ta_screen overview_screen = {
    .name = "overview",
    .apart = true,
    .size = sizeof(struct overview_page),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .open = open_overview,
    .refresh = refresh,
    .heard = heard,
    .key = key,
    .tick = tick,
    .draw = overview_draw,
    .close = close_overview,
};

/* The same while the filter is typed */

struct filtering {
    struct overview_page *page;
};

static bool open_filter(struct ta_face *face, void *state, const void *argument,
                        struct ta_error *err)
{
    (void)face;
    (void)err;
    ((struct filtering *)state)->page = (struct overview_page *)argument;
    return true;
}

static void close_filter(struct ta_face *face, void *state)
{
    (void)face;
    ((struct filtering *)state)->page->filtering = false;
}

static bool type(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    struct overview_page *page = ((struct filtering *)state)->page;
    enum ta_edited edited = ta_editor_key(&page->filter, pressed, ta_face_clip(face));
    if (edited == TA_EDIT_CHANGED) {
        read_anew(face, page);
    }
    return edited != TA_EDIT_NOT_MINE ||
           (pressed->code != TA_KEY_TEXT && ta_list_key(&page->list, pressed));
}

static int64_t tick_filter(struct ta_face *face, void *state, int64_t now)
{
    return tick(face, ((struct filtering *)state)->page, now);
}

static void draw_filter(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    overview_draw(face, ((const struct filtering *)state)->page, surface);
}

static void keep_filter(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_pop(face);
}

static void drop_filter(struct ta_face *face, void *state)
{
    struct overview_page *page = ((struct filtering *)state)->page;
    ta_editor_set(&page->filter, "");
    read_on(face, page);
    ta_face_pop(face);
}

static const struct ta_command filter_commands[] = {
    {"keep", "Enter Tab", "Back to the pairs that are left", keep_filter, NULL, false},
    {"all pairs", "Esc", "All pairs again", drop_filter, NULL, false},
};

const struct ta_screen overview_filter_screen = {
    .name = "filter",
    .size = sizeof(struct filtering),
    .commands = filter_commands,
    .command_count = sizeof filter_commands / sizeof *filter_commands,
    .typing = true,
    .open = open_filter,
    .key = type,
    .tick = tick_filter,
    .draw = draw_filter,
    .close = close_filter,
};

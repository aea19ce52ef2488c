#include <stdio.h>
#include <string.h>

#include "summary_page.h"
#include "turnabout/base/unicode.h"
#include "turnabout/domain/off_limits.h"

enum {
    MARGIN = 1,
    HEADING = 3, /* column of headings, of the title and of the folded notes */
    TEXT = 5,    /* column where lines begin */
    LABELS = 12, /* columns of the labels below */
    NARROW = 60,
    LOW = 18,   /* rows below which the part below has one line */
    AIRY = 30,  /* rows from which a blank one stands above each section */
    WIDEST = 96 /* columns of a line that is still read well */
};

static const struct {
    const char *heading, *sign;
    enum ta_role_of_cell role;
    const char *none;
} looks[TA_SUMMARY_SECTIONS] = {
    [TA_SUMMARY_TAKEAWAYS] = {"Takeaways", "!", TA_TAKEAWAY, "none yet: what do you take away?"},
    [TA_SUMMARY_DIFFERENCES] = {"Differences", "~", TA_DIFFERENCE,
                                "none yet: what do you see differently?"},
    [TA_SUMMARY_PROMISES] = {"Promises", "☐", TA_PROMISE, "none yet: who will do what, by when?"},
    [TA_SUMMARY_QUESTIONS] = {"Questions for next time", "?", TA_QUESTION,
                              "none yet: what stays open?"},
};

/* Where things stand on a surface. */
struct layout {
    const struct summary_page *page;
    struct ta_area list;
    int columns; /* of a line's text */
    bool airy;
};

static bool is_typed(const struct summary_page *page, size_t row)
{
    return page->mode != SUMMARY_READING && row == page->list.chosen;
}

/* The lines */

/* "Dana: ask juniors first (due 1 Dec)" */
static void say_promise(struct ta_text *out, const struct summary_page *page, size_t index)
{
    const struct ta_promise *promise = &page->state.summary.promises.items[index];
    if (promise->owner != TA_NOBODY) {
        struct ta_piece name = ta_pair_short_name(&page->pair, promise->owner);
        ta_text_addf(out, "%.*s: ", (int)name.length, name.at);
    } else if (promise->named) {
        ta_text_addf(out, "%s: ", promise->named);
    }
    ta_text_add(out, promise->text);
    if (promise->due.year) {
        char due[TA_DATE_SIZE];
        ta_day_short(due, promise->due, page->today);
        ta_text_addf(out, " (due %s)", due);
    }
}

static void say_notes(struct ta_text *out, const struct summary_page *page)
{
    size_t lines = summary_note_count(&page->state.summary);
    ta_text_addf(out, "Notes by item ▸ %zu line%s, only in the pair's record", lines,
                 lines == 1 ? "" : "s");
}

/* What a row shows. */
static void say_row(struct ta_text *out, const struct summary_page *page,
                    const struct summary_row *row)
{
    const char *stored = summary_stored(page, row);
    if (row->kind == SUMMARY_NOTES) {
        say_notes(out, page);
    } else if (row->kind == SUMMARY_LINE && row->section == TA_SUMMARY_PROMISES) {
        say_promise(out, page, row->index);
    } else if (row->kind == SUMMARY_NONE) {
        ta_text_add(out, page->state.committed ? "none" : looks[row->section].none);
    } else if (row->kind == SUMMARY_TITLE && (!stored || !*stored)) {
        ta_text_add(out, "no title yet");
    } else {
        ta_text_add(out, stored ? stored : "");
    }
}

static int head_rows(const struct layout *layout, const struct summary_row *row)
{
    bool apart = row->first || row->kind == SUMMARY_NOTES;
    return row->first + (layout->airy && apart);
}

static bool is_marked(const struct summary_page *page, size_t index, struct ta_piece *topic)
{
    if (page->rows[index].kind == SUMMARY_NOTES) {
        return summary_note_marks(page, topic) > 0;
    }
    const char *text = is_typed(page, index) ? ta_editor_text(&page->editor)
                                             : summary_stored(page, &page->rows[index]);
    return text && ta_off_limits_touched(topic, page->state.off_limits, text);
}

/* A title is one row, and so is what is typed: it scrolls. */
static int text_rows(const struct layout *layout, size_t index)
{
    const struct summary_row *row = &layout->page->rows[index];
    if (row->kind != SUMMARY_LINE || is_typed(layout->page, index)) {
        return 1;
    }
    struct ta_text text = {0};
    struct ta_piece topic;
    say_row(&text, layout->page, row);
    int rows =
        wrapped_rows(text.bytes, layout->columns - 2 * is_marked(layout->page, index, &topic));
    ta_text_release(&text);
    return rows;
}

static int row_rows(const void *data, size_t index)
{
    const struct layout *layout = data;
    int rows = head_rows(layout, &layout->page->rows[index]) + text_rows(layout, index);
    return rows < layout->list.rows ? rows : layout->list.rows;
}

static enum ta_role_of_cell role_of(const struct summary_row *row, bool chosen)
{
    bool quiet = row->kind == SUMMARY_NONE || row->kind == SUMMARY_NOTES;
    return chosen || row->kind == SUMMARY_TITLE ? TA_STRONG : quiet ? TA_QUIET : TA_PLAIN;
}

static void draw_sign(const struct summary_page *page, const struct summary_row *row,
                      struct ta_surface *surface, int at)
{
    if (row->kind != SUMMARY_LINE && row->kind != SUMMARY_NEW) {
        return;
    }
    const char *sign = looks[row->section].sign;
    if (row->kind == SUMMARY_LINE && row->section == TA_SUMMARY_PROMISES &&
        page->state.summary.promises.items[row->index].state != TA_PROMISE_OPEN) {
        sign = "☑";
    }
    ta_put(surface, at, HEADING, 1, looks[row->section].role, sign);
}

static void draw_text(const struct layout *layout, size_t index, struct ta_surface *surface,
                      struct ta_area area)
{
    const struct summary_page *page = layout->page;
    const struct summary_row *row = &page->rows[index];
    bool chosen = index == page->list.chosen;
    struct ta_piece topic;
    if (is_typed(page, index)) {
        ta_editor_draw(&page->editor, surface, area, TA_STRONG, true);
        return;
    }
    if (is_marked(page, index, &topic)) {
        ta_put(surface, area.row, area.column, 1, TA_CAUTION, "⚠");
        area.column += 2;
        area.columns -= 2;
    }
    struct ta_text text = {0};
    say_row(&text, page, row);
    if (row->kind == SUMMARY_LINE) {
        ta_put_wrapped(surface, area, role_of(row, chosen), text.bytes);
    } else {
        ta_put(surface, area.row, area.column, area.columns, role_of(row, chosen), text.bytes);
    }
    ta_text_release(&text);
    if (chosen) {
        surface->cursor_row = area.row;
        surface->cursor_column = area.column;
    }
}

/* Returns how high the row is. */
static int draw_row(const struct layout *layout, size_t index, struct ta_surface *surface, int at)
{
    const struct summary_page *page = layout->page;
    const struct summary_row *row = &page->rows[index];
    int all = row_rows(layout, index);
    int head = head_rows(layout, row);
    bool outer = row->kind == SUMMARY_TITLE || row->kind == SUMMARY_NOTES;
    if (row->first && all > 1) {
        ta_put(surface, at + head - 1, HEADING, layout->columns, looks[row->section].role,
               looks[row->section].heading);
    }
    head = head < all ? head : all - 1;
    if (index == page->list.chosen) {
        ta_put(surface, at + head, MARGIN, 1, TA_ACCENT, "▸");
    }
    draw_sign(page, row, surface, at + head);
    struct ta_area area = {at + head, outer ? HEADING : TEXT, all - head, layout->columns};
    if (row->kind == SUMMARY_TITLE) {
        int label = ta_put(surface, at + head, HEADING, layout->columns, TA_QUIET, "About ");
        area.column += label;
        area.columns -= label;
    }
    draw_text(layout, index, surface, area);
    return all;
}

static void draw_rows(const struct layout *layout, struct ta_surface *surface)
{
    const struct summary_page *page = layout->page;
    struct tall tall = {row_rows, layout};
    int at = layout->list.row;
    int end = at + layout->list.rows;
    size_t index = tall_list_show(&page->list, &tall, layout->list.rows);
    for (; index < page->row_count && at + row_rows(layout, index) <= end; index++) {
        int rows = draw_row(layout, index, surface, at);
        hits_add(&page->hits, at, rows, index);
        at += rows;
    }
}

/* What stands below */

static void put_below(struct ta_surface *surface, int row, const char *label,
                      enum ta_role_of_cell role, const char *text)
{
    ta_put(surface, row, HEADING, LABELS - 1, TA_QUIET, label);
    ta_put(surface, row, HEADING + LABELS, surface->columns - HEADING - LABELS - 1, role, text);
}

static void draw_readers(const struct summary_page *page, struct ta_surface *surface, int row)
{
    const struct ta_pair *pair = &page->pair;
    struct ta_text text = {0};
    struct ta_piece mentor = ta_pair_short_name(pair, TA_MENTOR);
    struct ta_piece mentee = ta_pair_short_name(pair, TA_MENTEE);
    if (pair->me == TA_NOBODY) {
        ta_text_addf(&text, "%.*s and %.*s", (int)mentor.length, mentor.at, (int)mentee.length,
                     mentee.at);
    } else {
        struct ta_piece other = pair->me == TA_MENTOR ? mentee : mentor;
        ta_text_addf(&text, "you and %.*s", (int)other.length, other.at);
    }
    ta_text_add(&text, page->state.committed ? ", in your record" : ", once it is committed");
    put_below(surface, row, "Ours", TA_PLAIN, text.bytes);
    ta_text_release(&text);
}

/* What the coordinator gets of it, and when. */
static void draw_released(const struct summary_page *page, struct ta_surface *surface, int row)
{
    static const char *const words[] = {
        [TA_RELEASE_CLOSED] = "nothing",
        [TA_RELEASE_ATTENDANCE] = "that you met, and for how long",
        [TA_RELEASE_WAITING] = "no word yet: it waits for your approval, p",
        [TA_RELEASE_WITHHELD] = "no word: it is withheld",
        [TA_RELEASE_DONE] = "the text that you both approved",
    };
    static const char *const drafts[] = {
        [TA_SHARED_NOTHING] = "nothing",
        [TA_SHARED_ATTENDANCE] = "that you met, and for how long",
        [TA_SHARED_TAKEAWAYS] = "the takeaways, once you both approved that text",
        [TA_SHARED_SUMMARY] = "all but notes and differences, once you both approve it",
    };
    bool is_draft = page->released == TA_RELEASE_DRAFT;
    put_below(surface, row, "Released", TA_PLAIN,
              is_draft ? drafts[page->shared] : words[page->released]);
}

static void draw_date(const struct summary_page *page, struct ta_surface *surface, int row)
{
    char date[TA_DATE_SIZE];
    char text[TA_DATE_SIZE + 64];
    if (page->planned.instant) {
        ta_moment_short(date, page->planned);
        (void)snprintf(text, sizeof text, "%s", date);
    } else if (page->state.proposed.instant) {
        ta_moment_short(date, page->state.proposed);
        (void)snprintf(text, sizeof text, "%s by your rhythm; C asks before it commits", date);
    } else {
        (void)snprintf(text, sizeof text, "none yet");
    }
    put_below(surface, row, "Next date", TA_PLAIN, text);
}

/* What is typed, as it is understood. */
static void draw_understood(const struct summary_page *page, struct ta_surface *surface, int row)
{
    const struct summary_row *chosen = summary_chosen(page);
    const struct ta_promise *known =
        chosen->kind == SUMMARY_LINE ? &page->state.summary.promises.items[chosen->index] : NULL;
    struct ta_promise promise;
    struct ta_text text = {0};
    summary_promise_take(&promise, ta_editor_text(&page->editor), known, &page->pair, page->today);
    const char *owner =
        promise.owner == TA_NOBODY ? promise.named : page->pair.person[promise.owner].name;
    ta_text_addf(&text, "→ %s: %s", owner, promise.text);
    if (promise.due.year) {
        char due[TA_DATE_SIZE];
        ta_day_long(due, promise.due);
        ta_text_addf(&text, " · due %s", due);
    }
    ta_put(surface, row, HEADING, surface->columns - HEADING - 1, TA_PROMISE, text.bytes);
    ta_text_release(&text);
    ta_promise_release(&promise);
}

static bool is_promise_typed(const struct summary_page *page)
{
    const struct summary_row *chosen = summary_chosen(page);
    bool line = chosen->kind == SUMMARY_LINE || chosen->kind == SUMMARY_NEW;
    return page->mode != SUMMARY_READING && line && chosen->section == TA_SUMMARY_PROMISES &&
           ta_piece_trim(ta_piece_of(ta_editor_text(&page->editor))).length > 0;
}

/* The line that speaks of the chosen row, and false when it has nothing to say. */
static bool draw_about_chosen(const struct summary_page *page, struct ta_surface *surface, int row)
{
    struct ta_piece topic;
    if (is_marked(page, page->list.chosen, &topic)) {
        ta_putf(surface, row, HEADING, surface->columns - HEADING - 1, TA_CAUTION,
                "⚠ touches \"%.*s\", which your contract keeps off limits", (int)topic.length,
                topic.at);
        return true;
    }
    if (is_promise_typed(page)) {
        draw_understood(page, surface, row);
        return true;
    }
    return false;
}

static void draw_below(const struct summary_page *page, struct ta_surface *surface, int row,
                       int rows)
{
    ta_rule(surface, row++);
    bool said = draw_about_chosen(page, surface, row);
    if (rows > 1) {
        if (!said) {
            draw_readers(page, surface, row);
        }
        draw_released(page, surface, row + 1);
        draw_date(page, surface, row + 2);
    } else if (!said) {
        draw_date(page, surface, row);
    }
}

/* The page */

static void draw_head(const struct summary_page *page, struct ta_surface *surface)
{
    const struct ta_summary *summary = &page->state.summary;
    struct ta_piece mentee = ta_pair_short_name(&page->pair, TA_MENTEE);
    bool narrow = surface->columns < NARROW;
    struct ta_text left = {0};
    struct ta_text right = {0};
    ta_text_addf(&left, narrow ? "Summary %u   " : "Summary of session %u   ", page->state.session);
    if (!narrow && summary->held.instant) {
        char held[TA_DATE_SIZE];
        ta_day_short(held, ta_day_of(summary->held), page->today);
        ta_text_addf(&left, "%s · ", held);
    }
    ta_text_addf(&left, "%u min", summary->lasted);
    if (!narrow && !page->state.committed) {
        ta_text_addf(&right, "draft by %.*s, ", (int)mentee.length, mentee.at);
    }
    if (right.length > 0 && ta_width(right.bytes, right.length) > surface->columns / 4) {
        ta_text_clear(&right);
    }
    ta_text_add(&right, page->state.committed ? "committed" : "not yet committed");
    ta_title(surface, left.bytes, right.bytes);
    ta_text_release(&left);
    ta_text_release(&right);
}

void summary_draw(const struct summary_page *page, struct ta_surface *surface)
{
    int foot = surface->rows - 2; /* the face's rows begin here */
    int below = surface->rows < LOW ? 1 : 3;
    int columns = surface->columns - TEXT - 2;
    struct layout layout = {.page = page,
                            .columns = columns < WIDEST ? columns : WIDEST,
                            .airy = surface->rows >= AIRY};
    int top = surface->rows < LOW ? 1 : 2;
    layout.list = (struct ta_area){top, MARGIN, foot - below - 1 - top, surface->columns - 2};
    draw_head(page, surface);
    hits_clear(&page->hits);
    draw_rows(&layout, surface);
    draw_below(page, surface, foot - below - 1, below);
}

/* What stands below the agenda: the draft, what was carried over, what is off limits. */
#include <stdio.h>
#include <string.h>

#include "agenda_page.h"
#include "turnabout/base/unicode.h"
#include "turnabout/tui/frame.h"

enum {
    LABELS = 16, /* columns of the labels */
    ADVICE = 22, /* columns of "12 min over: ← trims", and a gap */
    CARRIED_MOST = 3,
};

static void put_label(struct ta_surface *surface, struct ta_area *line, enum ta_role_of_cell role,
                      const char *label)
{
    if (surface->columns >= AGENDA_NARROW) {
        ta_put(surface, line->row, line->column, LABELS - 1, role, label);
        line->column += LABELS;
        line->columns -= LABELS;
    }
}

struct ta_piece agenda_reader(const struct agenda_page *page)
{
    const struct ta_pair *pair = &page->pair;
    return ta_pair_short_name(pair, pair->me == TA_MENTOR ? TA_MENTEE : TA_MENTOR);
}

static void say_stage(struct ta_text *out, const struct agenda_page *page)
{
    const struct ta_agenda_state *state = &page->state;
    struct ta_piece name = agenda_reader(page);
    if (page->waits) {
        ta_text_addf(out, "shared on this machine: S at home sends it to %.*s", (int)name.length,
                     name.at);
    } else if (state->shared) {
        ta_text_addf(out, "shared with %.*s as it stands here", (int)name.length, name.at);
    } else if (state->was_shared) {
        ta_text_addf(out, "changed since %.*s got it: S shares it again", (int)name.length,
                     name.at);
    } else if (!state->text) {
        ta_text_add(out, "as usual: n puts your topic on it");
    } else {
        ta_text_addf(out, "a draft, saved: S shares it with %.*s", (int)name.length, name.at);
    }
}

/* The same where there is no room for it. */
static const char *stage_in_brief(const struct agenda_page *page)
{
    const struct ta_agenda_state *state = &page->state;
    if (page->waits) {
        return "shared, not sent yet";
    }
    if (state->shared) {
        return "shared";
    }
    if (state->was_shared) {
        return "changed: S shares it";
    }
    return state->text ? "a draft: S shares it" : "as usual";
}

/* Returns the columns it takes at the right. */
static int draw_over(const struct agenda_page *page, struct ta_surface *surface,
                     struct ta_area line, int said)
{
    const struct ta_agenda *agenda = &page->state.agenda;
    unsigned sum = ta_agenda_sum(agenda);
    if (sum <= agenda->minutes) {
        return 0;
    }
    char over[48];
    bool roomy = said + ADVICE <= line.columns;
    (void)snprintf(over, sizeof over, roomy ? "%u min over: ← trims" : "%u min over",
                   sum - agenda->minutes);
    return 2 + ta_put_right(surface, line.row, line.column, line.columns, TA_CAUTION, over);
}

static void draw_stage(const struct agenda_page *page, struct ta_surface *surface,
                       struct ta_area line)
{
    struct ta_text text = {0};
    const char *brief = stage_in_brief(page);
    say_stage(&text, page);
    put_label(surface, &line, TA_QUIET, "Agenda");
    int said = page->waits ? ta_width(brief, strlen(brief)) : ta_width(text.bytes, text.length);
    line.columns -= draw_over(page, surface, line, said);
    bool fits = ta_width(text.bytes, text.length) <= line.columns;
    ta_put(surface, line.row, line.column, line.columns, page->state.shared ? TA_GOOD : TA_QUIET,
           fits ? text.bytes : brief);
    ta_text_release(&text);
}

static const char offer_keys[] = "+ take in  x set aside  Space next";
static const char one_offer_keys[] = "+ take in  x set aside";

static void draw_carried_head(const struct agenda_page *page, struct ta_surface *surface,
                              struct ta_area line)
{
    size_t count = page->state.carried.count;
    const char *keys = count > 1 ? offer_keys : one_offer_keys;
    int room = line.columns - (int)strlen(keys) - 2;
    ta_putf(surface, line.row, line.column, room, TA_QUIET,
            count > 1 ? "Carried over, %zu of %zu" : "Carried over", page->carried + 1, count);
    ta_put_right(surface, line.row, line.column, line.columns, TA_KEY_NAME, keys);
}

static const struct {
    const char *sign;
    enum ta_role_of_cell role;
} carry_signs[TA_CARRY_KINDS] = {
    [TA_CARRY_QUESTION] = {"?", TA_QUESTION},
    [TA_CARRY_ITEM] = {"·", TA_QUIET},
    [TA_CARRY_PROMISE] = {"☐", TA_PROMISE},
};

/* "tell back · from session 2" */
static void say_carry(struct ta_text *out, const struct ta_carry *carry, struct ta_day today)
{
    if (carry->done) {
        ta_text_add(out, "tell back · ");
    } else if (carry->due.year) {
        char due[TA_DATE_SIZE];
        ta_day_short(due, carry->due, today);
        ta_text_addf(out, "due %s · ", due);
    }
    ta_text_addf(out, "from %s", carry->origin);
}

static void draw_carried(const struct agenda_page *page, size_t index, struct ta_surface *surface,
                         struct ta_area line)
{
    const struct ta_carry *carry = &page->state.carried.items[index];
    bool offered = index == page->carried;
    struct ta_text more = {0};
    say_carry(&more, carry, page->today);
    int room = surface->columns >= AGENDA_NARROW ? ta_width(more.bytes, more.length) + 2 : 0;
    ta_put(surface, line.row, line.column, 1, carry_signs[carry->kind].role,
           carry->done ? "☑" : carry_signs[carry->kind].sign);
    ta_put(surface, line.row, line.column + 2, line.columns - 2 - room,
           offered ? TA_STRONG : TA_PLAIN, carry->text);
    if (room > 0) {
        ta_put_right(surface, line.row, line.column, line.columns, TA_QUIET, more.bytes);
    }
    ta_text_release(&more);
}

/* A line with its label, and a key at the right. */
static void draw_way(struct ta_surface *surface, struct ta_area line, const char *label,
                     enum ta_role_of_cell role, const char *text, const char *key)
{
    put_label(surface, &line, TA_QUIET, label);
    int room = (int)strlen(key) + 2;
    ta_put(surface, line.row, line.column, line.columns - room, role, text);
    ta_put_right(surface, line.row, line.column, line.columns, TA_KEY_NAME, key);
}

static void draw_prompt(const struct agenda_page *page, struct ta_surface *surface,
                        struct ta_area line)
{
    struct ta_text text = {0};
    if (page->prompt) {
        ta_text_addf(&text, "“%s”", page->prompt);
    } else {
        ta_text_add(&text, "questions to talk about, by theme");
    }
    draw_way(surface, line, "Prompts", page->prompt ? TA_PLAIN : TA_QUIET, text.bytes, "Tab decks");
    ta_text_release(&text);
}

static void draw_review(struct ta_surface *surface, struct ta_area line)
{
    draw_way(surface, line, "Review", TA_PLAIN, "half-way: read your contract again, amend it",
             "c contract");
}

static void draw_mark(const struct agenda_page *page, struct ta_surface *surface,
                      struct ta_area line)
{
    size_t first = 0;
    struct ta_piece topic = {0};
    size_t marks = agenda_marks(page, &first, &topic);
    bool chosen = agenda_touches(page, page->list.chosen, &topic);
    first = chosen ? page->list.chosen : first;
    put_label(surface, &line, TA_CAUTION, "⚠ Off limits");
    bool narrow = surface->columns < AGENDA_NARROW;
    struct ta_text more = {0};
    ta_text_add(&more, "");
    if (marks > 1) {
        ta_text_addf(&more, ", and %zu more", marks - 1);
    }
    ta_putf(surface, line.row, line.column, line.columns, TA_CAUTION,
            narrow ? "⚠ item %zu touches \"%.*s\"%s"
                   : "item %zu touches \"%.*s\", named in your contract%s",
            first + 1, (int)topic.length, topic.at, more.bytes);
    ta_text_release(&more);
}

int agenda_parts_rows(const struct agenda_parts *parts)
{
    return parts->head + parts->carried + parts->review + parts->prompt + parts->mark +
           parts->stage;
}

struct agenda_parts agenda_divide(const struct agenda_page *page, int rows)
{
    size_t first;
    struct ta_piece topic;
    int carried =
        page->state.carried.count < CARRIED_MOST ? (int)page->state.carried.count : CARRIED_MOST;
    struct agenda_parts parts = {.mark = agenda_marks(page, &first, &topic) > 0};
    if (rows >= AGENDA_LOW) {
        parts.head = carried > 0;
        parts.carried = carried;
        parts.review = page->state.arc == TA_ARC_MIDDLE;
        parts.prompt = 1;
        parts.stage = 1;
        return parts;
    }
    int left = 2 - parts.mark;
    parts.stage = carried < left;
    left -= parts.stage;
    parts.carried = carried < left ? carried : left;
    return parts;
}

static void draw_carries(const struct agenda_page *page, const struct agenda_parts *parts,
                         struct ta_surface *surface, struct ta_area *line)
{
    size_t rows = (size_t)parts->carried;
    size_t top = page->carried >= rows ? page->carried - rows + 1 : 0;
    if (parts->head) {
        draw_carried_head(page, surface, *line);
        line->row++;
    }
    for (size_t i = 0; i < rows; i++, line->row++) {
        draw_carried(page, top + i, surface, *line);
    }
}

void agenda_draw_below(const struct agenda_page *page, const struct agenda_parts *parts,
                       struct ta_surface *surface, struct ta_area area)
{
    struct ta_area line = area;
    line.rows = 1;
    ta_rule(surface, line.row - 1);
    draw_carries(page, parts, surface, &line);
    if (parts->review) {
        draw_review(surface, line);
        line.row++;
    }
    if (parts->prompt) {
        draw_prompt(page, surface, line);
        line.row++;
    }
    if (parts->mark) {
        draw_mark(page, surface, line);
        line.row++;
    }
    if (parts->stage) {
        draw_stage(page, surface, line);
    }
}

#include "date_view.h"

#include "turnabout/base/unicode.h"
#include "turnabout/tui/frame.h"

enum {
    LABEL = 3,  /* column */
    VALUE = 18, /* column */
    ROOMY = 18, /* rows from which on the fields stand apart */
    WIDEST = 80,
};

static const char *const labels[FIELDS] = {
    [FIELD_WHAT] = "This date",    [FIELD_WHO] = "Who asked",    [FIELD_NOTICE] = "How early",
    [FIELD_DATE] = "The new date", [FIELD_REASON] = "In a word",
};

static const struct {
    const char *coming, *past;
    const char *hint;
} whats[WHATS] = {
    [MOVED] = {"is moved to another day", "was moved to another day",
               "The new date takes its place. By your rhythm it would be the one proposed."},
    [CANCELLED] = {"is cancelled", "was cancelled",
                   "A cancelled meeting is held on another day: you set it next."},
    [HELD] = {"", "was held: we write it down",
              "You held it without Turnabout. Write down what stays of it, in one page."},
    [HELD_NOW] = {"", "is held now, late", "The session starts now, and counts for this date."},
};

static const char *choice_of(const struct date *date, enum field field)
{
    if (field == FIELD_WHAT) {
        return date->question.missed ? whats[date->what].past : whats[date->what].coming;
    }
    if (field == FIELD_NOTICE) {
        return date_notices[date->notice].words;
    }
    return date->who == TA_NOBODY ? "neither of you" : date->pair.person[date->who].name;
}

static void draw_choice(const struct date *date, enum field field, struct ta_surface *surface,
                        struct ta_area value)
{
    bool chosen = date->field == field;
    ta_putf(surface, value.row, value.column, value.columns, chosen ? TA_STRONG : TA_PLAIN,
            chosen ? "‹ %s ›" : "%s", choice_of(date, field));
    if (chosen) {
        surface->cursor_row = value.row;
        surface->cursor_column = value.column;
    }
}

static void draw_text(const struct date *date, enum field field, struct ta_surface *surface,
                      struct ta_area value)
{
    const struct ta_editor *editor = field == FIELD_DATE ? &date->text : &date->reason;
    if (!ta_editor_text(editor)[0]) {
        ta_fill(surface, value, TA_FRAME, "·");
    }
    if (date->field == field) {
        ta_editor_draw(editor, surface, value, TA_STRONG, true);
    } else {
        ta_put(surface, value.row, value.column, value.columns, TA_PLAIN, ta_editor_text(editor));
    }
}

static int content_end(const struct ta_surface *surface)
{
    int end = surface->columns - LABEL;
    return end < WIDEST ? end : WIDEST;
}

static void draw_field(const struct date *date, enum field field, struct ta_surface *surface,
                       int row)
{
    bool chosen = date->field == field;
    struct ta_area value = {row, VALUE, 1, content_end(surface) - VALUE};
    ta_put(surface, row, LABEL - 2, 1, TA_ACCENT, chosen ? "▸" : " ");
    ta_put(surface, row, LABEL, VALUE - LABEL - 1, chosen ? TA_STRONG : TA_PLAIN, labels[field]);
    bool typed = field == FIELD_DATE || field == FIELD_REASON;
    (typed ? draw_text : draw_choice)(date, field, surface, value);
}

/* What is typed as the new date, understood. */
static void say_new_date(const struct date *date, struct ta_text *out)
{
    struct ta_moment to;
    char day[TA_DATE_SIZE];
    char time[TA_DATE_SIZE];
    char distance[TA_DATE_SIZE];
    if (!ta_moment_guess(&to, ta_piece_of(ta_editor_text(&date->text)), date->now)) {
        ta_text_add(out, "Write it as 2026-12-15 10:00, or Tue 10:00.");
        return;
    }
    ta_day_long(day, ta_day_of(to));
    ta_moment_time(time, to);
    ta_day_from(distance, ta_day_of(to), date->today);
    ta_text_addf(out, "→ %s %s, %s", day, time, distance);
}

static void say_notice(const struct date *date, struct ta_text *out)
{
    unsigned hours = ta_meeting_notice(date->question.when, date->now);
    ta_text_addf(out, "That is %u hour%s before.", hours, hours == 1 ? "" : "s");
    if (hours < date->question.notice) {
        ta_text_addf(out, " Your contract asks for %u.", date->question.notice);
    }
}

static void say_hint(const struct date *date, struct ta_text *out)
{
    switch (date->field) {
    case FIELD_WHAT:
        ta_text_add(out, whats[date->what].hint);
        break;
    case FIELD_DATE:
        say_new_date(date, out);
        break;
    case FIELD_REASON:
        ta_text_add(out, "If you wish; both of you read it, and nobody has to give one.");
        break;
    case FIELD_NOTICE:
        ta_text_add(out, "How long before the date the other was told.");
        break;
    default:
        if (date->question.missed) {
            ta_text_add(out, "Nobody is blamed: it shows whether the rhythm suits you both.");
        } else {
            say_notice(date, out);
        }
        break;
    }
}

static void draw_head(const struct date *date, struct ta_surface *surface)
{
    char when[TA_DATE_SIZE];
    char distance[TA_DATE_SIZE];
    struct ta_text left = {0};
    struct ta_text right = {0};
    ta_moment_short(when, date->question.when);
    ta_day_from(distance, ta_day_of(date->question.when), date->today);
    ta_text_addf(&left, "The date of session %u", date->question.session);
    ta_text_addf(&right, "%s, %s", when, distance);
    ta_title(surface, left.bytes, right.bytes);
    ta_text_release(&left);
    ta_text_release(&right);
}

void date_draw(const struct date *date, struct ta_surface *surface)
{
    bool roomy = surface->rows >= ROOMY;
    int row = 2;
    draw_head(date, surface);
    if (date->question.missed && roomy) {
        ta_put(surface, row, LABEL, content_end(surface) - LABEL, TA_PLAIN,
               "It went by without a session. What became of it?");
        row += 2;
    }
    for (enum field field = 0; field < FIELDS; field++) {
        if (date_has_field(date, field)) {
            draw_field(date, field, surface, row);
            row += roomy ? 2 : 1;
        }
    }
    struct ta_text hint = {0};
    say_hint(date, &hint);
    struct ta_area area = {row, VALUE, 3, content_end(surface) - VALUE};
    if (!roomy) {
        area.column = LABEL;
        area.columns = content_end(surface) - LABEL;
    }
    ta_put_wrapped(surface, area, TA_QUIET, hint.bytes ? hint.bytes : "");
    ta_text_release(&hint);
}

#include <stdlib.h>
#include <string.h>

#include "front.h"
#include "line.h"
#include "reading.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/released.h"

static const char file[] = "released.md";

/** "# Session 3, 24 Nov 2026, 47 min" */
static bool read_facts(struct ta_released_session *session, struct ta_piece line)
{
    struct ta_piece part;
    if (!ta_take(&line, "# Session ") ||
        !ta_take_number(&line, TA_NUMBER_MOST, &session->session) || session->session == 0) {
        return false;
    }
    ta_take(&line, ",");
    while (ta_next_part(&line, ',', &part)) {
        struct ta_piece minutes = part;
        unsigned number;
        if (ta_take_number(&minutes, TA_NUMBER_MOST, &number) && ta_piece_is(minutes, " min")) {
            session->minutes = number;
        } else if (session->day.year == 0 &&
                   !ta_day_guess(&session->day, part, (struct ta_day){1, 1, 1})) {
            session->day = (struct ta_day){0};
        }
    }
    return true;
}

static void add(struct ta_summary_lines *lines, char *text)
{
    char **item = ta_append(&lines->items, lines->count++, sizeof *lines->items);
    *item = text;
}

/** Without the backslash that keeps Markdown from taking the beginning for a sign. */
static char *without_backslash(struct ta_piece text)
{
    struct ta_text out = {0};
    size_t digits = 0;
    while (digits < text.length && text.at[digits] >= '0' && text.at[digits] <= '9') {
        digits++;
    }
    bool is_escaped = digits + 1 < text.length && text.at[digits] == '\\' &&
                      (digits == 0 || text.at[digits + 1] == '.' || text.at[digits + 1] == ')');
    ta_text_add_bytes(&out, text.at, digits);
    ta_text_add_bytes(&out, text.at + digits + is_escaped, text.length - digits - is_escaped);
    return ta_text_take(&out);
}

/** Where the entries below a heading belong; NULL: nowhere. */
static struct ta_summary_lines *section_of(struct ta_released_session *session,
                                           struct ta_piece title)
{
    if (ta_piece_is(title, ta_summary_section_title(TA_SUMMARY_PROMISES))) {
        return &session->promises;
    }
    bool asks = ta_piece_is(title, ta_summary_section_title(TA_SUMMARY_QUESTIONS));
    return asks ? &session->questions : NULL;
}

static void read_lines(struct ta_released_session *session, struct ta_piece rest)
{
    struct ta_summary_lines *section = &session->takeaways;
    struct ta_piece line, title;
    while (ta_next_line(&rest, &line)) {
        if (ta_line_level(line, &title) > 0) {
            section = section_of(session, title);
        } else if (ta_take(&line, "- ") && section && ta_piece_trim(line).length > 0) {
            add(section, without_backslash(ta_piece_trim(line)));
        } else if (ta_take(&line, "Promises made: ")) {
            session->has_made = ta_number_read(&session->made, line, 0, TA_NUMBER_MOST);
        } else if (ta_piece_is(line, "Withheld.")) {
            session->withheld = true;
        }
    }
}

bool ta_released_session_read(struct ta_released_session *session, const char *text,
                              struct ta_error *err)
{
    struct ta_piece rest = ta_piece_of(text), line;
    *session = (struct ta_released_session){0};
    if (!ta_front_is_text(rest, file, err)) {
        return false;
    }
    if (!ta_next_line(&rest, &line) || !read_facts(session, line)) {
        return ta_fail(err, TA_DAMAGED,
                       "%s does not begin with its session, as \"# Session 3, 24 Nov 2026, 47 "
                       "min\"; ask the pair to sync again.",
                       file);
    }
    read_lines(session, rest);
    return true;
}

static void release_lines(struct ta_summary_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        free(lines->items[i]);
    }
    free(lines->items);
}

void ta_released_session_release(struct ta_released_session *session)
{
    release_lines(&session->takeaways);
    release_lines(&session->promises);
    release_lines(&session->questions);
    *session = (struct ta_released_session){0};
}

#include <stdlib.h>
#include <string.h>

#include "reading.h"
#include "record_merge.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/record_paper.h"

/** The digits of "session: 3" in the front matter; NULL: there are none. */
static const char *find_value(const char *text)
{
    static const char key[] = "session:";
    struct ta_piece rest = ta_piece_of(text), line;
    bool is_first = true;

    while (ta_next_line(&rest, &line) && (is_first || !ta_piece_is(line, "---"))) {
        is_first = false;
        if (ta_take(&line, key)) {
            line = ta_piece_trim(line);
            return line.length > 0 && *line.at >= '0' && *line.at <= '9' ? line.at : NULL;
        }
    }
    return NULL;
}

/** The digits of "# Session 3: ..." or "# Agenda for session 3", where they are this number. */
static const char *find_title(const char *text, unsigned number)
{
    struct ta_piece rest = ta_piece_of(text), line;
    const char *at = NULL;
    unsigned found = 0;

    while (ta_next_line(&rest, &line) && !ta_take(&line, "# ")) {
    }
    at = ta_piece_find(line, "ession ");
    if (at == NULL) {
        return NULL;
    }
    at += sizeof "ession " - 1;
    line = ta_piece_from(line, at);
    return ta_take_number(&line, TA_NUMBER_MOST, &found) && found == number ? at : NULL;
}

char *ta_session_renumber(const char *text, unsigned session)
{
    const char *at = find_value(text);
    struct ta_piece digits = at != NULL ? ta_piece_of(at) : (struct ta_piece){0};
    unsigned old = 0;
    char *numbered, *titled;

    if (at == NULL || !ta_take_number(&digits, TA_NUMBER_MOST, &old) || old == session) {
        return ta_copy(text);
    }
    numbered = ta_replace_number(ta_piece_of(text), at, session);
    at = find_title(numbered, old);
    if (at == NULL) {
        return numbered;
    }
    titled = ta_replace_number(ta_piece_of(numbered), at, session);
    free(numbered);
    return titled;
}

/* Where a session is referred to */

typedef const char *find_reference(struct ta_piece line);

/** "- M1 2026-11-24T10:00:00+01:00 held as session 3, 47 min" */
static const char *find_held(struct ta_piece line)
{
    static const char held[] = " held as session ";
    const char *at = ta_take(&line, "- M") ? ta_piece_find(line, held) : NULL;

    return at != NULL ? at + sizeof held - 1 : NULL;
}

/** "- [ ] P7 Dana Holt: ask juniors first (due 2026-12-01, session 3)" */
static const char *find_origin(struct ta_piece line)
{
    static const char session[] = "session ";
    const char *open = ta_piece_find_last(line, '(');
    const char *at = open != NULL ? ta_piece_find(ta_piece_from(line, open), session) : NULL;

    return at != NULL && (at[-1] == '(' || at[-1] == ' ') ? at + sizeof session - 1 : NULL;
}

static char *renumber_lines(const char *text, const struct ta_renumberings *sessions,
                            find_reference *find)
{
    struct ta_piece rest = ta_piece_of(text), line;
    struct ta_text out = {0};

    while (ta_take_line(&rest, &line)) {
        const char *at = find(line);
        struct ta_piece digits = at != NULL ? ta_piece_from(line, at) : (struct ta_piece){0};
        unsigned session = 0;

        if (at != NULL && ta_take_number(&digits, TA_NUMBER_MOST, &session)) {
            char *changed = ta_replace_number(line, at, ta_renumbered(sessions, session));

            ta_text_add(&out, changed);
            free(changed);
        } else {
            ta_text_add_bytes(&out, line.at, line.length);
        }
    }
    return ta_text_take(&out);
}

char *ta_renumber_held(const char *meetings, const struct ta_renumberings *sessions)
{
    return renumber_lines(meetings, sessions, find_held);
}

char *ta_renumber_origins(const char *promises, const struct ta_renumberings *sessions)
{
    return renumber_lines(promises, sessions, find_origin);
}

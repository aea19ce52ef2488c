#include <stdlib.h>
#include <string.h>

#include "sources.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/programme.h"
#include "turnabout/desk/record.h"
#include "turnabout/desk/search.h"
#include "turnabout/document/excerpts.h"

const char *ta_hit_slug(const struct ta_hit *hit)
{
    return strchr(hit->source, '/') + 1;
}

bool ta_hit_is_ours(const struct ta_hit *hit)
{
    return strncmp(hit->source, SEARCH_RECORD, strlen(SEARCH_RECORD)) == 0;
}

/* Any row of blanks and line ends is one blank. */
static void flatten(struct ta_text *out, const char *text)
{
    bool blank = true;
    for (const char *at = text; *at != '\0'; at++) {
        bool is_blank = strchr(" \t\r\n", *at) != NULL;
        if (!is_blank || !blank) {
            ta_text_add_bytes(out, is_blank ? " " : at, 1);
        }
        blank = is_blank;
    }
}

/* Where a line begins in which what stands from `place` on is to be seen: at a word, a third of the
 * columns before it. */
static size_t begin_of(const struct ta_text *line, size_t place, int columns)
{
    size_t begin = place;
    size_t before = place;
    while (before > 0 && ta_width(line->bytes + before, place - before) < columns / 3) {
        begin = before;
        before = ta_word_before(line->bytes, line->length, before);
    }
    return before == 0 ? 0 : begin;
}

/* The same, or a word before from where on all of the line can be seen. */
static size_t fill_line(const struct ta_text *line, size_t begin, int columns)
{
    size_t before = begin;
    while (before > 0 && ta_width(line->bytes + before, line->length - before) <= columns) {
        begin = before;
        before = ta_word_before(line->bytes, line->length, before);
    }
    return begin;
}

char *ta_hit_line(const struct ta_hit *hit, const struct ta_sought *sought, int columns)
{
    struct ta_text line = {0};
    struct ta_text cut = {0};
    flatten(&line, hit->excerpt.text);
    struct ta_piece rest = {line.bytes, line.length};
    struct ta_piece place;
    size_t begin = 0;
    if (ta_width(line.bytes, line.length) > columns && ta_sought_next(sought, &rest, &place) &&
        ta_width(line.bytes, (size_t)(place.at + place.length - line.bytes)) >= columns) {
        begin = begin_of(&line, (size_t)(place.at - line.bytes), columns);
        begin = fill_line(&line, begin, columns - 1);
    }
    ta_text_add(&cut, begin > 0 ? "…" : "");
    int room = columns - (begin > 0);
    size_t length = line.length - begin;
    bool whole = ta_width(line.bytes + begin, length) <= room;
    ta_text_add_bytes(&cut, line.bytes + begin,
                      whole ? length : ta_fit(line.bytes + begin, length, room - 1));
    ta_text_add(&cut, whole ? "" : "…");
    ta_text_release(&line);
    return ta_text_take(&cut);
}

static bool record_text(struct ta_desk *desk, const struct ta_hit *hit, char **text,
                        struct ta_error *err)
{
    struct ta_pair pair = {0};
    bool ok = ta_desk_pair(desk, ta_hit_slug(hit), &pair, err) &&
              ta_record_text(desk, &pair, hit->path, text, err);
    ta_pair_release(&pair);
    return ok;
}

struct wanted {
    unsigned session;
    char *text;
};

static void take_wanted(const struct ta_released_row *row, void *data)
{
    struct wanted *wanted = data;
    if (row->session == wanted->session && row->text) {
        wanted->text = ta_copy(row->text);
    }
}

static bool released_text(struct ta_desk *desk, const struct ta_hit *hit, char **text,
                          struct ta_error *err)
{
    struct ta_member member = {0};
    struct wanted wanted = {.session = ta_path_session(hit->path)};
    bool ok = ta_programme_open(desk, err) &&
              ta_store_member(desk->programme, ta_hit_slug(hit), &member, err) &&
              ta_programme_sessions(desk, &member, take_wanted, &wanted, err);
    *text = ok && wanted.session == 0 ? search_pair_paper(&member) : wanted.text;
    ta_member_release(&member);
    return ok;
}

bool ta_hit_text(struct ta_desk *desk, const struct ta_hit *hit, char **text, struct ta_error *err)
{
    *text = NULL;
    return ta_hit_is_ours(hit) ? record_text(desk, hit, text, err)
                               : released_text(desk, hit, text, err);
}

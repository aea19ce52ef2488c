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

/* Where the second part of a line begins in which what stands at `place` is to be seen: at a word,
 * a third of the columns before it, or further back when all to the end fits. */
static size_t begin_of(const struct ta_text *line, size_t place, int columns)
{
    size_t begin = place;
    size_t before = place;
    while (before > 0 && (ta_width(line->bytes + before, place - before) < columns / 3 ||
                          ta_width(line->bytes + before, line->length - before) <= columns)) {
        begin = before;
        before = ta_word_before(line->bytes, line->length, before);
    }
    return begin;
}

/* The first words, as many as fit. */
static size_t words_in(const struct ta_text *line, int columns)
{
    size_t end = 0;
    for (size_t next = ta_word_next(line->bytes, line->length, 0);
         next > end && ta_width(line->bytes, next) <= columns;
         next = ta_word_next(line->bytes, line->length, end)) {
        end = next;
    }
    return end;
}

static void add_rest(struct ta_text *out, const struct ta_text *line, size_t begin, int columns)
{
    size_t length = line->length - begin;
    bool whole = ta_width(line->bytes + begin, length) <= columns;
    ta_text_add_bytes(out, line->bytes + begin,
                      whole ? length : ta_fit(line->bytes + begin, length, columns - 1));
    ta_text_add(out, whole ? "" : "…");
}

/* How it begins, and what was sought: lines that end in the same words are told apart. */
static void add_parts(struct ta_text *out, const struct ta_text *line, size_t place, int columns)
{
    enum { GAP = 2 /* "… " */ };
    size_t head = words_in(line, columns * 2 / 5);
    int room = columns - ta_width(line->bytes, head) - GAP;
    size_t begin = begin_of(line, place, room);
    if (begin > head) {
        ta_text_add_bytes(out, line->bytes, head);
        ta_text_add(out, head > 0 ? "… " : "…");
        add_rest(out, line, begin, room);
    } else {
        add_rest(out, line, 0, columns);
    }
}

char *ta_hit_line(const struct ta_hit *hit, const struct ta_sought *sought, int columns)
{
    struct ta_text line = {0};
    struct ta_text cut = {0};
    flatten(&line, hit->excerpt.text);
    struct ta_piece rest = {line.bytes, line.length};
    struct ta_piece place;
    if (ta_width(line.bytes, line.length) > columns && ta_sought_next(sought, &rest, &place) &&
        ta_width(line.bytes, (size_t)(place.at + place.length - line.bytes)) >= columns) {
        add_parts(&cut, &line, (size_t)(place.at - line.bytes), columns);
    } else {
        add_rest(&cut, &line, 0, columns);
    }
    ta_text_release(&line);
    return ta_text_take(&cut);
}

/* Whose it is */

static struct ta_piece first_word(struct ta_piece name)
{
    struct ta_piece word = name;
    return ta_next_part(&name, ' ', &word) ? word : name;
}

static void say_pair(struct ta_text *out, const struct ta_hit *hit, bool briefly)
{
    struct ta_piece rest = ta_piece_of(hit->names);
    struct ta_piece slug = {0};
    struct ta_piece mentor = {0};
    struct ta_piece mentee = {0};
    (void)(ta_next_line(&rest, &slug) && ta_next_line(&rest, &mentor) &&
           ta_next_line(&rest, &mentee));
    if (mentor.length == 0) {
        ta_text_add(out, ta_hit_slug(hit));
        return;
    }
    mentor = briefly ? first_word(mentor) : mentor;
    ta_text_addf(out, "%.*s ⇄ %.*s", (int)mentor.length, mentor.at, (int)mentee.length, mentee.at);
}

void ta_hit_say_pair(struct ta_text *out, const struct ta_hit *hit)
{
    say_pair(out, hit, false);
}

void ta_hit_say_pair_in(struct ta_text *out, const struct ta_hit *hit, int columns)
{
    struct ta_text whole = {0};
    say_pair(&whole, hit, false);
    if (ta_width(whole.bytes, whole.length) <= columns) {
        ta_text_add_bytes(out, whole.bytes, whole.length);
    } else {
        say_pair(out, hit, true);
    }
    ta_text_release(&whole);
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

#include "turnabout/base/compare.h"

#include <stdlib.h>
#include <string.h>

#include <unictype.h>
#include <unistr.h>
#include <uniwbrk.h>

#include "tokens.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"

enum {
    BUDGET = 20000000, /* steps of the search; a tenth of a second */
    SHARED_LEAST = 4,  /* words are shown one by one when a fourth of the letters stay */
    CONTEXT = 2,       /* lines shown around a change */
};

/* Taking apart */

static void break_lines(unsigned char *breaks, struct ta_piece text)
{
    for (size_t i = 1; i < text.length; i++) {
        breaks[i] = text.at[i - 1] == '\n';
    }
}

static void break_words(unsigned char *breaks, struct ta_piece text)
{
    u8_wordbreaks((const uint8_t *)text.at, text.length, (char *)breaks);
}

static void match_parts(struct matches *matches, struct ta_piece before, struct ta_piece after,
                        void (*break_up)(unsigned char *breaks, struct ta_piece text), long *budget)
{
    unsigned char *one = ta_allocate(before.length + 1, 1);
    unsigned char *other = ta_allocate(after.length + 1, 1);
    break_up(one, before);
    break_up(other, after);
    tokens_match(matches, before, after, one, other, budget);
    free(one);
    free(other);
}

/* What stays of lines that changed */

/* Letters and digits, and whether a line ends in it. */
static size_t count_letters(struct ta_piece text, bool *ends_line)
{
    size_t letters = 0;
    *ends_line = false;
    for (size_t i = 0; i < text.length;) {
        ucs4_t point = 0;
        int length = u8_mbtouc(&point, (const uint8_t *)text.at + i, text.length - i);
        letters += uc_is_alnum(point);
        *ends_line = *ends_line || point == '\n';
        i += (size_t)length;
    }
    return letters;
}

/* Joins those that follow each other in both texts. */
static void add_match(struct matches *matches, struct match match)
{
    struct match *last = matches->count > 0 ? &matches->items[matches->count - 1] : NULL;
    if (last != NULL && last->before + last->length == match.before &&
        last->after + last->length == match.after) {
        last->length += match.length;
    } else if (match.length > 0) {
        matches_add(matches, match);
    }
}

struct gap {
    struct ta_piece before, after;
    size_t from_before, from_after; /* where they stand in the texts */
};

/* A blank or a comma that stays between two words that changed is no news: what changed is shown as
 * one. At the ends of the gap it stands beside what is the same. */
static bool is_noise(const struct matches *words, size_t index, const struct gap *gap)
{
    const struct match *match = &words->items[index];
    bool ends_line;
    bool inner = match->before > 0 && match->after > 0 &&
                 match->before + match->length < gap->before.length &&
                 match->after + match->length < gap->after.length;
    struct ta_piece text = {gap->before.at + match->before, match->length};
    return inner && count_letters(text, &ends_line) == 0 && !ends_line;
}

static bool is_much(const struct matches *words, const struct gap *gap)
{
    bool ends_line;
    size_t shared = 0;
    size_t one = count_letters(gap->before, &ends_line);
    size_t other = count_letters(gap->after, &ends_line);
    for (size_t i = 0; i < words->count; i++) {
        struct ta_piece text = {gap->before.at + words->items[i].before, words->items[i].length};
        shared += count_letters(text, &ends_line);
    }
    return shared * SHARED_LEAST >= (one > other ? one : other);
}

static void match_gap(struct matches *matches, const struct gap *gap, long *budget)
{
    struct matches found = {0};
    struct matches words = {0};
    match_parts(&found, gap->before, gap->after, break_words, budget);
    for (size_t i = 0; i < found.count; i++) {
        add_match(&words, found.items[i]);
    }
    bool much = is_much(&words, gap);
    for (size_t i = 0; much && i < words.count; i++) {
        const struct match *match = &words.items[i];
        if (!is_noise(&words, i, gap)) {
            add_match(matches, (struct match){gap->from_before + match->before,
                                              gap->from_after + match->after, match->length});
        }
    }
    free(found.items);
    free(words.items);
}

/* Where a line end stands in what changed before a match; NULL: nowhere. */
static const char *line_end_in(struct ta_piece text, size_t from, size_t to)
{
    return to > from ? memchr(text.at + from, '\n', to - from) : NULL;
}

/* A line that changed, and lines that came behind it, may end in the same line end: then it is the
 * first of them that ends in it, and those that came are whole. The same for lines that went. */
static void add_settled(struct matches *matches, struct match match, struct ta_piece before,
                        struct ta_piece after)
{
    const struct match *last = matches->count > 0 ? &matches->items[matches->count - 1] : NULL;
    size_t one = last != NULL ? last->before + last->length : 0;
    size_t other = last != NULL ? last->after + last->length : 0;
    const char *gone = line_end_in(before, one, match.before);
    const char *new = line_end_in(after, other, match.after);
    bool began =
        (one > 0 && before.at[one - 1] != '\n') || (one < match.before && other < match.after);
    if (match.length > 0 && before.at[match.before] == '\n' && began &&
        (gone != NULL) != (new != NULL)) {
        size_t from = gone != NULL ? (size_t)(gone - before.at) : match.before;
        size_t to = new != NULL ? (size_t)(new - after.at) : match.after;
        matches_add(matches, (struct match){from, to, 1});
        match = (struct match){match.before + 1, match.after + 1, match.length - 1};
    }
    add_match(matches, match);
}

/* Runs */

static void add_run(struct ta_runs *runs, enum ta_word_change change, const char *at, size_t length)
{
    if (length > 0) {
        struct ta_run *run = ta_append(&runs->items, runs->count++, sizeof *runs->items);
        *run = (struct ta_run){change, {at, length}};
    }
}

static void make_runs(struct ta_runs *runs, const struct matches *matches, struct ta_piece before,
                      struct ta_piece after)
{
    size_t one = 0;
    size_t other = 0;
    for (size_t i = 0; i <= matches->count; i++) {
        struct match end = {before.length, after.length, 0};
        const struct match *match = i < matches->count ? &matches->items[i] : &end;
        add_run(runs, TA_CHANGE_GONE, before.at + one, match->before - one);
        add_run(runs, TA_CHANGE_NEW, after.at + other, match->after - other);
        add_run(runs, TA_CHANGE_NONE, after.at + match->after, match->length);
        one = match->before + match->length;
        other = match->after + match->length;
    }
}

static void match_between(struct matches *matches, const struct match *from, const struct match *to,
                          struct ta_piece before, struct ta_piece after, long *budget)
{
    size_t one = from->before + from->length;
    size_t other = from->after + from->length;
    struct gap gap = {.before = {before.at + one, to->before - one},
                      .after = {after.at + other, to->after - other},
                      .from_before = one,
                      .from_after = other};
    if (gap.before.length > 0 && gap.after.length > 0) {
        match_gap(matches, &gap, budget);
    }
}

void ta_compare(struct ta_runs *runs, struct ta_piece before, struct ta_piece after)
{
    long budget = BUDGET;
    struct matches lines = {0};
    struct matches all = {0};
    struct match last = {0};
    bool is_text =
        ta_utf8_is_valid(before.at, before.length) && ta_utf8_is_valid(after.at, after.length);
    match_parts(&lines, before, after, break_lines, &budget);
    for (size_t i = 0; i <= lines.count; i++) {
        struct match end = {before.length, after.length, 0};
        const struct match *match = i < lines.count ? &lines.items[i] : &end;
        if (is_text) {
            match_between(&all, &last, match, before, after, &budget);
        }
        add_match(&all, *match);
        last = *match;
    }
    struct matches settled = {0};
    for (size_t i = 0; i < all.count; i++) {
        add_settled(&settled, all.items[i], before, after);
    }
    make_runs(runs, &settled, before, after);
    free(settled.items);
    free(lines.items);
    free(all.items);
}

void ta_runs_release(struct ta_runs *runs)
{
    free(runs->items);
    *runs = (struct ta_runs){0};
}

/* Lines */

/* A line that is being put together. */
struct making {
    struct ta_comparison *comparison;
    struct ta_compared_line line;
    bool same, gone, new; /* what is in it, its end included */
};

static void end_line(struct making *making)
{
    struct ta_comparison *comparison = making->comparison;
    int kinds = making->same + making->gone + making->new;
    making->line.change = kinds > 1      ? TA_CHANGE_BOTH
                          : making->gone ? TA_CHANGE_GONE
                          : making->new  ? TA_CHANGE_NEW
                                         : TA_CHANGE_NONE;
    comparison->differs = comparison->differs || making->gone || making->new;
    *(struct ta_compared_line *)ta_append(&comparison->lines, comparison->line_count++,
                                          sizeof *comparison->lines) = making->line;
    *making = (struct making){.comparison = comparison, .line = {.first = comparison->runs.count}};
}

static void add_part(struct making *making, enum ta_word_change change, struct ta_piece text)
{
    add_run(&making->comparison->runs, change, text.at, text.length);
    making->line.count = making->comparison->runs.count - making->line.first;
    making->same = making->same || change == TA_CHANGE_NONE;
    making->gone = making->gone || change == TA_CHANGE_GONE;
    making->new = making->new || change == TA_CHANGE_NEW;
}

/* A run up to the end of the line, and the end: of a line that is there in both texts but for its
 * end, a sign shows that. */
static void add_run_to_lines(struct making *making, const struct ta_run *run)
{
    struct ta_piece rest = run->text;
    while (rest.length > 0) {
        const char *feed = memchr(rest.at, '\n', rest.length);
        size_t length = feed != NULL ? (size_t)(feed - rest.at) : rest.length;
        add_part(making, run->change, (struct ta_piece){rest.at, length});
        rest.at += length;
        rest.length -= length;
        if (feed != NULL) {
            bool mixed = making->same + making->gone + making->new > 1;
            if (mixed && run->change != TA_CHANGE_NONE && making->same) {
                add_part(making, run->change, ta_piece_of("↵"));
            }
            rest.at++;
            rest.length--;
            end_line(making);
        }
    }
}

static void end_text(struct ta_text *text, const char *string)
{
    ta_text_add(text, string);
    if (text->length > 0 && text->bytes[text->length - 1] != '\n') {
        ta_text_add(text, "\n");
    }
}

void ta_compare_lines(struct ta_comparison *comparison, const char *before, const char *after)
{
    struct ta_runs runs = {0};
    *comparison = (struct ta_comparison){0};
    end_text(&comparison->before, before);
    end_text(&comparison->after, after);
    ta_compare(&runs, (struct ta_piece){comparison->before.bytes, comparison->before.length},
               (struct ta_piece){comparison->after.bytes, comparison->after.length});
    struct making making = {.comparison = comparison};
    for (size_t i = 0; i < runs.count; i++) {
        add_run_to_lines(&making, &runs.items[i]);
    }
    ta_runs_release(&runs);
}

void ta_comparison_release(struct ta_comparison *comparison)
{
    ta_runs_release(&comparison->runs);
    free(comparison->lines);
    ta_text_release(&comparison->before);
    ta_text_release(&comparison->after);
    *comparison = (struct ta_comparison){0};
}

/* What is shown */

static bool is_changed(const struct ta_comparison *comparison, size_t line)
{
    return comparison->lines[line].change != TA_CHANGE_NONE;
}

static bool is_heading(const struct ta_comparison *comparison, size_t line)
{
    const struct ta_compared_line *item = &comparison->lines[line];
    return item->count > 0 && comparison->runs.items[item->first].text.at[0] == '#';
}

static bool is_near(const struct ta_comparison *comparison, size_t line)
{
    size_t from = line > CONTEXT ? line - CONTEXT : 0;
    for (size_t i = from; i < comparison->line_count && i <= line + CONTEXT; i++) {
        if (is_changed(comparison, i)) {
            return true;
        }
    }
    if (!is_heading(comparison, line)) {
        return false;
    }
    for (size_t i = line + 1; i < comparison->line_count && !is_heading(comparison, i); i++) {
        if (is_changed(comparison, i)) {
            return true;
        }
    }
    return false;
}

/* A line of its own between two that are shown takes no more room than saying that it is not. */
bool ta_comparison_shows(const struct ta_comparison *comparison, size_t line)
{
    return is_near(comparison, line) ||
           (line > 0 && line + 1 < comparison->line_count && is_near(comparison, line - 1) &&
            is_near(comparison, line + 1));
}

void ta_compared_write(struct ta_text *out, const struct ta_comparison *comparison,
                       const struct ta_compared_line *line)
{
    static const struct {
        const char *before, *after;
    } signs[] = {[TA_CHANGE_NONE] = {"", ""},
                 [TA_CHANGE_GONE] = {"[-", "-]"},
                 [TA_CHANGE_NEW] = {"{+", "+}"}};
    bool signed_each = line->change == TA_CHANGE_BOTH;
    ta_text_add(out, "");
    for (size_t i = 0; i < line->count; i++) {
        const struct ta_run *run = &comparison->runs.items[line->first + i];
        ta_text_add(out, signed_each ? signs[run->change].before : "");
        ta_text_add_bytes(out, run->text.at, run->text.length);
        ta_text_add(out, signed_each ? signs[run->change].after : "");
    }
}

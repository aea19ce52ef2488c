#include <stdlib.h>
#include <string.h>

#include "plain.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/released.h"

/* Composing */

/** Takes the text over. */
static void add(struct ta_released_lines *lines, enum ta_released_kind kind, char *text)
{
    struct ta_released_line *line = ta_append(&lines->items, lines->count++, sizeof *lines->items);
    *line = (struct ta_released_line){.kind = kind, .text = text};
}

static void add_fact(struct ta_released_lines *lines, const struct ta_summary *summary)
{
    char day[TA_DATE_SIZE];
    struct ta_text fact = {0};
    ta_text_addf(&fact, "# Session %u", summary->session);
    if (summary->held.instant != 0) {
        ta_day_short(day, ta_day_of(summary->held), (struct ta_day){0});
        ta_text_addf(&fact, ", %s", day);
    }
    if (summary->lasted > 0) {
        ta_text_addf(&fact, ", %u min", summary->lasted);
    }
    add(lines, TA_RELEASED_FACT, ta_text_take(&fact));
}

/** Whether the text begins as an entry of a list does, or is a rule across the page. */
static bool is_mark(const char *text)
{
    bool is_entry = strchr("-+*", *text) && (text[1] == ' ' || text[1] == '\0');
    return is_entry || text[strspn(text, "-*_ ")] == '\0';
}

/** How many bytes at the beginning Markdown could take for the sign of a heading, a list, a quote,
 *  code, a rule or HTML: a backslash stands before the last of them. */
static size_t sign_at(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    if (digits > 0) {
        return text[digits] == '.' || text[digits] == ')' ? digits + 1 : 0;
    }
    return *text != '\0' && (strchr("#>~`<\\", *text) || is_mark(text)) ? 1 : 0;
}

static void add_entry(struct ta_released_lines *lines, const char *said)
{
    char *plain = plain_copy(said);
    size_t sign = sign_at(plain);
    struct ta_text entry = {0};
    ta_text_add(&entry, "- ");
    if (sign > 0) {
        ta_text_add_bytes(&entry, plain, sign - 1);
        ta_text_add(&entry, "\\");
        ta_text_add(&entry, plain + sign - 1);
    } else {
        ta_text_add(&entry, plain);
    }
    if (*plain != '\0') {
        add(lines, TA_RELEASED_ENTRY, ta_text_take(&entry));
    }
    ta_text_release(&entry);
    free(plain);
}

static void add_entries(struct ta_released_lines *lines, const struct ta_summary_lines *said)
{
    for (size_t i = 0; i < said->count; i++) {
        add_entry(lines, said->items[i]);
    }
}

static void add_heading(struct ta_released_lines *lines, enum ta_summary_section section)
{
    struct ta_text heading = {0};
    ta_text_addf(&heading, "## %s", ta_summary_section_title(section));
    add(lines, TA_RELEASED_HEADING, ta_text_take(&heading));
}

static void add_count(struct ta_released_lines *lines, size_t made)
{
    struct ta_text count = {0};
    if (made > 0) {
        ta_text_addf(&count, "Promises made: %zu", made);
        add(lines, TA_RELEASED_COUNT, ta_text_take(&count));
    }
}

static void add_promise(struct ta_released_lines *lines, const struct ta_promise *promise,
                        const struct ta_person person[TA_ROLES])
{
    struct ta_text said = {0};
    const char *owner = promise->owner < TA_ROLES ? person[promise->owner].name : promise->named;
    if (owner && *owner != '\0') {
        ta_text_addf(&said, "%s: ", owner);
    }
    ta_text_add(&said, promise->text);
    if (promise->due.year != 0) {
        char due[TA_DATE_SIZE];
        ta_day_write(due, promise->due);
        ta_text_addf(&said, " (due %s)", due);
    }
    add_entry(lines, said.bytes);
    ta_text_release(&said);
}

static void add_sections(struct ta_released_lines *lines, const struct ta_summary *summary,
                         const struct ta_person person[TA_ROLES])
{
    const struct ta_summary_lines *questions = &summary->lines[TA_SUMMARY_QUESTIONS];
    if (summary->promises.count > 0) {
        add_heading(lines, TA_SUMMARY_PROMISES);
    }
    for (size_t i = 0; i < summary->promises.count; i++) {
        add_promise(lines, &summary->promises.items[i], person);
    }
    if (questions->count > 0) {
        add_heading(lines, TA_SUMMARY_QUESTIONS);
    }
    add_entries(lines, questions);
}

void ta_released_compose(struct ta_released_lines *lines, const struct ta_summary *summary,
                         const struct ta_person person[TA_ROLES], enum ta_shared level)
{
    *lines = (struct ta_released_lines){0};
    add_fact(lines, summary);
    if (level < TA_SHARED_TAKEAWAYS) {
        return;
    }
    add_entries(lines, &summary->lines[TA_SUMMARY_TAKEAWAYS]);
    add(lines, TA_RELEASED_BLANK, ta_copy(""));
    if (level == TA_SHARED_TAKEAWAYS) {
        add_count(lines, summary->promises.count);
    } else {
        add_sections(lines, summary, person);
    }
    ta_released_strike(lines, &(struct ta_release){0});
}

/* Striking */

void ta_released_digest(char digest[TA_DIGEST_SIZE], const struct ta_released_line *line)
{
    ta_digest(digest, line->text, strlen(line->text));
}

static bool may_be_struck(const struct ta_released_line *line)
{
    return line->kind != TA_RELEASED_FACT && line->kind != TA_RELEASED_BLANK;
}

static void mark_lines(struct ta_released_lines *lines, const struct ta_release *release)
{
    bool section = false;
    for (size_t i = 0; i < lines->count; i++) {
        struct ta_released_line *line = &lines->items[i];
        char digest[TA_DIGEST_SIZE];
        ta_released_digest(digest, line);
        line->itself = may_be_struck(line) && ta_release_is_struck(release, digest);
        section = line->kind == TA_RELEASED_HEADING ? line->itself
                                                    : section && line->kind == TA_RELEASED_ENTRY;
        line->struck = line->itself || section;
    }
}

/** A heading without a line below it says nothing, nor does a blank line before nothing. */
static void mark_empty(struct ta_released_lines *lines)
{
    bool any = false, below = false;
    for (size_t i = lines->count; i-- > 0;) {
        struct ta_released_line *line = &lines->items[i];
        if (line->kind == TA_RELEASED_HEADING) {
            line->struck = line->struck || !below;
        } else if (line->kind == TA_RELEASED_BLANK) {
            line->struck = !any;
        }
        any = any || !line->struck;
        below = line->kind == TA_RELEASED_ENTRY && (below || !line->struck);
    }
}

void ta_released_strike(struct ta_released_lines *lines, const struct ta_release *release)
{
    mark_lines(lines, release);
    mark_empty(lines);
}

/* Texts */

char *ta_released_text(const struct ta_released_lines *lines)
{
    struct ta_text text = {0};
    for (size_t i = 0; i < lines->count; i++) {
        if (!lines->items[i].struck) {
            ta_text_addf(&text, "%s\n", lines->items[i].text);
        }
    }
    return ta_text_take(&text);
}

char *ta_released_withheld(const struct ta_released_lines *lines)
{
    struct ta_text text = {0};
    ta_text_addf(&text, "%s\n\nWithheld.\n", lines->items[0].text);
    return ta_text_take(&text);
}

void ta_released_lines_release(struct ta_released_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        free(lines->items[i].text);
    }
    free(lines->items);
    *lines = (struct ta_released_lines){0};
}

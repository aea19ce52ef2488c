/**
 * A document as its lines: Markdown with front matter that two people may edit by hand.
 *
 * Invariants: writing what was read gives the same bytes. Changing one value or one section leaves
 * every other line as it was, byte for byte, known or not. The front matter is the block of
 * `key: value` lines between two lines of three hyphens at the very beginning (a reader of our own,
 * because YAML libraries drop comments and refuse `title: Foo: bar`). A section is a heading line
 * `## Title` and the lines behind it up to the next heading of the same or a higher level; lines in
 * fenced code are never headings, nor are indented lines: they belong to a list entry. New lines
 * take the line end of the document (LF, else CR LF when its first line has it).
 */
#ifndef TURNABOUT_DOCUMENT_PAPER_H
#define TURNABOUT_DOCUMENT_PAPER_H

#include <stdbool.h>
#include <stddef.h>

#include "turnabout/base/error.h"
#include "turnabout/base/text.h"

enum { TA_PAPER_LARGEST = 4 * 1024 * 1024 }; /**< bytes of a document that is read at all */

struct ta_paper {
    char **lines; /**< each with its own line end */
    size_t count;
    size_t front; /**< lines of the front matter, fences included; 0: none */
};

/** TA_DAMAGED: not UTF-8, too large, or a front matter that never ends. `name` is for the sentence.
 */
bool ta_paper_read(struct ta_paper *paper, const char *text, const char *name,
                   struct ta_error *err);
/**
 * The same, and checks `turnabout: kind/N` in the front matter. TA_DAMAGED also: absent or another
 * kind; a newer N says that a newer Turnabout wrote it and must read it. Nothing is left to release
 * when it is false.
 */
bool ta_paper_read_kind(struct ta_paper *paper, const char *text, const char *kind,
                        unsigned version, const char *name, struct ta_error *err);
/** The whole text; free with free(). */
char *ta_paper_text(const struct ta_paper *paper);
void ta_paper_release(struct ta_paper *paper);

/** The value of a front matter key, trimmed, one pair of double quotes taken off; empty when
 * absent. Points into the paper. */
struct ta_piece ta_paper_value(const struct ta_paper *paper, const char *key);
/** Changes one line, or adds it at the end of the front matter. */
void ta_paper_set_value(struct ta_paper *paper, const char *key, const char *value);

/** ta_paper_text() and ta_paper_release() in one. */
char *ta_paper_take(struct ta_paper *paper);

/** Where a section's lines stand: from `first`, `count` of them, its heading not among them. */
struct ta_span {
    size_t first, count;
};

/** The first section with this title (compared exactly, trimmed). False: there is none. */
bool ta_paper_section(const struct ta_paper *paper, const char *title, struct ta_span *span);
/** The first with this title from a line on that no section holds: 0, or where another ended. */
bool ta_paper_next_section(const struct ta_paper *paper, const char *title, size_t from,
                           struct ta_span *span);

/**
 * Replaces the lines of a section by `body` (any number of lines, or ""), kept apart from the
 * headings by one blank line; adds the section at the end of the document when it is not there. A
 * line of `body` that would begin another section gets a backslash before it, and fenced code that
 * is left open is closed.
 */
void ta_paper_set_section(struct ta_paper *paper, const char *title, const char *body);

/**
 * Adds a section that is not there in its place among its neighbours: `titles` are `count` titles
 * in their order, `which` of them is the new one. It stands behind the last of those before it,
 * else before the first of those after it, else at the end.
 */
void ta_paper_add_section(struct ta_paper *paper, const char *const *titles, size_t count,
                          size_t which, const char *body);
/** Takes a section away with its heading. Nothing when it is not there. */
void ta_paper_remove_section(struct ta_paper *paper, const char *title);
/** Takes all sections with this title away but the first. */
void ta_paper_remove_repeated(struct ta_paper *paper, const char *title);

/** The text of a section without blank lines at its ends, its line ends LF. Free with free(). ""
 *  when absent. */
char *ta_paper_section_text(const struct ta_paper *paper, const char *title);

/** Replaces `count` lines from `first` by the lines of `body`. */
void ta_paper_replace(struct ta_paper *paper, struct ta_span span, const char *body);

/**
 * The next list entry ("- ", "* ", "+ " or "1. ", with its indented continuation lines) within a
 * span: `entry` is where it stands, `text` its text without the marker, continuation lines joined
 * by one line feed and without their indent (free with free()). Advances `span` behind it.
 */
bool ta_paper_next_entry(const struct ta_paper *paper, struct ta_span *span, struct ta_span *entry,
                         char **text);

#endif

#include "turnabout/document/deck_paper.h"

#include <stdlib.h>

#include "front.h"
#include "line.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/document/paper.h"

enum { PROMPT_LONGEST = 500 /* bytes: it becomes the title of an item */ };

static bool read_title(struct ta_deck *deck, const struct ta_paper *paper, const char *file,
                       struct ta_error *err)
{
    struct ta_piece title = ta_paper_value(paper, "title");
    struct ta_piece about = ta_paper_value(paper, "about");
    if (title.length == 0) {
        return ta_fail(err, TA_DAMAGED,
                       "%s has no title; its front matter needs a line such as \"title: Who gets "
                       "heard\".",
                       file);
    }
    if (!ta_is_line(title) || !ta_is_line(about)) {
        return ta_fail(err, TA_DAMAGED,
                       "%s has control characters in its title or in what it is about; take them "
                       "out.",
                       file);
    }
    deck->title = ta_piece_copy(title);
    deck->about = ta_piece_copy(about);
    return true;
}

static bool read_front(struct ta_deck *deck, const struct ta_paper *paper, const char *file,
                       struct ta_error *err)
{
    struct ta_piece kind = ta_paper_value(paper, "turnabout");
    struct ta_piece when = ta_paper_value(paper, "when");
    if (kind.length > 0 && !ta_front_check_kind(kind, "deck", 1, file, err)) {
        return false;
    }
    if (when.length > 0 && !ta_arc_find(&deck->when, when)) {
        return ta_fail(err, TA_DAMAGED,
                       "%s says \"when: %.*s\"; write first, middle, last or any there.", file,
                       when.length < 40 ? (int)when.length : 40, when.at);
    }
    return read_title(deck, paper, file, err);
}

static bool add_prompt(struct ta_deck *deck, const char *entry, const char *file,
                       struct ta_error *err)
{
    struct ta_piece rest = ta_piece_of(entry);
    struct ta_piece text = {0};
    ta_next_line(&rest, &text);
    text = ta_piece_trim(text);
    rest = ta_piece_trim(rest);
    if (deck->count == TA_DECK_PROMPTS_MOST) {
        return ta_fail(err, TA_DAMAGED, "%s has more than %d prompts; make two decks of it.", file,
                       TA_DECK_PROMPTS_MOST);
    }
    if (text.length == 0 || text.length > PROMPT_LONGEST || !ta_is_line(text) ||
        !ta_is_prose(rest)) {
        return ta_fail(err, TA_DAMAGED,
                       "Prompt %zu of %s is empty, too long or holds control characters; change "
                       "it.",
                       deck->count + 1, file);
    }
    struct ta_prompt *prompt = ta_append(&deck->items, deck->count++, sizeof *prompt);
    prompt->text = ta_piece_copy(text);
    prompt->note = rest.length > 0 ? ta_piece_copy(rest) : NULL;
    return true;
}

/* What stands between the front matter and the first prompt, without headings; a paragraph is a
 * line, however it was wrapped. */
static void read_note(struct ta_deck *deck, const struct ta_paper *paper, size_t end)
{
    struct ta_text note = {0};
    for (size_t at = paper->front; at < end; at++) {
        struct ta_piece line = ta_piece_trim(ta_piece_of(paper->lines[at]));
        if (ta_line_level(line, NULL) == 0) {
            const char *gap = note.length == 0 || note.bytes[note.length - 1] == '\n' ? "" : " ";
            ta_text_add(&note, line.length > 0 ? gap : "\n");
            ta_text_add_bytes(&note, line.at, line.length);
        }
    }
    struct ta_piece text = ta_piece_trim((struct ta_piece){note.bytes, note.length});
    deck->note = text.length > 0 && ta_is_prose(text) ? ta_piece_copy(text) : NULL;
    ta_text_release(&note);
}

static bool read_prompts(struct ta_deck *deck, const struct ta_paper *paper, const char *file,
                         struct ta_error *err)
{
    struct ta_span rest = {paper->front, paper->count - paper->front};
    struct ta_span entry;
    char *text;
    bool ok = true;
    while (ok && ta_paper_next_entry(paper, &rest, &entry, &text)) {
        if (deck->count == 0) {
            read_note(deck, paper, entry.first);
        }
        ok = add_prompt(deck, text, file, err);
        free(text);
    }
    return ok && (deck->count > 0 ||
                  ta_fail(err, TA_DAMAGED,
                          "%s has no prompt; write them as a list, a line \"1. ...\" each.", file));
}

bool ta_deck_read(struct ta_deck *deck, const char *name, const char *text, const char *file,
                  struct ta_error *err)
{
    struct ta_paper paper;
    *deck = (struct ta_deck){0};
    if (!ta_paper_read(&paper, text, file, err)) {
        return false;
    }
    deck->name = ta_copy(name);
    bool ok = read_front(deck, &paper, file, err) && read_prompts(deck, &paper, file, err);
    if (!ok) {
        ta_deck_release(deck);
    }
    ta_paper_release(&paper);
    return ok;
}

void ta_deck_release(struct ta_deck *deck)
{
    for (size_t i = 0; i < deck->count; i++) {
        free(deck->items[i].text);
        free(deck->items[i].note);
    }
    free(deck->items);
    free(deck->name);
    free(deck->title);
    free(deck->about);
    free(deck->note);
    *deck = (struct ta_deck){0};
}

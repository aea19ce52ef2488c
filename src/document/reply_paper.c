#include "turnabout/document/reply_paper.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/document/paper.h"

static const char kind[] = "reply";
static const char file[] = "reply.md";

static bool is_heading(const char *line)
{
    return strncmp(line, "# ", 2) == 0;
}

static bool is_blank(const char *line)
{
    return line[strspn(line, " \t\r\n")] == '\0';
}

/* The lines behind the front matter and, when it is the first thing there, the heading. */
static struct ta_span words_of(const struct ta_paper *paper)
{
    size_t first = paper->front;
    while (first < paper->count && is_blank(paper->lines[first])) {
        first++;
    }
    bool headed = first < paper->count && is_heading(paper->lines[first]);
    first = headed ? first + 1 : paper->front;
    return (struct ta_span){first, paper->count - first};
}

bool ta_reply_paper_read(char **words, const char *text, struct ta_error *err)
{
    struct ta_paper paper;
    *words = NULL;
    if (!ta_paper_read_kind(&paper, text, kind, 1, file, err)) {
        return false;
    }
    struct ta_span span = words_of(&paper);
    struct ta_text all = {0};
    for (size_t i = 0; i < span.count; i++) {
        ta_text_add(&all, paper.lines[span.first + i]);
    }
    *words = ta_piece_copy(ta_piece_trim((struct ta_piece){all.bytes, all.length}));
    ta_text_release(&all);
    ta_paper_release(&paper);
    return true;
}

static char *empty_paper(unsigned session)
{
    struct ta_text text = {0};
    ta_text_addf(&text, "---\nturnabout: %s/1\nsession: %u\n---\n# Reply to session %u\n", kind,
                 session, session);
    return ta_text_take(&text);
}

bool ta_reply_paper_set(char **out, const char *text, unsigned session, const char *words,
                        struct ta_error *err)
{
    struct ta_paper paper;
    char *empty = text == NULL ? empty_paper(session) : NULL;
    bool ok = ta_paper_read_kind(&paper, text != NULL ? text : empty, kind, 1, file, err);
    if (ok) {
        struct ta_text body = {0};
        struct ta_piece trimmed = ta_piece_trim(ta_piece_of(words));
        ta_text_addf(&body, "\n%.*s\n", (int)trimmed.length, trimmed.at);
        ta_paper_replace(&paper, words_of(&paper), body.bytes);
        *out = ta_paper_take(&paper);
        ta_text_release(&body);
    }
    free(empty);
    return ok;
}

struct ta_piece ta_reply_first_line(const char *words)
{
    static const char signs[] = "#>*-+ \t";
    struct ta_piece rest = ta_piece_of(words);
    struct ta_piece line;
    while (ta_next_line(&rest, &line)) {
        while (line.length > 0 && strchr(signs, line.at[0]) != NULL) {
            line = (struct ta_piece){line.at + 1, line.length - 1};
        }
        line = ta_piece_trim(line);
        if (line.length > 0) {
            return line;
        }
    }
    return (struct ta_piece){0};
}

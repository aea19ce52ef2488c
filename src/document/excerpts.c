#include "turnabout/document/excerpts.h"

#include <stdlib.h>
#include <string.h>

#include "front.h"
#include "line.h"
#include "reading.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/domain/agenda.h"

struct document;

/* A list entry, a paragraph, or in a contract all that stands under a heading. */
struct block {
    struct ta_text text;
    size_t line;
    bool entry;
};

/* What is done with the parts of a document of one name. */
struct searched {
    const char *name;
    const char *kind; /* of its front matter; NULL: it has none */
    void (*head)(struct document *document, struct ta_piece front);
    void (*title)(struct document *document, struct ta_piece title); /* NULL: it says nothing */
    void (*block)(struct document *document, struct block *block);
    bool by_section; /* a block is all that stands under a heading */
};

struct document {
    const struct searched *searched;
    struct ta_excerpts *excerpts;
    unsigned session;
    struct ta_day day;
    struct ta_piece rest;
    struct ta_fence fence;
    size_t line;             /* the next one */
    struct ta_piece section; /* the heading above */
};

static void add(struct document *document, enum ta_excerpt_kind kind, size_t line,
                struct ta_piece text)
{
    struct ta_excerpt excerpt = {kind, document->session, document->day, line,
                                 ta_piece_copy(ta_piece_trim(text))};
    ta_excerpts_add(document->excerpts, &excerpt);
}

static struct ta_piece text_of(const struct block *block)
{
    return ta_piece_trim((struct ta_piece){block->text.bytes, block->text.length});
}

/* The value of a key; `line`, when wanted, is where it stands. */
static struct ta_piece value_of(struct ta_piece front, const char *key, size_t *line)
{
    struct ta_piece each;
    struct ta_piece value = {0};
    for (size_t at = 0; ta_take_line(&front, &each); at++) {
        if (ta_front_line(each, key, &value)) {
            if (line) {
                *line = at;
            }
            return value;
        }
    }
    return (struct ta_piece){0};
}

/* sessions/NN/summary.md */

static void summary_head(struct document *document, struct ta_piece front)
{
    struct ta_moment held;
    if (ta_moment_read(&held, value_of(front, "held", NULL))) {
        document->day = ta_day_of(held);
    }
}

/* "Session 3: Who speaks first" */
static void summary_title(struct document *document, struct ta_piece title)
{
    const char *colon = ta_piece_find(title, ":");
    if (ta_piece_starts(title, "Session ") && colon) {
        title = ta_piece_from(title, colon + 1);
    }
    add(document, TA_EXCERPT_SESSION, document->line, title);
}

static const struct {
    const char *title;
    enum ta_excerpt_kind kind;
} sections[] = {
    {"Takeaways", TA_EXCERPT_TAKEAWAY},
    {"Differences", TA_EXCERPT_DIFFERENCE},
    {"Promises", TA_EXCERPT_PROMISE},
    {"Questions", TA_EXCERPT_QUESTION},
};

static enum ta_excerpt_kind kind_of_section(struct ta_piece title)
{
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        if (ta_piece_is(title, sections[i].title)) {
            return sections[i].kind;
        }
    }
    return TA_EXCERPT_NOTE;
}

/* "19:30 Example from the Lisbon launch" */
static struct ta_piece without_time(struct ta_piece text)
{
    struct ta_piece rest = text;
    struct ta_piece word = ta_take_word(&rest);
    struct ta_piece time = word;
    bool digits = word.length > 0 && memchr(word.at, ':', word.length);
    for (; digits && time.length > 0; time = ta_piece_from(time, time.at + 1)) {
        digits = *time.at == ':' || (*time.at >= '0' && *time.at <= '9');
    }
    return digits ? rest : text;
}

/* A promise is found in promises.md, which knows what became of it. */
static void summary_block(struct document *document, struct block *block)
{
    enum ta_excerpt_kind kind = kind_of_section(document->section);
    struct ta_piece text = text_of(block);
    if (kind != TA_EXCERPT_PROMISE) {
        add(document, kind, block->line, kind == TA_EXCERPT_NOTE ? without_time(text) : text);
    }
}

/* sessions/NN/agenda.md */

static void agenda_block(struct document *document, struct block *block)
{
    struct ta_piece text = text_of(block);
    const char *end = text.length > 0 ? memchr(text.at, '\n', text.length) : NULL;
    struct ta_piece title = end ? ta_piece_before(text, end) : text;
    unsigned minutes;
    if (!block->entry) {
        return;
    }
    (void)ta_agenda_take_minutes(&title, &minutes);
    char *word = ta_piece_copy(title);
    struct ta_text whole = {0};
    ta_text_add(&whole, word);
    if (end) {
        ta_text_add_bytes(&whole, end, (size_t)(text.at + text.length - end));
    }
    if (end || !ta_agenda_is_usual(word)) {
        add(document, TA_EXCERPT_AGENDA, block->line, (struct ta_piece){whole.bytes, whole.length});
    }
    ta_text_release(&whole);
    free(word);
}

/* sessions/NN/reply.md */

static void reply_block(struct document *document, struct block *block)
{
    add(document, TA_EXCERPT_REPLY, block->line, text_of(block));
}

/* contract.md, contract-proposed.md */

/* "Off-limits: health; family" */
static void contract_block(struct document *document, struct block *block)
{
    struct ta_piece rest = text_of(block);
    struct ta_piece line;
    struct ta_marker marker;
    struct ta_text whole = {0};
    if (document->section.length == 0 || rest.length == 0) {
        return;
    }
    ta_text_add_bytes(&whole, document->section.at, document->section.length);
    for (size_t i = 0; ta_next_line(&rest, &line); i++) {
        bool entry = ta_line_marker(&marker, line);
        ta_text_add(&whole, i == 0 ? ": " : entry ? "; " : " ");
        line = entry ? ta_piece_from(line, line.at + marker.text) : line;
        ta_text_add_bytes(&whole, line.at, line.length);
    }
    add(document, TA_EXCERPT_CONTRACT, block->line, (struct ta_piece){whole.bytes, whole.length});
    ta_text_release(&whole);
}

/* promises.md */

/* "(due 2026-12-01, session 3)" at the end of a promise says where it comes from. */
static unsigned promise_session(struct ta_piece text)
{
    const char *open = ta_piece_find_last(text, '(');
    struct ta_piece facts = open ? ta_piece_from(text, open) : (struct ta_piece){0};
    const char *found = open ? ta_piece_find(facts, "session ") : NULL;
    unsigned session = 0;
    facts = found ? ta_piece_from(facts, found + strlen("session ")) : facts;
    return found && ta_take_number(&facts, TA_NUMBER_MOST, &session) ? session : 0;
}

static void promise_block(struct document *document, struct block *block)
{
    struct ta_piece text = text_of(block);
    bool ticked;
    if (block->entry) {
        document->session = promise_session(text);
        (void)ta_take_box(&text, &ticked);
        add(document, TA_EXCERPT_PROMISE, block->line, text);
    }
}

/* meetings.md */

/* "M2 2026-12-15T10:00:00+01:00 moved to M3 by mentee, 46 h notice: travel" */
static void meeting_block(struct document *document, struct block *block)
{
    struct ta_piece text = text_of(block);
    struct ta_piece rest = text;
    struct ta_moment when;
    unsigned id;
    if (!block->entry || !ta_take_id(&rest, 'M', &id) ||
        !ta_moment_read(&when, ta_take_word(&rest)) || !ta_piece_find(rest, ": ")) {
        return;
    }
    document->day = ta_day_of(when);
    add(document, TA_EXCERPT_MEETING, block->line, text);
}

/* README.md, pair.md */

static void add_name(struct ta_text *out, struct ta_piece value)
{
    const char *address = ta_piece_find(value, "<");
    struct ta_piece name = ta_piece_trim(address ? ta_piece_before(value, address) : value);
    ta_text_add_bytes(out, name.at, name.length);
}

static void pair_head(struct document *document, struct ta_piece front)
{
    struct ta_text text = {0};
    size_t line = 0;
    struct ta_piece topic = value_of(front, "topic", NULL);
    struct ta_piece mentor = value_of(front, "mentor", &line);
    if (mentor.length == 0) {
        return;
    }
    add_name(&text, mentor);
    ta_text_add(&text, " and ");
    add_name(&text, value_of(front, "mentee", NULL));
    if (topic.length > 0) {
        ta_text_add(&text, ": ");
        ta_text_add_bytes(&text, topic.at, topic.length);
    }
    add(document, TA_EXCERPT_PAIR, line, (struct ta_piece){text.bytes, text.length});
    ta_text_release(&text);
}

/* sessions/NN/released.md */

/* What stands under no heading are the takeaways; sentences in between are counts. */
static void released_block(struct document *document, struct block *block)
{
    enum ta_excerpt_kind kind =
        document->section.length > 0 ? kind_of_section(document->section) : TA_EXCERPT_TAKEAWAY;
    if (block->entry) {
        add(document, kind, block->line, text_of(block));
    }
}

static const struct searched documents[] = {
    {"summary.md", "summary", summary_head, summary_title, summary_block, false},
    {"agenda.md", "agenda", NULL, NULL, agenda_block, false},
    {"reply.md", "reply", NULL, NULL, reply_block, false},
    {"released.md", NULL, NULL, NULL, released_block, false},
    {"contract.md", "contract", NULL, NULL, contract_block, true},
    {"contract-proposed.md", "contract", NULL, NULL, contract_block, true},
    {"promises.md", "promises", NULL, NULL, promise_block, false},
    {"meetings.md", "meetings", NULL, NULL, meeting_block, false},
    {"README.md", "record", pair_head, NULL, NULL, false},
    {"pair.md", "released", pair_head, NULL, NULL, false},
};

/* Walking through the lines */

static bool peek(struct document *document, struct ta_piece *line)
{
    struct ta_piece rest = document->rest;
    return ta_take_line(&rest, line);
}

static void pass(struct document *document)
{
    struct ta_piece line;
    (void)ta_take_line(&document->rest, &line);
    document->line++;
}

static void take(struct document *document, struct block *block, struct ta_piece line)
{
    ta_text_add_bytes(&block->text, line.at, line.length);
    ta_text_add(&block->text, "\n");
    pass(document);
}

/* An entry and the lines that belong to it. */
static void take_entry(struct document *document, struct block *block,
                       const struct ta_marker *marker, struct ta_piece line)
{
    block->entry = true;
    take(
        document, block,
        ta_line_unindent((struct ta_piece){line.at + marker->text, line.length - marker->text}, 0));
    while (peek(document, &line) && !ta_line_is_blank(line) && ta_line_continues(line, marker)) {
        take(document, block, ta_line_unindent(line, marker->content));
    }
}

static bool ends_paragraph(struct document *document, struct ta_piece line)
{
    struct ta_marker marker;
    if (document->searched->by_section) {
        return ta_line_level(line, NULL) > 0;
    }
    return ta_line_is_blank(line) || ta_line_level(line, NULL) > 0 || ta_line_marker(&marker, line);
}

static void take_paragraph(struct document *document, struct block *block, struct ta_piece line)
{
    do {
        bool fenced = ta_fence_holds(&document->fence, line);
        take(document, block, ta_line_unindent(line, 0));
        if (!fenced && peek(document, &line) && ends_paragraph(document, line)) {
            return;
        }
    } while (peek(document, &line));
}

static void take_block(struct document *document, struct ta_piece line)
{
    struct block block = {.line = document->line};
    struct ta_marker marker;
    if (!document->searched->by_section && ta_line_marker(&marker, line)) {
        take_entry(document, &block, &marker, line);
    } else {
        take_paragraph(document, &block, line);
    }
    document->searched->block(document, &block);
    ta_text_release(&block.text);
}

static void take_heading(struct document *document, unsigned level, struct ta_piece title)
{
    if (level == 1 && document->searched->title) {
        document->searched->title(document, title);
    }
    if (level == 2) {
        document->section = title;
    }
    pass(document);
}

static void walk(struct document *document)
{
    struct ta_piece line;
    struct ta_piece title;
    while (document->searched->block && peek(document, &line)) {
        unsigned level = ta_line_level(line, &title);
        if (level > 0) {
            take_heading(document, level, title);
        } else if (ta_line_is_blank(line)) {
            pass(document);
        } else {
            take_block(document, line);
        }
    }
}

static const struct searched *find(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        if (strcmp(documents[i].name, name) == 0) {
            return &documents[i];
        }
    }
    return NULL;
}

bool ta_is_searched(const char *path)
{
    return find(path) != NULL;
}

unsigned ta_path_session(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *from = slash;
    while (from && from > path && from[-1] != '/') {
        from--;
    }
    unsigned session = 0;
    bool ok = from && strncmp(path, "sessions/", 9) == 0 &&
              ta_number_read(&session, (struct ta_piece){from, (size_t)(slash - from)}, 1,
                             TA_NUMBER_MOST);
    return ok ? session : 0;
}

static bool is_of_kind(const struct searched *searched, struct ta_piece front)
{
    struct ta_piece kind = value_of(front, "turnabout", NULL);
    return !searched->kind || ta_front_check_kind(kind, searched->kind, 1, searched->name, NULL);
}

void ta_excerpts_read(struct ta_excerpts *excerpts, const char *path, const char *text)
{
    struct document document = {
        .searched = find(path), .excerpts = excerpts, .session = ta_path_session(path)};
    struct ta_piece whole = ta_piece_of(text);
    struct ta_piece front;
    if (!document.searched || !ta_front_is_text(whole, path, NULL) ||
        !ta_front_split(whole, &front, &document.rest, path, NULL) ||
        !is_of_kind(document.searched, front)) {
        return;
    }
    document.line = ta_lines_in(front);
    if (document.searched->head) {
        document.searched->head(&document, front);
    }
    walk(&document);
}

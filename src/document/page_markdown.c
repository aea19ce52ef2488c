#include <dlfcn.h>
#include <md4c.h>
#include <string.h>

#include "turnabout/document/page.h"

/* What is written on the way through a text. */
struct writing {
    struct ta_text *out;
    unsigned pictures; /* that are open: their text is their description */
    unsigned deeper;   /* levels of headings */
    unsigned links;    /* that lead nowhere one may go: their text stands alone */
};

/* Blocks */

static const char *const tags[] = {
    [MD_BLOCK_QUOTE] = "blockquote",
    [MD_BLOCK_UL] = "ul",
    [MD_BLOCK_OL] = "ol",
    [MD_BLOCK_LI] = "li",
    [MD_BLOCK_P] = "p",
    [MD_BLOCK_TABLE] = "table",
    [MD_BLOCK_THEAD] = "thead",
    [MD_BLOCK_TBODY] = "tbody",
    [MD_BLOCK_TR] = "tr",
    [MD_BLOCK_TH] = "th",
    [MD_BLOCK_TD] = "td",
};
enum { TAGS = sizeof tags / sizeof *tags, DEEPEST = 6 };

static const char *tag_of(MD_BLOCKTYPE type)
{
    return (size_t)type < TAGS ? tags[type] : NULL;
}

static void enter_item(struct ta_text *out, const MD_BLOCK_LI_DETAIL *item)
{
    if (!item->is_task) {
        ta_text_add(out, "<li dir=\"auto\">");
        return;
    }
    bool ticked = item->task_mark != ' ';
    ta_text_addf(out,
                 "<li class=\"task\" dir=\"auto\"><span role=\"img\" aria-label=\"%s\">%s</span> ",
                 ticked ? "done" : "open", ticked ? "☑" : "☐");
}

static unsigned level_of(const struct writing *writing, const MD_BLOCK_H_DETAIL *heading)
{
    unsigned level = heading->level + writing->deeper;
    return level < DEEPEST ? level : DEEPEST;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    struct ta_text *out = ((struct writing *)data)->out;
    const MD_BLOCK_OL_DETAIL *list = detail;
    if (type == MD_BLOCK_H) {
        ta_text_addf(out, "<h%u dir=\"auto\">", level_of(data, detail));
    } else if (type == MD_BLOCK_LI) {
        enter_item(out, detail);
    } else if (type == MD_BLOCK_HR) {
        ta_text_add(out, "<hr>\n");
    } else if (type == MD_BLOCK_CODE) {
        ta_text_add(out, "<pre><code>");
    } else if (type == MD_BLOCK_OL && list->start != 1) {
        ta_text_addf(out, "<ol start=\"%u\">\n", list->start);
    } else if (type == MD_BLOCK_TH) {
        ta_text_add(out, "<th scope=\"col\" dir=\"auto\">");
    } else if (tag_of(type)) {
        bool words = type == MD_BLOCK_P || type == MD_BLOCK_TD;
        ta_text_addf(out, "<%s%s>%s", tag_of(type), words ? " dir=\"auto\"" : "",
                     type == MD_BLOCK_UL || type == MD_BLOCK_OL ? "\n" : "");
    }
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    struct ta_text *out = ((struct writing *)data)->out;
    if (type == MD_BLOCK_H) {
        ta_text_addf(out, "</h%u>\n", level_of(data, detail));
    } else if (type == MD_BLOCK_CODE) {
        ta_text_add(out, "</code></pre>\n");
    } else if (tag_of(type)) {
        ta_text_addf(out, "</%s>\n", tag_of(type));
    }
    return 0;
}

/* Spans */

static const struct {
    MD_SPANTYPE type;
    const char *tag;
} spans[] = {
    {MD_SPAN_EM, "em"},
    {MD_SPAN_STRONG, "strong"},
    {MD_SPAN_CODE, "code"},
    {MD_SPAN_DEL, "del"},
};

static void write_span(struct ta_text *out, MD_SPANTYPE type, const char *slash)
{
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        if (spans[i].type == type) {
            ta_text_addf(out, "<%s%s>", slash, spans[i].tag);
        }
    }
}

/* A browser reads "java&#10;script:" as a script: only what begins so, to the letter, is let by. */
static bool may_be_gone_to(const MD_ATTRIBUTE *address)
{
    static const char *const schemes[] = {"https://", "http://", "mailto:"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        size_t length = strlen(schemes[i]);
        if (address->size > length && strncasecmp(address->text, schemes[i], length) == 0) {
            return true;
        }
    }
    return false;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *data)
{
    struct writing *writing = data;
    if (type == MD_SPAN_IMG) {
        writing->pictures++;
    } else if (type == MD_SPAN_A) {
        const MD_SPAN_A_DETAIL *link = detail;
        bool leads = may_be_gone_to(&link->href);
        writing->links = writing->links << 1 | leads;
        if (leads) {
            ta_text_add(writing->out, "<a rel=\"noreferrer\" href=\"");
            ta_page_text(writing->out, (struct ta_piece){link->href.text, link->href.size});
            ta_text_add(writing->out, "\">");
        }
    } else {
        write_span(writing->out, type, "");
    }
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *data)
{
    (void)detail;
    struct writing *writing = data;
    if (type == MD_SPAN_IMG) {
        writing->pictures--;
    } else if (type == MD_SPAN_A) {
        ta_text_add(writing->out, (writing->links & 1U) != 0 ? "</a>" : "");
        writing->links >>= 1;
    } else {
        write_span(writing->out, type, "/");
    }
    return 0;
}

/* An entity is shown as it was written: "&lt;" is no less safe than "<" escaped. */
static int write_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *data)
{
    struct writing *writing = data;
    if (type == MD_TEXT_BR) {
        ta_text_add(writing->out, "<br>\n");
    } else if (type == MD_TEXT_SOFTBR) {
        ta_text_add(writing->out, "\n");
    } else if (type == MD_TEXT_ENTITY) {
        ta_text_add_bytes(writing->out, text, size);
    } else {
        ta_page_text(writing->out, (struct ta_piece){text, size});
    }
    return 0;
}

typedef int parse_function(const MD_CHAR *text, MD_SIZE size, const MD_PARSER *parser, void *data);

/* Only who asks for a page waits for the library. It stays open: there is one of it. */
static parse_function *find_parser(void)
{
    void *library = dlopen("libmd4c.so.0", RTLD_NOW | RTLD_LOCAL);
    void *found = library ? dlsym(library, "md_parse") : NULL;
    parse_function *parse = NULL;
    memcpy(&parse, &found, sizeof parse);
    return parse;
}

bool ta_page_markdown(struct ta_text *out, const char *markdown, unsigned deeper,
                      struct ta_error *err)
{
    static const MD_PARSER parser = {
        .flags = MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS,
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = enter_span,
        .leave_span = leave_span,
        .text = write_text,
    };
    struct writing writing = {.out = out, .deeper = deeper};
    parse_function *parse = find_parser();
    if (!parse) {
        return ta_fail(err, TA_SYSTEM,
                       "A page needs the library md4c, which is not here: install it (libmd4c0 on "
                       "Debian), or ask for Markdown instead (--md).");
    }
    return parse(markdown, (MD_SIZE)strlen(markdown), &parser, &writing) == 0 ||
           ta_fail(err, TA_DAMAGED, "The text cannot be read as Markdown.");
}

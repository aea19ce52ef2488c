#include <stdlib.h>

#include "command.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/history.h"

static const struct {
    const char *name, *sign;
} changes[] = {
    [TA_CHANGE_NONE] = {"same", " "},
    [TA_CHANGE_GONE] = {"gone", "-"},
    [TA_CHANGE_NEW] = {"new", "+"},
    [TA_CHANGE_BOTH] = {"both", "±"},
};

static void print_line(struct ta_cli *cli, const struct ta_comparison *comparison,
                       const struct ta_compared_line *line)
{
    ta_print_object(&cli->printer, NULL);
    ta_print_string(&cli->printer, "change", changes[line->change].name, NULL);
    ta_print_list(&cli->printer, "words");
    for (size_t i = 0; i < line->count; i++) {
        const struct ta_run *run = &comparison->runs.items[line->first + i];
        char *text = ta_piece_copy(run->text);
        ta_print_object(&cli->printer, NULL);
        ta_print_string(&cli->printer, "change", changes[run->change].name, NULL);
        ta_print_string(&cli->printer, "text", text, NULL);
        ta_print_end(&cli->printer);
        free(text);
    }
    ta_print_end(&cli->printer);
    ta_print_end(&cli->printer);
}

void ta_cli_compare(struct ta_cli *cli, const struct ta_comparison *comparison)
{
    bool gap = false;
    bool any = false;
    for (size_t i = 0; i < comparison->line_count; i++) {
        const struct ta_compared_line *line = &comparison->lines[i];
        print_line(cli, comparison, line);
        if (comparison->differs && ta_comparison_shows(comparison, i)) {
            struct ta_text text = {0};
            ta_compared_write(&text, comparison, line);
            ta_print_say(&cli->printer, "%s%s %s", gap ? "...\n" : "", changes[line->change].sign,
                         text.bytes);
            ta_text_release(&text);
            any = true;
            gap = false;
        } else {
            gap = any;
        }
    }
}

/* Between two commits; `before` NULL: the one before `after`. */
struct span {
    const char *before, *after;
};

static bool read_before(struct ta_cli *cli, const struct span *span, const char *document,
                        char **text, struct ta_error *err)
{
    return span->before != NULL
               ? ta_desk_history_text(&cli->desk, &cli->pair, span->before, document, text, err)
               : ta_desk_history_before(&cli->desk, &cli->pair, span->after, document, text, err);
}

static void print_document(struct ta_cli *cli, const char *document, const char *before,
                           const char *after)
{
    struct ta_comparison comparison;
    ta_compare_lines(&comparison, before != NULL ? before : "", after != NULL ? after : "");
    ta_print_object(&cli->printer, NULL);
    ta_print_string(&cli->printer, "document", document, NULL);
    ta_print_say(&cli->printer, "%s%s", document,
                 after == NULL        ? " (gone)"
                 : before == NULL     ? " (new)"
                 : comparison.differs ? ""
                                      : " (the same)");
    ta_print_list(&cli->printer, "lines");
    ta_cli_compare(cli, &comparison);
    ta_print_end(&cli->printer);
    ta_print_end(&cli->printer);
    ta_comparison_release(&comparison);
}

static bool compare_document(struct ta_cli *cli, const struct span *span, const char *document,
                             struct ta_error *err)
{
    char *before = NULL;
    char *after = NULL;
    bool ok = read_before(cli, span, document, &before, err) &&
              ta_desk_history_text(&cli->desk, &cli->pair, span->after, document, &after, err);
    if (ok && before == NULL && after == NULL) {
        ok = ta_fail(err, TA_ABSENT,
                     "There was no %s: turnabout log --document lists its versions.", document);
    }
    if (ok) {
        print_document(cli, document, before, after);
    }
    free(before);
    free(after);
    return ok;
}

/* README.md is made from the others and says nothing new. */
static bool compare_all(struct ta_cli *cli, const struct span *span, struct ta_error *err)
{
    struct ta_paths paths = {0};
    bool ok =
        ta_desk_history_documents(&cli->desk, &cli->pair, span->before, span->after, &paths, err);
    for (size_t i = 0; ok && i < paths.count; i++) {
        if (i > 0) {
            ta_print_say(&cli->printer, "%s", "");
        }
        ok = compare_document(cli, span, paths.items[i], err);
    }
    if (ok && paths.count == 0) {
        ta_print_say(&cli->printer, "No document changed.");
    }
    ta_paths_release(&paths);
    return ok;
}

static bool compare_named(struct ta_cli *cli, const struct span *span, const char *name,
                          struct ta_error *err)
{
    char *path = NULL;
    bool ok = ta_document_find(&path, name, err) && compare_document(cli, span, path, err);
    free(path);
    return ok;
}

bool ta_cli_diff(struct ta_cli *cli, struct ta_error *err)
{
    const char *name = cli->option[TA_OPTION_DOCUMENT];
    char one[TA_ID_SIZE];
    char other[TA_ID_SIZE];
    bool two = cli->word_count > 1;
    if (!ta_desk_history_find(&cli->desk, &cli->pair, cli->words[0], one, err) ||
        (two && !ta_desk_history_find(&cli->desk, &cli->pair, cli->words[1], other, err))) {
        return false;
    }
    const struct span span = {.before = two ? one : NULL, .after = two ? other : one};
    ta_print_list(&cli->printer, NULL);
    bool ok = name != NULL ? compare_named(cli, &span, name, err) : compare_all(cli, &span, err);
    ta_print_end(&cli->printer);
    return ok;
}

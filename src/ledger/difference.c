#include "turnabout/ledger/difference.h"

#include <stdlib.h>
#include <string.h>

#include "library.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"

static void add_line(struct ta_difference *difference, char origin, struct ta_piece line)
{
    struct ta_difference_line *item =
        ta_append(&difference->items, difference->count++, sizeof *item);
    *item = (struct ta_difference_line){.origin = origin, .text = ta_piece_copy(line)};
}

static void add_hunk(const struct ta_git *git, git_patch *patch, size_t hunk, size_t lines,
                     struct ta_difference *difference)
{
    for (size_t i = 0; i < lines; i++) {
        const git_diff_line *line = NULL;
        if (git->patch_get_line_in_hunk(&line, patch, hunk, i) == 0) {
            struct ta_piece whole = {line->content, line->content_len};
            struct ta_piece text = {NULL, 0};
            (void)ta_next_line(&whole, &text);
            add_line(difference, line->origin, text);
        }
    }
}

static int add_patch(const struct ta_git *git, git_patch *patch, struct ta_difference *difference)
{
    int code = 0;
    size_t hunks = git->patch_num_hunks(patch);
    for (size_t i = 0; code == 0 && i < hunks; i++) {
        const git_diff_hunk *hunk = NULL;
        size_t lines = 0;
        code = git->patch_get_hunk(&hunk, &lines, patch, i);
        if (code == 0) {
            add_hunk(git, patch, i, lines, difference);
        }
    }
    return code;
}

/* libgit2 finds no hunk in texts that are equal. */
static void add_all(const struct ta_text *text, struct ta_difference *difference)
{
    struct ta_piece rest = {text->bytes, text->length};
    struct ta_piece line;
    while (ta_next_line(&rest, &line)) {
        add_line(difference, ' ', line);
    }
}

/* With every line ended, a missing end of the last one is no difference that a person sees. */
static struct ta_text ended(const char *string)
{
    struct ta_text text = {0};
    ta_text_add(&text, string);
    if (text.length > 0 && text.bytes[text.length - 1] != '\n') {
        ta_text_add(&text, "\n");
    }
    return text;
}

static int compare(const struct ta_git *git, const struct ta_text *before,
                   const struct ta_text *after, struct ta_difference *difference)
{
    git_diff_options options = {
        .version = GIT_DIFF_OPTIONS_VERSION,
        .flags = GIT_DIFF_INDENT_HEURISTIC,
        .ignore_submodules = GIT_SUBMODULE_IGNORE_UNSPECIFIED,
        .context_lines = (uint32_t)(before->length + after->length), /* no text has more */
    };
    git_patch *patch = NULL;
    int code = git->patch_from_buffers(&patch, before->bytes, before->length, NULL, after->bytes,
                                       after->length, NULL, &options);
    code = code == 0 ? add_patch(git, patch, difference) : code;
    git->patch_free(patch);
    return code;
}

bool ta_ledger_difference(struct ta_git *git, const char *before, const char *after,
                          struct ta_difference *difference, struct ta_error *err)
{
    *difference = (struct ta_difference){0};
    if (!ta_git_load(git, err)) {
        return false;
    }
    struct ta_text one = ended(before);
    struct ta_text other = ended(after);
    int code = compare(git, &one, &other, difference);
    if (code == 0 && difference->count == 0) {
        add_all(&one, difference);
    }
    ta_text_release(&one);
    ta_text_release(&other);
    if (code != 0) {
        ta_difference_release(difference);
        return ta_fail(err, TA_DAMAGED, "The two texts cannot be compared: %s; shorten them.",
                       ta_git_reason(git));
    }
    return true;
}

void ta_difference_release(struct ta_difference *difference)
{
    if (difference == NULL) {
        return;
    }
    for (size_t i = 0; i < difference->count; i++) {
        free(difference->items[i].text);
    }
    free(difference->items);
    *difference = (struct ta_difference){0};
}

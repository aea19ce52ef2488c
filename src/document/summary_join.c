/* One summary of two that were written of the same session. */
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/document/merge_paper.h"
#include "turnabout/document/summary_paper.h"

static bool is_same_promise(const struct ta_promise *one, const struct ta_promise *other)
{
    return one->owner == other->owner && strcmp(one->text, other->text) == 0 &&
           one->due.year == other->due.year && one->due.month == other->due.month &&
           one->due.day == other->due.day;
}

/** The line of a promise that is there with an id; NULL: there is none. */
static const char *line_there(const struct ta_summary *there, const struct ta_promise *promise)
{
    for (size_t at = 0; at < there->promises.count; at++) {
        if (is_same_promise(&there->promises.items[at], promise)) {
            return there->lines[TA_SUMMARY_PROMISES].items[at];
        }
    }
    return NULL;
}

/** One that both caught is one: with its id it is found again. */
static void name_promises(char **text, const struct ta_summary *own, const struct ta_summary *there)
{
    for (size_t at = 0; at < own->promises.count; at++) {
        const struct ta_promise *promise = &own->promises.items[at];
        const char *line = promise->id == 0 ? line_there(there, promise) : NULL;
        char *named = NULL;

        if (line != NULL &&
            ta_summary_paper_set_line(&named, *text, TA_SUMMARY_PROMISES, at, line, NULL)) {
            free(*text);
            *text = named;
        }
    }
}

/** What is there says when it was and what it is called; where words contradict each other, there
 * is nobody to be asked, so both stay. */
static char *choose(const struct ta_place *place, void *data)
{
    struct ta_text both = {0};

    (void)data;
    if (place->heading[0] == '\0') {
        return NULL;
    }
    ta_text_add(&both, place->text.ours);
    ta_text_add(&both, place->text.theirs);
    return ta_text_take(&both);
}

char *ta_summary_paper_join(const char *own, const char *base, const char *there,
                            const struct ta_pair *pair)
{
    static const struct ta_chooser chooser = {choose, NULL};
    struct ta_summary mine = {0}, theirs = {0};
    char *text = ta_copy(own), *joined;

    if (ta_summary_paper_read(&mine, own, pair, NULL) &&
        ta_summary_paper_read(&theirs, there, pair, NULL)) {
        name_promises(&text, &mine, &theirs);
    }
    joined = ta_merge_text(&(struct ta_versions){base, there, text}, false, &chooser);
    ta_summary_release(&mine);
    ta_summary_release(&theirs);
    free(text);
    return joined;
}

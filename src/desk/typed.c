#include "turnabout/desk/typed.h"

#include <inttypes.h>
#include <stdlib.h>

#include "drafts.h"
#include "turnabout/base/memory.h"
#include "turnabout/store/drafts.h"

/* A text that was dropped is an empty setting. */
static void read_setting(struct ta_desk *desk, const char *what, char **text)
{
    if (ta_store_setting(desk->store, what, text, NULL) && *text && !**text) {
        free(*text);
        *text = NULL;
    }
}

void ta_desk_typed(struct ta_desk *desk, const struct ta_pair *pair, const char *what, char **text)
{
    struct ta_draft draft = {0};
    *text = NULL;
    if (!pair) {
        read_setting(desk, what, text);
    } else if (ta_store_draft(desk->store, pair->id, what, &draft, NULL)) {
        *text = ta_copy(draft.text);
    }
    ta_draft_release(&draft);
}

static void keep_setting(struct ta_desk *desk, const char *what, const char *text)
{
    char *before = NULL;
    read_setting(desk, what, &before);
    if (text || before) {
        ta_store_set_setting(desk->store, what, text ? text : "", NULL);
    }
    free(before);
}

/* Of two terminals that type in one place the last one to pause is kept. */
static void keep_draft(struct ta_desk *desk, const struct ta_pair *pair, const char *what,
                       const char *text)
{
    struct ta_draft draft = {0};
    bool ok = ta_store_draft(desk->store, pair->id, what, &draft, NULL);
    if (ok && text) {
        ta_store_draft_put(desk->store, pair->id, what, text, &draft.revision, ta_desk_now(desk),
                           NULL);
    } else if (ok && draft.text) {
        ta_store_draft_drop(desk->store, pair->id, what, draft.revision, NULL);
    }
    ta_draft_release(&draft);
}

void ta_desk_keep_typed(struct ta_desk *desk, const struct ta_pair *pair, const char *what,
                        const char *text)
{
    if (pair) {
        keep_draft(desk, pair, what, text);
    } else {
        keep_setting(desk, what, text);
    }
}

/* The note's id, a blank, and the line. */
void ta_desk_keep_change(struct ta_desk *desk, const struct ta_sitting *sitting, int64_t note,
                         const char *line)
{
    char name[DRAFT_NAME_SIZE];
    struct ta_pair pair = {.id = sitting->pair};
    struct ta_text text = {0};
    draft_name(name, DRAFT_CHANGE, sitting->number);
    if (line) {
        ta_text_addf(&text, "%" PRId64 " %s", note, line);
    }
    ta_desk_keep_typed(desk, &pair, name, text.bytes);
    ta_text_release(&text);
}

void ta_desk_change(struct ta_desk *desk, const struct ta_sitting *sitting, int64_t *note,
                    char **line)
{
    char name[DRAFT_NAME_SIZE];
    struct ta_pair pair = {.id = sitting->pair};
    char *text = NULL;
    draft_name(name, DRAFT_CHANGE, sitting->number);
    ta_desk_typed(desk, &pair, name, &text);
    char *end = text;
    *note = text ? strtoll(text, &end, 10) : 0;
    *line = text && *end == ' ' ? ta_copy(end + 1) : NULL;
    free(text);
}

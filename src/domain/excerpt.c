#include "turnabout/domain/excerpt.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"

static const char *const names[TA_EXCERPT_KINDS] = {
    [TA_EXCERPT_TAKEAWAY] = "takeaway", [TA_EXCERPT_DIFFERENCE] = "difference",
    [TA_EXCERPT_PROMISE] = "promise",   [TA_EXCERPT_QUESTION] = "question",
    [TA_EXCERPT_NOTE] = "note",         [TA_EXCERPT_AGENDA] = "agenda",
    [TA_EXCERPT_SESSION] = "session",   [TA_EXCERPT_REPLY] = "reply",
    [TA_EXCERPT_CONTRACT] = "contract", [TA_EXCERPT_MEETING] = "meeting",
    [TA_EXCERPT_PAIR] = "pair",
};

const char *ta_excerpt_kind_name(enum ta_excerpt_kind kind)
{
    return names[kind];
}

bool ta_excerpt_kind_is_released(enum ta_excerpt_kind kind)
{
    return kind == TA_EXCERPT_TAKEAWAY || kind == TA_EXCERPT_PROMISE ||
           kind == TA_EXCERPT_QUESTION || kind == TA_EXCERPT_PAIR;
}

static bool begins_with(const char *name, struct ta_piece word)
{
    return word.length <= strlen(name) && strncasecmp(name, word.at, word.length) == 0;
}

bool ta_excerpt_kind_read(enum ta_excerpt_kind *kind, struct ta_piece word)
{
    struct ta_piece singular = word;
    if (word.length > 1 && (word.at[word.length - 1] == 's' || word.at[word.length - 1] == 'S')) {
        singular.length--;
    }
    for (*kind = TA_EXCERPT_TAKEAWAY; word.length > 0 && *kind < TA_EXCERPT_KINDS; (*kind)++) {
        bool plural =
            singular.length == strlen(names[*kind]) && begins_with(names[*kind], singular);
        if (plural || begins_with(names[*kind], word)) {
            return true;
        }
    }
    return false;
}

void ta_excerpts_add(struct ta_excerpts *excerpts, const struct ta_excerpt *excerpt)
{
    if (excerpt->text[0] == '\0') {
        free(excerpt->text);
        return;
    }
    struct ta_excerpt *added =
        ta_append(&excerpts->items, excerpts->count++, sizeof *excerpts->items);
    *added = *excerpt;
}

void ta_excerpts_release(struct ta_excerpts *excerpts)
{
    for (size_t i = 0; i < excerpts->count; i++) {
        free(excerpts->items[i].text);
    }
    free(excerpts->items);
    *excerpts = (struct ta_excerpts){0};
}

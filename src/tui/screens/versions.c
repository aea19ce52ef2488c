#include "versions.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"

static void push(struct texts *texts, const char *text)
{
    *(char **)ta_append(&texts->items, texts->count++, sizeof *texts->items) = ta_copy(text);
}

static void release(struct texts *texts)
{
    for (size_t i = 0; i < texts->count; i++) {
        free(texts->items[i]);
    }
    free(texts->items);
    *texts = (struct texts){0};
}

void versions_keep(struct versions *versions, const char *text)
{
    push(&versions->texts[BACK], text);
    release(&versions->texts[AGAIN]);
}

const char *versions_next(const struct versions *versions, enum direction direction)
{
    const struct texts *texts = &versions->texts[direction];
    return texts->count > 0 ? texts->items[texts->count - 1] : NULL;
}

void versions_step(struct versions *versions, enum direction direction, const char *text)
{
    struct texts *from = &versions->texts[direction];
    push(&versions->texts[direction == BACK ? AGAIN : BACK], text);
    free(from->items[--from->count]);
}

void versions_release(struct versions *versions)
{
    release(&versions->texts[BACK]);
    release(&versions->texts[AGAIN]);
}

/**
 * A document's texts before and after the one that stands, for undo and redo over the whole of it.
 */
#ifndef TURNABOUT_SRC_TUI_VERSIONS_H
#define TURNABOUT_SRC_TUI_VERSIONS_H

#include <stdbool.h>
#include <stddef.h>

enum direction { BACK, AGAIN };

struct texts {
    char **items;
    size_t count;
};

struct versions {
    struct texts texts[2]; /**< by direction; the nearest is the last */
};

/** A text that was just changed into another. What had been undone can no longer be redone. */
void versions_keep(struct versions *versions, const char *text);
/** The text one step away; NULL: there is none. It stays the versions'. */
const char *versions_next(const struct versions *versions, enum direction direction);
/** That text stands now in place of `text`. */
void versions_step(struct versions *versions, enum direction direction, const char *text);
void versions_release(struct versions *versions);

#endif

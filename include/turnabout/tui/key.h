/**
 * What a person did: a key, a paste, a click. Terminals' byte sequences end in term.c; from here on
 * a key has a code, and a name for tables, help and test scripts ("c", "Enter", "C-l", "S-Tab",
 * "F3").
 */
#ifndef TURNABOUT_TUI_KEY_H
#define TURNABOUT_TUI_KEY_H

#include <stdbool.h>
#include <stddef.h>

enum ta_key_code {
    TA_KEY_NONE,
    TA_KEY_TEXT,  /**< `text`: one typed character */
    TA_KEY_PASTE, /**< `pasted`: text between the terminal's paste marks, line ends as LF */
    TA_KEY_ENTER,
    TA_KEY_ESCAPE,
    TA_KEY_TAB,
    TA_KEY_BACK_TAB,
    TA_KEY_BACKSPACE,
    TA_KEY_DELETE,
    TA_KEY_UP,
    TA_KEY_DOWN,
    TA_KEY_LEFT,
    TA_KEY_RIGHT,
    TA_KEY_HOME,
    TA_KEY_END,
    TA_KEY_PAGE_UP,
    TA_KEY_PAGE_DOWN,
    TA_KEY_F1,
    TA_KEY_F12 = TA_KEY_F1 + 11,
    TA_KEY_CLICK,      /**< at row, column */
    TA_KEY_WHEEL_UP,   /**< at row, column */
    TA_KEY_WHEEL_DOWN, /**< at row, column */
    TA_KEY_RESIZE,
    TA_KEY_HANG_UP, /**< the terminal went away */
};

struct ta_key {
    enum ta_key_code code;
    bool control, shift, alt; /**< with TA_KEY_TEXT and control: text is the lower-case letter */
    char text[16];            /**< UTF-8 */
    char *pasted;             /**< belongs to whoever made the key */
    int row, column;
};

/** Reads a key's name. False: no such key. */
bool ta_key_read(struct ta_key *key, const char *name);
/** Appends nothing longer than 15 bytes and a NUL; the form ta_key_read() reads. */
void ta_key_write(char out[16], const struct ta_key *key);
/** Whether the key is one of the blank-separated names. */
bool ta_key_is(const struct ta_key *key, const char *names);

#endif

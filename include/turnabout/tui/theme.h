/**
 * How roles look: data from a .theme file (inih). The themes of themes/colour are compiled in;
 * others are read from the configuration's folder `themes`.
 *
 *     [roles]
 *     accent = bold cyan
 *     chosen = reverse
 *     clock  = bold 214 on 236
 *
 * Words: a colour (eight names, "bright-" before them, 0 to 255, or default), "on" and a
 * background, and bold, dim, italic, underline, reverse. Meaning never hangs on colour alone.
 */
#ifndef TURNABOUT_TUI_THEME_H
#define TURNABOUT_TUI_THEME_H

#include "turnabout/base/error.h"
#include "turnabout/tui/surface.h"

struct ta_look {
    short foreground, background; /**< 0 to 255, -1: the terminal's own */
    bool bold, dim, italic, underline, reverse;
};

struct ta_theme {
    struct ta_look look[TA_CELL_ROLES];
};

/** The compiled-in default. */
void ta_theme_default(struct ta_theme *theme);
/** Reads `text` over the default. TA_WRONG names the line that is not understood. */
bool ta_theme_read(struct ta_theme *theme, const char *text, const char *name,
                   struct ta_error *err);
/**
 * The theme of a name: `config`/themes/NAME.theme, else the one compiled in; NULL is the default.
 * TA_ABSENT: there is none. TA_WRONG: its file is not understood. TA_SYSTEM.
 */
bool ta_theme_find(struct ta_theme *theme, const char *config, const char *name,
                   struct ta_error *err);

#endif

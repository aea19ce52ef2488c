#include "turnabout/tui/tui.h"

#include <stdlib.h>

#include "screens/screens.h"
#include "turnabout/base/file.h"
#include "turnabout/tui/screen.h"
#include "turnabout/tui/term.h"

enum { THEME_LARGEST = 64 * 1024 };

/* The theme that the configuration names, from its folder; the compiled-in one without a name. */
static bool read_theme(const struct ta_desk *desk, struct ta_theme *theme, struct ta_error *err)
{
    ta_theme_default(theme);
    if (!desk->config.theme) {
        return true;
    }
    struct ta_text path = {0};
    struct ta_text text = {0};
    ta_text_addf(&path, "%s/themes/%s.theme", desk->places.config, desk->config.theme);
    bool ok = ta_file_read(&text, path.bytes, THEME_LARGEST, err) &&
              ta_theme_read(theme, text.bytes ? text.bytes : "", path.bytes, err);
    ta_text_release(&path);
    ta_text_release(&text);
    return ok;
}

static const struct ta_screen *first_screen(struct ta_desk *desk)
{
    struct ta_pairs pairs = {0};
    struct ta_pair in_hand = {0};
    const struct ta_screen *first = &home_screen;
    if (!ta_desk_pair(desk, NULL, &in_hand, NULL)) {
        bool any = ta_desk_pairs(desk, &pairs, NULL) && pairs.count > 0;
        first = any ? &pairs_screen : &first_steps_screen;
    }
    ta_pair_release(&in_hand);
    ta_pairs_release(&pairs);
    return first;
}

bool ta_tui_run(struct ta_desk *desk, struct ta_error *err)
{
    struct ta_theme theme;
    struct ta_term *term = NULL;
    bool ok = read_theme(desk, &theme, err) && ta_term_open(&term, &theme, err) &&
              ta_face_run(desk, term, first_screen(desk), NULL, err);
    ta_term_close(term);
    return ok;
}

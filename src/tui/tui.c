#include "turnabout/tui/tui.h"

#include "screens/screens.h"
#include "turnabout/desk/programme.h"
#include "turnabout/tui/screen.h"
#include "turnabout/tui/term.h"

static const struct ta_screen *first_screen(struct ta_desk *desk)
{
    struct ta_pairs pairs = {0};
    struct ta_pair in_hand = {0};
    const struct ta_screen *first = &home_screen;
    if (!ta_desk_pair(desk, NULL, &in_hand, NULL)) {
        bool any = ta_desk_pairs(desk, &pairs, NULL) && pairs.count > 0;
        first = any                           ? &pairs_screen
                : ta_desk_has_programme(desk) ? &overview_screen
                                              : &first_steps_screen;
    }
    ta_pair_release(&in_hand);
    ta_pairs_release(&pairs);
    return first;
}

static bool run(struct ta_desk *desk, const struct ta_screen *first, struct ta_error *err)
{
    struct ta_theme theme;
    struct ta_term *term = NULL;
    bool ok = ta_theme_find(&theme, desk->places.config, desk->config.theme, err) &&
              ta_term_open(&term, &theme, err) && ta_face_run(desk, term, first, NULL, err);
    ta_term_close(term);
    return ok;
}

bool ta_tui_run(struct ta_desk *desk, struct ta_error *err)
{
    return run(desk, first_screen(desk), err);
}

bool ta_tui_run_overview(struct ta_desk *desk, struct ta_error *err)
{
    return run(desk, &overview_screen, err);
}

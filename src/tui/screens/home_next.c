/* What comes next on home: what the other machine brought, and then the pair's own step. */
#include "home_view.h"

enum home_matter home_matter(const struct home *home)
{
    if (home->standing.live.sitting.id) {
        return HOME_NOTHING;
    }
    if (home->conflicts > 0) {
        return HOME_CONFLICTS;
    }
    return home->sent.end == TA_SYNC_REWRITTEN ? HOME_REWRITTEN : HOME_NOTHING;
}

void home_say_next(struct ta_text *out, const struct home *home)
{
    switch (home_matter(home)) {
    case HOME_CONFLICTS:
        ta_text_addf(out, "%zu %s where you both changed the same sentence", home->conflicts,
                     home->conflicts == 1 ? "place" : "places");
        return;
    case HOME_REWRITTEN:
        ta_text_add(out, "the other side has another history: say what is to be");
        return;
    case HOME_NOTHING:
        ta_standing_say_step(out, &home->pair, &home->standing);
        return;
    }
}

/* What comes next on home: what the other machine brought, and then the pair's own step. */
#include "home_view.h"

/* Who sits here has signed, and the other does it on a machine of their own. */
static bool awaits_signature(const struct home *home)
{
    const struct ta_contract_state *contract = &home->standing.contract;
    enum ta_role me = home->pair.me;
    return home->standing.step == TA_STEP_SIGN && home->sent.is_shared && me != TA_NOBODY &&
           contract->signed_by[me] != NULL && contract->signed_by[ta_role_other(me)] == NULL;
}

static void say_signature(struct ta_text *out, const struct home *home)
{
    struct ta_piece name = ta_pair_short_name(&home->pair, ta_role_other(home->pair.me));
    ta_text_addf(out, "%.*s signs the contract on the other machine: sync", (int)name.length,
                 name.at);
}

enum home_matter home_matter(const struct home *home)
{
    if (home->standing.live.sitting.id) {
        return HOME_NOTHING;
    }
    if (home->conflicts > 0) {
        return HOME_CONFLICTS;
    }
    if (home->sent.end == TA_SYNC_REWRITTEN) {
        return HOME_REWRITTEN;
    }
    return awaits_signature(home) ? HOME_SIGNATURE : HOME_NOTHING;
}

void home_say_next(struct ta_text *out, const struct home *home)
{
    switch (home_matter(home)) {
    case HOME_CONFLICTS:
        ta_text_addf(out, "choose what stands in %zu %s that you both changed", home->conflicts,
                     home->conflicts == 1 ? "place" : "places");
        return;
    case HOME_REWRITTEN:
        ta_text_add(out, "the other side's history was rewritten: choose what stands");
        return;
    case HOME_SIGNATURE:
        say_signature(out, home);
        return;
    case HOME_NOTHING:
        ta_standing_say_step(out, &home->pair, &home->standing);
        return;
    }
}

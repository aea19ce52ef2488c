/* Whether what is in force may be built on: nothing leaves by a contract that a key contradicts. */
#include "turnabout/desk/seals.h"

static bool say_unproved(const struct ta_contract_state *state, const struct ta_seals *seals,
                         struct ta_error *err)
{
    enum ta_role role = seals->of[TA_MENTOR].problem != NULL ? TA_MENTOR : TA_MENTEE;
    const struct ta_seal *seal = &seals->of[role];
    if (seal->unknown) {
        return ta_fail(err, TA_REFUSED,
                       "Nothing is released: %s Then turnabout contract check verifies contract "
                       "v%u, and it goes on.",
                       seal->problem, state->version_in_force);
    }
    return ta_fail(err, TA_REFUSED,
                   "Nothing is released, because a signature under contract v%u does not hold: %s "
                   "turnabout contract check shows both of them; what was released before stays as "
                   "it is.",
                   state->version_in_force, seal->problem);
}

bool ta_desk_contract_is_proved(struct ta_desk *desk, const struct ta_pair *pair,
                                struct ta_error *err)
{
    struct ta_contract_state state;
    struct ta_seals seals = {0};
    bool ok = ta_desk_contract_in_force(desk, pair, &state, err);
    if (ok && state.in_force != NULL) {
        ok = ta_desk_seals(desk, pair, &state, &seals, err) &&
             (ta_seals_hold(&seals) || say_unproved(&state, &seals, err));
    }
    ta_seals_release(&seals);
    ta_contract_state_release(&state);
    return ok;
}

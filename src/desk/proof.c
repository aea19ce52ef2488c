/* Whether what is in force may be built on: nothing leaves by a contract that a key contradicts. */
#include <stdlib.h>
#include <string.h>

#include "pins.h"
#include "turnabout/base/text.h"
#include "turnabout/desk/history.h"
#include "turnabout/desk/record.h"
#include "turnabout/desk/seals.h"
#include "turnabout/store/store.h"

/* Pairs without keys: up to which commit nobody ever had one is remembered in a setting, so that
 * the history is not gone through each time. */

static char *memory_name(const struct ta_pair *pair)
{
    struct ta_text name = {0};
    ta_text_addf(&name, "keyless/%s", pair->slug);
    return ta_text_take(&name);
}

static bool has_document(struct ta_desk *desk, const struct ta_pair *pair, const char *commit,
                         const char *document)
{
    char *text = NULL;
    bool has = !ta_desk_history_text(desk, pair, commit, document, &text, NULL) || text != NULL;
    free(text);
    return has;
}

static bool has_seal(struct ta_desk *desk, const struct ta_pair *pair,
                     const struct ta_contract_state *state)
{
    bool has = false;
    for (enum ta_role role = TA_MENTOR; !has && role < TA_ROLES; role++) {
        char *path = seal_path(state->contract.version, role);
        has = has_document(desk, pair, state->tip, path);
        free(path);
    }
    return has;
}

/* False also when the history does not simply go on behind what is known. */
static bool had_none_since(struct ta_desk *desk, const struct ta_pair *pair, const char *tip,
                           const char *known)
{
    struct ta_entries entries = {0};
    bool joined = false;
    char *path = ta_record_path(desk, pair);
    bool none = ta_ledger_log_since(desk->git, path, tip, known, &entries, &joined, NULL) && joined;
    for (size_t i = 0; none && i < entries.count; i++) {
        none = !has_document(desk, pair, entries.items[i].id, SIGNERS);
    }
    ta_entries_release(&entries);
    free(path);
    return none;
}

static bool had_none(struct ta_desk *desk, const struct ta_pair *pair, const char *tip)
{
    struct ta_entries lists = {0};
    bool none = ta_desk_history_versions(desk, pair, SIGNERS, 1, &lists, NULL) &&
                lists.count == 0 && !has_document(desk, pair, tip, SIGNERS);
    ta_entries_release(&lists);
    return none;
}

static bool is_keyless(struct ta_desk *desk, const struct ta_pair *pair,
                       const struct ta_contract_state *state)
{
    char *name = memory_name(pair);
    char *known = NULL;
    bool is_known = ta_store_setting(desk->store, name, &known, NULL) && known != NULL &&
                    had_none_since(desk, pair, state->tip, known);
    bool none = (is_known || had_none(desk, pair, state->tip)) && !has_seal(desk, pair, state);
    if (none) {
        (void)ta_store_set_setting(desk->store, name, state->tip, NULL);
    }
    free(known);
    free(name);
    return none;
}

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
    if (ok && state.in_force != NULL && !is_keyless(desk, pair, &state)) {
        ok = ta_desk_seals(desk, pair, &state, &seals, err) &&
             (ta_seals_hold(&seals) || say_unproved(&state, &seals, err));
    }
    ta_seals_release(&seals);
    ta_contract_state_release(&state);
    return ok;
}

/* What comes next on home: what the other machine brought, and then the pair's own step. */
#include "home_view.h"

#include <string.h>

#include "turnabout/base/unicode.h"

/* Who sits here has signed, and the other has not. */
static bool has_signed_alone(const struct home *home)
{
    const struct ta_contract_state *contract = &home->standing.contract;
    enum ta_role me = home->pair.me;
    return home->standing.step == TA_STEP_SIGN && me != TA_NOBODY &&
           contract->signed_by[me] != NULL && contract->signed_by[ta_role_other(me)] == NULL;
}

static void say_signature(struct ta_text *out, const struct home *home)
{
    struct ta_piece name = ta_pair_short_name(&home->pair, ta_role_other(home->pair.me));
    ta_text_addf(out, "%.*s signs the contract on the other machine: sync", (int)name.length,
                 name.at);
}

/* The other has signed a text, and who sits here has not: a change of the contract, say. */
static bool is_asked_to_sign(const struct home *home)
{
    const struct ta_contract_state *contract = &home->standing.contract;
    enum ta_role me = home->pair.me;
    return contract->in_force && me != TA_NOBODY && contract->signed_by[me] == NULL &&
           contract->signed_by[ta_role_other(me)] != NULL;
}

static void say_amended(struct ta_text *out, const struct home *home)
{
    struct ta_piece name = ta_pair_short_name(&home->pair, ta_role_other(home->pair.me));
    ta_text_addf(out, "%.*s signed contract v%u: read it, and sign it", (int)name.length, name.at,
                 home->standing.contract.contract.version);
}

/* A version that waits, and that neither has signed: both had proposed one, and the two came
 * together. What somebody writes on is no such thing. */
static bool is_merged(const struct home *home)
{
    const struct ta_contract_state *contract = &home->standing.contract;
    return contract->in_force && contract->proposed && contract->revision == 0 &&
           contract->signed_by[TA_MENTOR] == NULL && contract->signed_by[TA_MENTEE] == NULL;
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
    if (is_asked_to_sign(home)) {
        return HOME_AMENDED;
    }
    if (is_merged(home)) {
        return HOME_MERGED;
    }
    return home->sent.is_shared && has_signed_alone(home) ? HOME_SIGNATURE : HOME_NOTHING;
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
    case HOME_AMENDED:
        say_amended(out, home);
        return;
    case HOME_MERGED:
        ta_text_add(out, "the contract was merged: both of you sign it again");
        return;
    case HOME_SIGNATURE:
        say_signature(out, home);
        return;
    case HOME_NOTHING:
        ta_standing_say_step(out, &home->pair, &home->standing);
        return;
    }
}

/* Both may have put lines on an agenda, each on a machine of their own. */
static unsigned minutes_over(const struct home *home)
{
    const struct ta_agenda *agenda = &home->standing.agenda.agenda;
    unsigned sum = ta_agenda_sum(agenda);
    bool open = home->standing.live.sitting.id;
    return !open && sum > agenda->minutes ? sum - agenda->minutes : 0;
}

static const struct ta_meeting *crowded(const struct home *home)
{
    const struct ta_standing *standing = &home->standing;
    unsigned weeks = ta_contract_number(&standing->contract.contract, TA_CLAUSE_RHYTHM);
    bool open = standing->live.sitting.id != 0;
    return open ? NULL : ta_meetings_crowded(&standing->meetings, weeks);
}

static void say_crowded(struct ta_text *out, const struct ta_meeting *meeting)
{
    char date[TA_DATE_SIZE];
    ta_moment_short(date, meeting->when);
    ta_text_addf(out, "%s is set as well: m moves or cancels the first.", date);
}

bool home_say_aside(struct ta_text *out, const struct home *home)
{
    enum home_matter matter = home_matter(home);
    unsigned over = minutes_over(home);
    if (matter == HOME_SIGNATURE) {
        struct ta_piece name = ta_pair_short_name(&home->pair, ta_role_other(home->pair.me));
        ta_text_addf(out, "New there? %.*s joins with F2, and the address that o shows.",
                     (int)name.length, name.at);
    } else if (!home->sent.is_shared && has_signed_alone(home)) {
        ta_text_add(out, "On another machine? o says where the two of you sync.");
    } else if (matter == HOME_NOTHING && over > 0) {
        ta_text_addf(out, "The agenda is %u min too long: a shortens it.", over);
        return true;
    } else if (matter == HOME_NOTHING && crowded(home) != NULL) {
        say_crowded(out, crowded(home));
        return true;
    }
    return false;
}

int home_place_shown(const char *place, int columns)
{
    size_t length = strlen(place);
    size_t shown = length;
    while (shown > 0 && ta_width(place, shown) > columns) {
        do {
            shown--;
        } while (shown > 0 && place[shown] != ',');
    }
    return (int)(shown > 0 ? shown : length);
}

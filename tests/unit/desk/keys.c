#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "keys.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"

int world_with_keys(void **state)
{
    int result = world_open(state);
    struct world *world = *state;
    unsetenv("SSH_AUTH_SOCK");
    free(world_shell(world, "cd \"$TURNABOUT_HOME\" && for key in priya dana other locked; do "
                            "ssh-keygen -q -t ed25519 -a 1 -C '' -N \"$(test $key = locked && echo "
                            "secret)\" -f $key; done"));
    return result;
}

void take(struct world *world, const char *key)
{
    struct ta_text path = {0};
    ta_text_addf(&path, "%s/%s", world->home, key != NULL ? key : "");
    ta_replace(&world->desk.config.key, key != NULL ? path.bytes : NULL);
    ta_text_release(&path);
}

void draft(struct world *world, const char *goals)
{
    fine(world,
         ta_desk_contract_set(&world->desk, &world->pair, TA_CLAUSE_GOALS, goals, &world->err));
}

bool try_to_sign(struct world *world, enum ta_role role, const char *key, struct ta_signing signing)
{
    take(world, key);
    world_later(world, 1);
    return ta_desk_contract_sign_with(&world->desk, &world->pair, role, &signing, &world->err);
}

void sign(struct world *world, enum ta_role role, const char *key)
{
    fine(world, try_to_sign(world, role, key, (struct ta_signing){0}));
}

void sign_both(struct world *world, const char *goals)
{
    draft(world, goals);
    sign(world, TA_MENTOR, "priya");
    sign(world, TA_MENTEE, "dana");
}

void by_hand(struct world *world, const char *commands)
{
    struct ta_text script = {0};
    ta_text_addf(
        &script,
        "dir=$(mktemp -d) && git clone -q \"$record\" $dir && cd $dir && { %s; } && git add "
        "-A && git -c user.name=X -c user.email=x@example.org commit -qm 'By hand' && git "
        "push -q origin HEAD:main && rm -rf $dir",
        commands);
    free(world_shell(world, script.bytes));
    ta_text_release(&script);
}

void read_seals(struct world *world, struct ta_seals *seals)
{
    struct ta_contract_state state;
    fine(world, ta_desk_contract(&world->desk, &world->pair, &state, &world->err));
    fine(world, ta_desk_seals(&world->desk, &world->pair, &state, seals, &world->err));
    ta_contract_state_release(&state);
}

void expect(struct world *world, enum ta_role role, enum ta_seal_kind kind, bool valid,
            const char *word)
{
    struct ta_seals seals;
    read_seals(world, &seals);
    const struct ta_seal *seal = &seals.of[role];
    assert_int_equal(seal->kind, kind);
    if (valid && seal->problem != NULL) {
        fail_msg("%s", seal->problem);
    }
    assert_int_equal(seal->valid, valid);
    if (!valid && kind != TA_SEAL_NONE && strstr(seal->problem, word) == NULL) {
        fail_msg("\"%s\" is not in: %s", word, seal->problem);
    }
    ta_seals_release(&seals);
}

bool is_in_force(struct world *world)
{
    struct ta_seals seals;
    read_seals(world, &seals);
    bool hold = ta_seals_hold(&seals);
    ta_seals_release(&seals);
    return hold;
}

/* Signing the contract with a key: what the screens say, and who asks for a passphrase. */
#include <stdio.h>
#include <string.h>

#include "world.h"

/* A pair whose contract is written, and two keys: one with a passphrase. */
static int make_keys(void **state)
{
    int result = world_make(state);
    struct world *world = *state;
    (void)world_do(world,
                   "ssh-keygen -q -t ed25519 -N '' -C '' -f priya\n"
                   "ssh-keygen -q -t ed25519 -a 1 -N 'a secret' -C '' -f dana\n"
                   "turnabout pair new --mentor 'Priya Raman' --mentee 'Dana Holt' --topic 'Who'\n"
                   "turnabout contract set goals 'Juniors speak first'\n");
    return result;
}

static void use(struct world *world, const char *key)
{
    (void)world_do(world,
                   "printf '[signing]\\nkey = %%s\\n' \"$PWD/%s\" >\"$TURNABOUT_HOME/config.ini\"",
                   key);
}

static struct terminal *open_contract(struct world *world)
{
    struct terminal *app = world_app(world);
    see(app, "[Enter]");
    terminal_press(app, "c");
    see(app, "v whole paper");
    return app;
}

/* What a clone, changed by hand and pushed, does to the record. */
static void tamper(struct world *world, const char *commands)
{
    (void)world_do(world,
                   "rm -rf clone && git clone -q \"$RECORD\" clone && cd clone && { %s; } && git "
                   "add -A && git -c user.name=X -c user.email=x@example.org commit -qm 'By hand' "
                   "&& git push -q origin HEAD:main",
                   commands);
}

static void a_key_signs_and_its_passphrase_is_asked_for_on_the_terminal(void **state)
{
    struct world *world = *state;
    use(world, "priya");
    struct terminal *app = open_contract(world);
    terminal_press(app, "s");
    see(app, "Who signs");
    terminal_press(app, "m");
    see(app, "by key");
    see(app, "has not signed");
    terminal_press(app, "q q");
    assert_int_equal(ended(app), 0);
    use(world, "dana");
    app = open_contract(world);
    terminal_press(app, "s");
    see(app, "Sign this exact text as Dana Holt?");
    terminal_press(app, "y");
    see(app, "Enter passphrase");
    miss(app, "Signatures");
    terminal_type(app, "a secret\r");
    see(app, "v1 is in force");
    miss(app, "typed");
    terminal_press(app, "q q");
    assert_int_equal(ended(app), 0);
    assert_holds(world_do(world, "turnabout contract check --json"),
                 "\"kind\": \"ssh\", \"valid\": true");
    world_is_sound(world);
}

/* The question behind a passphrase that was wrong. */
static struct terminal *fail_to_sign(struct world *world)
{
    use(world, "dana");
    struct terminal *app = open_contract(world);
    terminal_press(app, "s");
    see(app, "Who signs");
    terminal_press(app, "e");
    see(app, "Enter passphrase");
    terminal_type(app, "wrong\r");
    see(app, "Sign with the name alone?");
    return app;
}

static void a_wrong_passphrase_signs_nothing(void **state)
{
    struct world *world = *state;
    struct terminal *app = fail_to_sign(world);
    terminal_press(app, "n");
    miss(app, "Sign with the name alone?");
    see(app, "not signed yet");
    assert_holds(world_do(world, "turnabout contract check --json || test $? = 1"),
                 "\"signatures\": []");
}

static void the_name_may_be_enough_when_the_key_does_not_sign(void **state)
{
    struct world *world = *state;
    struct terminal *app = fail_to_sign(world);
    terminal_press(app, "y");
    see(app, "typed");
    assert_holds(world_do(world, "turnabout contract check --json || test $? = 1"),
                 "\"kind\": \"typed\", \"valid\": true");
}

static void a_signature_that_was_tampered_with_is_seen(void **state)
{
    struct world *world = *state;
    use(world, "priya");
    (void)world_do(world, "turnabout contract sign --as mentor\n"
                          "turnabout contract sign --as mentee --typed");
    struct terminal *app = open_contract(world);
    see(app, "v1 in force, signed by both");
    terminal_press(app, "q q");
    assert_int_equal(ended(app), 0);
    tamper(world, "ssh-keygen -q -Y sign -n turnabout-contract -f ../priya <README.md "
                  ">signatures/v1-mentor.sig");
    app = open_contract(world);
    see(app, "a signature is not proved");
    terminal_press(app, "End");
    see(app, "does not verify");
    terminal_resize(app, 12, 40);
    see(app, "Contract");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_key_signs_and_its_passphrase_is_asked_for_on_the_terminal,
                                        make_keys, world_remove),
        cmocka_unit_test_setup_teardown(a_wrong_passphrase_signs_nothing, make_keys, world_remove),
        cmocka_unit_test_setup_teardown(the_name_may_be_enough_when_the_key_does_not_sign,
                                        make_keys, world_remove),
        cmocka_unit_test_setup_teardown(a_signature_that_was_tampered_with_is_seen, make_keys,
                                        world_remove),
    };
    return world_run_tests(tests, argc, argv);
}

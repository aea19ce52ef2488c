#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/text.h"
#include "world.h"

static const char path[] = "sessions/01/summary.md";

/* Whoever never comes back fails, too: in the end by the time that the suite gives. */
static bool reads(struct world *world, char **text)
{
    return ta_ledger_read(world->git, world->record, NULL, path, text, &world->err);
}

/* Letters that zlib can make little of, and always the same. */
static char *letters(size_t length)
{
    char *text = malloc(length + 1);
    uint32_t state = 7;
    assert_non_null(text);
    for (size_t i = 0; i < length; i++) {
        state = state * 1664525U + 1013904223U;
        text[i] = (char)('!' + (state >> 24) % 90);
    }
    text[length] = '\0';
    return text;
}

/* Around each length at which a buffer ends: with "blob 16373" and a NUL before it, too. */
static void test_texts_of_all_lengths_come_back(void **state)
{
    static const size_t lengths[] = {0,     1,     20,    21,    24,    25,    26,     27,
                                     16372, 16373, 16374, 16383, 16384, 16385, 100000, 4194304};
    struct world *world = *state;
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        char *text = letters(lengths[i]);
        char *read = NULL;
        world_commit(world, 1, path, text);
        assert_true(reads(world, &read));
        assert_string_equal(read, text);
        free(read);
        free(text);
    }
}

/* What becomes of the file of an object, in Python: `data` is what it was, unpacked and packed. */
static const char *const damages[] = {
    "packed[:-1]",
    "packed[:20]",
    "packed[:1]",
    "b''",
    "packed + b'x'",
    "b'no zlib at all'",
    "packed[:40] + bytes(8) + packed[48:]",
    "pack(data[:-1])",
    "pack(data + b'x')",
    "pack(data[data.index(0) + 1:])",
    "pack(b'blob 7')",
    "pack(b'blob ' + data)",
    "pack(b'blob -1' + data[data.index(0):])",
    "pack(b'blob 99999999999999999999' + data[data.index(0):])",
    "pack(b'blob 4294967295' + data[data.index(0):])",
    "pack(b'blob 1073741824' + data[data.index(0):])",
    "pack(b'text' + data[4:])",
    "pack(data.replace(b'Heard', b'heard'))",
};

static void damage(struct world *world, const char *how)
{
    assert_true(world_runs(world,
                           "id=$(git rev-parse 'main:%s') && cat > damage.py <<'PYTHON'\n"
                           "import os, sys, zlib\n"
                           "pack = zlib.compress\n"
                           "packed = open(sys.argv[1], 'rb').read()\n"
                           "data = zlib.decompress(packed)\n"
                           "os.chmod(sys.argv[1], 0o644)\n"
                           "open(sys.argv[1], 'wb').write(%s)\n"
                           "PYTHON\n"
                           "python3 damage.py record.git/objects/$(echo $id | sed "
                           "'s,^..,&/,')",
                           path, how));
}

static void test_a_damaged_object_is_named_and_not_waited_for(void **state)
{
    struct world *world = *state;
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        struct ta_text text = {0};
        char *read = NULL;
        ta_text_addf(&text, "Heard %zu: %060d\n", i, 0);
        char *more = letters(9000);
        ta_text_add(&text, more);
        world_commit(world, 1, path, text.bytes);
        damage(world, damages[i]);
        print_message("%s\n", damages[i]);
        assert_false(reads(world, &read));
        assert_int_equal(world->err.code, TA_DAMAGED);
        assert_non_null(strstr(world->err.text, "record.git"));
        free(more);
        ta_text_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_texts_of_all_lengths_come_back, world_with_record,
                                        world_close),
        cmocka_unit_test_setup_teardown(test_a_damaged_object_is_named_and_not_waited_for,
                                        world_with_record, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

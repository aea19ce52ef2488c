#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/text.h"
#include "world.h"

static const char *text_of(struct world *world, const char *commit, const char *document)
{
    static char kept[256];
    char *text;
    if (!ta_ledger_read(world->git, world->record, commit, document, &text, &world->err)) {
        return NULL;
    }
    assert_true(strlen(text) < sizeof kept);
    (void)snprintf(kept, sizeof kept, "%s", text);
    free(text);
    return kept;
}

static void test_texts_come_back_byte_for_byte(void **state)
{
    static const char *const texts[] = {"", "no end", "a\r\nb\r\n", "\n\n", "\xff\xfe not UTF-8\n"};
    struct world *world = *state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        world_commit(world, 1, "sessions/01/summary.md", texts[i]);
        assert_string_equal(text_of(world, NULL, "sessions/01/summary.md"), texts[i]);
    }
}

static void test_a_document_as_of_a_commit(void **state)
{
    struct world *world = *state;
    char first[TA_ID_SIZE];
    world_commit(world, 1, "contract.md", "version 1\n");
    memcpy(first, world->id, sizeof first);
    world_commit(world, 1, "contract.md", "version 2\n");
    assert_string_equal(text_of(world, first, "contract.md"), "version 1\n");
    assert_string_equal(text_of(world, world->id, "contract.md"), "version 2\n");
    assert_true(world_runs(world, "git gc -q"));
    assert_string_equal(text_of(world, first, "contract.md"), "version 1\n");
    assert_string_equal(text_of(world, NULL, "contract.md"), "version 2\n");
}

static void test_what_is_not_there_is_absent(void **state)
{
    struct world *world = *state;
    assert_null(text_of(world, NULL, "README.md"));
    assert_int_equal(world->err.code, TA_ABSENT);
    world_commit(world, 1, "sessions/01/summary.md", "x\n");
    static const char *const asked[][2] = {
        {NULL, "README.md"},
        {NULL, "sessions"},
        {NULL, "sessions/01/summary.md/x"},
        {"0123456789abcdef0123456789abcdef01234567", "sessions/01/summary.md"},
        {"main", "sessions/01/summary.md"},
        {"", "sessions/01/summary.md"},
    };
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        assert_null(text_of(world, asked[i][0], asked[i][1]));
        assert_int_equal(world->err.code, TA_ABSENT);
    }
    assert_null(text_of(world, world_says(world, "git rev-parse main^{tree}"), "sessions"));
    assert_int_equal(world->err.code, TA_ABSENT);
}

/* Somebody's own files: a link, a submodule, a name in Latin-1, 4 MB and a byte, a NUL. */
static void fill_by_hand(struct world *world)
{
    assert_true(world_runs(
        world, "b=$(echo by hand | git hash-object -w --stdin) && "
               "n=$(printf 'a\\0b' | git hash-object -w --stdin) && "
               "l=$(head -c 4194305 /dev/zero | git hash-object -w --stdin) && "
               "git update-index --add --cacheinfo 100644,$b,a/deep/er/document.md "
               "--cacheinfo 100755,$b,executable.sh --cacheinfo 120000,$b,link.md "
               "--cacheinfo 100644,$n,nul.md --cacheinfo 100644,$l,large.md "
               "--cacheinfo 100644,$b,\"$(printf 'caf\\351.md')\" "
               "--cacheinfo 100644,$b,\"$(printf 'caf\\351/inside.md')\" "
               "--cacheinfo 160000,0123456789abcdef0123456789abcdef01234567,module && "
               "git update-ref refs/heads/main $(git commit-tree -m start $(git write-tree))"));
}

static void test_what_is_no_text_is_not_read(void **state)
{
    static const struct {
        const char *document;
        enum ta_code code;
    } asked[] = {
        {"link.md", TA_ABSENT},
        {"module", TA_ABSENT},
        {"large.md", TA_DAMAGED},
        {"nul.md", TA_DAMAGED},
    };
    struct world *world = *state;
    fill_by_hand(world);
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        assert_null(text_of(world, NULL, asked[i].document));
        assert_int_equal(world->err.code, asked[i].code);
        assert_non_null(strstr(world->err.text, asked[i].document));
    }
    assert_string_equal(text_of(world, NULL, "executable.sh"), "by hand\n");
}

struct visits {
    struct ta_text seen; /* "name (length), " for each */
    const char *refused; /* the document to stop at */
};

static bool note(const char *document, const char *text, size_t length, void *data,
                 struct ta_error *err)
{
    struct visits *visits = data;
    if (visits->refused != NULL && strcmp(document, visits->refused) == 0) {
        return ta_fail(err, TA_REFUSED, "enough");
    }
    ta_text_addf(&visits->seen, "%s (%zu %c), ", document, length, text != NULL ? text[0] : '-');
    return true;
}

static void test_a_walk_visits_every_document(void **state)
{
    struct world *world = *state;
    struct visits visits = {0};
    fill_by_hand(world);
    assert_true(ta_ledger_walk(world->git, world->record, NULL, note, &visits, &world->err));
    assert_string_equal(visits.seen.bytes,
                        "a/deep/er/document.md (8 b), executable.sh (8 b), large.md (0 -), "
                        "link.md (8 b), nul.md (3 a), ");
    ta_text_release(&visits.seen);
}

static void test_a_walk_is_as_of_a_commit(void **state)
{
    struct world *world = *state;
    struct visits visits = {0};
    char first[TA_ID_SIZE];
    world_commit(world, 1, "a.md", "one\n");
    memcpy(first, world->id, sizeof first);
    world_commit(world, 1, "b.md", "two\n");
    assert_true(ta_ledger_walk(world->git, world->record, first, note, &visits, &world->err));
    assert_string_equal(visits.seen.bytes, "a.md (4 o), ");
    ta_text_release(&visits.seen);
}

static void test_a_visit_can_end_the_walk(void **state)
{
    struct world *world = *state;
    struct visits visits = {.refused = "executable.sh"};
    fill_by_hand(world);
    assert_false(ta_ledger_walk(world->git, world->record, NULL, note, &visits, &world->err));
    assert_int_equal(world->err.code, TA_REFUSED);
    assert_string_equal(world->err.text, "enough");
    assert_string_equal(visits.seen.bytes, "a/deep/er/document.md (8 b), ");
    ta_text_release(&visits.seen);
}

static void test_a_damaged_document_is_told(void **state)
{
    static const char *const damages[] = {"echo x > $f", ": > $f", "rm $f",
                                          "head -c 12 $f > part; mv part $f"};
    struct world *world = *state;
    struct visits visits = {0};
    char file[TA_ID_SIZE + 1];
    world_commit(world, 1, "README.md", "one\n");
    const char *blob = world_says(world, "git rev-parse main:README.md");
    (void)snprintf(file, sizeof file, "%.2s/%s", blob, blob + 2);
    assert_true(world_runs(world, "cp record.git/objects/%s kept", file));
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        assert_true(world_runs(world,
                               "f=record.git/objects/%s; cp -f kept $f && chmod u+w $f && %s", file,
                               damages[i]));
        assert_null(text_of(world, NULL, "README.md"));
        assert_int_equal(world->err.code, TA_DAMAGED);
        assert_non_null(strstr(world->err.text, world->record));
        assert_false(ta_ledger_walk(world->git, world->record, NULL, note, &visits, &world->err));
        assert_int_equal(world->err.code, TA_DAMAGED);
    }
    ta_text_release(&visits.seen);
}

static void flip(const char *file, long at)
{
    FILE *stream = fopen(file, "r+be");
    assert_non_null(stream);
    assert_int_equal(fseek(stream, at, SEEK_SET), 0);
    int byte = fgetc(stream) ^ 0xFF;
    assert_int_equal(fseek(stream, at, SEEK_SET), 0);
    assert_int_equal(fputc(byte, stream), byte);
    assert_int_equal(fclose(stream), 0);
}

/* One byte after the other: the text comes back whole or with a reason why not, and soon. */
static void flip_each_byte(struct world *world, const char *pattern)
{
    const char *const right = "the first to speak sets what can be said\n";
    char file[4096];
    long size = strtol(world_says(world, "f=%s; chmod u+w $f; cat $f | wc -c", pattern), NULL, 10);
    (void)snprintf(file, sizeof file, "%s/%s", world->folder, world_says(world, "ls %s", pattern));
    for (long at = 0; at < size; at++) {
        flip(file, at);
        const char *text = text_of(world, NULL, "README.md");
        if (text != NULL) {
            assert_string_equal(text, right);
        } else {
            assert_int_equal(world->err.code, TA_DAMAGED);
        }
        flip(file, at);
    }
    assert_string_equal(text_of(world, NULL, "README.md"), right);
}

static void test_no_wrong_byte_goes_unseen(void **state)
{
    struct world *world = *state;
    char file[64];
    world_commit(world, 1, "README.md", "the first to speak sets what can be said\n");
    for (int i = 0; i < 3; i++) {
        static const char *const objects[] = {"main", "main^{tree}", "main:README.md"};
        const char *id = world_says(world, "git rev-parse '%s'", objects[i]);
        (void)snprintf(file, sizeof file, "record.git/objects/%.2s/%s", id, id + 2);
        flip_each_byte(world, file);
    }
    assert_true(world_runs(world, "git gc -q"));
    flip_each_byte(world, "record.git/objects/pack/*.pack");
}

static void test_a_record_deleted_underneath_is_absent(void **state)
{
    struct world *world = *state;
    world_commit(world, 1, "README.md", "one\n");
    assert_true(world_runs(world, "rm -r record.git"));
    assert_null(text_of(world, NULL, "README.md"));
    assert_int_equal(world->err.code, TA_ABSENT);
}

#define WITH_RECORD(test) cmocka_unit_test_setup_teardown(test, world_with_record, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_RECORD(test_texts_come_back_byte_for_byte),
        WITH_RECORD(test_a_document_as_of_a_commit),
        WITH_RECORD(test_what_is_not_there_is_absent),
        WITH_RECORD(test_what_is_no_text_is_not_read),
        WITH_RECORD(test_a_walk_visits_every_document),
        WITH_RECORD(test_a_walk_is_as_of_a_commit),
        WITH_RECORD(test_a_visit_can_end_the_walk),
        WITH_RECORD(test_a_damaged_document_is_told),
        WITH_RECORD(test_no_wrong_byte_goes_unseen),
        WITH_RECORD(test_a_record_deleted_underneath_is_absent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

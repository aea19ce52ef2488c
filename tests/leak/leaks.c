/*
 * leaks COUNT [SEED]: random histories of a pair, each from an empty folder: contracts of every
 * level, dates moved and cancelled for secret reasons, sessions, summaries, lines struck and put
 * back, keys turned, sessions withheld, in any order. In between and at the end released.git is
 * pushed. Then every object of the remote and of released.git is looked at, those that nothing
 * leads to among them: no object of the record, no secret, no word that was never approved by both,
 * no other path, author or time than those of the facts; and what can be reached from main has no
 * word that is not approved now. A copy of the record makes the same commit elsewhere.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "history.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/release.h"

enum { STEPS = 40 };

/* Looking */

static void expect_no_secret(struct history *history, const struct ta_text *objects,
                             const char *where)
{
    static const char *const secrets[] = {
        SECRET, "zz.example", "pair@localhost", "One of the pair", "Mentor: ", ":37+", ":37Z"};
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) {
        if (memmem(objects->bytes, objects->length, secrets[i], strlen(secrets[i]))) {
            say(history, where, secrets[i]);
        }
    }
}

static void expect_tokens(struct history *history, const struct ta_text *objects,
                          const struct tokens *allowed, const char *where)
{
    struct tokens found = {0};
    tokens_of(&found, objects->bytes, objects->length);
    size_t beyond = tokens_beyond(&found, allowed);
    if (beyond != SIZE_MAX) {
        char token[32];
        (void)snprintf(token, sizeof token, TOKEN "%04zu", beyond);
        say(history, where, token);
    }
}

static void look_at_objects(struct history *history, const char *repository)
{
    struct ta_text command = {0};
    struct ta_text objects = {0};
    ta_text_addf(&command, "git --git-dir \"$%s\" cat-file --batch-all-objects --batch",
                 repository);
    shell(history, command.bytes, &objects);
    expect_no_secret(history, &objects, repository);
    expect_tokens(history, &objects, &history->allowed, repository);
    ta_text_release(&command);
    ta_text_release(&objects);
}

/* What both approved does leave. */
static void expect_all(struct history *history, const struct ta_text *objects,
                       const struct tokens *allowed)
{
    struct tokens found = {0};
    tokens_of(&found, objects->bytes, objects->length);
    if (tokens_beyond(allowed, &found) != SIZE_MAX) {
        say(history, "main", "what both approved is not there");
    }
}

/* What the coordinator is shown now: the words that are approved now, and no others. */
static void look_at_main(struct history *history)
{
    struct ta_text objects = {0};
    struct tokens allowed = {0};
    struct ta_releases releases;
    if (!did(history, ta_desk_releases(&history->desk, &history->pair, &releases, &history->err),
             "releases")) {
        return;
    }
    for (size_t i = 0; i < releases.count; i++) {
        if (releases.items[i].standing == TA_RELEASE_DONE) {
            tokens_of(&allowed, releases.items[i].text, strlen(releases.items[i].text));
        }
    }
    shell(history,
          "git --git-dir \"$remote\" rev-list --objects main | cut -d' ' -f1 | "
          "git --git-dir \"$remote\" cat-file --batch",
          &objects);
    expect_tokens(history, &objects, &allowed, "main");
    expect_all(history, &objects, &allowed);
    ta_text_release(&objects);
    ta_releases_release(&releases);
}

/* One line each of what is not as it should be. */
static const char *const nothing_said[] = {
    /* no object of the record */
    "objects() { git --git-dir \"$1\" cat-file --batch-all-objects --batch-check | cut -d' ' -f1 | "
    "sort; }; objects \"$record\" >\"$TURNABOUT_HOME/ours\"; for git in \"$remote\" \"$released\"; "
    "do objects \"$git\" | comm -12 - \"$TURNABOUT_HOME/ours\"; done",
    /* no other path */
    "git --git-dir \"$remote\" log --all --format= --name-only >\"$TURNABOUT_HOME/said\" && "
    "! grep -vxE 'pair\\.md|meetings\\.md|sessions/[0-9][0-9]/released\\.md|' "
    "\"$TURNABOUT_HOME/said\"",
    /* no other author, and no time but a full minute's in UTC */
    "said=\"$TURNABOUT_HOME/said\"; for git in \"$remote\" \"$released\"; do "
    "git --git-dir \"$git\" cat-file --batch-all-objects --batch-check "
    "| sed -n 's/ commit .*//p' | git --git-dir \"$git\" cat-file --batch "
    "| grep -aE '^(author|committer) ' >\"$said\" || exit 1; "
    "grep -avE '^(author|committer) Turnabout <turnabout@localhost> [0-9]*[0-9]+ \\+0000$' "
    "\"$said\"; "
    "git --git-dir \"$git\" log --all --format='%ad %cd' --date=format:%S >\"$said\" || exit 1; "
    "grep -vx '00 00' \"$said\"; done; true",
    /* and git has nothing to say */
    "git --git-dir \"$released\" fsck --strict --no-dangling --no-progress 2>&1",
    "git --git-dir \"$remote\" fsck --strict --no-dangling --no-progress 2>&1",
};

static void expect_nothing_said(struct history *history)
{
    struct ta_text output = {0};
    for (size_t i = 0; i < sizeof nothing_said / sizeof *nothing_said; i++) {
        shell(history, nothing_said[i], &output);
        if (output.length > 0) {
            say(history, nothing_said[i], output.bytes);
        }
    }
    ta_text_release(&output);
}

/* A world for each */

static char *lookup(const char *name)
{
    if (strcmp(name, "TURNABOUT_CLOCK") == 0) {
        return "=2026-10-01T08:00:00Z";
    }
    return strncmp(name, "TURNABOUT", 9) == 0 ? getenv(name) : NULL;
}

static void set_folder(const char *name, const char *folder, const char *file)
{
    char *path = ta_path_join(folder, file);
    setenv(name, path, 1);
    free(path);
}

static bool begin(struct history *history)
{
    if (!ta_folder_temporary(&history->home, &history->err)) {
        return false;
    }
    setenv("TURNABOUT_HOME", history->home, 1);
    set_folder("record", history->home, "pairs/priya-dana/record.git");
    set_folder("released", history->home, "pairs/priya-dana/released.git");
    set_folder("remote", history->home, "remote.git");
    history->pair = (struct ta_pair){.me = TA_NOBODY, .topic = ta_copy("Who gets heard")};
    ta_person_read(&history->pair.person[TA_MENTOR], ta_piece_of("Priya Raman <p@zz.example>"));
    ta_person_read(&history->pair.person[TA_MENTEE], ta_piece_of("Dana Holt <d@zz.example>"));
    if (!ta_desk_open(&history->desk, lookup, &history->err)) {
        return false;
    }
    later(history, 0, 0);
    bool ok = ta_desk_pair_new(&history->desk, &history->pair, &history->err);
    run(history, "git init -q --bare -b main \"$remote\"");
    set_clause(history, TA_CLAUSE_GOALS, SECRET " goal");
    set_clause(history, TA_CLAUSE_CONFIDENTIALITY, SECRET " stays between us");
    return ok;
}

/* A copy of the record, in a folder that knows nothing else, makes the same commit. */
static void expect_the_same_elsewhere(struct history *history, const char *tip)
{
    char there[TA_ID_SIZE] = "";
    struct ta_pair pair = {0};
    struct ta_desk desk;
    char *home = ta_path_join(history->home, "elsewhere");
    setenv("elsewhere", home, 1);
    run(history, "mkdir -p \"$elsewhere/pairs/priya-dana\" && "
                 "cp -r \"$record\" \"$elsewhere/pairs/priya-dana/record.git\"");
    setenv("TURNABOUT_HOME", home, 1);
    bool ok = ta_desk_open(&desk, lookup, &history->err);
    if (ok) {
        ok = ta_desk_pair(&desk, "priya-dana", &pair, &history->err) &&
             ta_desk_project(&desk, &pair, there, &history->err);
        ta_desk_close(&desk);
    }
    if (!ok || strcmp(tip, there) != 0) {
        say(history, ok ? "another commit elsewhere" : history->err.text, there);
    }
    setenv("TURNABOUT_HOME", history->home, 1);
    ta_pair_release(&pair);
    free(home);
}

static void end(struct history *history)
{
    char tip[TA_ID_SIZE] = "";
    push(history);
    if (history->pushes > 0) {
        look_at_objects(history, "remote");
        look_at_objects(history, "released");
        look_at_main(history);
        expect_nothing_said(history);
        did(history, ta_desk_project(&history->desk, &history->pair, tip, &history->err),
            "project");
        struct ta_text subjects = {0};
        shell(history, "git --git-dir \"$released\" log -1 --format=%s main", &subjects);
        /* What was released once and is no more is told by this history alone. */
        if (strcmp(subjects.bytes, "Nothing is released\n") != 0) {
            expect_the_same_elsewhere(history, tip);
        }
        ta_text_release(&subjects);
    }
    ta_desk_close(&history->desk);
    ta_pair_release(&history->pair);
    if (!history->failed) {
        (void)ta_folder_remove(history->home, &history->err);
    }
    free(history->home);
}

static bool try_one(uint64_t seed, size_t *pushes, size_t *releases)
{
    struct history *history = ta_allocate(1, sizeof *history);
    history->dice = seed;
    if (!begin(history)) {
        printf("# %s\n", history->err.text);
        free(history);
        return false;
    }
    for (size_t step = 0; step < STEPS && !history->failed; step++) {
        later(history, 10 + (int64_t)roll(history, 3000), 0);
        (step == 0 ? amend : act)(history);
    }
    end(history);
    bool ok = !history->failed;
    *pushes += history->pushes;
    *releases += history->releases;
    free(history);
    return ok;
}

/* What is made here need not outlive the test, and is looked at many times: memory will do. */
static void stay_in_memory(void)
{
    if (access("/dev/shm", W_OK) == 0) {
        setenv("TMPDIR", "/dev/shm", 0);
    }
}

int main(int argc, char **argv)
{
    stay_in_memory();
    size_t count = argc > 1 ? strtoul(argv[1], NULL, 10) : 60;
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    size_t failures = 0, pushes = 0, releases = 0;
    for (size_t i = 0; i < count; i++) {
        if (!try_one(seed + i, &pushes, &releases)) {
            printf("# failed with the seed %" PRIu64 "\n", seed + i);
            failures++;
        }
        (void)fflush(stdout);
    }
    printf("%zu histories, %zu pushes, %zu texts approved by both, %zu failures\n", count, pushes,
           releases, failures);
    return failures == 0 && pushes > 0 && releases > 0 ? 0 : 1;
}

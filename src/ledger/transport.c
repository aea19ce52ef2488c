#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "transport.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/ledger/refs.h"

enum { LARGEST = 128 << 20 };

/* What a fetch leaves behind that was ended in the middle: git names it so, and forgets it. Only
 * what is younger than the fetch is of it. */
static void clear_remains(const char *path, time_t begun)
{
    char *name = ta_path_join(path, "objects/pack");
    DIR *folder = opendir(name);
    struct dirent *entry;
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        struct stat status;
        if (strncmp(entry->d_name, "tmp_", strlen("tmp_")) == 0 &&
            fstatat(dirfd(folder), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
            status.st_mtime >= begun) {
            (void)unlinkat(dirfd(folder), entry->d_name, 0);
        }
    }
    if (folder != NULL) {
        (void)closedir(folder);
    }
    free(name);
}

static bool has_no_branch(const struct ta_git_run *run)
{
    return run->end == TA_CHILD_ENDED && run->said.length > 0 &&
           strstr(run->said.bytes, "couldn't find remote ref") != NULL;
}

/* Of a history that was cut short git takes nothing, and calls that a success. */
static bool is_cut_short(const struct ta_git_run *run)
{
    return run->said.length > 0 && strstr(run->said.bytes, "because shallow roots") != NULL;
}

/* Of a path the branch can be read without git: most of the time there is nothing new. What cannot
 * be read so, such as a repository with a work tree, is git's. */
static bool has_nothing_new(const char *path, const char *url, const char *branch, const char *ref,
                            char tip[TA_ID_SIZE])
{
    char theirs[TA_ID_SIZE];
    struct ta_text name = {0};
    ta_text_addf(&name, "refs/heads/%s", branch);
    bool is_same = url[0] == '/' && ta_ledger_ref(url, name.bytes, theirs, NULL) &&
                   theirs[0] != '\0' && ta_ledger_ref(path, ref, tip, NULL) &&
                   strcmp(theirs, tip) == 0;
    ta_text_release(&name);
    return is_same;
}

bool ta_transport_fetch(const struct ta_transport *transport, const char *path, const char *url,
                        const char *branch, const char *ref, char tip[TA_ID_SIZE],
                        struct ta_error *err)
{
    if (!ta_transport_url(url, err)) {
        return false;
    }
    if (has_nothing_new(path, url, branch, ref, tip)) {
        return true;
    }
    struct ta_git_address address;
    struct ta_git_run run = {.transport = transport, .address = &address};
    ta_git_address_open(&address, url);
    struct ta_text refspec = {0};
    time_t begun = time(NULL) - 1; /* file systems round */
    ta_text_addf(&refspec, "+refs/heads/%s:%s", branch, ref);
    const char *const words[] = {
        "fetch",
        "--no-tags",
        "--no-write-fetch-head",
        "--no-auto-maintenance",
        "--no-recurse-submodules",
        "--atomic",
        "--progress",
        "--no-show-forced-updates",
        "--end-of-options",
        address.url,
        refspec.bytes,
        NULL,
    };
    ta_ledger_ref_unlock(path, ref);
    ta_git_run(&run, path, words, transport->largest > 0 ? transport->largest : LARGEST);
    tip[0] = '\0';
    bool is_done = ta_git_run_is_done(&run) && !is_cut_short(&run);
    bool ok = is_done ? ta_ledger_ref(path, ref, tip, err)
                      : has_no_branch(&run) || ta_git_trouble(&run, url, err);
    if (!is_done) {
        clear_remains(path, begun);
    }
    ta_text_release(&refspec);
    ta_git_address_close(&address);
    ta_git_run_release(&run);
    return ok;
}

/* Look */

/* The line "<id>\trefs/heads/main"; a pattern may match others, too. */
static bool read_answer(const struct ta_git_run *run, const char *ref, const char *url,
                        char tip[TA_ID_SIZE], struct ta_error *err)
{
    struct ta_piece rest = {run->out.bytes, run->out.length};
    struct ta_piece line;
    struct ta_piece id;
    while (ta_next_line(&rest, &line)) {
        if (!ta_next_part(&line, '\t', &id) || !ta_piece_is(ta_piece_trim(line), ref)) {
            continue;
        }
        if (id.length == TA_ID_SIZE - 1) {
            memcpy(tip, id.at, id.length);
            tip[id.length] = '\0';
            return true;
        }
        char *where = ta_git_where(url);
        (void)ta_fail(err, TA_DAMAGED,
                      "%s names its commits in another way (SHA-256): make a plain repository "
                      "there with git init --bare.",
                      where);
        free(where);
        return false;
    }
    return true;
}

bool ta_transport_look(const struct ta_transport *transport, const char *path, const char *url,
                       const char *branch, char tip[TA_ID_SIZE], struct ta_error *err)
{
    tip[0] = '\0';
    if (!ta_transport_url(url, err)) {
        return false;
    }
    struct ta_git_address address;
    struct ta_git_run run = {.transport = transport, .address = &address};
    ta_git_address_open(&address, url);
    struct ta_text ref = {0};
    ta_text_addf(&ref, "refs/heads/%s", branch);
    const char *const words[] = {"ls-remote", "--end-of-options", address.url, ref.bytes, NULL};
    ta_git_run(&run, path, words, 0);
    bool ok = ta_git_run_is_done(&run) ? read_answer(&run, ref.bytes, url, tip, err)
                                       : ta_git_trouble(&run, url, err);
    ta_text_release(&ref);
    ta_git_address_close(&address);
    ta_git_run_release(&run);
    return ok;
}

/* "<commit>\trefs/heads/master" */
static char *read_branch(const struct ta_git_run *run)
{
    static const char heads[] = "refs/heads/";
    struct ta_piece rest = {run->out.bytes, run->out.length};
    struct ta_piece line;
    struct ta_piece part;
    if (!ta_next_line(&rest, &line) || !ta_next_part(&line, '\t', &part) ||
        line.length < sizeof heads || memcmp(line.at, heads, sizeof heads - 1) != 0) {
        return NULL;
    }
    struct ta_text name = {0};
    ta_clean(&name, line.at + sizeof heads - 1, line.length - (sizeof heads - 1));
    return ta_text_take(&name);
}

bool ta_transport_branch(const struct ta_transport *transport, const char *path, const char *url,
                         char **branch, struct ta_error *err)
{
    *branch = NULL;
    if (!ta_transport_url(url, err)) {
        return false;
    }
    struct ta_git_address address;
    struct ta_git_run run = {.transport = transport, .address = &address};
    ta_git_address_open(&address, url);
    const char *const words[] = {"ls-remote", "--heads", "--end-of-options", address.url, NULL};
    ta_git_run(&run, path, words, 0);
    bool ok = ta_git_run_is_done(&run) || ta_git_trouble(&run, url, err);
    *branch = ok ? read_branch(&run) : NULL;
    ta_git_address_close(&address);
    ta_git_run_release(&run);
    return ok;
}

/* Push */

/* What is said of the one branch, between "!\tcommit:branch\t" and the line's end; empty: nothing
 * was refused. */
static struct ta_piece find_refusal(const struct ta_git_run *run)
{
    struct ta_piece rest = {run->out.bytes, run->out.length};
    struct ta_piece line;
    struct ta_piece part;
    while (ta_next_line(&rest, &line)) {
        if (ta_next_part(&line, '\t', &part) && ta_piece_is(part, "!")) {
            (void)ta_next_part(&line, '\t', &part);
            return ta_piece_trim(line);
        }
    }
    return (struct ta_piece){0};
}

struct refusal {
    const char *sign;
    enum ta_push result;
    const char *sentence; /* "%s" is where; NULL: in its own words */
};

static const struct refusal refusals[] = {
    {"[rejected]", TA_PUSH_MOVED, NULL},
    {"(incorrect old value", TA_PUSH_MOVED, NULL},
    {"(reference already exists", TA_PUSH_MOVED, NULL},
    {"(branch is currently checked out", TA_PUSH_REFUSED,
     "%s is a folder that somebody works in, and takes no changes from outside: make a repository "
     "for the pair with git init --bare, and name that."},
    {"(non-fast-forward", TA_PUSH_REFUSED,
     "%s does not let its history be replaced (receive.denyNonFastForwards), which a release that "
     "was changed needs: ask whoever runs it."},
    {"(unpacker error", TA_PUSH_REFUSED,
     "%s could not keep what was sent: its disk may be full, or you may not write there; ask "
     "whoever runs it."},
};

/* The one that git tells among its own words there. */
static const struct refusal locked = {
    ".lock': File exists", TA_PUSH_REFUSED,
    "main is locked at %s: another git is at work there, or was killed and left its lock. Try "
    "again in a moment; if that does not help and none runs there, remove the file "
    "refs/heads/main.lock in that folder."};

static const struct refusal *find_known(const struct ta_git_run *run, struct ta_piece words)
{
    char *copy = ta_piece_copy(words);
    bool is_locked = run->other.length > 0 && strstr(run->other.bytes, locked.sign) != NULL;
    const struct refusal *found = is_locked ? &locked : NULL;
    for (size_t i = 0; found == NULL && i < sizeof refusals / sizeof refusals[0]; i++) {
        found = strstr(copy, refusals[i].sign) != NULL ? &refusals[i] : NULL;
    }
    free(copy);
    return found;
}

/* The branch moved while it was written to: what was found is told as git's lock tells it. */
static bool has_moved_meanwhile(const struct ta_git_run *run)
{
    return run->other.length > 0 && strstr(run->other.bytes, "but expected") != NULL;
}

static bool tell_refusal(const struct ta_git_run *run, const struct refusal *known,
                         struct ta_piece words, const char *url, struct ta_error *err)
{
    char *where = ta_git_where(url);
    struct ta_text sentence = {0};
    if (known != NULL) {
        ta_git_fill(&sentence, known->sentence, where);
    } else {
        struct ta_text reason = {0};
        ta_text_add_bytes(&reason, words.at, words.length);
        ta_text_addf(&sentence, "%s did not take what was sent", where);
        ta_git_quote_last(&sentence, run->other.length > 0 ? &run->other : &reason);
        ta_text_add(&sentence, ": ask whoever runs it what its rules are.");
        ta_text_release(&reason);
    }
    (void)ta_fail(err, TA_REFUSED, "%s", sentence.bytes);
    ta_text_release(&sentence);
    free(where);
    return false;
}

static bool judge_push(const struct ta_git_run *run, const char *url, enum ta_push *result,
                       struct ta_error *err)
{
    struct ta_piece words = find_refusal(run);
    if (ta_git_run_is_done(run)) {
        *result = TA_PUSH_DONE;
        return true;
    }
    if (run->end != TA_CHILD_ENDED || words.length == 0) {
        return ta_git_trouble(run, url, err);
    }
    const struct refusal *known = find_known(run, words);
    *result = known != NULL ? known->result : TA_PUSH_REFUSED;
    *result = has_moved_meanwhile(run) ? TA_PUSH_MOVED : *result;
    return *result == TA_PUSH_MOVED || tell_refusal(run, known, words, url, err);
}

bool ta_transport_push(const struct ta_transport *transport, const char *path, const char *url,
                       const char *commit, const char *branch, const char *expected,
                       enum ta_push *result, struct ta_error *err)
{
    *result = TA_PUSH_FAILED;
    if (!ta_transport_url(url, err)) {
        return false;
    }
    struct ta_git_address address;
    struct ta_git_run run = {.transport = transport, .address = &address};
    ta_git_address_open(&address, url);
    struct ta_text refspec = {0};
    struct ta_text lease = {0};
    ta_text_addf(&refspec, "%s:refs/heads/%s", commit, branch);
    ta_text_addf(&lease, "--force-with-lease=refs/heads/%s:%s", branch,
                 expected != NULL ? expected : "");
    const char *words[] = {
        "push",
        "--porcelain",
        "--progress",
        "--no-verify",
        "--no-follow-tags",
        "--no-recurse-submodules",
        "--no-signed",
        "--no-force-if-includes",
        expected != NULL ? lease.bytes : "--no-force-with-lease",
        "--end-of-options",
        address.url,
        refspec.bytes,
        NULL,
    };
    ta_git_run(&run, path, words, 0);
    bool ok = judge_push(&run, url, result, err);
    ta_text_release(&lease);
    ta_text_release(&refspec);
    ta_git_address_close(&address);
    ta_git_run_release(&run);
    return ok;
}

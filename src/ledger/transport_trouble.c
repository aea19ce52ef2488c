#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "transport.h"
#include "turnabout/base/unicode.h"

enum { SHOWN_LINE = 160, SHOWN_WHERE = 200 };

/* Where `sign` is found in what git said on our side of the line: what it means. "%s" is where. */
struct trouble {
    const char *sign;
    enum ta_code code;
    const char *sentence;
};

static const char host_changed[] =
    "The host of %s shows another key than it used to: somebody may stand between you and it, or "
    "it "
    "was set up anew. Ask whoever runs it; if all is well, take the old key out with ssh-keygen -R "
    "and its name, then sync again.";
static const char host_unknown[] =
    "The host of %s is not known here yet, and its key was not accepted: compare the fingerprint "
    "with whoever runs it, then sync again and say yes.";
static const char host_not_found[] =
    "The host of %s was not found: see that you are online and that its name is written right.";
static const char key_refused[] =
    "%s did not accept you: none of your ssh keys is known there, or the user name is another. "
    "Have "
    "your public key entered there, or add the right one with ssh-add.";
static const char password_wrong[] =
    "%s did not accept the user name and password: sync again and type them anew; some hosts want "
    "an access token in place of the password.";
static const char password_missing[] =
    "%s asks for a user name and password, and none was given: sync where you can be asked, or set "
    "up a credential helper of git.";
static const char not_answering[] = "Nothing takes a connection at %s: see that the address and "
                                    "port are right and that the service "
                                    "runs there.";
static const char no_way[] =
    "The host of %s cannot be reached: see that you are online; a firewall may stand between.";
static const char not_there[] = "There is no repository at %s, or you may not see it: see that the "
                                "address is written right; it "
                                "can be made there with git init --bare.";
static const char forbidden[] =
    "You may not do that at %s: ask whoever runs it to let you read and write there.";
static const char too_large[] = "%s sends more than a record can hold, so it was not taken: see "
                                "that the address is that of the "
                                "pair, and look at what is in it.";
static const char disk_full[] =
    "The disk is full, so what %s sent could not be kept: make room, then sync again.";
static const char damaged[] =
    "What %s sends is damaged or made up (git finds faults in its objects), so it was not taken: "
    "look at it there with git fsck, and bring back a copy that is sound.";
static const char broke_off[] =
    "The connection to %s broke off in the middle: nothing is lost here; sync again.";
static const char certificate[] =
    "The certificate of %s cannot be trusted: see that the address is right and this machine's "
    "clock, too; for a host of your own tell git about its certificate (http.sslCAInfo).";
static const char no_ssh[] =
    "ssh is not installed, and %s is reached by it: install it (on Debian and Ubuntu: apt install "
    "openssh-client), then sync again.";
static const char no_program_there[] =
    "git is not installed where %s is: have whoever runs that machine install it.";
static const char old_keys[] =
    "The ssh of this machine and that of %s have no method in common: one of them is too old, or "
    "asks for what the other does not allow (HostKeyAlgorithms in ssh's configuration).";
static const char foreign_owner[] =
    "The repository %s belongs to another user, so git does not touch it: if you trust them, "
    "git config --global --add safe.directory with its path.";
static const char other_format[] =
    "The repository %s is in a format that cannot be used here (SHA-256, or cut short): make one "
    "anew with git init --bare.";
static const char locked[] =
    "Another program is at work in the repository here, so what %s has could not be taken: try "
    "again in a moment.";
static const char protocol[] =
    "%s is of a kind that is not used here: use a path, https, http, ssh or git.";
static const char failing_there[] =
    "%s answers that something is wrong on its side: try again later, or tell whoever runs it.";
static const char no_git_there[] =
    "What answers at %s is no git repository: see that the address is written right.";
static const char old_git[] =
    "The git of this machine is too old to reach %s: version 2.30 or later is needed.";

/* The first that is found counts: what is told exactly comes before what only follows from it. */
static const struct trouble troubles[] = {
    {"File too large", TA_DAMAGED, too_large},
    {"Out of memory", TA_DAMAGED, too_large},
    {"out of memory", TA_DAMAGED, too_large},
    {"No space left on device", TA_SYSTEM, disk_full},
    {"Out of diskspace", TA_SYSTEM, disk_full},
    {"Disk quota exceeded", TA_SYSTEM, disk_full},
    {"REMOTE HOST IDENTIFICATION HAS CHANGED", TA_REFUSED, host_changed},
    {"Host key verification failed", TA_REFUSED, host_unknown},
    {"Unable to negotiate with", TA_SYSTEM, old_keys},
    {"Too many authentication failures", TA_REFUSED, key_refused},
    {"Permission denied (", TA_REFUSED, key_refused},
    {"Could not resolve", TA_ABSENT, host_not_found},
    {"Name or service not known", TA_ABSENT, host_not_found},
    {"name resolution", TA_ABSENT, host_not_found},
    {"unable to look up", TA_ABSENT, host_not_found},
    {"Connection refused", TA_SYSTEM, not_answering},
    {"Couldn't connect to server", TA_SYSTEM, not_answering},
    {"Network is unreachable", TA_SYSTEM, no_way},
    {"No route to host", TA_SYSTEM, no_way},
    {"timed out", TA_SYSTEM, no_way},
    {"SSL certificate", TA_REFUSED, certificate},
    {"certificate verif", TA_REFUSED, certificate},
    {"SSL: ", TA_REFUSED, certificate},
    {"Authentication failed for", TA_REFUSED, password_wrong},
    {"could not read Username", TA_REFUSED, password_missing},
    {"could not read Password", TA_REFUSED, password_missing},
    {"returned error: 401", TA_REFUSED, password_wrong},
    {"returned error: 403", TA_REFUSED, forbidden},
    {"returned error: 404", TA_ABSENT, not_there},
    {"returned error: 413", TA_REFUSED, failing_there},
    {"returned error: 429", TA_SYSTEM, failing_there},
    {"returned error: 5", TA_SYSTEM, failing_there},
    {"dubious ownership", TA_REFUSED, foreign_owner},
    {"does not appear to be a git repository", TA_ABSENT, not_there},
    {"epository not found", TA_ABSENT, not_there},
    {"' not found", TA_ABSENT, not_there},
    {"epository not exported", TA_ABSENT, not_there},
    {"is this a git repository", TA_ABSENT, no_git_there},
    {"info/refs not valid", TA_ABSENT, no_git_there},
    {"git-upload-pack: not found", TA_SYSTEM, no_program_there},
    {"git-receive-pack: not found", TA_SYSTEM, no_program_there},
    {"-pack: command not found", TA_SYSTEM, no_program_there},
    {"cannot run ssh", TA_SYSTEM, no_ssh},
    {"ssh: not found", TA_SYSTEM, no_ssh},
    {"mismatched algorithms", TA_DAMAGED, other_format},
    {"object-format", TA_DAMAGED, other_format},
    {"shallow", TA_DAMAGED, other_format},
    {"fsck error", TA_DAMAGED, damaged},
    {"bad object", TA_DAMAGED, damaged},
    {"did not send all necessary objects", TA_DAMAGED, damaged},
    {"inflate", TA_DAMAGED, damaged},
    {"pack is corrupted", TA_DAMAGED, damaged},
    {"pack signature mismatch", TA_DAMAGED, damaged},
    {"pack has", TA_DAMAGED, damaged},
    {"SHA1 COLLISION", TA_DAMAGED, damaged},
    {"unresolved delta", TA_DAMAGED, damaged},
    {".lock': File exists", TA_BUSY, locked},
    {"cannot lock ref", TA_BUSY, locked},
    {"' not allowed", TA_WRONG, protocol},
    {"insufficient permission", TA_REFUSED, forbidden},
    {"Permission denied", TA_REFUSED, forbidden},
    {"Read-only file system", TA_REFUSED, forbidden},
    {"access denied", TA_REFUSED, forbidden},
    {"early EOF", TA_SYSTEM, broke_off},
    {"hung up", TA_SYSTEM, broke_off},
    {"unexpected disconnect", TA_SYSTEM, broke_off},
    {"onnection reset", TA_SYSTEM, broke_off},
    {"onnection closed", TA_SYSTEM, broke_off},
    {"kex_exchange_identification", TA_SYSTEM, broke_off},
    {"Broken pipe", TA_SYSTEM, broke_off},
    {"RPC failed", TA_SYSTEM, broke_off},
    {"Empty reply from server", TA_SYSTEM, broke_off},
    {"transfer closed", TA_SYSTEM, broke_off},
    {"unexpected end of file", TA_SYSTEM, broke_off},
    {"bad line length", TA_SYSTEM, no_git_there},
    {"protocol error", TA_SYSTEM, no_git_there},
    {"unexpected flush", TA_SYSTEM, broke_off},
    {"unknown option", TA_SYSTEM, old_git},
    {"invalid index-pack output", TA_DAMAGED, damaged},
};

/* A path that is not there is told before git's own words about it, which are the same for all. */
static bool is_missing_path(const char *url)
{
    struct stat status;
    return url[0] == '/' && lstat(url, &status) != 0;
}

/* git could read a bundle; what brought trouble is none. */
static bool is_file(const char *url)
{
    static const char scheme[] = "file://";
    bool has_scheme = strncmp(url, scheme, sizeof scheme - 1) == 0;
    const char *path = has_scheme ? url + sizeof scheme - 1 : url;
    char *decoded = has_scheme ? ta_git_decoded(ta_piece_of(path)) : NULL;
    struct stat status;
    path = decoded != NULL ? decoded : path;
    bool is = path[0] == '/' && stat(path, &status) == 0 && S_ISREG(status.st_mode);
    free(decoded);
    return is;
}

static const struct trouble *find_trouble(const char *said)
{
    for (size_t i = 0; i < sizeof troubles / sizeof troubles[0]; i++) {
        if (strstr(said, troubles[i].sign) != NULL) {
            return &troubles[i];
        }
    }
    return NULL;
}

char *ta_git_where(const char *url)
{
    char *raw = ta_transport_shown(url);
    struct ta_text clean = {0};
    ta_clean(&clean, raw, strlen(raw));
    size_t fit = ta_fit(clean.bytes, clean.length, SHOWN_WHERE);
    if (fit < clean.length) {
        ta_text_remove(&clean, fit, clean.length - fit);
        ta_text_add(&clean, "…");
    }
    free(raw);
    return ta_text_take(&clean);
}

/* What git says at the end of whatever went wrong. */
static bool is_advice(struct ta_piece line)
{
    static const char *const lines[] = {
        "",
        "fatal: Could not read from remote repository.",
        "Please make sure you have the correct access rights",
        "and the repository exists.",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        if (ta_piece_is(line, lines[i])) {
            return true;
        }
    }
    return false;
}

/* The last that tells something. */
static struct ta_piece telling_line(struct ta_piece lines)
{
    struct ta_piece rest = lines;
    struct ta_piece telling = {0};
    for (struct ta_piece line; ta_next_line(&rest, &line);) {
        line = ta_piece_trim(line);
        telling = is_advice(line) ? telling : line;
    }
    return telling.length > 0 ? telling : ta_last_line(lines);
}

void ta_git_quote_last(struct ta_text *out, const struct ta_text *lines)
{
    struct ta_piece last = telling_line((struct ta_piece){lines->bytes, lines->length});
    struct ta_text clean = {0};
    ta_clean(&clean, last.at, last.length);
    if (clean.length > 0) {
        size_t shown = ta_fit(clean.bytes, clean.length, SHOWN_LINE);
        ta_text_addf(out, " (\"%.*s\")", (int)shown, clean.bytes);
    }
    ta_text_release(&clean);
}

void ta_git_fill(struct ta_text *out, const char *sentence, const char *where)
{
    const char *place = strstr(sentence, "%s");
    ta_text_add_bytes(out, sentence, (size_t)(place - sentence));
    ta_text_add(out, where);
    ta_text_add(out, place + strlen("%s"));
}

/* It was ended here: of itself it said nothing that matters. */
static bool tell_ended(const struct ta_git_run *run, const char *where, struct ta_error *err)
{
    const struct ta_transport *transport = run->transport;
    switch (run->end) {
    case TA_CHILD_STOPPED:
        return ta_fail(err, TA_REFUSED,
                       "The exchange with %s was stopped: nothing is lost; sync again when you "
                       "like.",
                       where);
    case TA_CHILD_SILENT:
        return ta_fail(err, TA_SYSTEM,
                       "%s does not answer (nothing came for %d seconds), so it was given up: see "
                       "that you are online, then sync again.",
                       where, transport->silence > 0 ? transport->silence : TA_TRANSPORT_SILENCE);
    case TA_CHILD_LOUD:
        return ta_fail(err, TA_DAMAGED,
                       "%s sends words without end, so it was given up: see that the address is "
                       "right, and tell whoever runs it.",
                       where);
    case TA_CHILD_SLOW:
        return ta_fail(err, TA_SYSTEM,
                       "%s was not done within %d seconds, so it was given up: sync again where "
                       "the network is better.",
                       where, transport->seconds > 0 ? transport->seconds : TA_TRANSPORT_SECONDS);
    default:
        return ta_fail(err, TA_SYSTEM,
                       "git could not be started for %s: the system has no room for another "
                       "program; close some and try again.",
                       where);
    }
}

static bool has_no_git(const struct ta_git_run *run)
{
    return WIFEXITED(run->status) && WEXITSTATUS(run->status) == TA_CHILD_NOT_FOUND &&
           run->said.length == 0;
}

/* What no sign was found for: the last that either side said. */
static bool tell_unknown(const struct ta_git_run *run, const char *where, struct ta_error *err)
{
    struct ta_text words = {0};
    ta_git_quote_last(&words, run->said.length > 0 ? &run->said : &run->other);
    (void)ta_fail(err, TA_SYSTEM,
                  "git could not reach %s%s: see that the address is right; git ls-remote with it "
                  "tells more.",
                  where, words.length > 0 ? words.bytes : "");
    ta_text_release(&words);
    return false;
}

static bool tell(const struct ta_git_run *run, const char *url, const char *where,
                 struct ta_error *err)
{
    if (run->end != TA_CHILD_ENDED) {
        return tell_ended(run, where, err);
    }
    if (has_no_git(run)) {
        return ta_fail(err, TA_SYSTEM,
                       "git is not installed, and the way to %s goes through it: install it (on "
                       "Debian and Ubuntu: apt install git), then sync again. All else works "
                       "without.",
                       where);
    }
    if (is_missing_path(url)) {
        return ta_fail(err, TA_ABSENT,
                       "There is nothing at %s: see that the path is written right and that its "
                       "disk is there; a repository can be made with git init --bare.",
                       where);
    }
    if (is_file(url)) {
        return ta_fail(err, TA_ABSENT,
                       "%s is a file, not a repository: see that the path is written right; a "
                       "repository can be made with git init --bare.",
                       where);
    }
    const struct trouble *trouble = run->said.length > 0 ? find_trouble(run->said.bytes) : NULL;
    if (trouble == NULL && run->other.length > 0) {
        trouble = find_trouble(run->other.bytes);
    }
    if (trouble == NULL) {
        return tell_unknown(run, where, err);
    }
    struct ta_text sentence = {0};
    ta_git_fill(&sentence, trouble->sentence, where);
    (void)ta_fail(err, trouble->code, "%s", sentence.bytes);
    ta_text_release(&sentence);
    return false;
}

bool ta_git_trouble(const struct ta_git_run *run, const char *url, struct ta_error *err)
{
    char *where = ta_git_where(url);
    (void)tell(run, url, where, err);
    free(where);
    return false;
}

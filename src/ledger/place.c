#include "turnabout/ledger/place.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "transport.h"
#include "turnabout/base/memory.h"

/* From where a path counts. Of one kind, different paths are different places. */
enum kind { LOCAL, WEB, DAEMON, SSH, SSH_FROM_HOME };

struct place {
    enum kind kind;
    char *host; /* "": this machine */
    char *path; /* its parts with "/" between, without one at either end */
};

static const struct {
    const char *begins;
    enum kind kind;
} schemes[] = {
    {"file://", LOCAL}, {"http://", WEB}, {"https://", WEB}, {"ssh://", SSH}, {"git://", DAEMON},
};

/* Paths */

/* "/srv//./dana.git/" is "srv/dana". */
static char *tidy(const char *path)
{
    static const char ending[] = ".git";
    struct ta_text made = {0};
    struct ta_piece rest = ta_piece_of(path);
    struct ta_piece part;
    while (ta_next_part(&rest, '/', &part)) {
        if (ta_piece_is(part, "..")) {
            const char *slash = made.length > 0 ? memrchr(made.bytes, '/', made.length) : NULL;
            size_t kept = slash != NULL ? (size_t)(slash - made.bytes) : 0;
            ta_text_remove(&made, kept, made.length - kept);
        } else if (part.length > 0 && !ta_piece_is(part, ".")) {
            ta_text_add(&made, made.length > 0 ? "/" : "");
            ta_text_add_bytes(&made, part.at, part.length);
        }
    }
    ta_text_add(&made, "");
    size_t end = sizeof ending - 1;
    if (made.length >= end && strcmp(made.bytes + made.length - end, ending) == 0) {
        ta_text_remove(&made, made.length - end, end);
    }
    while (made.length > 0 && made.bytes[made.length - 1] == '/') {
        ta_text_remove(&made, made.length - 1, 1);
    }
    return ta_text_take(&made);
}

/* Where it is really; what is not there yet is below the last folder that is. */
static char *find_real(const char *path)
{
    struct ta_text tried = {0};
    ta_text_addf(&tried, "%s.git", path); /* git looks for that, too */
    size_t length = strlen(path);
    char *real = realpath(path, NULL);
    real = real != NULL ? real : realpath(tried.bytes, NULL);
    while (real == NULL && length > 1) {
        const char *slash = memrchr(path, '/', length);
        length = slash != NULL ? (size_t)(slash - path) : 0;
        ta_text_clear(&tried);
        ta_text_add_bytes(&tried, path, length);
        ta_text_add(&tried, length > 0 ? "" : "/");
        real = realpath(tried.bytes, NULL);
    }
    ta_text_clear(&tried);
    ta_text_addf(&tried, "%s%s", real != NULL ? real : "",
                 length < strlen(path) ? path + length : "");
    free(real);
    return ta_text_take(&tried);
}

/* One folder that has two names without a link, as a mount has. */
static bool is_one_folder(const struct place *one, const struct place *other)
{
    struct stat first;
    struct stat second;
    struct ta_text path = {0};
    ta_text_addf(&path, "/%s", one->path);
    bool are_there = stat(path.bytes, &first) == 0;
    ta_text_clear(&path);
    ta_text_addf(&path, "/%s", other->path);
    are_there = are_there && stat(path.bytes, &second) == 0;
    ta_text_release(&path);
    return are_there && first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

/* Hosts */

static bool is_this_machine(const char *host)
{
    static const char *const names[] = {"localhost", "ip6-localhost", "::1", "0.0.0.0"};
    char own[HOST_NAME_MAX + 1] = "";
    (void)gethostname(own, sizeof own - 1);
    bool is_this = strncmp(host, "127.", strlen("127.")) == 0 || strcasecmp(host, own) == 0;
    for (size_t i = 0; !is_this && i < sizeof names / sizeof names[0]; i++) {
        is_this = strcasecmp(host, names[i]) == 0;
    }
    return is_this;
}

/* "dana@[::1]:2222" is "::1". */
static char *read_host(struct ta_piece authority)
{
    const char *at = memrchr(authority.at, '@', authority.length);
    const char *begin = at != NULL ? at + 1 : authority.at;
    const char *end = authority.at + authority.length;
    begin += begin < end && *begin == '[';
    const char *bracket = memchr(begin, ']', (size_t)(end - begin));
    const char *colon = memchr(begin, ':', (size_t)(end - begin));
    end = bracket != NULL ? bracket : end;
    if (colon != NULL && colon < end && memchr(colon + 1, ':', (size_t)(end - colon - 1)) == NULL) {
        end = colon;
    }
    end -= end > begin && end[-1] == '.';
    char *host = ta_copy_bytes(begin, (size_t)(end - begin));
    if (is_this_machine(host)) {
        host[0] = '\0';
    }
    return host;
}

/* "~/dana", "~priya/dana" and "dana" are below somebody's home. */
static void set_ssh_path(struct place *place, const char *path)
{
    const char *tilde = path[0] == '/' && path[1] == '~' ? path + 1 : path;
    bool is_absolute = tilde[0] == '/';
    place->kind = is_absolute ? SSH : SSH_FROM_HOME;
    if (tilde[0] == '~') {
        tilde += strcspn(tilde, "/");
    }
    char *real = is_absolute && place->host[0] == '\0' ? find_real(tilde) : ta_copy(tilde);
    place->path = tidy(real);
    free(real);
}

/* Addresses */

static struct place read_scheme(enum kind kind, const char *rest)
{
    char *decoded = ta_git_decoded(ta_piece_of(rest));
    char *plain = decoded != NULL ? decoded : ta_copy(rest);
    struct place place = {.kind = kind};
    size_t authority = strcspn(plain, kind == WEB ? "/?#" : "/");
    place.host = read_host((struct ta_piece){plain, authority});
    if (kind == WEB) {
        plain[authority + strcspn(plain + authority, "?#")] = '\0';
    }
    if (kind == SSH) {
        set_ssh_path(&place, plain + authority);
    } else {
        char *real = kind == LOCAL ? find_real(plain + authority) : ta_copy(plain + authority);
        place.path = tidy(real);
        free(real);
    }
    free(plain);
    return place;
}

/* "dana@host:path" or "[host:2222]:path"; the colon is the first that no bracket holds. */
static struct place read_scp(const char *url)
{
    const char *bracket = strchr(url, '[');
    const char *from = bracket != NULL && strchr(bracket, ']') != NULL ? strchr(bracket, ']') : url;
    const char *colon = strchr(from, ':');
    size_t host = colon != NULL ? (size_t)(colon - url) : strlen(url);
    struct place place = {.host = read_host((struct ta_piece){url, host})};
    set_ssh_path(&place, colon != NULL ? colon + 1 : "");
    return place;
}

static struct place read_place(const char *url)
{
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        if (strncmp(url, schemes[i].begins, strlen(schemes[i].begins)) == 0) {
            return read_scheme(schemes[i].kind, url + strlen(schemes[i].begins));
        }
    }
    if (url[0] != '/') {
        return read_scp(url);
    }
    char *real = find_real(url);
    struct place place = {.kind = LOCAL, .host = ta_copy(""), .path = tidy(real)};
    free(real);
    return place;
}

static void release(struct place *place)
{
    free(place->host);
    free(place->path);
}

/* "team/dana" ends with "dana". Hosts seldom tell upper case from lower. */
static bool ends_with(const char *path, const char *end)
{
    size_t whole = strlen(path);
    size_t part = strlen(end);
    return part <= whole && strcasecmp(path + whole - part, end) == 0 &&
           (part == whole || part == 0 || path[whole - part - 1] == '/');
}

static bool is_same(const char *one, const char *other)
{
    struct place first = read_place(one);
    struct place second = read_place(other);
    bool is_same = strcasecmp(first.host, second.host) == 0;
    if (is_same && first.kind == LOCAL && second.kind == LOCAL) {
        is_same = strcmp(first.path, second.path) == 0 || is_one_folder(&first, &second);
    } else if (is_same && first.kind == second.kind) {
        is_same = strcasecmp(first.path, second.path) == 0;
    } else if (is_same) {
        is_same = ends_with(first.path, second.path) || ends_with(second.path, first.path);
    }
    release(&first);
    release(&second);
    return is_same;
}

static bool is_within(const char *url, const char *folder)
{
    struct place inner = read_place(url);
    struct place outer = read_place(folder);
    size_t length = strlen(outer.path);
    bool is_here = inner.host[0] == '\0' && (inner.kind == LOCAL || inner.kind == SSH);
    bool is_within = is_here && strncmp(inner.path, outer.path, length) == 0 &&
                     (inner.path[length] == '/' || inner.path[length] == '\0');
    release(&inner);
    release(&outer);
    return is_within;
}

/* What git makes of them */

void ta_rewrites_read(struct ta_rewrites *rewrites, const char *path)
{
    static const struct ta_transport plain;
    static const char *const words[] = {"config", "-z", "--get-regexp",
                                        "^url\\..*\\.(push)?insteadof$", NULL};
    struct ta_git_run run = {.transport = &plain};
    *rewrites = (struct ta_rewrites){0};
    ta_git_run(&run, path, words, 0);
    if (ta_git_run_is_done(&run)) {
        ta_text_add_bytes(&rewrites->rules, run.out.bytes, run.out.length);
    }
    ta_git_run_release(&run);
}

void ta_rewrites_release(struct ta_rewrites *rewrites)
{
    ta_text_release(&rewrites->rules);
}

/* "url.BASE.insteadof", a line end, and what it stands in place of. */
static bool read_rule(struct ta_piece rule, const char *name, struct ta_piece *base,
                      struct ta_piece *instead)
{
    static const char begins[] = "url.";
    struct ta_piece key;
    size_t end = strlen(name);
    if (!ta_next_part(&rule, '\n', &key) || key.length < sizeof begins + end ||
        memcmp(key.at + key.length - end, name, end) != 0) {
        return false;
    }
    *base = (struct ta_piece){key.at + sizeof begins - 1, key.length - end - sizeof begins + 1};
    *instead = rule;
    return true;
}

/* The longest beginning counts, as in git. Free with free(). */
static char *rewrite(const struct ta_rewrites *rewrites, const char *name, const char *url)
{
    struct ta_piece rest = {rewrites->rules.bytes, rewrites->rules.length};
    struct ta_piece rule;
    struct ta_piece chosen = {0};
    size_t longest = 0;
    while (rest.length > 0 && ta_next_part(&rest, '\0', &rule)) {
        struct ta_piece base;
        struct ta_piece instead;
        if (read_rule(rule, name, &base, &instead) && instead.length > longest &&
            strncmp(url, instead.at, instead.length) == 0) {
            chosen = base;
            longest = instead.length;
        }
    }
    struct ta_text made = {0};
    ta_text_add_bytes(&made, longest > 0 ? chosen.at : "", chosen.length);
    ta_text_add(&made, url + longest);
    return ta_text_take(&made);
}

static const char *const names[] = {".insteadof", ".pushinsteadof"};

bool ta_place_is_same(const struct ta_rewrites *rewrites, const char *one, const char *other)
{
    const size_t count = sizeof names / sizeof names[0];
    bool found = is_same(one, other);
    bool is_any = rewrites != NULL && rewrites->rules.length > 0;
    for (size_t i = 0; is_any && !found && i < count * count; i++) {
        char *first = rewrite(rewrites, names[i / count], one);
        char *second = rewrite(rewrites, names[i % count], other);
        found = is_same(first, second);
        free(first);
        free(second);
    }
    return found;
}

bool ta_place_is_within(const struct ta_rewrites *rewrites, const char *url, const char *folder)
{
    bool found = is_within(url, folder);
    bool is_any = rewrites != NULL && rewrites->rules.length > 0;
    for (size_t i = 0; is_any && !found && i < sizeof names / sizeof names[0]; i++) {
        char *made = rewrite(rewrites, names[i], url);
        found = is_within(made, folder);
        free(made);
    }
    return found;
}

#include "turnabout/document/layout.h"

#include <string.h>

#include "front.h"
#include "line.h"
#include "reading.h"

/* A path of a repository; `*` stands for any one name, as of a session's folder. */
struct rule {
    const char *pattern;
    const char *kind; /**< of a paper, in its front matter; NULL: it has none */
    enum ta_place place;
    unsigned version; /**< up to which it is read */
    unsigned entries; /**< list entries at most; 0: as many as there is room for */
};

/* Each date is a step of what is released: so many would take a pair a hundred years, and the
 * program a few seconds. */
enum { MEETINGS_MOST = 2000 };

/* Lines that were struck and keys that were turned, for one session: each is held against all. */
enum { DECISIONS_MOST = 1000 };

struct rules {
    const struct rule *items;
    size_t count;
};

static const struct rule record_rules[] = {
    {"README.md", "record", TA_PLACE_PAPER, 1, 0},
    {"contract.md", "contract", TA_PLACE_PAPER, 1, 0},
    {"contract-proposed.md", "contract", TA_PLACE_PAPER, 1, 0},
    {"contract-signers", NULL, TA_PLACE_PAPER, 0, 0},
    {"signatures.md", "signatures", TA_PLACE_PAPER, 1, 0},
    {"signatures", NULL, TA_PLACE_FOLDER, 0, 0},
    {"meetings.md", "meetings", TA_PLACE_PAPER, 1, MEETINGS_MOST},
    {"promises.md", "promises", TA_PLACE_PAPER, 1, 0},
    {"sessions", NULL, TA_PLACE_FOLDER, 0, 0},
    {"sessions/*/agenda.md", "agenda", TA_PLACE_PAPER, 1, 0},
    {"sessions/*/summary.md", "summary", TA_PLACE_PAPER, 1, 0},
    {"sessions/*/reply.md", "reply", TA_PLACE_PAPER, 1, 0},
    {"sessions/*/release.md", "release", TA_PLACE_PAPER, 1, DECISIONS_MOST},
    {"sessions/*/*/agenda.md", "agenda", TA_PLACE_PAPER, 1, 0},
    {"sessions/*/*/summary.md", "summary", TA_PLACE_PAPER, 1, 0},
    {"sessions/*/*/reply.md", "reply", TA_PLACE_PAPER, 1, 0},
    {"sessions/*/*/release.md", "release", TA_PLACE_PAPER, 1, DECISIONS_MOST},
};

static const struct rule released_rules[] = {
    {"pair.md", "released", TA_PLACE_PAPER, 1, 0},
    {"meetings.md", "meetings", TA_PLACE_PAPER, 1, MEETINGS_MOST},
    {"sessions", NULL, TA_PLACE_FOLDER, 0, 0},
    {"sessions/*/released.md", NULL, TA_PLACE_PAPER, 0, 0},
    {"sessions/*/*/released.md", NULL, TA_PLACE_PAPER, 0, 0},
};

static const struct rules of_record = {record_rules, sizeof record_rules / sizeof *record_rules};
static const struct rules of_released = {released_rules,
                                         sizeof released_rules / sizeof *released_rules};

static bool matches(const char *pattern, const char *path)
{
    while (*pattern != '\0' && *path != '\0') {
        if (*pattern == '*') {
            pattern++;
            path += strcspn(path, "/");
        } else if (*pattern++ != *path++) {
            return false;
        }
    }
    return *pattern == '\0' && *path == '\0';
}

static const struct rule *find(const struct rules *rules, const char *path)
{
    for (size_t i = 0; i < rules->count; i++) {
        if (matches(rules->items[i].pattern, path)) {
            return &rules->items[i];
        }
    }
    return NULL;
}

/* "07" or "100s": where the numbered folders of sessions stand nothing else does. */
static bool is_session_folder(const char *path)
{
    static const char folder[] = "sessions/";
    if (strncmp(path, folder, sizeof folder - 1) != 0) {
        return false;
    }
    const char *name = path + sizeof folder - 1;
    size_t digits = strspn(name, "0123456789");
    name += digits;
    return digits > 0 && (*name == '\0' || (name[0] == 's' && name[1] == '\0'));
}

static enum ta_place place(struct rules rules, const char *path)
{
    const struct rule *rule = find(&rules, path);
    if (rule == NULL) {
        return is_session_folder(path) ? TA_PLACE_FOLDER : TA_PLACE_FREE;
    }
    return rule->place;
}

static bool has_room(const struct rule *rule, struct ta_piece body, struct ta_error *err)
{
    struct ta_piece line;
    struct ta_marker marker;
    unsigned entries = 0;
    while (rule->entries > 0 && entries <= rule->entries && ta_take_line(&body, &line)) {
        entries += ta_line_marker(&marker, line);
    }
    return entries <= rule->entries || rule->entries == 0 ||
           ta_fail(err, TA_DAMAGED, "%s has more than %u entries.", rule->pattern, rule->entries);
}

static bool check(struct rules rules, const char *path, struct ta_piece text, struct ta_error *err)
{
    const struct rule *rule = find(&rules, path);
    struct ta_piece front;
    struct ta_piece body;
    struct ta_piece line;
    struct ta_piece value = {0};
    if (text.length > 0 && memchr(text.at, '\0', text.length) != NULL) {
        return ta_fail(err, TA_DAMAGED, "%s has a NUL in it, so it is no text.", path);
    }
    if (!ta_front_is_text(text, path, err)) {
        return false;
    }
    if (rule == NULL || rule->kind == NULL) {
        return true;
    }
    if (!ta_front_split(text, &front, &body, path, err)) {
        return false;
    }
    while (value.at == NULL && ta_take_line(&front, &line)) {
        (void)ta_front_line(line, "turnabout", &value);
    }
    return ta_front_check_kind(value, rule->kind, rule->version, path, err) &&
           has_room(rule, body, err);
}

static enum ta_place place_in_record(const char *path)
{
    return place(of_record, path);
}

static bool check_of_record(const char *path, struct ta_piece text, struct ta_error *err)
{
    return check(of_record, path, text, err);
}

static enum ta_place place_in_released(const char *path)
{
    return place(of_released, path);
}

static bool check_of_released(const char *path, struct ta_piece text, struct ta_error *err)
{
    return check(of_released, path, text, err);
}

const struct ta_layout ta_layout_record = {"record", place_in_record, check_of_record};
const struct ta_layout ta_layout_released = {"released", place_in_released, check_of_released};

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "turnabout/base/file.h"
#include "turnabout/base/text.h"
#include "turnabout/ledger/ledger.h"
#include "turnabout/ledger/refs.h"

enum {
    LOOSE_LIMIT = 4096,    /* bytes; a loose ref is one line */
    PACKED_LIMIT = 1 << 24 /* bytes; some hundred thousand refs */
};

static const char main_ref[] = "refs/heads/main";

static bool is_id(struct ta_piece text)
{
    bool ok = text.length == TA_ID_SIZE - 1;
    for (size_t i = 0; ok && i < text.length; i++) {
        char digit = text.at[i];
        ok = (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
    }
    return ok;
}

static bool take_id(struct ta_piece text, const char *path, const char *name, char id[TA_ID_SIZE],
                    struct ta_error *err)
{
    if (!is_id(text)) {
        const char *shown = strcmp(name, main_ref) == 0 ? "branch main" : name;
        return ta_fail(err, TA_DAMAGED,
                       "The %s of %s does not name a commit (%zu bytes that are no SHA-1 id); look "
                       "at it with git fsck, or bring back a copy of it.",
                       shown, path, text.length);
    }
    memcpy(id, text.at, text.length);
    id[text.length] = '\0';
    return true;
}

/* Reads a file of the repository. One that is not there is empty, and `is_there` false. */
static bool read_part(struct ta_text *out, const char *path, const char *name, size_t limit,
                      bool *is_there, struct ta_error *err)
{
    struct ta_error problem;
    char *file = ta_path_join(path, name);
    *is_there = ta_file_read_plain(out, file, limit, &problem);
    free(file);
    return *is_there || problem.code == TA_ABSENT || ta_fail(err, problem.code, "%s", problem.text);
}

/* The line "<id> refs/heads/main"; "#" begins a comment and "^" what a tag stands for. */
static bool find_packed(struct ta_piece rest, const char *path, const char *name,
                        char id[TA_ID_SIZE], struct ta_error *err)
{
    struct ta_piece line;
    struct ta_piece first;
    while (ta_next_line(&rest, &line)) {
        if (ta_next_part(&line, ' ', &first) && ta_piece_is(line, name)) {
            return take_id(first, path, name, id, err);
        }
    }
    return true;
}

static bool read_packed(const char *path, const char *name, char id[TA_ID_SIZE],
                        struct ta_error *err)
{
    struct ta_text text = {0};
    bool is_there;
    bool ok = read_part(&text, path, "packed-refs", PACKED_LIMIT, &is_there, err) &&
              find_packed((struct ta_piece){text.bytes, text.length}, path, name, id, err);
    ta_text_release(&text);
    return ok;
}

static bool is_repository(const char *path, struct ta_error *err)
{
    char *objects = ta_path_join(path, "objects");
    bool ok = access(objects, F_OK) == 0;
    free(objects);
    return ok || ta_fail(err, TA_ABSENT,
                         "There is no record at %s; bring it back from a copy, or start a new "
                         "pair.",
                         path);
}

/* git writes packed-refs before it takes the loose ref away, so loose first misses nothing. */
bool ta_ledger_ref(const char *path, const char *name, char id[TA_ID_SIZE], struct ta_error *err)
{
    struct ta_text loose = {0};
    bool is_loose;
    id[0] = '\0';
    bool ok = read_part(&loose, path, name, LOOSE_LIMIT, &is_loose, err);
    if (ok && is_loose) {
        struct ta_piece whole = {loose.bytes, loose.length};
        ok = take_id(ta_piece_trim(whole), path, name, id, err);
    } else if (ok) {
        ok = read_packed(path, name, id, err) && (id[0] != '\0' || is_repository(path, err));
    }
    ta_text_release(&loose);
    return ok;
}

bool ta_ledger_tip(const char *path, char tip[TA_ID_SIZE], struct ta_error *err)
{
    return ta_ledger_ref(path, main_ref, tip, err);
}

#include <stdlib.h>

#include "reading.h"
#include "record.h"
#include "turnabout/document/contract_paper.h"

static const struct ta_record_kind file = {"signatures", "signatures.md", "Signatures"};

/** "v2 mentor Priya Raman, 2026-11-22T10:00:00+01:00, sha256 9f86d0..." */
static bool read_signature(struct ta_signature *signature, struct ta_piece text)
{
    struct ta_piece digest, when;

    *signature = (struct ta_signature){0};
    if (!ta_take_last(&text, &digest) || !ta_take_last(&text, &when) ||
        !ta_take(&digest, "sha256 ") || !ta_digest_read(signature->digest, digest) ||
        !ta_moment_read(&signature->when, when) || !ta_take_id(&text, 'v', &signature->version) ||
        !ta_role_read(&signature->role, ta_take_word(&text))) {
        return false;
    }
    signature->name = ta_piece_copy(text);
    return true;
}

bool ta_signatures_read(struct ta_signatures *signatures, const char *text, struct ta_error *err)
{
    struct ta_record record;
    struct ta_record_entry entry;
    struct ta_signature signature;
    bool ok;

    *signatures = (struct ta_signatures){0};
    ok = ta_record_open(&record, text, &file, err);
    while (ok && ta_record_next(&record, &entry)) {
        if (read_signature(&signature, entry.text)) {
            ta_signatures_add(signatures, &signature);
            free(signature.name);
        }
    }
    ta_record_release(&record);
    return ok;
}

/** Every signature counts as one of ours, and none is ever found again: they are only added. */
static unsigned is_signature(struct ta_piece text)
{
    struct ta_signature signature;

    if (!read_signature(&signature, text)) {
        return 0;
    }
    free(signature.name);
    return 1;
}

bool ta_signatures_append(char **out, const char *text, const struct ta_signature *signature,
                          struct ta_error *err)
{
    char when[TA_DATE_SIZE];
    struct ta_text line = {0};
    bool ok;

    ta_moment_write(when, signature->when);
    ta_text_addf(&line, "v%u %s ", signature->version, ta_role_name(signature->role));
    ta_add_line(&line, signature->name);
    ta_text_addf(&line, ", %s, sha256 %s", when, signature->digest);
    ok = ta_record_put(out, text, &file, is_signature, 0, line.bytes, err);
    ta_text_release(&line);
    return ok;
}

#include "turnabout/desk/record.h"

#include <stdlib.h>
#include <string.h>

#include "log.h"
#include "numbers.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/paper.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/store/index.h"

char *ta_record_path(const struct ta_desk *desk, const struct ta_pair *pair)
{
    struct ta_text path = {0};
    ta_text_addf(&path, "%s/pairs/%s/record.git", desk->places.data, pair->slug);
    return ta_text_take(&path);
}

/* The documents that grow with every session stand in the index a second time, abridged, so that a
 * start costs the same after a thousand of them. No document of a record can have such a name. */
static const struct {
    const char *document;
    char *(*abridge)(const char *text);
} grows[] = {
    {"meetings.md", ta_meetings_abridge},
    {"promises.md", ta_promises_abridge},
};

static char *brief_name(const char *document)
{
    struct ta_text name = {0};
    ta_text_addf(&name, "//brief/%s", document);
    return ta_text_take(&name);
}

/* The documents of a whole tree, kept until they go into the index in one transaction. */
struct gathering {
    struct ta_indexed *items;
    size_t count;
};

/* A text with a NUL in it would end there, and be written back without its rest. With a byte that
 * is in no UTF-8 instead, every reader of papers refuses it. */
static char *copy_text(const char *text, size_t length)
{
    char *copy = ta_copy_bytes(text, length);
    for (char *at = memchr(copy, '\0', length); at;
         at = memchr(at, '\0', length - (size_t)(at - copy))) {
        *at = '\xFF';
    }
    return copy;
}

static bool is_paper(const char *document)
{
    size_t length = strlen(document);
    return length >= 3 && strcmp(document + length - 3, ".md") == 0;
}

/* Blanks in place of a text that is too large to be read. Were it missing, it would be taken for
 * one that is yet to be written; so it is refused as too large, and stays as it is. */
static char *too_large(void)
{
    char *blanks = ta_allocate(TA_PAPER_LARGEST + 2, 1);
    memset(blanks, ' ', TA_PAPER_LARGEST + 1);
    return blanks;
}

static bool gather(const char *document, const char *text, size_t length, void *data,
                   struct ta_error *err)
{
    (void)err;
    struct gathering *gathering = data;
    if (!text && !is_paper(document)) {
        return true;
    }
    struct ta_indexed *item =
        ta_append(&gathering->items, gathering->count++, sizeof *gathering->items);
    item->path = ta_copy(document);
    item->text = text ? copy_text(text, length) : too_large();
    return true;
}

/* Adds the abridged text of a document that grows, made from `text`: the whole, or what was
 * abridged before and has been changed since. */
static void add_brief(struct gathering *gathering, const char *document, const char *text)
{
    for (size_t i = 0; i < sizeof grows / sizeof *grows; i++) {
        if (strcmp(document, grows[i].document) == 0) {
            struct ta_indexed *brief =
                ta_append(&gathering->items, gathering->count++, sizeof *gathering->items);
            brief->path = brief_name(document);
            brief->text = text ? grows[i].abridge(text) : NULL;
        }
    }
}

static void release_gathering(struct gathering *gathering)
{
    for (size_t i = 0; i < gathering->count; i++) {
        free((char *)gathering->items[i].path);
        free((char *)gathering->items[i].text);
    }
    free(gathering->items);
}

static bool rebuild(struct ta_desk *desk, const struct ta_pair *pair, const char *path,
                    const char *from, const char *tip, struct ta_error *err)
{
    struct gathering gathering = {0};
    bool ok = ta_ledger_walk(desk->git, path, tip, gather, &gathering, err);
    for (size_t i = 0, count = gathering.count; i < count; i++) {
        add_brief(&gathering, gathering.items[i].path, gathering.items[i].text);
    }
    ok = ok && numbers_follow(desk, pair, gathering.items, gathering.count, err) &&
         ta_store_index_replace(desk->store, pair->id, from, tip, gathering.items, gathering.count,
                                err);
    release_gathering(&gathering);
    return ok;
}

static void gather_gone(const char *document, void *data)
{
    struct gathering *gathering = data;
    struct ta_indexed *item =
        ta_append(&gathering->items, gathering->count++, sizeof *gathering->items);
    item->path = ta_copy(document);
}

/* Only what is not as it was, so that a merge or a commit made elsewhere costs the same after a
 * thousand sessions. False without an error to tell: then all of it is read anew. */
static bool follow(struct ta_desk *desk, const struct ta_pair *pair, const char *path,
                   const char *from, const char *tip)
{
    struct gathering gathering = {0};
    bool ok = from[0] != '\0' && ta_ledger_walk_changed(desk->git, path, from, tip, gather,
                                                        gather_gone, &gathering, NULL);
    for (size_t i = 0, count = gathering.count; ok && i < count; i++) {
        add_brief(&gathering, gathering.items[i].path, gathering.items[i].text);
    }
    ok = ok && numbers_follow(desk, pair, gathering.items, gathering.count, NULL) &&
         ta_store_index_move(desk->store, pair->id, from, tip, gathering.items, gathering.count,
                             NULL);
    release_gathering(&gathering);
    return ok;
}

static bool explain_missing(const char *path, struct ta_error *err)
{
    return ta_fail(
        err, TA_ABSENT,
        "The record of this pair is not where it was: %s. Put it back from a backup or a "
        "clone (git clone --bare); drafts and notes on this machine are kept.",
        path);
}

static bool read_tip(const char *path, char tip[TA_ID_SIZE], struct ta_error *err)
{
    struct ta_error refusal = {0};
    if (ta_ledger_tip(path, tip, &refusal)) {
        return true;
    }
    return refusal.code == TA_ABSENT ? explain_missing(path, err)
                                     : ta_fail(err, refusal.code, "%s", refusal.text);
}

/* The index is asked before main is, and moves only from where it was: so it never goes back behind
 * a commit that another program has brought it up to. */
static bool bring_up(struct ta_desk *desk, const struct ta_pair *pair, const char *path,
                     char tip[TA_ID_SIZE], struct ta_error *err)
{
    char indexed[TA_COMMIT_SIZE];
    return ta_store_index_tip(desk->store, pair->id, indexed, err) && read_tip(path, tip, err) &&
           (strcmp(indexed, tip) == 0 || follow(desk, pair, path, indexed, tip) ||
            rebuild(desk, pair, path, indexed, tip, err));
}

bool ta_record_refresh(struct ta_desk *desk, const struct ta_pair *pair, char tip[TA_ID_SIZE],
                       struct ta_error *err)
{
    char *path = ta_record_path(desk, pair);
    struct ta_error refusal = {0};
    bool ok = bring_up(desk, pair, path, tip, &refusal);
    if (!ok && refusal.code == TA_BUSY) {
        /* Another program brought it up at the same time. */
        ok = bring_up(desk, pair, path, tip, &refusal);
    }
    free(path);
    return ok || ta_fail(err, refusal.code, "%s", refusal.text);
}

bool ta_record_text(struct ta_desk *desk, const struct ta_pair *pair, const char *document,
                    char **text, struct ta_error *err)
{
    return ta_store_index_text(desk->store, pair->id, document, text, err);
}

bool ta_record_brief(struct ta_desk *desk, const struct ta_pair *pair, const char *document,
                     char **text, struct ta_error *err)
{
    char *name = brief_name(document);
    bool ok = ta_record_text(desk, pair, name, text, err) &&
              (*text || ta_record_text(desk, pair, document, text, err));
    free(name);
    return ok;
}

void ta_record_prepare(const struct ta_desk *desk, const struct ta_pair *pair)
{
    char *path = ta_record_path(desk, pair);
    ta_git_prepare(desk->git, path);
    free(path);
}

static bool commit_documents(struct ta_desk *desk, const struct ta_commit *commit,
                             const struct ta_document *documents, size_t count,
                             const char *expected, char id[TA_ID_SIZE], struct ta_error *err)
{
    char *path = ta_record_path(desk, commit->pair);
    struct ta_change *changes = ta_allocate(count, sizeof *changes);
    for (size_t i = 0; i < count; i++) {
        changes[i] = (struct ta_change){.path = documents[i].path, .text = documents[i].text};
    }
    bool ok = ta_ledger_commit(desk->git, path, commit, changes, count, expected, id, err);
    free(changes);
    free(path);
    return ok;
}

bool ta_record_commit(struct ta_desk *desk, const struct ta_commit *commit,
                      const struct ta_document *documents, size_t count, const char *expected,
                      struct ta_error *err)
{
    char id[TA_ID_SIZE];
    if (!commit_documents(desk, commit, documents, count, expected, id, err)) {
        return false;
    }
    struct gathering indexed = {0};
    for (size_t i = 0; i < count; i++) {
        const struct ta_document *document = &documents[i];
        struct ta_indexed *item = ta_append(&indexed.items, indexed.count++, sizeof *indexed.items);
        *item = (struct ta_indexed){ta_copy(document->path), ta_copy(document->text)};
        add_brief(&indexed, document->path, document->brief ? document->brief : document->text);
    }
    /* The commit stands. If the index cannot follow, the next refresh rebuilds it: no failure. */
    ta_store_index_move(desk->store, commit->pair->id, expected, id, indexed.items, indexed.count,
                        NULL);
    log_follow(desk, commit, expected, id);
    release_gathering(&indexed);
    return true;
}

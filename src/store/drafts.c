#include "turnabout/store/drafts.h"

#include <stdlib.h>

#include "internal.h"

bool ta_store_draft(struct ta_store *store, int64_t pair, const char *name, struct ta_draft *draft,
                    struct ta_error *err)
{
    *draft = (struct ta_draft){0};
    static const char sql[] = SQL(
        SELECT text, revision, changed FROM draft
        WHERE pair = :pair AND name = :name AND text IS NOT NULL
    );
    struct ta_query query = ta_query_kept(store, TA_KEPT_DRAFT, sql);
    ta_query_integer(&query, ":pair", pair);
    ta_query_text(&query, ":name", name);
    if (ta_query_row(&query)) {
        draft->text = ta_query_copy(&query, 0);
        draft->revision = ta_query_number(&query, 1);
        draft->changed = ta_query_number(&query, 2);
    }
    return ta_query_end(&query, err);
}

/* `*revision` becomes the new one, or 0 when the draft is not at the one that was read. */
static bool put(struct ta_store *store, int64_t pair, const char *name, const char *text,
                int64_t *revision, int64_t now, struct ta_error *err)
{
    static const char sql[] = SQL(
        INSERT INTO draft (pair, name, text, revision, changed)
        VALUES (:pair, :name, :text, 1, :now)
        ON CONFLICT (pair, name) DO UPDATE
            SET text = excluded.text, revision = revision + 1, changed = excluded.changed
            WHERE iif(text IS NULL, 0, revision) = :revision
        RETURNING revision
    );
    struct ta_query query = ta_query_kept(store, TA_KEPT_DRAFT_PUT, sql);
    ta_query_integer(&query, ":pair", pair);
    ta_query_text(&query, ":name", name);
    ta_query_text(&query, ":text", text);
    ta_query_integer(&query, ":revision", *revision);
    ta_query_integer(&query, ":now", now);
    *revision = ta_query_row(&query) ? ta_query_number(&query, 0) : 0;
    return ta_query_end(&query, err);
}

static bool write_draft(struct ta_store *store, bool quiet, int64_t pair, const char *name,
                        const char *text, int64_t *revision, int64_t now, struct ta_error *err)
{
    int64_t moved = *revision;
    if (!ta_store_begin(store, err)) {
        return false;
    }
    store->is_quiet = quiet;
    bool ok = put(store, pair, name, text, &moved, now, err);
    if (ok && moved == 0) {
        ok = ta_fail(err, TA_BUSY,
                     "The draft %s was changed elsewhere meanwhile: what is stored stands; look at "
                     "both before you save.",
                     name);
    }
    ok = ta_store_finish(store, ok, err);
    if (ok) {
        *revision = moved;
    }
    return ok;
}

bool ta_store_draft_put(struct ta_store *store, int64_t pair, const char *name, const char *text,
                        int64_t *revision, int64_t now, struct ta_error *err)
{
    return write_draft(store, false, pair, name, text, revision, now, err);
}

bool ta_store_draft_keep(struct ta_store *store, int64_t pair, const char *name, const char *text,
                         int64_t *revision, int64_t now, struct ta_error *err)
{
    return write_draft(store, true, pair, name, text, revision, now, err);
}

bool ta_draft_drop_within(struct ta_store *store, int64_t pair, const char *name,
                          struct ta_error *err)
{
    static const char sql[] = SQL(
        UPDATE draft SET text = NULL, revision = revision + 1
        WHERE pair = :pair AND name = :name AND text IS NOT NULL
    );
    struct ta_query query = ta_query_kept(store, TA_KEPT_DRAFT_DROP, sql);
    ta_query_integer(&query, ":pair", pair);
    ta_query_text(&query, ":name", name);
    return ta_query_run(&query, err);
}

static bool drop(struct ta_store *store, int64_t pair, const char *name, int64_t revision,
                 struct ta_error *err)
{
    static const char sql[] = SQL(
        UPDATE draft SET text = NULL, revision = revision + 1
        WHERE pair = :pair AND name = :name AND revision = :revision AND text IS NOT NULL
    );
    struct ta_query query = ta_query_once(store, sql);
    ta_query_integer(&query, ":pair", pair);
    ta_query_text(&query, ":name", name);
    ta_query_integer(&query, ":revision", revision);
    return ta_query_run(&query, err);
}

bool ta_store_draft_drop(struct ta_store *store, int64_t pair, const char *name, int64_t revision,
                         struct ta_error *err)
{
    return ta_store_begin(store, err) &&
           ta_store_finish(store, drop(store, pair, name, revision, err), err);
}

void ta_draft_release(struct ta_draft *draft)
{
    if (draft != NULL) {
        free(draft->text);
        *draft = (struct ta_draft){0};
    }
}

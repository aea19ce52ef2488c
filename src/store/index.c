#include "turnabout/store/index.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

bool ta_store_index_tip(struct ta_store *store, int64_t pair, char tip[TA_COMMIT_SIZE],
                        struct ta_error *err)
{
    tip[0] = '\0';
    static const char sql[] = SQL(
        SELECT tip FROM index_tip WHERE pair = :pair
    );
    struct ta_query query = ta_query_kept(store, TA_KEPT_INDEX_TIP, sql);
    ta_query_integer(&query, ":pair", pair);
    if (ta_query_row(&query)) {
        char *found = ta_query_copy(&query, 0);
        strncat(tip, found, TA_COMMIT_SIZE - 1);
        free(found);
    }
    return ta_query_end(&query, err);
}

static bool expect_tip(struct ta_store *store, int64_t pair, const char *from, struct ta_error *err)
{
    char tip[TA_COMMIT_SIZE];
    return ta_store_index_tip(store, pair, tip, err) &&
           (strcmp(tip, from) == 0 ||
            ta_fail(err, TA_BUSY,
                    "The index was brought up to date by another program meanwhile: "
                    "try again."));
}

static bool drop_all(struct ta_store *store, int64_t pair, struct ta_error *err)
{
    struct ta_query query = ta_query_once(store, SQL(DELETE FROM document WHERE pair = :pair));
    ta_query_integer(&query, ":pair", pair);
    return ta_query_run(&query, err);
}

static bool write_tip(struct ta_store *store, int64_t pair, const char *tip, struct ta_error *err)
{
    static const char sql[] = SQL(
        INSERT INTO index_tip (pair, tip) VALUES (:pair, :tip)
        ON CONFLICT (pair) DO UPDATE SET tip = excluded.tip
    );
    struct ta_query query = ta_query_kept(store, TA_KEPT_INDEX_TIP_PUT, sql);
    ta_query_integer(&query, ":pair", pair);
    ta_query_text(&query, ":tip", tip);
    return ta_query_run(&query, err);
}

static bool write_document(struct ta_store *store, int64_t pair, const struct ta_indexed *document,
                           struct ta_error *err)
{
    static const char drop[] = SQL(DELETE FROM document WHERE pair = :pair AND path = :path);
    static const char put[] = SQL(
        INSERT INTO document (pair, path, text) VALUES (:pair, :path, :text)
        ON CONFLICT (pair, path) DO UPDATE SET text = excluded.text
    );
    struct ta_query query = document->text == NULL
                                ? ta_query_kept(store, TA_KEPT_DOCUMENT_DROP, drop)
                                : ta_query_kept(store, TA_KEPT_DOCUMENT_PUT, put);
    ta_query_integer(&query, ":pair", pair);
    ta_query_text(&query, ":path", document->path);
    if (document->text != NULL) {
        ta_query_text(&query, ":text", document->text);
    }
    return ta_query_run(&query, err);
}

static bool write_all(struct ta_store *store, int64_t pair, const char *tip,
                      const struct ta_indexed *documents, size_t count, struct ta_error *err)
{
    assert(strlen(tip) < TA_COMMIT_SIZE);
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        ok = write_document(store, pair, &documents[i], err);
    }
    return ok && write_tip(store, pair, tip, err);
}

bool ta_store_index_move(struct ta_store *store, int64_t pair, const char *from, const char *tip,
                         const struct ta_indexed *documents, size_t count, struct ta_error *err)
{
    if (!ta_store_begin_derived(store, err)) {
        return false;
    }
    bool ok = expect_tip(store, pair, from, err) &&
              write_all(store, pair, tip, documents, count, err);
    return ta_store_finish_derived(store, ok, err);
}

bool ta_store_index_replace(struct ta_store *store, int64_t pair, const char *from, const char *tip,
                            const struct ta_indexed *documents, size_t count, struct ta_error *err)
{
    if (!ta_store_begin_derived(store, err)) {
        return false;
    }
    bool ok = expect_tip(store, pair, from, err) && drop_all(store, pair, err) &&
              write_all(store, pair, tip, documents, count, err);
    return ta_store_finish_derived(store, ok, err);
}

bool ta_store_index_text(struct ta_store *store, int64_t pair, const char *path, char **text,
                         struct ta_error *err)
{
    *text = NULL;
    static const char sql[] = SQL(
        SELECT text FROM document WHERE pair = :pair AND path = :path
    );
    struct ta_query query = ta_query_kept(store, TA_KEPT_DOCUMENT, sql);
    ta_query_integer(&query, ":pair", pair);
    ta_query_text(&query, ":path", path);
    if (ta_query_row(&query)) {
        *text = ta_query_copy(&query, 0);
    }
    return ta_query_end(&query, err);
}

bool ta_store_index_walk(struct ta_store *store, int64_t pair,
                         void (*visit)(const struct ta_indexed *document, void *data), void *data,
                         struct ta_error *err)
{
    struct ta_query query = ta_query_once(
        store, SQL(SELECT path, text FROM document WHERE pair = :pair ORDER BY path));
    ta_query_integer(&query, ":pair", pair);
    while (ta_query_row(&query)) {
        struct ta_indexed document = {ta_query_look(&query, 0), ta_query_look(&query, 1)};
        visit(&document, data);
    }
    return ta_query_end(&query, err);
}

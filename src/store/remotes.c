#include "turnabout/store/remotes.h"

#include <stdlib.h>

#include "internal.h"
#include "turnabout/base/memory.h"

bool ta_store_remotes(struct ta_store *store, int64_t pair, struct ta_stored_remotes *remotes,
                      struct ta_error *err)
{
    static const char sql[] = SQL(
        SELECT name, url, synced, ending, message FROM remote WHERE pair = :pair ORDER BY name
    );
    *remotes = (struct ta_stored_remotes){0};
    struct ta_query query = ta_query_kept(store, TA_KEPT_REMOTES, sql);
    ta_query_integer(&query, ":pair", pair);
    while (ta_query_row(&query)) {
        struct ta_stored_remote *remote = ta_append(&remotes->items, remotes->count++,
                                                    sizeof *remotes->items);
        *remote = (struct ta_stored_remote){
            .name = ta_query_copy(&query, 0),
            .url = ta_query_copy(&query, 1),
            .synced = ta_query_number(&query, 2),
            .end = ta_query_copy(&query, 3),
            .message = ta_query_copy(&query, 4),
        };
    }
    bool ok = ta_query_end(&query, err);
    if (!ok) {
        ta_stored_remotes_release(remotes);
    }
    return ok;
}

void ta_stored_remotes_release(struct ta_stored_remotes *remotes)
{
    for (size_t i = 0; i < remotes->count; i++) {
        free(remotes->items[i].name);
        free(remotes->items[i].url);
        free(remotes->items[i].end);
        free(remotes->items[i].message);
    }
    free(remotes->items);
    *remotes = (struct ta_stored_remotes){0};
}

bool ta_store_remote_put(struct ta_store *store, int64_t pair, const char *name, const char *url,
                         struct ta_error *err)
{
    static const char sql[] = SQL(
        INSERT INTO remote (pair, name, url) VALUES (:pair, :name, :url)
        ON CONFLICT (pair, name) DO UPDATE
            SET url = excluded.url, synced = 0, ending = NULL, message = NULL
            WHERE url <> excluded.url
    );
    if (!ta_store_begin(store, err)) {
        return false;
    }
    struct ta_query query = ta_query_once(store, sql);
    ta_query_integer(&query, ":pair", pair);
    ta_query_text(&query, ":name", name);
    ta_query_text(&query, ":url", url);
    return ta_store_finish(store, ta_query_run(&query, err), err);
}

bool ta_store_remote_drop(struct ta_store *store, int64_t pair, const char *name, bool *was,
                          struct ta_error *err)
{
    if (!ta_store_begin(store, err)) {
        return false;
    }
    struct ta_query query = ta_query_once(
        store, SQL(DELETE FROM remote WHERE pair = :pair AND name = :name));
    ta_query_integer(&query, ":pair", pair);
    ta_query_text(&query, ":name", name);
    bool ok = ta_query_run(&query, err);
    *was = ok && ta_store_has_changed(store);
    return ta_store_finish(store, ok, err);
}

bool ta_store_remote_ended(struct ta_store *store, int64_t pair, const char *name, int64_t synced,
                           const char *end, const char *message, struct ta_error *err)
{
    static const char sql[] = SQL(
        UPDATE remote SET ending = :ending, message = :message,
            synced = CASE WHEN :synced > 0 THEN :synced ELSE synced END
        WHERE pair = :pair AND name = :name
    );
    if (!ta_store_begin_derived(store, err)) {
        return false;
    }
    struct ta_query query = ta_query_once(store, sql);
    ta_query_integer(&query, ":pair", pair);
    ta_query_text(&query, ":name", name);
    ta_query_integer(&query, ":synced", synced);
    ta_query_text(&query, ":ending", end);
    ta_query_text(&query, ":message", message);
    return ta_store_finish_derived(store, ta_query_run(&query, err), err);
}

#include "turnabout/store/choices.h"

#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "turnabout/base/memory.h"

bool ta_store_choices(struct ta_store *store, int64_t pair, struct ta_choices *choices,
                      struct ta_error *err)
{
    static const char sql[] = SQL(
        SELECT digest, text FROM choice WHERE pair = :pair ORDER BY digest
    );
    *choices = (struct ta_choices){0};
    struct ta_query query = ta_query_once(store, sql);
    ta_query_integer(&query, ":pair", pair);
    while (ta_query_row(&query)) {
        struct ta_choice *choice = ta_append(&choices->items, choices->count++, sizeof *choice);
        *choice = (struct ta_choice){ta_query_copy(&query, 0), ta_query_copy(&query, 1)};
    }
    bool ok = ta_query_end(&query, err);
    if (!ok) {
        ta_choices_release(choices);
    }
    return ok;
}

const struct ta_choice *ta_choices_find(const struct ta_choices *choices, const char *digest)
{
    for (size_t i = 0; i < choices->count; i++) {
        if (strcmp(choices->items[i].digest, digest) == 0) {
            return &choices->items[i];
        }
    }
    return NULL;
}

void ta_choices_release(struct ta_choices *choices)
{
    for (size_t i = 0; i < choices->count; i++) {
        free(choices->items[i].digest);
        free(choices->items[i].text);
    }
    free(choices->items);
    *choices = (struct ta_choices){0};
}

bool ta_store_choice_put(struct ta_store *store, int64_t pair, const char *digest, const char *text,
                         struct ta_error *err)
{
    static const char sql[] = SQL(
        INSERT INTO choice (pair, digest, text) VALUES (:pair, :digest, :text)
        ON CONFLICT (pair, digest) DO UPDATE SET text = excluded.text
    );
    if (!ta_store_begin(store, err)) {
        return false;
    }
    struct ta_query query = ta_query_once(store, sql);
    ta_query_integer(&query, ":pair", pair);
    ta_query_text(&query, ":digest", digest);
    if (text != NULL) {
        ta_query_text(&query, ":text", text);
    }
    return ta_store_finish(store, ta_query_run(&query, err), err);
}

bool ta_store_choices_drop(struct ta_store *store, int64_t pair, struct ta_error *err)
{
    if (!ta_store_begin(store, err)) {
        return false;
    }
    struct ta_query query = ta_query_once(store, SQL(DELETE FROM choice WHERE pair = :pair));
    ta_query_integer(&query, ":pair", pair);
    return ta_store_finish(store, ta_query_run(&query, err), err);
}

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "history_page.h"
#include "turnabout/base/memory.h"

const char *history_path(const struct history *history)
{
    return history->file < history->paths.count ? history->paths.items[history->file] : NULL;
}

const struct ta_entry *history_chosen(const struct history *history)
{
    return &history->entries.items[history->list.chosen];
}

unsigned history_session(const struct ta_entry *entry)
{
    const char *kind = ta_entry_kind(entry);
    bool belongs = strcmp(kind, "session") == 0 || strcmp(kind, "agenda") == 0;
    return belongs ? entry->session : 0;
}

/* Reading */

static bool read_entries(struct ta_face *face, const struct history *history, size_t limit,
                         struct ta_entries *more, struct ta_error *err)
{
    struct ta_desk *desk = ta_face_desk(face);
    return history->only
               ? ta_desk_history_versions(desk, &history->pair, history->only, 0, more, err)
               : ta_desk_history(desk, &history->pair, history->entries.count, limit, more, err);
}

bool history_read_more(struct ta_face *face, struct history *history, size_t limit,
                       struct ta_error *err)
{
    struct ta_entries *entries = &history->entries;
    struct ta_entries more = {0};
    if (!read_entries(face, history, limit, &more, err)) {
        return false;
    }
    history->all = history->only || limit == 0 || more.count < limit;
    for (size_t i = 0; i < more.count; i++) {
        struct ta_entry *entry =
            ta_append(&entries->items, entries->count++, sizeof *entries->items);
        *entry = more.items[i];
    }
    free(more.items);
    ta_list_set_count(&history->list, entries->count);
    return true;
}

static void release_document(struct history *history)
{
    ta_paths_release(&history->paths);
    free(history->text);
    history->file = 0;
    history->text = NULL;
    history->shown[0] = '\0';
}

void history_release_mark(struct history *history)
{
    free(history->mark.path);
    free(history->mark.text);
    history->mark = (struct history_mark){0};
}

/* Without an arc, because a paper of today cannot be read, the past shows all the same. */
static void read_arc(struct ta_face *face, struct history *history)
{
    if (!ta_desk_arc(ta_face_desk(face), &history->pair, &history->held, &history->agreed, NULL)) {
        history->held = 0;
        history->agreed = 0;
    }
}

static void choose(struct history *history, const char *id)
{
    for (size_t i = 0; i < history->entries.count; i++) {
        if (strcmp(history->entries.items[i].id, id) == 0) {
            history->list.chosen = i;
        }
    }
}

bool history_refresh(struct ta_face *face, struct history *history, struct ta_error *err)
{
    struct ta_entries before = history->entries;
    char id[TA_ID_SIZE] = "";
    if (before.count > 0) {
        (void)snprintf(id, sizeof id, "%s", history_chosen(history)->id);
    }
    history->today = ta_desk_today(ta_face_desk(face));
    history->entries = (struct ta_entries){0};
    if (!history_read_more(face, history, before.count > HISTORY_PAGE ? before.count : HISTORY_PAGE,
                           err)) {
        history->entries = before;
        return false;
    }
    ta_entries_release(&before);
    read_arc(face, history);
    choose(history, id);
    return true;
}

static void find_documents(struct ta_face *face, struct history *history, const char *id)
{
    if (history->only) {
        *(char **)ta_append(&history->paths.items, history->paths.count++,
                            sizeof *history->paths.items) = ta_copy(history->only);
        return;
    }
    history->troubled = !ta_desk_history_documents(ta_face_desk(face), &history->pair, NULL, id,
                                                   &history->paths, &history->trouble);
}

void history_read_text(struct ta_face *face, struct history *history)
{
    free(history->text);
    history->text = NULL;
    if (history_path(history)) {
        history->troubled =
            !ta_desk_history_text(ta_face_desk(face), &history->pair, history_chosen(history)->id,
                                  history_path(history), &history->text, &history->trouble);
    }
}

void history_follow(struct ta_face *face, struct history *history)
{
    if (history->entries.count == 0 || strcmp(history->shown, history_chosen(history)->id) == 0) {
        return;
    }
    release_document(history);
    history->top = 0;
    history->troubled = false;
    find_documents(face, history, history_chosen(history)->id);
    history_read_text(face, history);
    (void)snprintf(history->shown, sizeof history->shown, "%s", history_chosen(history)->id);
}

void history_release(struct history *history)
{
    release_document(history);
    history_release_mark(history);
    free(history->section);
    free(history->only);
    ta_entries_release(&history->entries);
    ta_pair_release(&history->pair);
}

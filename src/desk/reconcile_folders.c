#include "reconcile_folders.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/document/release_paper.h"
#include "turnabout/document/summary_paper.h"

static const char *const files[] = {SESSION_SUMMARY, SESSION_AGENDA, "reply.md", "release.md"};
enum { FILES = sizeof files / sizeof *files, AGENDA = 1, RELEASE = 3 };

bool reconcile_read_folder(const struct reconciliation *all, enum ta_side side, unsigned number,
                           const char *file, char **text, struct ta_error *err)
{
    char *path = ta_session_path(number, file);
    bool ok = reconcile_read(all, side, path, text, err);
    free(path);
    return ok;
}

struct moved {
    char *path;
    char *text[TA_SIDES];
    bool is_there; /* ours has a document of this path */
};

struct papers_moved {
    struct moved *items;
    size_t count;
};

/* Approvals are of a text that tells the session's number. */
static char *without_approvals(char *text)
{
    struct ta_release release = {0};
    char *out = NULL;
    if (ta_release_paper_read(&release, text, NULL)) {
        size_t count = release.approval_count;
        release.approval_count = 0;
        (void)ta_release_paper_write(&out, text, &release, NULL);
        release.approval_count = count;
    }
    ta_release_release(&release);
    if (out == NULL) {
        return text;
    }
    free(text);
    return out;
}

static struct moved *moved_at(struct papers_moved *papers, char *path)
{
    for (size_t i = 0; i < papers->count; i++) {
        if (strcmp(papers->items[i].path, path) == 0) {
            free(path);
            return &papers->items[i];
        }
    }
    struct moved *moved = ta_append(&papers->items, papers->count++, sizeof *papers->items);
    *moved = (struct moved){.path = path};
    return moved;
}

static bool move_file(const struct reconciled_sessions *sessions,
                      const struct reconciled_session *session, size_t file, enum ta_side side,
                      struct papers_moved *papers, struct ta_error *err)
{
    unsigned number = session->number[side];
    char *text = NULL;
    if (number == 0) {
        return true;
    }
    struct moved *was = moved_at(papers, ta_session_path(number, files[file]));
    if (!reconcile_read_folder(sessions->all, side, number, files[file], &text, err)) {
        return false;
    }
    was->is_there = was->is_there || (side == TA_OURS && text != NULL);
    if (text != NULL) {
        char *renumbered = ta_session_renumber(text, session->becomes);
        bool is_renumbered = number != session->becomes;
        free(text);
        text = file == RELEASE && is_renumbered ? without_approvals(renumbered) : renumbered;
    }
    moved_at(papers, ta_session_path(session->becomes, files[file]))->text[side] = text;
    return true;
}

static bool move_papers(const struct reconciled_sessions *sessions, struct papers_moved *papers,
                        struct ta_error *err)
{
    bool ok = true;
    for (size_t i = 0; i < sessions->count; i++) {
        const struct reconciled_session *session = &sessions->items[i];
        size_t first = session->held.instant != 0 ? 0 : AGENDA;
        size_t last = session->held.instant != 0 ? FILES : AGENDA + 1;
        for (size_t file = first; ok && file < last; file++) {
            for (enum ta_side side = TA_BASE; ok && side < TA_SIDES; side++) {
                ok = move_file(sessions, session, file, side, papers, err);
            }
        }
    }
    return ok;
}

static void release_crossing(struct ta_crossing *crossing)
{
    free(crossing->document);
    for (enum ta_side side = TA_BASE; side < TA_SIDES; side++) {
        free(crossing->text[side]);
    }
    *crossing = (struct ta_crossing){0};
}

void reconcile_put_crossing(struct reconciliation *all, const char *document,
                            char *const text[TA_SIDES])
{
    struct ta_crossings *crossings = &all->crossings;
    size_t at = 0;
    while (at < crossings->count && strcmp(crossings->items[at].document, document) != 0) {
        at++;
    }
    if (at == crossings->count) {
        ta_append(&crossings->items, crossings->count++, sizeof *crossings->items);
        crossings->items[at] = (struct ta_crossing){0};
    }
    char *name = ta_copy(document);
    release_crossing(&crossings->items[at]);
    crossings->items[at] =
        (struct ta_crossing){.document = name,
                             .is_changed = {false, true, true},
                             .text = {text[TA_BASE], text[TA_OURS], text[TA_THEIRS]}};
}

static void drop_crossing(struct reconciliation *all, const char *document)
{
    struct ta_crossings *crossings = &all->crossings;
    size_t kept = 0;
    for (size_t i = 0; i < crossings->count; i++) {
        if (strcmp(crossings->items[i].document, document) == 0) {
            release_crossing(&crossings->items[i]);
        } else {
            crossings->items[kept++] = crossings->items[i];
        }
    }
    crossings->count = kept;
}

static void put_papers(struct reconciliation *all, struct papers_moved *papers)
{
    for (size_t i = 0; i < papers->count; i++) {
        struct moved *moved = &papers->items[i];
        char *const *text = moved->text;
        if (text[TA_BASE] != NULL || text[TA_OURS] != NULL || text[TA_THEIRS] != NULL) {
            reconcile_put_crossing(all, moved->path, text);
            memset(moved->text, 0, sizeof moved->text);
            continue;
        }
        drop_crossing(all, moved->path);
        if (moved->is_there) {
            reconcile_put(all, moved->path, NULL);
        }
    }
}

bool reconcile_move_folders(const struct reconciled_sessions *sessions, struct ta_error *err)
{
    struct papers_moved papers = {0};
    bool ok = move_papers(sessions, &papers, err);
    if (ok) {
        put_papers(sessions->all, &papers);
    }
    for (size_t i = 0; i < papers.count; i++) {
        for (enum ta_side side = TA_BASE; side < TA_SIDES; side++) {
            free(papers.items[i].text[side]);
        }
        free(papers.items[i].path);
    }
    free(papers.items);
    return ok;
}

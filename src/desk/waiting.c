#include "waiting.h"

#include <stdlib.h>
#include <string.h>

#include "drafts.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/document/summary_paper.h"
#include "turnabout/store/drafts.h"

/* The items as the other wrote them down, so that what was caught under one goes below its heading
 * there; those under which nothing was caught say nothing new. */
static void follow_items(struct ta_summary *summary, const struct ta_summary *there)
{
    size_t kept = 0;
    for (size_t i = 0; i < summary->item_count; i++) {
        struct ta_summary_item *item = &summary->items[i];
        for (size_t other = 0; other < there->item_count; other++) {
            const struct ta_summary_item *same = &there->items[other];
            if (item->title && same->title && strcmp(item->title, same->title) == 0) {
                item->planned = same->planned;
                item->used = same->used;
            }
        }
        struct ta_summary_item swap = summary->items[kept];
        summary->items[kept] = *item;
        *item = swap;
        kept += summary->items[kept].count > 0;
    }
    while (summary->item_count > kept) {
        free(summary->items[--summary->item_count].title);
    }
}

static char *make_paper(const struct ta_pair *pair, const struct ta_live *live,
                        const char *committed)
{
    struct ta_summary summary = {0};
    struct ta_summary_source source = {.pair = pair,
                                       .agenda = &live->agenda,
                                       .events = &live->sitting.events,
                                       .notes = &live->sitting.notes};
    ta_summary_make(&summary, &source);
    summary.session = live->sitting.number;
    struct ta_summary there = {0};
    if (committed && ta_summary_paper_read(&there, committed, pair, NULL)) {
        follow_items(&summary, &there);
    }
    ta_summary_release(&there);
    char *paper = ta_summary_paper_new(&summary, pair);
    ta_summary_release(&summary);
    return paper;
}

static bool read_committed(struct papers *papers, unsigned session, char **text,
                           struct ta_error *err)
{
    char *path = ta_session_path(session, "summary.md");
    bool ok = papers_text(papers, path, text, err);
    free(path);
    return ok;
}

static bool read_draft(const struct papers *papers, const char *what, unsigned session,
                       struct ta_draft *draft, struct ta_error *err)
{
    char name[DRAFT_NAME_SIZE];
    draft_name(name, what, session);
    return ta_store_draft(papers->desk->store, papers->pair->id, name, draft, err);
}

static bool is_same(const char *one, const char *other)
{
    return one != NULL && other != NULL && strcmp(one, other) == 0;
}

/* What the record has goes into the draft once, and what changes there since goes in as a change.
 */
static void put_committed(struct waiting *waiting, const struct papers *papers, const char *joined)
{
    if (waiting->committed == NULL || is_same(joined, waiting->committed)) {
        return;
    }
    char *text = ta_summary_paper_join(waiting->text, joined, waiting->committed, papers->pair);
    free(waiting->text);
    waiting->text = text;
}

bool waiting_read(struct papers *papers, const struct ta_live *live, struct waiting *waiting,
                  struct ta_error *err)
{
    unsigned session = live->sitting.number;
    struct ta_draft draft = {0}, joined = {0};
    *waiting = (struct waiting){0};
    bool ok = read_draft(papers, DRAFT_SUMMARY, session, &draft, err) &&
              read_draft(papers, DRAFT_JOINED, session, &joined, err) &&
              read_committed(papers, session, &waiting->committed, err);
    if (ok) {
        waiting->revision = draft.revision;
        waiting->text = draft.text ? ta_session_renumber(draft.text, session)
                                   : make_paper(papers->pair, live, waiting->committed);
        put_committed(waiting, papers, draft.text ? joined.text : NULL);
    }
    ta_draft_release(&draft);
    ta_draft_release(&joined);
    return ok;
}

void waiting_release(struct waiting *waiting)
{
    free(waiting->text);
    free(waiting->committed);
    *waiting = (struct waiting){0};
}

/* Whoever was killed while the summary was committed finds out here whether it was: the record's
 * began when this one did. */
static bool is_committed(const struct papers *papers, const struct ta_live *live,
                         const char *committed)
{
    enum { SECOND = 1000 };
    struct ta_summary summary = {0};
    bool is_ours = live->sitting.standing == TA_SITTING_COMMITTING && committed != NULL &&
                   ta_summary_paper_read(&summary, committed, papers->pair, NULL) &&
                   summary.held.instant / SECOND == live->reading.started / SECOND;
    ta_summary_release(&summary);
    return is_ours;
}

bool waiting_is_over(struct papers *papers, const struct ta_live *live, bool *is_over,
                     struct ta_error *err)
{
    struct waiting waiting = {0};
    *is_over = false;
    if (live->reading.state != TA_SESSION_ENDED) {
        return true;
    }
    bool ok = waiting_read(papers, live, &waiting, err);
    if (ok) {
        *is_over = is_same(waiting.text, waiting.committed) ||
                   is_committed(papers, live, waiting.committed);
    }
    waiting_release(&waiting);
    return ok;
}

bool waiting_keep_joined(struct ta_desk *desk, const struct ta_pair *pair,
                         const struct ta_summary_state *state, struct ta_error *err)
{
    char name[DRAFT_NAME_SIZE];
    struct ta_draft draft = {0};
    if (state->joined == NULL) {
        return true;
    }
    draft_name(name, DRAFT_JOINED, state->session);
    bool ok = ta_store_draft(desk->store, pair->id, name, &draft, err) &&
              (is_same(draft.text, state->joined) ||
               ta_store_draft_put(desk->store, pair->id, name, state->joined, &draft.revision,
                                  ta_desk_now(desk), err));
    ta_draft_release(&draft);
    return ok;
}

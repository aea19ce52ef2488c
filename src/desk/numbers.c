#include "numbers.h"

#include <stdlib.h>
#include <string.h>

#include "drafts.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/document/summary_paper.h"
#include "turnabout/store/sessions.h"

/* What comes, and the session that is open here. */
struct following {
    struct ta_desk *desk;
    const struct ta_pair *pair;
    const struct ta_indexed *news;
    size_t count;
    struct ta_sitting open;
    int64_t began;
};

unsigned numbers_of_summary(const char *path)
{
    const char *name = strrchr(path, '/');
    const char *at = name;
    if (name == NULL || strncmp(path, "sessions/", 9) != 0) {
        return 0;
    }
    while (at[-1] >= '0' && at[-1] <= '9') {
        at--;
    }
    unsigned number = (unsigned)strtoul(at, NULL, 10);
    char *whole = ta_session_path(number, "summary.md");
    bool is_one = number > 0 && strcmp(whole, path) == 0;
    free(whole);
    return is_one ? number : 0;
}

/* Whether the one that comes is the conversation that is open here. */
static bool is_same(const struct following *following, const char *text)
{
    struct ta_summary summary = {0};
    bool is_one = text != NULL && ta_summary_paper_read(&summary, text, following->pair, NULL) &&
                  ta_session_is_same(summary.held.instant, following->began);
    ta_summary_release(&summary);
    return is_one;
}

static bool is_known(const struct following *following, const struct ta_indexed *document)
{
    char *text = NULL;
    bool is_there = ta_store_index_text(following->desk->store, following->pair->id, document->path,
                                        &text, NULL) &&
                    text != NULL;
    free(text);
    return is_there;
}

static const char *news_of(const struct following *following, const char *path)
{
    for (size_t i = 0; i < following->count; i++) {
        if (strcmp(following->news[i].path, path) == 0) {
            return following->news[i].text;
        }
    }
    return NULL;
}

/* One that was not known, and is what is open here; 0: none is. */
static unsigned find_same(const struct following *following)
{
    for (size_t i = 0; i < following->count; i++) {
        const struct ta_indexed *document = &following->news[i];
        unsigned number = numbers_of_summary(document->path);
        if (number > 0 && !is_known(following, document) && is_same(following, document->text)) {
            return number;
        }
    }
    return 0;
}

static unsigned last_of_meetings(const struct following *following)
{
    struct ta_meetings meetings = {0};
    unsigned last = 0;
    const char *text = news_of(following, "meetings.md");
    if (text != NULL && ta_meetings_read(&meetings, text, NULL)) {
        for (size_t i = 0; i < meetings.count; i++) {
            last = meetings.items[i].session > last ? meetings.items[i].session : last;
        }
    }
    ta_meetings_release(&meetings);
    return last;
}

static bool is_kept_here(const struct following *following, unsigned number)
{
    struct ta_sitting sitting = {0};
    bool is_one =
        ta_store_sitting(following->desk->store, following->pair->id, number, &sitting, NULL) &&
        sitting.id != 0;
    ta_sitting_release(&sitting);
    return is_one;
}

static unsigned next_free(const struct following *following)
{
    unsigned last = last_of_meetings(following);
    last = last > following->open.number ? last : following->open.number;
    for (size_t i = 0; i < following->count; i++) {
        unsigned number = numbers_of_summary(following->news[i].path);
        last = number > last ? number : last;
    }
    while (is_kept_here(following, last + 1)) {
        last++;
    }
    return last + 1;
}

static unsigned number_for(const struct following *following)
{
    char *path = ta_session_path(following->open.number, "summary.md");
    const char *taken = news_of(following, path);
    free(path);
    if (is_same(following, taken)) {
        return following->open.number;
    }
    unsigned same = find_same(following);
    if (same > 0 && !is_kept_here(following, same)) {
        return same;
    }
    return taken != NULL ? next_free(following) : following->open.number;
}

bool numbers_follow(struct ta_desk *desk, const struct ta_pair *pair, const struct ta_indexed *news,
                    size_t count, struct ta_error *err)
{
    static const char *const drafts[] = {DRAFT_SUMMARY, DRAFT_JOINED, DRAFT_LINE, NULL};
    struct following following = {.desk = desk, .pair = pair, .news = news, .count = count};
    bool ok = ta_store_sitting_open(desk->store, pair->id, &following.open, err);
    if (ok && following.open.id != 0 && following.open.events.count > 0) {
        following.began = following.open.events.items[0].at;
        struct ta_session_move move = {following.open.number, number_for(&following)};
        ok = move.from == move.to ||
             ta_store_sessions_move(desk->store, pair->id, drafts, &move, 1, err);
    }
    ta_sitting_release(&following.open);
    return ok;
}

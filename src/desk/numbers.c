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
    char *known = NULL;
    const char *text = news_of(following, "meetings.md");
    if (text == NULL && ta_store_index_text(following->desk->store, following->pair->id,
                                            "meetings.md", &known, NULL)) {
        text = known;
    }
    if (text != NULL && ta_meetings_read(&meetings, text, NULL)) {
        for (size_t i = 0; i < meetings.count; i++) {
            last = meetings.items[i].session > last ? meetings.items[i].session : last;
        }
    }
    ta_meetings_release(&meetings);
    free(known);
    return last;
}

/* Sessions that the record has under another number now */

struct moves {
    struct ta_session_move *items;
    size_t count;
};

static void add_move(struct moves *moves, unsigned from, unsigned to)
{
    *(struct ta_session_move *)ta_append(&moves->items, moves->count++, sizeof *moves->items) =
        (struct ta_session_move){from, to};
}

static int64_t held_in(const struct following *following, const char *text)
{
    struct ta_summary summary = {0};
    bool is_read = text != NULL && ta_summary_paper_read(&summary, text, following->pair, NULL);
    int64_t held = is_read ? summary.held.instant : 0;
    ta_summary_release(&summary);
    return held;
}

/* When the session was held that the index has at this path; 0: there is none. */
static int64_t held_before(const struct following *following, const char *path)
{
    char *text = NULL;
    (void)ta_store_index_text(following->desk->store, following->pair->id, path, &text, NULL);
    int64_t held = held_in(following, text);
    free(text);
    return held;
}

static bool is_at(int64_t one, int64_t other)
{
    return one == other;
}

/* The number under which a session that was held then comes; 0: none does. */
static unsigned find_held(const struct following *following, int64_t held,
                          bool (*fits)(int64_t one, int64_t other))
{
    for (size_t i = 0; i < following->count; i++) {
        unsigned number = numbers_of_summary(following->news[i].path);
        if (number > 0 && fits(held_in(following, following->news[i].text), held)) {
            return number;
        }
    }
    return 0;
}

/* Where a session is that was there before; its time may be that of the other's notes by now. */
static unsigned find_again(const struct following *following, const struct ta_indexed *document,
                           int64_t before)
{
    unsigned now = find_held(following, before, is_at);
    bool stays = ta_session_is_same(held_in(following, document->text), before);
    return now > 0 || stays ? now : find_held(following, before, ta_session_is_same);
}

/* Where no session comes and none goes, each has the number that it had. */
static bool may_move(const struct following *following)
{
    for (size_t i = 0; i < following->count; i++) {
        const struct ta_indexed *document = &following->news[i];
        if (numbers_of_summary(document->path) > 0 &&
            (document->text == NULL || !is_known(following, document))) {
            return true;
        }
    }
    return false;
}

static void find_moves(const struct following *following, struct moves *moves)
{
    size_t count = may_move(following) ? following->count : 0;
    for (size_t i = 0; i < count; i++) {
        const struct ta_indexed *document = &following->news[i];
        unsigned number = numbers_of_summary(document->path);
        int64_t before = number > 0 ? held_before(following, document->path) : 0;
        unsigned now = before != 0 && held_in(following, document->text) != before
                           ? find_again(following, document, before)
                           : 0;
        if (now > 0 && now != number) {
            add_move(moves, number, now);
        }
    }
}

static bool has_sitting(const struct following *following, unsigned number)
{
    struct ta_sitting sitting = {0};
    bool is_one =
        ta_store_sitting(following->desk->store, following->pair->id, number, &sitting, NULL) &&
        sitting.id != 0;
    ta_sitting_release(&sitting);
    return is_one;
}

static bool is_kept_here(const struct following *following, const struct moves *moves,
                         unsigned number)
{
    for (size_t i = 0; i < moves->count; i++) {
        if (moves->items[i].to == number) {
            return true;
        }
    }
    return has_sitting(following, number);
}

static unsigned next_free(const struct following *following, const struct moves *moves)
{
    unsigned last = last_of_meetings(following);
    last = last > following->open.number ? last : following->open.number;
    for (size_t i = 0; i < following->count; i++) {
        unsigned number = numbers_of_summary(following->news[i].path);
        last = number > last ? number : last;
    }
    while (is_kept_here(following, moves, last + 1)) {
        last++;
    }
    return last + 1;
}

static bool is_move(const struct moves *moves, size_t count, unsigned from, unsigned to)
{
    for (size_t i = 0; i < count; i++) {
        if (moves->items[i].from == from || moves->items[i].to == to) {
            return true;
        }
    }
    return false;
}

/* Two that were held within hours may both be taken for one that came: what is kept here of each
 * stays, and what has no number of its own gets one that is free. */
static void part_moves(const struct following *following, struct moves *moves)
{
    for (size_t i = 0; i < moves->count; i++) {
        unsigned to = moves->items[i].to;
        if (!has_sitting(following, moves->items[i].from)) {
            continue;
        }
        if (is_move(moves, i, 0, to)) {
            moves->items[i].to = next_free(following, moves);
        } else if (has_sitting(following, to) && !is_move(moves, moves->count, to, 0)) {
            add_move(moves, to, next_free(following, moves));
        }
    }
}

static unsigned number_for(const struct following *following, const struct moves *moves)
{
    char *path = ta_session_path(following->open.number, "summary.md");
    const char *taken = news_of(following, path);
    free(path);
    if (is_same(following, taken)) {
        return following->open.number;
    }
    unsigned same = find_same(following);
    if (same > 0 && !is_kept_here(following, moves, same)) {
        return same;
    }
    return taken != NULL ? next_free(following, moves) : following->open.number;
}

bool numbers_follow(struct ta_desk *desk, const struct ta_pair *pair, const struct ta_indexed *news,
                    size_t count, struct ta_error *err)
{
    static const char *const drafts[] = {DRAFT_SUMMARY, DRAFT_JOINED, DRAFT_LINE, DRAFT_REPLY,
                                         NULL};
    struct following following = {.desk = desk, .pair = pair, .news = news, .count = count};
    struct moves moves = {0};
    bool ok = ta_store_sitting_open(desk->store, pair->id, &following.open, err);
    find_moves(&following, &moves);
    if (ok && following.open.id != 0 && following.open.events.count > 0) {
        following.began = following.open.events.items[0].at;
        unsigned number = number_for(&following, &moves);
        if (number != following.open.number) {
            add_move(&moves, following.open.number, number);
        }
    }
    part_moves(&following, &moves);
    ok = ok && (moves.count == 0 || ta_store_sessions_move(desk->store, pair->id, drafts,
                                                           moves.items, moves.count, err));
    free(moves.items);
    ta_sitting_release(&following.open);
    return ok;
}

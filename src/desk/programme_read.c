#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "programme.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/document/released.h"
#include "turnabout/ledger/programme.h"

enum {
    SESSIONS_MOST = 999, /* of a pair; more is nobody's */
    AT_ONCE = 200,       /* pairs in a transaction, when there are many */
    FEW = 20             /* pairs that are written durably */
};

/* One pair */

static bool is_same(const char *one, const char *other)
{
    struct ta_text a = {0};
    struct ta_text b = {0};
    ta_fold(&a, one, strlen(one));
    ta_fold(&b, other, strlen(other));
    bool same = a.length == b.length && (a.length == 0 || memcmp(a.bytes, b.bytes, a.length) == 0);
    ta_text_release(&a);
    ta_text_release(&b);
    return same;
}

static void set_trouble(struct ta_release_read *read, const char *sentence)
{
    ta_replace(&read->trouble, sentence);
}

/* Whose repository it is, it says itself: under a wrong address lies another pair's. */
static bool is_theirs(struct ta_release_read *read, const struct ta_released_pair *pair)
{
    const struct ta_member *member = &read->member;
    const char *mentor = pair->name[TA_MENTOR];
    const char *mentee = pair->name[TA_MENTEE];
    bool told = mentor != NULL && mentee != NULL;
    bool known = member->mentor[0] != '\0' && member->mentee[0] != '\0';
    if (!told || !known || (is_same(mentor, member->mentor) && is_same(mentee, member->mentee))) {
        return true;
    }
    struct ta_text sentence = {0};
    ta_text_addf(&sentence,
                 "What lies there is of %s (mentor) and %s (mentee), not of %s and %s: see to the "
                 "address, or take the pair out and add it again.",
                 mentor, mentee, member->mentor, member->mentee);
    set_trouble(read, sentence.bytes);
    ta_text_release(&sentence);
    return false;
}

static void take_pair(struct ta_member *member, const struct ta_released_pair *pair)
{
    struct ta_attendance *attendance = &member->attendance;
    if (pair->name[TA_MENTOR] != NULL && pair->name[TA_MENTEE] != NULL) {
        ta_replace(&member->mentor, pair->name[TA_MENTOR]);
        ta_replace(&member->mentee, pair->name[TA_MENTEE]);
    }
    if (pair->topic != NULL) {
        ta_replace(&member->topic, pair->topic);
    }
    attendance->released = true;
    attendance->level = pair->level;
    attendance->contract = pair->contract;
    attendance->since = pair->since.instant != 0 ? ta_day_of(pair->since) : (struct ta_day){0};
    attendance->planned = pair->planned;
    attendance->rhythm = pair->rhythm;
    attendance->promises = pair->has_promises;
    attendance->open = pair->promises[TA_PROMISE_OPEN];
    attendance->done = pair->promises[TA_PROMISE_DONE];
    attendance->told = pair->promises[TA_PROMISE_TOLD];
}

static bool read_pair(struct ta_release_read *read, struct ta_reading *reading,
                      struct ta_error *err)
{
    char *text = NULL;
    struct ta_released_pair pair = {0};
    if (!ta_reading_text(reading, read->member.tip, "pair.md", &text, err)) {
        return false;
    }
    if (text == NULL) {
        set_trouble(read, "What lies there is not what a pair releases (it has no pair.md): see to "
                          "the address.");
        return true;
    }
    bool ok = ta_released_pair_read(&pair, text, err);
    if (ok && is_theirs(read, &pair)) {
        take_pair(&read->member, &pair);
    }
    ta_released_pair_release(&pair);
    free(text);
    return ok;
}

static bool read_session(struct ta_release_read *read, struct ta_reading *reading,
                         const struct ta_meeting *meeting, struct ta_error *err)
{
    struct ta_released_row row = {.session = meeting->session,
                                  .held = ta_meeting_held_at(meeting),
                                  .minutes = meeting->minutes};
    char *text = NULL;
    bool ok = read->member.attendance.level < TA_SHARED_TAKEAWAYS ||
              programme_words(reading, read->member.tip, row.session, &text, &row.withheld, err);
    free(text);
    *(struct ta_released_row *)ta_append(&read->sessions, read->count++, sizeof *read->sessions) =
        row;
    return ok;
}

static bool has_session(const struct ta_release_read *read, unsigned session)
{
    for (size_t i = 0; i < read->count; i++) {
        if (read->sessions[i].session == session) {
            return true;
        }
    }
    return false;
}

static bool read_meetings(struct ta_release_read *read, struct ta_reading *reading,
                          struct ta_error *err)
{
    char *text = NULL;
    struct ta_meetings meetings = {0};
    bool ok = ta_reading_text(reading, read->member.tip, "meetings.md", &text, err) &&
              (text == NULL || ta_meetings_read(&meetings, text, err));
    if (ok) {
        ta_attendance_count(&read->member.attendance, &meetings);
    }
    for (size_t i = 0; ok && i < meetings.count && read->count < SESSIONS_MOST; i++) {
        const struct ta_meeting *meeting = &meetings.items[i];
        if (meeting->state == TA_MEETING_HELD && meeting->session > 0 &&
            !has_session(read, meeting->session)) {
            ok = read_session(read, reading, meeting, err);
        }
    }
    ta_meetings_release(&meetings);
    free(text);
    return ok;
}

static void copy_member(struct ta_member *copy, const struct ta_member *member, const char *tip,
                        struct ta_day today)
{
    *copy = (struct ta_member){.id = member->id, .added = member->added};
    copy->slug = ta_copy(member->slug);
    copy->mentor = ta_copy(member->mentor);
    copy->mentee = ta_copy(member->mentee);
    copy->topic = ta_copy(member->topic);
    copy->url = ta_copy(member->url);
    copy->attendance.joined = member->attendance.joined;
    copy->attendance.read = today;
    (void)snprintf(copy->tip, sizeof copy->tip, "%s", tip);
    (void)snprintf(copy->taken, sizeof copy->taken, "%s", tip);
}

/* What the world keeps from being read is a failure; what is read and makes no sense is trouble. */
static bool is_theirs_to_mend(const struct ta_error *problem)
{
    return problem->code == TA_DAMAGED || problem->code == TA_ABSENT || problem->code == TA_WRONG;
}

bool ta_release_read(struct ta_release_read *read, struct ta_reading *reading,
                     const struct ta_member *member, const char *tip, struct ta_day today,
                     struct ta_error *err)
{
    struct ta_error problem;
    *read = (struct ta_release_read){0};
    copy_member(&read->member, member, tip, today);
    if (tip[0] == '\0') {
        return true;
    }
    if (read_pair(read, reading, &problem) &&
        (read->trouble != NULL || !read->member.attendance.released ||
         read_meetings(read, reading, &problem))) {
        return true;
    }
    if (is_theirs_to_mend(&problem)) {
        set_trouble(read, problem.text);
        return true;
    }
    return ta_fail(err, problem.code, "%s", problem.text);
}

void ta_release_read_release(struct ta_release_read *read)
{
    free(read->sessions);
    free(read->trouble);
    ta_member_release(&read->member);
    *read = (struct ta_release_read){0};
}

/* All that moved */

struct moved {
    char *slug;
    char tip[TA_ID_SIZE];
};

struct refresh {
    struct ta_desk *desk;
    struct ta_reading *reading;
    const char *path;
    struct moved *items;
    size_t count;
};

static void note_moved(const struct ta_pair_ref *ref, void *data)
{
    struct refresh *refresh = data;
    struct moved *moved = ta_append(&refresh->items, refresh->count++, sizeof *refresh->items);
    moved->slug = ta_copy(ref->slug);
    memcpy(moved->tip, ref->tip, sizeof moved->tip);
}

/* A tip that cannot be taken is remembered, so that it is not read again and again; what was taken
   before stays. */
static bool write_read(struct ta_desk *desk, const struct ta_member *member,
                       const struct ta_release_read *read, struct ta_error *err)
{
    if (read->trouble == NULL) {
        return ta_store_release(desk->programme, &read->member, read->sessions, read->count, err);
    }
    return ta_store_release_refused(desk->programme, member->id, read->member.tip, read->trouble,
                                    err);
}

static bool read_one(struct refresh *refresh, const struct moved *moved, struct ta_error *err)
{
    struct ta_desk *desk = refresh->desk;
    struct ta_member member = {0};
    struct ta_error problem;
    if (!ta_store_member(desk->programme, moved->slug, &member, &problem)) {
        /* The ref of a pair that was taken out says nothing to anybody. */
        return problem.code == TA_ABSENT || ta_fail(err, problem.code, "%s", problem.text);
    }
    bool ok = true;
    if (strcmp(member.tip, moved->tip) != 0) {
        struct ta_release_read read;
        ok =
            (refresh->reading != NULL ||
             ta_reading_open(&refresh->reading, desk->git, refresh->path, err)) &&
            ta_release_read(&read, refresh->reading, &member, moved->tip, ta_desk_today(desk), err);
        if (ok) {
            ok = write_read(desk, &member, &read, err);
            ta_release_read_release(&read);
        }
    }
    ta_member_release(&member);
    return ok;
}

static bool read_some(struct refresh *refresh, size_t from, size_t to, const char *stamp,
                      struct ta_error *err)
{
    bool durable = refresh->count <= FEW;
    struct ta_store *store = refresh->desk->programme;
    if (!ta_store_begin_releases(store, durable, err)) {
        return false;
    }
    bool ok = true;
    for (size_t i = from; ok && i < to; i++) {
        ok = read_one(refresh, &refresh->items[i], err);
    }
    return ta_store_end_releases(store, durable, ok, stamp, err);
}

static bool read_all(struct refresh *refresh, const char *stamp,
                     const struct ta_programme_watch *watch, struct ta_error *err)
{
    bool ok = true;
    bool wanted = true;
    size_t from = 0;
    do {
        size_t to = from + AT_ONCE < refresh->count ? from + AT_ONCE : refresh->count;
        ok = read_some(refresh, from, to, to == refresh->count ? stamp : NULL, err);
        from = to;
        wanted = watch == NULL || watch->progress == NULL ||
                 watch->progress(from, refresh->count, watch->data);
    } while (ok && wanted && from < refresh->count);
    return ok;
}

bool ta_desk_programme_refresh(struct ta_desk *desk, const struct ta_programme_watch *watch,
                               struct ta_error *err)
{
    char *path = ta_programme_path(desk);
    char *known = NULL;
    char stamp[TA_STAMP_SIZE];
    struct refresh refresh = {.desk = desk, .path = path};
    bool ok = access(path, F_OK) != 0;
    if (!ok) {
        ok = ta_programme_open(desk, err) &&
             ta_store_releases_stamp(desk->programme, &known, err) &&
             ta_programme_moved(path, known, note_moved, &refresh, stamp, err);
        bool moved = refresh.count > 0 || known == NULL || strcmp(known, stamp) != 0;
        if (ok && moved) {
            ok = read_all(&refresh, stamp, watch, err);
            ta_programme_keep(path, stamp);
        }
    }
    for (size_t i = 0; i < refresh.count; i++) {
        free(refresh.items[i].slug);
    }
    free(refresh.items);
    ta_reading_close(refresh.reading);
    free(known);
    free(path);
    return ok;
}

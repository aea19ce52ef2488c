#include <stdlib.h>
#include <string.h>

#include "reading.h"
#include "record.h"
#include "record_merge.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/record_paper.h"

static const struct ta_record_kind file = {"meetings", "meetings.md", "Meetings"};

/* Reading */

/** RFC 3339 as we write it, or a date and a time as two words. */
static bool take_moment(struct ta_piece *rest, struct ta_moment *when)
{
    const char *begins = rest->at;
    struct ta_piece word = ta_take_word(rest), day = word;
    struct ta_day ignored;

    if (ta_moment_read(when, word)) {
        return true;
    }
    if (!ta_day_read(&ignored, day)) {
        return false;
    }
    word = ta_take_word(rest);
    word = (struct ta_piece){begins, (size_t)(word.at + word.length - begins)};
    return ta_moment_guess(when, word, 0);
}

static bool take_state(struct ta_piece *rest, enum ta_meeting_state *state)
{
    struct ta_piece word = ta_take_word(rest);

    if (word.length > 0 && (word.at[word.length - 1] == ':' || word.at[word.length - 1] == ',')) {
        word.length--;
    }
    for (*state = TA_MEETING_PLANNED; *state <= TA_MEETING_CANCELLED; (*state)++) {
        if (ta_piece_is(word, ta_meeting_state_name(*state))) {
            return true;
        }
    }
    return false;
}

/** "as session 1, 47 min, on 2026-11-26" */
static void read_held(struct ta_meeting *meeting, struct ta_piece rest)
{
    if (ta_take(&rest, "as session ") &&
        !ta_take_number(&rest, TA_NUMBER_MOST, &meeting->session)) {
        return;
    }
    ta_take(&rest, ",");
    rest = ta_piece_trim(rest);
    if (ta_take_number(&rest, TA_NUMBER_MOST, &meeting->minutes) && ta_take(&rest, " min, on ") &&
        !ta_day_read(&meeting->late, ta_take_word(&rest))) {
        meeting->late = (struct ta_day){0};
    }
}

/** "by mentee, 46 h notice", either of the two, and nothing behind it but a reason. */
static bool take_asked(struct ta_piece *rest, struct ta_meeting *meeting)
{
    const char *colon = ta_piece_find(*rest, ":");
    struct ta_piece asked = colon == NULL ? *rest : ta_piece_before(*rest, colon);
    const char *behind = asked.at + asked.length;
    struct ta_piece by, notice;

    while (ta_next_part(&asked, ',', &by)) {
        notice = by;
        if (ta_take(&by, "by ")) {
            if (!ta_role_read(&meeting->by, ta_piece_trim(by))) {
                return false;
            }
        } else if (!ta_take_number(&notice, TA_NUMBER_MOST, &meeting->notice) ||
                   !ta_piece_is(notice, " h notice")) {
            return false;
        } else {
            meeting->has_notice = true;
        }
    }
    *rest = ta_piece_from(*rest, behind);
    return true;
}

/** "by mentee, 46 h notice: travel"; what is not understood of it is the reason. */
static void read_asked(struct ta_meeting *meeting, struct ta_piece rest)
{
    struct ta_meeting asked = *meeting;

    if (take_asked(&rest, &asked)) {
        *meeting = asked;
    }
    ta_take(&rest, ":");
    rest = ta_piece_trim(rest);
    if (rest.length > 0) {
        meeting->reason = ta_piece_copy(rest);
    }
}

/** "to M3 by mentee: travel"; the id may be followed at once by what parts it from the rest. */
static void read_moved(struct ta_meeting *meeting, struct ta_piece rest)
{
    struct ta_piece to = rest;
    unsigned id;

    if (ta_take(&to, "to M") && ta_take_number(&to, TA_NUMBER_MOST, &id) && id > 0 &&
        (to.length == 0 || strchr(" \t,:", to.at[0]) != NULL)) {
        meeting->moved_to = id;
        ta_take(&to, ",");
        rest = ta_piece_trim(to);
    }
    read_asked(meeting, rest);
}

static void (*const read_state[TA_MEETING_CANCELLED + 1])(struct ta_meeting *meeting,
                                                          struct ta_piece rest) = {
    [TA_MEETING_HELD] = read_held,
    [TA_MEETING_MOVED] = read_moved,
    [TA_MEETING_CANCELLED] = read_asked,
};

static bool read_meeting(struct ta_meeting *meeting, struct ta_piece rest)
{
    *meeting = (struct ta_meeting){.by = TA_NOBODY};
    if (!ta_take_id(&rest, 'M', &meeting->id) || !take_moment(&rest, &meeting->when) ||
        !take_state(&rest, &meeting->state)) {
        return false;
    }
    if (read_state[meeting->state] != NULL) {
        read_state[meeting->state](meeting, rest);
    }
    return true;
}

bool ta_meetings_read(struct ta_meetings *meetings, const char *text, struct ta_error *err)
{
    struct ta_record record;
    struct ta_record_entry entry;
    struct ta_meeting meeting;
    bool ok;

    *meetings = (struct ta_meetings){0};
    ok = ta_record_open(&record, text, &file, err);
    while (ok && ta_record_next(&record, &entry)) {
        if (read_meeting(&meeting, entry.text)) {
            ta_meetings_add(meetings, &meeting);
            free(meeting.reason);
        }
    }
    ta_record_release(&record);
    return ok;
}

/* What is looked for before anything is left out. */
struct outline {
    size_t count;     /* of entries */
    size_t last_held; /* index of the one with the highest session */
    size_t last_id;   /* index of the one with the highest id */
};

static struct outline outline_of(const char *text)
{
    struct ta_record record;
    struct ta_record_entry entry;
    struct ta_meeting meeting;
    struct outline outline = {0};
    unsigned session = 0, id = 0;

    if (ta_record_open(&record, text, &file, NULL)) {
        for (; ta_record_next(&record, &entry); outline.count++) {
            if (read_meeting(&meeting, entry.text)) {
                outline.last_held = meeting.session > session ? outline.count : outline.last_held;
                outline.last_id = meeting.id > id ? outline.count : outline.last_id;
                session = meeting.session > session ? meeting.session : session;
                id = meeting.id > id ? meeting.id : id;
                free(meeting.reason);
            }
        }
    }
    ta_record_release(&record);
    return outline;
}

static bool is_recent(struct ta_piece text, size_t index, const void *data)
{
    enum { RECENT = 40 };
    const struct outline *outline = data;
    struct ta_meeting meeting;
    bool keeps = index + RECENT >= outline->count || index == outline->last_held ||
                 index == outline->last_id;

    if (!keeps && read_meeting(&meeting, text)) {
        keeps = meeting.state == TA_MEETING_PLANNED;
        free(meeting.reason);
    }
    return keeps;
}

char *ta_meetings_abridge(const char *text)
{
    struct outline outline = outline_of(text);

    return ta_record_abridge(text, &file, is_recent, &outline);
}

/* Writing */

static void write_held(struct ta_text *out, const struct ta_meeting *meeting)
{
    if (meeting->session > 0) {
        ta_text_addf(out, " as session %u", meeting->session);
    }
    if (meeting->minutes > 0) {
        ta_text_addf(out, ", %u min", meeting->minutes);
    }
    if (meeting->minutes > 0 && meeting->late.year != 0) {
        char day[TA_DATE_SIZE];

        ta_day_write(day, meeting->late);
        ta_text_addf(out, ", on %s", day);
    }
}

static void write_asked(struct ta_text *out, const struct ta_meeting *meeting)
{
    if (meeting->by != TA_NOBODY) {
        ta_text_addf(out, " by %s", ta_role_name(meeting->by));
    }
    if (meeting->has_notice) {
        ta_text_addf(out, ", %u h notice", meeting->notice);
    }
    if (meeting->reason == NULL || *meeting->reason == '\0') {
        return;
    }
    ta_text_add(out, ": ");
    ta_add_line(out, meeting->reason);
}

static void write_moved(struct ta_text *out, const struct ta_meeting *meeting)
{
    if (meeting->moved_to > 0) {
        ta_text_addf(out, " to M%u", meeting->moved_to);
    }
    write_asked(out, meeting);
}

static void (*const write_state[TA_MEETING_CANCELLED + 1])(struct ta_text *out,
                                                           const struct ta_meeting *meeting) = {
    [TA_MEETING_HELD] = write_held,
    [TA_MEETING_MOVED] = write_moved,
    [TA_MEETING_CANCELLED] = write_asked,
};

static unsigned id_of(struct ta_piece text)
{
    unsigned id;

    return ta_take_id(&text, 'M', &id) ? id : 0;
}

void ta_meeting_write(struct ta_text *out, const struct ta_meeting *meeting)
{
    char when[TA_DATE_SIZE];

    ta_moment_write(when, meeting->when);
    ta_text_addf(out, "M%u %s %s", meeting->id, when, ta_meeting_state_name(meeting->state));
    if (write_state[meeting->state] != NULL) {
        write_state[meeting->state](out, meeting);
    }
}

bool ta_meetings_put(char **out, const char *text, const struct ta_meeting *meeting,
                     struct ta_error *err)
{
    struct ta_text line = {0};
    bool ok;

    ta_meeting_write(&line, meeting);
    ok = ta_record_put(out, text, &file, id_of, meeting->id, line.bytes, err);
    ta_text_release(&line);
    return ok;
}

bool ta_meetings_drop(char **out, const char *text, unsigned id, struct ta_error *err)
{
    return ta_record_drop(out, text, &file, id_of, id, err);
}

/* Merging */

/** The date: it never changes, for one that is moved is another entry. */
static char *identity(struct ta_piece text)
{
    struct ta_meeting meeting;
    struct ta_text key = {0};

    if (!read_meeting(&meeting, text)) {
        return NULL;
    }
    free(meeting.reason);
    ta_text_addf(&key, "%020lld", (long long)meeting.when.instant);
    return ta_text_take(&key);
}

static char *with_id(struct ta_piece text, unsigned id)
{
    return ta_replace_number(text, text.at + 1, id);
}

static char *refer(struct ta_piece text, const struct ta_renumberings *renumberings)
{
    static const char moved[] = " moved to M";
    const char *at = ta_piece_find(text, moved);
    unsigned id;

    if (at != NULL) {
        struct ta_piece rest = ta_piece_from(text, at + sizeof moved - 1);

        if (ta_take_number(&rest, TA_NUMBER_MOST, &id) && ta_renumbered(renumberings, id) != id) {
            return ta_replace_number(text, at + sizeof moved - 1, ta_renumbered(renumberings, id));
        }
    }
    return ta_piece_copy(text);
}

/** Which of two numbers, each changed or not since the base; false: both, to other numbers. */
static bool pick(unsigned base, unsigned ours, unsigned theirs, unsigned *picked)
{
    *picked = ours == base ? theirs : ours;
    return ours == base || theirs == base || ours == theirs;
}

static const char *reason_of(const struct ta_meeting *meeting)
{
    return meeting->reason != NULL ? meeting->reason : "";
}

static bool join_reason(const struct ta_meeting *base, struct ta_meeting *ours,
                        const struct ta_meeting *theirs)
{
    if (strcmp(reason_of(ours), reason_of(base)) == 0) {
        ta_replace(&ours->reason, theirs->reason);
        return true;
    }
    return strcmp(reason_of(theirs), reason_of(base)) == 0 ||
           strcmp(reason_of(ours), reason_of(theirs)) == 0;
}

static bool is_same_day(struct ta_day one, struct ta_day other)
{
    return one.year == other.year && one.month == other.month && one.day == other.day;
}

static bool join_late(const struct ta_meeting *base, struct ta_meeting *ours,
                      const struct ta_meeting *theirs)
{
    if (is_same_day(ours->late, base->late)) {
        ours->late = theirs->late;
        return true;
    }
    return is_same_day(theirs->late, base->late) || is_same_day(ours->late, theirs->late);
}

/* Two that came to the same end. The longer notice is that of who asked first. */
static bool join_ends(const struct ta_meeting *base, struct ta_meeting *ours,
                      const struct ta_meeting *theirs)
{
    unsigned by;
    bool ok = pick(base->session, ours->session, theirs->session, &ours->session) &&
              pick(base->minutes, ours->minutes, theirs->minutes, &ours->minutes) &&
              pick(base->moved_to, ours->moved_to, theirs->moved_to, &ours->moved_to) &&
              pick(base->by, ours->by, theirs->by, &by) && join_reason(base, ours, theirs) &&
              join_late(base, ours, theirs);

    ours->by = ok ? (enum ta_role)by : ours->by;
    ours->has_notice = ours->has_notice || theirs->has_notice;
    ours->notice = ours->notice > theirs->notice ? ours->notice : theirs->notice;
    return ok;
}

static void exchange(struct ta_meeting *one, struct ta_meeting *other)
{
    struct ta_meeting kept = *one;

    *one = *other;
    *other = kept;
}

/** Into ours; false: they contradict each other. */
static bool join_meetings(const struct ta_meeting *base, struct ta_meeting *ours,
                          struct ta_meeting *theirs)
{
    struct ta_moment when = ours->when.instant == base->when.instant ? theirs->when : ours->when;

    if (ours->when.instant == theirs->when.instant) {
        when.offset =
            ours->when.offset < theirs->when.offset ? ours->when.offset : theirs->when.offset;
    }
    if (ours->when.instant != base->when.instant && theirs->when.instant != base->when.instant &&
        ours->when.instant != theirs->when.instant) {
        return false;
    }
    if (ours->state == TA_MEETING_PLANNED ||
        (ours->state == base->state && theirs->state != TA_MEETING_PLANNED)) {
        exchange(ours, theirs);
    }
    ours->when = when;
    return theirs->state == TA_MEETING_PLANNED ||
           (theirs->state == base->state && ours->state != base->state) ||
           (ours->state == theirs->state && join_ends(base, ours, theirs));
}

static char *join(const char *base, const char *ours, const char *theirs)
{
    struct ta_meeting was, one, other;
    struct ta_text line = {0};
    bool ok;

    (void)read_meeting(&one, ta_piece_of(ours));
    (void)read_meeting(&other, ta_piece_of(theirs));
    if (base == NULL || !read_meeting(&was, ta_piece_of(base))) {
        was = (struct ta_meeting){.when = one.when, .by = TA_NOBODY};
    }
    ok = join_meetings(&was, &one, &other);
    if (ok) {
        ta_meeting_write(&line, &one);
    }
    free(was.reason);
    free(one.reason);
    free(other.reason);
    return ok ? ta_text_take(&line) : NULL;
}

char *ta_merge_meetings(const struct ta_versions *versions, const struct ta_chooser *chooser,
                        struct ta_renumberings *ours, struct ta_renumberings *theirs)
{
    static const struct ta_record_rules rules = {&file, id_of, identity, with_id, refer, join};

    return ta_record_merge(&rules, versions, chooser, ours, theirs);
}

#include "programme.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"
#include "turnabout/base/unicode.h"

static const struct ta_day epoch = {1970, 1, 1};
enum { LAST_DAY = 99999999 }; /* of a thing that never comes */

int64_t ta_day_number(struct ta_day day)
{
    return day.year != 0 ? ta_days_between(epoch, day) : LAST_DAY;
}

struct ta_day ta_day_numbered(int64_t number)
{
    bool is_day = number > -LAST_DAY && number < LAST_DAY;
    return is_day ? ta_day_add(epoch, (int)number) : (struct ta_day){0};
}

bool ta_is_missing(const struct ta_member *member)
{
    return member->trouble != NULL || (member->fetched == 0 && !member->attendance.released);
}

void ta_member_release(struct ta_member *member)
{
    free(member->slug);
    free(member->mentor);
    free(member->mentee);
    free(member->topic);
    free(member->url);
    free(member->trouble);
    ta_attendance_release(&member->attendance);
    *member = (struct ta_member){0};
}

void ta_members_release(struct ta_members *members)
{
    for (size_t i = 0; i < members->count; i++) {
        ta_member_release(&members->items[i]);
    }
    free(members->items);
    *members = (struct ta_members){0};
}

/* Writing */

static void bind_counts(struct ta_query *query, const struct ta_attendance *attendance)
{
    ta_query_integer(query, ":held", attendance->held);
    ta_query_integer(query, ":moved", attendance->moved);
    ta_query_integer(query, ":cancelled_mentor", attendance->cancelled[TA_MENTOR]);
    ta_query_integer(query, ":cancelled_mentee", attendance->cancelled[TA_MENTEE]);
    ta_query_integer(query, ":cancelled_other", attendance->cancelled[TA_NOBODY]);
    ta_query_integer(query, ":last", attendance->last.instant);
    ta_query_integer(query, ":last_zone", attendance->last.offset);
    ta_query_integer(query, ":next", attendance->next.instant);
    ta_query_integer(query, ":next_zone", attendance->next.offset);
    ta_query_integer(query, ":run", attendance->run);
    ta_query_integer(query, ":run_by", attendance->run_by);
    ta_query_integer(query, ":run_day", ta_day_number(attendance->run_day));
    ta_query_text(query, ":course", attendance->course != NULL ? attendance->course : "");
}

static void bind_facts(struct ta_query *query, const struct ta_attendance *attendance)
{
    ta_query_integer(query, ":joined", ta_day_number(attendance->joined));
    ta_query_integer(query, ":seen", ta_day_number(attendance->read));
    ta_query_integer(query, ":released", attendance->released);
    ta_query_integer(query, ":level", attendance->level);
    ta_query_integer(query, ":contract", attendance->contract);
    ta_query_integer(query, ":since", ta_day_number(attendance->since));
    ta_query_integer(query, ":planned", attendance->planned);
    ta_query_integer(query, ":rhythm", attendance->rhythm);
    ta_query_integer(query, ":promises", attendance->promises);
    ta_query_integer(query, ":open", attendance->open);
    ta_query_integer(query, ":done", attendance->done);
    ta_query_integer(query, ":told", attendance->told);
}

bool ta_member_write(struct ta_store *store, const struct ta_member *member, struct ta_error *err)
{
    static const char
        sql[] = SQL(
        INSERT INTO released_pair (pair, look, tip, taken, words, joined, seen, released, level, contract,
            since, planned, rhythm, promises, open, done, told, held, moved, cancelled_mentor,
            cancelled_mentee, cancelled_other, last, last_zone, next, next_zone, run, run_by,
            run_day, course, missing)
        VALUES (:pair, :look, :tip, :tip, :words, :joined, :seen, :released, :level, :contract,
            :since, :planned, :rhythm, :promises, :open, :done, :told, :held, :moved,
            :cancelled_mentor, :cancelled_mentee, :cancelled_other, :last, :last_zone, :next,
            :next_zone, :run, :run_by, :run_day, :course,
            (SELECT trouble IS NOT NULL OR (fetched = 0 AND NOT :released) FROM programme_pair
             WHERE id = :pair))
        ON CONFLICT (pair) DO UPDATE SET look = excluded.look, tip = excluded.tip,
            taken = excluded.taken, words = excluded.words, joined = excluded.joined, seen = excluded.seen,
            released = excluded.released, level = excluded.level, contract = excluded.contract,
            since = excluded.since, planned = excluded.planned, rhythm = excluded.rhythm,
            promises = excluded.promises, open = excluded.open, done = excluded.done,
            told = excluded.told, held = excluded.held, moved = excluded.moved,
            cancelled_mentor = excluded.cancelled_mentor,
            cancelled_mentee = excluded.cancelled_mentee,
            cancelled_other = excluded.cancelled_other, last = excluded.last,
            last_zone = excluded.last_zone, next = excluded.next, next_zone = excluded.next_zone,
            run = excluded.run, run_by = excluded.run_by, run_day = excluded.run_day,
            course = excluded.course, missing = excluded.missing
    );
    struct ta_text spoken = {0};
    struct ta_text words = {0};
    ta_text_addf(&spoken, "%s %s %s %s", member->mentor, member->mentee,
                 member->topic != NULL ? member->topic : "", member->slug);
    ta_fold(&words, spoken.bytes, spoken.length);
    struct ta_query query = ta_query_kept(store, TA_KEPT_MEMBER_PUT, sql);
    ta_query_integer(&query, ":pair", member->id);
    ta_query_integer(&query, ":look", ta_day_number(ta_look_from(&member->attendance)));
    ta_query_text(&query, ":tip", member->tip);
    ta_query_text(&query, ":words", words.bytes != NULL ? words.bytes : "");
    bind_facts(&query, &member->attendance);
    bind_counts(&query, &member->attendance);
    bool ok = ta_query_run(&query, err);
    ta_text_release(&words);
    ta_text_release(&spoken);
    return ok;
}

static bool insert(struct ta_store *store, struct ta_member *member, struct ta_error *err)
{
    static const char sql[] = SQL(
        INSERT INTO programme_pair (slug, mentor, mentee, topic, url, added)
        VALUES (:slug, :mentor, :mentee, :topic, :url, :added)
        ON CONFLICT DO NOTHING
    );
    struct ta_query query = ta_query_once(store, sql);
    ta_query_text(&query, ":slug", member->slug);
    ta_query_text(&query, ":mentor", member->mentor);
    ta_query_text(&query, ":mentee", member->mentee);
    ta_query_text(&query, ":topic", member->topic);
    ta_query_text(&query, ":url", member->url);
    ta_query_integer(&query, ":added", member->added);
    if (!ta_query_run(&query, err)) {
        return false;
    }
    if (!ta_store_has_changed(store)) {
        return ta_fail(err, TA_REFUSED, "A pair with the address %s is in the programme already.",
                       member->url);
    }
    member->id = sqlite3_last_insert_rowid(store->database);
    return ta_member_write(store, member, err);
}

bool ta_store_members_add(struct ta_store *store, struct ta_member *members, size_t count,
                          size_t *wrong, struct ta_error *err)
{
    if (!ta_store_begin(store, err)) {
        return false;
    }
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        ok = insert(store, &members[i], err);
        if (!ok && wrong != NULL) {
            *wrong = i;
        }
    }
    /* Their refs may be there already: all are looked at once more. */
    ok = ok && ta_store_run(store, SQL(DELETE FROM setting WHERE name = 'programme-refs'), err);
    return ta_store_finish(store, ok, err);
}

bool ta_store_member_remove(struct ta_store *store, const char *slug, struct ta_error *err)
{
    if (!ta_store_begin(store, err)) {
        return false;
    }
    struct ta_query query = ta_query_once(store,
                                          SQL(DELETE FROM programme_pair WHERE slug = :slug));
    ta_query_text(&query, ":slug", slug);
    bool ok = ta_query_run(&query, err) &&
              (ta_store_has_changed(store) ||
               ta_fail(err, TA_ABSENT,
                       "The programme has no pair %s: turnabout programme list names them.", slug));
    return ta_store_finish(store, ok, err);
}

static bool write_fetched(struct ta_store *store, int64_t member, int64_t when, const char *trouble,
                          struct ta_error *err)
{
    static const char good[] = SQL(
        UPDATE programme_pair SET fetched = :when, trouble = NULL WHERE id = :id
    );
    static const char bad[] = SQL(
        UPDATE programme_pair SET trouble = :trouble WHERE id = :id
    );
    struct ta_query query = ta_query_once(store, trouble == NULL ? good : bad);
    ta_query_integer(&query, ":id", member);
    if (trouble == NULL) {
        ta_query_integer(&query, ":when", when);
    } else {
        ta_query_text(&query, ":trouble", trouble);
    }
    return ta_query_run(&query, err);
}

bool ta_store_member_fetched(struct ta_store *store, int64_t member, int64_t when,
                             const char *trouble, struct ta_error *err)
{
    return ta_store_begin(store, err) &&
           ta_store_finish(store, write_fetched(store, member, when, trouble, err), err);
}

bool ta_store_members_fetched(struct ta_store *store, const int64_t *members, size_t count,
                              int64_t when, struct ta_error *err)
{
    if (count == 0) {
        return true;
    }
    if (!ta_store_begin(store, err)) {
        return false;
    }
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        ok = write_fetched(store, members[i], when, NULL, err);
    }
    return ta_store_finish(store, ok, err);
}

/* Reading */

enum { AT_TIP = 9, AT_ATTENDANCE = 10, AT_COUNTS = 22, AT_TAKEN = 35 }; /* columns */

static unsigned read_unsigned(struct ta_query *query, int column)
{
    return (unsigned)ta_query_number(query, column);
}

static struct ta_moment read_moment(struct ta_query *query, int column)
{
    return (struct ta_moment){.instant = ta_query_number(query, column),
                              .offset = (int)ta_query_number(query, column + 1)};
}

static void read_facts(struct ta_query *query, int at, struct ta_attendance *attendance)
{
    attendance->joined = ta_day_numbered(ta_query_number(query, at));
    attendance->read = ta_day_numbered(ta_query_number(query, at + 1));
    attendance->released = ta_query_number(query, at + 2) != 0;
    attendance->level = (enum ta_shared)ta_query_number(query, at + 3);
    attendance->contract = read_unsigned(query, at + 4);
    attendance->since = ta_day_numbered(ta_query_number(query, at + 5));
    attendance->planned = read_unsigned(query, at + 6);
    attendance->rhythm = read_unsigned(query, at + 7);
    attendance->promises = ta_query_number(query, at + 8) != 0;
    attendance->open = read_unsigned(query, at + 9);
    attendance->done = read_unsigned(query, at + 10);
    attendance->told = read_unsigned(query, at + 11);
}

static void read_counts(struct ta_query *query, int at, struct ta_attendance *attendance)
{
    attendance->held = read_unsigned(query, at);
    attendance->moved = read_unsigned(query, at + 1);
    for (int role = TA_MENTOR; role <= TA_NOBODY; role++) {
        attendance->cancelled[role] = read_unsigned(query, at + 2 + role);
    }
    attendance->last = read_moment(query, at + 5);
    attendance->next = read_moment(query, at + 7);
    attendance->run = read_unsigned(query, at + 9);
    attendance->run_by = (enum ta_role)ta_query_number(query, at + 10);
    attendance->run_day = ta_day_numbered(ta_query_number(query, at + 11));
    attendance->course = ta_query_copy(query, at + 12);
}

static void read_commit(struct ta_query *query, int column, char commit[TA_COMMIT_SIZE])
{
    const char *id = ta_query_look(query, column);
    (void)snprintf(commit, TA_COMMIT_SIZE, "%s", id != NULL ? id : "");
}

void ta_member_read(struct ta_query *query, struct ta_member *member)
{
    member->id = ta_query_number(query, 0);
    member->slug = ta_query_copy(query, 1);
    member->mentor = ta_query_copy(query, 2);
    member->mentee = ta_query_copy(query, 3);
    member->topic = ta_query_copy(query, 4);
    member->url = ta_query_copy(query, 5);
    member->added = ta_query_number(query, 6);
    member->fetched = ta_query_number(query, 7);
    member->trouble = ta_query_copy(query, 8);
    read_commit(query, AT_TIP, member->tip);
    read_commit(query, AT_TAKEN, member->taken);
    read_facts(query, AT_ATTENDANCE, &member->attendance);
    read_counts(query, AT_COUNTS, &member->attendance);
}

bool ta_store_member(struct ta_store *store, const char *slug, struct ta_member *member,
                     struct ta_error *err)
{
    *member = (struct ta_member){0};
    struct ta_query query = ta_query_kept(
        store, TA_KEPT_MEMBER, "SELECT " MEMBER_COLUMNS " " FROM_MEMBERS "WHERE slug = :slug");
    ta_query_text(&query, ":slug", slug);
    if (ta_query_row(&query)) {
        ta_member_read(&query, member);
    }
    if (!ta_query_end(&query, err)) {
        ta_member_release(member);
        return false;
    }
    return member->id != 0 ||
           ta_fail(err, TA_ABSENT,
                   "The programme has no pair %s: turnabout programme list names them.", slug);
}

bool ta_store_has_members(struct ta_store *store, bool *any, struct ta_error *err)
{
    struct ta_query query = ta_query_once(store, SQL(SELECT 1 FROM programme_pair LIMIT 1));
    *any = ta_query_row(&query);
    return ta_query_end(&query, err);
}

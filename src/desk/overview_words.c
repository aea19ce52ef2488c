/* What is said of a pair, in words that the screen, the shell and the report share. */
#include <string.h>

#include "turnabout/desk/overview.h"

int ta_days_since(const struct ta_attendance *attendance, struct ta_day today)
{
    return attendance->last.instant != 0 ? ta_days_between(ta_day_of(attendance->last), today) : -1;
}

/* Why a pair needs a look */

static void say_contract(struct ta_text *out, const struct ta_member *member, struct ta_day today)
{
    int days = ta_days_between(member->attendance.joined, today);
    if (ta_is_unfetched(member)) {
        ta_text_addf(out,
                     "In the programme for %d days, and nothing of theirs was fetched: whether "
                     "they have a contract is not known here.",
                     days);
    } else {
        ta_text_addf(out,
                     "No contract after %d days in the programme: nothing came from them yet. Ask "
                     "whether they have met, and signed what may be shared.",
                     days);
    }
}

static void say_session(struct ta_text *out, const struct ta_member *member, struct ta_day today)
{
    const struct ta_attendance *attendance = &member->attendance;
    int days = ta_days_since(attendance, today);
    if (days >= 0) {
        ta_text_addf(out, "No session for %d days", days);
    } else {
        ta_text_addf(out, "No session in the %d days since they signed",
                     ta_days_between(attendance->since, today));
    }
    ta_text_addf(out, "; they agreed on one every %u week%s. ", attendance->rhythm,
                 attendance->rhythm == 1 ? "" : "s");
    if (ta_is_passed(attendance, today)) {
        ta_say_passed(out, attendance, today);
    } else {
        ta_text_add(out, attendance->next.instant != 0 ? "A date is set." : "No date is set.");
    }
}

static void say_cancelled(struct ta_text *out, const struct ta_member *member, struct ta_day today)
{
    (void)today;
    const struct ta_attendance *attendance = &member->attendance;
    ta_text_addf(out,
                 "%u dates in a row were cancelled by the %s, without a session in between. A "
                 "couple of cancellations end many a pair.",
                 attendance->run, ta_role_name(attendance->run_by));
}

static void say_told(struct ta_text *out, const struct ta_member *member, struct ta_day today)
{
    (void)today;
    unsigned done = member->attendance.done;
    ta_text_addf(out, "%u promise%s done and %s not told back yet.", done,
                 done == 1 ? " is" : "s are", done == 1 ? "was" : "were");
}

static void (*const say[TA_NEEDS])(struct ta_text *out, const struct ta_member *member,
                                   struct ta_day today) = {
    [TA_NEED_CONTRACT] = say_contract,
    [TA_NEED_SESSION] = say_session,
    [TA_NEED_CANCELLED] = say_cancelled,
    [TA_NEED_TOLD] = say_told,
};

void ta_say_need(struct ta_text *out, const struct ta_member *member, enum ta_need need,
                 struct ta_day today)
{
    say[need](out, member, today);
}

/* A line in words */

void ta_say_pair(struct ta_text *out, const struct ta_member *member)
{
    if (member->mentor[0] == '\0') {
        ta_text_add(out, member->slug);
    } else {
        ta_text_addf(out, "%s ⇄ %s", member->mentor, member->mentee);
    }
}

void ta_say_held(struct ta_text *out, const struct ta_attendance *attendance)
{
    if (!attendance->released) {
        ta_text_add(out, "—");
        return;
    }
    ta_text_addf(out, "%u", attendance->held);
    if (attendance->planned > 0) {
        ta_text_addf(out, "/%u", attendance->planned);
    }
}

void ta_say_last(struct ta_text *out, const struct ta_attendance *attendance, struct ta_day today)
{
    int days = ta_days_since(attendance, today);
    if (days >= 0) {
        ta_text_addf(out, "%d d", days);
    } else {
        ta_text_add(out, "—");
    }
}

bool ta_is_passed(const struct ta_attendance *attendance, struct ta_day today)
{
    return attendance->next.instant != 0 && ta_days_between(ta_day_of(attendance->next), today) > 0;
}

void ta_say_next(struct ta_text *out, const struct ta_attendance *attendance, struct ta_day today)
{
    char day[TA_DATE_SIZE];
    struct ta_day next = ta_day_of(attendance->next);
    if (attendance->next.instant != 0) {
        ta_day_short(day, next, next);
        ta_text_addf(out, "%s%s", day, ta_is_passed(attendance, today) ? "?" : "");
    } else {
        ta_text_add(out, attendance->released ? "none" : "—");
    }
}

void ta_say_passed(struct ta_text *out, const struct ta_attendance *attendance, struct ta_day today)
{
    char day[TA_DATE_SIZE];
    ta_day_short(day, ta_day_of(attendance->next), today);
    ta_text_addf(out, "The date of %s has passed; what became of it was not released.", day);
}

void ta_say_trouble(struct ta_text *out, const struct ta_member *member)
{
    ta_text_addf(out, "Not fetched: %s", member->trouble);
}

void ta_say_lost(struct ta_text *out, const struct ta_meeting *meeting)
{
    char day[TA_DATE_SIZE];
    ta_day_short(day, ta_day_of(meeting->when), (struct ta_day){0});
    ta_text_addf(out, "%s: %s", day, ta_meeting_state_name(meeting->state));
    if (meeting->by != TA_NOBODY || meeting->has_notice) {
        ta_text_add(out, meeting->by != TA_NOBODY ? " " : ", ");
        ta_say_asked(out, meeting);
    }
}

void ta_say_needs(struct ta_text *out, const struct ta_attendance *attendance, struct ta_day today)
{
    const char *between = "";
    for (enum ta_need need = TA_NEED_CONTRACT; need < TA_NEEDS; need++) {
        if (ta_needs_look(attendance, need, today)) {
            ta_text_addf(out, "%s%s", between, ta_need_name(need));
            between = ", ";
        }
    }
}

void ta_say_course(struct ta_text *out, const char *course, size_t most)
{
    size_t count = strlen(course);
    size_t shown = count > most ? most - 1 : count;
    ta_text_add(out, count > most ? "‹" : "");
    for (const char *mark = course + count - shown; *mark != '\0'; mark++) {
        ta_text_add(out, mark > course + count - shown ? "─" : "");
        ta_text_add(out, *mark == 'h' ? "●" : *mark == 'm' ? "↷" : "✕");
    }
}

bool ta_is_unfetched(const struct ta_member *member)
{
    return ta_is_missing(member) && !member->attendance.released;
}

void ta_say_contract(struct ta_text *out, const struct ta_member *member)
{
    const struct ta_attendance *attendance = &member->attendance;
    if (attendance->contract > 0) {
        ta_text_addf(out, "v%u", attendance->contract);
    } else {
        ta_text_add(out, attendance->released      ? "—"
                         : ta_is_unfetched(member) ? "not fetched"
                                                   : "unsigned");
    }
}

void ta_say_promises(struct ta_text *out, const struct ta_attendance *attendance)
{
    const struct {
        unsigned count;
        const char *word;
    } parts[] = {
        {attendance->open, "open"}, {attendance->done, "done"}, {attendance->told, "told"}};
    bool any = false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].count > 0) {
            ta_text_addf(out, "%s%u %s", any ? ", " : "", parts[i].count, parts[i].word);
            any = true;
        }
    }
    ta_text_add(out, any ? "" : attendance->promises ? "none" : "—");
}

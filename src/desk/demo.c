#include "turnabout/desk/demo.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/desk/agenda.h"
#include "turnabout/desk/contract.h"
#include "turnabout/desk/rating.h"
#include "turnabout/desk/session.h"
#include "turnabout/desk/standing.h"
#include "turnabout/desk/summary.h"

enum { MORNING = 10 };
static const int64_t second_ms = 1000;
static const int64_t minute_ms = 60000;

/* What happened */

static const struct {
    enum ta_clause clause;
    const char *value;
} first_contract[] = {
    {TA_CLAUSE_GOALS, "Juniors speak first in every review; The criteria for promotion are written "
                      "down where everybody can read them"},
    {TA_CLAUSE_OFF_LIMITS, "family; health"},
    {TA_CLAUSE_SHARED, "takeaways"},
    {TA_CLAUSE_PLACE, "Priya's office"},
    {TA_CLAUSE_NOT_THIS, "No training, no appraisal, no spokesperson: one person's experience."},
};

struct demo_note {
    int minute; /* into the session */
    const char *line;
};

struct demo_session {
    int days_ago;
    const char *topic;
    const char *title;
    int lasted;
    const int begins[5]; /* minute at which each item of the agenda begins */
    const struct demo_note *notes;
    size_t note_count;
    int rated[TA_ROLES][TA_STATEMENTS];
};

static const struct demo_note first_notes[] = {
    {4, "Dana joined when the team was nine people; Priya when it was four hundred"},
    {12, "~ Dana calls it the open door; Priya has never seen anybody walk through it"},
    {19, "! An invitation to speak up works only for those who already do"},
    {27, "? Who decides what counts as urgent"},
    {33, "% I was more nervous than I let on"},
    {38, "> Dana: hold one Friday without meetings in her own team in 3 weeks"},
    {41, "> Priya: share the survey of the early-career group in 2 weeks"},
};

static const struct demo_note second_notes[] = {
    {6, "The Friday without meetings was held; two people said they finally wrote"},
    {14, "! Flexible hours reward those who can plan"},
    {22, "~ I read silence as agreement; it was caution"},
    {29, "Example: the launch in Lisbon, where nobody under thirty spoke"},
    {34, "? Who decides what counts as urgent"},
    {40, "> Dana: publish the criteria for promotion in 5 weeks"},
    {43, "! Naming the junior first changes who is listened to"},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct demo_session held[] = {
    {52,
     "How we got here",
     "How we got here",
     46,
     {0, 3, 6, 36},
     first_notes,
     COUNT(first_notes),
     {[TA_MENTOR] = {3, 3, 4, 4, 2}, [TA_MENTEE] = {4, 3, 4, 4, 0, 2}}},
    {31,
     "Flexible for whom",
     "Flexible for whom",
     47,
     {0, 3, 5, 12, 38},
     second_notes,
     COUNT(second_notes),
     {[TA_MENTOR] = {4, 5, 4, 4, 2}, [TA_MENTEE] = {4, 5, 4, 5, 0, 4}}},
};

/* Living it */

/* Ten in the morning, some days from today. */
static int64_t morning(int64_t today, int days)
{
    struct ta_moment moment = ta_moment_add_days(ta_moment_local(today), days);
    struct ta_day day = ta_day_of(moment);
    struct ta_text text = {0};
    ta_text_addf(&text, "%04d-%02d-%02d %02d:00", day.year, day.month, day.day, MORNING);
    ta_moment_guess(&moment, ta_piece_of(text.bytes), today);
    ta_text_release(&text);
    return moment.instant;
}

static void live_at(struct ta_desk *desk, int64_t instant)
{
    ta_clock_stand(&desk->clock, instant);
}

static bool sign_both(struct ta_desk *desk, const struct ta_pair *pair, struct ta_error *err)
{
    return ta_desk_contract_sign(desk, pair, TA_MENTOR, err) &&
           ta_desk_contract_sign(desk, pair, TA_MENTEE, err);
}

static bool agree(struct ta_desk *desk, const struct ta_pair *pair, struct ta_error *err)
{
    for (size_t i = 0; i < COUNT(first_contract); i++) {
        if (!ta_desk_contract_set(desk, pair, first_contract[i].clause, first_contract[i].value,
                                  err)) {
            return false;
        }
    }
    return sign_both(desk, pair, err);
}

static bool prepare(struct ta_desk *desk, const struct ta_pair *pair, const char *topic,
                    struct ta_error *err)
{
    struct ta_agenda_state state = {0};
    if (!ta_desk_agenda(desk, pair, &state, err)) {
        return false;
    }
    size_t slot = SIZE_MAX;
    size_t place = ta_agenda_place(&state.agenda, &slot);
    ta_agenda_retitle(&state.agenda, slot != SIZE_MAX ? slot : place, topic);
    bool ok = ta_desk_agenda_save(desk, pair, &state, err);
    ta_agenda_state_release(&state);
    return ok;
}

/* Items and notes in the order of the clock. */
static bool talk(struct ta_desk *desk, const struct ta_pair *pair,
                 const struct demo_session *session, int64_t start, struct ta_error *err)
{
    bool ok = true;
    size_t note = 0;
    size_t item = 1;
    for (int minute = 0; ok && minute < session->lasted; minute++) {
        live_at(desk, start + minute * minute_ms + 30 * second_ms);
        if (item < COUNT(session->begins) && session->begins[item] == minute && minute > 0) {
            item++;
            ok = ta_desk_session_step(desk, pair, +1, err);
        }
        if (ok && note < session->note_count && session->notes[note].minute == minute) {
            struct ta_note caught = {0};
            ok = ta_desk_session_note(desk, pair, session->notes[note++].line, &caught, err);
            free(caught.text);
        }
    }
    live_at(desk, start + session->lasted * minute_ms);
    return ok && ta_desk_session_end(desk, pair, 0, err);
}

static bool sum_up(struct ta_desk *desk, const struct ta_pair *pair, const char *title,
                   int64_t next, struct ta_error *err)
{
    struct ta_summary_state state = {0};
    struct ta_moment date = ta_moment_local(next);
    bool ok = ta_desk_summary(desk, pair, 0, &state, err) &&
              ta_desk_summary_set_title(desk, pair, &state, title, err) &&
              ta_desk_summary_commit(desk, pair, &state, &date, TA_MENTEE, err);
    ta_summary_state_release(&state);
    return ok;
}

/* What the two thought of it, each alone. */
static bool rate(struct ta_desk *desk, const struct ta_pair *pair,
                 const struct demo_session *session, struct ta_error *err)
{
    bool ok = true;
    for (enum ta_role role = TA_MENTOR; ok && role < TA_ROLES; role++) {
        struct ta_rated rated = {0};
        struct ta_rating rating = {0};
        memcpy(rating.value, session->rated[role], sizeof rating.value);
        ok = ta_desk_ratings(desk, pair, role, &rated, err);
        rating.session = rated.held;
        ok = ok && ta_desk_rate(desk, pair, &rated, &rating, err);
        ta_rated_release(&rated);
    }
    return ok;
}

static bool hold(struct ta_desk *desk, const struct ta_pair *pair,
                 const struct demo_session *session, int64_t today, int days_to_next,
                 struct ta_error *err)
{
    int64_t start = morning(today, -session->days_ago);
    live_at(desk, morning(today, -session->days_ago - 2));
    bool ok = prepare(desk, pair, session->topic, err) &&
              ta_desk_agenda_share(desk, pair, TA_MENTEE, err);
    live_at(desk, start + 2 * minute_ms);
    ok = ok && ta_desk_session_start(desk, pair, 0, err) &&
         talk(desk, pair, session, start + 2 * minute_ms, err);
    live_at(desk, start + 90 * minute_ms);
    return ok && sum_up(desk, pair, session->title, morning(today, days_to_next), err) &&
           rate(desk, pair, session, err);
}

/* After the first session the two changed a clause and signed again. */
static bool amend(struct ta_desk *desk, const struct ta_pair *pair, int64_t today,
                  struct ta_error *err)
{
    live_at(desk, morning(today, -40));
    return ta_desk_contract_set(desk, pair, TA_CLAUSE_LEAD, "48", err) &&
           sign_both(desk, pair, err);
}

static bool meet(struct ta_desk *desk, struct ta_pair *pair, int64_t today, struct ta_error *err)
{
    live_at(desk, morning(today, -56));
    struct ta_moment first = ta_moment_local(morning(today, -52));
    return ta_desk_pair_new(desk, pair, err) && agree(desk, pair, err) &&
           ta_desk_meeting_plan(desk, pair, first, TA_MENTEE, err) &&
           hold(desk, pair, &held[0], today, -31, err) && amend(desk, pair, today, err) &&
           hold(desk, pair, &held[1], today, 2, err);
}

bool ta_demo_make(struct ta_desk *desk, struct ta_error *err)
{
    struct ta_clock clock = desk->clock;
    int64_t today = ta_desk_now(desk);
    struct ta_pair pair = {.me = TA_NOBODY, .topic = ta_copy("Who gets heard in our meetings")};
    ta_person_read(&pair.person[TA_MENTOR], ta_piece_of("Priya Raman <priya@example.org>"));
    ta_person_read(&pair.person[TA_MENTEE], ta_piece_of("Dana Holt <dana@example.org>"));
    bool ok = meet(desk, &pair, today, err);
    live_at(desk, today);
    ok = ok && prepare(desk, &pair, "Who speaks first, and who is waited for", err);
    ta_pair_release(&pair);
    desk->clock = clock;
    return ok;
}

#include "turnabout/document/projection.h"

#include <stdlib.h>
#include <string.h>

#include "released.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/document/release_paper.h"
#include "turnabout/document/summary_paper.h"

enum { SECOND = 1000 };
enum { MINUTE = 60 * SECOND, HOUR = 60 * MINUTE };

/** What a step tells. At the same moment a contract comes first, and words last. */
enum kind { CONTRACT, MEETING, WORDS };

struct event {
    enum kind kind;
    int64_t known;  /* when it became known */
    size_t order;   /* in which it was found */
    size_t index;   /* of the version, the meeting or the words */
    bool is_ending; /* of a meeting: what became of it, not that it was planned */
};

/** Words that leave, or that they are withheld. */
struct words {
    unsigned session;
    bool withheld;
    char *text;
    int64_t when;
};

struct work {
    const struct ta_projected_papers *papers;
    struct ta_released_terms terms;
    struct released_versions versions;
    struct ta_meetings meetings;
    struct ta_promises promises;
    struct words *words;
    size_t word_count;
    struct event *events;
    size_t event_count;
    /* where the walk through the events stands */
    struct released_moment moment;
    enum { UNKNOWN, PLANNED, ENDED } * seen; /* of each meeting */
    char *pair;                              /* pair.md as it was written last */
    struct ta_projection *projection;
};

/* Reading */

static bool read_lists(struct work *work, struct ta_error *err)
{
    const struct ta_projected_papers *papers = work->papers;
    return (!papers->meetings || ta_meetings_read(&work->meetings, papers->meetings, err)) &&
           (!papers->promises ||
            ta_promises_read(&work->promises, papers->promises, &work->terms.pair, err));
}

/* Events */

static int64_t ended_at(const struct ta_meeting *meeting)
{
    int64_t at = meeting->when.instant;
    if (meeting->state == TA_MEETING_HELD) {
        if (meeting->late.year != 0) {
            int days = ta_days_between(ta_day_of(meeting->when), meeting->late);
            at = ta_moment_add_days(meeting->when, days).instant;
        }
        return at + (int64_t)meeting->minutes * MINUTE;
    }
    return meeting->has_notice ? at - (int64_t)meeting->notice * HOUR : at;
}

static void add_event(struct work *work, enum kind kind, int64_t known, size_t index,
                      bool is_ending)
{
    size_t order = work->event_count;
    struct event *event = ta_append(&work->events, work->event_count++, sizeof *work->events);
    *event = (struct event){kind, known, order, index, is_ending};
}

static int64_t begins_at(const struct work *work)
{
    return work->versions.items[0].since.instant;
}

/** A date is known after the end of the one before it, and ends no earlier than it was known. */
static void add_meetings(struct work *work)
{
    int64_t known = begins_at(work);
    for (size_t i = 0; i < work->meetings.count; i++) {
        const struct ta_meeting *meeting = &work->meetings.items[i];
        add_event(work, MEETING, known, i, false);
        if (meeting->state != TA_MEETING_PLANNED) {
            int64_t ended = ended_at(meeting);
            known = ended > known ? ended : known;
            add_event(work, MEETING, known, i, true);
        }
    }
}

static const struct ta_meeting *find_held(const struct work *work, unsigned session)
{
    for (size_t i = 0; i < work->meetings.count; i++) {
        const struct ta_meeting *meeting = &work->meetings.items[i];
        if (meeting->state == TA_MEETING_HELD && meeting->session == session) {
            return meeting;
        }
    }
    return NULL;
}

static int64_t later_approval(const struct ta_release *release, const char *digest)
{
    int64_t mentor = ta_release_approval(release, TA_MENTOR, digest)->when.instant;
    int64_t mentee = ta_release_approval(release, TA_MENTEE, digest)->when.instant;
    return mentor > mentee ? mentor : mentee;
}

static void add_words(struct work *work, const struct ta_released_lines *lines,
                      const struct ta_release *release)
{
    const struct ta_meeting *held = find_held(work, release->session);
    char *text = ta_released_text(lines);
    char digest[TA_DIGEST_SIZE];
    ta_digest(digest, text, strlen(text));
    if (held && (release->withheld || ta_release_is_free(release, digest))) {
        int64_t when = ended_at(held);
        int64_t known = release->withheld ? when : later_approval(release, digest);
        size_t index = work->word_count++;
        struct words *words = ta_append(&work->words, index, sizeof *work->words);
        *words = (struct words){release->session, release->withheld, NULL, when};
        words->text = release->withheld ? ta_released_withheld(lines) : ta_copy(text);
        known = known > when ? known : when;
        add_event(work, WORDS, known > begins_at(work) ? known : begins_at(work), index, false);
    }
    free(text);
}

static void look_at(struct work *work, const struct ta_projected_session *session)
{
    struct ta_summary summary = {0};
    struct ta_release release = {0};
    struct ta_released_lines lines;
    if (session->summary && session->release &&
        ta_release_paper_read(&release, session->release, NULL) &&
        ta_summary_paper_read(&summary, session->summary, &work->terms.pair, NULL) &&
        summary.session == session->session && release.session == session->session) {
        ta_released_compose(&lines, &summary, work->terms.pair.person, work->terms.level);
        ta_released_strike(&lines, &release);
        add_words(work, &lines, &release);
        ta_released_lines_release(&lines);
    }
    ta_summary_release(&summary);
    ta_release_release(&release);
}

static int compare_events(const void *one, const void *other)
{
    const struct event *a = one, *b = other;
    if (a->known != b->known) {
        return a->known < b->known ? -1 : 1;
    }
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    return a->order < b->order ? -1 : a->order > b->order;
}

static void gather_events(struct work *work)
{
    const struct ta_projected_papers *papers = work->papers;
    for (size_t i = 0; i < work->versions.count; i++) {
        add_event(work, CONTRACT, work->versions.items[i].since.instant, i, false);
    }
    add_meetings(work);
    for (size_t i = 0; work->terms.level >= TA_SHARED_TAKEAWAYS && i < papers->count; i++) {
        look_at(work, &papers->sessions[i]);
    }
    qsort(work->events, work->event_count, sizeof *work->events, compare_events);
}

/* Steps */

static struct ta_projected_step *add_step(struct work *work, char *subject, int64_t instant)
{
    struct ta_projection *projection = work->projection;
    struct ta_projected_step *step =
        ta_append(&projection->items, projection->count++, sizeof *projection->items);
    *step =
        (struct ta_projected_step){.subject = subject, .when = instant > 0 ? instant / SECOND : 0};
    return step;
}

static void add_text(struct ta_projected_step *step, char *path, char *text)
{
    step->texts[step->count++] = (struct ta_projected_text){path, text};
}

/** Both words are taken over; `word` may be NULL. */
static char *subject_of(const char *before, unsigned number, const char *behind)
{
    struct ta_text subject = {0};
    ta_text_addf(&subject, "%s%u%s", before, number, behind);
    return ta_text_take(&subject);
}

/** pair.md, when it says something else than before. */
static char *news_of_pair(struct work *work)
{
    char *text = released_pair_text(&work->moment);
    if (work->pair && strcmp(work->pair, text) == 0) {
        free(text);
        return NULL;
    }
    ta_replace(&work->pair, text);
    return text;
}

static void tell_pair(struct work *work, struct ta_projected_step *step)
{
    char *text = news_of_pair(work);
    if (text) {
        add_text(step, ta_copy("pair.md"), text);
    }
}

static void tell_contract(struct work *work, const struct event *event)
{
    const struct released_version *version = &work->versions.items[event->index];
    work->moment.count = event->index + 1;
    tell_pair(work, add_step(work, subject_of("Contract v", version->version, " in force"),
                             version->since.instant));
}

static void add_meeting(struct ta_text *out, const struct ta_meeting *meeting, bool is_planned)
{
    struct ta_meeting told = *meeting;
    told.reason = NULL;
    if (is_planned) {
        told = (struct ta_meeting){.id = meeting->id, .when = meeting->when, .by = TA_NOBODY};
    }
    ta_text_add(out, "- ");
    ta_meeting_write(out, &told);
    ta_text_add(out, "\n");
}

static void add_head(struct ta_text *out, const struct ta_person person[TA_ROLES])
{
    ta_text_addf(out, "---\nturnabout: meetings/1\n---\n# Meetings of %s and %s\n\n",
                 person[TA_MENTOR].name, person[TA_MENTEE].name);
}

char *ta_released_meetings(const struct ta_meetings *meetings,
                           const struct ta_person person[TA_ROLES])
{
    struct ta_text text = {0};
    add_head(&text, person);
    for (size_t i = 0; i < meetings->count; i++) {
        add_meeting(&text, &meetings->items[i], false);
    }
    return ta_text_take(&text);
}

static char *meetings_so_far(const struct work *work)
{
    struct ta_text text = {0};
    add_head(&text, work->terms.pair.person);
    for (size_t i = 0; i < work->meetings.count; i++) {
        if (work->seen[i] != UNKNOWN) {
            add_meeting(&text, &work->meetings.items[i], work->seen[i] == PLANNED);
        }
    }
    return ta_text_take(&text);
}

static enum ta_promise_state state_by(const struct ta_promise *promise, struct ta_day day)
{
    bool told = promise->state == TA_PROMISE_TOLD && promise->told.year != 0 &&
                ta_days_between(promise->told, day) >= 0;
    bool done = promise->state != TA_PROMISE_OPEN && promise->done.year != 0 &&
                ta_days_between(promise->done, day) >= 0;
    return told ? TA_PROMISE_TOLD : done ? TA_PROMISE_DONE : TA_PROMISE_OPEN;
}

/** As they stood when that session was held: days on which promises were kept are not told. */
static void count_promises(struct work *work, const struct ta_meeting *held)
{
    struct ta_day day = held->late.year != 0 ? held->late : ta_day_of(held->when);
    memset(work->moment.promises, 0, sizeof work->moment.promises);
    for (size_t i = 0; i < work->promises.count; i++) {
        const struct ta_promise *promise = &work->promises.items[i];
        if (promise->session > 0 && promise->session <= held->session) {
            work->moment.promises[state_by(promise, day)]++;
        }
    }
}

static char *subject_of_meeting(const struct ta_meeting *meeting, bool is_planned)
{
    if (!is_planned && meeting->state == TA_MEETING_HELD && meeting->session > 0) {
        return subject_of("Session ", meeting->session, " held");
    }
    struct ta_text subject = {0};
    ta_text_addf(&subject, "Meeting %s",
                 ta_meeting_state_name(is_planned ? TA_MEETING_PLANNED : meeting->state));
    return ta_text_take(&subject);
}

static void tell_meeting(struct work *work, const struct event *event)
{
    const struct ta_meeting *meeting = &work->meetings.items[event->index];
    work->seen[event->index] = event->is_ending ? ENDED : PLANNED;
    struct ta_projected_step *step = add_step(work, subject_of_meeting(meeting, !event->is_ending),
                                              event->is_ending ? ended_at(meeting) : event->known);
    add_text(step, ta_copy("meetings.md"), meetings_so_far(work));
    if (event->is_ending && meeting->state == TA_MEETING_HELD) {
        count_promises(work, meeting);
        tell_pair(work, step);
    }
}

static void tell_words(struct work *work, const struct event *event)
{
    const struct words *words = &work->words[event->index];
    struct ta_projected_step *step = add_step(
        work, subject_of("Session ", words->session, words->withheld ? " withheld" : " released"),
        words->when);
    add_text(step, ta_session_path(words->session, "released.md"), ta_copy(words->text));
}

/** What became of promises since the last session. */
static void tell_promises(struct work *work)
{
    int64_t when = work->projection->items[work->projection->count - 1].when;
    memset(work->moment.promises, 0, sizeof work->moment.promises);
    for (size_t i = 0; i < work->promises.count; i++) {
        work->moment.promises[work->promises.items[i].state]++;
    }
    char *text = news_of_pair(work);
    if (text) {
        add_text(add_step(work, ta_copy("Promises counted"), when * SECOND), ta_copy("pair.md"),
                 text);
    }
}

static void tell_all(struct work *work)
{
    static void (*const tell[])(struct work *, const struct event *) = {
        [CONTRACT] = tell_contract, [MEETING] = tell_meeting, [WORDS] = tell_words};
    work->moment =
        (struct released_moment){.terms = &work->terms, .versions = work->versions.items};
    work->seen = ta_allocate(work->meetings.count + 1, sizeof *work->seen);
    for (size_t i = 0; i < work->event_count; i++) {
        tell[work->events[i].kind](work, &work->events[i]);
    }
    tell_promises(work);
}

static void release_work(struct work *work)
{
    for (size_t i = 0; i < work->word_count; i++) {
        free(work->words[i].text);
    }
    free(work->words);
    free(work->events);
    free(work->seen);
    free(work->pair);
    free(work->versions.items);
    ta_meetings_release(&work->meetings);
    ta_promises_release(&work->promises);
    ta_released_terms_release(&work->terms);
}

bool ta_project(struct ta_projection *projection, const struct ta_projected_papers *papers,
                struct ta_error *err)
{
    struct work work = {.papers = papers, .projection = projection};
    *projection = (struct ta_projection){0};
    bool ok = ta_released_terms_read(&work.terms, papers, err);
    if (ok && work.terms.level != TA_SHARED_NOTHING) {
        ok = read_lists(&work, err);
        work.versions = released_versions_of(&work.terms);
        if (ok) {
            gather_events(&work);
            tell_all(&work);
        }
    }
    release_work(&work);
    return ok;
}

void ta_project_nothing(struct ta_projection *projection)
{
    *projection = (struct ta_projection){0};
    struct work work = {.projection = projection};
    struct ta_released_pair nothing = {.level = TA_SHARED_NOTHING};
    add_text(add_step(&work, ta_copy("Nothing is released"), 0), ta_copy("pair.md"),
             ta_released_pair_write(&nothing, NULL));
}

void ta_projection_release(struct ta_projection *projection)
{
    for (size_t i = 0; i < projection->count; i++) {
        struct ta_projected_step *step = &projection->items[i];
        for (size_t text = 0; text < step->count; text++) {
            free(step->texts[text].path);
            free(step->texts[text].text);
        }
        free(step->subject);
    }
    free(projection->items);
    *projection = (struct ta_projection){0};
}

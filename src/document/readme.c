#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "line.h"
#include "person.h"
#include "reading.h"
#include "turnabout/document/paper.h"
#include "turnabout/document/record_paper.h"

enum { SESSIONS_A_FOLDER = 100 };

char *ta_session_path(unsigned session, const char *file)
{
    struct ta_text out = {0};

    if (session < SESSIONS_A_FOLDER) {
        ta_text_addf(&out, "sessions/%02u/%s", session, file);
    } else {
        ta_text_addf(&out, "sessions/%us/%u/%s", session / SESSIONS_A_FOLDER * SESSIONS_A_FOLDER,
                     session, file);
    }
    return ta_text_take(&out);
}

/* README.md */

static void set_front(struct ta_paper *paper, const struct ta_readme_facts *facts)
{
    char since[TA_DATE_SIZE];

    ta_moment_write(since, facts->since);
    ta_paper_set_value(paper, "turnabout", "record/1");
    ta_persons_set(paper, facts->pair->person);
    ta_paper_set_value(paper, "topic", facts->pair->topic == NULL ? "" : facts->pair->topic);
    ta_paper_set_value(paper, "since", since);
}

static void write_who(struct ta_text *out, const struct ta_pair *pair)
{
    const char *mentor = pair->person[TA_MENTOR].name, *mentee = pair->person[TA_MENTEE].name;

    ta_text_add(out, "# ");
    ta_add_line(out, mentor);
    ta_text_add(out, " and ");
    ta_add_line(out, mentee);
    ta_text_add(out, "\n\nReverse mentoring: ");
    ta_add_line(out, mentor);
    ta_text_add(out, " is the mentor, ");
    ta_add_line(out, mentee);
    ta_text_add(out, " the mentee.\n");
    if (pair->topic != NULL && *pair->topic != '\0') {
        ta_text_add(out, "Topic: ");
        ta_add_line(out, pair->topic);
        ta_text_add(out, "\n");
    }
}

static unsigned last_session(const struct ta_meetings *meetings)
{
    unsigned last = 0;

    for (size_t at = 0; at < meetings->count; at++) {
        if (meetings->items[at].session > last) {
            last = meetings->items[at].session;
        }
    }
    return last;
}

static void write_contract(struct ta_text *out, const struct ta_readme_facts *facts)
{
    if (facts->version == 0) {
        ta_text_add(out, "- Contract: none in force yet\n");
    } else {
        ta_text_addf(out, "- Contract: [version %u](contract.md) is in force\n", facts->version);
    }
}

static void write_sessions(struct ta_text *out, const struct ta_readme_facts *facts)
{
    unsigned last = facts->meetings == NULL ? 0 : last_session(facts->meetings);

    ta_text_addf(out, "- Sessions: %u", last);
    if (facts->agreed > 0) {
        ta_text_addf(out, " of %u", facts->agreed);
    }
    ta_text_add(out, " held");
    if (last > 0) {
        char *path = ta_session_path(last, "summary.md");
        ta_text_addf(out, "; [summary of session %u](%s)", last, path);
        free(path);
    }
    ta_text_add(out, "\n");
}

static void write_next(struct ta_text *out, const struct ta_readme_facts *facts)
{
    const struct ta_meeting *next =
        facts->meetings == NULL ? NULL : ta_meetings_next(facts->meetings);
    char day[TA_DATE_SIZE], hour[TA_DATE_SIZE];

    if (next == NULL) {
        ta_text_add(out, "- Next meeting: no date set\n");
        return;
    }
    ta_day_long(day, ta_day_of(next->when));
    ta_moment_time(hour, next->when);
    ta_text_addf(out, "- Next meeting: %s, %s ([all meetings](meetings.md))\n", day, hour);
}

static void write_promises(struct ta_text *out, const struct ta_readme_facts *facts)
{
    bool any = false;

    for (size_t at = 0; facts->promises != NULL && at < facts->promises->count; at++) {
        const struct ta_promise *promise = &facts->promises->items[at];

        if (promise->state != TA_PROMISE_OPEN) {
            continue;
        }
        ta_text_add(out, any ? "- " : "\n## Open promises\n- ");
        ta_promise_write(out, promise, facts->pair, true);
        ta_text_add(out, "\n");
        any = true;
    }
    if (any) {
        ta_text_add(out, "\nAll of them are in [promises.md](promises.md).\n");
    }
}

char *ta_readme_write(const struct ta_readme_facts *facts)
{
    struct ta_paper paper = {0};
    struct ta_text body = {0};

    set_front(&paper, facts);
    write_who(&body, facts->pair);
    ta_text_add(&body, "\n## Where things stand\n");
    write_contract(&body, facts);
    write_sessions(&body, facts);
    write_next(&body, facts);
    write_promises(&body, facts);
    ta_paper_replace(&paper, (struct ta_span){paper.count, 0}, body.bytes);
    ta_text_release(&body);
    return ta_paper_take(&paper);
}

static bool read_persons(struct ta_pair *pair, const struct ta_paper *paper, struct ta_error *err)
{
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        const char *key = ta_role_name(role);

        if (ta_person_read(&pair->person[role], ta_paper_value(paper, key)) != TA_PERSON_FINE) {
            return ta_fail(err, TA_DAMAGED,
                           "README.md does not say who the %s is; its front matter needs a line "
                           "\"%s: Name <address>\".",
                           key, key);
        }
    }
    return true;
}

bool ta_readme_read(struct ta_pair *pair, struct ta_moment *since, const char *text,
                    struct ta_error *err)
{
    struct ta_paper paper;
    struct ta_piece topic;

    *since = (struct ta_moment){0};
    if (!ta_paper_read_kind(&paper, text, "record", 1, "README.md", err)) {
        return false;
    }
    if (!read_persons(pair, &paper, err)) {
        ta_paper_release(&paper);
        ta_pair_release(pair);
        return false;
    }
    topic = ta_paper_value(&paper, "topic");
    if (topic.length > 0) {
        pair->topic = ta_piece_copy(topic);
    }
    if (!ta_moment_read(since, ta_paper_value(&paper, "since"))) {
        *since = (struct ta_moment){0};
    }
    ta_paper_release(&paper);
    return true;
}

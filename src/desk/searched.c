#include "searched.h"

#include <stdlib.h>
#include <string.h>

#include "sources.h"
#include "turnabout/base/digest.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/contract_paper.h"
#include "turnabout/document/excerpts.h"
#include "turnabout/document/paper.h"
#include "turnabout/document/record_paper.h"

/* Of a record */

struct record {
    struct searched_papers *papers;
    struct ta_signatures signatures;
};

static void set_day(struct searched_papers *papers, unsigned session, struct ta_day day)
{
    enum { SESSIONS_MOST = 1000000 };
    if (session == 0 || session > SESSIONS_MOST) {
        return;
    }
    while (papers->day_count < session) {
        (void)ta_append(&papers->days, papers->day_count++, sizeof *papers->days);
    }
    papers->days[session - 1] = day;
    if (ta_days_between(papers->latest, day) > 0 || papers->latest.year == 0) {
        papers->latest = day;
    }
}

/* Path and text become the papers' own. */
static void add_paper(struct searched_papers *papers, char *path, char *text)
{
    struct ta_search_paper *paper = ta_append(&papers->items, papers->count++, sizeof *paper);
    *paper = (struct ta_search_paper){.path = path, .text = text};
}

/* The signatures are not searched; they tell of which day a contract is. */
static void take_paper(const struct ta_indexed *document, void *data)
{
    struct record *record = data;
    struct searched_papers *papers = record->papers;
    if (strcmp(document->path, "signatures.md") == 0) {
        (void)ta_signatures_read(&record->signatures, document->text, NULL);
    } else if (ta_is_searched(document->path) && strncmp(document->path, "//", 2) != 0) {
        add_paper(papers, ta_copy(document->path), ta_copy(document->text));
    }
}

/* A contract is of the day when the last of those who signed these very bytes did. */
static void set_day_signed(struct ta_search_paper *paper, const struct ta_signatures *signatures)
{
    char digest[TA_DIGEST_SIZE];
    ta_digest(digest, paper->text, strlen(paper->text));
    for (size_t i = 0; i < signatures->count; i++) {
        const struct ta_signature *signature = &signatures->items[i];
        if (strcmp(signature->digest, digest) == 0) {
            paper->day = ta_day_of(signature->when);
        }
    }
}

static void read_days_signed(struct searched_papers *papers, const struct ta_signatures *signatures)
{
    for (size_t i = 0; i < papers->count; i++) {
        if (ta_piece_starts(ta_piece_of(papers->items[i].path), "contract")) {
            set_day_signed(&papers->items[i], signatures);
        }
    }
}

/* A session was held when meetings.md says; an agenda is for the next date that is planned. */
static void read_days(struct searched_papers *papers)
{
    struct ta_meetings meetings = {0};
    unsigned last = 0;
    for (size_t i = 0; i < papers->count; i++) {
        if (strcmp(papers->items[i].path, "meetings.md") == 0) {
            (void)ta_meetings_read(&meetings, papers->items[i].text, NULL);
        }
    }
    for (size_t i = 0; i < meetings.count; i++) {
        const struct ta_meeting *meeting = &meetings.items[i];
        if (meeting->state == TA_MEETING_HELD) {
            set_day(papers, meeting->session,
                    meeting->late.year > 0 ? meeting->late : ta_day_of(meeting->when));
            last = meeting->session > last ? meeting->session : last;
        }
    }
    const struct ta_meeting *next = ta_meetings_next(&meetings);
    if (next) {
        set_day(papers, last + 1, ta_day_of(next->when));
    }
    ta_meetings_release(&meetings);
}

void searched_papers_release(struct searched_papers *papers)
{
    for (size_t i = 0; i < papers->count; i++) {
        free((char *)papers->items[i].path);
        free((char *)papers->items[i].text);
    }
    free(papers->items);
    free(papers->days);
    *papers = (struct searched_papers){0};
}

bool searched_papers_of_record(struct searched_papers *papers, struct ta_desk *desk,
                               const struct ta_pair *pair, struct ta_error *err)
{
    struct record record = {.papers = papers};
    *papers = (struct searched_papers){0};
    bool ok = ta_store_index_walk(desk->store, pair->id, take_paper, &record, err);
    read_days(papers);
    read_days_signed(papers, &record.signatures);
    ta_signatures_release(&record.signatures);
    return ok;
}

/* Of what was released */

static void take_session(const struct ta_released_row *row, void *data)
{
    struct searched_papers *papers = data;
    set_day(papers, row->session, ta_day_of(row->held));
    if (row->text) {
        add_paper(papers, ta_session_path(row->session, "released.md"), ta_copy(row->text));
    }
}

char *search_pair_paper(const struct ta_member *member)
{
    struct ta_text text = {0};
    ta_text_addf(&text, "---\nturnabout: released/1\nmentor: %s\nmentee: %s\n", member->mentor,
                 member->mentee);
    if (member->topic) {
        ta_text_addf(&text, "topic: %s\n", member->topic);
    }
    ta_text_add(&text, "---\n");
    return ta_text_take(&text);
}

bool searched_papers_of_release(struct searched_papers *papers, struct ta_desk *desk,
                                const struct ta_member *member, struct ta_error *err)
{
    *papers = (struct searched_papers){0};
    bool ok = ta_programme_sessions(desk, member, take_session, papers, err);
    add_paper(papers, ta_copy("pair.md"), search_pair_paper(member));
    return ok;
}

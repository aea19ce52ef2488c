#include "turnabout/desk/calendar.h"

#include <stdlib.h>

#include "papers.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/history.h"
#include "turnabout/document/calendar.h"

enum { DAYS_OF_WEEK = 7 };

static const int64_t day = (int64_t)24 * 60 * 60 * 1000;

/* The first commit of the record: the same in every clone, whatever is renamed later. */
static bool find_id(struct ta_desk *desk, const struct ta_pair *pair, char **id,
                    struct ta_error *err)
{
    struct ta_entries entries = {0};
    bool ok = ta_desk_history(desk, pair, 0, 0, &entries, err);
    *id = ok && entries.count > 0 ? ta_copy(entries.items[entries.count - 1].id) : NULL;
    ta_entries_release(&entries);
    return ok && (*id || ta_fail(err, TA_DAMAGED, "The record of %s has no commit.", pair->slug));
}

/* The zone from before the rhythm's first date to behind its last. */
static void read_zone(const struct ta_calendar_source *source, struct ta_zone *zone)
{
    struct ta_moment first;
    unsigned count = ta_calendar_rhythm(source, &first);
    int64_t from = first.instant ? first.instant : source->now;
    ta_zone_read(zone, from - day, from + (int64_t)count * source->weeks * DAYS_OF_WEEK * day);
}

static void agree(struct ta_calendar_source *source, const struct papers *papers,
                  const struct ta_contract *contract)
{
    source->place = contract->value[TA_CLAUSE_PLACE];
    source->minutes = ta_contract_number(contract, TA_CLAUSE_DURATION);
    source->lead = ta_contract_number(contract, TA_CLAUSE_LEAD);
    source->weeks = ta_contract_number(contract, TA_CLAUSE_RHYTHM);
    source->agreed = ta_contract_number(contract, TA_CLAUSE_SESSIONS);
    source->version = papers->contract_text ? contract->version : 0;
}

static bool write_calendar(struct papers *papers, struct ta_calendar_source *source,
                           struct ta_text *out, struct ta_error *err)
{
    const struct ta_contract *contract = NULL;
    if (!papers_contract(papers, &contract, err) ||
        !papers_meetings(papers, &source->meetings, err)) {
        return false;
    }
    struct ta_zone zone = {0};
    agree(source, papers, contract);
    read_zone(source, &zone);
    bool written = ta_calendar_write(out, source, &zone);
    ta_zone_release(&zone);
    return written || ta_fail(err, TA_ABSENT, "No date is set yet: turnabout meeting plan DATE.");
}

bool ta_desk_calendar(struct ta_desk *desk, const struct ta_pair *pair, unsigned parts,
                      struct ta_text *out, struct ta_error *err)
{
    char *id = NULL;
    if (!find_id(desk, pair, &id, err)) {
        return false;
    }
    struct ta_calendar_source source = {.pair = pair,
                                        .id = id,
                                        .now = ta_desk_now(desk),
                                        .all = parts & TA_CALENDAR_ALL,
                                        .rhythm = parts & TA_CALENDAR_RHYTHM};
    struct papers papers;
    bool ok = papers_open(&papers, desk, pair, err);
    papers.whole = true;
    ok = ok && write_calendar(&papers, &source, out, err);
    papers_close(&papers);
    free(id);
    return ok;
}

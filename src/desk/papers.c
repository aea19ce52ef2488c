#include "papers.h"

#include <stdlib.h>

#include "turnabout/desk/record.h"
#include "turnabout/document/contract_paper.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/document/summary_paper.h"
#include "turnabout/store/index.h"

/* The tip is asked again behind the refresh: another program may have committed in between. */
bool papers_open(struct papers *papers, struct ta_desk *desk, const struct ta_pair *pair,
                 struct ta_error *err)
{
    *papers = (struct papers){.desk = desk, .pair = pair};
    if (!ta_record_refresh(desk, pair, papers->tip, err)) {
        return false;
    }
    papers->is_open = ta_store_begin_reading(desk->store, err);
    return papers->is_open && ta_store_index_tip(desk->store, pair->id, papers->tip, err);
}

void papers_close(struct papers *papers)
{
    if (papers->is_open) {
        ta_store_end_reading(papers->desk->store);
    }
    free(papers->contract_text);
    ta_contract_release(&papers->contract);
    ta_meetings_release(&papers->meetings);
    ta_promises_release(&papers->promises);
    ta_summary_release(&papers->last);
    *papers = (struct papers){0};
}

bool papers_text(const struct papers *papers, const char *document, char **text,
                 struct ta_error *err)
{
    return ta_record_text(papers->desk, papers->pair, document, text, err);
}

static bool read_contract(struct papers *papers, struct ta_error *err)
{
    free(papers->contract_text);
    if (!papers_text(papers, "contract.md", &papers->contract_text, err)) {
        return false;
    }
    if (papers->contract_text) {
        return ta_contract_paper_read(&papers->contract, papers->contract_text, err);
    }
    ta_contract_init(&papers->contract, papers->pair);
    return true;
}

bool papers_contract(struct papers *papers, const struct ta_contract **contract,
                     struct ta_error *err)
{
    papers->has_contract = papers->has_contract || read_contract(papers, err);
    *contract = &papers->contract;
    return papers->has_contract;
}

/* A file that grows with the sessions, abridged unless all of it is asked for. */
static bool growing_text(const struct papers *papers, const char *document, char **text,
                         struct ta_error *err)
{
    return papers->whole ? papers_text(papers, document, text, err)
                         : ta_record_brief(papers->desk, papers->pair, document, text, err);
}

static bool read_meetings(struct papers *papers, struct ta_error *err)
{
    char *text = NULL;
    bool ok = growing_text(papers, "meetings.md", &text, err) &&
              (!text || ta_meetings_read(&papers->meetings, text, err));
    free(text);
    return ok;
}

bool papers_meetings(struct papers *papers, const struct ta_meetings **meetings,
                     struct ta_error *err)
{
    papers->has_meetings = papers->has_meetings || read_meetings(papers, err);
    *meetings = &papers->meetings;
    return papers->has_meetings;
}

static bool read_promises(struct papers *papers, struct ta_error *err)
{
    char *text = NULL;
    bool ok = growing_text(papers, "promises.md", &text, err) &&
              (!text || ta_promises_read(&papers->promises, text, papers->pair, err));
    free(text);
    return ok;
}

bool papers_promises(struct papers *papers, const struct ta_promises **promises,
                     struct ta_error *err)
{
    papers->has_promises = papers->has_promises || read_promises(papers, err);
    *promises = &papers->promises;
    return papers->has_promises;
}

/* Somebody may have taken a line out of meetings.md by hand. */
static bool skip_summaries(struct papers *papers, struct ta_error *err)
{
    char *text = NULL;
    bool ok = true;
    do {
        papers->session++;
        char *path = ta_session_path(papers->session, "summary.md");
        free(text);
        ok = papers_text(papers, path, &text, err);
        free(path);
    } while (ok && text);
    free(text);
    return ok;
}

static bool find_session(struct papers *papers, struct ta_error *err)
{
    const struct ta_meetings *meetings = NULL;
    unsigned last = 0;
    bool ok = papers_meetings(papers, &meetings, err);
    for (size_t i = 0; ok && i < meetings->count; i++) {
        last = meetings->items[i].session > last ? meetings->items[i].session : last;
    }
    papers->session = last;
    if (!ok || !skip_summaries(papers, err)) {
        papers->session = 0;
        return false;
    }
    return true;
}

bool papers_session(struct papers *papers, unsigned *session, struct ta_error *err)
{
    bool ok = papers->session > 0 || find_session(papers, err);
    *session = ok ? papers->session : 1;
    return ok;
}

static bool read_last(struct papers *papers, struct ta_error *err)
{
    unsigned next = 0;
    if (!papers_session(papers, &next, err)) {
        return false;
    }
    if (next == 1) {
        return true;
    }
    char *text = NULL;
    char *path = ta_session_path(next - 1, "summary.md");
    bool ok = papers_text(papers, path, &text, err) &&
              (!text || ta_summary_paper_read(&papers->last, text, papers->pair, err));
    free(path);
    free(text);
    return ok;
}

bool papers_last(struct papers *papers, const struct ta_summary **last, struct ta_error *err)
{
    papers->has_last = papers->has_last || read_last(papers, err);
    *last = &papers->last;
    return papers->has_last;
}

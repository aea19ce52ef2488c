#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "papers.h"
#include "projecting.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/record.h"
#include "turnabout/desk/release.h"
#include "turnabout/desk/seals.h"
#include "turnabout/document/projection.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/ledger/chain.h"

char *ta_released_path(const struct ta_desk *desk, const struct ta_pair *pair)
{
    struct ta_text path = {0};
    ta_text_addf(&path, "%s/pairs/%s/released.git", desk->places.data, pair->slug);
    return ta_text_take(&path);
}

/* The papers of the record, whole */

struct sources {
    struct ta_projected_papers papers;
    struct ta_projected_session *sessions;
    size_t count;
};

static bool read_session(const struct papers *papers, struct ta_projected_session *session,
                         struct ta_error *err)
{
    char *summary = ta_session_path(session->session, "summary.md");
    char *release = ta_session_path(session->session, "release.md");
    bool ok = papers_text(papers, summary, (char **)&session->summary, err) &&
              papers_text(papers, release, (char **)&session->release, err);
    free(summary);
    free(release);
    return ok;
}

static bool has_session(const struct sources *sources, unsigned session)
{
    for (size_t i = sources->count; i-- > 0;) {
        if (sources->sessions[i].session == session) {
            return true;
        }
    }
    return false;
}

static bool read_sessions(struct papers *papers, struct sources *sources, struct ta_error *err)
{
    const struct ta_meetings *meetings = NULL;
    bool ok = papers_meetings(papers, &meetings, err);
    for (size_t i = 0; ok && i < meetings->count; i++) {
        unsigned session = meetings->items[i].session;
        if (session > 0 && !has_session(sources, session)) {
            struct ta_projected_session *read =
                ta_append(&sources->sessions, sources->count++, sizeof *read);
            read->session = session;
            ok = read_session(papers, read, err);
        }
    }
    sources->papers.sessions = sources->sessions;
    sources->papers.count = sources->count;
    return ok;
}

static bool read_sources(struct papers *papers, struct sources *sources, struct ta_error *err)
{
    struct ta_projected_papers *read = &sources->papers;
    const struct {
        const char *document;
        const char **text;
    } documents[] = {
        {"README.md", &read->readme},         {"contract.md", &read->contract},
        {"signatures.md", &read->signatures}, {"meetings.md", &read->meetings},
        {"promises.md", &read->promises},
    };
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof documents / sizeof *documents; i++) {
        ok = papers_text(papers, documents[i].document, (char **)documents[i].text, err);
    }
    papers->whole = true;
    return ok && read_sessions(papers, sources, err);
}

static void release_sources(struct sources *sources)
{
    struct ta_projected_papers *papers = &sources->papers;
    for (size_t i = 0; i < sources->count; i++) {
        free((char *)sources->sessions[i].summary);
        free((char *)sources->sessions[i].release);
    }
    free(sources->sessions);
    free((char *)papers->readme);
    free((char *)papers->contract);
    free((char *)papers->signatures);
    free((char *)papers->meetings);
    free((char *)papers->promises);
}

/* Into the repository */

bool projection_write(struct ta_desk *desk, const char *path,
                      const struct ta_projection *projection, char tip[TA_ID_SIZE],
                      struct ta_error *err)
{
    enum { TEXTS = sizeof projection->items->texts / sizeof *projection->items->texts };
    struct ta_link *links = ta_allocate(projection->count, sizeof *links);
    struct ta_change(*changes)[TEXTS] = ta_allocate(projection->count, sizeof *changes);
    for (size_t i = 0; i < projection->count; i++) {
        const struct ta_projected_step *step = &projection->items[i];
        for (size_t text = 0; text < step->count; text++) {
            changes[i][text] =
                (struct ta_change){.path = step->texts[text].path, .text = step->texts[text].text};
        }
        links[i] = (struct ta_link){step->subject, step->when, changes[i], step->count};
    }
    bool ok = ta_ledger_chain(desk->git, path, links, projection->count, tip, err);
    free(links);
    free(changes);
    return ok;
}

static bool write_nothing(struct ta_desk *desk, const char *path, char tip[TA_ID_SIZE],
                          struct ta_error *err)
{
    struct ta_projection projection;
    ta_project_nothing(&projection);
    bool ok = projection_write(desk, path, &projection, tip, err);
    ta_projection_release(&projection);
    return ok;
}

/* The commit of released.git; "" when there is no such repository. */
static bool released_tip(const char *path, char tip[TA_ID_SIZE], struct ta_error *err)
{
    struct ta_error problem = {0};
    bool ok = ta_ledger_tip(path, tip, &problem);
    if (!ok && problem.code == TA_ABSENT) {
        tip[0] = '\0';
        ok = true;
    }
    return ok || ta_fail(err, problem.code, "%s", problem.text);
}

/* From which commit of the record which one of released.git was made is remembered in a setting. A
 * program that projects in another way has another number there. */
enum { WAY = 2 };

static void write_memory(struct ta_text *out, const char *record, const char *released)
{
    ta_text_addf(out, "%d %s %s", WAY, record, released);
}

static char *memory_name(const struct ta_pair *pair)
{
    struct ta_text name = {0};
    ta_text_addf(&name, "released/%s", pair->slug);
    return ta_text_take(&name);
}

static bool is_up_to_date(struct ta_desk *desk, const struct ta_pair *pair, const char *record,
                          const char *released)
{
    struct ta_text expected = {0};
    char *name = memory_name(pair);
    char *known = NULL;
    write_memory(&expected, record, released);
    bool same = ta_store_setting(desk->store, name, &known, NULL) && known &&
                strcmp(known, expected.bytes) == 0;
    free(known);
    free(name);
    ta_text_release(&expected);
    return same;
}

/* Where it cannot be remembered, it is made again the next time. */
static void remember(struct ta_desk *desk, const struct ta_pair *pair, const char *record,
                     const char *released)
{
    struct ta_text memory = {0};
    char *name = memory_name(pair);
    write_memory(&memory, record, released);
    (void)ta_store_set_setting(desk->store, name, memory.bytes, NULL);
    free(name);
    ta_text_release(&memory);
}

bool projection_of_record(struct ta_desk *desk, const struct ta_pair *pair,
                          struct ta_projection *projection, char record[TA_ID_SIZE],
                          struct ta_error *err)
{
    struct papers papers;
    struct sources sources = {0};
    *projection = (struct ta_projection){0};
    bool ok = papers_open(&papers, desk, pair, err) && read_sources(&papers, &sources, err);
    memcpy(record, papers.tip, TA_ID_SIZE);
    papers_close(&papers);
    ok = ok && ta_project(projection, &sources.papers, err);
    release_sources(&sources);
    return ok;
}

static bool project(struct ta_desk *desk, const struct ta_pair *pair, const char *path,
                    char record[TA_ID_SIZE], char tip[TA_ID_SIZE], struct ta_error *err)
{
    struct ta_projection projection;
    bool ok = projection_of_record(desk, pair, &projection, record, err);
    if (ok && projection.count > 0) {
        ok = projection_write(desk, path, &projection, tip, err);
    } else if (ok && tip[0] != '\0') {
        ok = write_nothing(desk, path, tip, err);
    }
    ta_projection_release(&projection);
    return ok;
}

bool ta_desk_project(struct ta_desk *desk, const struct ta_pair *pair, char tip[TA_ID_SIZE],
                     struct ta_error *err)
{
    char record[TA_ID_SIZE];
    char *path = ta_released_path(desk, pair);
    bool ok = ta_record_refresh(desk, pair, record, err) && released_tip(path, tip, err);
    if (ok && !is_up_to_date(desk, pair, record, tip)) {
        ok = ta_desk_contract_is_proved(desk, pair, err) &&
             project(desk, pair, path, record, tip, err);
        if (ok) {
            remember(desk, pair, record, tip);
        }
    }
    free(path);
    return ok;
}

bool ta_desk_project_nothing(struct ta_desk *desk, const struct ta_pair *pair, char tip[TA_ID_SIZE],
                             struct ta_error *err)
{
    char *path = ta_released_path(desk, pair);
    bool ok = write_nothing(desk, path, tip, err);
    free(path);
    return ok;
}

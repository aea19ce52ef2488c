#include "turnabout/desk/passages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "papers.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/history.h"
#include "turnabout/desk/record.h"
#include "turnabout/document/paper.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/document/summary_paper.h"

/* Which sections there are */

static const struct ta_thread of_summaries[] = {
    {"Takeaways", "takeaways", false, 0}, {"Differences", "differences", false, 0},
    {"Promises", "promises", false, 0},   {"Questions", "questions", false, 0},
    {"Notes", "notes", false, 0},
};
static const struct ta_thread goals[] = {
    {"Goal 1", "goal-1", true, 1},
    {"Goal 2", "goal-2", true, 2},
    {"Goal 3", "goal-3", true, 3},
};
enum {
    OF_SUMMARIES = sizeof of_summaries / sizeof *of_summaries,
    GOALS = sizeof goals / sizeof *goals,
    FIRST_GOAL = OF_SUMMARIES + TA_CLAUSE_GOALS + 1,
};

size_t ta_thread_count(void)
{
    return OF_SUMMARIES + TA_CLAUSES + GOALS;
}

struct ta_thread ta_thread_at(size_t index)
{
    if (index < OF_SUMMARIES) {
        return of_summaries[index];
    }
    if (index >= FIRST_GOAL && index < FIRST_GOAL + GOALS) {
        return goals[index - FIRST_GOAL];
    }
    size_t clause = index - OF_SUMMARIES - (index < FIRST_GOAL ? 0 : GOALS);
    const struct ta_clause_facts *facts = ta_clause_facts((enum ta_clause)clause);
    return (struct ta_thread){facts->title, facts->id, true, 0};
}

static bool say_unknown(const char *id, struct ta_error *err)
{
    struct ta_text known = {0};
    for (size_t i = 0; i < ta_thread_count(); i++) {
        ta_text_addf(&known, "%s%s", i > 0 ? ", " : "", ta_thread_at(i).id);
    }
    (void)ta_fail(err, TA_WRONG, "There is no section \"%.60s\" to follow: name one of %s.", id,
                  known.bytes);
    ta_text_release(&known);
    return false;
}

bool ta_thread_find(struct ta_thread *thread, const char *id, struct ta_error *err)
{
    for (size_t i = 0; i < ta_thread_count(); i++) {
        *thread = ta_thread_at(i);
        if (strcasecmp(thread->id, id) == 0) {
            return true;
        }
    }
    return say_unknown(id, err);
}

bool ta_thread_of_heading(struct ta_thread *thread, const char *title, bool of_contract)
{
    for (size_t i = 0; i < ta_thread_count(); i++) {
        *thread = ta_thread_at(i);
        if (thread->of_contract == of_contract && strcmp(thread->title, title) == 0) {
            return true;
        }
    }
    return false;
}

/* Where they are */

static bool count_sessions(struct ta_desk *desk, const struct ta_pair *pair, size_t *count,
                           struct ta_error *err)
{
    struct papers papers;
    unsigned next = 1;
    bool ok = papers_open(&papers, desk, pair, err) && papers_session(&papers, &next, err);
    papers_close(&papers);
    *count = next - 1;
    return ok;
}

bool ta_desk_passages(struct ta_desk *desk, const struct ta_pair *pair, bool of_contract,
                      struct ta_passages *passages, struct ta_error *err)
{
    *passages = (struct ta_passages){.of_contract = of_contract};
    if (!of_contract) {
        return count_sessions(desk, pair, &passages->count, err);
    }
    bool ok = ta_desk_history_versions(desk, pair, "contract.md", 0, &passages->versions, err);
    passages->count = passages->versions.count;
    return ok;
}

void ta_passages_release(struct ta_passages *passages)
{
    ta_entries_release(&passages->versions);
    *passages = (struct ta_passages){0};
}

/* Reading one */

/* One entry of a list by its place; "" when there are fewer. */
static char *take_entry(char *list, unsigned entry)
{
    struct ta_piece rest = ta_piece_of(list);
    struct ta_piece line = {0};
    bool more = true;
    for (unsigned i = 0; more && i < entry; i++) {
        more = ta_passage_next_line(&rest, &line);
    }
    char *taken = more ? ta_piece_copy(line) : ta_copy("");
    free(list);
    return taken;
}

static bool read_section(struct ta_passage *passage, const char *text, const char *kind,
                         const char *name, const struct ta_thread *thread, struct ta_error *err)
{
    const char *title = thread->entry > 0 ? ta_clause_facts(TA_CLAUSE_GOALS)->title : thread->title;
    struct ta_paper paper;
    if (!ta_paper_read_kind(&paper, text, kind, 1, name, err)) {
        return false;
    }
    struct ta_piece version = ta_paper_value(&paper, "version");
    if (passage->number == 0 && version.length > 0) {
        char *digits = ta_piece_copy(version);
        passage->number = (unsigned)strtoul(digits, NULL, 10);
        free(digits);
    }
    passage->text = ta_paper_section_text(&paper, title);
    if (thread->entry > 0) {
        passage->text = take_entry(passage->text, thread->entry);
    }
    ta_paper_release(&paper);
    return true;
}

static bool read_summary(struct ta_desk *desk, const struct ta_pair *pair,
                         const struct ta_thread *thread, struct ta_passage *passage,
                         struct ta_error *err)
{
    struct ta_summary summary = {0};
    char *text = NULL;
    char *path = ta_session_path(passage->number, "summary.md");
    bool ok =
        ta_record_text(desk, pair, path, &text, err) &&
        (text != NULL || ta_fail(err, TA_ABSENT, "Session %u has no summary.", passage->number)) &&
        ta_summary_paper_read(&summary, text, pair, err) &&
        read_section(passage, text, "summary", path, thread, err);
    if (ok) {
        passage->title = ta_copy(summary.title);
        passage->when = summary.held;
    }
    ta_summary_release(&summary);
    free(text);
    free(path);
    return ok;
}

static bool read_contract(struct ta_desk *desk, const struct ta_pair *pair,
                          const struct ta_thread *thread, const struct ta_entry *version,
                          struct ta_passage *passage, struct ta_error *err)
{
    char *text = NULL;
    (void)snprintf(passage->commit, sizeof passage->commit, "%s", version->id);
    passage->when = version->when;
    bool ok = ta_desk_history_text(desk, pair, version->id, "contract.md", &text, err) &&
              (text != NULL || ta_fail(err, TA_ABSENT, "The contract was taken away here.")) &&
              read_section(passage, text, "contract", "contract.md", thread, err);
    free(text);
    return ok;
}

bool ta_desk_passage(struct ta_desk *desk, const struct ta_pair *pair,
                     const struct ta_passages *passages, size_t index,
                     const struct ta_thread *thread, struct ta_passage *passage,
                     struct ta_error *err)
{
    *passage = (struct ta_passage){0};
    if (passages->of_contract) {
        size_t newest_first = passages->count - 1 - index;
        return read_contract(desk, pair, thread, &passages->versions.items[newest_first], passage,
                             err);
    }
    passage->number = (unsigned)index + 1;
    return read_summary(desk, pair, thread, passage, err);
}

void ta_passage_release(struct ta_passage *passage)
{
    free(passage->title);
    free(passage->text);
    *passage = (struct ta_passage){0};
}

bool ta_passage_next_line(struct ta_piece *rest, struct ta_piece *line)
{
    while (ta_next_line(rest, line)) {
        *line = ta_piece_trim(*line);
        if (ta_piece_starts(*line, "- ") || ta_piece_starts(*line, "* ")) {
            *line = ta_piece_trim((struct ta_piece){line->at + 2, line->length - 2});
        }
        if (line->length > 0) {
            return true;
        }
    }
    return false;
}

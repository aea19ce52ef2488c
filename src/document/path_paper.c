#include "turnabout/document/path_paper.h"

#include <stdlib.h>
#include <string.h>

#include "front.h"
#include "line.h"
#include "plain.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/paper.h"
#include "turnabout/document/summary_paper.h"

enum { DEEPEST = 6 };

/* Appends one line of text that Markdown takes for nothing else. */
static void add_plain(struct ta_text *out, const char *text)
{
    char *line = plain_copy(text);
    for (const char *at = line; *at != '\0'; at++) {
        if (strchr("\\`*_[]<>", *at)) {
            ta_text_add(out, "\\");
        }
        ta_text_add_bytes(out, at, 1);
    }
    free(line);
}

static void add_day(struct ta_text *out, struct ta_day day)
{
    char written[TA_DATE_SIZE];
    ta_day_long(written, day);
    ta_text_add(out, written);
}

/* Another document */

static bool add_heading(struct ta_text *out, struct ta_piece line, unsigned deeper)
{
    struct ta_piece title;
    unsigned level = ta_line_level(line, &title);
    if (level == 0) {
        return false;
    }
    level = level + deeper < DEEPEST ? level + deeper : DEEPEST;
    ta_text_addf(out, "\n%.*s %.*s\n\n", (int)level, "######", (int)title.length, title.at);
    return true;
}

/* Appends a document without its front matter and its first heading, its other headings so much
 * deeper: what somebody added by hand comes along. */
static void add_document(struct ta_text *out, const char *text, unsigned deeper)
{
    struct ta_piece front;
    struct ta_piece body;
    struct ta_piece line;
    struct ta_fence fence = {0};
    if (!text || !ta_front_is_text(ta_piece_of(text), "", NULL) ||
        !ta_front_split(ta_piece_of(text), &front, &body, "", NULL)) {
        return;
    }
    ta_text_add(out, "\n");
    while (ta_next_line(&body, &line)) {
        bool fenced = ta_fence_holds(&fence, line);
        bool first = !fenced && ta_line_level(line, NULL) == 1;
        if (first || (!fenced && add_heading(out, line, deeper))) {
            continue;
        }
        ta_text_add_bytes(out, line.at, line.length);
        ta_text_add(out, "\n");
    }
    ta_text_add(out, fence.sign ? "```\n\n" : "\n");
}

/* The contract */

static unsigned version_of(const char *text)
{
    struct ta_paper paper;
    unsigned version = 0;
    if (ta_paper_read(&paper, text, "", NULL)) {
        char *digits = ta_piece_copy(ta_paper_value(&paper, "version"));
        version = (unsigned)strtoul(digits, NULL, 10);
        free(digits);
        ta_paper_release(&paper);
    }
    return version;
}

static void add_signatures(struct ta_text *out, const struct ta_path *path, unsigned version)
{
    for (size_t i = 0; i < path->signatures->count; i++) {
        const struct ta_signature *signature = &path->signatures->items[i];
        if (signature->version == version) {
            ta_text_add(out, "- Signed by ");
            add_plain(out, signature->name);
            ta_text_addf(out, " (%s) on ", ta_role_name(signature->role));
            add_day(out, ta_day_of(signature->when));
            ta_text_add(out, "\n");
        }
    }
}

/* The clauses of a version that the next one has otherwise. */
static void add_changes(struct ta_text *out, const char *after, const char *before)
{
    struct ta_paper old;
    struct ta_paper new;
    if (!ta_paper_read(&old, before, "", NULL)) {
        return;
    }
    if (!ta_paper_read(&new, after, "", NULL)) {
        ta_paper_release(&old);
        return;
    }
    for (enum ta_clause clause = 0; clause < TA_CLAUSES; clause++) {
        const char *title = ta_clause_facts(clause)->title;
        char *was = ta_paper_section_text(&old, title);
        char *is = ta_paper_section_text(&new, title);
        if (strcmp(was, is) != 0) {
            ta_text_addf(out, "\n#### %s\n\n%s\n", title, *was ? was : "Nothing yet.");
        }
        free(was);
        free(is);
    }
    ta_paper_release(&old);
    ta_paper_release(&new);
}

/* The newest as a whole, of the others what was otherwise. */
static void add_contract(struct ta_text *out, const struct ta_path *path)
{
    ta_text_add(out, "\n## Contract\n");
    if (path->version_count == 0) {
        ta_text_add(out, "\nNo contract is in force.\n");
    }
    for (size_t i = path->version_count; i > 0; i--) {
        const struct ta_path_version *version = &path->versions[i - 1];
        unsigned number = version_of(version->text);
        ta_text_addf(out, "\n### Version %u", number);
        if (version->since.instant != 0) {
            ta_text_add(out, ", in force since ");
            add_day(out, ta_day_of(version->since));
        }
        ta_text_add(out, "\n\n");
        add_signatures(out, path, number);
        if (i == path->version_count) {
            add_document(out, version->text, 2);
        } else {
            ta_text_add(out, "\nWhat it said where the next version says otherwise:\n");
            add_changes(out, path->versions[i].text, version->text);
        }
    }
}

/* Sessions */

static void add_session_facts(struct ta_text *out, const struct ta_summary *summary)
{
    ta_text_add(out, "Held on ");
    add_day(out, ta_day_of(summary->held));
    ta_text_addf(out, ", %u minutes", summary->lasted);
    if (summary->planned > 0 && summary->planned != summary->lasted) {
        ta_text_addf(out, " (%u planned)", summary->planned);
    }
    ta_text_add(out, ".\n");
}

static void add_session(struct ta_text *out, const struct ta_path *path,
                        const struct ta_path_session *session)
{
    struct ta_summary summary = {0};
    bool held =
        session->summary && ta_summary_paper_read(&summary, session->summary, path->pair, NULL);
    ta_text_addf(out, "\n### Session %u", session->number);
    if (held && summary.title && *summary.title) {
        ta_text_add(out, ": ");
        add_plain(out, summary.title);
    }
    ta_text_add(out, "\n\n");
    if (held) {
        add_session_facts(out, &summary);
    } else {
        ta_text_add(out, "Not held yet.\n");
    }
    if (session->agenda) {
        ta_text_add(out, "\n#### Agenda\n");
        add_document(out, session->agenda, 3);
    }
    add_document(out, session->summary, 2);
    if (session->reply) {
        ta_text_add(out, "\n#### The mentor's reply\n");
        add_document(out, session->reply, 3);
    }
    ta_summary_release(&summary);
}

static void add_sessions(struct ta_text *out, const struct ta_path *path)
{
    ta_text_add(out, "\n## Sessions\n");
    if (path->session_count == 0) {
        ta_text_add(out, "\nNo session was held yet.\n");
    }
    for (size_t i = 0; i < path->session_count; i++) {
        add_session(out, path, &path->sessions[i]);
    }
}

/* How takeaways grew */

static bool add_takeaways_of(struct ta_text *out, const struct ta_path *path,
                             const struct ta_path_session *session)
{
    struct ta_summary summary = {0};
    if (!session->summary || !ta_summary_paper_read(&summary, session->summary, path->pair, NULL)) {
        return false;
    }
    const struct ta_summary_lines *lines = &summary.lines[TA_SUMMARY_TAKEAWAYS];
    if (lines->count > 0) {
        ta_text_addf(out, "\n### After session %u\n\n", session->number);
    }
    for (size_t i = 0; i < lines->count; i++) {
        ta_text_addf(out, "- %s\n", lines->items[i]);
    }
    bool any = lines->count > 0;
    ta_summary_release(&summary);
    return any;
}

static void add_takeaways(struct ta_text *out, const struct ta_path *path)
{
    bool any = false;
    ta_text_add(out, "\n## How the takeaways grew\n");
    for (size_t i = 0; i < path->session_count; i++) {
        any = add_takeaways_of(out, path, &path->sessions[i]) || any;
    }
    ta_text_add(out, any ? "" : "\nNone was written down yet.\n");
}

/* Meetings and promises */

static void add_meeting(struct ta_text *out, const struct ta_meeting *meeting)
{
    char when[TA_DATE_SIZE];
    char time[TA_DATE_SIZE];
    ta_day_long(when, ta_day_of(meeting->when));
    ta_moment_time(time, meeting->when);
    ta_text_addf(out, "- %s, %s: %s", when, time, ta_meeting_state_name(meeting->state));
    if (meeting->state == TA_MEETING_HELD) {
        ta_text_addf(out, " as session %u, %u min", meeting->session, meeting->minutes);
    }
    if (meeting->by != TA_NOBODY && meeting->state >= TA_MEETING_MOVED) {
        ta_text_addf(out, " by the %s", ta_role_name(meeting->by));
    }
    if (meeting->has_notice) {
        ta_text_addf(out, ", %u h notice", meeting->notice);
    }
    if (meeting->reason && *meeting->reason) {
        ta_text_add(out, ": ");
        add_plain(out, meeting->reason);
    }
    ta_text_add(out, "\n");
}

static void add_meetings(struct ta_text *out, const struct ta_path *path)
{
    ta_text_add(out, "\n## Meetings\n\n");
    for (size_t i = 0; i < path->meetings->count; i++) {
        add_meeting(out, &path->meetings->items[i]);
    }
    ta_text_add(out, path->meetings->count == 0 ? "No date was planned yet.\n" : "");
}

static void add_promises(struct ta_text *out, const struct ta_path *path)
{
    ta_text_add(out, "\n## Promises\n");
    if (path->promises) {
        add_document(out, path->promises, 1);
    } else {
        ta_text_add(out, "\nNone was made yet.\n");
    }
}

char *ta_path_title(const struct ta_path *path)
{
    struct ta_text title = {0};
    plain_add(&title, path->pair->person[TA_MENTOR].name);
    ta_text_add(&title, " and ");
    plain_add(&title, path->pair->person[TA_MENTEE].name);
    return ta_text_take(&title);
}

static void add_head(struct ta_text *out, const struct ta_path *path)
{
    char *title = ta_path_title(path);
    ta_text_add(out, "# ");
    add_plain(out, title);
    ta_text_add(out, "\n\nReverse mentoring: ");
    add_plain(out, path->pair->person[TA_MENTOR].name);
    ta_text_add(out, " is the mentor, ");
    add_plain(out, path->pair->person[TA_MENTEE].name);
    ta_text_add(out, " the mentee.\n");
    if (path->pair->topic && *path->pair->topic) {
        ta_text_add(out, "Topic: ");
        add_plain(out, path->pair->topic);
        ta_text_add(out, ".\n");
    }
    ta_text_add(out, "\n");
    if (path->since.instant != 0) {
        ta_text_add(out, "From ");
        add_day(out, ta_day_of(path->since));
        ta_text_add(out, " to ");
        add_day(out, path->today);
        ta_text_add(out, ".\n");
    }
    free(title);
}

/* Headings that wait for something to stand below them. */
struct waiting {
    struct ta_piece items[DEEPEST + 1]; /* by level */
    unsigned deepest;
    bool blank; /* and so does a blank line */
};

static void take_waiting(struct ta_text *out, struct waiting *waiting)
{
    for (unsigned level = 1; level <= waiting->deepest; level++) {
        struct ta_piece heading = waiting->items[level];
        if (heading.length > 0) {
            ta_text_addf(out, "%s%.*s\n", out->length > 0 ? "\n" : "", (int)heading.length,
                         heading.at);
            waiting->blank = true;
        }
        waiting->items[level] = (struct ta_piece){0};
    }
    ta_text_add(out, waiting->blank ? "\n" : "");
    waiting->deepest = 0;
    waiting->blank = false;
}

/* Without headings under which nothing stands, and with one blank line where there were several. */
static char *tidy(const char *text)
{
    struct ta_text out = {0};
    struct waiting waiting = {0};
    struct ta_piece rest = ta_piece_of(text);
    struct ta_piece line;
    struct ta_fence fence = {0};
    while (ta_next_line(&rest, &line)) {
        bool fenced = ta_fence_holds(&fence, line);
        unsigned level = fenced ? 0 : ta_line_level(line, NULL);
        if (level > 0) {
            for (unsigned deeper = level; deeper <= DEEPEST; deeper++) {
                waiting.items[deeper] = (struct ta_piece){0};
            }
            waiting.items[level] = line;
            waiting.deepest = level;
        } else if (!fenced && ta_line_is_blank(line)) {
            waiting.blank = out.length > 0;
        } else {
            take_waiting(&out, &waiting);
            ta_text_addf(&out, "%.*s\n", (int)line.length, line.at);
        }
    }
    return ta_text_take(&out);
}

char *ta_path_markdown(const struct ta_path *path)
{
    struct ta_text out = {0};
    add_head(&out, path);
    add_contract(&out, path);
    add_sessions(&out, path);
    add_takeaways(&out, path);
    add_meetings(&out, path);
    add_promises(&out, path);
    char *tidied = tidy(out.bytes);
    ta_text_release(&out);
    return tidied;
}

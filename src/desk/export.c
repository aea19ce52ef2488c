#include "turnabout/desk/export.h"

#include <stdlib.h>

#include "papers.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/history.h"
#include "turnabout/document/contract_paper.h"
#include "turnabout/document/page.h"
#include "turnabout/document/path_paper.h"
#include "turnabout/document/record_paper.h"

/* What a path is made from. */
struct source {
    struct papers papers;
    struct ta_path path;
    struct ta_path_version *versions;
    struct ta_path_session *sessions;
    struct ta_signatures signatures;
    char *promises;
};

static bool read_session(struct source *source, unsigned number, struct ta_error *err)
{
    static const char *const names[] = {"agenda.md", "summary.md", "reply.md"};
    char *texts[3] = {NULL};
    bool ok = true;
    for (size_t i = 0; ok && i < 3; i++) {
        char *document = ta_session_path(number, names[i]);
        ok = papers_text(&source->papers, document, &texts[i], err);
        free(document);
    }
    struct ta_path *path = &source->path;
    struct ta_path_session *session =
        ta_append(&source->sessions, path->session_count++, sizeof *session);
    *session = (struct ta_path_session){number, texts[0], texts[1], texts[2]};
    return ok;
}

/* The one to come is among them when something of it is agreed. */
static bool read_sessions(struct source *source, struct ta_error *err)
{
    unsigned next = 1;
    bool ok = papers_session(&source->papers, &next, err);
    for (unsigned number = 1; ok && number <= next; number++) {
        ok = read_session(source, number, err);
    }
    const struct ta_path_session *last =
        source->path.session_count > 0 ? &source->sessions[source->path.session_count - 1] : NULL;
    if (ok && last && !last->agenda && !last->summary && !last->reply) {
        source->path.session_count--;
    }
    return ok;
}

/* A version that cannot be read any more is no reason to keep all others from them. */
static void read_version(struct source *source, struct ta_desk *desk, const struct ta_pair *pair,
                         const struct ta_entry *entry)
{
    char *text = NULL;
    if (ta_desk_history_text(desk, pair, entry->id, "contract.md", &text, NULL) && text) {
        struct ta_path_version *version =
            ta_append(&source->versions, source->path.version_count++, sizeof *version);
        *version = (struct ta_path_version){text, entry->when};
    }
}

static bool read_versions(struct source *source, struct ta_desk *desk, const struct ta_pair *pair,
                          struct ta_error *err)
{
    struct ta_entries entries = {0};
    bool ok = ta_desk_history_versions(desk, pair, "contract.md", 0, &entries, err);
    for (size_t i = entries.count; ok && i > 0; i--) {
        read_version(source, desk, pair, &entries.items[i - 1]);
    }
    ta_entries_release(&entries);
    return ok;
}

static bool read_signatures(struct source *source, struct ta_error *err)
{
    char *text = NULL;
    bool ok = papers_text(&source->papers, "signatures.md", &text, err) &&
              (!text || ta_signatures_read(&source->signatures, text, err));
    free(text);
    return ok;
}

static void read_since(struct source *source)
{
    struct ta_pair pair = {0};
    char *text = NULL;
    if (papers_text(&source->papers, "README.md", &text, NULL) && text) {
        (void)ta_readme_read(&pair, &source->path.since, text, NULL);
        ta_pair_release(&pair);
    }
    free(text);
}

static bool read_source(struct source *source, struct ta_desk *desk, const struct ta_pair *pair,
                        struct ta_error *err)
{
    source->papers.whole = true;
    bool ok = read_sessions(source, err) &&
              papers_meetings(&source->papers, &source->path.meetings, err) &&
              papers_text(&source->papers, "promises.md", &source->promises, err) &&
              read_signatures(source, err);
    if (ok) {
        read_since(source);
    }
    return ok && read_versions(source, desk, pair, err);
}

static void release(struct source *source)
{
    for (size_t i = 0; i < source->path.session_count; i++) {
        free((char *)source->sessions[i].agenda);
        free((char *)source->sessions[i].summary);
        free((char *)source->sessions[i].reply);
    }
    for (size_t i = 0; i < source->path.version_count; i++) {
        free((char *)source->versions[i].text);
    }
    free(source->sessions);
    free(source->versions);
    free(source->promises);
    ta_signatures_release(&source->signatures);
    papers_close(&source->papers);
}

static bool write_page(const struct ta_path *path, const char *markdown, struct ta_text *out,
                       struct ta_error *err)
{
    char *title = ta_path_title(path);
    ta_page_begin(out, title);
    bool ok = ta_page_markdown(out, markdown, 0, err);
    ta_page_end(out);
    free(title);
    return ok;
}

bool ta_desk_export(struct ta_desk *desk, const struct ta_pair *pair, enum ta_export_form form,
                    struct ta_text *out, struct ta_error *err)
{
    struct source source = {.path = {.pair = pair, .today = ta_desk_today(desk)}};
    bool ok = papers_open(&source.papers, desk, pair, err) && read_source(&source, desk, pair, err);
    if (ok) {
        source.path.versions = source.versions;
        source.path.sessions = source.sessions;
        source.path.signatures = &source.signatures;
        source.path.promises = source.promises;
        char *markdown = ta_path_markdown(&source.path);
        if (form == TA_EXPORT_HTML) {
            ok = write_page(&source.path, markdown, out, err);
        } else {
            ta_text_add(out, markdown);
        }
        free(markdown);
    }
    release(&source);
    return ok;
}

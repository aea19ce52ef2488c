#include "turnabout/document/release_paper.h"

#include <stdio.h>
#include <stdlib.h>

#include "line.h"
#include "reading.h"
#include "turnabout/document/paper.h"

enum title { STRUCK, APPROVED, TITLES };

/* In the order in which they stand. */
static const char *const titles[TITLES] = {"Struck", "Approved"};

static const char name[] = "release.md";

/* Reading */

static void add_struck(struct ta_release *release, struct ta_piece entry)
{
    char digest[TA_DIGEST_SIZE];
    if (ta_take(&entry, "sha256 ") && ta_digest_read(digest, entry) &&
        !ta_release_is_struck(release, digest)) {
        ta_release_strike(release, digest);
    }
}

/** "mentee Dana Holt, 2026-11-25T09:00:00+01:00, sha256 2c26b4..." */
static void add_approval(struct ta_release *release, struct ta_piece entry)
{
    struct ta_approval approval = {0};
    struct ta_piece digest, when;
    if (!ta_take_last(&entry, &digest) || !ta_take_last(&entry, &when) ||
        !ta_take(&digest, "sha256 ") || !ta_digest_read(approval.digest, digest) ||
        !ta_moment_read(&approval.when, when) ||
        !ta_role_read(&approval.role, ta_take_word(&entry))) {
        return;
    }
    approval.name = ta_piece_copy(entry);
    ta_release_add_approval(release, &approval);
    free(approval.name);
}

static void read_entries(struct ta_release *release, const struct ta_paper *paper,
                         struct ta_span span,
                         void (*add)(struct ta_release *release, struct ta_piece entry))
{
    struct ta_span entry;
    char *text;
    while (ta_paper_next_entry(paper, &span, &entry, &text)) {
        struct ta_text line = {0};
        ta_add_line(&line, text);
        add(release, ta_piece_trim((struct ta_piece){line.bytes, line.length}));
        ta_text_release(&line);
        free(text);
    }
}

/* A heading that stands twice, as a hand or a merge by line leaves it: what is struck below either
 * is struck, and an approval that is not below both may have been taken away. */

static void read_struck(struct ta_release *release, const struct ta_paper *paper)
{
    struct ta_span span;
    for (size_t from = 0; ta_paper_next_section(paper, titles[STRUCK], from, &span);
         from = span.first + span.count) {
        read_entries(release, paper, span, add_struck);
    }
}

static bool is_contradicted(const struct ta_approval *approval, const struct ta_paper *paper)
{
    struct ta_span span;
    bool stands = true;
    for (size_t from = 0; stands && ta_paper_next_section(paper, titles[APPROVED], from, &span);
         from = span.first + span.count) {
        struct ta_release below = {0};
        read_entries(&below, paper, span, add_approval);
        stands = ta_release_approval(&below, approval->role, approval->digest) != NULL;
        ta_release_release(&below);
    }
    return !stands;
}

static void read_approved(struct ta_release *release, const struct ta_paper *paper)
{
    struct ta_span span;
    struct ta_release below = {0};
    if (ta_paper_section(paper, titles[APPROVED], &span)) {
        read_entries(&below, paper, span, add_approval);
    }
    for (size_t i = 0; i < below.approval_count; i++) {
        if (!is_contradicted(&below.approvals[i], paper)) {
            ta_release_add_approval(release, &below.approvals[i]);
        }
    }
    ta_release_release(&below);
}

/** What somebody meant to withhold does not leave because of a slip of the pen. */
static bool is_withheld(const struct ta_paper *paper)
{
    struct ta_piece value = ta_paper_value(paper, "withheld");
    return value.length > 0 && !ta_piece_is(value, "no");
}

bool ta_release_paper_read(struct ta_release *release, const char *text, struct ta_error *err)
{
    struct ta_paper paper;
    *release = (struct ta_release){0};
    if (!ta_paper_read_kind(&paper, text, "release", 1, name, err)) {
        return false;
    }
    bool ok =
        ta_number_read(&release->session, ta_paper_value(&paper, "session"), 1, TA_NUMBER_MOST) ||
        ta_fail(err, TA_DAMAGED,
                "%s does not say of which session it is; its front matter needs a line "
                "\"session: 1\".",
                name);
    if (ok) {
        release->withheld = is_withheld(&paper);
        read_struck(release, &paper);
        read_approved(release, &paper);
    }
    ta_paper_release(&paper);
    return ok;
}

/* Writing */

static char *fresh(unsigned session)
{
    struct ta_text text = {0};
    ta_text_addf(&text,
                 "---\nturnabout: release/1\nsession: %u\nwithheld: no\n---\n"
                 "# Release of session %u\n",
                 session, session);
    return ta_text_take(&text);
}

static bool is_out_of_order(const struct ta_paper *paper)
{
    struct ta_span struck, approved;
    return ta_paper_section(paper, titles[STRUCK], &struck) &&
           ta_paper_section(paper, titles[APPROVED], &approved) && approved.first < struck.first;
}

/** Each heading once, and in their order. */
static void tidy(struct ta_paper *paper)
{
    for (enum title title = STRUCK; title < TITLES; title++) {
        ta_paper_remove_repeated(paper, titles[title]);
    }
    if (is_out_of_order(paper)) {
        ta_paper_remove_section(paper, titles[APPROVED]);
    }
}

static void set_section(struct ta_paper *paper, enum title title, const struct ta_text *body)
{
    struct ta_span span;
    if (body->length == 0) {
        ta_paper_remove_section(paper, titles[title]);
    } else if (ta_paper_section(paper, titles[title], &span)) {
        ta_paper_set_section(paper, titles[title], body->bytes);
    } else {
        ta_paper_add_section(paper, titles, TITLES, title, body->bytes);
    }
}

static void set_struck(struct ta_paper *paper, const struct ta_release *release)
{
    struct ta_text body = {0};
    for (size_t i = 0; i < release->struck_count; i++) {
        ta_text_addf(&body, "- sha256 %s\n", release->struck[i].digest);
    }
    set_section(paper, STRUCK, &body);
    ta_text_release(&body);
}

static void set_approved(struct ta_paper *paper, const struct ta_release *release)
{
    struct ta_text body = {0};
    for (size_t i = 0; i < release->approval_count; i++) {
        const struct ta_approval *approval = &release->approvals[i];
        char when[TA_DATE_SIZE];
        ta_moment_write(when, approval->when);
        ta_text_addf(&body, "- %s ", ta_role_name(approval->role));
        ta_add_line(&body, approval->name);
        ta_text_addf(&body, ", %s, sha256 %s\n", when, approval->digest);
    }
    set_section(paper, APPROVED, &body);
    ta_text_release(&body);
}

bool ta_release_paper_write(char **out, const char *text, const struct ta_release *release,
                            struct ta_error *err)
{
    struct ta_paper paper;
    char *begun = text ? NULL : fresh(release->session);
    bool ok = ta_paper_read_kind(&paper, text ? text : begun, "release", 1, name, err);
    if (ok) {
        ta_paper_set_value(&paper, "withheld", release->withheld ? "yes" : "no");
        tidy(&paper);
        set_struck(&paper, release);
        set_approved(&paper, release);
        *out = ta_paper_take(&paper);
    }
    free(begun);
    return ok;
}

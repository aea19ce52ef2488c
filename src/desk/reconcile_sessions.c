#include "reconcile_sessions.h"

#include <stdlib.h>
#include <string.h>

#include "numbers.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/document/release_paper.h"
#include "turnabout/document/summary_paper.h"
#include "turnabout/domain/session.h"

/* A session as the versions have it. */
struct session {
    unsigned number[TA_SIDES]; /* 0: that version has none */
    unsigned becomes;          /* 0: it is not known yet */
    struct ta_moment held;     /* instant 0: it is yet to come, and has only an agenda */
};

struct sessions {
    struct reconciliation *all;
    struct session *items;
    size_t count;
    struct ta_renumberings numbers[TA_SIDES];
};

static const char *const files[] = {"summary.md", "agenda.md", "reply.md", "release.md"};
enum { FILES = sizeof files / sizeof *files, AGENDA = 1, RELEASE = 3 };

static bool is_same(const char *one, const char *other)
{
    return one != NULL && other != NULL ? strcmp(one, other) == 0 : one == other;
}

/* Which sessions there are */

static bool read_file(const struct reconciliation *all, enum ta_side side, unsigned number,
                      const char *file, char **text, struct ta_error *err)
{
    char *path = ta_session_path(number, file);
    bool ok = reconcile_read(all, side, path, text, err);
    free(path);
    return ok;
}

static struct session *add_session(struct sessions *sessions, struct ta_moment held)
{
    struct session *session =
        ta_append(&sessions->items, sessions->count++, sizeof *sessions->items);
    *session = (struct session){.held = held};
    return session;
}

typedef bool fits(const struct session *session, unsigned number, struct ta_moment held);

static bool is_itself(const struct session *session, unsigned number, struct ta_moment held)
{
    return session->number[TA_BASE] == number && session->held.instant == held.instant;
}

static bool is_moved(const struct session *session, unsigned number, struct ta_moment held)
{
    (void)number;
    return session->number[TA_BASE] > 0 && session->held.instant == held.instant;
}

static bool is_rewritten(const struct session *session, unsigned number, struct ta_moment held)
{
    (void)held;
    return session->number[TA_BASE] == number;
}

static bool is_added_by_both(const struct session *session, unsigned number, struct ta_moment held)
{
    return session->number[TA_OURS] == number &&
           ta_session_is_same(session->held.instant, held.instant);
}

static bool is_added_elsewhere(const struct session *session, unsigned number,
                               struct ta_moment held)
{
    (void)number;
    return session->number[TA_OURS] > 0 && ta_session_is_same(session->held.instant, held.instant);
}

static bool is_placed(const struct sessions *sessions, enum ta_side side, unsigned number)
{
    for (size_t i = 0; i < sessions->count; i++) {
        if (sessions->items[i].number[side] == number) {
            return true;
        }
    }
    return false;
}

/* Puts a session of one side to the first that fits and that this side has not yet. */
static void place(struct sessions *sessions, enum ta_side side, unsigned number,
                  struct ta_moment held, fits *fit)
{
    for (size_t i = 0; i < sessions->count; i++) {
        struct session *session = &sessions->items[i];
        bool is_free = session->number[side] == 0 && session->held.instant != 0;
        bool is_added = fit == is_added_by_both || fit == is_added_elsewhere;
        if (is_free && is_added == (session->number[TA_BASE] == 0) && fit(session, number, held)) {
            session->number[side] = number;
            if (held.instant < session->held.instant && is_added) {
                session->held = held;
            }
            return;
        }
    }
}

static bool held_at(const struct sessions *sessions, enum ta_side side, unsigned number,
                    struct ta_moment *held, struct ta_error *err)
{
    char *text = NULL;
    struct ta_summary summary = {0};
    *held = (struct ta_moment){0};
    bool ok = read_file(sessions->all, side, number, files[0], &text, err);
    if (ok && text != NULL) {
        bool is_read = ta_summary_paper_read(&summary, text, sessions->all->pair, NULL);
        *held = summary.held;
        held->instant = is_read && held->instant != 0 ? held->instant : (int64_t)number;
    }
    ta_summary_release(&summary);
    free(text);
    return ok;
}

/* Each summary that is not the same everywhere, of one version, by each way to find it in turn. */
static bool place_all(struct sessions *sessions, enum ta_side side, fits *fit, struct ta_error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < sessions->all->crossings.count; i++) {
        unsigned number = numbers_of_summary(sessions->all->crossings.items[i].document);
        struct ta_moment held = {0};
        if (number == 0 || is_placed(sessions, side, number)) {
            continue;
        }
        ok = held_at(sessions, side, number, &held, err);
        if (ok && held.instant != 0 && fit != NULL) {
            place(sessions, side, number, held, fit);
        } else if (ok && held.instant != 0) {
            add_session(sessions, held)->number[side] = number;
        }
    }
    return ok;
}

static bool find_sessions(struct sessions *sessions, struct ta_error *err)
{
    static const struct {
        enum ta_side side;
        fits *fit; /* NULL: the rest is new */
    } steps[] = {{TA_BASE, NULL},
                 {TA_OURS, is_itself},
                 {TA_OURS, is_moved},
                 {TA_OURS, is_rewritten},
                 {TA_OURS, NULL},
                 {TA_THEIRS, is_itself},
                 {TA_THEIRS, is_moved},
                 {TA_THEIRS, is_rewritten},
                 {TA_THEIRS, is_added_by_both},
                 {TA_THEIRS, is_added_elsewhere},
                 {TA_THEIRS, NULL}};
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof steps / sizeof *steps; i++) {
        ok = place_all(sessions, steps[i].side, steps[i].fit, err);
    }
    return ok;
}

/* Which number each gets */

static unsigned wanted(const struct session *session)
{
    unsigned base = session->number[TA_BASE];
    unsigned ours = session->number[TA_OURS];
    unsigned theirs = session->number[TA_THEIRS];
    if (ours == 0 || theirs == 0) {
        return ours > 0 ? ours : theirs > 0 ? theirs : base;
    }
    if (ours == base || theirs == base) {
        return ours == base ? theirs : ours;
    }
    return ours < theirs ? ours : theirs;
}

/* Those of the base first, then by the number they ask for, then by when they were held. */
static int compare(const void *one, const void *other)
{
    const struct session *first = one, *second = other;
    unsigned want = wanted(first), wants = wanted(second);
    if ((first->number[TA_BASE] > 0) != (second->number[TA_BASE] > 0)) {
        return first->number[TA_BASE] > 0 ? -1 : 1;
    }
    if (want != wants) {
        return want < wants ? -1 : 1;
    }
    return (first->held.instant > second->held.instant) -
           (first->held.instant < second->held.instant);
}

static bool is_given(const struct sessions *sessions, unsigned number)
{
    for (size_t i = 0; i < sessions->count; i++) {
        if (sessions->items[i].becomes == number) {
            return true;
        }
    }
    return false;
}

/* By one that neither changed. */
static bool is_taken(const struct sessions *sessions, unsigned number)
{
    char *text = NULL;
    bool is_ours = !is_placed(sessions, TA_OURS, number) &&
                   read_file(sessions->all, TA_OURS, number, files[0], &text, NULL) && text != NULL;
    free(text);
    return is_ours || is_given(sessions, number);
}

static void give_numbers(struct sessions *sessions)
{
    if (sessions->count > 0) {
        qsort(sessions->items, sessions->count, sizeof *sessions->items, compare);
    }
    for (size_t i = 0; i < sessions->count; i++) {
        unsigned number = wanted(&sessions->items[i]);
        sessions->items[i].becomes = is_given(sessions, number) ? 0 : number;
    }
    for (size_t i = 0; i < sessions->count; i++) {
        struct session *session = &sessions->items[i];
        unsigned number = session->becomes > 0 ? session->becomes : wanted(session);
        while (session->becomes == 0 && is_taken(sessions, number)) {
            number++;
        }
        session->becomes = number;
    }
}

static void note_numbers(struct sessions *sessions)
{
    for (size_t i = 0; i < sessions->count; i++) {
        const struct session *session = &sessions->items[i];
        for (enum ta_side side = TA_BASE; side < TA_SIDES; side++) {
            struct ta_renumberings *list = &sessions->numbers[side];
            if (session->number[side] > 0 && session->number[side] != session->becomes) {
                *(struct ta_renumbering *)ta_append(&list->items, list->count++,
                                                    sizeof *list->items) =
                    (struct ta_renumbering){session->number[side], session->becomes};
            }
        }
    }
}

static bool is_any_renumbered(const struct sessions *sessions)
{
    return sessions->numbers[TA_BASE].count + sessions->numbers[TA_OURS].count +
               sessions->numbers[TA_THEIRS].count >
           0;
}

/* The agenda of the session that is yet to come stays that of the one that comes next. */
static bool find_coming(struct sessions *sessions, struct ta_error *err)
{
    struct session coming = {0};
    bool ok = true;
    for (enum ta_side side = TA_OURS; ok && side < TA_SIDES; side++) {
        unsigned last = 0;
        for (size_t i = 0; i < sessions->count; i++) {
            unsigned number = sessions->items[i].number[side];
            last = number > last ? number : last;
            coming.becomes = sessions->items[i].becomes > coming.becomes
                                 ? sessions->items[i].becomes
                                 : coming.becomes;
        }
        char *agenda = NULL, *summary = NULL;
        ok = last == 0 || (read_file(sessions->all, side, last + 1, files[AGENDA], &agenda, err) &&
                           read_file(sessions->all, side, last + 1, files[0], &summary, err));
        coming.number[side] = agenda != NULL && summary == NULL ? last + 1 : 0;
        free(agenda);
        free(summary);
    }
    coming.becomes++;
    if (ok && (coming.number[TA_OURS] > 0 || coming.number[TA_THEIRS] > 0)) {
        *add_session(sessions, (struct ta_moment){0}) = coming;
    }
    return ok;
}

/* Their papers, as if each had been written under that number */

struct moved {
    char *path;
    char *text[TA_SIDES];
    bool is_there; /* ours has a document of this path */
};

struct papers_moved {
    struct moved *items;
    size_t count;
};

/* Approvals are of a text that tells the session's number. */
static char *without_approvals(char *text)
{
    struct ta_release release = {0};
    char *out = NULL;
    if (ta_release_paper_read(&release, text, NULL)) {
        size_t count = release.approval_count;
        release.approval_count = 0;
        (void)ta_release_paper_write(&out, text, &release, NULL);
        release.approval_count = count;
    }
    ta_release_release(&release);
    if (out == NULL) {
        return text;
    }
    free(text);
    return out;
}

static struct moved *moved_at(struct papers_moved *papers, char *path)
{
    for (size_t i = 0; i < papers->count; i++) {
        if (strcmp(papers->items[i].path, path) == 0) {
            free(path);
            return &papers->items[i];
        }
    }
    struct moved *moved = ta_append(&papers->items, papers->count++, sizeof *papers->items);
    *moved = (struct moved){.path = path};
    return moved;
}

static bool move_file(const struct sessions *sessions, const struct session *session, size_t file,
                      enum ta_side side, struct papers_moved *papers, struct ta_error *err)
{
    unsigned number = session->number[side];
    char *text = NULL;
    if (number == 0) {
        return true;
    }
    struct moved *was = moved_at(papers, ta_session_path(number, files[file]));
    if (!read_file(sessions->all, side, number, files[file], &text, err)) {
        return false;
    }
    was->is_there = was->is_there || (side == TA_OURS && text != NULL);
    if (text != NULL) {
        char *renumbered = ta_session_renumber(text, session->becomes);
        bool is_renumbered = number != session->becomes;
        free(text);
        text = file == RELEASE && is_renumbered ? without_approvals(renumbered) : renumbered;
    }
    moved_at(papers, ta_session_path(session->becomes, files[file]))->text[side] = text;
    return true;
}

static bool move_papers(const struct sessions *sessions, struct papers_moved *papers,
                        struct ta_error *err)
{
    bool ok = true;
    for (size_t i = 0; i < sessions->count; i++) {
        const struct session *session = &sessions->items[i];
        size_t first = session->held.instant != 0 ? 0 : AGENDA;
        size_t last = session->held.instant != 0 ? FILES : AGENDA + 1;
        for (size_t file = first; ok && file < last; file++) {
            for (enum ta_side side = TA_BASE; ok && side < TA_SIDES; side++) {
                ok = move_file(sessions, session, file, side, papers, err);
            }
        }
    }
    return ok;
}

static void release_crossing(struct ta_crossing *crossing)
{
    free(crossing->document);
    for (enum ta_side side = TA_BASE; side < TA_SIDES; side++) {
        free(crossing->text[side]);
    }
    *crossing = (struct ta_crossing){0};
}

/* As of a document that both changed; the texts are taken over. */
static void put_crossing(struct reconciliation *all, const char *document,
                         char *const text[TA_SIDES])
{
    struct ta_crossings *crossings = &all->crossings;
    size_t at = 0;
    while (at < crossings->count && strcmp(crossings->items[at].document, document) != 0) {
        at++;
    }
    if (at == crossings->count) {
        ta_append(&crossings->items, crossings->count++, sizeof *crossings->items);
        crossings->items[at] = (struct ta_crossing){0};
    }
    char *name = ta_copy(document);
    release_crossing(&crossings->items[at]);
    crossings->items[at] =
        (struct ta_crossing){.document = name,
                             .is_changed = {false, true, true},
                             .text = {text[TA_BASE], text[TA_OURS], text[TA_THEIRS]}};
}

static void drop_crossing(struct reconciliation *all, const char *document)
{
    struct ta_crossings *crossings = &all->crossings;
    size_t kept = 0;
    for (size_t i = 0; i < crossings->count; i++) {
        if (strcmp(crossings->items[i].document, document) == 0) {
            release_crossing(&crossings->items[i]);
        } else {
            crossings->items[kept++] = crossings->items[i];
        }
    }
    crossings->count = kept;
}

static void put_papers(struct reconciliation *all, struct papers_moved *papers)
{
    for (size_t i = 0; i < papers->count; i++) {
        struct moved *moved = &papers->items[i];
        char *const *text = moved->text;
        if (text[TA_BASE] != NULL || text[TA_OURS] != NULL || text[TA_THEIRS] != NULL) {
            put_crossing(all, moved->path, text);
            memset(moved->text, 0, sizeof moved->text);
            continue;
        }
        drop_crossing(all, moved->path);
        if (moved->is_there) {
            reconcile_put(all, moved->path, NULL);
        }
    }
}

/* What refers to them */

static const struct session *find_becoming(const struct sessions *sessions, unsigned number)
{
    for (size_t i = 0; i < sessions->count; i++) {
        if (sessions->items[i].becomes == number && sessions->items[i].held.instant != 0) {
            return &sessions->items[i];
        }
    }
    return NULL;
}

static const struct ta_meeting *find_claim(const struct ta_meetings *meetings,
                                           const struct ta_meeting *claimed)
{
    for (size_t i = 0; i < meetings->count; i++) {
        const struct ta_meeting *meeting = &meetings->items[i];
        if (meeting->when.instant == claimed->when.instant && meeting->session > 0 &&
            meeting->session != claimed->session) {
            return meeting;
        }
    }
    return NULL;
}

static void put_meeting(char **text, const struct ta_meeting *meeting)
{
    char *changed = NULL;
    if (ta_meetings_put(&changed, *text, meeting, NULL)) {
        free(*text);
        *text = changed;
    }
}

/* Of two sessions that were each taken for the one of that date, the later was held on top of the
 * plan: it gets a date of its own. */
static void part_meetings(const struct sessions *sessions, char **text, const char *other)
{
    struct ta_meetings mine = {0}, theirs = {0};
    if (*text == NULL || other == NULL || !ta_meetings_read(&mine, *text, NULL) ||
        !ta_meetings_read(&theirs, other, NULL)) {
        ta_meetings_release(&mine);
        return;
    }
    unsigned next = ta_meetings_next_id(&mine);
    for (size_t i = 0; i < mine.count; i++) {
        const struct ta_meeting *meeting = &mine.items[i];
        const struct ta_meeting *claim = meeting->session > 0 ? find_claim(&theirs, meeting) : NULL;
        const struct session *session = find_becoming(sessions, meeting->session);
        if (claim != NULL && session != NULL && meeting->session > claim->session) {
            struct ta_meeting planned = {.id = meeting->id, .when = meeting->when, .by = TA_NOBODY};
            struct ta_meeting held = *meeting;
            held.id = next++;
            held.when = session->held;
            held.late = (struct ta_day){0};
            put_meeting(text, &planned);
            put_meeting(text, &held);
        }
    }
    ta_meetings_release(&mine);
    ta_meetings_release(&theirs);
}

static bool refer(struct sessions *sessions, const char *document,
                  char *(*renumber)(const char *text, const struct ta_renumberings *sessions),
                  bool is_parted, struct ta_error *err)
{
    char *text[TA_SIDES] = {NULL};
    bool ok = true;
    for (enum ta_side side = TA_BASE; ok && side < TA_SIDES; side++) {
        char *was = NULL;
        ok = reconcile_read(sessions->all, side, document, &was, err);
        text[side] = was != NULL ? renumber(was, &sessions->numbers[side]) : NULL;
        free(was);
    }
    if (ok && is_parted) {
        char *ours = ta_copy(text[TA_OURS]);
        part_meetings(sessions, &text[TA_OURS], text[TA_THEIRS]);
        part_meetings(sessions, &text[TA_THEIRS], ours);
        free(ours);
    }
    if (ok && (text[TA_BASE] != NULL || text[TA_OURS] != NULL || text[TA_THEIRS] != NULL)) {
        put_crossing(sessions->all, document, text);
        return true;
    }
    for (enum ta_side side = TA_BASE; side < TA_SIDES; side++) {
        free(text[side]);
    }
    return ok;
}

/* What was renumbered before, by a merge that one of the two has already, was said then. */
static void say_renumbered(const struct sessions *sessions)
{
    struct reconciliation *all = sessions->all;
    for (size_t i = 0; i < sessions->count; i++) {
        const struct session *session = &sessions->items[i];
        bool is_ours = session->number[TA_OURS] > 0;
        unsigned was = session->number[is_ours ? TA_OURS : TA_THEIRS];
        char day[TA_DATE_SIZE];
        if (session->number[TA_BASE] > 0 || session->held.instant == 0 || was == session->becomes) {
            continue;
        }
        ta_day_write(day, ta_day_of(session->held));
        ta_text_addf(&all->renumbered, "- session %u, held on %s, is session %u now\n", was, day,
                     session->becomes);
        ta_text_addf(&all->said,
                     "%sTwo sessions were held as session %u: %s, held on %s, is session %u now.",
                     all->said.length > 0 ? " " : "", was,
                     is_ours ? "yours" : "that of the other machine", day, session->becomes);
    }
}

static bool apply(struct sessions *sessions, struct ta_error *err)
{
    struct papers_moved papers = {0};
    say_renumbered(sessions);
    bool ok = find_coming(sessions, err);
    note_numbers(sessions);
    ok = ok && move_papers(sessions, &papers, err) &&
         refer(sessions, "meetings.md", ta_renumber_held, true, err) &&
         refer(sessions, "promises.md", ta_renumber_origins, false, err);
    if (ok) {
        put_papers(sessions->all, &papers);
    }
    for (size_t i = 0; i < papers.count; i++) {
        for (enum ta_side side = TA_BASE; side < TA_SIDES; side++) {
            free(papers.items[i].text[side]);
        }
        free(papers.items[i].path);
    }
    free(papers.items);
    return ok;
}

/* Whether there is anything to look for: both added one, or one side has another at a number that
 * the base had, which goes with one that it added. */
static bool may_be_apart(const struct reconciliation *all)
{
    size_t changed[TA_SIDES] = {0};
    for (size_t i = 0; i < all->crossings.count; i++) {
        const struct ta_crossing *crossing = &all->crossings.items[i];
        if (numbers_of_summary(crossing->document) == 0) {
            continue;
        }
        changed[TA_OURS] += crossing->is_changed[TA_OURS];
        changed[TA_THEIRS] += crossing->is_changed[TA_THEIRS];
        if (crossing->is_changed[TA_OURS] && crossing->is_changed[TA_THEIRS] &&
            crossing->text[TA_BASE] == NULL &&
            !is_same(crossing->text[TA_OURS], crossing->text[TA_THEIRS])) {
            return true;
        }
    }
    return changed[TA_OURS] > 1 || changed[TA_THEIRS] > 1;
}

bool reconcile_sessions(struct reconciliation *all, struct ta_error *err)
{
    struct sessions sessions = {.all = all};
    if (!may_be_apart(all)) {
        return true;
    }
    bool ok = find_sessions(&sessions, err);
    give_numbers(&sessions);
    note_numbers(&sessions);
    if (ok && is_any_renumbered(&sessions)) {
        for (enum ta_side side = TA_BASE; side < TA_SIDES; side++) {
            ta_renumberings_release(&sessions.numbers[side]);
        }
        ok = apply(&sessions, err);
    }
    for (enum ta_side side = TA_BASE; side < TA_SIDES; side++) {
        ta_renumberings_release(&sessions.numbers[side]);
    }
    free(sessions.items);
    return ok;
}

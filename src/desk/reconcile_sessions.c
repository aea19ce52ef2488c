#include "reconcile_sessions.h"

#include <stdlib.h>
#include <string.h>

#include "numbers.h"
#include "reconcile_dates.h"
#include "reconcile_folders.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/document/summary_paper.h"
#include "turnabout/domain/session.h"

/* Which sessions there are */

static struct reconciled_session *add_session(struct reconciled_sessions *sessions,
                                              struct ta_moment held)
{
    struct reconciled_session *session =
        ta_append(&sessions->items, sessions->count++, sizeof *sessions->items);
    *session = (struct reconciled_session){.held = held};
    return session;
}

typedef bool fits(const struct reconciled_session *session, unsigned number, struct ta_moment held);

static bool is_itself(const struct reconciled_session *session, unsigned number,
                      struct ta_moment held)
{
    return session->number[TA_BASE] == number && session->held.instant == held.instant;
}

static bool is_moved(const struct reconciled_session *session, unsigned number,
                     struct ta_moment held)
{
    (void)number;
    return session->number[TA_BASE] > 0 && session->held.instant == held.instant;
}

static bool is_rewritten(const struct reconciled_session *session, unsigned number,
                         struct ta_moment held)
{
    (void)held;
    return session->number[TA_BASE] == number;
}

static bool is_added_by_both(const struct reconciled_session *session, unsigned number,
                             struct ta_moment held)
{
    return session->number[TA_OURS] == number &&
           ta_session_is_same(session->held.instant, held.instant);
}

static bool is_added_elsewhere(const struct reconciled_session *session, unsigned number,
                               struct ta_moment held)
{
    (void)number;
    return session->number[TA_OURS] > 0 && ta_session_is_same(session->held.instant, held.instant);
}

static bool is_placed(const struct reconciled_sessions *sessions, enum ta_side side,
                      unsigned number)
{
    for (size_t i = 0; i < sessions->count; i++) {
        if (sessions->items[i].number[side] == number) {
            return true;
        }
    }
    return false;
}

/* Puts a session of one side to the first that fits and that this side has not yet. */
static void place(struct reconciled_sessions *sessions, enum ta_side side, unsigned number,
                  struct ta_moment held, fits *fit)
{
    for (size_t i = 0; i < sessions->count; i++) {
        struct reconciled_session *session = &sessions->items[i];
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

static bool held_at(const struct reconciled_sessions *sessions, enum ta_side side, unsigned number,
                    struct ta_moment *held, struct ta_error *err)
{
    char *text = NULL;
    struct ta_summary summary = {0};
    *held = (struct ta_moment){0};
    bool ok = reconcile_read_folder(sessions->all, side, number, SESSION_SUMMARY, &text, err);
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
static bool place_all(struct reconciled_sessions *sessions, enum ta_side side, fits *fit,
                      struct ta_error *err)
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

static bool find_sessions(struct reconciled_sessions *sessions, struct ta_error *err)
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

static unsigned wanted(const struct reconciled_session *session)
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
    const struct reconciled_session *first = one, *second = other;
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

static bool is_given(const struct reconciled_sessions *sessions, unsigned number)
{
    for (size_t i = 0; i < sessions->count; i++) {
        if (sessions->items[i].becomes == number) {
            return true;
        }
    }
    return false;
}

/* By one that neither changed. */
static bool is_taken(const struct reconciled_sessions *sessions, unsigned number)
{
    char *text = NULL;
    bool is_ours =
        !is_placed(sessions, TA_OURS, number) &&
        reconcile_read_folder(sessions->all, TA_OURS, number, SESSION_SUMMARY, &text, NULL) &&
        text != NULL;
    free(text);
    return is_ours || is_given(sessions, number);
}

static void give_numbers(struct reconciled_sessions *sessions)
{
    if (sessions->count > 0) {
        qsort(sessions->items, sessions->count, sizeof *sessions->items, compare);
    }
    for (size_t i = 0; i < sessions->count; i++) {
        unsigned number = wanted(&sessions->items[i]);
        sessions->items[i].becomes = is_given(sessions, number) ? 0 : number;
    }
    for (size_t i = 0; i < sessions->count; i++) {
        struct reconciled_session *session = &sessions->items[i];
        unsigned number = session->becomes > 0 ? session->becomes : wanted(session);
        while (session->becomes == 0 && is_taken(sessions, number)) {
            number++;
        }
        session->becomes = number;
    }
}

static void note_numbers(struct reconciled_sessions *sessions)
{
    for (size_t i = 0; i < sessions->count; i++) {
        const struct reconciled_session *session = &sessions->items[i];
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

static bool is_any_renumbered(const struct reconciled_sessions *sessions)
{
    return sessions->numbers[TA_BASE].count + sessions->numbers[TA_OURS].count +
               sessions->numbers[TA_THEIRS].count >
           0;
}

/* The agenda of the session that is yet to come stays that of the one that comes next. */
static bool find_coming(struct reconciled_sessions *sessions, struct ta_error *err)
{
    struct reconciled_session coming = {0};
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
        ok = last == 0 ||
             (reconcile_read_folder(sessions->all, side, last + 1, SESSION_AGENDA, &agenda, err) &&
              reconcile_read_folder(sessions->all, side, last + 1, SESSION_SUMMARY, &summary, err));
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

/* What refers to them */

/* When the session was held that gets this number. */
static bool held_of(const void *data, unsigned number, struct ta_moment *held)
{
    const struct reconciled_sessions *sessions = data;
    for (size_t i = 0; i < sessions->count; i++) {
        const struct reconciled_session *session = &sessions->items[i];
        if (session->becomes == number && session->held.instant != 0) {
            *held = session->held;
            return true;
        }
    }
    return false;
}

static bool refer(struct reconciled_sessions *sessions, const char *document,
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
        reconcile_part_dates(&text[TA_OURS], text[TA_THEIRS], held_of, sessions);
        reconcile_part_dates(&text[TA_THEIRS], ours, held_of, sessions);
        free(ours);
    }
    if (ok && (text[TA_BASE] != NULL || text[TA_OURS] != NULL || text[TA_THEIRS] != NULL)) {
        reconcile_put_crossing(sessions->all, document, text);
        return true;
    }
    for (enum ta_side side = TA_BASE; side < TA_SIDES; side++) {
        free(text[side]);
    }
    return ok;
}

/* What was renumbered before, by a merge that one of the two has already, was said then. */
static void say_renumbered(const struct reconciled_sessions *sessions)
{
    struct reconciliation *all = sessions->all;
    for (size_t i = 0; i < sessions->count; i++) {
        const struct reconciled_session *session = &sessions->items[i];
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

static bool apply(struct reconciled_sessions *sessions, struct ta_error *err)
{
    say_renumbered(sessions);
    bool ok = find_coming(sessions, err);
    note_numbers(sessions);
    return ok && refer(sessions, "meetings.md", ta_renumber_held, true, err) &&
           refer(sessions, "promises.md", ta_renumber_origins, false, err) &&
           reconcile_move_folders(sessions, err);
}

/* Whether there is anything to look for: both added sessions, or one side has another at a number
 * that the base had, which goes with one that it added. */
static bool may_be_apart(const struct reconciliation *all)
{
    bool adds[TA_SIDES] = {false}, rewrites[TA_SIDES] = {false};
    for (size_t i = 0; i < all->crossings.count; i++) {
        const struct ta_crossing *crossing = &all->crossings.items[i];
        bool is_session = numbers_of_summary(crossing->document) > 0;
        for (enum ta_side side = TA_OURS; is_session && side < TA_SIDES; side++) {
            bool *kind = crossing->is_added ? adds : rewrites;
            kind[side] = kind[side] || crossing->is_changed[side];
        }
    }
    return (adds[TA_OURS] && adds[TA_THEIRS]) || (adds[TA_OURS] && rewrites[TA_OURS]) ||
           (adds[TA_THEIRS] && rewrites[TA_THEIRS]);
}

bool reconcile_sessions(struct reconciliation *all, struct ta_error *err)
{
    struct reconciled_sessions sessions = {.all = all};
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

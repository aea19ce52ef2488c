#include "acts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/agenda.h"
#include "turnabout/desk/contract.h"
#include "turnabout/desk/meetings.h"
#include "turnabout/desk/merge.h"
#include "turnabout/desk/record.h"
#include "turnabout/desk/release.h"
#include "turnabout/desk/session.h"
#include "turnabout/desk/summary.h"
#include "turnabout/desk/sync.h"
#include "turnabout/document/record_paper.h"

enum { HOUR = 60 * 60 * 1000 };

struct actor {
    const struct act *act;
    struct ta_desk desk;
    struct ta_pair pair;
    struct ta_error err;
    uint64_t chance;
    struct ta_text said; /* goes to the file when the act is done */
};

static char *lookup(const char *name)
{
    return strcmp(name, "TURNABOUT_HOME") == 0 ? getenv(name) : NULL;
}

/* xorshift64: any number below `count`. */
static unsigned pick(struct actor *actor, unsigned count)
{
    actor->chance ^= actor->chance << 13;
    actor->chance ^= actor->chance >> 7;
    actor->chance ^= actor->chance << 17;
    return (unsigned)(actor->chance >> 33) % count;
}

static void append(const char *path, const char *text)
{
    FILE *file = fopen(path, "ae");
    if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0) {
        abort();
    }
}

static struct ta_moment moment_of(int64_t instant)
{
    return (struct ta_moment){.instant = instant / 1000 * 1000, .offset = 60};
}

/* Dates */

/* No two acts mean the same hour. */
static struct ta_moment unique_date(const struct actor *actor)
{
    static const int64_t first = INT64_C(1893492000000); /* in 2030 */
    return moment_of(first + (int64_t)actor->act->number * HOUR);
}

static void say_date(struct actor *actor, struct ta_moment when)
{
    char text[TA_DATE_SIZE];
    ta_moment_write(text, when);
    ta_text_addf(&actor->said, "date %s\n", text);
}

static bool plan(struct actor *actor)
{
    struct ta_moment when = unique_date(actor);
    say_date(actor, when);
    return ta_desk_meeting_plan(&actor->desk, &actor->pair, when, TA_NOBODY, &actor->err);
}

/* The id of one that is planned; 0: none is, and the desk says so. */
static unsigned pick_planned(struct actor *actor)
{
    struct ta_meetings meetings;
    unsigned ids[256];
    unsigned count = 0;
    if (!ta_desk_meetings(&actor->desk, &actor->pair, &meetings, &actor->err)) {
        return 0;
    }
    for (size_t i = 0; i < meetings.count && count < 256; i++) {
        if (meetings.items[i].state == TA_MEETING_PLANNED) {
            ids[count++] = meetings.items[i].id;
        }
    }
    ta_meetings_release(&meetings);
    return count > 0 ? ids[pick(actor, count)] : 0;
}

static bool move(struct actor *actor)
{
    struct ta_asked asked = {.by = pick(actor, 2) ? TA_MENTOR : TA_MENTEE, .reason = "travel"};
    struct ta_moment to = unique_date(actor);
    say_date(actor, to);
    return ta_desk_meeting_move(&actor->desk, &actor->pair, pick_planned(actor), to, &asked,
                                TA_NOBODY, NULL, &actor->err);
}

static bool cancel(struct actor *actor)
{
    struct ta_asked asked = {.by = pick(actor, 2) ? TA_MENTOR : TA_MENTEE, .reason = "ill"};
    return ta_desk_meeting_cancel(&actor->desk, &actor->pair, pick_planned(actor), &asked,
                                  TA_NOBODY, NULL, &actor->err);
}

/* Sessions */

static bool sum_up(struct actor *actor)
{
    struct ta_summary_state state = {0};
    bool ok = ta_desk_summary(&actor->desk, &actor->pair, 0, &state, &actor->err);
    for (size_t i = 0; ok && i < state.summary.lines[TA_SUMMARY_TAKEAWAYS].count; i++) {
        ta_text_addf(&actor->said, "takeaway %s\n",
                     state.summary.lines[TA_SUMMARY_TAKEAWAYS].items[i]);
    }
    for (size_t i = 0; ok && i < state.summary.promises.count; i++) {
        ta_text_addf(&actor->said, "promise %s\n", state.summary.promises.items[i].text);
    }
    ok = ok &&
         ta_desk_summary_commit(&actor->desk, &actor->pair, &state, NULL, TA_MENTEE, &actor->err);
    ta_summary_state_release(&state);
    return ok;
}

/* One that a killed act left waiting is summed up first. */
static bool hold(struct actor *actor)
{
    struct ta_text lines = {0};
    unsigned number = actor->act->number;
    ta_text_addf(&lines, "! learned in act %u\n> %s: keep word %u\n", number,
                 pick(actor, 2) ? "Dana" : "Priya", number);
    if (pick(actor, 2)) {
        ta_text_addf(&lines, "> Dana: keep another word %u\n? Why act %u\n", number, number);
    }
    bool ok = ta_desk_session_write(&actor->desk, &actor->pair, moment_of(actor->act->now - HOUR),
                                    45, lines.bytes, &actor->err);
    ta_text_release(&lines);
    return (ok || actor->err.code == TA_REFUSED) && sum_up(actor);
}

static bool keep_promise(struct actor *actor)
{
    struct ta_promises promises;
    unsigned id = 0;
    enum ta_promise_state to = TA_PROMISE_DONE;
    enum ta_role who = TA_NOBODY;
    if (!ta_desk_promises(&actor->desk, &actor->pair, &promises, &actor->err)) {
        return false;
    }
    if (promises.count > 0) {
        const struct ta_promise *promise = &promises.items[pick(actor, (unsigned)promises.count)];
        bool goes_on = promise->state == TA_PROMISE_OPEN ||
                       (promise->state == TA_PROMISE_DONE && pick(actor, 3) > 0);
        id = promise->id;
        to = goes_on ? promise->state + 1 : promise->state - 1;
        who = ta_role_other(promise->owner);
    }
    ta_promises_release(&promises);
    return ta_desk_promise_become(&actor->desk, &actor->pair, id, to, who, &actor->err);
}

static bool share_agenda(struct actor *actor)
{
    struct ta_agenda_state state = {0};
    struct ta_text title = {0};
    ta_text_addf(&title, "Topic of act %u", actor->act->number);
    bool ok = ta_desk_agenda(&actor->desk, &actor->pair, &state, &actor->err);
    if (ok) {
        size_t at = pick(actor, (unsigned)state.agenda.count + 1);
        ok = ta_agenda_insert(&state.agenda, at, title.bytes, 5) == TA_AGENDA_FINE;
        if (ok && state.agenda.count > 8) {
            ok = ta_agenda_drop(&state.agenda, pick(actor, 8)) == TA_AGENDA_FINE;
        }
        ok = ok && ta_desk_agenda_save(&actor->desk, &actor->pair, &state, &actor->err) &&
             ta_desk_agenda_share(&actor->desk, &actor->pair, TA_NOBODY, &actor->err);
    }
    ta_text_release(&title);
    ta_agenda_state_release(&state);
    return ok;
}

/* Words */

static bool agree(struct actor *actor)
{
    static const enum ta_clause clauses[] = {TA_CLAUSE_GOALS, TA_CLAUSE_PLACE, TA_CLAUSE_NOT_THIS};
    struct ta_text value = {0};
    ta_text_addf(&value, "What act %u says", actor->act->number);
    bool ok =
        pick(actor, 2) || ta_desk_contract_set(&actor->desk, &actor->pair, clauses[pick(actor, 3)],
                                               value.bytes, &actor->err);
    ta_text_release(&value);
    enum ta_role first = (enum ta_role)pick(actor, 2);
    ok = ok && ta_desk_contract_sign(&actor->desk, &actor->pair, first, &actor->err);
    return ok && (pick(actor, 2) || ta_desk_contract_sign(&actor->desk, &actor->pair,
                                                          ta_role_other(first), &actor->err));
}

static bool write_reply(struct actor *actor)
{
    struct ta_summary_state summary = {0};
    struct ta_text text = {0};
    if (!ta_desk_summary(&actor->desk, &actor->pair, 0, &summary, &actor->err)) {
        return false;
    }
    char *path = ta_session_path(summary.session, "reply.md");
    ta_text_addf(&text,
                 "---\nturnabout: reply/1\nsession: %u\n---\n# Reply to session %u\n\nThank "
                 "you for act %u.\n",
                 summary.session, summary.session, actor->act->number);
    struct ta_document document = {.path = path, .text = text.bytes};
    struct ta_commit commit = {.subject = "Session: reply",
                               .pair = &actor->pair,
                               .author = &actor->pair.person[TA_MENTOR],
                               .when = moment_of(actor->act->now)};
    bool ok = ta_record_commit(&actor->desk, &commit, &document, 1, summary.tip, &actor->err);
    free(path);
    ta_text_release(&text);
    ta_summary_state_release(&summary);
    return ok;
}

static bool release_words(struct actor *actor)
{
    struct ta_release_state state = {0};
    if (!ta_desk_release(&actor->desk, &actor->pair, 0, &state, &actor->err)) {
        return false;
    }
    size_t line = 1 + pick(actor, 3);
    bool ok = false;
    switch (pick(actor, 5)) {
    case 0:
        ok = ta_desk_release_restore(&actor->desk, &actor->pair, &state, 0, &actor->err);
        break;
    case 1:
        ok = ta_desk_release_strike(&actor->desk, &actor->pair, &state, &line, 1, &actor->err);
        break;
    case 2:
        ok = ta_desk_release_withhold(&actor->desk, &actor->pair, &state,
                                      state.standing != TA_RELEASE_WITHHELD, &actor->err);
        break;
    default:
        ok = ta_desk_release_approve(&actor->desk, &actor->pair, &state,
                                     (enum ta_role)pick(actor, 2), &actor->err);
    }
    ta_release_state_release(&state);
    return ok;
}

/* The other machine */

static bool run(struct actor *actor, const char *command)
{
    char *record = ta_record_path(&actor->desk, &actor->pair);
    setenv("record", record, 1);
    setenv("remote", actor->act->remote, 1);
    free(record);
    /* NOLINTNEXTLINE(cert-env33-c): the shell and the git of whoever runs the tests */
    return system(command) == 0 || ta_fail(&actor->err, TA_BUSY, "This did not work: %s", command);
}

static bool judge(struct actor *actor, const struct ta_synced_remote *record)
{
    switch (record->end) {
    case TA_SYNC_DONE:
        return true;
    case TA_SYNC_CONFLICTS:
        return ta_fail(&actor->err, TA_REFUSED, "%s", record->message);
    case TA_SYNC_FAILED: /* what a killed one left locked, for a moment */
        return ta_fail(&actor->err, TA_BUSY, "%s", record->message);
    default:
        return ta_fail(&actor->err, TA_DAMAGED, "%s: %s", ta_sync_end_name(record->end),
                       record->message);
    }
}

static bool exchange(struct actor *actor)
{
    static const struct ta_sync_options options = {.rewritten = TA_REWRITTEN_ASK};
    struct ta_synced synced = {0};
    bool ok = ta_desk_sync(&actor->desk, &actor->pair, &options, &synced, &actor->err) &&
              judge(actor, &synced.remote[TA_REMOTE_RECORD]);
    ta_synced_release(&synced);
    return ok;
}

/* Lines of a text that the other does not have. */
static void say_dropped(const struct actor *actor, const char *text, const char *kept)
{
    struct ta_piece rest = ta_piece_of(text != NULL ? text : "");
    struct ta_piece line;
    struct ta_text dropped = {0};
    while (ta_next_line(&rest, &line)) {
        char *copy = ta_piece_copy(line);
        if (kept == NULL || strstr(kept, copy) == NULL) {
            ta_text_addf(&dropped, "%s\n", copy);
        }
        free(copy);
    }
    append(actor->act->dropped, dropped.bytes != NULL ? dropped.bytes : "");
    ta_text_release(&dropped);
}

/* The one that sorts last, on either machine. */
static bool choose(struct actor *actor, const struct ta_conflict *conflict)
{
    const char *ours = conflict->ours;
    const char *theirs = conflict->theirs;
    bool is_ours = ours != NULL && (theirs == NULL || strcmp(ours, theirs) > 0);
    const char *text = is_ours ? ours : theirs;
    say_dropped(actor, ours, text);
    say_dropped(actor, theirs, text);
    return ta_desk_conflict_choose(&actor->desk, &actor->pair, conflict, text, &actor->err);
}

/* Of those that are left the first, until none is; or only one. */
static bool choose_all(struct actor *actor, bool only_one)
{
    struct ta_conflicts conflicts = {0};
    bool ok = ta_desk_conflicts(&actor->desk, &actor->pair, &conflicts, &actor->err);
    while (ok && conflicts.left > 0) {
        size_t at = 0;
        while (conflicts.items[at].is_chosen) {
            at++;
        }
        ok = choose(actor, &conflicts.items[at]);
        ta_conflicts_release(&conflicts);
        if (only_one) {
            return ok;
        }
        ok = ok && ta_desk_conflicts(&actor->desk, &actor->pair, &conflicts, &actor->err);
    }
    ta_conflicts_release(&conflicts);
    return ok;
}

static bool choose_one(struct actor *actor)
{
    return choose_all(actor, true);
}

static bool settle(struct actor *actor)
{
    return exchange(actor) ||
           (actor->err.code == TA_REFUSED && choose_all(actor, false) && exchange(actor));
}

/* What is there */

static bool look(struct actor *actor)
{
    char tip[TA_ID_SIZE];
    bool ok = ta_record_refresh(&actor->desk, &actor->pair, tip, &actor->err);
    struct ta_text paths = {0};

    if (ok && run(actor, "git --git-dir \"$record\" ls-tree -r --name-only main "
                         ">\"$record\"/listed")) {
        char *record = ta_record_path(&actor->desk, &actor->pair);
        char *file = ta_path_join(record, "listed");
        ok = ta_file_read(&paths, file, 1 << 20, &actor->err);
        free(file);
        free(record);
    }

    struct ta_piece rest = {paths.bytes, paths.length};
    struct ta_piece line;
    while (ok && ta_next_line(&rest, &line)) {
        char *document = ta_piece_copy(line);
        char *record = ta_record_path(&actor->desk, &actor->pair);
        char *indexed = NULL;
        char *text = NULL;
        ok = ta_record_text(&actor->desk, &actor->pair, document, &indexed, &actor->err) &&
             ta_ledger_read(actor->desk.git, record, NULL, document, &text, &actor->err) &&
             ((indexed != NULL && strcmp(indexed, text) == 0) ||
              ta_fail(&actor->err, TA_DAMAGED, "The index has another %s than main.", document));
        free(record);
        free(indexed);
        free(text);
        free(document);
    }
    ta_text_release(&paths);
    return ok;
}

/* Doing it */

static bool is_no(enum ta_code code)
{
    return code == TA_REFUSED || code == TA_WRONG || code == TA_ABSENT || code == TA_BUSY;
}

static void tell_tip(struct actor *actor)
{
    char tip[TA_ID_SIZE];
    char *record = ta_record_path(&actor->desk, &actor->pair);
    if (ta_ledger_tip(record, tip, NULL)) {
        ta_text_addf(&actor->said, "tip %s\n", tip);
    }
    free(record);
}

static bool open_desk(struct actor *actor)
{
    bool ok = ta_desk_open(&actor->desk, lookup, &actor->err);
    if (ok) {
        ta_clock_stand(&actor->desk.clock, actor->act->now);
    }
    return ok;
}

static int finish(struct actor *actor, bool ok)
{
    if (ok) {
        tell_tip(actor);
        append(actor->act->said, actor->said.bytes);
    } else if (!is_no(actor->err.code) || getenv("ACTS_SAY") != NULL) {
        (void)fprintf(stderr, "act %u in %s: %s\n", actor->act->number, actor->act->home,
                      actor->err.text);
    }
    ta_text_release(&actor->said);
    ta_pair_release(&actor->pair);
    ta_desk_close(&actor->desk);
    return ok ? ACT_DONE : is_no(actor->err.code) ? ACT_REFUSED : ACT_BROKEN;
}

static int perform(const struct act *act, bool (*deed)(struct actor *actor))
{
    struct actor actor = {.act = act, .chance = act->chance};
    setenv("TURNABOUT_HOME", act->home, 1);
    bool ok = open_desk(&actor) && ta_desk_pair(&actor.desk, NULL, &actor.pair, &actor.err) &&
              deed(&actor);
    return finish(&actor, ok);
}

static bool begin(struct actor *actor)
{
    ta_person_read(&actor->pair.person[TA_MENTOR], ta_piece_of("Priya Raman <priya@example.org>"));
    ta_person_read(&actor->pair.person[TA_MENTEE], ta_piece_of("Dana Holt <dana@example.org>"));
    actor->pair.me = TA_NOBODY;
    actor->pair.topic = ta_copy("Who gets heard");
    return ta_desk_pair_new(&actor->desk, &actor->pair, &actor->err) &&
           ta_desk_contract_set(&actor->desk, &actor->pair, TA_CLAUSE_GOALS, "Juniors first",
                                &actor->err) &&
           ta_desk_contract_set(&actor->desk, &actor->pair, TA_CLAUSE_SHARED, "summary",
                                &actor->err) &&
           ta_desk_contract_sign(&actor->desk, &actor->pair, TA_MENTOR, &actor->err) &&
           ta_desk_contract_sign(&actor->desk, &actor->pair, TA_MENTEE, &actor->err) &&
           run(actor, "git init -q --bare -b main \"$remote\"") &&
           ta_desk_remote_set(&actor->desk, &actor->pair, TA_REMOTE_RECORD, actor->act->remote,
                              &actor->err) &&
           exchange(actor);
}

int act_begin(const struct act *act)
{
    struct actor actor = {.act = act, .chance = act->chance};
    setenv("TURNABOUT_HOME", act->home, 1);
    return finish(&actor, open_desk(&actor) && begin(&actor));
}

int act_any(const struct act *act)
{
    static bool (*const deeds[])(struct actor * actor) = {
        exchange,     exchange,     exchange,     exchange,      plan,          plan,
        plan,         move,         move,         cancel,        hold,          hold,
        hold,         agree,        agree,        share_agenda,  share_agenda,  write_reply,
        keep_promise, keep_promise, keep_promise, release_words, release_words, choose_one};
    struct actor dice = {.chance = act->chance};
    return perform(act, deeds[pick(&dice, sizeof deeds / sizeof *deeds)]);
}

int act_sync(const struct act *act)
{
    return perform(act, exchange);
}

int act_settle(const struct act *act)
{
    return perform(act, settle);
}

int act_look(const struct act *act)
{
    return perform(act, look);
}

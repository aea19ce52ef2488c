#include "turnabout/desk/mail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "papers.h"
#include "turnabout/base/command.h"
#include "turnabout/base/digest.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/summary.h"
#include "turnabout/store/pairs.h"
#include "turnabout/store/sessions.h"

enum { ID_SIZE = 48, DIGITS = 20 };

/* What a mail is made from, and to whom that belongs. */
struct making {
    struct ta_summary_state summary;
    struct ta_sitting sitting;
    struct ta_person person[TA_ROLES]; /* names are the pair's, addresses those that count */
    struct ta_moment next;
    char *place;
    char id[ID_SIZE];
};

static bool is_next(const struct ta_meeting *meeting, const struct ta_meeting *own, int64_t now,
                    const struct ta_moment *found)
{
    return meeting->state == TA_MEETING_PLANNED && meeting != own && meeting->when.instant > now &&
           (!found->instant || meeting->when.instant < found->instant);
}

/* The date of the session itself is planned for as long as the summary is a draft. */
static struct ta_moment find_next(const struct ta_meetings *meetings,
                                  const struct ta_summary_state *summary, int64_t now)
{
    const struct ta_meeting *own =
        summary->committed ? NULL : ta_meetings_nearest(meetings, summary->summary.held);
    struct ta_moment next = {0};
    for (size_t i = 0; i < meetings->count; i++) {
        if (is_next(&meetings->items[i], own, now, &next)) {
            next = meetings->items[i].when;
        }
    }
    return next;
}

static bool read_papers(struct ta_desk *desk, const struct ta_pair *pair, struct making *making,
                        struct ta_error *err)
{
    struct papers papers;
    const struct ta_meetings *meetings = NULL;
    const struct ta_contract *contract = NULL;
    bool ok = papers_open(&papers, desk, pair, err) && papers_meetings(&papers, &meetings, err) &&
              papers_contract(&papers, &contract, err);
    if (ok) {
        making->next = find_next(meetings, &making->summary, ta_desk_now(desk));
        making->place = ta_copy(contract->value[TA_CLAUSE_PLACE]);
    }
    papers_close(&papers);
    return ok;
}

/* Who sits here may have said who they are after the pair was made. */
static void find_addresses(const struct ta_desk *desk, const struct ta_pair *pair,
                           struct making *making)
{
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        making->person[role] = pair->person[role];
        if (!pair->person[role].email && pair->me == role) {
            making->person[role].email = desk->config.email;
        }
    }
}

/* The same summary from the same person is the same mail, however often it is made. */
static void make_id(struct making *making, enum ta_role from)
{
    struct ta_text told = {0};
    char digest[TA_DIGEST_SIZE];
    const char *address = making->person[from].email;
    ta_text_addf(&told, "%s\n%s", address ? address : "", making->summary.text);
    ta_digest(digest, told.bytes, told.length);
    (void)snprintf(making->id, sizeof making->id, "session-%u.%.*s", making->summary.session,
                   DIGITS, digest);
    ta_text_release(&told);
}

static const char *host_of(const char *address)
{
    const char *at = address ? strrchr(address, '@') : NULL;
    return at ? at + 1 : "localhost";
}

static void make(const struct ta_desk *desk, const struct ta_pair *pair, enum ta_role from,
                 const struct making *making, struct ta_mail_state *state)
{
    struct ta_pair addressed = *pair;
    memcpy(addressed.person, making->person, sizeof addressed.person);
    struct ta_mail_source source = {
        .pair = &addressed,
        .from = from,
        .summary = &making->summary.summary,
        .draft = !making->summary.committed,
        .notes = &making->sitting.notes,
        .next = making->next,
        .place = making->place,
        .now = ta_desk_moment(desk),
        .id = making->id,
        .host = host_of(making->person[from].email),
    };
    ta_mail_of_summary(&state->mail, &source);
    state->session = making->summary.session;
    state->committed = making->summary.committed;
}

static void write_text(struct ta_mail_state *state, enum ta_role from)
{
    struct ta_text text = {0};
    state->lacks = TA_NOBODY;
    if (!ta_mail_address_is_fine(state->mail.from.email)) {
        state->lacks = from;
    } else if (!ta_mail_address_is_fine(state->mail.to.email)) {
        state->lacks = ta_role_other(from);
    } else {
        ta_mail_write(&text, &state->mail);
        state->text = ta_text_take(&text);
    }
}

bool ta_desk_mail(struct ta_desk *desk, const struct ta_pair *pair, unsigned session,
                  enum ta_role as, struct ta_mail_state *state, struct ta_error *err)
{
    struct making making = {0};
    memset(state, 0, sizeof *state);
    bool ok =
        ta_desk_summary(desk, pair, session, &making.summary, err) &&
        ta_store_sitting(desk->store, pair->id, making.summary.session, &making.sitting, err) &&
        read_papers(desk, pair, &making, err);
    if (ok) {
        enum ta_role here = pair->me != TA_NOBODY ? pair->me : TA_MENTEE;
        enum ta_role from = as != TA_NOBODY ? as : here;
        find_addresses(desk, pair, &making);
        make_id(&making, from);
        make(desk, pair, from, &making, state);
        write_text(state, from);
    }
    ta_summary_state_release(&making.summary);
    ta_sitting_release(&making.sitting);
    free(making.place);
    return ok;
}

void ta_mail_state_release(struct ta_mail_state *state)
{
    ta_mail_release(&state->mail);
    free(state->text);
    memset(state, 0, sizeof *state);
}

static const struct ta_person *who_lacks(const struct ta_mail_state *state)
{
    bool from = !ta_mail_address_is_fine(state->mail.from.email);
    return from ? &state->mail.from : &state->mail.to;
}

bool ta_mail_state_check(const struct ta_mail_state *state, struct ta_error *err)
{
    if (state->text) {
        return true;
    }
    const struct ta_person *person = who_lacks(state);
    const char *role = ta_role_name(state->lacks);
    if (person->email) {
        return ta_fail(err, TA_REFUSED,
                       "\"%s\" is no address that a mail can have: set that of %s with turnabout "
                       "pair address %s ADDRESS.",
                       person->email, person->name, role);
    }
    return ta_fail(err, TA_REFUSED,
                   "%s has no address yet: set it with turnabout pair address %s ADDRESS.",
                   person->name, role);
}

bool ta_desk_mail_send(const struct ta_desk *desk, const struct ta_mail_state *state,
                       struct ta_error *err)
{
    struct ta_error problem;
    if (!ta_mail_state_check(state, err)) {
        return false;
    }
    if (!desk->config.mail) {
        return ta_fail(err, TA_REFUSED,
                       "No command sends mail yet: put \"command = sendmail -t -i\" under [mail] "
                       "into %s/config.ini, or write the mail to a file.",
                       desk->places.config);
    }
    return ta_command_run(desk->config.mail, state->text, strlen(state->text), TA_MAIL_SECONDS,
                          &problem) ||
           ta_fail(err, problem.code, "The mail was not sent: %s", problem.text);
}

bool ta_mail_state_save(const struct ta_mail_state *state, const char *path, struct ta_error *err)
{
    return ta_mail_state_check(state, err) &&
           ta_file_hand_out(path, state->text, strlen(state->text), err);
}

bool ta_desk_pair_address(struct ta_desk *desk, struct ta_pair *pair, enum ta_role role,
                          const char *address, struct ta_error *err)
{
    char *trimmed = ta_piece_copy(ta_piece_trim(ta_piece_of(address)));
    bool ok = ta_mail_address_is_fine(trimmed) ||
              ta_fail(err, TA_WRONG,
                      "\"%s\" is no address that a mail can have: write it as name@example.org.",
                      trimmed);
    ok = ok && ta_store_pair_set_address(desk->store, pair->id, role, trimmed, err);
    if (ok) {
        ta_replace(&pair->person[role].email, trimmed);
    }
    free(trimmed);
    return ok;
}

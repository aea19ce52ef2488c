#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/mail.h"
#include "turnabout/desk/record.h"
#include "turnabout/desk/standing.h"

static bool refuse_person(enum ta_person_verdict verdict, const char *role, struct ta_error *err)
{
    switch (verdict) {
    case TA_PERSON_FINE:
        return true;
    case TA_PERSON_NO_NAME:
        return ta_fail(err, TA_WRONG, "The %s has no name: write 'Name <name@example.org>'.", role);
    case TA_PERSON_BAD_EMAIL:
        return ta_fail(err, TA_WRONG,
                       "The %s's address is none: write 'Name <name@example.org>', or the name "
                       "alone.",
                       role);
    case TA_PERSON_NOT_TEXT:
        return ta_fail(err, TA_WRONG,
                       "The %s's name is not one line of plain UTF-8 text: write it again.", role);
    case TA_PERSON_TOO_LONG:
        return ta_fail(err, TA_WRONG, "The %s's name is too long: at most 200 bytes.", role);
    }
    return false;
}

static bool read_person(struct ta_cli *cli, enum ta_role role, enum ta_option option,
                        struct ta_error *err)
{
    const char *given = cli->option[option];
    const char *name = ta_role_name(role);
    if (given == NULL) {
        return ta_cli_misuse(cli, err,
                             "Say who the %s is: turnabout pair new --mentor 'Name <address>' "
                             "--mentee 'Name <address>'.",
                             name);
    }
    return refuse_person(ta_person_read(&cli->pair.person[role], ta_piece_of(given)), name, err);
}

bool ta_cli_pair_new(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_pair *pair = &cli->pair;
    enum ta_role here;
    if (!ta_cli_as(cli, &here, err) || !read_person(cli, TA_MENTOR, TA_OPTION_MENTOR, err) ||
        !read_person(cli, TA_MENTEE, TA_OPTION_MENTEE, err)) {
        return false;
    }
    pair->topic = ta_copy(cli->option[TA_OPTION_TOPIC]);
    pair->me = here != TA_NOBODY ? here : ta_desk_identity(&cli->desk, pair);
    if (!ta_desk_pair_new(&cli->desk, pair, err)) {
        return false;
    }
    ta_print_say(&cli->printer, "%s is in hand: %s (mentor) and %s (mentee).", pair->slug,
                 pair->person[TA_MENTOR].name, pair->person[TA_MENTEE].name);
    return true;
}

/* The fields that a list and a single pair have in common. */
static void print_pair(struct ta_printer *printer, const struct ta_pair *pair, bool in_hand,
                       bool single)
{
    const struct ta_person *mentor = &pair->person[TA_MENTOR];
    const struct ta_person *mentee = &pair->person[TA_MENTEE];
    const char *here = pair->me == TA_NOBODY ? NULL : ta_role_name(pair->me);
    ta_print_string(printer, "slug", pair->slug, pair->slug);
    ta_print_string(printer, "mentor", mentor->name, mentor->name);
    ta_print_string(printer, "mentor_email", mentor->email, single ? mentor->email : NULL);
    ta_print_string(printer, "mentee", mentee->name, mentee->name);
    ta_print_string(printer, "mentee_email", mentee->email, single ? mentee->email : NULL);
    ta_print_string(printer, "topic", pair->topic, single || pair->topic ? pair->topic : "");
    ta_print_string(printer, "here", here, single ? here : NULL);
    ta_print_flag(printer, "in_hand", in_hand, single ? NULL : in_hand ? "in hand" : "");
}

/* The slug of the pair in hand. Free with free(). That none is in hand is no failure. */
static bool read_in_hand(struct ta_cli *cli, char **slug, struct ta_error *err)
{
    struct ta_pair pair = {0};
    bool ok = ta_desk_pair(&cli->desk, NULL, &pair, err);
    *slug = ok ? ta_copy(pair.slug) : NULL;
    ta_pair_release(&pair);
    return ok || err->code == TA_ABSENT;
}

bool ta_cli_pair_list(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_pairs pairs = {0};
    char *in_hand = NULL;
    bool ok = ta_desk_pairs(&cli->desk, &pairs, err) && read_in_hand(cli, &in_hand, err);
    if (ok) {
        ta_print_list(&cli->printer, NULL);
        for (size_t i = 0; i < pairs.count; i++) {
            const struct ta_pair *pair = &pairs.items[i];
            ta_print_object(&cli->printer, NULL);
            print_pair(&cli->printer, pair, in_hand != NULL && strcmp(in_hand, pair->slug) == 0,
                       false);
            ta_print_end(&cli->printer);
        }
        ta_print_end(&cli->printer);
    }
    if (ok && pairs.count == 0) {
        ta_cli_hint(cli, "There is no pair yet. Begin with: turnabout pair new --mentor 'Name "
                         "<address>' --mentee 'Name <address>'");
    }
    free(in_hand);
    ta_pairs_release(&pairs);
    return ok;
}

static void print_contract_version(struct ta_printer *printer, unsigned version)
{
    char shown[32];
    (void)snprintf(shown, sizeof shown, "v%u in force", version);
    if (version == 0) {
        ta_print_nothing(printer, "contract_version", "none in force");
    } else {
        ta_print_number(printer, "contract_version", version, shown);
    }
}

static void print_sessions(struct ta_printer *printer, const struct ta_standing *standing)
{
    char shown[32];
    (void)snprintf(shown, sizeof shown, "%u of %u sessions", standing->held, standing->agreed);
    ta_print_number(printer, "held", standing->held, shown);
    ta_print_number(printer, "agreed", standing->agreed, NULL);
}

static void print_next_meeting(struct ta_printer *printer, const struct ta_meetings *meetings)
{
    const struct ta_meeting *next = ta_meetings_next(meetings);
    char when[TA_DATE_SIZE];
    char shown[TA_DATE_SIZE];
    if (next == NULL) {
        ta_print_nothing(printer, "meeting", "no date is set");
        return;
    }
    ta_moment_write(when, next->when);
    ta_moment_short(shown, next->when);
    ta_print_string(printer, "meeting", when, shown);
}

static void print_standing(struct ta_cli *cli, const struct ta_pair *pair,
                           const struct ta_standing *standing)
{
    struct ta_printer *printer = &cli->printer;
    struct ta_text next = {0};
    char *record = ta_record_path(&cli->desk, pair);
    ta_standing_say_step(&next, pair, standing);
    print_contract_version(printer, standing->contract.version_in_force);
    print_sessions(printer, standing);
    print_next_meeting(printer, &standing->meetings);
    ta_print_string(printer, "next", next.bytes, next.bytes);
    ta_print_string(printer, "record", record, record);
    ta_text_release(&next);
    free(record);
}

bool ta_cli_pair_show(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_standing standing = {0};
    char *in_hand = NULL;
    const char *slug = cli->word_count > 0 ? cli->words[0] : cli->option[TA_OPTION_PAIR];
    bool ok = ta_desk_pair(&cli->desk, slug, &cli->pair, err) && read_in_hand(cli, &in_hand, err) &&
              ta_desk_standing(&cli->desk, &cli->pair, &standing, err);
    if (ok) {
        ta_print_object(&cli->printer, NULL);
        print_pair(&cli->printer, &cli->pair,
                   in_hand != NULL && strcmp(in_hand, cli->pair.slug) == 0, true);
        print_standing(cli, &cli->pair, &standing);
        ta_print_end(&cli->printer);
    }
    ta_standing_release(&standing);
    free(in_hand);
    return ok;
}

bool ta_cli_pair_use(struct ta_cli *cli, struct ta_error *err)
{
    enum ta_role me = TA_NOBODY;
    if (!ta_cli_as(cli, &me, err) || !ta_desk_pair_use(&cli->desk, cli->words[0], me, err)) {
        return false;
    }
    ta_print_say(&cli->printer, "%s is in hand.%s%s%s", cli->words[0],
                 me == TA_NOBODY ? "" : " You are the ", me == TA_NOBODY ? "" : ta_role_name(me),
                 me == TA_NOBODY ? "" : ".");
    return true;
}

bool ta_cli_pair_address(struct ta_cli *cli, struct ta_error *err)
{
    enum ta_role role;
    if (!ta_role_read(&role, ta_piece_of(cli->words[0]))) {
        return ta_cli_misuse(cli, err, "\"%s\" is no role: write mentor or mentee.", cli->words[0]);
    }
    bool ok = ta_desk_pair_address(&cli->desk, &cli->pair, role, cli->words[1], err);
    if (ok) {
        ta_print_say(&cli->printer, "Mail for %s goes to %s.", cli->pair.person[role].name,
                     cli->pair.person[role].email);
    }
    return ok;
}

#include "turnabout/desk/release.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "command.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/sync.h"

static bool read_state(struct ta_cli *cli, struct ta_release_state *state, struct ta_error *err)
{
    unsigned session = 0;
    return ta_cli_session(cli, cli->words[0], &session, err) &&
           ta_desk_release(&cli->desk, &cli->pair, session, state, err);
}

/* Showing */

static void print_key(struct ta_printer *printer, const struct ta_release_state *state,
                      enum ta_role role)
{
    char when[TA_DATE_SIZE];
    ta_moment_write(when, state->at[role]);
    ta_print_string(printer, role == TA_MENTOR ? "mentor_approved" : "mentee_approved",
                    state->approved[role] ? when : NULL, NULL);
}

static void print_state(struct ta_printer *printer, const struct ta_release_state *state)
{
    bool is_words = state->level >= TA_SHARED_TAKEAWAYS;
    ta_print_object(printer, NULL);
    ta_print_number(printer, "session", state->session, NULL);
    ta_print_string(printer, "state", ta_release_standing_name(state->standing), NULL);
    ta_print_string(printer, "level", ta_shared_name(state->level), NULL);
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        print_key(printer, state, role);
    }
    ta_print_number(printer, "struck", (int64_t)state->release.struck_count, NULL);
    ta_print_string(printer, "document", is_words ? "released.md" : "meetings.md", NULL);
    ta_print_string(printer, "sha256", state->digest, NULL);
    ta_print_string(printer, "text", state->text, NULL);
    ta_print_end(printer);
}

static const char *short_name(const struct ta_cli *cli, enum ta_role role, struct ta_text *out)
{
    struct ta_piece name = ta_pair_short_name(&cli->pair, role);
    ta_text_clear(out);
    ta_text_add_bytes(out, name.at, name.length);
    return out->bytes;
}

/* Who has still to turn a key. */
static void say_keys(struct ta_cli *cli, const struct ta_release_state *state)
{
    struct ta_text name = {0};
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        if (state->lapsed[role]) {
            ta_cli_hint(cli, "%s approved another text than this one: that no longer counts.",
                        short_name(cli, role, &name));
        }
    }
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        if (!state->approved[role]) {
            ta_cli_hint(cli, "%s has not approved it yet: turnabout release approve %u --as %s",
                        short_name(cli, role, &name), state->session, ta_role_name(role));
        }
    }
    ta_text_release(&name);
}

/* Where nothing is sent to, nothing leaves. */
static const char *say_leaves(struct ta_cli *cli)
{
    return ta_desk_has_remote(&cli->desk, &cli->pair, TA_REMOTE_RELEASED)
               ? "It leaves with the next sync."
               : "It leaves once you say where to: turnabout remote set released URL";
}

static void say_when(struct ta_cli *cli)
{
    ta_cli_hint(cli, "%s", say_leaves(cli));
}

static void say_undated(struct ta_cli *cli, const struct ta_release_state *state)
{
    ta_cli_hint(cli,
                "Nothing of session %u leaves: no date in meetings.md is held as session %u. Put "
                "its line back there, as the history has it.",
                state->session, state->session);
}

static void say_standing(struct ta_cli *cli, const struct ta_release_state *state)
{
    switch (state->standing) {
    case TA_RELEASE_ATTENDANCE:
        ta_cli_hint(cli, "Your contract shares dates and minutes, and no words: this is "
                         "meetings.md, which nobody has to approve.");
        say_when(cli);
        break;
    case TA_RELEASE_WAITING:
        ta_cli_hint(cli, "Nothing of this leaves before both approved this very text.");
        say_keys(cli, state);
        break;
    case TA_RELEASE_WITHHELD:
        ta_cli_hint(cli,
                    "Session %u is withheld: only this leaves. To look at its text again: "
                    "turnabout release restore %u",
                    state->session, state->session);
        break;
    case TA_RELEASE_DONE:
        ta_cli_hint(cli, "Both approved this text.");
        if (ta_desk_release_is_sent(&cli->desk, &cli->pair, state)) {
            ta_cli_hint(cli, "It is at the coordinator's.");
        } else if (!state->is_undated) {
            say_when(cli);
        }
        break;
    case TA_RELEASE_CLOSED:
    case TA_RELEASE_DRAFT:
        break;
    }
    if (state->is_undated) {
        say_undated(cli, state);
    }
}

static bool shares_anything(const struct ta_release_state *state, struct ta_error *err)
{
    return state->standing != TA_RELEASE_CLOSED ||
           ta_fail(err, TA_REFUSED,
                   state->contract > 0
                       ? "Your contract shares nothing with the coordinator: nothing leaves, and "
                         "there is nothing to show."
                       : "No contract is in force: nothing leaves before both signed one.");
}

bool ta_cli_release_preview(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_release_state state = {0};
    bool ok = read_state(cli, &state, err) && shares_anything(&state, err);
    if (ok && cli->option[TA_OPTION_JSON] != NULL) {
        print_state(&cli->printer, &state);
    } else if (ok) {
        struct ta_text bytes = {0};
        ta_text_add(&bytes, state.text);
        ok = ta_cli_hand_out(cli, "-", &bytes, "The text", err);
        ta_text_release(&bytes);
        say_standing(cli, &state);
    }
    ta_release_state_release(&state);
    return ok;
}

/* "approved by Priya and Dana" */
static void say_approvals(struct ta_cli *cli, const struct ta_release_state *state,
                          struct ta_text *out)
{
    struct ta_text name = {0};
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        if (state->approved[role]) {
            ta_text_addf(out, "%s%s", out->length > 0 ? " and " : "approved by ",
                         short_name(cli, role, &name));
        }
    }
    ta_text_release(&name);
}

static void print_row(struct ta_cli *cli, const struct ta_release_state *state)
{
    struct ta_printer *printer = &cli->printer;
    const char *standing = ta_release_standing_name(state->standing);
    struct ta_text session = {0};
    struct ta_text struck = {0};
    struct ta_text approved = {0};
    ta_text_addf(&session, "session %u", state->session);
    ta_text_addf(&struck, "%zu struck", state->release.struck_count);
    ta_text_add(&approved, "");
    say_approvals(cli, state, &approved);
    ta_print_object(printer, NULL);
    ta_print_number(printer, "session", state->session, session.bytes);
    ta_print_string(printer, "state", standing, standing);
    ta_print_string(printer, "sha256", state->digest, approved.length > 0 ? approved.bytes : "");
    ta_print_number(printer, "struck", (int64_t)state->release.struck_count,
                    state->release.struck_count > 0 ? struck.bytes : "");
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        print_key(printer, state, role);
    }
    ta_print_end(printer);
    ta_text_release(&session);
    ta_text_release(&struck);
    ta_text_release(&approved);
}

bool ta_cli_release_list(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_releases releases;
    if (!ta_desk_releases(&cli->desk, &cli->pair, &releases, err)) {
        return false;
    }
    ta_print_list(&cli->printer, NULL);
    for (size_t i = 0; i < releases.count; i++) {
        print_row(cli, &releases.items[i]);
    }
    ta_print_end(&cli->printer);
    if (releases.count == 0) {
        ta_cli_hint(cli, "There is no summary yet: hold a session first.");
    }
    ta_releases_release(&releases);
    return true;
}

/* Acts */

static void say_approved(struct ta_cli *cli, const struct ta_release_state *before,
                         enum ta_role who)
{
    enum ta_role other = ta_role_other(who);
    struct ta_text name = {0};
    if (before->approved[other]) {
        ta_print_say(&cli->printer, "Both approved this text of session %u. %s", before->session,
                     before->is_undated ? "Its date is missing in meetings.md, so it stays here."
                                        : say_leaves(cli));
    } else {
        ta_print_say(&cli->printer,
                     "%s approved this text of session %u; it leaves when %s approves it, too.",
                     cli->pair.person[who].name, before->session, short_name(cli, other, &name));
    }
    ta_print_say(&cli->printer, "Its sha256: %s", before->digest);
    ta_text_release(&name);
}

/* The text that was looked at, on whichever machine. */
static bool is_the_one(struct ta_cli *cli, const struct ta_release_state *state,
                       struct ta_error *err)
{
    const char *wanted = cli->option[TA_OPTION_SHA256];
    if (wanted == NULL || strcasecmp(wanted, state->digest) == 0) {
        return true;
    }
    if (strlen(wanted) != TA_DIGEST_SIZE - 1 ||
        wanted[strspn(wanted, "0123456789abcdefABCDEF")] != '\0') {
        return ta_fail(err, TA_WRONG, "\"%.80s\" is no sha256: write its 64 hexadecimal digits.",
                       wanted);
    }
    return ta_fail(err, TA_REFUSED,
                   "The text of session %u is another one than that: turnabout release preview %u "
                   "shows it as it stands. Nothing was approved.",
                   state->session, state->session);
}

bool ta_cli_release_approve(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_release_state state = {0};
    enum ta_role as;
    bool ok = ta_cli_as(cli, &as, err) && read_state(cli, &state, err) &&
              is_the_one(cli, &state, err) &&
              ta_desk_release_approve(&cli->desk, &cli->pair, &state, as, err);
    if (ok) {
        say_approved(cli, &state, as != TA_NOBODY ? as : cli->pair.me);
    }
    ta_release_state_release(&state);
    return ok;
}

bool ta_cli_release_take_back(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_release_state state = {0};
    enum ta_role as;
    bool ok = ta_cli_as(cli, &as, err) && read_state(cli, &state, err) &&
              ta_desk_release_take_back(&cli->desk, &cli->pair, &state, as, err);
    if (ok) {
        enum ta_role who = as != TA_NOBODY ? as : cli->pair.me;
        ta_print_say(&cli->printer,
                     "%s took the approval of session %u back: nothing of it leaves.",
                     cli->pair.person[who].name, state.session);
    }
    ta_release_state_release(&state);
    return ok;
}

/* Whoever had approved is told that it does not count any more. */
static void say_dropped(struct ta_cli *cli, const struct ta_release_state *before)
{
    struct ta_text name = {0};
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        if (before->approved[role]) {
            ta_print_say(&cli->printer, "%s had approved the text before: that no longer counts.",
                         short_name(cli, role, &name));
        }
    }
    ta_text_release(&name);
}

static void say_undone(struct ta_cli *cli, const struct ta_release_state *before)
{
    struct ta_text undone = {0};
    if (before->standing == TA_RELEASE_DONE &&
        ta_desk_has_remote(&cli->desk, &cli->pair, TA_REMOTE_RELEASED)) {
        ta_release_say_undone(&undone);
        ta_print_say(&cli->printer, "%s", undone.bytes);
    }
    ta_text_release(&undone);
}

static bool read_lines(struct ta_cli *cli, const struct ta_release_state *state, size_t *lines,
                       struct ta_error *err)
{
    for (size_t i = 1; i < cli->word_count; i++) {
        int number = 0;
        if (!ta_cli_number(cli, cli->words[i], "a line", &number, err)) {
            return false;
        }
        lines[i - 1] = ta_release_line(state, number > 0 ? (unsigned)number : 0);
    }
    return true;
}

bool ta_cli_release_strike(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_release_state state = {0};
    size_t count = cli->word_count - 1;
    size_t *lines = ta_allocate(count, sizeof *lines);
    enum ta_role as;
    bool ok = ta_cli_as(cli, &as, err) && read_state(cli, &state, err) &&
              read_lines(cli, &state, lines, err) &&
              ta_desk_release_strike(&cli->desk, &cli->pair, &state, lines, count, err);
    if (ok) {
        ta_print_say(&cli->printer, "%s of session %u %s struck.", count == 1 ? "A line" : "Lines",
                     state.session, count == 1 ? "is" : "are");
        say_dropped(cli, &state);
        say_undone(cli, &state);
    }
    free(lines);
    ta_release_state_release(&state);
    return ok;
}

/* What was withheld is put back as a whole; else the struck lines are. */
bool ta_cli_release_restore(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_release_state state = {0};
    enum ta_role as;
    bool ok = ta_cli_as(cli, &as, err) && read_state(cli, &state, err);
    bool is_withheld = state.standing == TA_RELEASE_WITHHELD;
    if (ok && is_withheld) {
        ok = ta_desk_release_withhold(&cli->desk, &cli->pair, &state, false, err);
    } else if (ok) {
        ok = ta_desk_release_restore(&cli->desk, &cli->pair, &state, state.lines.count, err);
    }
    if (ok) {
        ta_print_say(&cli->printer,
                     is_withheld ? "Session %u is no longer withheld. Its words leave when both "
                                   "approve them."
                                 : "The struck lines of session %u are back.",
                     state.session);
        say_dropped(cli, &state);
    }
    ta_release_state_release(&state);
    return ok;
}

bool ta_cli_release_withhold(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_release_state state = {0};
    enum ta_role as;
    bool ok = ta_cli_as(cli, &as, err) && read_state(cli, &state, err) &&
              ta_desk_release_withhold(&cli->desk, &cli->pair, &state, true, err);
    if (ok) {
        ta_print_say(&cli->printer, "Session %u is withheld: of its words nothing leaves.",
                     state.session);
        say_dropped(cli, &state);
        say_undone(cli, &state);
    }
    ta_release_state_release(&state);
    return ok;
}

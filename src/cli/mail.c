#include <string.h>

#include "command.h"
#include "turnabout/desk/mail.h"

static void print_person(struct ta_printer *printer, const char *name,
                         const struct ta_person *person)
{
    struct ta_text written = {0};
    ta_person_write(&written, person);
    ta_print_string(printer, name, written.bytes, NULL);
    ta_text_release(&written);
}

static void print_mail(struct ta_printer *printer, const struct ta_mail_state *state)
{
    char date[TA_DATE_SIZE];
    ta_moment_write(date, state->mail.date);
    ta_print_object(printer, NULL);
    ta_print_number(printer, "session", state->session, NULL);
    ta_print_flag(printer, "committed", state->committed, NULL);
    print_person(printer, "from", &state->mail.from);
    print_person(printer, "to", &state->mail.to);
    ta_print_string(printer, "subject", state->mail.subject, NULL);
    ta_print_string(printer, "date", date, NULL);
    ta_print_string(printer, "message_id", state->mail.id, NULL);
    ta_print_string(printer, "body", state->mail.body, NULL);
    ta_print_string(printer, "mail", state->text, NULL);
    ta_print_end(printer);
}

static void say_person(struct ta_printer *printer, const char *label,
                       const struct ta_person *person)
{
    struct ta_text written = {0};
    ta_person_write(&written, person);
    ta_print_say(printer, "%s %s", label, written.bytes);
    ta_text_release(&written);
}

/* The mail as its reader will see it, and what can be done with it. */
static void show(struct ta_cli *cli, const struct ta_mail_state *state)
{
    struct ta_error lack;
    print_mail(&cli->printer, state);
    say_person(&cli->printer, "From:   ", &state->mail.from);
    say_person(&cli->printer, "To:     ", &state->mail.to);
    ta_print_say(&cli->printer, "Subject: %s\n", state->mail.subject);
    ta_cli_say_paper(cli, state->mail.body);
    if (ta_mail_state_check(state, &lack)) {
        ta_cli_hint(cli, "Nothing was sent: --send sends it, --to FILE writes it to a file.");
    } else {
        ta_cli_hint(cli, "%s", lack.text);
    }
}

static bool hand_out(struct ta_cli *cli, const struct ta_mail_state *state, const char *where,
                     struct ta_error *err)
{
    struct ta_text bytes = {0};
    bool ok = ta_mail_state_check(state, err);
    if (ok) {
        ta_text_add(&bytes, state->text);
        ok = ta_cli_hand_out(cli, where, &bytes, "The mail", err);
    }
    ta_text_release(&bytes);
    return ok;
}

static bool send_mail(struct ta_cli *cli, const struct ta_mail_state *state, struct ta_error *err)
{
    bool ok = ta_desk_mail_send(&cli->desk, state, err);
    if (ok) {
        ta_print_say(&cli->printer, "Handed over for %s <%s>: %s", state->mail.to.name,
                     state->mail.to.email, state->mail.subject);
    }
    return ok;
}

static bool is_one_way(struct ta_cli *cli, struct ta_error *err)
{
    return cli->option[TA_OPTION_TO] == NULL || cli->option[TA_OPTION_SEND] == NULL ||
           ta_cli_misuse(cli, err, "Choose one: --send, or --to FILE.");
}

bool ta_cli_summary_mail(struct ta_cli *cli, struct ta_error *err)
{
    const char *where = cli->option[TA_OPTION_TO];
    struct ta_mail_state state = {0};
    unsigned session = 0;
    enum ta_role as;
    bool ok = is_one_way(cli, err) && ta_cli_as(cli, &as, err) &&
              (cli->word_count == 0 || ta_cli_session(cli, cli->words[0], &session, err)) &&
              ta_desk_mail(&cli->desk, &cli->pair, session, as, &state, err);
    if (ok && cli->option[TA_OPTION_SEND] != NULL) {
        ok = send_mail(cli, &state, err);
    } else if (ok && where != NULL) {
        ok = hand_out(cli, &state, where, err);
    } else if (ok) {
        show(cli, &state);
    }
    ta_mail_state_release(&state);
    return ok;
}

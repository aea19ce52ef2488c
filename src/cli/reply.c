#include "turnabout/desk/reply.h"

#include "command.h"

static bool read_reply(struct ta_cli *cli, struct ta_reply_state *state, struct ta_error *err)
{
    unsigned session = 0;
    enum ta_role as;
    return ta_cli_as(cli, &as, err) &&
           (cli->word_count == 0 || ta_cli_session(cli, cli->words[0], &session, err)) &&
           ta_desk_reply(&cli->desk, &cli->pair, session, as, state, err);
}

static void say_draft(struct ta_cli *cli, const struct ta_reply_state *state)
{
    ta_print_say(&cli->printer,
                 "The reply to session %u is drafted; commit it with turnabout reply commit %u.",
                 state->session, state->session);
    ta_cli_mark(cli, state->off_limits, state->words);
}

static bool say_none(const struct ta_reply_state *state, struct ta_error *err)
{
    if (state->trouble != NULL) {
        return ta_fail(
            err, TA_DAMAGED,
            "%s Or write it anew (turnabout reply write %u TEXT), and commit that in its "
            "place.",
            state->trouble, state->session);
    }
    return ta_fail(err, TA_ABSENT, "There is no reply to session %u yet.", state->session);
}

bool ta_cli_reply_show(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_reply_state state = {0};
    if (!read_reply(cli, &state, err)) {
        return false;
    }
    bool there = state.words[0] != '\0';
    ta_print_object(&cli->printer, NULL);
    ta_print_number(&cli->printer, "session", state.session, NULL);
    ta_print_flag(&cli->printer, "committed", state.paper != NULL && !state.drafted, NULL);
    ta_print_string(&cli->printer, "words", state.words, NULL);
    ta_print_end(&cli->printer);
    if (there) {
        ta_cli_say_paper(cli, state.words);
    }
    if (state.drafted && there) {
        ta_cli_hint(cli,
                    "This is a draft: change it with turnabout reply edit %u, then commit it "
                    "with turnabout reply commit %u.",
                    state.session, state.session);
        ta_cli_mark(cli, state.off_limits, state.words);
    }
    bool ok = there || say_none(&state, err);
    ta_reply_state_release(&state);
    return ok;
}

static bool write_words(struct ta_cli *cli, void *state, const char *text, struct ta_error *err)
{
    return ta_desk_reply_write(&cli->desk, &cli->pair, state, text, err);
}

/* An editor ends a file with a line end; nobody means it. */
bool ta_cli_reply_edit(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_reply_state state = {0};
    bool changed = false;
    bool ok = read_reply(cli, &state, err) &&
              ta_desk_reply_write(&cli->desk, &cli->pair, &state, state.words, err) &&
              ta_cli_edit(cli, state.words, "reply.md", write_words, &state, &changed, err);
    if (ok && changed && state.drafted) {
        say_draft(cli, &state);
    } else if (ok) {
        ta_print_say(&cli->printer, "Nothing was changed.");
    }
    ta_reply_state_release(&state);
    return ok;
}

bool ta_cli_reply_write(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_reply_state state = {0};
    struct ta_text words = {0};
    bool ok = read_reply(cli, &state, err) && ta_cli_text(cli, cli->words[1], &words, err) &&
              ta_desk_reply_write(&cli->desk, &cli->pair, &state,
                                  words.length > 0 ? words.bytes : "", err);
    if (ok) {
        say_draft(cli, &state);
    }
    ta_text_release(&words);
    ta_reply_state_release(&state);
    return ok;
}

bool ta_cli_reply_commit(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_reply_state state = {0};
    bool ok =
        read_reply(cli, &state, err) && ta_desk_reply_commit(&cli->desk, &cli->pair, &state, err);
    if (ok) {
        ta_print_say(&cli->printer, "The reply to session %u is in the record, for %s to read.",
                     state.session, cli->pair.person[TA_MENTEE].name);
        ta_cli_mark(cli, state.off_limits, state.words);
    }
    ta_reply_state_release(&state);
    return ok;
}

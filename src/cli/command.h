/**
 * What the families of commands share: the table's row, and what a command is given to work with.
 */
#ifndef TURNABOUT_CLI_COMMAND_H
#define TURNABOUT_CLI_COMMAND_H

#include "turnabout/base/compare.h"
#include "turnabout/cli/cli.h"
#include "turnabout/cli/printer.h"
#include "turnabout/desk/desk.h"
#include "turnabout/domain/contract.h"

enum ta_option {
    TA_OPTION_HELP,
    TA_OPTION_VERSION,
    TA_OPTION_DEMO,
    TA_OPTION_PAIR,
    TA_OPTION_JSON,
    TA_OPTION_AS,
    TA_OPTION_NUMBER,
    TA_OPTION_MENTOR,
    TA_OPTION_MENTEE,
    TA_OPTION_TOPIC,
    TA_OPTION_MINUTES,
    TA_OPTION_AT,
    TA_OPTION_TITLE,
    TA_OPTION_NOTES,
    TA_OPTION_AGO,
    TA_OPTION_FORMAT,
    TA_OPTION_NEXT,
    TA_OPTION_FROM,
    TA_OPTION_UNDER,
    TA_OPTION_BY,
    TA_OPTION_REASON,
    TA_OPTION_HELD,
    TA_OPTION_DOCUMENT,
    TA_OPTION_SECTION,
    TA_OPTION_TO,
    TA_OPTION_SEND,
    TA_OPTION_ALL,
    TA_OPTION_HTML,
    TA_OPTION_MD,
    TA_OPTION_CSV,
    TA_OPTION_RHYTHM,
    TA_OPTION_TYPED,
    TA_OPTION_NEW_KEY,
    TA_OPTION_PORCELAIN,
    TA_OPTION_REWRITTEN,
    TA_OPTION_SLUG,
    TA_OPTION_SHA256,
    TA_OPTION_SCDOC,
    TA_OPTIONS
};

/** How an option is written. */
struct ta_option_facts {
    const char *name; /**< without its two hyphens */
    char letter;      /**< '\0': none */
    bool takes_value;
};

extern const struct ta_option_facts ta_option_facts[TA_OPTIONS];

/** An option as one command understands it. */
struct ta_option_use {
    enum ta_option option;
    const char *value; /**< what help calls its value; NULL: it takes none */
    const char *help;
};

enum ta_needs {
    TA_NEEDS_NOTHING,
    TA_NEEDS_DESK,
    TA_NEEDS_PAIR,
    TA_NEEDS_GLANCE /**< at a pair, in a hurry: the command sees to that itself */
};

enum { TA_USES_MOST = 5, TA_ANY_NUMBER = 1000000 };

struct ta_cli;

/** A row of the table from which lines are understood, and help, manual and completion made. */
struct ta_cli_command {
    const char *family;
    const char *verb;      /**< NULL: the family is the command */
    const char *arguments; /**< for help: "TITLE" */
    const char *help;      /**< one line */
    const char *fields;    /**< of --json, for help; NULL: the command does not read */
    size_t least, most;    /**< arguments */
    enum ta_needs needs;
    bool acts;                                   /**< somebody acts: --as */
    bool names_clause;                           /**< its help lists the clauses */
    struct ta_option_use uses[TA_USES_MOST + 1]; /**< its own options; the rest zero (help NULL) */
    bool (*run)(struct ta_cli *cli, struct ta_error *err);
};

struct ta_cli_family {
    const char *name;
    const char *help;
};

extern const struct ta_cli_command ta_cli_commands[];
extern const size_t ta_cli_command_count;
extern const struct ta_cli_family ta_cli_families[];
extern const size_t ta_cli_family_count;

/** The option at an index among all that a command understands; NULL: no more. */
const struct ta_option_use *ta_cli_use(const struct ta_cli_command *command, size_t index);

/** What a command works with. */
struct ta_cli {
    const struct ta_cli_world *world;
    const struct ta_cli_command *command; /**< NULL: none was given */
    char **words;                         /**< its arguments; they point into argv */
    size_t word_count;
    const char *option[TA_OPTIONS]; /**< values; NULL: not given; "" for those that take none */
    bool silent;                    /**< what failed is said by the exit status alone */
    bool misused;                   /**< what failed was the line itself */
    struct ta_desk desk;
    struct ta_pair pair;
    struct ta_printer printer;
    struct ta_text remarks;
};

/** Understands a line: options, command, arguments. `cli` is zeroed but for `world`. */
bool ta_cli_parse(struct ta_cli *cli, int argc, char **argv, struct ta_error *err);
void ta_cli_release(struct ta_cli *cli);

/** As ta_fail() with TA_WRONG, for a line that is not understood. Returns false, always. */
bool ta_cli_misuse(struct ta_cli *cli, struct ta_error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** A line for standard error, cleaned: behind all that is printed, so that it is read last. */
void ta_cli_remark(struct ta_cli *cli, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** The same for what a person may want to know next: programs (--json) are not told. */
void ta_cli_hint(struct ta_cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** It is done and stands, but what came of it cannot be read and shown (a disk that is full). */
void ta_cli_done_but(struct ta_cli *cli, const struct ta_error *err);

/* What arguments mean, and what is said of them (input.c) */

/** A text as given, or standard input for "-" (without its last line end); `out` must be empty.
 *  TA_WRONG: over 1 MB, or not UTF-8. */
bool ta_cli_text(struct ta_cli *cli, const char *word, struct ta_text *out, struct ta_error *err);
/** A whole number; one that no `int` holds counts as the greatest. `what` is for the sentence. */
bool ta_cli_number(struct ta_cli *cli, const char *word, const char *what, int *number,
                   struct ta_error *err);
/** Minutes from 1 to 600. */
bool ta_cli_minutes(struct ta_cli *cli, const char *word, unsigned *minutes, struct ta_error *err);
/** "M3", "m3" or "3" with the letter 'M', from 1; false, without a word, when it is none. */
bool ta_cli_id(const char *word, char letter, unsigned *id);
/** The number of a session, from 1. */
bool ta_cli_session(struct ta_cli *cli, const char *word, unsigned *session, struct ta_error *err);
/** --as; TA_NOBODY when it was not given. */
bool ta_cli_as(struct ta_cli *cli, enum ta_role *role, struct ta_error *err);
/** A date and time as people type it, seen from an instant. */
bool ta_cli_moment(struct ta_moment *moment, const char *words, int64_t seen_from,
                   struct ta_error *err);
/** The same of what has happened. */
bool ta_cli_past(struct ta_moment *moment, const char *words, int64_t now, struct ta_error *err);
/** Bytes for another program: to a file, or for "-" to standard output as they are. `what` is for
 *  the sentence that says where they went: "The mail". */
bool ta_cli_hand_out(struct ta_cli *cli, const char *where, const struct ta_text *bytes,
                     const char *what, struct ta_error *err);
/** All arguments, a blank between them. Free with free(). */
char *ta_cli_joined(const struct ta_cli *cli);
/** A whole paper for people to read. */
void ta_cli_say_paper(struct ta_cli *cli, const char *paper);
/** The lines of two texts that were compared, into a list that is open: all of them for programs,
 *  what changed and what stands around it for people. */
void ta_cli_compare(struct ta_cli *cli, const struct ta_comparison *comparison);
/** What a contract within one reporting line should let people know. */
void ta_cli_warn_of_line(struct ta_cli *cli, const struct ta_contract *contract);
/** Says of each line of a text which off-limits topic it touches, if it does. */
void ta_cli_mark(struct ta_cli *cli, const char *topics, const char *text);

/**
 * The person's editor on a text, and what to do with it. When `write` refuses, the text is kept in
 * a file and the sentence says where. `changed` tells whether there was anything to write.
 */
bool ta_cli_edit(struct ta_cli *cli, const char *text, const char *name,
                 bool (*write)(struct ta_cli *cli, void *state, const char *text,
                               struct ta_error *err),
                 void *state, bool *changed, struct ta_error *err);

/* Finding a command (find.c) */

/** `*command` is the one of these words, or NULL when the family needs a verb and `verb` is NULL.
 * An unknown word is misuse; the sentence names the nearest that is known. */
bool ta_cli_find(struct ta_cli *cli, const char *family, const char *verb,
                 const struct ta_cli_command **command, struct ta_error *err);
/** A family without a verb: the sentence lists them. Returns false, always. */
bool ta_cli_miss_verb(struct ta_cli *cli, const char *family, struct ta_error *err);
/** "topic, goals, ...": appends. */
void ta_cli_list_clauses(struct ta_text *out);

/* Help (help.c, completion.c) */

bool ta_cli_help(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_completion(struct ta_cli *cli, struct ta_error *err);
/** --help behind a command: how it is used. */
void ta_cli_help_command(struct ta_cli *cli, const struct ta_cli_command *command);
/** "turnabout agenda add TITLE [--minutes N]": appends. */
void ta_cli_synopsis(struct ta_text *out, const struct ta_cli_command *command);

/* The app (app.c) */

bool ta_cli_open_app(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_open_demo(struct ta_cli *cli, struct ta_error *err);

/* The families: pair.c, contract.c, contract_sign.c, agenda.c, deck.c, session.c, note.c,
 * summary.c, mail.c, meeting.c, promise.c, release.c, reply.c, remote.c, sync.c, log.c,
 * diff.c */

bool ta_cli_pair_new(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_pair_list(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_pair_show(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_pair_join(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_pair_use(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_pair_address(struct ta_cli *cli, struct ta_error *err);

bool ta_cli_contract_show(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_contract_edit(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_contract_set(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_contract_sign(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_contract_diff(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_contract_check(struct ta_cli *cli, struct ta_error *err);

bool ta_cli_agenda_show(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_agenda_add(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_agenda_edit(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_agenda_move(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_agenda_drop(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_agenda_carry(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_agenda_share(struct ta_cli *cli, struct ta_error *err);

bool ta_cli_deck_list(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_deck_show(struct ta_cli *cli, struct ta_error *err);

bool ta_cli_session_start(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_session_write(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_session_note(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_session_next(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_session_back(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_session_pause(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_session_resume(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_session_extend(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_session_end(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_session_close(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_session_floor(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_session_status(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_session_show(struct ta_cli *cli, struct ta_error *err);

bool ta_cli_summary_show(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_summary_edit(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_summary_commit(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_summary_mail(struct ta_cli *cli, struct ta_error *err);

bool ta_cli_reply_show(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_reply_edit(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_reply_write(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_reply_commit(struct ta_cli *cli, struct ta_error *err);

bool ta_cli_meeting_plan(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_meeting_move(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_meeting_cancel(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_meeting_list(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_meeting_calendar(struct ta_cli *cli, struct ta_error *err);

bool ta_cli_conflict_list(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_conflict_show(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_conflict_take(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_conflict_edit(struct ta_cli *cli, struct ta_error *err);

bool ta_cli_promise_list(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_promise_done(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_promise_told(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_promise_open(struct ta_cli *cli, struct ta_error *err);

bool ta_cli_release_preview(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_release_approve(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_release_strike(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_release_take_back(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_release_restore(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_release_withhold(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_release_list(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_programme_add(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_programme_list(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_programme_remove(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_programme_import(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_overview(struct ta_cli *cli, struct ta_error *err);
/** sync --all. */
bool ta_cli_sync_all(struct ta_cli *cli, struct ta_error *err);

bool ta_cli_rate(struct ta_cli *cli, struct ta_error *err);

bool ta_cli_remote_set(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_remote_list(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_remote_remove(struct ta_cli *cli, struct ta_error *err);

bool ta_cli_sync(struct ta_cli *cli, struct ta_error *err);

bool ta_cli_log(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_export(struct ta_cli *cli, struct ta_error *err);
/** The programme's report, when --html, --md or --csv asks for it. */
bool ta_cli_report(struct ta_cli *cli, bool *asked, struct ta_error *err);
bool ta_cli_search(struct ta_cli *cli, struct ta_error *err);
bool ta_cli_diff(struct ta_cli *cli, struct ta_error *err);

#endif

/**
 * What fetch and push share: git as a child, and what its words mean. Private to the ledger.
 */
#ifndef TURNABOUT_LEDGER_TRANSPORT_PRIVATE_H
#define TURNABOUT_LEDGER_TRANSPORT_PRIVATE_H

#include "turnabout/base/child.h"
#include "turnabout/base/text.h"
#include "turnabout/ledger/transport.h"

/** The usual limits of a run, in seconds. */
enum { TA_TRANSPORT_SILENCE = 60, TA_TRANSPORT_SECONDS = 1800 };

/** What git said, without its reports of progress: the last of each, and no line longer than that.
 */
enum { TA_SAID_MOST = 16384, TA_SAID_LINE = 1024 };

/** An address as git is told it: what it is told as an argument every user of the machine can see.
 */
struct ta_git_address {
    char *url;      /**< without a password */
    char *place;    /**< "https://dana@host": what the password is for; NULL: there is none */
    char *password; /**< NULL: there is none */
};

void ta_git_address_open(struct ta_git_address *address, const char *url);
/** Clears the password. */
void ta_git_address_close(struct ta_git_address *address);

/** "t0p%2fsecret" as it is meant; free with free(). NULL: it cannot be handed on in a line. */
char *ta_git_decoded(struct ta_piece from);

/** One run of git: how it went. Zero it, end it with ta_git_run_release(). */
struct ta_git_run {
    const struct ta_transport *transport;
    const struct ta_git_address *address; /**< may be NULL: it has no password */
    enum ta_child_end end;
    int status;           /**< of waitpid(), when it ended by itself */
    struct ta_text out;   /**< standard output, at most TA_SAID_MOST */
    struct ta_text said;  /**< standard error, lines that are not the other side's */
    struct ta_text other; /**< the other side's lines, without "remote: " */
    struct ta_text line;  /**< the line of standard error that is coming in */
    char phase[24];       /**< last reported */
    unsigned percent;
    char mark[33];  /**< the asker's word for this run, which nobody else can say */
    bool is_asking; /**< a question waits for its answer */
};

/** Runs git with these words behind the switches that every run has, up to a NULL, in the
 *  repository at `path`. What is written meanwhile is in `run`. */
void ta_git_run(struct ta_git_run *run, const char *path, const char *const *words, size_t largest);
bool ta_git_run_is_done(const struct ta_git_run *run);
void ta_git_run_release(struct ta_git_run *run);

/** The environment for a run of git. Free it with ta_git_environment_free(). */
char **ta_git_environment(char *const *environment, const struct ta_git_run *run);
void ta_git_environment_free(char **environment);

/** Takes what came on standard error; as `hear` of struct ta_child. */
bool ta_git_hear(bool is_error, const char *bytes, size_t length, void *data);

/** Fails with what a run that did not go well died of; `url` is the address it was about. */
bool ta_git_trouble(const struct ta_git_run *run, const char *url, struct ta_error *err);

/** The address as a sentence has it: without a password, cleaned, not too long. Free with free().
 */
char *ta_git_where(const char *url);

/** Appends a sentence with "%s" in it, which stands for where. */
void ta_git_fill(struct ta_text *out, const char *sentence, const char *where);

/** Appends the last line that is not empty, cleaned and cut, as ` ("...")`; nothing if none is. */
void ta_git_quote_last(struct ta_text *out, const struct ta_text *lines);

#endif

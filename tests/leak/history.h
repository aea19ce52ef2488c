/**
 * One random history of a pair, and what can happen in it.
 */
#ifndef TURNABOUT_TESTS_LEAK_HISTORY_H
#define TURNABOUT_TESTS_LEAK_HISTORY_H

#include "secrets.h"
#include "turnabout/desk/desk.h"
#include "turnabout/domain/contract.h"

struct history {
    struct ta_desk desk;
    struct ta_pair pair;
    struct ta_error err;
    char *home;
    uint64_t dice;
    unsigned next_token;
    struct tokens allowed; /* that both approved at one time */
    bool failed;
    size_t pushes;
    size_t releases; /* that came about */
};

/** A number below `below` that depends on the history's seed alone. */
size_t roll(struct history *history, size_t below);
/** Something is not as it should be. */
void say(struct history *history, const char *what, const char *detail);
/** What fails here is a bug of the test or of the program, unless a rule may say no. */
bool did(struct history *history, bool ok, const char *what);
/** Lets so many minutes go by, to this second of a minute. */
void later(struct history *history, int64_t minutes, int second);
void set_clause(struct history *history, enum ta_clause clause, const char *value);

/** The output of a command with $record, $released and $remote set. */
void shell(struct history *history, const char *command, struct ta_text *output);
void run(struct history *history, const char *command);

/** Brings released.git up to the record, and pushes it. */
void push(struct history *history);
/** The first act of a history: a contract that both may sign. */
void amend(struct history *history);
/** Anything that can happen next. */
void act(struct history *history);

#endif

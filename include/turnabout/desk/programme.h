/**
 * A coordinator's programme: which pairs belong to it, and what they released.
 *
 * All that comes from pairs lies in one repository below the data folder, `programme/programme.git`
 * (turnabout/ledger/programme.h), and is laid out in a database beside it
 * (turnabout/store/programme.h), which is brought up to the repository whenever somebody looks. No
 * pair's record is here, or ever asked for.
 */
#ifndef TURNABOUT_DESK_PROGRAMME_H
#define TURNABOUT_DESK_PROGRAMME_H

#include "turnabout/desk/desk.h"
#include "turnabout/ledger/programme.h"
#include "turnabout/store/programme.h"

/** Where the programme's repository lies. Free with free(). */
char *ta_programme_path(const struct ta_desk *desk);

/** Opens the programme's database, when it is not open yet, as desk->programme. All functions here
 *  do; it is for those that ask the store themselves. */
bool ta_programme_open(struct ta_desk *desk, struct ta_error *err);

/** Whether there is any pair in a programme here; makes nothing. */
bool ta_desk_has_programme(struct ta_desk *desk);

/** Who a pair is said to be, before anything came from it. NULL or "": not said. */
struct ta_programme_entry {
    const char *mentor, *mentee; /**< names, with or without an address, which is not kept */
    const char *topic;
    const char *url; /**< of its released repository: a path, or what git understands */
};

/**
 * Adds a pair; `slug` (free with free()) is the name it has here. Without names it is named after
 * its address until something came. TA_WRONG: a name or the address is none. TA_REFUSED: the
 * address is there already.
 */
bool ta_desk_programme_add(struct ta_desk *desk, const struct ta_programme_entry *entry,
                           char **slug, struct ta_error *err);
/** Takes a pair out, with what came from it. TA_ABSENT. */
bool ta_desk_programme_remove(struct ta_desk *desk, const char *slug, struct ta_error *err);

enum { TA_FAULTS_MOST = 20 };

/** What a list brought, or why it did not. End it with ta_imported_release(). */
struct ta_imported {
    size_t added;
    size_t known;                 /**< were in the programme already, by their address */
    char *faults[TA_FAULTS_MOST]; /**< "line 3, column 1 (mentor): the mentor has no name" */
    size_t fault_count;           /**< may be more than are named */
};

void ta_imported_release(struct ta_imported *imported);

/**
 * Adds the pairs of a list (turnabout/document/csv.h) with a first line that names its columns:
 * mentor, mentee, url, and topic if there is one, in any order and in upper or lower case; "mentor
 * name", "mentee name" and "address" do, too; others are passed over, and so are rows without a
 * word. A path in it is a whole one or begins with "~/". All or none: TA_WRONG says in which line
 * and column something is wrong, and `imported` all that is. `name` is for the sentence.
 */
bool ta_desk_programme_import(struct ta_desk *desk, const char *csv, const char *name,
                              struct ta_imported *imported, struct ta_error *err);

/** How far reading has come; false ends it (what was read stays). */
struct ta_programme_watch {
    bool (*progress)(size_t done, size_t all, void *data); /**< NULL: nobody watches */
    void *data;
};

/**
 * Brings the store up to the repository: reads the pairs whose ref moved since the last time, and
 * nothing else. What a pair released and is not understood, or is another pair's, is kept with the
 * pair as its trouble, and is no failure. `watch` may be NULL.
 */
bool ta_desk_programme_refresh(struct ta_desk *desk, const struct ta_programme_watch *watch,
                               struct ta_error *err);

/**
 * The facts of a released repository at a commit: what the member's row would hold, and its
 * sessions. `*trouble` (free with free()) is why it cannot be taken; NULL: it can.
 */
struct ta_release_read {
    struct ta_member member; /**< a copy with what was read */
    struct ta_released_row *sessions;
    size_t count;
    char *trouble;
};
bool ta_release_read(struct ta_release_read *read, struct ta_reading *reading,
                     const struct ta_member *member, const char *tip, struct ta_day today,
                     struct ta_error *err);
void ta_release_read_release(struct ta_release_read *read);

/** The sessions of a pair in their order, with their words, which are read from the repository; the
 *  row is only lent. */
bool ta_programme_sessions(struct ta_desk *desk, const struct ta_member *member,
                           void (*visit)(const struct ta_released_row *row, void *data), void *data,
                           struct ta_error *err);

#endif
